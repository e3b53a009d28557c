/*
 * evaluation: the yearly evaluation of support units, which is their renewal. For a year the points rule proposes for each unit what becomes of its
 * stars: up one where the year's points reach the next star and nothing is open, on probation below what the present one needs, down one after a
 * probation. One secretary opens and proposes the list, another confirms it; then every unit's own machine does it.
 */
#pragma once
#include "people/org/org.h"
#include "work/form/form.h"
#include "work/workflow/workflow.h"

struct RouteTable;
extern const struct RouteTable evaluation_routes, evaluation_public_routes;
extern const Machine evaluation_machine;
const Form *evaluation_action_form(const char *name);

typedef enum EvaluationDecision {
	DECISION_PROMOTE, /* renewed with one star more */
	DECISION_KEEP, /* renewed */
	DECISION_PROBATION, /* renewed, and put on probation: too few points for its stars */
	DECISION_INACTIVE, /* the same: no contribution for twelve months */
	DECISION_DEMOTE, /* renewed with one star less, after a probation */
	DECISION_LAPSE, /* not renewed: too few points for its only star, after a probation */
	DECISION_SUSPEND, /* no contribution for twelve months, and on probation already */
	DECISION_APART, /* suspended, or a decision about it waits: nothing is done here */
	DECISIONS
} EvaluationDecision;
const char *evaluation_decision_tag(EvaluationDecision decision);
const char *evaluation_decision_text(EvaluationDecision decision); /* English source text */

/* What the rule looks at; pure. rise 0: there is no higher star; fall 0: the present one asks for nothing. */
typedef struct EvaluationCase {
	int64_t points, stars, rise, fall;
	bool is_inactive, on_probation, is_suspended, waits, has_review;
} EvaluationCase;
EvaluationDecision evaluation_decide(const EvaluationCase *unit, int64_t *out_stars);

typedef struct EvaluationLine {
	int64_t id, points, last_at, stars_before, stars_after; /* last_at 0: no contribution ever */
	Text unit, direction, left_out, outcome; /* left_out: why nothing is done here; may be empty. outcome: "" entered done failed */
	EvaluationDecision decision;
	Organisation organisation;
} EvaluationLine;
typedef LIST_OF(EvaluationLine) EvaluationLines;
typedef struct Evaluation {
	int64_t id, revision, seal_key, year, rule, opened_by, proposed_by, updated_at; /* rule: version of the points rule */
	Text ref, state;
	const Map *values; /* of the proposal: document, document_on, until_on */
} Evaluation;
typedef LIST_OF(Evaluation) Evaluations;

/* ---- For secretaries, and supervisors to read, with second factor. NOT_FOUND: hidden or absent. */
must_use Error evaluation_open(Call *call, Text ref, Evaluation *out);
must_use Error evaluation_list(Call *call, Evaluations *out); /* newest first */
must_use Error evaluation_lines(Call *call, const Evaluation *evaluation, EvaluationLines *out);
/* By a secretary. INVALID: year: it has more than two months left, or there is one for it. */
must_use Error evaluation_begin(Call *call, Text year, Text *out_ref);
/* Of a list that is not proposed yet: nothing is done for this unit, with the reason; an empty reason takes it in again. INVALID: unit. */
must_use Error evaluation_leave_out(Call *call, Text ref, Text unit, Text reason);
must_use Error evaluation_act(Call *call, Text ref, Text action, int64_t revision, const Map *values);
void evaluation_matter(Call *call, const Evaluation *evaluation, Matter *out);
/* ---- For everybody: confirmed ones. NOT_FOUND: none of this year. */
must_use Error evaluation_of_year(Call *call, int64_t year, Evaluation *out);
must_use Error evaluation_published(Call *call, Evaluations *out); /* newest first */
