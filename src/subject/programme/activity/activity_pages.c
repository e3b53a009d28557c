/* Activities for secretaries, and supervisors to read. */
#include "people/person/form_page.h"
#include "people/person/person.h"
#include "store/ledger/ledger.h"
#include "subject/programme/activity/activity_private.h"
#include "subject/programme/activity/activity_view.h"
#include "subject/programme/activity/views/activity_desk.html.h"
#include "subject/programme/activity/views/activity_form.html.h"
#include "subject/programme/activity/views/activity_list.html.h"
#include "work/form/action_view.h"

enum { PAGE = 50, HISTORY = 50 };

static Text base_of(Arena *arena, Text ref)
{
	return arena_printf(arena, "/programme/activities/%.*s", TEXT_ARGS(url_segment(arena, ref)));
}
static bool is_secretary(const Html *html) { return actor_has(html->call->actor, ROLE_SECRETARY); }

static Error load(Request *request)
{
	Activity *activity = arena_new_of(request->call->arena, Activity);
	TRY(activity_open(request->call, request_parameter(request, TEXT("ref")), activity));
	request->subject = activity;
	return OK;
}

/* ---- The list */
static Markup table_of(Html *html, const Activities *list)
{
	static const char *const labels[] = { N_("Activity"), N_("Number"), N_("Kind"), N_("Begins"), N_("State") };
	Arena *arena = html->call->arena;
	Column columns[COUNT(labels)];
	Cell *cells = arena_array_of(arena, Cell, list->count * COUNT(labels) + 1);
	for (size_t i = 0; i < COUNT(labels); i++)
		columns[i] = (Column) { .label = tr(html->lang, labels[i]), .kind = i ? COLUMN_NARROW : COLUMN_TEXT };
	for (size_t i = 0; i < list->count; i++) {
		const Activity *activity = &list->at[i];
		Cell *cell = &cells[i * COUNT(labels)];
		cell[0] = (Cell) { .text = activity_title(activity, html->lang),
			.url = url_local(arena, "%.*s", TEXT_ARGS(base_of(arena, activity->ref))) };
		cell[1].text = activity->ref;
		cell[2].text = tr(html->lang, activity_kind_text(activity->kind));
		cell[3].markup = part_time(html, activity->starts_at);
		cell[4].markup = activity_chip(html, activity);
	}
	return part_table(html, &(Table) { tr(html->lang, "Activities"), columns, COUNT(labels), cells, list->count });
}

static Error show_list(Request *request)
{
	Html *html;
	Call *call = request->call;
	Activities list;
	Text state = request_query(request, TEXT("state"));
	if (!state.at || !workflow_state(&activity_machine, state)) state = TEXT("OPEN");
	PageHead head = { .title = tr(call->lang, "Activities"), .wide = true };
	TRY(activity_in_state(call, state, request_query_number(request, TEXT("before")), PAGE, &list));
	TRY(html_page_open(request, &head, &html));
	ActivityListView view = { .filters = state_filter(
					  html, &activity_machine, &(StateFilter) { .address = "/programme/activities", .state = state }) };
	if (list.count)
		view.table = table_of(html, &list);
	else
		view.empty = part_empty(html, tr(html->lang, "There is no activity in this state."), TEXT(""), (Url) { { 0 } }, TEXT(""));
	if (is_secretary(html)) view.fresh = url_local(call->arena, "/programme/activities/new");
	if (list.count == PAGE)
		view.pager = part_pager(html, (Url) { { 0 } },
			url_local(call->arena, "/programme/activities?state=%.*s&before=%lld", TEXT_ARGS(state),
				(long long)list.at[PAGE - 1].id));
	page_activity_list(html, &view);
	return html_page_close(request, html);
}

/* ---- The form */
static const FormSpec any_form = { .takes_more = true };

static Error show_form(Request *request, const Activity *activity)
{
	Html *html;
	Call *call = request->call;
	Failure failure = call->failure;
	Map *values = activity ? form_values_copy(call->arena, &activity_form, activity->values) : map_new(call->arena);
	Text title = tr(call->lang, activity ? "Change the draft" : "Prepare an activity");
	Crumb crumbs[] = { { tr(call->lang, "Activities"), url_local(call->arena, "/programme/activities") }, { .text = title } };
	PageHead head = { .title = title,
		.lead = tr(call->lang, "Another secretary announces it; from then on everybody reads it."),
		.crumbs = crumbs,
		.crumb_count = COUNT(crumbs) };
	if (request->method == POST && form_take(request, &activity_form, values) != OK) call_recover(call);
	call->failure = failure;
	TRY(html_page_open(request, &head, &html));
	ActivityFormView view = { .form = form_view(html, &activity_form, values, (Url) { { 0 } }),
		.action = url_local(call->arena, "%.*s", TEXT_ARGS(request->path)),
		.seen = activity ? activity->revision : 0,
		.button = tr(call->lang, "Save the draft") };
	page_activity_form_page(html, &view);
	return html_page_close(request, html);
}

static Error show_new(Request *request) { return show_form(request, NULL); }
static Error show_edit(Request *request)
{
	const Activity *activity = request->subject;
	if (!text_is(activity->state, TEXT("DRAFT"))) return fail(request->call, CONFLICT, "it is announced");
	return show_form(request, activity);
}

static Error do_new(Request *request)
{
	Map *values = map_new(request->call->arena);
	Text ref;
	TRY(form_take(request, &activity_form, values));
	TRY(activity_new(request->call, values, &ref));
	return reply_redirect(request, base_of(request->call->arena, ref));
}

static Error do_edit(Request *request)
{
	const Activity *activity = request->subject;
	Map *values = map_new(request->call->arena);
	int64_t seen = 0;
	if (!text_to_int(request_form_value(request, TEXT("seen")), &seen)) seen = 0;
	TRY(form_take(request, &activity_form, values));
	TRY(activity_write(request->call, activity->ref, seen, values));
	return reply_redirect(request, base_of(request->call->arena, activity->ref));
}

/* ---- One of them */
static bool runs(const Html *html, const Activity *activity)
{
	return text_is(activity->state, TEXT("CLOSED")) && activity->starts_at <= html->call->now;
}

static Markup mark_button(Html *html, const Activity *activity, const ActivityRegistration *one)
{
	Url address = url_local(html->call->arena, "%.*s/attendance/%.*s/%s", TEXT_ARGS(base_of(html->call->arena, activity->ref)),
		TEXT_ARGS(one->ref), one->has_come ? "absent" : "present");
	return button_form(
		html, address, tr(html->lang, one->has_come ? N_("Did not come") : N_("Has come")), TEXT("quiet"), TEXT(""), TEXT(""));
}

static Error fill_people(Html *html, const Activity *activity, ActivityDeskView *view)
{
	static const char *const labels[] = { N_("Person"), N_("Organisation"), N_("Support unit"), N_("Registered"), N_("Place"),
		N_("Attendance") };
	Arena *arena = html->call->arena;
	ActivityRegistrations list;
	Column columns[COUNT(labels)];
	TRY(activity_registrations(html->call, activity, &list));
	Cell *cells = arena_array_of(arena, Cell, list.count * COUNT(labels) + 1);
	for (size_t i = 0; i < COUNT(labels); i++)
		columns[i] = (Column) { .label = tr(html->lang, i == 4 ? N_("Has a place") : labels[i]),
			.kind = i > 1 ? COLUMN_NARROW : COLUMN_TEXT };
	for (size_t i = 0; i < list.count; i++) {
		const ActivityRegistration *one = &list.at[i];
		Cell *cell = &cells[i * COUNT(labels)];
		Person person;
		Organisation organisation = { .name = TEXT("—") };
		TRY(person_find(html->call, one->person_id, &person));
		if (one->organisation_id) TRY(org_find(html->call, one->organisation_id, &organisation));
		cell[0].text = person_shown_name(&person);
		cell[1].text = one->organisation_id ? org_shown_name(&organisation, html->lang) : organisation.name;
		cell[2].text = tr(html->lang, one->is_unit ? N_("Yes") : N_("No"));
		cell[3].markup = part_time(html, one->registered_at);
		cell[4].text = tr(html->lang, one->is_placed ? N_("Yes") : N_("waits"));
		if (one->is_placed && runs(html, activity) && is_secretary(html))
			cell[5].markup = mark_button(html, activity, one);
		else
			cell[5].text = one->has_come ? tr(html->lang, "Has come") : TEXT("—");
	}
	if (list.count) view->people = part_table(html, &(Table) { tr(html->lang, "People"), columns, COUNT(labels), cells, list.count });
	return OK;
}

static Markup result_buttons(Html *html, const Activity *activity, const ActivityResult *result)
{
	Html inner = html_inner(html);
	Text base = arena_printf(
		html->call->arena, "%.*s/results/%.*s", TEXT_ARGS(base_of(html->call->arena, activity->ref)), TEXT_ARGS(result->ref));
	if (result->entered_by != html->call->actor->person_id)
		html_markup(&inner, button_form(html, url_local(html->call->arena, "%.*s/confirm", TEXT_ARGS(base)),
					    tr(html->lang, "Confirm"), TEXT(""), TEXT(""), TEXT("")));
	html_markup(&inner, button_form(html, url_local(html->call->arena, "%.*s/drop", TEXT_ARGS(base)), tr(html->lang, "Drop"),
				    TEXT("quiet"), TEXT(""), TEXT("")));
	return html_done(html, &inner);
}

static Error fill_results(Html *html, const Activity *activity, ActivityDeskView *view)
{
	static const char *const labels[] = { N_("Organisation"), N_("Result"), N_("What it is"), N_("Confirmed") };
	Arena *arena = html->call->arena;
	ActivityResults results;
	Column columns[COUNT(labels)];
	TRY(activity_results_of(html->call, activity, &results));
	Cell *cells = arena_array_of(arena, Cell, results.count * COUNT(labels) + 1);
	for (size_t i = 0; i < COUNT(labels); i++) columns[i] = (Column) { .label = tr(html->lang, labels[i]), .kind = COLUMN_TEXT };
	for (size_t i = 0; i < results.count; i++) {
		const ActivityResult *result = &results.at[i];
		Cell *cell = &cells[i * COUNT(labels)];
		Organisation organisation;
		TRY(org_find(html->call, result->organisation_id, &organisation));
		cell[0].text = org_shown_name(&organisation, html->lang);
		cell[1].text = tr(html->lang, activity_result_text(result->kind));
		cell[2].text = result->what.length ? result->what : TEXT("—");
		if (result->confirmed_at)
			cell[3].markup = part_time(html, result->confirmed_at);
		else if (runs(html, activity) && is_secretary(html))
			cell[3].markup = result_buttons(html, activity, result);
		else
			cell[3].text = tr(html->lang, "not yet");
	}
	if (results.count)
		view->results =
			part_table(html, &(Table) { tr(html->lang, "What came of it"), columns, COUNT(labels), cells, results.count });
	return OK;
}

static const char *event_text(Text action)
{
	static const struct {
		const char *action, *text;
	} more[] = { { "write", N_("Draft changed") }, { "register", N_("Somebody registered") },
		{ "unregister", N_("A registration was taken back") }, { "mark", N_("Attendance marked") },
		{ "enter-result", N_("Result entered") }, { "confirm-result", N_("Result confirmed") },
		{ "drop-result", N_("Result dropped") } };
	for (size_t i = 0; i < COUNT(more); i++)
		if (text_is(action, text_from(more[i].action))) return more[i].text;
	for (size_t i = 0; i < activity_machine.row_count; i++)
		if (text_is(action, text_from(activity_machine.rows[i].action))) return activity_machine.rows[i].says;
	return N_("Prepared");
}

static Error fill_history(Html *html, const Activity *activity, ActivityDeskView *view)
{
	Events events;
	TRY(ledger_events_of_subject(html->call, activity_machine.name, activity->ref, 0, HISTORY, &events));
	TimelineEntry *entries = arena_array_of(html->call->arena, TimelineEntry, events.count + 1);
	for (size_t i = 0; i < events.count; i++) {
		Person person = { 0 };
		if (events.at[i].actor) TRY(person_find(html->call, events.at[i].actor, &person));
		entries[i] = (TimelineEntry) { .at = events.at[i].at,
			.title = tr(html->lang, event_text(events.at[i].action)),
			.actor = events.at[i].actor ? person_shown_name(&person) : TEXT("") };
	}
	view->history = part_timeline(html, entries, events.count);
	return OK;
}

static Error fill(Html *html, const Activity *activity, ActivityDeskView *view)
{
	Request *request = html->request;
	Call *call = html->call;
	Matter matter;
	Failure failure = call->failure;
	Map *typed = map_new(call->arena);
	Text base = base_of(call->arena, activity->ref), results = arena_printf(call->arena, "%.*s/results", TEXT_ARGS(base));
	Text failed = request->method == POST ? request_parameter(request, TEXT("action")) : (Text) { 0 };
	view->is_failed = request->method == POST && text_is(request->path, results);
	if (view->is_failed && form_take(request, &activity_result_form, typed) != OK) call_recover(call);
	TRY(activity_matter(call, activity, &matter));
	TRY(fill_people(html, activity, view));
	TRY(fill_results(html, activity, view));
	TRY(fill_history(html, activity, view));
	call->failure = failure;
	view->chip = activity_chip(html, activity);
	view->facts = activity_facts(html, activity);
	view->about = part_markdown(html, form_answer(activity->values, call->lang == LANG_ZH ? "about_zh" : "about_en"));
	view->actions = action_markups(html, &activity_machine, &matter, activity_action_form,
		arena_printf(call->arena, "%.*s/actions", TEXT_ARGS(base)), failed, NULL);
	if (is_secretary(html) && runs(html, activity)) {
		view->form = form_view(html, &activity_result_form, typed, (Url) { { 0 } });
		view->action = url_local(call->arena, "%.*s", TEXT_ARGS(results));
	}
	if (is_secretary(html) && text_is(activity->state, TEXT("DRAFT")))
		view->edit = url_local(call->arena, "%.*s/edit", TEXT_ARGS(base));
	if (activity->announced_at && text_is(activity->kind, TEXT("collection")))
		view->cases = url_local(call->arena, "%.*s/cases", TEXT_ARGS(base));
	if (activity->announced_at)
		view->shown = url_public(request, arena_printf(call->arena, "/activities/%.*s", TEXT_ARGS(activity->ref)));
	return OK;
}

static Error show(Request *request)
{
	Html *html;
	Call *call = request->call;
	const Activity *activity = request->subject;
	ActivityDeskView view = { 0 };
	Failure failure = call->failure;
	Crumb crumbs[] = { { tr(call->lang, "Activities"), url_local(call->arena, "/programme/activities") }, { .text = activity->ref } };
	PageHead head = { .title = activity_title(activity, call->lang), .crumbs = crumbs, .crumb_count = COUNT(crumbs), .wide = true };
	TRY(html_page_open(request, &head, &html));
	call->failure = failure;
	TRY(fill(html, activity, &view));
	page_activity_desk(html, &view);
	return html_page_close(request, html);
}

/* ---- What is sent */
static Error back(Request *request)
{
	return reply_redirect(request, base_of(request->call->arena, ((const Activity *)request->subject)->ref));
}

static Error act(Request *request)
{
	const Activity *activity = request->subject;
	int64_t revision = 0;
	Map *values;
	Matter matter;
	TRY(activity_matter(request->call, activity, &matter));
	TRY(action_take(request, &activity_machine, &matter, activity_action_form, &revision, &values));
	TRY(activity_act(request->call, activity->ref, request_parameter(request, TEXT("action")), revision, values));
	return back(request);
}

static Error mark(Request *request, bool has_come)
{
	const Activity *activity = request->subject;
	TRY(activity_mark(request->call, activity->ref, request_parameter(request, TEXT("registration")), has_come));
	return back(request);
}
static Error do_present(Request *request) { return mark(request, true); }
static Error do_absent(Request *request) { return mark(request, false); }

static Error do_result(Request *request)
{
	const Activity *activity = request->subject;
	Map *values = map_new(request->call->arena);
	TRY(form_take(request, &activity_result_form, values));
	TRY(activity_result_add(request->call, activity->ref, values));
	return back(request);
}

static Error do_confirm(Request *request)
{
	const Activity *activity = request->subject;
	TRY(activity_result_confirm(request->call, activity->ref, request_parameter(request, TEXT("result"))));
	return back(request);
}

static Error do_drop(Request *request)
{
	const Activity *activity = request->subject;
	TRY(activity_result_drop(request->call, activity->ref, request_parameter(request, TEXT("result"))));
	return back(request);
}

#define AT "/programme/activities"
#define READERS .may = ROLE_SECRETARY | ROLE_SUPERVISOR, .needs_second_factor = true
#define SECRETARIES .may = ROLE_SECRETARY, .needs_second_factor = true
static const Route routes[] = {
	{ GET, AT, show_list, READERS, .summary = "Activities, by state" },
	{ GET, AT "/new", show_new, SECRETARIES, .summary = "The form of a new activity" },
	{ POST, AT "/new", do_new, SECRETARIES, .form = &any_form, .retry = show_new, .summary = "Prepare an activity" },
	{ GET, AT "/:ref", show, READERS, .subject = load, .summary = "An activity with who has registered, who came, and the next steps" },
	{ GET, AT "/:ref/edit", show_edit, SECRETARIES, .subject = load, .summary = "The form of a draft of an activity" },
	{ POST, AT "/:ref/edit", do_edit, SECRETARIES, .subject = load, .form = &any_form, .retry = show_edit,
		.summary = "Change a draft of an activity" },
	{ POST, AT "/:ref/actions/:action", act, READERS, .subject = load, .form = &action_request_form, .retry = show,
		.summary = "Carry out an action of the activity's workflow" },
	{ POST, AT "/:ref/attendance/:registration/present", do_present, SECRETARIES, .subject = load, .retry = show,
		.summary = "Note that somebody came" },
	{ POST, AT "/:ref/attendance/:registration/absent", do_absent, SECRETARIES, .subject = load, .retry = show,
		.summary = "Note that somebody did not come" },
	{ POST, AT "/:ref/results", do_result, SECRETARIES, .subject = load, .form = &any_form, .retry = show,
		.summary = "Enter a result of an activity" },
	{ POST, AT "/:ref/results/:result/confirm", do_confirm, SECRETARIES, .subject = load, .retry = show,
		.summary = "Confirm a result that a colleague entered" },
	{ POST, AT "/:ref/results/:result/drop", do_drop, SECRETARIES, .subject = load, .retry = show,
		.summary = "Drop a result that waits" },
};
const RouteTable activity_routes = { "subject/programme", routes, COUNT(routes) };
