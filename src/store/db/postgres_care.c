/* Checks and readiness of a PostgreSQL database. */
#include "base/base/clock.h"
#include "store/db/postgres_private.h"

enum { FAULTS_MAX = 100, FULL_MILLISECONDS = 10 * 1000 };

static const char broken_indexes[] =
	"SELECT 'index ' || c.relname || ' is not valid' FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid"
	" WHERE NOT i.indisvalid OR NOT i.indisready";
static const char broken_constraints[] = "SELECT 'constraint ' || conname || ' is not validated' FROM pg_constraint WHERE NOT convalidated "
					 "AND connamespace = current_schema()::regnamespace";
/* For each foreign key of one column a statement that counts the rows that refer to nothing. */
static const char foreign_keys[] =
	"SELECT format('SELECT %L || count(*) || '' rows refer to nothing'' FROM %s c WHERE c.%I IS NOT NULL AND NOT EXISTS"
	" (SELECT 1 FROM %s p WHERE p.%I = c.%I) HAVING count(*) > 0', k.conname || ': ', k.conrelid::regclass, a.attname, "
	"k.confrelid::regclass, b.attname, a.attname)"
	" FROM pg_constraint k JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]"
	" JOIN pg_attribute b ON b.attrelid = k.confrelid AND b.attnum = k.confkey[1]"
	" WHERE k.contype = 'f' AND cardinality(k.conkey) = 1 AND k.connamespace = current_schema()::regnamespace ORDER BY k.conname";
/* Order and shape of every b-tree, where the server has amcheck. */
static const char index_checks[] = "SELECT format('SELECT bt_index_check(%s::regclass)::text WHERE false', "
				   "quote_literal(i.indexrelid::regclass::text)) FROM pg_index i"
				   " JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am m ON m.oid = c.relam WHERE m.amname = 'btree' AND "
				   "c.relnamespace = current_schema()::regnamespace"
				   " AND EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'amcheck')";

/* Adds the texts that a statement gives. */
static Error collect(Call *call, PostgresConnection *connection, const char *sql, Texts *out)
{
	scoped(postgres_clear) PGresult *result = PQexec(connection->handle, sql);
	if (PQresultStatus(result) != PGRES_TUPLES_OK) return postgres_fail(call, connection, result, "check");
	for (int i = 0; i < PQntuples(result) && out->count < FAULTS_MAX * 10; i++) {
		Text text = arena_copy(call->arena, text_from(PQgetvalue(result, i, 0)));
		list_add(call->arena, out, text);
	}
	return OK;
}

/* Runs each statement that `sql` gives; a statement that fails is a fault itself. */
static Error collect_each(Call *call, PostgresConnection *connection, const char *sql, Texts *faults)
{
	Texts statements = { 0 };
	TRY(collect(call, connection, sql, &statements));
	for (size_t i = 0; i < statements.count && faults->count < FAULTS_MAX; i++) {
		Error error = collect(call, connection, statements.at[i].at, faults);
		if (error != ERROR_CORRUPT && error != ERROR_INTERNAL) TRY(error);
		if (error == OK) continue;
		Text detail = arena_copy(call->arena, call->failure.detail);
		list_add(call->arena, faults, detail);
		call_recover(call);
	}
	return OK;
}

static Error check_on(Call *call, PostgresConnection *connection, Texts *faults)
{
	TRY(postgres_execute(call, connection, "SET statement_timeout = 0"));
	TRY(collect(call, connection, broken_indexes, faults));
	TRY(collect(call, connection, broken_constraints, faults));
	TRY(collect_each(call, connection, foreign_keys, faults));
	TRY(collect_each(call, connection, index_checks, faults));
	return postgres_execute(call, connection, "SET statement_timeout = '60s'");
}

Error postgres_check(Call *call, Texts *faults)
{
	PostgresConnection *connection;
	TRY(postgres_take(call, (PostgresDb *)call->db, &connection));
	Error error = check_on(call, connection, faults);
	postgres_give(connection);
	return error;
}

static Error is_primary(Call *call, PostgresConnection *connection, bool *out)
{
	Texts answer = { 0 };
	TRY(collect(call, connection, "SELECT CASE WHEN pg_is_in_recovery() THEN 'standby' ELSE 'primary' END", &answer));
	*out = text_is(answer.at[0], TEXT("primary"));
	return OK;
}

Error postgres_ready(Call *call, bool *out_writable)
{
	PostgresDb *db = (PostgresDb *)call->db;
	PostgresConnection *connection;
	TRY(postgres_take(call, db, &connection));
	bool primary = false;
	Error error = is_primary(call, connection, &primary);
	postgres_give(connection);
	TRY(error);
	int64_t full_since = __atomic_load_n(&db->full_since, __ATOMIC_RELAXED);
	*out_writable = primary && !(full_since && clock_monotonic() - full_since < FULL_MILLISECONDS);
	return OK;
}

static Error lock_room_on(Call *call, PostgresConnection *connection, int64_t *out)
{
	Texts answer = { 0 };
	TRY(collect(call, connection,
		"SELECT current_setting('max_pred_locks_per_transaction')::bigint * "
		"(current_setting('max_connections')::bigint + current_setting('max_prepared_transactions')::bigint)::bigint",
		&answer));
	return text_to_int(answer.at[0], out) ? OK : fail(call, INTERNAL, "no number of locks");
}

Error postgres_lock_room(Call *call, int64_t *out)
{
	PostgresConnection *connection;
	TRY(postgres_take(call, (PostgresDb *)call->db, &connection));
	Error error = lock_room_on(call, connection, out);
	postgres_give(connection);
	return error;
}

/* ---- Query plans */

/* EXPLAIN EXECUTE of the prepared statement with a plan that does not know the parameters. */
static Error plan_fault(Call *call, PostgresConnection *connection, const Statement *statement, const char *name, Text *out_fault)
{
	Buffer sql = { .arena = call->arena };
	buffer_printf(&sql, "EXPLAIN EXECUTE %s", name);
	for (int i = 0; i < statement->parameter_count; i++) buffer_printf(&sql, "%sNULL", i ? ", " : "(");
	buffer_printf(&sql, "%s%c", statement->parameter_count ? ")" : "", 0);
	Texts lines = { 0 };
	TRY(collect(call, connection, sql.at, &lines));
	for (size_t i = 0; i < lines.count && !out_fault->at; i++)
		if (text_find(lines.at[i], TEXT("Seq Scan on"), NULL))
			*out_fault = arena_printf(call->arena, "reads a whole table: %.*s", TEXT_ARGS(lines.at[i]));
	return OK;
}

static Error explain_on(Call *call, PostgresConnection *connection, const Statement *statement, Text *out_fault)
{
	char name[24];
	TRY(postgres_prepare(call, connection, statement, name));
	scoped(postgres_clear) PGresult *result = PQdescribePrepared(connection->handle, name);
	if (PQresultStatus(result) != PGRES_COMMAND_OK) return postgres_fail(call, connection, result, statement->name);
	TRY(postgres_check_columns(call, statement, result));
	for (int i = 0; i < statement->column_count && !out_fault->at; i++)
		*out_fault = column_fault(call, statement, i, PQfname(result, i));
	if (out_fault->at || statement->scans_because) return OK;
	TRY(postgres_execute(call, connection, "SET enable_seqscan = off; SET plan_cache_mode = force_generic_plan"));
	TRY(plan_fault(call, connection, statement, name, out_fault));
	return postgres_execute(call, connection, "SET enable_seqscan = on; SET plan_cache_mode = auto");
}

Error postgres_explain(Call *call, const Statement *statement, Text *out_fault)
{
	PostgresConnection *connection;
	TRY(postgres_take(call, (PostgresDb *)call->db, &connection));
	*out_fault = (Text) { 0 };
	Error error = explain_on(call, connection, statement, out_fault);
	postgres_give(connection);
	return error;
}
