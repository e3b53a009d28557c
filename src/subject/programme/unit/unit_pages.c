/* Units for secretaries and supervisors, and for the members of the unit itself. */
#include "people/person/form_page.h"
#include "store/ledger/ledger.h"
#include "subject/programme/unit/unit_table_private.h"
#include "subject/programme/unit/views/unit_desk.html.h"
#include "subject/programme/unit/views/unit_form.html.h"
#include "subject/programme/unit/views/unit_list.html.h"
#include "work/certificate/certificate.h"
#include "work/form/action_view.h"

enum { PAGE = 50 };

static Text base_of(Arena *arena, Text ref) { return arena_printf(arena, "/programme/units/%.*s", TEXT_ARGS(url_segment(arena, ref))); }

static Error load_unit(Request *request)
{
	Unit *unit = arena_new_of(request->call->arena, Unit);
	TRY(unit_open(request->call, request_parameter(request, TEXT("ref")), unit));
	request->subject = unit;
	return OK;
}

/* ---- The list */
static Markup table_of(Html *html, const Units *units)
{
	static const char *const labels[] = { N_("Organisation"), N_("Direction"), N_("Stars"), N_("State"), N_("Certificate number"),
		N_("Valid until") };
	Arena *arena = html->call->arena;
	Column columns[COUNT(labels)];
	Cell *cells = arena_array_of(arena, Cell, units->count * COUNT(labels) + 1);
	for (size_t i = 0; i < COUNT(labels); i++)
		columns[i] = (Column) { .label = tr(html->lang, labels[i]), .kind = i > 1 ? COLUMN_NARROW : COLUMN_TEXT };
	for (size_t i = 0; i < units->count; i++) {
		const Unit *unit = &units->at[i];
		Cell *cell = &cells[i * COUNT(labels)];
		cell[0] = (Cell) { .text = unit_name(unit, html->lang),
			.url = url_local(arena, "%.*s", TEXT_ARGS(base_of(arena, unit->ref))) };
		cell[1].text = tr(html->lang, certificate_direction_text(unit->direction));
		cell[2].text = unit_stars_text(unit->stars);
		cell[3].markup = unit_chip(html, unit, false);
		cell[4].text = unit->certificate;
		cell[5].markup = part_date(html, unit->until_at - 1);
	}
	return part_table(html, &(Table) { tr(html->lang, "Support units"), columns, COUNT(labels), cells, units->count });
}

static Error show_list(Request *request)
{
	Html *html;
	Call *call = request->call;
	Units units;
	Text state = request_query(request, TEXT("state"));
	if (!state.at || !workflow_state(&unit_machine, state)) state = TEXT("ACTIVE");
	PageHead head = { .title = tr(call->lang, "Support units"), .wide = true };
	TRY(unit_in_state(call, state, request_query_number(request, TEXT("before")), PAGE, &units));
	TRY(html_page_open(request, &head, &html));
	UnitListView view = { .filters =
				      state_filter(html, &unit_machine, &(StateFilter) { .address = "/programme/units", .state = state }) };
	if (units.count)
		view.table = table_of(html, &units);
	else
		view.empty = part_empty(html, tr(html->lang, "There is no unit in this state."), TEXT(""), (Url) { { 0 } }, TEXT(""));
	if (actor_has(call->actor, ROLE_SECRETARY)) view.fresh = url_local(call->arena, "/programme/units/new");
	if (units.count == PAGE)
		view.pager = part_pager(html, (Url) { { 0 } },
			url_local(call->arena, "/programme/units?state=%.*s&before=%lld", TEXT_ARGS(state),
				(long long)units.at[PAGE - 1].id));
	page_unit_list(html, &view);
	return html_page_close(request, html);
}

/* ---- What the actor's own organisation is */
static Error show_own(Request *request)
{
	Html *html;
	Units units;
	PageHead head = { .title = tr(request->call->lang, "My organisation as a support unit"), .wide = true };
	TRY(unit_of_actor(request->call, &units));
	TRY(html_page_open(request, &head, &html));
	UnitListView view = { 0 };
	if (units.count)
		view.table = table_of(html, &units);
	else
		view.empty = part_empty(html, tr(html->lang, "Your organisation is no support unit."),
			tr(html->lang, "Support units are chosen in rounds."), url_public(request, TEXT("/rounds")),
			tr(html->lang, "Selection of support units"));
	page_unit_list(html, &view);
	return html_page_close(request, html);
}

/* ---- An earlier decision */
static Error show_new(Request *request)
{
	Html *html;
	Call *call = request->call;
	Failure failure = call->failure;
	Map *values = map_new(call->arena);
	Crumb crumbs[] = { { tr(call->lang, "Support units"), url_local(call->arena, "/programme/units") },
		{ .text = tr(call->lang, "Enter an earlier decision") } };
	PageHead head = { .title = tr(call->lang, "Enter an earlier decision"),
		.lead = tr(call->lang, "For units that the body admitted before or outside a round. A second secretary confirms it."),
		.crumbs = crumbs,
		.crumb_count = COUNT(crumbs) };
	if (request->method == POST && form_take(request, &unit_admission_form, values) != OK) call_recover(call);
	call->failure = failure;
	TRY(html_page_open(request, &head, &html));
	UnitFormView view = { .form = form_view(html, &unit_admission_form, values, (Url) { { 0 } }),
		.action = url_local(call->arena, "/programme/units/new") };
	page_unit_form(html, &view);
	return html_page_close(request, html);
}

static Error do_new(Request *request)
{
	Map *values = map_new(request->call->arena);
	Text ref;
	TRY(form_take(request, &unit_admission_form, values));
	TRY(unit_enter(request->call, values, &ref));
	return reply_redirect(request, base_of(request->call->arena, ref));
}

/* ---- One unit */
static Markup facts_of(Html *html, const Unit *unit)
{
	Lang lang = html->lang;
	LIST_OF(Fact) facts = { 0 };
	const Fact all[] = { { .label = tr(lang, "Organisation"), .text = unit_name(unit, lang) },
		{ .label = tr(lang, "Unified social credit code"), .text = unit->organisation.credit_code },
		{ .label = tr(lang, "Direction"), .text = tr(lang, certificate_direction_text(unit->direction)) },
		{ .label = tr(lang, "Stars"), .text = unit_stars_text(unit->stars) },
		{ .label = tr(lang, "Valid from"), .markup = part_date(html, unit->from_at) },
		{ .label = tr(lang, "Valid until"), .markup = part_date(html, unit->until_at - 1) },
		{ .label = tr(lang, "Document of the decision"), .text = unit->document },
		{ .label = tr(lang, "Reason"), .text = unit->reason } };
	for (size_t i = 0; i < COUNT(all); i++)
		if (all[i].text.length || all[i].markup.text.length) list_add(html->call->arena, &facts, all[i]);
	if (unit->appeal_until)
		list_add(html->call->arena, &facts,
			((Fact) { .label = tr(lang, "Appeal possible until"), .markup = part_date(html, unit->appeal_until) }));
	return part_facts(html, facts.at, facts.count);
}

static Error fill_wish(Html *html, const Unit *unit, UnitDeskView *view)
{
	Map *values;
	const Form *form = unit_wish_form(unit->wish);
	Person person;
	if (!form) return OK;
	TRY(form_values_read(html->call, form, unit->wish_values, &values));
	Facts facts = form_facts(html, form, values, TEXT(""));
	TRY(person_find(html->call, unit->wish_by, &person));
	list_add(html->call->arena, &facts, ((Fact) { .label = tr(html->lang, "Entered by"), .text = person.name }));
	view->wish = part_facts(html, facts.at, facts.count);
	return OK;
}

static Error fill_history(Html *html, const Unit *unit, UnitDeskView *view)
{
	const StepView steps = { .others = N_("Enter an earlier decision"), .names = true };
	return steps_markup(html, &unit_machine, unit->ref, &steps, &view->history);
}

static Error fill(Html *html, const Unit *unit, Text failed, UnitDeskView *view)
{
	Call *call = html->call;
	Matter matter;
	ClockView clock;
	bool office = actor_has(call->actor, ROLE_SECRETARY | ROLE_SUPERVISOR) && call->actor->second_factor;
	unit_matter(call, unit, &matter);
	*view = (UnitDeskView) { .chip = unit_chip(html, unit, false), .facts = facts_of(html, unit), .review = unit->review };
	if (office) TRY(fill_wish(html, unit, view));
	if (office) TRY(fill_history(html, unit, view));
	TRY(workflow_clock_of(call, &unit_machine, unit->id, &clock));
	view->clock = clock_markup(html, &clock, NULL);
	TRY(unit_certificates(html, unit, true, &view->certificates));
	Text address = arena_printf(call->arena, "%.*s/actions", TEXT_ARGS(base_of(call->arena, unit->ref)));
	view->actions = action_markups(html, &unit_machine, &matter, unit_action_form, address, failed, NULL);
	if (unit->admitted_at) view->shown = url_public(html->request, arena_printf(call->arena, "/units/%.*s", TEXT_ARGS(unit->ref)));
	return OK;
}

static Error show(Request *request)
{
	Html *html;
	UnitDeskView view;
	Call *call = request->call;
	const Unit *unit = request->subject;
	Text failed = request->method == POST ? request_parameter(request, TEXT("action")) : (Text) { 0 };
	Crumb crumbs[] = { { tr(call->lang, "Support units"), url_local(call->arena, "/programme/units") },
		{ .text = unit_name(unit, call->lang) } };
	PageHead head = { .title = unit_name(unit, call->lang), .crumbs = crumbs, .crumb_count = COUNT(crumbs), .wide = true };
	if (!actor_has(call->actor, ROLE_SECRETARY | ROLE_SUPERVISOR)) crumbs[0].url = url_local(call->arena, "/programme/units/mine");
	TRY(html_page_open(request, &head, &html));
	TRY(fill(html, unit, failed, &view));
	page_unit_desk(html, &view);
	return html_page_close(request, html);
}

static Error act(Request *request)
{
	const Unit *unit = request->subject;
	int64_t revision = 0;
	Map *values;
	Matter matter;
	unit_matter(request->call, unit, &matter);
	TRY(action_take(request, &unit_machine, &matter, unit_action_form, &revision, &values));
	TRY(unit_act(request->call, unit->ref, request_parameter(request, TEXT("action")), revision, values));
	return reply_redirect(request, base_of(request->call->arena, unit->ref));
}

#define READERS .may = ROLE_SECRETARY | ROLE_SUPERVISOR, .needs_second_factor = true
#define SECRETARIES .may = ROLE_SECRETARY, .needs_second_factor = true
#define PEOPLE .may = ROLE_PEOPLE
static const Route routes[] = {
	{ GET, "/programme/units", show_list, READERS, .summary = "Support units, by state" },
	{ GET, "/programme/units/mine", show_own, PEOPLE, .summary = "What one's own organisation is or was as a support unit" },
	{ GET, "/programme/units/new", show_new, SECRETARIES, .summary = "The form of an earlier decision about a unit" },
	{ POST, "/programme/units/new", do_new, SECRETARIES, .form = &action_request_form, .retry = show_new,
		.summary = "Enter an earlier decision about a unit" },
	{ GET, "/programme/units/:ref", show, PEOPLE, .subject = load_unit, .summary = "A unit with its decisions and the next steps" },
	{ POST, "/programme/units/:ref/actions/:action", act, PEOPLE, .subject = load_unit, .form = &action_request_form, .retry = show,
		.summary = "Carry out an action of the unit's workflow" },
};
const RouteTable unit_routes = { "subject/programme", routes, COUNT(routes) };
