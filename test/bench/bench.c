/* bench MODE …: see bench.h. */
#include "bench/bench.h"
#include "app/house.h"
#include "base/base/clock.h"

static const struct {
	const char *name;
	Error (*run)(Call *call, int argc, char **argv);
	const char *arguments;
} modes[] = {
	{ "alike", alike_mode, "LIBRARY QUESTIONS dated|undated" },
	{ "batch", batch_mode, "DATA ARCHIVE…" },
	{ "casefile", casefile_mode, "DATA" },
	{ "figures", figures_mode, "DATA" },
	{ "import", import_mode, "FILE" },
	{ "mark", mark_mode, "marked|plain FROM COUNT" },
	{ "masking", masking_mode, "TEXTS" },
	{ "panel", panel_mode, "DATA" },
	{ "reply", reply_mode, "DATA RECORDS" },
	{ "search", search_mode, "DATA" },
	{ "selection", selection_mode, "" },
};

int main(int argc, char **argv)
{
	scoped(arena_free) Arena *arena = arena_new((size_t)8 * 1024 * 1024 * 1024);
	Call call = { .arena = arena, .actor = &actor_system, .now = clock_wall(), .lang = LANG_EN };
	for (size_t i = 0; i < COUNT(modes); i++) {
		if (argc < 2 || strcmp(argv[1], modes[i].name) != 0) continue;
		Error error = process_start(&call);
		if (error == OK) error = modes[i].run(&call, argc - 2, argv + 2);
		if (error != OK) fprintf(stderr, "%s: %s: %.*s\n", argv[1], error_name(error), TEXT_ARGS(call.failure.detail));
		return error == OK ? 0 : 1;
	}
	for (size_t i = 0; i < COUNT(modes); i++) fprintf(stderr, "bench %s %s\n", modes[i].name, modes[i].arguments);
	return 2;
}
