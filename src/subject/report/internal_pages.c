/* Internal records: what the library found out by itself, so that it can be proved later that it was known. */
#include "face/doc/export.h"
#include "subject/report/internal_view.h"
#include "subject/report/views/internal_list.html.h"
#include "subject/report/views/internal_show.html.h"

enum { PAGE = 50 };

static Markup table_of(Html *html, const InternalRecords *records)
{
	static const char *const labels[] = { N_("Number"), N_("Title"), N_("Proven since"), N_("Entered at"), N_("Entered by") };
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
		cell[2].markup = part_time(html, record->proven_at);
		cell[3].markup = part_time(html, record->entered_at);
		cell[4].text = record->person;
	}
	return part_table(html, &(Table) { tr(html->lang, "Internal records"), columns, COUNT(labels), cells, records->count });
}

/* ---- Files of the form */
static const FieldSpec body_fields[] = { { "document", FIELD_FILES, offsetof(InternalBody, document) },
	{ "timestamp", FIELD_FILES, offsetof(InternalBody, stamp) } };
const FormSpec internal_body = { .fields = body_fields,
	.field_count = COUNT(body_fields),
	.struct_size = sizeof(InternalBody),
	.max_body_bytes = (size_t)(INTERNAL_DOCUMENT_MIB + 2) * 1024 * 1024,
	.takes_more = true };

static InternalFile file_of(const Uploads *uploads)
{
	const Upload *upload = uploads->count ? &uploads->at[0] : NULL;
	return upload ? (InternalFile) { upload->name, upload->descriptor, upload->size_bytes } : (InternalFile) { .descriptor = -1 };
}

void internal_take_files(const Request *request, InternalNew *out)
{
	const InternalBody *body = request->form;
	Text key = request_header(request, TEXT("Idempotency-Key"));
	out->document = file_of(&body->document);
	out->stamp = file_of(&body->stamp);
	out->key = key.at ? key : TEXT("");
}

static Markup document_field(Html *html)
{
	Problem help = { .message = N_("What proves it, as a report of a test; at most %s MiB. Sealed; its SHA-256 goes into the ledger."),
		.argument = arena_printf(html->call->arena, "%d", (int)INTERNAL_DOCUMENT_MIB) };
	const FormField field = { .name = TEXT("document"),
		.label = tr(html->lang, "Document"),
		.help = problem_text(html->call->arena, html->lang, &help),
		.kind = INPUT_FILE };
	return part_field(html, &field);
}

static Markup stamp_field(Html *html)
{
	const FormField field = { .name = TEXT("timestamp"),
		.label = tr(html->lang, "Time stamp over the document"),
		.help = tr(html->lang,
			"A file .tsr or .tst (RFC 3161) of an authority that the administrator trusts. It proves that the document "
			"existed at its instant, also where that lies before this entry."),
		.kind = INPUT_FILE };
	return part_field(html, &field);
}

static Error show_list(Request *request)
{
	Html *html;
	Call *call = request->call;
	InternalRecords records;
	Map *values = map_new(call->arena);
	InternalListView view = { .action = url_local(call->arena, "/internal-records"), .is_open = request->method == POST };
	PageHead head = { .title = tr(call->lang, "Internal records"),
		.lead = tr(call->lang,
			"What the library finds out by itself is entered here when it arises. Only an earlier record, or an earlier time "
			"stamp over its document, proves that something was known."),
		.wide = true };
	Failure failure = call->failure; /* of the form that is shown again */
	if (request->method == POST) TRY(form_take(request, &internal_form, values));
	TRY(internal_list(call, request_query_number(request, TEXT("before")), PAGE, &records));
	call->failure = failure;
	TRY(html_page_open(request, &head, &html));
	view.form = form_view_whole(html, &internal_form, values);
	view.document = document_field(html);
	view.stamp = stamp_field(html);
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
	bool repeated = false;
	Map *values = map_new(request->call->arena);
	InternalNew new = { .values = values };
	TRY(form_take(request, &internal_form, values));
	internal_take_files(request, &new);
	TRY(internal_enter_with(request->call, &new, &ref, &repeated));
	return reply_redirect(request, arena_printf(request->call->arena, "/internal-records/%.*s", TEXT_ARGS(ref)));
}

Error internal_load(Request *request)
{
	Call *call = request->call;
	InternalRecord *record = arena_new_of(call->arena, InternalRecord);
	TRY(internal_open(call, request_parameter(request, TEXT("ref")), record));
	if (record->person_id != call->actor->person_id) TRY(report_record_reading(call, "internal", record->ref, record->seal_key));
	request->subject = record;
	return OK;
}

static Markup stamp_facts(Html *html, const InternalStamp *stamp)
{
	Arena *arena = html->call->arena;
	const Fact facts[] = { { .label = tr(html->lang, "Stated instant"), .markup = part_time(html, stamp->at) },
		{ .label = tr(html->lang, "Accuracy"), .text = arena_printf(arena, "%lld ms", (long long)stamp->accuracy_ms) },
		{ .label = tr(html->lang, "Authority"), .text = stamp->by }, { .label = tr(html->lang, "Hash"), .text = stamp->hash },
		{ .label = tr(html->lang, "Policy"), .text = stamp->policy },
		{ .label = tr(html->lang, "Serial number"), .text = stamp->serial } };
	return part_facts(html, facts, COUNT(facts));
}

static Error fill_proof(Html *html, const InternalRecord *record, InternalView *view)
{
	Arena *arena = html->call->arena;
	Attachments files;
	TRY(internal_files(html->call, record, &files));
	view->files = files.count ? form_files(html, &files, arena_printf(arena, "/internal-records/%.*s/files/", TEXT_ARGS(record->ref)))
				  : markup_text(html, tr(html->lang, N_("No files.")));
	if (record->stamp.token.at) view->stamp = stamp_facts(html, &record->stamp);
	view->token = url_local(arena, "/internal-records/%.*s/timestamp", TEXT_ARGS(record->ref));
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
		{ .label = tr(html->lang, "Proven since"), .markup = part_time(html, record->proven_at) },
		{ .label = tr(html->lang, "Entered at"), .markup = part_time(html, record->entered_at) },
		{ .label = tr(html->lang, "Entered by"), .text = record->person },
		{ .label = tr(html->lang, "SHA-256 of a document"), .markup = part_copy(html, record->document_sha256) } };
	InternalView view = { .facts = part_facts(html, facts, record->document_sha256.length ? COUNT(facts) : COUNT(facts) - 1),
		.content = part_markdown(html, record->content),
		.receipt = url_local(call->arena, "/internal-records/%.*s/receipt", TEXT_ARGS(record->ref)) };
	TRY(fill_proof(html, record, &view));
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

static Error give_file(Request *request)
{
	return upload_download(request, internal_owner(request->subject), request_parameter(request, TEXT("file")));
}

Error internal_reply_stamp(Request *request, Text ref, Text token)
{
	return export_bytes(request, arena_printf(request->call->arena, "%.*s.tst", TEXT_ARGS(ref)), token);
}

static Error give_stamp(Request *request)
{
	const InternalRecord *record = request->subject;
	if (!record->stamp.token.at)
		return fail(request->call, NOT_FOUND, "internal record %.*s has no time stamp", TEXT_ARGS(record->ref));
	return internal_reply_stamp(request, record->ref, record->stamp.token);
}

#define STAFF .may = ROLE_COORDINATOR | ROLE_VERIFIER, .needs_second_factor = true
static const Route routes[] = {
	{ GET, "/internal-records", show_list, STAFF, .summary = "What the library found out by itself, newest first" },
	{ POST, "/internal-records", do_enter, STAFF, .form = &internal_body, .retry = show_list,
		.summary = "Enter what the library found out by itself, with its instant and ledger entry" },
	{ GET, "/internal-records/:ref", show, STAFF, .subject = internal_load, .summary = "An internal record" },
	{ GET, "/internal-records/:ref/receipt", give_receipt, STAFF, .subject = internal_load,
		.summary = "The signed receipt of an internal record" },
	{ GET, "/internal-records/:ref/timestamp", give_stamp, STAFF, .subject = internal_load,
		.summary = "The time stamp (RFC 3161) over the document of an internal record" },
	{ GET, "/internal-records/:ref/files/:file", give_file, STAFF, .subject = internal_load,
		.summary = "The document of an internal record" },
};
const RouteTable internal_routes = { "subject/report", routes, COUNT(routes) };
