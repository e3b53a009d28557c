/* GB/T 30279-2020, chapter 6 and annexes A to E: levels by tables. */
#include "engine/rating/rating_private.h"

enum Metric { AV, AC, PR, UI, C, I, A, E, RL, S, METRIC_COUNT };

static const RatingValue access_path[] = { { "N", N_("Network"), 0 }, { "A", N_("Adjacent"), 1 }, { "L", N_("Local"), 2 },
	{ "P", N_("Physical"), 3 } };
static const RatingValue trigger[] = { { "L", N_("Low"), 0 }, { "H", N_("High"), 1 } };
static const RatingValue privileges[] = { { "N", N_("None"), 0 }, { "L", N_("Low"), 1 }, { "H", N_("High"), 2 } };
static const RatingValue interaction[] = { { "N", N_("Not required"), 0 }, { "R", N_("Required"), 1 } };
static const RatingValue impact[] = { { "H", N_("Serious"), 2 }, { "L", N_("Limited"), 1 }, { "N", N_("None"), 0 } };
static const RatingValue cost[] = { { "L", N_("Low"), 0 }, { "M", N_("Medium"), 1 }, { "H", N_("High"), 2 } };
static const RatingValue difficulty[] = { { "H", N_("High"), 0 }, { "M", N_("Medium"), 1 }, { "L", N_("Low"), 2 } };
static const RatingValue extent[] = { { "H", N_("High"), 0 }, { "M", N_("Medium"), 1 }, { "L", N_("Low"), 2 } };

#define METRIC(tag, text, group, values) \
	{ \
		tag, text, group, values, COUNT(values) \
	}
static const RatingMetric metrics[] = {
	[AV] = METRIC("AV", N_("Access path"), GROUP_BASE, access_path),
	[AC] = METRIC("AC", N_("Trigger requirements"), GROUP_BASE, trigger),
	[PR] = METRIC("PR", N_("Privileges needed"), GROUP_BASE, privileges),
	[UI] = METRIC("UI", N_("Interaction"), GROUP_BASE, interaction),
	[C] = METRIC("C", N_("Confidentiality"), GROUP_BASE, impact),
	[I] = METRIC("I", N_("Integrity"), GROUP_BASE, impact),
	[A] = METRIC("A", N_("Availability"), GROUP_BASE, impact),
	[E] = METRIC("E", N_("Cost of exploitation"), GROUP_ENVIRONMENTAL, cost),
	[RL] = METRIC("RL", N_("Difficulty of repair"), GROUP_ENVIRONMENTAL, difficulty),
	[S] = METRIC("S", N_("Extent of impact"), GROUP_ENVIRONMENTAL, extent),
};
_Static_assert(COUNT(metrics) == METRIC_COUNT, "every metric has a row");

const RatingScheme gbt30279_scheme = { GBT_30279, "gbt30279", "GB/T 30279-2020", "CNVRS:1.0/", metrics, COUNT(metrics) };

/* Annex A: [access path][trigger][privileges × 2 + interaction]. */
static const uint8_t exploitability[4][2][6] = {
	{ { 9, 8, 8, 7, 7, 3 }, { 8, 5, 5, 4, 3, 2 } },
	{ { 8, 6, 7, 5, 3, 3 }, { 5, 4, 4, 2, 2, 1 } },
	{ { 8, 6, 6, 4, 2, 2 }, { 4, 2, 3, 1, 2, 1 } },
	{ { 2, 2, 2, 1, 1, 1 }, { 1, 1, 1, 1, 1, 1 } },
};

/* Annex B: [how many are serious][how many are limited]; 0: no such row. */
static const uint8_t impact_grades[4][4] = { { 0, 1, 2, 3 }, { 4, 5, 6, 0 }, { 7, 8, 0, 0 }, { 9, 0, 0, 0 } };

/* Annex C: [extent][cost][difficulty]. */
static const uint8_t environment[3][3][3] = {
	{ { 9, 8, 7 }, { 8, 7, 6 }, { 7, 6, 5 } },
	{ { 8, 7, 6 }, { 7, 6, 5 }, { 6, 5, 4 } },
	{ { 5, 4, 3 }, { 4, 3, 2 }, { 3, 2, 1 } },
};

#define N LEVEL_NONE
#define L LEVEL_LOW
#define M LEVEL_MEDIUM
#define H LEVEL_HIGH
#define X LEVEL_CRITICAL
/* Annex D: [exploitability][impact], both 1 to 9. */
static const uint8_t technical[10][10] = {
	[1] = { N, L, L, L, L, M, M, M, M, M },
	[2] = { N, L, L, L, M, M, M, M, M, H },
	[3] = { N, L, M, M, M, M, M, M, M, H },
	[4] = { N, L, M, M, M, M, M, M, M, H },
	[5] = { N, L, M, M, M, M, M, M, H, H },
	[6] = { N, L, M, M, M, M, M, H, H, H },
	[7] = { N, L, M, M, M, M, M, H, H, H },
	[8] = { N, L, M, M, M, H, H, H, H, H },
	[9] = { N, M, M, H, H, H, H, X, X, X },
};
/* Annex E: [technical level][environment 1 to 9]. */
static const uint8_t overall[LEVEL_COUNT][10] = {
	[LEVEL_LOW] = { N, L, L, L, L, L, L, M, M, H },
	[LEVEL_MEDIUM] = { N, L, L, L, L, L, M, M, H, X },
	[LEVEL_HIGH] = { N, L, L, L, L, M, M, H, X, X },
	[LEVEL_CRITICAL] = { N, M, M, M, H, H, H, X, X, X },
};
#undef N
#undef L
#undef M
#undef H
#undef X

static uint8_t impact_grade(const Rating *rating)
{
	int serious = 0, limited = 0;
	for (int i = C; i <= A; i++) {
		serious += rating_weight(rating, i) == 2;
		limited += rating_weight(rating, i) == 1;
	}
	return impact_grades[serious][limited];
}

bool gbt30279_has_impact(const Rating *rating) { return impact_grade(rating) > 0; }

void gbt30279_score(Rating *rating)
{
	uint8_t exploit = exploitability[rating_weight(rating, AV)][rating_weight(rating, AC)]
					[rating_weight(rating, PR) * 2 + rating_weight(rating, UI)];
	uint8_t harm = impact_grade(rating);
	Level level = (Level)technical[exploit][harm];
	rating_add_plain(rating, "exploitability", N_("Exploitability (1 to 9)"), exploit * 10);
	rating_add_plain(rating, "impact", N_("Impact (1 to 9)"), harm * 10);
	rating_add_level(rating, "technical", N_("Technical level"), level);
	if (!rating_speaks_of(rating, GROUP_ENVIRONMENTAL)) return;
	uint8_t around = environment[rating_weight(rating, S)][rating_weight(rating, E)][rating_weight(rating, RL)];
	rating_add_plain(rating, "environment", N_("Environment (1 to 9)"), around * 10);
	rating_add_level(rating, "overall", N_("Overall level"), (Level)overall[level][around]);
}
