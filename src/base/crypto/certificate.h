/* certificate: what an app is signed with, and signatures made with its key. X.509 in PEM text; RSA and ECDSA with SHA-256, SM2 with SM3. */
#pragma once
#include "base/crypto/crypto.h"

/* SHA-256 of its DER bytes, as app stores and package tools show it. False: not one certificate in PEM text. */
must_use bool certificate_fingerprint(Text pem, Digest *out);
/* Whether the key of the certificate signed the message. False also for keys too weak or too large to be taken seriously (RSA 2,048 to 8,192 bits).
 * Neither the issuer nor the dates are looked at: apps are signed by certificates nobody else has signed. */
bool certificate_verify(Text pem, Text message, Text signature);
