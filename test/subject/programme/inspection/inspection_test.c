/* On-site inspections: who inspects, what is kept when two write at once, what findings lead to, and who moves up. */
#include "base/base/clock.h"
#include "subject/programme/inspection/inspection_scene.h"
#include "work/workflow/workdays.h"

#include <sys/mman.h>
#include <unistd.h>

#define LIST(...) round_scene_values(t->arena, (const char *const[]) { __VA_ARGS__, NULL })
#define DAY_MS ((int64_t)86400000)

static void withdraw(InspectionScene *scene, int applicant)
{
	Test *t = scene->t;
	scene_as(scene->of->scene, inspection_scene_admin(scene, applicant));
	CHECK_OK(t->call, application_act(t->call, scene->panel->applications[applicant], TEXT("withdraw"), 0, LIST("confirm", "yes")));
}

static const InspectionItem *item_of(InspectionScene *scene, int applicant, const char *name)
{
	return inspection_item(inspection_scene_open(scene, applicant), text_from(name));
}

TEST(inspection__its_machine_and_forms_are_whole)
{
	const Form *const forms[] = { &inspection_arrange_form, &inspection_replace_form, &inspection_sign_form, &inspection_reopen_form,
		&inspection_entry_form, &inspection_answer_form, &inspection_remark_form, &inspection_object_form };
	Text fault = workflow_fault(t->arena, &inspection_machine);
	if (fault.at) test_fail(__FILE__, __LINE__, "%.*s", TEXT_ARGS(fault));
	for (size_t i = 0; i < COUNT(forms); i++) CHECK(!form_fault(t->arena, forms[i]).at);
	for (size_t i = 0; i < inspection_machine.row_count; i++)
		CHECK(!inspection_machine.rows[i].form || inspection_action_form(inspection_machine.rows[i].form));
}

TEST_DB(inspection__all_that_pass_lead_the_round_to_the_decision)
{
	InspectionScene *scene = inspection_scene(t, "3");
	CHECK_TEXT(inspection_scene_round(scene), "INSPECTION");
	for (int i = 0; i < 3; i++) {
		CHECK_TEXT(inspection_scene_state(scene, i), "SHORTLISTED");
		CHECK(item_of(scene, i, "premises") && item_of(scene, i, "clause-c1") && !item_of(scene, i, "clause-c2"));
		inspection_scene_pass(scene, i, NULL, NULL, NULL);
		CHECK_TEXT(inspection_scene_state(scene, i), "PROPOSED");
		CHECK(text_is(inspection_scene_round(scene), text_from(i < 2 ? "INSPECTION" : "DECISION")));
	}
	const Inspection *last = inspection_scene_open(scene, 2);
	CHECK_TEXT(last->state, "CLOSED");
	CHECK_TEXT(last->number, "2026-1-K003");
	bool faultless = false;
	CHECK_OK(t->call, inspection_faultless(t->call, last->application_id, &faultless));
	CHECK(faultless);
}

TEST_DB(inspection__begins_once_after_the_lock_by_a_secretary)
{
	PanelScene *panel = panel_scene(t);
	CHECK_ERROR(t->call, inspection_start(t->call, panel->of->round), CONFLICT);
	panel_scene_freeze(panel);
	panel_scene_draw(panel);
	panel_scene_key(panel);
	panel_scene_present(panel);
	panel_scene_commit(panel);
	panel_scene_open(panel);
	panel_scene_lock(panel);
	scene_as(panel->of->scene, panel->of->supervisor);
	CHECK_ERROR(t->call, inspection_start(t->call, panel->of->round), FORBIDDEN);
	scene_as(panel->of->scene, panel->of->secretary);
	CHECK_OK(t->call, inspection_start(t->call, panel->of->round));
	CHECK_ERROR(t->call, inspection_start(t->call, panel->of->round), CONFLICT);
}

TEST_DB(inspection__inspectors_are_the_first_of_the_draw_and_the_others_follow_in_its_order)
{
	InspectionScene *scene = inspection_scene(t, "3");
	Text ref = inspection_scene_ref(scene, 0);
	(void)scene_person(scene->of->scene, "ina", ROLE_INSPECTOR);
	PanelInspectors drawn;
	const Inspection *before = inspection_scene_open(scene, 0);
	CHECK_OK(t->call, panel_inspectors(t->call, before->round_id, before->application->ref, &drawn));
	CHECK(drawn.count > 3 && before->inspectors.count == 2);
	for (size_t i = 0; i < 2; i++) CHECK_INT(before->inspectors.at[i].person_id, drawn.at[i].person_id);
	PanelState *state = panel_scene_state(scene->panel);
	uint32_t order[PANEL_SCENE_EXPERTS];
	Digest seed = draw_label(&state->seats.seed, arena_printf(t->arena, "inspectors/%.*s", TEXT_ARGS(before->application->ref)));
	draw_permutation(&seed, order, state->leaves.count);
	Expert expert;
	CHECK_OK(t->call, expert_find(t->call, state->leaves.at[order[drawn.at[0].position]].expert_id, &expert));
	CHECK_INT(expert.person_id, drawn.at[0].person_id);
	scene_as(scene->of->scene, scene->of->secretary);
	CHECK_OK(t->call, inspection_act(t->call, ref, TEXT("replace"), 0, LIST("seat", "1", "ground", "declined", "words", "Ill.")));
	const Inspection *after = inspection_scene_open(scene, 0);
	CHECK_INT(after->inspectors.at[0].person_id, drawn.at[2].person_id);
	CHECK_INT(after->inspectors.at[1].person_id, drawn.at[1].person_id);
	CHECK_OK(t->call, inspection_act(t->call, ref, TEXT("replace"), 0, LIST("seat", "1", "ground", "declined", "words", "Ill.")));
	CHECK_INT(inspection_scene_open(scene, 0)->inspectors.at[0].person_id, drawn.at[3].person_id); /* never the one who declined */
	CHECK_OK(t->call, inspection_act(t->call, ref, TEXT("replace"), 0,
				  LIST("seat", "2", "by", "ina", "ground", "knowledge", "words", "She knows it.")));
	CHECK_INT(inspection_scene_open(scene, 0)->inspectors.at[1].position, -1);
	CHECK_ERROR(t->call,
		inspection_act(t->call, ref, TEXT("replace"), 0, LIST("seat", "1", "by", "ina", "ground", "knowledge", "words", "Both.")),
		INVALID);
	CHECK_ERROR(t->call,
		inspection_act(t->call, ref, TEXT("replace"), 0, LIST("seat", "1", "by", "stranger", "ground", "knowledge", "words", "W.")),
		INVALID);
	CHECK_ERROR(t->call, inspection_act(t->call, ref, TEXT("replace"), 0, LIST("seat", "1", "ground", "declined")),
		INVALID); /* no reason */
}

TEST_DB(inspection__nobody_with_a_tie_to_the_applicant_inspects_or_sees_it)
{
	InspectionScene *scene = inspection_scene(t, "3");
	Text ref = inspection_scene_ref(scene, 0);
	Inspection inspection;
	inspection_scene_arrange(scene, 0);
	const Actor *inspector = inspection_scene_inspector(scene, 0, 1);
	scene_as(scene->of->scene, inspector);
	CHECK_OK(t->call, inspection_open(t->call, ref, &inspection));
	Text declared;
	CHECK_OK(t->call,
		interest_declare(t->call,
			LIST("whose", "me", "kind", "customer", "credit_code", scene_vendor_code, "from", "2026-01-01", "evidence", "E"),
			&declared));
	CHECK_ERROR(t->call, inspection_open(t->call, ref, &inspection), NOT_FOUND);
	InspectionSaved saved;
	CHECK_ERROR(t->call, inspection_scene_save(scene, 0, "team", "c", 0, "X", &saved), NOT_FOUND);
	scene_as(scene->of->scene, scene->of->secretary);
	CHECK_OK(
		t->call, inspection_act(t->call, ref, TEXT("replace"), 0, LIST("seat", "1", "ground", "conflict", "words", "A customer.")));
	CHECK(inspection_scene_inspector(scene, 0, 1) != inspector);
	Person person;
	CHECK_OK(t->call, person_find(t->call, inspector->person_id, &person));
	CHECK_ERROR(t->call,
		inspection_act(t->call, ref, TEXT("replace"), 0,
			LIST("seat", "1", "by", arena_string(t->arena, person.handle), "ground", "knowledge", "words", "W.")),
		INVALID);
	PanelInspectors drawn;
	CHECK_OK(t->call, panel_inspectors(t->call, inspection.round_id, inspection.application->ref, &drawn));
	for (size_t i = 0; i < drawn.count; i++) CHECK(drawn.at[i].person_id != inspector->person_id);
}

TEST_DB(inspection__is_hidden_from_everybody_but_the_office_and_its_inspectors)
{
	InspectionScene *scene = inspection_scene(t, "3");
	Text ref = inspection_scene_ref(scene, 0);
	Inspection inspection;
	const Actor *proposed = inspection_scene_inspector(scene, 0, 1);
	scene_as(scene->of->scene, proposed);
	CHECK_ERROR(t->call, inspection_open(t->call, ref, &inspection), NOT_FOUND); /* proposed, not confirmed */
	scene_as(scene->of->scene, scene->of->applicant);
	CHECK_ERROR(t->call, inspection_open_own(t->call, scene->panel->applications[0], &inspection), NOT_FOUND);
	inspection_scene_arrange(scene, 0);
	const Actor *others[] = { scene->of->applicant, scene->of->rival, scene->of->stranger, scene->of->coordinator };
	for (size_t i = 0; i < COUNT(others); i++) {
		scene_as(scene->of->scene, others[i]);
		CHECK_ERROR(t->call, inspection_open(t->call, ref, &inspection), NOT_FOUND);
	}
	for (int i = 0; i < PANEL_SCENE_EXPERTS; i++) {
		scene_as(scene->of->scene, scene->panel->experts[i]);
		bool is_inspector =
			scene->panel->experts[i] == proposed || scene->panel->experts[i] == inspection_scene_inspector(scene, 0, 2);
		if (is_inspector)
			CHECK_OK(t->call, inspection_open(t->call, ref, &inspection));
		else
			CHECK_ERROR(t->call, inspection_open(t->call, ref, &inspection), NOT_FOUND);
	}
	Actor weak = *proposed;
	weak.second_factor = false;
	t->call->actor = &weak;
	CHECK_ERROR(t->call, inspection_open(t->call, ref, &inspection), NOT_FOUND);
	scene_as(scene->of->scene, scene->of->applicant);
	CHECK_OK(t->call, inspection_open_own(t->call, scene->panel->applications[0], &inspection));
	CHECK(inspection.inspectors.count == 2 && inspection.where.length && !inspection.items.count);
	scene_as(scene->of->scene, scene->of->rival);
	CHECK_ERROR(t->call, inspection_open_own(t->call, scene->panel->applications[0], &inspection), NOT_FOUND);
	scene_as(scene->of->scene, scene->of->supervisor);
	CHECK_OK(t->call, inspection_open(t->call, ref, &inspection));
	CHECK_ERROR(t->call, inspection_act(t->call, ref, TEXT("replace"), 0, LIST("seat", "1", "ground", "declined", "words", "W.")),
		FORBIDDEN);
}

TEST_DB(inspection__what_two_inspectors_save_at_once_is_both_kept_and_one_says_what_holds)
{
	InspectionScene *scene = inspection_scene(t, "3");
	InspectionSaved saved;
	inspection_scene_arrange(scene, 0);
	const Actor *one = inspection_scene_inspector(scene, 0, 1), *other = inspection_scene_inspector(scene, 0, 2);
	scene_as(scene->of->scene, one);
	CHECK_OK(t->call, inspection_scene_save(scene, 0, "team", "a", 0, "Two are missing.", &saved));
	CHECK(saved.number == 1 && !saved.is_disputed);
	scene_as(scene->of->scene, other);
	CHECK_OK(t->call, inspection_scene_save(scene, 0, "team", "b", 0, "Three are missing.", &saved)); /* it was without network */
	CHECK(saved.number == 2 && saved.is_disputed);
	const InspectionItem *item = item_of(scene, 0, "team");
	CHECK_TEXT(form_answer(item->now->values, "comment"), "Three are missing.");
	CHECK_TEXT(form_answer(item->other->values, "comment"), "Two are missing.");
	inspection_scene_fill(scene, 0, "team", "minor", "5");
	CHECK(!item_of(scene, 0, "team")->other); /* whoever saw both has saved again */
	scene_as(scene->of->scene, other);
	CHECK_OK(t->call, inspection_scene_save(scene, 0, "team", "c", 1, "Still three.", &saved));
	CHECK(saved.is_disputed);
	CHECK_ERROR(t->call, inspection_scene_sign(scene, 0, 1), INVALID);
	CHECK_OK(t->call, inspection_scene_save(scene, 0, "team", "d", saved.number, "Three it is.", &saved));
	CHECK(!saved.is_disputed);
	scene_as(scene->of->scene, other);
	CHECK_OK(t->call, inspection_scene_save(scene, 0, "team", "e", 1, "Three it is.", &saved)); /* the same words are no dispute */
	CHECK(!saved.is_disputed);
	CHECK_OK(t->call, inspection_scene_sign(scene, 0, 1));
}

TEST_DB(inspection__what_is_sent_twice_is_taken_once)
{
	InspectionScene *scene = inspection_scene(t, "3");
	InspectionSaved saved;
	InspectionEntryRows entries;
	inspection_scene_arrange(scene, 0);
	const Inspection *inspection = inspection_scene_open(scene, 0);
	scene_as(scene->of->scene, inspection_scene_inspector(scene, 0, 1));
	for (int i = 0; i < 3; i++) {
		CHECK_OK(t->call, inspection_scene_save(scene, 0, "team", "a", 0, "Two are missing.", &saved));
		CHECK_INT(saved.number, 1);
	}
	CHECK_OK(t->call, inspection_entries(t->call, inspection->id, 10, &entries));
	CHECK_INT(entries.count, 1);
	CHECK_ERROR(t->call, inspection_scene_save(scene, 0, "team", "x", 7, "An entry that is not there.", &saved), USAGE);
	CHECK_ERROR(t->call, inspection_scene_save(scene, 0, "nothing", "y", 0, "No such item.", &saved), NOT_FOUND);
	scene_as(scene->of->scene, inspection_scene_inspector(scene, 0, 2));
	CHECK_ERROR(t->call, inspection_scene_save(scene, 0, "team", "a", 0, "Somebody else's name.", &saved), CONFLICT);
	inspection_scene_fill(scene, 0, NULL, NULL, NULL);
	CHECK_OK(t->call, inspection_scene_sign(scene, 0, 1));
	CHECK_OK(t->call,
		inspection_scene_save(scene, 0, "team", "a", 0, "Two are missing.", &saved)); /* the answer was lost; it is there */
	CHECK_ERROR(t->call, inspection_scene_save(scene, 0, "team", "z", 2, "Too late.", &saved), CONFLICT); /* signed */
}

static Error photograph(InspectionScene *scene, const char *client, const char *taken, const char *where)
{
	int file = memfd_create("photo", MFD_CLOEXEC);
	CHECK(write(file, "not a picture", 13) == 13 && lseek(file, 0, SEEK_SET) == 0);
	InspectionPicture picture = { TEXT("premises"), text_from(client), TEXT("door.txt"), text_from(taken), text_from(where), file, 13 };
	Error error = inspection_photo(scene->t->call, inspection_scene_ref(scene, 0), &picture);
	close(file);
	return error;
}

TEST_DB(inspection__a_photograph_says_when_and_where_and_is_kept_once)
{
	InspectionScene *scene = inspection_scene(t, "3");
	Attachments files;
	Attachment file;
	inspection_scene_arrange(scene, 0);
	scene_as(scene->of->scene, inspection_scene_inspector(scene, 0, 1));
	CHECK_ERROR(t->call, photograph(scene, "p", "2026-06-01", "Room 3"), INVALID);
	CHECK_ERROR(t->call, photograph(scene, "p", "2026-06-01 10:00", " "), INVALID);
	CHECK_ERROR(t->call, photograph(scene, "p", "2030-06-01 10:00", "Room 3"), INVALID);
	CHECK_OK(t->call, photograph(scene, "p", "2026-06-01 10:00", "Room 3"));
	CHECK_OK(t->call, photograph(scene, "p", "2026-06-01 10:00", "Room 3"));
	const Inspection *inspection = inspection_scene_open(scene, 0);
	CHECK_INT(inspection->photos.count, 1);
	CHECK_TEXT(inspection->photos.at[0].where, "Room 3");
	CHECK_OK(t->call, attachment_list(t->call, "inspection", inspection->id, &files));
	CHECK_INT(files.count, 1);
	CHECK_OK(t->call, inspection_photo_open(t->call, inspection, inspection->photos.at[0].ref, &file));
	CHECK_ERROR(t->call, inspection_photo_open(t->call, inspection, TEXT("other"), &file), NOT_FOUND);
	scene_as(scene->of->scene, scene->of->secretary);
	CHECK_ERROR(t->call, photograph(scene, "q", "2026-06-01 10:00", "Room 3"), FORBIDDEN);
}

TEST_DB(inspection__two_people_sign_and_only_what_is_complete)
{
	InspectionScene *scene = inspection_scene(t, "3");
	Text ref = inspection_scene_ref(scene, 0);
	inspection_scene_arrange(scene, 0);
	CHECK_ERROR(t->call, inspection_scene_sign(scene, 0, 1), INVALID);
	inspection_scene_fill(scene, 0, "team", "minor", ""); /* no days */
	CHECK_ERROR(t->call, inspection_scene_sign(scene, 0, 1), INVALID);
	inspection_scene_fill(scene, 0, NULL, NULL, NULL);
	scene_as(scene->of->scene, scene->of->secretary);
	CHECK_ERROR(t->call, inspection_act(t->call, ref, TEXT("sign"), 0, LIST("independent", "yes")), FORBIDDEN);
	scene_as(scene->of->scene, inspection_scene_inspector(scene, 0, 1));
	CHECK_ERROR(t->call, inspection_act(t->call, ref, TEXT("sign"), 0, LIST("words", "W.")), INVALID); /* not declared independent */
	CHECK_OK(t->call, inspection_scene_sign(scene, 0, 1));
	CHECK_ERROR(t->call, inspection_scene_sign(scene, 0, 1), CONFLICT);
	scene_as(scene->of->scene, inspection_scene_inspector(scene, 0, 2));
	CHECK_OK(t->call, inspection_act(t->call, ref, TEXT("reopen"), 0, LIST("words", "One more thing.")));
	CHECK(!inspection_scene_open(scene, 0)->inspectors.at[0].signed_at); /* the first signature was of another report */
	CHECK_OK(t->call, inspection_scene_sign(scene, 0, 2));
	CHECK_OK(t->call, inspection_scene_sign(scene, 0, 1));
	CHECK_TEXT(inspection_scene_state(scene, 0), "PROPOSED");
}

TEST_DB(inspection__a_major_finding_ends_it_and_the_first_of_the_reserve_moves_up)
{
	InspectionScene *scene = inspection_scene(t, "1");
	CHECK_TEXT(inspection_scene_state(scene, 0), "SHORTLISTED");
	CHECK_TEXT(inspection_scene_state(scene, 2), "RESERVE");
	inspection_scene_pass(scene, 0, "sample", "major", "");
	CHECK_TEXT(inspection_scene_state(scene, 0), "FAILED");
	CHECK_TEXT(inspection_scene_state(scene, 2), "SHORTLISTED");
	CHECK_TEXT(inspection_scene_state(scene, 1), "RESERVE");
	CHECK(inspection_scene_ref(scene, 2).at && !inspection_scene_ref(scene, 1).at);
	Inspection own;
	scene_as(scene->of->scene, scene->of->applicant);
	CHECK_OK(t->call, inspection_open_own(t->call, scene->panel->applications[0], &own));
	CHECK(own.findings.count == 1 && own.number.length && own.application->appeal_until > t->call->now);
	CHECK_TEXT(own.findings.at[0].found, "The register is missing.");
	inspection_scene_pass(scene, 2, "team", "major", "");
	CHECK_TEXT(inspection_scene_state(scene, 1), "SHORTLISTED");
	inspection_scene_pass(scene, 1, "team", "major", ""); /* nobody is left: the round goes on all the same */
	CHECK_TEXT(inspection_scene_round(scene), "DECISION");
}

TEST_DB(inspection__who_withdraws_after_reserves_moved_up_is_followed_by_one_only)
{
	InspectionScene *scene = inspection_scene(t, "1");
	inspection_scene_pass(scene, 0, "sample", "major", "");
	CHECK_TEXT(inspection_scene_state(scene, 2), "SHORTLISTED");
	inspection_scene_advance(scene);
	inspection_scene_advance(scene);
	CHECK_TEXT(inspection_scene_state(scene, 1), "RESERVE"); /* one place, one moves up */
	withdraw(scene, 2);
	CHECK_TEXT(inspection_scene_state(scene, 1), "RESERVE");
	inspection_scene_advance(scene);
	CHECK_TEXT(inspection_scene_open(scene, 2)->state, "DROPPED");
	CHECK_TEXT(inspection_scene_state(scene, 1), "SHORTLISTED");
	inspection_scene_arrange(scene, 1);
	withdraw(scene, 1);
	inspection_scene_advance(scene);
	CHECK_TEXT(inspection_scene_round(scene), "DECISION");
}

TEST_DB(inspection__a_proposed_one_that_withdraws_lets_the_reserve_move_up)
{
	InspectionScene *scene = inspection_scene(t, "2");
	CHECK_TEXT(inspection_scene_state(scene, 1), "RESERVE");
	inspection_scene_pass(scene, 0, NULL, NULL, NULL);
	CHECK_TEXT(inspection_scene_state(scene, 0), "PROPOSED");
	withdraw(scene, 0);
	inspection_scene_advance(scene);
	CHECK_TEXT(inspection_scene_state(scene, 1), "SHORTLISTED");
	CHECK_TEXT(inspection_scene_open(scene, 0)->state, "CLOSED"); /* what was signed stays */
	CHECK_TEXT(inspection_scene_round(scene), "INSPECTION");
}

TEST_DB(inspection__a_minor_finding_is_answered_judged_and_closed)
{
	InspectionScene *scene = inspection_scene(t, "3");
	Inspection own;
	inspection_scene_pass(scene, 0, "team", "minor", "5");
	CHECK_TEXT(inspection_scene_state(scene, 0), "CORRECTING");
	Text ref = inspection_scene_ref(scene, 0), application = scene->panel->applications[0];
	scene_as(scene->of->scene, scene->of->member);
	CHECK_OK(t->call, inspection_open_own(t->call, application, &own));
	Text finding = own.findings.at[0].ref;
	CHECK_ERROR(t->call, inspection_answer(t->call, application, finding, LIST("cause", "C", "measure", "M")), FORBIDDEN);
	scene_as(scene->of->scene, scene->of->applicant);
	CHECK_ERROR(t->call, inspection_answer(t->call, application, finding, LIST("cause", "C")), INVALID);
	CHECK_ERROR(t->call, inspection_answer(t->call, application, TEXT("other"), LIST("cause", "C", "measure", "M")), NOT_FOUND);
	scene_as(scene->of->scene, inspection_scene_inspector(scene, 0, 1));
	CHECK_ERROR(t->call, inspection_judge(t->call, ref, finding, true, LIST("words", "W.")), CONFLICT); /* nothing is answered */
	scene_as(scene->of->scene, scene->of->applicant);
	CHECK_OK(t->call, inspection_answer(t->call, application, finding, LIST("cause", "C", "measure", "M")));
	CHECK_ERROR(t->call, inspection_answer(t->call, application, finding, LIST("cause", "C", "measure", "M")), CONFLICT);
	scene_as(scene->of->scene, scene->of->secretary);
	CHECK_ERROR(t->call, inspection_judge(t->call, ref, finding, true, LIST("words", "W.")), FORBIDDEN);
	scene_as(scene->of->scene, inspection_scene_inspector(scene, 0, 2));
	CHECK_ERROR(t->call, inspection_judge(t->call, ref, finding, false, LIST("words", "")), INVALID);
	CHECK_OK(t->call, inspection_judge(t->call, ref, finding, false, LIST("words", "Not enough.")));
	scene_as(scene->of->scene, scene->of->applicant);
	CHECK_OK(t->call, inspection_answer(t->call, application, finding, LIST("cause", "C", "measure", "More")));
	scene_as(scene->of->scene, inspection_scene_inspector(scene, 0, 1));
	CHECK_OK(t->call, inspection_judge(t->call, ref, finding, true, LIST("words", "")));
	CHECK_TEXT(inspection_scene_state(scene, 0), "PROPOSED");
	bool faultless = true;
	CHECK_OK(t->call, inspection_faultless(t->call, own.application_id, &faultless));
	CHECK(!faultless);
}

TEST_DB(inspection__the_day_a_finding_is_due_passes_over_holidays_and_then_it_fails)
{
	InspectionScene *scene = inspection_scene(t, "1");
	const Calendar *calendar;
	bool provisional;
	CHECK(clock_parse(TEXT("2026-09-28T02:00:00Z"), &t->call->now)); /* before the first of October and its holidays */
	inspection_scene_pass(scene, 0, "team", "minor", "3");
	const Inspection *inspection = inspection_scene_open(scene, 0);
	CHECK_OK(t->call, workdays(t->call, &calendar));
	int64_t due = calendar_add_working_days(calendar, inspection->closed_at, 3, &provisional);
	CHECK_INT(inspection->findings.at[0].due_at, due);
	CHECK(due - inspection->closed_at > 9 * DAY_MS); /* 29 and 30 September, then 8 October */
	ClockView clock;
	CHECK_OK(t->call, workflow_clock_of(t->call, &application_machine, inspection->application_id, &clock));
	CHECK_INT(clock.due_at, due);
	t->call->now = due;
	inspection_scene_advance(scene);
	CHECK_TEXT(inspection_scene_state(scene, 0), "CORRECTING");
	t->call->now = due + 1;
	scene_as(scene->of->scene, scene->of->applicant);
	CHECK_ERROR(t->call,
		inspection_answer(
			t->call, scene->panel->applications[0], inspection->findings.at[0].ref, LIST("cause", "C", "measure", "M")),
		CONFLICT);
	inspection_scene_advance(scene);
	CHECK_TEXT(inspection_scene_state(scene, 0), "FAILED");
	CHECK_TEXT(inspection_scene_state(scene, 2), "SHORTLISTED");
}

TEST_DB(inspection__an_answer_in_time_waits_for_the_inspectors_however_long)
{
	InspectionScene *scene = inspection_scene(t, "1");
	inspection_scene_pass(scene, 0, "team", "minor", "3");
	const Inspection *inspection = inspection_scene_open(scene, 0);
	Text finding = inspection->findings.at[0].ref;
	scene_as(scene->of->scene, scene->of->applicant);
	CHECK_OK(t->call, inspection_answer(t->call, scene->panel->applications[0], finding, LIST("cause", "C", "measure", "M")));
	t->call->now += 90 * DAY_MS;
	inspection_scene_advance(scene);
	CHECK_TEXT(inspection_scene_state(scene, 0), "CORRECTING");
	scene_as(scene->of->scene, inspection_scene_inspector(scene, 0, 1));
	CHECK_OK(t->call, inspection_judge(t->call, inspection->ref, finding, false, LIST("words", "Not enough.")));
	inspection_scene_advance(scene);
	CHECK_TEXT(inspection_scene_state(scene, 0), "FAILED");
}

TEST_DB(inspection__the_applicant_objects_before_the_visit_and_the_reason_stays)
{
	InspectionScene *scene = inspection_scene(t, "3");
	Text application = scene->panel->applications[0], pdf;
	Inspection own;
	InspectionSayings said;
	inspection_scene_arrange(scene, 0);
	scene_as(scene->of->scene, scene->of->member);
	CHECK_ERROR(t->call, inspection_object(t->call, application, LIST("seat", "1", "words", "W.")), FORBIDDEN);
	scene_as(scene->of->scene, scene->of->applicant);
	CHECK_OK(t->call, inspection_object(t->call, application, LIST("seat", "1", "words", "A former employee.")));
	CHECK_OK(t->call, inspection_open_own(t->call, application, &own));
	CHECK_OK(t->call, inspection_notice(t->call, &own, &pdf));
	CHECK(text_starts(pdf, TEXT("%PDF")));
	CHECK_OK(t->call, inspection_sayings(t->call, inspection_scene_open(scene, 0), &said));
	CHECK_TEXT(form_answer(said.at[said.count - 1].values, "words"), "A former employee.");
	t->call->now += 3 * DAY_MS;
	CHECK_ERROR(t->call, inspection_object(t->call, application, LIST("seat", "1", "words", "Too late.")), CONFLICT);
}

TEST_DB(inspection__whoever_inspects_has_assessed_and_so_has_who_sat_on_the_panel)
{
	InspectionScene *scene = inspection_scene(t, "3");
	Text ref = inspection_scene_ref(scene, 0);
	const Actor *ina = scene_person(scene->of->scene, "ina", ROLE_INSPECTOR);
	bool has = false;
	InspectionSaved saved;
	inspection_scene_arrange(scene, 0);
	const Inspection *inspection = inspection_scene_open(scene, 0);
	const Actor *first = inspection_scene_inspector(scene, 0, 1);
	CHECK_OK(t->call, inspection_assessed(t->call, inspection->round_id, first->person_id, &has));
	CHECK(has);
	CHECK_OK(t->call, inspection_assessed(t->call, inspection->round_id, ina->person_id, &has));
	CHECK(!has);
	scene_as(scene->of->scene, first);
	CHECK_OK(t->call, inspection_scene_save(scene, 0, "team", "a", 0, "X", &saved));
	scene_as(scene->of->scene, scene->of->secretary);
	CHECK_OK(t->call,
		inspection_act(t->call, ref, TEXT("replace"), 0, LIST("seat", "1", "by", "ina", "ground", "declined", "words", "W.")));
	CHECK_OK(t->call, inspection_assessed(t->call, inspection->round_id, first->person_id, &has));
	CHECK(has); /* what was entered stays theirs */
	CHECK_OK(t->call, inspection_assessed(t->call, inspection->round_id, ina->person_id, &has));
	CHECK(has);
	CHECK_OK(t->call, panel_assessed(t->call, inspection->round_id, panel_scene_member(scene->panel, "taken", 0)->person_id, &has));
	CHECK(has);
	CHECK_OK(t->call, panel_assessed(t->call, inspection->round_id, scene->of->second->person_id, &has));
	CHECK(!has);
}

TEST_DB(inspection__its_inspectors_find_it_on_their_own_page)
{
	InspectionScene *scene = inspection_scene(t, "3");
	WorkLines lines = { 0 };
	scene_as(scene->of->scene, inspection_scene_inspector(scene, 0, 1));
	CHECK_OK(t->call, inspection_worklist.open(t->call, 10, &lines));
	CHECK_INT(lines.count, 0); /* only proposed */
	inspection_scene_arrange(scene, 0);
	scene_as(scene->of->scene, inspection_scene_inspector(scene, 0, 1));
	CHECK_OK(t->call, inspection_worklist.open(t->call, 10, &lines));
	CHECK_INT(lines.count, 1);
	CHECK(work_is_turn(&lines.at[0]) && lines.at[0].clock.due_at > t->call->now);
}
