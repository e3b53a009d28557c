/* Public warnings in the search of the library: their words, and where they stand among everything published. */
#include "base/base/clock.h"
#include "engine/likeness/tokens.h"
#include "store/db/db.h"
#include "subject/advisory/advisory.h"
#include "subject/warning/warning_private.h"

enum { ZONE_MS = 8 * 3600 * 1000 };

static Error tokens_of(Call *call, const WarningPublicRow *row, Text *out)
{
	Map *values;
	TokenSet *set = tokens_new(call->arena);
	TRY(form_values_read(call, &warning_form, row->content, &values));
	tokens_add_text(set, row->number);
	for (int lang = 0; lang < LANG_COUNT; lang++)
		tokens_add_text(set, warning_title(call->arena, (Lang)lang, row->what_zh, row->what_en));
	for (size_t i = 0; i < warning_form.section_count; i++)
		for (size_t k = 0; k < warning_form.sections[i].item_count; k++) {
			const FormItem *item = &warning_form.sections[i].items[k];
			if (item->kind != FORM_CHECK) tokens_add_text(set, form_answer(values, item->name));
		}
	tokens_add_filter(set, "year", text_slice(clock_iso(call->arena, row->published_at + ZONE_MS), 0, 4));
	*out = tokens_text(set);
	return OK;
}

Error warning_position(Call *call, int64_t published_at, int64_t *out)
{
	int64_t id, position = advisory_position(published_at);
	bool taken = true;
	while (taken) {
		TRY(warning_public_at(call, position, &id, &taken));
		position += taken;
	}
	*out = position;
	return OK;
}

Error warning_index(Call *call, const WarningPublicRow *row)
{
	Text tokens;
	TRY(tokens_of(call, row, &tokens));
	TRY(warning_index_tokens(call, row->position, tokens));
	return warning_public_indexed(call, row->id, true);
}

Error warning_unindex(Call *call, const WarningPublicRow *row)
{
	Text tokens;
	if (!row->is_indexed) return OK;
	TRY(tokens_of(call, row, &tokens));
	TRY(warning_unindex_tokens(call, row->position, tokens));
	return warning_public_indexed(call, row->id, false);
}

/* ---- Those from before there was an index */
typedef struct Indexing {
	int64_t max, count;
} Indexing;

static Error index_some(Call *call, void *argument)
{
	Indexing *indexing = argument;
	WarningPublicRows rows;
	TRY(warning_public_waiting(call, indexing->max, &rows));
	for (size_t i = 0; i < rows.count; i++) TRY(warning_index(call, &rows.at[i]));
	indexing->count = (int64_t)rows.count;
	return OK;
}

Error warning_index_rest(Call *call, int64_t max, int64_t *out_count)
{
	Indexing indexing = { .max = max };
	WarningPublicRows rows;
	*out_count = 0;
	TRY(warning_public_waiting(call, 1, &rows));
	if (!rows.count) return OK;
	TRY(db_transact(call, index_some, &indexing));
	*out_count = indexing.count;
	return OK;
}
