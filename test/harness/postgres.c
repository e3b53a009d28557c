/* A throw-away PostgreSQL for the whole run: test/harness/postgres.sh lives as long as the pipe to it is open. */
#include "harness/harness_private.h"

#include <libpq-fe.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static char address[512]; /* empty: not started; the database in it is `postgres` */
static pid_t server;
static int server_input = -1;

static void stop_server(void)
{
	close(server_input);
	waitpid(server, NULL, 0);
}

static void read_address(int from)
{
	size_t length = 0;
	for (ssize_t got; length < sizeof(address) - 1 && (got = read(from, address + length, sizeof(address) - 1 - length)) > 0;
		length += (size_t)got)
		if (memchr(address + length, '\n', (size_t)got)) break;
	address[strcspn(address, "\n")] = 0;
}

static void start_server(void)
{
	int input[2], output[2];
	must(pipe(input) == 0 && pipe(output) == 0);
	server = fork();
	must(server >= 0);
	if (server == 0) {
		dup2(input[0], STDIN_FILENO);
		dup2(output[1], STDOUT_FILENO);
		close(input[0]), close(input[1]), close(output[0]), close(output[1]);
		setsid(); /* an interrupt at the terminal reaches it by the end of its input, after the tests */
		execl(TEST_ROOT "/harness/postgres.sh", "postgres.sh", NULL);
		_exit(127);
	}
	close(input[0]), close(output[1]);
	server_input = input[1];
	read_address(output[0]);
	close(output[0]);
	atexit(stop_server);
}

void harness_start_postgres(void)
{
	if (address[0] || server) return;
	const char *given = getenv("CAPPVD_TEST_POSTGRES");
	if (given)
		snprintf(address, sizeof(address), "%s", given);
	else
		start_server();
}

/* The address with another database in it. */
static const char *address_of(Test *t, const char *database)
{
	Text all = text_from(address);
	size_t at;
	if (!text_find(all, TEXT("/postgres?"), &at))
		test_fail(__FILE__, __LINE__, "not the address of a database called postgres: %s", address);
	return arena_printf(t->arena, "%.*s/%s%.*s", (int)at, address, database, (int)(all.length - at - strlen("/postgres")),
		address + at + strlen("/postgres"))
		.at;
}

static bool execute(PGconn *connection, const char *sql)
{
	PGresult *result = PQexec(connection, sql);
	bool worked = PQresultStatus(result) == PGRES_COMMAND_OK;
	PQclear(result);
	return worked;
}

static PGconn *administer(void)
{
	PGconn *connection = PQconnectdb(address);
	if (PQstatus(connection) != CONNECTION_OK) test_fail(__FILE__, __LINE__, "%s", PQerrorMessage(connection));
	return connection;
}

static char database[64];

void harness_drop_postgres(void)
{
	PGconn *connection = administer();
	char sql[128];
	snprintf(sql, sizeof(sql), "DROP DATABASE IF EXISTS %s WITH (FORCE)", database);
	execute(connection, sql);
	PQfinish(connection);
}

const char *harness_create_postgres(Test *t, void (*fill)(Test *t, const char *url))
{
	if (!address[0]) test_skip("PostgreSQL could not be started");
	PGconn *connection = administer();
	int run = getppid();
	snprintf(database, sizeof(database), "test_%d", getpid());
	const char *create = arena_printf(t->arena, "CREATE DATABASE %s TEMPLATE template_%d STRATEGY file_copy", database, run)
				     .at; /* fifteen times as fast as through the log */
	if (!execute(connection, create)) {
		const char *template = arena_printf(t->arena, "template_%d", run).at;
		if (!execute(connection, arena_printf(t->arena, "CREATE DATABASE %s", template).at))
			test_fail(__FILE__, __LINE__, "%s", PQerrorMessage(connection));
		fill(t, address_of(t, template));
		if (!execute(connection, create)) test_fail(__FILE__, __LINE__, "%s", PQerrorMessage(connection));
	}
	PQfinish(connection);
	return address_of(t, database);
}
