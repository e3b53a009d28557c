/* A mail server of Python's aiosmtpd for one test; it ends with the test. Skips the test where the package is missing. */
#pragma once
#include "harness/test.h"

typedef struct MailServer {
	int port;
	const char *folder; /* the messages it took: 1.eml, 2.eml, … */
	const char *authority; /* certificate to trust, when with TLS */
} MailServer;
MailServer mail_server_start(Test *t, bool with_tls);
/* Message n (from 1), or no text. */
Text mail_server_message(Test *t, const MailServer *server, int n);
/* The text part of a message, decoded. */
Text mail_text_part(Arena *arena, Text message);
/* A gateway for short messages, likewise; see sms_gateway.py for what it refuses. */
typedef struct SmsSink {
	int port;
	const char *folder; /* what it took: 1.json, 2.json, … */
} SmsSink;
SmsSink sms_sink_start(Test *t);
Text sms_sink_message(Test *t, const SmsSink *sink, int n); /* from 1; no text: there is none */
