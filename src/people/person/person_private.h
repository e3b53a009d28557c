/* What the files of this room share. */
#pragma once
#include "base/crypto/crypto.h"
#include "people/person/credential.sql.h"
#include "people/person/grant.sql.h"
#include "people/person/person.h"
#include "people/person/person.sql.h"
#include "people/vault/vault.h"
#include "store/ledger/ledger.h"
#include "store/seal/seal.h"

/* Records what the actor did to a person or to an own account; inside db_transact. */
must_use Error person_record(Call *call, Text person_ref, const char *action, Text detail);

/* ---- Settings */
typedef struct PersonPolicy {
	PasswordPolicy passwords;
	int64_t idle_seconds, absolute_seconds; /* of a session */
} PersonPolicy;
PersonPolicy person_policy(Call *call);

/* ---- Accounts */
must_use Error person_from_row(Call *call, const PersonRow *row, Person *out);
Text person_mail_value(Call *call, Text mail); /* keyed look-up values */
Text person_handle_value(Call *call, Text handle);
must_use Error person_row_of_login(Call *call, Text login, PersonRow *out, bool *out_found);
/* A row with its sealed columns; inside db_transact. CONFLICT: the address has an account. */
must_use Error person_add(Call *call, Text mail, Text name, PersonState state, Lang lang, int64_t *out_id);
/* FORBIDDEN unless the actor is this person (not a token) … */
must_use Error person_is_self(Call *call);
/* … or a security administrator with second factor, or the system. */
must_use Error person_is_security(Call *call);
must_use Error person_is_staff_for_verification(Call *call);

/* ---- Links */
enum { TICKET_HOURS = 24, ENROL_DAYS = 7 };
/* Inside db_transact; person 0: none yet. */
must_use Error ticket_new(Call *call, const char *kind, int64_t person_id, Text mail, Lang lang, int64_t seconds, Text *out_token);
must_use Error ticket_check(Call *call, Text token, const char *kind, TicketRow *out);
must_use Error ticket_take(Call *call, Text token, const char *kind, TicketRow *out); /* inside db_transact */
must_use Error ticket_mail(Call *call, Text token, const TicketRow *ticket, Text *out_mail);

/* ---- Passwords */
/* Notes problems at `field`; mlps3 also compares with the last five. */
must_use Error password_examine(Call *call, Text field, Text password, const Person *person);
must_use Error password_store(Call *call, int64_t person_id, Text hash); /* inside db_transact */
/* UNAUTHENTICATED: not the actor's password. Outside a transaction: it takes long. Failures count as at sign-in. */
must_use Error password_confirm(Call *call, Text password);

/* ---- Waiting */
typedef struct Attempt {
	Text account, address; /* keyed values; either may be no text */
} Attempt;
Attempt attempt_of(Call *call, const char *purpose, Text account, Text address);
/* Counts a failure before the secret is looked at, so that many at once do not pass. TOO_MANY: it is not looked at. */
must_use Error attempt_begin(Call *call, const Attempt *attempt);
must_use Error attempt_good(Call *call, const Attempt *attempt); /* takes it back; inside db_transact */

/* ---- Sessions and factors */
Text secret_digest(Call *call, Text token); /* SHA-256, as stored */
must_use Error session_open_row(
	Call *call, const PersonRow *person, bool waits, bool has_factor, Text origin, Text *out_token); /* inside db_transact */
Text session_origin(Call *call, Text peer_address, Text agent);
/* A new token for the actor's or a waiting session; inside db_transact. */
must_use Error session_renew(Call *call, int64_t id, Text token, bool passed_factor, Text *out_token);
/* The person as an actor with all scopes; a password past its time opens nothing but the page to change it. UNAUTHENTICATED: disabled. */
must_use Error session_actor(Call *call, int64_t person_id, bool has_factor, Actor *out, Lang *out_lang);
must_use Error factor_exists(Call *call, int64_t person_id, bool *out_has);
must_use Error factor_check_code(Call *call, int64_t person_id, Text code); /* inside db_transact; UNAUTHENTICATED */
must_use Error recovery_make(Call *call, int64_t person_id, Texts *out_codes); /* inside db_transact */
must_use Error passkey_accept(
	Call *call, const PasskeyRow *row, ChallengeKind kind, Text challenge, const PasskeyAnswer *answer); /* inside db_transact */
must_use Error challenge_use(Call *call, ChallengeKind kind, int64_t person_id, Text challenge); /* inside db_transact */
Text totp_place_row(Arena *arena, int64_t person_id);

/* ---- Roles */
must_use Error role_give(
	Call *call, int64_t person_id, Role role, int64_t until_at, Maybe requested_by, Maybe approved_by); /* inside db_transact */
must_use Error account_end_everything(Call *call, int64_t person_id); /* sessions, tokens, calendar; inside db_transact */
static inline Maybe maybe_of(int64_t id) { return (Maybe) { id != 0, id }; }
