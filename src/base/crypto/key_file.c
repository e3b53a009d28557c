/* Key files: read only when nobody else can read them, written so that a crash leaves the old file or the new one. */
#include "base/crypto/crypto.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <sys/stat.h>
#include <unistd.h>

static void descriptor_close(const int *descriptor)
{
	if (*descriptor >= 0) close(*descriptor);
}

Error key_file_read(Call *call, const char *path, size_t bytes_max, Text *out)
{
	int file scoped(descriptor_close) = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (file < 0 && errno == ENOENT) return fail(call, NOT_FOUND, "key file %s", path);
	struct stat status;
	if (file < 0 || fstat(file, &status) != 0) return fail(call, IO, "key file %s: %s", path, strerror(errno));
	if (!S_ISREG(status.st_mode) || (status.st_mode & (S_IRWXG | S_IRWXO)))
		return fail(call, CONFIG, "key file %s must be mode 0600 or 0400", path);
	if ((size_t)status.st_size > bytes_max) return fail(call, CONFIG, "key file %s is too large", path);
	char *content = arena_alloc(call->arena, bytes_max + 1);
	size_t length = 0;
	for (ssize_t got; length < bytes_max && (got = read(file, content + length, bytes_max - length)) != 0; length += (size_t)got)
		if (got < 0) return fail(call, IO, "key file %s: %s", path, strerror(errno));
	*out = (Text) { content, length };
	return OK;
}

void key_file_wipe(Text content) { secret_wipe((void *)(uintptr_t)content.at, content.length); }

static bool write_all(int file, Text content)
{
	for (size_t done = 0; done < content.length;) {
		ssize_t got = write(file, content.at + done, content.length - done);
		if (got < 0 && errno == EINTR) continue;
		if (got <= 0) return false;
		done += (size_t)got;
	}
	return fsync(file) == 0;
}

static bool folder_sync(Arena *arena, const char *path)
{
	char *copy = (char *)(uintptr_t)arena_string(arena, text_from(path));
	int folder scoped(descriptor_close) = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return folder >= 0 && fsync(folder) == 0;
}

Error key_file_write(Call *call, const char *path, Text content, bool replace)
{
	Text suffix = token_new(call->arena, 16);
	const char *temporary = arena_printf(call->arena, "%s.%.*s", path, TEXT_ARGS(suffix)).at;
	int file scoped(descriptor_close) = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (file < 0) return fail(call, IO, "key file %s: %s", temporary, strerror(errno));
	bool written = write_all(file, content) && (replace ? rename(temporary, path) : link(temporary, path)) == 0;
	int error = errno;
	if (!written || !replace) unlink(temporary);
	if (!written && error == EEXIST) return fail(call, CONFLICT, "key file %s exists", path);
	if (!written) return fail(call, IO, "key file %s: %s", path, strerror(error));
	if (!folder_sync(call->arena, path)) return fail(call, IO, "folder of key file %s: %s", path, strerror(errno));
	return OK;
}
