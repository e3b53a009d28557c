/*
 * merit: contribution points. A published rule in versions says which events of the library count how much, for whom and up to which cap; entries
 * are made of the library's own events and of confirmed deeds, one for a fact, and are only ever added: what a fact loses is taken back by an entry
 * of its own. Everything can be computed again from the facts. Points are whole hundredths.
 */
#pragma once
#include "people/org/org.h"
#include "work/form/form.h"

struct RouteTable;
extern const struct RouteTable merit_routes, merit_rule_routes, thanks_routes;

/* ---- The rule */
typedef struct MeritRow { /* a line of the rule */
	Text code; /* names it in entries: "find-high" */
	Text text[LANG_COUNT];
	Text events; /* of the ledger, "kind.action", apart by blanks: a row for an event nobody thought of before needs nothing else */
	Text credit; /* actor: the organisation of who did it; owner: the one the matter is; finder: those who reported it */
	Text conditions; /* "level=high original=yes", apart by blanks; a value may be several, apart by commas. Empty: always */
	int64_t points, cap; /* cap 0: none */
	bool is_monthly; /* the cap is of a month, else of a year */
	bool is_each; /* each event counts; else the matter counts once */
} MeritRow;
typedef struct MeritStar { /* what a star asks for in a year */
	Text direction; /* technical partner */
	int64_t stars, rise, fall; /* fall: below it the star is not kept */
} MeritStar;
typedef struct MeritRule {
	int64_t number, from_at, proposed_by, decided_at; /* from_at 0: since the platform opened */
	Text state, reason; /* state: proposed in_force refused */
	Text rows_text, stars_text; /* a line each, cells apart by "|" */
	LIST_OF(MeritRow) rows;
	LIST_OF(MeritStar) stars;
} MeritRule;
typedef LIST_OF(MeritRule) MeritRules;
extern const Form merit_rule_form;
/* Oldest first: all that are or will be in force; with `all` also what is proposed or was refused. */
must_use Error merit_rules(Call *call, bool all, MeritRules *out);
/* The one in force at that time. */
const MeritRule *merit_rule_at(const MeritRules *rules, int64_t at);
const MeritRow *merit_row(const MeritRule *rule, Text code); /* NULL: it has none */
/* By a secretary: a whole new version, from a day to come. INVALID: rows, stars, from_on, reason. CONFLICT: a proposal is open. */
must_use Error merit_rule_propose(Call *call, const Map *values);
/* By another secretary. FORBIDDEN: one's own. CONFLICT: not open. INVALID: its first day has come already. */
must_use Error merit_rule_settle(Call *call, int64_t number, bool approved);
Text merit_points_text(Arena *arena, int64_t points); /* "12.50" */
must_use bool merit_points_parse(Text text, int64_t *out); /* at most two decimals, not below zero */

/* ---- Entries */
typedef struct MeritEntry {
	int64_t id, at, made_at, points, rule, turn; /* turn odd: it takes back the one before */
	Text ref, code, kind; /* kind: of the matter it comes from */
	Text shown; /* ref of what it comes from, where the holder knows it; may be empty */
	Text row; /* of the rule, in the reader's language */
} MeritEntry;
typedef LIST_OF(MeritEntry) MeritEntries;
typedef struct MeritSum { /* of a line of the rule in a year */
	Text code, row;
	int64_t points, counted, entries, cap; /* points: before the cap; counted: with it; cap 0: none */
	bool is_monthly;
} MeritSum;
typedef struct MeritScore {
	int year;
	int64_t points; /* with the caps */
	LIST_OF(MeritSum) sums;
} MeritScore;
/* Year of the points that count now, in Beijing. */
int merit_year(int64_t at);
/* The points of an organisation, or of a person, in a year; asks nobody's permission: for the subjects above. */
must_use Error merit_score(Call *call, int64_t organisation_id, int year, MeritScore *out);
must_use Error merit_score_of_person(Call *call, int64_t person_id, int year, MeritScore *out);
/* What a selection looks at: the points of the running year and of the one before. */
must_use Error merit_contribution(Call *call, int64_t organisation_id, int64_t *out_points);
/* The last fact that counted; 0: none. */
must_use Error merit_last(Call *call, int64_t organisation_id, int64_t *out_at);

/* What is missing to the next star, and what would bring it. */
typedef struct MeritWay {
	Text code, row;
	int64_t points, times; /* so often at these points, as far as its cap leaves room */
} MeritWay;
typedef struct MeritAim {
	Text direction;
	int64_t stars, next, rise, missing, keep; /* next 0: there is no higher one; keep: what the present one needs, 0: nothing */
	LIST_OF(MeritWay) ways;
} MeritAim;
typedef LIST_OF(MeritAim) MeritAims; /* one for each standing as a unit; none: it is no unit */
must_use Error merit_aims(Call *call, int64_t organisation_id, const MeritScore *score, MeritAims *out);

/* ---- Who may see: members of an organisation its own; secretaries and supervisors, with second factor, all. NOT_FOUND: hidden or absent. */
must_use Error merit_open(Call *call, Text organisation_ref, Organisation *out);
/* Newest first. before: id of the last one seen, 0 to begin with. */
must_use Error merit_entries(Call *call, const Organisation *organisation, int year, int64_t before, int64_t max, MeritEntries *out);
typedef struct MeritStand {
	Organisation organisation;
	int64_t points, stars; /* stars -1: it is no unit */
} MeritStand;
typedef LIST_OF(MeritStand) MeritStands;
must_use Error merit_stands(Call *call, int year, MeritStands *out); /* the office; most points first */

/* Whose contributions were counted in the year, by name, without how much: for coordinators with second factor, who thank them. FORBIDDEN. */
must_use Error merit_contributors(Call *call, int year, Organisations *out);

/* ---- Care; run by a job and a command */
/* Counts what happened since, at most `max` events; then a piece of the daily look at everything. */
must_use Error merit_follow(Call *call, int64_t max, int64_t *out_count);
/* Computes every entry again and compares; says the first difference. */
typedef struct MeritCheck {
	int64_t subjects, entries, waiting; /* waiting: matters with events that are not counted yet */
	Text fault; /* empty: all is as the facts say */
	void (*progress)(void *argument, int64_t done); /* may be NULL */
	void *argument;
} MeritCheck;
must_use Error merit_check(Call *call, MeritCheck *check);
