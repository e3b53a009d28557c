/*
 * application: one organisation asks to be chosen in one direction of a round. Its administrator fills in the round's own form, which saves itself,
 * and submits it before the exact deadline, or lodges the hash of it in time and delivers the files within the hour of grace. Secretaries review what
 * was submitted, two people for each decision; rooms of later steps (panel, inspection, decision) add their states and rows to the machine here.
 */
#pragma once
#include "people/notice/notice.h"
#include "people/org/org.h"
#include "subject/programme/round/round.h"
#include "work/copy/copy.h"
#include "work/letter/letter.h"
#include "work/workflow/worklist.h"

struct RouteTable;
extern const struct RouteTable application_routes, application_api_routes;
extern const Machine application_machine;
extern const Worklist application_worklist;
extern const Wordlist application_reasons; /* why an application is rejected */

typedef struct ApplicationMark { /* a field that was returned, and why */
	Text field, reason;
} ApplicationMark;
typedef LIST_OF(ApplicationMark) ApplicationMarks;
typedef struct Application {
	int64_t id, revision, round_id, seal_key, writer_id, version, returns, checked_by, decided_by; /* 0: nobody, none */
	int64_t organisation_id; /* the one it belongs to now, also after a merger */
	int64_t lodged_at, submitted_at, appeal_until, created_at, updated_at, opens_at, closes_at,
		ends_at; /* the last three: of its round */
	Text ref, direction, state, hash, sha256, paper;
	Text appeal_of; /* the state an appeal is or was about; empty: none */
	Text round_code, round_state;
	Text organisation, organisation_en, credit_code;
	Map *values; /* of `form` */
	Map *paper_values; /* of the paper copy; see application_form */
	ApplicationMarks marks; /* of the last return */
	const Round *round;
	const Form *form; /* the round's, of this direction, with labels in the reader's language */
	bool is_check_good, is_newcomer;
	bool is_own, is_admin, is_staff; /* what the actor is to it */
	const char *conflict; /* why the actor may not check it; NULL: nothing */
} Application;

/* The actor's organisation's own, or for secretaries and supervisors with second factor one that was lodged; a reader of the library who has an
 * interest in the organisation sees nothing of it. NOT_FOUND: hidden or absent. */
must_use Error application_open(Call *call, Text ref, Application *out);
must_use Error application_record_reading(Call *call, const Application *application); /* of somebody else's */

/* The notice of correction (补正通知书) for whoever may open the application. CONFLICT: it is not returned. */
must_use Error application_letter_order(Call *call, Text ref, LetterOrder *out);

/* For the rooms after this one: the administrators of the applicant, as it is now, are told of its page. Inside db_transact. */
must_use Error application_notify(Call *call, int64_t id, NoticeKind kind);

/* ---- Lists: without what was typed */
typedef struct ApplicationLine {
	int64_t id, round_id, organisation_id, first_id, returns, submitted_at, updated_at,
		due_at; /* first_id: the organisation that applied, which
		may have merged since; due_at: of the clock that runs; 0: none */
	Text ref, direction, state, paper, round_code, organisation, organisation_en, credit_code;
	bool is_newcomer;
} ApplicationLine;
typedef LIST_OF(ApplicationLine) ApplicationLines;
/* For secretaries and supervisors, and for the system: lodged ones of a round, in the order of their numbers. direction, state: empty for all;
 * after: id of the last one seen, 0 to begin with. Whoever shows them asks application_open for each. */
must_use Error application_in_round(
	Call *call, int64_t round_id, Text direction, Text state, int64_t after, int64_t max, ApplicationLines *out);
must_use Error application_count(Call *call, int64_t round_id, Text state, int64_t *out); /* asks nobody's permission */
/* The actor's organisation's, newest first; before: id of the last one seen, 0 to begin with. */
must_use Error application_own(Call *call, int64_t before, int64_t max, ApplicationLines *out);

/* ---- For the administrator of the organisation */
/* FORBIDDEN: no administrator of a verified organisation. INVALID: problem at "direction": not of this round, or there is one already.
 * CONFLICT: the round is not open. */
must_use Error application_new(Call *call, Text round_code, Text direction, Text *out_ref);
/* Stores a field, or one cell of a table ("team.2.1"). INVALID: no such field, too long. CONFLICT: it cannot be written now. */
must_use Error application_save_field(Call *call, const Application *application, Text name, Text value);
must_use Error application_save(Call *call, const Application *application, const Map *values); /* only fields that may be written now */
/* Fields of the form that may be written now: all of a draft, the marked ones of what was returned. */
bool application_may_write(const Application *application, Text field, int64_t now);
enum { APPLICATION_RETURNS_MAX = 2 };
/* The field of the files that go with the correction after the nth return, from 1: "correction-1". */
Text application_correction_field(Arena *arena, int64_t number);
/* Files of a field, of the officers' look-ups ("check"), of the sealed copy ("seal") and of each correction. NOT_FOUND: no such field.
 * CONFLICT: not now; files of a correction are changed while that return is open. */
must_use Error application_files(Call *call, const Application *application, Text field, bool to_write, AttachmentOwner *out);

/* A file for somebody who judges it, the caller having asked who may: recorded under `action` with its name and whether it could be marked, and then
 * given with the mark of the actor in it (PDF, pictures), or as it is. The descriptor is the caller's. */
must_use Error application_file_copy(
	Call *call, const Application *application, const Attachment *file, const char *action, Text *out_name, CopyFile *out);

/* ---- The machine */
must_use Error application_act(Call *call, Text ref, Text action, int64_t revision, const Map *values);
/* The same by the system, for later rooms and jobs, whoever the actor is. */
must_use Error application_system(Call *call, Text ref, Text action);
must_use Error application_system_with(Call *call, Text ref, Text action, const Map *values); /* of the action's form */
/* Lets drafts lapse, settles lodged hashes, begins the review, ends returns whose day has passed; for a job. */
must_use Error application_advance(Call *call, int64_t *out_count);
must_use Error application_overdue(Call *call, int64_t id, Text clock);
must_use Error application_remind(Call *call, int64_t id, Text clock, bool is_today);
