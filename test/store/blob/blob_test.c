#include "harness/test.h"
#include "store/blob/blob.h"
#include "store/seal/seal.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static Error new_matter(Call *call, void *argument) { return seal_matter_new(call, argument); }
static Error destroy_matter(Call *call, void *argument) { return seal_matter_destroy(call, *(int64_t *)argument); }

static int64_t matter_of(Test *t)
{
	int64_t matter = 0;
	CHECK_OK(t->call, db_transact(t->call, new_matter, &matter));
	return matter;
}

typedef struct Keeping {
	const BlobFile *file;
	int64_t blob;
} Keeping;

static Error keep(Call *call, void *argument)
{
	Keeping *keeping = argument;
	return blob_keep(call, keeping->file, &keeping->blob);
}

static Error forget(Call *call, void *argument) { return blob_remove(call, *(int64_t *)argument); }

static int64_t stored(Test *t, int64_t matter, Text content)
{
	BlobFile file;
	CHECK_OK(t->call, blob_write(t->call, matter, content, &file));
	Keeping keeping = { .file = &file };
	CHECK_OK(t->call, db_transact(t->call, keep, &keeping));
	return keeping.blob;
}

static Text content_of(Test *t, size_t length)
{
	char *at = arena_alloc(t->arena, length);
	for (size_t i = 0; i < length; i++) at[i] = (char)(unsigned char)(i * 31 + i / 251);
	return (Text) { at, length };
}

static const char *path_of(Test *t, int64_t blob)
{
	Blob row;
	CHECK_OK(t->call, blob_find(t->call, blob, &row));
	return arena_printf(t->arena, "%s/blobs/%.2s/%.*s", t->directory, row.name.at, TEXT_ARGS(row.name)).at;
}

TEST_DB(blob__gives_back_files_of_every_size)
{
	static const size_t sizes[] = { 0, 1, 65535, 65536, 65537, 131072, 200000 };
	int64_t matter = matter_of(t);
	for (size_t i = 0; i < COUNT(sizes); i++) {
		Text content = content_of(t, sizes[i]), out;
		int64_t blob = stored(t, matter, content);
		CHECK_OK(t->call, blob_load(t->call, blob, 200000, &out));
		CHECK(text_is(out, content));
		int file = memfd_create("test", MFD_CLOEXEC);
		CHECK_OK(t->call, blob_read_file(t->call, blob, file));
		CHECK_INT(lseek(file, 0, SEEK_END), sizes[i]);
		close(file);
	}
	Text out = TEXT("untouched");
	CHECK_ERROR(t->call, blob_load(t->call, stored(t, matter, content_of(t, 1000)), 999, &out), TOO_LARGE);
	CHECK_ERROR(t->call, blob_load(t->call, 999999, 1, &out), NOT_FOUND);
}

TEST_DB(blob__upload_in_pieces_is_the_file_at_once)
{
	int64_t matter = matter_of(t);
	Text content = content_of(t, 150000);
	BlobWriter *writer scoped(blob_writer_close) = NULL;
	CHECK_OK(t->call, blob_writer_open(t->call, matter, &writer));
	for (size_t at = 0, step = 1; at < content.length; at += step, step = step * 3 % 70001)
		CHECK_OK(t->call, blob_writer_add(t->call, writer, text_slice(content, at, at + step)));
	BlobFile pieces, whole;
	CHECK_OK(t->call, blob_writer_finish(t->call, writer, &pieces));
	CHECK_OK(t->call, blob_write(t->call, matter, content, &whole));
	Digest expected = sha256(content);
	CHECK(text_is(pieces.name, whole.name) && pieces.size == 150000 && digest_is(&pieces.content, &expected));
}

TEST_DB(blob__equal_files_are_one_within_a_matter_and_strangers_across_matters)
{
	int64_t one = matter_of(t), two = matter_of(t);
	Text content = TEXT("canary 越权读取 canary");
	int64_t first = stored(t, one, content), again = stored(t, one, content), other = stored(t, two, content);
	CHECK(first == again && first != other);
	CHECK(strcmp(path_of(t, first), path_of(t, other)) != 0);
	CHECK(!text_find(test_read_file(t->arena, path_of(t, first)), TEXT("canary"), NULL));
	Digest plain = sha256(content);
	CHECK(!text_find(text_from(path_of(t, first)), hex_text(t->arena, DIGEST_TEXT(plain)), NULL));
}

static void overwrite(const char *path, Text content)
{
	FILE *file = fopen(path, "wb");
	CHECK(file && fwrite(content.at, 1, content.length, file) == content.length && fclose(file) == 0);
}

TEST_DB(blob__changed_cut_swapped_or_missing_file_is_corrupt)
{
	int64_t matter = matter_of(t), blob = stored(t, matter, content_of(t, 70000)), same_size = stored(t, matter, content_of(t, 70001));
	const char *path = path_of(t, blob);
	Text file = test_read_file(t->arena, path), out = TEXT("untouched"), foreign = test_read_file(t->arena, path_of(t, same_size));
	for (size_t at = 0; at < file.length; at += at < 64 ? 1 : 977) {
		Text changed = arena_copy(t->arena, file);
		((char *)(uintptr_t)changed.at)[at] ^= 4;
		overwrite(path, changed);
		CHECK_ERROR(t->call, blob_load(t->call, blob, 70000, &out), CORRUPT);
	}
	overwrite(path, text_slice(file, 0, file.length - 1));
	CHECK_ERROR(t->call, blob_load(t->call, blob, 70000, &out), CORRUPT);
	overwrite(path, foreign);
	CHECK_ERROR(t->call, blob_load(t->call, blob, 70000, &out), CORRUPT);
	CHECK(unlink(path) == 0);
	CHECK_ERROR(t->call, blob_load(t->call, blob, 70000, &out), CORRUPT);
	CHECK_TEXT(out, "untouched");
	overwrite(path, file);
	CHECK_OK(t->call, blob_load(t->call, blob, 70000, &out));
}

TEST_DB(blob__of_a_destroyed_matter_is_gone)
{
	int64_t matter = matter_of(t), blob = stored(t, matter, TEXT("x"));
	BlobFile file;
	Text out = TEXT("untouched");
	Texts faults;
	CHECK_OK(t->call, db_transact(t->call, destroy_matter, &matter));
	CHECK_ERROR(t->call, blob_load(t->call, blob, 10, &out), NOT_FOUND);
	CHECK_ERROR(t->call, blob_write(t->call, matter, TEXT("y"), &file), NOT_FOUND);
	CHECK_OK(t->call, blob_check(t->call, true, &faults));
	CHECK_INT(faults.count, 0);
}

TEST_DB(blob__check_finds_every_fault_and_only_those)
{
	int64_t matter = matter_of(t), good = stored(t, matter, TEXT("good")), missing = stored(t, matter, TEXT("missing")),
		changed = stored(t, matter, TEXT("changed"));
	BlobFile orphan;
	Texts faults;
	CHECK_OK(t->call, blob_check(t->call, true, &faults));
	CHECK_INT(faults.count, 0);
	CHECK_OK(t->call, blob_write(t->call, matter, TEXT("orphan"), &orphan));
	CHECK(unlink(path_of(t, missing)) == 0);
	Text file = arena_copy(t->arena, test_read_file(t->arena, path_of(t, changed)));
	((char *)(uintptr_t)file.at)[file.length - 1] ^= 1;
	overwrite(path_of(t, changed), file);
	CHECK_OK(t->call, blob_check(t->call, false, &faults));
	CHECK_INT(faults.count, 1); /* the orphan is young: its row may be on its way */
	struct stat status;
	CHECK(stat(path_of(t, good), &status) == 0);
	t->call->now = ((int64_t)status.st_mtime + 3 * 24 * 3600) * 1000;
	CHECK_OK(t->call, blob_check(t->call, false, &faults));
	CHECK_INT(faults.count, 2);
	CHECK_OK(t->call, blob_check(t->call, true, &faults));
	CHECK_INT(faults.count, 3);
	CHECK(text_find(faults.at[2], orphan.name, NULL));
	CHECK(good != missing);
}

TEST_DB(blob__sweep_takes_old_orphans_and_unfinished_uploads_and_nothing_else)
{
	int64_t matter = matter_of(t), kept = stored(t, matter, TEXT("kept")), removed = stored(t, matter, TEXT("removed")), count = -1;
	const char *kept_path = path_of(t, kept), *removed_path = path_of(t, removed);
	BlobWriter *unfinished scoped(blob_writer_close) = NULL;
	CHECK_OK(t->call, blob_writer_open(t->call, matter, &unfinished));
	CHECK_OK(t->call, db_transact(t->call, forget, &removed));
	CHECK_ERROR(t->call, db_transact(t->call, forget, &removed), NOT_FOUND);
	struct stat status;
	CHECK(stat(kept_path, &status) == 0);
	t->call->now = (int64_t)status.st_mtime * 1000 + 1000;
	CHECK_OK(t->call, blob_sweep(t->call, &count));
	CHECK_INT(count, 0);
	t->call->now += 25 * 3600 * 1000;
	CHECK_OK(t->call, blob_sweep(t->call, &count));
	CHECK_INT(count, 2);
	CHECK(access(kept_path, R_OK) == 0 && access(removed_path, R_OK) != 0);
}

TEST_DB(blob__unfinished_upload_leaves_nothing)
{
	int64_t matter = matter_of(t);
	BlobWriter *writer = NULL;
	CHECK_OK(t->call, blob_writer_open(t->call, matter, &writer));
	CHECK_OK(t->call, blob_writer_add(t->call, writer, content_of(t, 100000)));
	blob_writer_close(&writer);
	CHECK(!writer);
	const char *incoming = arena_printf(t->arena, "%s/blobs/incoming", t->directory).at;
	CHECK(rmdir(incoming) == 0); /* it is empty */
}

TEST_DB(blob__both_algorithms_are_read_whatever_the_profile)
{
	int64_t matter = matter_of(t), western = stored(t, matter, content_of(t, 70000));
	const char *keys = arena_printf(t->arena, "%s/library.keys", t->directory).at;
	keyring_close(&t->house->keyring);
	CHECK_OK(t->call, keyring_open(t->call, &(KeyringOptions) { .path = keys, .kind = ENVELOPE_SM4 }, &t->house->keyring));
	int64_t national = stored(t, matter, content_of(t, 70001));
	Text out;
	CHECK_OK(t->call, blob_load(t->call, western, 70000, &out));
	CHECK_OK(t->call, blob_load(t->call, national, 70001, &out));
	CHECK(text_is(out, content_of(t, 70001)));
	CHECK_INT(test_read_file(t->arena, path_of(t, national)).at[7], ENVELOPE_SM4);
}
