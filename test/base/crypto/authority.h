/* A time-stamping authority of OpenSSL's command line, for tests: an authority's root, its time-stamping certificate, and tokens over files. */
#pragma once
#include "harness/test.h"

enum { AUTHORITY_DAYS = 365 };
/* Makes it in the test's folder. `extension` of the certificate that stamps; NULL: what it has to be. It began `age_days` before the machine's own day
 * and lives `days`. */
typedef struct Authority {
	const char *name;
	const char *extension;
	int age_days, days;
} Authority;
Text authority_new(Test *t, const Authority *authority); /* PEM of its root */
/* A response (.tsr) over these bytes, made with this hash ("sha256"), at the machine's present time; authority by name. */
Text authority_stamp(Test *t, const char *name, Text document, const char *hash);
Text authority_token(Test *t, Text response); /* the token alone (.tst) */
