/*
 * casefile: what people do with one vulnerability from acceptance to publication.
 * Permission, rule, change and record happen in one transaction; nobody else changes a casefile. Who may read one is said in one place, the
 * view casefile_reader; whoever may not is told NOT_FOUND, as if there were none.
 */
#pragma once
#include "base/crypto/crypto.h"
#include "subject/interest/interest.h"
#include "subject/party/party.h"
#include "subject/report/report.h"
#include "work/absence/absence.h"

typedef struct Verification {
	Text person, verdict, evidence; /* verdict: reproduced, not-reproduced */
	int64_t at;
} Verification;
typedef struct CasefileRating {
	Text who, person, technical_level, level, gbt30279,
		cvss; /* who: verifier second reporter party expert appeal; level: overall, empty without environment */
	int64_t at;
} CasefileRating;
typedef struct AffectedPart {
	Text part; /* client sdk server */
	const Map *values; /* of the form casefile-part */
} AffectedPart;
typedef LIST_OF(AffectedPart) AffectedParts;
typedef struct Casefile {
	int64_t id, revision, seal_key, opened_at, updated_at, coordinator_id;
	int64_t emergency_at, emergency_due_at, public_since, escalated_at; /* 0: not */
	Text ref, number, state, title, class_tag, technical_level, level, advisory; /* may be empty: number, levels, advisory */
	int64_t upstream_of; /* the casefile whose vendor named this provider's component; 0: none */
	bool is_incident;
	bool is_isolated; /* ISOLATED or WIPED: nothing of its content is here, for nobody */
	bool hides_content; /* the actor is its verifier and has not signed the undertaking: the title is the number alone */
	const struct CasefileFacts *facts;
	const Map *public_values; /* of casefile_public_form; empty before it was written */
	Numbers report_ids;
} Casefile;
typedef LIST_OF(Casefile) Casefiles;
typedef LIST_OF(Verification) Verifications;
typedef LIST_OF(CasefileRating) CasefileRatings;

extern const Machine casefile_machine;
extern const Form casefile_public_form;
const Form *casefile_action_form(const char *name); /* NULL: the action asks for nothing */

/* NOT_FOUND also of one that is isolated or wiped: of that there is only the shell. */
must_use Error casefile_open(Call *call, Text ref, Casefile *out);
/* Of every one the actor may see; what is isolated without content. For its page, and for deciding about it. */
must_use Error casefile_open_shell(Call *call, Text ref, Casefile *out);
must_use Error casefile_history(Call *call, const Casefile *casefile, Verifications *out_verifications, CasefileRatings *out_ratings);
/* The reports in it, for those who work on its content: coordinators and the verifier; for others an empty list. */
must_use Error casefile_reports(Call *call, const Casefile *casefile, Reports *out);
/* Refs of the casefiles linked to it by a component: those of its providers, and the one it arose from. Empty but for coordinators. */
must_use Error casefile_upstream(Call *call, const Casefile *casefile, Texts *out);
must_use Error casefile_queue(Call *call, Text state, int64_t after, int64_t max, Casefiles *out); /* oldest first */
must_use Error casefile_assigned(Call *call, Casefiles *out);
void casefile_matter(const Casefile *casefile, Matter *out);
must_use Error casefile_act(Call *call, Text ref, Text action, int64_t revision, const Map *values);
void casefile_threads(const Casefile *casefile, ThreadSubject *out);
bool casefile_shows_content(const Casefile *casefile, const Actor *actor);

/* The casefiles it was merged into, took in, or is related to, as far as the actor may see them. Empty but for coordinators. */
typedef struct CasefileLink {
	const char *kind; /* merged-into merged-in related */
	Text ref, number, title, reason; /* may be empty: number, reason */
} CasefileLink;
typedef LIST_OF(CasefileLink) CasefileLinks;
must_use Error casefile_links(Call *call, const Casefile *casefile, CasefileLinks *out);
const char *casefile_link_text(const char *kind); /* English source text */
typedef struct MergeProposal { /* that waits for its confirmation; into empty: none, or not for the actor */
	Text into, person; /* ref of the other casefile; who proposed it */
	int64_t at;
	bool undoes; /* a merging is to be undone */
} MergeProposal;
must_use Error casefile_merge_proposal(Call *call, const Casefile *casefile, MergeProposal *out);

/* What was found affected; for those who work on its content, for others an empty list. */
must_use Error casefile_parts(Call *call, const Casefile *casefile, AffectedParts *out);

/* ---- Periods of major events (重大活动保障期): nothing is published in them without consent */
typedef struct Freeze {
	int64_t id, from_at, until_at, ended_at; /* ended 0: not ended before its time */
	Text ref, name, basis; /* basis: the document it comes from */
} Freeze;
typedef LIST_OF(Freeze) Freezes;
must_use Error freeze_list(Call *call, int64_t before, int64_t max, Freezes *out); /* newest first; before: id, 0 to begin with */
must_use Error freeze_add(Call *call, const Freeze *freeze); /* by a coordinator; INVALID with problems at name, basis, until */
must_use Error freeze_end(Call *call, Text ref); /* NOT_FOUND: no such period runs */

/* The publication gate as people see it. */
typedef struct GateLine {
	const char *text, *why_not; /* NULL: met */
} GateLine;
typedef LIST_OF(GateLine) GateLines;
GateLines casefile_gate_lines(Arena *arena, const Casefile *casefile, const Actor *actor);

/* ---- For those who write about it elsewhere; asks nobody's permission */
typedef struct CasefileOpenness {
	const char
		*why_not; /* may be said nothing of in public yet, English source text; NULL: its advisory is public, or the gate is open */
	bool is_public; /* its advisory stands */
	Texts hosts; /* names of servers in use, which no text may name */
} CasefileOpenness;
must_use Error casefile_openness(Call *call, Text ref, CasefileOpenness *out, bool *out_found);
/* Why this text may not be public, English source text; NULL: nothing is seen. Fields called versions and fixed_version may look like addresses. */
const char *casefile_text_fault(Arena *arena, const Form *form, const Map *values, const Texts *hosts);

/* ---- For those who count contributions: numbers and refs alone, nothing of the content; asks nobody's permission */
typedef struct CasefileFinder { /* a report in it that was not taken back */
	int64_t report_id, person_id, organisation_id, product_id, received_at; /* person, organisation, product 0: none */
	Text report; /* its ref */
	bool is_original, is_own, is_disclosed;
} CasefileFinder;
typedef LIST_OF(CasefileFinder) CasefileFinders; /* the earliest first */
typedef struct CasefileCredit {
	int64_t id;
	Text ref, number, class_tag, level; /* may be empty: number, level */
	bool is_incident;
	bool stands; /* it was accepted, and is neither merged into another one, isolated nor withdrawn after publication */
	CasefileFinders finders;
} CasefileCredit;
must_use Error casefile_credit(Call *call, Text ref, CasefileCredit *out); /* NOT_FOUND */
must_use Error casefile_ref_of_report(Call *call, Text report, Text *out_ref, bool *out_found);

/* ---- For disputes */
/* By id, for a subject that has asked for permission by its own rule. */
must_use Error casefile_read(Call *call, int64_t id, Casefile *out);
/* Organisations that have a part in it: vendors, and those its reports came from. */
must_use Error casefile_sides(Call *call, const Casefile *casefile, Numbers *out_organisations, Numbers *out_products);
/* A dispute has changed the rating: it becomes the official one, beside the others. who: "expert" a panel, "appeal" who answered. By the system,
 * inside the transaction; what is published is revised. *out_moved false: it is in no state for that, and nothing was changed. */
must_use Error casefile_rate_anew(Call *call, int64_t id, const char *who, const Map *values, bool *out_moved);
/* Given once at start: what ends what hangs on a vendor's part that is wiped with its casefile, before its key is destroyed. */
void casefile_set_gone(ReportGone *gone);

/* For workflow_escalate: tells whose turn it is, and the coordinator, that a clock of a report or casefile has run out. */
must_use Error casefile_overdue(Call *call, Text machine, int64_t subject_id, Text clock);
/* For workflow_remind, of reports and casefiles: tells whoever has to act. */
must_use Error casefile_remind(Call *call, Text machine, int64_t subject_id, Text clock, bool is_today);

/* Run every minute: tells every coordinator, once, of an emergency whose hours are over while a vendor is not notified; at most `max`. */
must_use Error casefile_emergencies(Call *call, int64_t max, int64_t *out_told);
/* Run every minute: tells the coordinator and the authority, once, of an instruction whose time is over without an answer. */
must_use Error casefile_instructions_due(Call *call, int64_t max, int64_t *out_told);
/* Run every minute: reminds the coordinator once a day of each report upward that is not acknowledged. */
must_use Error casefile_remind_upward(Call *call, int64_t max, int64_t *out_reminded);
/* Run every minute: publishes what a publisher has approved and nothing holds back any more, the gate asked again; nothing while the time is not
 * trusted. */
must_use Error casefile_publish_due(Call *call, int64_t *out_published);

/* What the report room is given at start. */
extern const ReportHooks casefile_report_hooks;
/* What the party room is given at start. */
extern const PartyHooks casefile_party_hooks;

/* Given at start to the rooms below: tasks of somebody who declared an interest in their matter, or left, go back to the coordinator at once. */
must_use Error casefile_interest_declared(Call *call, int64_t person_id);
must_use Error casefile_person_left(Call *call, int64_t person_id);
/* The same during absences: tasks go to the deputy, or back to the coordinator where there is none who may have them, and return. */
extern const AbsenceHooks casefile_absence_hooks;

/* ---- For people's own pages */
extern const Worklist casefile_worklist;
/* Gives those of the reader's own reports that have a casefile its stage and clock; one statement for all. */
must_use Error casefile_stages(Call *call, WorkLines *reports);

/* The counter's place in a permutation of 0 … size - 1 that only the key knows; size at most 2^40. */
uint64_t casefile_permute(const Key *key, uint64_t counter, uint64_t size);
/* "NVDB-CAPPVD-{YYYY}{6}": year and that many digits. CONFIG: the format lacks one; FULL: the year has given out all its numbers. */
must_use Error casefile_number(Call *call, Text format, int year, uint64_t given, Text *out);

struct RouteTable;
extern const struct RouteTable vendors_routes, vendors_api_routes;
extern const struct RouteTable casefile_routes, casefile_api_routes, freeze_routes, supervision_routes, supervision_api_routes,
	casefile_letter_routes;
