/* The list as the rule makes it, and what the units' own machines are asked to do. */
#include "base/base/clock.h"
#include "subject/merit/merit.h"
#include "subject/programme/evaluation/evaluation_private.h"
#include "subject/programme/unit/unit.h"

enum { UNITS_AT_ONCE = 100 };
#define DAY_MS ((int64_t)86400000)
static const char *const directions[] = { "technical", "partner" };

/* ---- Making the list */
typedef struct Proposing {
	int64_t evaluation_id, ends_at;
	int year;
	const MeritRule *rule;
} Proposing;

static void stars_of(const MeritRule *rule, const Unit *unit, EvaluationCase *out)
{
	for (size_t i = 0; i < rule->stars.count; i++) {
		const MeritStar *star = &rule->stars.at[i];
		if (!text_is(star->direction, unit->direction)) continue;
		if (star->stars == unit->stars) out->fall = star->fall;
		if (star->stars == unit->stars + 1) out->rise = star->rise;
	}
}

static Error add_line(Call *call, const Proposing *proposing, const Unit *unit)
{
	MeritScore score;
	int64_t last = 0, stars = 0;
	TRY(merit_score(call, unit->organisation_id, proposing->year, &score));
	TRY(merit_last(call, unit->organisation_id, &last));
	EvaluationCase looked = { .points = score.points,
		.stars = unit->stars,
		.is_inactive = unit->admitted_at < proposing->ends_at - 365 * DAY_MS &&
			       last<proposing->ends_at - 365 * DAY_MS, .on_probation = text_is(unit->state, TEXT("PROBATION")),
				       .is_suspended = text_is(unit->state, TEXT("SUSPENDED")), .waits = unit->wish.length> 0,
		.has_review = unit->review.length > 0 };
	stars_of(proposing->rule, unit, &looked);
	EvaluationDecision decision = evaluation_decide(&looked, &stars);
	return evaluation_line_insert(call, proposing->evaluation_id, unit->ref, unit->organisation_id, unit->direction, score.points, last,
		unit->stars, stars, text_from(evaluation_decision_tag(decision)));
}

static Error add_direction(Call *call, const Proposing *proposing, const char *direction)
{
	Units units;
	Unit last;
	bool goes_on = false;
	do {
		TRY(unit_register(call, text_from(direction), goes_on ? &last : NULL, UNITS_AT_ONCE, &units));
		for (size_t i = 0; i < units.count; i++)
			if (units.at[i].admitted_at < proposing->ends_at) TRY(add_line(call, proposing, &units.at[i]));
		goes_on = units.count == UNITS_AT_ONCE;
		if (goes_on) last = units.at[units.count - 1];
	} while (goes_on);
	return OK;
}

/* By the rule in force when the year ends. */
Error evaluation_propose_lines(Call *call, int64_t evaluation_id, int year, int64_t *out_rule)
{
	MeritRules rules;
	Proposing proposing = { .evaluation_id = evaluation_id, .year = year };
	Text next = arena_printf(call->arena, "%d-12-31T15:59:59Z", year);
	if (!clock_parse(next, &proposing.ends_at)) return fail(call, INTERNAL, "the end of %d", year);
	TRY(merit_rules(call, false, &rules));
	proposing.rule = merit_rule_at(&rules, proposing.ends_at);
	for (size_t i = 0; i < COUNT(directions); i++) TRY(add_direction(call, &proposing, directions[i]));
	*out_rule = proposing.rule->number;
	return OK;
}

/* ---- What is asked of the units */
static bool renews(EvaluationDecision decision)
{
	return decision != DECISION_LAPSE && decision != DECISION_SUSPEND && decision != DECISION_APART;
}

/* A unit that moved on its own meanwhile is no fault of the list: the line says that it was not done. */
static Error try_unit(Call *call, const EvaluationLine *line, const char *action, const Map *values, bool *out_done)
{
	Error error = unit_act(call, line->unit, text_from(action), 0, values);
	*out_done = error == OK;
	if (error != OK && error != ERROR_CONFLICT && error != ERROR_INVALID && error != ERROR_FORBIDDEN) return error;
	if (error != OK) call_recover(call);
	return OK;
}

static Map *renewal_of(Call *call, const Evaluation *evaluation, const EvaluationLine *line)
{
	static const char *const taken[] = { "document", "document_on", "until_on" };
	Map *values = map_new(call->arena);
	for (size_t i = 0; i < COUNT(taken); i++)
		form_set(call->arena, values, text_from(taken[i]), form_answer(evaluation->values, taken[i]));
	form_set(call->arena, values, TEXT("stars"), arena_printf(call->arena, "%lld", (long long)line->stars_after));
	return values;
}

static Map *measure_of(Call *call, const Evaluation *evaluation, const EvaluationLine *line)
{
	Map *values = renewal_of(call, evaluation, line);
	Text why = tr(LANG_ZH, evaluation_decision_text(line->decision));
	form_set(call->arena, values, TEXT("reason"),
		arena_printf(call->arena, "%lld年度评价：%.*s。", (long long)evaluation->year, TEXT_ARGS(why)));
	return values;
}

typedef Error Step(Call *call, const Evaluation *evaluation, const EvaluationLine *line, Text *out_outcome);

static Error for_each(Call *call, const Evaluation *evaluation, Step *step)
{
	EvaluationLines lines;
	TRY(evaluation_lines(call, evaluation, &lines));
	for (size_t i = 0; i < lines.count; i++) {
		const EvaluationLine *line = &lines.at[i];
		Text outcome = line->outcome;
		if (line->left_out.length || line->decision == DECISION_APART) continue;
		TRY(step(call, evaluation, line, &outcome));
		TRY(evaluation_line_outcome(call, line->id, outcome));
	}
	return OK;
}

static Error enter_line(Call *call, const Evaluation *evaluation, const EvaluationLine *line, Text *out_outcome)
{
	bool done = true;
	if (renews(line->decision)) TRY(try_unit(call, line, "propose-renew", renewal_of(call, evaluation, line), &done));
	*out_outcome = done ? TEXT("entered") : TEXT("failed");
	return OK;
}

static Error take_back_line(Call *call, const Evaluation *evaluation, const EvaluationLine *line, Text *out_outcome)
{
	bool done;
	if (renews(line->decision) && text_is(line->outcome, TEXT("entered")))
		TRY(try_unit(call, line, "drop", measure_of(call, evaluation, line), &done));
	*out_outcome = TEXT("");
	return OK;
}

static Error carry_out_line(Call *call, const Evaluation *evaluation, const EvaluationLine *line, Text *out_outcome)
{
	bool done = text_is(line->outcome, TEXT("entered"));
	if (done && renews(line->decision)) TRY(try_unit(call, line, "renew", NULL, &done));
	if (done && (line->decision == DECISION_PROBATION || line->decision == DECISION_INACTIVE))
		TRY(try_unit(call, line, "warn", measure_of(call, evaluation, line), &done));
	if (done && line->decision == DECISION_SUSPEND) TRY(try_unit(call, line, "suspend", measure_of(call, evaluation, line), &done));
	*out_outcome = done ? TEXT("done") : TEXT("failed");
	return OK;
}

Error evaluation_enter(Call *call, const Evaluation *evaluation) { return for_each(call, evaluation, enter_line); }
Error evaluation_take_back(Call *call, const Evaluation *evaluation) { return for_each(call, evaluation, take_back_line); }
Error evaluation_carry_out(Call *call, const Evaluation *evaluation) { return for_each(call, evaluation, carry_out_line); }
