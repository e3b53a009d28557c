/*
 * mail: one message as bytes for SMTP (RFC 5322, 2045, 2047, 8058). Pure: the same Mail gives the same bytes, so that a repeated
 * attempt carries the same Message-ID and a receiver can drop the copy.
 */
#pragma once
#include "base/base/base.h"

enum { MAIL_ADDRESS_MAX = 254, MAIL_SUBJECT_MAX = 300 };
typedef struct Mail {
	Text to; /* one address, see mail_address_is */
	Text subject; /* one line of UTF-8 */
	Text text; /* plain text, lines end with \n */
	Text html; /* the same as a simple document; none: a message of text only */
	Text thread; /* messages with the same key appear together; may be empty */
	Text answer; /* address that takes answers, beside the sender's; may be empty */
	Text unsubscribe; /* https address that one POST unsubscribes (RFC 8058); may be empty */
	Lang lang;
} Mail;
typedef struct MailSender {
	Text address, name; /* of the library */
} MailSender;

/* An address we would send to: ASCII dot-atom, '@', host name of at least two labels; no comment, no quoting, no list. */
bool mail_address_is(Text address);
/* The same mailbox for everybody: the domain in lower case, and the local part too (as all large services treat it). */
Text mail_address_fold(Arena *arena, Text address);
/* A header's value: as it is when printable ASCII, else encoded words of at most 75 characters, folded. */
Text mail_header_text(Arena *arena, Text value);
/* INVALID: an address that is none, a line break or control character in a header, text that is no UTF-8. */
must_use Error mail_check(Call *call, const Mail *mail);
/* The message. `id` is the left side of the Message-ID, unique and printable. Check first. */
Text mail_message(Arena *arena, const Mail *mail, const MailSender *sender, Text id, int64_t at);
