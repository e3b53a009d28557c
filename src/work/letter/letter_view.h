/* What the templates of this room show. */
#pragma once
#include "face/html/html.h"

typedef struct LetterListView {
	Markup above, filters, table, empty, pager; /* above: may be empty */
} LetterListView;
typedef struct LetterDraftView {
	Markup facts, approve, refuse; /* may be empty: approve, refuse */
	Url preview, letter; /* letter: empty, or what was issued */
	bool is_own;
} LetterDraftView;
typedef struct LetterShowView {
	Markup facts, files, readings, revoke;
} LetterShowView;
