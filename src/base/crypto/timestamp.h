/*
 * timestamp: time-stamp tokens (RFC 3161, with RFC 5816), by which somebody outside proves that a document existed at an instant. OpenSSL parses
 * and verifies them: signature, chain to an anchor, purpose of the certificate (critical timeStamping alone), its dates now and at the stated
 * instant, and that the hash in the token is the document's. Nothing is asked of the network. Pure, so that it runs in the sandbox.
 */
#pragma once
#include "base/crypto/crypto.h"

enum { TIMESTAMP_FILE_BYTES_MAX = 64 * 1024, TIMESTAMP_ANCHORS_MAX = 32 };

/* What a token may have hashed: the names stand in it as object identifiers. */
typedef enum TimestampHash { TIMESTAMP_SHA256, TIMESTAMP_SHA384, TIMESTAMP_SHA512, TIMESTAMP_SM3, TIMESTAMP_HASHES } TimestampHash;
typedef struct TimestampDocument {
	Text digest[TIMESTAMP_HASHES]; /* bytes; no text: not known */
} TimestampDocument;
void timestamp_document(Arena *arena, Text content, TimestampDocument *out);
const char *timestamp_hash_name(TimestampHash hash); /* "SHA-256" */

typedef struct Timestamp {
	int64_t at, accuracy_ms; /* the stated instant, a fraction of a second rounded up; how far it may lie beside the true one */
	TimestampHash hash;
	Text by, serial, policy; /* subject of the signer's certificate (RFC 2253), serial of the token in hex, object identifier */
	Text token; /* DER of the token alone, whichever file it came in */
} Timestamp;
/*
 * Reads a file as an authority returns it: TimeStampResp (.tsr) or the token alone (.tst). anchors: certificates in PEM, with or without line
 * ends, each of them trusted. NULL, or why not: "malformed", "rejected" (the authority gave no token), "imprint" (another document), "hash"
 * (one that is not known of the document, or too weak), "anchors" (none is given), "issuer" (leads to no anchor), "purpose", "expired", "early"
 * (the certificate was not valid at that instant), "future", "signature". out_about names certificate or hash, or is empty.
 */
const char *timestamp_read(
	Arena *arena, Text file, const TimestampDocument *document, Text anchors, int64_t now, Timestamp *out, Text *out_about);
