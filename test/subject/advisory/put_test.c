/* Documents in the database: whatever their order and repetition, the same records come out. */
#include "harness/test.h"
#include "store/db/db.h"
#include "subject/advisory/advisory_private.h"

typedef struct Typed {
	AdvisoryForm form;
	const char *document;
} Typed;

#define CVE(number, updated, title) \
	"{\"dataType\":\"CVE_RECORD\",\"dataVersion\":\"5.1\",\"cveMetadata\":{\"cveId\":\"" number "\",\"state\":\"PUBLISHED\"," \
	"\"datePublished\":\"2023-05-06T00:00:00Z\",\"dateUpdated\":\"" updated "\"},\"containers\":{\"cna\":{\"title\":\"" title "\"}}}"
#define CNVD(number, cves, day, title) \
	"<vulnerability><number>" number "</number><cves>" cves "</cves><title>" title "</title><openTime>" day \
	"</openTime></vulnerability>"
#define NAMES(number) "<cve><cveNumber>" number "</cveNumber></cve>"

static const Typed documents[] = {
	{ FORM_CVE5, CVE("CVE-2023-1001", "2023-06-01T00:00:00Z", "First") },
	{ FORM_CVE5, CVE("CVE-2023-1001", "2023-07-01T00:00:00Z", "First, corrected") },
	{ FORM_CVE5, CVE("CVE-2023-1002", "2023-06-01T00:00:00Z", "Second") },
	{ FORM_CNVD, CNVD("CNVD-2023-11", NAMES("CVE-2023-1001"), "2023-05-01", "第一") },
	{ FORM_CNVD, CNVD("CNVD-2023-12", NAMES("CVE-2023-1001") NAMES("CVE-2023-1002"), "2023-05-02", "两者") },
	{ FORM_CNVD, CNVD("CNVD-2023-13", NAMES("CVE-2023-1003"), "2023-05-03", "尚无") },
	{ FORM_CNVD, CNVD("CNVD-2023-13", NAMES("CVE-2023-1002"), "2023-05-04", "改属") }, /* younger: belongs to another record */
	{ FORM_CNVD, CNVD("CNVD-2023-14", "", "2023-05-05", "单独") },
};
static const char *const numbers[] = { "CVE-2023-1001", "CVE-2023-1002", "CVE-2023-1003", "CNVD-2023-11", "CNVD-2023-12", "CNVD-2023-13",
	"CNVD-2023-14" };

static Error put_one(Call *call, void *argument)
{
	const Typed *typed = argument;
	scoped(advisory_finisher_free) AdvisoryFinisher *finisher = advisory_finisher_new();
	AdvisoryFinished finished;
	AdvisoryOutcome outcome;
	Text why;
	if (!advisory_finish(finisher, call->arena, typed->form, text_from(typed->document), &finished, &why))
		return fail(call, INVALID, "%.*s", TEXT_ARGS(why));
	return advisory_put(call, &finished, &outcome);
}

/* Each round has numbers of its own, so that one database serves many: -2023-1… becomes -2023-4…, and back in what is compared. */
static Text renumber(Test *t, Text text, char from, char to)
{
	Text wanted = arena_printf(t->arena, "-2023-%c", from), out = arena_copy(t->arena, text), rest = out;
	for (size_t at; text_find(rest, wanted, &at); rest = text_slice(rest, at + wanted.length, rest.length))
		((char *)(uintptr_t)rest.at)[at + wanted.length - 1] = to;
	return out;
}

static void put(Test *t, const Typed *typed, char round)
{
	Typed copy = { typed->form, renumber(t, text_from(typed->document), '1', round).at };
	CHECK_OK(t->call, db_transact(t->call, put_one, &copy));
}

static Text dump(Test *t, char round)
{
	Buffer buffer = { .arena = t->arena };
	for (size_t i = 0; i < COUNT(numbers); i++) {
		Advisory advisory;
		Error error = advisory_find(t->call, renumber(t, text_from(numbers[i]), '1', round), &advisory);
		if (error != OK) {
			CHECK_ERROR(t->call, error, NOT_FOUND);
			buffer_printf(&buffer, "%s: none\n", numbers[i]);
			continue;
		}
		CHECK_OK(t->call, advisory_load_history(t->call, &advisory));
		buffer_printf(&buffer, "%s: %.*s %lld %zu ", numbers[i], TEXT_ARGS(advisory.identifier),
			(long long)(advisory.position >> 20), advisory.sources.count);
		JsonWriter writer = json_writer(&buffer);
		advisory_write(&writer, &advisory.content);
		buffer_byte(&buffer, '\n');
	}
	return renumber(t, buffer_text(&buffer), round, '1');
}

TEST_DB(advisory__order_and_repetition_of_documents_change_nothing)
{
	Text first = { 0 };
	for (size_t round = 0; round < COUNT(documents); round++) { /* rotations, each document twice; odd rounds backwards */
		char digit = (char)('1' + round);
		for (size_t i = 0; i < COUNT(documents) * 2; i++) {
			size_t at = (round + i) % COUNT(documents);
			put(t, &documents[round % 2 ? COUNT(documents) - 1 - at : at], digit);
		}
		Text now = dump(t, digit);
		if (!round) first = now;
		if (!text_is(now, first))
			test_fail(__FILE__, __LINE__, "round %zu:\n%.*s\nfirst:\n%.*s", round, TEXT_ARGS(now), TEXT_ARGS(first));
	}
}

TEST_DB(advisory__documents_of_one_vulnerability_make_one_record)
{
	for (size_t i = 0; i < COUNT(documents); i++) put(t, &documents[i], '1');
	Advisory advisory;
	CHECK_OK(t->call, advisory_find(t->call, TEXT("cnvd-2023-11"), &advisory));
	CHECK_TEXT(advisory.identifier, "CVE-2023-1001");
	CHECK_TEXT(advisory.content.title[LANG_EN], "First, corrected");
	CHECK_TEXT(advisory.content.title[LANG_ZH], "第一");
	CHECK_OK(t->call, advisory_load_history(t->call, &advisory));
	CHECK_INT(advisory.sources.count, 3);
	CHECK_OK(t->call, advisory_find(t->call, TEXT("CNVD-2023-13"), &advisory));
	CHECK_TEXT(advisory.identifier, "CVE-2023-1002");
	CHECK_ERROR(t->call, advisory_find(t->call, TEXT("CVE-2023-1003"), &advisory), NOT_FOUND);
	CHECK_OK(t->call, advisory_find(t->call, TEXT("CNVD-2023-12"), &advisory));
	CHECK_TEXT(arena_join(t->arena, advisory.content.related.at, advisory.content.related.count, TEXT(" ")),
		"CVE-2023-1001 CVE-2023-1002");
	CHECK_ERROR(t->call, advisory_find(t->call, TEXT("../etc"), &advisory), NOT_FOUND);
}

static Error publish_one(Call *call, void *argument)
{
	const AdvisoryDraft *draft = argument;
	return advisory_publish(call, draft, TEXT("publisher"), TEXT("first publication"));
}

static AdvisoryDraft own_draft(Test *t, Text number, Text foreign)
{
	AdvisoryDraft draft = {
		.identifier = number, .published_at = 1600000000000, .level = TEXT("high"), .title = { TEXT("我们的"), TEXT("Ours") }
	};
	if (foreign.length) list_add(t->arena, &draft.aliases, foreign);
	return draft;
}

TEST_DB(advisory__ours_takes_in_the_record_it_names_before_or_after_it)
{
	Text dumps[2];
	for (int after = 0; after < 2; after++) {
		char digit = (char)('1' + after);
		AdvisoryDraft draft =
			own_draft(t, renumber(t, TEXT("own-2023-1"), '1', digit), renumber(t, TEXT("cnvd-2023-11"), '1', digit));
		if (!after) CHECK_OK(t->call, db_transact(t->call, publish_one, &draft));
		for (size_t i = 0; i < COUNT(documents); i++) put(t, &documents[i], digit);
		if (after) CHECK_OK(t->call, db_transact(t->call, publish_one, &draft));
		Advisory advisory;
		CHECK_OK(t->call, advisory_find(t->call, renumber(t, TEXT("CVE-2023-1001"), '1', digit), &advisory));
		CHECK(text_is(advisory.identifier, renumber(t, TEXT("OWN-2023-1"), '1', digit)));
		CHECK_TEXT(advisory.content.title[LANG_EN], "Ours");
		CHECK_OK(t->call, advisory_load_history(t->call, &advisory));
		CHECK_INT(advisory.sources.count, 4);
		CHECK_INT(advisory.revisions.count, 1);
		dumps[after] = dump(t, digit);
	}
	if (!text_is(dumps[0], dumps[1])) test_fail(__FILE__, __LINE__, "%.*s\n%.*s", TEXT_ARGS(dumps[0]), TEXT_ARGS(dumps[1]));
}

TEST_DB(advisory__numbers_of_others_cannot_be_taken_and_two_of_ours_do_not_share_one)
{
	put(t, &documents[0], '1');
	AdvisoryDraft stolen = own_draft(t, TEXT("CVE-2023-1001"), TEXT("")), one = own_draft(t, TEXT("OWN-1"), TEXT("CVE-2023-1001")),
		      two = own_draft(t, TEXT("OWN-2"), TEXT("CVE-2023-1001"));
	CHECK_ERROR(t->call, db_transact(t->call, publish_one, &stolen), CONFLICT);
	CHECK_OK(t->call, db_transact(t->call, publish_one, &one));
	CHECK_OK(t->call, db_transact(t->call, publish_one, &two));
	Advisory advisory;
	CHECK_OK(t->call, advisory_find(t->call, TEXT("CVE-2023-1001"), &advisory));
	CHECK_TEXT(advisory.identifier, "OWN-1");
	CHECK_OK(t->call, advisory_find(t->call, TEXT("OWN-2"), &advisory));
	CHECK_TEXT(advisory.content.related.at[0], "CVE-2023-1001");
}

static Error withdraw_one(Call *call, void *argument)
{
	const char *number = argument;
	return advisory_withdraw(call, text_from(number), TEXT("publisher"), TEXT("a mistake"), TEXT("own-2"));
}

TEST_DB(advisory__withdrawal_keeps_the_page_with_reason_and_history)
{
	AdvisoryDraft draft = own_draft(t, TEXT("OWN-1"), TEXT(""));
	char own[] = "OWN-1", foreign[] = "CVE-2023-1001";
	put(t, &documents[0], '1');
	CHECK_OK(t->call, db_transact(t->call, publish_one, &draft));
	t->call->now += 1000;
	CHECK_OK(t->call, db_transact(t->call, withdraw_one, own));
	CHECK_ERROR(t->call, db_transact(t->call, withdraw_one, foreign), NOT_FOUND);
	Advisory advisory;
	CHECK_OK(t->call, advisory_find(t->call, TEXT("OWN-1"), &advisory));
	CHECK(advisory.withdrawn && advisory.content.withdrawn);
	CHECK_TEXT(advisory.content.withdrawal_reason, "a mistake");
	CHECK_TEXT(advisory.content.successor, "OWN-2");
	CHECK_OK(t->call, advisory_load_history(t->call, &advisory));
	CHECK_INT(advisory.revisions.count, 2);
	CHECK_TEXT(advisory.revisions.at[0].reason, "a mistake");
}

TEST_DB(advisory__a_revision_says_field_by_field_what_it_changed)
{
	AdvisoryDraft draft = own_draft(t, TEXT("OWN-1"), TEXT(""));
	Advisory advisory;
	CHECK_OK(t->call, db_transact(t->call, publish_one, &draft));
	t->call->now += 1000;
	draft.title[LANG_EN] = TEXT("Ours, corrected");
	CHECK_OK(t->call, db_transact(t->call, publish_one, &draft));
	CHECK_OK(t->call, advisory_find(t->call, TEXT("OWN-1"), &advisory));
	CHECK_OK(t->call, advisory_load_history(t->call, &advisory));
	CHECK_INT(advisory.revisions.count, 2);
	const AdvisoryRevision *second = &advisory.revisions.at[0];
	CHECK_INT(advisory.revisions.at[1].changes.count, 0);
	CHECK_INT(second->changes.count, 1);
	CHECK_TEXT(text_from(second->changes.at[0].field), "title.en");
	CHECK_TEXT(second->changes.at[0].before, "Ours");
	CHECK_TEXT(second->changes.at[0].after, "Ours, corrected");
}

TEST(advisory__cwe_and_masvs_stand_beside_the_class_of_our_own_records)
{
	AdvisoryDraft draft = own_draft(t, TEXT("OWN-1"), TEXT(""));
	draft.class_name = TEXT("sql-injection");
	CHECK_TEXT(advisory_cwe(t->arena, &draft).at[0], "CWE-89");
	CHECK_INT(advisory_masvs(t->arena, &draft).count, 0); /* neither ours nor of a mobile platform: not a matter of MASVS */
	list_add(t->arena, &draft.platforms, TEXT("android"));
	CHECK_TEXT(advisory_masvs(t->arena, &draft).at[0], "MASVS-CODE-4");
	list_add(t->arena, &draft.weaknesses, TEXT("CWE-319"));
	const Texts both = advisory_masvs(t->arena, &draft);
	CHECK_TEXT(arena_join(t->arena, both.at, both.count, TEXT(" ")), "MASVS-CODE-4 MASVS-NETWORK-1");
}
