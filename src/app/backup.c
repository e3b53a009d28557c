#include "app/backup.h"

#include "app/house.h"
#include "app/progress.h"
#include "base/base/clock.h"
#include "base/base/json.h"
#include "base/crypto/crypto.h"
#include "store/blob/blob.h"
#include "store/db/db.h"
#include "store/ledger/ledger.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { COPY_BYTES = 256 * 1024, MANIFEST_BYTES_MAX = 1 << 30 };
static const char manifest_name[] = "manifest.json", checkpoint_name[] = "checkpoint.txt", database_name[] = "library.db",
		  blobs_name[] = "blobs";

static const char *part(Call *call, const char *folder, const char *name) { return arena_printf(call->arena, "%s/%s", folder, name).at; }

static void close_descriptor(int *descriptor)
{
	if (*descriptor >= 0) close(*descriptor);
}

/* ---- Copying one file: complete and on disk when it returns, with its size and hash. */
typedef struct Member {
	Text name;
	int64_t size;
	Digest hash;
} Member;

static Error copy_bytes(Call *call, int from, int to, Member *member)
{
	ArenaMark mark = arena_mark(call->arena);
	char *bytes = arena_alloc(call->arena, COPY_BYTES);
	scoped(sha256_free) Sha256 *hash = sha256_new();
	for (ssize_t got; (got = read(from, bytes, COPY_BYTES)) != 0;) {
		if (got < 0) return fail(call, IO, "%.*s: %s", TEXT_ARGS(member->name), strerror(errno));
		sha256_add(hash, (Text) { bytes, (size_t)got });
		member->size += got;
		for (ssize_t done = 0, wrote; done < got; done += wrote)
			if ((wrote = write(to, bytes + done, (size_t)(got - done))) < 0)
				return errno == ENOSPC ? fail(call, FULL, "%.*s", TEXT_ARGS(member->name))
						       : fail(call, IO, "%.*s: %s", TEXT_ARGS(member->name), strerror(errno));
	}
	member->hash = sha256_finish(hash);
	arena_release(call->arena, mark);
	return OK;
}

static Error copy_file(Call *call, const char *from, const char *to, Member *member)
{
	scoped(close_descriptor) int in = open(from, O_RDONLY | O_CLOEXEC);
	if (in < 0) return fail(call, IO, "%s: %s", from, strerror(errno));
	scoped(close_descriptor) int out = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (out < 0) return fail(call, IO, "%s: %s", to, strerror(errno));
	TRY(copy_bytes(call, in, out, member));
	return fsync(out) == 0 ? OK : fail(call, IO, "%s: %s", to, strerror(errno));
}

static Error make_folder_of(Call *call, const char *path)
{
	char *copy = arena_printf(call->arena, "%s", path).at ? strdup(path) : NULL;
	must(copy);
	for (char *cut = strchr(copy + 1, '/'); cut; cut = strchr(cut + 1, '/')) {
		*cut = '\0';
		if (mkdir(copy, 0700) != 0 && errno != EEXIST) {
			Error error = fail(call, IO, "%s: %s", copy, strerror(errno));
			free(copy);
			return error;
		}
		*cut = '/';
	}
	free(copy);
	return OK;
}

/* ---- Backup */
typedef struct Backup {
	const char *folder;
	JsonWriter *manifest;
	Progress *progress;
	int64_t files, bytes;
} Backup;

static void write_member(Backup *backup, const Member *member, Arena *arena)
{
	json_object_begin(backup->manifest);
	json_put_text(backup->manifest, "name", member->name);
	json_put_int(backup->manifest, "size", member->size);
	json_put_text(backup->manifest, "sha256", hex_text(arena, DIGEST_TEXT(member->hash)));
	json_end(backup->manifest);
	backup->files++;
	backup->bytes += member->size;
}

static Error add_file(Call *call, Backup *backup, const char *from, Text name)
{
	Member member = { .name = name };
	const char *to = part(call, backup->folder, arena_string(call->arena, name));
	TRY(make_folder_of(call, to));
	TRY(copy_file(call, from, to, &member));
	write_member(backup, &member, call->arena);
	progress_show(backup->progress, backup->files);
	return OK;
}

static Error add_blob(Call *call, void *context, const char *path, Text name)
{
	return add_file(call, context, path, arena_printf(call->arena, "%s/%.2s/%.*s", blobs_name, name.at, TEXT_ARGS(name)));
}

/* The database is written by its own backup API; here it is only measured. */
static Error add_database(Call *call, Backup *backup)
{
	Member member = { .name = TEXT("library.db") };
	const char *path = part(call, backup->folder, database_name);
	TRY(db_backup(call, path, NULL, NULL));
	scoped(close_descriptor) int in = open(path, O_RDONLY | O_CLOEXEC);
	scoped(close_descriptor) int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
	if (in < 0 || nowhere < 0) return fail(call, IO, "%s: %s", path, strerror(errno));
	TRY(copy_bytes(call, in, nowhere, &member));
	write_member(backup, &member, call->arena);
	return OK;
}

static Error write_file(Call *call, const char *path, Text content)
{
	scoped(close_descriptor) int out = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (out < 0 || write(out, content.at, content.length) != (ssize_t)content.length || fsync(out) != 0)
		return fail(call, IO, "%s: %s", path, strerror(errno));
	return OK;
}

static Error fill_backup(Call *call, Backup *backup)
{
	Text checkpoint = { 0 };
	Error none = ledger_checkpoint(call, &checkpoint);
	if (none == ERROR_NOT_FOUND)
		call_recover(call);
	else
		TRY(none);
	/* the database first: every file it names is on disk already, so the files that come after it are all there */
	TRY(add_database(call, backup));
	TRY(blob_store_each(call, add_blob, backup));
	return checkpoint.length ? write_file(call, part(call, backup->folder, checkpoint_name), checkpoint) : OK;
}

/* So that the self-check can say how old the newest backup is. */
static Error record_backup(Call *call, void *argument)
{
	(void)argument;
	LedgerEvent event = { .kind = "library", .ref = TEXT("backup"), .action = "backup" };
	return ledger_record(call, &event, NULL);
}

Error backup_command(Call *call, int argc, char **argv, FILE *out, FILE *talk)
{
	if (argc != 1 || argv[0][0] == '-') return usage_error(call, talk, "backup takes one new folder");
	if (mkdir(argv[0], 0700) != 0) return fail(call, IO, "%s: %s", argv[0], strerror(errno));
	Buffer text = { .arena = call->arena };
	JsonWriter manifest = json_writer(&text);
	scoped(progress_finish) Progress progress = progress_start(talk, "backup", 0);
	Backup backup = { .folder = argv[0], .manifest = &manifest, .progress = &progress };
	json_object_begin(&manifest);
	json_put_text(&manifest, "program", TEXT("cappvd " CAPPVD_VERSION));
	json_put_text(&manifest, "made_at", clock_iso(call->arena, call->now));
	json_key(&manifest, TEXT("members"));
	json_array_begin(&manifest);
	TRY(fill_backup(call, &backup));
	json_end(&manifest);
	json_end(&manifest);
	json_finish(&manifest);
	/* the manifest comes last: a folder without one is no backup */
	TRY(write_file(call, part(call, argv[0], manifest_name), buffer_text(&text)));
	TRY(db_transact(call, record_backup, NULL));
	fprintf(out, "%lld files, %lld bytes in %s\n", (long long)backup.files, (long long)backup.bytes, argv[0]);
	return OK;
}

/* ---- Restore */
static Error read_manifest(Call *call, const char *folder, Json *out)
{
	const char *path = part(call, folder, manifest_name);
	scoped(close_descriptor) int in = open(path, O_RDONLY | O_CLOEXEC);
	struct stat status;
	if (in < 0 || fstat(in, &status) != 0)
		return fail(call, NOT_FOUND, "%s is no complete backup: %s: %s", folder, manifest_name, strerror(errno));
	if (status.st_size > MANIFEST_BYTES_MAX) return fail(call, TOO_LARGE, "%s", path);
	char *bytes = arena_alloc(call->arena, (size_t)status.st_size + 1);
	if (read(in, bytes, (size_t)status.st_size) != status.st_size) return fail(call, IO, "%s: %s", path, strerror(errno));
	return json_read(call, (Text) { bytes, (size_t)status.st_size }, out);
}

static bool name_is_ours(Text name)
{
	return text_is(name, TEXT("library.db")) || (text_starts(name, TEXT("blobs/")) && !text_find(name, TEXT(".."), NULL));
}

static Error restore_member(Call *call, const char *from, const char *to, Json entry)
{
	Member member = { .name = json_as_text(json_get(entry, "name")) };
	int64_t size;
	if (!member.name.at || !name_is_ours(member.name) || !json_as_int(json_get(entry, "size"), &size))
		return fail(call, CORRUPT, "the manifest names a strange member");
	const char *name = arena_string(call->arena, member.name);
	const char *target = part(call, to, name);
	TRY(make_folder_of(call, target));
	TRY(copy_file(call, part(call, from, name), target, &member));
	if (member.size != size || !text_is(hex_text(call->arena, DIGEST_TEXT(member.hash)), json_as_text(json_get(entry, "sha256"))))
		return fail(call, CORRUPT, "%s is not as it was when the backup was made", name);
	return OK;
}

static Error restore_members(Call *call, const char *from, const char *to, FILE *talk)
{
	Json manifest = { 0 };
	TRY(read_manifest(call, from, &manifest));
	scoped(progress_finish) Progress progress = progress_start(talk, "restore", 0);
	int64_t count = 0;
	for (JsonEach each = json_each(json_get(manifest, "members")); json_next(&each); progress_show(&progress, ++count)) {
		ArenaMark mark = arena_mark(call->arena);
		TRY(restore_member(call, from, to, each.value));
		arena_release(call->arena, mark);
	}
	return count ? OK : fail(call, CORRUPT, "the manifest names no members");
}

/* The ledger may have grown after its checkpoint was copied, but it must still contain it. */
static Error compare_checkpoint(Call *call, const char *from)
{
	const char *path = part(call, from, checkpoint_name);
	scoped(close_descriptor) int in = open(path, O_RDONLY | O_CLOEXEC);
	if (in < 0) return OK; /* a library without a checkpoint yet */
	char bytes[4096];
	ssize_t got = read(in, bytes, sizeof(bytes));
	Text saved = { bytes, got > 0 ? (size_t)got : 0 }, origin, size_line, stored;
	Text rest = saved;
	int64_t size;
	if (!text_next(&rest, '\n', &origin) || !text_next(&rest, '\n', &size_line) || !text_to_int(size_line, &size))
		return fail(call, CORRUPT, "%s", path);
	TRY(ledger_checkpoint_of(call, size, &stored));
	return text_is(stored, saved) ? OK : fail(call, CORRUPT, "the ledger is not the one of the backup");
}

static Error prove_restored(Call *call, const CommandOptions *common, const char *from, FILE *out, FILE *talk)
{
	scoped(house_close) OpenHouse *house = NULL;
	HouseOptions how = { .data = common->data, .key_file = common->key_file };
	TRY(house_open(call, &how, &house));
	TRY(compare_checkpoint(call, from));
	return check_house(call, true, out, talk);
}

static int remove_entry(const char *path, const struct stat *status, int kind, struct FTW *where)
{
	(void)status, (void)kind, (void)where;
	return remove(path);
}

Error restore_command(Call *call, const CommandOptions *common, int argc, char **argv, FILE *out, FILE *talk)
{
	if (argc != 1 || argv[0][0] == '-') return usage_error(call, talk, "restore takes the folder of a backup, and --data a new folder");
	if (common->database) return usage_error(call, talk, "restore writes an SQLite library; restore PostgreSQL with pg_restore");
	if (mkdir(common->data, 0700) != 0)
		return fail(call, CONFLICT, "%s: %s; restore makes a new folder", common->data, strerror(errno));
	Error error = restore_members(call, argv[0], common->data, talk);
	if (error == OK) error = prove_restored(call, common, argv[0], out, talk);
	if (error != OK) nftw(common->data, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
	return error;
}

/* ---- Check */
static void print_faults(const Texts *faults, FILE *out)
{
	for (size_t i = 0; i < faults->count; i++) fprintf(out, "%.*s\n", TEXT_ARGS(faults->at[i]));
}

Error check_house(Call *call, bool deep, FILE *out, FILE *talk)
{
	Texts database = { 0 }, files = { 0 };
	LedgerCheck ledger = { 0 };
	fprintf(talk, "database…\n");
	TRY(db_check(call, &database));
	fprintf(talk, "files…\n");
	TRY(blob_check(call, deep, &files));
	fprintf(talk, "ledger…\n");
	TRY(ledger_check(call, NULL, 0, deep, &ledger));
	print_faults(&database, out);
	print_faults(&files, out);
	print_faults(&ledger.faults, out);
	size_t count = database.count + files.count + ledger.faults.count;
	fprintf(out, "%zu faults; ledger of %lld leaves and %lld checkpoints\n", count, (long long)ledger.leaves,
		(long long)ledger.checkpoints);
	return count ? fail(call, CORRUPT, "%zu faults", count) : OK;
}

Error check_command(Call *call, int argc, char **argv, FILE *out, FILE *talk)
{
	bool deep = argc == 1 && strcmp(argv[0], "--deep") == 0;
	if (argc != 0 && !deep) return usage_error(call, talk, "check takes --deep or nothing");
	return check_house(call, deep, out, talk);
}
