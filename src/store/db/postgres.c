#include "store/db/postgres_private.h"

#include "base/base/clock.h"

#include <endian.h>
#include <stdlib.h>

typedef struct PostgresRows {
	Rows rows;
	PostgresConnection *connection;
	PGresult *result;
	int row;
	bool streams; /* one result for each row, on a connection of its own */
} PostgresRows;

enum {
	OID_BOOL = 16,
	OID_BYTEA = 17,
	OID_INT8 = 20,
	OID_INT2 = 21,
	OID_INT4 = 23,
	OID_TEXT = 25,
	OID_NAME = 19,
	OID_TEXTS = 1009,
	OID_INTS = 1016,
	OID_VARCHAR = 1043
};
static const Oid parameter_types[] = {
	[DB_INT] = OID_INT8,
	[DB_BOOL] = OID_BOOL,
	[DB_TEXT] = OID_TEXT,
	[DB_TIME] = OID_INT8,
	[DB_BYTES] = OID_BYTEA,
	[DB_INTS] = OID_INTS,
	[DB_TEXTS] = OID_TEXTS,
};

/* ---- Failures */

static const struct {
	const char *state; /* SQLSTATE or the start of one; longer ones first */
	Error kind;
	Aftermath aftermath;
} states[] = {
	{ "40001", ERROR_BUSY, AFTERMATH_RERUN }, /* serialization failure */
	{ "40P01", ERROR_BUSY, AFTERMATH_RERUN }, /* deadlock */
	{ "42P07", ERROR_INTERNAL, AFTERMATH_RERUN }, /* a table exists: another node has migrated */
	{ "42710", ERROR_INTERNAL, AFTERMATH_RERUN }, /* the same for other objects */
	{ "53100", ERROR_FULL, AFTERMATH_NONE }, /* disk full */
	{ "53200", ERROR_BUSY, AFTERMATH_RERUN }, /* no room for locks, until the transactions that hold them have ended */
	{ "25006", ERROR_BUSY, AFTERMATH_LOST }, /* read only: a standby by now */
	{ "58030", ERROR_IO, AFTERMATH_NONE },
	{ "57014", ERROR_BUSY, AFTERMATH_NONE }, /* statement_timeout */
	{ "55P03", ERROR_BUSY, AFTERMATH_RERUN },
	{ "22021", ERROR_INVALID, AFTERMATH_NONE },
	{ "22003", ERROR_INVALID, AFTERMATH_NONE },
	{ "XX001", ERROR_CORRUPT, AFTERMATH_NONE },
	{ "XX002", ERROR_CORRUPT, AFTERMATH_NONE },
	{ "57P", ERROR_BUSY, AFTERMATH_LOST }, /* shutting down, starting up */
	{ "08", ERROR_BUSY, AFTERMATH_LOST },
	{ "23", ERROR_CONFLICT, AFTERMATH_NONE },
	{ "53", ERROR_BUSY, AFTERMATH_NONE },
	{ "54", ERROR_TOO_LARGE, AFTERMATH_NONE },
};

static size_t state_find(const PGresult *result)
{
	const char *state = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
	size_t i = 0;
	while (i < COUNT(states) && !(state && strncmp(state, states[i].state, strlen(states[i].state)) == 0)) i++;
	return i;
}

Aftermath postgres_aftermath(const PostgresConnection *connection, const PGresult *result)
{
	if (PQstatus(connection->handle) != CONNECTION_OK) return AFTERMATH_LOST;
	size_t i = state_find(result);
	return i < COUNT(states) ? states[i].aftermath : AFTERMATH_NONE;
}

Error postgres_fail_at(Call *call, PostgresConnection *connection, const PGresult *result, const char *doing, const char *file, int line)
{
	Transaction *transaction = call->transaction;
	Aftermath aftermath = postgres_aftermath(connection, result);
	if (transaction && aftermath != AFTERMATH_NONE) transaction->lost = transaction->rerun = true;
	size_t i = state_find(result);
	Error kind = i < COUNT(states) ? states[i].kind : aftermath == AFTERMATH_LOST ? ERROR_BUSY : ERROR_INTERNAL;
	if (kind == ERROR_FULL) __atomic_store_n(&connection->db->full_since, clock_monotonic() | 1, __ATOMIC_RELAXED);
	return call_fail(call, kind, file, line, "%s: %s", doing, PQerrorMessage(connection->handle));
}

Error postgres_execute(Call *call, PostgresConnection *connection, const char *sql)
{
	scoped(postgres_clear) PGresult *result = PQexec(connection->handle, sql);
	ExecStatusType status = PQresultStatus(result);
	return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK ? OK : postgres_fail(call, connection, result, sql);
}

/* ---- Statements */

Error postgres_prepare(Call *call, PostgresConnection *connection, const Statement *statement, char name[24])
{
	size_t slot = (size_t)statement_slot(statement);
	snprintf(name, 24, "s%zu", slot);
	if (slot >= connection->prepared_room) {
		size_t room = slot + 64;
		connection->prepared = realloc(connection->prepared, room);
		must(connection->prepared);
		memset(connection->prepared + connection->prepared_room, PREPARED_NOT, room - connection->prepared_room);
		connection->prepared_room = room;
	}
	if (connection->prepared[slot] != PREPARED_NOT) return OK;
	must(statement->parameter_count <= PARAMETERS_MAX);
	Oid types[PARAMETERS_MAX];
	for (int i = 0; i < statement->parameter_count; i++) types[i] = parameter_types[statement->parameters[i].type];
	scoped(postgres_clear) PGresult *result =
		PQprepare(connection->handle, name, statement->sql[DB_POSTGRES], statement->parameter_count, types);
	if (PQresultStatus(result) != PGRES_COMMAND_OK) return postgres_fail(call, connection, result, statement->name);
	connection->prepared[slot] = PREPARED_YES;
	return OK;
}

static bool column_fits(DbType type, Oid found)
{
	switch (type) {
	case DB_INT:
	case DB_TIME: return found == OID_INT8 || found == OID_INT4 || found == OID_INT2;
	case DB_BOOL: return found == OID_BOOL;
	case DB_BYTES: return found == OID_BYTEA;
	case DB_TEXT:
	case DB_INTS:
	case DB_TEXTS: break;
	}
	return found == OID_TEXT || found == OID_VARCHAR || found == OID_NAME;
}

Error postgres_check_columns(Call *call, const Statement *statement, const PGresult *result)
{
	if (PQnfields(result) != statement->column_count)
		return fail(call, INTERNAL, "%s: gives another number of columns than it says", statement->name);
	for (int i = 0; i < statement->column_count; i++)
		if (!column_fits(statement->columns[i].type, PQftype(result, i)))
			return fail(call, INTERNAL, "%s: PostgreSQL gives %s another type; CAST(… AS BIGINT) may help", statement->name,
				statement->columns[i].name);
	return OK;
}

static Error check_once(Call *call, PostgresConnection *connection, const Statement *statement, const PGresult *result)
{
	char *state = &connection->prepared[statement_slot(statement)];
	if (*state == PREPARED_CHECKED) return OK;
	TRY(postgres_check_columns(call, statement, result));
	*state = PREPARED_CHECKED;
	return OK;
}

typedef struct Bound {
	const char *values[PARAMETERS_MAX];
	int lengths[PARAMETERS_MAX], formats[PARAMETERS_MAX];
	uint64_t numbers[PARAMETERS_MAX];
} Bound;

/* Numbers, texts and bytes go in binary, which copies and escapes nothing; lists as text. */
static Error bind(Call *call, const Statement *statement, const DbValue *values, Bound *bound)
{
	for (int i = 0; i < statement->parameter_count; i++) {
		DbType type = statement->parameters[i].type;
		bound->values[i] = NULL;
		bound->lengths[i] = 0;
		bound->formats[i] = type != DB_INTS && type != DB_TEXTS;
		if (values[i].null) continue;
		if (type == DB_INT || type == DB_TIME) {
			bound->numbers[i] = htobe64((uint64_t)values[i].number);
			bound->values[i] = (const char *)&bound->numbers[i];
			bound->lengths[i] = 8;
		} else if (type == DB_BOOL) {
			bound->values[i] = values[i].number ? "\1" : "\0";
			bound->lengths[i] = 1;
		} else {
			if (values[i].text.length > INT32_MAX)
				return fail(call, TOO_LARGE, "%s: %s", statement->name, statement->parameters[i].name);
			bound->values[i] = values[i].text.at;
			bound->lengths[i] = (int)values[i].text.length;
		}
	}
	return OK;
}

/* The first row of a stream, or all rows. NULL when the connection broke. */
static PGresult *run(PostgresConnection *connection, const Statement *statement, const char *name, const Bound *bound, bool streams)
{
	if (!streams)
		return PQexecPrepared(
			connection->handle, name, statement->parameter_count, bound->values, bound->lengths, bound->formats, 1);
	if (!PQsendQueryPrepared(connection->handle, name, statement->parameter_count, bound->values, bound->lengths, bound->formats, 1))
		return NULL;
	PQsetSingleRowMode(connection->handle);
	return PQgetResult(connection->handle);
}

static bool has_worked(const PGresult *result)
{
	ExecStatusType status = PQresultStatus(result);
	return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_SINGLE_TUPLE;
}

/* Stops a stream: what the server still wants to say is not read but cancelled. */
static void drain(PostgresConnection *connection)
{
	char ignored[256];
	PGcancel *cancel = PQgetCancel(connection->handle);
	if (cancel) PQcancel(cancel, ignored, sizeof(ignored));
	PQfreeCancel(cancel);
	for (PGresult *result; (result = PQgetResult(connection->handle));) PQclear(result);
}

static Error execute_on(
	Call *call, PostgresConnection *connection, const Statement *statement, const DbValue *values, bool streams, PGresult **out)
{
	char name[24];
	Bound bound;
	TRY(bind(call, statement, values, &bound));
	TRY(postgres_prepare(call, connection, statement, name));
	PGresult *result = run(connection, statement, name, &bound, streams);
	Error error = has_worked(result) ? check_once(call, connection, statement, result)
					 : postgres_fail(call, connection, result, statement->name);
	if (error != OK) {
		PQclear(result);
		if (streams) drain(connection);
		return error;
	}
	*out = result;
	return OK;
}

/* A read outside a transaction that finds its connection broken is repeated once on another. */
static Error execute(Call *call, const Statement *statement, const DbValue *values, PostgresConnection **out_connection, PGresult **out)
{
	const Transaction *transaction = call->transaction;
	if (transaction) {
		*out_connection = transaction->connection;
		return execute_on(call, transaction->connection, statement, values, false, out);
	}
	Failure before = call->failure;
	for (int attempt = 0;; attempt++) {
		PostgresConnection *connection;
		TRY(postgres_take(call, (PostgresDb *)call->db, &connection));
		Error error = execute_on(call, connection, statement, values, statement->streams, out);
		if (error == OK) {
			*out_connection = connection;
			return OK;
		}
		bool broken = PQstatus(connection->handle) != CONNECTION_OK;
		postgres_give(connection);
		if (!broken || attempt > 0) return error;
		call->failure = before;
	}
}

static Error postgres_query(Call *call, const Statement *statement, const DbValue *values, Rows **out)
{
	PostgresConnection *connection;
	PGresult *result;
	TRY(execute(call, statement, values, &connection, &result));
	bool streams = statement->streams && !call->transaction;
	if (!streams && !call->transaction) {
		postgres_give(connection);
		connection = NULL;
	}
	PostgresRows *rows = calloc(1, sizeof(*rows));
	must(rows);
	*rows = (PostgresRows) { .connection = connection, .result = result, .row = -1, .streams = streams };
	*out = &rows->rows;
	return OK;
}

static Error postgres_change(Call *call, const Statement *statement, const DbValue *values, int64_t *out_changed)
{
	PostgresConnection *connection;
	scoped(postgres_clear) PGresult *result = NULL;
	TRY(execute(call, statement, values, &connection, &result));
	if (!out_changed) return OK;
	*out_changed = 0;
	bool parsed = text_to_int(text_from(PQcmdTuples(result)), out_changed);
	must(parsed);
	return OK;
}

static Error next_of_stream(Call *call, PostgresRows *rows, bool *out_more)
{
	if (rows->row == 0) postgres_clear(&rows->result); /* the first was fetched by the query */
	rows->row = 0;
	if (!rows->result) rows->result = PQgetResult(rows->connection->handle);
	if (!has_worked(rows->result)) return postgres_fail(call, rows->connection, rows->result, rows->rows.statement->name);
	*out_more = PQresultStatus(rows->result) == PGRES_SINGLE_TUPLE;
	return OK;
}

static Error postgres_next(Call *call, Rows *base, bool *out_more)
{
	PostgresRows *rows = (PostgresRows *)base;
	if (rows->streams) return next_of_stream(call, rows, out_more);
	*out_more = ++rows->row < PQntuples(rows->result);
	return OK;
}

static int64_t number(const char *at, int length)
{
	uint64_t eight;
	uint32_t four;
	uint16_t two;
	switch (length) {
	case 8: memcpy(&eight, at, 8); return (int64_t)be64toh(eight);
	case 4: memcpy(&four, at, 4); return (int32_t)be32toh(four);
	case 2: memcpy(&two, at, 2); return (int16_t)be16toh(two);
	default: return *at;
	}
}

static DbValue postgres_value(const Rows *base, int column)
{
	const PostgresRows *rows = (const PostgresRows *)base;
	if (PQgetisnull(rows->result, rows->row, column)) return (DbValue) { .null = true };
	const char *at = PQgetvalue(rows->result, rows->row, column);
	int length = PQgetlength(rows->result, rows->row, column);
	DbType type = base->statement->columns[column].type;
	if (type == DB_INT || type == DB_TIME || type == DB_BOOL) return (DbValue) { .number = number(at, length) };
	return (DbValue) { .text = { at, (size_t)length } };
}

static void postgres_rows_close(Rows *base)
{
	PostgresRows *rows = (PostgresRows *)base;
	bool ended = rows->result && PQresultStatus(rows->result) == PGRES_TUPLES_OK;
	PQclear(rows->result);
	if (rows->streams) {
		if (ended)
			PQclear(PQgetResult(rows->connection->handle)); /* NULL: nothing follows */
		else
			drain(rows->connection);
		postgres_give(rows->connection);
	}
	free(rows);
}

static Error postgres_script(Call *call, const char *sql)
{
	PostgresConnection *connection = ((Transaction *)call->transaction)->connection;
	TRY(postgres_execute(call, connection, "SET LOCAL statement_timeout = 0; SELECT pg_advisory_xact_lock(7163384)"));
	return postgres_execute(call, connection, sql);
}

static Error postgres_backup(Call *call, const char *path, void (*progress)(void *, int64_t, int64_t), void *argument)
{
	(void)progress, (void)argument;
	return fail(call, INVALID, "%s: a PostgreSQL database is saved with pg_dump or a base backup", path);
}

static void postgres_close(Db *base)
{
	PostgresDb *db = (PostgresDb *)base;
	for (PostgresConnection *connection = db->idle, *next; connection; connection = next) {
		next = connection->next_idle;
		postgres_disconnect(connection);
		db->connections--;
	}
	must(db->connections == 0);
	pthread_cond_destroy(&db->given);
	pthread_mutex_destroy(&db->lock);
	free(db->url);
	free(db);
}

const DbDriver db_postgres_driver = {
	.close = postgres_close,
	.attempt = postgres_attempt,
	.savepoint = postgres_savepoint,
	.savepoint_keep = postgres_savepoint_keep,
	.savepoint_undo = postgres_savepoint_undo,
	.query = postgres_query,
	.change = postgres_change,
	.next = postgres_next,
	.value = postgres_value,
	.rows_close = postgres_rows_close,
	.script = postgres_script,
	.backup = postgres_backup,
	.check = postgres_check,
	.ready = postgres_ready,
	.lock_room = postgres_lock_room,
	.explain = postgres_explain,
};

Error db_postgres_open(Call *call, const DbOptions *options, Db **out)
{
	enum { CONNECTIONS = 8 };
	PostgresDb *db = calloc(1, sizeof(*db));
	must(db);
	*db = (PostgresDb) { .db = { &db_postgres_driver, DB_POSTGRES }, .url = strdup(options->url) };
	must(db->url);
	db->connections_max = options->connections > 0 ? options->connections : CONNECTIONS;
	pthread_condattr_t attributes;
	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	pthread_cond_init(&db->given, &attributes);
	pthread_condattr_destroy(&attributes);
	pthread_mutex_init(&db->lock, NULL);
	PostgresConnection *connection;
	Error error = postgres_take(call, db, &connection); /* a wrong address shows now, not at the first request */
	if (error != OK) {
		postgres_close(&db->db);
		return error;
	}
	postgres_give(connection);
	*out = &db->db;
	return OK;
}
