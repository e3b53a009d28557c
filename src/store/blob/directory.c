/* The store as a directory: FOLDER/ab/abcd…, FOLDER/incoming/ for files that are not complete. */
#include "base/base/clock.h"
#include "store/blob/blob_private.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

void descriptor_close(const int *descriptor)
{
	if (*descriptor >= 0) close(*descriptor);
}

static void folder_close(DIR **folder)
{
	if (*folder) closedir(*folder);
}

static Error folder_make(Call *call, const char *path)
{
	if (mkdir(path, 0700) != 0 && errno != EEXIST) return fail(call, IO, "%s: %s", path, strerror(errno));
	return OK;
}

Error blob_store_open(Call *call, const char *folder, BlobStore **out)
{
	TRY(folder_make(call, folder));
	TRY(folder_make(call, arena_printf(call->arena, "%s/incoming", folder).at));
	BlobStore *store = calloc(1, sizeof(*store));
	must(store);
	store->folder = strdup(folder);
	must(store->folder && pthread_mutex_init(&store->naming, NULL) == 0);
	*out = store;
	return OK;
}

void blob_store_close(BlobStore **store)
{
	if (!*store) return;
	pthread_mutex_destroy(&(*store)->naming);
	free((*store)->folder);
	free(*store);
	*store = NULL;
}

static Error write_failed(Call *call, const char *what)
{
	if (errno == ENOSPC || errno == EDQUOT) return fail(call, FULL, "%s: %s", what, strerror(errno));
	return fail(call, IO, "%s: %s", what, strerror(errno));
}

Error store_create(Call *call, BlobStore *store, int *out_file, char **out_path)
{
	if (atomic_load(&store->broken)) return fail(call, IO, "blobs: an fsync failed earlier; restart after mending the disk");
	char *path = NULL;
	Text token = token_new(call->arena, 16);
	must(asprintf(&path, "%s/incoming/%.*s", store->folder, TEXT_ARGS(token)) > 0);
	int file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (file < 0) {
		free(path);
		return write_failed(call, "blob");
	}
	*out_file = file;
	*out_path = path;
	return OK;
}

Error store_write(Call *call, BlobStore *store, int file, Text bytes)
{
	if (atomic_load(&store->broken)) return fail(call, IO, "blobs: an fsync failed earlier; restart after mending the disk");
	for (size_t done = 0; done < bytes.length;) {
		ssize_t got = write(file, bytes.at + done, bytes.length - done);
		if (got < 0 && errno == EINTR) continue;
		if (got <= 0) return write_failed(call, "blob");
		done += (size_t)got;
	}
	return OK;
}

/* What a failed fsync leaves on the disk is unknown, and asking again would say that all is well. */
static Error file_sync(Call *call, BlobStore *store, int file)
{
	if (fsync(file) == 0) return OK;
	atomic_store(&store->broken, true);
	return fail(call, IO, "blob: fsync: %s", strerror(errno));
}

static Error folder_sync(Call *call, BlobStore *store, const char *path)
{
	int folder scoped(descriptor_close) = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (folder < 0) return fail(call, IO, "%s: %s", path, strerror(errno));
	return file_sync(call, store, folder);
}

static const char *shelf_of(Call *call, const BlobStore *store, Text name)
{
	return arena_printf(call->arena, "%s/%.*s", store->folder, TEXT_ARGS(text_slice(name, 0, 2))).at;
}

static const char *path_of(Call *call, const BlobStore *store, Text name)
{
	return arena_printf(call->arena, "%s/%.*s", shelf_of(call, store, name), TEXT_ARGS(name)).at;
}

Error store_publish(Call *call, BlobStore *store, int file, const char *path, Text name)
{
	const char *shelf = shelf_of(call, store, name);
	TRY(file_sync(call, store, file));
	bool new_shelf = mkdir(shelf, 0700) == 0;
	if (!new_shelf && errno != EEXIST) return write_failed(call, shelf);
	pthread_mutex_lock(&store->naming);
	int failed = rename(path, path_of(call, store, name)) == 0 ? 0 : errno;
	pthread_mutex_unlock(&store->naming);
	errno = failed;
	if (failed) return write_failed(call, "blob: rename");
	TRY(folder_sync(call, store, shelf));
	return new_shelf ? folder_sync(call, store, store->folder) : OK;
}

Error store_open_file(Call *call, BlobStore *store, Text name, int *out_file)
{
	int file = open(path_of(call, store, name), O_RDONLY | O_CLOEXEC);
	if (file < 0 && errno == ENOENT) return fail(call, CORRUPT, "blob %.*s is missing", TEXT_ARGS(name));
	if (file < 0) return fail(call, IO, "blob %.*s: %s", TEXT_ARGS(name), strerror(errno));
	*out_file = file;
	return OK;
}

bool store_untouched_for(Call *call, const char *path, int64_t milliseconds)
{
	struct stat status;
	return stat(path, &status) == 0 && (int64_t)status.st_mtime * 1000 < call->now - clock_offset() - milliseconds;
}

static bool is_abandoned(Call *call, const char *path) { return store_untouched_for(call, path, BLOB_KEPT_MILLISECONDS); }

Error store_sweep_one(Call *call, BlobStore *store, const char *path, Text name, bool *out_removed)
{
	pthread_mutex_lock(&store->naming);
	int failed = 0;
	*out_removed = is_abandoned(call, path);
	if (*out_removed && unlink(path) != 0) failed = errno;
	pthread_mutex_unlock(&store->naming);
	return failed ? fail(call, IO, "blob %.*s: %s", TEXT_ARGS(name), strerror(failed)) : OK;
}

Error store_sweep_unfinished(Call *call, BlobStore *store, int64_t *out_removed)
{
	const char *path = arena_printf(call->arena, "%s/incoming", store->folder).at;
	DIR *folder scoped(folder_close) = opendir(path);
	if (!folder) return fail(call, IO, "%s: %s", path, strerror(errno));
	for (struct dirent *entry; (entry = readdir(folder));) {
		const char *file = arena_printf(call->arena, "%s/%s", path, entry->d_name).at;
		if (entry->d_name[0] == '.' || !is_abandoned(call, file)) continue;
		if (unlink(file) != 0) return fail(call, IO, "%s: %s", file, strerror(errno));
		++*out_removed;
	}
	return OK;
}

static bool is_name(Text name)
{
	if (name.length != 64) return false;
	for (size_t i = 0; i < name.length; i++)
		if (!strchr("0123456789abcdef", name.at[i])) return false;
	return true;
}

typedef Error EachFile(Call *call, void *context, const char *path, Text name);

static Error shelf_each(Call *call, const char *shelf, EachFile *each, void *context)
{
	DIR *folder scoped(folder_close) = opendir(shelf);
	if (!folder) return fail(call, IO, "%s: %s", shelf, strerror(errno));
	for (struct dirent *entry; (entry = readdir(folder));) {
		char path[4096];
		if (entry->d_name[0] == '.') continue;
		int length = snprintf(path, sizeof(path), "%s/%s", shelf, entry->d_name);
		if (!is_name(text_from(entry->d_name)) || length < 0 || (size_t)length >= sizeof(path))
			return fail(call, CORRUPT, "%s/%s is no blob", shelf, entry->d_name);
		TRY(each(call, context, path, text_from(entry->d_name)));
	}
	return OK;
}

Error blob_store_each(Call *call, EachFile *each, void *context)
{
	const BlobStore *store = call->house->blobs;
	DIR *folder scoped(folder_close) = opendir(store->folder);
	if (!folder) return fail(call, IO, "%s: %s", store->folder, strerror(errno));
	for (struct dirent *entry; (entry = readdir(folder));)
		if (strlen(entry->d_name) == 2 && entry->d_name[0] != '.')
			TRY(shelf_each(call, arena_printf(call->arena, "%s/%s", store->folder, entry->d_name).at, each, context));
	return OK;
}
