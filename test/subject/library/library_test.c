/* Search and lists, on both databases alike. */
#include "harness/test.h"
#include "subject/library/library.h"

typedef struct Entry {
	AdvisoryForm form;
	const char *document;
} Entry;

#define CVE(number, day, title, rest) \
	"{\"dataType\":\"CVE_RECORD\",\"dataVersion\":\"5.1\",\"cveMetadata\":{\"cveId\":\"" number "\",\"state\":\"PUBLISHED\"," \
	"\"datePublished\":\"" day "T00:00:00Z\"},\"containers\":{\"cna\":{\"title\":\"" title "\"" rest "}}}"
#define SCORE(score) ",\"metrics\":[{\"cvssV3_1\":{\"baseScore\":" score ",\"vectorString\":\"CVSS:3.1/x\"}}]"
#define VENDOR(vendor) \
	",\"affected\":[{\"vendor\":\"" vendor \
	"\",\"product\":\"Wallet\",\"versions\":[{\"version\":\"0\",\"lessThan\":\"2\",\"status\":\"affected\"}]}]"

static const Entry entries[] = {
	{ FORM_CVE5, CVE("CVE-2022-0001", "2022-01-01", "WebView opens any address", SCORE("9.8")) },
	{ FORM_CVE5, CVE("CVE-2023-0002", "2023-02-01", "Wallet leaks keys", SCORE("5.0") VENDOR("Acme Pay")) },
	{ FORM_CVE5, CVE("CVE-2023-0003", "2023-03-01", "Wallet on Android shows the webview of others", SCORE("7.5")) },
	{ FORM_CNVD, "<vulnerability><number>CNVD-2023-4</number><title>微信支付接口存在越权漏洞</title><serverity>高</"
		     "serverity><openTime>2023-04-01</openTime></vulnerability>" },
	{ FORM_CNVD, "<vulnerability><number>CNVD-2023-5</number><cves><cve><cveNumber>CVE-2023-0002</cveNumber></cve></"
		     "cves><title>錢包洩露密鑰</title>"
		     "<serverity>中</serverity><openTime>2023-05-01</openTime></vulnerability>" },
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

/* The numbers found, in order. */
static Text found(Test *t, LibraryQuery query)
{
	LibraryPage page;
	Buffer numbers = { .arena = t->arena };
	CHECK_OK(t->call, library_search(t->call, &query, &page));
	for (size_t i = 0; i < page.items.count; i++)
		buffer_printf(&numbers, "%s%.*s", i ? " " : "", TEXT_ARGS(page.items.at[i].identifier));
	return buffer_text(&numbers);
}

#define ASKED(text) ((LibraryQuery) { .question = TEXT(text) })

TEST_DB(library__finds_chinese_words_latin_words_and_parts_of_numbers)
{
	CHECK_OK(t->call, db_transact(t->call, put_all, NULL));
	CHECK_TEXT(found(t, ASKED("支付")), "CNVD-2023-4");
	CHECK_TEXT(found(t, ASKED("越权 微信")), "CNVD-2023-4");
	CHECK_TEXT(found(t, ASKED("webview")), "CVE-2023-0003 CVE-2022-0001");
	CHECK_TEXT(found(t, ASKED("CVE-2023-")), "CVE-2023-0003 CVE-2023-0002");
	CHECK_TEXT(found(t, ASKED("cnvd-2023-5")), "CVE-2023-0002");
	CHECK_TEXT(found(t, ASKED("钱包泄露")), "CVE-2023-0002"); /* written in traditional characters there */
	CHECK_TEXT(found(t, ASKED("wallet keys 密钥")), "CVE-2023-0002");
	CHECK_TEXT(found(t, ASKED("wallet nothing")), "");
	CHECK_TEXT(found(t, ASKED("\"' OR 1=1 --")), "");
	CHECK_TEXT(found(t, ASKED("***")), "");
	CHECK_TEXT(found(t, ASKED("level:high")), "");
}

TEST_DB(library__filters_join_with_words_and_with_each_other)
{
	CHECK_OK(t->call, db_transact(t->call, put_all, NULL));
	CHECK_TEXT(found(t, (LibraryQuery) { .level = TEXT("high") }), "CNVD-2023-4 CVE-2023-0003");
	CHECK_TEXT(found(t, (LibraryQuery) { .level = TEXT("high"), .year = TEXT("2023"), .question = TEXT("wallet") }), "CVE-2023-0003");
	CHECK_TEXT(found(t, (LibraryQuery) { .vendor = TEXT("acme pay"), .with_fix = true }), "CVE-2023-0002");
	CHECK_TEXT(found(t, (LibraryQuery) { .platform = TEXT("android") }), "CVE-2023-0003");
	CHECK_TEXT(found(t, (LibraryQuery) { .source = TEXT("cnvd") }), "CNVD-2023-4 CVE-2023-0002");
	CHECK_TEXT(found(t, (LibraryQuery) { .vendor = TEXT("***"), .level = TEXT("high") }), "");
}

TEST_DB(library__relevance_puts_the_own_number_and_the_title_first)
{
	CHECK_OK(t->call, db_transact(t->call, put_all, NULL));
	CHECK_TEXT(found(t, (LibraryQuery) { .question = TEXT("webview"), .by_relevance = true }), "CVE-2022-0001 CVE-2023-0003");
	CHECK_TEXT(found(t, (LibraryQuery) { .question = TEXT("wallet"), .by_relevance = true, .limit = 1, .cursor = TEXT("r1") }),
		"CVE-2023-0002");
}

TEST_DB(library__pages_forwards_and_back_show_each_record_once)
{
	static const char *const expected[] = { "CNVD-2023-4 CVE-2023-0003", "CVE-2023-0002 CVE-2022-0001" };
	LibraryQuery query = { .limit = 2 };
	LibraryPage page;
	CHECK_OK(t->call, db_transact(t->call, put_all, NULL));
	for (size_t i = 0; i < COUNT(expected); i++) {
		CHECK(text_is(found(t, query), text_from(expected[i])));
		CHECK_OK(t->call, library_search(t->call, &query, &page));
		CHECK(page.previous.length == 0 ? i == 0 : i > 0);
		if (i + 1 < COUNT(expected)) query.cursor = page.next;
	}
	CHECK_TEXT(page.next, "");
	query.cursor = page.previous;
	CHECK_TEXT(found(t, query), "CNVD-2023-4 CVE-2023-0003");
	CHECK_OK(t->call, library_search(t->call, &query, &page));
	CHECK(!page.previous.length && page.next.length);
}

TEST_DB(library__wrong_cursors_and_limits_are_named)
{
	static const char *const wrong[] = { "x1", "b", "bxyz", "b12345678901234567", "bffffffffffffffff", "r1" };
	LibraryPage page;
	for (size_t i = 0; i < COUNT(wrong); i++) {
		LibraryQuery query = { .cursor = text_from(wrong[i]) };
		CHECK_ERROR(t->call, library_search(t->call, &query, &page), INVALID);
	}
	CHECK_ERROR(t->call, library_search(t->call, &(LibraryQuery) { .limit = 101 }, &page), INVALID);
}
