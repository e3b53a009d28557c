/* Lists of cases: of one's organisation, of the office, of an expert; and what of a collection everybody reads. */
#include "people/person/form_page.h"
#include "subject/programme/collection/collection_private.h"
#include "subject/programme/collection/collection_view.h"
#include "subject/programme/decision/views/decision_page.html.h"
#include "work/form/action_view.h"

enum { PAGE = 50 };

static Text asked(const Request *request) { return request_parameter(request, TEXT("ref")); }

static Markup chip_of(Html *html, const CollectionCase *one)
{
	const WorkflowState *state = workflow_state(&collection_machine, one->state);
	return part_status(html, tr(html->lang, state->text), text_from(state->tone));
}

static Text title_of(Html *html, const CollectionCase *one)
{
	Text title = text_trim(form_answer(one->values, "title"));
	return title.length ? title : tr(html->lang, "New case");
}

static const Table *table_of(Html *html, const CollectionCases *list)
{
	static const char *const labels[] = { N_("Case"), N_("Number"), N_("Organisation"), N_("State"), N_("Submitted") };
	Arena *arena = html->call->arena;
	Cell *cells = arena_array_of(arena, Cell, list->count * COUNT(labels) + 1);
	for (size_t i = 0; i < list->count; i++) {
		const CollectionCase *one = &list->at[i];
		Cell *cell = &cells[i * COUNT(labels)];
		cell[0] = (Cell) { .text = title_of(html, one),
			.url = url_local(arena, "%.*s", TEXT_ARGS(collection_place(arena, url_segment(arena, one->ref)))) };
		cell[1].text = one->ref;
		cell[2].text = org_shown_name(&one->organisation, html->lang);
		cell[3].markup = chip_of(html, one);
		if (one->submitted_at)
			cell[4].markup = part_time(html, one->submitted_at);
		else
			cell[4].text = TEXT("—");
	}
	return decision_table(html, N_("Cases"), labels, COUNT(labels), cells, list->count);
}

/* ---- Of one's organisation */
Error collection_load_activity(Request *request)
{
	Activity *activity = arena_new_of(request->call->arena, Activity);
	TRY(activity_open_public(request->call, asked(request), activity));
	if (!text_is(activity->kind, TEXT("collection"))) return fail(request->call, NOT_FOUND, "it collects no cases");
	request->subject = activity;
	return OK;
}

static Text own_place(Arena *arena, const Activity *activity)
{
	return arena_printf(arena, "/activities/%.*s/cases", TEXT_ARGS(url_segment(arena, activity->ref)));
}

static Error show_own(Request *request)
{
	Html *html;
	Call *call = request->call;
	const Activity *activity = request->subject;
	CollectionCases list;
	const char *why = NULL;
	Failure failure = call->failure;
	DecisionPageView *view = arena_new_of(call->arena, DecisionPageView);
	Crumb crumbs[] = { { activity_title(activity, call->lang),
				   url_public(request, arena_printf(call->arena, "/activities/%.*s", TEXT_ARGS(activity->ref))) },
		{ .text = tr(call->lang, "Cases of my organisation") } };
	PageHead head = {
		.title = tr(call->lang, "Cases of my organisation"), .crumbs = crumbs, .crumb_count = COUNT(crumbs), .wide = true
	};
	TRY(collection_own(call, activity, &list));
	TRY(collection_why_not(call, activity, &why));
	call->failure = failure;
	TRY(decision_page_open(request, &head, &html));
	DecisionCard *card = decision_card(html, view->main, &view->main_count, N_("Cases of my organisation"), why);
	card->table = table_of(html, &list);
	if (!list.count)
		card->body = part_empty(
			html, tr(html->lang, "Your organisation has submitted no case here."), TEXT(""), (Url) { { 0 } }, TEXT(""));
	if (!why) card->more = decision_button(html, own_place(call->arena, activity), N_("Begin a case"), "");
	page_decision_page(html, view);
	return html_page_close(request, html);
}

static Error do_begin(Request *request)
{
	Text ref;
	TRY(collection_begin(request->call, ((const Activity *)request->subject)->ref, &ref));
	return reply_redirect(request, collection_place(request->call->arena, ref));
}

/* ---- Of an expert */
static Error show_judged(Request *request)
{
	Html *html;
	Call *call = request->call;
	CollectionCases list;
	DecisionPageView *view = arena_new_of(call->arena, DecisionPageView);
	PageHead head = { .title = tr(call->lang, "Cases to score"), .wide = true };
	TRY(collection_to_judge(call, request_query_number(request, TEXT("before")), PAGE, &list));
	TRY(html_page_open(request, &head, &html));
	DecisionCard *card = decision_card(html, view->main, &view->main_count, N_("Cases to score"),
		N_("Three experts score each case, each by themselves and with reasons. Whoever has a conflict of interest says so, and "
		   "somebody else is asked."));
	card->table = table_of(html, &list);
	if (!list.count)
		card->body = part_empty(html, tr(html->lang, "No case waits for your score."), TEXT(""), (Url) { { 0 } }, TEXT(""));
	if (list.count == PAGE)
		view->pager =
			part_pager(html, (Url) { { 0 } }, url_local(call->arena, "/cases?before=%lld", (long long)list.at[PAGE - 1].id));
	page_decision_page(html, view);
	return html_page_close(request, html);
}

/* ---- Of the office */
static Error show_office(Request *request)
{
	Html *html;
	Call *call = request->call;
	const Activity *activity = request->subject;
	CollectionCases list;
	Text state = request_query(request, TEXT("state"));
	const char *address = arena_printf(call->arena, "/programme%.*s", TEXT_ARGS(own_place(call->arena, activity))).at;
	DecisionPageView *view = arena_new_of(call->arena, DecisionPageView);
	if (!state.at || !workflow_state(&collection_machine, state)) state = TEXT("SUBMITTED");
	Crumb crumbs[] = { { tr(call->lang, "Activities"), url_local(call->arena, "/programme/activities") },
		{ activity_title(activity, call->lang), url_local(call->arena, "/programme/activities/%.*s", TEXT_ARGS(activity->ref)) },
		{ .text = tr(call->lang, "Cases") } };
	PageHead head = { .title = tr(call->lang, "Cases"),
		.lead = activity_title(activity, call->lang),
		.crumbs = crumbs,
		.crumb_count = COUNT(crumbs),
		.wide = true };
	TRY(collection_in_state(call, activity->ref, state, request_query_number(request, TEXT("before")), PAGE, &list));
	TRY(html_page_open(request, &head, &html));
	DecisionCard *card = decision_card(html, view->main, &view->main_count, N_("Cases"), NULL);
	card->body = state_filter(html, &collection_machine, &(StateFilter) { .address = address, .state = state, .first = 1 });
	card->table = table_of(html, &list);
	if (!list.count)
		card->more = part_empty(html, tr(html->lang, "There is no case in this state."), TEXT(""), (Url) { { 0 } }, TEXT(""));
	if (list.count == PAGE)
		view->pager = part_pager(html, (Url) { { 0 } },
			url_local(call->arena, "%s?state=%.*s&before=%lld", address, TEXT_ARGS(state), (long long)list.at[PAGE - 1].id));
	page_decision_page(html, view);
	return html_page_close(request, html);
}

/* ---- For everybody */
static Error public_table(
	Html *html, const CollectionCases *list, const char *state, const char *title, const char *help, DecisionPageView *view)
{
	static const char *const labels[] = { N_("Organisation"), N_("Case"), N_("Public notice until") };
	Cell *cells = arena_array_of(html->call->arena, Cell, list->count * COUNT(labels) + 1);
	size_t rows = 0;
	for (size_t i = 0; i < list->count; i++) {
		const CollectionCase *one = &list->at[i];
		int64_t until = 0;
		if (!collection_is(one, state)) continue;
		Cell *cell = &cells[rows++ * COUNT(labels)];
		TRY(collection_notice_until(html->call, one, &until));
		cell[0].text = org_shown_name(&one->organisation, html->lang);
		cell[1].text = one->title;
		if (until)
			cell[2].markup = part_time(html, until);
		else
			cell[2].text = tr(html->lang, "over");
	}
	if (!rows) return OK;
	DecisionCard *card = decision_card(html, view->main, &view->main_count, title, help);
	card->table = decision_table(html, title, labels, COUNT(labels), cells, rows);
	return OK;
}

static Error show_public(Request *request)
{
	Html *html;
	Call *call = request->call;
	Activity activity;
	CollectionCases list;
	DecisionPageView *view = arena_new_of(call->arena, DecisionPageView);
	TRY(activity_open_public(call, asked(request), &activity));
	if (!text_is(activity.kind, TEXT("collection"))) return fail(call, NOT_FOUND, "it collects no cases");
	Crumb crumbs[] = { { tr(call->lang, "Activities"), url_public(request, TEXT("/activities")) },
		{ activity_title(&activity, call->lang),
			url_public(request, arena_printf(call->arena, "/activities/%.*s", TEXT_ARGS(activity.ref))) },
		{ .text = tr(call->lang, "Result of the collection") } };
	PageHead head = { .title = tr(call->lang, "Result of the collection"),
		.lead = activity_title(&activity, call->lang),
		.crumbs = crumbs,
		.crumb_count = COUNT(crumbs) };
	TRY(collection_public(call, &activity, &list));
	TRY(html_page_open(request, &head, &html));
	TRY(public_table(html, &list, "IN_NOTICE", N_("Cases in public notice"),
		N_("Whoever has something against one of them says so by the complaints form until the end of its days."), view));
	TRY(public_table(html, &list, "CHOSEN", N_("Chosen cases"), NULL, view));
	if (!view->main_count) {
		DecisionCard *card = decision_card(html, view->main, &view->main_count, N_("Cases"), NULL);
		card->body = part_empty(html, tr(html->lang, "Nothing has been chosen yet."), TEXT(""), (Url) { { 0 } }, TEXT(""));
	}
	page_decision_page(html, view);
	reply_public(request, arena_printf(call->arena, "activity:%.*s", TEXT_ARGS(activity.ref)));
	return html_page_close(request, html);
}

static const Route office_rows[] = {
	{ GET, "/programme/activities/:ref/cases", show_office, .may = ROLE_SECRETARY | ROLE_SUPERVISOR, .needs_second_factor = true,
		.subject = collection_load_activity, .summary = "Cases of a collection, by state" },
	{ GET, "/cases", show_judged, .may = ROLE_PEOPLE, .summary = "Cases that the actor was asked to score" },
	{ GET, "/activities/:ref/cases", show_own, .may = ROLE_PEOPLE, .subject = collection_load_activity,
		.summary = "Cases of one's organisation in a collection" },
	{ POST, "/activities/:ref/cases", do_begin, .may = ROLE_PEOPLE, .subject = collection_load_activity, .retry = show_own, .weight = 5,
		.summary = "Begin a case in a collection" },
};
const RouteTable collection_office_routes = { "subject/programme", office_rows, COUNT(office_rows) };
static const Route public_rows[] = {
	{ GET, "/activities/:ref/result", show_public, .may = ROLE_EVERYBODY, .is_public = true,
		.summary = "The result of a collection: cases in public notice, and those that were chosen" },
};
const RouteTable collection_public_routes = { "subject/programme", public_rows, COUNT(public_rows) };
