/* Who decides, what is public when, three doors, clocks that stop for one unit alone, appeals, announcement, certificates. */
#include "store/ledger/ledger.h"
#include "subject/interest/interest.h"
#include "subject/programme/application/application_private.h"
#include "subject/programme/decision/decision_scene.h"
#include "subject/programme/decision/decision_test.sql.h"

#include "base/base/random.h"
#include "subject/programme/unit/unit.h"
#include "work/certificate/certificate.h"

#define LIST(...) round_scene_values(t->arena, (const char *const[]) { __VA_ARGS__, NULL })
#define DAY_MS ((int64_t)86400000)

static bool has_problem(const Call *call, Text field)
{
	for (size_t i = 0; i < call->failure.problems.count; i++)
		if (text_is(call->failure.problems.at[i].field, field)) return true;
	return false;
}

#define REFUSED_AT(expression, field) \
	do { \
		call_recover(t->call); \
		CHECK((expression) == ERROR_INVALID && has_problem(t->call, field)); \
		call_recover(t->call); \
	} while (0)

static Text field_of(Test *t, const char *name, Text application)
{
	return arena_printf(t->arena, "%s-%.*s", name, TEXT_ARGS(application));
}

static Map *listed(DecisionScene *scene)
{
	Map *values;
	(void)decision_list_form(scene->t->call, decision_scene_state(scene), &values);
	return values;
}

/* ---- Stars and who decides */
TEST_DB(decision__stars_are_those_of_the_rules_or_fewer_with_a_reason)
{
	DecisionScene *scene = decision_scene(t);
	Map *values = listed(scene);
	CHECK_TEXT(form_answer(values, arena_string(t->arena, field_of(t, "stars", scene->first))), "3");
	form_set(t->arena, values, field_of(t, "stars", scene->first), TEXT("4"));
	REFUSED_AT(decision_enter(t->call, scene->round, values), field_of(t, "stars", scene->first));
	form_set(t->arena, values, field_of(t, "stars", scene->first), TEXT("2"));
	REFUSED_AT(decision_enter(t->call, scene->round, values), field_of(t, "reason", scene->first));
	form_set(t->arena, values, field_of(t, "reason", scene->first), TEXT("A condition is met only just."));
	CHECK_OK(t->call, decision_enter(t->call, scene->round, values));
	CHECK_ERROR(t->call, decision_enter(t->call, scene->round, values), CONFLICT); /* one waits */
	decision_scene_as(scene, scene->decider);
	CHECK_OK(t->call, decision_decide(t->call, scene->round, decision_scene_state(scene)->waiting.ref));
	const DecisionList *list = &decision_scene_state(scene)->publicity.at[0];
	CHECK_INT(list->entries.count, 2);
	CHECK_INT(list->entries.at[0].stars, 3);
	CHECK_INT(list->entries.at[1].stars, 2);
	CHECK_INT(list->entries.at[1].rule_stars, 3);
	Digest digest = sha256(list->list);
	CHECK(text_is(hex_text(t->arena, DIGEST_TEXT(digest)), list->sha256));
}

TEST_DB(decision__whoever_assessed_or_entered_does_not_decide)
{
	DecisionScene *scene = decision_scene(t);
	const Actor *refused[] = { scene->clerk, scene->of->secretary, scene->of->second };
	decision_scene_enter(scene);
	Text waiting = decision_scene_state(scene)->waiting.ref;
	for (size_t i = 0; i < COUNT(refused); i++) {
		decision_scene_as(scene, refused[i]);
		CHECK_ERROR(t->call, decision_decide(t->call, scene->round, waiting), FORBIDDEN);
	}
	Actor member = *panel_scene_member(scene->panel, "taken", 0);
	member.roles |= ROLE_SECRETARY; /* who sat on the panel, whatever else they are */
	t->call->actor = &member;
	CHECK_ERROR(t->call, decision_decide(t->call, scene->round, waiting), FORBIDDEN);
	decision_scene_as(scene, scene->of->applicant);
	CHECK_ERROR(t->call, decision_decide(t->call, scene->round, waiting), FORBIDDEN);
	decision_scene_as(scene, scene->decider);
	CHECK_OK(t->call, decision_decide(t->call, scene->round, waiting));
	CHECK_TEXT(decision_scene_in(scene, scene->first), "IN_PUBLICITY");
}

TEST_DB(decision__an_officer_with_an_interest_neither_decides_nor_sees_the_objection)
{
	DecisionScene *scene = decision_scene(t);
	Text ref;
	ObjectionReceipt receipt;
	Objection objection;
	decision_scene_as(scene, scene->judge);
	CHECK_OK(t->call,
		interest_declare(t->call,
			LIST("whose", "me", "kind", "competitor", "credit_code", scene_vendor_code, "from", "2026-01-01", "evidence", "E"),
			&ref));
	decision_scene_enter(scene);
	decision_scene_as(scene, scene->judge);
	CHECK_ERROR(t->call, decision_decide(t->call, scene->round, decision_scene_state(scene)->waiting.ref), FORBIDDEN);
	decision_scene_as(scene, scene->decider);
	CHECK_OK(t->call, decision_decide(t->call, scene->round, decision_scene_state(scene)->waiting.ref));
	decision_scene_as(scene, &actor_visitor);
	CHECK_OK(t->call, decision_scene_object(scene, scene->first, "One certificate is borrowed.", &receipt));
	decision_scene_as(scene, scene->judge);
	CHECK_ERROR(t->call, objection_open(t->call, receipt.ref, &objection), NOT_FOUND);
	decision_scene_as(scene, scene->handler);
	CHECK_OK(t->call, objection_open(t->call, receipt.ref, &objection));
}

TEST_DB(decision__nothing_is_public_before_it_is_decided)
{
	DecisionScene *scene = decision_scene(t);
	Round round;
	DecisionLists lists;
	ObjectionReceipt receipt;
	decision_scene_enter(scene);
	decision_scene_as(scene, &actor_visitor);
	CHECK_OK(t->call, round_open_public(t->call, scene->of->code, &round));
	CHECK_OK(t->call, decision_public(t->call, &round, "publicity", &lists));
	CHECK_INT(lists.count, 0);
	CHECK_ERROR(t->call, decision_scene_object(scene, TEXT("staff"), "Something is wrong here.", &receipt), NOT_FOUND);
	decision_scene_as(scene, scene->of->rival);
	CHECK_INT(application_scene_open(scene->of, scene->below).appeal_until, 0); /* not told yet */
	decision_scene_as(scene, scene->decider);
	CHECK_OK(t->call, decision_decide(t->call, scene->round, decision_scene_state(scene)->waiting.ref));
	decision_scene_as(scene, &actor_visitor);
	CHECK_OK(t->call, decision_public(t->call, &round, "publicity", &lists));
	CHECK_INT(lists.count, 1);
	CHECK(lists.at[0].until_at == decision_scene_due(scene, scene->first));
	decision_scene_as(scene, scene->of->rival);
	CHECK(application_scene_open(scene->of, scene->below).appeal_until > t->call->now);
}

TEST_DB(decision__what_has_changed_is_entered_again)
{
	DecisionScene *scene = decision_scene(t);
	decision_scene_enter(scene);
	decision_scene_as(scene, scene->of->applicant);
	CHECK_OK(t->call, application_scene_act(scene->of, scene->first, "withdraw", WITH("confirm", "yes")));
	decision_scene_as(scene, scene->decider);
	Text waiting = decision_scene_state(scene)->waiting.ref;
	CHECK_ERROR(t->call, decision_decide(t->call, scene->round, waiting), CONFLICT);
	CHECK_OK(t->call, decision_drop(t->call, scene->round, waiting));
	decision_scene_publicise(scene);
	CHECK_INT(decision_scene_state(scene)->publicity.at[0].entries.count, 1);
}

/* ---- Objections and clocks */
TEST_DB(decision__an_objection_counts_until_the_last_millisecond_and_stops_one_clock_alone)
{
	DecisionScene *scene = decision_scene(t);
	ObjectionReceipt receipt, late;
	decision_scene_publicise(scene);
	int64_t due = decision_scene_due(scene, scene->first);
	decision_scene_as(scene, &actor_visitor);
	t->call->now = due;
	REFUSED_AT(decision_scene_object(scene, scene->first, "It comes too late by nothing.", &late), TEXT("about"));
	t->call->now = due - 1;
	CHECK_OK(t->call, decision_scene_object(scene, scene->first, "One certificate is borrowed.", &receipt));
	CHECK_TEXT(decision_scene_in(scene, scene->first), "OBJECTED");
	CHECK_TEXT(decision_scene_in(scene, scene->second), "IN_PUBLICITY");
	t->call->now = due;
	CHECK_OK(t->call, decision_scene_object(scene, scene->first, "Another one: its days stand still.", &late));
	decision_scene_as(scene, scene->decider);
	CHECK_OK(t->call, decision_grant(t->call, scene->round));
	CHECK_TEXT(decision_scene_in(scene, scene->first), "OBJECTED");
	CHECK_TEXT(decision_scene_in(scene, scene->second), "APPROVED");
	t->call->now = due + 3 * DAY_MS;
	decision_scene_verdict(scene, receipt.ref, "dismiss");
	CHECK_TEXT(decision_scene_in(scene, scene->first), "OBJECTED"); /* one is open */
	decision_scene_verdict(scene, late.ref, "dismiss");
	CHECK_TEXT(decision_scene_in(scene, scene->first), "IN_PUBLICITY");
	int64_t later = decision_scene_due(scene, scene->first);
	CHECK(later > due && later > t->call->now);
	decision_scene_as(scene, scene->decider);
	REFUSED_AT(decision_grant(t->call, scene->round), TEXT("action"));
	t->call->now = later;
	CHECK_OK(t->call, decision_grant(t->call, scene->round));
	CHECK_TEXT(decision_scene_in(scene, scene->first), "APPROVED");
}

static bool says(const ApplicationStatements *statements, Text word)
{
	for (size_t i = 0; i < statements->count; i++) {
		const Form *form = statements->at[i].form;
		for (size_t n = 0; n < form->sections[0].item_count; n++)
			if (text_find(form_answer(statements->at[i].values, form->sections[0].items[n].name), word, NULL)) return true;
	}
	return false;
}

TEST_DB(decision__who_objects_is_known_to_who_handles_it_alone)
{
	DecisionScene *scene = decision_scene(t);
	ObjectionReceipt receipt;
	Objection objection;
	Events events;
	ApplicationStatements statements;
	decision_scene_publicise(scene);
	decision_scene_as(scene, scene->of->stranger);
	CHECK_OK(t->call, decision_scene_object(scene, scene->first, "I am CANARYWORD and I saw it.", &receipt));
	decision_scene_as(scene, &actor_system);
	CHECK_OK(t->call, ledger_events_of_subject(t->call, "objection", receipt.ref, 0, 10, &events));
	CHECK(events.count > 0);
	for (size_t i = 0; i < events.count; i++) CHECK_INT(events.at[i].actor, 0);
	decision_scene_as(scene, scene->judge);
	CHECK_OK(t->call, objection_open(t->call, receipt.ref, &objection));
	CHECK_TEXT(objection.name, "");
	CHECK_TEXT(objection.text, "");
	decision_scene_as(scene, scene->of->applicant);
	CHECK_ERROR(t->call, objection_open(t->call, receipt.ref, &objection), NOT_FOUND);
	decision_scene_as(scene, scene->handler);
	CHECK_OK(t->call, objection_act(t->call, receipt.ref, TEXT("take"), 0, NULL));
	CHECK_OK(t->call, objection_open(t->call, receipt.ref, &objection));
	CHECK_TEXT(objection.name, "告实名");
	CHECK(text_find(objection.text, TEXT("CANARYWORD"), NULL));
	CHECK_OK(t->call, objection_act(t->call, receipt.ref, TEXT("mask"), 0, LIST("masked", "A certificate is said to be borrowed.")));
	decision_scene_as(scene, scene->judge);
	CHECK_OK(t->call, objection_open(t->call, receipt.ref, &objection));
	CHECK_TEXT(objection.name, "");
	CHECK_TEXT(objection.masked, "A certificate is said to be borrowed.");
	decision_scene_as(scene, scene->of->applicant);
	Application application = application_scene_open(scene->of, scene->first);
	CHECK_OK(t->call, application_statements_of(t->call, &application, &statements));
	CHECK(says(&statements, TEXT("said to be borrowed")));
	CHECK(!says(&statements, TEXT("CANARYWORD")) && !says(&statements, TEXT("告实名")));
	CHECK_OK(t->call, application_scene_act(scene->of, scene->first, "state", WITH("statement", "It is ours.")));
	CHECK_TEXT(decision_scene_in(scene, scene->first), "OBJECTED");
}

TEST_DB(decision__a_verdict_takes_two_who_were_not_involved)
{
	DecisionScene *scene = decision_scene(t);
	ObjectionReceipt receipt;
	Objection objection;
	decision_scene_publicise(scene);
	decision_scene_as(scene, &actor_visitor);
	CHECK_OK(t->call, decision_scene_object(scene, scene->first, "One certificate is borrowed.", &receipt));
	const Actor *refused[] = { scene->decider, scene->of->secretary, scene->of->second, scene->of->supervisor, scene->of->applicant };
	for (size_t i = 0; i < COUNT(refused); i++) {
		decision_scene_as(scene, refused[i]);
		CHECK(objection_act(t->call, receipt.ref, TEXT("take"), 0, NULL) != OK);
		call_recover(t->call);
	}
	decision_scene_as(scene, scene->handler);
	CHECK_OK(t->call, objection_act(t->call, receipt.ref, TEXT("take"), 0, NULL));
	Map *verdict = LIST("verdict", "uphold", "answer", "You are right.", "explanation", "It was borrowed.");
	CHECK_ERROR(t->call, objection_act(t->call, receipt.ref, TEXT("judge"), 0, verdict), INVALID); /* not masked yet */
	CHECK_OK(t->call, objection_act(t->call, receipt.ref, TEXT("mask"), 0, LIST("masked", "Borrowed.")));
	CHECK_OK(t->call, objection_act(t->call, receipt.ref, TEXT("judge"), 0, verdict));
	CHECK_ERROR(t->call, objection_act(t->call, receipt.ref, TEXT("uphold"), 0, NULL), FORBIDDEN); /* the same person */
	decision_scene_as(scene, scene->decider);
	CHECK_ERROR(t->call, objection_act(t->call, receipt.ref, TEXT("uphold"), 0, NULL), FORBIDDEN); /* decided the list */
	decision_scene_as(scene, scene->judge);
	CHECK_ERROR(t->call, objection_act(t->call, receipt.ref, TEXT("dismiss"), 0, NULL), FORBIDDEN); /* not what was entered */
	decision_scene_as(scene, &actor_visitor);
	CHECK_OK(t->call, objection_follow(t->call, receipt.code, TEXT("192.0.2.1"), &objection));
	CHECK_TEXT(objection.answer, ""); /* nothing before it is confirmed */
	decision_scene_as(scene, scene->judge);
	CHECK_OK(t->call, objection_act(t->call, receipt.ref, TEXT("uphold"), 0, NULL));
	CHECK_TEXT(decision_scene_in(scene, scene->first), "REMOVED");
	decision_scene_as(scene, &actor_visitor);
	CHECK_OK(t->call, objection_follow(t->call, receipt.code, TEXT("192.0.2.1"), &objection));
	CHECK_TEXT(objection.answer, "You are right.");
	CHECK_TEXT(objection.name, "");
}

TEST_DB(decision__complaints_about_staff_go_to_the_supervisor_alone)
{
	DecisionScene *scene = decision_scene(t);
	ObjectionReceipt receipt;
	Objection objection;
	Objections list;
	decision_scene_publicise(scene);
	decision_scene_as(scene, &actor_visitor);
	CHECK_OK(t->call, decision_scene_object(scene, TEXT("staff"), "The secretary took a present.", &receipt));
	CHECK_TEXT(decision_scene_in(scene, scene->first), "IN_PUBLICITY");
	decision_scene_as(scene, scene->handler);
	CHECK_ERROR(t->call, objection_open(t->call, receipt.ref, &objection), NOT_FOUND);
	CHECK_OK(t->call, objection_list(t->call, decision_scene_state(scene)->round.id, &list));
	CHECK_INT(list.count, 0);
	decision_scene_as(scene, scene->of->supervisor);
	CHECK_OK(t->call, objection_open(t->call, receipt.ref, &objection));
	CHECK_TEXT(objection.name, "告实名");
	CHECK_OK(t->call, objection_act(t->call, receipt.ref, TEXT("answer"), 0, LIST("answer", "It was looked into.")));
	CHECK_OK(t->call, objection_open(t->call, receipt.ref, &objection));
	CHECK_TEXT(objection.state, "ANSWERED");
}

TEST_DB(decision__an_objection_needs_a_real_name_and_is_taken_once)
{
	DecisionScene *scene = decision_scene(t);
	ObjectionReceipt receipt;
	decision_scene_publicise(scene);
	ObjectionNew objection = { .once = TEXT("once-and-for-all"),
		.about = TEXT("staff"),
		.name = TEXT(""),
		.contact = TEXT("Here it is"),
		.mail = TEXT("nowhere"),
		.text = TEXT("Something is wrong here."),
		.address = TEXT("192.0.2.7") };
	decision_scene_as(scene, &actor_visitor);
	REFUSED_AT(objection_send(t->call, scene->of->code, &objection, &receipt), TEXT("name"));
	objection.name = TEXT("告实名");
	REFUSED_AT(objection_send(t->call, scene->of->code, &objection, &receipt), TEXT("mail"));
	objection.mail = TEXT("");
	CHECK_OK(t->call, objection_send(t->call, scene->of->code, &objection, &receipt));
	CHECK_ERROR(t->call, objection_send(t->call, scene->of->code, &objection, &receipt), CONFLICT);
	for (int i = 1; i < OBJECTIONS_A_DAY; i++) {
		objection.once = random_code(t->arena, 20);
		CHECK_OK(t->call, objection_send(t->call, scene->of->code, &objection, &receipt));
	}
	objection.once = TEXT("one-too-many");
	CHECK_ERROR(t->call, objection_send(t->call, scene->of->code, &objection, &receipt), TOO_MANY);
}

TEST_DB(decision__the_applicant_objects_through_its_own_door)
{
	DecisionScene *scene = decision_scene(t);
	ObjectionReceipt receipt;
	Objection objection;
	decision_scene_publicise(scene);
	decision_scene_as(scene, scene->of->applicant);
	CHECK_OK(t->call, decision_scene_object(scene, scene->first, "We should have more stars.", &receipt));
	decision_scene_as(scene, scene->handler);
	CHECK_OK(t->call, objection_open(t->call, receipt.ref, &objection));
	CHECK_TEXT(objection.door, "applicant");
}

/* ---- Appeals */
TEST_DB(decision__an_appeal_in_time_leads_to_a_list_of_its_own_and_a_late_one_nowhere)
{
	DecisionScene *scene = decision_scene(t);
	decision_scene_publicise(scene);
	decision_scene_as(scene, scene->of->rival);
	int64_t until = application_scene_open(scene->of, scene->below).appeal_until, now = t->call->now;
	t->call->now = until;
	CHECK_ERROR(t->call, application_scene_act(scene->of, scene->below, "appeal", WITH("grounds", "A sheet was mixed up.")), INVALID);
	t->call->now = now;
	CHECK_OK(t->call, application_scene_act(scene->of, scene->below, "appeal", WITH("grounds", "A sheet was mixed up.")));
	Map *verdict = LIST("verdict", "uphold", "explanation", "It was mixed up.");
	const Actor *refused[] = { scene->decider, scene->of->secretary, scene->of->second };
	for (size_t i = 0; i < COUNT(refused); i++) {
		decision_scene_as(scene, refused[i]);
		CHECK_ERROR(t->call, decision_appeal(t->call, scene->round, scene->below, verdict), FORBIDDEN);
		CHECK_ERROR(t->call, application_scene_act(scene->of, scene->below, "uphold", WITH("explanation", "No.")), FORBIDDEN);
	}
	decision_scene_as(scene, scene->judge);
	CHECK_OK(t->call, decision_appeal(t->call, scene->round, scene->below, verdict));
	CHECK_TEXT(decision_scene_in(scene, scene->below), "PROPOSED");
	CHECK_TEXT(decision_scene_in(scene, scene->first), "IN_PUBLICITY");
	t->call->now += 2 * DAY_MS;
	decision_scene_publicise(scene);
	const DecisionState *state = decision_scene_state(scene);
	CHECK_INT(state->publicity.count, 2);
	CHECK_INT(state->publicity.at[1].entries.count, 1);
	CHECK_INT(state->publicity.at[1].entries.at[0].stars, 0); /* the rules give none for 50 points */
	CHECK(decision_scene_due(scene, scene->below) > decision_scene_due(scene, scene->first));
}

TEST_DB(decision__whoever_upheld_an_objection_does_not_decide_the_appeal)
{
	DecisionScene *scene = decision_scene(t);
	ObjectionReceipt receipt;
	decision_scene_publicise(scene);
	decision_scene_as(scene, &actor_visitor);
	CHECK_OK(t->call, decision_scene_object(scene, scene->first, "One certificate is borrowed.", &receipt));
	decision_scene_verdict(scene, receipt.ref, "uphold");
	decision_scene_as(scene, scene->of->applicant);
	CHECK_OK(t->call, application_scene_act(scene->of, scene->first, "appeal", WITH("grounds", "It is ours.")));
	Map *verdict = LIST("verdict", "dismiss", "explanation", "It is not.");
	const Actor *refused[] = { scene->handler, scene->judge, scene->decider };
	for (size_t i = 0; i < COUNT(refused); i++) {
		decision_scene_as(scene, refused[i]);
		CHECK_ERROR(t->call, decision_appeal(t->call, scene->round, scene->first, verdict), FORBIDDEN);
	}
	decision_scene_as(scene, scene->of->supervisor);
	CHECK_OK(t->call, decision_appeal(t->call, scene->round, scene->first, verdict));
	CHECK_TEXT(decision_scene_in(scene, scene->first), "DISMISSED");
}

/* ---- Announcement, agreement, certificate */
static void agree(DecisionScene *scene, const Actor *who, Text application)
{
	Test *t = scene->t;
	decision_scene_as(scene, who);
	CHECK_OK(t->call,
		application_scene_act(scene->of, application, "agree", WITH("duties", "yes", "signatory", "安娜", "position", "总经理")));
}

static Map *days(Test *t)
{
	return LIST("document", "公告〔2026〕2号", "document_on", "2026-07-07", "from_on", "2026-07-08", "until_on", "2027-07-09");
}

TEST_DB(decision__the_result_is_announced_agreed_to_and_certified_by_two_each)
{
	DecisionScene *scene = decision_scene(t);
	int64_t count = 0;
	UnitCandidates candidates;
	Text document;
	Unit unit;
	decision_scene_publicise(scene);
	t->call->now = decision_scene_due(scene, scene->first);
	decision_scene_as(scene, scene->of->applicant);
	CHECK_ERROR(t->call, application_scene_act(scene->of, scene->first, "agree", WITH("duties", "yes")), CONFLICT);
	decision_scene_as(scene, scene->clerk);
	REFUSED_AT(decision_enter_announcement(t->call, scene->round, LIST("announced_as", "公告〔2026〕2号")), TEXT("announced_as"));
	decision_scene_announce(scene);
	CHECK_TEXT(decision_scene_state(scene)->round.state, "ANNOUNCED");
	CHECK_INT(decision_scene_state(scene)->announcements.at[0].entries.count, 2);
	agree(scene, scene->of->applicant, scene->first);
	decision_scene_as(scene, scene->clerk);
	CHECK_OK(t->call, unit_enter_from_round(t->call, scene->round, days(t), &count));
	CHECK_INT(count, 1);
	REFUSED_AT(unit_enter_from_round(t->call, scene->round, days(t), &count), TEXT("document"));
	Units units;
	CHECK_OK(t->call, unit_in_state(t->call, TEXT("PROPOSED"), 0, 10, &units));
	CHECK_INT(units.count, 1);
	CHECK_ERROR(t->call, unit_act(t->call, units.at[0].ref, TEXT("admit"), 0, NULL), FORBIDDEN);
	decision_scene_as(scene, scene->decider);
	CHECK_OK(t->call, unit_act(t->call, units.at[0].ref, TEXT("admit"), 0, NULL));
	CHECK_TEXT(decision_scene_in(scene, scene->first), "CERTIFIED");
	CHECK_TEXT(decision_scene_in(scene, scene->second), "APPROVED");
	CHECK_OK(t->call, unit_open(t->call, units.at[0].ref, &unit));
	CHECK_INT(unit.stars, 3);
	CHECK(unit.certificate.length > 0);
	CHECK_OK(t->call, unit_candidates(t->call, scene->round, &candidates, &document));
	CHECK_INT(candidates.count, 0);
	decision_scene_as(scene, scene->clerk);
	REFUSED_AT(decision_archive(t->call, scene->round), TEXT("action"));
}

TEST_DB(decision__who_is_a_unit_already_is_renewed_with_a_number_that_replaces_the_old_one)
{
	DecisionScene *scene = decision_scene(t);
	int64_t count = 0;
	Text ref;
	Unit unit;
	Certificate certificate;
	decision_scene_as(scene, scene->clerk);
	CHECK_OK(
		t->call, unit_enter(t->call,
				 LIST("credit_code", scene_vendor_code, "direction", "technical", "stars", "1", "document",
					 "软测〔2025〕1号", "document_on", "2025-12-01", "from_on", "2026-01-01", "until_on", "2026-12-31"),
				 &ref));
	decision_scene_as(scene, scene->decider);
	CHECK_OK(t->call, unit_act(t->call, ref, TEXT("admit"), 0, NULL));
	CHECK_OK(t->call, unit_open(t->call, ref, &unit));
	Text before = unit.certificate;
	decision_scene_publicise(scene);
	t->call->now = decision_scene_due(scene, scene->first);
	decision_scene_announce(scene);
	agree(scene, scene->of->applicant, scene->first);
	decision_scene_as(scene, scene->clerk);
	CHECK_OK(t->call, unit_enter_from_round(t->call, scene->round, days(t), &count));
	decision_scene_as(scene, scene->decider);
	CHECK_OK(t->call, unit_act(t->call, ref, TEXT("drop"), 0, LIST("reason", "A slip.")));
	decision_scene_as(scene, scene->clerk);
	CHECK_OK(t->call, unit_enter_from_round(t->call, scene->round, days(t), &count)); /* dropped: it may be entered again */
	decision_scene_as(scene, scene->decider);
	CHECK_OK(t->call, unit_act(t->call, ref, TEXT("renew"), 0, NULL));
	CHECK_TEXT(decision_scene_in(scene, scene->first), "CERTIFIED");
	CHECK_OK(t->call, unit_open(t->call, ref, &unit));
	CHECK(!text_is(unit.certificate, before));
	CHECK_INT(unit.stars, 3);
	CHECK_OK(t->call, certificate_find(t->call, unit.certificate, &certificate));
	CHECK(text_is(certificate.is.replaces, before));
}

TEST_DB(decision__after_a_merger_the_certificate_goes_to_who_it_became_and_nobody_stands_twice)
{
	DecisionScene *scene = decision_scene(t);
	int64_t count = 0;
	Units units;
	Actor heir = *scene->third;
	decision_scene_as(scene, scene->of->coordinator);
	CHECK_OK(t->call, org_merge(t->call, text_from(scene_vendor_code), decision_scene_state(scene)->proposals.at[1].line.credit_code,
				  TEXT("By law.")));
	decision_scene_as(scene, scene->clerk);
	REFUSED_AT(decision_enter(t->call, scene->round, listed(scene)), field_of(t, "stars", scene->first));
	t->call->actor = &heir; /* speaks for both now */
	CHECK_OK(t->call, application_scene_act(scene->of, scene->second, "withdraw", WITH("confirm", "yes")));
	decision_scene_publicise(scene);
	t->call->now = decision_scene_due(scene, scene->first);
	decision_scene_announce(scene);
	CHECK_TEXT(decision_scene_state(scene)->announcements.at[0].entries.at[0].organisation, "第三安全公司");
	agree(scene, &heir, scene->first);
	decision_scene_as(scene, scene->clerk);
	CHECK_OK(t->call, unit_enter_from_round(t->call, scene->round, days(t), &count));
	CHECK_OK(t->call, unit_in_state(t->call, TEXT("PROPOSED"), 0, 10, &units));
	CHECK_INT(units.at[0].organisation_id, heir.organisation_id);
}

TEST_DB(decision__who_does_not_accept_the_agreement_in_its_days_lapses)
{
	DecisionScene *scene = decision_scene(t);
	int64_t count = 0;
	decision_scene_publicise(scene);
	t->call->now = decision_scene_due(scene, scene->first);
	decision_scene_announce(scene);
	agree(scene, scene->third, scene->second);
	t->call->now = decision_scene_due(scene, scene->first);
	decision_scene_as(scene, &actor_system);
	CHECK_OK(t->call, application_advance(t->call, &count));
	CHECK_TEXT(decision_scene_in(scene, scene->first), "APPROVED"); /* the last day is not over */
	t->call->now++;
	CHECK_OK(t->call, application_advance(t->call, &count));
	CHECK_TEXT(decision_scene_in(scene, scene->first), "LAPSED");
	CHECK_TEXT(decision_scene_in(scene, scene->second), "AGREED");
}

/* ---- The dossier */
static Error raise_stars(Call *call, void *argument)
{
	(void)argument;
	return test_raise_stars(call);
}

static Json decided_of(Test *t, Text archive)
{
	DossierVerdict verdict;
	ArchiveMembers members;
	Json decided = { 0 };
	dossier_verify(t->arena, archive, signer_public(t->house->signer), 1, &verdict);
	if (!verdict.consistent) test_fail(__FILE__, __LINE__, "%s %.*s", verdict.fault.why, TEXT_ARGS(verdict.fault.argument));
	CHECK(archive_unpack(t->arena, archive, &members));
	const ArchiveMember *member = archive_find(&members, "decided.json");
	if (member) CHECK(json_parse(t->arena, member->content, &decided, NULL));
	return decided;
}

static size_t steps_of(Json decided, const char *step, const char *reason)
{
	size_t count = 0;
	JsonEach each = json_each(json_get(decided, "steps"));
	while (json_next(&each))
		count += text_is(json_as_text(json_get(each.value, "step")), text_from(step)) &&
			 (!reason || text_is(json_as_text(json_get(each.value, "reason")), text_from(reason)));
	return count;
}

TEST_DB(decision__the_dossier_holds_the_lists_and_whoever_fell_out_and_is_whole_at_every_step)
{
	DecisionScene *scene = decision_scene(t);
	Text archive;
	ObjectionReceipt receipt;
	CHECK_OK(t->call, decision_dossier(t->call, scene->round, &archive));
	CHECK(!json_has(decided_of(t, archive))); /* nothing is decided yet: the panel's own */
	decision_scene_publicise(scene);
	CHECK_OK(t->call, decision_dossier(t->call, scene->round, &archive));
	CHECK_INT(steps_of(decided_of(t, archive), "list", NULL), 1);
	decision_scene_as(scene, &actor_visitor);
	CHECK_OK(t->call, decision_scene_object(scene, scene->first, "One certificate is borrowed.", &receipt));
	decision_scene_verdict(scene, receipt.ref, "uphold");
	t->call->now = decision_scene_due(scene, scene->second);
	decision_scene_as(scene, &actor_visitor);
	CHECK_ERROR(t->call, decision_public_dossier(t->call, scene->of->code, &archive), NOT_FOUND);
	decision_scene_announce(scene);
	decision_scene_as(scene, &actor_visitor);
	CHECK_OK(t->call, decision_public_dossier(t->call, scene->of->code, &archive));
	Json decided = decided_of(t, archive);
	CHECK_INT(steps_of(decided, "list", NULL), 2);
	CHECK_INT(steps_of(decided, "depart", "objection"), 1);
	CHECK_INT(steps_of(decided, "inspected", NULL), 1);
	JsonEach each = json_each(json_get(decided, "standing")), one;
	CHECK(json_next(&each));
	one = json_each(json_get(each.value, "applications"));
	CHECK(json_next(&one) && text_is(json_as_text(json_get(one.value, "application")), scene->second));
	CHECK(json_as_bool(json_get(one.value, "announced")) && !json_next(&one));
}

TEST_DB(decision__a_list_that_was_changed_in_the_database_makes_no_dossier)
{
	DecisionScene *scene = decision_scene(t);
	Text archive;
	decision_scene_publicise(scene);
	CHECK_OK(t->call, db_transact(t->call, raise_stars, NULL));
	CHECK_ERROR(t->call, decision_dossier(t->call, scene->round, &archive), CORRUPT);
}
