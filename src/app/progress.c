#include "app/progress.h"

#include "base/base/clock.h"

#include <unistd.h>

enum { TERMINAL_EVERY_US = 200000, PLAIN_EVERY_US = 5000000 };

Progress progress_start(FILE *talk, const char *what, int64_t total)
{
	int64_t now = clock_precise();
	return (Progress) {
		.talk = talk, .what = what, .total = total, .started = now, .shown = now, .terminal = isatty(fileno(talk)) == 1
	};
}

static void print(const Progress *progress, int64_t now)
{
	double seconds = (double)(now - progress->started) / 1e6;
	double rate = seconds > 0 ? (double)progress->done / seconds : 0;
	fprintf(progress->talk, "%s%s: %lld", progress->terminal ? "\r\033[K" : "", progress->what, (long long)progress->done);
	if (progress->total) fprintf(progress->talk, " of %lld", (long long)progress->total);
	fprintf(progress->talk, ", %.0f/s", rate);
	if (progress->total && rate > 0) fprintf(progress->talk, ", %.0f s left", (double)(progress->total - progress->done) / rate);
	if (!progress->terminal) fputc('\n', progress->talk);
	fflush(progress->talk);
}

void progress_show(Progress *progress, int64_t done)
{
	int64_t now = clock_precise();
	progress->done = done;
	if (now - progress->shown < (progress->terminal ? TERMINAL_EVERY_US : PLAIN_EVERY_US)) return;
	progress->shown = now;
	print(progress, now);
}

void progress_finish(Progress *progress)
{
	print(progress, clock_precise());
	if (progress->terminal) fputc('\n', progress->talk);
}
