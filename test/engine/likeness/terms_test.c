#include "engine/likeness/terms.h"

#include "engine/likeness/kinship.h"
#include "engine/likeness/postings.h"
#include "harness/test.h"

static Terms terms(Test *t, const char *names, const char *title, const char *body)
{
	Terms out;
	Description description = {
		.names = text_from(names), .title = text_from(title), .body = text_from(body), .versions = TEXT(""), .level = TEXT("")
	};
	terms_of(t->arena, &description, false, &out);
	return out;
}

static const Term *said(const Terms *terms, const char *word)
{
	for (size_t i = 0; i < terms->list.count; i++)
		if (text_is(terms->list.at[i].word, text_from(word))) return &terms->list.at[i];
	return NULL;
}

static uint64_t hash_of(const Terms *terms, const char *word)
{
	const Term *term = said(terms, word);
	CHECK(term);
	return term ? term->hash : 0;
}

static size_t shared(const Terms *a, const Terms *b, TermKind kind)
{
	size_t count = 0;
	for (size_t i = 0; i < a->list.count; i++) count += a->list.at[i].kind == kind && terms_find(b, a->list.at[i].hash);
	return count;
}

TEST(terms__names_places_and_versions_are_the_same_in_both_languages)
{
	Terms zh = terms(t, "Example-Soft PaperReader <=7.2.10", "PaperReader缓冲区溢出漏洞",
		"PaperReader 7.2.10及之前版本中的lib/page_tree.c文件的PageTree::split函数存在缓冲区溢出漏洞。");
	Terms en = terms(
		t, "examplesoft paperreader", "", "A buffer overflow in PageTree::split of lib/page_tree.c in PaperReader through 7.2.10");
	CHECK(shared(&zh, &en, TERM_NAME) >= 2); /* examplesoft, however it is written, and paperreader */
	CHECK(shared(&zh, &en, TERM_VERSION) == 1);
	CHECK(shared(&zh, &en, TERM_PLACE) >= 3); /* the function, the path and the file */
	CHECK(shared(&zh, &en, TERM_WEAKNESS) >= 1);
	CHECK(zh.groups & en.groups);
}

TEST(terms__classes_of_weakness_are_told_apart_whatever_the_language)
{
	Terms script = terms(t, "", "某系统存在存储型跨站脚本漏洞", ""), other = terms(t, "", "某系统SQL注入漏洞", "");
	Terms english = terms(t, "", "Stored XSS", ""), folded = terms(t, "", "某系統跨站腳本漏洞", "");
	CHECK(script.groups & english.groups);
	CHECK(script.groups & folded.groups); /* traditional characters */
	CHECK(!(other.groups & english.groups));
	Description by_number = { .title = TEXT(""), .body = TEXT(""), .names = TEXT(""), .versions = TEXT(""), .level = TEXT("") };
	Terms numbered;
	list_add(t->arena, &by_number.weaknesses, TEXT("CWE-79"));
	terms_of(t->arena, &by_number, false, &numbered);
	CHECK(numbered.groups == english.groups);
}

TEST(terms__numbers_of_records_and_links_say_nothing)
{
	Terms found = terms(
		t, "", "Wallet flaw (CVE-2024-12345)", "See https://news.example.com/wallet-12345 and CNVD-2024-54321; wallet-core 12345");
	CHECK(said(&found, "wallet"));
	CHECK(said(&found, "walletcore"));
	CHECK(!said(&found, "2024") && !said(&found, "54321") && !said(&found, "news") && !said(&found, "cnvd"));
	CHECK(said(&found, "12345")); /* it stands alone as well */
	CHECK(!said(&found, "cve"));
}

TEST(terms__the_months_around_are_asked_for_only_by_a_question)
{
	Description description = {
		.title = TEXT(""), .body = TEXT(""), .names = TEXT(""), .versions = TEXT(""), .level = TEXT(""), .at = 1700000000000
	};
	Terms kept, asked;
	terms_of(t->arena, &description, false, &kept);
	terms_of(t->arena, &description, true, &asked);
	CHECK_INT(kept.list.count, 1);
	CHECK_INT(asked.list.count, 3);
	CHECK(terms_find(&asked, kept.list.at[0].hash));
}

TEST(postings__what_was_put_in_comes_out_by_term_and_document)
{
	PostingsBuilder *builder scoped(postings_free) = postings_new();
	Terms one = terms(t, "alpha", "", "shared words"), two = terms(t, "beta", "", "shared things"), three = terms(t, "alpha", "", "");
	uint64_t alpha = hash_of(&one, "alpha"), word = hash_of(&one, "shared");
	postings_add(builder, 0, &one);
	postings_add(builder, 5, &two);
	postings_add(builder, POSTINGS_DOCUMENTS - 1, &three);
	uint32_t bucket, document, last = 0;
	Text bytes;
	int weight, alphas = 0, words = 0;
	for (bool first = true; postings_next(builder, &bucket, &bytes); first = false) {
		PostingsCursor cursor;
		CHECK(first || bucket > last);
		last = bucket;
		if (bucket == postings_bucket(alpha) && postings_find(bytes, alpha, &cursor))
			while (postings_step(&cursor, &document, &weight))
				CHECK(document == (alphas++ ? POSTINGS_DOCUMENTS - 1 : 0) && weight > 0);
		if (bucket == postings_bucket(word) && postings_find(bytes, word, &cursor))
			while (postings_step(&cursor, &document, &weight)) CHECK(document == (words++ ? 5 : 0));
	}
	CHECK_INT(alphas, 2);
	CHECK_INT(words, 2);
}

TEST(postings__a_damaged_bucket_ends_early)
{
	static const char endless[] = "\x01\x02\x03\x04\xFF\xFF\xFF\xFF\xFF\xFF", far[] = "\x04\x03\x02\x01\x04\xFF\xFF\x7F\x01";
	PostingsCursor cursor;
	uint32_t document;
	int weight;
	CHECK(!postings_find((Text) { endless, sizeof(endless) - 1 }, 0x04030201, &cursor));
	CHECK(postings_find((Text) { far, sizeof(far) - 1 }, 0x01020304, &cursor));
	CHECK(!postings_step(&cursor, &document, &weight)); /* beyond the last document */
	CHECK(!postings_find(TEXT(""), 1, &cursor));
}

TEST(kinship__the_same_place_and_class_weigh_more_than_the_same_product)
{
	Description asked = { .names = TEXT("示例钱包 WalletPro"),
		.title = TEXT("WalletPro SQL注入漏洞"),
		.body = TEXT("api/order/list存在SQL注入"),
		.versions = TEXT(""),
		.level = TEXT("") };
	Description same = { .names = TEXT("example walletpro"),
		.title = TEXT(""),
		.body = TEXT("SQL injection in api/order/list"),
		.versions = TEXT(""),
		.level = TEXT("") };
	Description other = { .names = TEXT("example walletpro"),
		.title = TEXT(""),
		.body = TEXT("Cross-site scripting in the chat"),
		.versions = TEXT(""),
		.level = TEXT("") };
	Terms question, right, wrong;
	Kinship close, far;
	double rarity[TERMS_MOST];
	terms_of(t->arena, &asked, true, &question);
	terms_of(t->arena, &same, false, &right);
	terms_of(t->arena, &other, false, &wrong);
	for (size_t i = 0; i < TERMS_MOST; i++) rarity[i] = 3;
	kinship_of(&asked, &question, rarity, &same, &right, 0.5, &close);
	kinship_of(&asked, &question, rarity, &other, &wrong, 0.5, &far);
	CHECK(kinship_score(&close) > kinship_score(&far) + 1);
	Texts places;
	kinship_words(t->arena, &question, rarity, &right, TERM_PLACE, &places);
	CHECK(places.count && text_is(places.at[0], TEXT("api/order/list")));
}
