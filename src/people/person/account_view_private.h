/* What the account pages show. */
#pragma once
#include "face/html/html.h"
#include "people/person/login_view_private.h"

typedef struct ConsentLine {
	Text title;
	Url text; /* the version in force, to read */
	int64_t version;
	bool is_given;
	Markup button;
} ConsentLine;
typedef struct AccountView {
	Markup facts;
	Text reason;
	bool asks_verification, mail_fails;
	ConsentLine *consents;
	size_t consent_count;
	Markup calendar, calendar_renew, calendar_end; /* calendar: since when, last read; empty: there is no address */
} AccountView;
typedef struct SecurityView {
	bool is_required, has_totp, has_any;
	int recovery_left;
	Markup passkeys, sessions, tokens, end_others;
	size_t passkey_count, token_count, session_count;
} SecurityView;
typedef struct SecretsView { /* shown once */
	const Text *secrets;
	size_t count;
	Text text;
	Url next;
} SecretsView;
typedef struct TotpView {
	Markup qr;
	Text secret;
} TotpView;
typedef struct NewPasskeyView {
	PasskeyForm passkey;
	const FormField *fields;
	size_t field_count;
} NewPasskeyView;
