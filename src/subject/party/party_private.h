/* What the files of this room share. */
#pragma once
#include "engine/masking/masking.h"
#include "subject/interest/interest.h"
#include "subject/party/party.h"
#include "subject/party/party.sql.h"

typedef struct PartyFacts { /* what the guards look at */
	bool is_vendor; /* the actor is a member of the vendor's organisation */
	bool is_bound, is_confirmed; /* an organisation is bound; a partner has confirmed who the contact is */
	bool is_foreign, is_own_provider, is_own_report, is_service;
	bool has_mail, has_notice, has_reported; /* has_reported: the duty is done */
	bool is_ended; /* the casefile is */
	bool has_embargo; /* one holds */
	Text step, position;
	int64_t attempts, failed; /* in this step */
	bool is_over; /* the running clock has run out */
	bool says_fixed; /* the position names a fixed version or date */
	int64_t lines, open_lines; /* version lines: all, and those without fix */
	int64_t verifier_id, handler_id; /* whom the check is assigned to; who of the vendor has taken it */
	Text closing, closing_from; /* what the vendor asks to close it as, and the state it came from; may be empty */
} PartyFacts;

Error party_machine_load(Call *call, Text ref, Matter *out);
Error party_machine_move(Call *call, const Matter *matter, Text to, int64_t *out_changed);
Error party_machine_applied(Call *call, Matter *matter, const Transition *row, const void *input);
extern const PartyHooks *party_hooks;
extern PartyAppealLook *party_appeal_look; /* NULL: nobody knows of appeals */

typedef struct PartyChange { /* what an action changes; `row` is stored afterwards */
	Call *call;
	PartyRow *row;
	const Party *party;
	const Map *values;
} PartyChange;
typedef Error PartyChanging(const PartyChange *change);
PartyChanging party_take, party_give_back; /* team.c */
PartyChanging party_close_fixed, party_close_retired, party_close_known, party_accept_closing, party_return_closing; /* closing.c */
must_use Error party_fix_whole(const PartyChange *change, Text fixed); /* every version line */
/* What the last statement on this form said; no values when there is none. */
must_use Error party_last_values(Call *call, const PartyRow *row, const char *form, const Map **out);
PartyChanging party_attempt, party_invite, party_bind, party_confirm, party_notify, party_channel, party_delivered; /* party_contact.c */

must_use Error party_of_row(Call *call, const PartyRow *row, Party *out);
/* Whose matters the actor sees on the side of a vendor: organisations and, with a minus sign, teams (view party_reader). */
must_use Error party_audiences(Call *call, Numbers *out);
/* Who of the vendor is told: the team of the product; else, of an organisation with teams, its administrators; else everybody. */
must_use Error party_members(Call *call, const PartyRow *row, Numbers *out);
/* The organisation that this one has become part of, or itself. */
must_use Error party_effective(Call *call, int64_t organisation_id, int64_t *out);
/* Tells those whom this step concerns; inside the transaction of the action. */
must_use Error party_tell(Call *call, const Party *party, const Transition *row);
enum { PARTY_LINES_MAX = 200 }; /* version lines */
must_use Error party_tell_vendor(Call *call, const Party *party, NoticeKind kind);
must_use Error party_tell_coordinator(Call *call, const Party *party, NoticeKind kind);
must_use Error party_store_statement(Call *call, const Party *party, const char *action, const Form *form, const Map *values);
must_use Error party_store_lines(Call *call, int64_t party_id, int64_t seal_key, Text versions);
/* Logs an attempt of the present step. message: id in the outbox, 0: none. */
MaskSpans party_personal(Arena *arena, Text content); /* what a notice holds only where somebody confirms it */
must_use Error party_log_attempt(Call *call, const Party *party, Text channel, Text outcome, Text address, Text note, int64_t message);
Text party_link(Call *call, const Party *party);
Text party_person(Call *call, int64_t person_id); /* shown name; empty: nobody, or an account that is no more */
