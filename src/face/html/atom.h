/* atom: a feed (RFC 4287) of what was published last. */
#pragma once
#include "face/html/html.h"

typedef struct AtomEntry {
	Text address, title; /* address: whole; it is the entry's id */
	Text summary, category; /* may be empty */
	int64_t published_at, updated_at;
} AtomEntry;
typedef struct AtomFeed {
	Text self, list; /* whole addresses: of the feed, and of the page with the same; list may be empty */
	Text title;
	const AtomEntry *entries;
	size_t count;
} AtomFeed;
/* In the language of the request; public, and true as long as `depends` does not change. */
void atom_reply(Request *request, const AtomFeed *feed, Text depends);
