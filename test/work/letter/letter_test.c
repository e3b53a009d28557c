#include "base/sandbox/inspect.h"
#include "face/doc/tool.h"
#include "harness/scene.h"
#include "store/db/db.h"
#include "store/ledger/ledger.h"
#include "store/seal/seal.h"
#include "work/letter/letter.h"
#include "work/letter/letter_private.h"

static Text issue(Test *t, LetterKind kind, const char *text)
{
	Text ref;
	const LetterOrder order = { .kind = kind,
		.machine = "report",
		.subject_id = 1,
		.seal_key = SEAL_MATTER_LIBRARY,
		.matter = TEXT("R-2026-AAAA"),
		.recipient = TEXT("CanaryRecipient有限公司"),
		.text = text_from(text),
		.deadline = TEXT("2026年4月1日") };
	CHECK_OK(t->call, letter_issue(t->call, &order, &ref));
	return ref;
}

static Text number_of(Test *t, Text ref)
{
	IssuedLetter letter;
	CHECK_OK(t->call, letter_open(t->call, ref, &letter));
	return letter.number;
}

TEST_DB(letter__numbers_follow_one_another_within_kind_and_year_and_stay_when_voided)
{
	Scene *scene = scene_new(t);
	scene_as(scene, scene_person(scene, "coordinator", ROLE_COORDINATOR));
	IssuedLetter letter;
	IssuedLetters letters;
	Text first = issue(t, LETTER_NOTICE, "x");
	CHECK_TEXT(number_of(t, first), "软测漏函〔2026〕1号");
	CHECK_TEXT(number_of(t, issue(t, LETTER_REMINDER, "x")), "软测催函〔2026〕1号");
	CHECK_OK(t->call, letter_void(t->call, first, TEXT("A wrong recipient.")));
	CHECK_ERROR(t->call, letter_void(t->call, first, TEXT("Again.")), CONFLICT);
	CHECK_TEXT(number_of(t, issue(t, LETTER_NOTICE, "x")), "软测漏函〔2026〕2号");
	CHECK_OK(t->call, letter_list(t->call, LETTER_NOTICE, 0, 10, &letters));
	CHECK_INT(letters.count, 2);
	CHECK_OK(t->call, letter_open(t->call, first, &letter));
	CHECK(letter.voided_at > 0);
	CHECK_TEXT(letter.reason, "A wrong recipient.");
	/* 2027 begins in Beijing, eight hours before it does in UTC. */
	t->call->now = (int64_t)1798761600000 - 8 * 3600 * 1000;
	CHECK_TEXT(number_of(t, issue(t, LETTER_NOTICE, "x")), "软测漏函〔2027〕1号");
}

static Error issue_and_fail(Call *call, void *argument)
{
	Test *t = argument;
	(void)issue(t, LETTER_THANKS, "x");
	return fail(call, CONFLICT, "on purpose");
}

TEST_DB(letter__a_number_that_was_not_committed_is_given_again)
{
	Scene *scene = scene_new(t);
	scene_as(scene, scene_person(scene, "coordinator", ROLE_COORDINATOR));
	CHECK_ERROR(t->call, db_transact(t->call, issue_and_fail, t), CONFLICT);
	CHECK_TEXT(number_of(t, issue(t, LETTER_THANKS, "x")), "软测谢函〔2026〕1号");
}

TEST_DB(letter__both_files_say_the_same_and_each_download_is_recorded)
{
	Scene *scene = scene_new(t);
	scene_as(scene, scene_person(scene, "coordinator", ROLE_COORDINATOR));
	Text ref = issue(t, LETTER_REJECTION, "影响不成立。\n<b>&{{number}}"), name, bytes;
	IssuedLetter letter;
	LetterReadings readings;
	CHECK_OK(t->call, letter_file(t->call, ref, LETTER_PAGES, &name, &bytes));
	CHECK_TEXT(name, "软测不录函〔2026〕1号.pdf");
	Text words = tool_run(t, "a.pdf", bytes, "pdftotext -layout a.pdf -");
	CHECK(tool_says(words, "不予收录告知书") && tool_says(words, "影响不成立。") && tool_says(words, "<b>&{{number}}"));
	CHECK(tool_says(words, "软测不录函〔2026〕1号") && tool_says(words, "CanaryRecipient") && tool_says(words, "2026年3月5日"));
	CHECK_OK(t->call, letter_file(t->call, ref, LETTER_WORD, &name, &bytes));
	CHECK(tool_says(tool_run(t, "a.docx", bytes,
				"python3 -c \"import zipfile;print(zipfile.ZipFile('a.docx').read('word/document.xml').decode())\""),
		"影响不成立。</w:t><w:br/>"));
	CHECK_OK(t->call, letter_open(t->call, ref, &letter));
	CHECK_OK(t->call, letter_readings(t->call, letter.id, &readings));
	CHECK_INT(readings.count, 2);
	CHECK(readings.at[0].form == LETTER_WORD && readings.at[1].form == LETTER_PAGES);
}

TEST_DB(letter__only_coordinators_with_a_second_factor_issue_and_read)
{
	Scene *scene = scene_new(t);
	IssuedLetters letters;
	IssuedLetter letter;
	Text name, bytes;
	const Actor *coordinator = scene_person(scene, "coordinator", ROLE_COORDINATOR);
	scene_as(scene, coordinator);
	Text ref = issue(t, LETTER_NOTICE, "x");
	Actor weak = *coordinator;
	weak.second_factor = false;
	const Actor *others[] = { scene_person(scene, "verifier", ROLE_VERIFIER | ROLE_PUBLISHER),
		scene_person(scene, "admin", ROLE_SYSTEM_ADMIN), &weak };
	for (size_t i = 0; i < COUNT(others); i++) {
		scene_as(scene, others[i]);
		CHECK_ERROR(t->call, letter_list(t->call, LETTER_KINDS, 0, 10, &letters), FORBIDDEN);
		CHECK_ERROR(t->call, letter_open(t->call, ref, &letter), FORBIDDEN);
		CHECK_ERROR(t->call, letter_file(t->call, ref, LETTER_PAGES, &name, &bytes), FORBIDDEN);
		CHECK_ERROR(t->call, letter_void(t->call, ref, TEXT("x")), FORBIDDEN);
	}
}

TEST_DB(letter__a_template_of_the_office_is_used_from_then_on_when_it_is_right)
{
	Scene *scene = scene_new(t);
	sandbox_stop(&t->house->sandbox);
	const SandboxWork works[] = { [SANDBOX_INSPECT] = inspect_work, [SANDBOX_DOCX] = docx_work };
	CHECK_OK(t->call, sandbox_start(t->call, works, COUNT(works), &t->house->sandbox));
	const Actor *coordinator = scene_person(scene, "coordinator", ROLE_COORDINATOR);
	static const PdfRun right[] = { { .text = TEXT_INIT("OurOwn {{sender}} {{number}} {{recipient}} {{matter}} {{date}}") } },
			    wrong[] = { { .text = TEXT_INIT("{{sender}} {{number}} {{recipient}} {{matter}} {{surprise}}") } };
	Text bytes, name;
	LetterTemplate now;
	CHECK_OK(t->call, docx_make(t->call, &(DocxBlock) { .runs = wrong, .run_count = 1 }, 1, &bytes));
	scene_as(scene, coordinator);
	CHECK_ERROR(t->call, letter_template_put(t->call, LETTER_THANKS, bytes), FORBIDDEN);
	scene_as(scene, scene_person(scene, "admin", ROLE_SYSTEM_ADMIN));
	CHECK(letter_template_put(t->call, LETTER_THANKS, bytes) == ERROR_INVALID);
	CHECK_INT(t->call->failure.problems.count, 2);
	CHECK_TEXT(t->call->failure.problems.at[0].argument, "surprise");
	CHECK_TEXT(t->call->failure.problems.at[1].argument, "date");
	call_recover(t->call);
	CHECK_OK(t->call, docx_make(t->call, &(DocxBlock) { .runs = right, .run_count = 1 }, 1, &bytes));
	CHECK_OK(t->call, letter_template_put(t->call, LETTER_THANKS, bytes));
	CHECK_OK(t->call, letter_template_now(t->call, LETTER_THANKS, &now, NULL));
	CHECK_INT(now.version, 1);
	scene_as(scene, coordinator);
	CHECK_OK(t->call, letter_file(t->call, issue(t, LETTER_THANKS, "x"), LETTER_PAGES, &name, &bytes));
	CHECK(tool_says(tool_run(t, "a.pdf", bytes, "pdftotext a.pdf -"), "OurOwn"));
	CHECK_OK(t->call, letter_file(t->call, issue(t, LETTER_NOTICE, "x"), LETTER_PAGES, &name, &bytes));
	CHECK(!tool_says(tool_run(t, "a.pdf", bytes, "pdftotext a.pdf -"), "OurOwn"));
}

TEST_DB(letter__every_built_in_template_names_what_it_has_to)
{
	Texts names;
	Text bytes;
	for (size_t i = 0; i < LETTER_KINDS; i++) {
		CHECK_OK(t->call, letter_builtin(t->call, (LetterKind)i, &bytes));
		CHECK_OK(t->call, docx_fields(t->call, bytes, &names));
		CHECK_OK(t->call, letter_check_fields(t->call, &names));
	}
}

TEST(letter__the_form_of_numbers_has_to_name_kind_year_and_number)
{
	static const char *const wrong[] = { "", "软测〔{YYYY}〕{n}号", "{kind}{n}", "{kind}{YYYY}", "{kind}{YYYY}{n}{n}",
		"{kind}{YYYY}{n}{x}" };
	Text number;
	for (size_t i = 0; i < COUNT(wrong); i++)
		CHECK_ERROR(t->call, letter_number(t->call, text_from(wrong[i]), LETTER_NOTICE, 2026, 12, &number), CONFIG);
	CHECK_OK(t->call, letter_number(t->call, TEXT("软测{kind}〔{YYYY}〕{n}号"), LETTER_NOTICE, 2026, 12, &number));
	CHECK_TEXT(number, "软测漏函〔2026〕12号");
}

TEST_DB(letter__reading_it_stands_in_the_record_of_its_matter)
{
	Scene *scene = scene_new(t);
	const Actor *coordinator = scene_person(scene, "coordinator", ROLE_COORDINATOR),
		    *other = scene_person(scene, "other", ROLE_COORDINATOR);
	IssuedLetter letter;
	Events events;
	Text name, bytes;
	scene_as(scene, coordinator);
	Text ref = issue(t, LETTER_NOTICE, "x");
	scene_as(scene, other);
	CHECK_OK(t->call, ledger_events_of_action(t->call, "report", TEXT("R-2026-AAAA"), "read", 0, 10, &events));
	CHECK_INT(events.count, 0);
	CHECK_OK(t->call, letter_open(t->call, ref, &letter));
	CHECK_OK(t->call, ledger_events_of_action(t->call, "report", TEXT("R-2026-AAAA"), "read", 0, 10, &events));
	CHECK_INT(events.count, 1);
	CHECK_INT(events.at[0].actor, other->person_id);
	CHECK_OK(t->call, letter_file(t->call, ref, LETTER_PAGES, &name, &bytes));
	CHECK_OK(t->call, ledger_events_of_action(t->call, "report", TEXT("R-2026-AAAA"), "read", 0, 10, &events));
	CHECK_INT(events.count, 2);
}
