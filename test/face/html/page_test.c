#include "face/html/html.h"
#include "harness/test.h"

#define HAS(body, words) CHECK(text_find((body), TEXT(words), NULL))
#define HAS_NOT(body, words) CHECK(!text_find((body), TEXT(words), NULL))

static const NavigationItem items[] = { { N_("Advisory"), "/advisories", ROLE_VISITOR, true },
	{ N_("My work"), "/work", ROLE_COORDINATOR, false }, { N_("Files"), "/files", ROLE_REPORTER, false } };
static Text numbers(const House *house, Arena *arena)
{
	(void)house, (void)arena;
	return TEXT("ICP <1>");
}
static int64_t three(Request *request)
{
	(void)request;
	return 3;
}
static const ShellSpec shell = { .library_name = N_("Vulnerability library"),
	.items = items,
	.item_count = COUNT(items),
	.desk_path = "/desk",
	.sign_in_path = "/login",
	.sign_out_path = "/logout",
	.demo_path = "/demo",
	.inbox_path = "/work",
	.unread_path = "/unread",
	.filing_numbers = numbers,
	.unread_count = three };
static const Actor coordinator = { .person_id = 7, .name = TEXT_INIT("Li <Lei>"), .roles = ROLE_COORDINATOR };

static Text page_of(Test *t, bool is_public, const Actor *actor, Lang lang)
{
	html_set_shell(&shell);
	t->call->actor = actor;
	t->call->lang = lang;
	Request *request = request_new(t->call, GET);
	request->route = &(Route) { .is_public = is_public };
	request->path = TEXT("/advisories/a b");
	request->query = TEXT("q=1&page=2");
	request->csrf_token = is_public ? TEXT("") : TEXT("secret-token");
	PageHead head = { .title = TEXT("Title <x>"), .lead = TEXT("Lead") };
	Html *html;
	CHECK_OK(t->call, html_page_open(request, &head, &html));
	html_text(html, TEXT("BODY"));
	CHECK_OK(t->call, html_page_close(request, html));
	return request->reply.body;
}

TEST(page__has_the_landmarks_and_one_heading)
{
	Text body = page_of(t, true, &actor_visitor, LANG_ZH);
	CHECK(text_starts(body, TEXT("<!doctype html>\n<html lang=\"zh-CN\">")));
	HAS(body, "<header");
	HAS(body, "<main id=\"content\"");
	HAS(body, "<footer");
	HAS(body, "<nav class=\"public\" aria-label=\"主导航\"");
	HAS(body, "<a class=\"skip\" href=\"#content\">跳到正文</a>");
	HAS(body, "<h1>Title &lt;x&gt;</h1>");
	HAS(body, "BODY");
	HAS(body, "ICP &lt;1&gt;");
}

TEST(page__has_nothing_inline_and_nothing_of_another_host)
{
	Text body = page_of(t, false, &coordinator, LANG_EN);
	HAS_NOT(body, " style=");
	HAS_NOT(body, "<style");
	HAS_NOT(body, " on");
	HAS_NOT(body, "http://");
	HAS_NOT(body, "https://");
	HAS(body, "<script type=\"module\" src=\"/assets/app.");
}

TEST(page__public_is_the_same_for_everybody)
{
	Text visitor = arena_copy(t->arena, page_of(t, true, &actor_visitor, LANG_EN));
	Text known = page_of(t, true, &coordinator, LANG_EN);
	HAS(known, "href=\"/desk\"");
	HAS_NOT(known, "/work");
	HAS_NOT(known, "/logout");
	HAS_NOT(known, "csrf");
	/* A public page never learns who reads it: http gives it the visitor, whose page this is. */
	HAS(visitor, "href=\"/desk\"");
	HAS_NOT(visitor, "/work");
}

TEST(page__shows_the_navigation_of_the_roles_and_the_way_out)
{
	Text body = page_of(t, false, &coordinator, LANG_EN);
	HAS(body, "href=\"/work\"");
	HAS_NOT(body, "href=\"/files\"");
	HAS(body, "Li &lt;Lei&gt;");
	HAS(body, "<form method=\"post\" action=\"/logout\"><input type=\"hidden\" name=\"csrf\" value=\"secret-token\">");
	HAS(body, "data-unread=\"/unread\"");
	HAS(body, "My work<span class=\"unread\"><b>3</b>");
	HAS(body, "<meta name=\"robots\" content=\"noindex\">");
	HAS(page_of(t, false, &actor_visitor, LANG_EN), "href=\"/login\"");
}

TEST(page__the_language_switch_keeps_the_page)
{
	HAS(page_of(t, true, &actor_visitor, LANG_ZH), "href=\"/en/advisories/a%20b?q=1&amp;page=2\" lang=\"en\"");
	HAS(page_of(t, true, &actor_visitor, LANG_EN), "href=\"/advisories/a%20b?q=1&amp;page=2\" lang=\"zh-CN\"");
	HAS(page_of(t, false, &coordinator, LANG_ZH), "href=\"/language/en?back=%2Fadvisories%2Fa%2520b%3Fq%3D1%26page%3D2\"");
}

TEST(page__the_front_page_has_an_english_address_without_slash)
{
	html_set_shell(&shell);
	t->call->lang = LANG_ZH;
	Request *request = request_new(t->call, GET);
	request->route = &(Route) { .is_public = true };
	request->path = TEXT("/");
	PageHead head = { .title = TEXT("Front") };
	Html *html;
	CHECK_OK(t->call, html_page_open(request, &head, &html));
	CHECK_OK(t->call, html_page_close(request, html));
	HAS(request->reply.body, "href=\"/en\" lang=\"en\"");
}

TEST(page__only_a_demo_says_so)
{
	HAS_NOT(page_of(t, true, &actor_visitor, LANG_EN), "class=\"demo\"");
	t->house->demo = true;
	HAS(page_of(t, true, &actor_visitor, LANG_EN), "class=\"demo\"");
}

static Error dispatch(Test *t, Lang lang, Text target, Request **out)
{
	html_set_shell(&shell);
	HttpOptions options = { .tables = &html_routes, .table_count = 1, .house = t->house, .hooks = { .show_error = html_show_error } };
	*out = request_new(t->call, GET);
	request_set_header(*out, TEXT("Accept-Language"), lang_tag(lang));
	return http_dispatch(&options, *out, target);
}

TEST(page__the_language_is_kept_and_leads_back_to_local_paths_only)
{
	Request *request;
	CHECK_OK(t->call, dispatch(t, LANG_EN, TEXT("/language/en?back=%2Fdesk%3Fq%3D1"), &request));
	CHECK_INT(request->reply.status, 303);
	CHECK_TEXT(reply_header_value(request, TEXT("Location")), "/desk?q=1");
	CHECK(text_find(reply_header_value(request, TEXT("Set-Cookie")), TEXT("lang=en"), NULL));
	CHECK_OK(t->call, dispatch(t, LANG_EN, TEXT("/language/zh-CN?back=%2F%2Fevil.example"), &request));
	CHECK_TEXT(reply_header_value(request, TEXT("Location")), "/");
	CHECK_OK(t->call, dispatch(t, LANG_EN, TEXT("/language/zh-CN?back=https%3A%2F%2Fevil.example"), &request));
	CHECK_TEXT(reply_header_value(request, TEXT("Location")), "/");
}

TEST(page__the_style_guide_exists_in_demo_mode_only)
{
	Request *request;
	Error ignored = dispatch(t, LANG_EN, TEXT("/styleguide"), &request);
	(void)ignored;
	CHECK_INT(request->reply.status, 404);
	HAS(request->reply.body, "There is nothing here.");
	call_recover(t->call);
	t->house->demo = true;
	for (int lang = 0; lang < LANG_COUNT; lang++) {
		CHECK_OK(t->call, dispatch(t, (Lang)lang, TEXT("/styleguide"), &request));
		CHECK(text_find(request->reply.body, lang == LANG_EN ? TEXT("What happened") : TEXT("处理经过"), NULL));
		HAS(request->reply.body, "class=\"timeline\"");
		CHECK(request->reply.body.length < (size_t)64 * 1024);
		call_recover(t->call);
	}
}

TEST(page__an_error_says_what_it_is_and_where_to_go)
{
	html_set_shell(&shell);
	const Error errors[] = { ERROR_NOT_FOUND, ERROR_FORBIDDEN, ERROR_UNAUTHENTICATED, ERROR_TOO_MANY, ERROR_INTERNAL, ERROR_FULL };
	for (size_t i = 0; i < COUNT(errors); i++) {
		Request *request = request_new(t->call, GET);
		request->path = TEXT("/x");
		t->call->failure.detail = TEXT("SECRET detail");
		t->call->failure.retry_after_seconds = errors[i] == ERROR_TOO_MANY ? 30 : 0;
		html_show_error(request, errors[i]);
		CHECK_INT(request->reply.status, error_http_status(errors[i]));
		CHECK(text_find(request->reply.body, tr(LANG_EN, error_message(errors[i])), NULL));
		HAS_NOT(request->reply.body, "SECRET");
		CHECK(text_find(request->reply.body, TEXT("30 seconds"), NULL) == (errors[i] == ERROR_TOO_MANY));
	}
}
