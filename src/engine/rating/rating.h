/*
 * rating: how bad a vulnerability is. CVSS 2.0, 3.0, 3.1, 4.0 (FIRST's specifications) and GB/T 30279-2020.
 * The same tables feed parsing, writing, calculators and help. Scores are tenths in integers; no floating point anywhere.
 */
#pragma once
#include "base/base/base.h"
#include "base/base/json.h"

/* ---- Levels */
typedef enum Level { LEVEL_NONE, LEVEL_LOW, LEVEL_MEDIUM, LEVEL_HIGH, LEVEL_CRITICAL, LEVEL_COUNT } Level;
const char *level_tag(Level level); /* "none", "low", "medium", "high", "critical": stored and in addresses */
const char *level_text(Level level); /* English source text */
/* Tags in any case, 超危 高危 中危 低危, 超 高 中 低 as CNVD writes them, 严重 and 危急 as others do. */
must_use bool level_parse(Text text, Level *out);

/* ---- Systems and their metrics */
typedef enum RatingSystem { CVSS_2_0, CVSS_3_0, CVSS_3_1, CVSS_4_0, GBT_30279, RATING_SYSTEM_COUNT } RatingSystem;
typedef enum RatingGroup {
	GROUP_BASE, /* all of them must be given */
	GROUP_THREAT, /* temporal in 2.0 and 3.x */
	GROUP_ENVIRONMENTAL, /* in GB/T 30279: all or none of them */
	GROUP_SUPPLEMENTAL, /* 4.0: said, never scored */
	GROUP_COUNT,
} RatingGroup;
enum { RATING_METRICS_MAX = 32 };

typedef struct RatingValue {
	const char *tag, *text; /* "N", N_("Network") */
	int weight; /* 2.0, 3.x: thousandths; 4.0: steps below the worst value; GB/T: row or column */
} RatingValue;

typedef struct RatingMetric {
	const char *tag, *text;
	RatingGroup group;
	const RatingValue *values; /* outside GROUP_BASE the first one of CVSS means "not defined" */
	size_t value_count;
} RatingMetric;

typedef struct RatingScheme {
	RatingSystem system;
	const char *tag; /* "cvss2.0", "cvss3.1", "gbt30279": stored and in addresses */
	const char *name; /* "CVSS 3.1", "GB/T 30279-2020" */
	const char *prefix; /* "CVSS:3.1/"; "" for 2.0 */
	const RatingMetric *metrics; /* in canonical order */
	size_t metric_count;
} RatingScheme;

const RatingScheme *rating_scheme(RatingSystem system);
must_use bool rating_system_parse(Text tag, RatingSystem *out);
const char *rating_group_text(RatingSystem system, RatingGroup group); /* English source text */

/* ---- Ratings */
enum { RATING_NO_SCORE = -1, RATING_SCORES_MAX = 6, RATING_UNSET = 255 };
typedef struct RatingScore {
	const char *tag, *text;
	int tenths; /* RATING_NO_SCORE where the system gives only a level */
	bool has_level;
	Level level;
} RatingScore;

typedef struct Rating {
	RatingSystem system;
	uint8_t values[RATING_METRICS_MAX]; /* index into the metric's values; RATING_UNSET: GB/T environment not given */
	int tenths; /* the score that counts, RATING_NO_SCORE for GB/T 30279 */
	Level level; /* the level that counts */
	RatingScore scores[RATING_SCORES_MAX];
	/* 2.0, 3.x: base, temporal and environmental (where the vector speaks of them), impact, exploitability.
	 * 4.0: base, and threat, environmental, overall where the vector speaks of them.
	 * GB/T: exploitability and impact (1 to 9), technical; with environment also environment (1 to 9), overall. */
	size_t score_count;
} Rating;

typedef struct RatingError {
	const char *message; /* English source text with at most one %s */
	Text argument; /* for the %s; a part of the vector, or a tag */
	size_t position; /* byte of the vector */
} RatingError;

/* Reads a vector of any system, recognised by its prefix (2.0 has none), and computes all scores. Strict: every metric once, known values,
 * all base metrics, for 4.0 the order of its specification; nothing before or after. *out is untouched on failure. */
must_use bool rating_parse(Text vector, Rating *out, RatingError *out_error);
/* "position 10: Metric AV is given twice." in the reader's language; positions count from 1. */
Text rating_error_text(Arena *arena, Lang lang, const RatingError *error);
/* The canonical vector: the order of the scheme, without metrics that are not defined. */
Text rating_vector(Arena *arena, const Rating *rating);
/* False when the rating has no score of this tag. */
must_use bool rating_score(const Rating *rating, const char *tag, int *out_tenths);
/* CVSS's qualitative scale (for 2.0 the one of NVD, which knows neither none nor critical). */
Level rating_level(RatingSystem system, int tenths);
/* "9.8"; "" for RATING_NO_SCORE. */
Text rating_tenths_text(Arena *arena, int tenths);
/* One object: system, vector, score, level, scores, metrics. */
void rating_json(JsonWriter *writer, Arena *arena, const Rating *rating);

/* ---- Classes of weakness: GB/T 30279-2020, chapter 5 */
typedef struct WeaknessClass {
	const char *tag; /* "sql-injection": stored and in addresses */
	const char *text; /* English source text; the Chinese one is the standard's name */
	const char *parent; /* tag; NULL at the top */
	int cwe; /* 0: none corresponds */
} WeaknessClass;
const WeaknessClass *weakness_classes(size_t *out_count); /* parents before children, in the standard's order */
const WeaknessClass *weakness_find(Text tag); /* NULL when there is none */
/* The class of a tag, a name in Chinese or English, or a plain attack name as reporters and CNVD use it; NULL when none is known. */
const WeaknessClass *weakness_of_name(Text name);
const WeaknessClass *weakness_of_cwe(int cwe); /* NULL when none is known */
/* The control of OWASP MASVS 2.1 that names it; NULL when there is none, or several. */
const char *weakness_masvs_of_class(Text tag);
const char *weakness_masvs_of_cwe(int64_t cwe);
bool weakness_is_within(const WeaknessClass *weakness, const WeaknessClass *above); /* the same or below it */
typedef struct WeaknessAlias {
	const char *name; /* Chinese, as people write it */
	const char *tag;
} WeaknessAlias;
const WeaknessAlias *weakness_aliases(size_t *out_count);
