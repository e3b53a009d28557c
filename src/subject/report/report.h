/*
 * report: what somebody sent, from the draft to the decision whether it becomes part of a casefile. Everything written is sealed.
 * Who may read a report is said in one place, the view report_reader; whoever may not is told NOT_FOUND, as if there were none.
 */
#pragma once
#include "base/base/base.h"
#include "engine/likeness/features.h"
#include "people/notice/notice.h"
#include "store/db/kept.h"
#include "work/form/form.h"
#include "work/thread/thread_mail.h"
#include "work/workflow/worklist.h"

extern const Wordlist report_reasons, report_libraries; /* of a rejection; of a transfer */
extern const Wordlist report_conditions; /* of a certificate of an original find */

typedef struct Report {
	int64_t id, revision, seal_key, received_at, updated_at;
	int64_t reporter_id, organisation_id; /* 0: a visitor, none */
	int64_t product_id; /* of the catalogue; 0: it has none. Never shown to the reporter */
	Text ref, state, kind, class_tag, title;
	Text content_digest; /* SHA-256 of what was sent, as the receipt says */
	const Map *values; /* of report_form */
	Text suspect; /* why it looks like spam: a word; may be empty */
	Text reason, decision; /* code and explanation of the decision; may be empty */
	int64_t reason_version; /* of the word in report_reasons or report_libraries */
	Text earlier_ref; /* DUPLICATE: number and time of the earlier report, nothing else */
	int64_t earlier_at, earlier_id; /* earlier_id: never shown */
	bool is_known; /* DUPLICATE of an internal record: known internally; see internal.h */
	bool is_stamped; /* with a time stamp of somebody outside */
	int64_t known_event, known_record; /* of the ledger, when it was entered; the record: never shown */
	bool has_known; /* that it is known waits for its confirmation; asked when it is opened */
	int64_t known_proposed_by;
	int64_t decided_by; /* who made the last decision; 0: nobody */
	int64_t embargo_until; /* of its casefile, while one holds; 0: none, or it was not asked */
	bool is_overdue; /* the additions that were asked for */
	bool in_casefile; /* ISOLATED: with the casefile that has it; asked when it is opened */
	bool is_isolated; /* ISOLATED or WIPED: nothing of what was sent is here, for nobody */
	bool is_own; /* the actor's: the reporter's, or opened with its claim code */
	const char *
		interest; /* why the actor, a coordinator, may not judge it: English source text; NULL: nothing is known, or it was not asked */
	bool by_claim;
	int64_t reviewer_id; /* FORMAL_REVIEW: who of those who verify has it; 0: the coordinators themselves; asked when it is opened */
	bool is_reviewer; /* the actor has it, and reads it for that alone */
	bool has_undertaking; /* the actor has signed the confidentiality undertaking for it */
	bool hides_content; /* the actor has it and has not signed */
} Report;
typedef LIST_OF(Report) Reports;

extern const Form report_form;
extern const Machine report_machine;
extern const Worklist report_worklist;
const Form *report_action_form(const char *name); /* NULL: the action asks for nothing */

/* The roles by which this actor sees matters of others: none without second factor, none for administrators. */
uint32_t report_reading_roles(const Actor *actor);

/* ---- Sending */
typedef struct Reception {
	Text ref, claim_code; /* code: only of a visitor, only for who sent it */
	bool repeated; /* it had been sent before: nothing new was stored */
} Reception;
typedef struct ReportSender { /* how it came; for limits, the spam queue and notices */
	Text address; /* of the peer */
	Text mail; /* a visitor's, for notices; may be empty. INVALID with a problem at "mail" */
} ReportSender;
/* The same as the two below, with the limits of a day (TOO_MANY) and what looks like spam put apart. */
must_use Error report_send_draft_from(Call *call, Text draft_ref, Text secret, const ReportSender *sender, Reception *out);
must_use Error report_send_from(Call *call, const Map *values, Text key, const ReportSender *sender, Reception *out);
/* Sends a draft. INVALID: problems by field. Sent twice: the first reception again. */
must_use Error report_send_draft(Call *call, Text draft_ref, Text secret, Reception *out);
/* Sends what a machine gives in one piece. `key`: the Idempotency-Key, may be empty. CONFLICT: the key stood for something else. */
must_use Error report_send(Call *call, const Map *values, Text key, Reception *out);
/* One of many that the batch room has prepared: its key and its files are there already, and become the report's. Inside db_transact, as the
 * person who sends; nobody is told of it by itself. INVALID: problems by field. CONFLICT: the same `key` was sent before. */
typedef struct ReportPrepared {
	const Map *values;
	int64_t seal_key;
	const char *files_of; /* kind of the attachments' owner, and which one */
	int64_t files_id;
	Text key; /* what it is among everything that was ever prepared */
} ReportPrepared;
typedef struct ReportSent {
	int64_t id;
	Text ref;
} ReportSent;
must_use Error report_send_prepared(Call *call, const ReportPrepared *prepared, ReportSent *out);
/* How many reports the actor has sent since then. */
must_use Error report_sent_since(Call *call, int64_t since, int64_t *out_count);

/* ---- Reading */
must_use Error report_open(Call *call, Text ref, Report *out);
/* For a subject that has asked for permission by its own rule: the casefile. */
must_use Error report_read(Call *call, int64_t id, Report *out);
/* Its number, for those who look for its clocks; asks nobody's permission. */
must_use Error report_id_of(Call *call, Text ref, int64_t *out_id, bool *out_found);
must_use Error report_list_own(Call *call, int64_t before, int64_t max, Reports *out); /* newest first; before 0: from the newest */
/* The same, only of one state. */
must_use Error report_list_own_in(Call *call, Text state, int64_t before, int64_t max, Reports *out);
must_use Error report_queue(
	Call *call, Text state, int64_t after, int64_t max, Reports *out); /* oldest first, without what looks like spam */
must_use Error report_spam_queue(Call *call, int64_t after, int64_t max, Reports *out); /* received, not yet looked at */
void report_matter(const Report *report, Arena *arena, Matter *out); /* for the questions to the table */

/* A guess at a claim code of any kind: `look` says, inside the transaction, what the keyed code opens. NOT_FOUND, and after five wrong ones from
 * an address, whatever they were meant for, TOO_MANY for a quarter of an hour, right or wrong. */
typedef Error ClaimLook(Call *call, Text key, void *argument, bool *out_found);
must_use Error report_guess(Call *call, Text code, Text address, ClaimLook *look, void *argument);
/* Looks the claim code of a report up, by a guess. */
must_use Error report_claim(Call *call, Text code, Text address, Text *out_ref);
/* The actor, who has an account, takes over the report whose claim code was shown: it is theirs and the code is void. FORBIDDEN: not shown;
 * CONFLICT: it is somebody's already. */
must_use Error report_take_over(Call *call, Text ref);
/* The keyed value of a code, for Actor.claim_key; no text when it is no code. */
Text report_claim_key(Call *call, Text code);

/* What stands before anything a visitor sends: a little work of the sender's machine, or a little waiting (gate_private.h says how). For other
 * subjects' forms too. `purpose`: one sending, a token of the form. */
typedef struct ReportGate {
	Text challenge, wait; /* no text for somebody with an account */
	int bits;
} ReportGate;
void report_gate_open(Call *call, Text purpose, Text known, ReportGate *out); /* known: what came back; who waits goes on waiting with it */
must_use Error report_gate_check(Call *call, Text purpose, Text challenge, Text solution); /* INVALID with a problem at "solution" */

/* ---- Acting. `values` are those of the action's form, or NULL. */
must_use Error report_act(Call *call, Text ref, Text action, int64_t revision, const Map *values);
void report_threads(const Report *report, ThreadSubject *out);
bool report_is_shut(const Report *report); /* nothing of its content is here, for nobody or for this actor */
/* Its files; none of one that is shut. */
must_use Error report_attachments(Call *call, const Report *report, Attachments *out);
/* What whoever works on it reads: without who reported it and how to reach them, which is the coordinator's affair alone. */
const Map *report_values_for_workers(Call *call, const Map *values);
/* Additions of files after sending: the owner's, until the decision. */
bool report_takes_files(const Report *report);

/* ---- Duplicates */
enum { CANDIDATES_MOST = 10 };
typedef struct Candidate { /* may speak of the same vulnerability */
	Report report;
	int score, shared[FEATURE_KINDS]; /* see features_score */
	bool same_class;
} Candidate;
typedef LIST_OF(Candidate) Candidates;
/* The best first; only reports the actor may open. `except`: the report that the values are of, 0 for a draft. */
must_use Error report_candidates(Call *call, const Map *values, int64_t except, Candidates *out);

/* ---- The formal review by somebody who verifies, of the library or of a support unit: one opinion, the coordinator decides */
typedef struct ReviewOpinion {
	int64_t given_at;
	Text reviewer, organisation; /* names; organisation: may be empty */
	Text opinion; /* accept ask reject */
	Text reason; /* of a rejection: a word of report_reasons; may be empty */
	int64_t reason_version;
	Text words;
} ReviewOpinion;
typedef LIST_OF(ReviewOpinion) ReviewOpinions;
const char *review_opinion_text(Text opinion); /* English source text */
/* Oldest first; for coordinators, nobody else is told any. */
must_use Error report_opinions(Call *call, const Report *report, ReviewOpinions *out);
/* Whom the actor, a coordinator, can give it to; none when it is in no formal review. */
must_use Error report_assignable(Call *call, const Report *report, Assignables *out);
/* Somebody declared an interest, left, is away or back: their formal reviews go to who may have them. Inside the transaction. */
must_use Error report_interest_declared(Call *call, int64_t person_id);
must_use Error report_person_left(Call *call, int64_t person_id);
must_use Error report_absence_begins(Call *call, int64_t person_id, int64_t deputy_id);
must_use Error report_absence_ends(Call *call, int64_t person_id);

/* ---- Certificates of original finds: the published conditions, shown before sending, asked again by the room that
 * issues. level, is_incident: as the library has rated and classed it. *out_fault: the first condition that is not met, for people; empty: all are met. */
must_use Error report_condition_version(Call *call, int64_t *out_version);
must_use Error report_certifiable(Call *call, const Report *report, Text level, bool is_incident, Text *out_fault);

/* ---- What a participant says of an embargo: the same questions to reporters and vendors */
extern const FormSection embargo_answer_section;
typedef struct EmbargoWord {
	Text answer; /* accepted, refused, revised */
	Text note; /* with another instant, when one is asked for */
} EmbargoWord;
EmbargoWord embargo_word(Arena *arena, const Map *values);

/* ---- For disputes: who may not judge it, and what becomes of it when its decision does not stand */
/* What is declared or known of this person in the report's product or its owner; *out_why stays when there is nothing. */
must_use Error report_interest_of(Call *call, const Report *report, int64_t person_id, const char **out_why);
/* A rejection or duplicate does not stand: back to the formal review, with the number and the time of reception it has. Inside the transaction.
 * *out_moved false: it is in neither state any more, and nothing was changed. */
must_use Error report_set_aside(Call *call, int64_t report_id, Text dispute, bool *out_moved);
/* Given once at start, because this room knows no dispute: what the page of a decided report says of appeals. */
typedef struct ReportAppeal {
	Text path; /* of the form, or of the dispute there is; empty: nothing to say */
	const char *text; /* English source text: of the link */
	int64_t until; /* of the time to appeal; 0: there is a dispute */
} ReportAppeal;
typedef Error ReportAppealLook(Call *call, const Report *report, ReportAppeal *out);
void report_set_appeal(ReportAppealLook *look);
/* Given once at start as well: what ends what hangs on a report whose content is destroyed, before its key is. Inside that transaction. */
typedef Error ReportGone(Call *call, int64_t seal_key);
void report_set_gone(ReportGone *gone);

/* ---- What the casefile tells about a report; given once at start, because this room knows no casefile */
typedef struct ReportStage {
	Text casefile_number, state_text, tone; /* number: archived number, empty before acceptance */
	Text former_number; /* of the casefile that was merged into this one; may be empty */
	const char *turn; /* whose, English source text; NULL: nobody's */
	ClockView clock;
	Text advisory; /* identifier when published */
	LIST_OF(Text) steps; /* names of the stages from here on */
	size_t current;
	bool ended, stopped; /* stopped: it ended on the way, and no further stage follows */
} ReportStage;
typedef struct ReportHooks {
	/* Opens a casefile for the report, or adds it to an existing one; inside the transaction of the action. */
	Error (*attach)(Call *call, const Report *report, const Map *values);
	/* The reporter takes a report back that a casefile has; INVALID when it is too late. Inside the transaction. NULL: nobody asks. */
	Error (*withdrawn)(Call *call, const Report *report);
	Error (*stage)(Call *call, int64_t report_id, ReportStage *out, bool *out_found);
	/* A report that a casefile has was isolated: the casefile is, with all of its reports. Inside the transaction. NULL: nobody asks. */
	Error (*isolated)(Call *call, const Report *report, const Map *values);
	/* Until when its casefile may not be published, 0: no embargo holds; and the reporter's answer to it. Both or none. */
	Error (*embargo)(Call *call, int64_t report_id, int64_t *out_until);
	Error (*embargo_answer)(Call *call, const Report *report, const EmbargoWord *word);
} ReportHooks;
void report_set_hooks(const ReportHooks *hooks);
/* Where the report's casefile stands; not found: it has none. */
must_use Error report_stage(Call *call, const Report *report, ReportStage *out, bool *out_found);

/* Records that the actor reads a matter of somebody else, before the reply; BUSY when that fails, and then nothing is shown. */
must_use Error report_record_reading(Call *call, const char *kind, Text ref, int64_t seal_key);
typedef struct Reader {
	int64_t person_id;
	Text name;
	int64_t at; /* last time */
} Reader;
typedef LIST_OF(Reader) Readers;
must_use Error report_readers(Call *call, const char *kind, Text ref, Readers *out);
/* The signed receipt of the report's reception. */
must_use Error report_receipt(Call *call, const Report *report, Text *out);

/* Tells the reporter, with or without account; inside the transaction. */
must_use Error report_tell_reporter(Call *call, int64_t report_id, NoticeKind kind, Text subject, Text link);
/* Tells the members of a conversation but the actor of a new message, and the visitor when one belongs to it. */
must_use Error report_tell_members(Call *call, const ThreadMembers *members, const Report *visitors, const ThreadPlace *place);

/* ---- For the threads of subjects above */
must_use Error report_add_holders(Call *call, Role role, ThreadMembers *members); /* everybody who holds the role and is not in the list */
must_use Error report_add_person(Call *call, int64_t person_id, Text role, ThreadMembers *members);

/* ---- For the retention rules: reports that were refused, taken back or repeat an earlier one, and that no casefile has. Taken away, nothing opens
 * what was sent; number, dates, decision and the digest of the receipt stay. */
must_use Error report_kept(Call *call, const KeptPage *page, Keeps *out);
must_use Error report_forget(Call *call, Text ref); /* inside db_transact */
/* For the end of an account: how to reach the reporter is taken out of every report; a credit by public name becomes one by this name, an empty one
 * means no credit at all. The digest on the receipt stays that of what was sent. Inside db_transact. */
must_use Error report_unname(Call *call, int64_t person_id, Text handle);

struct RouteTable;
extern const struct RouteTable intake_routes, report_routes, report_list_routes, decision_routes, catalogue_routes, report_api_routes,
	draft_api_routes, rating_routes, condition_routes, personal_routes;
