/* What the template of one conversation shows. */
#pragma once
#include "face/html/html.h"

typedef struct ThreadBlock {
	Text anchor, title, last;
	int64_t unread;
	Url write, read, older;
	Markup messages, field, files, audience;
} ThreadBlock;
