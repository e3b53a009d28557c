/* What the template of one conversation shows. */
#pragma once
#include "face/html/html.h"

typedef struct ThreadReply { /* a message can begin with it */
	Text title, body;
	Url url; /* of the page with the reply in the field */
} ThreadReply;
typedef LIST_OF(ThreadReply) ThreadReplies;
typedef struct ThreadBlock {
	Text anchor, title, last;
	int64_t unread;
	Url write, read, older;
	const ThreadReplies *replies; /* for the staff */
	Markup messages, field, files, personal, audience; /* personal: may be empty */
} ThreadBlock;
