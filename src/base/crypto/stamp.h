/*
 * stamp: the key that signs documents of the library for everybody's reader, as CMS signatures that stand beside what they sign (RFC 5652).
 * X.509 in PEM text: private key, its certificate, then the certificates above it. RSA or ECDSA with SHA-256. The private key never leaves.
 */
#pragma once
#include "base/crypto/crypto.h"

typedef struct Stamp Stamp;
enum { STAMP_SIGNATURE_BYTES_MAX = 10 * 1024, STAMP_FILE_BYTES_MAX = 64 * 1024 };
/* The PEM text of a new key (RSA, 3,072 bits) whose certificate, good for ten years from `at`, is signed by itself. */
must_use Error stamp_new(Call *call, Text name, int64_t at, Text *out_pem);
/* CONFIG: no private key, no certificate, one that does not belong to the key, too weak a key, or neither RSA nor ECDSA. */
must_use Error stamp_parse(Call *call, Text pem, Stamp **out);
/* Fails as key_file_read and stamp_parse do. */
must_use Error stamp_load(Call *call, const char *path, Stamp **out);
void stamp_free(Stamp **stamp); /* for scoped() */
Text stamp_certificates(Arena *arena, const Stamp *stamp); /* PEM: its own, then those above it */
Text stamp_name(Arena *arena, const Stamp *stamp); /* subject of its certificate, in one line */
/* CMS in DER, at most STAMP_SIGNATURE_BYTES_MAX; `at` is the time it states. */
must_use Error stamp_sign(Call *call, const Stamp *stamp, Text content, int64_t at, Text *out);
/* Whether the signature was made over this content with the key of this certificate (PEM); neither issuer nor dates are looked at. */
bool stamp_verify(Text certificate_pem, Text content, Text signature);
