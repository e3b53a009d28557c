#include "site_private.h"

#include "face/http/http_private.h"

#include <pthread.h>
#include <time.h>

static const char news[] = "GET /news HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

static HttpServer *start_with_cache(Test *t, size_t bytes)
{
	t->house->cache = http_cache_new(bytes);
	HttpOptions options = site_options(t);
	return site_start(t, &options);
}

static void stop(Test *t, HttpServer **server)
{
	http_stop(server);
	http_cache_free(&t->house->cache);
}

TEST(http_cache__a_public_page_is_made_once_until_it_changes)
{
	HttpServer *server = start_with_cache(t, 1 << 24);
	for (int i = 0; i < 3; i++) CHECK_INT(site_fetch(t, server, news).status, 200);
	CHECK_INT(site_state.rendered, 1);
	site_state.version = 1;
	http_cache_forget(t->house->cache, TEXT("item"));
	CHECK(text_starts(site_fetch(t, server, news).body, TEXT("<p>version 0")));
	http_cache_forget(t->house->cache, TEXT("news"));
	CHECK(text_starts(site_fetch(t, server, news).body, TEXT("<p>version 1")));
	CHECK_INT(site_state.rendered, 2);
	http_cache_clear(t->house->cache);
	CHECK_INT(site_fetch(t, server, news).status, 200);
	CHECK_INT(site_state.rendered, 3);
	stop(t, &server);
}

TEST(http_cache__a_client_that_has_the_page_is_told_304_with_all_headers)
{
	HttpServer *server = start_with_cache(t, 1 << 24);
	Answer first = site_fetch(t, server, news);
	Text etag = answer_header(&first, "ETag");
	CHECK(etag.length > 10 && etag.at[0] == '"');
	CHECK_TEXT(answer_header(&first, "Cache-Control"), "public, max-age=0, must-revalidate");
	CHECK_TEXT(answer_header(&first, "Vary"), "Accept-Encoding");

	for (size_t i = 0; i < 5; i++) {
		Text tag = i < 3    ? arena_printf(t->arena,
                                           i == 0   ? "%.*s"
					      : i == 1 ? "W/%.*s"
						       : "\"other\", %.*s",
					      TEXT_ARGS(etag))
			   : i == 3 ? TEXT("*")
				    : TEXT("\"other\"");
		Text raw = arena_printf(t->arena, "GET /news HTTP/1.1\r\nHost: localhost\r\nIf-None-Match: %.*s\r\n\r\n", TEXT_ARGS(tag));
		Answer answer = site_fetch(t, server, raw.at);
		CHECK_INT(answer.status, i < 4 ? 304 : 200);
		CHECK(text_is(answer_header(&answer, "ETag"), etag));
		CHECK(answer_header(&answer, "Content-Security-Policy").at && answer_header(&answer, "X-Content-Type-Options").at);
	}
	http_cache_clear(t->house->cache); /* made anew, with the same content */
	Text raw = arena_printf(t->arena, "GET /news HTTP/1.1\r\nHost: localhost\r\nIf-None-Match: %.*s\r\n\r\n", TEXT_ARGS(etag));
	CHECK_INT(site_fetch(t, server, raw.at).status, 304);
	stop(t, &server);
}

TEST(http_cache__compresses_for_who_accepts_it)
{
	HttpServer *server = start_with_cache(t, 1 << 24);
	Answer plain = site_fetch(t, server, news);
	Answer zipped = site_fetch(t, server, "GET /news HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: br, gzip;q=0.5\r\n\r\n");
	CHECK_TEXT(answer_header(&zipped, "Content-Encoding"), "gzip");
	CHECK(zipped.body.length < plain.body.length / 4 && zipped.body.at[0] == '\x1f');
	CHECK(!text_is(answer_header(&plain, "ETag"), answer_header(&zipped, "ETag")));
	Answer refused = site_fetch(t, server, "GET /news HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip;q=0\r\n\r\n");
	CHECK(!answer_header(&refused, "Content-Encoding").at && text_is(refused.body, plain.body));
	stop(t, &server);
}

TEST(http_cache__head_has_the_length_and_no_body)
{
	HttpServer *server = start_with_cache(t, 1 << 24);
	Client client = client_open(t, server);
	for (int i = 0; i < 2; i++) {
		client_send(&client, TEXT("HEAD /news HTTP/1.1\r\nHost: localhost\r\n\r\nGET /news HTTP/1.1\r\nHost: localhost\r\n\r\n"));
		Answer head = client_read(&client, true), whole = client_read(&client, false);
		CHECK_INT(head.status, 200);
		CHECK_INT(whole.status, 200);
		CHECK(text_is(answer_header(&head, "Content-Length"), answer_header(&whole, "Content-Length")));
		CHECK(whole.body.length > 2000);
	}
	client_close(&client);
	stop(t, &server);
}

TEST(http_cache__keeps_only_public_pages_whose_query_was_understood)
{
	HttpServer *server = start_with_cache(t, 1 << 24);
	static const struct {
		const char *target;
		int made; /* of two */
	} cases[] = { { "/news?page=2", 1 }, { "/news?page=3&junk=1", 2 }, { "/news?junk=1", 2 }, { "/open", 2 }, { "/", 2 },
		{ "/en/news", 1 } };
	for (size_t i = 0; i < COUNT(cases); i++) {
		site_state.rendered = 0;
		Text raw = arena_printf(
			t->arena, "GET %s HTTP/1.1\r\nHost: localhost\r\nCookie: session=staff-0123456789abcdef\r\n\r\n", cases[i].target);
		for (int j = 0; j < 2; j++) CHECK_INT(site_fetch(t, server, raw.at).status, 200);
		if (site_state.rendered != cases[i].made)
			test_fail(__FILE__, __LINE__, "%s was made %d times", cases[i].target, site_state.rendered);
	}
	for (int j = 0; j < 2; j++) CHECK_INT(site_fetch(t, server, "GET /items/absent HTTP/1.1\r\nHost: localhost\r\n\r\n").status, 404);
	CHECK_INT(cache_state(t->house->cache).entries, 2);
	stop(t, &server);
}

/* What one reader sends is never in what others get: neither names of hosts nor other methods, addresses, languages or cookies. */
TEST(attack__no_header_of_one_reader_is_in_the_page_that_others_get)
{
	static const char *const poison[] = { "Host: evil.example", "Host: localhost\r\nX-Forwarded-Host: evil.example",
		"Host: localhost\r\nX-Forwarded-Proto: evil.example", "Host: localhost\r\nX-Original-URL: /private/evil.example",
		"Host: localhost\r\nX-Rewrite-URL: /private/evil.example", "Host: localhost\r\nX-HTTP-Method-Override: DELETE",
		"Host: localhost\r\nForwarded: host=evil.example", "Host: localhost\r\nAccept-Language: en",
		"Host: localhost\r\nCookie: session=staff-0123456789abcdef; lang=en", "Host: localhost\r\nOrigin: https://evil.example",
		"Host: localhost\r\nRange: bytes=0-3", "Host: localhost\r\nAuthorization: Bearer evil.example" };
	for (size_t i = 0; i < COUNT(poison); i++) {
		HttpServer *server = start_with_cache(t, 1 << 24);
		(void)site_fetch(t, server, arena_printf(t->arena, "GET /news HTTP/1.1\r\n%s\r\nConnection: close\r\n\r\n", poison[i]).at);
		Answer poisoned = site_fetch(t, server, news);
		stop(t, &server);
		server = start_with_cache(t, 1 << 24);
		Answer clean = site_fetch(t, server, news);
		stop(t, &server);
		if (!text_is(poisoned.body, clean.body) || poisoned.status != 200 ||
			!text_is(answer_header(&poisoned, "ETag"), answer_header(&clean, "ETag")) ||
			text_find(poisoned.head, TEXT("evil"), NULL) || answer_header(&poisoned, "Set-Cookie").at)
			test_fail(__FILE__, __LINE__, "%s is in the page of others", poison[i]);
	}
}

static void *fetch_news(void *context)
{
	void **arguments = context;
	Test own = *(Test *)arguments[0];
	scoped(arena_free) Arena *arena = arena_new(ARENA_CEILING);
	own.arena = arena;
	site_fetch(&own, arguments[1], news);
	return NULL;
}

TEST(http_cache__a_page_made_of_older_data_is_not_kept)
{
	HttpServer *server = start_with_cache(t, 1 << 24);
	void *arguments[] = { t, server };
	pthread_t thread;
	site_state.slow_milliseconds = 300;
	CHECK(pthread_create(&thread, NULL, fetch_news, arguments) == 0);
	while (!site_state.rendered) {}
	site_state.version = 1; /* while the page is being made of version 0 */
	http_cache_forget(t->house->cache, TEXT("news"));
	pthread_join(thread, NULL);
	site_state.slow_milliseconds = 0;
	CHECK_INT(cache_state(t->house->cache).entries, 0);
	CHECK(text_starts(site_fetch(t, server, news).body, TEXT("<p>version 1")));
	stop(t, &server);
}

typedef struct Reader {
	Test *t;
	const HttpServer *server;
	_Atomic bool *stop;
	_Atomic int reads;
	int stale;
} Reader;

static void *read_on(void *context)
{
	Reader *reader = context;
	while (!*reader->stop) {
		Test own = *reader->t;
		scoped(arena_free) Arena *arena = arena_new(ARENA_CEILING);
		own.arena = arena;
		int64_t seen, before = site_state.version;
		Text body = site_fetch(&own, reader->server, news).body, number = text_slice(body, 11, body.length), digits;
		if (!text_next(&number, ',', &digits) || !text_to_int(digits, &seen)) break;
		reader->stale += seen < before - 1; /* the newest may not be forgotten yet */
		reader->reads++;
	}
	return NULL;
}

TEST(http_cache__never_shows_what_was_forgotten_under_concurrent_change)
{
	HttpServer *server = start_with_cache(t, 1 << 24);
	_Atomic bool stop_reading = false;
	Reader readers[3];
	pthread_t threads[3];
	for (int i = 0; i < 3; i++) {
		readers[i] = (Reader) { t, server, &stop_reading, 0, 0 };
		CHECK(pthread_create(&threads[i], NULL, read_on, &readers[i]) == 0);
	}
	int changes = 0;
	for (int reads = 0; changes < 2000 || reads < 60; changes++) {
		site_state.version++;
		http_cache_forget(t->house->cache, TEXT("news"));
		if (changes % 50 == 0) nanosleep(&(struct timespec) { .tv_nsec = 2000000 }, NULL);
		reads = readers[0].reads + readers[1].reads + readers[2].reads;
	}
	stop_reading = true;
	for (int i = 0; i < 3; i++) {
		pthread_join(threads[i], NULL);
		CHECK_INT(readers[i].stale, 0);
	}
	Text last = arena_printf(t->arena, "<p>version %d,", changes);
	CHECK(text_starts(site_fetch(t, server, news).body, last));
	stop(t, &server);
}

TEST(http_cache__stays_within_its_bytes_and_drops_the_least_used)
{
	HttpServer *server = start_with_cache(t, 1 << 20);
	Client client = client_open(t, server);
	for (int i = 0; i < 1000; i++) {
		Text raw = arena_printf(
			t->arena, "GET /news?page=%d HTTP/1.1\r\nHost: localhost\r\n\r\nGET /news HTTP/1.1\r\nHost: localhost\r\n\r\n", i);
		client_send(&client, raw);
		CHECK_INT(client_read(&client, false).status, 200);
		CHECK_INT(client_read(&client, false).status, 200);
	}
	client_close(&client);
	CacheState state = cache_state(t->house->cache);
	CHECK(state.bytes <= 1 << 20);
	CHECK(state.entries > 50 && state.evicted > 500);
	CHECK_INT(site_state.rendered, 1001); /* /news was always in use and never dropped */
	stop(t, &server);
}

TEST(http_asset__is_served_for_ever_without_a_worker)
{
	static const HttpAsset assets[] = { { "/static/site.0a1b.css", "text/css; charset=utf-8", "body{}", 6, "zipped", 6, "0a1b" } };
	HttpOptions options = site_options(t);
	options.assets = assets;
	options.asset_count = 1;
	HttpServer *server = site_start(t, &options);
	Answer answer = site_fetch(t, server, "GET /static/site.0a1b.css HTTP/1.1\r\nHost: localhost\r\n\r\n");
	CHECK_INT(answer.status, 200);
	CHECK_TEXT(answer.body, "body{}");
	CHECK_TEXT(answer_header(&answer, "Cache-Control"), "public, max-age=31536000, immutable");
	CHECK_TEXT(answer_header(&answer, "X-Content-Type-Options"), "nosniff");
	CHECK_TEXT(site_fetch(t, server, "GET /static/site.0a1b.css HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n\r\n").body,
		"zipped");
	CHECK_INT(site_fetch(t, server, "GET /static/site.0a1b.css HTTP/1.1\r\nHost: localhost\r\nIf-None-Match: \"0a1b\"\r\n\r\n").status,
		304);
	CHECK_INT(site_fetch(t, server, "GET /static/site.0000.css HTTP/1.1\r\nHost: localhost\r\n\r\n").status, 404);
	http_stop(&server);
}
