/* CVSS 4.0: FIRST's specification, section 8: the score of the macrovector less the mean distance from its worst vector. */
#include "engine/rating/rating_private.h"

enum Metric {
	AV,
	AC,
	AT,
	PR,
	UI,
	VC,
	VI,
	VA,
	SC,
	SI,
	SA,
	E,
	CR,
	IR,
	AR,
	MAV,
	MAC,
	MAT,
	MPR,
	MUI,
	MVC,
	MVI,
	MVA,
	MSC,
	MSI,
	MSA,
	S,
	AU,
	R,
	V,
	RE,
	U,
	METRIC_COUNT
};

#define UNDEFINED \
	{ \
		"X", N_("Not defined"), 0 \
	}
#define ATTACK_VECTOR \
	{ "N", N_("Network"), 0 }, { "A", N_("Adjacent"), 1 }, { "L", N_("Local"), 2 }, { "P", N_("Physical"), 3 }
#define COMPLEXITY \
	{ "L", N_("Low"), 0 }, { "H", N_("High"), 1 }
#define REQUIREMENTS \
	{ "N", N_("None"), 0 }, { "P", N_("Present"), 1 }
#define PRIVILEGES \
	{ "N", N_("None"), 0 }, { "L", N_("Low"), 1 }, { "H", N_("High"), 2 }
#define INTERACTION \
	{ "N", N_("None"), 0 }, { "P", N_("Passive"), 1 }, { "A", N_("Active"), 2 }
#define VULNERABLE \
	{ "H", N_("High"), 0 }, { "L", N_("Low"), 1 }, { "N", N_("None"), 2 }
/* Safety is one step worse than high. */
#define SUBSEQUENT \
	{ "H", N_("High"), 1 }, { "L", N_("Low"), 2 }, { "N", N_("None"), 3 }

static const RatingValue attack_vector[] = { ATTACK_VECTOR }, modified_attack_vector[] = { UNDEFINED, ATTACK_VECTOR };
static const RatingValue complexity[] = { COMPLEXITY }, modified_complexity[] = { UNDEFINED, COMPLEXITY };
static const RatingValue requirements[] = { REQUIREMENTS }, modified_requirements[] = { UNDEFINED, REQUIREMENTS };
static const RatingValue privileges[] = { PRIVILEGES }, modified_privileges[] = { UNDEFINED, PRIVILEGES };
static const RatingValue interaction[] = { INTERACTION }, modified_interaction[] = { UNDEFINED, INTERACTION };
static const RatingValue vulnerable[] = { VULNERABLE }, modified_vulnerable[] = { UNDEFINED, VULNERABLE };
static const RatingValue subsequent[] = { SUBSEQUENT }, modified_subsequent[] = { UNDEFINED, SUBSEQUENT };
static const RatingValue modified_safety[] = { UNDEFINED, { "S", N_("Safety"), 0 }, SUBSEQUENT };
static const RatingValue maturity[] = { UNDEFINED, { "A", N_("Attacked"), 0 }, { "P", N_("Proof of concept"), 1 },
	{ "U", N_("Unreported"), 2 } };
static const RatingValue demand[] = { UNDEFINED, { "H", N_("High"), 0 }, { "M", N_("Medium"), 1 }, { "L", N_("Low"), 2 } };
static const RatingValue safety[] = { UNDEFINED, { "N", N_("Negligible"), 0 }, { "P", N_("Present"), 0 } };
static const RatingValue automatable[] = { UNDEFINED, { "N", N_("No"), 0 }, { "Y", N_("Yes"), 0 } };
static const RatingValue recovery[] = { UNDEFINED, { "A", N_("Automatic"), 0 }, { "U", N_("By users"), 0 },
	{ "I", N_("Irrecoverable"), 0 } };
static const RatingValue density[] = { UNDEFINED, { "D", N_("Diffuse"), 0 }, { "C", N_("Concentrated"), 0 } };
static const RatingValue effort[] = { UNDEFINED, { "L", N_("Low"), 0 }, { "M", N_("Moderate"), 0 }, { "H", N_("High"), 0 } };
static const RatingValue urgency[] = {
	UNDEFINED,
	{ "Clear", N_("Clear"), 0 },
	{ "Green", N_("Green"), 0 },
	{ "Amber", N_("Amber"), 0 },
	{ "Red", N_("Red"), 0 },
};

#define METRIC(tag, text, group, values) \
	{ \
		tag, text, group, values, COUNT(values) \
	}
static const RatingMetric metrics[] = {
	[AV] = METRIC("AV", N_("Attack vector"), GROUP_BASE, attack_vector),
	[AC] = METRIC("AC", N_("Attack complexity"), GROUP_BASE, complexity),
	[AT] = METRIC("AT", N_("Attack requirements"), GROUP_BASE, requirements),
	[PR] = METRIC("PR", N_("Privileges required"), GROUP_BASE, privileges),
	[UI] = METRIC("UI", N_("User interaction"), GROUP_BASE, interaction),
	[VC] = METRIC("VC", N_("Confidentiality of the vulnerable system"), GROUP_BASE, vulnerable),
	[VI] = METRIC("VI", N_("Integrity of the vulnerable system"), GROUP_BASE, vulnerable),
	[VA] = METRIC("VA", N_("Availability of the vulnerable system"), GROUP_BASE, vulnerable),
	[SC] = METRIC("SC", N_("Confidentiality of subsequent systems"), GROUP_BASE, subsequent),
	[SI] = METRIC("SI", N_("Integrity of subsequent systems"), GROUP_BASE, subsequent),
	[SA] = METRIC("SA", N_("Availability of subsequent systems"), GROUP_BASE, subsequent),
	[E] = METRIC("E", N_("Exploit maturity"), GROUP_THREAT, maturity),
	[CR] = METRIC("CR", N_("Confidentiality requirement"), GROUP_ENVIRONMENTAL, demand),
	[IR] = METRIC("IR", N_("Integrity requirement"), GROUP_ENVIRONMENTAL, demand),
	[AR] = METRIC("AR", N_("Availability requirement"), GROUP_ENVIRONMENTAL, demand),
	[MAV] = METRIC("MAV", N_("Modified attack vector"), GROUP_ENVIRONMENTAL, modified_attack_vector),
	[MAC] = METRIC("MAC", N_("Modified attack complexity"), GROUP_ENVIRONMENTAL, modified_complexity),
	[MAT] = METRIC("MAT", N_("Modified attack requirements"), GROUP_ENVIRONMENTAL, modified_requirements),
	[MPR] = METRIC("MPR", N_("Modified privileges required"), GROUP_ENVIRONMENTAL, modified_privileges),
	[MUI] = METRIC("MUI", N_("Modified user interaction"), GROUP_ENVIRONMENTAL, modified_interaction),
	[MVC] = METRIC("MVC", N_("Modified confidentiality of the vulnerable system"), GROUP_ENVIRONMENTAL, modified_vulnerable),
	[MVI] = METRIC("MVI", N_("Modified integrity of the vulnerable system"), GROUP_ENVIRONMENTAL, modified_vulnerable),
	[MVA] = METRIC("MVA", N_("Modified availability of the vulnerable system"), GROUP_ENVIRONMENTAL, modified_vulnerable),
	[MSC] = METRIC("MSC", N_("Modified confidentiality of subsequent systems"), GROUP_ENVIRONMENTAL, modified_subsequent),
	[MSI] = METRIC("MSI", N_("Modified integrity of subsequent systems"), GROUP_ENVIRONMENTAL, modified_safety),
	[MSA] = METRIC("MSA", N_("Modified availability of subsequent systems"), GROUP_ENVIRONMENTAL, modified_safety),
	[S] = METRIC("S", N_("Safety"), GROUP_SUPPLEMENTAL, safety),
	[AU] = METRIC("AU", N_("Automatable"), GROUP_SUPPLEMENTAL, automatable),
	[R] = METRIC("R", N_("Recovery"), GROUP_SUPPLEMENTAL, recovery),
	[V] = METRIC("V", N_("Value density"), GROUP_SUPPLEMENTAL, density),
	[RE] = METRIC("RE", N_("Response effort"), GROUP_SUPPLEMENTAL, effort),
	[U] = METRIC("U", N_("Provider urgency"), GROUP_SUPPLEMENTAL, urgency),
};
_Static_assert(COUNT(metrics) == METRIC_COUNT && COUNT(metrics) <= RATING_METRICS_MAX, "every metric has a row");

const RatingScheme cvss4_scheme = { CVSS_4_0, "cvss4.0", "CVSS 4.0", "CVSS:4.0/", metrics, COUNT(metrics) };

/* Tenths of each macrovector: [EQ1][EQ2][EQ3 and EQ6: 00, 01, 10, 11, 21][EQ4][EQ5]. */
static const uint8_t macrovectors[3][2][5][3][3] = {
	{
		{
			{ { 100, 98, 95 }, { 100, 93, 91 }, { 93, 89, 81 } },
			{ { 99, 95, 92 }, { 96, 87, 81 }, { 90, 80, 68 } },
			{ { 98, 95, 90 }, { 93, 89, 81 }, { 88, 78, 69 } },
			{ { 95, 92, 84 }, { 92, 81, 65 }, { 80, 70, 48 } },
			{ { 92, 82, 72 }, { 79, 69, 50 }, { 69, 55, 27 } },
		},
		{
			{ { 99, 95, 92 }, { 95, 90, 84 }, { 92, 82, 72 } },
			{ { 97, 92, 85 }, { 91, 83, 71 }, { 81, 71, 53 } },
			{ { 95, 92, 85 }, { 92, 80, 70 }, { 84, 71, 50 } },
			{ { 93, 85, 73 }, { 82, 72, 59 }, { 70, 52, 30 } },
			{ { 86, 75, 52 }, { 71, 52, 29 }, { 63, 29, 17 } },
		},
	},
	{
		{
			{ { 98, 94, 91 }, { 94, 86, 77 }, { 87, 74, 63 } },
			{ { 95, 87, 81 }, { 89, 74, 64 }, { 75, 63, 49 } },
			{ { 94, 88, 76 }, { 86, 74, 59 }, { 72, 57, 52 } },
			{ { 89, 77, 67 }, { 76, 58, 50 }, { 57, 52, 25 } },
			{ { 83, 70, 54 }, { 65, 58, 26 }, { 53, 21, 13 } },
		},
		{
			{ { 95, 88, 76 }, { 90, 75, 61 }, { 77, 68, 52 } },
			{ { 90, 76, 70 }, { 77, 62, 53 }, { 66, 59, 30 } },
			{ { 89, 76, 62 }, { 74, 57, 47 }, { 61, 57, 24 } },
			{ { 78, 67, 58 }, { 59, 57, 23 }, { 52, 29, 16 } },
			{ { 71, 59, 30 }, { 58, 26, 15 }, { 23, 13, 6 } },
		},
	},
	{
		{
			{ { 93, 86, 75 }, { 86, 74, 56 }, { 70, 52, 40 } },
			{ { 87, 72, 58 }, { 74, 61, 34 }, { 54, 40, 22 } },
			{ { 85, 74, 62 }, { 72, 55, 46 }, { 53, 34, 19 } },
			{ { 75, 55, 51 }, { 57, 41, 19 }, { 36, 19, 8 } },
			{ { 64, 51, 20 }, { 47, 21, 11 }, { 24, 9, 4 } },
		},
		{
			{ { 88, 73, 60 }, { 73, 59, 41 }, { 54, 45, 20 } },
			{ { 75, 53, 50 }, { 55, 40, 20 }, { 43, 22, 11 } },
			{ { 75, 58, 40 }, { 61, 48, 20 }, { 46, 17, 8 } },
			{ { 55, 45, 21 }, { 51, 18, 9 }, { 18, 7, 2 } },
			{ { 53, 24, 14 }, { 24, 12, 5 }, { 10, 3, 1 } },
		},
	},
};

/* What is scored: every metric after "modified" and "not defined" are resolved, as steps below the worst value. */
typedef struct Steps {
	int of[AR + 1];
} Steps;

/* The highest vectors of a level of one or two equivalence sets, over some metrics; the first one that is nowhere better applies. */
enum { SET_METRICS = 6, SET_VECTORS = 5 };
typedef struct WorstVectors {
	int depth; /* steps from the worst vector to the end of the level */
	int count;
	uint8_t steps[SET_VECTORS][SET_METRICS];
} WorstVectors;

static const uint8_t eq1_metrics[] = { AV, PR, UI }, eq2_metrics[] = { AC, AT }, eq36_metrics[] = { VC, VI, VA, CR, IR, AR },
		     eq4_metrics[] = { SC, SI, SA };
static const WorstVectors eq1_worst[] = {
	{ 1, 1, { { 0, 0, 0 } } },
	{ 4, 3, { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } } },
	{ 5, 2, { { 3, 0, 0 }, { 1, 1, 1 } } },
};
static const WorstVectors eq2_worst[] = { { 1, 1, { { 0, 0 } } }, { 2, 2, { { 1, 0 }, { 0, 1 } } } };
static const WorstVectors eq36_worst[] = {
	{ 7, 1, { { 0, 0, 0, 0, 0, 0 } } },
	{ 6, 2, { { 0, 0, 1, 1, 1, 0 }, { 0, 0, 0, 1, 1, 1 } } },
	{ 8, 2, { { 1, 0, 0, 0, 0, 0 }, { 0, 1, 0, 0, 0, 0 } } },
	{ 8, 5, { { 1, 0, 1, 0, 1, 0 }, { 1, 0, 0, 0, 1, 1 }, { 0, 1, 0, 1, 0, 1 }, { 0, 1, 1, 1, 0, 0 }, { 1, 1, 0, 0, 0, 1 } } },
	{ 10, 1, { { 1, 1, 1, 0, 0, 0 } } },
};
static const WorstVectors eq4_worst[] = { { 6, 1, { { 1, 0, 0 } } }, { 5, 1, { { 1, 1, 1 } } }, { 4, 1, { { 2, 2, 2 } } } };

/* Levels of the equivalence sets; three and six are one, for they depend on each other. */
typedef struct Macrovector {
	int eq1, eq2, eq36, eq4, eq5;
} Macrovector;

static int eq1_level(const Steps *steps)
{
	bool network = steps->of[AV] == 0, nobody = steps->of[PR] == 0, alone = steps->of[UI] == 0;
	if (network && nobody && alone) return 0;
	return (network || nobody || alone) && steps->of[AV] != 3 ? 1 : 2;
}

static int eq36_level(const Steps *steps)
{
	bool confidentiality = steps->of[VC] == 0, integrity = steps->of[VI] == 0, availability = steps->of[VA] == 0;
	bool wanted = (confidentiality && steps->of[CR] == 0) || (integrity && steps->of[IR] == 0) || (availability && steps->of[AR] == 0);
	int eq3 = confidentiality && integrity ? 0 : confidentiality || integrity || availability ? 1 : 2;
	return eq3 == 2 ? 4 : eq3 * 2 + !wanted;
}

static int eq4_level(const Steps *steps)
{
	if (steps->of[SI] == 0 || steps->of[SA] == 0) return 0;
	return steps->of[SC] == 1 || steps->of[SI] == 1 || steps->of[SA] == 1 ? 1 : 2;
}

static int macrovector_tenths(Macrovector at) { return macrovectors[at.eq1][at.eq2][at.eq36][at.eq4][at.eq5]; }

/* Steps from the first worst vector that the scored one is nowhere above. */
static int steps_below(const Steps *steps, const WorstVectors *worst, const uint8_t *set, size_t set_count)
{
	for (int i = 0; i < worst->count; i++) {
		int sum = 0;
		bool below = true;
		for (size_t j = 0; j < set_count; j++) {
			int distance = steps->of[set[j]] - worst->steps[i][j];
			below &= distance >= 0;
			sum += distance;
		}
		if (below) return sum;
	}
	must_failed("every vector lies below a worst one of its macrovector", __FILE__, __LINE__);
}

/* The best score among the macrovectors one level lower in EQ3 and EQ6; -1: there is none. */
static int eq36_lower_tenths(Macrovector at)
{
	static const int lower[5][2] = { { 1, 2 }, { 3, 3 }, { 3, 3 }, { 4, 4 }, { -1, -1 } };
	int best = -1;
	for (size_t i = 0; i < 2; i++) {
		if (lower[at.eq36][i] < 0) continue;
		Macrovector next = at;
		next.eq36 = lower[at.eq36][i];
		int tenths = macrovector_tenths(next);
		if (tenths > best) best = tenths;
	}
	return best;
}

/* The proportional distances of all sets that have a lower level, as one fraction: exact, rounded once at the end. */
typedef struct Distance {
	int64_t sum; /* in 1 / DEPTHS of a tenth */
	int count;
} Distance;
enum { DEPTHS = 840 }; /* a multiple of every depth */

static void distance_add(Distance *distance, int here_tenths, int lower_tenths, int steps, int depth)
{
	distance->sum += (int64_t)(here_tenths - lower_tenths) * steps * (DEPTHS / depth);
	distance->count++;
}

static int steps_tenths(const Steps *steps)
{
	static const uint8_t impacts[] = { VC, VI, VA };
	bool harmless = true;
	for (size_t i = 0; i < COUNT(impacts); i++) harmless &= steps->of[impacts[i]] == 2 && steps->of[eq4_metrics[i]] == 3;
	if (harmless) return 0;
	Macrovector at = { eq1_level(steps), steps->of[AC] + steps->of[AT] > 0, eq36_level(steps), eq4_level(steps), steps->of[E] }, next;
	int here = macrovector_tenths(at), lower = eq36_lower_tenths(at);
	Distance distance = { 0 };
	next = at, next.eq1++;
	if (at.eq1 < 2)
		distance_add(&distance, here, macrovector_tenths(next), steps_below(steps, &eq1_worst[at.eq1], eq1_metrics, 3),
			eq1_worst[at.eq1].depth);
	next = at, next.eq2++;
	if (at.eq2 < 1)
		distance_add(&distance, here, macrovector_tenths(next), steps_below(steps, &eq2_worst[at.eq2], eq2_metrics, 2),
			eq2_worst[at.eq2].depth);
	if (lower >= 0)
		distance_add(&distance, here, lower, steps_below(steps, &eq36_worst[at.eq36], eq36_metrics, 6), eq36_worst[at.eq36].depth);
	next = at, next.eq4++;
	if (at.eq4 < 2)
		distance_add(&distance, here, macrovector_tenths(next), steps_below(steps, &eq4_worst[at.eq4], eq4_metrics, 3),
			eq4_worst[at.eq4].depth);
	if (at.eq5 < 2) distance.count++; /* no metric lies inside a level of EQ5: distance 0 */
	if (!distance.count) return here;
	int64_t scale = (int64_t)DEPTHS * distance.count, exact = here * scale - distance.sum;
	return exact <= 0 ? 0 : (int)((2 * exact + scale) / (2 * scale));
}

/* Not defined means the worst case: attacked, high requirements. */
static Steps steps_of(const Rating *rating, bool with_threat, bool with_environment)
{
	Steps steps = { 0 };
	for (int i = AV; i <= SA; i++) {
		int modified = MAV + (i - AV);
		steps.of[i] = rating_weight(rating, with_environment && rating->values[modified] ? modified : i);
	}
	if (with_threat) steps.of[E] = rating_weight(rating, E);
	for (int i = CR; with_environment && i <= AR; i++) steps.of[i] = rating_weight(rating, i);
	return steps;
}

static int partial_tenths(const Rating *rating, bool with_threat, bool with_environment)
{
	Steps steps = steps_of(rating, with_threat, with_environment);
	return steps_tenths(&steps);
}

void cvss4_score(Rating *rating)
{
	bool threat = rating_speaks_of(rating, GROUP_THREAT), environment = rating_speaks_of(rating, GROUP_ENVIRONMENTAL);
	rating_add(rating, "base", N_("Base score (CVSS-B)"), partial_tenths(rating, false, false));
	if (threat) rating_add(rating, "threat", N_("Threat score (CVSS-BT)"), partial_tenths(rating, true, false));
	if (environment) rating_add(rating, "environmental", N_("Environmental score (CVSS-BE)"), partial_tenths(rating, false, true));
	if (threat && environment) rating_add(rating, "overall", N_("Overall score (CVSS-BTE)"), partial_tenths(rating, true, true));
	rating_decide(rating, partial_tenths(rating, threat, environment));
}
