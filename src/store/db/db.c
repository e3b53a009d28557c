#include "store/db/db_private.h"

/* The thread's outermost transaction: a second one, by another Call, would wait for itself for ever. */
static _Thread_local const Call *transacting;

Error db_open(Call *call, const DbOptions *options, Db **out)
{
	Text url = text_from(options->url);
	if (text_starts(url, TEXT("sqlite:"))) return db_sqlite_open(call, options, out);
	if (text_starts(url, TEXT("postgres://")) || text_starts(url, TEXT("postgresql://"))) return db_postgres_open(call, options, out);
	return fail(call, CONFIG, "the database's address starts with sqlite:, postgres:// or postgresql://");
}

void db_close(Db **db)
{
	if (*db) (*db)->driver->close(*db);
	*db = NULL;
}

DbKind db_kind(const Db *db) { return db->kind; }
bool db_in_transaction(const Call *call) { return call->transaction != NULL; }

Error transaction_run(Call *call, Transaction *transaction, TransactionBody *body, void *argument)
{
	call->transaction = transaction;
	Error error = body(call, argument);
	call->transaction = NULL;
	must(transaction->open_rows == 0 && transaction->depth == 0);
	if (error == OK && transaction->failed != OK)
		return call_fail(call, transaction->failed, __FILE__, __LINE__, "a statement failed and the transaction went on");
	return error;
}

static Error join(Call *call, Transaction *transaction, TransactionBody *body, void *argument)
{
	const DbDriver *driver = call->db->driver;
	if (transaction->failed != OK) return fail(call, INTERNAL, "a transaction within one that has failed");
	TRY(driver->savepoint(call, transaction));
	transaction->depth++;
	Error error = body(call, argument);
	if (error == OK && transaction->failed != OK)
		error = call_fail(call, transaction->failed, __FILE__, __LINE__, "a statement failed and the transaction went on");
	transaction->depth--;
	if (error == OK) return driver->savepoint_keep(call, transaction);
	if (!transaction->lost && driver->savepoint_undo(call, transaction) == OK) transaction->failed = OK;
	return error;
}

Error db_transact(Call *call, TransactionBody *body, void *argument)
{
	if (call->transaction) return join(call, call->transaction, body, argument);
	must(transacting == NULL);
	ArenaMark mark = arena_mark(call->arena);
	Failure before = call->failure;
	bool rerun = true;
	Error error = OK;
	transacting = call;
	for (int attempt = 0; rerun && attempt < ATTEMPTS_MAX; attempt++) {
		if (attempt > 0) {
			arena_release(call->arena, mark);
			call->failure = before;
		}
		rerun = false;
		error = call->db->driver->attempt(call, body, argument, attempt, &rerun);
	}
	transacting = NULL;
	return error;
}

int statement_slot(const Statement *statement)
{
	static int taken;
	int slot = __atomic_load_n(statement->slot, __ATOMIC_RELAXED);
	if (slot) return slot;
	int fresh = __atomic_add_fetch(&taken, 1, __ATOMIC_RELAXED);
	return __atomic_compare_exchange_n(statement->slot, &slot, fresh, false, __ATOMIC_RELAXED, __ATOMIC_RELAXED) ? fresh : slot;
}

/* Plain ASCII without NUL, eight bytes at a time; most text is. */
static bool is_plain(Text text)
{
	size_t i = 0;
	for (; i + 8 <= text.length; i += 8) {
		uint64_t word;
		memcpy(&word, text.at + i, sizeof(word));
		if (((word - 0x0101010101010101U) | word) & 0x8080808080808080U) return false;
	}
	for (; i < text.length; i++)
		if ((signed char)text.at[i] <= 0) return false;
	return true;
}

static Error check_values(Call *call, const Statement *statement, const DbValue *values)
{
	for (int i = 0; i < statement->parameter_count; i++) {
		const DbField *field = &statement->parameters[i];
		if (field->type == DB_INT || field->type == DB_BOOL || field->type == DB_TIME || values[i].null) continue;
		if (!values[i].text.at) return fail(call, INTERNAL, "%s: no text for %s", statement->name, field->name);
		if (field->type == DB_TEXT && !is_plain(values[i].text) && !text_is_utf8(values[i].text))
			return fail(call, INVALID, "%s: %s is not UTF-8", statement->name, field->name);
	}
	return OK;
}

static Error check_query(Call *call, const Statement *statement, const DbValue *values)
{
	Transaction *transaction = call->transaction;
	must(transaction || !statement->writes);
	if (transaction && transaction->failed != OK) return fail(call, INTERNAL, "%s: a statement before it has failed", statement->name);
	return check_values(call, statement, values);
}

static Error note(Call *call, Error error)
{
	Transaction *transaction = call->transaction;
	if (error != OK && transaction) transaction->failed = error;
	return error;
}

Error db_query(Call *call, const Statement *statement, const DbValue *parameters, Rows **out)
{
	TRY(check_query(call, statement, parameters));
	TRY(note(call, call->db->driver->query(call, statement, parameters, out)));
	Rows *rows = *out;
	rows->statement = statement;
	rows->driver = call->db->driver;
	rows->transaction = call->transaction;
	if (rows->transaction) rows->transaction->open_rows++;
	return OK;
}

Error db_change(Call *call, const Statement *statement, const DbValue *parameters, int64_t *out_changed)
{
	TRY(check_query(call, statement, parameters));
	return note(call, call->db->driver->change(call, statement, parameters, out_changed));
}

Error db_script(Call *call, const char *sql)
{
	must(call->transaction);
	return note(call, call->db->driver->script(call, sql));
}

Error rows_next(Call *call, Rows *rows, bool *out_more)
{
	TRY(note(call, rows->driver->next(call, rows, out_more)));
	if (!*out_more) return OK;
	if (arena_is_full(call->arena)) return fail(call, TOO_LARGE, "%s: too many rows for one call", rows->statement->name);
	for (int i = 0; i < rows->statement->column_count; i++) {
		const DbField *field = &rows->statement->columns[i];
		if (!field->nullable && rows->driver->value(rows, i).null)
			return fail(call, INTERNAL, "%s: %s is NULL", rows->statement->name, field->name);
	}
	return OK;
}

DbValue rows_value(const Rows *rows, int column) { return rows->driver->value(rows, column); }
const Statement *rows_statement(const Rows *rows) { return rows->statement; }

Maybe rows_maybe(const Rows *rows, int column)
{
	DbValue value = rows->driver->value(rows, column);
	return (Maybe) { !value.null, value.number };
}

Text rows_text(const Rows *rows, int column, Arena *arena)
{
	Text text = rows->driver->value(rows, column).text;
	return arena ? arena_copy(arena, text) : text;
}

void rows_close(Rows **rows)
{
	if (!*rows) return;
	if ((*rows)->transaction) (*rows)->transaction->open_rows--;
	(*rows)->driver->rows_close(*rows);
	*rows = NULL;
}

/* libpq wants it NUL-terminated. */
static Text list_end(Buffer *buffer)
{
	buffer_byte(buffer, 0);
	return (Text) { buffer->at, buffer->length - 1 };
}

Text db_ints(Call *call, Numbers list)
{
	bool array = call->db->kind == DB_POSTGRES;
	Buffer buffer = { .arena = call->arena };
	buffer_byte(&buffer, array ? '{' : '[');
	for (size_t i = 0; i < list.count; i++) {
		if (i) buffer_byte(&buffer, ',');
		buffer_number(&buffer, list.at[i]);
	}
	buffer_byte(&buffer, array ? '}' : ']');
	return list_end(&buffer);
}

/* A text in double quotes, as JSON and PostgreSQL's arrays write it; control characters only JSON has to escape. */
static void put_quoted(Buffer *buffer, Text text, bool array)
{
	buffer_byte(buffer, '"');
	for (size_t i = 0; i < text.length; i++) {
		char byte = text.at[i];
		if (byte == '"' || byte == '\\') buffer_byte(buffer, '\\');
		if (!array && (unsigned char)byte < 0x20)
			buffer_printf(buffer, "\\u%04x", (unsigned)byte);
		else
			buffer_byte(buffer, byte);
	}
	buffer_byte(buffer, '"');
}

Text db_texts(Call *call, Texts list)
{
	bool array = call->db->kind == DB_POSTGRES;
	Buffer buffer = { .arena = call->arena };
	buffer_byte(&buffer, array ? '{' : '[');
	for (size_t i = 0; i < list.count; i++) {
		if (i) buffer_byte(&buffer, ',');
		put_quoted(&buffer, list.at[i], array);
	}
	buffer_byte(&buffer, array ? '}' : ']');
	return list_end(&buffer);
}

Error db_backup(Call *call, const char *path, void (*progress)(void *, int64_t done, int64_t total), void *argument)
{
	return call->db->driver->backup(call, path, progress, argument);
}

Error db_check(Call *call, Texts *out_faults)
{
	Texts faults = { 0 };
	TRY(call->db->driver->check(call, &faults));
	*out_faults = faults;
	return OK;
}

Error db_ready(Call *call, bool *out_writable) { return call->db->driver->ready(call, out_writable); }

Error db_lock_room(Call *call, int64_t *out)
{
	*out = INT64_MAX;
	return call->db->driver->lock_room ? call->db->driver->lock_room(call, out) : OK;
}

Text column_fault(Call *call, const Statement *statement, int column, const char *name)
{
	const char *expected = statement->columns[column].name;
	for (int i = 0; i < statement->column_count; i++)
		if (i != column && strcmp(name, statement->columns[i].name) == 0 && strcmp(name, expected) != 0)
			return arena_printf(call->arena, "column %d is %s but is read as %s", column + 1, name, expected);
	return (Text) { 0 };
}
