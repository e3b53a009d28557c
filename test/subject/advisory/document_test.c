#include "base/base/clock.h"
#include "harness/test.h"
#include "subject/advisory/advisory_private.h"

#include <stdlib.h>

static const char cve_published[] =
	"{\"dataType\":\"CVE_RECORD\",\"dataVersion\":\"5.1\",\"cveMetadata\":{\"cveId\":\"CVE-2023-10001\","
	"\"assignerOrgId\":\"00000000-0000-4000-9000-000000000000\",\"state\":\"PUBLISHED\",\"assignerShortName\":\"acme\","
	"\"datePublished\":\"2023-05-06T07:08:09\",\"dateUpdated\":\"2023-06-01T00:00:00.500Z\"},\"containers\":{\"cna\":{"
	"\"title\":\" Wallet <b>leak</b>\\r\\n \",\"descriptions\":[{\"lang\":\"de\",\"value\":\"Leck\"},{\"lang\":\"en-US\",\"value\":\"A "
	"leak in Wallet for Android\\u0000.\"},"
	"{\"lang\":\"zh-CN\",\"value\":\"钱包泄露\"}],\"affected\":[{\"vendor\":\"Acme\",\"product\":\"Wallet\",\"packageName\":\"com.acme."
	"wallet\",\"platforms\":[\"iOS\"],"
	"\"versions\":[{\"version\":\"0\",\"lessThan\":\"2.4\",\"status\":\"affected\"},{\"version\":\"3.0\",\"lessThanOrEqual\":\"3.2\","
	"\"status\":\"affected\"},"
	"{\"version\":\"4.0\",\"status\":\"unaffected\"},{\"version\":\"5\",\"status\":\"affected\"}]},{\"vendor\":\"n/a\",\"product\":\"n/"
	"a\"}],"
	"\"problemTypes\":[{\"descriptions\":[{\"lang\":\"en\",\"description\":\"CWE-200 "
	"Exposure\",\"cweId\":\"CWE-200\"},{\"description\":\"CWE-79: XSS\"}]}],"
	"\"references\":[{\"url\":\"https://example.org/"
	"a\",\"tags\":[\"patch\",\"x_foo\"]}],\"credits\":[{\"lang\":\"en\",\"value\":\"Ann\"}],"
	"\"metrics\":[{\"cvssV3_1\":{\"baseScore\":9.8,\"vectorString\":\"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H\"}}]}}}";

TEST(cve5__published_record_is_taken_field_by_field)
{
	AdvisoryDraft draft;
	Text why;
	CHECK(cve5_read(t->arena, text_from(cve_published), &draft, &why));
	CHECK_TEXT(draft.identifier, "CVE-2023-10001");
	CHECK_TEXT(clock_iso(t->arena, draft.published_at), "2023-05-06T07:08:09.000Z"); /* a time without zone is UTC */
	CHECK_TEXT(clock_iso(t->arena, draft.updated_at), "2023-06-01T00:00:00.500Z");
	CHECK_TEXT(draft.title[LANG_EN], "Wallet <b>leak</b>");
	CHECK_TEXT(draft.description[LANG_EN], "A leak in Wallet for Android.");
	CHECK_TEXT(draft.description[LANG_ZH], "钱包泄露");
	CHECK_INT(draft.affected.count, 1);
	CHECK_TEXT(draft.affected.at[0].versions, "< 2.4; ≥ 3.0, ≤ 3.2; 5");
	CHECK_TEXT(draft.affected.at[0].package, "com.acme.wallet");
	CHECK_TEXT(draft.affected.at[0].fixed, "2.4");
	CHECK_TEXT(arena_join(t->arena, draft.weaknesses.at, draft.weaknesses.count, TEXT(" ")), "CWE-200 CWE-79");
	CHECK_TEXT(arena_join(t->arena, draft.platforms.at, draft.platforms.count, TEXT(" ")), "ios android");
	CHECK(draft.has_fix && text_is(draft.level, TEXT("critical")) && draft.ratings.at[0].score_tenths == 98);
	CHECK_TEXT(draft.references.at[0].note, "patch");
	CHECK_TEXT(draft.finders.at[0], "Ann");
}

TEST(cve5__rejected_record_is_a_withdrawn_one_with_its_reason)
{
	AdvisoryDraft draft;
	Text why;
	CHECK(cve5_read(t->arena,
		TEXT("{\"dataType\":\"CVE_RECORD\",\"dataVersion\":\"5.0\",\"cveMetadata\":{\"cveId\":\"CVE-2018-0001\",\"state\":"
		     "\"REJECTED\"},"
		     "\"containers\":{\"cna\":{\"rejectedReasons\":[{\"lang\":\"en\",\"value\":\"A "
		     "duplicate.\"}],\"replacedBy\":[\"CVE-2018-0002\"]}}}"),
		&draft, &why));
	CHECK(draft.withdrawn);
	CHECK_TEXT(draft.withdrawal_reason, "A duplicate.");
	CHECK_TEXT(draft.successor, "CVE-2018-0002");
	CHECK_TEXT(clock_iso(t->arena, draft.published_at), "2018-01-01T00:00:00.000Z");
}

TEST(cve5__what_is_no_record_is_refused_with_a_reason)
{
	static const struct {
		Text document, why;
	} refused[] = {
		{ TEXT_INIT("{\"a\":\n1,}"), TEXT_INIT("no valid JSON: A text in quotation marks is expected. (line 2, column 3)") },
		{ TEXT_INIT("{}"), TEXT_INIT("no CVE record: dataType is not CVE_RECORD") },
		{ TEXT_INIT("[]"), TEXT_INIT("no CVE record: dataType is not CVE_RECORD") },
		{ TEXT_INIT("{\"dataType\":\"CVE_RECORD\",\"dataVersion\":\"4.0\"}"), TEXT_INIT("dataVersion is not 5.x") },
		{ TEXT_INIT("{\"dataType\":\"CVE_RECORD\",\"dataVersion\":\"5.1\",\"cveMetadata\":{\"cveId\":\"CVE-23-1\"}}"),
			TEXT_INIT("cveMetadata.cveId is no CVE number") },
		{ TEXT_INIT("{\"dataType\":\"CVE_RECORD\",\"dataVersion\":\"5.1\",\"cveMetadata\":{\"cveId\":\"CVE-2023-0001\",\"state\":"
			    "\"PUBLISHED\"}}"),
			TEXT_INIT("containers.cna is missing") },
		{ TEXT_INIT("{\"dataType\":\"CVE_RECORD\",\"dataVersion\":\"5.1\",\"cveMetadata\":{\"cveId\":\"CVE-2023-0001\",\"state\":"
			    "\"RESERVED\"},\"containers\":{\"cna\":{}}}"),
			TEXT_INIT("cveMetadata.state is neither PUBLISHED nor REJECTED") },
	};
	for (size_t i = 0; i < COUNT(refused); i++) {
		AdvisoryDraft draft;
		Text why = TEXT("");
		CHECK(!cve5_read(t->arena, refused[i].document, &draft, &why));
		if (!text_is(why, refused[i].why)) test_fail(__FILE__, __LINE__, "%.*s", TEXT_ARGS(why));
	}
}

#define ENTRY(number, cves, rest) \
	"<vulnerability><number>" number "</number>" cves "<title>微信支付&lt;越权&gt;漏洞</title><serverity>高</serverity>" \
	"<products><product>微信 " \
	"&lt;8.0</product></products><openTime>2023-07-28</openTime><description>第一行&#xD;\n第二行</description>" rest \
	"</vulnerability>"

TEST(cnvd__entry_is_taken_field_by_field_and_days_are_chinese_days)
{
	AdvisoryDraft draft;
	Text why;
	CHECK(cnvd_read(t->arena,
		TEXT(ENTRY("CNVD-2023-59032", "<cves><cve><cveNumber>\nCVE-2023-10001 </cveNumber></cve></cves>",
			"<isEvent>事件型漏洞</isEvent><submitTime>2022-06-02</submitTime><patchName>p</patchName><discovererName>Unknow</"
			"discovererName>")),
		&draft, &why));
	CHECK_TEXT(draft.title[LANG_ZH], "微信支付<越权>漏洞");
	CHECK_TEXT(draft.description[LANG_ZH], "第一行\n第二行");
	CHECK_TEXT(clock_iso(t->arena, draft.published_at), "2023-07-27T16:00:00.000Z");
	CHECK_TEXT(record_key(FORM_CNVD, &draft), "CVE-2023-10001");
	CHECK_TEXT(draft.level, "high");
	CHECK_TEXT(draft.type, "incident");
	CHECK(draft.has_fix && draft.finders.count == 0 && text_is(draft.affected.at[0].product, TEXT("微信 <8.0")));
}

TEST(cnvd__several_numbers_are_related_and_the_entry_keeps_its_own)
{
	AdvisoryDraft draft;
	Text why;
	CHECK(cnvd_read(t->arena,
		TEXT(ENTRY("CNVD-2023-1",
			"<cves><cve><cveNumber>CVE-2023-10001</cveNumber></cve><cve><cveNumber>CVE-2023-10002</cveNumber></cve></cves>",
			"")),
		&draft, &why));
	CHECK_TEXT(record_key(FORM_CNVD, &draft), "CNVD-2023-1");
	CHECK_INT(draft.related.count, 2);
}

TEST(cnvd__rubbish_and_entities_of_ones_own_are_refused)
{
	static const struct {
		Text document, why;
	} refused[] = {
		{ TEXT_INIT("<vulnerability><number>CNVD-1</number>"), TEXT_INIT("no valid XML: no element found (line 1, column 39)") },
		{ TEXT_INIT("<!DOCTYPE v [<!ENTITY a \"b\">]><vulnerability/>"),
			TEXT_INIT("no valid XML: a document type is not accepted (line 1, column 13)") },
		{ TEXT_INIT(ENTRY("X-1", "", "")), TEXT_INIT("<number> is no CNVD number") },
		{ TEXT_INIT("<vulnerability><number>CNVD-2023-1</number><title>t</title><openTime>soon</openTime></vulnerability>"),
			TEXT_INIT("<openTime> is no date") },
		{ TEXT_INIT("<vulnerability><number>CNVD-2023-1</number></vulnerability>"), TEXT_INIT("<title> is missing") },
	};
	for (size_t i = 0; i < COUNT(refused); i++) {
		AdvisoryDraft draft;
		Text why = TEXT("");
		CHECK(!cnvd_read(t->arena, refused[i].document, &draft, &why));
		if (!text_is(why, refused[i].why)) test_fail(__FILE__, __LINE__, "%.*s", TEXT_ARGS(why));
	}
}

static Text written(Test *t, const AdvisoryDraft *record)
{
	Buffer buffer = { .arena = t->arena };
	JsonWriter writer = json_writer(&buffer);
	advisory_write(&writer, record);
	json_finish(&writer);
	return buffer_text(&buffer);
}

static Text tokens_of(Test *t, const AdvisoryDraft *record)
{
	TokenSet *set = tokens_new(t->arena);
	record_tokens(set, record);
	return tokens_text(set);
}

/* The index is emptied with the tokens of what is read back, so nothing may be lost on the way. */
static void check_round_trip(Test *t, const AdvisoryDraft *record)
{
	Text first = written(t, record);
	Json json;
	AdvisoryDraft back;
	CHECK(json_parse(t->arena, first, &json, NULL) && advisory_read(t->arena, json, &back));
	CHECK(text_is(written(t, &back), first));
	CHECK(text_is(tokens_of(t, &back), tokens_of(t, record)));
}

TEST(record__written_and_read_back_is_the_same_with_the_same_tokens)
{
	AdvisoryDraft drafts[2], record;
	Text why;
	CHECK(cve5_read(t->arena, text_from(cve_published), &drafts[0], &why));
	CHECK(cnvd_read(t->arena, TEXT(ENTRY("CNVD-2023-1", "<cves><cve><cveNumber>CVE-2023-10001</cveNumber></cve></cves>", "")),
		&drafts[1], &why));
	record_combine(t->arena, TEXT("CVE-2023-10001"), drafts, (AdvisoryForm[]) { FORM_CVE5, FORM_CNVD }, 2, &record);
	check_round_trip(t, &record);
	CHECK_TEXT(record.title[LANG_ZH], "微信支付<越权>漏洞");
	CHECK_TEXT(record.title[LANG_EN], "Wallet <b>leak</b>");
	CHECK_TEXT(record.level, "critical");
	CHECK_TEXT(arena_join(t->arena, record.aliases.at, record.aliases.count, TEXT(" ")), "CNVD-2023-1");
}

TEST(record__order_is_by_time_and_then_by_number)
{
	AdvisoryDraft a = { .identifier = TEXT("CVE-2023-9999"), .published_at = 1000000 },
		      b = { .identifier = TEXT("CVE-2023-10000"), .published_at = 1000999 },
		      c = { .identifier = TEXT("CNVD-2001-00001"), .published_at = 1001000 },
		      d = { .identifier = TEXT("CNVD-2023-10000"), .published_at = 1000000 };
	CHECK(record_position(&a) < record_position(&b) && record_position(&b) < record_position(&c));
	CHECK(record_position(&d) != record_position(&b));
}

TEST(record__real_documents_survive_being_written_and_read)
{
	char command[4096];
	snprintf(command, sizeof(command), "zcat %s | head -n 400", test_data("cve-mobile-apps.jsonl.gz"));
	FILE *file = popen(command, "r");
	CHECK(file);
	char *line = NULL;
	size_t room = 0, records = 0;
	for (ssize_t length; (length = getline(&line, &room, file)) > 0; records++) {
		ArenaMark mark = arena_mark(t->arena);
		AdvisoryDraft draft, record;
		Text why;
		CHECK(cve5_read(t->arena, (Text) { line, (size_t)length }, &draft, &why));
		record_combine(t->arena, draft.identifier, &draft, (AdvisoryForm[]) { FORM_CVE5 }, 1, &record);
		check_round_trip(t, &record);
		arena_release(t->arena, mark);
	}
	free(line);
	CHECK_INT(records, 400);
	CHECK(pclose(file) == 0 || records == 400);
}
