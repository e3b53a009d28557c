#include "harness/test.h"
#include "store/db/db_private.h"

/* Prepares and explains every statement of the program; shows all that are wrong before it fails. */
TEST_DB(db__every_statement_prepares_and_reads_no_growing_table_whole)
{
	int faults = 0, statements = 0;
	for (size_t i = 0; i < db_statement_list_count; i++) {
		const StatementList *list = &db_statement_lists[i];
		for (size_t k = 0; k < *list->count; k++) {
			const Statement *statement = list->statements[k];
			Text fault;
			if (t->call->db->driver->explain(t->call, statement, &fault) != OK) fault = t->call->failure.detail;
			if (fault.at) fprintf(stderr, "    %s: %s: %.*s\n", list->file, statement->name, TEXT_ARGS(fault));
			faults += fault.at != NULL;
			statements++;
			call_recover(t->call);
		}
	}
	CHECK(statements > 0);
	CHECK_INT(faults, 0);
}

static Error create(Call *call, void *argument) { return db_script(call, argument); }

TEST_DB(db__a_scan_and_exchanged_columns_are_noticed)
{
	char table[] = "CREATE TABLE heap (a BIGINT NOT NULL, b BIGINT NOT NULL)";
	CHECK_OK(t->call, db_transact(t->call, create, table));
	static const DbField columns[] = { { "b", DB_INT, false }, { "a", DB_INT, false } };
	static int slots[3];
	const char *scan = "SELECT b, a FROM heap WHERE a > 3", *exchanged = "SELECT a, b FROM heap WHERE a > 3",
		   *missing = "SELECT a FROM heap";
	const Statement whole = { .name = "whole", .sql = { scan, scan }, .column_count = 2, .columns = columns, .slot = &slots[0] };
	const Statement wrong = { .name = "wrong",
		.sql = { exchanged, exchanged },
		.column_count = 2,
		.columns = columns,
		.slot = &slots[1],
		.scans_because = "test" };
	const Statement short_one = {
		.name = "short", .sql = { missing, missing }, .column_count = 2, .columns = columns, .slot = &slots[2]
	};
	Text fault;
	CHECK_OK(t->call, t->call->db->driver->explain(t->call, &whole, &fault));
	CHECK(text_starts(fault, TEXT("reads a whole table")));
	Error error = t->call->db->driver->explain(t->call, &wrong, &fault);
	CHECK(error == OK && text_starts(fault, TEXT("column 1 is a but is read as b")));
	error = t->call->db->driver->explain(t->call, &short_one, &fault);
	CHECK(error != OK || text_starts(fault, TEXT("gives another number of columns")));
	call_recover(t->call);
}
