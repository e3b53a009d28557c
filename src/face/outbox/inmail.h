/*
 * inmail: a mail that somebody sent to the library, read as far as an answer needs it: who sent it, which address it came to, whether our own mail
 * server vouches for the sender, and the new words without what is quoted. RFC 5322, 2045, 8601 (Authentication-Results), 3834 (Auto-Submitted).
 * Hostile bytes: read them in the sandbox.
 */
#pragma once
#include "base/sandbox/sandbox.h"

enum { INMAIL_BYTES_MAX = 1 << 20, INMAIL_ADDRESSES_MAX = 50 };
typedef struct InMail {
	Text from; /* the one address of the one From field; no text: none, or several */
	Texts to; /* of To, Cc, Delivered-To and X-Original-To */
	Text vouched; /* the topmost Authentication-Results field, unfolded; may be empty */
	Text message_id; /* may be empty */
	Text words; /* UTF-8, without what is quoted; may be empty */
	bool is_automatic; /* an out-of-office answer, a bounce, a list */
	bool has_files; /* parts that are files */
} InMail;

/* INVALID: not a mail, or it brought the child down. TOO_LARGE: beyond INMAIL_BYTES_MAX or the limits of the sandbox. */
must_use Error inmail_read(Call *call, Sandbox *sandbox, Text mail, InMail *out);
extern const SandboxWork inmail_work; /* for SANDBOX_INMAIL */

/* Whether the server that calls itself `server` (its authserv-id, RFC 8601 section 2.5) says that the domain of From sent it: DMARC passed, or DKIM by that
 * domain or one above it, or SPF of that very domain. Only the topmost field counts: whoever sends can write others below it. */
bool inmail_is_vouched(const InMail *mail, Text server);

/* ---- Pure, for the child, tests and the fuzzer */
must_use Error inmail_parse(Call *call, Text mail, InMail *out);
/* What somebody wrote above a quotation, in the ways in which mail programs quote; the whole when nothing is quoted. */
Text inmail_words(Arena *arena, Text text);
Text inmail_html_text(Arena *arena, Text html);
