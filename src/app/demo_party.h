/* demo_party: the vendors of the demonstration: one with an account and parts at several stages; the others without, a partner vouching for them. */
#pragma once
#include "app/demo_data.h"

typedef struct DemoVendor {
	const char *mail, *person, *handle, *name, *name_en, *credit_code, *contact, *wants;
	uint32_t roles; /* of the person, beside those of a member */
} DemoVendor;
/* Registers and verifies it; *vendor is the administrator. */
must_use Error demo_found(Call *call, const DemoVendor *given, Actor *vendor, const Actor *coordinator);
/* The store that partners vouch by. */
must_use Error demo_partner(Call *call, const Actor *coordinator);

typedef struct DemoTelling {
	const Actor *coordinator, *verifier;
	const DemoMatter *matter;
	Text casefile;
} DemoTelling;
/* Names the matter's vendor, who has no account, and has the partner hand over the notice. */
must_use Error demo_tell_vendor(Call *call, const DemoTelling *telling, Text *out_party);
/* It answers on paper that it is fixed, and a verifier looks at it. */
must_use Error demo_repair(Call *call, const DemoTelling *telling, Text party);

must_use Error demo_parties(Call *call, const Actor *coordinator, const Actor *verifier, Actor *out_vendor);
