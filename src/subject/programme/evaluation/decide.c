/* What the rule proposes for a unit. Pure. */
#include "subject/programme/evaluation/evaluation.h"

static const struct {
	const char *tag, *text;
} decisions[DECISIONS] = {
	[DECISION_PROMOTE] = { "promote", N_("Renew with one star more") },
	[DECISION_KEEP] = { "keep", N_("Renew with the same stars") },
	[DECISION_PROBATION] = { "probation", N_("Renew, and put on probation: too few points for its stars") },
	[DECISION_INACTIVE] = { "inactive", N_("Renew, and put on probation: no contribution for twelve months") },
	[DECISION_DEMOTE] = { "demote", N_("Renew with one star less, after a probation") },
	[DECISION_LAPSE] = { "lapse", N_("Do not renew: too few points after a probation") },
	[DECISION_SUSPEND] = { "suspend", N_("Suspend: on probation, and no contribution for twelve months") },
	[DECISION_APART] = { "apart", N_("Decided apart: suspended, or a decision waits") },
};

const char *evaluation_decision_tag(EvaluationDecision decision) { return decisions[decision].tag; }
const char *evaluation_decision_text(EvaluationDecision decision) { return decisions[decision].text; }

EvaluationDecision evaluation_decide(const EvaluationCase *unit, int64_t *out_stars)
{
	bool is_below = unit->fall > 0 && unit->points < unit->fall;
	*out_stars = unit->stars;
	if (unit->is_suspended || unit->waits) return DECISION_APART;
	if (unit->is_inactive) return unit->on_probation ? DECISION_SUSPEND : DECISION_INACTIVE;
	if (is_below && !unit->on_probation) return DECISION_PROBATION;
	if (is_below && unit->stars <= 1) return DECISION_LAPSE;
	if (is_below) --*out_stars;
	if (is_below) return DECISION_DEMOTE;
	if (!unit->rise || unit->points < unit->rise || unit->on_probation || unit->has_review) return DECISION_KEEP;
	++*out_stars;
	return DECISION_PROMOTE;
}
