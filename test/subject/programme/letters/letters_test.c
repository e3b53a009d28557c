/* Letters of a round: offered when the round calls for them, written by one and issued by another, and each says nothing that is not its reader's. */
#include "face/doc/tool.h"
#include "store/ledger/ledger.h"
#include "subject/interest/interest.h"
#include "subject/programme/application/application_private.h"
#include "subject/programme/decision/decision_scene.h"
#include "subject/programme/inspection/inspection_scene.h"
#include "subject/programme/letters/letters.h"

#define LIST(...) round_scene_values(t->arena, (const char *const[]) { __VA_ARGS__, NULL })
#define DAY_MS ((int64_t)86400000)

static Round round_now(Test *t, Text ref)
{
	Round round;
	CHECK_OK(t->call, round_open(t->call, ref, &round));
	return round;
}

static size_t count_of(Test *t, Text ref, LetterKind kind, Text *out_about)
{
	Round round = round_now(t, ref);
	RoundOffers offers;
	size_t count = 0;
	CHECK_OK(t->call, letters_offers(t->call, &round, &offers));
	for (size_t i = 0; i < offers.count; i++)
		if (offers.at[i].kind == kind && !count++ && out_about) *out_about = offers.at[i].about;
	return count;
}

/* The draft by whoever acts. */
static Text drafted(Test *t, Text ref, LetterKind kind, Text about)
{
	Round round = round_now(t, ref);
	LetterOrder order;
	Text draft;
	CHECK_OK(t->call, letters_order(t->call, &round, kind, about, &order));
	CHECK_OK(t->call, letters_draft(t->call, &round, about, &order, &draft));
	return draft;
}

static Text words_of(Test *t, Text pages) { return tool_run(t, "a.pdf", pages, "pdftotext -layout a.pdf - | tr -d ' \\n'"); }

/* Written by the first, approved by the second; its words. */
static Text issued(Test *t, ApplicationScene *scene, LetterKind kind, Text about)
{
	Text letter, name, bytes, draft;
	scene_as(scene->scene, scene->secretary);
	draft = drafted(t, scene->round, kind, about);
	CHECK_ERROR(t->call, letter_approve(t->call, LETTER_PROGRAMME, draft, &letter), FORBIDDEN);
	scene_as(scene->scene, scene->second);
	CHECK_OK(t->call, letter_approve(t->call, LETTER_PROGRAMME, draft, &letter));
	CHECK_OK(t->call, letter_file(t->call, LETTER_PROGRAMME, letter, LETTER_PAGES, &name, &bytes));
	return words_of(t, bytes);
}

TEST_DB(letters__what_was_returned_is_said_in_a_table_and_the_applicant_reads_the_letter)
{
	ApplicationScene *scene = application_scene(t);
	Application application;
	Text ref = application_scene_submitted(scene, scene->applicant), about, other = application_scene_submitted(scene, scene->rival),
	     bytes;
	application_scene_close(scene);
	scene_as(scene->scene, scene->secretary);
	CHECK_INT(count_of(t, scene->round, LETTER_ROUND_CORRECTION, NULL), 0);
	CHECK_OK(t->call, application_scene_act(scene, ref, "return", WITH("days", "3", "mark-profile", "CanaryReason")));
	CHECK_INT(count_of(t, scene->round, LETTER_ROUND_CORRECTION, &about), 1);
	CHECK(text_is(about, ref));
	Text words = issued(t, scene, LETTER_ROUND_CORRECTION, ref);
	CHECK(tool_says(words, "软测申补函〔2026〕1号") && tool_says(words, "补正通知书") && tool_says(words, "CanaryReason"));
	CHECK(!tool_says(words, arena_string(t->arena, other)));
	scene_as(scene->scene, scene->applicant);
	application = application_scene_open(scene, ref);
	CHECK_OK(t->call, application_print_return(t->call, &application, &bytes));
	CHECK(tool_says(words_of(t, bytes), "软测申补函〔2026〕1号"));
	scene_as(scene->scene, scene->rival);
	CHECK_ERROR(t->call, application_letter_order(t->call, ref, &(LetterOrder) { 0 }), NOT_FOUND);
}

TEST_DB(letters__who_may_not_see_what_a_letter_is_about_sees_no_letter)
{
	ApplicationScene *scene = application_scene(t);
	Text ref = application_scene_submitted(scene, scene->applicant), interest, draft;
	RoundLetters letters;
	LetterDraft opened;
	application_scene_close(scene);
	scene_as(scene->scene, scene->secretary);
	CHECK_OK(t->call, application_scene_act(scene, ref, "return", WITH("days", "3", "mark-profile", "Too short.")));
	draft = drafted(t, scene->round, LETTER_ROUND_CORRECTION, ref);
	Round round = round_now(t, scene->round);
	scene_as(scene->scene, scene->second);
	CHECK_OK(t->call, letters_may_draft(t->call, draft));
	CHECK_OK(t->call,
		interest_declare(t->call,
			LIST("whose", "me", "kind", "competitor", "credit_code", scene_vendor_code, "from", "2026-01-01", "evidence", "E"),
			&interest));
	CHECK_ERROR(t->call, letters_may_draft(t->call, draft), NOT_FOUND);
	CHECK_INT(count_of(t, scene->round, LETTER_ROUND_CORRECTION, NULL), 0);
	CHECK_OK(t->call, letters_of_round(t->call, &round, &letters));
	CHECK_INT(letters.count, 0);
	scene_as(scene->scene, scene->supervisor);
	CHECK_OK(t->call, letters_of_round(t->call, &round, &letters));
	CHECK_INT(letters.count, 1);
	const Actor *outsiders[] = { scene->coordinator, scene->applicant, scene->stranger, &actor_visitor };
	for (size_t i = 0; i < COUNT(outsiders); i++) {
		scene_as(scene->scene, outsiders[i]);
		CHECK_ERROR(t->call, letters_may_draft(t->call, draft), FORBIDDEN);
		CHECK_ERROR(t->call, letter_draft_open(t->call, LETTER_PROGRAMME, draft, &opened), FORBIDDEN);
	}
	scene_as(scene->scene, scene->coordinator);
	CHECK_ERROR(t->call, letter_draft_open(t->call, LETTER_LIBRARY, draft, &opened), NOT_FOUND);
}

TEST_DB(letters__an_invitation_names_its_expert_alone_and_only_after_the_draw)
{
	PanelScene *panel = panel_scene(t);
	ApplicationScene *scene = panel->of;
	PanelLetterPanels panels;
	PanelFile file;
	Text about;
	panel_scene_freeze(panel);
	CHECK_INT(count_of(t, scene->round, LETTER_ROUND_INVITATION, NULL), 0);
	CHECK_INT(count_of(t, scene->round, LETTER_ROUND_SIGN_IN, NULL), 0);
	panel_scene_draw(panel);
	CHECK_OK(t->call, panel_letter_panels(t->call, scene->round, &panels));
	const PanelLetterPanel *one = &panels.at[0];
	CHECK_INT(count_of(t, scene->round, LETTER_ROUND_INVITATION, &about), one->seats.count);
	Text words = issued(t, scene, LETTER_ROUND_INVITATION, about);
	CHECK(tool_says(words, arena_string(t->arena, one->ref)));
	for (size_t i = 0; i < one->seats.count; i++) CHECK(tool_says(words, arena_string(t->arena, one->seats.at[i].name)) == (i == 0));
	for (size_t i = 0; i < one->applicants.count; i++) CHECK(!tool_says(words, arena_string(t->arena, one->applicants.at[i])));
	scene_as(scene->scene, panel_scene_member(panel, "taken", 0));
	CHECK_OK(t->call, panel_invitation(t->call, one->ref, &file));
	CHECK(tool_says(words_of(t, file.bytes), "专家邀请函"));
	scene_as(scene->scene, panel_scene_member(panel, "taken", 1));
	CHECK_ERROR(t->call, panel_invitation(t->call, one->ref, &file), NOT_FOUND);
	CHECK_ERROR(t->call, panel_letter_panels(t->call, scene->round, &panels), NOT_FOUND);
}

TEST_DB(letters__sheets_have_a_row_for_each_and_no_number)
{
	PanelScene *panel = panel_scene(t);
	PanelLetterPanels panels;
	LetterOrder order;
	Text about = { 0 }, bytes;
	panel_scene_freeze(panel);
	panel_scene_draw(panel);
	Round round = round_now(t, panel->of->round);
	CHECK_OK(t->call, panel_letter_panels(t->call, panel->of->round, &panels));
	CHECK_INT(count_of(t, panel->of->round, LETTER_ROUND_SIGN_IN, &about), 1);
	CHECK_OK(t->call, letters_order(t->call, &round, LETTER_ROUND_SIGN_IN, about, &order));
	CHECK_OK(t->call, letter_document(t->call, &order, TEXT(""), LETTER_PAGES, &bytes));
	Text words = words_of(t, bytes);
	for (size_t i = 0; i < panels.at[0].seats.count; i++)
		CHECK(tool_says(words, arena_string(t->arena, panels.at[0].seats.at[i].name)));
	CHECK(!tool_says(words, "号〕") && tool_says(words, "评审专家签到表"));
	CHECK_OK(t->call, letters_order(t->call, &round, LETTER_ROUND_OPINION, about, &order));
	CHECK_OK(t->call, letter_document(t->call, &order, TEXT(""), LETTER_PAGES, &bytes));
	words = words_of(t, bytes);
	for (size_t i = 0; i < panels.at[0].applicants.count; i++)
		CHECK(tool_says(words, arena_string(t->arena, panels.at[0].applicants.at[i])));
	CHECK(!tool_says(words, arena_string(t->arena, panels.at[0].seats.at[0].name)));
}

TEST_DB(letters__a_notice_of_an_inspection_holds_until_day_or_inspectors_change)
{
	InspectionScene *scene = inspection_scene(t, "3");
	Inspection own;
	Text about, pdf;
	inspection_scene_arrange(scene, 0);
	scene_as(scene->of->scene, scene->of->secretary);
	CHECK_INT(count_of(t, scene->of->round, LETTER_ROUND_INSPECTION, &about), 1);
	t->call->now += 60000;
	CHECK(tool_says(issued(t, scene->of, LETTER_ROUND_INSPECTION, about), "现场考察通知"));
	scene_as(scene->of->scene, inspection_scene_admin(scene, 0));
	CHECK_OK(t->call, inspection_open_own(t->call, scene->panel->applications[0], &own));
	CHECK_OK(t->call, inspection_notice(t->call, &own, &pdf));
	CHECK(tool_says(words_of(t, pdf), "考察函〔2026〕1号"));
	t->call->now += 60000;
	inspection_scene_arrange(scene, 0);
	scene_as(scene->of->scene, inspection_scene_admin(scene, 0));
	CHECK_OK(t->call, inspection_open_own(t->call, scene->panel->applications[0], &own));
	CHECK_OK(t->call, inspection_notice(t->call, &own, &pdf));
	CHECK(!tool_says(words_of(t, pdf), "考察函〔2026〕1号"));
}

TEST_DB(letters__the_supervisors_log_of_a_round_tells_of_its_inspections_too)
{
	InspectionScene *scene = inspection_scene(t, "3");
	DecisionLogRows rows;
	size_t arranged = 0;
	inspection_scene_arrange(scene, 0);
	int64_t left = 1;
	while (left) CHECK_OK(t->call, ledger_sequence(t->call, &left));
	scene_as(scene->of->scene, scene->of->supervisor);
	Round round = round_now(t, scene->of->round);
	CHECK_OK(t->call, decision_log_rows(t->call, round.id, round.ref, INT64_MAX, 20, &rows));
	for (size_t i = 0; i < rows.count; i++)
		arranged += text_is(rows.at[i].kind, TEXT("inspection")) && text_is(rows.at[i].action, TEXT("arrange"));
	CHECK_INT(arranged, 1);
}

TEST_DB(letters__an_announcement_is_asked_for_only_when_there_is_something_to_announce)
{
	DecisionScene *scene = decision_scene(t);
	decision_scene_publicise(scene);
	CHECK(!decision_has_news(decision_scene_state(scene))); /* their days run */
	t->call->now = decision_scene_due(scene, scene->first) + DAY_MS;
	decision_scene_as(scene, scene->decider);
	CHECK_OK(t->call, decision_grant(t->call, scene->round));
	CHECK(decision_has_news(decision_scene_state(scene)));
	decision_scene_as(scene, scene->clerk);
	CHECK_OK(t->call, decision_enter_announcement(t->call, scene->round, LIST("announced_as", "")));
	decision_scene_as(scene, scene->decider);
	CHECK_OK(t->call, decision_decide(t->call, scene->round, decision_scene_state(scene)->announcing.ref));
	CHECK_TEXT(decision_scene_state(scene)->announcements.at[0].document, "软测公告〔2026〕1号");
	CHECK(!decision_has_news(decision_scene_state(scene)));
}

TEST_DB(letters__answers_to_an_objection_never_say_who_objects)
{
	DecisionScene *scene = decision_scene(t);
	ObjectionReceipt receipt;
	const LetterKind kinds[] = { LETTER_ROUND_OBJECTION, LETTER_ROUND_OBJECTION_UNIT };
	decision_scene_publicise(scene);
	decision_scene_as(scene, &actor_visitor);
	CHECK_OK(t->call, decision_scene_object(scene, scene->first, "One certificate is borrowed, says 告实名.", &receipt));
	decision_scene_as(scene, scene->of->secretary);
	CHECK_INT(count_of(t, scene->round, LETTER_ROUND_OBJECTION, NULL), 0);
	decision_scene_verdict(scene, receipt.ref, "dismiss");
	for (size_t i = 0; i < COUNT(kinds); i++) {
		decision_scene_as(scene, scene->handler); /* who reads the objector */
		Round round = round_now(t, scene->round);
		LetterOrder order;
		CHECK_OK(t->call, letters_order(t->call, &round, kinds[i], receipt.ref, &order));
		Text words = issued(t, scene->of, kinds[i], receipt.ref);
		CHECK(!tool_says(words, "告实名") && !tool_says(words, "13800000000") && !tool_says(words, "borrowed,"));
		CHECK(tool_says(words, "异议不成立") && tool_says(words, i ? "Acertificateissaidtobeborrowed." : "Wehavelookedatit."));
	}
	scene_as(scene->of->scene, scene->judge);
	CHECK_INT(count_of(t, scene->round, LETTER_ROUND_OBJECTION, NULL), 1);
}

TEST_DB(letters__a_list_without_a_document_number_takes_the_next_of_the_register)
{
	DecisionScene *scene = decision_scene(t);
	Map *values;
	DecisionLists lists;
	Text name, bytes;
	(void)decision_list_form(t->call, decision_scene_state(scene), &values);
	CHECK_OK(t->call, decision_enter(t->call, scene->round, values));
	decision_scene_as(scene, scene->decider);
	CHECK_OK(t->call, decision_decide(t->call, scene->round, decision_scene_state(scene)->waiting.ref));
	decision_scene_as(scene, &actor_visitor);
	Round round;
	CHECK_OK(t->call, round_open_public(t->call, scene->of->code, &round));
	CHECK_OK(t->call, decision_public(t->call, &round, "publicity", &lists));
	CHECK_TEXT(lists.at[0].document, "软测公示〔2026〕1号");
	CHECK(text_find(lists.at[0].list, TEXT("软测公示〔2026〕1号"), NULL));
	CHECK_OK(t->call, decision_list_file(t->call, &round, &lists.at[0], LETTER_PAGES, &name, &bytes));
	Text words = words_of(t, bytes);
	for (size_t i = 0; i < lists.at[0].entries.count; i++)
		CHECK(tool_says(words, arena_string(t->arena, lists.at[0].entries.at[i].organisation)));
	CHECK(tool_says(words, "软测公示〔2026〕1号") && tool_says(words, "三星级"));
}

TEST_DB(letters__a_list_that_was_decided_under_a_number_bears_that_one)
{
	DecisionScene *scene = decision_scene(t);
	DecisionLists lists;
	Text name, bytes;
	decision_scene_publicise(scene);
	decision_scene_as(scene, &actor_visitor);
	Round round;
	CHECK_OK(t->call, round_open_public(t->call, scene->of->code, &round));
	CHECK_OK(t->call, decision_public(t->call, &round, "publicity", &lists));
	CHECK_OK(t->call, decision_list_file(t->call, &round, &lists.at[0], LETTER_PAGES, &name, &bytes));
	CHECK(tool_says(words_of(t, bytes), "公示〔2026〕1号") && !tool_says(words_of(t, bytes), "软测公示"));
}

/* ---- Who objects, and nobody else */
static Text letter_now(Test *t, DecisionScene *scene, LetterKind kind, const Actor *writer, const Actor *approver, Text about)
{
	Text draft, letter;
	decision_scene_as(scene, writer);
	draft = drafted(t, scene->round, kind, about);
	decision_scene_as(scene, approver);
	CHECK_OK(t->call, letters_approve(t->call, draft, &letter));
	return letter;
}

TEST_DB(letters__who_objects_alone_downloads_the_answer_and_stands_in_no_record)
{
	DecisionScene *scene = decision_scene(t);
	ObjectionReceipt receipt, other;
	Objection objection;
	LetterReadings readings;
	IssuedLetter issued_letter;
	Text name, bytes;
	const Text address = TEXT("192.0.2.1");
	decision_scene_publicise(scene);
	decision_scene_as(scene, scene->of->rival); /* with an account, so by it too */
	CHECK_OK(t->call, decision_scene_object(scene, scene->first, "One certificate is borrowed.", &receipt));
	decision_scene_as(scene, &actor_visitor);
	CHECK_OK(t->call, decision_scene_object(scene, scene->second, "Something else is borrowed.", &other));
	decision_scene_verdict(scene, receipt.ref, "dismiss");
	decision_scene_as(scene, scene->of->rival);
	CHECK_ERROR(t->call, objection_letter_own(t->call, receipt.ref, &name, &bytes), NOT_FOUND); /* answered, no letter yet */
	Text letter = letter_now(t, scene, LETTER_ROUND_OBJECTION, scene->of->secretary, scene->of->second, receipt.ref);
	CHECK_OK(t->call, letter_open(t->call, LETTER_PROGRAMME, letter, &issued_letter));

	decision_scene_as(scene, scene->of->rival);
	CHECK_OK(t->call, objection_open_own(t->call, receipt.ref, &objection));
	CHECK(objection.has_letter && !objection.name.length && text_is(objection.answer, TEXT("We have looked at it.")));
	CHECK_OK(t->call, objection_letter_own(t->call, receipt.ref, &name, &bytes));
	CHECK(tool_says(words_of(t, bytes), "异议答复书"));
	CHECK_ERROR(t->call, objection_open_own(t->call, other.ref, &objection), NOT_FOUND); /* somebody else's */
	const Actor *others[] = { scene->of->applicant, scene->handler, scene->of->supervisor, scene->of->stranger, &actor_visitor };
	for (size_t i = 0; i < COUNT(others); i++) {
		decision_scene_as(scene, others[i]);
		CHECK_ERROR(t->call, objection_open_own(t->call, receipt.ref, &objection), NOT_FOUND);
		CHECK_ERROR(t->call, objection_letter_own(t->call, receipt.ref, &name, &bytes), NOT_FOUND);
	}
	CHECK_OK(t->call, objection_letter_by_code(t->call, receipt.code, address, &name, &bytes));
	CHECK_ERROR(t->call, objection_letter_by_code(t->call, other.code, address, &name, &bytes), NOT_FOUND);
	CHECK_ERROR(t->call, objection_letter_by_code(t->call, TEXT("0000-0000-0000-0000"), address, &name, &bytes), NOT_FOUND);

	decision_scene_as(scene, scene->of->supervisor);
	CHECK_OK(t->call, letter_readings(t->call, issued_letter.id, &readings));
	CHECK_INT(readings.count, 2);
	for (size_t i = 0; i < readings.count; i++) CHECK_INT(readings.at[i].name.length, 0);
	LedgerQuery query = {
		.kind = TEXT("objection"), .ref = receipt.ref, .by_actor = true, .actor = scene->of->rival->person_id, .count = 50
	};
	LedgerTraces traces;
	CHECK_OK(t->call, ledger_search(t->call, &query, &traces));
	CHECK_INT(traces.count, 0);
	query.by_actor = false;
	CHECK_OK(t->call, ledger_search(t->call, &query, &traces));
	size_t fetched = 0;
	for (size_t i = 0; i < traces.count; i++) fetched += text_is(traces.at[i].action, TEXT("fetch"));
	CHECK_INT(fetched, 2);

	CHECK_OK(t->call, letter_void(t->call, LETTER_PROGRAMME, letter, TEXT("A slip.")));
	decision_scene_as(scene, scene->of->rival);
	CHECK_ERROR(t->call, objection_letter_own(t->call, receipt.ref, &name, &bytes), NOT_FOUND); /* one that is voided is nobody's */
}

TEST_DB(letters__a_complaint_about_staff_is_answered_by_supervisors_and_seen_by_nobody_else)
{
	DecisionScene *scene = decision_scene(t);
	const Actor *other = scene_person(scene->of->scene, "sven", ROLE_SUPERVISOR);
	ObjectionReceipt receipt;
	LetterOrder order;
	Text name, bytes, draft;
	decision_scene_publicise(scene);
	decision_scene_as(scene, &actor_visitor);
	CHECK_OK(t->call, decision_scene_object(scene, TEXT("staff"), "The secretary took a present, says 告实名.", &receipt));
	decision_scene_as(scene, scene->of->supervisor);
	CHECK_INT(count_of(t, scene->round, LETTER_ROUND_COMPLAINT, NULL), 0);
	CHECK_OK(t->call, objection_act(t->call, receipt.ref, TEXT("answer"), 0, LIST("answer", "It was looked into.")));
	CHECK_INT(count_of(t, scene->round, LETTER_ROUND_COMPLAINT, NULL), 1);
	CHECK_INT(count_of(t, scene->round, LETTER_ROUND_OBJECTION, NULL), 0);
	decision_scene_as(scene, scene->handler);
	Round round = round_now(t, scene->round);
	CHECK_INT(count_of(t, scene->round, LETTER_ROUND_COMPLAINT, NULL), 0);
	CHECK_ERROR(t->call, letters_order(t->call, &round, LETTER_ROUND_COMPLAINT, receipt.ref, &order), NOT_FOUND);
	decision_scene_as(scene, scene->of->supervisor);
	draft = drafted(t, scene->round, LETTER_ROUND_COMPLAINT, receipt.ref);
	decision_scene_as(scene, scene->handler);
	Text letter;
	CHECK_ERROR(t->call, letters_approve(t->call, draft, &letter), NOT_FOUND);
	decision_scene_as(scene, scene->of->supervisor);
	CHECK_ERROR(t->call, letters_approve(t->call, draft, &letter), FORBIDDEN); /* another one approves */
	decision_scene_as(scene, other);
	CHECK_OK(t->call, letters_approve(t->call, draft, &letter));
	decision_scene_as(scene, &actor_visitor);
	CHECK_OK(t->call, objection_letter_by_code(t->call, receipt.code, TEXT("192.0.2.1"), &name, &bytes));
	Text words = words_of(t, bytes);
	CHECK(tool_says(words, "投诉答复书") && tool_says(words, "Itwaslookedinto.") && !tool_says(words, "告实名") &&
		!tool_says(words, "present"));
}

TEST_DB(attack__the_unit_downloads_the_outcome_of_an_objection_and_learns_nothing_of_who_objects)
{
	DecisionScene *scene = decision_scene(t);
	ObjectionReceipt receipt, other;
	ObjectionsOfUnit list;
	Text name, bytes;
	decision_scene_publicise(scene);
	decision_scene_as(scene, scene->of->rival);
	CHECK_OK(t->call, decision_scene_object(scene, scene->first, "One certificate is borrowed, says 告实名.", &receipt));
	CHECK_OK(t->call, decision_scene_object(scene, scene->second, "Something else is borrowed.", &other));
	decision_scene_as(scene, scene->of->applicant);
	CHECK_OK(t->call, objection_of_unit(t->call, scene->first, &list));
	CHECK_INT(list.count, 0); /* nothing before it is masked */
	decision_scene_verdict(scene, receipt.ref, "dismiss");
	decision_scene_as(scene, scene->of->applicant);
	CHECK_OK(t->call, objection_of_unit(t->call, scene->first, &list));
	CHECK_INT(list.count, 1);
	CHECK(!list.at[0].has_letter && text_is(list.at[0].verdict, TEXT("DISMISSED")));
	CHECK(!text_find(list.at[0].masked, TEXT("告实名"), NULL));
	CHECK_ERROR(t->call, objection_letter_of_unit(t->call, scene->first, receipt.ref, &name, &bytes), NOT_FOUND); /* none is issued */
	(void)letter_now(t, scene, LETTER_ROUND_OBJECTION_UNIT, scene->of->secretary, scene->of->second, receipt.ref);
	decision_scene_as(scene, scene->of->applicant);
	CHECK_OK(t->call, objection_letter_of_unit(t->call, scene->first, receipt.ref, &name, &bytes));
	Text words = words_of(t, bytes);
	CHECK(tool_says(words, "异议处理结果告知书") && tool_says(words, "异议不成立"));
	CHECK(!tool_says(words, "告实名") && !tool_says(words, "13800000000") && !tool_says(words, "borrowed,"));
	CHECK_ERROR(t->call, objection_letter_of_unit(t->call, scene->first, other.ref, &name, &bytes), NOT_FOUND); /* about another one */
	const Actor *others[] = { scene->of->rival, scene->handler, scene->of->supervisor, scene->of->stranger, &actor_visitor };
	for (size_t i = 0; i < COUNT(others); i++) {
		decision_scene_as(scene, others[i]);
		CHECK_ERROR(t->call, objection_of_unit(t->call, scene->first, &list), NOT_FOUND);
		CHECK_ERROR(t->call, objection_letter_of_unit(t->call, scene->first, receipt.ref, &name, &bytes), NOT_FOUND);
	}
}
