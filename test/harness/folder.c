#include "harness/harness_private.h"

#include <ftw.h>
#include <stdlib.h>
#include <unistd.h>

static int remove_entry(const char *path, const struct stat *status, int kind, struct FTW *where)
{
	(void)status, (void)kind, (void)where;
	return remove(path);
}

void harness_remove(const char *directory) { nftw(directory, remove_entry, 16, FTW_DEPTH | FTW_PHYS); }
