/*
 * panel: rules and panels as JSON: what a round freezes, what its dossier holds, what `cappvd round score` reads. All numbers are integers:
 * hundredths of a point, basis points, percentages.
 *
 * rubric: {"criteria":[{"id","weight","maximum","step","must","objective"}],"threshold","trim":[[from,eachSide]],
 *   "ties":["criterion:ID","median","top","contribution","lot"],"reasonOutside":[low,high]}
 * quota: {"places","reserve","newcomers"}; stars: [{"stars","total","criterionPercent","places","newcomers","faultless"}]
 */
#pragma once
#include "base/base/json.h"
#include "engine/selection/agreement.h"

/* False with *out_why (English source text) when it is not of this shape or not fit; what it holds lives as long as the JSON. */
must_use bool rubric_read(Json value, Rubric *out, const char **out_why);
must_use bool quota_read(Json value, Quota *out, const char **out_why);
must_use bool stars_read(Json value, StarRule *out, size_t *out_count, const char **out_why); /* room for STAR_RULES_MAX */
void rubric_write(JsonWriter *writer, const Rubric *rubric);
void quota_write(JsonWriter *writer, const Quota *quota);
void stars_write(JsonWriter *writer, const StarRule *rules, size_t count);
/* "criterion:ID", "median", …; "criterion" alone for a chain that is not read. */
Text tie_key_text(Arena *arena, const Rubric *rubric, const TieKey *key);
const char *tie_kind_tag(TieKind kind);

enum { PANEL_APPLICANTS_MAX = 10000, PANEL_CELLS_MAX = 4000000 };
typedef struct PanelCase { /* everything that a ranking follows from */
	Rubric rubric;
	Quota quota;
	StarRule stars[STAR_RULES_MAX];
	size_t star_count;
	Texts experts;
	Panel panel; /* its rubric is this one's: a case is never copied */
} PanelCase;
/* {"rubric","quota","stars"?,"applications":[{"id","contribution","lot","newcomer"}],"experts":[…],"sheets":[{"application","expert","scores"}]} */
must_use bool panel_case_read(Arena *arena, Json value, PanelCase *out, const char **out_why);
/* {"applications":[…],"diagnosis":{…}}: scores, ranking, stars and what the sheets tell about the panel. */
void panel_case_answer(Arena *arena, const PanelCase *of, JsonWriter *writer);
/* One application's figures as members of the open object: no floating point, the same on every machine. */
void score_members(JsonWriter *writer, Arena *arena, const Panel *panel, const Score *score, const Placing *placing, int64_t stars);
