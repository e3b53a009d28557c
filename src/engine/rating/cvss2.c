/* CVSS 2.0: "A Complete Guide to the Common Vulnerability Scoring System Version 2.0", section 3.2. */
#include "engine/rating/rating_private.h"

enum Metric { AV, AC, AU, C, I, A, E, RL, RC, CDP, TD, CR, IR, AR, METRIC_COUNT };

static const RatingValue access_vector[] = { { "L", N_("Local"), 395 }, { "A", N_("Adjacent network"), 646 },
	{ "N", N_("Network"), 1000 } };
static const RatingValue access_complexity[] = { { "H", N_("High"), 350 }, { "M", N_("Medium"), 610 }, { "L", N_("Low"), 710 } };
static const RatingValue authentication[] = { { "M", N_("Multiple"), 450 }, { "S", N_("Single"), 560 }, { "N", N_("None"), 704 } };
static const RatingValue impact[] = { { "N", N_("None"), 0 }, { "P", N_("Partial"), 275 }, { "C", N_("Complete"), 660 } };
static const RatingValue exploitability[] = {
	{ "ND", N_("Not defined"), 1000 },
	{ "U", N_("Unproven"), 850 },
	{ "POC", N_("Proof of concept"), 900 },
	{ "F", N_("Functional"), 950 },
	{ "H", N_("High"), 1000 },
};
static const RatingValue remediation_level[] = {
	{ "ND", N_("Not defined"), 1000 },
	{ "OF", N_("Official fix"), 870 },
	{ "TF", N_("Temporary fix"), 900 },
	{ "W", N_("Workaround"), 950 },
	{ "U", N_("Unavailable"), 1000 },
};
static const RatingValue report_confidence[] = {
	{ "ND", N_("Not defined"), 1000 },
	{ "UC", N_("Unconfirmed"), 900 },
	{ "UR", N_("Uncorroborated"), 950 },
	{ "C", N_("Confirmed"), 1000 },
};
static const RatingValue collateral_damage[] = {
	{ "ND", N_("Not defined"), 0 },
	{ "N", N_("None"), 0 },
	{ "L", N_("Low"), 100 },
	{ "LM", N_("Low to medium"), 300 },
	{ "MH", N_("Medium to high"), 400 },
	{ "H", N_("High"), 500 },
};
static const RatingValue target_distribution[] = {
	{ "ND", N_("Not defined"), 1000 },
	{ "N", N_("None"), 0 },
	{ "L", N_("Low"), 250 },
	{ "M", N_("Medium"), 750 },
	{ "H", N_("High"), 1000 },
};
static const RatingValue requirement[] = {
	{ "ND", N_("Not defined"), 1000 },
	{ "L", N_("Low"), 500 },
	{ "M", N_("Medium"), 1000 },
	{ "H", N_("High"), 1510 },
};

#define METRIC(tag, text, group, values) \
	{ \
		tag, text, group, values, COUNT(values) \
	}
static const RatingMetric metrics[] = {
	[AV] = METRIC("AV", N_("Access vector"), GROUP_BASE, access_vector),
	[AC] = METRIC("AC", N_("Access complexity"), GROUP_BASE, access_complexity),
	[AU] = METRIC("Au", N_("Authentication"), GROUP_BASE, authentication),
	[C] = METRIC("C", N_("Confidentiality impact"), GROUP_BASE, impact),
	[I] = METRIC("I", N_("Integrity impact"), GROUP_BASE, impact),
	[A] = METRIC("A", N_("Availability impact"), GROUP_BASE, impact),
	[E] = METRIC("E", N_("Exploitability"), GROUP_THREAT, exploitability),
	[RL] = METRIC("RL", N_("Remediation level"), GROUP_THREAT, remediation_level),
	[RC] = METRIC("RC", N_("Report confidence"), GROUP_THREAT, report_confidence),
	[CDP] = METRIC("CDP", N_("Collateral damage potential"), GROUP_ENVIRONMENTAL, collateral_damage),
	[TD] = METRIC("TD", N_("Target distribution"), GROUP_ENVIRONMENTAL, target_distribution),
	[CR] = METRIC("CR", N_("Confidentiality requirement"), GROUP_ENVIRONMENTAL, requirement),
	[IR] = METRIC("IR", N_("Integrity requirement"), GROUP_ENVIRONMENTAL, requirement),
	[AR] = METRIC("AR", N_("Availability requirement"), GROUP_ENVIRONMENTAL, requirement),
};
_Static_assert(COUNT(metrics) == METRIC_COUNT, "every metric has a row");

const RatingScheme cvss2_scheme = { CVSS_2_0, "cvss2.0", "CVSS 2.0", "", metrics, COUNT(metrics) };

static Fixed weight(const Rating *rating, enum Metric metric) { return fixed_weight(rating_weight(rating, (int)metric)); }

/* 10.41 × (1 − (1 − C)(1 − I)(1 − A)), each impact times its requirement. */
static Fixed impact_of(Fixed confidentiality, Fixed integrity, Fixed availability)
{
	Fixed kept = fixed_times(fixed_times(FIXED_ONE - confidentiality, FIXED_ONE - integrity), FIXED_ONE - availability);
	return fixed_times(fixed_ratio(1041, 100), FIXED_ONE - kept);
}

static Fixed exploitability_of(const Rating *rating)
{
	return 20 * fixed_times(fixed_times(weight(rating, AV), weight(rating, AC)), weight(rating, AU));
}

static int base_tenths(const Rating *rating, Fixed impact_score)
{
	if (impact_score == 0) return 0;
	Fixed sum = impact_score * 6 / 10 + exploitability_of(rating) * 4 / 10 - fixed_ratio(3, 2);
	return fixed_round(fixed_times(sum, fixed_ratio(1176, 1000)));
}

static int temporal_tenths(const Rating *rating, int base)
{
	return fixed_round(fixed_times(fixed_times(weight(rating, E), weight(rating, RL)), weight(rating, RC)) * base / 10);
}

static int environmental_tenths(const Rating *rating)
{
	Fixed adjusted = impact_of(fixed_times(weight(rating, C), weight(rating, CR)), fixed_times(weight(rating, I), weight(rating, IR)),
		fixed_times(weight(rating, A), weight(rating, AR)));
	int temporal = temporal_tenths(rating, base_tenths(rating, fixed_least(adjusted, 10 * FIXED_ONE)));
	Fixed damaged = fixed_ratio(temporal, 10) + weight(rating, CDP) * (100 - temporal) / 10;
	return fixed_round(fixed_times(damaged, weight(rating, TD)));
}

void cvss2_score(Rating *rating)
{
	Fixed impact_score = impact_of(weight(rating, C), weight(rating, I), weight(rating, A));
	int score = base_tenths(rating, impact_score);
	rating_add(rating, "base", N_("Base score"), score);
	if (rating_speaks_of(rating, GROUP_THREAT)) {
		score = temporal_tenths(rating, score);
		rating_add(rating, "temporal", N_("Temporal score"), score);
	}
	if (rating_speaks_of(rating, GROUP_ENVIRONMENTAL)) {
		score = environmental_tenths(rating);
		rating_add(rating, "environmental", N_("Environmental score"), score);
	}
	rating_add_plain(rating, "impact", N_("Impact subscore"), fixed_round(impact_score));
	rating_add_plain(rating, "exploitability", N_("Exploitability subscore"), fixed_round(exploitability_of(rating)));
	rating_decide(rating, score);
}
