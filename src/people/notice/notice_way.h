/*
 * notice_way: how somebody is told. Ordinary notices come at once or in one list a day or a week; urgent ones at once; what law or a time
 * limit asks for at once and whatever somebody unsubscribed from. A short message besides tells of time limits, to a telephone that was
 * verified. What the mail server or the gateway refuses for good marks that way as failing until something arrives again or it is changed.
 */
#pragma once
#include "people/notice/notice.h"

typedef enum NoticeRhythm { NOTICE_AT_ONCE, NOTICE_DAILY, NOTICE_WEEKLY, NOTICE_RHYTHMS } NoticeRhythm;
extern const char *const notice_rhythm_words[NOTICE_RHYTHMS]; /* "at-once" "daily" "weekly" */
typedef struct NoticeWay {
	NoticeRhythm rhythm;
	int64_t hour, weekday; /* in UTC+8; weekday 1 is Monday */
	bool mails; /* FALSE: unsubscribed from all that is no duty */
	int64_t list_at; /* when the next list is due; 0: none */
} NoticeWay;
must_use Error notice_way(Call *call, NoticeWay *out); /* the actor's */
/* INVALID with problems at "rhythm", "hour", "weekday". What waits for a list that is no more leaves with one last list at once. */
must_use Error notice_way_change(Call *call, const NoticeWay *way);
/* The first instant after `now` at which the list of such a way is due; 0: never. Pure. */
int64_t notice_list_next(const NoticeWay *way, int64_t now);

/* ---- One-click unsubscribing (RFC 8058): the address proves who asks, without login. NOT_FOUND: not an address of ours, or used up. */
must_use Error notice_unsubscribe_check(Call *call, Text token);
must_use Error notice_unsubscribe(Call *call, Text token); /* again is the same for an account */

/* ---- The telephone for short messages, the actor's */
enum { PHONE_CODE_MINUTES = 10, PHONE_CODE_TRIES = 5, PHONE_CODES_A_DAY = 5 };
typedef struct NoticePhone {
	Text phone; /* no text: none */
	bool is_verified, has_code; /* has_code: one was sent and can still be entered */
	int64_t sent_at, arrived_at, failing_at; /* newest short message left us, was taken, began to be refused; 0: never */
} NoticePhone;
bool notice_has_gateway(Call *call); /* whether short messages leave this library at all */
must_use Error notice_phone(Call *call, NoticePhone *out);
/* Sends a code to the number, which replaces an earlier one. INVALID at "phone". TOO_MANY: five codes a day, a minute apart. CONFLICT: no gateway is named. */
must_use Error notice_phone_ask(Call *call, Text phone);
must_use Error notice_phone_confirm(Call *call, Text code); /* INVALID at "code": wrong, too old, or tried too often */
must_use Error notice_phone_remove(Call *call);

/* ---- Jobs. Each step is one transaction: a killed process does nothing twice and forgets nothing. */
must_use Error notice_lists_due(Call *call, int64_t max, int64_t *out_sent); /* looked at */
must_use Error notice_watch(Call *call, int64_t max, int64_t *out_settled); /* what became of messages */
