/* Records of one vulnerability, in Chinese and English, are found by what they say. The fixture is invented. */
#include "base/base/json.h"
#include "engine/likeness/kinship.h"
#include "engine/likeness/postings.h"
#include "harness/test.h"
#include "store/db/db.h"
#include "subject/advisory/advisory_private.h"
#include "work/alike/alike.h"

#include <stdlib.h>
#include <zlib.h>

typedef struct Pair {
	const char *vendor, *product, *english, *title, *chinese; /* title, chinese: as another library would write of it */
} Pair;
static const Pair pairs[] = {
	{ "brightleaf", "inkpad", "Inkpad before 3.4.1 allows SQL injection via the note_id parameter of api/notes/export.",
		"Inkpad SQL注入漏洞",
		"Inkpad是Brightleaf公司的一款笔记应用。Inkpad 3.4.1之前版本存在SQL注入漏洞，攻击者可通过note_id参数执行SQL语句。" },
	{ "brightleaf", "inkpad", "Stored cross-site scripting in the comment field of Inkpad before 3.4.1.", "Inkpad跨站脚本漏洞",
		"Inkpad是Brightleaf公司的一款笔记应用。Inkpad 3.4.1之前版本的评论存在跨站脚本漏洞。" },
	{ "brightleaf", "inkpad", "Inkpad before 3.5.0 stores session tokens in cleartext in the log.", "Inkpad信息泄露漏洞",
		"Inkpad 3.5.0之前版本存在信息泄露漏洞，令牌以明文写入日志。" },
	{ "Harbour Systems", "TideRouter TR-840N",
		"A stack-based buffer overflow in the httpd function parse_ssid of TideRouter TR-840N allows code execution.",
		"Harbour TideRouter TR840N栈缓冲区溢出漏洞", "TideRouter TR840N的httpd中parse_ssid函数存在基于栈的缓冲区溢出漏洞。" },
	{ "Harbour Systems", "TideRouter TR-840N", "OS command injection via the ping_addr parameter in goform/diag of TideRouter TR-840N.",
		"Harbour TideRouter命令注入漏洞",
		"TideRouter TR840N的goform/diag存在命令注入漏洞，攻击者可通过ping_addr参数执行任意命令。" },
	{ "Harbour Systems", "TideRouter TR-860N", "Hard-coded credentials in the telnet service of TideRouter TR-860N.",
		"TideRouter TR860N信任管理问题漏洞", "TideRouter TR860N的telnet服务使用硬编码凭证。" },
	{ "lanternproject", "libglow", "An out-of-bounds read in GlowTable::lookup in glow_table.c of libglow 2.0.7.",
		"libglow越界读取漏洞", "libglow 2.0.7版本glow_table.c文件的GlowTable::lookup函数存在越界读取漏洞。" },
	{ "lanternproject", "libglow", "A use-after-free in glow_scene.c of libglow 2.0.7.", "libglow内存错误引用漏洞",
		"libglow 2.0.7版本glow_scene.c文件存在释放后重用漏洞，可导致拒绝服务。" },
	{ "northmart", "northmart_mall", "Northmart Mall 5.1 exposes orders of other users through an insecure direct object reference.",
		"Northmart Mall越权访问漏洞", "Northmart Mall 5.1存在未授权访问漏洞，攻击者可查看其他用户的订单。" },
	{ "northmart", "northmart_mall", "Northmart Mall 5.1 does not validate server certificates, enabling man-in-the-middle attacks.",
		"Northmart Mall证书验证漏洞", "Northmart Mall 5.1未进行证书验证，攻击者可实施中间人攻击。" },
	{ "quillworks", "paperlane", "XML external entity injection in the import of Paperlane 1.9.", "Paperlane XML外部实体注入漏洞",
		"Paperlane 1.9的导入功能存在XML外部实体注入漏洞。" },
	{ "quillworks", "paperlane", "Path traversal in Paperlane 1.9 lets attackers read arbitrary files via download.php.",
		"Paperlane目录遍历漏洞", "Paperlane 1.9的download.php存在目录遍历漏洞，可读取任意文件。" },
};
enum { PAIRS = COUNT(pairs), FIRST = 5, WANTED_FIRST = 11, WANTED_WITHIN = 12 };

static Error put_document(Call *call, AdvisoryForm form, Text document)
{
	scoped(advisory_finisher_free) AdvisoryFinisher *finisher = advisory_finisher_new();
	AdvisoryFinished finished;
	AdvisoryOutcome outcome;
	Text why;
	if (!advisory_finish(finisher, call->arena, form, document, &finished, &why)) return fail(call, INVALID, "%.*s", TEXT_ARGS(why));
	return advisory_put(call, &finished, &outcome);
}

static Text number_of(Call *call, size_t pair) { return arena_printf(call->arena, "CVE-2031-%zu", 5000 + pair); }

static Error put_pair(Call *call, void *argument)
{
	size_t pair = *(const size_t *)argument;
	const Pair *one = &pairs[pair % PAIRS];
	Text number = number_of(call, pair);
	return put_document(call, FORM_CVE5,
		arena_printf(call->arena,
			"{\"dataType\":\"CVE_RECORD\",\"dataVersion\":\"5.1\",\"cveMetadata\":{\"cveId\":\"%.*s\",\"state\":\"%s\","
			"\"datePublished\":\"2031-05-06T00:00:00Z\"},\"containers\":{\"cna\":{\"descriptions\":[{\"lang\":\"en\",\"value\":"
			"\"%s\"}],"
			"\"affected\":[{\"vendor\":\"%s\",\"product\":\"%s\",\"versions\":[{\"version\":\"1\",\"status\":\"affected\"}]}]}}"
			"}",
			TEXT_ARGS(number), pair < PAIRS ? "PUBLISHED" : "REJECTED", one->english, one->vendor, one->product));
}

static void put(Test *t, size_t pair) { CHECK_OK(t->call, db_transact(t->call, put_pair, &pair)); }

static AdvisoryKins ask(Test *t, size_t pair)
{
	AdvisoryKins kins;
	Description description = { .title = text_from(pairs[pair].title),
		.body = text_from(pairs[pair].chinese),
		.names = text_from(pairs[pair].product),
		.versions = TEXT(""),
		.level = TEXT("") };
	CHECK_OK(t->call, advisory_kin_find(t->call, &description, TEXT(""), FIRST, &kins));
	return kins;
}

TEST_DB(kin__a_chinese_description_finds_the_english_record)
{
	int64_t made;
	int first = 0, within = 0;
	for (size_t i = 0; i < PAIRS; i++) put(t, i);
	CHECK_OK(t->call, advisory_kin_follow(t->call, 10, &made));
	CHECK_INT(made, 1);
	for (size_t i = 0; i < PAIRS; i++) {
		AdvisoryKins kins = ask(t, i);
		Text wanted = number_of(t->call, i);
		for (size_t k = 0; k < kins.count; k++) {
			bool is_it = text_is(kins.at[k].identifier, wanted);
			within += is_it;
			first += is_it && k == 0;
		}
	}
	CHECK(first >= WANTED_FIRST);
	CHECK(within >= WANTED_WITHIN);
}

TEST_DB(kin__the_index_follows_what_comes_and_goes)
{
	int64_t made;
	AdvisoryKins kins;
	size_t gone = PAIRS; /* a document of the first pair's product that was rejected */
	for (size_t i = 1; i < PAIRS; i++) put(t, i);
	put(t, gone);
	CHECK_OK(t->call, advisory_kin_follow(t->call, 10, &made));
	kins = ask(t, 0);
	for (size_t i = 0; i < kins.count; i++)
		CHECK(!text_is(kins.at[i].identifier, number_of(t->call, 0)) && !text_is(kins.at[i].identifier, number_of(t->call, gone)));
	CHECK_OK(t->call, advisory_kin_follow(t->call, 10, &made));
	CHECK_INT(made, 0);
	put(t, 0);
	CHECK_OK(t->call, advisory_kin_follow(t->call, 10, &made));
	CHECK_INT(made, 1);
	kins = ask(t, 0);
	CHECK(kins.count && text_is(kins.at[0].identifier, number_of(t->call, 0)));
	int64_t records;
	CHECK_OK(t->call, advisory_kin_rebuild(t->call, NULL, NULL, &records));
	CHECK_INT(records, PAIRS);
	kins = ask(t, 0);
	CHECK(kins.count && text_is(kins.at[0].identifier, number_of(t->call, 0)));
}

TEST_DB(kin__reasons_are_what_both_say_and_a_named_number_comes_first)
{
	int64_t made;
	for (size_t i = 0; i < PAIRS; i++) put(t, i);
	CHECK_OK(t->call, advisory_kin_follow(t->call, 10, &made));
	AdvisoryKins kins = ask(t, 6);
	CHECK(kins.count && text_is(kins.at[0].identifier, number_of(t->call, 6)));
	CHECK(kins.at[0].same_class && !kins.at[0].is_named && kins.at[0].names.count && kins.at[0].versions.count);
	CHECK_TEXT(kins.at[0].names.at[0], "libglow");
	CHECK_TEXT(kins.at[0].versions.at[0], "2.0.7");
	bool has_function = false;
	for (size_t i = 0; i < kins.at[0].places.count; i++) has_function |= text_is(kins.at[0].places.at[i], TEXT("glowtable::lookup"));
	CHECK(has_function);
	Description named = { .title = TEXT("libglow越界读取漏洞"),
		.body = TEXT("与cve-2031-5003相同"),
		.names = TEXT("libglow"),
		.versions = TEXT(""),
		.level = TEXT("") };
	CHECK_OK(t->call, advisory_kin_find(t->call, &named, TEXT(""), FIRST, &kins));
	CHECK(text_is(kins.at[0].identifier, number_of(t->call, 3)) && kins.at[0].is_named);
	CHECK(!kins.at[1].is_named);
}

TEST_DB(kin__an_empty_library_finds_nothing) { CHECK_INT(ask(t, 0).count, 0); }

/* ---- Real data: mobile systems in the CVE list against one week of another library, numbers taken out by the tokenizer alone */
static void add_record(Test *t, PostingsBuilder *builder, Text line, uint32_t document, Texts *numbers)
{
	AdvisoryDraft draft;
	Terms terms;
	Text why;
	ArenaMark mark = arena_mark(t->arena);
	Text kept = TEXT("");
	if (cve5_read(t->arena, line, &draft, &why) && !draft.withdrawn) {
		Description description = advisory_description(t->arena, &draft, draft.published_at);
		terms_of(t->arena, &description, false, &terms);
		postings_add(builder, document, &terms);
		kept = draft.identifier;
	}
	char number[40];
	snprintf(number, sizeof(number), "%.*s", TEXT_ARGS(kept));
	arena_release(t->arena, mark);
	list_add(t->arena, numbers, arena_copy(t->arena, text_from(number)));
}

typedef struct Weekly {
	Text *buckets;
	Texts numbers; /* of documents */
	int asked, found;
} Weekly;

static void ask_entry(Test *t, Weekly *weekly, Text entry)
{
	AdvisoryDraft draft;
	Terms terms;
	Text why;
	size_t want = weekly->numbers.count;
	if (!cnvd_read(t->arena, entry, &draft, &why) || draft.aliases.count != 1) return;
	for (size_t i = 0; i < weekly->numbers.count; i++)
		if (text_is(weekly->numbers.at[i], draft.aliases.at[0])) want = i;
	if (want == weekly->numbers.count) return;
	Description description = advisory_description(t->arena, &draft, draft.published_at);
	terms_of(t->arena, &description, true, &terms);
	double *scores = arena_array_of(t->arena, double, weekly->numbers.count);
	for (size_t i = 0; i < terms.list.count; i++) {
		PostingsCursor cursor;
		uint32_t document;
		int weight;
		size_t with = 0;
		Text bucket = weekly->buckets[postings_bucket(terms.list.at[i].hash)];
		if (!bucket.length || !postings_find(bucket, terms.list.at[i].hash, &cursor)) continue;
		while (postings_step(&cursor, &document, &weight)) with++;
		double worth = kinship_query_weight(&terms.list.at[i]) * kinship_rarity(with, weekly->numbers.count);
		CHECK(postings_find(bucket, terms.list.at[i].hash, &cursor));
		while (postings_step(&cursor, &document, &weight)) scores[document] += worth * weight;
	}
	int better = 0;
	for (size_t i = 0; i < weekly->numbers.count; i++) better += scores[i] > scores[want];
	weekly->asked++;
	weekly->found += better < FIRST;
}

static void file_close(gzFile *file)
{
	if (*file) gzclose(*file);
}

TEST(kin__real_entries_find_their_records_by_the_index_alone)
{
	enum { RECORDS = 6000, LINE_BYTES = 1 << 20, WANTED_PERCENT = 75 };
	gzFile file scoped(file_close) = gzopen(test_data("cve-mobile-os.jsonl.gz"), "rb");
	gzFile other scoped(file_close) = gzopen(test_data("cnvd-xml/278.xml"), "rb");
	PostingsBuilder *builder scoped(postings_free) = postings_new();
	Weekly weekly = { .buckets = arena_array_of(t->arena, Text, POSTINGS_BUCKETS) };
	char *line = arena_alloc(t->arena, LINE_BYTES);
	for (uint32_t document = 0; document < POSTINGS_DOCUMENTS - 1 && file && gzgets(file, line, LINE_BYTES);) {
		if (!strstr(line, "\"CVE-2014-") && !strstr(line, "\"CVE-2015-") && !strstr(line, "\"CVE-2016-")) continue;
		add_record(t, builder, text_trim(text_from(line)), document++, &weekly.numbers);
		if (weekly.numbers.count == RECORDS) break;
	}
	uint32_t bucket;
	Text bytes;
	while (postings_next(builder, &bucket, &bytes)) weekly.buckets[bucket] = arena_copy(t->arena, bytes);
	char *all = arena_alloc(t->arena, 2 * LINE_BYTES);
	int length = other ? gzread(other, all, 2 * LINE_BYTES - 1) : 0;
	CHECK(length > 0);
	Text rest = { all, (size_t)length };
	for (size_t from, to; text_find(rest, TEXT("<vulnerability>"), &from);) {
		rest = text_slice(rest, from, rest.length);
		if (!text_find(rest, TEXT("</vulnerability>"), &to)) break;
		ArenaMark mark = arena_mark(t->arena);
		ask_entry(t, &weekly, text_slice(rest, 0, to + strlen("</vulnerability>")));
		arena_release(t->arena, mark);
		rest = text_slice(rest, to, rest.length);
	}
	CHECK(weekly.asked >= 50);
	CHECK(weekly.found * 100 >= weekly.asked * WANTED_PERCENT);
}
