/*
 * dispute: appeals (申诉) against a rejection, a duplicate, a rating, or being named as affected; the answer by somebody who had no part in the
 * decision; and, where the answer is not accepted, a panel of experts (专家裁定) whose decision is carried out by the machine it concerns.
 *
 * The panel is drawn by chance from the library of experts and those who verify, without whoever belongs to a side, has declared an interest, or did
 * anything in the matter before; one seat at most for an organisation. Each vote has its reasons and is sealed until all have voted or the time is
 * over. Quorum: more than half of the seats. The majority decides; where votes are equal, the decision does not stand: in doubt the matter is looked
 * at again. A new rating is the middle one of those proposed by who voted for a change, by overall level, of two the lower one.
 *
 * Who may read one is said in one place, the view dispute_reader; whoever may not is told NOT_FOUND, as if there were none.
 */
#pragma once
#include "subject/casefile/casefile.h"

extern const Machine dispute_machine;
extern const Worklist dispute_worklist;
extern const Wordlist dispute_grounds;
extern const Form dispute_appeal_form; /* grounds, text */
const Form *dispute_action_form(const char *name); /* NULL: the action asks for nothing */

typedef struct Dispute {
	int64_t id, revision, seal_key, place; /* place: in the queue; that of support units stands before */
	int64_t report_id, casefile_id, party_id, person_id, organisation_id; /* 0: none; person, organisation: who appealed */
	int64_t grounds_version, decided_at, answered_by, answered_at, ended_at, opened_at,
		updated_at; /* decided_at: what it is against; 0: not yet */
	int64_t panel_size; /* 0: no panel was asked for */
	Text ref, state, against; /* against: rejection duplicate rating named */
	Text subject; /* ref of the report or of the party; empty for who has a seat */
	Text grounds, text, answer, request; /* grounds: a word; empty: not yet, or not for the actor */
	Text outcome; /* upheld, set-aside; empty: not decided */
	bool is_priority; /* of a support unit */
	bool is_tie; /* votes were equal */
	bool is_appellant; /* the actor */
	bool is_seated, hides_content; /* the actor has a seat, and reads it for that alone; has not signed the undertaking */
	const struct DisputeFacts *facts;
} Dispute;
typedef LIST_OF(Dispute) Disputes;
const char *dispute_against_text(Text against), *dispute_outcome_text(Text outcome); /* English source text */

/* ---- Appealing. INVALID with problems at the fields, or at "action": too late, or there is one already. NOT_FOUND: nothing of the actor's. */
must_use Error dispute_appeal_report(Call *call, Text report_ref, const Map *values, Text *out_ref);
/* By the vendor; `against`: "rating" or "named". */
must_use Error dispute_appeal_party(Call *call, Text party_ref, Text against, const Map *values, Text *out_ref);
/* What can be appealed against, until when; *out_ref: the dispute there is, else no text. *out_against empty: nothing. For pages. */
typedef struct DisputeChance {
	Text against, ref;
	int64_t decided_at, until;
} DisputeChance;
must_use Error dispute_chance_report(Call *call, const Report *report, DisputeChance *out);
must_use Error dispute_chance_party(Call *call, const Party *party, Text against, DisputeChance *out);

/* ---- Reading */
must_use Error dispute_open(Call *call, Text ref, Dispute *out);
/* By their place; coordinators, for others an empty list. after: place of the last one seen, 0 to begin with. */
must_use Error dispute_queue(Call *call, Text state, int64_t after, int64_t max, Disputes *out);
must_use Error dispute_list_own(
	Call *call, int64_t before, int64_t max, Disputes *out); /* newest first; of reports, and of the actor's vendor */
must_use Error dispute_list_seated(Call *call, int64_t max, Disputes *out); /* where the actor has a seat now */
bool dispute_has_queue(const Call *call); /* the actor reads the queue */
must_use Error dispute_attachments(Call *call, const Dispute *dispute, Attachments *out);
/* From the actor: of whoever appealed until the panel has it, of whoever answered until the answer is accepted or not. */
bool dispute_takes_files(const Call *call, const Dispute *dispute);
void dispute_matter(const Dispute *dispute, Matter *out);

/* What a seat reads once the undertaking is signed, and coordinators: what was reported, without who reported it. */
typedef struct DisputeMaterial {
	const char *title; /* English source text */
	Text ref; /* may be empty */
	const Form *form; /* of the values; NULL: text */
	const Map *values;
	Text text;
} DisputeMaterial;
typedef LIST_OF(DisputeMaterial) DisputeMaterials;
must_use Error dispute_materials(Call *call, const Dispute *dispute, DisputeMaterials *out);

/* The seats. Names: for coordinators alone. Verdict and words of a vote: once the panel has decided, and never before, for nobody. */
typedef struct DisputeSeat {
	int64_t seat, signed_at, voted_at; /* 0: not yet */
	Text name, verdict, words, gbt30279, cvss; /* may be empty */
} DisputeSeat;
typedef LIST_OF(DisputeSeat) DisputeSeats;
must_use Error dispute_seats(Call *call, const Dispute *dispute, DisputeSeats *out);
/* Words of all votes in the order of the seats, as the letter of the decision has them. */
Text dispute_reasons(Call *call, const DisputeSeats *seats);
/* The signed receipt of the decision. NOT_FOUND: there is none. */
must_use Error dispute_receipt(Call *call, const Dispute *dispute, Text *out);
/* The decision as a signed PDF in both languages, with the proof of the ledger in it; made once, the same bytes for everybody who may read the dispute.
 * NOT_FOUND: no panel has decided. BUSY: the decision is not in the tree yet. CONFLICT: the library has no key for documents. */
must_use Error dispute_file(Call *call, const Dispute *dispute, Text *out_name, Text *out_bytes);

/* ---- Acting. `values` are those of the action's form, or NULL. The last vote opens all of them, and the decision is carried out at once. */
must_use Error dispute_act(Call *call, Text ref, Text action, int64_t revision, const Map *values);

/* ---- Time: run by jobs. What nobody asked a panel for lapses; panels whose time is over decide, or have the silent ones replaced. */
must_use Error dispute_advance(Call *call, int64_t max, int64_t *out_count);
must_use Error dispute_deadline(
	Call *call, int64_t subject_id, bool is_over, bool is_today); /* for workflow_escalate and workflow_remind */

/* What is sealed with this key is wiped, or kept no longer: every dispute about it ends, and nothing that was written in it stays. Inside the transaction
 * that destroys the key; what the rooms of reports and casefiles are given at start. */
must_use Error dispute_matter_gone(Call *call, int64_t seal_key);

/* ---- Given once at start, because this room knows no library of experts: who may be drawn, and what ties each to these organisations. */
typedef struct DisputeExpert {
	int64_t person_id;
	const char *tie; /* English source text; NULL: none is known */
} DisputeExpert;
typedef LIST_OF(DisputeExpert) DisputeExperts;
typedef Error DisputeLibrary(Call *call, const Numbers *organisations, DisputeExperts *out);
void dispute_set_library(DisputeLibrary *library);
extern ReportAppealLook dispute_report_look; /* what the rooms of reports and parties are given at start */
extern PartyAppealLook dispute_party_look;

struct RouteTable;
extern const struct RouteTable dispute_routes, appeal_routes, dispute_api_routes;
