#include "harness/harness_private.h"

#include <ftw.h>
#include <stdlib.h>
#include <unistd.h>

static const char *folder;

static int remove_entry(const char *path, const struct stat *status, int kind, struct FTW *where)
{
	(void)status, (void)kind, (void)where;
	return remove(path);
}

static void remove_folder(void) { nftw(folder, remove_entry, 16, FTW_DEPTH | FTW_PHYS); }

void harness_remove_at_exit(const char *directory)
{
	folder = directory;
	atexit(remove_folder);
}
