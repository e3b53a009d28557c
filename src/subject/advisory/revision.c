/* What a revision of one of our own records changed, field by field. */
#include "store/db/db.h"
#include "subject/advisory/advisory.sql.h"
#include "subject/advisory/advisory_private.h"

/* ---- Fields as lines of text */
static Text joined(Arena *arena, const Texts *texts) { return arena_join(arena, texts->at, texts->count, TEXT("\n")); }

static Text affected_lines(Arena *arena, const AdvisoryDraft *draft)
{
	Texts lines = { 0 };
	for (size_t i = 0; i < draft->affected.count; i++) {
		const AdvisoryAffected *affected = &draft->affected.at[i];
		const Text cells[] = { affected->vendor, affected->product, affected->package, affected->platform, affected->versions,
			affected->fixed };
		Texts filled = { 0 };
		for (size_t k = 0; k < COUNT(cells); k++)
			if (cells[k].length) list_add(arena, &filled, cells[k]);
		list_add(arena, &lines, arena_join(arena, filled.at, filled.count, TEXT(" | ")));
	}
	return joined(arena, &lines);
}

static Text rating_lines(Arena *arena, const AdvisoryDraft *draft)
{
	Texts lines = { 0 };
	for (size_t i = 0; i < draft->ratings.count; i++)
		list_add(arena, &lines, draft->ratings.at[i].vector.length ? draft->ratings.at[i].vector : draft->ratings.at[i].level);
	return joined(arena, &lines);
}

static Text reference_lines(Arena *arena, const AdvisoryDraft *draft)
{
	Texts lines = { 0 };
	for (size_t i = 0; i < draft->references.count; i++) list_add(arena, &lines, draft->references.at[i].url);
	return joined(arena, &lines);
}

static Text withdrawal_line(Arena *arena, const AdvisoryDraft *draft)
{
	(void)arena;
	return draft->withdrawn ? draft->withdrawal_reason : TEXT("");
}

static Text finder_lines(Arena *arena, const AdvisoryDraft *draft) { return joined(arena, &draft->finders); }
static Text alias_lines(Arena *arena, const AdvisoryDraft *draft) { return joined(arena, &draft->aliases); }
static Text platform_lines(Arena *arena, const AdvisoryDraft *draft) { return joined(arena, &draft->platforms); }

typedef struct Field {
	const char *name, *label;
	size_t offset; /* of a text in the draft, when `lines` is NULL */
	Text (*lines)(Arena *arena, const AdvisoryDraft *draft);
} Field;
#define TEXT_FIELD(name, label, member) \
	{ \
		name, label, offsetof(AdvisoryDraft, member), NULL \
	}

static const Field fields[] = {
	{ "withdrawal_reason", N_("Reason of the withdrawal"), 0, withdrawal_line },
	TEXT_FIELD("successor", N_("Successor"), successor),
	TEXT_FIELD("title.zh", N_("Public title, Chinese"), title[LANG_ZH]),
	TEXT_FIELD("title.en", N_("Public title, English"), title[LANG_EN]),
	TEXT_FIELD("description.zh", N_("Public description, Chinese"), description[LANG_ZH]),
	TEXT_FIELD("description.en", N_("Public description, English"), description[LANG_EN]),
	TEXT_FIELD("existence.zh", N_("Statement of existence, Chinese"), existence[LANG_ZH]),
	TEXT_FIELD("existence.en", N_("Statement of existence, English"), existence[LANG_EN]),
	TEXT_FIELD("solution.zh", N_("What users can do, Chinese"), solution[LANG_ZH]),
	TEXT_FIELD("solution.en", N_("What users can do, English"), solution[LANG_EN]),
	TEXT_FIELD("detection.zh", N_("How users can tell whether they are affected, Chinese"), detection[LANG_ZH]),
	TEXT_FIELD("detection.en", N_("How users can tell whether they are affected, English"), detection[LANG_EN]),
	{ "affected", N_("Affected products"), 0, affected_lines },
	{ "platforms", N_("Platform"), 0, platform_lines },
	TEXT_FIELD("level", N_("Level"), level),
	{ "ratings", N_("Ratings"), 0, rating_lines },
	TEXT_FIELD("class", N_("Class"), class_name),
	{ "aliases", N_("Also known as"), 0, alias_lines },
	{ "references", N_("References"), 0, reference_lines },
	{ "finders", N_("Found by"), 0, finder_lines },
};

static Text value_of(Arena *arena, const Field *field, const AdvisoryDraft *draft)
{
	Text value = field->lines ? field->lines(arena, draft) : *(const Text *)((const char *)draft + field->offset);
	return value.at ? value : TEXT("");
}

/* ---- Documents */
static Error read_document(Call *call, Text number, Text digest, AdvisoryDraft *out, bool *out_found)
{
	Text packed, document, why;
	TRY(advisory_document(call, number, text_from(advisory_form_tag(FORM_OWN)), digest, &packed, out_found));
	if (!*out_found) return OK;
	if (!unpack(call->arena, packed, &document) || !advisory_read_form(call->arena, FORM_OWN, document, out, &why))
		return fail(call, CORRUPT, "a document of %.*s cannot be read", TEXT_ARGS(number));
	return OK;
}

Error revision_changes(Call *call, Text number, Text before_digest, Text after_digest, AdvisoryRevision *out)
{
	AdvisoryDraft before, after;
	bool had = false, has = false;
	TRY(read_document(call, number, before_digest, &before, &had));
	TRY(read_document(call, number, after_digest, &after, &has));
	for (size_t i = 0; had && has && i < COUNT(fields); i++) {
		AdvisoryChange change = { fields[i].name, fields[i].label, value_of(call->arena, &fields[i], &before),
			value_of(call->arena, &fields[i], &after) };
		if (!text_is(change.before, change.after)) list_add(call->arena, &out->changes, change);
	}
	return OK;
}
