/* Evaluations for secretaries and supervisors. */
#include "people/person/form_page.h"
#include "subject/merit/merit.h"
#include "subject/programme/evaluation/evaluation.h"
#include "subject/programme/evaluation/evaluation_view.h"
#include "subject/programme/evaluation/views/evaluation_list.html.h"
#include "subject/programme/evaluation/views/evaluation_show.html.h"
#include "work/certificate/certificate.h"
#include "work/form/action_view.h"

static Text base_of(Arena *arena, Text ref)
{
	return arena_printf(arena, "/programme/evaluations/%.*s", TEXT_ARGS(url_segment(arena, ref)));
}

static Error load_evaluation(Request *request)
{
	Evaluation *evaluation = arena_new_of(request->call->arena, Evaluation);
	TRY(evaluation_open(request->call, request_parameter(request, TEXT("ref")), evaluation));
	request->subject = evaluation;
	return OK;
}

static Markup chip_of(Html *html, const Evaluation *evaluation)
{
	const WorkflowState *state = workflow_state(&evaluation_machine, evaluation->state);
	return state ? part_status(html, tr(html->lang, state->text), text_from(state->tone)) : markup_text(html, evaluation->state);
}

static Text number_text(Arena *arena, int64_t number) { return arena_printf(arena, "%lld", (long long)number); }

/* ---- All of them */
static Error show_list(Request *request)
{
	static const char *const labels[] = { N_("Year"), N_("State"), N_("Rule version"), N_("Document number") };
	Html *html;
	Call *call = request->call;
	Evaluations evaluations;
	EvaluationListView view = { .action = url_local(call->arena, "/programme/evaluations") };
	PageHead head = { .title = tr(call->lang, "Yearly evaluation of support units"),
		.lead = tr(call->lang, "The evaluation of a year is the renewal: the points rule proposes, two secretaries decide."),
		.wide = true };
	TRY(evaluation_list(call, &evaluations));
	TRY(html_page_open(request, &head, &html));
	Column columns[COUNT(labels)];
	Cell *cells = arena_array_of(call->arena, Cell, evaluations.count * COUNT(labels) + 1);
	for (size_t i = 0; i < COUNT(labels); i++)
		columns[i] = (Column) { .label = tr(html->lang, labels[i]), .kind = i ? COLUMN_NARROW : COLUMN_TEXT };
	for (size_t i = 0; i < evaluations.count; i++) {
		const Evaluation *evaluation = &evaluations.at[i];
		Cell *cell = &cells[i * COUNT(labels)];
		Text document = form_answer(evaluation->values, "document");
		cell[0] = (Cell) { .text = number_text(call->arena, evaluation->year),
			.url = url_local(call->arena, "%.*s", TEXT_ARGS(base_of(call->arena, evaluation->ref))) };
		cell[1].markup = chip_of(html, evaluation);
		cell[2].text = number_text(call->arena, evaluation->rule);
		cell[3].text = document.length ? document : TEXT("–");
	}
	if (evaluations.count)
		view.table = part_table(html, &(Table) { head.title, columns, COUNT(labels), cells, evaluations.count });
	else
		view.empty = part_empty(html, tr(html->lang, "No evaluation was opened yet."), TEXT(""), (Url) { { 0 } }, TEXT(""));
	if (actor_has(call->actor, ROLE_SECRETARY)) {
		FormField field = { .name = TEXT("year"),
			.label = tr(html->lang, "Year"),
			.kind = INPUT_TEXT,
			.required = true,
			.help = tr(html->lang, "A year that is over, or whose last two months run.") };
		view.field = part_field(html, &field);
	}
	page_evaluation_list(html, &view);
	return html_page_close(request, html);
}

typedef struct YearForm {
	Text year;
} YearForm;
static const FieldSpec year_fields[] = { { "year", FIELD_TEXT, offsetof(YearForm, year), true, 4, NULL, false } };
static const FormSpec year_form = { .fields = year_fields, .field_count = COUNT(year_fields), .struct_size = sizeof(YearForm) };

static Error do_begin(Request *request)
{
	const YearForm *form = request->form;
	Text ref;
	TRY(evaluation_begin(request->call, form->year, &ref));
	return reply_redirect(request, base_of(request->call->arena, ref));
}

/* ---- One */
static const char *outcome_text(Text outcome)
{
	if (text_is(outcome, TEXT("done"))) return N_("done");
	if (text_is(outcome, TEXT("entered"))) return N_("waits for confirmation");
	return text_is(outcome, TEXT("failed")) ? N_("not done: the unit has moved on its own") : NULL;
}

static Text stars_text(Arena *arena, const EvaluationLine *line)
{
	if (line->decision == DECISION_LAPSE) return arena_printf(arena, "%lld → –", (long long)line->stars_before);
	if (line->stars_before == line->stars_after) return number_text(arena, line->stars_after);
	return arena_printf(arena, "%lld → %lld", (long long)line->stars_before, (long long)line->stars_after);
}

static Markup table_of(Html *html, const EvaluationLines *lines)
{
	static const char *const labels[] = { N_("Organisation"), N_("Direction"), N_("Points"), N_("Last contribution"), N_("Stars"),
		N_("Decision"), N_("Outcome") };
	Arena *arena = html->call->arena;
	Column columns[COUNT(labels)];
	Cell *cells = arena_array_of(arena, Cell, lines->count * COUNT(labels) + 1);
	for (size_t i = 0; i < COUNT(labels); i++)
		columns[i] = (Column) { .label = tr(html->lang, labels[i]),
			.kind = i == 2             ? COLUMN_NUMBER
				: i == 3 || i == 4 ? COLUMN_NARROW
						   : COLUMN_TEXT };
	for (size_t i = 0; i < lines->count; i++) {
		const EvaluationLine *line = &lines->at[i];
		Cell *cell = &cells[i * COUNT(labels)];
		const char *outcome = outcome_text(line->outcome);
		cell[0] = (Cell) { .text = org_shown_name(&line->organisation, html->lang),
			.url = url_local(arena, "/programme/units/%.*s", TEXT_ARGS(line->unit)) };
		cell[1].text = tr(html->lang, certificate_direction_text(line->direction));
		cell[2].text = merit_points_text(arena, line->points);
		if (line->last_at)
			cell[3].markup = part_date(html, line->last_at);
		else
			cell[3].text = TEXT("–");
		cell[4].text = stars_text(arena, line);
		cell[5].text = tr(html->lang, evaluation_decision_text(line->decision));
		cell[6].text = line->left_out.length
				       ? arena_printf(arena, "%.*s: %.*s", TEXT_ARGS(tr(html->lang, "left out")), TEXT_ARGS(line->left_out))
			       : outcome ? tr(html->lang, outcome)
					 : TEXT("–");
	}
	return part_table(html, &(Table) { tr(html->lang, "The list"), columns, COUNT(labels), cells, lines->count });
}

static Markup unit_field(Html *html, const EvaluationLines *lines)
{
	Text *values = arena_array_of(html->call->arena, Text, lines->count + 1),
	     *labels = arena_array_of(html->call->arena, Text, lines->count + 1);
	for (size_t i = 0; i < lines->count; i++) {
		values[i] = lines->at[i].unit;
		labels[i] = org_shown_name(&lines->at[i].organisation, html->lang);
	}
	FormField field = { .name = TEXT("unit"),
		.label = tr(html->lang, "Unit"),
		.kind = INPUT_CHOICE,
		.required = true,
		.choice_values = values,
		.choice_labels = labels,
		.choice_count = lines->count };
	return part_field(html, &field);
}

static Markup facts_of(Html *html, const Evaluation *evaluation)
{
	Arena *arena = html->call->arena;
	Facts facts = { 0 };
	Facts said = form_facts(html, evaluation_action_form("evaluation-propose"), evaluation->values, TEXT(""));
	list_add(arena, &facts, ((Fact) { .label = tr(html->lang, "Year"), .text = number_text(arena, evaluation->year) }));
	list_add(arena, &facts,
		((Fact) { .label = tr(html->lang, "Rule version"),
			.text = number_text(arena, evaluation->rule),
			.url = url_public(html->request, arena_printf(arena, "/points/rule/%lld", (long long)evaluation->rule)) }));
	for (size_t i = 0; i < said.count; i++) list_add(arena, &facts, said.at[i]);
	return part_facts(html, facts.at, facts.count);
}

static Error fill(Html *html, const Evaluation *evaluation, Text failed, EvaluationView *view)
{
	Call *call = html->call;
	EvaluationLines lines;
	Matter matter;
	Text base = base_of(call->arena, evaluation->ref);
	TRY(evaluation_lines(call, evaluation, &lines));
	evaluation_matter(call, evaluation, &matter);
	*view = (EvaluationView) {
		.chip = chip_of(html, evaluation), .facts = facts_of(html, evaluation), .lines = table_of(html, &lines)
	};
	view->actions = action_markups(html, &evaluation_machine, &matter, evaluation_action_form,
		arena_printf(call->arena, "%.*s/actions", TEXT_ARGS(base)), failed, NULL);
	if (text_is(evaluation->state, TEXT("CONFIRMED")))
		view->shown = url_public(html->request, arena_printf(call->arena, "/evaluations/%lld", (long long)evaluation->year));
	if (!actor_has(call->actor, ROLE_SECRETARY) || !text_is(evaluation->state, TEXT("DRAFT")) || !lines.count) return OK;
	FormField reason = { .name = TEXT("reason"), .label = tr(html->lang, "Reason"), .kind = INPUT_TEXT };
	view->unit_field = unit_field(html, &lines);
	view->reason_field = part_field(html, &reason);
	view->leave_out = url_local(call->arena, "%.*s/lines", TEXT_ARGS(base));
	return OK;
}

static Error show(Request *request)
{
	Html *html;
	EvaluationView view;
	Call *call = request->call;
	const Evaluation *evaluation = request->subject;
	Text failed = request->method == POST ? request_parameter(request, TEXT("action")) : (Text) { 0 };
	Crumb crumbs[] = { { tr(call->lang, "Yearly evaluation of support units"), url_local(call->arena, "/programme/evaluations") },
		{ .text = number_text(call->arena, evaluation->year) } };
	PageHead head = { .title = arena_printf(
				  call->arena, "%.*s %lld", TEXT_ARGS(tr(call->lang, "Yearly evaluation")), (long long)evaluation->year),
		.crumbs = crumbs,
		.crumb_count = COUNT(crumbs),
		.wide = true };
	TRY(html_page_open(request, &head, &html));
	TRY(fill(html, evaluation, failed, &view));
	page_evaluation_show(html, &view);
	return html_page_close(request, html);
}

static Error act(Request *request)
{
	const Evaluation *evaluation = request->subject;
	int64_t revision = 0;
	Map *values;
	Matter matter;
	evaluation_matter(request->call, evaluation, &matter);
	TRY(action_take(request, &evaluation_machine, &matter, evaluation_action_form, &revision, &values));
	TRY(evaluation_act(request->call, evaluation->ref, request_parameter(request, TEXT("action")), revision, values));
	return reply_redirect(request, base_of(request->call->arena, evaluation->ref));
}

typedef struct LeaveForm {
	Text unit, reason;
} LeaveForm;
static const FieldSpec leave_fields[] = { { "unit", FIELD_TEXT, offsetof(LeaveForm, unit), true, 60, NULL, false },
	{ "reason", FIELD_TEXT, offsetof(LeaveForm, reason), false, 300, NULL, false } };
static const FormSpec leave_form = { .fields = leave_fields, .field_count = COUNT(leave_fields), .struct_size = sizeof(LeaveForm) };

static Error do_leave(Request *request)
{
	const Evaluation *evaluation = request->subject;
	const LeaveForm *form = request->form;
	TRY(evaluation_leave_out(request->call, evaluation->ref, form->unit, form->reason));
	return reply_redirect(request, base_of(request->call->arena, evaluation->ref));
}

#define READERS .may = ROLE_SECRETARY | ROLE_SUPERVISOR, .needs_second_factor = true
#define SECRETARIES .may = ROLE_SECRETARY, .needs_second_factor = true
static const Route routes[] = {
	{ GET, "/programme/evaluations", show_list, READERS, .summary = "The yearly evaluations of support units" },
	{ POST, "/programme/evaluations", do_begin, SECRETARIES, .form = &year_form, .retry = show_list,
		.summary = "Open the evaluation of a year" },
	{ GET, "/programme/evaluations/:ref", show, READERS, .subject = load_evaluation,
		.summary = "An evaluation with its list and next steps" },
	{ POST, "/programme/evaluations/:ref/lines", do_leave, SECRETARIES, .subject = load_evaluation, .form = &leave_form, .retry = show,
		.summary = "Leave a unit out of an evaluation, or take it in again" },
	{ POST, "/programme/evaluations/:ref/actions/:action", act, READERS, .subject = load_evaluation, .form = &action_request_form,
		.retry = show, .summary = "Carry out an action of the evaluation's workflow" },
};
const RouteTable evaluation_routes = { "subject/programme", routes, COUNT(routes) };
