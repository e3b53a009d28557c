/* Who is away is given nothing that falls due meanwhile; what they have is with the deputy, and comes back by itself. */
#include "work/absence/absence.h"

#include "base/base/clock.h"
#include "people/person/person.h"
#include "store/ledger/ledger.h"
#include "subject/casefile/casefile_private.h"
#include "subject/desk/desk.h"
#include "subject/party/party_fixture.h"

#define DAY_MS ((int64_t)86400000)

static PartyScene *world(Test *t)
{
	PartyScene *ps = party_scene(t);
	party_set_hooks(&casefile_party_hooks);
	absence_set_hooks(&casefile_absence_hooks);
	interest_set_hook(casefile_interest_declared);
	return ps;
}

static Actor *person_of(PartyScene *ps, const char *handle, uint32_t roles)
{
	Actor *kept = arena_new_of(ps->scene->t->arena, Actor);
	*kept = *scene_person(ps->scene, handle, roles);
	return kept;
}

static Text day(PartyScene *ps, int days)
{
	return text_slice(clock_iso(ps->scene->t->arena, ps->scene->call->now + days * DAY_MS + DAY_MS / 3), 0, 10);
}

static Error state(PartyScene *ps, const Actor *actor, const char *person, int from, int until, const char *deputy)
{
	Text ref;
	call_recover(ps->scene->call);
	scene_as(ps->scene, actor);
	Map *values = VALUES(ps->scene, "person", person, "deputy", deputy);
	form_set(ps->scene->t->arena, values, TEXT("from"), day(ps, from));
	form_set(ps->scene->t->arena, values, TEXT("until"), day(ps, until));
	return absence_add(ps->scene->call, values, &ref);
}

static const char *wrong(PartyScene *ps, Error error)
{
	CHECK_INT(error, ERROR_INVALID);
	return ps->scene->call->failure.problems.at[0].message;
}

static int64_t holder(PartyScene *ps)
{
	Casefile casefile;
	call_recover(ps->scene->call);
	scene_as(ps->scene, ps->cast.coordinator);
	CHECK_OK(ps->scene->call, casefile_open(ps->scene->call, ps->cast.casefile, &casefile));
	return casefile.facts->verifier_id;
}

static void pass(PartyScene *ps, int days)
{
	int64_t count = 0;
	call_recover(ps->scene->call);
	scene_as(ps->scene, &actor_system);
	scene_later(ps->scene, days * DAY_MS);
	CHECK_OK(ps->scene->call, absence_turn(ps->scene->call, 100, &count));
}

static Error act(PartyScene *ps, const Actor *actor, const char *action, const Map *values)
{
	call_recover(ps->scene->call);
	scene_as(ps->scene, actor);
	return scene_casefile_act(ps->scene, ps->cast.casefile, action, values);
}

static Text newest_notice(PartyScene *ps, const Actor *actor)
{
	Notices notices;
	call_recover(ps->scene->call);
	scene_as(ps->scene, actor);
	CHECK_OK(ps->scene->call, notice_list(ps->scene->call, 0, 1, &notices));
	return notices.count ? notices.at[0].subject_line : TEXT("");
}

TEST(absence__form_is_in_order) { CHECK(form_fault(t->arena, &absence_form).at == NULL); }

TEST_DB(absence__tasks_are_with_the_deputy_who_acts_and_come_back_by_themselves)
{
	PartyScene *ps = world(t);
	Casefile casefile;
	Events events;
	Absences absences;
	Actor *uma = person_of(ps, "uma", ROLE_VERIFIER);
	scene_open_casefile(ps->scene, &ps->cast, false);
	CHECK_OK(t->call, state(ps, ps->cast.verifier, "", 2, 4, "uma"));
	CHECK(text_find(newest_notice(ps, uma), TEXT("has been stated"), NULL));
	CHECK(holder(ps) == ps->cast.verifier->person_id);
	scene_as(ps->scene, uma);
	CHECK_ERROR(t->call, casefile_open(t->call, ps->cast.casefile, &casefile), NOT_FOUND);
	pass(ps, 3);
	CHECK(holder(ps) == uma->person_id);
	CHECK(text_find(newest_notice(ps, ps->cast.verifier), TEXT("begins"), NULL));
	scene_as(ps->scene, uma);
	CHECK_OK(t->call, casefile_open(t->call, ps->cast.casefile, &casefile));
	CHECK(casefile.hides_content); /* the deputy signs an undertaking of their own */
	Desk desk;
	CHECK_OK(t->call, desk_load(t->call, TEXT(""), &desk));
	CHECK_INT(desk.turn_total, 1);
	scene_as(ps->scene, ps->cast.verifier);
	CHECK_ERROR(t->call, casefile_open(t->call, ps->cast.casefile, &casefile), NOT_FOUND);
	int64_t for_id = 0;
	call_recover(t->call);
	CHECK_OK(t->call, workflow_assigned_for(t->call, &casefile_machine, casefile.id, "verifier", &for_id));
	CHECK(for_id == ps->cast.verifier->person_id);
	pass(ps, 3);
	CHECK(holder(ps) == ps->cast.verifier->person_id);
	CHECK(text_find(newest_notice(ps, ps->cast.verifier), TEXT("assigned to you"), NULL));
	scene_as(ps->scene, uma);
	CHECK_ERROR(t->call, casefile_open(t->call, ps->cast.casefile, &casefile), NOT_FOUND); /* access ends with the absence */
	call_recover(t->call);
	CHECK_OK(t->call, ledger_events_of_action(t->call, "casefile", ps->cast.casefile, "hand-over", 0, 10, &events));
	CHECK_INT(events.count, 2);
	CHECK_OK(t->call, absence_list(t->call, 0, 10, &absences)); /* the deputy sees it too */
	CHECK(absences.count == 1 && absences.at[0].is_over && !absences.at[0].is_own && !absences.at[0].may_end);
}

TEST_DB(absence__what_the_deputy_has_done_stays_done_and_is_the_deputys)
{
	PartyScene *ps = world(t);
	Actor *uma = person_of(ps, "uma", ROLE_VERIFIER);
	Casefile casefile;
	Verifications verifications;
	CasefileRatings ratings;
	scene_open_casefile(ps->scene, &ps->cast, false);
	CHECK_OK(t->call, state(ps, ps->cast.verifier, "", 0, 4, "uma"));
	CHECK(holder(ps) == uma->person_id); /* it began at once */
	CHECK_OK(t->call, act(ps, uma, "undertake", VALUES(ps->scene, "undertaking", "yes", "no_interest", "yes")));
	CHECK_OK(t->call, act(ps, uma, "refute", VALUES(ps->scene, "evidence", "Nothing to be seen.")));
	CHECK_ERROR(t->call, act(ps, ps->cast.verifier, "refute", VALUES(ps->scene, "evidence", "X")), NOT_FOUND);
	call_recover(t->call);
	scene_as(ps->scene, ps->cast.coordinator);
	CHECK_OK(t->call, casefile_open(t->call, ps->cast.casefile, &casefile));
	CHECK_OK(t->call, casefile_history(t->call, &casefile, &verifications, &ratings));
	CHECK(verifications.count == 1 && text_is(verifications.at[0].person, TEXT("uma")));
}

TEST_DB(absence__without_a_fit_deputy_the_task_goes_back_to_the_coordinator)
{
	PartyScene *ps = world(t);
	Events events;
	scene_open_casefile(ps->scene, &ps->cast, false);
	CHECK_OK(t->call, state(ps, ps->cast.verifier, "", 0, 3, ""));
	CHECK_INT(holder(ps), 0);
	CHECK(text_find(newest_notice(ps, ps->cast.coordinator), TEXT("without a verifier"), NULL));
	pass(ps, 5);
	CHECK_INT(holder(ps), 0); /* nobody held it for them */

	/* the reporter is a verifier too, and judges nothing of their own find */
	Actor *rosa = person_of(ps, "rosa", ROLE_VERIFIER);
	ps->cast.reporter = rosa;
	scene_open_casefile(ps->scene, &ps->cast, false);
	CHECK_OK(t->call, state(ps, ps->cast.verifier, "", 0, 3, "rosa"));
	CHECK_INT(holder(ps), 0);
	CHECK_OK(t->call, ledger_events_of_action(t->call, "casefile", ps->cast.casefile, "hand-over", 0, 10, &events));
	CHECK_INT(events.count, 0);
}

TEST_DB(absence__whoever_is_away_when_a_task_falls_due_is_not_given_it)
{
	PartyScene *ps = world(t);
	Casefile casefile;
	Assignables candidates;
	Actor *uma = person_of(ps, "uma", ROLE_VERIFIER), *ulf = person_of(ps, "ulf", ROLE_VERIFIER);
	scene_open_casefile(ps->scene, &ps->cast, false);
	CHECK_OK(t->call, state(ps, uma, "", 1, 30, ""));
	CHECK_OK(t->call, state(ps, ulf, "", 0, 1, "")); /* back long before the five working days are over */
	CHECK_ERROR(t->call, act(ps, ps->cast.coordinator, "assign", VALUES(ps->scene, "verifier", "uma")), INVALID);
	call_recover(t->call);
	CHECK_OK(t->call, casefile_open(t->call, ps->cast.casefile, &casefile));
	CHECK_OK(t->call, casefile_assignable(t->call, &casefile, "verifier", &candidates));
	size_t seen = 0;
	for (size_t i = 0; i < candidates.count; i++) {
		const Assignable *candidate = &candidates.at[i];
		if (text_is(candidate->handle, TEXT("uma"))) CHECK(strstr(candidate->why_not, "away") && ++seen);
		if (text_is(candidate->handle, TEXT("ulf"))) CHECK(!candidate->why_not && ++seen);
	}
	CHECK_INT(seen, 2);
	CHECK_OK(t->call, act(ps, ps->cast.coordinator, "assign", VALUES(ps->scene, "verifier", "ulf")));
	party_bring_to(ps, "FIX_CHECK");
	CHECK_ERROR(t->call, party_try(ps, ps->cast.coordinator, "assign", VALUES(ps->scene, "verifier", "uma")), INVALID);
}

TEST_DB(absence__the_check_of_a_fix_is_handed_over_too)
{
	PartyScene *ps = world(t);
	int64_t verifier = 0;
	Actor *uma = person_of(ps, "uma", ROLE_VERIFIER);
	party_bring_to(ps, "FIX_CHECK");
	party_do(ps, ps->cast.coordinator, "assign");
	CHECK_OK(t->call, state(ps, ps->cast.verifier, "", 0, 1, "uma"));
	Party party = party_look(ps, ps->cast.coordinator);
	CHECK_OK(t->call, workflow_assigned(t->call, &party_machine, party.id, "verifier", &verifier));
	CHECK(verifier == uma->person_id);
	pass(ps, 3);
	CHECK_OK(t->call, workflow_assigned(t->call, &party_machine, party.id, "verifier", &verifier));
	CHECK(verifier == ps->cast.verifier->person_id);
}

TEST_DB(absence__of_a_coordinator_shows_their_matters_to_the_deputy)
{
	PartyScene *ps = world(t);
	Desk desk;
	scene_open_casefile(ps->scene, &ps->cast, false);
	CHECK_OK(t->call, act(ps, ps->cast.coordinator, "unassign", VALUES(ps->scene, "reason", "R")));
	const Actor *deputy = ps->cast.second_coordinator;
	scene_as(ps->scene, ps->cast.coordinator);
	CHECK_OK(t->call, desk_load(t->call, TEXT(""), &desk));
	int64_t all = desk.deadline_total;
	CHECK(all > 0);
	scene_as(ps->scene, deputy);
	CHECK_OK(t->call, desk_load(t->call, TEXT(""), &desk));
	CHECK_INT(desk.deadline_total, 0);
	CHECK_OK(t->call, state(ps, ps->cast.coordinator, "", 0, 4, deputy->name.at));
	scene_as(ps->scene, deputy);
	CHECK_OK(t->call, desk_load(t->call, TEXT(""), &desk));
	CHECK_INT(desk.deadline_total, all);
	CHECK_OK(t->call, act(ps, deputy, "assign", VALUES(ps->scene, "verifier", "vera")));
	CHECK_OK(t->call, act(ps, ps->cast.verifier, "undertake", VALUES(ps->scene, "undertaking", "yes", "no_interest", "yes")));
	CHECK_OK(t->call, act(ps, ps->cast.verifier, "refute", VALUES(ps->scene, "evidence", "Nothing.")));
	CHECK(text_find(newest_notice(ps, deputy), TEXT("has moved on"), NULL));
	pass(ps, 6);
	scene_as(ps->scene, deputy);
	CHECK_OK(t->call, desk_load(t->call, TEXT(""), &desk));
	CHECK_INT(desk.deadline_total, 0);
}

TEST_DB(absence__a_coordinator_enters_it_for_who_fell_ill_and_others_only_their_own)
{
	PartyScene *ps = world(t);
	Absences list;
	Actor *uma = person_of(ps, "uma", ROLE_VERIFIER);
	CHECK(strstr(wrong(ps, state(ps, uma, "vera", 0, 3, "")), "Only coordinators"));
	CHECK_OK(t->call, state(ps, ps->cast.coordinator, "vera", 0, 3, "uma"));
	CHECK(text_find(newest_notice(ps, ps->cast.verifier), TEXT("begins"), NULL));
	scene_as(ps->scene, ps->cast.second_verifier);
	CHECK_OK(t->call, absence_list(t->call, 0, 10, &list));
	CHECK_INT(list.count, 0);
	scene_as(ps->scene, ps->cast.coordinator);
	CHECK_OK(t->call, absence_list(t->call, 0, 10, &list));
	CHECK_INT(list.count, 1);
	CHECK(list.at[0].may_end && list.at[0].has_begun && list.at[0].working_days >= 1 && list.at[0].working_days <= 4);
	scene_as(ps->scene, ps->cast.second_verifier);
	CHECK_ERROR(t->call, absence_end(t->call, list.at[0].ref), NOT_FOUND);
	call_recover(t->call);
	scene_as(ps->scene, ps->cast.reporter);
	CHECK_ERROR(t->call, absence_list(t->call, 0, 10, &list), FORBIDDEN);
	CHECK_ERROR(t->call, state(ps, ps->cast.reporter, "", 0, 3, ""), FORBIDDEN);
	call_recover(t->call);
	scene_as(ps->scene, ps->cast.verifier);
	CHECK_OK(t->call, absence_list(t->call, 0, 10, &list));
	CHECK_OK(t->call, absence_end(t->call, list.at[0].ref)); /* back earlier */
	CHECK_ERROR(t->call, absence_end(t->call, list.at[0].ref), NOT_FOUND);
}

TEST_DB(absence__wrong_input_is_named)
{
	PartyScene *ps = world(t);
	const Actor *vera = ps->cast.verifier;
	(void)person_of(ps, "uma", ROLE_VERIFIER);
	CHECK(strstr(wrong(ps, state(ps, vera, "", 3, 1, "uma")), "before it begins"));
	CHECK(strstr(wrong(ps, state(ps, vera, "", -9, -2, "uma")), "are over"));
	CHECK(strstr(wrong(ps, state(ps, vera, "", 0, 500, "uma")), "a year at most"));
	CHECK(strstr(wrong(ps, state(ps, vera, "", 0, 3, "nobody")), "Nobody who verifies"));
	CHECK(strstr(wrong(ps, state(ps, vera, "", 0, 3, "vera")), "for themselves"));
	CHECK(strstr(wrong(ps, state(ps, vera, "", 0, 3, ps->cast.publisher->name.at)), "not all roles"));
	CHECK(strstr(wrong(ps, state(ps, ps->cast.coordinator, "nobody", 0, 3, "")), "Nobody who verifies"));
	CHECK_OK(t->call, state(ps, vera, "", 5, 9, "uma"));
	CHECK(strstr(wrong(ps, state(ps, vera, "", 9, 12, "uma")), "already"));
	CHECK_OK(t->call, state(ps, ps->cast.coordinator, "uma", 20, 22, ""));
	CHECK(strstr(wrong(ps, state(ps, vera, "", 21, 25, "uma")), "is away"));
	Actor *ulf = person_of(ps, "ulf", ROLE_VERIFIER);
	(void)party_organisation(ps, ulf, "检测单位", "91110108MADEM0002P", "unit", "CN");
	CHECK(strstr(wrong(ps, state(ps, vera, "", 30, 31, "ulf")), "same organisation"));
	Text ref;
	call_recover(t->call);
	CHECK_ERROR(t->call, absence_add(t->call, VALUES(ps->scene, "from", "soon", "until", "2026-13-01"), &ref), INVALID);
}
