/* CVSS 3.0 and 3.1: FIRST's specifications, section 7 (8 in 3.0); they differ in the rounding up and in the modified impact. */
#include "engine/rating/rating_private.h"

enum Metric { AV, AC, PR, UI, S, C, I, A, E, RL, RC, CR, IR, AR, MAV, MAC, MPR, MUI, MS, MC, MI, MA, METRIC_COUNT };

#define UNDEFINED \
	{ \
		"X", N_("Not defined"), 1000 \
	}
#define ATTACK_VECTOR \
	{ "N", N_("Network"), 850 }, { "A", N_("Adjacent network"), 620 }, { "L", N_("Local"), 550 }, { "P", N_("Physical"), 200 }
#define COMPLEXITY \
	{ "L", N_("Low"), 770 }, { "H", N_("High"), 440 }
#define PRIVILEGES \
	{ "N", N_("None"), 850 }, { "L", N_("Low"), 620 }, { "H", N_("High"), 270 }
#define INTERACTION \
	{ "N", N_("None"), 850 }, { "R", N_("Required"), 620 }
#define SCOPE \
	{ "U", N_("Unchanged"), 0 }, { "C", N_("Changed"), 1 }
#define IMPACT \
	{ "N", N_("None"), 0 }, { "L", N_("Low"), 220 }, { "H", N_("High"), 560 }

static const RatingValue attack_vector[] = { ATTACK_VECTOR }, modified_attack_vector[] = { UNDEFINED, ATTACK_VECTOR };
static const RatingValue complexity[] = { COMPLEXITY }, modified_complexity[] = { UNDEFINED, COMPLEXITY };
static const RatingValue privileges[] = { PRIVILEGES }, modified_privileges[] = { UNDEFINED, PRIVILEGES };
static const RatingValue interaction[] = { INTERACTION }, modified_interaction[] = { UNDEFINED, INTERACTION };
static const RatingValue scope[] = { SCOPE }, modified_scope[] = { UNDEFINED, SCOPE };
static const RatingValue impact[] = { IMPACT }, modified_impact[] = { UNDEFINED, IMPACT };
static const RatingValue maturity[] = {
	UNDEFINED,
	{ "U", N_("Unproven"), 910 },
	{ "P", N_("Proof of concept"), 940 },
	{ "F", N_("Functional"), 970 },
	{ "H", N_("High"), 1000 },
};
static const RatingValue remediation[] = {
	UNDEFINED,
	{ "O", N_("Official fix"), 950 },
	{ "T", N_("Temporary fix"), 960 },
	{ "W", N_("Workaround"), 970 },
	{ "U", N_("Unavailable"), 1000 },
};
static const RatingValue confidence[] = { UNDEFINED, { "U", N_("Unknown"), 920 }, { "R", N_("Reasonable"), 960 },
	{ "C", N_("Confirmed"), 1000 } };
static const RatingValue requirement[] = { UNDEFINED, { "L", N_("Low"), 500 }, { "M", N_("Medium"), 1000 }, { "H", N_("High"), 1500 } };

#define METRIC(tag, text, group, values) \
	{ \
		tag, text, group, values, COUNT(values) \
	}
static const RatingMetric metrics[] = {
	[AV] = METRIC("AV", N_("Attack vector"), GROUP_BASE, attack_vector),
	[AC] = METRIC("AC", N_("Attack complexity"), GROUP_BASE, complexity),
	[PR] = METRIC("PR", N_("Privileges required"), GROUP_BASE, privileges),
	[UI] = METRIC("UI", N_("User interaction"), GROUP_BASE, interaction),
	[S] = METRIC("S", N_("Scope"), GROUP_BASE, scope),
	[C] = METRIC("C", N_("Confidentiality impact"), GROUP_BASE, impact),
	[I] = METRIC("I", N_("Integrity impact"), GROUP_BASE, impact),
	[A] = METRIC("A", N_("Availability impact"), GROUP_BASE, impact),
	[E] = METRIC("E", N_("Exploit code maturity"), GROUP_THREAT, maturity),
	[RL] = METRIC("RL", N_("Remediation level"), GROUP_THREAT, remediation),
	[RC] = METRIC("RC", N_("Report confidence"), GROUP_THREAT, confidence),
	[CR] = METRIC("CR", N_("Confidentiality requirement"), GROUP_ENVIRONMENTAL, requirement),
	[IR] = METRIC("IR", N_("Integrity requirement"), GROUP_ENVIRONMENTAL, requirement),
	[AR] = METRIC("AR", N_("Availability requirement"), GROUP_ENVIRONMENTAL, requirement),
	[MAV] = METRIC("MAV", N_("Modified attack vector"), GROUP_ENVIRONMENTAL, modified_attack_vector),
	[MAC] = METRIC("MAC", N_("Modified attack complexity"), GROUP_ENVIRONMENTAL, modified_complexity),
	[MPR] = METRIC("MPR", N_("Modified privileges required"), GROUP_ENVIRONMENTAL, modified_privileges),
	[MUI] = METRIC("MUI", N_("Modified user interaction"), GROUP_ENVIRONMENTAL, modified_interaction),
	[MS] = METRIC("MS", N_("Modified scope"), GROUP_ENVIRONMENTAL, modified_scope),
	[MC] = METRIC("MC", N_("Modified confidentiality impact"), GROUP_ENVIRONMENTAL, modified_impact),
	[MI] = METRIC("MI", N_("Modified integrity impact"), GROUP_ENVIRONMENTAL, modified_impact),
	[MA] = METRIC("MA", N_("Modified availability impact"), GROUP_ENVIRONMENTAL, modified_impact),
};
_Static_assert(COUNT(metrics) == METRIC_COUNT, "every metric has a row");

const RatingScheme cvss30_scheme = { CVSS_3_0, "cvss3.0", "CVSS 3.0", "CVSS:3.0/", metrics, COUNT(metrics) };
const RatingScheme cvss31_scheme = { CVSS_3_1, "cvss3.1", "CVSS 3.1", "CVSS:3.1/", metrics, COUNT(metrics) };

static Fixed weight(const Rating *rating, enum Metric metric) { return fixed_weight(rating_weight(rating, (int)metric)); }

/* The smallest tenth not below the value. 3.1 (Appendix A) looks at five decimals only, to keep noise of floating point away. */
static int round_up(const Rating *rating, Fixed value)
{
	if (rating->system == CVSS_3_0) return (int)((value * 10 + FIXED_ONE - 1) / FIXED_ONE);
	int64_t hundred_thousandths = (int64_t)((value * 100000 + FIXED_ONE / 2) / FIXED_ONE);
	return (int)((hundred_thousandths + 9999) / 10000);
}

static Fixed power(Fixed base, int exponent)
{
	Fixed product = FIXED_ONE;
	while (exponent-- > 0) product = fixed_times(product, base);
	return product;
}

/* The weights one score is made of: the base metrics, or what the modified ones leave of them. */
typedef struct Terms {
	Fixed attack_vector, complexity, privileges, interaction, impact; /* impact: ISS or MISS */
	bool changed, modified;
} Terms;

/* The modified metric where it is defined, else the base one. */
static Fixed effective(const Rating *rating, enum Metric modified, enum Metric base)
{
	return weight(rating, rating->values[modified] ? modified : base);
}

/* Privileges count for more when the scope changes (low .68, high .50). */
static Fixed privileges_of(int thousandths, bool changed)
{
	if (!changed || thousandths == 850) return fixed_weight(thousandths);
	return fixed_weight(thousandths == 620 ? 680 : 500);
}

static Terms base_terms(const Rating *rating)
{
	bool changed = rating_weight(rating, S) == 1;
	Fixed kept = fixed_times(fixed_times(FIXED_ONE - weight(rating, C), FIXED_ONE - weight(rating, I)), FIXED_ONE - weight(rating, A));
	return (Terms) { weight(rating, AV), weight(rating, AC), privileges_of(rating_weight(rating, PR), changed), weight(rating, UI),
		FIXED_ONE - kept, changed, false };
}

static Terms modified_terms(const Rating *rating)
{
	static const enum Metric requirements[] = { CR, IR, AR }, modified[] = { MC, MI, MA }, base[] = { C, I, A };
	bool changed = rating_weight(rating, rating->values[MS] ? MS : S) == 1;
	Fixed kept = FIXED_ONE;
	for (size_t i = 0; i < COUNT(base); i++)
		kept = fixed_times(kept, FIXED_ONE - fixed_times(weight(rating, requirements[i]), effective(rating, modified[i], base[i])));
	return (Terms) { effective(rating, MAV, AV), effective(rating, MAC, AC),
		privileges_of(rating_weight(rating, rating->values[MPR] ? MPR : PR), changed), effective(rating, MUI, UI),
		fixed_least(FIXED_ONE - kept, fixed_weight(915)), changed, true };
}

static Fixed impact_of(const Rating *rating, const Terms *terms)
{
	if (!terms->changed) return fixed_times(fixed_ratio(642, 100), terms->impact);
	bool scaled = terms->modified && rating->system == CVSS_3_1;
	Fixed inner = (scaled ? fixed_times(terms->impact, fixed_ratio(9731, 10000)) : terms->impact) - fixed_ratio(2, 100);
	return fixed_times(fixed_ratio(752, 100), terms->impact - fixed_ratio(29, 1000)) -
	       fixed_times(fixed_ratio(325, 100), power(inner, scaled ? 13 : 15));
}

static Fixed exploitability_of(const Terms *terms)
{
	Fixed attack = fixed_times(terms->attack_vector, terms->complexity);
	return fixed_times(fixed_ratio(822, 100), fixed_times(attack, fixed_times(terms->privileges, terms->interaction)));
}

static int terms_tenths(const Rating *rating, const Terms *terms)
{
	Fixed impact_score = impact_of(rating, terms);
	if (impact_score <= 0) return 0;
	Fixed sum = impact_score + exploitability_of(terms);
	if (terms->changed) sum = sum * 108 / 100;
	return round_up(rating, fixed_least(sum, 10 * FIXED_ONE));
}

static int temporal_tenths(const Rating *rating, int tenths)
{
	return round_up(rating, fixed_times(fixed_times(weight(rating, E), weight(rating, RL)), weight(rating, RC)) * tenths / 10);
}

void cvss3_score(Rating *rating)
{
	Terms terms = base_terms(rating);
	int score = terms_tenths(rating, &terms);
	rating_add(rating, "base", N_("Base score"), score);
	if (rating_speaks_of(rating, GROUP_THREAT)) {
		score = temporal_tenths(rating, score);
		rating_add(rating, "temporal", N_("Temporal score"), score);
	}
	if (rating_speaks_of(rating, GROUP_ENVIRONMENTAL)) {
		Terms modified = modified_terms(rating);
		score = temporal_tenths(rating, terms_tenths(rating, &modified));
		rating_add(rating, "environmental", N_("Environmental score"), score);
	}
	Fixed impact_score = impact_of(rating, &terms);
	rating_add_plain(rating, "impact", N_("Impact subscore"), impact_score > 0 ? fixed_round(impact_score) : 0);
	rating_add_plain(rating, "exploitability", N_("Exploitability subscore"), fixed_round(exploitability_of(&terms)));
	rating_decide(rating, score);
}
