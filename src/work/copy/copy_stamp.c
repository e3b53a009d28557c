/* A marked copy of a file that somebody uploaded. The file is large and hostile: it goes to the sandbox as a memory file, and never into the heap. */
#include "store/db/db.h"
#include "work/copy/copy.h"

#include <sys/mman.h>
#include <sys/sendfile.h>
#include <unistd.h>

enum { STAMPED_BYTES_MAX = 48 << 20 };
static void file_close(const int *file)
{
	if (*file >= 0) close(*file);
}

static bool put(int file, Text bytes)
{
	while (bytes.length) {
		ssize_t written = write(file, bytes.at, bytes.length);
		if (written <= 0) return false;
		bytes = text_slice(bytes, (size_t)written, bytes.length);
	}
	return true;
}

static bool put_file(int to, int from, int64_t size_bytes)
{
	off_t at = 0;
	while (at < size_bytes)
		if (sendfile(to, from, &at, (size_t)(size_bytes - at)) <= 0) return false;
	return true;
}

typedef struct Taking {
	const CopyFor *copy;
	uint64_t mark;
} Taking;

static Error take(Call *call, void *argument)
{
	Taking *taking = argument;
	return copy_mark_take(call, taking->copy, &taking->mark);
}

/* What the child answers: see mark_stamp_work. */
static Error stamp(Call *call, uint64_t mark, int descriptor, int64_t size_bytes, Text *out_answer)
{
	scoped(file_close) int input = -1;
	TRY(sandbox_file(call, &input));
	if (!put(input, arena_printf(call->arena, "%llu ", (unsigned long long)mark)) || !put_file(input, descriptor, size_bytes))
		return fail(call, IO, "a file cannot be copied into memory");
	TRY(sandbox_run_file(call, call->house->sandbox, SANDBOX_STAMP, input, out_answer));
	bool is_known = out_answer->length && (out_answer->at[0] == 'A' || out_answer->at[0] == 'W');
	return is_known ? OK : fail(call, INVALID, "stamp: malformed answer");
}

Error copy_stamp(Call *call, const CopyFor *copy, int descriptor, int64_t size_bytes, CopyFile *out, bool *out_marked)
{
	Taking taking = { .copy = copy };
	Text answer = { 0 };
	*out_marked = false;
	if (size_bytes > STAMPED_BYTES_MAX || !call->house->sandbox) return OK;
	TRY(db_transact(call, take, &taking));
	Error error = stamp(call, taking.mark, descriptor, size_bytes, &answer);
	if (error == ERROR_INVALID || error == ERROR_TOO_LARGE) {
		call_recover(call);
		return OK;
	}
	TRY(error);
	bool is_appended = answer.at[0] == 'A';
	Text rest = text_slice(answer, 1, answer.length);
	int file = memfd_create("copy", MFD_CLOEXEC);
	bool is_whole =
		file >= 0 && (!is_appended || put_file(file, descriptor, size_bytes)) && put(file, rest) && lseek(file, 0, SEEK_SET) == 0;
	if (!is_whole && file >= 0) close(file);
	if (!is_whole) return fail(call, IO, "a copy cannot be kept in memory");
	*out = (CopyFile) { file, (int64_t)rest.length + (is_appended ? size_bytes : 0) };
	*out_marked = true;
	return OK;
}
