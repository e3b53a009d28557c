#include "base/sandbox/inspect.h"
#include "engine/picture/picture.h"
#include "face/doc/tool.h"
#include "harness/scene.h"
#include "store/db/db.h"
#include "store/ledger/ledger.h"
#include "store/seal/seal.h"
#include "work/letter/letter.h"
#include "work/letter/letter_private.h"

#include <unistd.h>

static const Actor *colleague; /* who approves */

/* By whoever acts, approved by somebody else. */
static Text approved(Test *t, const LetterOrder *order)
{
	Text draft, ref;
	static Actor second;
	const Actor *first = t->call->actor;
	CHECK_OK(t->call, letter_draft(t->call, order, &draft));
	second = *colleague;
	t->call->actor = &second;
	CHECK_OK(t->call, letter_approve(t->call, LETTER_LIBRARY, draft, &ref));
	t->call->actor = first;
	return ref;
}

static Text issue(Test *t, LetterKind kind, const char *text)
{
	const LetterOrder order = { .kind = kind,
		.machine = "report",
		.subject_id = 1,
		.seal_key = SEAL_MATTER_LIBRARY,
		.matter = TEXT("R-2026-AAAA"),
		.recipient = TEXT("CanaryRecipient有限公司"),
		.text = text_from(text),
		.deadline = TEXT("2026年4月1日") };
	return approved(t, &order);
}

static Text number_of(Test *t, Text ref)
{
	IssuedLetter letter;
	CHECK_OK(t->call, letter_open(t->call, LETTER_LIBRARY, ref, &letter));
	return letter.number;
}

TEST_DB(letter__numbers_follow_one_another_within_kind_and_year_and_stay_when_voided)
{
	Scene *scene = scene_new(t);
	colleague = scene_person(scene, "colleague", ROLE_COORDINATOR);
	scene_as(scene, scene_person(scene, "coordinator", ROLE_COORDINATOR));
	IssuedLetter letter;
	IssuedLetters letters;
	Text first = issue(t, LETTER_NOTICE, "x");
	CHECK_TEXT(number_of(t, first), "软测漏函〔2026〕1号");
	CHECK_TEXT(number_of(t, issue(t, LETTER_REMINDER, "x")), "软测催函〔2026〕1号");
	CHECK_OK(t->call, letter_void(t->call, LETTER_LIBRARY, first, TEXT("A wrong recipient.")));
	CHECK_ERROR(t->call, letter_void(t->call, LETTER_LIBRARY, first, TEXT("Again.")), CONFLICT);
	CHECK_TEXT(number_of(t, issue(t, LETTER_NOTICE, "x")), "软测漏函〔2026〕2号");
	CHECK_OK(t->call, letter_list(t->call, &(LetterQuery) { .kind = LETTER_NOTICE }, 10, &letters));
	CHECK_INT(letters.count, 2);
	CHECK_OK(t->call, letter_open(t->call, LETTER_LIBRARY, first, &letter));
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
	colleague = scene_person(scene, "colleague", ROLE_COORDINATOR);
	scene_as(scene, scene_person(scene, "coordinator", ROLE_COORDINATOR));
	CHECK_ERROR(t->call, db_transact(t->call, issue_and_fail, t), CONFLICT);
	CHECK_TEXT(number_of(t, issue(t, LETTER_THANKS, "x")), "软测谢函〔2026〕1号");
}

TEST_DB(letter__both_files_say_the_same_and_each_download_is_recorded)
{
	Scene *scene = scene_new(t);
	colleague = scene_person(scene, "colleague", ROLE_COORDINATOR);
	scene_as(scene, scene_person(scene, "coordinator", ROLE_COORDINATOR));
	Text ref = issue(t, LETTER_REJECTION, "影响不成立。\n<b>&{{number}}"), name, bytes;
	IssuedLetter letter;
	LetterReadings readings;
	CHECK_OK(t->call, letter_file(t->call, LETTER_LIBRARY, ref, LETTER_PAGES, &name, &bytes));
	CHECK_TEXT(name, "软测不录函〔2026〕1号.pdf");
	Text words = tool_run(t, "a.pdf", bytes, "pdftotext -layout a.pdf -");
	CHECK(tool_says(words, "不予收录告知书") && tool_says(words, "影响不成立。") && tool_says(words, "<b>&{{number}}"));
	CHECK(tool_says(words, "软测不录函〔2026〕1号") && tool_says(words, "CanaryRecipient") && tool_says(words, "2026年3月5日"));
	CHECK_OK(t->call, letter_file(t->call, LETTER_LIBRARY, ref, LETTER_WORD, &name, &bytes));
	CHECK(tool_says(tool_run(t, "a.docx", bytes,
				"python3 -c \"import zipfile;print(zipfile.ZipFile('a.docx').read('word/document.xml').decode())\""),
		"影响不成立。</w:t><w:br/>"));
	CHECK_OK(t->call, letter_open(t->call, LETTER_LIBRARY, ref, &letter));
	CHECK_OK(t->call, letter_readings(t->call, letter.id, &readings));
	CHECK_INT(readings.count, 2);
	CHECK(readings.at[0].form == LETTER_WORD && readings.at[1].form == LETTER_PAGES);
}

TEST_DB(letter__only_coordinators_with_a_second_factor_issue_and_read)
{
	Scene *scene = scene_new(t);
	colleague = scene_person(scene, "colleague", ROLE_COORDINATOR);
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
		CHECK_ERROR(t->call, letter_list(t->call, &(LetterQuery) { .kind = LETTER_KINDS }, 10, &letters), FORBIDDEN);
		CHECK_ERROR(t->call, letter_open(t->call, LETTER_LIBRARY, ref, &letter), FORBIDDEN);
		CHECK_ERROR(t->call, letter_file(t->call, LETTER_LIBRARY, ref, LETTER_PAGES, &name, &bytes), FORBIDDEN);
		CHECK_ERROR(t->call, letter_void(t->call, LETTER_LIBRARY, ref, TEXT("x")), FORBIDDEN);
	}
}

TEST_DB(letter__a_template_of_the_office_is_used_from_then_on_when_it_is_right)
{
	Scene *scene = scene_new(t);
	colleague = scene_person(scene, "colleague", ROLE_COORDINATOR);
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
	CHECK_OK(t->call, letter_file(t->call, LETTER_LIBRARY, issue(t, LETTER_THANKS, "x"), LETTER_PAGES, &name, &bytes));
	CHECK(tool_says(tool_run(t, "a.pdf", bytes, "pdftotext a.pdf -"), "OurOwn"));
	CHECK_OK(t->call, letter_file(t->call, LETTER_LIBRARY, issue(t, LETTER_NOTICE, "x"), LETTER_PAGES, &name, &bytes));
	CHECK(!tool_says(tool_run(t, "a.pdf", bytes, "pdftotext a.pdf -"), "OurOwn"));
}

TEST_DB(letter__every_built_in_template_names_what_it_has_to)
{
	Texts names;
	Text bytes;
	for (size_t i = 0; i < LETTER_KINDS; i++) {
		CHECK_OK(t->call, letter_builtin(t->call, (LetterKind)i, &bytes));
		CHECK_OK(t->call, docx_fields(t->call, bytes, &names));
		CHECK_OK(t->call, letter_check_fields(t->call, (LetterKind)i, &names));
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
	colleague = scene_person(scene, "colleague", ROLE_COORDINATOR);
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
	CHECK_OK(t->call, letter_open(t->call, LETTER_LIBRARY, ref, &letter));
	CHECK_OK(t->call, ledger_events_of_action(t->call, "report", TEXT("R-2026-AAAA"), "read", 0, 10, &events));
	CHECK_INT(events.count, 1);
	CHECK_INT(events.at[0].actor, other->person_id);
	CHECK_OK(t->call, letter_file(t->call, LETTER_LIBRARY, ref, LETTER_PAGES, &name, &bytes));
	CHECK_OK(t->call, ledger_events_of_action(t->call, "report", TEXT("R-2026-AAAA"), "read", 0, 10, &events));
	CHECK_INT(events.count, 2);
}

static LetterOrder order_with_seal(void)
{
	return (LetterOrder) { .kind = LETTER_NOTICE,
		.machine = "party",
		.subject_id = 1,
		.seal_key = SEAL_MATTER_LIBRARY,
		.matter = TEXT("P-2026-AAAA"),
		.recipient = TEXT("CanaryRecipient有限公司"),
		.text = TEXT("CanaryWords"),
		.wants_seal = true };
}

TEST_DB(letter__is_issued_by_a_second_person_only_and_once)
{
	Scene *scene = scene_new(t);
	const Actor *first = scene_person(scene, "coordinator", ROLE_COORDINATOR);
	const Actor *second = scene_person(scene, "colleague", ROLE_COORDINATOR),
		    *verifier = scene_person(scene, "verifier", ROLE_VERIFIER);
	Text draft, ref = { 0 }, other;
	LetterDraft opened;
	IssuedLetters letters;
	LetterOrder order = order_with_seal();
	int64_t waiting = 0;
	order.wants_seal = false;
	scene_as(scene, first);
	CHECK_OK(t->call, letter_draft(t->call, &order, &draft));
	CHECK_OK(t->call, letter_drafts_waiting(t->call, &waiting));
	CHECK_INT(waiting, 0); /* nobody's own waits for them */
	CHECK_ERROR(t->call, letter_approve(t->call, LETTER_LIBRARY, draft, &ref), FORBIDDEN);
	scene_as(scene, verifier);
	CHECK_ERROR(t->call, letter_approve(t->call, LETTER_LIBRARY, draft, &ref), FORBIDDEN);
	CHECK_ERROR(t->call, letter_draft_open(t->call, LETTER_LIBRARY, draft, &opened), FORBIDDEN);
	scene_as(scene, second);
	CHECK_OK(t->call, letter_list(t->call, &(LetterQuery) { .kind = LETTER_KINDS }, 10, &letters));
	CHECK_INT(letters.count, 0); /* no number before the approval */
	CHECK_OK(t->call, letter_drafts_waiting(t->call, &waiting));
	CHECK_INT(waiting, 1);
	CHECK_ERROR(t->call, letter_refuse(t->call, LETTER_LIBRARY, draft, TEXT(" ")), INVALID);
	CHECK_OK(t->call, letter_approve(t->call, LETTER_LIBRARY, draft, &ref));
	CHECK_ERROR(t->call, letter_approve(t->call, LETTER_LIBRARY, draft, &ref), CONFLICT);
	CHECK_ERROR(t->call, letter_refuse(t->call, LETTER_LIBRARY, draft, TEXT("Too late.")), CONFLICT);
	CHECK_OK(t->call, letter_draft_open(t->call, LETTER_LIBRARY, draft, &opened));
	CHECK_TEXT(opened.state, "issued");
	CHECK(text_is(opened.letter, ref) && text_is(opened.order.text, TEXT("CanaryWords")));
	scene_as(scene, first);
	CHECK_OK(t->call, letter_draft(t->call, &order, &other));
	CHECK_OK(t->call, letter_refuse(t->call, LETTER_LIBRARY, other, TEXT(""))); /* one's own is withdrawn */
	CHECK_OK(t->call, letter_draft_open(t->call, LETTER_LIBRARY, other, &opened));
	CHECK_TEXT(opened.state, "withdrawn");
	CHECK_OK(t->call, letter_list(t->call, &(LetterQuery) { .kind = LETTER_KINDS, .words = TEXT("P-2026-AAAA") }, 10, &letters));
	CHECK_INT(letters.count, 1); /* what was withdrawn took no number */
	CHECK_OK(t->call, letter_list(t->call, &(LetterQuery) { .kind = LETTER_KINDS, .year = 2025 }, 10, &letters));
	CHECK_INT(letters.count, 0);
}

/* A red ring of 64 pixels, as PNG. */
static Text make_png(Test *t, const char *name, int side)
{
	const char *command = arena_printf(t->arena,
		"python3 -c \"import struct,zlib;n=%d;c=lambda k,d:struct.pack('>I',len(d))+k+d+struct.pack('>I',zlib.crc32(k+d));"
		"open('%s','wb').write(bytes([137])+b'PNG'+bytes([13,10,26,10])+c(b'IHDR',struct.pack('>IIBBBBB',n,n,8,6,0,0,0))"
		"+c(b'IDAT',zlib.compress((b'\\\\x00'+b'\\\\xe0\\\\x10\\\\x20\\\\xff'*n)*n))+c(b'IEND',b''))\"",
		side, name)
				      .at;
	tool_run(t, "nothing", TEXT(""), command);
	return test_read_file(t->arena, arena_printf(t->arena, "%s/%s", t->directory, name).at);
}

TEST_DB(letter__seal_is_on_the_pages_two_people_decided_about_and_nowhere_else)
{
	Scene *scene = scene_new(t);
	sandbox_stop(&t->house->sandbox);
	const SandboxWork works[] = { [SANDBOX_INSPECT] = inspect_work, [SANDBOX_PICTURE] = picture_work };
	CHECK_OK(t->call, sandbox_start(t->call, works, COUNT(works), &t->house->sandbox));
	const Actor *first = scene_person(scene, "coordinator", ROLE_COORDINATOR), *admin = scene_person(scene, "admin", ROLE_SYSTEM_ADMIN);
	const Actor *second = scene_person(scene, "colleague", ROLE_COORDINATOR);
	LetterOrder order = order_with_seal();
	Text draft, ref, name, bytes, png = make_png(t, "seal.png", 64);
	scene_as(scene, first);
	CHECK_ERROR(t->call, letter_draft(t->call, &order, &draft), INVALID); /* there is no seal yet */
	CHECK_ERROR(t->call, letter_seal_put(t->call, png), FORBIDDEN);
	scene_as(scene, admin);
	CHECK_ERROR(t->call, letter_seal_put(t->call, TEXT("GIF89a")), INVALID);
	CHECK_ERROR(t->call, letter_seal_put(t->call, text_slice(png, 0, png.length / 2)), INVALID);
	CHECK_ERROR(t->call, letter_seal_put(t->call, make_png(t, "large.png", 2001)), INVALID);
	CHECK_OK(t->call, letter_seal_put(t->call, png));
	scene_as(scene, first);
	CHECK_OK(t->call, letter_draft(t->call, &order, &draft));
	CHECK_OK(t->call, letter_draft_pages(t->call, LETTER_LIBRARY, draft, &bytes));
	CHECK(!tool_says(tool_run(t, "a.pdf", bytes, "pdfimages -list a.pdf"), "image")); /* no seal on what nobody approved */
	scene_as(scene, second);
	CHECK_OK(t->call, letter_approve(t->call, LETTER_LIBRARY, draft, &ref));
	CHECK_OK(t->call, letter_file(t->call, LETTER_LIBRARY, ref, LETTER_PAGES, &name, &bytes));
	CHECK(tool_says(tool_run(t, "a.pdf", bytes, "pdfimages -list a.pdf"), "image"));
	CHECK_OK(t->call, letter_file(t->call, LETTER_LIBRARY, ref, LETTER_WORD, &name, &bytes));
	CHECK(!tool_says(tool_run(t, "a.docx", bytes, "python3 -m zipfile -l a.docx"), "media"));
}

/* ---- Every built-in template, filled, in LibreOffice: one run for all of them */
static DocxList list_of(Test *t, const char *name, const char *columns)
{
	enum { COLUMNS = 4, ROWS = 2 };
	Text *names = arena_array_of(t->arena, Text, COLUMNS), *cells = arena_array_of(t->arena, Text, COLUMNS * ROWS),
	     rest = text_from(columns), one;
	size_t count = 0;
	while (text_next(&rest, ',', &one)) names[count++] = one;
	for (size_t i = 0; i < count * ROWS; i++)
		cells[i] = arena_printf(t->arena, "%c%zu", name[0], i) /* short: a narrow column does not break it */;
	return (DocxList) { text_from(name), names, count, cells, ROWS };
}

static Text filled(Test *t, LetterKind kind)
{
	const DocxList lists[] = { list_of(t, "marks", "field,reason"), list_of(t, "experts", "name,employer,title"),
		list_of(t, "applicants", "name"), list_of(t, "units", "direction,name,stars"),
		list_of(t, "honours", "honour,name,points") };
	DocxField fields[64];
	size_t count = 0;
	LetterFieldFacts field;
	Text template, out;
	for (; letter_field(kind, count, &field); count++)
		fields[count] = (DocxField) { text_from(field.name), arena_printf(t->arena, "【%s】", field.name) };
	CHECK_OK(t->call, letter_builtin(t->call, kind, &template));
	CHECK_OK(t->call, docx_fill(t->call, template, &(DocxValues) { fields, count, lists, COUNT(lists) }, &out));
	return out;
}

/* What a reader of the built-in words finds: title, each field once filled, both rows of a list. */
static void check_words(Test *t, LetterKind kind, Text words)
{
	Texts names;
	Text template;
	CHECK_OK(t->call, letter_builtin(t->call, kind, &template));
	CHECK_OK(t->call, docx_fields(t->call, template, &names));
	CHECK(!tool_says(words, "{{"));
	for (size_t i = 0; i < names.count; i++) {
		size_t dot;
		bool is_column = text_find(names.at[i], TEXT("."), &dot);
		if (is_column && text_ends(names.at[i], TEXT(".n"))) continue;
		const char *said = is_column ? arena_printf(t->arena, "%c0", names.at[i].at[0]).at
					     : arena_printf(t->arena, "【%.*s】", TEXT_ARGS(names.at[i])).at;
		CHECK(tool_says(words, said));
		if (is_column) CHECK(tool_says(words, arena_printf(t->arena, "%c1", names.at[i].at[0]).at));
	}
}

TEST(letter__libreoffice_reads_every_built_in_template)
{
	if (access("/usr/bin/soffice", X_OK) != 0) test_skip("soffice is not installed (package libreoffice-writer-nogui)");
	for (size_t i = 0; i < LETTER_KINDS; i++)
		(void)tool_run(t, arena_printf(t->arena, "%s.docx", letter_kind_tag((LetterKind)i)).at, filled(t, (LetterKind)i), "true");
	(void)tool_run(t, "none", TEXT(""),
		"HOME=$PWD timeout 120 soffice -env:UserInstallation=file://$PWD/office --headless --convert-to pdf *.docx >log 2>&1");
	for (size_t i = 0; i < LETTER_KINDS; i++) {
		const char *tag = letter_kind_tag((LetterKind)i);
		Text words = tool_run(t, "none", TEXT(""), arena_printf(t->arena, "pdftotext -layout %s.pdf - | tr -d ' \\n\\f'", tag).at);
		check_words(t, (LetterKind)i, words);
	}
}
