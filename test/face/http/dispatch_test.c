#include "site_private.h"

/* One request by one actor; `who` is "", "staff", "reporter" or "token". */
static Request *ask(Test *t, Method method, const char *target, const char *who)
{
	Request *request = site_request(t, method);
	if (strcmp(who, "token") == 0)
		request_set_header(request, TEXT("Authorization"), TEXT("Bearer token-of-the-staff-000"));
	else if (*who)
		request_set_header(request, TEXT("Cookie"), arena_printf(t->arena, "session=%s-0123456789abcdef", who));
	HttpOptions options = site_options(t);
	Error error = http_dispatch(&options, request, text_from(target));
	CHECK(error == OK || request->reply.status >= 300);
	return request;
}

static int status_of(Test *t, Method method, const char *target, const char *who) { return ask(t, method, target, who)->reply.status; }

TEST(http_route__each_address_answers_only_as_written)
{
	static const struct {
		const char *target;
		int status;
	} expected[] = {
		{ "/", 200 },
		{ "/en", 200 },
		{ "/news", 200 },
		{ "/en/news", 200 },
		{ "/news?page=2", 200 },
		{ "/items/CVE-2024-1", 200 },
		{ "/items/%E6%94%AF", 200 },
		{ "http://localhost/news", 200 },
		{ "/news/", 404 },
		{ "//news", 404 },
		{ "/news//x", 404 },
		{ "/en/", 404 },
		{ "/News", 404 },
		{ "/items", 404 },
		{ "/items/a/b", 404 },
		{ "/en/private", 404 },
		{ "/en/open", 404 },
		{ "/en/en", 404 },
		{ "/nowhere", 404 },
		{ "/items/%00", 400 },
		{ "/items/a%2Fb", 400 },
		{ "/items/a%2fb", 400 },
		{ "/items/a%5Cb", 400 },
		{ "/items/..", 400 },
		{ "/items/%2e%2e", 400 },
		{ "/items/.", 400 },
		{ "/items/%zz", 400 },
		{ "/items/%e", 400 },
		{ "/items/%", 400 },
		{ "/items/%FF", 400 },
		{ "/items/%0d%0aX:1", 400 },
		{ "/items/%7F", 400 },
		{ "news", 400 },
		{ "", 400 },
		{ "*", 400 },
		{ "/news?page=%FF", 400 },
		{ "/news?page=%00", 400 },
		{ "/news?%zz=1", 400 },
		{ "/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a", 404 },
	};
	for (size_t i = 0; i < COUNT(expected); i++) {
		int found = status_of(t, GET, expected[i].target, "");
		if (found != expected[i].status)
			test_fail(__FILE__, __LINE__, "%s gives %d, expected %d", expected[i].target, found, expected[i].status);
	}
}

TEST(http_route__a_literal_segment_wins_over_a_parameter)
{
	CHECK_TEXT(ask(t, GET, "/matters/new", "staff")->reply.body, "<p>zh-CN /matters/new");
	CHECK_TEXT(ask(t, GET, "/matters/news", "staff")->reply.body, "a matter");
}

TEST(http_route__another_method_is_405_and_says_which)
{
	Request *request = ask(t, POST, "/news", "");
	CHECK_INT(request->reply.status, 405);
	CHECK_TEXT(reply_header_value(request, TEXT("Allow")), "GET, HEAD");
	request = ask(t, GET, "/api/v1/parts/1", "");
	CHECK_INT(request->reply.status, 405);
	CHECK_TEXT(reply_header_value(request, TEXT("Allow")), "PUT, DELETE");
	CHECK_TEXT(request->reply.content_type, "application/problem+json");
}

TEST(http_route__tables_with_a_mistake_do_not_start)
{
	static Handler *const handle = (Handler *)1;
	static const Route wrong[][2] = {
		{ { GET, "/a", handle }, { GET, "/b", handle, .may = ROLE_EVERYBODY } },
		{ { GET, "/a", handle, .may = 1 }, { GET, "/a", handle, .may = 1 } },
		{ { GET, "/a/:x", handle, .may = 1 }, { GET, "/a/:y", handle, .may = 1 } },
		{ { POST, "/a", handle, .may = 1, .is_public = true }, { GET, "/a", handle, .may = 1 } },
		{ { GET, "/a", handle, .may = ROLE_COORDINATOR, .is_public = true }, { GET, "/b", handle, .may = 1 } },
		{ { GET, "a", handle, .may = 1 }, { GET, "/b", handle, .may = 1 } },
		{ { GET, "/a//b", handle, .may = 1 }, { GET, "/b", handle, .may = 1 } },
		{ { GET, "/:a/:b/:c/:d/:e", handle, .may = 1 }, { GET, "/b", handle, .may = 1 } },
		{ { GET, "/a", NULL, .may = 1 }, { GET, "/b", handle, .may = 1 } },
	};
	for (size_t i = 0; i < COUNT(wrong); i++) {
		RouteTable table = { "wrong", wrong[i], 2 };
		HttpOptions options = { .tables = &table, .table_count = 1 };
		HttpSite *site = NULL;
		CHECK_ERROR(t->call, http_site_open(t->call, &options, &site), CONFIG);
		CHECK(site == NULL);
	}
}

TEST(http_permission__roles_second_factor_and_scopes_decide)
{
	site_state.scopes = 1;
	static const struct {
		Method method;
		const char *target, *who;
		int status;
	} expected[] = {
		{ GET, "/private", "", 303 }, { GET, "/private", "reporter", 403 }, { GET, "/private", "staff", 200 },
		{ GET, "/private", "token", 403 }, { GET, "/guarded", "staff", 403 }, { GET, "/open", "", 200 },
		{ GET, "/open", "reporter", 200 }, { POST, "/do", "", 401 }, { GET, "/api/v1/notes/a", "", 401 },
		{ GET, "/api/v1/notes/a", "reporter", 403 }, { GET, "/api/v1/notes/a", "staff", 200 },
		{ GET, "/api/v1/notes/a", "token", 200 }, { POST, "/api/v1/notes", "token", 403 },
		{ DELETE, "/api/v1/parts/1", "token", 200 }, { DELETE, "/api/v1/parts/1", "staff", 403 }, /* no form token */
	};
	for (size_t i = 0; i < COUNT(expected); i++) {
		int found = status_of(t, expected[i].method, expected[i].target, expected[i].who);
		if (found != expected[i].status)
			test_fail(__FILE__, __LINE__, "%s as \"%s\" gives %d, expected %d", expected[i].target, expected[i].who, found,
				expected[i].status);
	}
}

TEST(http_permission__a_wrong_token_is_unauthenticated_and_says_how)
{
	Request *request = site_request(t, GET);
	request_set_header(request, TEXT("Authorization"), TEXT("Bearer guessed"));
	HttpOptions options = site_options(t);
	CHECK_ERROR(request->call, http_dispatch(&options, request, TEXT("/api/v1/notes/a")), UNAUTHENTICATED);
	CHECK_TEXT(reply_header_value(request, TEXT("WWW-Authenticate")), "Bearer");
}

TEST(http_subject__hidden_equals_absent_to_the_byte)
{
	const char *const pairs[][2] = { { "/matters/hidden", "/matters/absent" }, { "/api/v1/notes/hidden", "/api/v1/notes/absent" } };
	for (size_t i = 0; i < COUNT(pairs); i++) {
		Request *hidden = ask(t, GET, pairs[i][0], "staff"), *absent = ask(t, GET, pairs[i][1], "staff");
		CHECK_INT(hidden->reply.status, 404);
		CHECK(text_is(hidden->reply.body, absent->reply.body));
		CHECK_INT(hidden->reply.headers.count, absent->reply.headers.count);
		for (size_t j = 0; j < hidden->reply.headers.count; j++) {
			CHECK(text_is(hidden->reply.headers.at[j].name, absent->reply.headers.at[j].name));
			CHECK(text_is(hidden->reply.headers.at[j].value, absent->reply.headers.at[j].value));
		}
	}
	CHECK_INT(site_state.recorded, 0);
}

TEST(http_subject__reading_is_recorded_or_nothing_leaves)
{
	CHECK_INT(status_of(t, GET, "/matters/a", "staff"), 200);
	CHECK_INT(site_state.recorded, 1);
	site_state.recording = ERROR_IO;
	Request *request = ask(t, GET, "/matters/a", "staff");
	CHECK_INT(request->reply.status, 503);
	CHECK(!text_find(request->reply.body, TEXT("a matter"), NULL));
}

/* ---- Forged requests */

static int post_note(Test *t, const char *target, const char *cookie, const char *token, const char *site, const char *origin)
{
	Request *request = site_request(t, POST);
	request_set_header(request, TEXT("Host"), TEXT("localhost:8080"));
	if (cookie) request_set_header(request, TEXT("Cookie"), text_from(cookie));
	if (site) request_set_header(request, TEXT("Sec-Fetch-Site"), text_from(site));
	if (origin) request_set_header(request, TEXT("Origin"), text_from(origin));
	request_set_body(request, TEXT("application/x-www-form-urlencoded"),
		token ? arena_printf(t->arena, "title=a&csrf=%s", token) : TEXT("title=a"));
	HttpOptions options = site_options(t);
	Error error = http_dispatch(&options, request, text_from(target));
	CHECK((error == OK) == (request->reply.status == 200));
	return request->reply.status;
}

TEST(http_forgery__a_session_needs_its_token_and_its_own_pages)
{
	const char *cookie = "session=staff-0123456789abcdef", *token = "csrf-of-the-session", *target = "/matters/a/notes";
	CHECK_INT(post_note(t, target, cookie, token, NULL, NULL), 200);
	CHECK_INT(post_note(t, target, cookie, token, "same-origin", NULL), 200);
	CHECK_INT(post_note(t, target, cookie, token, "none", NULL), 200);
	CHECK_INT(post_note(t, target, cookie, token, NULL, "http://localhost:8080"), 200);
	CHECK_INT(post_note(t, target, cookie, NULL, NULL, NULL), 403);
	CHECK_INT(post_note(t, target, cookie, "", NULL, NULL), 403);
	CHECK_INT(post_note(t, target, cookie, "csrf-of-the-sessioN", NULL, NULL), 403);
	CHECK_INT(post_note(t, target, cookie, "csrf-of-the-session2", NULL, NULL), 403);
	CHECK_INT(post_note(t, target, cookie, token, "cross-site", NULL), 403);
	CHECK_INT(post_note(t, target, cookie, token, "same-site", NULL), 403);
	CHECK_INT(post_note(t, target, cookie, token, NULL, "https://localhost:8080"), 403);
	CHECK_INT(post_note(t, target, cookie, token, NULL, "http://evil.example"), 403);
	CHECK_INT(post_note(t, target, cookie, token, NULL, "null"), 403);
}

TEST(http_forgery__the_header_serves_scripts_of_our_own_pages)
{
	Request *request = site_request(t, DELETE);
	request_set_header(request, TEXT("Cookie"), TEXT("session=staff-0123456789abcdef"));
	request_set_header(request, TEXT("X-CSRF-Token"), TEXT("csrf-of-the-session"));
	HttpOptions options = site_options(t);
	CHECK_OK(request->call, http_dispatch(&options, request, TEXT("/api/v1/parts/1")));
}

TEST(http_forgery__what_was_typed_survives_an_expired_token_unless_the_matter_is_hidden)
{
	HttpOptions options = site_options(t);
	Request *request = site_request(t, POST);
	request_set_header(request, TEXT("Cookie"), TEXT("session=staff-0123456789abcdef"));
	request_set_body(request, TEXT("application/x-www-form-urlencoded"), TEXT("title=typed&csrf=old"));
	CHECK_ERROR(request->call, http_dispatch(&options, request, TEXT("/matters/a/notes")), EXPIRED);
	CHECK_INT(request->reply.status, 403);
	CHECK_TEXT(request->reply.body, "form title=[typed] body=[]");
	request = site_request(t, POST);
	request_set_header(request, TEXT("Cookie"), TEXT("session=staff-0123456789abcdef"));
	request_set_body(request, TEXT("application/x-www-form-urlencoded"), TEXT("title=typed&csrf=old"));
	CHECK_ERROR(request->call, http_dispatch(&options, request, TEXT("/matters/hidden/notes")), NOT_FOUND);
}

TEST(http_forgery__a_visitor_gets_a_token_bound_to_a_cookie)
{
	HttpOptions options = site_options(t);
	options.visitor_key = TEXT("0123456789abcdef0123456789abcdef");
	Request *page = site_request(t, GET);
	CHECK_OK(page->call, http_dispatch(&options, page, TEXT("/open")));
	Text set = reply_header_value(page, TEXT("Set-Cookie")), rest = set, cookie;
	CHECK(text_starts(set, TEXT("visitor=")) && text_find(set, TEXT("HttpOnly; SameSite=Lax"), NULL) && text_next(&rest, ';', &cookie));
	const char *cookies[] = { arena_string(t->arena, cookie), "visitor=0123456789abcdef0123456789", NULL };
	const int expected[] = { 200, 403, 403 };
	for (size_t i = 0; i < COUNT(cookies); i++) {
		Request *request = site_request(t, POST);
		if (cookies[i]) request_set_header(request, TEXT("Cookie"), text_from(cookies[i]));
		request_set_body(request, TEXT("application/x-www-form-urlencoded"),
			arena_printf(t->arena, "title=a&csrf=%.*s", TEXT_ARGS(page->csrf_token)));
		Error error = http_dispatch(&options, request, TEXT("/notes"));
		CHECK_INT(request->reply.status, expected[i]);
		CHECK((error == OK) == (i == 0));
	}
}

/* ---- Replies */

TEST(http_reply__redirects_stay_on_this_site)
{
	static const char *const elsewhere[] = { "//evil.example", "https://evil.example", "/\\evil.example", "\\\\evil.example",
		"javascript:alert(1)", "", "evil", "/%09/evil", "/a\\b", "http:/evil", "%2F%2Fevil.example", " /x", "/\r\nX: 1" };
	for (size_t i = 0; i < COUNT(elsewhere); i++) {
		Request *request = site_request(t, GET);
		Text next = { 0 };
		HttpOptions options = site_options(t);
		Buffer target = { .arena = t->arena };
		buffer_put(&target, TEXT("/next?next="));
		for (const char *at = elsewhere[i]; *at; at++) buffer_printf(&target, "%%%02X", (unsigned char)*at);
		Error error = http_dispatch(&options, request, buffer_text(&target));
		next = reply_header_value(request, TEXT("Location"));
		bool is_ours = error == OK && request->reply.status == 303 && text_starts(next, TEXT("/")) &&
			       !text_starts(next, TEXT("//")) && !memchr(next.at, '\\', next.length);
		if (!is_ours) test_fail(__FILE__, __LINE__, "next=%s leads to %.*s", elsewhere[i], TEXT_ARGS(next));
	}
	Request *request = ask(t, GET, "/next?next=/matters/%25E6?a=1%26b=2", "");
	CHECK_TEXT(reply_header_value(request, TEXT("Location")), "/matters/%E6?a=1&b=2");
	CHECK(reply_redirect(request, TEXT("//evil.example")) == ERROR_USAGE);
}

TEST(http_reply__the_way_to_the_login_remembers_where_one_wanted_to_go)
{
	Request *request = ask(t, GET, "/private?a=1&b=%E6%94%AF", "");
	CHECK_INT(request->reply.status, 303);
	CHECK_TEXT(reply_header_value(request, TEXT("Location")), "/login?next=%2Fprivate%3Fa%3D1%26b%3D%25E6%2594%25AF");
	request = ask(t, GET, "//evil.example/private", "");
	CHECK_INT(request->reply.status, 404);
}

TEST(http_reply__no_value_becomes_a_second_header)
{
	Request *request = ask(t, GET, "/header?value=a%0d%0aSet-Cookie:%20x=1%0a", "");
	CHECK_TEXT(reply_header_value(request, TEXT("X-Echo")), "a  Set-Cookie: x=1 ");
	for (size_t i = 0; i < request->reply.headers.count; i++)
		for (size_t j = 0; j < request->reply.headers.at[i].value.length; j++)
			CHECK((unsigned char)request->reply.headers.at[i].value.at[j] >= 0x20);
}

TEST(http_reply__every_reply_carries_the_security_headers)
{
	static const char *const targets[] = { "/", "/news", "/nowhere", "/items/%00", "/private", "/api/v1/notes/a", "/file", "/livez",
		"/matters/absent" };
	static const char *const names[] = { "Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy",
		"Cross-Origin-Opener-Policy", "Permissions-Policy" };
	t->house->public_address = TEXT("https://library.example");
	for (size_t i = 0; i < COUNT(targets); i++) {
		Request *request = ask(t, GET, targets[i], "");
		for (size_t j = 0; j < COUNT(names); j++)
			if (!reply_header_value(request, text_from(names[j])).at)
				test_fail(__FILE__, __LINE__, "%s lacks %s", targets[i], names[j]);
		Text policy = reply_header_value(request, TEXT("Content-Security-Policy"));
		CHECK(text_find(policy, TEXT("default-src 'none'"), NULL) && text_find(policy, TEXT("frame-ancestors 'none'"), NULL));
		CHECK(!text_find(policy, TEXT("unsafe"), NULL));
		CHECK(reply_header_value(request, TEXT("Strict-Transport-Security")).at);
	}
	CHECK_TEXT(reply_header_value(ask(t, GET, "/open", "staff"), TEXT("Cache-Control")), "no-store");
	CHECK_TEXT(reply_header_value(ask(t, GET, "/nowhere", ""), TEXT("Cache-Control")), "no-store");
}

TEST(http_reply__downloads_are_sandboxed_attachments)
{
	Request *request = ask(t, GET, "/file", "");
	CHECK_TEXT(reply_header_value(request, TEXT("Content-Type")), "application/octet-stream");
	CHECK_TEXT(reply_header_value(request, TEXT("Content-Disposition")),
		"attachment; filename=\"______ _1_.pdf\"; filename*=UTF-8''%E6%8A%A5%E5%91%8A%20%221%22.pdf");
	CHECK(text_starts(reply_header_value(request, TEXT("Content-Security-Policy")), TEXT("sandbox;")));
}

TEST(http_reply__a_page_that_repeats_the_readers_session_is_not_sent)
{
	site_state.leak = TEXT("<p>curl -H 'Cookie: session=staff-0123456789abcdef'");
	Request *request = ask(t, GET, "/leak", "staff");
	CHECK_INT(request->reply.status, 500);
	CHECK(!text_find(request->reply.body, TEXT("0123456789abcdef"), NULL));
	CHECK_INT(status_of(t, GET, "/leak", "reporter"), 200);
	site_state.leak = TEXT("token-of-the-staff-000");
	CHECK_INT(status_of(t, GET, "/leak", "staff"), 200);
}

TEST(http_reply__public_pages_never_see_a_cookie)
{
	Request *request = ask(t, GET, "/news", "staff");
	CHECK(text_find(request->reply.body, TEXT("cookie none"), NULL));
	CHECK(!reply_header_value(request, TEXT("Set-Cookie")).at);
	CHECK(request->reply.cacheable);
}

TEST(http_reply__the_language_comes_from_the_address_or_the_browser)
{
	CHECK_TEXT(ask(t, GET, "/en", "")->reply.body, "<p>en /");
	Request *request = site_request(t, GET);
	request_set_header(request, TEXT("Accept-Language"), TEXT("fr;q=0.9, en-GB;q=0.8, zh"));
	HttpOptions options = site_options(t);
	CHECK_OK(request->call, http_dispatch(&options, request, TEXT("/open")));
	CHECK_TEXT(request->reply.body, "<p>en /open");
	request = site_request(t, GET);
	request_set_header(request, TEXT("Accept-Language"), TEXT("en"));
	CHECK_OK(request->call, http_dispatch(&options, request, TEXT("/")));
	CHECK_TEXT(request->reply.body, "<p>zh-CN /");
}

TEST(http_reply__the_language_that_was_chosen_goes_before_the_browsers)
{
	static const struct {
		const char *cookie, *address, *body;
	} rows[] = { { "lang=en", "/open", "<p>en /open" }, { "lang=zh-CN", "/open", "<p>zh-CN /open" },
		{ "lang=x", "/open", "<p>zh-CN /open" }, { "lang=en", "/", "<p>zh-CN /" } };
	HttpOptions options = site_options(t);
	for (size_t i = 0; i < COUNT(rows); i++) {
		Request *request = site_request(t, GET);
		request_set_header(request, TEXT("Accept-Language"), i == 1 ? TEXT("en") : TEXT("zh"));
		request_set_header(request, TEXT("Cookie"), text_from(rows[i].cookie));
		CHECK_OK(request->call, http_dispatch(&options, request, text_from(rows[i].address)));
		CHECK(text_starts(request->reply.body, text_from(rows[i].body)));
	}
}

TEST(http_limit__who_asks_too_often_is_told_when_to_come_back)
{
	HttpOptions options = site_options(t);
	options.requests_per_minute = 20;
	scoped(http_site_close) HttpSite *site = NULL;
	CHECK_OK(t->call, http_site_open(t->call, &options, &site));
	static const struct {
		const char *address, *target;
		int granted;
	} steps[] = { { "192.0.2.1", "/open", 20 }, { "192.0.2.1", "/api/v1/parts/1", 0 }, { "192.0.2.2", "/heavy", 2 },
		{ "2001:db8::1", "/open", 15 }, { "2001:db8::2", "/open", 5 }, { "2001:db8::ffff:1", "/open", 0 },
		{ "2001:db8:0:1::1", "/open", 20 }, { "192.0.2.1", "/livez", 50 } };
	for (size_t i = 0; i < COUNT(steps); i++)
		for (int j = 0; j <= steps[i].granted; j++) {
			if (j == 15 && steps[i].granted == 15) break;
			Request *request = site_request(t, GET);
			request->address = text_from(steps[i].address);
			Error error = http_site_dispatch(site, request, text_from(steps[i].target));
			bool is_last = j == steps[i].granted && steps[i].granted != 50;
			if ((error == ERROR_TOO_MANY) != is_last)
				test_fail(__FILE__, __LINE__, "step %zu, request %d gives %s", i, j, error_name(error));
			if (!is_last) continue;
			CHECK_INT(request->reply.status, 429);
			int64_t wait;
			CHECK(text_to_int(reply_header_value(request, TEXT("Retry-After")), &wait) && wait >= 1 && wait <= 60);
			CHECK_TEXT(reply_header_value(request, TEXT("RateLimit-Limit")), "20");
			CHECK(reply_header_value(request, TEXT("RateLimit-Remaining")).at &&
				reply_header_value(request, TEXT("RateLimit-Reset")).at);
		}
}

TEST(http_limit__an_account_has_a_share_wherever_it_comes_from)
{
	HttpOptions options = site_options(t);
	options.account_requests_per_minute = 3;
	scoped(http_site_close) HttpSite *site = NULL;
	CHECK_OK(t->call, http_site_open(t->call, &options, &site));
	for (int i = 0; i < 4; i++) {
		Request *request = site_request(t, GET);
		request->address = arena_printf(t->arena, "192.0.2.%d", i);
		request_set_header(request, TEXT("Cookie"), TEXT("session=staff-0123456789abcdef"));
		CHECK((http_site_dispatch(site, request, TEXT("/private")) == ERROR_TOO_MANY) == (i == 3));
	}
}

TEST(http_metric__numbers_are_for_this_machine_or_the_token)
{
	HttpOptions options = site_options(t);
	options.metrics_token = TEXT("a-long-token-of-monitoring");
	scoped(http_site_close) HttpSite *site = NULL;
	CHECK_OK(t->call, http_site_open(t->call, &options, &site));
	Request *request = site_request(t, GET);
	CHECK_OK(request->call, http_site_dispatch(site, request, TEXT("/metrics")));
	CHECK(text_find(request->reply.body, TEXT("# TYPE cappvd_requests_total counter"), NULL));
}

TEST(http_metric__readiness_asks_the_house)
{
	CHECK_INT(status_of(t, GET, "/readyz", ""), 200);
	site_state.ready = ERROR_FULL;
	CHECK_INT(status_of(t, GET, "/readyz", ""), 503);
	CHECK_INT(status_of(t, GET, "/livez", ""), 200);
}
