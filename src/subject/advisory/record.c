/* A record out of its documents: which record a document belongs to, what the record says, where it stands in the order and in search. */
#include "base/base/clock.h"
#include "subject/advisory/advisory_private.h"

static const struct {
	const char *tag, *issuer, *name;
} forms[FORM_COUNT] = {
	[FORM_OWN] = { "own", "own", N_("This library") },
	[FORM_CVE5] = { "cve5", "cve", N_("CVE list") },
	[FORM_CNVD] = { "cnvd-xml", "cnvd", N_("CNVD") },
};

const char *advisory_form_tag(AdvisoryForm form) { return forms[form].tag; }
const char *advisory_form_name(AdvisoryForm form) { return forms[form].name; }

bool advisory_form_parse(Text tag, AdvisoryForm *out)
{
	for (size_t i = 0; i < FORM_COUNT; i++)
		if (text_is(tag, text_from(forms[i].tag))) {
			*out = (AdvisoryForm)i;
			return true;
		}
	return false;
}

const char *advisory_level_word(Text level)
{
	static const struct {
		Text tag;
		const char *word;
	} words[] = { { TEXT_INIT("critical"), N_("Critical severity") }, { TEXT_INIT("high"), N_("High severity") },
		{ TEXT_INIT("medium"), N_("Medium severity") }, { TEXT_INIT("low"), N_("Low severity") } };
	for (size_t i = 0; i < COUNT(words); i++)
		if (text_is(words[i].tag, level)) return words[i].word;
	return N_("Not rated");
}

Text advisory_text(const Text texts[LANG_COUNT], Lang lang)
{
	return texts[lang].length ? texts[lang] : texts[lang == LANG_ZH ? LANG_EN : LANG_ZH];
}

AdvisoryDraft draft_empty(void)
{
	Text none = TEXT("");
	AdvisoryDraft draft = { .identifier = none,
		.withdrawal_reason = none,
		.successor = none,
		.publisher = none,
		.verifier = none,
		.level = none,
		.type = none,
		.class_name = none };
	for (int lang = 0; lang < LANG_COUNT; lang++)
		draft.title[lang] = draft.description[lang] = draft.existence[lang] = draft.detection[lang] = draft.solution[lang] =
			draft.other[lang] = none;
	return draft;
}

bool refuse(Text *out_why, const char *why)
{
	*out_why = text_from(why);
	return false;
}

static bool own_read(Arena *arena, Text document, AdvisoryDraft *out, Text *out_why)
{
	Json json;
	if (json_parse(arena, document, &json, NULL) && advisory_read(arena, json, out)) return true;
	return refuse(out_why, "no document of this library");
}

bool advisory_read_form(Arena *arena, AdvisoryForm form, Text document, AdvisoryDraft *out, Text *out_why)
{
	if (form == FORM_CVE5) return cve5_read(arena, document, out, out_why);
	return form == FORM_CNVD ? cnvd_read(arena, document, out, out_why) : own_read(arena, document, out, out_why);
}

Text record_key(AdvisoryForm form, const AdvisoryDraft *draft)
{
	return form == FORM_CNVD && draft->aliases.count == 1 ? draft->aliases.at[0] : draft->identifier;
}

/* ---- Putting documents together */
static void take_text(Text *into, Text from)
{
	if (!into->length) *into = from;
}

static void take_texts(Text into[LANG_COUNT], const Text from[LANG_COUNT])
{
	for (int lang = 0; lang < LANG_COUNT; lang++) take_text(&into[lang], from[lang]);
}

static void take_list(Arena *arena, Texts *into, const Texts *from)
{
	for (size_t i = 0; i < from->count; i++) texts_add_new(arena, into, from->at[i]);
}

static void take_rating(Arena *arena, AdvisoryDraft *out, const AdvisoryRating *rating)
{
	for (size_t i = 0; i < out->ratings.count; i++) {
		const AdvisoryRating *known = &out->ratings.at[i];
		if (text_is(known->scheme, rating->scheme) && text_is(known->vector, rating->vector) && text_is(known->by, rating->by))
			return;
	}
	list_add(arena, &out->ratings, *rating);
}

static void take_reference(Arena *arena, AdvisoryDraft *out, const AdvisoryReference *reference)
{
	for (size_t i = 0; i < out->references.count; i++)
		if (text_is(out->references.at[i].url, reference->url)) return;
	list_add(arena, &out->references, *reference);
}

static void take_draft(Arena *arena, AdvisoryDraft *out, const AdvisoryDraft *draft, AdvisoryForm form)
{
	texts_add_new(arena, &out->issuers, text_from(forms[form].issuer));
	texts_add_new(arena, &out->aliases, draft->identifier);
	take_list(arena, &out->aliases, &draft->aliases);
	take_list(arena, &out->related, &draft->related);
	take_text(&out->publisher, draft->publisher);
	take_text(&out->verifier, draft->verifier);
	take_text(&out->level, draft->level);
	take_text(&out->type, draft->type);
	take_text(&out->class_name, draft->class_name);
	take_list(arena, &out->finders, &draft->finders);
	take_list(arena, &out->weaknesses, &draft->weaknesses);
	take_list(arena, &out->platforms, &draft->platforms);
	take_texts(out->title, draft->title);
	take_texts(out->description, draft->description);
	take_texts(out->existence, draft->existence);
	take_texts(out->detection, draft->detection);
	take_texts(out->solution, draft->solution);
	take_texts(out->other, draft->other);
	out->has_fix = out->has_fix || draft->has_fix;
	for (size_t i = 0; i < draft->ratings.count; i++) take_rating(arena, out, &draft->ratings.at[i]);
	for (size_t i = 0; i < draft->affected.count; i++) list_add(arena, &out->affected, draft->affected.at[i]);
	for (size_t i = 0; i < draft->references.count; i++) take_reference(arena, out, &draft->references.at[i]);
	for (size_t i = 0; i < draft->timeline.count; i++) list_add(arena, &out->timeline, draft->timeline.at[i]);
}

static Texts texts_without(Arena *arena, const Texts *texts, Text identifier, const Texts *others)
{
	Texts rest = { 0 };
	for (size_t i = 0; i < texts->count; i++)
		if (!text_is(texts->at[i], identifier) && !(others && texts_has(others, texts->at[i])))
			list_add(arena, &rest, texts->at[i]);
	return rest;
}

/* Ours says when it was published; else the first who published did. */
static void take_times(AdvisoryDraft *out, const AdvisoryDraft *drafts, const AdvisoryForm *document_forms, size_t count)
{
	out->published_at = drafts[0].published_at;
	out->updated_at = drafts[0].updated_at;
	for (size_t i = 1; i < count; i++) {
		if (document_forms[0] != FORM_OWN && drafts[i].published_at < out->published_at) out->published_at = drafts[i].published_at;
		if (drafts[i].updated_at > out->updated_at) out->updated_at = drafts[i].updated_at;
	}
}

void record_combine(
	Arena *arena, Text identifier, const AdvisoryDraft *drafts, const AdvisoryForm *document_forms, size_t count, AdvisoryDraft *out)
{
	must(count > 0);
	AdvisoryDraft record = draft_empty();
	record.identifier = identifier;
	for (size_t i = 0; i < count; i++) take_draft(arena, &record, &drafts[i], document_forms[i]);
	record.aliases = texts_without(arena, &record.aliases, identifier, NULL);
	record.related = texts_without(arena, &record.related, identifier, &record.aliases);
	record.withdrawn = drafts[0].withdrawn;
	record.withdrawal_reason = drafts[0].withdrawal_reason;
	record.successor = drafts[0].successor;
	for (int lang = 0; lang < LANG_COUNT; lang++) take_text(&record.title[lang], title_from(arena, record.description[lang]));
	if (!record.title[LANG_ZH].length) take_text(&record.title[LANG_EN], title_from(arena, record.withdrawal_reason));
	if (!record.level.length) record.level = TEXT("none");
	take_times(&record, drafts, document_forms, count);
	*out = record;
}

/* ---- Order */
enum { TIE_BITS = 20, YEAR_SHIFT = 17 };

/* Numbers of a year follow one another in the order; 131,071 of them before two of one second could meet. */
static int64_t tie_of(Text identifier)
{
	Text rest = identifier, part, last = TEXT("");
	int64_t year = 0, number = 0;
	while (text_next(&rest, '-', &part)) {
		if (!year && part.length == 4 && text_to_int(part, &year)) continue;
		last = part;
	}
	if (!year || !text_to_int(last, &number)) number = (int64_t)(text_hash(identifier) >> 40);
	if (!text_starts(identifier, TEXT("CVE-"))) year += 4;
	return ((year & 7) << YEAR_SHIFT) | (number & ((1 << YEAR_SHIFT) - 1));
}

int64_t advisory_position(int64_t published_at) { return published_at < 0 ? 0 : published_at / 1000 << TIE_BITS; }

int64_t record_position(const AdvisoryDraft *record) { return advisory_position(record->published_at) | tie_of(record->identifier); }

/* ---- Search */
static void add_list(TokenSet *set, const Texts *texts)
{
	for (size_t i = 0; i < texts->count; i++) tokens_add_text(set, texts->at[i]);
}

static void add_filters(TokenSet *set, const AdvisoryDraft *record)
{
	char year[8];
	int date[3];
	clock_civil((record->published_at / 1000 + 8 * 3600) / 86400, &date[0], &date[1], &date[2]);
	snprintf(year, sizeof(year), "%04d", date[0] % 10000);
	tokens_add_filter(set, "level", record->level);
	tokens_add_filter(set, "year", text_from(year));
	if (record->has_fix) tokens_add_filter(set, "fix", TEXT("yes"));
	if (record->withdrawn) tokens_add_filter(set, "state", TEXT("withdrawn"));
	for (size_t i = 0; i < record->platforms.count; i++) tokens_add_filter(set, "platform", record->platforms.at[i]);
	for (size_t i = 0; i < record->issuers.count; i++) tokens_add_filter(set, "source", record->issuers.at[i]);
	for (size_t i = 0; i < record->weaknesses.count; i++) tokens_add_filter(set, "weakness", record->weaknesses.at[i]);
}

void record_tokens(TokenSet *set, const AdvisoryDraft *record)
{
	tokens_clear(set);
	add_filters(set, record);
	tokens_add_text(set, record->identifier);
	add_list(set, &record->aliases);
	add_list(set, &record->related);
	add_list(set, &record->weaknesses);
	for (int lang = 0; lang < LANG_COUNT; lang++) {
		tokens_add_text(set, record->title[lang]);
		tokens_add_text(set, record->description[lang]);
	}
	tokens_add_text(set, record->withdrawal_reason);
	for (size_t i = 0; i < record->affected.count; i++) {
		const AdvisoryAffected *affected = &record->affected.at[i], *before = i ? affected - 1 : NULL;
		if (!before || !text_is(before->vendor, affected->vendor)) {
			tokens_add_filter(set, "vendor", affected->vendor);
			tokens_add_text(set, affected->vendor);
		}
		if (!before || !text_is(before->product, affected->product)) tokens_add_text(set, affected->product);
		tokens_add_text(set, affected->package);
	}
}
