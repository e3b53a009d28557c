/* An inspection for the applicant: when and where, by whom, what was found, and what it corrects. And the notice as a document. */
#include "face/doc/export.h"
#include "subject/programme/inspection/inspection_view.h"
#include "subject/programme/inspection/views/inspection_own.html.h"

static Error load(Request *request)
{
	Inspection *inspection = arena_new_of(request->call->arena, Inspection);
	TRY(inspection_open_own(request->call, request_parameter(request, TEXT("ref")), inspection));
	request->subject = inspection;
	return OK;
}

static Text base_of(Arena *arena, const Inspection *inspection)
{
	return arena_printf(arena, "/applications/%.*s/inspection", TEXT_ARGS(url_segment(arena, inspection->application->ref)));
}

static Map *typed_of(Request *request, const Form *form, Text suffix, bool is_sent)
{
	Call *call = request->call;
	Failure failure = call->failure;
	Map *typed = map_new(call->arena);
	call_recover(call);
	if (is_sent && inspection_take(request, form, suffix, &typed) != OK) typed = map_new(call->arena);
	call->failure = failure;
	return inspection_values_for(call, form, suffix, typed);
}

static void fill_finding(Html *html, const Inspection *inspection, const InspectionFinding *finding, InspectionShowView *view)
{
	Call *call = html->call;
	InspectionFindingView shown = inspection_finding_view(html, finding);
	bool is_asked = inspection->application->is_admin && text_is(finding->state, TEXT("open")) && finding->due_at >= call->now &&
			text_is(inspection->application->state, TEXT("CORRECTING"));
	if (is_asked) {
		const Form *form = inspection_form_for(call, &inspection_answer_form, finding->ref);
		bool is_sent = html->request->method == POST && text_is(request_parameter(html->request, TEXT("finding")), finding->ref);
		shown.action =
			url_local(call->arena, "%.*s/findings/%.*s", TEXT_ARGS(base_of(call->arena, inspection)), TEXT_ARGS(finding->ref));
		shown.button = tr(html->lang, "State the correction");
		shown.form =
			form_view(html, form, typed_of(html->request, &inspection_answer_form, finding->ref, is_sent), (Url) { { 0 } });
	}
	list_add(call->arena, &view->findings, shown);
}

/* The last words of the office about what is to be prepared. */
static Error fill_words(Html *html, const Inspection *inspection, InspectionShowView *view)
{
	InspectionSayings said;
	Text words = TEXT("");
	TRY(inspection_sayings(html->call, inspection, &said));
	for (size_t i = 0; i < said.count; i++)
		if (text_is(said.at[i].action, TEXT("arrange"))) words = form_answer(said.at[i].values, "words");
	view->history = words.length ? markup_text(html, words) : (Markup) { TEXT("") };
	return OK;
}

static Error show(Request *request)
{
	Html *html;
	Call *call = request->call;
	const Inspection *inspection = request->subject;
	const Application *application = inspection->application;
	const WorkflowState *state = workflow_state(&application_machine, application->state);
	InspectionShowView *view = arena_new_of(call->arena, InspectionShowView);
	ClockView clock = { 0 };
	Failure failure = call->failure;
	Text base = base_of(call->arena, inspection);
	Crumb crumbs[] = { { tr(call->lang, "Applications as support unit"), url_local(call->arena, "/applications") },
		{ application->ref, url_local(call->arena, "/applications/%.*s", TEXT_ARGS(url_segment(call->arena, application->ref))) },
		{ .text = tr(call->lang, "On-site inspection") } };
	PageHead head = { .title = tr(call->lang, "On-site inspection"), .crumbs = crumbs, .crumb_count = COUNT(crumbs), .wide = true };
	call_recover(call);
	TRY(html_page_open(request, &head, &html));
	TRY(workflow_clock_of(call, &application_machine, application->id, &clock));
	call->failure = failure;
	view->state_text = tr(html->lang, state->text);
	view->tone = text_from(state->tone);
	view->outcome = TEXT("");
	view->facts = inspection_facts(html, inspection);
	view->clock = clock_markup(html, &clock, state->turn);
	view->notice = url_local(call->arena, "%.*s/notice.pdf", TEXT_ARGS(base));
	for (size_t i = 0; i < inspection->findings.count; i++) fill_finding(html, inspection, &inspection->findings.at[i], view);
	TRY(fill_words(html, inspection, view));
	if (application->is_admin && text_is(inspection->state, TEXT("ARRANGED")) && inspection->visit_at > call->now) {
		bool is_sent = request->method == POST && !request_parameter(request, TEXT("finding")).length;
		view->objection = url_local(call->arena, "%.*s/objection", TEXT_ARGS(base));
		view->objection_form = form_view(html, inspection_form_for(call, &inspection_object_form, TEXT("objection")),
			typed_of(request, &inspection_object_form, TEXT("objection"), is_sent), (Url) { { 0 } });
	}
	page_inspection_own(html, view);
	return html_page_close(request, html);
}

/* ---- What is sent */
static Error do_answer(Request *request)
{
	const Inspection *inspection = request->subject;
	Text finding = request_parameter(request, TEXT("finding"));
	Map *values;
	TRY(inspection_take(request, &inspection_answer_form, finding, &values));
	Error error = inspection_answer(request->call, inspection->application->ref, finding, values);
	if (error == ERROR_INVALID) inspection_problems_for(request->call, finding);
	TRY(error);
	return reply_redirect(request, base_of(request->call->arena, inspection));
}

static Error do_object(Request *request)
{
	const Inspection *inspection = request->subject;
	Map *values;
	TRY(inspection_take(request, &inspection_object_form, TEXT("objection"), &values));
	Error error = inspection_object(request->call, inspection->application->ref, values);
	if (error == ERROR_INVALID) inspection_problems_for(request->call, TEXT("objection"));
	TRY(error);
	return reply_redirect(request, base_of(request->call->arena, inspection));
}

/* ---- The notice */
static Error show_notice(Request *request)
{
	Text bytes;
	const Inspection *inspection = request->subject;
	TRY(inspection_notice(request->call, inspection, &bytes));
	return export_bytes(request, arena_printf(request->call->arena, "%.*s.pdf", TEXT_ARGS(inspection->ref)), bytes);
}

#define AT "/applications/:ref/inspection"
#define OWN .may = ROLE_REPORTER, .subject = load
static const Route routes[] = {
	{ GET, AT, show, OWN, .summary = "The inspection of one's organisation: day, place, inspectors, findings" },
	{ GET, AT "/notice.pdf", show_notice, OWN, .weight = 5, .summary = "The notice of an inspection" },
	{ POST, AT "/findings/:finding", do_answer, OWN, .form = &inspection_any_form, .retry = show,
		.summary = "State how a finding was corrected" },
	{ POST, AT "/objection", do_object, OWN, .form = &inspection_any_form, .retry = show, .summary = "Object to an inspector" },
};
const RouteTable inspection_applicant_routes = { "subject/programme", routes, COUNT(routes) };
