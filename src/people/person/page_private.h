/* What the pages of this room share. */
#pragma once
#include "people/person/form_page.h"
#include "people/person/login_view_private.h"
#include "people/person/person_pages.h"

typedef struct PasskeyInput { /* what static/webauthn.js fills in */
	Text challenge, credential_id, client_data, attestation_object, authenticator_data, signature, name, password, next;
} PasskeyInput;
extern const FormSpec passkey_form_spec;
PasskeyForm passkey_form(Request *request, ChallengeKind kind, int64_t person_id, const char *action);
must_use bool passkey_answer(Request *request, const PasskeyInput *input, Text *out_challenge, Text *out_id, PasskeyAnswer *out);
Text encoded_ids(Arena *arena, const Texts *ids);

must_use Error page_signed_in(Request *request, Text token, Text next);
/* "Coordinator, verifier" without what everybody is. */
Text page_role_names(Arena *arena, Lang lang, uint32_t roles);
FormField page_password_field(const Request *request); /* "password", to confirm */
