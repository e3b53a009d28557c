/*
 * library: the public search and lists of published records and of public warnings. Everything here is public and the same for everybody.
 *
 * Filters are tokens of the same index as the words, so the commonest word with two filters is one pass over three lists. The default order is
 * newest first, which is the order of the index; relevance is a score of our own over the newest LIBRARY_CANDIDATES matches.
 */
#pragma once
#include "store/db/db.h"
#include "subject/advisory/advisory.h"
#include "subject/library/library.sql.h"

enum { LIBRARY_PAGE = 20, LIBRARY_PAGE_MAX = 100, LIBRARY_CANDIDATES = 400 };

typedef enum LibraryKinds { LIBRARY_ADVISORIES, LIBRARY_WARNINGS, LIBRARY_BOTH } LibraryKinds;
typedef struct LibraryQuery { /* empty texts: not asked */
	Text question; /* words, Chinese, identifiers whole or in part: all must be there */
	Text level, year, platform, vendor, source, weakness;
	bool with_fix;
	bool by_relevance;
	LibraryKinds kinds; /* what is searched; warnings have neither level nor platform, vendor, source, weakness or fix */
	Text cursor; /* of an earlier page */
	int limit; /* 0: LIBRARY_PAGE; at most LIBRARY_PAGE_MAX */
} LibraryQuery;
typedef struct LibraryPage {
	LibraryItems items;
	Text next, previous; /* cursors: older and newer; empty at the ends */
} LibraryPage;
/* INVALID with a problem on "cursor" or "limit". A question without letter, digit or Chinese character finds nothing. */
must_use Error library_search(Call *call, const LibraryQuery *query, LibraryPage *out);
bool library_is_warning(const LibraryItem *item);
Text library_title(const LibraryItem *item, Lang lang);
