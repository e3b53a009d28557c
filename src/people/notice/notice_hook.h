/*
 * notice_hook: machines that somebody wants to be told beside the own inbox: whatever stands there goes to each of them at once, as a number and
 * a link, never more (see webhook.h for the signature). What does not arrive is tried for about three days, then given up, and the hook says so.
 */
#pragma once
#include "face/outbox/webhook.h"
#include "people/notice/notice.h"

enum { HOOKS_MAX = 5 }; /* a person */
typedef struct Hook {
	Text ref, address, reason; /* reason: what the last failed attempt came to, "" when the last one arrived */
	int64_t created_at, arrived_at, failing_at; /* 0: never, not */
} Hook;
typedef LIST_OF(Hook) Hooks;
must_use Error notice_hooks(Call *call, Hooks *out); /* the actor's */
/* *out_secret is shown this once. INVALID at "address": not https, or not an address. TOO_MANY: there are five. */
must_use Error notice_hook_add(Call *call, Text address, Text *out_secret);
must_use Error notice_hook_end(Call *call, Text ref); /* what waits for it is gone, too; NOT_FOUND: not the actor's */
must_use Error notice_hook_end_all(Call *call, int64_t person_id); /* of an account that ends; inside db_transact */
must_use Error notice_hook_try(Call *call, Text ref); /* sends it a message of type "test" */

/* Inside db_transact: puts what the person is told among what waits for each hook. */
must_use Error notice_hook_put(Call *call, int64_t person_id, Text type, Text subject, Text link);
/* Job: sends what is due, each once, outside a transaction. *out_count: looked at. */
must_use Error notice_hook_send(Call *call, const FetchOptions *reach, int64_t max, int64_t *out_count);
