/* What every document that is accepted must satisfy, whoever issued it. */
#pragma once
#include "subject/advisory/advisory_private.h"

static Text record_written(Arena *arena, const AdvisoryDraft *record)
{
	Buffer buffer = { .arena = arena };
	JsonWriter writer = json_writer(&buffer);
	advisory_write(&writer, record);
	json_finish(&writer);
	return buffer_text(&buffer);
}

/* The index is emptied with the tokens of what is read back: nothing may be lost on the way. */
static void check_record(Arena *arena, AdvisoryForm form, const AdvisoryDraft *draft)
{
	AdvisoryDraft record, back;
	Json json;
	TokenSet *first = tokens_new(arena), *second = tokens_new(arena);
	Text key = record_key(form, draft);
	must(is_identifier(key));
	record_combine(arena, key, draft, &form, 1, &record);
	Text written = record_written(arena, &record);
	must(text_is_utf8(written));
	must(json_parse(arena, written, &json, NULL) && advisory_read(arena, json, &back));
	must(text_is(record_written(arena, &back), written));
	record_tokens(first, &record);
	record_tokens(second, &back);
	must(text_is(tokens_text(first), tokens_text(second)));
	must(record_position(&record) == record_position(&back) && record_position(&record) >= 0);
}
