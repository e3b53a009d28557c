#include "base/sandbox/inspect.h"
#include "face/doc/pdf.h"
#include "face/doc/tool.h"
#include "store/ledger/ledger.h"
#include "subject/interest/interest.h"
#include "subject/programme/application/application_private.h"
#include "subject/programme/application/application_scene.h"

#include <sys/mman.h>
#include <unistd.h>

static void check_state(ApplicationScene *scene, Text ref, const char *state)
{
	Application application = application_scene_open(scene, ref);
	if (!text_is(application.state, text_from(state)))
		test_fail(__FILE__, __LINE__, "%.*s instead of %s", TEXT_ARGS(application.state), state);
}

TEST(application__machine_has_no_fault)
{
	Text fault = workflow_fault(t->arena, &application_machine);
	if (fault.at) test_fail(__FILE__, __LINE__, "%.*s", TEXT_ARGS(fault));
}

TEST_DB(application__administrator_of_a_verified_organisation_begins_once_in_each_direction)
{
	ApplicationScene *scene = application_scene(t);
	Text ref, first = application_scene_draft(scene, scene->applicant);
	CHECK_ERROR(t->call, application_new(t->call, scene->code, TEXT("technical"), &ref), INVALID);
	CHECK_ERROR(t->call, application_new(t->call, scene->code, TEXT("partner"), &ref), INVALID); /* not of this round */
	scene_as(scene->scene, scene->member);
	CHECK_ERROR(t->call, application_new(t->call, scene->code, TEXT("technical"), &ref), FORBIDDEN);
	scene_as(scene->scene, scene->stranger);
	CHECK_ERROR(t->call, application_new(t->call, scene->code, TEXT("technical"), &ref), FORBIDDEN);
	scene_as(scene->scene, scene->applicant);
	CHECK_OK(t->call, application_scene_act(scene, first, "withdraw", WITH("confirm", "yes")));
	CHECK_OK(t->call, application_new(t->call, scene->code, TEXT("technical"), &ref)); /* what was withdrawn is out of the way */
	t->call->now = scene->closes_at;
	scene_as(scene->scene, scene->rival);
	CHECK_ERROR(t->call, application_new(t->call, scene->code, TEXT("technical"), &ref), CONFLICT);
}

TEST_DB(application__is_hidden_from_everybody_but_its_organisation_until_it_is_lodged)
{
	ApplicationScene *scene = application_scene(t);
	Text ref = application_scene_draft(scene, scene->applicant);
	const Actor *const others[] = { scene->rival, scene->secretary, scene->supervisor, scene->stranger, scene->coordinator,
		&actor_visitor };
	const Actor *const never[] = { scene->rival, scene->stranger, scene->coordinator, &actor_visitor };
	Application application;
	for (size_t i = 0; i < COUNT(others); i++) {
		scene_as(scene->scene, others[i]);
		CHECK_ERROR(t->call, application_open(t->call, ref, &application), NOT_FOUND);
	}
	scene_as(scene->scene, scene->applicant);
	application_scene_fill(scene, ref);
	(void)application_scene_file(scene, ref, "proof", "P");
	CHECK_OK(t->call, application_scene_act(scene, ref, "submit", NULL));
	for (size_t i = 0; i < COUNT(never); i++) {
		scene_as(scene->scene, never[i]);
		CHECK_ERROR(t->call, application_open(t->call, ref, &application), NOT_FOUND);
	}
	scene_as(scene->scene, scene->secretary);
	CHECK_OK(t->call, application_open(t->call, ref, &application));
	CHECK(text_is(form_answer(application.values, "profile"), TEXT("We find vulnerabilities.")));
	Actor weak = *scene->secretary;
	weak.second_factor = false;
	scene_as(scene->scene, &weak);
	CHECK_ERROR(t->call, application_open(t->call, ref, &application), NOT_FOUND);
}

TEST_DB(application__two_pages_that_save_at_once_both_keep_what_they_wrote)
{
	ApplicationScene *scene = application_scene(t);
	Text ref = application_scene_draft(scene, scene->applicant);
	Application one = application_scene_open(scene, ref), other = application_scene_open(scene, ref);
	CHECK_OK(t->call, application_save_field(t->call, &one, TEXT("profile"), TEXT("A")));
	CHECK_OK(t->call, application_save_field(t->call, &other, TEXT("team.1.0"), TEXT("张|三")));
	CHECK_OK(t->call, application_save_field(t->call, &one, TEXT("team.0.1"), TEXT("CISP")));
	Application now = application_scene_open(scene, ref);
	CHECK(text_is(form_answer(now.values, "profile"), TEXT("A")));
	CHECK(text_is(form_answer(now.values, "team"), TEXT("|  | CISP |\n| 张｜三 |  |")));
	CHECK_ERROR(t->call, application_save_field(t->call, &one, TEXT("team.0.9"), TEXT("X")), INVALID);
	CHECK_ERROR(t->call, application_save_field(t->call, &one, TEXT("proof"), TEXT("X")), INVALID);
}

TEST_DB(application__is_submitted_only_whole_and_before_the_exact_deadline)
{
	ApplicationScene *scene = application_scene(t);
	Text ref = application_scene_draft(scene, scene->applicant);
	application_scene_fill(scene, ref);
	CHECK_ERROR(t->call, application_scene_act(scene, ref, "submit", NULL), INVALID); /* the file is missing */
	(void)application_scene_file(scene, ref, "proof", "P");
	t->call->now = scene->closes_at;
	CHECK_ERROR(t->call, application_scene_act(scene, ref, "submit", NULL), INVALID);
	t->call->now = scene->closes_at - 1;
	CHECK_OK(t->call, application_scene_act(scene, ref, "submit", NULL));
	CHECK_ERROR(t->call, application_scene_act(scene, ref, "submit", NULL), CONFLICT); /* the other tab */
	Application application = application_scene_open(scene, ref);
	CHECK(application.sha256.length == 64 && application.version == 1 && application.is_newcomer);
	CHECK_ERROR(t->call, application_save_field(t->call, &application, TEXT("profile"), TEXT("B")), CONFLICT);
}

TEST_DB(application__draft_lapses_at_the_deadline_and_an_upload_that_passes_it_is_refused)
{
	ApplicationScene *scene = application_scene(t);
	Text ref = application_scene_draft(scene, scene->applicant);
	Application application = application_scene_open(scene, ref);
	AttachmentOwner owner;
	CHECK_OK(t->call, application_files(t->call, &application, TEXT("proof"), true, &owner));
	t->call->now = scene->closes_at;
	CHECK_ERROR(t->call, application_files(t->call, &application, TEXT("proof"), true, &owner), CONFLICT);
	CHECK_ERROR(t->call, application_save_field(t->call, &application, TEXT("profile"), TEXT("B")), CONFLICT);
	int64_t count;
	scene_as(scene->scene, &actor_system);
	CHECK_OK(t->call, application_advance(t->call, &count));
	CHECK_INT(count, 1);
	scene_as(scene->scene, scene->applicant);
	check_state(scene, ref, "LAPSED");
}

static Text hash_of(Test *t, const char *content)
{
	Digest digest = sha256(text_from(content));
	return hex_text(t->arena, DIGEST_TEXT(digest));
}

TEST_DB(application__whoever_lodged_the_hash_delivers_the_files_within_the_hour)
{
	ApplicationScene *scene = application_scene(t);
	Text ref = application_scene_draft(scene, scene->applicant), lapsing = application_scene_draft(scene, scene->rival);
	const char *line = arena_printf(t->arena, "%.*s  proof.txt", TEXT_ARGS(hash_of(t, "Large."))).at;
	scene_as(scene->scene, scene->applicant);
	CHECK_ERROR(t->call, application_scene_act(scene, ref, "lodge", WITH("hashes", line)), INVALID); /* the form is not complete */
	application_scene_fill(scene, ref);
	CHECK_ERROR(t->call, application_scene_act(scene, ref, "lodge", WITH("hashes", "proof.txt")), INVALID);
	CHECK_OK(t->call, application_scene_act(scene, ref, "lodge", WITH("hashes", line)));
	scene_as(scene->scene, scene->rival);
	application_scene_fill(scene, lapsing);
	CHECK_OK(t->call, application_scene_act(scene, lapsing, "lodge", WITH("hashes", line)));
	t->call->now = scene->ends_at - 1;
	(void)application_scene_file(scene, lapsing, "proof", "Something else.");
	CHECK_ERROR(t->call, application_scene_act(scene, lapsing, "deliver", NULL), INVALID);
	scene_as(scene->scene, scene->applicant);
	(void)application_scene_file(scene, ref, "proof", "Large.");
	application_scene_close(scene);
	check_state(scene, ref, "IN_CHECK");
	scene_as(scene->scene, scene->rival);
	check_state(scene, lapsing, "LAPSED");
}

TEST_DB(application__passes_only_with_two_officers_a_good_checklist_and_the_stamped_copy)
{
	ApplicationScene *scene = application_scene(t);
	Text ref = application_scene_submitted(scene, scene->applicant);
	application_scene_close(scene);
	scene_as(scene->scene, scene->secretary);
	CHECK_ERROR(t->call, application_scene_act(scene, ref, "approve", NULL), INVALID);
	CHECK_ERROR(t->call, application_scene_act(scene, ref, "check", WITH("register", "yes")), INVALID); /* no extract */
	application_scene_check(scene, ref, "yes");
	CHECK_ERROR(t->call, application_scene_act(scene, ref, "approve", NULL), INVALID); /* no stamped copy */
	CHECK_OK(t->call, application_scene_act(scene, ref, "receive", WITH("posted", "2026-05-01", "arrived", "2026-05-01")));
	CHECK_OK(t->call, application_scene_act(scene, ref, "match", NULL));
	scene_as(scene->scene, scene->secretary);
	CHECK_ERROR(t->call, application_scene_act(scene, ref, "approve", NULL), FORBIDDEN); /* who checked does not decide */
	scene_as(scene->scene, scene->supervisor);
	CHECK_ERROR(t->call, application_scene_act(scene, ref, "approve", NULL), FORBIDDEN);
	scene_as(scene->scene, scene->second);
	CHECK_OK(t->call, application_scene_act(scene, ref, "approve", NULL));
	check_state(scene, ref, "QUALIFIED");
}

TEST_DB(application__a_postmark_after_the_deadline_is_late_and_a_copy_that_differs_comes_again)
{
	ApplicationScene *scene = application_scene(t);
	Text ref = application_scene_submitted(scene, scene->applicant), late = application_scene_submitted(scene, scene->rival);
	application_scene_close(scene);
	t->call->now += (int64_t)5 * 86400000;
	scene_as(scene->scene, scene->secretary);
	CHECK_OK(t->call, application_scene_act(scene, late, "receive", WITH("posted", "2026-05-02", "arrived", "2026-05-03")));
	CHECK(text_is(application_scene_open(scene, late).paper, TEXT("late")));
	application_scene_check(scene, late, "yes");
	CHECK_ERROR(t->call, application_scene_act(scene, late, "approve", NULL), INVALID);
	CHECK_OK(t->call, application_scene_act(scene, ref, "receive", WITH("posted", "2026-05-01", "arrived", "2026-05-04")));
	CHECK_OK(t->call, application_scene_act(scene, ref, "mismatch", WITH("note", "Page 2 is another one.")));
	CHECK(text_is(application_scene_open(scene, ref).paper, TEXT("mismatch")));
	scene_as(scene->scene, scene->applicant);
	CHECK_OK(t->call, application_scene_act(scene, ref, "post", WITH("way", "post", "courier", "EMS", "number", "E1")));
	CHECK(text_is(application_scene_open(scene, ref).paper, TEXT("sent")));
	CHECK_ERROR(t->call, application_scene_act(scene, ref, "post", WITH("way", "seal")), INVALID); /* this round wants paper */
}

TEST_DB(application__only_the_marked_fields_of_a_return_are_open_and_its_day_ends_it)
{
	ApplicationScene *scene = application_scene(t);
	Text ref = application_scene_submitted(scene, scene->applicant), forgotten = application_scene_submitted(scene, scene->rival);
	application_scene_close(scene);
	scene_as(scene->scene, scene->secretary);
	CHECK_ERROR(t->call, application_scene_act(scene, ref, "return", WITH("days", "3")), INVALID); /* nothing is marked */
	CHECK_OK(t->call, application_scene_act(scene, ref, "return", WITH("days", "3", "mark-profile", "Too short.")));
	CHECK_OK(t->call, application_scene_act(scene, forgotten, "return", WITH("days", "1", "mark-profile", "Too short.")));
	scene_as(scene->scene, scene->applicant);
	Application application = application_scene_open(scene, ref);
	CHECK(application.marks.count == 1 && text_is(application.marks.at[0].reason, TEXT("Too short.")));
	CHECK_ERROR(t->call, application_save_field(t->call, &application, TEXT("team.0.0"), TEXT("X")), CONFLICT);
	CHECK_ERROR(t->call, application_scene_act(scene, ref, "resubmit", NULL), INVALID); /* nothing was corrected */
	CHECK_OK(t->call, application_save_field(t->call, &application, TEXT("profile"), TEXT("We find many.")));
	CHECK_OK(t->call, application_scene_act(scene, ref, "resubmit", NULL));
	check_state(scene, ref, "IN_CHECK");
	CHECK_INT(application_scene_open(scene, ref).version, 2);
	scene_as(scene->scene, scene->second);
	CHECK_OK(t->call, application_scene_act(scene, ref, "return", WITH("days", "3", "mark-team", "Who?")));
	scene_as(scene->scene, scene->applicant);
	CHECK_OK(t->call, application_save_field(t->call, &application, TEXT("team.2.0"), TEXT("王五")));
	CHECK_OK(t->call, application_scene_act(scene, ref, "resubmit", NULL));
	scene_as(scene->scene, scene->second);
	CHECK_ERROR(t->call, application_scene_act(scene, ref, "return", WITH("days", "3", "mark-team", "Who?")), INVALID); /* the third */
	int64_t count;
	scene_as(scene->scene, &actor_system);
	t->call->now += (int64_t)20 * 86400000;
	CHECK_OK(t->call, application_advance(t->call, &count));
	scene_as(scene->scene, scene->rival);
	check_state(scene, forgotten, "LAPSED");
}

TEST_DB(application__a_rejection_has_a_reason_and_an_appeal_is_decided_by_somebody_else)
{
	ApplicationScene *scene = application_scene(t);
	Text ref = application_scene_submitted(scene, scene->applicant);
	const Actor *third = scene_person(scene->scene, "silvia", ROLE_SECRETARY);
	application_scene_close(scene);
	application_scene_check(scene, ref, "no");
	CHECK_ERROR(t->call, application_scene_act(scene, ref, "approve", NULL), INVALID);
	CHECK_ERROR(t->call, application_scene_act(scene, ref, "reject", WITH("reason", "whim", "explanation", "E")), INVALID);
	CHECK_OK(t->call, application_scene_act(scene, ref, "reject", WITH("reason", "conditions", "explanation", "E")));
	scene_as(scene->scene, scene->applicant);
	CHECK_OK(t->call, application_scene_act(scene, ref, "appeal", WITH("grounds", "We are one.")));
	const Actor *const involved[] = { scene->secretary, scene->second };
	for (size_t i = 0; i < COUNT(involved); i++) {
		scene_as(scene->scene, involved[i]);
		CHECK_ERROR(t->call, application_scene_act(scene, ref, "uphold", WITH("explanation", "E")), FORBIDDEN);
	}
	scene_as(scene->scene, third);
	CHECK_OK(t->call, application_scene_act(scene, ref, "uphold", WITH("explanation", "E")));
	check_state(scene, ref, "IN_CHECK");
	application_scene_check(scene, ref, "no");
	CHECK_OK(t->call, application_scene_act(scene, ref, "reject", WITH("reason", "conditions", "explanation", "E")));
	t->call->now += (int64_t)30 * 86400000;
	scene_as(scene->scene, scene->applicant);
	CHECK_ERROR(t->call, application_scene_act(scene, ref, "appeal", WITH("grounds", "Again.")), INVALID);
}

TEST_DB(application__an_officer_with_an_interest_sees_nothing_of_it)
{
	ApplicationScene *scene = application_scene(t);
	Text ref = application_scene_submitted(scene, scene->applicant);
	Application application;
	ApplicationLines lines;
	WorkLines work = { 0 };
	Round round;
	const char *conflict;
	application_scene_close(scene);
	scene_as(scene->scene, scene->secretary);
	CHECK_OK(t->call, application_worklist.open(t->call, 10, &work));
	CHECK_INT((int64_t)work.count, 1);
	CHECK_OK(t->call, interest_declare(t->call,
				  round_scene_values(t->arena, WITH("whose", "me", "kind", "competitor", "credit_code", scene_vendor_code,
								       "from", "2026-01-01", "evidence", "E")),
				  &(Text) { 0 }));
	CHECK_ERROR(t->call, application_open(t->call, ref, &application), NOT_FOUND);
	CHECK_ERROR(t->call, application_scene_act(scene, ref, "check", WITH("register", "yes")), NOT_FOUND);
	CHECK_OK(t->call, round_open_public(t->call, scene->code, &round));
	CHECK_OK(t->call, application_in_round(t->call, round.id, TEXT(""), TEXT(""), 0, 10, &lines));
	CHECK_OK(t->call, application_conflict(t->call, lines.at[0].organisation_id, lines.at[0].first_id, &conflict));
	CHECK(conflict != NULL);
	work = (WorkLines) { 0 };
	CHECK_OK(t->call, application_worklist.open(t->call, 10, &work));
	CHECK_INT((int64_t)work.count, 0);
}

TEST_DB(application__follows_its_organisation_into_a_merger)
{
	ApplicationScene *scene = application_scene(t);
	Text ref = application_scene_submitted(scene, scene->applicant), other;
	ApplicationLines lines;
	scene_as(scene->scene, scene->coordinator);
	CHECK_OK(t->call, org_merge(t->call, text_from(scene_vendor_code), TEXT("91350100M000100Y43"), TEXT("Law")));
	scene_as(scene->scene, scene->rival);
	Application application = application_scene_open(scene, ref);
	CHECK(application.is_admin && text_is(application.organisation, TEXT("对手安全公司")));
	CHECK_OK(t->call, application_own(t->call, 0, 10, &lines));
	CHECK_INT((int64_t)lines.count, 1);
	CHECK_ERROR(t->call, application_new(t->call, scene->code, TEXT("technical"), &other), INVALID); /* it has one now */
	application_scene_close(scene);
	check_state(scene, ref, "IN_CHECK");
}

TEST_DB(application__lapses_with_a_round_that_is_cancelled)
{
	ApplicationScene *scene = application_scene(t);
	Text ref = application_scene_submitted(scene, scene->applicant);
	int64_t count;
	scene_as(scene->scene, scene->secretary);
	CHECK_OK(t->call, round_act(t->call, scene->round, TEXT("cancel"), 0, round_scene_values(t->arena, WITH("reason", "R"))));
	scene_as(scene->scene, &actor_system);
	CHECK_OK(t->call, application_advance(t->call, &count));
	CHECK_INT(count, 1);
	scene_as(scene->scene, scene->applicant);
	check_state(scene, ref, "LAPSED");
}

TEST_DB(application__is_printed_with_a_digest_for_each_section_and_a_code_on_each_page)
{
	ApplicationScene *scene = application_scene(t);
	Text ref = application_scene_draft(scene, scene->applicant), bytes;
	Application application = application_scene_open(scene, ref);
	CHECK_ERROR(t->call, application_print(t->call, &application, &bytes), CONFLICT);
	CHECK_OK(t->call, application_scene_act(scene, ref, "withdraw", WITH("confirm", "yes")));
	ref = application_scene_submitted(scene, scene->applicant);
	application = application_scene_open(scene, ref);
	CHECK_OK(t->call, application_print(t->call, &application, &bytes));
	CHECK(text_starts(bytes, TEXT("%PDF-")));
	CHECK_ERROR(t->call, application_print_correction(t->call, &application, &bytes), CONFLICT);
	application_scene_close(scene);
	scene_as(scene->scene, scene->secretary);
	CHECK_OK(t->call, application_scene_act(scene, ref, "return", WITH("days", "3", "mark-profile", "Too short.")));
	scene_as(scene->scene, scene->applicant);
	application = application_scene_open(scene, ref);
	CHECK_OK(t->call, application_save_field(t->call, &application, TEXT("profile"), TEXT("We find many.")));
	CHECK_OK(t->call, application_scene_act(scene, ref, "resubmit", NULL));
	application = application_scene_open(scene, ref);
	CHECK_OK(t->call, application_print_correction(t->call, &application, &bytes));
	CHECK(text_starts(bytes, TEXT("%PDF-")));
}

TEST_DB(application__digest_of_a_section_changes_with_its_values_and_its_files_alone)
{
	ApplicationScene *scene = application_scene(t);
	Application application = application_scene_open(scene, application_scene_draft(scene, scene->applicant));
	const FormSection *section = &application.form->sections[1];
	Map *values = round_scene_values(t->arena, WITH("profile", "A"));
	Text hash = hash_of(t, "X"), files = arena_printf(t->arena, "proof  %.*s  a.txt\n", TEXT_ARGS(hash));
	Text first = application_section_digest(t->arena, application.ref, section, values, files);
	Text renamed = arena_printf(t->arena, "proof  %.*s  b.txt\n", TEXT_ARGS(hash));
	CHECK(form_item(application.form, TEXT("proof")) == &section->items[1]);
	CHECK(text_is(first, application_section_digest(t->arena, application.ref, section, values, renamed)));
	CHECK(!text_is(first, application_section_digest(t->arena, application.ref, section, values, TEXT(""))));
	form_set(t->arena, values, TEXT("team"), TEXT("| B | C |"));
	CHECK(text_is(first, application_section_digest(t->arena, application.ref, section, values, files)));
	form_set(t->arena, values, TEXT("profile"), TEXT("B"));
	CHECK(!text_is(first, application_section_digest(t->arena, application.ref, section, values, files)));
}

TEST_DB(application__a_file_that_is_not_what_it_says_is_shown_as_what_it_is)
{
	ApplicationScene *scene = application_scene(t);
	Application application = application_scene_open(scene, application_scene_draft(scene, scene->applicant));
	AttachmentOwner owner;
	Attachment attachment;
	int file = memfd_create("file", MFD_CLOEXEC);
	CHECK(write(file, "Only words.", 11) == 11);
	CHECK_OK(t->call, application_files(t->call, &application, TEXT("proof"), true, &owner));
	CHECK_OK(t->call, attachment_store(t->call, owner, TEXT("../../proof.pdf"), file, 11, &attachment));
	CHECK(text_is(attachment.name, TEXT("proof.pdf")) && text_starts(attachment.content_type, TEXT("text/plain")));
	CHECK_ERROR(t->call, attachment_store(t->call, owner, TEXT("proof.exe"), file, 11, &attachment), INVALID);
	close(file);
}

TEST_DB(application__the_notice_of_correction_is_there_as_long_as_it_is_returned)
{
	ApplicationScene *scene = application_scene(t);
	Text ref = application_scene_submitted(scene, scene->applicant), bytes;
	application_scene_close(scene);
	scene_as(scene->scene, scene->secretary);
	Application application = application_scene_open(scene, ref);
	CHECK_ERROR(t->call, application_print_return(t->call, &application, &bytes), CONFLICT);
	CHECK_OK(t->call, application_scene_act(scene, ref, "return", WITH("days", "3", "mark-profile", "Too short.")));
	application = application_scene_open(scene, ref);
	CHECK_OK(t->call, application_print_return(t->call, &application, &bytes));
	CHECK(text_starts(bytes, TEXT("%PDF-")));
}

static Attachments correction_files(ApplicationScene *scene, const Application *application, int64_t number)
{
	Test *t = scene->t;
	Attachments files;
	CHECK_OK(t->call, application_files_of(t->call, application, application_correction_field(t->arena, number), &files));
	return files;
}

TEST_DB(application__files_go_with_a_correction_while_it_is_asked_for_and_stand_where_it_is_compared)
{
	ApplicationScene *scene = application_scene(t);
	Text ref = application_scene_submitted(scene, scene->applicant), other = application_scene_submitted(scene, scene->rival), sheet;
	Application application;
	ApplicationVersions versions;
	AttachmentOwner owner;
	const Text first = TEXT("correction-1"), second = TEXT("correction-2");
	application_scene_close(scene);
	scene_as(scene->scene, scene->applicant);
	application = application_scene_open(scene, ref);
	CHECK_ERROR(t->call, application_files(t->call, &application, first, true, &owner), NOT_FOUND); /* nobody asked for one */
	scene_as(scene->scene, scene->secretary);
	CHECK_OK(t->call, application_scene_act(scene, ref, "return", WITH("days", "3", "mark-profile", "Too short.")));
	application = application_scene_open(scene, ref);
	CHECK_ERROR(t->call, application_files(t->call, &application, first, true, &owner), FORBIDDEN); /* they are the applicant's */
	scene_as(scene->scene, scene->member);
	application = application_scene_open(scene, ref);
	CHECK_ERROR(t->call, application_files(t->call, &application, first, true, &owner), FORBIDDEN); /* an administrator's */
	scene_as(scene->scene, scene->applicant);
	application = application_scene_open(scene, ref);
	CHECK_ERROR(t->call, application_files(t->call, &application, second, true, &owner), NOT_FOUND);
	CHECK_ERROR(t->call, application_files(t->call, &application, TEXT("correction-0"), true, &owner), NOT_FOUND);
	CHECK_ERROR(t->call, application_files(t->call, &application, TEXT("correction-01"), true, &owner), NOT_FOUND);
	Attachment file = application_scene_file(scene, ref, "correction-1", "CanaryProofOfCorrection");
	CHECK_OK(t->call, application_save_field(t->call, &application, TEXT("profile"), TEXT("Now it is long enough to say something.")));
	CHECK_OK(t->call, application_scene_act(scene, ref, "resubmit", WITH(NULL)));
	application = application_scene_open(scene, ref);
	CHECK_ERROR(t->call, application_files(t->call, &application, first, true, &owner), CONFLICT); /* it was handed in */
	CHECK_OK(t->call, application_versions_of(t->call, &application, &versions));
	const ApplicationVersion *before = &versions.at[versions.count - 2], *now = &versions.at[versions.count - 1];
	CHECK(text_find(now->files, file.sha256, NULL) && !text_find(before->files, file.sha256, NULL));
	CHECK(!text_is(now->sha256, before->sha256)); /* the digest is of them too */
	CHECK_OK(t->call, application_print_correction(t->call, &application, &sheet));
	CHECK(tool_says(tool_run(t, "a.pdf", sheet, "pdftotext -layout a.pdf - | tr -d ' \\n'"), arena_string(t->arena, file.sha256)));
	scene_as(scene->scene, scene->secretary);
	application = application_scene_open(scene, ref);
	CHECK_INT(correction_files(scene, &application, 1).count, 1);
	scene_as(scene->scene, scene->rival);
	application = application_scene_open(scene, other);
	CHECK_ERROR(t->call, application_files(t->call, &application, first, false, &owner), NOT_FOUND);
}

TEST_DB(application__files_of_a_correction_are_limited_and_looked_at_like_the_first_evidence)
{
	ApplicationScene *scene = application_scene(t);
	Text ref = application_scene_submitted(scene, scene->applicant);
	Application application;
	AttachmentOwner owner;
	Attachment attachment;
	application_scene_close(scene);
	scene_as(scene->scene, scene->secretary);
	CHECK_OK(t->call, application_scene_act(scene, ref, "return", WITH("days", "3", "mark-profile", "Too short.")));
	scene_as(scene->scene, scene->applicant);
	application = application_scene_open(scene, ref);
	CHECK_OK(t->call, application_files(t->call, &application, TEXT("correction-1"), true, &owner));
	CHECK_ERROR(t->call, attachment_begin(t->call, owner, TEXT("proof.exe"), 10, &attachment), INVALID);
	CHECK_ERROR(t->call, attachment_begin(t->call, owner, TEXT("proof.pdf"), 0, &attachment), INVALID);
	CHECK_ERROR(t->call, attachment_begin(t->call, owner, TEXT("proof.pdf"), (int64_t)1 << 40, &attachment), INVALID);
	call_recover(t->call);
	for (int i = 0; i < ATTACHMENTS_MAX; i++) CHECK_OK(t->call, attachment_begin(t->call, owner, TEXT("proof.pdf"), 10, &attachment));
	CHECK_ERROR(t->call, attachment_begin(t->call, owner, TEXT("proof.pdf"), 10, &attachment), TOO_LARGE);
}

/* ---- Marked copies */
static Text bytes_of(Test *t, const CopyFile *file)
{
	char *bytes = arena_alloc(t->arena, (size_t)file->size_bytes);
	CHECK(pread(file->descriptor, bytes, (size_t)file->size_bytes, 0) == (ssize_t)file->size_bytes);
	close(file->descriptor);
	return (Text) { bytes, (size_t)file->size_bytes };
}

static Attachment pdf_evidence(ApplicationScene *scene, const Application *application, Text *out_bytes)
{
	Test *t = scene->t;
	AttachmentOwner owner;
	Attachment attachment;
	scoped(pdf_close) Pdf *pdf = pdf_open(t->call, &(PdfSpec) { .title = TEXT("Evidence") });
	for (int i = 0; i < 30; i++) pdf_paragraph(pdf, TEXT("能力证明材料：原创漏洞报送情况说明。"), (PdfStyle) { .size = 11 });
	CHECK_OK(t->call, pdf_finish(t->call, pdf, out_bytes));
	int file = memfd_create("file", MFD_CLOEXEC);
	CHECK(write(file, out_bytes->at, out_bytes->length) == (ssize_t)out_bytes->length);
	CHECK_OK(t->call, application_files(t->call, application, TEXT("proof"), true, &owner));
	CHECK_OK(t->call, attachment_store(t->call, owner, TEXT("evidence.pdf"), file, (int64_t)out_bytes->length, &attachment));
	close(file);
	return attachment;
}

TEST_DB(application__a_photograph_of_evidence_names_the_officer_who_downloaded_it)
{
	const SandboxWork works[] = { [SANDBOX_INSPECT] = inspect_work, [SANDBOX_MARK] = mark_work, [SANDBOX_STAMP] = mark_stamp_work };
	CHECK_OK(t->call, sandbox_start(t->call, works, COUNT(works), &t->house->sandbox));
	ApplicationScene *scene = application_scene(t);
	Application application = application_scene_open(scene, application_scene_draft(scene, scene->applicant));
	Text plain, name, copies[2];
	Attachment file = pdf_evidence(scene, &application, &plain),
		   words = application_scene_file(scene, application.ref, "proof", "Only words.");
	const Actor *readers[] = { scene->secretary, scene->second };
	CopyFile copy;
	CopyReading reading;
	Events events;
	bool is_marked = false;
	for (size_t i = 0; i < COUNT(readers); i++) {
		scene_as(scene->scene, readers[i]);
		CHECK_OK(t->call, application_file_copy(t->call, &application, &file, "download", &name, &copy));
		CHECK_TEXT(name, "evidence.pdf");
		copies[i] = bytes_of(t, &copy);
		CHECK(copies[i].length > plain.length && text_starts(copies[i], plain));
	}
	CHECK(!text_is(copies[0], copies[1]));
	for (size_t i = 0; i < COUNT(readers); i++) {
		Text photo = tool_run(t, "a.pdf", copies[i], "pdftoppm -r 130 -f 1 -l 1 -gray a.pdf page >/dev/null && cat page-*1.pgm");
		scene_as(scene->scene, scene->coordinator);
		CHECK_OK(t->call, copy_read_photo(t->call, photo, &reading));
		CHECK(reading.known && reading.copy.person_id == readers[i]->person_id);
		CHECK(text_is(reading.copy.subject_ref, application.ref));
	}
	scene_as(scene->scene, scene->secretary);
	CHECK_OK(t->call, application_file_copy(t->call, &application, &words, "download", &name, &copy));
	CHECK_TEXT(bytes_of(t, &copy), "Only words."); /* it leaves as it is, and that is recorded */
	CHECK_OK(t->call, ledger_events_of_action(t->call, "application", application.ref, "download", 0, 10, &events));
	CHECK_INT(events.count, 3);
	copy_file_read(events.at[0].detail, &name, &is_marked);
	CHECK(!is_marked && text_is(name, TEXT("proof.txt")));
	copy_file_read(events.at[2].detail, &name, &is_marked);
	CHECK(is_marked && text_is(name, TEXT("evidence.pdf")));
}
