/* progress: how far a long command is: a line that renews itself on a terminal, a plain line every few seconds elsewhere. */
#pragma once
#include "base/base/base.h"

typedef struct Progress {
	FILE *talk;
	const char *what;
	int64_t total, started, shown, done; /* total 0: not known */
	bool terminal;
} Progress;
Progress progress_start(FILE *talk, const char *what, int64_t total);
void progress_show(Progress *progress, int64_t done);
void progress_finish(Progress *progress); /* for scoped() */
