#include "base/base/clock.h"
#include "store/db/postgres_private.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <time.h>

enum { TAKE_SECONDS = 10, SERVER_VERSION_MIN = 130000 };

/* Reads run by themselves and cannot write; db_transact says READ WRITE where it begins. */
static const char session_script[] = "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY; SET statement_timeout = '60s';"
				     "SET idle_in_transaction_session_timeout = '120s'; SET client_min_messages = warning;"
				     "SET standard_conforming_strings = on; SET plan_cache_mode = auto";

void postgres_clear(PGresult **result)
{
	PQclear(*result);
	*result = NULL;
}

static Error session_start(Call *call, PostgresConnection *connection)
{
	if (PQstatus(connection->handle) != CONNECTION_OK) return fail(call, BUSY, "connecting: %s", PQerrorMessage(connection->handle));
	if (PQserverVersion(connection->handle) < SERVER_VERSION_MIN) return fail(call, CONFIG, "PostgreSQL 13 or newer is needed");
	const char *encoding = PQparameterStatus(connection->handle, "server_encoding");
	if (!encoding || strcmp(encoding, "UTF8") != 0) return fail(call, CONFIG, "the database's encoding must be UTF8");
	if (connection->prepared_room) memset(connection->prepared, PREPARED_NOT, connection->prepared_room);
	return postgres_execute(call, connection, session_script);
}

void postgres_disconnect(PostgresConnection *connection)
{
	PQfinish(connection->handle);
	free(connection->prepared);
	free(connection);
}

static Error connect_new(Call *call, PostgresDb *db, PostgresConnection **out)
{
	PostgresConnection *connection = calloc(1, sizeof(*connection));
	must(connection);
	const char *const names[] = { "connect_timeout", "client_encoding", "application_name", "keepalives_idle", "dbname", NULL };
	const char *const values[] = { "5", "UTF8", "cappvd", "30", db->url, NULL };
	connection->db = db;
	connection->handle = PQconnectdbParams(names, values, 1);
	must(connection->handle);
	Error error = session_start(call, connection);
	if (error != OK) {
		postgres_disconnect(connection);
		return error;
	}
	*out = connection;
	return OK;
}

/* A server that went away has said so, or closed the socket: either way there is something to read. */
static bool is_alive(PostgresConnection *connection)
{
	if (PQstatus(connection->handle) != CONNECTION_OK || PQtransactionStatus(connection->handle) != PQTRANS_IDLE) return false;
	struct pollfd waiting = { .fd = PQsocket(connection->handle), .events = POLLIN };
	if (poll(&waiting, 1, 0) == 0) return true;
	return PQconsumeInput(connection->handle) && PQstatus(connection->handle) == CONNECTION_OK;
}

static void forget(PostgresDb *db)
{
	pthread_mutex_lock(&db->lock);
	db->connections--;
	pthread_cond_signal(&db->given);
	pthread_mutex_unlock(&db->lock);
}

/* An idle connection, or NULL and the right to make one. False: none became free in time. */
static bool wait_for_one(PostgresDb *db, PostgresConnection **out)
{
	struct timespec until;
	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += TAKE_SECONDS;
	pthread_mutex_lock(&db->lock);
	int code = 0;
	while (!db->idle && db->connections >= db->connections_max && code != ETIMEDOUT)
		code = pthread_cond_timedwait(&db->given, &db->lock, &until);
	*out = db->idle;
	bool may = *out || db->connections < db->connections_max;
	if (*out)
		db->idle = (*out)->next_idle;
	else if (may)
		db->connections++;
	pthread_mutex_unlock(&db->lock);
	return may;
}

Error postgres_take(Call *call, PostgresDb *db, PostgresConnection **out)
{
	PostgresConnection *connection;
	if (!wait_for_one(db, &connection)) return fail(call, BUSY, "no connection became free in %d seconds", TAKE_SECONDS);
	if (connection && !is_alive(connection)) {
		postgres_disconnect(connection);
		connection = NULL;
	}
	if (!connection) {
		Error error = connect_new(call, db, &connection);
		if (error != OK) {
			forget(db);
			return error;
		}
	}
	*out = connection;
	return OK;
}

void postgres_give(PostgresConnection *connection)
{
	PostgresDb *db = connection->db;
	if (PQstatus(connection->handle) != CONNECTION_OK || PQtransactionStatus(connection->handle) != PQTRANS_IDLE) {
		postgres_disconnect(connection);
		forget(db);
		return;
	}
	pthread_mutex_lock(&db->lock);
	connection->next_idle = db->idle;
	db->idle = connection;
	pthread_cond_signal(&db->given);
	pthread_mutex_unlock(&db->lock);
}
