/* A security key in software (ES256), for tests: makes what a browser would send. */
#pragma once
#include "people/person/factor.h"

typedef struct Authenticator Authenticator;
typedef struct Ceremony { /* zeroed members take what is right for the relying party */
	RelyingParty party;
	Text challenge;
	unsigned flags; /* 0: present and verified */
	uint32_t counter;
	Text type, origin; /* of the client data */
	bool cross_origin;
} Ceremony;
Authenticator *authenticator_new(Arena *arena);
PasskeyAnswer authenticator_create(Arena *arena, Authenticator *authenticator, const Ceremony *ceremony);
PasskeyAnswer authenticator_get(Arena *arena, Authenticator *authenticator, const Ceremony *ceremony);
Text authenticator_credential_id(const Authenticator *authenticator);
