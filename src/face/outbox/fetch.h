/*
 * fetch: reads one small text from a host that somebody else names, or hands one over to it, so that nobody reaches through us what only we can reach. The name is resolved
 * once, every address it has must be public, and the connection goes to exactly that address (a name that says something else a moment later
 * gains nothing). HTTPS with a certificate of that name only; no redirect is followed, no proxy asked, nothing of ours is sent along.
 */
#pragma once
#include "base/base/base.h"

#include <sys/socket.h>

typedef struct FetchAddresses {
	struct sockaddr_storage at[8];
	size_t count;
} FetchAddresses;
typedef bool FetchResolve(void *context, Text host, FetchAddresses *out); /* false: there is no such name */
bool fetch_is_public(const struct sockaddr *address); /* false for all that is private, loopback, link-local, mapped, for documentation … */

typedef struct FetchOptions { /* all zero: as it has to be; else for tests */
	FetchResolve *resolve; /* NULL: the system's resolver */
	void *context; /* of `resolve` */
	bool (*may)(const struct sockaddr *address); /* NULL: fetch_is_public */
	const char *scheme; /* NULL: "https" */
	int port; /* 0: 443 */
	int64_t timeout_milliseconds; /* 0: 10 s for all of it */
	size_t bytes_max; /* 0: 16 KiB */
} FetchOptions;
typedef enum FetchFault { FETCH_OK, FETCH_UNKNOWN, FETCH_PRIVATE, FETCH_UNREACHABLE, FETCH_REFUSED, FETCH_LARGE } FetchFault;
/* UNKNOWN: no such name. PRIVATE: it leads into a net that is not public. UNREACHABLE: also a certificate that does not fit, or too slow.
 * REFUSED: another status than 200, redirects too. LARGE: more than bytes_max. */
FetchFault fetch_text(Arena *arena, const FetchOptions *options, Text host, const char *path, Text *out);

typedef struct FetchPost {
	Text body;
	const Text *headers; /* "Name: value" */
	size_t header_count;
} FetchPost;
/* POST; the same faults, but any 2xx is OK, what is answered is not kept, and *out_status is the answer's status, 0 when there was none. */
FetchFault fetch_post(Arena *arena, const FetchOptions *options, Text host, const char *path, const FetchPost *post, long *out_status);
