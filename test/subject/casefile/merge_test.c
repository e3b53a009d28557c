/* Casefiles of one root cause become one, and nobody loses a number, a priority or a secret by it. */
#include "base/base/clock.h"
#include "people/person/person.h"
#include "store/ledger/ledger.h"
#include "subject/casefile/casefile_private.h"
#include "subject/party/party_fixture.h"

typedef struct Pair {
	Scene *scene;
	Cast one, other; /* other: merged into one */
} Pair;

static Error act(Pair *pair, const Actor *actor, Text ref, const char *action, const Map *values)
{
	call_recover(pair->scene->call);
	scene_as(pair->scene, actor);
	return scene_casefile_act(pair->scene, ref, action, values);
}

static Pair world(Test *t, const char *one, const char *other)
{
	Pair pair = { .scene = scene_new(t) };
	party_set_hooks(&casefile_party_hooks);
	pair.one = pair.other = scene_cast(pair.scene);
	pair.other.reporter = scene_person(pair.scene, "fiona", ROLE_REPORTER);
	scene_open_casefile(pair.scene, &pair.one, false);
	scene_bring_to(pair.scene, &pair.one, one);
	scene_open_casefile(pair.scene, &pair.other, false);
	scene_bring_to(pair.scene, &pair.other, other);
	return pair;
}

static Casefile look(Pair *pair, const Actor *actor, Text ref)
{
	Casefile casefile;
	call_recover(pair->scene->call);
	scene_as(pair->scene, actor);
	CHECK_OK(pair->scene->call, casefile_open(pair->scene->call, ref, &casefile));
	return casefile;
}

static Error merge(Pair *pair, Text from, Text into)
{
	Map *values = VALUES(pair->scene, "reason", "The same function.");
	form_set(pair->scene->t->arena, values, TEXT("survivor"), into);
	TRY(act(pair, pair->one.coordinator, from, "propose-merge", values));
	CHECK_ERROR(pair->scene->call, act(pair, pair->one.coordinator, from, "merge", NULL), FORBIDDEN); /* a second person */
	return act(pair, pair->one.second_coordinator, from, "merge", NULL);
}

static const char *why_not(Pair *pair, Error error)
{
	CHECK_INT(error, ERROR_INVALID);
	const char *message = pair->scene->call->failure.problems.at[0].message;
	call_recover(pair->scene->call);
	return message;
}

TEST_DB(merge__reports_go_to_the_casefile_that_stays_and_reporters_keep_number_priority_and_are_told)
{
	Pair pair = world(t, "COORDINATING", "COORDINATING");
	Report before, after;
	ReportStage stage;
	bool found = false;
	Casefile one = look(&pair, pair.one.coordinator, pair.one.casefile), other = look(&pair, pair.one.coordinator, pair.other.casefile);
	scene_as(pair.scene, pair.other.reporter);
	CHECK_OK(t->call, report_open(t->call, pair.other.report, &before));
	CHECK_OK(t->call, merge(&pair, pair.other.casefile, pair.one.casefile));
	scene_as(pair.scene, pair.other.reporter);
	CHECK_OK(t->call, report_open(t->call, pair.other.report, &after));
	CHECK(text_is(after.state, TEXT("ATTACHED")) && text_is(after.ref, before.ref) && after.received_at == before.received_at);
	CHECK_OK(t->call, report_stage(t->call, &after, &stage, &found));
	CHECK(found && text_is(stage.casefile_number, one.number) && text_is(stage.former_number, other.number));
	Notices notices;
	CHECK_OK(t->call, notice_list(t->call, 0, 1, &notices));
	CHECK(notices.count && text_find(notices.at[0].subject_line, one.number, NULL));

	Casefile merged = look(&pair, pair.one.coordinator, pair.other.casefile),
		 stays = look(&pair, pair.one.coordinator, pair.one.casefile);
	CHECK(text_is(merged.state, TEXT("CLOSED")) && merged.report_ids.count == 0 && text_is(merged.number, other.number));
	CHECK(text_is(stays.state, TEXT("COORDINATING")) && stays.report_ids.count == 2);
	CasefileLinks links;
	CHECK_OK(t->call, casefile_links(t->call, &merged, &links));
	CHECK(links.count == 1 && !strcmp(links.at[0].kind, "merged-into") && text_is(links.at[0].ref, one.ref));
	CHECK_OK(t->call, casefile_links(t->call, &stays, &links));
	CHECK(links.count == 1 && !strcmp(links.at[0].kind, "merged-in"));
	Events events;
	CHECK_OK(t->call, ledger_events_of_action(t->call, "casefile", one.ref, "merged-in", 0, 10, &events));
	CHECK_INT(events.count, 1);
	CHECK_ERROR(t->call, act(&pair, pair.one.coordinator, other.ref, "reopen", VALUES(pair.scene, "reason", "R")), INVALID);
	ClockView clock;
	call_recover(t->call);
	CHECK_OK(t->call, workflow_clock_of(t->call, &casefile_machine, other.id, &clock));
	CHECK(!clock.clock);
}

TEST_DB(merge__vendors_follow_and_see_what_their_part_was_named_with_and_nothing_else)
{
	Pair pair = world(t, "ACCEPTED", "ACCEPTED");
	scene_tell_vendor(pair.scene, &pair.other);
	Party party;
	scene_as(pair.scene, pair.scene->vendor);
	CHECK_OK(t->call, party_open(t->call, pair.other.party, &party));
	Text title = party.casefile.title, content = party.casefile.content;
	scene_tell_vendor(pair.scene, &pair.one);
	CHECK_OK(t->call, merge(&pair, pair.other.casefile, pair.one.casefile));
	scene_as(pair.scene, pair.scene->vendor);
	CHECK_OK(t->call, party_open(t->call, pair.other.party, &party));
	CHECK(text_is(party.casefile.title, title) && text_is(party.casefile.content, content));
	Casefile one = look(&pair, pair.one.coordinator, pair.one.casefile);
	CHECK(party.casefile_id == one.id && text_is(party.casefile.number, one.number));
	CHECK_INT(one.facts->parties, 2);
	CHECK_INT(look(&pair, pair.one.coordinator, pair.other.casefile).facts->parties, 0);
}

TEST_DB(merge__content_of_another_report_is_never_shown_to_a_vendor_that_came_with_the_merge)
{
	Scene *scene = scene_new(t);
	Pair pair = { .scene = scene };
	party_set_hooks(&casefile_party_hooks);
	pair.one = scene_cast(scene);
	scene_open_casefile(scene, &pair.one, false); /* the older report, of another product */
	scene_bring_to(scene, &pair.one, "ACCEPTED");
	pair.other = pair.one;
	Map *values = scene_values(scene);
	form_set(t->arena, values, TEXT("description"), TEXT("Only of the second app."));
	scene_as(scene, pair.other.reporter);
	pair.other.report = scene_report(scene, values);
	scene_as(scene, pair.other.coordinator);
	CHECK_OK(t->call, scene_report_act(scene, pair.other.report, "review", NULL));
	CHECK_OK(t->call, scene_report_act(scene, pair.other.report, "attach", VALUES(scene, "verifier", "vera")));
	Casefiles queue;
	CHECK_OK(t->call, casefile_queue(t->call, TEXT("VERIFYING"), 0, 10, &queue));
	CHECK_INT(queue.count, 1);
	pair.other.casefile = queue.at[0].ref;
	scene_bring_to(scene, &pair.other, "ACCEPTED");
	scene_tell_vendor(scene, &pair.other);
	CHECK_OK(t->call, merge(&pair, pair.other.casefile, pair.one.casefile));
	Party party;
	scene_as(scene, scene->vendor);
	CHECK_OK(t->call, party_open(t->call, pair.other.party, &party));
	CHECK(text_find(party.casefile.content, TEXT("Only of the second app."), NULL));
}

TEST_DB(merge__wrong_survivors_are_named)
{
	Pair pair = world(t, "RATED", "ACCEPTED");
	CHECK(strstr(why_not(&pair, merge(&pair, pair.other.casefile, pair.one.casefile)), "merge it into this one"));
	CHECK(strstr(why_not(&pair, merge(&pair, pair.other.casefile, pair.other.casefile)), "no other casefile"));
	CHECK(strstr(why_not(&pair, merge(&pair, pair.other.casefile, TEXT("C-0000-0000"))), "no other casefile"));
	CHECK_ERROR(
		t->call, act(&pair, pair.one.verifier, pair.one.casefile, "propose-merge", VALUES(pair.scene, "reason", "R")), FORBIDDEN);
	CHECK_OK(t->call, merge(&pair, pair.one.casefile, pair.other.casefile)); /* the other way round */
	CHECK(look(&pair, pair.one.coordinator, pair.other.casefile).report_ids.count == 2);

	Cast incident = pair.one;
	scene_open_casefile(pair.scene, &incident, true);
	CHECK(strstr(why_not(&pair, merge(&pair, incident.casefile, pair.other.casefile)), "other type"));
	Cast third = pair.one;
	scene_open_casefile(pair.scene, &third, false);
	scene_bring_to(pair.scene, &third, "PUBLISHED");
	Cast fourth = pair.one;
	scene_open_casefile(pair.scene, &fourth, false);
	CHECK(strstr(why_not(&pair, merge(&pair, fourth.casefile, third.casefile)), "too far"));
	CHECK_OK(t->call, act(&pair, pair.one.coordinator, fourth.casefile, "escalate", VALUES(pair.scene, "reason", "R")));
	CHECK(strstr(why_not(&pair, merge(&pair, fourth.casefile, pair.other.casefile)), "escalated"));
}

TEST_DB(merge__related_casefiles_lead_to_each_other_and_stay_apart)
{
	Pair pair = world(t, "VERIFYING", "RATED");
	CasefileLinks links;
	Map *values = VALUES(pair.scene, "reason", "The same vendor.");
	form_set(t->arena, values, TEXT("other"), pair.one.casefile);
	CHECK_OK(t->call, act(&pair, pair.one.coordinator, pair.other.casefile, "relate", values));
	const Text refs[] = { pair.one.casefile, pair.other.casefile };
	for (size_t i = 0; i < COUNT(refs); i++) {
		Casefile casefile = look(&pair, pair.one.coordinator, refs[i]);
		CHECK_OK(t->call, casefile_links(t->call, &casefile, &links));
		CHECK(links.count == 1 && !strcmp(links.at[0].kind, "related") && text_is(links.at[0].ref, refs[1 - i]));
		CHECK_INT(casefile.report_ids.count, 1);
		CHECK_TEXT(links.at[0].reason, "The same vendor.");
	}
	CHECK_ERROR(t->call, act(&pair, pair.one.coordinator, pair.other.casefile, "relate", values), INVALID);
	Casefile seen = look(&pair, pair.one.verifier, pair.one.casefile);
	CHECK_OK(t->call, casefile_links(t->call, &seen, &links));
	CHECK_INT(links.count, 0); /* a verifier knows of the one case alone */
}

TEST_DB(merge__is_undone_by_two_people_and_each_goes_back_to_where_it_was)
{
	Pair pair = world(t, "COORDINATING", "ACCEPTED");
	scene_tell_vendor(pair.scene, &pair.other);
	CHECK_OK(t->call, merge(&pair, pair.other.casefile, pair.one.casefile));
	CHECK_INT(look(&pair, pair.one.coordinator, pair.one.casefile).report_ids.count, 2);
	CHECK_OK(t->call,
		act(&pair, pair.one.coordinator, pair.other.casefile, "propose-unmerge", VALUES(pair.scene, "reason", "Another cause.")));
	CHECK_ERROR(t->call, act(&pair, pair.one.coordinator, pair.other.casefile, "unmerge-accepted", NULL), FORBIDDEN);
	CHECK_OK(t->call, act(&pair, pair.one.second_coordinator, pair.other.casefile, "unmerge-accepted", NULL));
	Casefile one = look(&pair, pair.one.coordinator, pair.one.casefile), other = look(&pair, pair.one.coordinator, pair.other.casefile);
	CHECK_TEXT(other.state, "COORDINATING");
	CHECK_INT(one.report_ids.count, 1);
	CHECK_INT(other.report_ids.count, 1);
	CHECK_INT(one.facts->parties, 1);
	CHECK_INT(other.facts->parties, 1);
	CHECK(!other.facts->is_merged);
	Report report;
	scene_as(pair.scene, pair.other.reporter);
	CHECK_OK(t->call, report_open(t->call, pair.other.report, &report));
	CHECK_TEXT(report.state, "ATTACHED");
}

TEST_DB(merge__a_proposal_is_dropped_and_moves_nothing)
{
	Pair pair = world(t, "RATED", "RATED");
	Map *values = VALUES(pair.scene, "reason", "The same function.");
	MergeProposal proposal;
	form_set(t->arena, values, TEXT("survivor"), pair.one.casefile);
	CHECK_ERROR(t->call, act(&pair, pair.one.second_coordinator, pair.other.casefile, "merge", NULL), INVALID);
	CHECK_OK(t->call, act(&pair, pair.one.coordinator, pair.other.casefile, "propose-merge", values));
	CHECK_ERROR(t->call, act(&pair, pair.one.coordinator, pair.other.casefile, "propose-merge", values), INVALID);
	Casefile other = look(&pair, pair.one.second_coordinator, pair.other.casefile);
	CHECK_OK(t->call, casefile_merge_proposal(t->call, &other, &proposal));
	CHECK(text_is(proposal.into, pair.one.casefile) && !proposal.undoes);
	CHECK_OK(t->call, act(&pair, pair.one.second_coordinator, pair.other.casefile, "refuse-merge", NULL));
	other = look(&pair, pair.one.coordinator, pair.other.casefile);
	CHECK(text_is(other.state, TEXT("RATED")) && other.report_ids.count == 1 && !other.facts->has_merge);
}
