/*
 * webhook: one message to a machine that somebody else names, signed as Standard Webhooks 1.0 asks: the headers webhook-id (the same at every
 * attempt), webhook-timestamp (seconds, of the attempt) and webhook-signature, "v1," and the base64 of HMAC-SHA-256 over "id.timestamp.body".
 * HTTPS only, and to public addresses only: see fetch.h.
 */
#pragma once
#include "face/outbox/fetch.h"
#include "face/outbox/transport.h"

enum { WEBHOOK_SECRET_BYTES = 24, WEBHOOK_ADDRESS_MAX = 500 };
/* "https://host/path": no user, no fragment, no other scheme. */
bool webhook_address_is(Arena *arena, Text address);
Text webhook_secret_text(Arena *arena, Text secret); /* "whsec_…", as its reader enters it */

typedef struct Webhook {
	Text address, secret; /* secret: bytes */
	Text id, body; /* body: JSON */
	int64_t at; /* of this attempt, milliseconds */
} Webhook;
Text webhook_signature(Arena *arena, const Webhook *webhook);
/* 2xx is acceptance. 410: *out_is_gone, and it wants no more of them. 400, 404, 405, 413 and 415 are final for this message; everything else,
 * also an address that leads inside, may pass. *out_reason: for whoever set it up, without anything of what was answered. */
SendOutcome webhook_send(Arena *arena, const FetchOptions *reach, const Webhook *webhook, bool *out_is_gone, Text *out_reason);
/* Pause after the n-th failed attempt (from 1): 30 seconds, growing to 24 hours; 0: give up, after about three days. */
int64_t webhook_pause_seconds(int64_t attempts);
