/*
 * One writer, many who want to write. They wait in a fair queue; each in turn runs its body in the open transaction and, while
 * others wait, hands the writer on instead of committing. Whoever finds nobody waiting, or the group large or old enough, commits
 * for all: one fsync for the whole group. Nobody is told anything before that commit.
 */
#include "base/base/clock.h"
#include "store/db/sqlite_private.h"

#include <errno.h>
#include <time.h>

enum {
	GROUP_MAX = 128,
	GROUP_MICROSECONDS = 20 * 1000,
	QUEUE_SECONDS = 30,
	CHECKPOINT_PAGES = 1000,
	TRUNCATE_PAGES = 64 * 1024 * 1024 / 4096,
	TRUNCATE_WAIT_MS = 200,
	CHECKPOINT_REST_SECONDS = 1,
};

/* ---- The queue */

static void condition_init(pthread_cond_t *condition)
{
	pthread_condattr_t attributes;
	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	pthread_cond_init(condition, &attributes);
	pthread_condattr_destroy(&attributes);
}

static struct timespec seconds_from_now(int seconds)
{
	struct timespec at;
	clock_gettime(CLOCK_MONOTONIC, &at);
	at.tv_sec += seconds;
	return at;
}

static void queue_remove(Writer *writer, Member *member)
{
	Member **at = &writer->first_waiting;
	while (*at != member) at = &(*at)->next;
	*at = member->next;
	if (!member->next) writer->last_waiting = at;
	member->next = NULL;
}

/* Waits for the turn. False when it did not come in time. */
static bool queue_enter(Writer *writer, Member *self)
{
	pthread_mutex_lock(&writer->lock);
	if (!writer->owned) {
		writer->owned = self->turn = true;
		pthread_mutex_unlock(&writer->lock);
		return true;
	}
	*writer->last_waiting = self;
	writer->last_waiting = &self->next;
	struct timespec until = seconds_from_now(QUEUE_SECONDS);
	while (!self->turn)
		if (pthread_cond_timedwait(&self->wake, &writer->lock, &until) == ETIMEDOUT && !self->turn) {
			queue_remove(writer, self);
			break;
		}
	pthread_mutex_unlock(&writer->lock);
	return self->turn;
}

/* With the lock held: the writer goes to the next in the queue. */
static void queue_pass(Writer *writer)
{
	Member *next = writer->first_waiting;
	if (!next) {
		writer->owned = false;
		return;
	}
	queue_remove(writer, next);
	next->turn = true;
	pthread_cond_signal(&next->wake);
}

/* ---- The group */

static int execute(Writer *writer, const char *sql) { return sqlite3_exec(writer->connection->handle, sql, NULL, NULL, NULL); }

static void group_join(Writer *writer, Member *self)
{
	self->next = writer->group;
	writer->group = self;
	writer->group_count++;
}

/* Tells everybody in the group how it ended. */
static void group_release(Writer *writer, int code, bool lost)
{
	pthread_mutex_lock(&writer->lock);
	for (Member *member = writer->group, *next; member; member = next) {
		next = member->next;
		member->next = NULL;
		member->commit_code = code;
		member->lost = lost;
		member->done = true;
		pthread_cond_signal(&member->wake);
	}
	writer->group = NULL;
	writer->group_count = 0;
	writer->open = false;
	pthread_mutex_unlock(&writer->lock);
}

static void group_commit(SqliteDb *db)
{
	Writer *writer = &db->writer;
	int code = execute(writer, "COMMIT");
	sqlite_note(db, code);
	if (code == SQLITE_OK)
		__atomic_store_n(&db->full_since, 0, __ATOMIC_RELAXED);
	else if (!sqlite3_get_autocommit(writer->connection->handle))
		execute(writer, "ROLLBACK");
	group_release(writer, code, code != SQLITE_OK && writer->group_count > 1);
}

static Error group_begin(Call *call, Writer *writer)
{
	if (execute(writer, "BEGIN IMMEDIATE") != SQLITE_OK) return sqlite_fail(call, writer->connection, "begin");
	writer->open = true;
	writer->group_since = clock_precise();
	return OK;
}

/* Keeps or takes back what the body did, inside the group's transaction. The first of a group needs no savepoint. */
static Error body_end(Call *call, Writer *writer, Error error, bool first)
{
	if (first && error == OK) return OK;
	if (first) {
		execute(writer, "ROLLBACK");
		writer->open = false;
		return error;
	}
	if ((error == OK || execute(writer, "ROLLBACK TO body") == SQLITE_OK) && execute(writer, "RELEASE body") == SQLITE_OK) return error;
	Error worse = sqlite_fail(call, writer->connection, "end of savepoint");
	execute(writer, "ROLLBACK"); /* rather all of the group again than half of this one */
	group_release(writer, SQLITE_ABORT, true);
	return error != OK ? error : worse;
}

/* Runs the body with the writer in hand. *out_joined: the outcome is the group's. */
static Error body_run(Call *call, SqliteDb *db, TransactionBody *body, void *argument, bool *out_joined)
{
	Writer *writer = &db->writer;
	*out_joined = false;
	if (__atomic_load_n(&db->poisoned, __ATOMIC_RELAXED))
		return fail(call, IO, "an fsync failed earlier: nothing is written until the process is restarted");
	bool first = !writer->open;
	if (first)
		TRY(group_begin(call, writer));
	else if (execute(writer, "SAVEPOINT body") != SQLITE_OK)
		return sqlite_fail(call, writer->connection, "savepoint");
	Transaction transaction = { .db = &db->db, .connection = writer->connection };
	Error error = transaction_run(call, &transaction, body, argument);
	if (sqlite3_get_autocommit(writer->connection->handle)) { /* SQLite has rolled everything back: disk full, I/O error */
		must(error != OK);
		group_release(writer, SQLITE_ABORT, true);
		return error;
	}
	error = body_end(call, writer, error, first);
	*out_joined = writer->open;
	return error;
}

/* Hands the writer to the next, who goes on in the same transaction; or commits for all and hands it on then. */
static void group_go_on(SqliteDb *db, bool alone)
{
	Writer *writer = &db->writer;
	if (writer->open) {
		pthread_mutex_lock(&writer->lock);
		bool pass = !alone && writer->first_waiting && writer->group_count < GROUP_MAX &&
			    clock_precise() - writer->group_since < GROUP_MICROSECONDS;
		if (pass) queue_pass(writer);
		pthread_mutex_unlock(&writer->lock);
		if (pass) return;
		group_commit(db);
	}
	pthread_mutex_lock(&writer->lock);
	queue_pass(writer);
	pthread_mutex_unlock(&writer->lock);
}

static void member_wait(Writer *writer, Member *self)
{
	pthread_mutex_lock(&writer->lock);
	while (!self->done) pthread_cond_wait(&self->wake, &writer->lock);
	pthread_mutex_unlock(&writer->lock);
}

/*
 * What a body was told rests on what ran before it in its group, so also one that failed waits for the commit.
 * When a group fails, each of its members runs again, alone: whoever fills the disk does not take the others with it.
 */
Error sqlite_attempt(Call *call, TransactionBody *body, void *argument, int attempt, bool *out_rerun)
{
	SqliteDb *db = (SqliteDb *)call->db;
	Writer *writer = &db->writer;
	bool alone = attempt > 0, joined = false;
	Member self = { .commit_code = SQLITE_OK };
	condition_init(&self.wake);
	if (!queue_enter(writer, &self)) {
		pthread_cond_destroy(&self.wake);
		return fail(call, BUSY, "the queue of writers did not move for %d seconds", QUEUE_SECONDS);
	}
	if (alone && writer->open) group_commit(db);
	int others = writer->group_count;
	Error error = body_run(call, db, body, argument, &joined);
	if (joined)
		group_join(writer, &self);
	else if (others > 0 && error != OK && !alone)
		*out_rerun = !writer->open;
	group_go_on(db, alone);
	if (joined) member_wait(writer, &self);
	pthread_cond_destroy(&self.wake);
	if (self.commit_code == SQLITE_OK) return error;
	*out_rerun = self.lost && !alone && !__atomic_load_n(&db->poisoned, __ATOMIC_RELAXED);
	return call_fail(call, self.commit_code == SQLITE_ABORT ? ERROR_BUSY : sqlite_kind(self.commit_code), __FILE__, __LINE__,
		"commit: %s (%d)", sqlite3_errstr(self.commit_code), self.commit_code);
}

/* ---- Nested transactions. The names tell SQLite nothing: it takes the innermost of that name. */

static Error nested(Call *call, Transaction *transaction, const char *sql)
{
	SqliteConnection *connection = transaction->connection;
	if (sqlite3_exec(connection->handle, sql, NULL, NULL, NULL) == SQLITE_OK) return OK;
	transaction->failed = sqlite_fail(call, connection, sql);
	return transaction->failed;
}

Error sqlite_savepoint(Call *call, Transaction *transaction) { return nested(call, transaction, "SAVEPOINT nested"); }
Error sqlite_savepoint_keep(Call *call, Transaction *transaction) { return nested(call, transaction, "RELEASE nested"); }
Error sqlite_savepoint_undo(Call *call, Transaction *transaction)
{
	if (sqlite3_get_autocommit(((SqliteConnection *)transaction->connection)->handle)) {
		transaction->lost = true;
		return fail(call, INTERNAL, "the transaction is gone");
	}
	return nested(call, transaction, "ROLLBACK TO nested; RELEASE nested");
}

/* ---- Checkpoints: passive ones in the background; when the log is long all the same, one that stops the writers for a moment. */

static int note_wal_pages(void *argument, sqlite3 *handle, const char *name, int pages)
{
	(void)handle, (void)name;
	Checkpointer *checkpointer = argument;
	pthread_mutex_lock(&checkpointer->lock);
	checkpointer->wal_pages = pages;
	if (pages >= CHECKPOINT_PAGES) pthread_cond_signal(&checkpointer->wake);
	pthread_mutex_unlock(&checkpointer->lock);
	return SQLITE_OK;
}

static int truncate_log(SqliteDb *db)
{
	int left = 0;
	Member self = { 0 };
	condition_init(&self.wake);
	if (queue_enter(&db->writer, &self)) {
		if (db->writer.open) group_commit(db);
		sqlite3 *handle = db->writer.connection->handle;
		sqlite3_busy_timeout(handle, TRUNCATE_WAIT_MS);
		int code = sqlite3_wal_checkpoint_v2(handle, NULL, SQLITE_CHECKPOINT_TRUNCATE, &left, NULL);
		sqlite_note(db, code);
		sqlite3_busy_timeout(handle, 5000);
		group_go_on(db, false);
	}
	pthread_cond_destroy(&self.wake);
	return left;
}

/* Gives how many pages the log has afterwards: a reader may hold it. */
static int checkpoint(SqliteDb *db)
{
	if (__atomic_load_n(&db->poisoned, __ATOMIC_RELAXED)) return 0;
	int pages = 0, done = 0;
	sqlite_note(db, sqlite3_wal_checkpoint_v2(db->checkpointer.connection->handle, NULL, SQLITE_CHECKPOINT_PASSIVE, &pages, &done));
	return pages > TRUNCATE_PAGES ? truncate_log(db) : pages;
}

/* A second between two checkpoints, less when the log grows to `limit` pages before. */
static void rest(Checkpointer *self, int limit)
{
	struct timespec until = seconds_from_now(CHECKPOINT_REST_SECONDS);
	while (!self->stop && self->wal_pages < limit && pthread_cond_timedwait(&self->wake, &self->lock, &until) != ETIMEDOUT) {}
}

static void *checkpointer_run(void *argument)
{
	SqliteDb *db = argument;
	Checkpointer *self = &db->checkpointer;
	pthread_mutex_lock(&self->lock);
	while (!self->stop) {
		if (self->wal_pages < CHECKPOINT_PAGES) {
			pthread_cond_wait(&self->wake, &self->lock);
			continue;
		}
		self->wal_pages = 0;
		pthread_mutex_unlock(&self->lock);
		int left = checkpoint(db);
		pthread_mutex_lock(&self->lock);
		rest(self, left + TRUNCATE_PAGES);
	}
	pthread_mutex_unlock(&self->lock);
	return NULL;
}

Error sqlite_writer_start(Call *call, SqliteDb *db)
{
	Writer *writer = &db->writer;
	Checkpointer *checkpointer = &db->checkpointer;
	pthread_mutex_init(&writer->lock, NULL);
	writer->last_waiting = &writer->first_waiting;
	TRY(sqlite_connect(call, db, CONNECTION_CHECKPOINTER, &checkpointer->connection));
	pthread_mutex_init(&checkpointer->lock, NULL);
	condition_init(&checkpointer->wake);
	sqlite3_wal_hook(writer->connection->handle, note_wal_pages, checkpointer);
	if (pthread_create(&checkpointer->thread, NULL, checkpointer_run, db) != 0)
		return fail(call, INTERNAL, "no thread for checkpoints");
	checkpointer->started = true;
	return OK;
}

void sqlite_writer_stop(SqliteDb *db)
{
	Checkpointer *checkpointer = &db->checkpointer;
	if (checkpointer->started) {
		pthread_mutex_lock(&checkpointer->lock);
		checkpointer->stop = true;
		pthread_cond_signal(&checkpointer->wake);
		pthread_mutex_unlock(&checkpointer->lock);
		pthread_join(checkpointer->thread, NULL);
	}
	sqlite_disconnect(checkpointer->connection);
	checkpointer->connection = NULL;
	must(!db->writer.owned);
}
