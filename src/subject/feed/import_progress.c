#include "base/base/clock.h"
#include "subject/feed/feed_private.h"

enum { BAR_CELLS = 30, TERMINAL_MICROSECONDS = 100000, LINES_MICROSECONDS = 5000000 };

static void put_bar(FILE *talk, int64_t percent)
{
	fputc('[', talk);
	for (int64_t cell = 0; cell < BAR_CELLS; cell++) fputs(cell * 100 < percent * BAR_CELLS ? "█" : "░", talk);
	fputc(']', talk);
}

static Text remaining_text(Arena *arena, Lang lang, int64_t seconds)
{
	return problem_text(arena, lang,
		&(Problem) { .message = N_("about %s left"),
			.argument = arena_printf(arena, "%lld:%02lld", (long long)(seconds / 60), (long long)(seconds % 60)) });
}

void feed_progress_show(Progress *progress, int64_t read_bytes, int64_t documents, bool last)
{
	int64_t now = clock_precise(), elapsed = now - progress->started_at,
		wait = progress->on_terminal ? TERMINAL_MICROSECONDS : LINES_MICROSECONDS;
	if (!progress->talk || (!last && now - progress->shown_at < wait)) return;
	scoped(arena_free) Arena *arena = arena_new(ARENA_CEILING);
	int64_t percent = progress->total_bytes ? read_bytes * 100 / progress->total_bytes : 100;
	int64_t rate = elapsed > 0 ? documents * 1000000 / elapsed : 0;
	int64_t left = read_bytes > 0 ? elapsed / 1000000 * (progress->total_bytes - read_bytes) / read_bytes : 0;
	progress->shown_at = now;
	if (progress->on_terminal) {
		fputs("\r\033[K", progress->talk);
		put_bar(progress->talk, percent);
	}
	fprintf(progress->talk, " %3lld %%  %lld  %lld/s", (long long)percent, (long long)documents, (long long)rate);
	if (!last) {
		Text remaining = remaining_text(arena, progress->lang, left);
		fprintf(progress->talk, "  %.*s", TEXT_ARGS(remaining));
	}
	progress->drawn = progress->on_terminal && !last;
	if (!progress->drawn) fputc('\n', progress->talk);
	fflush(progress->talk);
}

void feed_progress_clear(Progress *progress)
{
	if (progress->drawn) fputs("\r\033[K", progress->talk);
	progress->drawn = false;
}
