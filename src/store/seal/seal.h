/*
 * seal: what is not public is unreadable in the database, on disk and in every backup without the key file.
 * Each matter has a random key, wrapped by the newest generation of the master key; the key file lies outside the data folder. Destroying the
 * matter's key makes all it ever sealed unreadable, here and in every backup made without that key.
 * A sealed value is bound to its table, column and row: moved anywhere else it does not open.
 */
#pragma once
#include "base/crypto/crypto.h"
#include "store/db/db.h"

typedef struct Keyring Keyring;
typedef struct KeyringOptions {
	const char *path; /* of the key file: "cappvd-keyring", then one line "generation base64" each */
	EnvelopeKind kind; /* of what is sealed from now on; 0: XChaCha20-Poly1305. Either kind is read. */
} KeyringOptions;

/* Writes a key file with one generation. CONFLICT: the file exists. */
must_use Error keyring_create(Call *call, const char *path);
/* Loads the key file, and the library's own keys from the migrated database (made at the first start).
 * NOT_FOUND: no key file. CONFIG: it is malformed, others may read it, or the database was sealed with another one. */
must_use Error keyring_open(Call *call, const KeyringOptions *options, Keyring **out);
void keyring_close(Keyring **keyring); /* wipes it; for scoped() */
int keyring_generation(Call *call); /* newest of call->house->keyring */
/* Adds a generation to the key file and wraps every matter's key anew; goes on where an interrupted run stopped. Older generations stay in the
 * file, because older backups need them; with `forget` all but the last two are removed, for nothing in the database needs them any more.
 * Other nodes read the file again when they meet the new generation. */
must_use Error keyring_rotate(Call *call, bool forget, int64_t *out_wrapped);
/* How many keys of matters each generation still wraps. */
typedef struct KeyringUse {
	int64_t generation, count;
} KeyringUse;
typedef LIST_OF(KeyringUse) KeyringUses;
must_use Error keyring_use(Call *call, KeyringUses *out);

/* ---- All below work with call->house->keyring, from any thread. */

/* A new matter; inside db_transact. Keep the number in the row of the matter. */
must_use Error seal_matter_new(Call *call, int64_t *out_matter);
/* Makes everything sealed for the matter unreadable for ever; inside db_transact. Other nodes notice within a minute. */
must_use Error seal_matter_destroy(Call *call, int64_t matter);
enum { SEAL_MATTER_LIBRARY = 2 }; /* for what belongs to no matter: personal data of staff, settings, events of the system */

/* `place` is a constant "table|column"; `row` identifies the row for ever (its ref or id) and must be known before the row is written.
 * No text (plain.at == NULL) gives no Sealed (NULL in the database). NOT_FOUND: no such matter, or its key is destroyed. */
must_use Error seal_close(Call *call, int64_t matter, const char *place, Text row, Text plain, Sealed *out);
/* NULL gives no text, and so does what was sealed for a matter whose key is destroyed. CORRUPT: not sealed for this place and row, or changed. */
must_use Error seal_open(Call *call, const char *place, Text row, Sealed sealed, Text *out);

/* Keyed value of 64 hexadecimal digits, by which an equal value is found without being stored in clear. The same on every node and after
 * every rotation. `purpose` is a constant: values of different purposes cannot be compared. Normalise (case, spaces) first. */
Text seal_lookup(Call *call, const char *purpose, Text value);
/* The library's key for a purpose: cookies, MinHash, permutations of counters. Wipe it after use. */
Key seal_key(Call *call, const char *purpose);
/* A key of one matter for a purpose other than columns: its files. NOT_FOUND as seal_close. */
must_use Error seal_matter_key(Call *call, int64_t matter, const char *purpose, Key *out);
EnvelopeKind seal_kind(Call *call); /* of new envelopes */
