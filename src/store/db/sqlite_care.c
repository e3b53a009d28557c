/* Backup, checks and readiness of an SQLite database. */
#include "base/base/clock.h"
#include "store/db/sqlite_private.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

enum { BACKUP_PAGES = 256, FAULTS_MAX = 100, FULL_MILLISECONDS = 10 * 1000 };

/* ---- Backup */

static void close_handle(sqlite3 **handle)
{
	if (*handle) sqlite3_close(*handle);
	*handle = NULL;
}

/* Copies from one snapshot: a reader's transaction holds it, so that writers neither wait nor make the copy start again. */
static Error copy_pages(Call *call, SqliteConnection *from, sqlite3 *to, void (*progress)(void *, int64_t, int64_t), void *argument)
{
	sqlite3_backup *backup = sqlite3_backup_init(to, "main", from->handle, "main");
	if (!backup) return fail(call, IO, "backup: %s", sqlite3_errmsg(to));
	int code;
	do {
		code = sqlite3_backup_step(backup, BACKUP_PAGES);
		int64_t total = sqlite3_backup_pagecount(backup);
		if (progress) progress(argument, total - sqlite3_backup_remaining(backup), total);
	} while (code == SQLITE_OK);
	sqlite3_backup_finish(backup);
	if (code == SQLITE_DONE) return OK;
	return call_fail(call, sqlite_kind(code), __FILE__, __LINE__, "backup: %s (%d)", sqlite3_errstr(code), code);
}

static Error copy_to(Call *call, SqliteConnection *reader, const char *path, void (*progress)(void *, int64_t, int64_t), void *argument)
{
	scoped(close_handle) sqlite3 *to = NULL;
	if (sqlite3_open_v2(path, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL) != SQLITE_OK)
		return fail(call, IO, "%s: %s", path, sqlite3_errmsg(to));
	if (sqlite3_exec(reader->handle, "BEGIN; SELECT count(*) FROM sqlite_master", NULL, NULL, NULL) != SQLITE_OK)
		return sqlite_fail(call, reader, "backup");
	Error error = copy_pages(call, reader, to, progress, argument);
	sqlite3_exec(reader->handle, "ROLLBACK", NULL, NULL, NULL);
	return error;
}

Error sqlite_backup(Call *call, const char *path, void (*progress)(void *, int64_t done, int64_t total), void *argument)
{
	int file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (file < 0) return errno == EEXIST ? fail(call, CONFLICT, "%s exists", path) : fail(call, IO, "%s: %s", path, strerror(errno));
	close(file);
	SqliteConnection *reader;
	TRY(sqlite_reader_take(call, (SqliteDb *)call->db, &reader));
	Error error = copy_to(call, reader, path, progress, argument);
	sqlite_reader_give(reader);
	if (error != OK) unlink(path);
	return error;
}

/* ---- Integrity */

static void finalize(sqlite3_stmt **handle)
{
	sqlite3_finalize(*handle);
	*handle = NULL;
}

static Text column(sqlite3_stmt *handle, int at) { return text_from((const char *)sqlite3_column_text(handle, at)); }

static Error collect_faults(Call *call, SqliteConnection *reader, const char *pragma, Texts *faults)
{
	scoped(finalize) sqlite3_stmt *handle = NULL;
	if (sqlite3_prepare_v2(reader->handle, pragma, -1, &handle, NULL) != SQLITE_OK) return sqlite_fail(call, reader, pragma);
	int code;
	while ((code = sqlite3_step(handle)) == SQLITE_ROW && faults->count < FAULTS_MAX) {
		if (sqlite3_column_count(handle) > 1) {
			Text fault = arena_printf(call->arena, "%.*s: row %lld refers to %.*s, which has no such row",
				TEXT_ARGS(column(handle, 0)), (long long)sqlite3_column_int64(handle, 1), TEXT_ARGS(column(handle, 2)));
			list_add(call->arena, faults, fault);
		} else if (!text_is(column(handle, 0), TEXT("ok")))
			list_add(call->arena, faults, arena_copy(call->arena, column(handle, 0)));
	}
	return code == SQLITE_ROW || code == SQLITE_DONE ? OK : sqlite_fail(call, reader, pragma);
}

Error sqlite_check(Call *call, Texts *faults)
{
	SqliteConnection *reader;
	TRY(sqlite_reader_take(call, (SqliteDb *)call->db, &reader));
	Error error = collect_faults(call, reader, "PRAGMA integrity_check", faults);
	if (error == OK) error = collect_faults(call, reader, "PRAGMA foreign_key_check", faults);
	sqlite_reader_give(reader);
	return error;
}

Error sqlite_ready(Call *call, bool *out_writable)
{
	SqliteDb *db = (SqliteDb *)call->db;
	SqliteConnection *reader;
	TRY(sqlite_reader_take(call, db, &reader));
	int code = sqlite3_exec(reader->handle, "SELECT 1 FROM sqlite_master LIMIT 1", NULL, NULL, NULL);
	Error error = code == SQLITE_OK ? OK : sqlite_fail(call, reader, "ready");
	sqlite_reader_give(reader);
	TRY(error);
	int64_t full_since = __atomic_load_n(&db->full_since, __ATOMIC_RELAXED);
	bool full = full_since && clock_monotonic() - full_since < FULL_MILLISECONDS;
	*out_writable = !full && !__atomic_load_n(&db->poisoned, __ATOMIC_RELAXED);
	return OK;
}

/* ---- Query plans */

/* A step that reads a whole table. Reading in the order of an index or of the row ids is fine when the statement stops after some rows. */
static bool is_scan(Text step, bool bounded, bool filters)
{
	if (!text_starts(step, TEXT("SCAN ")) || text_starts(step, TEXT("SCAN ("))) return false;
	if (text_find(step, TEXT("VIRTUAL TABLE"), NULL) || text_find(step, TEXT("CONSTANT ROW"), NULL)) return false;
	return !bounded || (filters && !text_find(step, TEXT(" USING "), NULL));
}

/* Tables that refer to this one are looked at by an INSERT only while a deferred constraint waits, and there are none. */
static bool is_foreign_key_check(Text sql, Text step)
{
	Text rest = text_slice(step, strlen("SCAN "), step.length), table;
	return text_starts(sql, TEXT("INSERT")) && text_next(&rest, ' ', &table) && !text_find(sql, table, NULL);
}

static Error plan_fault(Call *call, SqliteConnection *reader, const Statement *statement, Text *out_fault)
{
	Text sql = text_from(statement->sql[DB_SQLITE]);
	scoped(finalize) sqlite3_stmt *plan = NULL;
	const char *explain = arena_printf(call->arena, "EXPLAIN QUERY PLAN %s", sql.at).at;
	if (sqlite3_prepare_v2(reader->handle, explain, -1, &plan, NULL) != SQLITE_OK) return sqlite_fail(call, reader, statement->name);
	Texts steps = { 0 };
	bool bounded = text_find(sql, TEXT(" LIMIT "), NULL), filters = text_find(sql, TEXT(" WHERE "), NULL);
	while (sqlite3_step(plan) == SQLITE_ROW) {
		Text step = arena_copy(call->arena, column(plan, 3));
		list_add(call->arena, &steps, step);
		if (text_starts(step, TEXT("USE TEMP B-TREE"))) bounded = false;
	}
	for (size_t i = 0; i < steps.count; i++)
		if (is_scan(steps.at[i], bounded, filters) && !is_foreign_key_check(sql, steps.at[i]))
			*out_fault = arena_printf(call->arena, "reads a whole table: %.*s", TEXT_ARGS(steps.at[i]));
	return OK;
}

static Error explain_on(Call *call, SqliteConnection *reader, const Statement *statement, Text *out_fault)
{
	scoped(finalize) sqlite3_stmt *handle = NULL;
	if (sqlite3_prepare_v2(reader->handle, statement->sql[DB_SQLITE], -1, &handle, NULL) != SQLITE_OK)
		return sqlite_fail(call, reader, statement->name);
	if (sqlite3_column_count(handle) != statement->column_count) *out_fault = TEXT("gives another number of columns than it says");
	for (int i = 0; i < statement->column_count && !out_fault->at; i++)
		*out_fault = column_fault(call, statement, i, sqlite3_column_name(handle, i));
	if (out_fault->at || statement->scans_because) return OK;
	return plan_fault(call, reader, statement, out_fault);
}

Error sqlite_explain(Call *call, const Statement *statement, Text *out_fault)
{
	SqliteConnection *reader;
	TRY(sqlite_reader_take(call, (SqliteDb *)call->db, &reader));
	*out_fault = (Text) { 0 };
	Error error = explain_on(call, reader, statement, out_fault);
	sqlite_reader_give(reader);
	return error;
}
