/* What only SQLite has: the group's fate, a full disk, kills, backups. */
#include "store/db/faults.h"
#include "store/db/sample.h"

#include <pthread.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static Error script(Call *call, void *argument) { return db_script(call, argument); }

static void run_script(Test *t, const char *sql)
{
	char copy[200];
	snprintf(copy, sizeof(copy), "%s", sql);
	CHECK_OK(t->call, db_transact(t->call, script, copy));
}

static void open_file(Test *t, const char *name, bool must_exist)
{
	const DbOptions options = { .url = arena_printf(t->arena, "sqlite:%s/%s", t->directory, name).at, .must_exist = must_exist };
	CHECK_OK(t->call, db_open(t->call, &options, &t->house->db));
	t->call->db = t->house->db;
}

typedef struct Put {
	Test *t;
	pthread_t thread;
	char prefix[8];
	int count, done;
	size_t bytes;
	Error error;
	int out; /* a file to which each acknowledged id is written, or -1 */
} Put;

static Error put_row(Call *call, void *argument)
{
	const Put *put = argument;
	int64_t id;
	Text note = put->bytes ? (Text) { arena_alloc(call->arena, put->bytes), put->bytes } : TEXT("small");
	Text name = arena_printf(call->arena, "%s%d", put->prefix, put->done);
	return sample_add(call, name, (Text) { 0 }, (Maybe) { 0 }, true, (Maybe) { 0 }, (Maybe) { 0 }, note, (Sealed) { TEXT("s") }, &id);
}

static void *put_rows(void *argument)
{
	Put *put = argument;
	Call call = sample_other_call(put->t);
	while (put->done < put->count && put->error == OK) {
		ArenaMark mark = arena_mark(call.arena);
		put->error = db_transact(&call, put_row, put);
		arena_release(call.arena, mark);
		if (put->error != OK) continue;
		put->done++;
		if (put->out >= 0) must(write(put->out, &put->done, sizeof(put->done)) == sizeof(put->done));
	}
	arena_free(&call.arena);
	return NULL;
}

TEST(sqlite__full_disk_refuses_writes_serves_reads_and_recovers_by_itself)
{
	open_file(t, "full.db", false);
	sample_create(t);
	run_script(t, "PRAGMA max_page_count = 60");
	Put big = { .t = t, .prefix = "big", .count = 1, .bytes = 400 * 1000, .out = -1 },
	    small = { .t = t, .prefix = "s", .count = 1, .out = -1 };
	put_rows(&big);
	CHECK_INT(big.error, ERROR_FULL);
	bool writable = true;
	CHECK_OK(t->call, db_ready(t->call, &writable));
	CHECK(!writable);
	int64_t rows;
	CHECK_OK(t->call, sample_count(t->call, &rows));
	CHECK_INT(rows, 0);
	put_rows(&small);
	CHECK_INT(small.error, OK);
	CHECK_OK(t->call, db_ready(t->call, &writable));
	CHECK(writable);
	db_close(&t->house->db);
}

/* The disk is full only for the writer of large rows, and only at its commit: whoever shares its group must not notice. */
TEST(sqlite__who_fills_the_disk_does_not_take_the_group_with_it)
{
	enum { SMALL = 6, EACH = 40, BIG = 8, LIMIT = 4 * 1024 * 1024 };
	open_file(t, "group.db", false);
	sample_create(t);
	fault_file_bytes = LIMIT;
	Put small[SMALL];
	for (int i = 0; i < SMALL; i++) {
		small[i] = (Put) { .t = t, .count = EACH, .out = -1 };
		snprintf(small[i].prefix, sizeof(small[i].prefix), "s%d_", i);
		CHECK(pthread_create(&small[i].thread, NULL, put_rows, &small[i]) == 0);
	}
	int refused = 0;
	for (int i = 0; i < BIG; i++) {
		Put big = { .t = t, .prefix = "big", .count = 1, .bytes = LIMIT + 1000, .out = -1 };
		put_rows(&big);
		refused += big.error == ERROR_FULL;
	}
	for (int i = 0; i < SMALL; i++) {
		pthread_join(small[i].thread, NULL);
		CHECK_INT(small[i].error, OK);
	}
	CHECK_INT(refused, BIG);
	int64_t rows;
	CHECK_OK(t->call, sample_count(t->call, &rows));
	CHECK_INT(rows, SMALL * EACH);
	fault_file_bytes = 0;
	db_close(&t->house->db);
}

TEST(sqlite__after_a_failed_fsync_nothing_is_written_until_restart)
{
	open_file(t, "sync.db", false);
	sample_create(t);
	Put before = { .t = t, .prefix = "a", .count = 1, .out = -1 }, during = { .t = t, .prefix = "b", .count = 1, .out = -1 };
	put_rows(&before);
	CHECK_INT(before.error, OK);
	fault_sync = true;
	put_rows(&during);
	CHECK_INT(during.error, ERROR_IO);
	fault_sync = false;
	Put after = { .t = t, .prefix = "c", .count = 1, .out = -1 };
	put_rows(&after);
	CHECK_INT(after.error, ERROR_IO);
	bool writable = true;
	CHECK_OK(t->call, db_ready(t->call, &writable));
	CHECK(!writable);
	db_close(&t->house->db);
	open_file(t, "sync.db", true);
	after.error = OK;
	put_rows(&after);
	CHECK_INT(after.error, OK);
	db_close(&t->house->db);
}

/* Writes until it is killed; each acknowledged number goes to the pipe. */
static void write_for_ever(Test *t, int out)
{
	enum { WRITERS = 4 };
	open_file(t, "killed.db", true);
	Put writers[WRITERS];
	for (int i = 0; i < WRITERS; i++) {
		writers[i] = (Put) { .t = t, .count = 1 << 30, .out = out };
		snprintf(writers[i].prefix, sizeof(writers[i].prefix), "w%d_", i);
		must(pthread_create(&writers[i].thread, NULL, put_rows, &writers[i]) == 0);
	}
	for (;;) pause();
}

TEST(sqlite__a_kill_loses_no_acknowledged_write)
{
	open_file(t, "killed.db", false);
	sample_create(t);
	for (int round = 0; round < 5; round++) {
		run_script(t, "DELETE FROM sample");
		db_close(&t->house->db);
		int ends[2];
		CHECK(pipe(ends) == 0);
		pid_t child = fork();
		CHECK(child >= 0);
		if (child == 0) write_for_ever(t, ends[1]);
		close(ends[1]);
		int first = 0;
		CHECK(read(ends[0], &first, sizeof(first)) == sizeof(first));
		usleep(5000U + 17000U * (unsigned)round);
		kill(child, SIGKILL);
		waitpid(child, NULL, 0);
		int64_t acknowledged = 1;
		for (int number; read(ends[0], &number, sizeof(number)) == sizeof(number);) acknowledged++;
		close(ends[0]);
		open_file(t, "killed.db", true);
		int64_t rows;
		CHECK_OK(t->call, sample_count(t->call, &rows));
		CHECK(rows >= acknowledged);
		Texts faults;
		CHECK_OK(t->call, db_check(t->call, &faults));
		CHECK_INT(faults.count, 0);
	}
	db_close(&t->house->db);
}

static void count_steps(void *argument, int64_t done, int64_t total)
{
	CHECK(done <= total);
	++*(int *)argument;
}

TEST(sqlite__a_backup_under_writes_is_whole_and_holds_what_was_acknowledged)
{
	open_file(t, "busy.db", false);
	sample_create(t);
	Put first = { .t = t, .prefix = "a", .count = 300, .bytes = 3000, .out = -1 },
	    second = { .t = t, .prefix = "b", .count = 300, .bytes = 3000, .out = -1 };
	put_rows(&first);
	CHECK_INT(first.error, OK);
	CHECK(pthread_create(&second.thread, NULL, put_rows, &second) == 0);
	int steps = 0;
	const char *path = arena_printf(t->arena, "%s/copy.db", t->directory).at;
	CHECK_OK(t->call, db_backup(t->call, path, count_steps, &steps));
	pthread_join(second.thread, NULL);
	CHECK_INT(second.error, OK);
	CHECK_ERROR(t->call, db_backup(t->call, path, NULL, NULL), CONFLICT);
	db_close(&t->house->db);
	open_file(t, "copy.db", true);
	int64_t rows;
	CHECK_OK(t->call, sample_count(t->call, &rows));
	CHECK(rows >= first.done && steps > 1);
	Texts faults;
	CHECK_OK(t->call, db_check(t->call, &faults));
	CHECK_INT(faults.count, 0);
	db_close(&t->house->db);
}

TEST(sqlite__a_damaged_file_is_noticed)
{
	open_file(t, "damaged.db", false);
	sample_create(t);
	Put rows = { .t = t, .prefix = "a", .count = 50, .bytes = 3000, .out = -1 };
	put_rows(&rows);
	db_close(&t->house->db);
	FILE *file = fopen(arena_printf(t->arena, "%s/damaged.db", t->directory).at, "r+b");
	CHECK(file && fseek(file, 4096 * 4, SEEK_SET) == 0);
	for (int i = 0; i < 4096 * 3; i++) CHECK(fputc(0x5a, file) != EOF);
	fclose(file);
	open_file(t, "damaged.db", true);
	Texts faults = { 0 };
	Error error = db_check(t->call, &faults);
	CHECK(error == ERROR_CORRUPT || faults.count > 0);
	db_close(&t->house->db);
}

TEST(sqlite__a_missing_file_is_not_made_when_it_must_exist)
{
	const DbOptions options = { .url = arena_printf(t->arena, "sqlite:%s/none.db", t->directory).at, .must_exist = true };
	CHECK_ERROR(t->call, db_open(t->call, &options, &t->house->db), NOT_FOUND);
	CHECK(access(options.url + strlen("sqlite:"), F_OK) != 0);
}
