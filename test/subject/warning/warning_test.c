/* Warnings: two people, the gate, receipts, corrections, what nobody may see, and merit. */
#include "base/crypto/stamp.h"
#include "face/doc/docx.h"
#include "face/doc/pdf_sign.h"
#include "people/notice/notice.h"
#include "people/people_fixture.h"
#include "store/db/db.h"
#include "store/ledger/ledger.h"
#include "subject/merit/merit.h"
#include "subject/warning/warning_fixture.h"

#include <stdlib.h>

#define DAYS(n) ((int64_t)(n)*86400000)

TEST(warning__its_tables_have_no_fault)
{
	static const char *const names[] = { "warning-reason", "warning-assess", "warning-send", "warning-extend", "warning-correct" };
	CHECK_TEXT(workflow_fault(t->arena, &warning_machine), "");
	CHECK(!form_fault(t->arena, &warning_form).length && !form_fault(t->arena, &warning_aim_form).length);
	CHECK(!form_fault(t->arena, &warning_receipt_form).length);
	for (size_t i = 0; i < COUNT(names); i++) CHECK(!form_fault(t->arena, warning_action_form(names[i])).length);
}

static Error open_as(WarningWorld *world, const Actor *actor, Text ref)
{
	Warning warning;
	call_recover(world->scene->call);
	scene_as(world->scene, actor);
	return warning_open(world->scene->call, ref, &warning);
}

static void aim_public(WarningWorld *world, Text ref) { warning_aim_at(world, ref, VALUES(world->scene, "kind", "public")); }
static void aim_vendor(WarningWorld *world, Text ref, int n)
{
	warning_aim_at(world, ref, VALUES(world->scene, "kind", "organisation", "credit_code", warning_code(world->scene->t, n)));
}

static WarningPublic public_of(WarningWorld *world)
{
	WarningPublics list;
	world->scene->call->actor = &actor_visitor;
	CHECK_OK(world->scene->call, warning_list_public(world->scene->call, (WarningCursor) { 0 }, 10, &list));
	CHECK_INT(list.count, 1);
	return list.at[0];
}

TEST_DB(warning__is_shared_assessed_and_sent_by_people_who_had_no_part_in_it)
{
	WarningWorld world = warning_world(t);
	Text ref = warning_written(&world, world.unit);
	CHECK_ERROR(t->call, open_as(&world, world.coordinator, ref), NOT_FOUND); /* a unit's draft is the unit's */
	CHECK_ERROR(t->call, warning_do(&world, world.coordinator, ref, "assess"), NOT_FOUND);
	CHECK_OK(t->call, warning_do(&world, world.unit, ref, "submit"));
	CHECK_ERROR(t->call, open_as(&world, world.publisher, ref), NOT_FOUND);
	CHECK_ERROR(t->call, warning_do(&world, world.unit, ref, "assess"), FORBIDDEN);
	Actor insider = *world.second_coordinator;
	insider.organisation_id = world.unit->organisation_id;
	CHECK_ERROR(t->call, warning_do(&world, &insider, ref, "assess"), FORBIDDEN);
	CHECK_OK(t->call, warning_do(&world, world.coordinator, ref, "return"));
	CHECK_TEXT(warning_seen(&world, world.unit, ref).remark, "An explanation.");
	CHECK_OK(t->call, warning_do(&world, world.unit, ref, "submit"));
	CHECK_OK(t->call, warning_do(&world, world.coordinator, ref, "assess"));
	CHECK_ERROR(t->call, warning_do(&world, world.publisher, ref, "send"), INVALID); /* nobody is chosen */
	aim_public(&world, ref);
	Actor both = *world.coordinator;
	both.roles |= ROLE_PUBLISHER;
	CHECK_ERROR(t->call, warning_do(&world, &both, ref, "send"), FORBIDDEN);
	CHECK_OK(t->call, warning_do(&world, world.publisher, ref, "send"));
	CHECK_TEXT(public_of(&world).number, "CAPPVD-FXTS-2026-0001");
	CHECK_TEXT(public_of(&world).what[LANG_EN], "CanaryPush remote code execution");
}

TEST_DB(warning__whoever_chose_the_audience_does_not_approve_it)
{
	WarningWorld world = warning_world(t);
	Text ref = warning_written(&world, NULL);
	warning_assessed(&world, ref);
	Actor both = *world.second_coordinator;
	both.roles |= ROLE_PUBLISHER;
	scene_as(world.scene, &both);
	CHECK_OK(t->call, warning_aim_add(t->call, ref, VALUES(world.scene, "kind", "public")));
	CHECK_ERROR(t->call, warning_do(&world, &both, ref, "send"), FORBIDDEN);
	CHECK_OK(t->call, warning_do(&world, world.publisher, ref, "send"));
}

TEST_DB(attack__a_warning_is_sent_once_when_two_publishers_race)
{
	WarningWorld world = warning_world(t);
	WarningRecipients recipients;
	Text ref = warning_written(&world, NULL);
	aim_vendor(&world, ref, 0);
	aim_public(&world, ref);
	warning_assessed(&world, ref);
	Warning before = warning_seen(&world, world.publisher, ref);
	const Map *values = VALUES(world.scene, "no_exploit", "yes", "audience", "yes");
	CHECK_OK(t->call, warning_act(t->call, ref, TEXT("send"), before.revision, values));
	scene_as(world.scene, world.second_publisher);
	CHECK_ERROR(t->call, warning_act(t->call, ref, TEXT("send"), before.revision, values), CONFLICT);
	warning_delivered(&world);
	CHECK_INT(warning_told(&world, world.vendors[0]), 1);
	Warning after = warning_seen(&world, world.coordinator, ref);
	CHECK_OK(t->call, warning_recipients(t->call, &after, 0, 10, &recipients));
	CHECK_INT(recipients.count, 1);
	(void)public_of(&world);
}

/* ---- What may be said */
TEST_DB(warning__says_nothing_public_of_a_casefile_before_its_gate_is_open)
{
	WarningWorld world = warning_world(t);
	WarningPublics list;
	Cast cast = { .reporter = scene_person(world.scene, "finder", ROLE_REPORTER),
		.coordinator = world.coordinator,
		.verifier = scene_person(world.scene, "vera", ROLE_VERIFIER),
		.publisher = world.publisher,
		.second_coordinator = world.second_coordinator,
		.second_verifier = scene_person(world.scene, "viktor", ROLE_VERIFIER) };
	scene_open_casefile(world.scene, &cast, false);
	scene_bring_to(world.scene, &cast, "ACCEPTED");
	Text ref = warning_written(&world, NULL);
	aim_vendor(&world, ref, 0);
	scene_as(world.scene, world.coordinator);
	Map *values = VALUES(world.scene, "assessment", "Looked at.", "casefile", "C-NONE");
	CHECK_ERROR(t->call, warning_act(t->call, ref, TEXT("assess"), 0, values), INVALID);
	form_set(t->arena, values, TEXT("casefile"), cast.casefile);
	call_recover(t->call);
	CHECK_OK(t->call, warning_act(t->call, ref, TEXT("assess"), 0, values));
	CHECK_OK(t->call, warning_do(&world, world.publisher, ref, "send")); /* those concerned may be told */
	CHECK_TEXT(warning_seen(&world, world.vendors[0], ref).casefile, "");
	aim_public(&world, ref);
	CHECK_ERROR(t->call, warning_do(&world, world.publisher, ref, "extend"), INVALID);
	CHECK_OK(t->call, warning_list_public(t->call, (WarningCursor) { 0 }, 10, &list));
	CHECK_INT(list.count, 0);
	scene_bring_to(world.scene, &cast, "PUBLISHED");
	CHECK_OK(t->call, warning_do(&world, world.publisher, ref, "extend"));
	CHECK_TEXT(public_of(&world).number, "CAPPVD-FXTS-2026-0001");
}

TEST_DB(warning__holds_no_exploit_no_token_and_no_personal_data)
{
	static const char *const wrong[] = { "curl -X POST it", "```x```", "see poc.py", "10.1.2.3",
		"Cookie: session=9f8e7d6c5b4a39281706f5e4d3c2b1a0", "13812345678" };
	WarningWorld world = warning_world(t);
	for (size_t i = 0; i < COUNT(wrong); i++) {
		Text ref = warning_written(&world, world.unit);
		Map *values = warning_values(&world);
		form_set(t->arena, values, TEXT("cause_zh"), text_from(wrong[i]));
		scene_as(world.scene, world.unit);
		CHECK_OK(t->call, warning_save(t->call, ref, values));
		if (warning_do(&world, world.unit, ref, "submit") != ERROR_INVALID) test_fail(__FILE__, __LINE__, "took %s", wrong[i]);
	}
	Text ref = warning_written(&world, NULL);
	aim_public(&world, ref);
	warning_sent(&world, ref);
	scene_as(world.scene, world.coordinator);
	Map *values = warning_values(&world);
	form_set(t->arena, values, TEXT("reason"), TEXT("More."));
	form_set(t->arena, values, TEXT("harm_zh"), TEXT("见 https://exploit-db.com/x"));
	CHECK_ERROR(t->call, warning_act(t->call, ref, TEXT("correct"), 0, values), INVALID);
}

TEST_DB(warning__a_draft_saves_itself_field_by_field)
{
	WarningWorld world = warning_world(t);
	Text ref;
	scene_as(world.scene, world.unit);
	CHECK_OK(t->call, warning_new(t->call, &ref));
	CHECK_OK(t->call, warning_save_field(t->call, ref, TEXT("what_zh"), TEXT("某组件漏洞")));
	CHECK_OK(t->call, warning_save_field(t->call, ref, TEXT("harm_zh"), TEXT("危害")));
	CHECK_ERROR(t->call, warning_save_field(t->call, ref, TEXT("nothing"), TEXT("x")), INVALID);
	Warning warning = warning_seen(&world, world.unit, ref);
	CHECK_TEXT(form_answer(warning.values, "what_zh"), "某组件漏洞");
	CHECK_TEXT(form_answer(warning.values, "harm_zh"), "危害");
	CHECK_ERROR(t->call, warning_do(&world, world.unit, ref, "submit"), INVALID); /* not complete */
	CHECK_ERROR(t->call, open_as(&world, world.vendors[0], ref), NOT_FOUND);
	scene_as(world.scene, world.vendors[0]);
	CHECK_ERROR(t->call, warning_new(t->call, &ref), FORBIDDEN);
}

/* ---- Who is told */
TEST_DB(warning__units_are_told_by_direction_and_stars_and_none_abroad)
{
	WarningWorld world = warning_world(t);
	WarningAudience audience;
	(void)scene_person(world.scene, "ford", ROLE_REPORTER);
	Actor *foreign = &world.scene->people[world.scene->count - 1];
	(void)scene_organisation(world.scene, world.coordinator, foreign, "Foreign Lab", warning_code(t, 51), "unit", "SG");
	t->call->actor = &actor_system;
	const Standing standings[] = { { .kind = TEXT("partner"), .stars = 1, .from_at = t->call->now },
		{ .kind = TEXT("unit"), .stars = 3, .from_at = t->call->now } };
	CHECK_OK(t->call, org_standing_set(t->call, world.vendors[1]->organisation_id, &standings[0]));
	CHECK_OK(t->call, org_standing_set(t->call, foreign->organisation_id, &standings[1]));
	const struct {
		const char *direction, *stars;
		size_t count;
	} expected[] = { { "", "", 3 }, { "unit", "", 2 }, { "partner", "", 1 }, { "unit", "3", 1 }, { "partner", "2", 0 } };
	for (size_t i = 0; i < COUNT(expected); i++) {
		Text ref = warning_written(&world, NULL);
		warning_aim_at(
			&world, ref, VALUES(world.scene, "kind", "units", "direction", expected[i].direction, "stars", expected[i].stars));
		Warning warning = warning_seen(&world, world.coordinator, ref);
		CHECK_OK(t->call, warning_audience(t->call, &warning, &audience));
		CHECK_INT(audience.reaches.count, expected[i].count);
		for (size_t k = 0; k < audience.reaches.count; k++)
			CHECK((audience.reaches.at[k].left_out != NULL) ==
				(audience.reaches.at[k].organisation_id == foreign->organisation_id));
	}
	Text ref = warning_written(&world, NULL);
	warning_aim_at(&world, ref, VALUES(world.scene, "kind", "units"));
	warning_sent(&world, ref);
	warning_delivered(&world);
	CHECK_INT(warning_told(&world, world.unit), 1);
	CHECK_INT(warning_told(&world, world.vendors[1]), 1);
	CHECK_INT(warning_told(&world, foreign), 0);
	CHECK_ERROR(t->call, open_as(&world, foreign, ref), NOT_FOUND);
}

TEST_DB(attack__whoever_left_a_recipient_is_told_nothing_and_reads_nothing)
{
	WarningWorld world = warning_world(t);
	Organisation organisation;
	Members members;
	Text ref = warning_written(&world, NULL);
	people_open(t);
	(void)scene_person(world.scene, "leaver", ROLE_REPORTER);
	Actor *leaver = &world.scene->people[world.scene->count - 1];
	scene_as(world.scene, world.vendors[0]);
	CHECK_OK(t->call, org_invite(t->call, TEXT("leaver@example.org"), false));
	Text token = people_link_token(t);
	scene_as(world.scene, leaver);
	CHECK_OK(t->call, org_invitation_accept(t->call, token));
	leaver->organisation_id = world.vendors[0]->organisation_id;
	aim_vendor(&world, ref, 0);
	warning_sent(&world, ref);
	CHECK_OK(t->call, open_as(&world, leaver, ref));
	scene_as(world.scene, world.vendors[0]);
	CHECK_OK(t->call, org_find(t->call, leaver->organisation_id, &organisation));
	CHECK_OK(t->call, org_members(t->call, &organisation, &members));
	for (size_t i = 0; i < members.count; i++)
		if (members.at[i].person_id == leaver->person_id) CHECK_OK(t->call, org_member_end(t->call, members.at[i].ref));
	leaver->organisation_id = 0;
	warning_delivered(&world); /* it was on its way */
	CHECK_INT(warning_told(&world, leaver), 0);
	CHECK_INT(warning_told(&world, world.vendors[0]), 1);
	CHECK_ERROR(t->call, open_as(&world, leaver, ref), NOT_FOUND);
}

TEST_DB(attack__neither_counts_nor_numbers_tell_of_other_recipients)
{
	WarningWorld world = warning_world(t);
	WarningCounts counts;
	WarningRecipients recipients;
	WarningAims aims;
	WarningAudience audience;
	Text numbers[4];
	for (int i = 0; i < 4; i++) {
		Text ref = warning_written(&world, i % 2 ? world.unit : NULL);
		if (i % 2) CHECK_OK(t->call, warning_do(&world, world.unit, ref, "submit"));
		aim_vendor(&world, ref, 0);
		aim_vendor(&world, ref, i);
		if (i % 2) CHECK_OK(t->call, warning_do(&world, world.coordinator, ref, "assess"));
		warning_sent(&world, ref);
		const Actor *readers[] = { world.vendors[0], i % 2 ? world.unit : world.vendors[0] };
		for (size_t k = 0; k < COUNT(readers); k++) {
			Warning seen = warning_seen(&world, readers[k], ref);
			if (!k) numbers[i] = seen.number;
			CHECK_ERROR(t->call, warning_counts(t->call, &seen, &counts), FORBIDDEN);
			CHECK_ERROR(t->call, warning_recipients(t->call, &seen, 0, 10, &recipients), FORBIDDEN);
			CHECK_ERROR(t->call, warning_aims(t->call, &seen, &aims), FORBIDDEN);
			CHECK_ERROR(t->call, warning_audience(t->call, &seen, &audience), FORBIDDEN);
		}
	}
	bool rises = true;
	for (int i = 1; i < 4; i++) {
		CHECK(!text_is(numbers[i], numbers[i - 1]));
		rises = rises && text_compare(numbers[i], numbers[i - 1]) > 0;
		CHECK(text_starts(numbers[i], TEXT("CAPPVD-YJ-2026")));
	}
	int64_t last[2];
	CHECK(text_to_int(text_slice(numbers[0], numbers[0].length - 5, numbers[0].length), &last[0]));
	CHECK(text_to_int(text_slice(numbers[1], numbers[1].length - 5, numbers[1].length), &last[1]));
	CHECK(last[1] != last[0] + 1 || !rises); /* not in order */
}

/* ---- Receipts */
TEST_DB(warning__receipts_are_read_signed_reminded_and_counted)
{
	WarningWorld world = warning_world(t);
	WarningRecipients list;
	WarningCounts counts;
	int64_t count;
	Text ref = warning_written(&world, NULL);
	aim_vendor(&world, ref, 0);
	aim_vendor(&world, ref, 1);
	warning_sent(&world, ref);
	warning_delivered(&world);
	Warning seen = warning_seen(&world, world.vendors[0], ref);
	CHECK_OK(t->call, warning_mark_read(t->call, &seen));
	CHECK_ERROR(t->call, warning_acknowledge(t->call, ref, VALUES(world.scene, "statement", "affected")), INVALID);
	call_recover(t->call);
	CHECK_OK(t->call,
		warning_acknowledge(t->call, ref, VALUES(world.scene, "confirm", "yes", "statement", "affected", "note", "Two apps.")));
	int64_t signed_at = t->call->now;
	scene_later(world.scene, DAYS(1));
	CHECK_OK(t->call, warning_acknowledge(t->call, ref, VALUES(world.scene, "confirm", "yes", "statement", "handled")));
	Warning warning = warning_seen(&world, world.coordinator, ref);
	CHECK_OK(t->call, warning_recipients(t->call, &warning, 0, 10, &list));
	CHECK_INT(list.count, 2);
	CHECK_INT(list.at[0].acknowledged_at, signed_at); /* the first signature stays */
	CHECK_TEXT(list.at[0].signer, "alba");
	CHECK_TEXT(list.at[0].statement, "handled");
	CHECK_INT(list.at[0].persons_read, 1);
	CHECK(!list.at[1].acknowledged_at && !list.at[1].read_at);
	for (int day = 0; day < 14; day++) {
		scene_later(world.scene, DAYS(1));
		t->call->actor = &actor_system;
		CHECK_OK(t->call, warning_remind(t->call, 50, &count));
		warning_delivered(&world);
	}
	CHECK_INT(warning_told(&world, world.vendors[0]), 1); /* who signed is left alone */
	CHECK_INT(warning_told(&world, world.vendors[1]), 7); /* six reminders, no more */
	scene_as(world.scene, world.coordinator);
	CHECK_OK(t->call, warning_counts(t->call, &warning, &counts));
	CHECK(counts.told == 2 && counts.read == 1 && counts.signed_for == 1 && counts.handled == 1 && counts.affected == 0);
	Events events;
	CHECK_OK(t->call, ledger_events_of_action(t->call, "warning", ref, "acknowledge", 0, 10, &events));
	CHECK_INT(events.count, 1);
	CHECK_INT(events.at[0].actor, world.vendors[0]->person_id);
}

static Error is_over(Call *call, void *argument) { return warning_deadline(call, *(const int64_t *)argument, true, false); }

TEST_DB(warning__an_urgent_one_has_shorter_limits_and_a_short_message)
{
	WarningWorld world = warning_world(t);
	ClockView clock;
	Notices notices;
	Text ref = warning_written(&world, world.unit);
	scene_as(world.scene, world.unit);
	CHECK_OK(t->call, warning_save_field(t->call, ref, TEXT("urgent"), TEXT("yes")));
	CHECK_OK(t->call, warning_do(&world, world.unit, ref, "submit"));
	CHECK_OK(t->call, workflow_clock_of(t->call, &warning_machine, warning_seen(&world, world.coordinator, ref).id, &clock));
	CHECK_INT(clock.limit_working_days, 1);
	aim_vendor(&world, ref, 0);
	CHECK_OK(t->call, warning_do(&world, world.coordinator, ref, "assess"));
	CHECK_OK(t->call, warning_do(&world, world.publisher, ref, "send"));
	warning_delivered(&world);
	scene_as(world.scene, world.vendors[0]);
	CHECK_OK(t->call, notice_list(t->call, 0, 5, &notices));
	CHECK(text_find(notices.at[0].subject_line, TEXT("urgent"), NULL));
	int64_t id = warning_seen(&world, world.coordinator, ref).id;
	size_t before = warning_told(&world, world.coordinator);
	t->call->actor = &actor_system;
	CHECK_OK(t->call, db_transact(t->call, is_over, &id));
	CHECK_INT(warning_told(&world, world.coordinator), before + 1);
}

/* ---- After it was sent */
TEST_DB(warning__is_corrected_by_two_with_number_reason_and_difference)
{
	WarningWorld world = warning_world(t);
	WarningTexts texts;
	WarningChanges changes;
	Text ref = warning_written(&world, NULL);
	aim_vendor(&world, ref, 0);
	aim_public(&world, ref);
	warning_sent(&world, ref);
	warning_delivered(&world);
	Map *values = warning_values(&world);
	form_set(t->arena, values, TEXT("reason"), TEXT("The version was wrong."));
	scene_as(world.scene, world.second_coordinator);
	CHECK_ERROR(t->call, warning_act(t->call, ref, TEXT("correct"), 0, values), INVALID); /* nothing is changed */
	form_set(t->arena, values, TEXT("versions"), TEXT("< 3.6.7"));
	call_recover(t->call);
	CHECK_OK(t->call, warning_act(t->call, ref, TEXT("correct"), 0, values));
	CHECK_TEXT(form_answer(warning_seen(&world, world.vendors[0], ref).values, "versions"), "< 3.6.5"); /* not yet */
	CHECK_TEXT(warning_seen(&world, world.vendors[0], ref).state, "SENT");
	CHECK(!warning_seen(&world, world.vendors[0], ref).proposal);
	Actor both = *world.second_coordinator;
	both.roles |= ROLE_PUBLISHER;
	CHECK_ERROR(t->call, warning_do(&world, &both, ref, "issue"), FORBIDDEN);
	CHECK_OK(t->call, warning_do(&world, world.publisher, ref, "issue"));
	warning_delivered(&world);
	CHECK_INT(warning_told(&world, world.vendors[0]), 2);
	Warning warning = warning_seen(&world, world.vendors[0], ref);
	CHECK_INT(warning.newest, 2);
	CHECK_TEXT(form_answer(warning.values, "versions"), "< 3.6.7");
	CHECK_OK(t->call, warning_texts(t->call, &warning, &texts));
	CHECK_INT(texts.count, 2);
	CHECK_TEXT(texts.at[0].reason, "The version was wrong.");
	WarningPublic public = public_of(&world);
	CHECK_INT(public.n, 2);
	CHECK_OK(t->call, warning_changes(t->call, &public, &changes));
	CHECK_INT(changes.count, 1);
	CHECK_TEXT(changes.at[0].reason, "The version was wrong.");
	CHECK(text_find(changes.at[0].content, TEXT("3.6.5"), NULL) && text_find(public.content, TEXT("3.6.7"), NULL));
}

TEST_DB(warning__a_withdrawn_one_keeps_its_number_and_reason_and_no_text)
{
	WarningWorld world = warning_world(t);
	WarningPublics list;
	WarningPublic public;
	int64_t next, numbered;
	Text ref = warning_written(&world, NULL);
	aim_vendor(&world, ref, 0);
	aim_public(&world, ref);
	warning_sent(&world, ref);
	warning_delivered(&world);
	Text number = public_of(&world).number;
	t->call->actor = &actor_system;
	CHECK_OK(t->call, ledger_sequence(t->call, &numbered));
	CHECK_OK(t->call, warning_since(t->call, 0, 10, &list, &next));
	CHECK_INT(list.count, 1);
	CHECK_OK(t->call, warning_do(&world, world.second_publisher, ref, "withdraw"));
	warning_delivered(&world);
	t->call->actor = &actor_visitor;
	CHECK_OK(t->call, warning_list_public(t->call, (WarningCursor) { 0 }, 10, &list));
	CHECK_INT(list.count, 0);
	CHECK_OK(t->call, warning_find_public(t->call, number, &public));
	CHECK_TEXT(public.content, "{}");
	CHECK_TEXT(public.reason, "An explanation.");
	t->call->actor = &actor_system;
	CHECK_OK(t->call, ledger_sequence(t->call, &numbered));
	CHECK_OK(t->call, warning_since(t->call, next, 10, &list, &next));
	CHECK(list.count == 1 && list.at[0].withdrawn_at != 0);
	CHECK_INT(warning_told(&world, world.vendors[0]), 2);
	Warning seen = warning_seen(&world, world.vendors[0], ref);
	CHECK_TEXT(form_answer(seen.values, "harm_zh"), "");
	CHECK_TEXT(seen.remark, "An explanation.");
	scene_as(world.scene, world.vendors[0]);
	CHECK_ERROR(t->call, warning_acknowledge(t->call, ref, VALUES(world.scene, "confirm", "yes")), CONFLICT);
}

/* ---- Files */
static Stamp *stamp;
static void close_stamp(void) { stamp_free(&stamp); }

TEST_DB(warning__its_file_is_signed_and_says_the_same_for_word)
{
	WarningWorld world = warning_world(t);
	Text pem, pdf, word;
	PdfSigned by;
	Texts fields;
	CHECK_OK(t->call, stamp_new(t->call, STAMP_INTERNATIONAL, TEXT("漏洞库"), t->call->now, &pem));
	CHECK_OK(t->call, stamp_parse(t->call, pem, &stamp));
	atexit(close_stamp);
	t->house->stamp = stamp;
	WarningDocument document = {
		.number = TEXT("N-1"), .n = 2, .at = t->call->now, .values = warning_values(&world), .is_public = true
	};
	CHECK_OK(t->call, warning_pdf(t->call, &document, &pdf));
	CHECK(pdf_verify(t->arena, pdf, &by));
	CHECK_OK(t->call, warning_word(t->call, &document, &word));
	CHECK_OK(t->call, docx_fields(t->call, word, &fields)); /* Word's own form */
	CHECK_INT(fields.count, 0);
}

/* ---- Merit */
TEST_DB(warning__one_that_is_sent_counts_by_a_row_of_the_points_rule_alone)
{
	WarningWorld world = warning_world(t);
	MeritScore score;
	int64_t count, numbered;
	const Actor *first = scene_person(world.scene, "sara", ROLE_SECRETARY), *second = scene_person(world.scene, "sven", ROLE_SECRETARY);
	Map *values = VALUES(world.scene, "stars", "| technical | 1 | 30 | 20 |", "reason", "Warnings count.", "from_on", "2026-04-01",
		"rows",
		"| warning-sent | 共享预警被采用 | Shared warning sent | warning-share.taken | actor |  | 3.00 | 30.00 | year | once |\n");
	scene_as(world.scene, first);
	CHECK_OK(t->call, merit_rule_propose(t->call, values));
	scene_as(world.scene, second);
	MeritRules rules;
	CHECK_OK(t->call, merit_rules(t->call, true, &rules));
	CHECK_OK(t->call, merit_rule_settle(t->call, rules.at[rules.count - 1].number, true));
	scene_later(world.scene, DAYS(40));
	Text ref = warning_written(&world, world.unit), other = warning_written(&world, world.unit);
	aim_public(&world, (CHECK_OK(t->call, warning_do(&world, world.unit, ref, "submit")), ref));
	CHECK_OK(t->call, warning_do(&world, world.unit, other, "submit"));
	CHECK_OK(t->call, warning_do(&world, world.coordinator, other, "reject"));
	CHECK_OK(t->call, warning_do(&world, world.coordinator, ref, "assess"));
	CHECK_OK(t->call, warning_do(&world, world.publisher, ref, "send"));
	t->call->actor = &actor_system;
	CHECK_OK(t->call, ledger_sequence(t->call, &numbered));
	do CHECK_OK(t->call, merit_follow(t->call, 100, &count));
	while (count);
	CHECK_OK(t->call, merit_score(t->call, world.unit->organisation_id, 2026, &score));
	CHECK_INT(score.points, 300);
}
