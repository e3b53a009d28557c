/* The PostgreSQL driver's parts: postgres.c (statements), postgres_pool.c (connections), postgres_transaction.c, postgres_care.c (checks). */
#pragma once
#include "store/db/db_private.h"

#include <libpq-fe.h>
#include <pthread.h>

typedef struct PostgresConnection {
	PGconn *handle;
	struct PostgresDb *db;
	char *prepared; /* by slot of the statement: PREPARED_… */
	size_t prepared_room;
	struct PostgresConnection *next_idle;
} PostgresConnection;
enum { PREPARED_NOT, PREPARED_YES, PREPARED_CHECKED };

typedef struct PostgresDb {
	Db db;
	char *url;
	int connections_max;
	pthread_mutex_t lock;
	pthread_cond_t given;
	PostgresConnection *idle;
	int connections, waiting;
	int64_t full_since; /* clock_monotonic of the last "disk full"; 0 after a commit */
} PostgresDb;

/* What a failure means for the transaction it happened in. */
typedef enum Aftermath { AFTERMATH_NONE, AFTERMATH_RERUN, AFTERMATH_LOST } Aftermath;

enum { PARAMETERS_MAX = 64 };

/* BUSY when none gets free in time; the connection was alive a moment ago. */
must_use Error postgres_take(Call *call, PostgresDb *db, PostgresConnection **out);
void postgres_give(PostgresConnection *connection);
void postgres_disconnect(PostgresConnection *connection);
/* Records the failure of a result (or, with NULL, of the connection); notes the aftermath in the open transaction, when there is one. */
#define postgres_fail(call, connection, result, doing) postgres_fail_at((call), (connection), (result), (doing), __FILE__, __LINE__)
must_use Error postgres_fail_at(
	Call *call, PostgresConnection *connection, const PGresult *result, const char *doing, const char *file, int line);
Aftermath postgres_aftermath(const PostgresConnection *connection, const PGresult *result);
void postgres_clear(PGresult **result);
/* Runs simple statements without parameters. */
must_use Error postgres_execute(Call *call, PostgresConnection *connection, const char *sql);
must_use Error postgres_prepare(Call *call, PostgresConnection *connection, const Statement *statement, char name[24]);
must_use Error postgres_check_columns(Call *call, const Statement *statement, const PGresult *result);

Error postgres_attempt(Call *call, TransactionBody *body, void *argument, int attempt, bool *out_rerun);
Error postgres_savepoint(Call *call, Transaction *transaction);
Error postgres_savepoint_keep(Call *call, Transaction *transaction);
Error postgres_savepoint_undo(Call *call, Transaction *transaction);

Error postgres_check(Call *call, Texts *faults);
Error postgres_ready(Call *call, bool *out_writable);
Error postgres_lock_room(Call *call, int64_t *out);
Error postgres_explain(Call *call, const Statement *statement, Text *out_fault);
