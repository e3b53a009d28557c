#include "store/db/sqlite_private.h"

#include "base/base/clock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

enum {
	BUSY_TIMEOUT_MS = 5000,
	READER_CACHE_KIB = 1024,
	WRITER_CACHE_KIB = 8192,
	IDLE_READERS_MAX = 32,
	WAL_LIMIT_BYTES = 64 * 1024 * 1024
};

Error sqlite_kind(int code)
{
	switch (code & 0xff) {
	case SQLITE_OK: return OK;
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
	case SQLITE_INTERRUPT: return ERROR_BUSY;
	case SQLITE_CONSTRAINT: return ERROR_CONFLICT;
	case SQLITE_FULL: return ERROR_FULL;
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB: return ERROR_CORRUPT;
	case SQLITE_TOOBIG: return ERROR_TOO_LARGE;
	case SQLITE_IOERR:
	case SQLITE_CANTOPEN:
	case SQLITE_READONLY: return ERROR_IO;
	default: return ERROR_INTERNAL;
	}
}

void sqlite_note(SqliteDb *db, int code)
{
	if (code == SQLITE_IOERR_FSYNC || code == SQLITE_IOERR_DIR_FSYNC) __atomic_store_n(&db->poisoned, 1, __ATOMIC_RELAXED);
	if ((code & 0xff) == SQLITE_FULL) __atomic_store_n(&db->full_since, clock_monotonic() | 1, __ATOMIC_RELAXED);
}

Error sqlite_fail_at(Call *call, SqliteConnection *connection, const char *doing, const char *file, int line)
{
	int code = sqlite3_extended_errcode(connection->handle);
	sqlite_note(connection->db, code);
	Error kind = sqlite_kind(code);
	return call_fail(
		call, kind == OK ? ERROR_INTERNAL : kind, file, line, "%s: %s (%d)", doing, sqlite3_errmsg(connection->handle), code);
}

/* ---- Connections */

static bool connection_set_up(SqliteConnection *connection, enum ConnectionKind kind)
{
	sqlite3 *handle = connection->handle;
	const int switches[][2] = { { SQLITE_DBCONFIG_DEFENSIVE, 1 }, { SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 },
		{ SQLITE_DBCONFIG_ENABLE_FKEY, 1 }, { SQLITE_DBCONFIG_DQS_DML, 0 }, { SQLITE_DBCONFIG_DQS_DDL, 0 } };
	for (size_t i = 0; i < COUNT(switches); i++)
		if (sqlite3_db_config(handle, switches[i][0], switches[i][1], NULL) != SQLITE_OK) return false;
	sqlite3_busy_timeout(handle, BUSY_TIMEOUT_MS);
	char script[400];
	snprintf(script, sizeof(script),
		"%sPRAGMA synchronous=%s; PRAGMA cell_size_check=ON; PRAGMA temp_store=MEMORY; PRAGMA mmap_size=0;"
		"PRAGMA cache_size=-%d; PRAGMA journal_size_limit=%d; %s",
		kind == CONNECTION_WRITER ? "PRAGMA journal_mode=WAL; " : "", connection->db->relaxed ? "OFF" : "FULL",
		kind == CONNECTION_WRITER ? WRITER_CACHE_KIB : READER_CACHE_KIB, WAL_LIMIT_BYTES,
		kind == CONNECTION_READER ? "PRAGMA query_only=ON;" : "");
	return sqlite3_exec(handle, script, NULL, NULL, NULL) == SQLITE_OK;
}

Error sqlite_connect(Call *call, SqliteDb *db, enum ConnectionKind kind, SqliteConnection **out)
{
	SqliteConnection *connection = calloc(1, sizeof(*connection));
	must(connection);
	connection->db = db;
	int flags =
		SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE | (kind == CONNECTION_READER ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE);
	if (sqlite3_open_v2(db->path, &connection->handle, flags, NULL) != SQLITE_OK || !connection_set_up(connection, kind)) {
		Error error = sqlite_fail(call, connection, "opening the database");
		sqlite_disconnect(connection);
		return error;
	}
	*out = connection;
	return OK;
}

void sqlite_disconnect(SqliteConnection *connection)
{
	if (!connection) return;
	must(connection->open_rows == 0);
	for (size_t i = 0; i < connection->prepared_room; i++) {
		if (!connection->prepared[i]) continue;
		sqlite3_finalize(connection->prepared[i]->handle);
		free(connection->prepared[i]);
	}
	free(connection->prepared);
	must(sqlite3_close(connection->handle) == SQLITE_OK);
	free(connection);
}

/* Readers are kept in a pile: whoever reads next gets the one whose cache is warm. There are as many as ever read at once. */
Error sqlite_reader_take(Call *call, SqliteDb *db, SqliteConnection **out)
{
	pthread_mutex_lock(&db->readers_lock);
	SqliteConnection *reader = db->idle_readers;
	if (reader) {
		db->idle_readers = reader->next_idle;
		db->idle_count--;
	} else
		db->readers++;
	pthread_mutex_unlock(&db->readers_lock);
	Error error = OK;
	if (!reader && (error = sqlite_connect(call, db, CONNECTION_READER, &reader)) != OK) {
		pthread_mutex_lock(&db->readers_lock);
		db->readers--;
		pthread_mutex_unlock(&db->readers_lock);
		return error;
	}
	*out = reader;
	return OK;
}

void sqlite_reader_give(SqliteConnection *reader)
{
	SqliteDb *db = reader->db;
	pthread_mutex_lock(&db->readers_lock);
	bool keep = db->idle_count < IDLE_READERS_MAX;
	if (keep) {
		reader->next_idle = db->idle_readers;
		db->idle_readers = reader;
		db->idle_count++;
	} else
		db->readers--;
	pthread_mutex_unlock(&db->readers_lock);
	if (!keep) sqlite_disconnect(reader);
}

/* ---- Statements */

static Error prepare(Call *call, SqliteConnection *connection, const Statement *statement, bool keep, Prepared **out)
{
	sqlite3_stmt *handle = NULL;
	if (sqlite3_prepare_v3(connection->handle, statement->sql[DB_SQLITE], -1, keep ? SQLITE_PREPARE_PERSISTENT : 0, &handle, NULL) !=
		SQLITE_OK)
		return sqlite_fail(call, connection, statement->name);
	if (sqlite3_column_count(handle) != statement->column_count || sqlite3_bind_parameter_count(handle) != statement->parameter_count) {
		sqlite3_finalize(handle);
		return fail(call, INTERNAL, "%s: gives other columns or takes other parameters than it says", statement->name);
	}
	Prepared *prepared = calloc(1, sizeof(*prepared));
	must(prepared);
	*prepared = (Prepared) { .handle = handle, .connection = connection, .cached = keep };
	*out = prepared;
	return OK;
}

static Error prepared_take(Call *call, SqliteConnection *connection, const Statement *statement, Prepared **out)
{
	size_t slot = (size_t)statement_slot(statement);
	if (slot >= connection->prepared_room) {
		size_t room = slot + 64;
		connection->prepared = realloc(connection->prepared, room * sizeof(Prepared *));
		must(connection->prepared);
		memset(connection->prepared + connection->prepared_room, 0, (room - connection->prepared_room) * sizeof(Prepared *));
		connection->prepared_room = room;
	}
	Prepared *prepared = connection->prepared[slot];
	if (!prepared) {
		TRY(prepare(call, connection, statement, true, &prepared));
		connection->prepared[slot] = prepared;
	} else if (prepared->busy)
		TRY(prepare(call, connection, statement, false, &prepared)); /* read within a read of the same */
	must(prepared);
	prepared->busy = true;
	connection->open_rows++;
	*out = prepared;
	return OK;
}

static void prepared_give(Prepared *prepared)
{
	SqliteConnection *connection = prepared->connection;
	connection->open_rows--;
	if (prepared->cached) {
		sqlite3_reset(prepared->handle);
		prepared->busy = false;
	} else {
		sqlite3_finalize(prepared->handle);
		free(prepared);
	}
	if (connection != connection->db->writer.connection && connection->open_rows == 0) sqlite_reader_give(connection);
}

/* The values are borrowed until the statement is reset. */
static int bind(sqlite3_stmt *handle, const Statement *statement, const DbValue *values)
{
	int code = SQLITE_OK;
	for (int i = 0; i < statement->parameter_count && code == SQLITE_OK; i++) {
		const DbValue *value = &values[i];
		if (value->null) {
			code = sqlite3_bind_null(handle, i + 1);
			continue;
		}
		switch (statement->parameters[i].type) {
		case DB_INT:
		case DB_TIME:
		case DB_BOOL: code = sqlite3_bind_int64(handle, i + 1, value->number); break;
		case DB_TEXT:
		case DB_INTS:
		case DB_TEXTS:
			code = sqlite3_bind_text64(handle, i + 1, value->text.at, value->text.length, SQLITE_STATIC, SQLITE_UTF8);
			break;
		case DB_BYTES: code = sqlite3_bind_blob64(handle, i + 1, value->text.at, value->text.length, SQLITE_STATIC); break;
		}
	}
	return code;
}

/* Takes the first step; on failure everything is given back. */
static Error start(Call *call, const Statement *statement, const DbValue *values, Prepared **out)
{
	const Transaction *transaction = call->transaction;
	SqliteConnection *connection = transaction ? transaction->connection : NULL;
	if (!connection) TRY(sqlite_reader_take(call, (SqliteDb *)call->db, &connection));
	Prepared *prepared;
	Error error = prepared_take(call, connection, statement, &prepared);
	if (error != OK) {
		if (!transaction) sqlite_reader_give(connection);
		return error;
	}
	int code = bind(prepared->handle, statement, values);
	if (code == SQLITE_OK) code = sqlite3_step(prepared->handle);
	if (code != SQLITE_ROW && code != SQLITE_DONE) {
		error = sqlite_fail(call, connection, statement->name);
		prepared_give(prepared);
		return error;
	}
	prepared->first_waits = true;
	prepared->first_is_row = code == SQLITE_ROW;
	*out = prepared;
	return OK;
}

static Error sqlite_query(Call *call, const Statement *statement, const DbValue *values, Rows **out)
{
	Prepared *prepared;
	TRY(start(call, statement, values, &prepared));
	*out = &prepared->rows;
	return OK;
}

static Error sqlite_change(Call *call, const Statement *statement, const DbValue *values, int64_t *out_changed)
{
	Prepared *prepared;
	TRY(start(call, statement, values, &prepared));
	if (out_changed) *out_changed = sqlite3_changes64(prepared->connection->handle);
	prepared_give(prepared);
	return OK;
}

static Error sqlite_next(Call *call, Rows *rows, bool *out_more)
{
	Prepared *prepared = (Prepared *)rows;
	if (prepared->first_waits) {
		prepared->first_waits = false;
		*out_more = prepared->first_is_row;
		return OK;
	}
	int code = sqlite3_step(prepared->handle);
	if (code != SQLITE_ROW && code != SQLITE_DONE) return sqlite_fail(call, prepared->connection, rows->statement->name);
	*out_more = code == SQLITE_ROW;
	return OK;
}

static DbValue sqlite_value(const Rows *rows, int column)
{
	sqlite3_stmt *handle = ((const Prepared *)rows)->handle;
	if (sqlite3_column_type(handle, column) == SQLITE_NULL) return (DbValue) { .null = true };
	switch (rows->statement->columns[column].type) {
	case DB_INT:
	case DB_TIME:
	case DB_BOOL: return (DbValue) { .number = sqlite3_column_int64(handle, column) };
	case DB_BYTES: {
		const char *at = sqlite3_column_blob(handle, column);
		return (DbValue) { .text = { at ? at : "", (size_t)sqlite3_column_bytes(handle, column) } };
	}
	case DB_TEXT:
	case DB_INTS:
	case DB_TEXTS: break;
	}
	const char *at = (const char *)sqlite3_column_text(handle, column);
	return (DbValue) { .text = { at, (size_t)sqlite3_column_bytes(handle, column) } };
}

static void sqlite_rows_close(Rows *rows) { prepared_give((Prepared *)rows); }

static Error sqlite_script(Call *call, const char *sql)
{
	SqliteConnection *connection = ((Transaction *)call->transaction)->connection;
	return sqlite3_exec(connection->handle, sql, NULL, NULL, NULL) == SQLITE_OK ? OK : sqlite_fail(call, connection, "script");
}

/* ---- The whole database */

static void sqlite_close(Db *base)
{
	SqliteDb *db = (SqliteDb *)base;
	sqlite_writer_stop(db);
	must(db->idle_count == db->readers);
	for (SqliteConnection *reader = db->idle_readers, *next; reader; reader = next) {
		next = reader->next_idle;
		sqlite_disconnect(reader);
	}
	sqlite_disconnect(db->writer.connection);
	pthread_mutex_destroy(&db->readers_lock);
	free(db->path);
	free(db);
}

const DbDriver db_sqlite_driver = {
	.close = sqlite_close,
	.attempt = sqlite_attempt,
	.savepoint = sqlite_savepoint,
	.savepoint_keep = sqlite_savepoint_keep,
	.savepoint_undo = sqlite_savepoint_undo,
	.query = sqlite_query,
	.change = sqlite_change,
	.next = sqlite_next,
	.value = sqlite_value,
	.rows_close = sqlite_rows_close,
	.script = sqlite_script,
	.backup = sqlite_backup,
	.check = sqlite_check,
	.ready = sqlite_ready,
	.explain = sqlite_explain,
};

/* Nobody but the owner may read the file, whatever the umask says. SQLite gives -wal and -shm the same mode. */
static Error file_create(Call *call, const DbOptions *options, const char *path)
{
	int file = open(path, O_RDWR | O_CLOEXEC | (options->must_exist ? 0 : O_CREAT), 0600);
	if (file < 0 && errno == ENOENT && options->must_exist) return fail(call, NOT_FOUND, "no database at %s", path);
	if (file < 0) return fail(call, IO, "%s: %s", path, strerror(errno));
	close(file);
	return OK;
}

/* Counting every allocation under one lock is of no use here. Without effect once SQLite has started. */
static void configure_library(void) { sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); }

Error db_sqlite_open(Call *call, const DbOptions *options, Db **out)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	pthread_once(&once, configure_library);
	const char *path = options->url + strlen("sqlite:");
	TRY(file_create(call, options, path));
	SqliteDb *db = calloc(1, sizeof(*db));
	must(db);
	*db = (SqliteDb) { .db = { &db_sqlite_driver, DB_SQLITE }, .path = strdup(path), .relaxed = options->relaxed };
	must(db->path);
	pthread_mutex_init(&db->readers_lock, NULL);
	Error error = sqlite_connect(call, db, CONNECTION_WRITER, &db->writer.connection);
	if (error == OK) error = sqlite_writer_start(call, db);
	if (error != OK) {
		sqlite_close(&db->db);
		return error;
	}
	*out = &db->db;
	return OK;
}
