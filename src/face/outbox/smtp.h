/* smtp: hands one message to a mail server with libcurl. Private to outbox but for its options. */
#pragma once
#include "face/outbox/mail.h"
#include "face/outbox/transport.h"

typedef enum SmtpSecurity { SMTP_STARTTLS, SMTP_TLS, SMTP_PLAIN } SmtpSecurity; /* PLAIN: a relay on this machine */
typedef struct SmtpOptions {
	Text host;
	int port;
	SmtpSecurity security;
	Text user, password; /* may be empty */
	Text authority_file; /* PEM of the certificate authority; empty: the system's */
	MailSender sender;
	int timeout_seconds; /* 0: 60 */
} SmtpOptions;
/* The answer goes to *out_reason for the operator: never an address. */
SendOutcome smtp_send(Arena *arena, const SmtpOptions *options, Text to, Text message, Text *out_reason);
