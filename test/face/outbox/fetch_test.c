/* Attacks on the reading of a host that somebody else names: each against real sockets of this machine. */
#include "face/outbox/fetch.h"
#include "harness/test.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <unistd.h>

/* ---- Servers that answer every request with the same bytes */
typedef struct Server {
	int listening, port;
	const char *answer;
	int asked;
	pthread_t thread;
} Server;

static void *serve(void *argument)
{
	Server *server = argument;
	for (;;) {
		char request[2048];
		int peer = accept(server->listening, NULL, NULL);
		if (peer < 0) return NULL;
		if (read(peer, request, sizeof(request)) > 0) server->asked++;
		ssize_t written = write(peer, server->answer, strlen(server->answer));
		(void)written;
		close(peer);
	}
}

static void server_start(Server *server, const char *address, int port, const char *answer)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };
	socklen_t length = sizeof(at);
	inet_pton(AF_INET, address, &at.sin_addr);
	*server = (Server) { .listening = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), .answer = answer };
	CHECK(bind(server->listening, (struct sockaddr *)&at, sizeof(at)) == 0 && listen(server->listening, 8) == 0);
	CHECK(getsockname(server->listening, (struct sockaddr *)&at, &length) == 0);
	server->port = ntohs(at.sin_port);
	CHECK(pthread_create(&server->thread, NULL, serve, server) == 0);
}

static void server_stop(Server *server)
{
	shutdown(server->listening, SHUT_RDWR);
	pthread_join(server->thread, NULL);
	close(server->listening);
}

/* ---- A resolver that says something else each time it is asked */
typedef struct Names {
	const char *answers[4];
	int asked;
} Names;

static struct sockaddr_storage address_of(const char *text)
{
	struct sockaddr_storage address = { 0 };
	struct sockaddr_in *four = (struct sockaddr_in *)&address;
	struct sockaddr_in6 *six = (struct sockaddr_in6 *)&address;
	if (inet_pton(AF_INET, text, &four->sin_addr) == 1)
		address.ss_family = AF_INET;
	else {
		CHECK(inet_pton(AF_INET6, text, &six->sin6_addr) == 1);
		address.ss_family = AF_INET6;
	}
	return address;
}

static bool resolve(void *context, Text host, FetchAddresses *out)
{
	Names *names = context;
	(void)host;
	const char *answer = names->answers[names->asked++];
	if (!answer) return false;
	for (Text rest = text_from(answer), piece; text_next(&rest, ' ', &piece);) {
		char one[64] = { 0 };
		memcpy(one, piece.at, piece.length);
		out->at[out->count++] = address_of(one);
	}
	return true;
}

static bool is_first_of_this_machine(const struct sockaddr *address)
{
	struct sockaddr_in four;
	memcpy(&four, address, sizeof(four));
	return address->sa_family == AF_INET && ntohl(four.sin_addr.s_addr) == INADDR_LOOPBACK;
}

static FetchFault fetch(Test *t, Names *names, int port, bool (*may)(const struct sockaddr *), Text *out)
{
	FetchOptions options = { .resolve = resolve,
		.context = names,
		.scheme = "http",
		.port = port,
		.may = may,
		.timeout_milliseconds = 2000,
		.bytes_max = 64 };
	return fetch_text(t->arena, &options, TEXT("app.example.com"), "/.well-known/cappvd-claim.txt", out);
}

#define GOOD "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nright"
#define WRONG "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nwrong"

TEST(fetch__only_addresses_that_everybody_reaches_are_public)
{
	static const char *const closed[] = { "127.0.0.1", "127.9.9.9", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1",
		"169.254.169.254", "100.64.0.1", "100.127.255.255", "0.0.0.0", "192.0.2.1", "198.18.0.1", "198.19.255.255", "203.0.113.9",
		"224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "fd12::1", "ff02::1", "::ffff:127.0.0.1",
		"::ffff:8.8.8.8", "64:ff9b::7f00:1", "2002:7f00:1::", "2001::1", "2001:db8::1", "3fff::1" };
	static const char *const open[] = { "8.8.8.8", "1.1.1.1", "172.15.255.255", "172.32.0.1", "100.63.255.255", "100.128.0.1",
		"192.0.1.1", "223.5.5.5", "2400:3200::1", "2606:4700::1111", "2a00:1450::1" };
	for (size_t i = 0; i < COUNT(closed); i++) {
		struct sockaddr_storage address = address_of(closed[i]);
		if (fetch_is_public((struct sockaddr *)&address)) test_fail(__FILE__, __LINE__, "%s is called public", closed[i]);
	}
	for (size_t i = 0; i < COUNT(open); i++) {
		struct sockaddr_storage address = address_of(open[i]);
		if (!fetch_is_public((struct sockaddr *)&address)) test_fail(__FILE__, __LINE__, "%s is not called public", open[i]);
	}
}

TEST(fetch__a_name_that_leads_inside_is_not_asked_even_with_a_public_address_beside)
{
	Server server;
	Text text = TEXT("");
	server_start(&server, "127.0.0.1", 0, WRONG);
	static const char *const inside[] = { "127.0.0.1", "8.8.8.8 127.0.0.1", "127.0.0.1 8.8.8.8", "169.254.169.254", "::1" };
	for (size_t i = 0; i < COUNT(inside); i++) {
		Names names = { .answers = { inside[i] } };
		CHECK_INT(fetch(t, &names, server.port, NULL, &text), FETCH_PRIVATE);
	}
	Names none = { .answers = { NULL } };
	CHECK_INT(fetch(t, &none, server.port, NULL, &text), FETCH_UNKNOWN);
	server_stop(&server);
	CHECK_INT(server.asked, 0);
}

/* DNS rebinding: the name is good when it is looked at, and means another machine a moment later. */
TEST(fetch__a_name_is_resolved_once_and_its_address_is_the_one_that_is_asked)
{
	Server right, wrong;
	Text text = TEXT("");
	server_start(&right, "127.0.0.1", 0, GOOD);
	server_start(&wrong, "127.0.0.2", right.port, WRONG);
	Names names = { .answers = { "127.0.0.1", "127.0.0.2", "127.0.0.2" } };
	CHECK_INT(fetch(t, &names, right.port, is_first_of_this_machine, &text), FETCH_OK);
	CHECK_TEXT(text, "right");
	CHECK_INT(names.asked, 1);
	server_stop(&right);
	server_stop(&wrong);
	CHECK_INT(wrong.asked, 0);
}

static FetchFault answer_of(Test *t, const char *answer)
{
	Server server;
	Text text = TEXT("");
	Names names = { .answers = { "127.0.0.1", "127.0.0.1" } };
	server_start(&server, "127.0.0.1", 0, answer);
	FetchFault fault = fetch(t, &names, server.port, is_first_of_this_machine, &text);
	server_stop(&server);
	CHECK(fault == FETCH_OK || text.length == 0);
	CHECK_INT(server.asked, 1); /* no redirect was followed */
	return fault;
}

TEST(fetch__redirects_wrong_answers_and_too_much_are_refused)
{
	CHECK_INT(answer_of(t, "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
		FETCH_REFUSED);
	CHECK_INT(answer_of(t, "HTTP/1.1 404 Not Found\r\nContent-Length: 5\r\nConnection: close\r\n\r\nright"), FETCH_REFUSED);
	CHECK_INT(answer_of(t, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"
			       "0123456789012345678901234567890123456789012345678901234567890123456789"),
		FETCH_LARGE);
	CHECK_INT(answer_of(t, "HTTP/1.1 200 OK\r\nContent-Length: 99\r\nConnection: close\r\n\r\nhalf"), FETCH_UNREACHABLE);
	CHECK_INT(answer_of(t, "SSH-2.0-OpenSSH\r\n"), FETCH_UNREACHABLE);
}

static void *keep_silent(void *argument)
{
	Server *server = argument;
	int peer = accept(server->listening, NULL, NULL);
	if (peer < 0) return NULL;
	sleep(3);
	close(peer);
	return NULL;
}

TEST(fetch__a_server_that_never_answers_costs_no_more_than_the_limit)
{
	Server server = { .listening = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0) };
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t length = sizeof(at);
	Names names = { .answers = { "127.0.0.1" } };
	Text text;
	CHECK(bind(server.listening, (struct sockaddr *)&at, sizeof(at)) == 0 && listen(server.listening, 8) == 0);
	CHECK(getsockname(server.listening, (struct sockaddr *)&at, &length) == 0);
	CHECK(pthread_create(&server.thread, NULL, keep_silent, &server) == 0);
	FetchOptions options = { .resolve = resolve,
		.context = &names,
		.scheme = "http",
		.port = ntohs(at.sin_port),
		.may = is_first_of_this_machine,
		.timeout_milliseconds = 300 };
	CHECK_INT(fetch_text(t->arena, &options, TEXT("app.example.com"), "/", &text), FETCH_UNREACHABLE);
	shutdown(server.listening, SHUT_RDWR);
	pthread_join(server.thread, NULL);
	close(server.listening);
}

/* Without TLS of that very name there is no proof. */
TEST(fetch__https_is_what_is_spoken_unless_a_test_says_otherwise)
{
	Server server;
	Names names = { .answers = { "127.0.0.1" } };
	Text text;
	server_start(&server, "127.0.0.1", 0, GOOD);
	FetchOptions options = {
		.resolve = resolve, .context = &names, .port = server.port, .may = is_first_of_this_machine, .timeout_milliseconds = 2000
	};
	CHECK_INT(fetch_text(t->arena, &options, TEXT("app.example.com"), "/", &text), FETCH_UNREACHABLE);
	server_stop(&server);
}
