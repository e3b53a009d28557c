/* Evaluations: reading, opening, and what the actions of the machine change. */
#include "subject/programme/evaluation/evaluation.h"

#include "base/base/random.h"
#include "people/notice/notice.h"
#include "store/ledger/ledger.h"
#include "store/seal/seal.h"
#include "subject/merit/merit.h"
#include "subject/programme/evaluation/evaluation_private.h"

enum { YEAR_MIN = 2000 };

/* ---- Reading */
static Error of_row(Call *call, const EvaluationRow *row, Evaluation *out)
{
	Map *values;
	*out = (Evaluation) { .id = row->id,
		.revision = row->revision,
		.seal_key = row->seal_key,
		.year = row->year,
		.rule = row->rule,
		.opened_by = row->opened_by,
		.proposed_by = row->proposed_by,
		.updated_at = row->updated_at,
		.ref = row->ref,
		.state = row->state };
	TRY(form_values_read(call, &evaluation_propose_form, row->form_values, &values));
	out->values = values;
	return OK;
}

static bool is_office(const Actor *actor) { return actor->second_factor && actor_has(actor, ROLE_SECRETARY | ROLE_SUPERVISOR); }

Error evaluation_open(Call *call, Text ref, Evaluation *out)
{
	EvaluationRow row;
	if (!is_office(call->actor)) return fail(call, NOT_FOUND, "evaluations are the office's");
	TRY(evaluation_row_ref(call, ref, &row));
	return of_row(call, &row, out);
}

static Error list_of(Call *call, bool only_confirmed, Evaluations *out)
{
	EvaluationRows rows;
	Evaluations evaluations = { 0 };
	TRY(evaluation_rows(call, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		Evaluation evaluation;
		if (only_confirmed && !text_is(rows.at[i].state, TEXT("CONFIRMED"))) continue;
		TRY(of_row(call, &rows.at[i], &evaluation));
		list_add(call->arena, &evaluations, evaluation);
	}
	*out = evaluations;
	return OK;
}

Error evaluation_list(Call *call, Evaluations *out)
{
	if (!is_office(call->actor)) return fail(call, FORBIDDEN, "evaluations are the office's");
	return list_of(call, false, out);
}

Error evaluation_published(Call *call, Evaluations *out) { return list_of(call, true, out); }

Error evaluation_of_year(Call *call, int64_t year, Evaluation *out)
{
	EvaluationRow row;
	bool found = false;
	TRY(evaluation_row_year(call, year, &row, &found));
	if (!found || !text_is(row.state, TEXT("CONFIRMED")))
		return fail(call, NOT_FOUND, "no confirmed evaluation of %lld", (long long)year);
	return of_row(call, &row, out);
}

static EvaluationDecision decision_of(Text tag)
{
	for (int i = 0; i < DECISIONS; i++)
		if (text_is(tag, text_from(evaluation_decision_tag((EvaluationDecision)i)))) return (EvaluationDecision)i;
	return DECISION_APART;
}

Error evaluation_lines(Call *call, const Evaluation *evaluation, EvaluationLines *out)
{
	EvaluationLineRows rows;
	EvaluationLines lines = { 0 };
	TRY(evaluation_line_rows(call, evaluation->id, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		const EvaluationLineRow *row = &rows.at[i];
		EvaluationLine line = { .id = row->id,
			.points = row->points,
			.last_at = row->last_at,
			.stars_before = row->stars_before,
			.stars_after = row->stars_after,
			.unit = row->unit_ref,
			.direction = row->direction,
			.left_out = row->left_out,
			.outcome = row->outcome,
			.decision = decision_of(row->decision) };
		TRY(org_find(call, row->organisation_id, &line.organisation));
		list_add(call->arena, &lines, line);
	}
	*out = lines;
	return OK;
}

/* ---- Opening one */
typedef struct Beginning {
	int64_t year;
	Text ref;
} Beginning;

static Error may_decide(Call *call)
{
	if (!actor_has(call->actor, ROLE_SECRETARY)) return fail(call, FORBIDDEN, "no work on evaluations");
	return call->actor->second_factor ? OK : fail(call, SECOND_FACTOR, "evaluations without second factor");
}

static Error begin(Call *call, void *argument)
{
	Beginning *beginning = argument;
	EvaluationRow row;
	Matter matter = { .state = TEXT("DRAFT"), .revision = 1 };
	int64_t rule = 0;
	bool found = false;
	TRY(evaluation_row_year(call, beginning->year, &row, &found));
	if (found) call_problem(call, TEXT("year"), N_("The evaluation of this year is open already, or done."), (Text) { 0 });
	TRY(call_check_problems(call));
	matter.ref = beginning->ref = arena_printf(call->arena, "Y-%.*s", TEXT_ARGS(random_code(call->arena, 10)));
	TRY(seal_matter_new(call, &matter.seal_key));
	TRY(evaluation_insert(call, matter.ref, matter.seal_key, beginning->year, call->actor->person_id, call->now, &matter.id));
	TRY(evaluation_propose_lines(call, matter.id, (int)beginning->year, &rule));
	TRY(evaluation_set_rule(call, matter.id, rule));
	return workflow_begin(call, &evaluation_machine, &matter);
}

/* The year is over, or its last two months run. */
static bool is_due(int64_t year, int64_t now)
{
	enum { DAYS = 61 };
	return year >= YEAR_MIN &&
	       (year < merit_year(now) || (year == merit_year(now) && merit_year(now + (int64_t)DAYS * 86400000) > year));
}

Error evaluation_begin(Call *call, Text year, Text *out_ref)
{
	Beginning beginning = { 0 };
	TRY(may_decide(call));
	if (!text_to_int(text_trim(year), &beginning.year) || !is_due(beginning.year, call->now))
		call_problem(call, TEXT("year"), N_("Please enter a year that is over, or whose last two months run."), (Text) { 0 });
	TRY(call_check_problems(call));
	TRY(db_transact(call, begin, &beginning));
	*out_ref = beginning.ref;
	return OK;
}

typedef struct Leaving {
	Text ref, unit, reason;
} Leaving;

static Error leave_out(Call *call, void *argument)
{
	const Leaving *leaving = argument;
	EvaluationRow row;
	int64_t changed = 0;
	TRY(evaluation_row_ref(call, leaving->ref, &row));
	if (!text_is(row.state, TEXT("DRAFT"))) return fail(call, CONFLICT, "evaluation %.*s is proposed already", TEXT_ARGS(leaving->ref));
	TRY(evaluation_line_leave(call, row.id, leaving->unit, leaving->reason, &changed));
	if (changed != 1) call_problem(call, TEXT("unit"), N_("Please choose one."), (Text) { 0 });
	TRY(call_check_problems(call));
	LedgerEvent event = { .kind = evaluation_machine.name,
		.ref = leaving->ref,
		.action = leaving->reason.length ? "leave-out" : "take-in",
		.matter = row.seal_key,
		.detail = arena_printf(call->arena, "%.*s %.*s", TEXT_ARGS(leaving->unit), TEXT_ARGS(leaving->reason)) };
	return ledger_record(call, &event, NULL);
}

Error evaluation_leave_out(Call *call, Text ref, Text unit, Text reason)
{
	Leaving leaving = { ref, unit, text_trim(reason) };
	TRY(may_decide(call));
	return db_transact(call, leave_out, &leaving);
}

/* ---- The machine */
void evaluation_matter(Call *call, const Evaluation *evaluation, Matter *out)
{
	EvaluationFacts *facts = arena_new_of(call->arena, EvaluationFacts);
	*facts = (EvaluationFacts) { .proposed_by = evaluation->proposed_by };
	*out = (Matter) { .id = evaluation->id,
		.revision = evaluation->revision,
		.ref = evaluation->ref,
		.state = evaluation->state,
		.facts = facts,
		.seal_key = evaluation->seal_key };
}

Error evaluation_machine_load(Call *call, Text ref, Matter *out)
{
	Evaluation evaluation;
	TRY(evaluation_open(call, ref, &evaluation));
	evaluation_matter(call, &evaluation, out);
	return OK;
}

Error evaluation_machine_move(Call *call, const Matter *matter, Text to, int64_t *out_changed)
{
	return evaluation_move(call, matter->id, matter->state, to, matter->revision, call->now, out_changed);
}

static Error propose(Call *call, Evaluation *evaluation, const Map *values)
{
	TRY(evaluation_say(call, evaluation->id, call->actor->person_id, form_values_text(call->arena, &evaluation_propose_form, values)));
	evaluation->values = values;
	TRY(evaluation_enter(call, evaluation));
	return notice_send_role(call, ROLE_SECRETARY, NOTICE_UNIT_WAITING, evaluation->ref,
		arena_printf(call->arena, "/programme/evaluations/%.*s", TEXT_ARGS(evaluation->ref)));
}

Error evaluation_machine_applied(Call *call, Matter *matter, const Transition *row, const void *input)
{
	const Form *form = evaluation_action_form(row->form);
	Evaluation evaluation;
	TRY(evaluation_open(call, matter->ref, &evaluation));
	if (form) {
		TRY(form_check(call, form, input));
		matter->detail = form_values_text(call->arena, form, input);
	}
	if (strcmp(row->action, "propose") == 0) return propose(call, &evaluation, input);
	if (strcmp(row->action, "return") == 0) {
		TRY(evaluation_take_back(call, &evaluation));
		return evaluation_say(call, evaluation.id, 0, TEXT("{}"));
	}
	if (strcmp(row->action, "drop") == 0) return OK;
	TRY(evaluation_carry_out(call, &evaluation));
	return change_record(call, evaluation_machine.name, matter->ref);
}

Error evaluation_act(Call *call, Text ref, Text action, int64_t revision, const Map *values)
{
	Matter matter;
	Act act = { .action = action, .revision = revision, .input = values ? values : map_new(call->arena) };
	return workflow_act(call, &evaluation_machine, ref, &act, &matter);
}
