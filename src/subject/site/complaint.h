/*
 * complaint: what somebody has to say about the library or those who work with it (投诉举报). It gets a number, a claim code by which the sender
 * follows it, and an answer within the working days of a setting. Everything that is said is sealed. Part of the face of this room.
 */
#pragma once
#include "store/db/kept.h"
#include "work/letter/letter.h"

enum { COMPLAINT_LEAST = 10, COMPLAINT_MOST = 5000, COMPLAINTS_A_DAY = 5 };
typedef struct ComplaintKind {
	const char *tag, *text; /* text: English source text */
} ComplaintKind;
extern const ComplaintKind complaint_kinds[];
extern const size_t complaint_kind_count;

typedef struct ComplaintNew {
	Text once; /* token of the form: sent twice it is one */
	Text kind, text, mail; /* mail: where an answer is told of; may be empty */
	Text address; /* of the sender */
} ComplaintNew;
typedef struct ComplaintReceipt {
	Text ref, code; /* code: shown once */
	int64_t due_at;
} ComplaintReceipt;
/* INVALID with problems at kind, text, mail. CONFLICT: this form was sent already. TOO_MANY: over the limit of an address and day. */
must_use Error complaint_send(Call *call, const ComplaintNew *complaint, ComplaintReceipt *out);

typedef struct Complaint {
	int64_t id, seal_key, received_at, due_at, answered_at; /* answered_at 0: not yet */
	Text ref, kind, text, contact, answer, answerer, state; /* contact, answer: may be empty */
	bool has_letter; /* the letter of answer is issued */
} Complaint;
typedef LIST_OF(Complaint) Complaints;
/* What a claim code opens, for whoever shows it: guessed codes as with reports. NOT_FOUND, TOO_MANY. */
must_use Error complaint_follow(Call *call, Text code, Text address, Complaint *out);
/* For coordinators with a second factor; FORBIDDEN for others. Newest first; before: id of the last one seen, 0 to begin with. */
must_use Error complaint_list(Call *call, Text state, int64_t before, int64_t max, Complaints *out);
must_use Error complaint_open(Call *call, Text ref, Complaint *out); /* recorded; NOT_FOUND */
must_use Error complaint_answer(Call *call, Text ref, Text answer); /* CONFLICT: it is answered; INVALID: problem at answer */
/* The letter of answer: its order for the form. CONFLICT: it is not answered yet. */
must_use Error complaint_letter_order(Call *call, const Complaint *complaint, LetterOrder *out);
/* As it was issued, for whoever has the claim code; recorded without a name. NOT_FOUND: no such code, or none is issued; TOO_MANY. */
must_use Error complaint_letter(Call *call, Text code, Text address, Text *out_name, Text *out_bytes);
must_use Error complaint_list_of_actor(Call *call, int64_t max, Complaints *out); /* what the actor sent, signed in; newest first */
/* Tells the coordinators of each that has to be answered within three days, or is late, once. For a job. */
must_use Error complaint_remind(Call *call, int64_t max, int64_t *out_count);
/* For the retention rules: the answered ones; taken away, number, kind and dates stay. */
must_use Error complaint_kept(Call *call, const KeptPage *page, Keeps *out);
must_use Error complaint_forget(Call *call, Text ref); /* inside db_transact */
must_use Error complaints_waiting(Call *call, int64_t *out_count); /* at most 100 */

struct RouteTable;
extern const struct RouteTable complaint_routes, complaint_letter_routes;
