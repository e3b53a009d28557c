#include "app/demo.h"

#include "app/demo_fill.h"
#include "app/serve.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <unistd.h>

static int remove_entry(const char *path, const struct stat *status, int kind, struct FTW *where)
{
	(void)status, (void)kind, (void)where;
	return remove(path);
}

static bool is_demo_folder(Call *call, const char *path) { return access(arena_printf(call->arena, "%s/demo", path).at, F_OK) == 0; }

/* A demonstration begins anew each time; what is no demonstration is never touched. */
static Error clear_folder(Call *call, const char *path, const char *key_file)
{
	const char *key = key_file ? key_file : arena_printf(call->arena, "%s.key", path).at;
	if (access(path, F_OK) != 0) return OK;
	if (!is_demo_folder(call, path)) return fail(call, CONFLICT, "%s is not a demonstration's folder; name another with --data", path);
	if (nftw(path, remove_entry, 16, FTW_DEPTH | FTW_PHYS) != 0) return fail(call, IO, "%s: %s", path, strerror(errno));
	const char *const keys[] = { key, arena_printf(call->arena, "%s.ledger", key).at, arena_printf(call->arena, "%s.stamp", key).at,
		arena_printf(call->arena, "%s.stamp-sm2", key).at };
	for (size_t i = 0; i < COUNT(keys); i++)
		if (unlink(keys[i]) != 0 && errno != ENOENT) return fail(call, IO, "%s: %s", keys[i], strerror(errno));
	return OK;
}

static Error mark_folder(Call *call, const OpenHouse *house)
{
	int mark = open(folder_part(call, &house->folder, "demo"), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	if (mark < 0) return fail(call, IO, "the demonstration's folder cannot be marked: %s", strerror(errno));
	close(mark);
	return OK;
}

/* Takes --keep out of the words; the others are those of serve. */
static int take_keep(int argc, char **argv, bool *out_keep)
{
	int kept = 0;
	for (int i = 0; i < argc; i++) {
		bool is_keep = strcmp(argv[i], "--keep") == 0;
		if (is_keep)
			*out_keep = true;
		else
			argv[kept++] = argv[i];
	}
	return kept;
}

Error demo_command(Call *call, const CommandOptions *common, int argc, char **argv, FILE *out, FILE *talk)
{
	(void)out;
	bool keep = false;
	ServeOptions options = { 0 };
	int count = take_keep(argc, argv, &keep);
	TRY(serve_options(call, count, argv, &options, talk));
	keep = keep && is_demo_folder(call, common->data);
	if (!keep) TRY(clear_folder(call, common->data, common->key_file));
	scoped(house_close) OpenHouse *house = NULL;
	HouseOptions how = {
		.data = common->data, .database = common->database, .key_file = common->key_file, .create = !keep, .demo = true
	};
	TRY(house_open(call, &how, &house));
	if (!keep) TRY(mark_folder(call, house));
	call->house = &house->house;
	if (!keep) TRY(demo_fill(call));
	return serve_house(call, house, &options, talk);
}
