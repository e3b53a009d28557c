/* What the inbox shows. */
#pragma once
#include "face/html/html.h"

typedef struct InboxLine {
	Text text;
	Markup open; /* button: opening marks it read */
	int64_t at;
	bool unread;
} InboxLine;
typedef struct InboxView {
	InboxLine *lines;
	size_t count;
	Markup read_all;
	bool has_unread;
	Url next;
} InboxView;
