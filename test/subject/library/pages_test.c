/* The public face: pages, JSON and Atom, rendered without a socket. */
#include "face/html/html.h"
#include "harness/test.h"
#include "subject/feed/feed_view.h"
#include "subject/library/library_view.h"

typedef struct Entry {
	AdvisoryForm form;
	const char *document;
} Entry;
static const Entry entries[] = {
	{ FORM_CVE5, "{\"dataType\":\"CVE_RECORD\",\"dataVersion\":\"5.1\",\"cveMetadata\":{\"cveId\":\"CVE-2023-0002\",\"state\":"
		     "\"PUBLISHED\",\"datePublished\":\"2023-02-01T00:00:00Z\"},"
		     "\"containers\":{\"cna\":{\"title\":\"Wallet <script>alert(1)</script> & "
		     "more\",\"descriptions\":[{\"lang\":\"en\",\"value\":\"First **line**\\n\\n<img src=x onerror=alert(2)>\"}],"
		     "\"affected\":[{\"vendor\":\"Acme\",\"product\":\"Wallet\",\"packageName\":\"com.acme.wallet\",\"versions\":[{"
		     "\"version\":\"1\",\"lessThan\":\"2\",\"status\":\"affected\"}]}],"
		     "\"metrics\":[{\"cvssV3_1\":{\"baseScore\":9.8,\"vectorString\":\"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H\"}}],"
		     "\"references\":[{\"url\":\"https://example.org/a?b=1&c=2\"},{\"url\":\"javascript:alert(3)\"}]}}}" },
	{ FORM_CNVD, "<vulnerability><number>CNVD-2023-5</number><cves><cve><cveNumber>CVE-2023-0002</cveNumber></cve></"
		     "cves><title>钱包泄露</title>"
		     "<serverity>中</serverity><openTime>2023-05-01</openTime><description>中文描述</description></vulnerability>" },
	{ FORM_CVE5, "{\"dataType\":\"CVE_RECORD\",\"dataVersion\":\"5.1\",\"cveMetadata\":{\"cveId\":\"CVE-2023-0009\",\"state\":"
		     "\"REJECTED\",\"dateRejected\":\"2023-03-01T00:00:00Z\"},"
		     "\"containers\":{\"cna\":{\"rejectedReasons\":[{\"lang\":\"en\",\"value\":\"A "
		     "<i>duplicate</i>.\"}],\"replacedBy\":[\"CVE-2023-0002\"]}}}" },
};

static Error put_all(Call *call, void *argument)
{
	scoped(advisory_finisher_free) AdvisoryFinisher *finisher = advisory_finisher_new();
	(void)argument;
	for (size_t i = 0; i < COUNT(entries); i++) {
		AdvisoryFinished finished;
		AdvisoryOutcome outcome;
		Text why;
		if (!advisory_finish(finisher, call->arena, entries[i].form, text_from(entries[i].document), &finished, &why))
			return fail(call, INVALID, "%.*s", TEXT_ARGS(why));
		TRY(advisory_put(call, &finished, &outcome));
	}
	return OK;
}

static Request *get(Test *t, const char *target)
{
	static const ShellSpec shell = {
		.library_name = "Library", .desk_path = "/desk", .sign_in_path = "/login", .sign_out_path = "/logout"
	};
	RouteTable tables[] = { library_routes, feed_routes };
	HttpOptions options = { .house = t->house, .hooks.show_error = html_show_error, .tables = tables, .table_count = COUNT(tables) };
	html_set_shell(&shell);
	Request *request = request_new(t->call, GET);
	if (http_dispatch(&options, request, text_from(target)) != OK) call_recover(t->call); /* what failed shows in the status */
	return request;
}

static bool shows(const Request *request, const char *part) { return text_find(request->reply.body, text_from(part), NULL); }
static int status_of(const Request *request) { return request->reply.status ? request->reply.status : 200; }

TEST_DB(pages__texts_of_others_are_data_and_never_markup)
{
	CHECK_OK(t->call, db_transact(t->call, put_all, NULL));
	const char *const targets[] = { "/advisories", "/en/advisories", "/en/advisories/CVE-2023-0002", "/en/advisories/CVE-2023-0009",
		"/advisories.atom", "/en/advisories.atom", "/en/advisories?q=%3Cscript%3Ealert(1)%3C/script%3E" };
	for (size_t i = 0; i < COUNT(targets); i++) {
		Request *request = get(t, targets[i]);
		CHECK_INT(status_of(request), 200);
		if (shows(request, "<script>alert") || shows(request, "<img src=x") || shows(request, "<i>dup") ||
			shows(request, "href=\"javascript:"))
			test_fail(__FILE__, __LINE__, "%s shows markup of others", targets[i]);
	}
}

TEST_DB(pages__record_shows_everything_in_the_readers_language)
{
	CHECK_OK(t->call, db_transact(t->call, put_all, NULL));
	Request *english = get(t, "/en/advisories/CVE-2023-0002"), *chinese = get(t, "/advisories/CVE-2023-0002");
	const char *const both[] = { "com.acme.wallet", "9.8", "CVSS:3.1/AV:N", "CNVD-2023-5", "https://example.org/a?b=1&amp;c=2",
		"javascript:alert(3)", "2023" };
	for (size_t i = 0; i < COUNT(both); i++)
		if (!shows(english, both[i]) || !shows(chinese, both[i])) test_fail(__FILE__, __LINE__, "%s is missing", both[i]);
	CHECK(shows(english, "Wallet &lt;script&gt;") && shows(english, "First **line**") && shows(english, "What to do") &&
		!shows(english, "中文描述"));
	CHECK(shows(chinese, "钱包泄露") && shows(chinese, "中文描述") && shows(chinese, "受影响"));
}

TEST_DB(pages__aliases_lead_to_the_canonical_address_and_unknown_ones_to_404)
{
	CHECK_OK(t->call, db_transact(t->call, put_all, NULL));
	Request *alias = get(t, "/en/advisories/cnvd-2023-5");
	CHECK_INT(status_of(alias), 303);
	CHECK(text_ends(reply_header_value(alias, TEXT("Location")), TEXT("/en/advisories/CVE-2023-0002")));
	CHECK_INT(status_of(get(t, "/advisories/CVE-1999-0001")), 404);
	CHECK_INT(status_of(get(t, "/api/v1/advisories/CVE-1999-0001")), 404);
}

TEST_DB(pages__withdrawn_record_says_so_and_names_its_successor)
{
	CHECK_OK(t->call, db_transact(t->call, put_all, NULL));
	Request *page = get(t, "/en/advisories/CVE-2023-0009");
	CHECK(shows(page, "This record has been withdrawn.") && shows(page, "A &lt;i&gt;duplicate") &&
		shows(page, "href=\"/en/advisories/CVE-2023-0002\""));
}

TEST_DB(pages__search_says_when_nothing_was_found_and_keeps_what_was_asked)
{
	CHECK_OK(t->call, db_transact(t->call, put_all, NULL));
	Request *none = get(t, "/en/advisories?q=nothing-like-it");
	CHECK(shows(none, "Nothing was found") && shows(none, "value=\"nothing-like-it\""));
	Request *some = get(t, "/en/advisories?q=wallet&level=critical&limit=1");
	CHECK(shows(some, "CVE-2023-0002") && !shows(some, "CVE-2023-0009"));
	Request *paged = get(t, "/en/advisories?limit=1&q=CVE-2023-");
	CHECK(shows(paged, "cursor=b") && shows(paged, "q=CVE-2023-"));
}

TEST_DB(api__lists_with_cursor_and_shows_records_by_any_number)
{
	CHECK_OK(t->call, db_transact(t->call, put_all, NULL));
	Json list, record;
	CHECK(json_parse(t->arena, get(t, "/api/v1/advisories?limit=1")->reply.body, &list, NULL));
	JsonEach each = json_each(json_get(list, "items"));
	CHECK(json_next(&each));
	CHECK_TEXT(json_as_text(json_get(each.value, "id")), "CVE-2023-0009");
	CHECK(!json_next(&each));
	Text cursor = json_as_text(json_get(list, "next_cursor"));
	CHECK(cursor.length > 0);
	CHECK(json_parse(t->arena,
		get(t, arena_printf(t->arena, "/api/v1/advisories?limit=1&cursor=%.*s", TEXT_ARGS(cursor)).at)->reply.body, &list, NULL));
	each = json_each(json_get(list, "items"));
	CHECK(json_next(&each));
	CHECK_TEXT(json_as_text(json_get(each.value, "id")), "CVE-2023-0002");
	CHECK_INT(json_kind(json_get(list, "next_cursor")), JSON_NULL);
	CHECK(json_parse(t->arena, get(t, "/api/v1/advisories/CNVD-2023-5")->reply.body, &record, NULL));
	CHECK_TEXT(json_as_text(json_get(record, "id")), "CVE-2023-0002");
	CHECK_TEXT(json_as_text(json_find(record, "title.zh")), "钱包泄露");
	CHECK_INT(json_kind(json_get(record, "sources")), JSON_ARRAY);
	CHECK_INT(status_of(get(t, "/api/v1/advisories?limit=0")), 422);
	CHECK_INT(status_of(get(t, "/api/v1/advisories?cursor=zzz")), 422);
}

TEST_DB(atom__is_a_feed_of_the_same_list_in_both_languages)
{
	CHECK_OK(t->call, db_transact(t->call, put_all, NULL));
	Request *chinese = get(t, "/advisories.atom?level=critical"), *english = get(t, "/en/advisories.atom?level=critical");
	CHECK(shows(chinese, "xml:lang=\"zh-CN\"") && shows(chinese, "钱包泄露") &&
		shows(chinese, "<updated>2023-04-30T16:00:00.000Z</updated>"));
	CHECK(shows(english, "xml:lang=\"en\"") && shows(english, "http://localhost:8080/en/advisories/CVE-2023-0002") &&
		!shows(english, "CVE-2023-0009"));
}
