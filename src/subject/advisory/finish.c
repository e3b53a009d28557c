/* From a document as it came to a row that can be inserted. Pure, so that a thread of its own can do it while another one inserts. */
#include "base/crypto/crypto.h"
#include "subject/advisory/advisory_private.h"

#include <stdlib.h>

enum { SCRATCH_BYTES = 512 * 1024 * 1024, DOCUMENT_BYTES_MAX = 16 * 1024 * 1024 };

struct AdvisoryFinisher {
	Arena *scratch;
	Packer *packer;
};

AdvisoryFinisher *advisory_finisher_new(void)
{
	AdvisoryFinisher *finisher = calloc(1, sizeof(*finisher));
	must(finisher);
	*finisher = (AdvisoryFinisher) { arena_new(SCRATCH_BYTES), packer_new() };
	return finisher;
}

void advisory_finisher_free(AdvisoryFinisher **finisher)
{
	if (!*finisher) return;
	packer_free(&(*finisher)->packer);
	arena_free(&(*finisher)->scratch);
	free(*finisher);
	*finisher = NULL;
}

void record_finish(Arena *scratch, Arena *arena, const AdvisoryDraft *draft, AdvisoryRecord *out)
{
	AdvisoryRecord record = { .position = record_position(draft),
		.published_at = draft->published_at,
		.updated_at = draft->updated_at,
		.withdrawn = draft->withdrawn,
		.identifier = arena_copy(arena, draft->identifier),
		.level = arena_copy(arena, draft->level) };
	for (int lang = 0; lang < LANG_COUNT; lang++) record.title[lang] = arena_copy(arena, draft->title[lang]);
	list_add(arena, &record.identifiers, record.identifier);
	for (size_t i = 0; i < draft->aliases.count; i++) list_add(arena, &record.identifiers, arena_copy(arena, draft->aliases.at[i]));
	Buffer buffer = { .arena = scratch };
	buffer_reserve(&buffer, 4096);
	JsonWriter writer = json_writer(&buffer);
	advisory_write(&writer, draft);
	json_finish(&writer);
	record.document = arena_copy(arena, buffer_text(&buffer));
	TokenSet *set = tokens_new(scratch);
	record_tokens(set, draft);
	record.tokens = arena_copy(arena, tokens_text(set));
	*out = record;
}

/* The bytes whose digest tells documents apart: JSON without white space, XML as it is. */
static Text canonical(Arena *arena, AdvisoryForm form, Text document)
{
	return form == FORM_CNVD ? document : json_minify(arena, document);
}

static bool finish(AdvisoryFinisher *finisher, Arena *arena, AdvisoryForm form, Text document, AdvisoryFinished *out, Text *out_why)
{
	Arena *scratch = finisher->scratch;
	AdvisoryDraft draft, record;
	if (document.length > DOCUMENT_BYTES_MAX) return refuse(out_why, "larger than 16 MiB");
	if (!advisory_read_form(scratch, form, document, &draft, out_why)) return false;
	Text key = record_key(form, &draft), kept = canonical(scratch, form, document);
	record_combine(scratch, key, &draft, &form, 1, &record);
	Digest digest = sha256(kept);
	AdvisoryFinished finished = { .form = form,
		.number = arena_copy(arena, draft.identifier),
		.key = arena_copy(arena, key),
		.digest = hex_text(arena, DIGEST_TEXT(digest)),
		.updated_at = draft.updated_at };
	finished.packed = packer_pack(finisher->packer, scratch, kept);
	finished.packed = arena_copy(arena, finished.packed);
	record_finish(scratch, arena, &record, &finished.record);
	*out = finished;
	return true;
}

bool advisory_finish(AdvisoryFinisher *finisher, Arena *arena, AdvisoryForm form, Text document, AdvisoryFinished *out, Text *out_why)
{
	ArenaMark mark = arena_mark(finisher->scratch);
	bool finished = finish(finisher, arena, form, document, out, out_why);
	if (!finished) *out_why = arena_copy(arena, *out_why);
	arena_release(finisher->scratch, mark);
	return finished;
}
