/* What the files of this room share. */
#pragma once
#include "subject/casefile/casefile.h"
#include "subject/casefile/casefile.sql.h"
#include "subject/casefile/gate.sql.h"
#include "subject/casefile/supervision.sql.h"

typedef struct CasefileReporter {
	int64_t person_id, organisation_id; /* 0: none */
} CasefileReporter;
typedef struct CasefileFacts { /* what the guards look at */
	bool is_incident, is_refuted, is_numbered, is_merged, is_emergency;
	bool has_component; /* a casefile of a component's provider hangs on it, or it is one */
	bool is_server_only; /* parts were confirmed, and all of them are servers in use */
	bool is_high; /* rated high or critical: two verifiers */
	bool has_notice, has_fix; /* each vendor was told or could not be; each has its repair measure, or is not affected */
	bool has_mitigation, has_public_text;
	int64_t actor_id;
	const char *actor_interest; /* declared, or by membership: why the actor may not judge it; NULL: nothing is known */
	const char *approver_interest; /* the same of the publisher who approved a publication that waits */
	bool has_undertaking; /* the actor has signed it for this casefile */
	int parties; /* vendors named */
	const int64_t *vendor_ids; /* organisations of the vendors concerned */
	size_t vendor_count;
	bool went_abroad; /* to a foreign recipient other than the product's own provider */
	bool is_public; /* the matter is known to everybody already */
	bool has_embargo, is_embargoed; /* one was agreed; it still holds */
	bool is_frozen; /* a period of a major event, without consent */
	bool is_approved; /* a publisher has approved publication at the end of what it waits for */
	bool is_consulted, is_reported, is_assessed, is_permitted; /* steps of an early release */
	int64_t silent_ms; /* since when the provider has answered nothing, until now; 0: it answers, or was not notified */
	const char *text_fault; /* why the public text may not be public; NULL: nothing is seen */
	bool has_advisory, is_withdrawn, has_proposal; /* it is published; taken back; a change of it waits for its decision */
	bool is_escalated, has_instruction, is_answered; /* to the authority; an instruction of it is open; that one is answered */
	int64_t proposer_id; /* of that change */
	bool has_merge, is_unmerge; /* a merging, or that one is undone, waits for its confirmation */
	int64_t merge_proposer_id;
	int64_t isolated_by_id; /* 0: it is not isolated */
	int64_t verifier_id, second_id; /* whom it is assigned to */
	int64_t verified_by_id, second_by_id, asked_by_id, approved_by_id; /* who did */
	int64_t early_first_id, early_second_id; /* who approved an early release */
	const int64_t *verifier_ids; /* everybody who ever verified it */
	size_t verifier_count;
	const CasefileReporter *reporters;
	size_t reporter_count;
} CasefileFacts;

/* Why this person of this organisation may not judge the casefile; NULL: no interest is known. */
/* Pure: what the facts know, of the actor also what was declared. */
const char *casefile_interest(const CasefileFacts *casefile, int64_t person_id, int64_t organisation_id);
bool casefile_is_at_work(const CasefileFacts *facts, const Actor *actor); /* is assigned as one of its verifiers */
bool casefile_has_verified(const CasefileFacts *casefile, int64_t person_id);

/* ---- The gate; guards are pure */
typedef struct GateItem { /* one condition of publication */
	bool (*is_met)(const CasefileFacts *casefile);
	const char *text, *why_not;
	bool is_of_time; /* a request may wait for it in READY; publication may not */
} GateItem;
extern const GateItem casefile_gate[];
extern const size_t casefile_gate_count;
const char *gate_lets_ask(const void *facts, const Actor *actor);
const char *gate_lets_publish(const void *facts, const Actor *actor);
const char *gate_lets_publish_by_itself(const void *facts, const Actor *actor); /* with a publisher's approval; by the system */
/* Why the actor is not another person than all who had a part in it; NULL: is. Guards of asking and of publishing. */
const char *gate_may_ask(const void *facts, const Actor *actor);
const char *casefile_second_person(const void *facts, const Actor *actor);
bool early_is_approved(const CasefileFacts *casefile);

/* Why this text may not be public, English source text; NULL: nothing is seen. `hosts`: names of servers in use. */
const char *public_text_fault(Arena *arena, const Map *values, const Texts *hosts);

/* ---- The machine */
Error casefile_machine_load(Call *call, Text ref, Matter *out);
Error casefile_machine_move(Call *call, const Matter *matter, Text to, int64_t *out_changed);
Error casefile_machine_applied(Call *call, Matter *matter, const Transition *row, const void *input);

must_use Error casefile_of_row(Call *call, const CasefileRow *row, Casefile *out);
must_use Error casefile_load_facts(Call *call, const CasefileRow *row, const Map *public_values, CasefileFacts *out);
/* Publishes what casefile-public holds as an advisory of our own; again: as a revision by `author`, and the day of publication stays. Inside the
 * transaction. */
must_use Error casefile_publish(Call *call, const Casefile *casefile, Text author, Text reason);
extern const char casefile_publisher[]; /* who speaks in advisories of our own */
/* Names of servers that the reports mention. */
must_use Error casefile_server_names(Call *call, int64_t id, Texts *out);
typedef struct AdvisoryProposal { /* ref empty: none waits */
	Text ref, kind; /* correction withdrawal */
	const Map *values; /* of the form casefile-correct or casefile-withdraw */
	int64_t proposed_by, proposed_at;
} AdvisoryProposal;
must_use Error casefile_proposal(Call *call, const Casefile *casefile, AdvisoryProposal *out);
/* Tells those whom this step concerns; inside the transaction of the action. */
must_use Error casefile_tell(Call *call, const CasefileRow *row, const char *action);

/* The reporter takes back a report that a casefile has; INVALID when the advisory is public. Inside the transaction. */
must_use Error casefile_report_withdrawn(Call *call, const Report *report);
/* The report's action: a casefile of its own, or one that is named. */
must_use Error casefile_attach_report(Call *call, const Report *report, const Map *values);
/* ---- What stands between it and publication */
#define SILENCE_MS ((int64_t)45 * 24 * 3600000)
typedef struct EmbargoAnswer {
	Text participant, answer, note;
	const char *text; /* of the answer, for people */
	int64_t n, at, party_id, report_id; /* who answered; both 0: the coordinator recorded it. at 0: no answer */
} EmbargoAnswer;
typedef struct CasefileEmbargo {
	int64_t n, ends_at; /* n 0: there is none */
	Text zone, state, reason; /* state: EXPIRED too when its instant is over */
	bool holds;
	LIST_OF(EmbargoAnswer) answers; /* newest first; of earlier versions too */
} CasefileEmbargo;
must_use Error casefile_embargo(Call *call, int64_t casefile_id, Text ref, CasefileEmbargo *out);
const char *embargo_state_text(Text state);
/* Adds those vendors who signed for the notice, and those reporters, who have not answered. */
must_use Error casefile_embargo_silent(Call *call, int64_t casefile_id, CasefileEmbargo *embargo);
typedef struct EmbargoParticipant { /* a party or a report */
	int64_t party_id, report_id;
	Text name;
} EmbargoParticipant;
must_use Error embargo_answer_of(Call *call, const CasefileRow *row, const EmbargoParticipant *who, const EmbargoWord *word);
typedef struct EarlyStep {
	const Form *form;
	const Map *values;
	int64_t at;
} EarlyStep;
typedef struct CasefileEarly {
	LIST_OF(EarlyStep) steps; /* consultation, reports, assessment: as far as they went */
	bool is_permitted;
	int64_t first_by, second_by;
} CasefileEarly;
must_use Error casefile_early(Call *call, int64_t casefile_id, Text ref, CasefileEarly *out);
typedef struct UpwardReport {
	Text recipient, document, receipt; /* receipt: number of its acknowledgement, empty until then */
	int64_t sendings, sent_at, acknowledged_at; /* acknowledged 0: not yet */
} UpwardReport;
typedef LIST_OF(UpwardReport) UpwardReports;
must_use Error casefile_upward(Call *call, int64_t casefile_id, UpwardReports *out);
must_use Error casefile_freezes(Call *call, int64_t casefile_id, Freezes *out_without_consent); /* those that run now */

/* Whose roles let them read casefiles; those of the authority too, of what is escalated to it. */
uint32_t casefile_reading_roles(const Actor *actor);
typedef struct Instruction {
	Text text, answer, closing; /* answer and closing empty until then */
	int64_t id, issued_at, due_at, answered_at, closed_at; /* 0: not */
	bool is_overdue;
} Instruction;
typedef LIST_OF(Instruction) Instructions;
must_use Error casefile_instructions(Call *call, const Casefile *casefile, Instructions *out); /* newest first */
must_use Error casefile_escalated(Call *call, int64_t before, int64_t max, Casefiles *out); /* newest first; before 0: to begin with */

/* ---- What actions change; inside the transaction, `values` checked by the action's form */
typedef struct CaseChange {
	Call *call;
	CasefileRow *row; /* stored afterwards */
	const Casefile *casefile; /* as it was */
	const Map *values;
	const Form *form;
} CaseChange;
typedef Error CasefileChange(const CaseChange *change);
CasefileChange supervision_escalate, supervision_instruct, supervision_answer, supervision_close;
CasefileChange name_party, change_describe;
CasefileChange merge_propose, merge_into, merge_refuse, unmerge_propose, unmerge_from, merge_relate;
CasefileChange dispute_rate;
CasefileChange isolation_isolate, isolation_destroy, isolation_release;
bool casefile_is_isolated(Text state); /* or wiped */
must_use Error isolation_shell(Call *call, const CasefileRow *row, Casefile *casefile);
must_use Error isolation_apply(Call *call, const CasefileRow *row, const Map *values); /* inside the transaction of another isolation */
must_use Error isolation_report_isolated(Call *call, const Report *report, const Map *values);
must_use Error merge_load_facts(Call *call, int64_t id, CasefileFacts *facts);
must_use Error merge_first_report(Call *call, int64_t origin_id, int64_t *out_report_id); /* 0: it has none */
must_use Error merge_former_number(
	Call *call, int64_t report_id, Text *out); /* archived number of the casefile it came from; may be empty */
/* An entry of another casefile's history that no row of its table makes. Inside the transaction. */
must_use Error casefile_note(Call *call, const Casefile *casefile, const char *action, Text detail);
CasefileChange proposal_correct, proposal_withdraw, proposal_carry_out, proposal_refuse;
CasefileChange upward_send, upward_take_answer;
CasefileChange embargo_propose, embargo_answer, embargo_end;
CasefileChange freeze_consent;
void freeze_check_words(Call *call, const Freeze *freeze); /* problems at name and basis, which stand before the days */
CasefileChange task_take_back, task_hand_over;
CasefileChange early_consult, early_add_reports, early_take_assessment, early_add_approval;
CasefileChange verify_undertake, verify_confirm, verify_second, verify_refute, verify_assign, verify_assign_second, verify_add_part;
typedef struct RatingAuthor {
	const char *who; /* verifier second reporter party expert appeal */
	Maybe person, organisation;
} RatingAuthor;
/* Keeps a rating beside the others; levels are of the vector of GB/T 30279, "none" without one; outs may be NULL. */
must_use Error casefile_add_rating(
	Call *call, const CasefileRow *row, const RatingAuthor *author, Text gbt30279, Text cvss, Text *out_technical, Text *out_overall);
/* A new casefile in its first state. */
typedef struct CasefileNew {
	Text title, class_tag;
	bool is_incident;
	int64_t coordinator_id;
} CasefileNew;
must_use Error casefile_new(Call *call, const CasefileNew *given, int64_t *out_id);
/* The reporter's own product enters with its party in the stage of fixing. */
must_use Error casefile_add_own_party(Call *call, int64_t casefile_id, const Report *report);
/* Declared interests and memberships of anybody in what this casefile concerns. */
must_use Error casefile_interest_of(Call *call, int64_t casefile_id, int64_t person_id, const char **out_why);
/* Why this person cannot be assigned; NULL: can. */
must_use Error casefile_unfit(
	Call *call, int64_t casefile_id, const CasefileFacts *facts, const char *part, const Person *person, const char **out_why);
must_use Error casefile_assignable(Call *call, const Casefile *casefile, const char *part, Assignables *out);
must_use Error casefile_assign(Call *call, const CasefileRow *row, const CasefileFacts *facts, const char *part, Text handle);
/* What was filled in, sealed with the matter's key. */
must_use Error change_seal(const CaseChange *change, const char *place, Text row, Sealed *out);
