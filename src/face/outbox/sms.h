/*
 * sms: one short message through an HTTP gateway that an operator describes: its address, head lines and body with the named fields
 * {to}, {text}, {id} and {secret}. Each value is escaped for the place it stands in, so that no message becomes anything but a value.
 * A short message carries a number, a deadline or a code, and at most 70 characters: one message of any network, in Chinese too.
 */
#pragma once
#include "base/base/base.h"
#include "face/outbox/transport.h"

enum { SMS_LENGTH_MAX = 70 };
typedef struct Sms {
	Text to; /* see phone_fold */
	Text text; /* one line */
} Sms;
typedef struct SmsGateway {
	Text address; /* http or https; empty: there is none */
	Text method; /* "post" or "get" */
	Text headers; /* "Name: value", several parted by '|' */
	Text body; /* begins with { or [: JSON; with <: XML; else of a form */
	Text accepted; /* what an answer of success contains; empty: its status says it */
	Text secret;
	int timeout_seconds; /* 0: 30 */
} SmsGateway;

/* "+8613800138000" of what people write: blanks and hyphens go, a number without country is Chinese. No text: not a mobile number. */
Text phone_fold(Arena *arena, Text phone);
/* INVALID: no number, an empty text, more than 70 characters, or one that is not one line of UTF-8. */
must_use Error sms_check(Call *call, const Sms *sms);

typedef struct SmsRequest {
	Text address, body; /* body: no text for GET */
	Texts headers;
} SmsRequest;
/* What is sent; pure. `id` is the same at every attempt, so that a gateway can drop a repeated one. */
SmsRequest sms_request(Arena *arena, const SmsGateway *gateway, const Sms *sms, Text id);
/* 2xx with what `accepted` asks for is acceptance; 408, 429, 401, 403 and 5xx may pass; other 4xx are final. *out_reason: for the operator. */
SendOutcome sms_send(Arena *arena, const SmsGateway *gateway, const Sms *sms, Text id, Text *out_reason);
