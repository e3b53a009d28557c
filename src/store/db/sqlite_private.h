/* The SQLite driver's parts: sqlite.c (connections, statements), sqlite_writer.c (queue, group commit, checkpoints), sqlite_care.c (backup, checks). */
#pragma once
#include "store/db/db_private.h"

#include <pthread.h>
#include <sqlite3.h>

typedef struct SqliteConnection SqliteConnection;

/* A prepared statement, and the rows it is giving. */
typedef struct Prepared {
	Rows rows;
	sqlite3_stmt *handle;
	SqliteConnection *connection;
	bool cached, busy;
	bool first_waits, first_is_row; /* the first step was taken by the query itself */
} Prepared;

struct SqliteConnection {
	sqlite3 *handle;
	struct SqliteDb *db;
	Prepared **prepared; /* by slot of the statement */
	size_t prepared_room;
	int open_rows;
	SqliteConnection *next_idle;
};

/* Somebody who waits for the writer, and then for the commit of the group it joined. On its thread's stack. */
typedef struct Member {
	pthread_cond_t wake;
	bool turn; /* owns the writer */
	bool done; /* the group's outcome is known */
	bool lost; /* the group was rolled back because of somebody else */
	int commit_code; /* SQLITE_OK: committed */
	struct Member *next;
} Member;

typedef struct Writer {
	pthread_mutex_t lock;
	SqliteConnection *connection;
	bool owned;
	Member *first_waiting, **last_waiting;
	Member *group; /* those whose bodies ran in the open transaction */
	int group_count;
	int64_t group_since; /* clock_precise */
	bool open; /* a transaction is open */
} Writer;

typedef struct Checkpointer {
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	bool started, stop;
	int wal_pages; /* after the last commit */
	SqliteConnection *connection;
} Checkpointer;

typedef struct SqliteDb {
	Db db;
	char *path;
	bool relaxed;
	Writer writer;
	Checkpointer checkpointer;
	pthread_mutex_t readers_lock;
	SqliteConnection *idle_readers;
	int readers, idle_count;
	int poisoned; /* an fsync failed: nothing is written any more */
	int64_t full_since; /* clock_monotonic of the last "disk full"; 0 after a commit */
} SqliteDb;

enum ConnectionKind { CONNECTION_WRITER, CONNECTION_READER, CONNECTION_CHECKPOINTER };
must_use Error sqlite_connect(Call *call, SqliteDb *db, enum ConnectionKind kind, SqliteConnection **out);
void sqlite_disconnect(SqliteConnection *connection);
must_use Error sqlite_reader_take(Call *call, SqliteDb *db, SqliteConnection **out);
void sqlite_reader_give(SqliteConnection *connection);
/* Remembers what the code means for the whole database: an fsync that failed, a disk that is full. */
void sqlite_note(SqliteDb *db, int code);
Error sqlite_kind(int code);
#define sqlite_fail(call, connection, doing) sqlite_fail_at((call), (connection), (doing), __FILE__, __LINE__)
must_use Error sqlite_fail_at(Call *call, SqliteConnection *connection, const char *doing, const char *file, int line);

must_use Error sqlite_writer_start(Call *call, SqliteDb *db);
void sqlite_writer_stop(SqliteDb *db);
Error sqlite_attempt(Call *call, TransactionBody *body, void *argument, int attempt, bool *out_rerun);
Error sqlite_savepoint(Call *call, Transaction *transaction);
Error sqlite_savepoint_keep(Call *call, Transaction *transaction);
Error sqlite_savepoint_undo(Call *call, Transaction *transaction);

Error sqlite_backup(Call *call, const char *path, void (*progress)(void *, int64_t done, int64_t total), void *argument);
Error sqlite_check(Call *call, Texts *faults);
Error sqlite_ready(Call *call, bool *out_writable);
Error sqlite_explain(Call *call, const Statement *statement, Text *out_fault);
