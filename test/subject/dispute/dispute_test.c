/* Disputes: who answers, who is drawn, what stays sealed, and that the decision is carried out. */
#include "subject/dispute/dispute_scene.h"

#include "base/base/clock.h"
#include "people/notice/notice.h"
#include "people/org/org.h"
#include "store/ledger/ledger.h"
#include "store/setting/setting.h"

TEST(dispute__its_table_has_no_fault)
{
	CHECK(!workflow_fault(t->arena, &dispute_machine).length);
	CHECK(!form_fault(t->arena, &dispute_appeal_form).length);
}

TEST_DB(dispute__a_duplicate_is_appealed_answered_taken_to_the_panel_set_aside_and_is_back_in_review)
{
	World world = world_open(t);
	const Actor *seats[SITTERS];
	Report before, after;
	world_to_panel(&world);
	scene_as(world.scene, world.cast.coordinator);
	CHECK_OK(t->call, report_open(t->call, world.report, &before));
	CHECK_INT(world_seated(&world, seats), 3);
	world_sign_all(&world, seats, 3);
	CHECK_OK(t->call, world_act(&world, seats[0], "vote", VOTE(&world, "set-aside")));
	CHECK_OK(t->call, world_act(&world, seats[1], "vote", VOTE(&world, "upheld")));
	CHECK_TEXT(world_report_state(&world), "DUPLICATE");
	CHECK_OK(t->call, world_act(&world, seats[2], "vote", VOTE(&world, "set-aside")));
	Dispute dispute = world_seen(&world, world.cast.reporter);
	CHECK_TEXT(dispute.state, "DECIDED");
	CHECK_TEXT(dispute.outcome, "set-aside");
	CHECK(!dispute.is_tie);
	CHECK_TEXT(world_report_state(&world), "FORMAL_REVIEW");
	scene_as(world.scene, world.cast.coordinator);
	CHECK_OK(t->call, report_open(t->call, world.report, &after));
	CHECK_INT(after.received_at, before.received_at); /* the old priority */
	CHECK(text_is(after.ref, before.ref) && !after.earlier_ref.length);
	Text receipt;
	CHECK_OK(t->call, dispute_receipt(t->call, &dispute, &receipt));
	CHECK(receipt.length > 0);
}

TEST_DB(dispute__upheld_by_the_panel_nothing_moves)
{
	World world = world_open(t);
	const Actor *seats[SITTERS];
	world_to_panel(&world);
	CHECK_INT(world_seated(&world, seats), 3);
	world_sign_all(&world, seats, 3);
	for (int i = 0; i < 3; i++) CHECK_OK(t->call, world_act(&world, seats[i], "vote", VOTE(&world, "upheld")));
	CHECK_TEXT(world_seen(&world, world.cast.reporter).outcome, "upheld");
	CHECK_TEXT(world_report_state(&world), "DUPLICATE");
	CHECK_ERROR(t->call, dispute_appeal_report(t->call, world.report, world_appeal_values(&world), &world.dispute), FORBIDDEN);
	call_recover(t->call);
	scene_as(world.scene, world.cast.reporter);
	CHECK_ERROR(t->call, dispute_appeal_report(t->call, world.report, world_appeal_values(&world), &world.dispute), INVALID); /* once */
}

TEST_DB(attack__the_decider_does_not_answer_the_appeal)
{
	World world = world_open(t);
	world_duplicate(&world);
	world_appeal(&world);
	CHECK_ERROR(t->call, world_act(&world, world.cast.coordinator, "answer", ANSWER(&world)), FORBIDDEN);
	CHECK_ERROR(t->call, world_act(&world, world.cast.coordinator, "grant", ANSWER(&world)), FORBIDDEN);
	CHECK_ERROR(t->call, world_act(&world, world.cast.publisher, "answer", ANSWER(&world)), NOT_FOUND);
	CHECK_OK(t->call, world_act(&world, world.third, "grant", ANSWER(&world)));
	CHECK_TEXT(world_seen(&world, world.cast.reporter).state, "ACCEPTED");
	CHECK_TEXT(world_report_state(&world), "FORMAL_REVIEW");
}

TEST_DB(attack__of_two_answers_to_an_appeal_one_stands)
{
	World world = world_open(t);
	world_duplicate(&world);
	world_appeal(&world);
	int64_t revision = world_seen(&world, world.third).revision;
	CHECK_OK(t->call, world_act(&world, world.cast.second_coordinator, "answer", ANSWER(&world)));
	call_recover(t->call);
	scene_as(world.scene, world.third);
	CHECK_ERROR(t->call, dispute_act(t->call, world.dispute, TEXT("answer"), revision, ANSWER(&world)), CONFLICT);
	CHECK_ERROR(t->call, world_act(&world, world.third, "grant", ANSWER(&world)), CONFLICT);
}

TEST_DB(attack__an_appeal_by_a_strangers_claim_code_finds_nothing)
{
	World world = world_open(t);
	Reception reception, others;
	Scene *scene = world.scene;
	Actor visitor = actor_visitor, stranger = actor_visitor;
	scene_as(scene, &visitor);
	CHECK_OK(t->call, report_send(t->call, scene_values(scene), TEXT("key-1"), &reception));
	CHECK_OK(t->call, report_send(t->call, scene_values(scene), TEXT("key-2"), &others));
	visitor.claim_key = report_claim_key(t->call, reception.claim_code);
	stranger.claim_key = report_claim_key(t->call, others.claim_code);
	world.report = reception.ref;
	scene_as(scene, world.cast.coordinator);
	CHECK_OK(t->call, scene_report_act(scene, world.report, "review", NULL));
	CHECK_OK(t->call, scene_report_act(scene, world.report, "reject", VALUES(scene, "code", "no-impact", "explanation", "None.")));
	scene_as(scene, &stranger);
	CHECK_ERROR(t->call, dispute_appeal_report(t->call, world.report, world_appeal_values(&world), &world.dispute), NOT_FOUND);
	call_recover(t->call);
	scene_as(scene, &visitor);
	CHECK_OK(t->call, dispute_appeal_report(t->call, world.report, world_appeal_values(&world), &world.dispute));
	CHECK(world_is_hidden(&world, &stranger));
	CHECK(!world_is_hidden(&world, &visitor));
	CHECK_ERROR(t->call, world_act(&world, &stranger, "withdraw", NULL), NOT_FOUND);
	CHECK_OK(t->call, world_act(&world, world.third, "answer", ANSWER(&world)));
	CHECK_OK(t->call, world_act(&world, &visitor, "accept", NULL));
	CHECK_TEXT(world_seen(&world, &visitor).state, "ACCEPTED");
}

TEST_DB(attack__a_vote_is_cast_once_and_nobody_learns_it_before_the_opening)
{
	World world = world_open(t);
	const Actor *seats[SITTERS], *readers[SITTERS];
	world_to_panel(&world);
	CHECK_INT(world_seated(&world, seats), 3);
	CHECK_ERROR(t->call, world_act(&world, seats[0], "vote", VOTE(&world, "upheld")), INVALID); /* the undertaking comes first */
	world_sign_all(&world, seats, 3);
	CHECK_OK(t->call, world_act(&world, seats[0], "vote", VOTE(&world, "upheld")));
	CHECK_ERROR(t->call, world_act(&world, seats[0], "vote", VOTE(&world, "set-aside")), INVALID);
	CHECK_ERROR(t->call, world_act(&world, seats[0], "decline", VALUES(world.scene, "reason", "No.")), INVALID);
	readers[0] = seats[0], readers[1] = seats[1], readers[2] = world.cast.reporter, readers[3] = world.third;
	for (size_t i = 0; i < 4; i++) {
		DisputeSeats votes;
		Dispute dispute = world_seen(&world, readers[i]);
		CHECK_OK(t->call, dispute_seats(t->call, &dispute, &votes));
		CHECK_INT(votes.count, 3);
		for (size_t k = 0; k < votes.count; k++) {
			CHECK(!votes.at[k].verdict.length && !votes.at[k].words.length);
			CHECK_INT(votes.at[k].name.length > 0, i == 3); /* who sits there is the office's to know */
		}
	}
	Events events;
	CHECK_OK(t->call, ledger_events_of_action(t->call, "dispute", world.dispute, "vote", 0, 10, &events));
	CHECK_INT(events.count, 1);
	CHECK(!text_find(events.at[0].detail.at ? events.at[0].detail : TEXT(""), TEXT("SECRETREASON"), NULL));
	CHECK(!text_find(events.at[0].detail.at ? events.at[0].detail : TEXT(""), TEXT("upheld"), NULL));
}

TEST_DB(attack__an_expert_reads_what_the_panel_needs_after_the_undertaking_and_nothing_after_the_end)
{
	World world = world_open(t);
	const Actor *seats[SITTERS];
	DisputeMaterials materials;
	world_to_panel(&world);
	CHECK_INT(world_seated(&world, seats), 3);
	Dispute dispute = world_seen(&world, seats[0]);
	CHECK(dispute.hides_content && !dispute.text.length && !dispute.answer.length && !dispute.subject.length && !dispute.person_id);
	CHECK_OK(t->call, dispute_materials(t->call, &dispute, &materials));
	CHECK_INT(materials.count, 0);
	world_sign_all(&world, seats, 3);
	dispute = world_seen(&world, seats[0]);
	CHECK(dispute.text.length && dispute.answer.length && dispute.request.length && !dispute.person_id);
	CHECK_OK(t->call, dispute_materials(t->call, &dispute, &materials));
	CHECK(materials.count >= 2); /* both reports */
	for (size_t i = 0; i < materials.count; i++)
		if (materials.at[i].form) CHECK(!form_answer(materials.at[i].values, "credit").length);
	Report report;
	CHECK_ERROR(t->call, report_open(t->call, world.report, &report), NOT_FOUND); /* nothing but through the dispute */
	for (int i = 0; i < 3; i++) CHECK_OK(t->call, world_act(&world, seats[i], "vote", VOTE(&world, "set-aside")));
	for (int i = 0; i < 3; i++) CHECK(world_is_hidden(&world, seats[i]));
	Disputes held;
	scene_as(world.scene, seats[0]);
	CHECK_OK(t->call, dispute_list_seated(t->call, 10, &held));
	CHECK_INT(held.count, 0);
}

TEST_DB(attack__a_dispute_about_a_duplicate_shows_the_appellant_nothing_of_the_earlier_report)
{
	World world = world_open(t);
	const Actor *seats[SITTERS];
	DisputeMaterials materials;
	world_to_panel(&world);
	Dispute dispute = world_seen(&world, world.cast.reporter);
	CHECK_OK(t->call, dispute_materials(t->call, &dispute, &materials));
	CHECK_INT(materials.count, 0);
	CHECK_INT(world_seated(&world, seats), 3);
	world_sign_all(&world, seats, 3);
	for (int i = 0; i < 3; i++) CHECK_OK(t->call, world_act(&world, seats[i], "vote", VOTE(&world, "set-aside")));
	dispute = world_seen(&world, world.cast.reporter);
	CHECK_OK(t->call, dispute_materials(t->call, &dispute, &materials));
	CHECK_INT(materials.count, 0);
	Events events;
	CHECK_OK(t->call, ledger_events_of_action(t->call, "dispute", world.dispute, "decide", 0, 1, &events));
	CHECK(!text_find(events.at[0].detail, TEXT("EARLIERTITLE"), NULL));
}

TEST_DB(dispute__the_panel_has_nobody_who_is_tied_or_had_to_do_with_the_matter_and_one_of_an_organisation)
{
	World world = world_open(t);
	const Actor *seats[SITTERS];
	world_pool.at[0].tie = "Works for a side.";
	world_pool.at[1].tie = "Works for a side.";
	/* The verifiers of the house are in the pool too: one of them reviewed this report. */
	Scene *scene = world.scene;
	scene_as(scene, world.cast.reporter);
	world.report = scene_report(scene, scene_values(scene));
	scene_as(scene, world.cast.coordinator);
	CHECK_OK(t->call, scene_report_act(scene, world.report, "review", NULL));
	CHECK_OK(t->call, scene_report_act(scene, world.report, "assign", VALUES(scene, "reviewer", "vera")));
	scene_as(scene, world.cast.verifier);
	CHECK_OK(t->call, scene_report_act(scene, world.report, "undertake", OATH(&world)));
	CHECK_OK(t->call,
		scene_report_act(scene, world.report, "opine", VALUES(scene, "opinion", "reject", "code", "no-impact", "words", "None.")));
	scene_as(scene, world.cast.coordinator);
	CHECK_OK(t->call, scene_report_act(scene, world.report, "reject", VALUES(scene, "code", "no-impact", "explanation", "None.")));
	world_appeal(&world);
	CHECK_OK(t->call, world_act(&world, world.third, "answer", ANSWER(&world)));
	CHECK_OK(t->call, world_act(&world, world.cast.reporter, "panel", REQUEST(&world)));
	size_t count = world_seated(&world, seats);
	for (size_t i = 0; i < count; i++) CHECK(seats[i] != world.experts[0] && seats[i] != world.experts[1]);
	CHECK(world_is_hidden(&world, world.cast.verifier));
	CHECK_INT(count, 3);
}

TEST_DB(dispute__who_gives_the_seat_back_is_replaced_by_somebody_else)
{
	World world = world_open(t);
	const Actor *seats[SITTERS], *after[SITTERS];
	world_to_panel(&world);
	size_t count = world_seated(&world, seats);
	CHECK(count > 0);
	CHECK_OK(t->call, world_act(&world, seats[0], "decline", VALUES(world.scene, "reason", "Ill.")));
	CHECK(world_is_hidden(&world, seats[0]));
	(void)world_seated(&world, after);
	DisputeSeats all;
	Dispute dispute = world_seen(&world, world.third);
	CHECK_OK(t->call, dispute_seats(t->call, &dispute, &all));
	CHECK_INT(all.count, 3);
}

TEST_DB(dispute__without_enough_votes_the_silent_are_replaced_and_a_tie_sets_the_decision_aside)
{
	World world = world_open(t);
	const Actor *seats[SITTERS];
	int64_t moved = 0;
	world_to_panel(&world);
	size_t count = world_seated(&world, seats);
	CHECK(count >= 2);
	world_sign_all(&world, seats, count);
	CHECK_OK(t->call, world_act(&world, seats[0], "vote", VOTE(&world, "upheld")));
	scene_later(world.scene, DAYS(40));
	scene_as(world.scene, &actor_system);
	CHECK_OK(t->call, dispute_advance(t->call, 100, &moved));
	CHECK_INT(moved, 1);
	CHECK_TEXT(world_seen(&world, world.cast.reporter).state, "PANEL"); /* one of three is no quorum */
	CHECK(world_is_hidden(&world, seats[1]));
	CHECK(!world_is_hidden(&world, seats[0])); /* a vote that was cast stays */
	const Actor *now[SITTERS];
	size_t others = 0;
	count = world_seated(&world, now);
	for (size_t i = 0; i < count; i++) {
		if (now[i] == seats[0] || others) continue;
		CHECK_OK(t->call, world_act(&world, now[i], "undertake", OATH(&world)));
		CHECK_OK(t->call, world_act(&world, now[i], "vote", VOTE(&world, "set-aside")));
		others++;
	}
	CHECK_INT(others, 1);
	scene_later(world.scene, DAYS(40));
	scene_as(world.scene, &actor_system);
	CHECK_OK(t->call, dispute_advance(t->call, 100, &moved));
	Dispute dispute = world_seen(&world, world.cast.reporter);
	CHECK_TEXT(dispute.state, "DECIDED");
	CHECK(dispute.is_tie);
	CHECK_TEXT(dispute.outcome, "set-aside");
	CHECK_TEXT(world_report_state(&world), "FORMAL_REVIEW");
}

TEST_DB(dispute__comes_within_its_days_and_lapses_when_nobody_asks_for_the_panel)
{
	World world = world_open(t);
	int64_t moved = 0;
	world_duplicate(&world);
	int64_t now = t->call->now;
	scene_later(world.scene, DAYS(7) + 1000);
	scene_as(world.scene, world.cast.reporter);
	CHECK_ERROR(t->call, dispute_appeal_report(t->call, world.report, world_appeal_values(&world), &world.dispute), INVALID);
	call_recover(t->call);
	t->call->now = now + DAYS(6);
	world_appeal(&world);
	CHECK_OK(t->call, world_act(&world, world.third, "answer", ANSWER(&world)));
	scene_as(world.scene, &actor_system);
	CHECK_OK(t->call, dispute_advance(t->call, 100, &moved));
	CHECK_INT(moved, 0);
	scene_later(world.scene, DAYS(30));
	CHECK_OK(t->call, dispute_advance(t->call, 100, &moved));
	CHECK_INT(moved, 1);
	CHECK_TEXT(world_seen(&world, world.cast.reporter).state, "LAPSED");
	CHECK_ERROR(t->call, world_act(&world, world.cast.reporter, "panel", REQUEST(&world)), CONFLICT);
}

TEST_DB(dispute__a_rating_that_is_set_aside_becomes_the_middle_one_of_the_experts_and_names_its_author)
{
	static const char *const vectors[] = { "CVSS:3.1/AV:P/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N",
		"CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:U/C:L/I:L/A:N", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H" };
	static const char *const standard[] = { "CNVRS:1.0/AV:P/AC:H/PR:H/UI:R/C:L/I:N/A:N", "CNVRS:1.0/AV:N/AC:H/PR:H/UI:R/C:L/I:L/A:N",
		"CNVRS:1.0/AV:N/AC:L/PR:N/UI:N/C:H/I:H/A:H" };
	World world = world_open(t);
	const Actor *seats[SITTERS];
	Cast *cast = &world.cast;
	scene_open_casefile(world.scene, cast, false);
	scene_bring_to(world.scene, cast, "ACCEPTED");
	world.report = cast->report;
	world_appeal(&world);
	CHECK_TEXT(world_seen(&world, world.third).against, "rating");
	CHECK_ERROR(t->call, world_act(&world, cast->coordinator, "answer", ANSWER(&world)), FORBIDDEN); /* who accepted it */
	CHECK_ERROR(t->call, world_act(&world, world.third, "grant", ANSWER(&world)), FORBIDDEN); /* a new rating is needed */
	CHECK_OK(t->call, world_act(&world, world.third, "answer", ANSWER(&world)));
	CHECK_OK(t->call, world_act(&world, cast->reporter, "panel", REQUEST(&world)));
	CHECK_INT(world_seated(&world, seats), 3);
	world_sign_all(&world, seats, 3);
	for (int i = 0; i < 3; i++)
		CHECK_OK(t->call, world_act(&world, seats[i], "vote-rating",
					  VALUES(world.scene, "verdict", "set-aside", "reasons", "Not so.", "gbt30279", standard[i], "cvss",
						  vectors[i])));
	Casefile casefile;
	Verifications verifications;
	CasefileRatings ratings;
	scene_as(world.scene, cast->coordinator);
	CHECK_OK(t->call, casefile_open(t->call, cast->casefile, &casefile));
	CHECK_OK(t->call, casefile_history(t->call, &casefile, &verifications, &ratings));
	CHECK_TEXT(ratings.at[ratings.count - 1].who, "expert");
	CHECK(text_is(ratings.at[ratings.count - 1].cvss, text_from(vectors[1])));
	CHECK(text_is(casefile.technical_level, ratings.at[ratings.count - 1].technical_level));
}

TEST_DB(dispute__a_vendor_appeals_against_being_named_and_the_party_is_taken_out)
{
	World world = world_open(t);
	const Actor *seats[SITTERS];
	Cast *cast = &world.cast;
	scene_open_casefile(world.scene, cast, false);
	scene_bring_to(world.scene, cast, "ACCEPTED");
	scene_tell_vendor(world.scene, cast);
	const Actor *vendor = world.scene->vendor;
	scene_as(world.scene, vendor);
	CHECK_ERROR(t->call, dispute_appeal_party(t->call, cast->party, TEXT("duplicate"), world_appeal_values(&world), &world.dispute),
		CONFLICT);
	call_recover(t->call);
	Party party;
	CHECK_OK(t->call, party_open(t->call, cast->party, &party));
	if (text_is(party.state, TEXT("NOTIFIED")))
		CHECK_OK(t->call, party_act(t->call, cast->party, TEXT("acknowledge"), 0,
					  VALUES(world.scene, "signer", "Valerie Wu", "confirm", "yes")));
	CHECK_OK(t->call, dispute_appeal_party(t->call, cast->party, TEXT("named"),
				  VALUES(world.scene, "grounds", "not-affected", "text", "Our product has no such part."), &world.dispute));
	CHECK(world_is_hidden(&world, cast->reporter));
	CHECK_ERROR(t->call, world_act(&world, cast->coordinator, "answer", ANSWER(&world)), FORBIDDEN); /* who named it */
	CHECK_OK(t->call, world_act(&world, world.third, "answer", ANSWER(&world)));
	CHECK_OK(t->call, world_act(&world, vendor, "panel", REQUEST(&world)));
	CHECK_INT(world_seated(&world, seats), 3);
	world_sign_all(&world, seats, 3);
	for (int i = 0; i < 3; i++) CHECK_OK(t->call, world_act(&world, seats[i], "vote", VOTE(&world, "set-aside")));
	CHECK_TEXT(world_seen(&world, vendor).state, "DECIDED");
	CHECK_OK(t->call, party_read(t->call, party.id, &party));
	CHECK_TEXT(party.state, "WITHDRAWN");
}

TEST_DB(dispute__appeals_of_support_units_stand_first_and_are_answered_sooner)
{
	World world = world_open(t);
	Scene *scene = world.scene;
	Disputes queue;
	world_duplicate(&world);
	world_appeal(&world);
	Text ordinary = world.dispute;
	Actor *member = (Actor *)(uintptr_t)scene_person(scene, "member", ROLE_REPORTER);
	int64_t unit = scene_organisation(scene, world.cast.coordinator, member, "支撑单位", "91110108MADEM0001L", "unit", "CN");
	scene_as(scene, &actor_system);
	CHECK_OK(t->call, org_standing_set(t->call, unit, &(Standing) { .kind = TEXT("unit"), .stars = 1, .from_at = t->call->now }));
	scene_as(scene, member);
	Map *values = scene_values(scene);
	form_set(t->arena, values, TEXT("title"), TEXT("Another one"));
	world.report = scene_report(scene, values);
	scene_as(scene, world.cast.coordinator);
	CHECK_OK(t->call, scene_report_act(scene, world.report, "review", NULL));
	CHECK_OK(t->call, scene_report_act(scene, world.report, "reject", VALUES(scene, "code", "no-impact", "explanation", "None.")));
	scene_as(scene, member);
	CHECK_OK(t->call, dispute_appeal_report(t->call, world.report, world_appeal_values(&world), &world.dispute));
	scene_as(scene, world.third);
	CHECK_OK(t->call, dispute_queue(t->call, TEXT("APPEALED"), 0, 10, &queue));
	CHECK_INT(queue.count, 2);
	CHECK(text_is(queue.at[0].ref, world.dispute) && queue.at[0].is_priority);
	CHECK(text_is(queue.at[1].ref, ordinary) && !queue.at[1].is_priority);
	ClockView first, second;
	CHECK_OK(t->call, workflow_clock_of(t->call, &dispute_machine, queue.at[0].id, &first));
	CHECK_OK(t->call, workflow_clock_of(t->call, &dispute_machine, queue.at[1].id, &second));
	CHECK_INT(first.limit_working_days, 1);
	CHECK_INT(second.limit_working_days, 2);
	scene_as(scene, world.cast.reporter);
	CHECK_OK(t->call, dispute_queue(t->call, TEXT("APPEALED"), 0, 10, &queue));
	CHECK_INT(queue.count, 0);
}

TEST_DB(dispute__is_gone_with_what_may_hold_a_state_secret)
{
	World world = world_open(t);
	world_duplicate(&world);
	world_appeal(&world);
	scene_as(world.scene, world.third);
	CHECK_OK(t->call, scene_report_act(world.scene, world.report, "isolate", VALUES(world.scene, "why", "It may.")));
	CHECK(world_is_hidden(&world, world.cast.reporter));
	CHECK(world_is_hidden(&world, world.third));
}
