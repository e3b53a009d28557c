/* Which files an import reads. */
#include "base/crypto/crypto.h"
#include "subject/feed/feed_private.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FOLDER_DEPTH_MAX = 32 };

static bool is_wanted(Text name)
{
	static const Text endings[] = { TEXT_INIT(".json"), TEXT_INIT(".jsonl"), TEXT_INIT(".ndjson"), TEXT_INIT(".xml") };
	if (text_ends(name, TEXT(".gz"))) name.length -= 3;
	for (size_t i = 0; i < COUNT(endings); i++)
		if (text_ends(name, endings[i])) return true;
	return false;
}

static void close_folder(DIR **folder)
{
	if (*folder) closedir(*folder);
}

static int compare_paths(const void *a, const void *b) { return strcmp(((const ImportFile *)a)->path, ((const ImportFile *)b)->path); }

static Error list_path(Call *call, const char *path, bool named, int depth, ImportFiles *out);

static Error list_folder(Call *call, const char *path, int depth, ImportFiles *out)
{
	scoped(close_folder) DIR *folder = opendir(path);
	if (!folder) return fail(call, IO, "%s: %s", path, strerror(errno));
	if (depth > FOLDER_DEPTH_MAX) return fail(call, INVALID, "%s: folders are nested too deeply", path);
	for (const struct dirent *entry; (entry = readdir(folder));)
		if (entry->d_name[0] != '.')
			TRY(list_path(call, arena_printf(call->arena, "%s/%s", path, entry->d_name).at, false, depth + 1, out));
	return OK;
}

static Error list_path(Call *call, const char *path, bool named, int depth, ImportFiles *out)
{
	struct stat status;
	if (stat(path, &status) != 0)
		return errno == ENOENT && named ? fail(call, NOT_FOUND, "%s: there is no such file or folder", path)
						: fail(call, IO, "%s: %s", path, strerror(errno));
	if (S_ISDIR(status.st_mode)) return list_folder(call, path, depth, out);
	if (!named && (!S_ISREG(status.st_mode) || !is_wanted(text_from(path)))) return OK;
	ImportFile file = { .path = path, .size_bytes = status.st_size };
	list_add(call->arena, out, file);
	return OK;
}

Error files_list(Call *call, const Text *paths, size_t count, ImportFiles *out)
{
	ImportFiles files = { 0 };
	for (size_t i = 0; i < count; i++) {
		size_t first = files.count;
		Text path = paths[i];
		while (path.length > 1 && path.at[path.length - 1] == '/') path.length--;
		TRY(list_path(call, arena_string(call->arena, path), true, 0, &files));
		if (files.count > first) qsort(files.at + first, files.count - first, sizeof(*files.at), compare_paths);
	}
	*out = files;
	return OK;
}

static void close_file(int *file)
{
	if (*file >= 0) close(*file);
}

Error file_digest(Call *call, const char *path, Text *out)
{
	enum { CHUNK_BYTES = 256 * 1024 };
	scoped(close_file) int file = open(path, O_RDONLY | O_CLOEXEC);
	scoped(sha256_free) Sha256 *hash = sha256_new();
	if (file < 0) return fail(call, IO, "%s: %s", path, strerror(errno));
	ArenaMark mark = arena_mark(call->arena);
	char *chunk = arena_alloc(call->arena, CHUNK_BYTES);
	ssize_t got;
	while ((got = read(file, chunk, CHUNK_BYTES)) > 0) sha256_add(hash, (Text) { chunk, (size_t)got });
	if (got < 0) return fail(call, IO, "%s: %s", path, strerror(errno));
	arena_release(call->arena, mark);
	Digest digest = sha256_finish(hash);
	*out = hex_text(call->arena, DIGEST_TEXT(digest));
	return OK;
}
