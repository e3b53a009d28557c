/* What the templates of this room show. */
#pragma once
#include "face/html/html.h"

typedef struct LetterListView {
	Markup filters, table, empty, pager;
} LetterListView;
typedef struct LetterShowView {
	Markup facts, files, readings, revoke;
} LetterShowView;
