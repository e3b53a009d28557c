/* The register of letters, and their templates. */
#include "face/doc/export.h"
#include "people/person/form_page.h"
#include "work/letter/letter_order_view.h"
#include "work/letter/letter_private.h"
#include "work/letter/letter_view.h"
#include "work/letter/views/letter_list.html.h"
#include "work/letter/views/letter_show.html.h"

#include <unistd.h>

enum { PAGE = 50 };

Text letter_url_text(Arena *arena, LetterKind kind, Text ref)
{
	return arena_printf(arena, "%.*s/%.*s", TEXT_ARGS(letter_place(arena, letter_kind_desk(kind))), TEXT_ARGS(url_segment(arena, ref)));
}

static Url letter_url(Arena *arena, const IssuedLetter *letter, const char *end)
{
	return url_local(arena, "%.*s%s", TEXT_ARGS(letter_url_text(arena, letter->kind, letter->ref)), end);
}

static Markup state_of(Html *html, const IssuedLetter *letter)
{
	return letter->voided_at ? part_status(html, tr(html->lang, "Voided"), TEXT("bad"))
				 : part_status(html, tr(html->lang, "Issued"), TEXT("good"));
}

/* ---- The register */
static Table table_of(Html *html, const IssuedLetters *letters)
{
	static const char *const labels[] = { N_("Number of the letter"), N_("Kind"), N_("Number of the matter"), N_("Recipient"),
		N_("State"), N_("Approved by"), N_("Issued at") };
	Arena *arena = html->call->arena;
	Column *columns = arena_array_of(arena, Column, COUNT(labels));
	Cell *cells = arena_array_of(arena, Cell, letters->count * COUNT(labels) + 1);
	for (size_t i = 0; i < COUNT(labels); i++)
		columns[i] = (Column) { .label = tr(html->lang, labels[i]), .kind = i == 1 || i == 3 ? COLUMN_TEXT : COLUMN_NARROW };
	for (size_t i = 0; i < letters->count; i++) {
		const IssuedLetter *letter = &letters->at[i];
		Cell *cell = &cells[i * COUNT(labels)];
		cell[0] = (Cell) { .text = letter->number, .url = letter_url(arena, letter, "") };
		cell[1].text = tr(html->lang, letter_kind_name(letter->kind));
		cell[2].text = letter->matter;
		cell[3].text = letter->recipient;
		cell[4].markup = state_of(html, letter);
		cell[5].text = letter->issuer;
		cell[6].markup = part_time(html, letter->issued_at);
	}
	return (Table) { tr(html->lang, "Letters"), columns, COUNT(labels), cells, letters->count };
}

static Filter kind_filter(Html *html, const LetterQuery *query)
{
	Arena *arena = html->call->arena;
	Text *labels = arena_array_of(arena, Text, LETTER_KINDS + 1), *choices = arena_array_of(arena, Text, LETTER_KINDS + 1);
	size_t count = 0;
	choices[count] = TEXT("");
	labels[count++] = tr(html->lang, "All");
	for (size_t i = 0; i < LETTER_KINDS; i++) {
		if (letter_kind_desk((LetterKind)i) != LETTER_LIBRARY) continue;
		choices[count] = text_from(letter_kind_tag((LetterKind)i));
		labels[count++] = tr(html->lang, letter_kind_name((LetterKind)i));
	}
	return (Filter) { .name = TEXT("kind"),
		.label = tr(html->lang, "Kind"),
		.value = query->kind == LETTER_KINDS ? TEXT("") : text_from(letter_kind_tag(query->kind)),
		.choice_values = choices,
		.choice_labels = labels,
		.choice_count = count };
}

static Text address_of(Arena *arena, const LetterQuery *query, int64_t before)
{
	Text kind = query->kind == LETTER_KINDS ? TEXT("") : text_from(letter_kind_tag(query->kind));
	return arena_printf(arena, "/letters?kind=%.*s&year=%lld&number=%.*s&before=%lld", TEXT_ARGS(kind), (long long)query->year,
		TEXT_ARGS(url_segment(arena, query->words)), (long long)before);
}

static Markup filters_of(Html *html, const LetterQuery *query)
{
	Arena *arena = html->call->arena;
	Text address = address_of(arena, query, query->before), year = TEXT("");
	if (query->year) year = arena_printf(arena, "%lld", (long long)query->year);
	Filter filters[] = { { .name = TEXT("number"),
				     .label = tr(html->lang, "Number of a letter or a matter"),
				     .value = query->words,
				     .is_search = true },
		kind_filter(html, query), { .name = TEXT("year"), .label = tr(html->lang, "Year"), .value = year } };
	FilterBar bar = { .action = url_local(arena, "/letters"),
		.filters = filters,
		.count = COUNT(filters),
		.csv = export_csv_url(arena, address),
		.xlsx = export_xlsx_url(arena, address) };
	return part_filters(html, &bar);
}

static Error fill_drafts(Html *html, LetterListView *view)
{
	int64_t waiting = 0;
	TRY(letter_drafts_waiting(html->call, &waiting));
	Fact fact = { .label = tr(html->lang, "Drafts that wait for your approval"),
		.text = arena_printf(html->call->arena, "%lld", (long long)waiting),
		.url = url_local(html->call->arena, "/letters/drafts") };
	view->above = part_facts(html, &fact, 1);
	return OK;
}

static Error show_list(Request *request)
{
	Call *call = request->call;
	Html *html;
	IssuedLetters letters;
	LetterListView view = { 0 };
	LetterQuery query = { .kind = LETTER_KINDS,
		.year = request_query_number(request, TEXT("year")),
		.before = request_query_number(request, TEXT("before")),
		.words = text_trim(request_query(request, TEXT("number"))) };
	if (!letter_kind_parse(request_query(request, TEXT("kind")), &query.kind)) query.kind = LETTER_KINDS;
	PageHead head = {
		.title = tr(call->lang, "Letters"), .lead = tr(call->lang, "Every number ever given, the newest first"), .wide = true
	};
	TRY(letter_list(call, &query, PAGE, &letters));
	TRY(html_page_open(request, &head, &html));
	Table table = table_of(html, &letters);
	if (export_wanted(request)) return export_reply(request, &table, TEXT("letters"));
	TRY(fill_drafts(html, &view));
	view.filters = filters_of(html, &query);
	if (letters.count)
		view.table = part_table(html, &table);
	else
		view.empty = part_empty(html, tr(html->lang, "No letter yet"),
			tr(html->lang, "A letter is written on the page of the report, casefile or party it belongs to."), (Url) { 0 },
			TEXT(""));
	if (letters.count == PAGE)
		view.pager = part_pager(html, (Url) { 0 },
			url_local(call->arena, "%.*s", TEXT_ARGS(address_of(call->arena, &query, letters.at[PAGE - 1].id))));
	page_letter_list(html, &view);
	return html_page_close(request, html);
}

/* ---- One letter */
static Error load_letter(Request *request)
{
	IssuedLetter *letter = arena_new_of(request->call->arena, IssuedLetter);
	TRY(letter_open(request->call, LETTER_LIBRARY, request_parameter(request, TEXT("ref")), letter));
	request->subject = letter;
	return OK;
}

static Markup facts_of(Html *html, const IssuedLetter *letter)
{
	LIST_OF(Fact) facts = { 0 };
	Lang lang = html->lang;
	const Fact all[] = { { .label = tr(lang, "Number of the letter"), .markup = part_copy(html, letter->number) },
		{ .label = tr(lang, "Kind"), .text = tr(lang, letter_kind_name(letter->kind)) },
		{ .label = tr(lang, "Number of the matter"), .text = letter->matter },
		{ .label = tr(lang, "Recipient"), .text = letter->recipient },
		{ .label = tr(lang, "State"), .markup = state_of(html, letter) },
		{ .label = tr(lang, "Seal"), .text = letter->has_seal ? tr(lang, "Yes") : tr(lang, "No") },
		{ .label = tr(lang, "Written by"), .text = letter->drafter }, { .label = tr(lang, "Approved by"), .text = letter->issuer },
		{ .label = tr(lang, "Issued at"), .markup = part_time(html, letter->issued_at) } };
	for (size_t i = 0; i < COUNT(all); i++) list_add(html->call->arena, &facts, all[i]);
	if (letter->voided_at) {
		const Fact more[] = { { .label = tr(lang, "Voided at"), .markup = part_time(html, letter->voided_at) },
			{ .label = tr(lang, "Reason"), .text = letter->reason } };
		for (size_t i = 0; i < COUNT(more); i++) list_add(html->call->arena, &facts, more[i]);
	}
	return part_facts(html, facts.at, facts.count);
}

static Markup readings_of(Html *html, const LetterReadings *readings)
{
	TimelineEntry *entries = arena_array_of(html->call->arena, TimelineEntry, readings->count + 1);
	for (size_t i = 0; i < readings->count; i++)
		entries[i] = (TimelineEntry) { .at = readings->at[i].at,
			.title = readings->at[i].form == LETTER_PAGES ? TEXT("PDF") : TEXT("DOCX"),
			.actor = readings->at[i].name.length ? readings->at[i].name : tr(html->lang, "Whom it was sent to") };
	if (!readings->count) return markup_text(html, tr(html->lang, "Nobody has downloaded it yet."));
	return part_timeline(html, entries, readings->count);
}

Error letter_page(Request *request, const IssuedLetter *letter)
{
	Call *call = request->call;
	bool is_library = letter_kind_desk(letter->kind) == LETTER_LIBRARY;
	LetterReadings readings;
	LetterShowView view = { 0 };
	Html *html;
	Crumb crumbs[] = { { tr(call->lang, "Letters"), url_local(call->arena, "/letters") }, { .text = letter->number } };
	if (!is_library) crumbs[0] = (Crumb) { tr(call->lang, "Selection rounds"), url_local(call->arena, "/programme/rounds") };
	PageHead head = { .title = letter->number,
		.lead = tr(call->lang, letter_kind_name(letter->kind)),
		.crumbs = crumbs,
		.crumb_count = COUNT(crumbs) };
	TRY(letter_readings(call, letter->id, &readings));
	TRY(html_page_open(request, &head, &html));
	Crumb files[] = { { TEXT("PDF"), letter_url(call->arena, letter, "/pdf") },
		{ TEXT("DOCX"), letter_url(call->arena, letter, "/docx") } };
	Fact links[] = { { .label = tr(html->lang, "To read and print"), .text = files[0].text, .url = files[0].url },
		{ .label = tr(html->lang, "To edit in Word"), .text = files[1].text, .url = files[1].url } };
	view.facts = facts_of(html, letter);
	view.files = part_facts(html, links, COUNT(links));
	view.readings = readings_of(html, &readings);
	if (!letter->voided_at) {
		FormField field = form_field(request, "reason", INPUT_LINES, N_("Why it is voided"),
			N_("The number stays in the register and is never used again."), TEXT(""));
		field.rows = 3;
		view.revoke = part_dialog(html, tr(html->lang, "Void the letter"), TEXT("bad"),
			inline_form(
				html, letter_url(call->arena, letter, "/void"), &field, 1, tr(html->lang, "Void the letter"), TEXT("bad")));
	}
	page_letter_show(html, &view);
	return html_page_close(request, html);
}

static Error show_letter(Request *request) { return letter_page(request, request->subject); }

static Error send_file(Request *request, LetterForm form)
{
	Text name, bytes;
	TRY(letter_file(request->call, LETTER_LIBRARY, request_parameter(request, TEXT("ref")), form, &name, &bytes));
	return export_bytes(request, name, bytes);
}
static Error send_pages(Request *request) { return send_file(request, LETTER_PAGES); }
static Error send_word(Request *request) { return send_file(request, LETTER_WORD); }

static const FieldSpec void_fields[] = { { "reason", FIELD_LINES, offsetof(LetterReasonForm, reason), .required = true,
	.max_length = 4000 } };
const FormSpec letter_void_form = { void_fields, COUNT(void_fields), sizeof(LetterReasonForm), .max_body_bytes = 0 };

static Error do_void(Request *request)
{
	const IssuedLetter *letter = request->subject;
	TRY(letter_void(request->call, LETTER_LIBRARY, letter->ref, ((const LetterReasonForm *)request->form)->reason));
	return reply_redirect(request, letter_url(request->call->arena, letter, "").text);
}

/* ---- Templates */
static Error load_kind(Request *request)
{
	LetterKind *kind = arena_new_of(request->call->arena, LetterKind);
	if (!letter_kind_parse(request_parameter(request, TEXT("kind")), kind))
		return fail(request->call, NOT_FOUND, "no such kind of letter");
	request->subject = kind;
	return OK;
}

static Error show_templates(Request *request)
{
	Call *call = request->call;
	Html *html;
	PageHead head = { .title = tr(call->lang, "Templates of letters") };
	Column columns[] = { { .label = tr(call->lang, "Kind") }, { .label = tr(call->lang, "Version"), .kind = COLUMN_NARROW },
		{ .label = tr(call->lang, "Since"), .kind = COLUMN_NARROW } };
	Cell *cells = arena_array_of(call->arena, Cell, LETTER_KINDS * COUNT(columns));
	TRY(html_page_open(request, &head, &html));
	for (size_t i = 0; i < LETTER_KINDS; i++) {
		LetterTemplate template;
		Cell *row = &cells[i * COUNT(columns)];
		TRY(letter_template_now(call, (LetterKind)i, &template, NULL));
		row[0] = (Cell) { .text = tr(call->lang, letter_kind_name((LetterKind)i)),
			.url = url_local(call->arena, "/admin/letters/%s", letter_kind_tag((LetterKind)i)) };
		row[1].text =
			template.version ? arena_printf(call->arena, "%lld", (long long)template.version) : tr(call->lang, "Built in");
		row[2].text = TEXT("–");
		if (template.version) row[2].markup = part_time(html, template.added_at);
	}
	Table table = { head.title, columns, COUNT(columns), cells, LETTER_KINDS };
	Fact seal = { .label = tr(html->lang, "Seal"),
		.text = tr(html->lang, "The office's seal"),
		.url = url_local(call->arena, "/admin/letters/seal") };
	LetterListView view = { .above = part_facts(html, &seal, 1), .table = part_table(html, &table) };
	page_letter_list(html, &view);
	return html_page_close(request, html);
}

/* The fields a template may name, beside the form that takes one. */
static Markup fields_table(Html *html, const void *about)
{
	LetterKind kind = *(const LetterKind *)about;
	LetterFieldFacts field;
	LIST_OF(Cell) cells = { 0 };
	Column columns[] = { { .label = tr(html->lang, "Field"), .kind = COLUMN_CODE }, { .label = tr(html->lang, "Meaning") },
		{ .label = tr(html->lang, "Required"), .kind = COLUMN_NARROW } };
	for (size_t i = 0; letter_field(kind, i, &field); i++) {
		const Cell row[] = { { .text = arena_printf(html->call->arena, "{{%s}}", field.name) },
			{ .text = tr(html->lang, field.text) },
			{ .text = field.is_needed ? tr(html->lang, "Yes") : tr(html->lang, "No") } };
		for (size_t c = 0; c < COUNT(row); c++) list_add(html->call->arena, &cells, row[c]);
	}
	return part_table(
		html, &(Table) { tr(html->lang, "Fields of templates"), columns, COUNT(columns), cells.at, cells.count / COUNT(columns) });
}

static Error show_template(Request *request)
{
	Call *call = request->call;
	LetterKind kind = *(const LetterKind *)request->subject;
	FormField field =
		form_field(request, "template", INPUT_FILE, N_("New template"), N_("A document of Word (.docx), at most 2 MB."), TEXT(""));
	Crumb links[] = { { tr(call->lang, "Download the template now in force"),
				  url_local(call->arena, "/admin/letters/%s/template", letter_kind_tag(kind)) },
		{ tr(call->lang, "All templates"), url_local(call->arena, "/admin/letters") } };
	FormPage page = { .title = tr(call->lang, letter_kind_name(kind)),
		.lead = tr(call->lang, "Download the template, edit it in Word, and send it back. It holds for every letter from then on. "
				       "A row of a table that "
				       "names a field with a dot is repeated for each entry of the list."),
		.before = fields_table,
		.about = request->subject,
		.action = url_local(call->arena, "/admin/letters/%s", letter_kind_tag(kind)),
		.fields = &field,
		.field_count = 1,
		.button = tr(call->lang, "Use this template"),
		.has_files = true,
		.links = links,
		.link_count = COUNT(links) };
	return form_page_show(request, &page);
}

static Error send_template(Request *request)
{
	LetterKind kind = *(const LetterKind *)request->subject;
	LetterTemplate template;
	Text bytes;
	TRY(letter_template_now(request->call, kind, &template, &bytes));
	return export_bytes(request, arena_printf(request->call->arena, "%s.docx", letter_kind_tag(kind)), bytes);
}

typedef struct TemplateForm {
	Uploads files;
} TemplateForm;
static const FieldSpec template_fields[] = { { "template", FIELD_FILES, offsetof(TemplateForm, files) } };
static const FormSpec template_form = { template_fields, COUNT(template_fields), sizeof(TemplateForm), .max_body_bytes = 3 << 20 };

static Error do_template(Request *request)
{
	Call *call = request->call;
	const Uploads *files = &((const TemplateForm *)request->form)->files;
	if (files->count != 1 || files->at[0].size_bytes < 1) {
		call_problem(call, TEXT("template"), N_("Please fill this in."), (Text) { 0 });
		return call_check_problems(call);
	}
	size_t length = (size_t)files->at[0].size_bytes;
	char *bytes = arena_alloc(call->arena, length);
	if (pread(files->at[0].descriptor, bytes, length, 0) != (ssize_t)length)
		return fail(call, IO, "an uploaded file ends before its size");
	TRY(letter_template_put(call, *(const LetterKind *)request->subject, (Text) { bytes, length }));
	return reply_redirect(request, TEXT("/admin/letters"));
}

#define OFFICE .may = ROLE_COORDINATOR, .needs_second_factor = true
#define ADMIN .may = ROLE_SYSTEM_ADMIN, .needs_second_factor = true
static const Route rows[] = {
	{ GET, "/letters", show_list, OFFICE, .summary = "Lists the register of letters; format=csv or xlsx gives it as a file." },
	{ GET, "/letters/:ref", show_letter, OFFICE, .subject = load_letter, .summary = "Shows a letter and who downloaded it." },
	{ GET, "/letters/:ref/pdf", send_pages, OFFICE, .summary = "Downloads a letter as PDF." },
	{ GET, "/letters/:ref/docx", send_word, OFFICE, .summary = "Downloads a letter as a document of Word." },
	{ POST, "/letters/:ref/void", do_void, OFFICE, .subject = load_letter, .form = &letter_void_form, .retry = show_letter,
		.summary = "Voids a letter; its number stays in the register." },
	{ GET, "/admin/letters", show_templates, ADMIN, .summary = "Lists the templates of letters." },
	{ GET, "/admin/letters/:kind", show_template, ADMIN, .subject = load_kind, .summary = "Shows the form to replace a template." },
	{ GET, "/admin/letters/:kind/template", send_template, ADMIN, .subject = load_kind, .summary = "Downloads the template in force." },
	{ POST, "/admin/letters/:kind", do_template, ADMIN, .subject = load_kind, .form = &template_form, .retry = show_template,
		.summary = "Replaces a template." },
};
const RouteTable letter_routes = { "work/letter", rows, COUNT(rows) };
