/* Inspections for the office: those of a round, in the locked order. */
#include "people/person/form_page.h"
#include "subject/programme/inspection/inspection_view.h"
#include "subject/programme/inspection/views/inspection_list.html.h"

static Error load(Request *request)
{
	Round *round = arena_new_of(request->call->arena, Round);
	TRY(round_open(request->call, request_parameter(request, TEXT("ref")), round));
	if (!round->published_at) return fail(request->call, NOT_FOUND, "a draft has no inspections");
	request->subject = round;
	return OK;
}

static Text path_of(Arena *arena, const Round *round)
{
	return arena_printf(arena, "/programme/rounds/%.*s/inspections", TEXT_ARGS(url_segment(arena, round->ref)));
}

/* What an interest of this reader stands against is not shown, as application_open says it of each. */
static Error is_barred(Call *call, Text application, bool *out)
{
	Application seen;
	Error error = application_open(call, application, &seen);
	if (error == ERROR_NOT_FOUND) call_pass_over(call);
	*out = error == ERROR_NOT_FOUND;
	return *out ? OK : error;
}

static void fill_row(Html *html, const InspectionPlaceRow *row, int64_t rank, Cell *cell)
{
	Arena *arena = html->call->arena;
	const WorkflowState *state = workflow_state(&application_machine, row->state);
	const WorkflowState *visit = row->inspection.at ? workflow_state(&inspection_machine, row->inspection_state) : NULL;
	bool is_english = html->lang == LANG_EN && row->organisation_en.length;
	cell[0].text = arena_printf(arena, "%lld", (long long)rank);
	cell[1] = (Cell) { .text = is_english ? row->organisation_en : row->organisation,
		.url = url_local(arena, "/applications/%.*s", TEXT_ARGS(url_segment(arena, row->application))) };
	cell[2].text = form_shown_value(html->call, html->lang, form_item(round_kinds[0].form, TEXT("direction")), row->direction);
	cell[3].markup = state ? part_status(html, tr(html->lang, state->text), text_from(state->tone)) : (Markup) { TEXT("") };
	cell[4].text = TEXT("—");
	if (visit)
		cell[4] = (Cell) { .text = tr(html->lang, visit->text),
			.url = url_local(arena, "%.*s", TEXT_ARGS(inspection_base(arena, row->inspection))) };
	cell[5].text = TEXT("—");
	if (row->visit_at.is) cell[5].markup = part_time(html, row->visit_at.value);
}

static Error table_of(Html *html, const Round *round, const Table **out)
{
	static const char *const labels[] = { N_("Rank"), N_("Organisation"), N_("Direction"), N_("State"), N_("Inspection"), N_("Visit") };
	Arena *arena = html->call->arena;
	InspectionPlaceRows rows;
	size_t count = 0;
	int64_t rank = 0;
	TRY(inspection_places(html->call, round->id, INSPECTION_PLACES_MAX, &rows));
	Cell *cells = arena_array_of(arena, Cell, rows.count * COUNT(labels) + 1);
	Column *columns = arena_array_of(arena, Column, COUNT(labels));
	for (size_t c = 0; c < COUNT(labels); c++) columns[c] = (Column) { .label = tr(html->lang, labels[c]) };
	for (size_t i = 0; i < rows.count; i++) {
		bool barred = false;
		rank = i && text_is(rows.at[i].direction, rows.at[i - 1].direction) ? rank + 1 : 1;
		TRY(is_barred(html->call, rows.at[i].application, &barred));
		if (!barred) fill_row(html, &rows.at[i], rank, &cells[count++ * COUNT(labels)]);
	}
	Table *table = arena_new_of(arena, Table);
	*table = (Table) { tr(html->lang, N_("Inspections of the round")), columns, COUNT(labels), cells, count };
	*out = count ? table : NULL;
	return OK;
}

static Error show(Request *request)
{
	Html *html;
	Call *call = request->call;
	const Round *round = request->subject;
	const WorkflowState *state = workflow_state(&round_machine, round->state);
	Crumb crumbs[] = { { tr(call->lang, "Selection rounds"), url_local(call->arena, "/programme/rounds") },
		{ round->code, url_local(call->arena, "/programme/rounds/%.*s", TEXT_ARGS(url_segment(call->arena, round->ref))) },
		{ .text = tr(call->lang, "On-site inspections") } };
	PageHead head = { .title = tr(call->lang, "On-site inspections"), .crumbs = crumbs, .crumb_count = COUNT(crumbs), .wide = true };
	InspectionListView view = { .state_text = state ? tr(call->lang, state->text) : round->state,
		.tone = state ? text_from(state->tone) : TEXT("neutral"),
		.pager = { TEXT("") } };
	view.letters = url_local(call->arena, "%.*s", TEXT_ARGS(round_letters_place(call->arena, round->ref)));
	if (text_is(round->state, TEXT("LOCKED")) && actor_has(call->actor, ROLE_SECRETARY))
		view.start = url_local(call->arena, "%.*s/start", TEXT_ARGS(path_of(call->arena, round)));
	TRY(html_page_open(request, &head, &html));
	TRY(table_of(html, round, &view.table));
	page_inspection_list(html, &view);
	return html_page_close(request, html);
}

static Error start(Request *request)
{
	const Round *round = request->subject;
	TRY(inspection_start(request->call, round->ref));
	return reply_redirect(request, path_of(request->call->arena, round));
}

#define AT "/programme/rounds/:ref/inspections"
static const Route routes[] = {
	{ GET, AT, show, .may = ROLE_SECRETARY | ROLE_SUPERVISOR, .needs_second_factor = true, .subject = load,
		.summary = "On-site inspections of a round: who is shortlisted, on the reserve list, inspected" },
	{ POST, AT "/start", start, .may = ROLE_SECRETARY, .needs_second_factor = true, .subject = load, .retry = show, .weight = 5,
		.summary = "Begin the inspections of a round whose result is locked" },
};
const RouteTable inspection_routes = { "subject/programme", routes, COUNT(routes) };
