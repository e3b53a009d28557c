/* The end of the time a report is kept, and what a report says of whoever sent it once the account is gone. */
#include "store/seal/seal.h"
#include "subject/report/decision_private.h"
#include "subject/report/report_private.h"

Error report_kept(Call *call, const KeptPage *page, Keeps *out)
{
	ReportKepts rows;
	Keeps keeps = { 0 };
	TRY(report_kept_rows(call, page->before, page->after_at, page->after_id, page->max, &rows));
	for (size_t i = 0; i < rows.count; i++)
		list_add(call->arena, &keeps, ((Kept) { rows.at[i].id, rows.at[i].updated_at, rows.at[i].ref }));
	*out = keeps;
	return OK;
}

Error report_forget(Call *call, Text ref)
{
	ReportRow row;
	TRY(report_find_ref(call, ref, &row));
	return isolation_wipe(call, row.id, row.seal_key);
}

/* What is left of the wish to be named: the public name as it is now, or nothing. Whoever sent it cannot be reached any more. */
static Error unname(Call *call, const ReportRow *row, Text handle)
{
	Report report;
	Sealed sealed;
	TRY(report_of_row(call, row, &report));
	Map *values = form_values_copy(call->arena, &report_form, report.values);
	bool by_handle = text_is(form_answer(values, "credit"), TEXT("handle"));
	form_set(call->arena, values, TEXT("contact"), TEXT(""));
	if (!handle.length || by_handle) form_set(call->arena, values, TEXT("credit_name"), handle);
	if (!handle.length)
		form_set(call->arena, values, TEXT("credit"), TEXT("none"));
	else if (by_handle)
		form_set(call->arena, values, TEXT("credit"), TEXT("name"));
	Text json = form_values_text(call->arena, &report_form, values);
	TRY(seal_close(call, row->seal_key, "report|sealed_values", row->ref, json, &sealed));
	return report_set_values(call, row->id, sealed);
}

Error report_unname(Call *call, int64_t person_id, Text handle)
{
	enum { AT_ONCE = 50 };
	ReportRows rows;
	for (int64_t after = 0;; after = rows.at[rows.count - 1].id) {
		TRY(report_rows_sealed_of(call, person_id, after, AT_ONCE, &rows));
		for (size_t i = 0; i < rows.count; i++) TRY(unname(call, &rows.at[i], handle));
		if (rows.count < AT_ONCE) return OK;
	}
}
