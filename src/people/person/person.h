/*
 * person: who people are and how they show it. Accounts, verification, passwords, second factors, sessions, API tokens, roles.
 *
 * Every role, state and session is read anew for each request, so what is taken away is gone on every channel at once.
 * Whoever asks about an account that does not exist is answered with the same bytes after the same work as for one that does.
 */
#pragma once
#include "face/outbox/outbox.h"
#include "people/person/factor.h"
#include "people/person/rules.h"
#include "store/db/db.h"

/* ---- Accounts */
typedef enum PersonState { PERSON_UNVERIFIED, PERSON_CHECKING, PERSON_VERIFIED, PERSON_RETURNED, PERSON_DISABLED } PersonState;
const char *person_state_tag(PersonState state); /* "unverified" */
const char *person_state_text(PersonState state); /* English source text */
typedef struct Person {
	int64_t id, organisation_id, created_at, changed_at; /* organisation 0: none */
	Text ref, mail, handle, name, phone, reason; /* no text where there is none; reason: why it was returned */
	PersonState state;
	Lang lang;
	int64_t mail_failing_at; /* since when the mail server refuses the address; 0: it does not */
	Text mail_value; /* keyed value of the address */
	int64_t seal_key; /* of what is sealed about this person */
	int64_t deleted_at; /* by its owner: nothing of it is here any more; 0: it is not */
} Person;
typedef LIST_OF(Person) Persons;
must_use Error person_find(Call *call, int64_t id, Person *out); /* NOT_FOUND */
must_use Error person_find_ref(Call *call, Text ref, Person *out); /* NOT_FOUND */
must_use Error person_find_login(Call *call, Text login, Person *out); /* by mail address or handle; NOT_FOUND. For staff and commands. */
/* By id upwards, from after `after`; opens what is sealed. For staff and commands. */
must_use Error person_list(Call *call, int64_t after, int64_t max, Persons *out);
must_use Error person_list_in_state(Call *call, PersonState state, int64_t max, Persons *out);
/* What others see: the name, else the handle, else the mail address. */
Text person_shown_name(const Person *person);
/* The same of whoever has this number; empty for 0, the library by itself, and for nobody. */
must_use Error person_name(Call *call, int64_t id, Text *out);

/* Somebody wants an account: a link goes to the address, or word that it has one already. INVALID: no address. TOO_MANY: see lock. */
must_use Error person_register(Call *call, Text mail, Text peer_address);
typedef struct Registration {
	Text name, handle, password; /* handle may be empty */
	bool accepts_terms, accepts_privacy, accepts_confidentiality;
} Registration;
/* The address a link was sent to. NOT_FOUND: no such link, used or expired. kind: "register", "password", "mail", "enrol". */
must_use Error person_ticket_open(Call *call, Text token, const char *kind, Text *out_mail);
/* Makes the account a link was sent for. NOT_FOUND as above; INVALID with problems at the fields. */
must_use Error person_register_finish(Call *call, Text token, const Registration *registration, int64_t *out_person_id);
/* Forgotten password: the same reply for every address. */
must_use Error person_forgot(Call *call, Text mail, Text peer_address);
/* Sets the password by such a link (or the first one by an "enrol" link), ends all sessions. */
must_use Error person_password_reset(Call *call, Text token, Text password);
/* Of the actor: needs the old one, ends the other sessions. UNAUTHENTICATED: the old one is wrong. */
must_use Error person_password_change(Call *call, Text old_password, Text password);
must_use Error person_profile_change(Call *call, Text name, Text handle, Text phone, Lang lang);
must_use Error person_mail_change(Call *call, Text password, Text mail); /* a link to the new address confirms it */
must_use Error person_mail_confirm(Call *call, Text token);

/* Identity: unverified or returned → checking; then staff decides. CONFLICT: not in that state. */
/* The number of the identity document goes to the vault. */
must_use Error person_verification_ask(Call *call, Text name, Text phone, Text identity);
must_use Error person_verification_decide(Call *call, Text ref, bool verified, Text reason);
/* Before what cannot be taken back: the actor's password once more, and this session's second factor where there is one. An account without
 * password needs the second factor. SECOND_FACTOR; INVALID with a problem at "password"; TOO_MANY. */
must_use Error person_confirm(Call *call, Text password);
must_use Error person_confirm_asks(Call *call, bool *out_password); /* whether the actor has a password to ask for */
/* By the job of subject/privacy, which asks what stands against it: ends the account for ever and takes away whatever names or lets in its owner;
 * login and public name are free again. Inside db_transact. */
must_use Error person_erase(Call *call, int64_t person_id);
/* What was verified is corrected by staff that verifies, after a look at the proof. field: "name" or "phone". Inside db_transact. */
must_use Error person_correct(Call *call, int64_t person_id, Text field, Text value);
must_use Error person_disable(Call *call, Text ref); /* by a security administrator or command: ends sessions, tokens and roles */

/* By a command or a security administrator: an account with a link to set the first password, and the role asked for or, at the first start, granted.
 * Role 0: none. CONFLICT: the address has an account, or administrators are set up already (person_create_administrator). */
must_use Error person_create(Call *call, Text mail, Text name, Role role, Text *out_link);
must_use Error person_create_administrator(Call *call, Text mail, Text name, Role role, Text *out_link);
/* Given once at start: somebody lost a role, an organisation or the account; inside that transaction, afterwards. */
typedef Error PersonLeft(Call *call, int64_t person_id);
void person_set_left(PersonLeft *left);
must_use Error person_left(Call *call, int64_t person_id); /* for this storey */

/* An account that can be entered at once, for a demonstration or a test. FORBIDDEN unless house->demo. */
must_use Error person_create_demo(Call *call, Text mail, Text name, Text handle, uint32_t roles, int64_t *out_person_id);

/* What became of a message to the address with this keyed value, unless it was changed meanwhile. Inside db_transact. */
must_use Error person_mail_note(Call *call, int64_t id, Text mail_value, bool has_arrived);

/* ---- Consent: which version of which document somebody agreed to */
typedef struct ConsentDocument {
	const char *tag; /* "terms" */
	const char *title; /* English source text */
} ConsentDocument;
extern const ConsentDocument consent_documents[];
extern const size_t consent_document_count;
typedef struct Consent {
	Text document;
	int64_t version, given_at, withdrawn_at; /* withdrawn_at 0: it holds */
} Consent;
typedef LIST_OF(Consent) Consents;
must_use Error consent_version(Call *call, const ConsentDocument *document, int64_t *out_version); /* in force: see store/setting/rule.h */
must_use Error consent_give(Call *call, Text document); /* of the actor, to the version in force; again is the same */
must_use Error consent_list(Call *call, int64_t person_id, Consents *out); /* those that hold */
must_use Error consent_history(Call *call, int64_t person_id, Consents *out); /* the withdrawn ones too, newest first */
must_use Error consent_withdraw(Call *call, Text document); /* of the actor, every version; CONFLICT: none is given */
/* Whether the person agreed to the version in force. */
must_use Error consent_has(Call *call, int64_t person_id, Text document, bool *out_has);

/* ---- Signing in */
typedef struct SignIn {
	Text login, password;
	Text peer_address, agent; /* shown in the list of sessions */
} SignIn;
typedef struct SignedIn {
	Text token; /* for the cookie */
	bool waits; /* for the second factor */
} SignedIn;
/* UNAUTHENTICATED: wrong, unknown or disabled, all alike. TOO_MANY with retry_after_seconds: too many failures for this login or address. */
must_use Error session_sign_in(Call *call, const SignIn *sign_in, SignedIn *out);
/* The second step: a time code or a recovery code. UNAUTHENTICATED: wrong or used; the token is a new one. */
must_use Error session_pass_code(Call *call, Text token, Text code, Text *out_token);
must_use Error session_pass_passkey(
	Call *call, Text token, Text challenge, Text credential_id, const PasskeyAnswer *answer, Text *out_token);
/* Signing in with a security key alone that verified its user. */
must_use Error session_sign_in_passkey(
	Call *call, Text challenge, Text credential_id, const PasskeyAnswer *answer, Text peer_address, Text agent, Text *out_token);
must_use Error session_sign_out(Call *call, Text token);
/* One click, in a demonstration only: FORBIDDEN elsewhere. */
must_use Error session_enter_demo(Call *call, int64_t person_id, Text *out_token);
/* The person of a session that waits for its second factor. UNAUTHENTICATED: there is none. */
must_use Error session_waiting(Call *call, Text token, int64_t *out_person_id);

typedef struct Session {
	Text ref, origin; /* address and browser */
	int64_t created_at, seen_at;
	bool is_own, has_factor;
} Session;
typedef LIST_OF(Session) Sessions;
must_use Error session_list(Call *call, Sessions *out); /* of the actor */
must_use Error session_revoke(Call *call, Text ref); /* NOT_FOUND */
must_use Error session_revoke_others(Call *call);

/* The actor of a session's cookie or an API token. UNAUTHENTICATED: wrong, ended, expired. */
must_use Error session_authenticate(Call *call, Text token, Actor *out, Lang *out_lang);
must_use Error token_authenticate(Call *call, Text token, Actor *out, Lang *out_lang);
/* For what somebody has ordered and is done later: who they are now, without second factor. UNAUTHENTICATED: the account is disabled. */
must_use Error person_actor(Call *call, int64_t person_id, Actor *out);
/* Whether such a person would have to show a second factor: the account has one, or roles beyond a reporter's. */
must_use Error person_needs_factor(Call *call, const Actor *actor, bool *out);
/* The token that forms of this session carry. */
Text session_form_token(Arena *arena, Text token);

/* ---- Second factors of the actor */
typedef struct FactorState {
	bool has_totp, is_required; /* required: a role of theirs can see others' undisclosed matters */
	int recovery_left;
	struct PasskeyInfo {
		Text ref, name;
		int64_t created_at, last_used_at; /* 0: never */
	} * passkeys;
	size_t passkey_count;
} FactorState;
must_use Error factor_state(Call *call, FactorState *out);
/* A new secret that waits for its first code. CONFLICT: there is one. UNAUTHENTICATED: wrong password. */
must_use Error factor_totp_begin(Call *call, Text password, Text *out_secret);
must_use Error factor_totp_pending(Call *call, Text *out_secret); /* NOT_FOUND: none waits */
/* The first code switches it on: recovery codes, and a new token for this session. */
must_use Error factor_totp_confirm(Call *call, Text code, Text token, Texts *out_codes, Text *out_token);
must_use Error factor_recovery_new(Call *call, Text password, Texts *out_codes); /* the old ones end; needs a session with second factor */
must_use Error factor_totp_remove(Call *call, Text password, Text code); /* UNAUTHENTICATED: either is wrong */
/* A challenge of 2 minutes that holds for this person (0: anybody, to sign in) and is taken once. */
typedef enum ChallengeKind { CHALLENGE_CREATE = 'c', CHALLENGE_FACTOR = 'f', CHALLENGE_LOGIN = 'l' } ChallengeKind;
Text passkey_challenge(Call *call, ChallengeKind kind, int64_t person_id);
must_use Error passkey_ids(Call *call, int64_t person_id, Texts *out_credential_ids);
must_use Error passkey_add(
	Call *call, Text password, Text name, Text challenge, const PasskeyAnswer *answer, Text token, Texts *out_codes, Text *out_token);
must_use Error passkey_drop(Call *call, Text password, Text ref); /* needs a session with second factor */
must_use Error factor_reset(Call *call, Text ref); /* by a command: all second factors of somebody who lost them; ends sessions */

/* ---- API tokens of the actor; they never carry more than the owner's current roles, and no administrator's */
typedef struct TokenInfo {
	Text ref, name;
	uint32_t scopes;
	int64_t created_at, expires_at, last_used_at; /* 0: never */
} TokenInfo;
typedef LIST_OF(TokenInfo) TokenInfos;
must_use Error token_create(Call *call, Text name, uint32_t scopes, int64_t days, Text *out_token); /* INVALID with problems; shown once */
must_use Error token_list(Call *call, TokenInfos *out);
must_use Error token_revoke(Call *call, Text ref);

/* ---- The secret address of the actor's calendar: at most one; it opens deadlines, with number and stage, and nothing else */
typedef struct CalendarKey {
	int64_t created_at, last_used_at; /* 0: none; never */
} CalendarKey;
/* A new one, which ends the earlier one; shown once. SECOND_FACTOR: the actor has one and this session has not passed it. */
must_use Error calendar_key_renew(Call *call, Text *out_token);
must_use Error calendar_key_revoke(Call *call);
must_use Error calendar_key_info(Call *call, CalendarKey *out);
/* Whose deadlines the address shows: no administrator's rights, and scopes to read only. UNAUTHENTICATED: no such address, or disabled. */
must_use Error calendar_key_authenticate(Call *call, Text token, Actor *out, Lang *out_lang);

/* ---- Roles */
enum {
	/* Whoever holds one of these can see others' undisclosed matters, or can give that: only with a second factor. */
	ROLE_NEEDS_FACTOR = ROLE_COORDINATOR | ROLE_VERIFIER | ROLE_PUBLISHER | ROLE_EXPERT | ROLE_SECRETARY | ROLE_INSPECTOR |
			    ROLE_SUPERVISOR | ROLE_AUTHORITY | ROLE_EDITOR | ROLE_SYSTEM_ADMIN | ROLE_SECURITY_ADMIN | ROLE_AUDIT_ADMIN |
			    ROLE_UNIT_MEMBER | ROLE_UNIT_ADMIN | ROLE_VENDOR_MEMBER | ROLE_VENDOR_ADMIN | ROLE_WRITER | ROLE_APPROVER,
	/* Given by two people; the others follow from an organisation's standing. */
	ROLE_GRANTED = ROLE_COORDINATOR | ROLE_VERIFIER | ROLE_PUBLISHER | ROLE_EXPERT | ROLE_SECRETARY | ROLE_INSPECTOR | ROLE_SUPERVISOR |
		       ROLE_AUTHORITY | ROLE_EDITOR | ROLE_SYSTEM_ADMIN | ROLE_SECURITY_ADMIN | ROLE_AUDIT_ADMIN | ROLE_WRITER |
		       ROLE_APPROVER,
};
typedef struct RoleGrant {
	Text ref;
	Role role;
	int64_t from_at, until_at, ended_at; /* 0: none */
	bool is_derived; /* follows from a membership */
} RoleGrant;
typedef LIST_OF(RoleGrant) RoleGrants;
typedef struct RoleRequest {
	Text ref, person_ref, person_name, requested_by; /* requested_by: empty for a command */
	Role role;
	int64_t requested_at, until_at;
	bool is_own; /* the actor asked for it or is its object, so that somebody else decides */
} RoleRequest;
typedef LIST_OF(RoleRequest) RoleRequests;
must_use Error role_of(Call *call, int64_t person_id, uint32_t *out_roles);
must_use Error role_history(Call *call, int64_t person_id, RoleGrants *out);
must_use Error role_holders(Call *call, Role role, Numbers *out_person_ids); /* not the disabled */
/* Who holds this role, by mail address or handle, for staff; *out_found false: nobody of this name does. */
must_use Error role_find_holder(Call *call, Text login, Role role, Person *out, bool *out_found);
/* One security administrator asks, another approves; nobody for themselves. CONFLICT: asked or held already, excluded by another office, or decided. */
must_use Error role_ask(Call *call, Text person_ref, Role role, int64_t until_at);
must_use Error role_requests(Call *call, RoleRequests *out);
must_use Error role_decide(Call *call, Text request_ref, bool approved);
must_use Error role_end(Call *call, Text grant_ref); /* at once, by one; CONFLICT: the last security administrator */
/* For people/org: what follows from membership replaces what followed before. Inside db_transact. */
typedef struct DerivedRole {
	Role role;
	int64_t until_at; /* 0: no end */
} DerivedRole;
must_use Error role_derive(Call *call, int64_t person_id, int64_t organisation_id, const DerivedRole *roles, size_t count);

/* ---- Wiring */
#define SESSION_COOKIE "session"
/* Removes what expired: links, failures, challenges, sessions. A daily job. */
must_use Error person_clean(Call *call);
