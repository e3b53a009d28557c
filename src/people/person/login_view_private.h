/* What the sign-in pages show. */
#pragma once
#include "face/html/html.h"

typedef struct PasskeyForm { /* what static/webauthn.js needs to ask a security key */
	Url action;
	Text ceremony, challenge, party, verification, credentials; /* credentials: base64url, blanks between */
	Text user, user_name; /* of "create" */
} PasskeyForm;
typedef struct LoginView {
	const FormField *fields;
	size_t field_count;
	Text next;
	PasskeyForm passkey;
	bool is_factor, has_passkey;
} LoginView;
typedef struct DemoDoor {
	Text name, roles, hint; /* hint: what one can try as this person */
	Markup button;
} DemoDoor;
typedef struct DemoView {
	DemoDoor *doors, *others; /* one or two for each role, and everybody else */
	size_t door_count, other_count;
	Url tour;
} DemoView;
