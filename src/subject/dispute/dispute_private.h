/* What the files of this room share. */
#pragma once
#include "subject/dispute/dispute.h"
#include "subject/dispute/dispute.sql.h"

typedef struct DisputeFacts { /* what the guards look at */
	bool is_appellant;
	const char *unfit; /* why the actor, a coordinator, may not answer; NULL: may */
	bool is_rating; /* against a rating: whoever changes it says what it becomes */
	bool is_over; /* the running clock has run out */
	bool has_seat, has_signed, has_voted; /* the actor */
	int64_t seats, held, votes; /* of the panel */
} DisputeFacts;

must_use Error dispute_machine_load(Call *call, Text ref, Matter *out);
must_use Error dispute_machine_move(Call *call, const Matter *matter, Text to, int64_t *out_changed);
must_use Error dispute_machine_applied(Call *call, Matter *matter, const Transition *row, const void *input);

must_use Error dispute_of_row(Call *call, const DisputeRow *row, Dispute *out);
must_use Error dispute_read(Call *call, int64_t id, Dispute *out); /* for jobs: asks nobody's permission */

/* ---- Independence */
typedef struct DisputeAbout { /* the matter a dispute is about, as far as it matters who may decide */
	Text against, report, casefile, party; /* refs; may be empty but for `against` */
	int64_t reporter_id, appellant_id, party_organisation_id;
	Numbers organisations, products;
} DisputeAbout;
must_use Error dispute_about(Call *call, const Dispute *dispute, DisputeAbout *out);
/* Why this person of this organisation may not answer, or have a seat; NULL: may. */
must_use Error dispute_unfit(
	Call *call, const DisputeAbout *about, int64_t person_id, int64_t organisation_id, bool has_seat, const char **out_why);

/* ---- The panel; inside the transaction */
/* Draws for the seats that are free; *out_detail: how it was drawn, for the ledger. */
must_use Error panel_fill(Call *call, const Dispute *dispute, Text *out_detail);
must_use Error panel_vote(Call *call, const Dispute *dispute, const Form *form, const Map *values);
must_use Error panel_leave(Call *call, const Dispute *dispute); /* the actor gives the seat back */
must_use Error panel_replace_silent(Call *call, const Dispute *dispute);
typedef struct PanelDecision {
	Text outcome;
	bool is_tie;
	const Map *rating; /* of the vote whose rating becomes the official one; NULL: none */
	Text detail; /* the opened votes, for the ledger */
} PanelDecision;
must_use Error panel_decide(Call *call, const Dispute *dispute, PanelDecision *out);

/* The matter's own machine carries out that the decision does not stand. values: of the new rating, else unused. */
must_use Error dispute_carry_out(Call *call, const Dispute *dispute, const char *who, const Map *values);

/* The pages of the decision before they are signed: the same bytes whenever they are made. */
must_use Error dispute_file_body(Call *call, const Dispute *dispute, Text *out);

must_use Error dispute_tell_appellant(Call *call, const Dispute *dispute, NoticeKind kind);
Text dispute_link(Call *call, const Dispute *dispute);
