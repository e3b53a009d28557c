/* Records of impact assessments: for the security administrators who write them and the audit administrators who read them. */
#include "face/doc/docx.h"
#include "people/person/form_page.h"
#include "subject/privacy/privacy_view.h"
#include "subject/privacy/views/impact_show.html.h"
#include "subject/privacy/views/privacy.html.h"
#include "work/form/action_view.h"

enum { PAGE = 50 };

static Text base_of(Arena *arena, Text ref) { return arena_printf(arena, "/admin/impact/%.*s", TEXT_ARGS(url_segment(arena, ref))); }
static Text number_text(Arena *arena, int64_t number) { return arena_printf(arena, "%lld", (long long)number); }

static Markup chip_of(Html *html, Text name)
{
	const WorkflowState *state = workflow_state(&impact_machine, name);
	return state ? part_status(html, tr(html->lang, state->text), text_from(state->tone)) : markup_text(html, name);
}

/* ---- All */
static Error list_table(Html *html, const Impacts *list, Markup *out)
{
	static const char *const labels[] = { N_("Processing that is assessed"), N_("Version"), N_("State"), N_("Written by"),
		N_("Approved by"), N_("Approved at") };
	PrivacyCells cells = { 0 };
	Arena *arena = html->call->arena;
	for (size_t i = 0; i < list->count; i++) {
		const Impact *impact = &list->at[i];
		Text writer, approver;
		TRY(person_name(html->call, impact->written_by, &writer));
		TRY(person_name(html->call, impact->approved_by, &approver));
		const Cell row[] = { { .text = impact->title, .url = url_local(arena, "%.*s", TEXT_ARGS(base_of(arena, impact->ref))) },
			{ .text = number_text(arena, impact->version) }, { .markup = chip_of(html, impact->state) }, { .text = writer },
			{ .text = approver.length ? approver : TEXT("–") },
			{ .markup = impact->approved_at ? part_date(html, impact->approved_at) : markup_text(html, TEXT("–")) } };
		for (size_t j = 0; j < COUNT(row); j++) list_add(arena, &cells, row[j]);
	}
	*out = privacy_table(html, N_("Impact assessments"), labels, COUNT(labels), &cells, N_("No processing was assessed yet."));
	return OK;
}

static Error show_list(Request *request)
{
	Html *html;
	Call *call = request->call;
	Impacts list;
	PrivacyView view = { 0 };
	Markup table;
	PageHead head = { .title = tr(call->lang, "Impact assessments"),
		.lead = tr(call->lang,
			"Of the processing of personal data, before it begins: written by one, approved by another, looked at again."),
		.wide = true };
	Failure failure = call->failure;
	TRY(impact_list(call, request_query_number(request, TEXT("before")), PAGE, &list));
	TRY(html_page_open(request, &head, &html));
	TRY(list_table(html, &list, &table));
	call->failure = failure;
	privacy_add(html, &view, N_("Impact assessments"), NULL, table);
	if (list.count == PAGE)
		view.sections.at[0].more = part_pager(
			html, (Url) { { 0 } }, url_local(call->arena, "/admin/impact?before=%lld", (long long)list.at[PAGE - 1].id));
	if (actor_has(call->actor, ROLE_SECURITY_ADMIN)) {
		FormField field = form_field(request, "title", INPUT_TEXT, N_("Processing that is assessed"), NULL, TEXT(""));
		privacy_add(html, &view, N_("Begin an assessment"), NULL,
			inline_form(html, url_local(call->arena, "/admin/impact"), &field, 1, tr(html->lang, "Begin"), TEXT("")));
	}
	page_privacy(html, &view);
	return html_page_close(request, html);
}

typedef struct TitleForm {
	Text title;
} TitleForm;
static const FieldSpec title_fields[] = { { "title", FIELD_TEXT, offsetof(TitleForm, title), .required = true, .max_length = 100 } };
static const FormSpec title_form = { title_fields, COUNT(title_fields), sizeof(TitleForm), .max_body_bytes = 0 };

static Error do_new(Request *request)
{
	Text ref;
	Map *values = map_new(request->call->arena);
	form_set(request->call->arena, values, TEXT("title"), ((const TitleForm *)request->form)->title);
	TRY(impact_new(request->call, values, &ref));
	return reply_redirect(request, base_of(request->call->arena, ref));
}

/* ---- One */
static Error load(Request *request)
{
	Impact *impact = arena_new_of(request->call->arena, Impact);
	TRY(impact_open(request->call, request_parameter(request, TEXT("ref")), impact));
	request->subject = impact;
	return OK;
}

static Error versions_table(Html *html, const Impact *impact, Markup *out)
{
	static const char *const labels[] = { N_("Version"), N_("Conclusion"), N_("Written by"), N_("Approved by"), N_("Approved at") };
	PrivacyCells cells = { 0 };
	ImpactVersions versions;
	*out = (Markup) { { 0 } };
	TRY(impact_versions(html->call, impact, &versions));
	for (size_t i = 0; i < versions.count; i++) {
		const ImpactVersion *version = &versions.at[i];
		Text writer, approver;
		TRY(person_name(html->call, version->written_by, &writer));
		TRY(person_name(html->call, version->approved_by, &approver));
		const Cell row[] = { { .text = number_text(html->call->arena, version->version) },
			{ .text = form_answer(version->values, "conclusion") }, { .text = writer }, { .text = approver },
			{ .markup = part_date(html, version->approved_at) } };
		for (size_t j = 0; j < COUNT(row); j++) list_add(html->call->arena, &cells, row[j]);
	}
	if (versions.count) *out = privacy_table(html, N_("Approved versions"), labels, COUNT(labels), &cells, "");
	return OK;
}

static Error facts_of(Html *html, const Impact *impact, Markup *out)
{
	Text writer, approver;
	TRY(person_name(html->call, impact->written_by, &writer));
	TRY(person_name(html->call, impact->approved_by, &approver));
	const Fact facts[] = { { .label = tr(html->lang, "Number"), .text = impact->ref },
		{ .label = tr(html->lang, "Version"), .text = number_text(html->call->arena, impact->version) },
		{ .label = tr(html->lang, "Written by"), .text = writer }, { .label = tr(html->lang, "Approved by"), .text = approver },
		{ .label = tr(html->lang, "Approved at"), .markup = part_date(html, impact->approved_at) } };
	*out = part_facts(html, facts, impact->approved_at ? COUNT(facts) : 3);
	return OK;
}

/* What was typed stays when it is shown again with problems. */
static const Map *shown_values(Request *request, const Impact *impact, bool typed)
{
	Map *values = form_values_copy(request->call->arena, &impact_form, impact->values);
	Failure failure = request->call->failure;
	if (typed && form_take(request, &impact_form, values) != OK) call_recover(request->call);
	request->call->failure = failure;
	return values;
}

static Error show(Request *request)
{
	Html *html;
	Call *call = request->call;
	const Impact *impact = request->subject;
	Matter matter;
	Text base = base_of(call->arena, impact->ref);
	Text failed = request->method == POST ? request_parameter(request, TEXT("action")) : (Text) { 0 };
	bool writes = text_is(impact->state, TEXT("DRAFT")) && actor_has(call->actor, ROLE_SECURITY_ADMIN);
	ImpactView view = { .save = url_local(call->arena, "%.*s", TEXT_ARGS(base)),
		.pdf = url_local(call->arena, "%.*s/file.pdf", TEXT_ARGS(base)),
		.docx = url_local(call->arena, "%.*s/file.docx", TEXT_ARGS(base)) };
	Crumb crumbs[] = { { tr(call->lang, "Impact assessments"), url_local(call->arena, "/admin/impact") }, { .text = impact->title } };
	PageHead head = { .title = impact->title, .crumbs = crumbs, .crumb_count = COUNT(crumbs), .wide = true };
	TRY(html_page_open(request, &head, &html));
	view.chip = chip_of(html, impact->state);
	TRY(facts_of(html, impact, &view.facts));
	TRY(versions_table(html, impact, &view.versions));
	if (writes) {
		FormView *form = arena_new_of(call->arena, FormView);
		*form = form_view_whole(html, &impact_form, shown_values(request, impact, request->method == POST && !failed.length));
		view.form = form;
	} else {
		Facts facts = form_facts(html, &impact_form, impact->values, TEXT(""));
		view.values = part_facts(html, facts.at, facts.count);
	}
	impact_matter(call, impact, &matter);
	view.actions = action_markups(html, &impact_machine, &matter, impact_action_form,
		arena_printf(call->arena, "%.*s/actions", TEXT_ARGS(base)), failed, NULL);
	page_impact_show(html, &view);
	return html_page_close(request, html);
}

static Error do_save(Request *request)
{
	const Impact *impact = request->subject;
	Map *values = map_new(request->call->arena);
	TRY(form_take(request, &impact_form, values));
	TRY(impact_save(request->call, impact->ref, values));
	return reply_redirect(request, base_of(request->call->arena, impact->ref));
}

static Error act(Request *request)
{
	const Impact *impact = request->subject;
	int64_t revision = 0;
	Map *values;
	Matter matter;
	impact_matter(request->call, impact, &matter);
	TRY(action_take(request, &impact_machine, &matter, impact_action_form, &revision, &values));
	TRY(impact_act(request->call, impact->ref, request_parameter(request, TEXT("action")), revision, values));
	return reply_redirect(request, base_of(request->call->arena, impact->ref));
}

/* ---- To be printed */
typedef struct Line {
	Text text;
	bool is_label;
} Line;
typedef LIST_OF(Line) Lines;

static Error lines_of(Call *call, const Impact *impact, Lines *out)
{
	Arena *arena = call->arena;
	Lang lang = call->lang;
	Text writer, approver;
	TRY(person_name(call, impact->written_by, &writer));
	TRY(person_name(call, impact->approved_by, &approver));
	const WorkflowState *state = workflow_state(&impact_machine, impact->state);
	const Text head[][2] = { { tr(lang, "Number"), impact->ref }, { tr(lang, "Version"), number_text(arena, impact->version) },
		{ tr(lang, "State"), tr(lang, state ? state->text : "") }, { tr(lang, "Written by"), writer },
		{ tr(lang, "Approved by"), approver.length ? approver : TEXT("–") } };
	for (size_t i = 0; i < COUNT(head); i++)
		list_add(arena, out,
			((Line) { .text = arena_printf(arena, lang == LANG_ZH ? "%.*s：%.*s" : "%.*s: %.*s", TEXT_ARGS(head[i][0]),
					  TEXT_ARGS(head[i][1])) }));
	for (size_t i = 0; i < impact_form.section_count; i++)
		for (size_t j = 0; j < impact_form.sections[i].item_count; j++) {
			const FormItem *item = &impact_form.sections[i].items[j];
			Text value = form_answer(impact->values, item->name);
			list_add(arena, out, ((Line) { tr(lang, item->label), true }));
			list_add(arena, out, ((Line) { .text = value.length ? form_shown_value(call, lang, item, value) : TEXT("–") }));
		}
	return OK;
}

static Error send_file(Request *request, const Impact *impact, const char *end, const char *type, Text content)
{
	Text name = arena_printf(request->call->arena, "%.*s%s", TEXT_ARGS(impact->ref), end);
	reply_text(request, text_from(type), content);
	reply_header(
		request, TEXT("Content-Disposition"), arena_printf(request->call->arena, "attachment; filename=\"%.*s\"", TEXT_ARGS(name)));
	return OK;
}

static Error show_pdf(Request *request)
{
	Call *call = request->call;
	const Impact *impact = request->subject;
	Lines lines = { 0 };
	Text bytes;
	scoped(pdf_close) Pdf *pdf = pdf_open(call, &(PdfSpec) { .title = impact->title, .page_numbers = true });
	TRY(lines_of(call, impact, &lines));
	pdf_heading(pdf, 1, tr(call->lang, "Personal information protection impact assessment"));
	pdf_heading(pdf, 2, impact->title);
	for (size_t i = 0; i < lines.count; i++) {
		if (lines.at[i].is_label)
			pdf_heading(pdf, 3, lines.at[i].text);
		else
			pdf_paragraph(pdf, lines.at[i].text, (PdfStyle) { 0 });
	}
	TRY(pdf_finish(call, pdf, &bytes));
	return send_file(request, impact, ".pdf", "application/pdf", bytes);
}

static DocxBlock block_of(Arena *arena, Text text, double size, bool bold)
{
	PdfRun *run = arena_new_of(arena, PdfRun);
	*run = (PdfRun) { .text = text, .size = size, .bold = bold };
	return (DocxBlock) { .style = { .size = size, .bold = bold, .before = bold ? 6 : 0 }, .runs = run, .run_count = 1 };
}

static Error show_docx(Request *request)
{
	Call *call = request->call;
	const Impact *impact = request->subject;
	Lines lines = { 0 };
	Text bytes;
	TRY(lines_of(call, impact, &lines));
	DocxBlock *blocks = arena_array_of(call->arena, DocxBlock, lines.count + 2);
	blocks[0] = block_of(call->arena, tr(call->lang, "Personal information protection impact assessment"), 18, true);
	blocks[0].style.align = PDF_CENTER;
	blocks[1] = block_of(call->arena, impact->title, 14, true);
	for (size_t i = 0; i < lines.count; i++) blocks[i + 2] = block_of(call->arena, lines.at[i].text, 11, lines.at[i].is_label);
	TRY(docx_make(call, blocks, lines.count + 2, &bytes));
	return send_file(request, impact, ".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", bytes);
}

#define READERS .may = ROLE_SECURITY_ADMIN | ROLE_AUDIT_ADMIN, .needs_second_factor = true
#define WRITERS .may = ROLE_SECURITY_ADMIN, .needs_second_factor = true
static const Route rows[] = {
	{ GET, "/admin/impact", show_list, READERS, .summary = "Records of impact assessments" },
	{ POST, "/admin/impact", do_new, WRITERS, .form = &title_form, .retry = show_list, .summary = "Begin an impact assessment" },
	{ GET, "/admin/impact/:ref", show, READERS, .subject = load,
		.summary = "An impact assessment with its versions and the next steps" },
	{ POST, "/admin/impact/:ref", do_save, WRITERS, .subject = load, .form = &action_request_form, .retry = show,
		.summary = "Write an impact assessment" },
	{ POST, "/admin/impact/:ref/actions/:action", act, WRITERS, .subject = load, .form = &action_request_form, .retry = show,
		.summary = "Carry out an action of the assessment's workflow" },
	{ GET, "/admin/impact/:ref/file.pdf", show_pdf, READERS, .subject = load, .weight = 5, .summary = "An impact assessment as PDF" },
	{ GET, "/admin/impact/:ref/file.docx", show_docx, READERS, .subject = load, .weight = 5,
		.summary = "An impact assessment for Word" },
};
const RouteTable impact_routes = { "subject/privacy", rows, COUNT(rows) };
