/* What the files of this room share. */
#pragma once
#include "subject/merit/merit.h"
#include "subject/merit/merit.sql.h"

/* The first version: rows and stars, a line each, cells apart by "|". */
extern const char merit_first_rows[], merit_first_stars[];
/* What is wrong with tables of a rule, as problems at "rows" and "stars". */
void merit_rule_read(Call *call, MeritRule *rule);

/* ---- Facts: what the rule makes of a matter now */
typedef struct MeritFact {
	Text source, code, event, holder, shown;
	int64_t organisation_id, person_id, at, points, rule;
} MeritFact;
typedef LIST_OF(MeritFact) MeritFacts;
/* The entries that a matter of this kind gives by the rules; none when it does not stand any more. */
must_use Error merit_facts(Call *call, const MeritRules *rules, Text kind, Text subject, MeritFacts *out);
/* A rule, of whichever version, names an event of this kind. */
bool merit_counts_kind(const MeritRules *rules, Text kind);
void merit_kinds(Arena *arena, const MeritRules *rules, Texts *out);

/* Sums of a holder in months of a year, under the caps of that year. */
must_use Error merit_score_of_sums(Call *call, const MeritRules *rules, const MeritSumRows *rows, int year, MeritScore *out);

int merit_month(int64_t at); /* 202603: in Beijing */
