/* Activities for everybody: the list, one of them, calendars; and one's own registration. */
#include "face/doc/export.h"
#include "people/person/form_page.h"
#include "subject/programme/activity/activity.h"
#include "subject/programme/activity/activity_view.h"
#include "subject/programme/activity/views/activity_list.html.h"
#include "subject/programme/activity/views/activity_own.html.h"
#include "subject/programme/activity/views/activity_show.html.h"
#include "work/form/action_view.h"

enum { PAGE = 30, CALENDAR_EVENTS = 200 };

static Text public_path(Arena *arena, const Activity *activity, const char *after)
{
	return arena_printf(arena, "/activities/%.*s%s", TEXT_ARGS(url_segment(arena, activity->ref)), after);
}

Markup activity_chip(Html *html, const Activity *activity)
{
	const WorkflowState *state = workflow_state(&activity_machine, activity->state);
	must(state != NULL);
	return part_status(html, tr(html->lang, state->text), text_from(state->tone));
}

Markup activity_facts(Html *html, const Activity *activity)
{
	Lang lang = html->lang;
	const Fact facts[] = { { .label = tr(lang, "Kind"), .text = tr(lang, activity_kind_text(activity->kind)) },
		{ .label = tr(lang, "Begins"), .markup = part_time(html, activity->starts_at) },
		{ .label = tr(lang, "Ends"), .markup = part_time(html, activity->ends_at) },
		{ .label = tr(lang, "Place"), .text = form_answer(activity->values, "place") },
		{ .label = tr(lang, "Registration opens"), .markup = part_time(html, activity->opens_at) },
		{ .label = tr(lang, "Support units first until"), .markup = part_time(html, activity->units_until) },
		{ .label = tr(lang, "Registration closes"), .markup = part_time(html, activity->closes_at) },
		{ .label = tr(lang, "Number of places"), .markup = part_number(html, activity->places) } };
	return part_facts(html, facts, COUNT(facts));
}

/* ---- The list */
static Markup table_of(Html *html, const Activities *list)
{
	static const char *const labels[] = { N_("Activity"), N_("Kind"), N_("Begins"), N_("State") };
	Arena *arena = html->call->arena;
	Column columns[COUNT(labels)];
	Cell *cells = arena_array_of(arena, Cell, list->count * COUNT(labels) + 1);
	for (size_t i = 0; i < COUNT(labels); i++)
		columns[i] = (Column) { .label = tr(html->lang, labels[i]), .kind = i ? COLUMN_NARROW : COLUMN_TEXT };
	for (size_t i = 0; i < list->count; i++) {
		const Activity *activity = &list->at[i];
		Cell *cell = &cells[i * COUNT(labels)];
		cell[0] = (Cell) { .text = activity_title(activity, html->lang),
			.url = url_public(html->request, public_path(arena, activity, "")) };
		cell[1].text = tr(html->lang, activity_kind_text(activity->kind));
		cell[2].markup = part_time(html, activity->starts_at);
		cell[3].markup = activity_chip(html, activity);
	}
	return part_table(html, &(Table) { tr(html->lang, "Activities"), columns, COUNT(labels), cells, list->count });
}

static Error show_list(Request *request)
{
	Html *html;
	Call *call = request->call;
	Activities list;
	PageHead head = { .title = tr(call->lang, "Activities"),
		.lead = tr(
			call->lang, "Salons, campaigns, trainings and case collections of the library. Support units have places first.") };
	TRY(activity_list_public(call, request_query_number(request, TEXT("before")), PAGE, &list));
	TRY(html_page_open(request, &head, &html));
	ActivityListView view = { .calendar = url_local(call->arena, "/activities.ics") };
	if (list.count)
		view.table = table_of(html, &list);
	else
		view.empty = part_empty(html, tr(html->lang, "No activity has been announced yet."), TEXT(""), (Url) { { 0 } }, TEXT(""));
	if (list.count == PAGE) {
		Url older = url_public(request, TEXT("/activities"));
		older.text = arena_printf(call->arena, "%.*s?before=%lld", TEXT_ARGS(older.text), (long long)list.at[PAGE - 1].id);
		view.pager = part_pager(html, (Url) { { 0 } }, older);
	}
	page_activity_list(html, &view);
	reply_public(request, TEXT("activity"));
	return html_page_close(request, html);
}

/* ---- One of them */
static Error results_of(Html *html, const Activity *activity, Markup *out)
{
	static const char *const labels[] = { N_("Organisation"), N_("Result"), N_("What it is") };
	Arena *arena = html->call->arena;
	ActivityResults results;
	Column columns[COUNT(labels)];
	size_t rows = 0;
	TRY(activity_results_of(html->call, activity, &results));
	Cell *cells = arena_array_of(arena, Cell, results.count * COUNT(labels) + 1);
	for (size_t i = 0; i < COUNT(labels); i++) columns[i] = (Column) { .label = tr(html->lang, labels[i]), .kind = COLUMN_TEXT };
	for (size_t i = 0; i < results.count; i++) {
		Organisation organisation;
		Cell *cell = &cells[rows * COUNT(labels)];
		if (!results.at[i].confirmed_at) continue;
		TRY(org_find(html->call, results.at[i].organisation_id, &organisation));
		cell[0].text = org_shown_name(&organisation, html->lang);
		cell[1].text = tr(html->lang, activity_result_text(results.at[i].kind));
		cell[2].text = results.at[i].what.length ? results.at[i].what : TEXT("—");
		rows++;
	}
	*out = rows ? part_table(html, &(Table) { tr(html->lang, "What came of it"), columns, COUNT(labels), cells, rows })
		    : (Markup) { TEXT("") };
	return OK;
}

static Error show(Request *request)
{
	Html *html;
	Call *call = request->call;
	Activity activity;
	TRY(activity_open_public(call, request_parameter(request, TEXT("ref")), &activity));
	Crumb crumbs[] = { { tr(call->lang, "Activities"), url_public(request, TEXT("/activities")) },
		{ .text = activity_title(&activity, call->lang) } };
	PageHead head = { .title = activity_title(&activity, call->lang), .crumbs = crumbs, .crumb_count = COUNT(crumbs) };
	TRY(html_page_open(request, &head, &html));
	ActivityShowView view = { .chip = activity_chip(html, &activity),
		.facts = activity_facts(html, &activity),
		.about = part_markdown(html, form_answer(activity.values, call->lang == LANG_ZH ? "about_zh" : "about_en")),
		.reason = activity.reason,
		.registration = url_local(call->arena, "%.*s", TEXT_ARGS(public_path(call->arena, &activity, "/registration"))),
		.calendar = url_local(call->arena, "%.*s", TEXT_ARGS(public_path(call->arena, &activity, "/calendar.ics"))),
		.takes_people = text_is(activity.state, TEXT("OPEN")) };
	if (text_is(activity.kind, TEXT("collection"))) {
		view.cases = url_local(call->arena, "%.*s", TEXT_ARGS(public_path(call->arena, &activity, "/cases")));
		view.result = url_public(request, public_path(call->arena, &activity, "/result"));
	}
	TRY(results_of(html, &activity, &view.results));
	page_activity_show(html, &view);
	reply_public(request, arena_printf(call->arena, "activity:%.*s", TEXT_ARGS(activity.ref)));
	return html_page_close(request, html);
}

static void send_calendar_of(Request *request, const Activities *list)
{
	reply_text(request, TEXT("text/calendar; charset=utf-8"), activity_calendar(request->call, list));
}

static Error send_calendar(Request *request)
{
	Activity activity;
	Activities list = { 0 };
	TRY(activity_open_public(request->call, request_parameter(request, TEXT("ref")), &activity));
	list_add(request->call->arena, &list, activity);
	send_calendar_of(request, &list);
	return OK;
}

static Error send_all(Request *request)
{
	Activities list;
	TRY(activity_list_public(request->call, 0, CALENDAR_EVENTS, &list));
	send_calendar_of(request, &list);
	return OK;
}

/* ---- One's own registration */
static Error load(Request *request)
{
	Activity *activity = arena_new_of(request->call->arena, Activity);
	TRY(activity_open_public(request->call, request_parameter(request, TEXT("ref")), activity));
	request->subject = activity;
	return OK;
}

static bool may_enter(const Call *call, const Activity *activity)
{
	return text_is(activity->state, TEXT("OPEN")) && call->now < activity->closes_at;
}

static const char *says_of(const Call *call, const Activity *activity, const ActivityRegistration *own)
{
	if (own && own->is_placed) return N_("You have a place.");
	if (own)
		return call->now < activity->units_until && !own->is_unit
			       ? N_("You are registered. Until the stated instant places go to support units; then to everybody, in the "
				    "order of "
				    "registration. You are told when you have one.")
			       : N_("You are on the waiting list, and are told when a place becomes free.");
	return may_enter(call, activity) ? N_("You are not registered.") : N_("You are not registered, and registration is not open.");
}

static Error show_own(Request *request)
{
	Html *html;
	Call *call = request->call;
	const Activity *activity = request->subject;
	ActivityRegistration own = { 0 };
	bool found = false;
	Crumb crumbs[] = { { tr(call->lang, "Activities"), url_public(request, TEXT("/activities")) },
		{ activity_title(activity, call->lang), url_public(request, public_path(call->arena, activity, "")) },
		{ .text = tr(call->lang, "My registration") } };
	PageHead head = { .title = activity_title(activity, call->lang), .crumbs = crumbs, .crumb_count = COUNT(crumbs) };
	Failure failure = call->failure;
	TRY(activity_registration_own(call, activity, &own, &found));
	call->failure = failure;
	TRY(html_page_open(request, &head, &html));
	ActivityOwnView view = { .chip = activity_chip(html, activity),
		.facts = activity_facts(html, activity),
		.says = tr(html->lang, says_of(call, activity, found ? &own : NULL)) };
	Url enter = url_local(call->arena, "%.*s", TEXT_ARGS(public_path(call->arena, activity, "/registration"))),
	    leave = url_local(call->arena, "%.*s", TEXT_ARGS(public_path(call->arena, activity, "/registration/cancel")));
	if (!found && may_enter(call, activity))
		view.button = button_form(html, enter, tr(html->lang, "Register"), TEXT(""), TEXT(""), TEXT(""));
	bool is_held = text_is(activity->state, TEXT("OPEN")) || text_is(activity->state, TEXT("CLOSED"));
	if (found && is_held && call->now < activity->starts_at)
		view.button = button_form(html, leave, tr(html->lang, "Take the registration back"), TEXT("quiet"), TEXT(""), TEXT(""));
	page_activity_own(html, &view);
	return html_page_close(request, html);
}

static Error back(Request *request)
{
	return reply_redirect(request, public_path(request->call->arena, request->subject, "/registration"));
}

static Error do_enter(Request *request)
{
	TRY(activity_register(request->call, ((const Activity *)request->subject)->ref));
	return back(request);
}

static Error do_leave(Request *request)
{
	TRY(activity_unregister(request->call, ((const Activity *)request->subject)->ref));
	return back(request);
}

#define EVERYBODY .may = ROLE_EVERYBODY, .is_public = true
#define PEOPLE .may = ROLE_PEOPLE, .subject = load
static const Route routes[] = {
	{ GET, "/activities", show_list, EVERYBODY,
		.summary = "Activities of the library: salons, campaigns, trainings, case collections" },
	{ GET, "/activities.ics", send_all, .may = ROLE_EVERYBODY, .summary = "Activities of the library as a calendar" },
	{ GET, "/activities/:ref", show, EVERYBODY, .summary = "An activity: what it is, when, who has places, what came of it" },
	{ GET, "/activities/:ref/calendar.ics", send_calendar, .may = ROLE_EVERYBODY, .summary = "An activity as a calendar file" },
	{ GET, "/activities/:ref/registration", show_own, PEOPLE, .summary = "One's own registration for an activity" },
	{ POST, "/activities/:ref/registration", do_enter, PEOPLE, .retry = show_own, .summary = "Register for an activity" },
	{ POST, "/activities/:ref/registration/cancel", do_leave, PEOPLE, .retry = show_own, .summary = "Take one's registration back" },
};
const RouteTable activity_public_routes = { "subject/programme", routes, COUNT(routes) };
