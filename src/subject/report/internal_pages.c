/* Internal records: what the library found out by itself, so that it can be proved later that it was known. */
#include "subject/report/internal_view.h"
#include "subject/report/views/internal_list.html.h"
#include "subject/report/views/internal_show.html.h"

enum { PAGE = 50 };

static Markup table_of(Html *html, const InternalRecords *records)
{
	static const char *const labels[] = { N_("Number"), N_("Title"), N_("Entered at"), N_("Entered by") };
	Arena *arena = html->call->arena;
	Column columns[COUNT(labels)];
	Cell *cells = arena_array_of(arena, Cell, records->count * COUNT(labels) + 1);
	for (size_t i = 0; i < COUNT(labels); i++)
		columns[i] = (Column) { .label = tr(html->lang, labels[i]), .kind = i == 1 ? COLUMN_TEXT : COLUMN_NARROW };
	for (size_t i = 0; i < records->count; i++) {
		const InternalRecord *record = &records->at[i];
		Cell *cell = &cells[i * COUNT(labels)];
		cell[0] = (Cell) { .text = record->ref, .url = url_local(arena, "/internal-records/%.*s", TEXT_ARGS(record->ref)) };
		cell[1].text = record->title;
		cell[2].markup = part_time(html, record->entered_at);
		cell[3].text = record->person;
	}
	return part_table(html, &(Table) { tr(html->lang, "Internal records"), columns, COUNT(labels), cells, records->count });
}

static Error show_list(Request *request)
{
	Html *html;
	Call *call = request->call;
	InternalRecords records;
	Map *values = map_new(call->arena);
	InternalListView view = { .action = url_local(call->arena, "/internal-records"), .is_open = request->method == POST };
	PageHead head = { .title = tr(call->lang, "Internal records"),
		.lead = tr(call->lang, "What the library finds out by itself is entered here when it arises. Only an earlier record proves "
				       "that something was known."),
		.wide = true };
	Failure failure = call->failure; /* of the form that is shown again */
	if (request->method == POST) TRY(form_take(request, &internal_form, values));
	TRY(internal_list(call, request_query_number(request, TEXT("before")), PAGE, &records));
	call->failure = failure;
	TRY(html_page_open(request, &head, &html));
	view.form = form_view_whole(html, &internal_form, values);
	if (records.count)
		view.table = table_of(html, &records);
	else
		view.empty = part_empty(html, tr(html->lang, "Nothing has been entered yet."), TEXT(""), (Url) { { 0 } }, TEXT(""));
	if (records.count == PAGE)
		view.pager = part_pager(
			html, (Url) { { 0 } }, url_local(call->arena, "/internal-records?before=%lld", (long long)records.at[PAGE - 1].id));
	page_internal_list(html, &view);
	return html_page_close(request, html);
}

static Error do_enter(Request *request)
{
	Text ref;
	Map *values = map_new(request->call->arena);
	TRY(form_take(request, &internal_form, values));
	TRY(internal_enter(request->call, values, &ref));
	return reply_redirect(request, arena_printf(request->call->arena, "/internal-records/%.*s", TEXT_ARGS(ref)));
}

static Error load(Request *request)
{
	Call *call = request->call;
	InternalRecord *record = arena_new_of(call->arena, InternalRecord);
	TRY(internal_open(call, request_parameter(request, TEXT("ref")), record));
	if (record->person_id != call->actor->person_id) TRY(report_record_reading(call, "internal", record->ref, record->seal_key));
	request->subject = record;
	return OK;
}

static Error show(Request *request)
{
	Html *html;
	Call *call = request->call;
	const InternalRecord *record = request->subject;
	Crumb crumbs[] = { { tr(call->lang, "Internal records"), url_local(call->arena, "/internal-records") }, { .text = record->ref } };
	PageHead head = { .title = record->title, .lead = record->ref, .crumbs = crumbs, .crumb_count = COUNT(crumbs) };
	TRY(html_page_open(request, &head, &html));
	const Fact facts[] = { { .label = tr(html->lang, "Number"), .markup = part_copy(html, record->ref) },
		{ .label = tr(html->lang, "Entered at"), .markup = part_time(html, record->entered_at) },
		{ .label = tr(html->lang, "Entered by"), .text = record->person },
		{ .label = tr(html->lang, "SHA-256 of a document"), .markup = part_copy(html, record->document_sha256) } };
	InternalView view = { .facts = part_facts(html, facts, record->document_sha256.length ? COUNT(facts) : COUNT(facts) - 1),
		.content = part_markdown(html, record->content),
		.receipt = url_local(call->arena, "/internal-records/%.*s/receipt", TEXT_ARGS(record->ref)) };
	page_internal_show(html, &view);
	return html_page_close(request, html);
}

static Error give_receipt(Request *request)
{
	Text receipt;
	const InternalRecord *record = request->subject;
	TRY(internal_receipt(request->call, record, &receipt));
	reply_text(request, TEXT("text/plain; charset=utf-8"), receipt);
	reply_header(request, TEXT("Content-Disposition"),
		arena_printf(request->call->arena, "attachment; filename=\"%.*s.receipt\"", TEXT_ARGS(record->ref)));
	return OK;
}

#define STAFF .may = ROLE_COORDINATOR | ROLE_VERIFIER, .needs_second_factor = true
static const FormSpec internal_body = { .takes_more = true };
static const Route routes[] = {
	{ GET, "/internal-records", show_list, STAFF, .summary = "What the library found out by itself, newest first" },
	{ POST, "/internal-records", do_enter, STAFF, .form = &internal_body, .retry = show_list,
		.summary = "Enter what the library found out by itself, with its instant and ledger entry" },
	{ GET, "/internal-records/:ref", show, STAFF, .subject = load, .summary = "An internal record" },
	{ GET, "/internal-records/:ref/receipt", give_receipt, STAFF, .subject = load,
		.summary = "The signed receipt of an internal record" },
};
const RouteTable internal_routes = { "subject/report", routes, COUNT(routes) };
