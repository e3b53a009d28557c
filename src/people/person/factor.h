/* factor: time codes (RFC 6238), recovery codes and security keys (WebAuthn level 2). Pure: no database, no clock. */
#pragma once
#include "base/base/base.h"

/* ---- Time codes: SHA-1, 6 digits, 30 seconds, as every authenticator app has it */
enum { TOTP_SECRET_BYTES = 20, TOTP_STEP_SECONDS = 30 };
Text totp_secret_new(Arena *arena);
Text totp_secret_text(Arena *arena, Text secret); /* base 32, to type */
Text totp_address(Arena *arena, Text secret, Text issuer, Text login); /* otpauth://… for the QR code */
/* The step (Unix time / 30 s) of a right code: this one, the one before or the next, and later than `after_step`. False: wrong, or used already. */
must_use bool totp_verify(Text secret, Text code, int64_t now, int64_t after_step, int64_t *out_step);

/* ---- Recovery codes: "4F7K9-2QDXB", 50 random bits each */
enum { RECOVERY_CODES = 10 };
Text recovery_code_new(Arena *arena);
/* As people type it: blanks and '-' dropped, capital letters, O as 0, I and L as 1. */
Text recovery_code_fold(Arena *arena, Text typed);

/* ---- Security keys */
typedef struct RelyingParty {
	Text id; /* host name of the public address */
	Text origin; /* "https://host[:port]" */
} RelyingParty;
RelyingParty relying_party_of(Text public_address);
typedef struct Passkey {
	Text id; /* credential id */
	int algorithm; /* COSE: -7 ES256, -8 EdDSA, -257 RS256 */
	Text public_key; /* in libfido2's raw form for the algorithm */
	int64_t counter; /* 0: the key does not count */
	bool user_verified;
} Passkey;
/* What the browser sent after navigator.credentials.create or get, decoded from base64url. */
typedef struct PasskeyAnswer {
	Text client_data; /* JSON */
	Text attestation_object; /* of create */
	Text authenticator_data, signature; /* of get */
} PasskeyAnswer;
/* INVALID: not made for this challenge, origin or relying party, without the user's touch, or of an unknown algorithm. */
must_use Error passkey_verify_new(Call *call, const RelyingParty *party, Text challenge, const PasskeyAnswer *answer, Passkey *out);
/* INVALID as above, a wrong signature, no user verification though asked for, or a counter that went back (a copied key). */
must_use Error passkey_verify(Call *call, const RelyingParty *party, Text challenge, const PasskeyAnswer *answer, const Passkey *passkey,
	bool must_verify_user, int64_t *out_counter);
