/* What everybody may read of warnings. */
#include "subject/warning/warning_private.h"

static WarningPublic of_row(const WarningPublicRow *row)
{
	return (WarningPublic) { .id = row->id,
		.n = row->n,
		.published_at = row->published_at,
		.changed_at = row->changed_at,
		.withdrawn_at = row->withdrawn_at.is ? row->withdrawn_at.value : 0,
		.number = row->number,
		.what = { [LANG_ZH] = row->what_zh, [LANG_EN] = row->what_en },
		.content = row->withdrawn_at.is ? TEXT("{}") : row->content,
		.reason = row->reason,
		.is_urgent = row->is_urgent };
}

Error warning_find_public(Call *call, Text number, WarningPublic *out)
{
	WarningPublicRow row;
	TRY(warning_public_find(call, number, &row));
	*out = of_row(&row);
	return OK;
}

Error warning_list_public(Call *call, WarningCursor after, int64_t max, WarningPublics *out)
{
	WarningPublicRows rows;
	WarningPublics list = { 0 };
	TRY(warning_public_rows(call, after.id ? after.at : INT64_MAX, after.id, max, &rows));
	for (size_t i = 0; i < rows.count; i++) list_add(call->arena, &list, of_row(&rows.at[i]));
	*out = list;
	return OK;
}

Error warning_changes(Call *call, const WarningPublic *warning, WarningChanges *out)
{
	WarningPublicTextRows rows;
	WarningChanges changes = { 0 };
	*out = changes;
	if (warning->withdrawn_at) return OK;
	TRY(warning_public_texts(call, warning->id, &rows));
	for (size_t i = 0; i < rows.count; i++)
		list_add(call->arena, &changes, ((WarningChange) { rows.at[i].n, rows.at[i].at, rows.at[i].content, rows.at[i].reason }));
	*out = changes;
	return OK;
}

static bool has(const WarningPublics *list, Text number)
{
	for (size_t i = 0; i < list->count; i++)
		if (text_is(list->at[i].number, number)) return true;
	return false;
}

Error warning_since(Call *call, int64_t since, int64_t max, WarningPublics *out, int64_t *out_next)
{
	enum { CHANGES_AT_ONCE = 500 };
	Changes changes;
	WarningPublics list = { 0 };
	int64_t next = since;
	do {
		TRY(change_since(call, next, CHANGES_AT_ONCE, &changes));
		for (size_t i = 0; i < changes.count && (int64_t)list.count < max; i++) {
			const Change *change = &changes.at[i];
			WarningPublic warning;
			next = change->number;
			if (!text_is(change->kind, text_from(warning_machine.name)) || has(&list, change->ref)) continue;
			TRY(warning_find_public(call, change->ref, &warning));
			list_add(call->arena, &list, warning);
		}
	} while (changes.count == CHANGES_AT_ONCE && (int64_t)list.count < max);
	*out = list;
	*out_next = next;
	return OK;
}

Error warning_public_number(Call *call, const Warning *warning, Text *out, bool *out_found)
{
	WarningPublicRow row;
	TRY(warning_public_of(call, warning->id, &row, out_found));
	if (*out_found) *out = row.number;
	return OK;
}
