/*
 * decision: who becomes a support unit, with how many stars. A list is entered by a secretary, decided by another person, and given public notice of
 * (公示) for working days; objections come through three doors; whom nothing stands against at the end of its days is approved; the result is
 * announced (公告), again by two people. The numbers follow from the round's frozen rules; whoever decides may lower stars with a reason, never raise.
 *
 * Whoever assessed does not decide: no officer who reviewed, scored or corrected, no member of a panel, no inspector, nobody with an interest in one of
 * the list. Deciders are secretaries and supervisors; complaints about those who work on the round go to supervisors alone.
 * Nobody moves up from the reserve once public notice was given. An upheld appeal of a later step leads to a further list with days of its own.
 */
#pragma once
#include "subject/programme/inspection/inspection.h"
#include "subject/programme/panel/panel.h"

struct RouteTable;
extern const struct RouteTable round_decision_routes, round_decision_public_routes, round_log_routes, objection_routes,
	objection_own_routes, objection_unit_routes, round_decision_api_routes, decision_dossier_routes;
extern const Machine objection_machine;

/* ---- Lists. `ref` is the round's. For secretaries and supervisors with second factor. */
extern const Form decision_announce_form, decision_appeal_form;
/* Stars of each that is proposed, as the rules give them or lower. INVALID with problems at "stars-REF" and "reason-REF", or at "document". */
must_use Error decision_enter(Call *call, Text ref, const Map *values);
must_use Error decision_by_rules(Call *call, Text ref, Map **out_values); /* what is to be entered when nothing is lowered */
must_use Error decision_waiting(
	Call *call, Text ref, const char *kind, Text *out_decision); /* "publicity", "announcement"; NOT_FOUND: none */
/* Enters the announcement of all that are approved and not announced yet. INVALID: somebody's public notice is not over, or nothing is approved. */
must_use Error decision_enter_announcement(Call *call, Text ref, const Map *values);
/* By another person than who entered it, who assessed nobody on it. CONFLICT: what it rests on has changed; it is entered again. */
must_use Error decision_decide(Call *call, Text ref, Text decision);
must_use Error decision_drop(Call *call, Text ref, Text decision);
/* Approves every one whose days are over and against whom nothing is open. INVALID: there is none. */
must_use Error decision_grant(Call *call, Text ref);
/* About an appeal against a later step than the review, by somebody who was not involved. */
must_use Error decision_appeal(Call *call, Text ref, Text application, const Map *values);
/* INVALID: something is not settled yet. */
must_use Error decision_archive(Call *call, Text ref);

/* ---- For the rooms after this one, which have asked who may */
typedef struct DecisionEntry {
	int64_t id, application_id, stars, rule_stars, place;
	int64_t organisation_id; /* with decision_agreed alone: whose it is now, also after a merger */
	Text ref, organisation, organisation_en, direction; /* ref: its own, in addresses */
	Text application, state; /* as it is now */
} DecisionEntry;
typedef LIST_OF(DecisionEntry) DecisionEntries;
/* Those of the round's announcements that have accepted the agreement and have no certificate yet. */
must_use Error decision_agreed(Call *call, int64_t round_id, DecisionEntries *out, Text *out_document);

/* ---- For everybody, once it is decided */
typedef struct DecisionList {
	int64_t id, number, decided_at, until_at; /* until_at: the end of its days; 0 for an announcement */
	Text ref, kind, document, list, sha256; /* list: canonical JSON, what the hash is of */
	DecisionEntries entries;
} DecisionList;
typedef LIST_OF(DecisionList) DecisionLists;
must_use Error decision_public(Call *call, const Round *round, const char *kind, DecisionLists *out); /* in their order; may be empty */

/* A list of theirs as a document (公示, 公告): the letter it was issued as, or one with the number it was decided under. */
must_use Error decision_list_file(
	Call *call, const Round *round, const DecisionList *list, LetterForm form, Text *out_name, Text *out_bytes);

/* ---- The dossier: of the panel, and once a list is decided with what was decided since. NOT_FOUND before the lock; for everybody before its time.
 * Everybody reads what was decided once it is announced. */
must_use Error decision_dossier(Call *call, Text ref, Text *out_archive);
must_use Error decision_public_dossier(Call *call, Text code, Text *out_archive);

/* ---- Objections */
enum { OBJECTION_LEAST = 10, OBJECTION_MOST = 5000, OBJECTIONS_A_DAY = 5 };
typedef struct ObjectionNew {
	Text once; /* token of the form: sent twice it is one */
	Text about; /* ref of an entry, or "staff" */
	Text name, contact, mail, text; /* name: the real one; mail may be empty */
	Text address; /* of the sender */
} ObjectionNew;
typedef struct ObjectionReceipt {
	Text ref, code; /* code: shown once */
	int64_t at;
} ObjectionReceipt;
/* Until the last millisecond of the days. INVALID with problems at about, name, contact, mail, text. CONFLICT: this form was sent already.
 * TOO_MANY: over the limit of an address and day. NOT_FOUND: no list is public. */
must_use Error objection_send(Call *call, Text code, const ObjectionNew *objection, ObjectionReceipt *out);

typedef struct Objection {
	int64_t id, revision, seal_key, round_id, application_id, handler_id, decided_by, received_at, ended_at; /* 0: none, nobody */
	Text ref, door, state, verdict;
	Text application, organisation; /* empty: about staff */
	Text name, contact, mail, text; /* empty for who does not handle it */
	Text masked, answer, explanation; /* may be empty */
	const char *involvement; /* why the actor may not decide about it; NULL: nothing */
	bool has_letter; /* with objection_follow and objection_open_own alone: the letter of answer is issued */
} Objection;
typedef LIST_OF(Objection) Objections;
/* For secretaries and supervisors with second factor; complaints about staff for supervisors alone. Who objects, and what is said before it was
 * masked, is shown to who handles it, and recorded. NOT_FOUND: hidden or absent. */
must_use Error objection_open(Call *call, Text ref, Objection *out);
/* The answer to who objects (异议答复书; about staff 投诉答复书), or what the unit is told: neither says who objects. CONFLICT: it is not decided, or
 * there is no unit to be told. */
must_use Error objection_letter_order(Call *call, const Objection *objection, bool to_unit, LetterOrder *out);
must_use Error objection_record_reading(Call *call, const Objection *objection); /* when who objects is shown */
must_use Error objection_list(Call *call, int64_t round_id, Objections *out); /* newest first, without what is said */
must_use Error objection_act(Call *call, Text ref, Text action, int64_t revision, const Map *values);
void objection_matter(Call *call, const Objection *objection, Matter *out);
const Form *objection_action_form(const char *name);
const char *objection_door_text(Text door); /* English source text */
/* What a claim code opens: number, state, and the answer once it is decided. NOT_FOUND, TOO_MANY. */
must_use Error objection_follow(Call *call, Text code, Text address, Objection *out);
/* The same for the account that objected. NOT_FOUND: for everybody else too. */
must_use Error objection_open_own(Call *call, Text ref, Objection *out);
/* The letter of answer (异议答复书, 投诉答复书) as it was issued, for who objects alone: by claim code, or by the account. Recorded, without a name.
 * NOT_FOUND: as above, or nothing is issued. */
must_use Error objection_letter_by_code(Call *call, Text code, Text address, Text *out_name, Text *out_bytes);
must_use Error objection_letter_own(Call *call, Text ref, Text *out_name, Text *out_bytes);
must_use Error objection_letter_tell(Call *call, Text ref); /* inside db_transact: who objects is told that it is there */

/* What the unit an objection is about reads of it: never who objects, by which door, who handles it or when it came. */
typedef struct ObjectionOfUnit {
	int64_t id, ended_at; /* ended_at 0: under examination */
	Text ref, masked, verdict, explanation; /* verdict: UPHELD, DISMISSED; empty until it is confirmed, as the explanation is */
	bool has_letter;
} ObjectionOfUnit;
typedef LIST_OF(ObjectionOfUnit) ObjectionsOfUnit;
/* For members of the applicant's organisation; those that were masked, oldest first. NOT_FOUND. */
must_use Error objection_of_unit(Call *call, Text application, ObjectionsOfUnit *out);
/* The letter with the outcome (异议处理结果告知书) as it was issued; recorded. NOT_FOUND: as above, or none is issued. */
must_use Error objection_letter_of_unit(Call *call, Text application, Text ref, Text *out_name, Text *out_bytes);
must_use Error objection_letter_tell_unit(
	Call *call, Text ref); /* inside db_transact: the unit's administrators are told that it is there */
/* A clock of this machine is near its end or over: secretaries are told, of complaints about staff supervisors. */
must_use Error objection_deadline(Call *call, int64_t id, bool is_over);
