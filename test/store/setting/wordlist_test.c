#include "store/setting/wordlist.h"

#include "harness/test.h"
#include "store/db/db.h"

static const Actor system_admin = { .person_id = 7, .roles = ROLE_SYSTEM_ADMIN }, somebody = { .person_id = 8, .roles = ROLE_COORDINATOR };
static const WordBuiltIn built_in[] = { { "no-impact", N_("No security impact"), false },
	{ "spam", N_("No report of a vulnerability"), true } };
static Text numbered(Arena *arena, Lang lang, size_t word)
{
	return arena_printf(arena, "%s %zu", lang == LANG_ZH ? "第" : "article", word);
}
static const Wordlist list = {
	.name = "test", .title = "Test", .source_label = "Rule", .words = built_in, .count = COUNT(built_in), .source = numbered
};

static Error change(Call *call, void *argument) { return wordlist_change(call, &list, argument); }

static WordWish wish_of(const char *code, const char *english, int64_t seen)
{
	return (WordWish) { .word = { .code = text_from(code), .text_zh = TEXT("词"), .text_en = text_from(english) },
		.reason = TEXT("Because"),
		.seen = seen };
}

TEST_DB(wordlist__begins_with_the_built_in_words_and_keeps_every_version)
{
	Words words;
	Word word;
	bool is_found;
	WordVersions versions;
	t->call->actor = &system_admin;
	CHECK_OK(t->call, wordlist_words(t->call, &list, &words));
	CHECK_INT(words.count, 2);
	CHECK_TEXT(word_source(&words.at[1], LANG_EN), "article 1");
	CHECK(words.at[1].is_reserved && !words.at[1].version && !text_is(words.at[0].text_zh, words.at[0].text_en));
	WordWish changed = wish_of("spam", "Junk", 0), added = wish_of("stale", "Too old", -1);
	CHECK_OK(t->call, db_transact(t->call, change, &changed));
	CHECK_OK(t->call, db_transact(t->call, change, &added));
	added = wish_of("stale", "Out of date", 1);
	added.word.is_retired = true;
	CHECK_OK(t->call, db_transact(t->call, change, &added));
	CHECK_OK(t->call, wordlist_words(t->call, &list, &words));
	CHECK_INT(words.count, 3);
	CHECK_TEXT(words.at[1].text_en, "Junk");
	CHECK(words.at[1].is_reserved && words.at[2].is_retired && words.at[2].version == 2);
	CHECK_OK(t->call, wordlist_find(t->call, &list, TEXT("stale"), 1, &word, &is_found));
	CHECK(is_found && text_is(word.text_en, TEXT("Too old")) && !word.is_retired);
	CHECK_OK(t->call, wordlist_find(t->call, &list, TEXT("spam"), 0, &word, &is_found));
	CHECK(is_found && text_is(word.text_en, TEXT("No report of a vulnerability")));
	CHECK_OK(t->call, wordlist_find(t->call, &list, TEXT("stale"), 0, &word, &is_found));
	CHECK(!is_found);
	CHECK_OK(t->call, wordlist_history(t->call, &list, TEXT("stale"), 0, 10, &versions));
	CHECK(versions.count == 2 && versions.at[0].word.version == 2 && versions.at[1].person_id == 7);
}

TEST_DB(wordlist__refuses_what_is_wrong_at_its_field_and_whoever_was_slower)
{
	t->call->actor = &system_admin;
	WordWish wrong = wish_of("No Impact", "", -1);
	CHECK(db_transact(t->call, change, &wrong) == ERROR_INVALID);
	CHECK_INT(t->call->failure.problems.count, 2);
	CHECK_TEXT(t->call->failure.problems.at[0].field, "code");
	CHECK_TEXT(t->call->failure.problems.at[1].field, "text_en");
	call_recover(t->call);
	WordWish taken = wish_of("spam", "Junk", -1), stale = wish_of("spam", "Junk", 3), unknown = wish_of("other", "Other", 0);
	CHECK_ERROR(t->call, db_transact(t->call, change, &taken), CONFLICT);
	CHECK_ERROR(t->call, db_transact(t->call, change, &stale), CONFLICT);
	CHECK_ERROR(t->call, db_transact(t->call, change, &unknown), CONFLICT);
	t->call->actor = &somebody;
	WordWish good = wish_of("spam", "Junk", 0);
	CHECK_ERROR(t->call, db_transact(t->call, change, &good), FORBIDDEN);
}

static Error change_lines(Call *call, void *argument)
{
	Wordlist lines = list;
	lines.has_lines = true;
	return wordlist_change(call, &lines, argument);
}

TEST_DB(wordlist__a_list_of_texts_wants_one_with_every_word)
{
	t->call->actor = &system_admin;
	WordWish wish = wish_of("thanks", "Thanks", -1);
	CHECK(db_transact(t->call, change_lines, &wish) == ERROR_INVALID);
	CHECK_TEXT(t->call->failure.problems.at[0].field, "source_zh");
	call_recover(t->call);
	wish.word.source_zh = TEXT("谢谢。\n再见。");
	wish.word.source_en = TEXT("Thank you.\nGood-bye.");
	CHECK_OK(t->call, db_transact(t->call, change_lines, &wish));
}
