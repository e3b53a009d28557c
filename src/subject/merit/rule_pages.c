/* The points rule: every version for everybody, and the two hands that change it. */
#include "base/base/clock.h"
#include "subject/merit/merit.h"
#include "subject/merit/merit_view.h"
#include "subject/merit/views/merit_rule.html.h"
#include "subject/merit/views/merit_rule_desk.html.h"
#include "work/certificate/certificate.h"
#include "work/form/action_view.h"

static Markup table(
	Html *html, const char *caption, const char *const *labels, size_t width, const Cell *cells, size_t rows, size_t numbers)
{
	Column *columns = arena_array_of(html->call->arena, Column, width);
	for (size_t i = 0; i < width; i++)
		columns[i] = (Column) { .label = tr(html->lang, labels[i]), .kind = i + numbers >= width ? COLUMN_NUMBER : COLUMN_TEXT };
	return part_table(html, &(Table) { tr(html->lang, caption), columns, width, cells, rows });
}

static Text cap_text(const Html *html, const MeritRow *row)
{
	Text period = tr(html->lang, row->is_monthly ? N_("month") : N_("year"));
	if (!row->cap) return TEXT("–");
	return arena_printf(html->call->arena, "%.*s / %.*s", TEXT_ARGS(merit_points_text(html->call->arena, row->cap)), TEXT_ARGS(period));
}

static const char *credit_text(Text credit)
{
	if (text_is(credit, TEXT("actor"))) return N_("the organisation of who did it");
	return text_is(credit, TEXT("owner")) ? N_("the organisation it concerns") : N_("those who reported it");
}

static Markup rows_of(Html *html, const MeritRule *rule)
{
	static const char *const labels[] = { N_("What for"), N_("Whose"), N_("Events that count"), N_("Conditions"), N_("Counts"),
		N_("Points"), N_("Cap") };
	Arena *arena = html->call->arena;
	Cell *cells = arena_array_of(arena, Cell, rule->rows.count * COUNT(labels) + 1);
	for (size_t i = 0; i < rule->rows.count; i++) {
		const MeritRow *row = &rule->rows.at[i];
		Cell *cell = &cells[i * COUNT(labels)];
		cell[0].text = row->text[html->lang];
		cell[1].text = tr(html->lang, credit_text(row->credit));
		cell[2].text = row->events;
		cell[3].text = row->conditions.length ? row->conditions : TEXT("–");
		cell[4].text = tr(html->lang, row->is_each ? N_("each time") : N_("once for a matter"));
		cell[5].text = merit_points_text(arena, row->points);
		cell[6].text = cap_text(html, row);
	}
	return table(html, N_("What counts"), labels, COUNT(labels), cells, rule->rows.count, 2);
}

static Markup stars_of(Html *html, const MeritRule *rule)
{
	static const char *const labels[] = { N_("Direction"), N_("Stars"), N_("To reach it"), N_("To keep it") };
	Arena *arena = html->call->arena;
	Cell *cells = arena_array_of(arena, Cell, rule->stars.count * COUNT(labels) + 1);
	for (size_t i = 0; i < rule->stars.count; i++) {
		const MeritStar *star = &rule->stars.at[i];
		Cell *cell = &cells[i * COUNT(labels)];
		cell[0].text = tr(html->lang, certificate_direction_text(star->direction));
		cell[1].text = arena_printf(arena, "%lld", (long long)star->stars);
		cell[2].text = merit_points_text(arena, star->rise);
		cell[3].text = merit_points_text(arena, star->fall);
	}
	return table(html, N_("What stars ask for in a year"), labels, COUNT(labels), cells, rule->stars.count, 3);
}

static Text state_text(const Html *html, const MeritRule *rule)
{
	if (text_is(rule->state, TEXT("proposed"))) return tr(html->lang, N_("Proposed"));
	return text_is(rule->state, TEXT("refused")) ? tr(html->lang, N_("Refused")) : tr(html->lang, N_("In force"));
}

static Markup versions_of(Html *html, const MeritRules *rules)
{
	static const char *const labels[] = { N_("Version"), N_("State"), N_("In force since"), N_("Reason of the change") };
	Arena *arena = html->call->arena;
	Cell *cells = arena_array_of(arena, Cell, rules->count * COUNT(labels) + 1);
	for (size_t i = 0; i < rules->count; i++) {
		const MeritRule *rule = &rules->at[rules->count - 1 - i];
		Cell *cell = &cells[i * COUNT(labels)];
		cell[0].text = arena_printf(arena, "%lld", (long long)rule->number);
		if (text_is(rule->state, TEXT("in_force")))
			cell[0].url = url_public(html->request, arena_printf(arena, "/points/rule/%lld", (long long)rule->number));
		cell[1].text = state_text(html, rule);
		if (rule->from_at)
			cell[2].markup = part_date(html, rule->from_at);
		else
			cell[2].text = tr(html->lang, N_("since the platform opened"));
		cell[3].text = rule->reason.length ? rule->reason : TEXT("–");
	}
	return table(html, N_("Versions"), labels, COUNT(labels), cells, rules->count, 0);
}

static Error show_version(Request *request, int64_t number)
{
	Call *call = request->call;
	Html *html;
	MeritRules rules;
	TRY(merit_rules(call, false, &rules));
	const MeritRule *present = merit_rule_at(&rules, call->now), *rule = number ? NULL : present;
	for (size_t i = 0; i < rules.count; i++)
		if (rules.at[i].number == number) rule = &rules.at[i];
	if (!rule) return fail(call, NOT_FOUND, "no version %lld of the points rule", (long long)number);
	PageHead head = { .title = tr(call->lang, "Points rule"),
		.lead = tr(call->lang, "For what support units and others are given points, by version."),
		.wide = true };
	TRY(html_page_open(request, &head, &html));
	MeritRuleView view = { .rows = rows_of(html, rule),
		.stars = stars_of(html, rule),
		.versions = versions_of(html, &rules),
		.reason = rule->reason,
		.number = rule->number,
		.from_at = rule->from_at,
		.is_current = rule == present,
		.current = url_public(request, TEXT("/points/rule")) };
	page_merit_rule(html, &view);
	reply_public(request, TEXT("merit-rule"));
	return html_page_close(request, html);
}

static Error show_present(Request *request) { return show_version(request, 0); }

static Error show_number(Request *request)
{
	int64_t number = 0;
	if (!text_to_int(request_parameter(request, TEXT("number")), &number) || number < 1)
		return fail(request->call, NOT_FOUND, "no version of this number");
	return show_version(request, number);
}

/* ---- The office */
static const MeritRule *open_one(const MeritRules *rules)
{
	for (size_t i = 0; i < rules->count; i++)
		if (text_is(rules->at[i].state, TEXT("proposed"))) return &rules->at[i];
	return NULL;
}

static Error fill_form(Html *html, const MeritRule *present, MeritRuleDeskView *view)
{
	Call *call = html->call;
	Map *values = map_new(call->arena);
	Failure failure = call->failure;
	form_set(call->arena, values, TEXT("rows"), present->rows_text);
	form_set(call->arena, values, TEXT("stars"), present->stars_text);
	if (html->request->method == POST && form_take(html->request, &merit_rule_form, values) != OK) call_recover(call);
	call->failure = failure;
	view->form = form_view(html, &merit_rule_form, values, (Url) { { 0 } });
	return OK;
}

static Error show_desk(Request *request)
{
	Call *call = request->call;
	Html *html;
	MeritRules rules;
	MeritRuleDeskView view = { 0 };
	Crumb crumbs[] = { { tr(call->lang, "Contribution points"), url_local(call->arena, "/programme/points") },
		{ .text = tr(call->lang, "Points rule") } };
	PageHead head = { .title = tr(call->lang, "Points rule"), .crumbs = crumbs, .crumb_count = COUNT(crumbs), .wide = true };
	TRY(merit_rules(call, true, &rules));
	TRY(html_page_open(request, &head, &html));
	const MeritRule *present = merit_rule_at(&rules, call->now), *open = open_one(&rules);
	view.versions = versions_of(html, &rules);
	view.propose_action = url_local(call->arena, "/programme/points/rule");
	if (open) {
		view.open = open->number;
		view.reason = open->reason;
		view.may_decide = open->proposed_by != call->actor->person_id && actor_has(call->actor, ROLE_SECRETARY);
		view.difference = part_difference(html,
			arena_printf(call->arena, "%.*s\n%.*s", TEXT_ARGS(present->rows_text), TEXT_ARGS(present->stars_text)),
			arena_printf(call->arena, "%.*s\n%.*s", TEXT_ARGS(open->rows_text), TEXT_ARGS(open->stars_text)));
		view.approve_action = url_local(call->arena, "/programme/points/rule/%lld/approve", (long long)open->number);
		view.refuse_action = url_local(call->arena, "/programme/points/rule/%lld/refuse", (long long)open->number);
	} else {
		TRY(fill_form(html, present, &view));
	}
	page_merit_rule_desk(html, &view);
	return html_page_close(request, html);
}

static Error do_propose(Request *request)
{
	Map *values = map_new(request->call->arena);
	TRY(form_take(request, &merit_rule_form, values));
	TRY(merit_rule_propose(request->call, values));
	return reply_redirect(request, TEXT("/programme/points/rule"));
}

static Error do_settle(Request *request)
{
	int64_t number = 0;
	Text decision = request_parameter(request, TEXT("decision"));
	bool approved = text_is(decision, TEXT("approve"));
	if (!text_to_int(request_parameter(request, TEXT("number")), &number) || (!approved && !text_is(decision, TEXT("refuse"))))
		return fail(request->call, NOT_FOUND, "no such decision");
	TRY(merit_rule_settle(request->call, number, approved));
	return reply_redirect(request, TEXT("/programme/points/rule"));
}

#define EVERYBODY .may = ROLE_EVERYBODY, .is_public = true
#define READERS .may = ROLE_SECRETARY | ROLE_SUPERVISOR, .needs_second_factor = true
#define SECRETARIES .may = ROLE_SECRETARY, .needs_second_factor = true
static const Route routes[] = {
	{ GET, "/points/rule", show_present, EVERYBODY, .summary = "The rule of contribution points in force" },
	{ GET, "/points/rule/:number", show_number, EVERYBODY, .summary = "A version of the rule of contribution points" },
	{ GET, "/programme/points/rule", show_desk, READERS,
		.summary = "The rule of contribution points, its versions and what is proposed" },
	{ POST, "/programme/points/rule", do_propose, SECRETARIES, .form = &action_request_form, .retry = show_desk,
		.summary = "Propose a version of the rule of contribution points" },
	{ POST, "/programme/points/rule/:number/:decision", do_settle, SECRETARIES, .form = &action_request_form, .retry = show_desk,
		.summary = "Approve or refuse a proposed version of the rule of contribution points" },
};
const RouteTable merit_rule_routes = { "subject/merit", routes, COUNT(routes) };
