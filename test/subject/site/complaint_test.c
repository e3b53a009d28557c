#include "face/doc/tool.h"
#include "harness/scene.h"
#include "people/people_fixture.h"
#include "subject/site/complaint.h"

static Error send(Test *t, const char *once, const char *text, const char *address, ComplaintReceipt *out)
{
	const ComplaintNew complaint = { .once = text_from(once),
		.kind = TEXT("handling"),
		.text = text_from(text),
		.mail = TEXT("somebody@example.cn"),
		.address = text_from(address) };
	return complaint_send(t->call, &complaint, out);
}

TEST_DB(complaint__gets_a_number_is_followed_by_its_code_and_answered_once)
{
	Scene *scene = scene_new(t);
	const Actor *coordinator = scene_person(scene, "coordinator", ROLE_COORDINATOR),
		    *verifier = scene_person(scene, "verifier", ROLE_VERIFIER);
	ComplaintReceipt receipt, again;
	Complaint complaint;
	Complaints complaints;
	t->house->public_address = TEXT("https://cappvd.test");
	people_as_visitor(t);
	CHECK_OK(t->call, send(t, "one", "CanaryComplaint about nobody", "192.0.2.1", &receipt));
	CHECK_ERROR(t->call, send(t, "one", "CanaryComplaint about nobody", "192.0.2.1", &again), CONFLICT); /* sent twice it is one */
	CHECK(receipt.due_at > t->call->now + (int64_t)14 * 86400000);
	CHECK_OK(t->call, complaint_follow(t->call, receipt.code, TEXT("192.0.2.1"), &complaint));
	CHECK(text_is(complaint.ref, receipt.ref) && !complaint.answered_at);
	CHECK_ERROR(t->call, complaint_follow(t->call, TEXT("0000-0000-0000-0000"), TEXT("192.0.2.1"), &complaint), NOT_FOUND);
	CHECK_ERROR(t->call, complaint_list(t->call, TEXT("received"), 0, 10, &complaints), FORBIDDEN);
	scene_as(scene, verifier);
	CHECK_ERROR(t->call, complaint_open(t->call, receipt.ref, &complaint), FORBIDDEN);
	CHECK_ERROR(t->call, complaint_answer(t->call, receipt.ref, TEXT("It was looked at.")), FORBIDDEN);
	scene_as(scene, coordinator);
	CHECK_OK(t->call, complaint_list(t->call, TEXT("received"), 0, 10, &complaints));
	CHECK_INT(complaints.count, 1);
	CHECK_ERROR(t->call, complaint_answer(t->call, receipt.ref, TEXT("No.")), INVALID);
	CHECK_OK(t->call, complaint_answer(t->call, receipt.ref, TEXT("It was looked at.")));
	CHECK_TEXT(people_mail(t, 0).to, "somebody@example.cn");
	CHECK(!text_find(people_mail(t, 0).text, TEXT("It was looked at."), NULL)); /* the mail says that, not what */
	CHECK_ERROR(t->call, complaint_answer(t->call, receipt.ref, TEXT("It was looked at again.")), CONFLICT);
	people_as_visitor(t);
	CHECK_OK(t->call, complaint_follow(t->call, receipt.code, TEXT("192.0.2.1"), &complaint));
	CHECK_TEXT(complaint.answer, "It was looked at.");
	CHECK_INT(complaint.answerer.length, 0);
	if (t->database != TEST_SQLITE) return;
	Text bytes = test_read_file(t->arena, arena_printf(t->arena, "%s/cappvd.db-wal", t->directory).at);
	CHECK(bytes.length > 0 && !text_find(bytes, TEXT("CanaryComplaint"), NULL));
}

TEST_DB(complaint__is_checked_and_limited)
{
	scene_new(t);
	ComplaintReceipt receipt;
	people_as_visitor(t);
	const ComplaintNew wrong = {
		.once = TEXT("x"), .kind = TEXT("guessed"), .text = TEXT("short"), .mail = TEXT("nobody"), .address = TEXT("192.0.2.1")
	};
	CHECK(complaint_send(t->call, &wrong, &receipt) == ERROR_INVALID);
	CHECK_INT(t->call->failure.problems.count, 3);
	call_recover(t->call);
	for (int i = 0; i < COMPLAINTS_A_DAY; i++)
		CHECK_OK(t->call, send(t, arena_printf(t->arena, "n%d", i).at, "Enough words for one", "192.0.2.1", &receipt));
	CHECK_ERROR(t->call, send(t, "more", "Enough words for one", "192.0.2.1", &receipt), TOO_MANY);
	CHECK_OK(t->call, send(t, "else", "Enough words for one", "192.0.2.2", &receipt));
	people_pass(t, 86401);
	CHECK_OK(t->call, send(t, "more", "Enough words for one", "192.0.2.1", &receipt));
}

TEST_DB(complaint__its_letter_of_answer_is_downloaded_with_the_code_alone)
{
	Scene *scene = scene_new(t);
	const Actor *one = scene_person(scene, "one", ROLE_COORDINATOR), *two = scene_person(scene, "two", ROLE_COORDINATOR);
	const Text address = TEXT("192.0.2.1");
	ComplaintReceipt receipt;
	Complaint complaint;
	LetterOrder order;
	LetterReadings readings;
	IssuedLetter issued;
	Text draft, letter, name, bytes;
	people_as_visitor(t);
	CHECK_OK(t->call, send(t, "one", "CanaryComplaint about nobody", "192.0.2.1", &receipt));
	CHECK_ERROR(t->call, complaint_letter(t->call, receipt.code, address, &name, &bytes), NOT_FOUND);
	scene_as(scene, one);
	CHECK_OK(t->call, complaint_open(t->call, receipt.ref, &complaint));
	CHECK_ERROR(t->call, complaint_letter_order(t->call, &complaint, &order), CONFLICT);
	CHECK_OK(t->call, complaint_answer(t->call, receipt.ref, TEXT("It was looked at.")));
	CHECK_OK(t->call, complaint_open(t->call, receipt.ref, &complaint));
	CHECK_OK(t->call, complaint_letter_order(t->call, &complaint, &order));
	CHECK_OK(t->call, letter_draft(t->call, &order, &draft));
	scene_as(scene, two);
	CHECK_OK(t->call, letter_approve(t->call, LETTER_LIBRARY, draft, &letter));
	people_as_visitor(t);
	CHECK_OK(t->call, complaint_follow(t->call, receipt.code, address, &complaint));
	CHECK(complaint.has_letter);
	CHECK_OK(t->call, complaint_letter(t->call, receipt.code, address, &name, &bytes));
	CHECK(tool_says(tool_run(t, "a.pdf", bytes, "pdftotext -layout a.pdf - | tr -d ' \\n'"), "投诉举报答复函"));
	CHECK_ERROR(t->call, complaint_letter(t->call, TEXT("0000-0000-0000-0000"), address, &name, &bytes), NOT_FOUND);
	scene_as(scene, one);
	CHECK_OK(t->call, letter_open(t->call, LETTER_LIBRARY, letter, &issued));
	CHECK_OK(t->call, letter_readings(t->call, issued.id, &readings));
	CHECK_INT(readings.count, 1);
	CHECK_INT(readings.at[0].name.length, 0);
}
