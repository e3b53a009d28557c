#include "base/base/clock.h"
#include "base/base/random.h"
#include "store/db/postgres_private.h"

#include <time.h>

enum { PAUSE_MAX_MS = 200 };

/* Two that ran into each other shall not do so again at once. */
static void pause_before(int attempt)
{
	uint64_t limit = attempt < 8 ? 1ULL << attempt : PAUSE_MAX_MS;
	uint64_t microseconds = random_below(limit * 1000 + 1);
	struct timespec pause = { (time_t)(microseconds / 1000000), (long)(microseconds % 1000000) * 1000 };
	nanosleep(&pause, NULL);
}

static Error commit(Call *call, PostgresConnection *connection, Transaction *transaction)
{
	scoped(postgres_clear) PGresult *result = PQexec(connection->handle, "COMMIT");
	if (PQresultStatus(result) == PGRES_COMMAND_OK && strcmp(PQcmdStatus(result), "COMMIT") == 0) {
		__atomic_store_n(&connection->db->full_since, 0, __ATOMIC_RELAXED);
		return OK;
	}
	if (PQresultStatus(result) == PGRES_COMMAND_OK) return fail(call, INTERNAL, "commit: the server rolled back");
	Aftermath aftermath = postgres_aftermath(connection, result);
	if (aftermath == AFTERMATH_LOST) return fail(call, IO, "the connection broke during a commit, whose outcome is unknown");
	transaction->rerun = aftermath == AFTERMATH_RERUN;
	return postgres_fail(call, connection, result, "commit");
}

Error postgres_attempt(Call *call, TransactionBody *body, void *argument, int attempt, bool *out_rerun)
{
	if (attempt > 0) pause_before(attempt);
	PostgresConnection *connection;
	TRY(postgres_take(call, (PostgresDb *)call->db, &connection));
	Transaction transaction = { .db = call->db, .connection = connection };
	Error error = postgres_execute(call, connection, "BEGIN ISOLATION LEVEL SERIALIZABLE READ WRITE");
	if (error == OK) {
		error = transaction_run(call, &transaction, body, argument);
		if (error == OK)
			error = commit(call, connection, &transaction);
		else if (PQstatus(connection->handle) == CONNECTION_OK)
			PQclear(PQexec(connection->handle, "ROLLBACK"));
	} else
		transaction.rerun = PQstatus(connection->handle) != CONNECTION_OK;
	postgres_give(connection);
	*out_rerun = error != OK && transaction.rerun;
	return error;
}

/* The name is always the same: the server, too, takes the innermost. */
static Error nested(Call *call, Transaction *transaction, const char *sql)
{
	Error error = postgres_execute(call, transaction->connection, sql);
	if (error != OK) transaction->failed = error;
	return error;
}

Error postgres_savepoint(Call *call, Transaction *transaction) { return nested(call, transaction, "SAVEPOINT nested"); }
Error postgres_savepoint_keep(Call *call, Transaction *transaction) { return nested(call, transaction, "RELEASE nested"); }
Error postgres_savepoint_undo(Call *call, Transaction *transaction)
{
	return nested(call, transaction, "ROLLBACK TO nested; RELEASE nested");
}
