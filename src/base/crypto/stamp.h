/*
 * stamp: the keys that sign documents of the library, as CMS signatures that stand beside what they sign (RFC 5652). Two kinds, one for each
 * profile: RSA or ECDSA with SHA-256, which everybody's reader checks, and SM2 with SM3 (GB/T 32918.2, GB/T 32905). X.509 in PEM text: private
 * key, its certificate, then the certificates above it. The private key never leaves.
 *
 * Both kinds carry the same signed attributes: contentType, messageDigest, signingTime and signingCertificateV2 (RFC 5035).
 * An SM2 signature names its algorithms as the national standards do: digest SM3 (1.2.156.10197.1.401), signature SM2-with-SM3
 * (1.2.156.10197.1.501, GB/T 33560), identity 1234567812345678 (GM/T 0009). Its content types are those of RFC 5652 (1.2.840.113549.1.7.x), not those
 * of GB/T 35275 (1.2.156.10197.6.1.4.2.x): a PDF signature is a CMS object by its own standard (ISO 32000-1, 12.8.3.3), and a reader that
 * finds another content type cannot even open it to see who signed. `openssl cms -verify` of OpenSSL 3.0 takes the identity to be empty and so refuses
 * what follows GM/T 0009; docs/check-sm2.sh checks such a document with OpenSSL's parts.
 */
#pragma once
#include "base/crypto/crypto.h"

typedef struct Stamp Stamp;
typedef enum StampKind { STAMP_INTERNATIONAL, STAMP_SM2, STAMP_KINDS } StampKind;
enum { STAMP_SIGNATURE_BYTES_MAX = 10 * 1024, STAMP_FILE_BYTES_MAX = 64 * 1024 };
/* The PEM text of a new key (RSA of 3,072 bits, or SM2) whose certificate, good for ten years from `at`, is signed by itself. */
must_use Error stamp_new(Call *call, StampKind kind, Text name, int64_t at, Text *out_pem);
/* CONFIG: no private key, no certificate, one that does not belong to the key, too weak a key, or none of RSA, ECDSA and SM2. */
must_use Error stamp_parse(Call *call, Text pem, Stamp **out);
/* Fails as key_file_read and stamp_parse do; CONFIG also when the key is of the other kind. */
must_use Error stamp_load(Call *call, const char *path, StampKind kind, Stamp **out);
void stamp_free(Stamp **stamp); /* for scoped() */
StampKind stamp_kind(const Stamp *stamp);
Text stamp_certificates(Arena *arena, const Stamp *stamp); /* PEM: its own, then those above it */
Text stamp_name(Arena *arena, const Stamp *stamp); /* subject of its certificate, in one line */
const char *stamp_algorithm(const Stamp *stamp); /* "SM2 with SM3" */
/* CMS in DER, at most STAMP_SIGNATURE_BYTES_MAX; `at` is the time it states. */
must_use Error stamp_sign(Call *call, const Stamp *stamp, Text content, int64_t at, Text *out);
/* Whether the signature was made over this content with the key of this certificate (PEM; the first, if there are more); neither issuer nor dates
 * are looked at. False also when the certificate within is another, or when a byte is not as stamp_sign writes it. */
bool stamp_verify(Text certificate_pem, Text content, Text signature);
typedef struct Stamped {
	Text name, certificate_pem; /* of the certificate within: nobody has said that it is to be trusted */
	const char *algorithm;
	int64_t at; /* the time that the signature states, 0: none */
} Stamped;
/* The same by the certificate that the signature carries. */
must_use bool stamp_read(Arena *arena, Text content, Text signature, Stamped *out);
