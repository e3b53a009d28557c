#include "harness/harness_private.h"
#include "store/db/db.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

/* A migrated, empty SQLite file, in memory: made by the first test that wants one, copied by all. */
static int template_file = -1;

void harness_prepare(void)
{
	template_file = memfd_create("cappvd-test-template", MFD_CLOEXEC);
	must(template_file >= 0);
}

static void open_database(Test *t, const char *url)
{
	DbOptions options = { .url = url, .connections = 16, .relaxed = true };
	if (db_open(t->call, &options, &t->house->db) != OK)
		test_fail(__FILE__, __LINE__, "%s: %.*s", url, TEXT_ARGS(t->call->failure.detail));
	t->call->db = t->house->db;
}

static void migrate(Test *t)
{
	int applied;
	if (db_migrate(t->call, &applied) != OK) test_fail(__FILE__, __LINE__, "migrations: %.*s", TEXT_ARGS(t->call->failure.detail));
}

static void copy(int from, int to)
{
	struct stat status;
	must(from >= 0 && to >= 0 && fstat(from, &status) == 0);
	off_t at = 0;
	while (at < status.st_size) must(sendfile(to, from, &at, (size_t)(status.st_size - at)) > 0);
}

static void open_sqlite(Test *t)
{
	const char *path = arena_printf(t->arena, "%s/cappvd.db", t->directory).at;
	const char *url = arena_printf(t->arena, "sqlite:%s", path).at;
	struct stat status;
	must(fstat(template_file, &status) == 0);
	if (status.st_size == 0) {
		open_database(t, url);
		migrate(t);
		db_close(&t->house->db);
		int made = open(path, O_RDONLY | O_CLOEXEC);
		copy(made, template_file);
		close(made);
	} else {
		int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
		copy(template_file, file);
		close(file);
	}
	open_database(t, url);
}

static void fill_postgres(Test *t, const char *url)
{
	open_database(t, url);
	migrate(t);
	db_close(&t->house->db);
}

static Test *opened;
static void close_database(void)
{
	db_close(&opened->house->db);
	if (opened->database == TEST_POSTGRES) harness_drop_postgres();
}

void harness_open_database(Test *t)
{
	if (t->database == TEST_SQLITE)
		open_sqlite(t);
	else
		open_database(t, harness_create_postgres(t, fill_postgres));
	opened = t;
	atexit(close_database);
	harness_open_trust(t);
}
