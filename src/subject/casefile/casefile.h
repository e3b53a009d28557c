/*
 * casefile: what people do with one vulnerability from acceptance to publication.
 * Permission, rule, change and record happen in one transaction; nobody else changes a casefile. Who may read one is said in one place, the
 * view casefile_reader; whoever may not is told NOT_FOUND, as if there were none.
 */
#pragma once
#include "base/crypto/crypto.h"
#include "subject/report/report.h"

typedef struct Verification {
	Text person, verdict, evidence; /* verdict: reproduced, not-reproduced */
	int64_t at;
} Verification;
typedef struct CasefileRating {
	Text person, technical_level, level, gbt30279, cvss; /* level: overall, empty without environment */
	int64_t at;
} CasefileRating;
typedef struct Casefile {
	int64_t id, revision, seal_key, opened_at, updated_at, coordinator_id;
	Text ref, number, state, title, class_tag, technical_level, level, advisory; /* may be empty: number, levels, advisory */
	bool is_incident;
	const struct CasefileFacts *facts;
	const Map *public_values; /* of casefile_public_form; empty before it was written */
	const Map *notice; /* of the form casefile-notice, likewise */
	Numbers report_ids;
} Casefile;
typedef LIST_OF(Casefile) Casefiles;
typedef LIST_OF(Verification) Verifications;
typedef LIST_OF(CasefileRating) CasefileRatings;

extern const Machine casefile_machine;
extern const Form casefile_public_form;
const Form *casefile_action_form(const char *name); /* NULL: the action asks for nothing */

must_use Error casefile_open(Call *call, Text ref, Casefile *out);
must_use Error casefile_history(Call *call, const Casefile *casefile, Verifications *out_verifications, CasefileRatings *out_ratings);
/* The reports in it, for those who work on its content: coordinators and the verifier; for others an empty list. */
must_use Error casefile_reports(Call *call, const Casefile *casefile, Reports *out);
must_use Error casefile_queue(Call *call, Text state, int64_t after, int64_t max, Casefiles *out); /* oldest first */
must_use Error casefile_assigned(Call *call, Casefiles *out);
void casefile_matter(const Casefile *casefile, Matter *out);
must_use Error casefile_act(Call *call, Text ref, Text action, int64_t revision, const Map *values);
void casefile_threads(const Casefile *casefile, ThreadSubject *out);
bool casefile_shows_content(const Casefile *casefile, const Actor *actor);

/* The publication gate as people see it. */
typedef struct GateLine {
	const char *text, *why_not; /* NULL: met */
} GateLine;
typedef LIST_OF(GateLine) GateLines;
GateLines casefile_gate_lines(Arena *arena, const Casefile *casefile, const Actor *actor);

/* For workflow_escalate: tells whose turn it is, and the coordinator, that a clock of a report or casefile has run out. */
must_use Error casefile_overdue(Call *call, Text machine, int64_t subject_id, Text clock);

/* What the report room is given at start. */
extern const ReportHooks casefile_report_hooks;

/* The counter's place in a permutation of 0 … size - 1 that only the key knows; size at most 2^40. */
uint64_t casefile_permute(const Key *key, uint64_t counter, uint64_t size);
/* "NVDB-CAPPVD-{YYYY}{6}": year and that many digits. CONFIG: the format lacks one; FULL: the year has given out all its numbers. */
must_use Error casefile_number(Call *call, Text format, int year, uint64_t given, Text *out);

struct RouteTable;
extern const struct RouteTable casefile_routes, casefile_api_routes;
