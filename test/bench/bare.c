#include "bench/bench.h"

#include <stdlib.h>

static void check(sqlite3 *handle, int code, const char *what)
{
	if (code == SQLITE_OK || code == SQLITE_ROW || code == SQLITE_DONE) return;
	fprintf(stderr, "%s: %s\n", what, sqlite3_errmsg(handle));
	exit(1);
}

void bare_run(sqlite3 *handle, const char *sql) { check(handle, sqlite3_exec(handle, sql, NULL, NULL, NULL), sql); }

sqlite3 *bare_open(const char *path, int cache_kib, bool writes)
{
	sqlite3 *handle = NULL;
	char script[200];
	int flags = SQLITE_OPEN_NOMUTEX | (writes ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY);
	int code = sqlite3_open_v2(path, &handle, flags, NULL);
	check(handle, code, path);
	snprintf(script, sizeof(script), "%sPRAGMA cache_size=-%d", writes ? "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; " : "",
		cache_kib);
	bare_run(handle, script);
	return handle;
}

void bare_close(sqlite3 **handle)
{
	if (*handle) check(*handle, sqlite3_close(*handle), "closing");
	*handle = NULL;
}

sqlite3_stmt *bare_prepare(sqlite3 *handle, const char *sql)
{
	sqlite3_stmt *statement = NULL;
	check(handle, sqlite3_prepare_v2(handle, sql, -1, &statement, NULL), sql);
	return statement;
}

void bare_bind_text(sqlite3_stmt *statement, int parameter, Text text)
{
	check(sqlite3_db_handle(statement), sqlite3_bind_text64(statement, parameter, text.at, text.length, SQLITE_STATIC, SQLITE_UTF8),
		sqlite3_sql(statement));
}

static volatile int64_t bytes_read; /* so that no read can be left out */

int64_t bare_read_all(sqlite3_stmt *statement)
{
	int64_t first = 0, bytes = 0;
	int columns = sqlite3_column_count(statement), code;
	while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
		first = sqlite3_column_int64(statement, 0);
		for (int i = 0; i < columns; i++)
			if (sqlite3_column_type(statement, i) == SQLITE_INTEGER)
				bytes += sqlite3_column_int64(statement, i) != 0;
			else if (sqlite3_column_blob(statement, i))
				bytes += sqlite3_column_bytes(statement, i);
	}
	check(sqlite3_db_handle(statement), code, sqlite3_sql(statement));
	sqlite3_reset(statement);
	bytes_read += bytes;
	return first;
}

const char *bare_text_of(const char *statement_name)
{
	for (size_t i = 0; i < db_statement_list_count; i++)
		for (size_t k = 0; k < *db_statement_lists[i].count; k++) {
			const Statement *statement = db_statement_lists[i].statements[k];
			if (strcmp(statement->name, statement_name) == 0) return statement->sql[DB_SQLITE];
		}
	fprintf(stderr, "there is no statement %s any more\n", statement_name);
	exit(1);
}

int64_t samples_sum(const Samples *samples)
{
	int64_t sum = 0;
	for (size_t i = 0; i < samples->count; i++) sum += samples->at[i];
	return sum;
}

static int compare_numbers(const void *a, const void *b)
{
	int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
	return left < right ? -1 : left > right;
}

int64_t samples_share(Samples *samples, int percent)
{
	must(samples->count > 0);
	qsort(samples->at, samples->count, sizeof(*samples->at), compare_numbers);
	return samples->at[(samples->count - 1) * (size_t)percent / 100];
}
