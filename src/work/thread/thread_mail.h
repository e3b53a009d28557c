/*
 * thread_mail: people answer a conversation by mail. Each has an address of their own for each conversation, which nobody else is told; an answer
 * counts only when our own mail server vouches for the sender and the sender is the account's mail address. Who reads undisclosed matters of others
 * signs in with a second factor, so that their answers wait in the composer until they send them there; a reporter's answer about an own report is
 * written at once. What an answer quotes, and its files, are left out.
 */
#pragma once
#include "face/outbox/inmail.h"
#include "work/thread/thread.h"

typedef struct ThreadPlace { /* a conversation, as a letter speaks of it */
	const char *machine;
	int64_t id, seal_key; /* of the subject */
	Text audience, ref, link; /* ref: the number people know the subject by; link: the path of its page */
} ThreadPlace;
/* Where the person answers; no text while the library takes no answers by mail (setting mail_reply_address). Inside db_transact. */
must_use Error thread_mail_address(Call *call, const ThreadPlace *place, int64_t person_id, Text *out);

typedef enum ThreadMailEnd {
	THREAD_MAIL_WRITTEN,
	THREAD_MAIL_HELD, /* the author has to send it with the second factor */
	THREAD_MAIL_REPEATED, /* it came before */
	THREAD_MAIL_UNKNOWN, /* no address of ours, or answers are not taken */
	THREAD_MAIL_AUTOMATIC, /* sent by a machine */
	THREAD_MAIL_REFUSED, /* not vouched for, another sender, no words, no longer a member: the account is told once a day */
	THREAD_MAIL_ENDS,
} ThreadMailEnd;
extern const char *const thread_mail_end_words[THREAD_MAIL_ENDS];
/* What came in; `to`: the address it was delivered to, beside those it names; may be empty. Nobody is answered: a sender may be forged. */
must_use Error thread_mail_take(Call *call, const InMail *mail, Text to, ThreadMailEnd *out);

/* The subjects whose conversations take answers at once; given once at start, because this room knows none. */
void thread_mail_set(const ThreadMatter *const *matters, size_t count);

/* The actor's answer that waits for being sent; no text: none. Writing in the conversation removes it. */
must_use Error thread_mail_held(Call *call, const ThreadSubject *subject, Text audience, Text *out);
must_use Error thread_mail_sent(Call *call, const ThreadSubject *subject, Text audience);
must_use Error thread_mail_sweep(Call *call); /* answers that waited for a week; what came a month ago */
