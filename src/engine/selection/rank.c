#include "engine/selection/score.h"

#include <stdlib.h>

static const char *const tags[] = { "below", "not-selected", "reserve", "shortlisted" };
const char *outcome_tag(Outcome outcome) { return tags[outcome]; }
const char *outcome_text(Outcome outcome)
{
	static const char *const texts[] = { N_("Below the line"), N_("Not selected"), N_("Reserve"), N_("Shortlisted") };
	return texts[outcome];
}

typedef struct Ranking {
	const Panel *panel;
	const Score *scores;
} Ranking;

static int compare_integers(int64_t a, int64_t b) { return (a > b) - (a < b); }

/* Negative: a is better. */
static int compare_key(const Ranking *ranking, const TieKey *key, size_t a, size_t b)
{
	const Score *x = &ranking->scores[a], *y = &ranking->scores[b];
	const Applicant *applicants = ranking->panel->applicants;
	switch (key->kind) {
	case TIE_CRITERION: return fraction_compare(y->criteria[key->criterion], x->criteria[key->criterion]);
	case TIE_MEDIAN: return fraction_compare(y->median, x->median);
	case TIE_TOP: return compare_integers(y->top, x->top);
	case TIE_CONTRIBUTION: return compare_integers(applicants[b].contribution, applicants[a].contribution);
	case TIE_LOT:
	default: return compare_integers(applicants[a].lot, applicants[b].lot);
	}
}

static int compare_tied(const Ranking *ranking, size_t a, size_t b, TieKind *out_decided_by)
{
	const Rubric *rubric = ranking->panel->rubric;
	for (size_t i = 0; i < rubric->tie_count; i++) {
		int order = compare_key(ranking, &rubric->ties[i], a, b);
		if (!order) continue;
		*out_decided_by = rubric->ties[i].kind;
		return order;
	}
	*out_decided_by = TIE_LOT;
	return compare_key(ranking, &(TieKey) { .kind = TIE_LOT }, a, b);
}

static bool is_below(const Score *score) { return score->below_threshold || score->below_must; }

static int compare_placings(const void *left, const void *right, void *context)
{
	const Ranking *ranking = context;
	size_t a = ((const Placing *)left)->applicant, b = ((const Placing *)right)->applicant;
	bool a_below = is_below(&ranking->scores[a]), b_below = is_below(&ranking->scores[b]);
	TieKind decided_by;
	if (a_below != b_below) return a_below ? 1 : -1;
	int order = fraction_compare(ranking->scores[b].total, ranking->scores[a].total);
	return order ? order : compare_tied(ranking, a, b, &decided_by);
}

static void give_places(const Ranking *ranking, const Quota *quota, Placing *placings)
{
	int64_t places = quota->places, reserve = quota->reserve, newcomers = quota->newcomers;
	for (size_t i = 0; i < ranking->panel->applicant_count; i++) {
		bool newcomer = ranking->panel->applicants[placings[i].applicant].newcomer;
		if (!placings[i].rank) continue;
		if (places && !(newcomer && newcomers == 0)) {
			placings[i].outcome = OUTCOME_SHORTLISTED;
			places--;
			newcomers -= newcomer && newcomers > 0;
		} else if (reserve) {
			placings[i].outcome = OUTCOME_RESERVE;
			reserve--;
		} else
			placings[i].outcome = OUTCOME_NOT_SELECTED;
	}
}

void panel_rank(const Panel *panel, const Score *scores, const Quota *quota, Placing *out)
{
	Ranking ranking = { panel, scores };
	for (size_t i = 0; i < panel->applicant_count; i++) out[i] = (Placing) { .applicant = i };
	if (panel->applicant_count > 1) qsort_r(out, panel->applicant_count, sizeof(*out), compare_placings, &ranking);
	for (size_t i = 0; i < panel->applicant_count; i++) {
		const Score *score = &scores[out[i].applicant];
		if (is_below(score)) break; /* those come last */
		out[i].rank = (int64_t)i + 1;
		out[i].tied = i && fraction_compare(score->total, scores[out[i - 1].applicant].total) == 0;
		if (out[i].tied) (void)compare_tied(&ranking, out[i - 1].applicant, out[i].applicant, &out[i].decided_by);
	}
	give_places(&ranking, quota, out);
}

static bool meets(const Panel *panel, const Score *score, const StarRule *rule)
{
	if (fraction_compare(score->total, (Fraction) { rule->total, 100 }) < 0) return false;
	for (size_t c = 0; c < panel->rubric->criterion_count; c++) {
		Fraction needed = { panel->rubric->criteria[c].maximum * rule->criterion_percent, 10000 };
		if (fraction_compare(score->criteria[c], needed) < 0) return false;
	}
	return true;
}

void panel_stars(const Panel *panel, const Score *scores, const Placing *placings, size_t count, const StarRule *rules, size_t rule_count,
	const bool *faultless, int64_t *out)
{
	int64_t given[STAR_RULES_MAX] = { 0 };
	must(rule_count <= STAR_RULES_MAX);
	for (size_t i = 0; i < count; i++) {
		size_t applicant = placings[i].applicant;
		out[i] = 0;
		if (placings[i].outcome != OUTCOME_SHORTLISTED) continue;
		for (size_t r = 0; r < rule_count && !out[i]; r++) {
			const StarRule *rule = &rules[r];
			if (!meets(panel, &scores[applicant], rule) || (rule->places && given[r] >= rule->places)) continue;
			if ((panel->applicants[applicant].newcomer && !rule->newcomers) || (rule->faultless && faultless && !faultless[i]))
				continue;
			given[r]++;
			out[i] = rule->stars;
		}
	}
}
