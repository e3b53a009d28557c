/* One row on a page, and the tables of errors and results. */
#include "base/base/clock.h"
#include "subject/batch/batch_view.h"
#include "subject/batch/views/batch_row.html.h"
#include "subject/report/report.h"
#include "subject/report/report_view.h"

/* ---- One row */
Form *batch_row_form(Arena *arena)
{
	Form *form = arena_new_of(arena, Form);
	FormSection *sections = arena_array_of(arena, FormSection, report_form.section_count);
	*form = report_form;
	for (size_t i = 0; i < report_form.section_count; i++) {
		const FormSection *from = &report_form.sections[i];
		FormItem *items = arena_array_of(arena, FormItem, from->item_count);
		sections[i] = *from;
		sections[i].items = items;
		sections[i].item_count = 0;
		for (size_t j = 0; j < from->item_count; j++)
			if (from->items[j].kind != FORM_FILES) items[sections[i].item_count++] = from->items[j];
	}
	form->sections = sections;
	return form;
}

Error batch_load_row(Request *request, BatchRow *out)
{
	int64_t number = 0;
	if (!text_to_int(request_parameter(request, TEXT("row")), &number)) return fail(request->call, NOT_FOUND, "no number");
	return batch_row(request->call, request->subject, number, out);
}

static void note_problems(Call *call, const BatchRow *row)
{
	for (size_t i = 0; i < row->problems.count; i++) {
		const BatchProblem *problem = &row->problems.at[i];
		const FormItem *item = form_item(&report_form, problem->field);
		call_problem(call, problem->field, arena_string(call->arena, problem->message), problem->argument);
		call->failure.problems.at[call->failure.problems.count - 1].label = item ? item->label : N_("Files in the archive");
	}
}

static Markup files_markup(Html *html, const Attachments *files)
{
	FileEntry *entries = arena_array_of(html->call->arena, FileEntry, files->count + 1);
	for (size_t i = 0; i < files->count; i++)
		entries[i] = (FileEntry) { .name = files->at[i].name,
			.note = form_file_note(html, &files->at[i]),
			.digest = files->at[i].sha256.at ? files->at[i].sha256 : TEXT(""),
			.size_bytes = files->at[i].size_bytes };
	return part_files(html, entries, files->count);
}

static Error files_of(Html *html, const BatchRow *row, Markup *out)
{
	Attachments files;
	TRY(attachment_list(html->call, "batch-row", row->id, &files));
	*out = files.count ? files_markup(html, &files) : markup_text(html, tr(html->lang, N_("No files.")));
	return OK;
}

Text batch_row_label(Arena *arena, Lang lang, int64_t number)
{
	Problem title = { .message = N_("Row %s"), .argument = arena_printf(arena, "%lld", (long long)number) };
	return problem_text(arena, lang, &title);
}

static Error fill_personal(Html *html, const Batch *batch, BatchRow *row, BatchRowView *view)
{
	CoverPlace place;
	if (!batch_row_may_cover(batch, row)) return OK;
	batch_row_place(html->call, batch, row, &place);
	TRY(cover_banner(html, &place, &view->banner));
	return cover_kept_markup(html, row->seal_key, &report_form, &view->kept);
}

static Error fill(Html *html, const Batch *batch, const BatchRow *row, const Map *values, BatchRowView *view)
{
	Call *call = html->call;
	Text base = arena_printf(call->arena, "/batches/%.*s", TEXT_ARGS(batch->ref));
	bool is_preview = text_is(batch->state, TEXT("PREVIEW"));
	Problem same = { .message = N_("This row says the same as row %s."),
		.argument = arena_printf(call->arena, "%lld", (long long)row->same_as) };
	*view = (BatchRowView) { .chip = part_status(html, tr(html->lang, batch_row_state_text(row->state)),
					 text_from(batch_row_state_tone(row->state))),
		.action = url_local(call->arena, "%.*s/rows/%lld", TEXT_ARGS(base), (long long)row->number),
		.back = url_local(call->arena, "%.*s", TEXT_ARGS(base)),
		.report_ref = row->report_ref.at ? row->report_ref : TEXT(""),
		.same = row->same_as ? problem_text(call->arena, html->lang, &same) : TEXT(""),
		.is_open = is_preview };
	if (row->report_ref.length) view->report = url_local(call->arena, "/reports/%.*s", TEXT_ARGS(row->report_ref));
	if (is_preview) view->form = form_view(html, batch_row_form(call->arena), values, (Url) { { 0 } });
	TRY(files_of(html, row, &view->files));
	if (row->report_id || !form_answer(values, "description").length) return OK;
	TRY(candidates_markup(html, values, 0, &view->alike));
	return published_markup(html, values, &view->published);
}

static Error show_row(Request *request)
{
	Html *html;
	Call *call = request->call;
	const Batch *batch = request->subject;
	BatchRow row;
	BatchRowView view;
	Failure failure = call->failure; /* shown again because what was typed was refused */
	bool is_again = request->method == POST;
	TRY(batch_load_row(request, &row));
	Map *values = form_values_copy(call->arena, &report_form, row.values);
	if (is_again && form_take(request, &report_form, values) != OK) call_recover(call);
	call->failure = failure;
	if (!is_again) note_problems(call, &row);
	Crumb crumbs[] = { { tr(call->lang, N_("Many reports at once")), url_local(call->arena, "/batches") },
		{ batch->ref, url_local(call->arena, "/batches/%.*s", TEXT_ARGS(batch->ref)) },
		{ .text = batch_row_label(call->arena, call->lang, row.number) } };
	PageHead head = { .title = crumbs[2].text, .lead = row.title, .crumbs = crumbs, .crumb_count = COUNT(crumbs) };
	TRY(html_page_open(request, &head, &html));
	TRY(fill(html, batch, &row, values, &view));
	TRY(fill_personal(html, batch, &row, &view));
	page_batch_row(html, &view);
	return html_page_close(request, html);
}

static Error save_row(Request *request)
{
	Call *call = request->call;
	const Batch *batch = request->subject;
	BatchRow row;
	TRY(batch_load_row(request, &row));
	TRY(form_take(request, batch_row_form(call->arena), row.values));
	TRY(batch_row_correct(call, batch, row.number, row.values));
	TRY(batch_row(call, batch, row.number, &row));
	Text base = arena_printf(call->arena, "/batches/%.*s", TEXT_ARGS(batch->ref));
	return reply_redirect(
		request, row.problems.count ? arena_printf(call->arena, "%.*s/rows/%lld", TEXT_ARGS(base), (long long)row.number) : base);
}

/* ---- Tables */
enum { AT_ONCE = 500 };

typedef Error EachRow(Request *request, const Batch *batch, const BatchRow *row, Buffer *out);
static Error each_row(Request *request, const Batch *batch, Text state, EachRow *each, Buffer *out)
{
	for (int64_t after = 0;;) {
		BatchRows rows;
		TRY(batch_rows(request->call, batch, state, after, AT_ONCE, &rows));
		for (size_t i = 0; i < rows.count; i++) TRY(each(request, batch, &rows.at[i], out));
		if (rows.count < AT_ONCE) return OK;
		after = rows.at[rows.count - 1].number;
		if (arena_is_full(request->call->arena)) return fail(request->call, TOO_LARGE, "a table beyond the memory of a call");
	}
}

static Text number_text(Call *call, int64_t number) { return arena_printf(call->arena, "%lld", (long long)number); }

static Error put_errors(Request *request, const Batch *batch, const BatchRow *row, Buffer *out)
{
	Call *call = request->call;
	(void)batch;
	for (size_t i = 0; i < row->problems.count; i++) {
		const BatchProblem *problem = &row->problems.at[i];
		const Text *value = map_get(row->values, problem->field);
		csv_cell(out, number_text(call, row->number), false);
		csv_cell(out, problem->field, false);
		csv_cell(out, batch_column_text(call->lang, problem->field), false);
		csv_cell(out, batch_problem_text(call->arena, call->lang, problem), false);
		csv_cell(out, value ? text_slice(*value, 0, 200) : TEXT(""), true);
	}
	return OK;
}

static void put_heads(Request *request, const char *const *labels, size_t count, Buffer *out)
{
	for (size_t i = 0; i < count; i++) csv_cell(out, tr(request->call->lang, labels[i]), i + 1 == count);
}

Error batch_reply_errors(Request *request, const Batch *batch)
{
	static const char *const labels[] = { N_("Row"), N_("Column"), N_("What it means"), N_("Error"), N_("Value") };
	Buffer out = csv_begin(request->call->arena);
	put_heads(request, labels, COUNT(labels), &out);
	TRY(each_row(request, batch, TEXT("wrong"), put_errors, &out));
	TRY(each_row(request, batch, TEXT("failed"), put_errors, &out));
	reply_csv(request, "errors.csv", &out);
	return OK;
}

static void put_result(Call *call, Buffer *out, int64_t number, Text state, const BatchReport *report)
{
	csv_cell(out, number_text(call, number), false);
	csv_cell(out, tr(call->lang, batch_row_state_text(state)), false);
	csv_cell(out, report ? report->ref : TEXT(""), false);
	csv_cell(out, report ? clock_iso(call->arena, report->received_at) : TEXT(""), false);
	csv_cell(out, report ? report->content_digest : TEXT(""), true);
}

static Error put_unsent(Request *request, const Batch *batch, const BatchRow *row, Buffer *out)
{
	(void)batch;
	put_result(request->call, out, row->number, row->state, NULL);
	return OK;
}

Error batch_reply_summary(Request *request, const Batch *batch)
{
	static const char *const labels[] = { N_("Row"), N_("State"), N_("Reception number"), N_("Received at"),
		N_("SHA-256 of the content") },
				 *const others[] = { "failed", "wrong", "left", "ready", "waiting" };
	Call *call = request->call;
	Buffer out = csv_begin(call->arena);
	put_heads(request, labels, COUNT(labels), &out);
	for (int64_t after = 0;;) {
		BatchReports reports;
		TRY(batch_reports(call, batch, after, AT_ONCE, &reports));
		for (size_t i = 0; i < reports.count; i++) put_result(call, &out, reports.at[i].number, TEXT("sent"), &reports.at[i]);
		if (reports.count < AT_ONCE) break;
		after = reports.at[reports.count - 1].number;
	}
	for (size_t i = 0; i < COUNT(others); i++) TRY(each_row(request, batch, text_from(others[i]), put_unsent, &out));
	reply_csv(request, "summary.csv", &out);
	return OK;
}

static const FormSpec row_form = { .max_body_bytes = 1024 * 1024 };
#define OWN .may = ROLE_REPORTER, .subject = batch_load
static const Route routes[] = {
	{ GET, "/batches/:ref/rows/:row", show_row, OWN, .summary = "A row of a batch with its errors and possible duplicates" },
	{ POST, "/batches/:ref/rows/:row", save_row, OWN, .form = &row_form, .retry = show_row, .summary = "Correct a row" },
};
const RouteTable batch_row_routes = { "subject/batch rows", routes, COUNT(routes) };
