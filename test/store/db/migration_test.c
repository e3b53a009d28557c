#include "store/db/sample.h"

#include "store/db/describe.sql.h"
#include "store/db/migration_private.h"
#include "store/db/schema.sql.h"

static Error add_step(Call *call, void *argument)
{
	const Migration *step = argument;
	return schema_migration_add(call, step->number, text_from(step->name), text_from(step->checksum), 0);
}

TEST_DB(db__migrating_again_changes_nothing)
{
	int applied = -1, version = 0, program = 0;
	CHECK_OK(t->call, db_migrate(t->call, &applied));
	CHECK_INT(applied, 0);
	CHECK_OK(t->call, db_schema_version(t->call, &version, &program));
	CHECK_INT(version, program);
	CHECK_INT(program, migrations[migration_count - 1].number);
}

TEST_DB(db__a_newer_schema_is_refused)
{
	Migration future = { .number = 9999, .name = "future", .checksum = "x" };
	CHECK_OK(t->call, db_transact(t->call, add_step, &future));
	int applied;
	CHECK_ERROR(t->call, db_migrate(t->call, &applied), NEWER);
}

static Error forge(Call *call, void *argument)
{
	(void)argument;
	return db_script(call, "UPDATE schema_migration SET checksum = 'forged' WHERE number = 1");
}

TEST_DB(db__a_migration_applied_with_another_text_is_refused)
{
	CHECK_OK(t->call, db_transact(t->call, forge, NULL));
	int applied;
	CHECK_ERROR(t->call, db_migrate(t->call, &applied), CORRUPT);
}

/* ---- Both databases have the same tables and columns. */

static const char *const kinds[] = { "INTEGER", "TEXT", "BLOB", "bigint", "boolean", "text", "bytea" };
static const char *const meanings[] = { "number", "text", "bytes", "number", "number", "text", "bytes" };

static Text meaning(Text kind)
{
	for (size_t i = 0; i < COUNT(kinds); i++)
		if (text_is(kind, text_from(kinds[i]))) return text_from(meanings[i]);
	return kind;
}

static Texts described(Test *t)
{
	SchemaColumnRows columns;
	CHECK_OK(t->call, schema_columns(t->call, &columns));
	Texts lines = { 0 };
	for (size_t i = 0; i < columns.count; i++) {
		const SchemaColumnRow *column = &columns.at[i];
		Text line = arena_printf(t->arena, "%.*s.%.*s %.*s%s", TEXT_ARGS(column->table_name), TEXT_ARGS(column->name),
			TEXT_ARGS(meaning(column->kind)), column->required ? " required" : "");
		list_add(t->arena, &lines, line);
	}
	return lines;
}

static int print_missing(const Texts *lines, const Texts *there, const Texts *apart, const char *where)
{
	int missing = 0;
	for (size_t i = 0; i < lines->count; i++) {
		bool found = false;
		for (size_t k = 0; k < there->count && !found; k++) found = text_is(lines->at[i], there->at[k]);
		for (size_t k = 0; k < apart->count && !found; k++)
			found = text_starts(lines->at[i], apart->at[k]) && lines->at[i].at[apart->at[k].length] == '.';
		if (found) continue;
		fprintf(stderr, "    %s has no %.*s\n", where, TEXT_ARGS(lines->at[i]));
		missing++;
	}
	return missing;
}

TEST_DB(db__both_databases_have_the_same_tables)
{
	if (t->database == TEST_SQLITE) return; /* once is enough: the test of PostgreSQL opens an SQLite file beside it */
	Texts postgres = described(t);
	Db *own = t->call->db;
	const DbOptions options = { .url = arena_printf(t->arena, "sqlite:%s/beside.db", t->directory).at, .relaxed = true };
	CHECK_OK(t->call, db_open(t->call, &options, &t->call->db));
	int applied;
	CHECK_OK(t->call, db_migrate(t->call, &applied));
	Texts sqlite = described(t), apart;
	CHECK_OK(t->call, schema_virtual_tables(t->call, &apart)); /* search: a virtual table here, a tsvector there */
	db_close(&t->call->db);
	t->call->db = own;
	CHECK(postgres.count > 3);
	CHECK_INT(print_missing(&postgres, &sqlite, &apart, "SQLite") + print_missing(&sqlite, &postgres, &apart, "PostgreSQL"), 0);
}
