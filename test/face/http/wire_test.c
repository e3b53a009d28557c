#include "site_private.h"

#include <curl/curl.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/base/clock.h"

static void pause_milliseconds(long milliseconds)
{
	nanosleep(&(struct timespec) { .tv_sec = milliseconds / 1000, .tv_nsec = milliseconds % 1000 * 1000000 }, NULL);
}

TEST(http_wire__what_has_two_lengths_is_refused_and_the_connection_closed)
{
	static const char *const smuggled[] = {
		"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
		"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
		"Content-Length: 5\r\nContent-Length: 5\r\n",
		"Content-Length: 5\r\nContent-Length: 6\r\n",
		"Content-Length: 0\r\nContent-Length: 5\r\n",
		"Content-Length: 5, 5\r\n",
		"Content-Length: +5\r\n",
		"Content-Length: -5\r\n",
		"Content-Length: 0x5\r\n",
		"Content-Length: 5 5\r\n",
		"Content-Length: \r\n",
		"Content-Length: 99999999999999999999\r\n",
		"Content-Length : 5\r\n",
		"Transfer-Encoding : chunked\r\n",
		"Transfer-Encoding: xchunked\r\n",
		"Transfer-Encoding: chunked, identity\r\n",
		"Transfer-Encoding: identity\r\n",
		"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
		"Transfer-Encoding: gzip, chunked\r\n",
		"Host: other\r\n",
		"X Y: 1\r\n",
		": 1\r\n",
		"no colon\r\n",
		"X: a\x01z\r\n",
		"X: a\nContent-Length: 5\r\n",
		"X: a\r\n b\r\n",
	};
	HttpOptions options = site_options(t);
	HttpServer *server = site_start(t, &options);
	for (size_t i = 0; i < COUNT(smuggled); i++) {
		Client client = client_open(t, server);
		client_send(&client,
			arena_printf(t->arena,
				"POST /api/v1/open HTTP/1.1\r\nHost: localhost\r\n%sContent-Type: application/x-www-form-urlencoded\r\n\r\n"
				"0\r\n\r\nGET /private HTTP/1.1\r\nHost: localhost\r\n\r\n",
				smuggled[i]));
		Answer answer = client_read(&client, false);
		bool is_refused = (answer.status == 400 || answer.status == 413) && answer.is_closed;
		if (!is_refused || !client_is_closed(&client))
			test_fail(__FILE__, __LINE__, "number %zu gives %d:\n%s", i, answer.status, smuggled[i]);
		client_close(&client);
	}
	Answer answer = site_fetch(t, server, "GET / HTTP/1.1\r\n\r\n");
	CHECK_INT(answer.status, 400);
	answer = site_fetch(t, server, "GET / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
	CHECK_INT(answer.status, 400);
	http_stop(&server);
}

TEST(http_wire__a_head_ends_where_every_proxy_sees_its_end)
{
	static const Text strange[] = { TEXT_INIT(": 1\r\n"), TEXT_INIT("\0\r\n"), TEXT_INIT("\0\0\r\n"), TEXT_INIT("\0: 1\r\n"),
		TEXT_INIT("X: a\0b\r\n"), TEXT_INIT("X\0Y: a\r\n"), TEXT_INIT("X: a\n"), TEXT_INIT("\n"), TEXT_INIT("X: a\0\0\r\n") };
	HttpOptions options = site_options(t);
	options.limits.head_bytes = 32 * 1024;
	HttpServer *server = site_start(t, &options);
	for (size_t i = 0; i < COUNT(strange); i++) {
		Client client = client_open(t, server);
		client_send(&client, TEXT("GET /news HTTP/1.1\r\nHost: localhost\r\n"));
		client_send(&client, strange[i]);
		client_send(&client, TEXT("GET /private HTTP/1.1\r\nHost: localhost\r\n\r\n"));
		Answer answer = client_read(&client, false);
		if (answer.status != 400 || !client_is_closed(&client))
			test_fail(__FILE__, __LINE__, "number %zu gives %d", i, answer.status);
		client_close(&client);
	}
	CHECK_INT(site_fetch(t, server, "GET /news HTTP/1.0\r\n\r\n").status, 200);
	CHECK_INT(site_fetch(t, server, "GET /news?a=b&c HTTP/1.1\r\nHost:localhost\r\nX:\r\nY: \t \r\n\r\n").status, 200);
	Buffer long_head = { .arena = t->arena };
	buffer_put(&long_head, TEXT("GET /news HTTP/1.1\r\nHost: localhost\r\n"));
	for (int i = 0; i < 170; i++) buffer_printf(&long_head, "X-%d: %0100d\r\n", i, i);
	buffer_put(&long_head, TEXT("\r\n\0"));
	CHECK_INT(site_fetch(t, server, long_head.at).status, 200);
	http_stop(&server);
}

TEST(http_wire__chunked_bodies_are_put_together_and_broken_ones_refused)
{
	static const char head[] = "POST /api/v1/open HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nContent-Type: "
				   "application/x-www-form-urlencoded\r\n\r\n";
	static const struct {
		const char *body;
		int status;
	} cases[] = {
		{ "7\r\ntitle=a\r\n1\r\nb\r\n0\r\n\r\n", 200 },
		{ "5;x=y\r\ntitle\r\n3\r\n=ab\r\n0\r\n\r\n", 200 },
		{ "zz\r\ntitle=a\r\n0\r\n\r\n", 400 },
		{ "-1\r\ntitle=a\r\n0\r\n\r\n", 400 },
		{ "7\r\ntitle=aXX0\r\n\r\n", 400 },
		{ "\r\ntitle=a\r\n0\r\n\r\n", 400 },
		{ "FFFFFFFFFFFFFFFFFF\r\ntitle=a\r\n", 413 },
	};
	HttpOptions options = site_options(t);
	HttpServer *server = site_start(t, &options);
	for (size_t i = 0; i < COUNT(cases); i++) {
		Answer answer = site_fetch(t, server, arena_printf(t->arena, "%s%s", head, cases[i].body).at);
		if (answer.status != cases[i].status) test_fail(__FILE__, __LINE__, "body %zu gives %d", i, answer.status);
		if (answer.status == 200) CHECK_TEXT(text_slice(answer.body, 0, 8), "title=ab");
	}
	http_stop(&server);
}

TEST(http_wire__requests_sent_at_once_are_answered_in_order)
{
	HttpOptions options = site_options(t);
	HttpServer *server = site_start(t, &options);
	Client client = client_open(t, server);
	Buffer requests = { .arena = t->arena };
	for (int i = 0; i < 20; i++) buffer_printf(&requests, "GET /items/%d HTTP/1.1\r\nHost: localhost\r\n\r\n", i);
	client_send(&client, buffer_text(&requests));
	for (int i = 0; i < 20; i++) {
		Answer answer = client_read(&client, false);
		CHECK(text_is(answer.body, arena_printf(t->arena, "item %d", i)));
	}
	client_close(&client);
	http_stop(&server);
}

TEST(http_wire__a_head_that_never_ends_is_cut_off)
{
	HttpOptions options = site_options(t);
	HttpServer *server = site_start(t, &options);
	Client client = client_open(t, server);
	client_send(&client, TEXT("GET / HTTP/1.1\r\nHost: localhost\r\n"));
	char *line = arena_alloc(t->arena, 8192);
	memset(line, 'a', 8192);
	memcpy(line, "X-Long: ", 8);
	memcpy(line + 8190, "\r\n", 2);
	for (int i = 0; i < 1280; i++) client_send(&client, (Text) { line, 8192 }); /* 10 MiB */
	Answer answer = client_read(&client, false);
	CHECK(answer.status == 431 || answer.status == 413 || answer.status == 0);
	CHECK(client_is_closed(&client));
	client_close(&client);
	Buffer target = { .arena = t->arena };
	buffer_put(&target, TEXT("GET /"));
	for (int i = 0; i < 9000; i++) buffer_byte(&target, 'a');
	buffer_put(&target, TEXT(" HTTP/1.1\r\nHost: localhost\r\n\r\n"));
	buffer_byte(&target, 0);
	CHECK_INT(site_fetch(t, server, target.at).status, 414);
	CHECK_INT(site_fetch(t, server, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").status, 200);
	http_stop(&server);
}

TEST(http_wire__slow_clients_are_cut_off_and_do_not_hold_up_others)
{
	HttpOptions options = site_options(t);
	options.limits.idle_seconds = 5;
	options.limits.request_seconds = 1;
	HttpServer *server = site_start(t, &options);
	Client head = client_open(t, server), body = client_open(t, server);
	client_send(&head, TEXT("GET / HTTP/1.1\r\nX: "));
	client_send(&body, TEXT("POST /api/v1/open HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
				"application/x-www-form-urlencoded\r\nContent-Length: 5000\r\n\r\n"));
	int64_t started = clock_monotonic();
	while (clock_monotonic() < started + 1600) { /* a byte now and then, never idle */
		client_send(&head, TEXT("a"));
		client_send(&body, TEXT("a"));
		CHECK_INT(site_fetch(t, server, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").status, 200);
		pause_milliseconds(100);
	}
	CHECK(client_is_closed(&head) && client_is_closed(&body));
	CHECK(clock_monotonic() < started + 3000);
	client_close(&head);
	client_close(&body);
	http_stop(&server);
}

TEST(http_wire__one_address_opens_only_so_many_connections)
{
	HttpOptions options = site_options(t);
	options.limits.connections_per_address = 3;
	HttpServer *server = site_start(t, &options);
	Client clients[4];
	for (int i = 0; i < 4; i++) {
		clients[i] = client_open(t, server);
		client_send(&clients[i], TEXT("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"));
		CHECK_INT(client_read(&clients[i], false).status, i < 3 ? 200 : 0);
	}
	client_close(&clients[0]);
	pause_milliseconds(100);
	CHECK_INT(site_fetch(t, server, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").status, 200);
	for (int i = 1; i < 4; i++) client_close(&clients[i]);
	http_stop(&server);
}

TEST(http_wire__work_that_takes_too_long_is_answered_503_and_harms_nobody)
{
	HttpOptions options = site_options(t);
	options.limits.work_seconds = 1;
	site_state.slow_milliseconds = 2000;
	HttpServer *server = site_start(t, &options);
	Client client = client_open(t, server);
	client_send(&client, TEXT("GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n"));
	int64_t started = clock_monotonic();
	Answer answer = client_read(&client, false);
	CHECK_INT(answer.status, 503);
	CHECK(answer_header(&answer, "Retry-After").at && clock_monotonic() < started + 1800);
	client_send(&client, TEXT("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"));
	CHECK_INT(client_read(&client, false).status, 200);
	client_close(&client);
	http_stop(&server);
}

TEST(http_wire__a_full_queue_says_503_at_once_and_leaves_a_worker_for_others)
{
	HttpOptions options = site_options(t);
	options.limits.queued_requests = 4;
	options.trusted_proxy = "127.0.0.1";
	site_state.slow_milliseconds = 700;
	HttpServer *server = site_start(t, &options);
	Client clients[10];
	for (int i = 0; i < 10; i++) {
		clients[i] = client_open(t, server);
		client_send(&clients[i], TEXT("GET /slow HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: 192.0.2.1\r\n\r\n"));
		pause_milliseconds(10);
	}
	int64_t started = clock_monotonic();
	Answer other = site_fetch(t, server, "GET /open HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: 198.51.100.7\r\n\r\n");
	CHECK_INT(other.status, 200);
	CHECK(clock_monotonic() < started + 400);
	CHECK_INT(site_fetch(t, server, "GET /livez HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: 192.0.2.1\r\n\r\n").status, 200);
	int refused = 0, served = 0;
	for (int i = 0; i < 10; i++) {
		int status = client_read(&clients[i], false).status;
		refused += status == 503;
		served += status == 200;
		client_close(&clients[i]);
	}
	CHECK_INT(served, 4); /* two of three workers, and half of the queue */
	CHECK_INT(refused, 6);
	http_stop(&server);
}

TEST(http_wire__stop_finishes_what_is_running)
{
	HttpOptions options = site_options(t);
	site_state.slow_milliseconds = 500;
	HttpServer *server = site_start(t, &options);
	Client client = client_open(t, server), idle = client_open(t, server);
	client_send(&client, TEXT("GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n"));
	pause_milliseconds(100);
	int64_t started = clock_monotonic();
	http_stop(&server);
	CHECK(clock_monotonic() < started + 3000);
	CHECK_TEXT(client_read(&client, false).body, "slow");
	CHECK(client_is_closed(&idle));
	client_close(&client);
	client_close(&idle);
}

/* ---- Large bodies */

static Text large_form(Arena *arena, size_t file_bytes)
{
	Buffer body = { .arena = arena };
	buffer_put(&body, TEXT("--XyZ\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nbig\r\n"
			       "--XyZ\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.bin\"\r\n\r\n"));
	for (size_t i = 0; i < file_bytes; i++) buffer_byte(&body, '\x01');
	buffer_put(&body, TEXT("\r\n--XyZ\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\ncsrf-of-the-session\r\n--XyZ--\r\n"));
	return buffer_text(&body);
}

static Answer post_files(Test *t, const HttpServer *server, const char *who, Text body, bool is_chunked)
{
	Client client = client_open(t, server);
	Text length = is_chunked ? TEXT("Transfer-Encoding: chunked") : arena_printf(t->arena, "Content-Length: %zu", body.length);
	client_send(&client, arena_printf(t->arena,
				     "POST /files HTTP/1.1\r\nHost: localhost\r\nCookie: session=%s-0123456789abcdef\r\nContent-Type: "
				     "multipart/form-data; boundary=XyZ\r\n%.*s\r\n\r\n",
				     who, TEXT_ARGS(length)));
	while (is_chunked && body.length) {
		Text chunk = text_slice(body, 0, 100000);
		client_send(&client, arena_printf(t->arena, "%zx\r\n", chunk.length));
		client_send(&client, chunk);
		client_send(&client, TEXT("\r\n"));
		body = text_slice(body, chunk.length, body.length);
	}
	client_send(&client, is_chunked ? TEXT("0\r\n\r\n") : body);
	Answer answer = client_read(&client, false);
	client_close(&client);
	return answer;
}

TEST(http_wire__large_bodies_are_spooled_for_who_may_and_where_it_is_meant)
{
	HttpOptions options = site_options(t);
	HttpServer *server = site_start(t, &options);
	Text body = large_form(t->arena, 3000000);
	for (int is_chunked = 0; is_chunked < 2; is_chunked++) {
		Answer answer = post_files(t, server, "staff", body, is_chunked);
		CHECK_INT(answer.status, 200);
		CHECK_TEXT(answer.body, "title=big body= kind= count=0 agreed=0 file=a.bin,application/octet-stream,3000000,3000000");
		answer = post_files(t, server, "reporter", body, is_chunked);
		CHECK(answer.status == 403 || answer.status == 0); /* refused before the body was read */
	}
	Text too_large = large_form(t->arena, 5000000);
	Answer answer = post_files(t, server, "staff", too_large, false);
	CHECK(answer.status == 413 || answer.status == 0);
	CHECK(post_files(t, server, "staff", too_large, true).status != 200);
	CHECK_INT(site_fetch(t, server, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").status, 200);
	http_stop(&server);
}

TEST(http_wire__a_body_over_the_routes_limit_is_413)
{
	HttpOptions options = site_options(t);
	HttpServer *server = site_start(t, &options);
	Answer answer = site_fetch(t, server,
		"POST /api/v1/open HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: "
		"65537\r\n\r\n");
	CHECK_INT(answer.status, 413);
	CHECK_TEXT(answer_header(&answer, "Content-Type"), "application/problem+json");
	CHECK(answer.is_closed && answer_header(&answer, "Content-Security-Policy").at);
	Client client = client_open(t, server);
	client_send(&client, TEXT("POST /api/v1/open HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
				  "application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n"));
	char *chunk = arena_alloc(t->arena, 70000);
	memset(chunk, 'a', 70000);
	client_send(&client, TEXT("11170\r\n"));
	client_send(&client, (Text) { chunk, 70000 });
	client_send(&client, TEXT("\r\n0\r\n\r\n"));
	CHECK_INT(client_read(&client, false).status, 413);
	client_close(&client);
	http_stop(&server);
}

TEST(http_wire__a_client_that_asks_first_is_told_to_go_on)
{
	HttpOptions options = site_options(t);
	HttpServer *server = site_start(t, &options);
	Client client = client_open(t, server);
	client_send(&client, TEXT("POST /api/v1/open HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
				  "Expect: 100-continue\r\nContent-Length: 7\r\n\r\n"));
	CHECK_INT(client_read(&client, false).status, 100);
	client_send(&client, TEXT("title=a"));
	CHECK_INT(client_read(&client, false).status, 200);
	client_close(&client);
	http_stop(&server);
}

/* ---- Proxies and TLS */

TEST(http_wire__only_the_named_proxy_is_believed)
{
	HttpOptions options = site_options(t);
	options.requests_per_minute = 2;
	static const char raw[] = "GET /metrics HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: %s\r\nX-Forwarded-Proto: https\r\n\r\n";
	static const char open[] = "GET /header?value=1 HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: 10.0.0.1, "
				   "192.0.2.%d\r\nX-Forwarded-Proto: https\r\n\r\n";
	for (int is_named = 0; is_named < 2; is_named++) {
		options.trusted_proxy = is_named ? "127.0.0.1" : NULL;
		HttpServer *server = site_start(t, &options);
		CHECK_INT(site_fetch(t, server, arena_printf(t->arena, raw, "127.0.0.1").at).status, 404); /* not this machine itself */
		for (int i = 0; i < 3; i++) {
			Answer answer = site_fetch(t, server, arena_printf(t->arena, open, i).at);
			CHECK_INT(answer.status, i == 2 && !is_named ? 429 : 200);
			Text cookie = answer_header(&answer, "Set-Cookie");
			if (answer.status == 200) CHECK(text_starts(cookie, is_named ? TEXT("__Host-session=") : TEXT("session=")));
			if (answer.status == 200) CHECK(text_find(cookie, TEXT("; Secure"), NULL) == (is_named != 0));
		}
		http_stop(&server);
	}
}

static size_t swallow(char *bytes, size_t size, size_t count, void *context)
{
	(void)bytes, (void)context;
	return size * count;
}

TEST(http_wire__speaks_tls_with_certificate_and_key)
{
	Text key = arena_printf(t->arena, "%s/key.pem", t->directory), certificate = arena_printf(t->arena, "%s/cert.pem", t->directory);
	Text command = arena_printf(t->arena,
		"openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost -addext "
		"subjectAltName=DNS:localhost "
		"-keyout %s -out %s 2>/dev/null",
		key.at, certificate.at);
	CHECK(system(command.at) == 0);
	HttpOptions options = site_options(t);
	options.tls_certificate = certificate.at;
	options.tls_key = key.at;
	HttpServer *server = site_start(t, &options);
	CURL *curl = curl_easy_init();
	long status = 0;
	struct curl_slist *host = curl_slist_append(NULL, arena_printf(t->arena, "localhost:%d:127.0.0.1", http_port(server)).at);
	curl_easy_setopt(curl, CURLOPT_URL, arena_printf(t->arena, "https://localhost:%d/open", http_port(server)).at);
	curl_easy_setopt(curl, CURLOPT_RESOLVE, host);
	curl_easy_setopt(curl, CURLOPT_CAINFO, certificate.at);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, swallow);
	CHECK_INT(curl_easy_perform(curl), CURLE_OK);
	curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
	CHECK_INT(status, 200);
	struct curl_header *security = NULL;
	CHECK(curl_easy_header(curl, "Strict-Transport-Security", 0, CURLH_HEADER, -1, &security) == CURLHE_OK);
	curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_0 | CURL_SSLVERSION_MAX_TLSv1_1);
	CHECK(curl_easy_perform(curl) != CURLE_OK);
	curl_slist_free_all(host);
	curl_easy_cleanup(curl);
	http_stop(&server);
	options.tls_key = NULL;
	CHECK_ERROR(t->call, http_start(t->call, &options, &server), CONFIG);
}

TEST(http_wire__says_why_it_cannot_listen)
{
	HttpServer *server = NULL, *second = NULL;
	HttpOptions options = site_options(t);
	static const char *const wrong[] = { "", "localhost", "127.0.0.1:99999", "300.1.1.1:80", "example.org:80", ":80" };
	for (size_t i = 0; i < COUNT(wrong); i++) {
		options.listen = wrong[i];
		CHECK_ERROR(t->call, http_start(t->call, &options, &second), CONFIG);
	}
	options.listen = "[::1]:0";
	if (http_start(t->call, &options, &server) == OK) http_stop(&server);
	call_recover(t->call);
	options.listen = "127.0.0.1:0";
	server = site_start(t, &options);
	options.listen = arena_printf(t->arena, "127.0.0.1:%d", http_port(server)).at;
	CHECK_ERROR(t->call, http_start(t->call, &options, &second), CONFIG);
	CHECK(second == NULL);
	http_stop(&server);
}
