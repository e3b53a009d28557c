#include "app/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

const char *folder_part(Call *call, const Folder *folder, const char *name)
{
	return arena_printf(call->arena, "%s/%s", folder->path, name).at;
}

static Error make_folder(Call *call, const char *path)
{
	if (mkdir(path, 0700) == 0 || errno == EEXIST) return OK;
	return fail(call, IO, "%s: %s", path, strerror(errno));
}

static Error absolute_path(Call *call, const char *path, const char **out)
{
	char *real = realpath(path, NULL);
	if (!real && errno == ENOENT)
		return fail(call, NOT_FOUND, "there is no folder %s; `cappvd init` makes a library, `cappvd demo` a demonstration", path);
	if (!real) return fail(call, IO, "%s: %s", path, strerror(errno));
	*out = arena_copy(call->arena, text_from(real)).at;
	free(real);
	return OK;
}

static Error take_lock(Call *call, const Folder *folder, int *out)
{
	const char *path = folder_part(call, folder, "lock");
	int lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (lock < 0) return fail(call, IO, "%s: %s", path, strerror(errno));
	if (flock(lock, LOCK_EX | LOCK_NB) == 0) {
		*out = lock;
		return OK;
	}
	int why = errno;
	close(lock);
	if (why == EWOULDBLOCK) return fail(call, LOCKED, "%s is held by another process", path);
	return fail(call, IO, "%s: %s", path, strerror(why));
}

Error folder_open(Call *call, const char *path, bool create, Folder *out)
{
	Folder folder = { .lock = -1 };
	if (create) TRY(make_folder(call, path));
	TRY(absolute_path(call, path, &folder.path));
	TRY(take_lock(call, &folder, &folder.lock));
	*out = folder;
	Error error = make_folder(call, folder_part(call, &folder, "tmp"));
	if (error != OK) folder_close(out);
	return error;
}

void folder_close(Folder *folder)
{
	if (folder->lock >= 0) close(folder->lock);
	folder->lock = -1;
}

bool folder_has_database(Call *call, const Folder *folder) { return access(folder_part(call, folder, "library.db"), F_OK) == 0; }

const char *folder_database_url(Call *call, const Folder *folder)
{
	return arena_printf(call->arena, "sqlite:%s/library.db", folder->path).at;
}

const char *folder_key_path(Call *call, const Folder *folder, const char *named)
{
	if (named) return named;
	const char *credentials = getenv("CREDENTIALS_DIRECTORY");
	if (credentials) {
		const char *path = arena_printf(call->arena, "%s/cappvd.key", credentials).at;
		if (access(path, F_OK) == 0) return path;
	}
	return arena_printf(call->arena, "%s.key", folder->path).at;
}
