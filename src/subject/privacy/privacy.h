/*
 * privacy: personal data and the time it is kept. Retention rules as data with versions, carried out each night and shown to everybody; what is held
 * back from them, by two people; what people may ask for about their own data: a copy, the end of the account, a correction; and the records of
 * impact assessments (个人信息保护影响评估).
 * Sources: 《个人信息保护法》 articles 15, 19, 44 to 50, 55 and 56; 《网络安全法》 for the time logs are kept.
 */
#pragma once
#include "people/person/person.h"
#include "people/vault/vault.h"
#include "store/db/kept.h"
#include "work/form/form.h"
#include "work/workflow/workflow.h"

struct RouteTable;
extern const struct RouteTable retention_routes, account_privacy_routes, vault_routes, impact_routes, handover_routes, privacy_api_routes;

/* ---- Retention */
typedef enum RetentionAction { RETENTION_DELETE, RETENTION_KEY, RETENTION_ANONYMISE, RETENTION_KEEP } RetentionAction;
const char *retention_action_tag(RetentionAction action); /* "delete", "key", "anonymise", "keep" */
const char *retention_action_text(RetentionAction action); /* English source text */

/* A kind of data; what is said in words and days is its first version. */
typedef struct RetentionKind {
	const char *tag, *text; /* text, event, by: English source text */
	const char *event; /* from which it is counted */
	RetentionAction action;
	int64_t days, least_days, most_days; /* days 0: as long as the library stands. least: what the law asks for */
	const char *why[2], *basis[2]; /* by Lang */
	/* NULL: nothing is to be carried out here, `by` says who does it. */
	Error (*kept)(Call *call, const KeptPage *page, Keeps *out);
	Error (*forget)(Call *call, Text ref); /* inside db_transact */
	const char *by;
} RetentionKind;
extern const RetentionKind retention_kinds[];
extern const size_t retention_kind_count;
const RetentionKind *retention_kind_find(Text tag); /* NULL: none */

typedef struct RetentionRule {
	const RetentionKind *kind;
	int64_t version, days, proposed_by, proposed_at, decided_by, decided_at; /* version 1: of the program, by nobody */
	Text ref, why[2], basis[2], reason, state; /* reason: of the change; state: "in_force", "proposed", "refused" */
} RetentionRule;
typedef LIST_OF(RetentionRule) RetentionRules;
must_use Error retention_in_force(Call *call, const RetentionKind *kind, RetentionRule *out);
must_use Error retention_versions(Call *call, const RetentionKind *kind, RetentionRules *out); /* newest first, the proposed one too */
typedef struct RetentionChange {
	int64_t days;
	Text why[2], basis[2], reason;
} RetentionChange;
/* By a security administrator with second factor. INVALID: "days" (floor, ceiling, or of a kind that is kept for ever), "why", "basis", "reason";
 * CONFLICT: a proposal waits. Another one decides: FORBIDDEN for who proposed; CONFLICT: decided. */
must_use Error retention_propose(Call *call, Text kind, const RetentionChange *change);
must_use Error retention_decide(Call *call, Text ref, bool accepted);

typedef struct RetentionRun {
	int64_t at, version, gone, held;
	Text kind;
} RetentionRun;
typedef LIST_OF(RetentionRun) RetentionRuns;
must_use Error retention_runs(Call *call, int64_t max, RetentionRuns *out); /* newest first; for administrators */
/* What would go, without anything going: counts alone, no numbers of matters. For administrators. */
enum { RETENTION_COUNTED = 1000 };
typedef struct RetentionForecast {
	const RetentionKind *kind;
	RetentionRule rule;
	int64_t now, week, month, held; /* due by then, at most RETENTION_COUNTED each; held: of what is due now */
} RetentionForecast;
typedef LIST_OF(RetentionForecast) RetentionForecasts;
must_use Error retention_forecast(Call *call, RetentionForecasts *out);
/* The nightly job: carries out every rule, in batches, each item with its record; what was done is written down as counts. */
must_use Error retention_carry(Call *call, int64_t *out_gone);

typedef struct RetentionHold {
	int64_t id, until_at, asked_at, asked_by, decided_by, decided_at;
	Text ref, kind, matter, reason, state; /* state: "asked", "held", "refused", "released"; held ones end by themselves at until_at */
} RetentionHold;
typedef LIST_OF(RetentionHold) RetentionHolds;
typedef struct RetentionHoldNew {
	Text kind, matter, reason, until; /* until: YYYY-MM-DD */
} RetentionHoldNew;
/* By a coordinator or a security administrator with second factor; another of them decides. INVALID with problems; CONFLICT: it is held already. */
must_use Error retention_hold_ask(Call *call, const RetentionHoldNew *hold);
must_use Error retention_hold_decide(Call *call, Text ref, bool accepted);
must_use Error retention_hold_release(Call *call, Text ref);
must_use Error retention_hold_list(Call *call, int64_t before, int64_t max, RetentionHolds *out);

/* ---- One's own data */
typedef struct PrivacyExport {
	int64_t id, person_id, blob, size_bytes, asked_at, ready_at, expires_at, downloads;
	Text ref, state; /* "asked", "ready", "gone" */
	Numbers parts; /* bytes of each; of export_latest */
} PrivacyExport;
/* The actor, who confirms with password or second factor (person_confirm), asks for a copy; a job makes it. CONFLICT: one is being made. */
must_use Error export_ask(Call *call, Text password);
must_use Error export_latest(Call *call, PrivacyExport *out, bool *out_found); /* the actor's newest */
/* Confirms, records and counts a download of one part, from 1 on: out->blob and out->size_bytes are its own. NOT_FOUND: not the actor's, not ready,
 * no such part, or its time is over. */
must_use Error export_fetch(Call *call, Text ref, int64_t part, Text password, PrivacyExport *out);
must_use Error export_make(Call *call, Text ref); /* by the job */
must_use Error export_kept(Call *call, const KeptPage *page, Keeps *out);
must_use Error export_forget(Call *call, Text ref);
extern const char export_job[];

typedef struct PrivacyDeletion {
	int64_t id, person_id, asked_at, due_at, ended_at;
	Text ref, credit, state; /* credit: "wished", "anonymous"; state: "waiting", "cancelled", "done" */
} PrivacyDeletion;
/* What stands against the deletion of the actor's account: English source text, NULL: nothing. */
must_use Error deletion_obstacle(Call *call, int64_t person_id, const char **out_why);
/* INVALID: "credit", "understood"; or, at "credit", what stands against it. CONFLICT: it waits already. */
must_use Error deletion_ask(Call *call, Text credit, bool understood, Text password);
must_use Error deletion_cancel(Call *call); /* CONFLICT: none waits */
must_use Error deletion_waiting(Call *call, PrivacyDeletion *out, bool *out_found); /* the actor's */
/* The job: carries out what is due; what has an obstacle by now waits on. */
must_use Error deletion_carry(Call *call, int64_t max, int64_t *out_done);

/* ---- The way out of such an obstacle: for an office its holder names a successor, and a security administrator does the rest */
typedef struct Handover {
	int64_t id, person_id, successor_id, asked_at;
	Text ref, note;
	uint32_t roles; /* offices that the person still holds */
} Handover;
typedef LIST_OF(Handover) Handovers;
/* Replaces an earlier name. INVALID: "successor" (by public name or mail address; verified, not the actor), "note". CONFLICT: the actor holds no office. */
must_use Error handover_ask(Call *call, Text successor, Text note);
must_use Error handover_own(Call *call, Handover *out, bool *out_found);
must_use Error handover_list(Call *call, Handovers *out); /* for security administrators with second factor; at most 100 */
/* The job: whose offices have ended is told so. */
must_use Error handover_settle(Call *call, int64_t max, int64_t *out_count);

typedef struct PrivacyCorrection {
	int64_t id, person_id, asked_at, due_at, decided_at;
	Text ref, field, value, reason, answer, state; /* "asked", "accepted", "refused" */
} PrivacyCorrection;
typedef LIST_OF(PrivacyCorrection) PrivacyCorrections;
/* Of what was verified about the actor. INVALID: "field", "value", "reason"; CONFLICT: one waits, or nothing is verified. */
must_use Error rectification_ask(Call *call, Text field, Text value, Text reason);
must_use Error rectification_list_own(Call *call, PrivacyCorrections *out);
must_use Error rectification_queue(Call *call, PrivacyCorrections *out); /* for coordinators with second factor; at most 100 */
must_use Error rectification_waiting_count(Call *call, int64_t *out_count); /* for the desk; at most 100 */
/* Reminds the coordinators of those whose time ends within three days or is over, each once. For a job. */
must_use Error rectification_remind(Call *call, int64_t max, int64_t *out_count);
must_use Error rectification_decide(Call *call, Text ref, bool accepted, Text answer); /* FORBIDDEN: one's own; INVALID: answer */

/* ---- Impact assessments */
extern const Machine impact_machine;
extern const Form impact_form;
const Form *impact_action_form(const char *name);
typedef struct Impact {
	int64_t id, revision, seal_key, version, written_by, approved_by, approved_at, updated_at, reminded_at;
	Text ref, state, title;
	const Map *values; /* of impact_form */
} Impact;
typedef LIST_OF(Impact) Impacts;
/* For security and audit administrators with second factor; NOT_FOUND for others. Audit administrators change nothing. */
must_use Error impact_list(Call *call, int64_t before, int64_t max, Impacts *out); /* newest first */
must_use Error impact_open(Call *call, Text ref, Impact *out);
typedef struct ImpactVersion {
	int64_t version, written_by, approved_by, approved_at;
	const Map *values;
} ImpactVersion;
typedef LIST_OF(ImpactVersion) ImpactVersions;
must_use Error impact_versions(Call *call, const Impact *impact, ImpactVersions *out); /* approved ones, newest first */
must_use Error impact_new(Call *call, const Map *values, Text *out_ref);
must_use Error impact_save(Call *call, Text ref, const Map *values); /* CONFLICT: it is no draft */
must_use Error impact_act(Call *call, Text ref, Text action, int64_t revision, const Map *values);
void impact_matter(Call *call, const Impact *impact, Matter *out);
/* Reminds of those that are older than a setting, or older than a retention rule's last change; each once. For a job. */
must_use Error impact_remind(Call *call, int64_t max, int64_t *out_count);

/* For app/: what the vault tells. */
must_use Error privacy_tell_opening(Call *call, VaultOwner owner, Text paper_ref);
