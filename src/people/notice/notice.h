/*
 * notice: who is told what, in which language, how. A notice is a row in the reader's inbox and a message in the outbox, both written in the
 * transaction of what they tell. It carries a number and a link, never anything of the matter. Whether somebody may be told is the caller's to
 * decide; that the account is not disabled is looked at here, and how the reader wants to be told (notice_way.h).
 */
#pragma once
#include "people/person/person.h"
#include "store/db/kept.h"

typedef enum NoticeKind {
#define NOTICE(kind, tag, weight, subject, body, text) NOTICE_##kind,
#include "people/notice/notice_text.def"
#undef NOTICE
	NOTICE_KINDS
} NoticeKind;

/* Inside db_transact. `subject`: the number people know the matter by; `link`: its path, "/reports/R-…". */
must_use Error notice_send(Call *call, int64_t person_id, NoticeKind kind, Text subject, Text link);
/* The same, and the letter can be answered at this mail address; no text: it cannot. */
must_use Error notice_send_answerable(Call *call, int64_t person_id, NoticeKind kind, Text subject, Text link, Text answer);
/* The same; *out_message is the number of its letter in the outbox, 0 when none was sent (now). For who wants to know whether it arrived. */
must_use Error notice_send_tracked(Call *call, int64_t person_id, NoticeKind kind, Text subject, Text link, int64_t *out_message);
/* To everybody who holds the role and passed no exclusion of the caller's: for "a report waits". */
must_use Error notice_send_role(Call *call, Role role, NoticeKind kind, Text subject, Text link);
/* To a visitor who left a mail address with a claim code; nothing happens when there is none. `claim` as in Actor.claim_key. */
must_use Error notice_send_claim(Call *call, Text claim, NoticeKind kind, Text subject, Text link);
/* Where a visitor wants to be told; inside db_transact. Replaces an earlier one. INVALID with a problem at "mail". */
must_use Error notice_visitor_set(Call *call, Text claim, Text mail);
must_use Error notice_visitor_forget(Call *call, Text claim); /* when the matter ends or the reporter asks */

typedef struct Notice {
	int64_t id, created_at;
	Text ref, subject_line, link; /* subject_line: in the reader's language */
	bool unread;
} Notice;
typedef LIST_OF(Notice) Notices;
/* The actor's, newest first. before: id of the last one seen, 0 to begin with. */
must_use Error notice_list(Call *call, int64_t before, int64_t max, Notices *out);
must_use Error notice_unread(Call *call, int64_t *out_count); /* at most 100 */
must_use Error notice_open(Call *call, Text ref, Text *out_link); /* marks it read; NOT_FOUND: not the actor's */
must_use Error notice_read_all(Call *call);
/* For the retention rules, and for the end of an account: inbox, ways, telephone and webhooks go. Inside db_transact. */
must_use Error notice_kept(Call *call, const KeptPage *page, Keeps *out);
must_use Error notice_forget(Call *call, Text ref);
must_use Error notice_forget_person(Call *call, int64_t person_id);
