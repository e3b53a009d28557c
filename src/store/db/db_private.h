/* What the parts of store/db know of each other. A driver speaks to one database; db.c holds what is the same for both. */
#pragma once
#include "store/db/db.h"

/* One outermost db_transact, on its thread's stack. */
typedef struct Transaction {
	Db *db;
	void *connection; /* the driver's */
	Error failed; /* a statement failed: nothing more until the nested transaction it failed in is rolled back */
	bool lost; /* the database has rolled back everything, or will */
	bool rerun; /* … because of somebody else: the whole body is worth another run */
	int depth; /* of nested transactions */
	int open_rows;
} Transaction;

typedef Error TransactionBody(Call *call, void *argument);

typedef struct DbDriver {
	void (*close)(Db *db);
	/* One run of the outermost body, by transaction_run. *out_rerun: it did not count. `attempt` starts with 0. */
	Error (*attempt)(Call *call, TransactionBody *body, void *argument, int attempt, bool *out_rerun);
	/* Begins, keeps or takes back a nested transaction. */
	Error (*savepoint)(Call *call, Transaction *transaction);
	Error (*savepoint_keep)(Call *call, Transaction *transaction);
	Error (*savepoint_undo)(Call *call, Transaction *transaction);
	Error (*query)(Call *call, const Statement *statement, const DbValue *values, Rows **out);
	Error (*change)(Call *call, const Statement *statement, const DbValue *values, int64_t *out_changed);
	Error (*next)(Call *call, Rows *rows, bool *out_more);
	DbValue (*value)(const Rows *rows, int column);
	void (*rows_close)(Rows *rows);
	Error (*script)(Call *call, const char *sql);
	Error (*backup)(Call *call, const char *path, void (*progress)(void *, int64_t done, int64_t total), void *argument);
	Error (*check)(Call *call, Texts *faults);
	Error (*ready)(Call *call, bool *out_writable);
	Error (*lock_room)(Call *call, int64_t *out); /* NULL: locks do not take room */
	/* For the test of all statements: what is wrong with this one here, or an empty text. */
	Error (*explain)(Call *call, const Statement *statement, Text *out_fault);
} DbDriver;
extern const DbDriver db_sqlite_driver, db_postgres_driver;
must_use Error db_sqlite_open(Call *call, const DbOptions *options, Db **out);
must_use Error db_postgres_open(Call *call, const DbOptions *options, Db **out);

struct Db {
	const DbDriver *driver;
	DbKind kind;
};
struct Rows {
	const Statement *statement;
	const DbDriver *driver;
	Transaction *transaction;
};

enum { ATTEMPTS_MAX = 12 };

/* Runs the body of an outermost transaction once: sets call->transaction, and turns a body that overlooked a failure into that failure. */
must_use Error transaction_run(Call *call, Transaction *transaction, TransactionBody *body, void *argument);
/* The slot of a statement in caches of prepared statements. */
int statement_slot(const Statement *statement);
/* What is wrong when the database calls a column so: it has the name of another column of the row. */
Text column_fault(Call *call, const Statement *statement, int column, const char *name);
/* Runs statements that are not in a *.sql file, inside a transaction: migrations, and tests of this room. */
must_use Error db_script(Call *call, const char *sql);
