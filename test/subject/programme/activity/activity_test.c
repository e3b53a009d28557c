/* Activities: who prepares and who announces, who has places and when, what counts and by how many people. */
#include "harness/scene.h"
#include "store/ledger/ledger.h"
#include "subject/merit/merit.h"
#include "subject/programme/activity/activity_private.h"
#include "subject/programme/expert/expert_scene.h"

#include <libical/ical.h>

#define HOUR_MS INT64_C(3600000)

static Map *values_of(Test *t, const char *const *pairs)
{
	Map *values = map_new(t->arena);
	for (size_t i = 0; pairs[i]; i += 2) form_set(t->arena, values, text_from(pairs[i]), text_from(pairs[i + 1]));
	return values;
}
#define LIST(...) values_of(t, (const char *const[]) { __VA_ARGS__, NULL })

typedef struct Played {
	Test *t;
	Scene *scene;
	Cast cast;
	const Actor *first, *second, *supervisor, *unit, *other, *third;
	const char *code; /* of the unit */
	Text ref;
} Played;

/* Registration from 1 to 20 June, units first until the 10th; held on the 25th. */
static Map *good(Test *t, const char *places)
{
	return LIST("kind", "salon", "title_zh", "移动应用漏洞技术沙龙", "title_en", "Salon on app vulnerabilities", "about_zh", "**议程**",
		"about_en", "**Agenda**", "place", "北京", "starts_on", "2026-06-25 14:00", "ends_on", "2026-06-25 17:00", "opens_on",
		"2026-06-01 09:00", "closes_on", "2026-06-20 18:00", "units_on", "2026-06-10 09:00", "places", places);
}

static int64_t at(const char *text)
{
	int64_t instant = 0;
	(void)activity_instant(text_from(text), &instant);
	return instant;
}

static Played play(Test *t)
{
	Played played = { .t = t, .scene = scene_new(t) };
	played.cast = scene_cast(played.scene);
	played.first = scene_person(played.scene, "secretary", ROLE_SECRETARY);
	played.second = scene_person(played.scene, "secretary2", ROLE_SECRETARY);
	played.supervisor = scene_person(played.scene, "supervisor", ROLE_SUPERVISOR);
	(void)scene_person(played.scene, "unit", ROLE_REPORTER);
	Actor *unit = &played.scene->people[played.scene->count - 1];
	played.code = expert_scene_code(t, 41);
	scene_organisation(played.scene, played.cast.coordinator, unit, "磐石安全公司", played.code, "unit", "CN");
	played.scene->call->actor = &actor_system;
	CHECK_OK(t->call, org_standing_set(t->call, unit->organisation_id, &(Standing) { .kind = TEXT("unit"), .stars = 2 }));
	played.unit = unit;
	played.other = scene_person(played.scene, "other", ROLE_REPORTER);
	played.third = scene_person(played.scene, "third", ROLE_REPORTER);
	t->call->now = at("2026-05-01 09:00");
	return played;
}

static void as(Played *played, const Actor *actor) { scene_as(played->scene, actor); }

static void act(Played *played, const Actor *actor, const char *action)
{
	Test *t = played->t;
	as(played, actor);
	CHECK_OK(t->call, activity_act(t->call, played->ref, text_from(action), 0, NULL));
}

static void announce(Played *played, const char *places)
{
	Test *t = played->t;
	as(played, played->first);
	CHECK_OK(t->call, activity_new(t->call, good(t, places), &played->ref));
	act(played, played->second, "announce");
}

static void advance(Played *played, const char *instant)
{
	Test *t = played->t;
	int64_t count;
	t->call->now = at(instant);
	t->call->actor = &actor_system;
	CHECK_OK(t->call, activity_advance(t->call, &count));
}

static Error enter(Played *played, const Actor *actor)
{
	as(played, actor);
	return activity_register(played->t->call, played->ref);
}

static ActivityRegistration own_of(Played *played, const Actor *actor, bool *out_found)
{
	Test *t = played->t;
	Activity activity;
	ActivityRegistration own = { 0 };
	as(played, actor);
	CHECK_OK(t->call, activity_open_public(t->call, played->ref, &activity));
	CHECK_OK(t->call, activity_registration_own(t->call, &activity, &own, out_found));
	return own;
}

/* "-" not registered, "waits", "has" a place. */
static Text place_of(Played *played, const Actor *actor)
{
	bool found = false;
	ActivityRegistration own = own_of(played, actor, &found);
	return !found ? TEXT("-") : own.is_placed ? TEXT("has") : TEXT("waits");
}
#define PLACE(actor, wanted) CHECK_TEXT(place_of(&played, actor), wanted)

static bool has_problem(const Call *call, const char *field)
{
	for (size_t i = 0; i < call->failure.problems.count; i++)
		if (text_is(call->failure.problems.at[i].field, text_from(field))) return true;
	return false;
}

TEST_DB(activity__a_draft_is_the_offices_and_another_secretary_announces_it)
{
	Played played = play(t);
	Activity activity;
	Activities list;
	as(&played, played.first);
	CHECK_OK(t->call, activity_new(t->call, good(t, "2"), &played.ref));
	CHECK_ERROR(t->call, activity_act(t->call, played.ref, TEXT("announce"), 0, NULL), FORBIDDEN); /* one's own */
	CHECK_ERROR(t->call, activity_open_public(t->call, played.ref, &activity), NOT_FOUND);
	as(&played, played.supervisor);
	CHECK_OK(t->call, activity_open(t->call, played.ref, &activity));
	CHECK_ERROR(t->call, activity_act(t->call, played.ref, TEXT("announce"), 0, NULL), FORBIDDEN);
	CHECK_ERROR(t->call, activity_new(t->call, good(t, "2"), &played.ref), FORBIDDEN);
	const Actor *strangers[] = { played.unit, played.other, played.cast.coordinator, &actor_visitor };
	for (size_t i = 0; i < COUNT(strangers); i++) {
		as(&played, strangers[i]);
		CHECK_ERROR(t->call, activity_open(t->call, played.ref, &activity), NOT_FOUND);
		CHECK_ERROR(t->call, activity_open_public(t->call, played.ref, &activity), NOT_FOUND);
		CHECK_OK(t->call, activity_list_public(t->call, 0, 10, &list));
		CHECK_INT(list.count, 0);
		CHECK_OK(t->call, activity_in_state(t->call, TEXT("DRAFT"), 0, 10, &list));
		CHECK_INT(list.count, 0);
	}
	act(&played, played.second, "announce");
	as(&played, &actor_visitor);
	CHECK_OK(t->call, activity_open_public(t->call, played.ref, &activity));
	CHECK_TEXT(activity_title(&activity, LANG_EN), "Salon on app vulnerabilities");
	as(&played, played.first);
	CHECK_ERROR(t->call, activity_write(t->call, played.ref, 0, good(t, "3")), CONFLICT); /* everybody has read it */
}

TEST_DB(activity__times_stand_in_their_order)
{
	Played played = play(t);
	Text ref;
	static const char *const wrong[][2] = { { "ends_on", "2026-06-25 13:00" }, { "closes_on", "2026-05-01 09:00" },
		{ "closes_on", "2026-07-20 18:00" }, { "units_on", "2026-05-10 09:00" }, { "units_on", "2026-06-21 09:00" },
		{ "starts_on", "soon" }, { "places", "0" } };
	as(&played, played.first);
	for (size_t i = 0; i < COUNT(wrong); i++) {
		Map *values = good(t, "2");
		form_set(t->arena, values, text_from(wrong[i][0]), text_from(wrong[i][1]));
		CHECK(activity_new(t->call, values, &ref) == ERROR_INVALID && has_problem(t->call, wrong[i][0]));
		call_recover(t->call);
	}
	CHECK_OK(t->call, activity_new(t->call, good(t, "2"), &ref));
	CHECK_OK(t->call, activity_write(t->call, ref, 1, good(t, "3")));
	CHECK_ERROR(t->call, activity_write(t->call, ref, 1, good(t, "4")), CONFLICT); /* somebody was faster */
}

TEST_DB(activity__units_have_places_first_then_everybody_in_the_order_of_registration)
{
	Played played = play(t);
	announce(&played, "2");
	CHECK_ERROR(t->call, enter(&played, played.other), CONFLICT); /* not open yet */
	advance(&played, "2026-06-01 09:00");
	CHECK_OK(t->call, enter(&played, played.other));
	t->call->now += HOUR_MS;
	CHECK_OK(t->call, enter(&played, played.third));
	CHECK_ERROR(t->call, enter(&played, played.third), CONFLICT); /* once */
	t->call->now += HOUR_MS;
	CHECK_OK(t->call, enter(&played, played.unit));
	PLACE(played.other, "waits");
	PLACE(played.third, "waits");
	PLACE(played.unit, "has");
	advance(&played, "2026-06-10 08:59");
	PLACE(played.other, "waits");
	advance(&played, "2026-06-10 09:00");
	PLACE(played.other, "has");
	PLACE(played.third, "waits");
	as(&played, played.other);
	CHECK_OK(t->call, activity_unregister(t->call, played.ref));
	PLACE(played.other, "-");
	PLACE(played.third, "has"); /* moves up */
	CHECK_OK(t->call, enter(&played, played.other)); /* stands at the end again */
	PLACE(played.other, "waits");
	advance(&played, "2026-06-20 18:00");
	CHECK_ERROR(t->call, enter(&played, played.cast.reporter), CONFLICT); /* closed */
	t->call->now = at("2026-06-25 14:00");
	as(&played, played.third);
	CHECK_ERROR(t->call, activity_unregister(t->call, played.ref), CONFLICT); /* it has begun */
}

TEST(activity__places_go_in_order_and_never_beyond_their_number)
{
	RegistrationRow five[] = { { .is_unit = false }, { .is_unit = true }, { .is_unit = false }, { .is_unit = true, .is_placed = true },
		{ .is_unit = true } };
	RegistrationRows rows = { .at = five, .count = COUNT(five) };
	bool gets[COUNT(five)];
	(void)t;
	activity_places(&rows, 2, true, gets);
	CHECK(!gets[0] && gets[1] && !gets[2] && !gets[3] && !gets[4]);
	activity_places(&rows, 3, false, gets);
	CHECK(gets[0] && gets[1] && !gets[2] && !gets[3] && !gets[4]);
	activity_places(&rows, 1, false, gets);
	for (size_t i = 0; i < COUNT(five); i++) CHECK(!gets[i]);
}

static Played held(Test *t)
{
	Played played = play(t);
	announce(&played, "2");
	advance(&played, "2026-06-01 09:00");
	CHECK_OK(t->call, enter(&played, played.unit));
	CHECK_OK(t->call, enter(&played, played.other));
	CHECK_OK(t->call, enter(&played, played.third));
	advance(&played, "2026-06-20 18:00");
	return played;
}

TEST_DB(activity__attendance_is_marked_by_one_and_confirmed_by_another_and_then_counts)
{
	Played played = held(t);
	ActivityResults results;
	bool found;
	Text unit = own_of(&played, played.unit, &found).ref, third = own_of(&played, played.third, &found).ref;
	as(&played, played.first);
	CHECK_ERROR(t->call, activity_mark(t->call, played.ref, unit, true), CONFLICT); /* it has not begun */
	t->call->now = at("2026-06-25 14:30");
	as(&played, played.supervisor);
	CHECK_ERROR(t->call, activity_mark(t->call, played.ref, unit, true), FORBIDDEN);
	as(&played, played.unit);
	CHECK_ERROR(t->call, activity_mark(t->call, played.ref, unit, true), NOT_FOUND);
	as(&played, played.first);
	CHECK_OK(t->call, activity_mark(t->call, played.ref, unit, true));
	CHECK_ERROR(t->call, activity_mark(t->call, played.ref, third, true), NOT_FOUND); /* had no place */
	CHECK_ERROR(t->call, activity_act(t->call, played.ref, TEXT("finish"), 0, NULL), FORBIDDEN); /* one's own marks */
	as(&played, played.second);
	CHECK_ERROR(t->call, activity_act(t->call, played.ref, TEXT("finish"), 0, NULL), INVALID); /* not over */
	t->call->now = at("2026-06-25 17:00");
	CHECK_OK(t->call, activity_merit(t->call, 0, 10, &results));
	CHECK_INT(results.count, 0);
	CHECK_OK(t->call, activity_act(t->call, played.ref, TEXT("finish"), 0, NULL));
	CHECK_OK(t->call, activity_merit(t->call, 0, 10, &results));
	CHECK_INT(results.count, 1);
	CHECK_TEXT(results.at[0].kind, "attended");
	CHECK_TEXT(results.at[0].activity_kind, "salon");
	CHECK_INT(results.at[0].done_at, at("2026-06-25 14:00"));
	CHECK_INT(results.at[0].organisation_id, played.unit->organisation_id);
	CHECK_OK(t->call, activity_merit(t->call, results.at[0].id, 10, &results));
	CHECK_INT(results.count, 0);
	CHECK_ERROR(t->call, activity_mark(t->call, played.ref, unit, false), CONFLICT); /* done */
}

/* What has happened so far is counted. */
static int64_t points_of(Played *played)
{
	Call *call = played->t->call;
	MeritScore score;
	int64_t left = 1;
	deed_set_source(activity_result_source, activity_credit);
	while (left) CHECK_OK(call, ledger_sequence(call, &left));
	as(played, &actor_system);
	for (left = 1; left;) CHECK_OK(call, merit_follow(call, 500, &left));
	CHECK_OK(call, merit_score(call, played->unit->organisation_id, 2026, &score));
	return score.points;
}

TEST_DB(activity__a_result_counts_when_a_second_secretary_has_confirmed_it)
{
	Played played = held(t);
	Activity activity;
	ActivityResults results;
	Map *talk = LIST("credit_code", played.code, "result", "spoke", "what", "导出组件的自动化检测");
	t->call->now = at("2026-06-25 15:00");
	as(&played, played.first);
	CHECK(activity_result_add(t->call, played.ref, LIST("credit_code", "91110000600001760P", "result", "spoke", "what", "W")) ==
			ERROR_INVALID &&
		has_problem(t->call, "credit_code"));
	call_recover(t->call);
	CHECK(activity_result_add(t->call, played.ref, LIST("credit_code", played.code, "result", "chosen", "what", "W")) ==
			ERROR_INVALID &&
		has_problem(t->call, "result")); /* it is no case collection */
	call_recover(t->call);
	CHECK_OK(t->call, activity_result_add(t->call, played.ref, talk));
	CHECK_INT(points_of(&played), 0);
	as(&played, played.first);
	CHECK_OK(t->call, activity_open(t->call, played.ref, &activity));
	CHECK_OK(t->call, activity_results_of(t->call, &activity, &results));
	Text ref = results.at[0].ref;
	CHECK_ERROR(t->call, activity_result_confirm(t->call, played.ref, ref), FORBIDDEN); /* one's own */
	t->call->now = at("2026-06-25 18:00");
	as(&played, played.second);
	CHECK_ERROR(t->call, activity_act(t->call, played.ref, TEXT("finish"), 0, NULL), INVALID); /* it waits */
	CHECK_OK(t->call, activity_merit(t->call, 0, 10, &results));
	CHECK_INT(results.count, 0);
	CHECK_ERROR(t->call, activity_result_confirm(t->call, played.ref, TEXT("guessed")), NOT_FOUND);
	CHECK_OK(t->call, activity_result_confirm(t->call, played.ref, ref));
	CHECK_ERROR(t->call, activity_result_confirm(t->call, played.ref, ref), CONFLICT);
	CHECK_ERROR(t->call, activity_result_drop(t->call, played.ref, ref), CONFLICT);
	CHECK_OK(t->call, activity_merit(t->call, 0, 10, &results));
	CHECK_INT(results.count, 1);
	CHECK_TEXT(results.at[0].what, "导出组件的自动化检测");
	CHECK_INT(points_of(&played), 500); /* by the line of talks */
	as(&played, played.second);
	CHECK_OK(t->call, activity_act(t->call, played.ref, TEXT("finish"), 0, NULL));
}

TEST_DB(activity__a_cancelled_one_says_why_and_takes_nobody)
{
	Played played = play(t);
	Activity activity;
	announce(&played, "2");
	advance(&played, "2026-06-01 09:00");
	CHECK_OK(t->call, enter(&played, played.unit));
	as(&played, played.first);
	CHECK_ERROR(t->call, activity_act(t->call, played.ref, TEXT("cancel"), 0, NULL), INVALID);
	CHECK_OK(t->call, activity_act(t->call, played.ref, TEXT("cancel"), 0, LIST("reason", "场地原因")));
	CHECK_ERROR(t->call, enter(&played, played.other), CONFLICT);
	as(&played, &actor_visitor);
	CHECK_OK(t->call, activity_open_public(t->call, played.ref, &activity));
	CHECK_TEXT(activity.reason, "场地原因");
}

TEST_DB(activity__the_calendar_is_read_by_another_program)
{
	Played played = play(t);
	Activity activity;
	Activities list = { 0 };
	announce(&played, "2");
	CHECK_OK(t->call, activity_open_public(t->call, played.ref, &activity));
	list_add(t->arena, &list, activity);
	icalcomponent *calendar = icalparser_parse_string(arena_string(t->arena, activity_calendar(t->call, &list)));
	CHECK(calendar != NULL);
	CHECK(icalrestriction_check(calendar));
	icalcomponent *event = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
	icaltimetype start = icalcomponent_get_dtstart(event);
	CHECK_INT(icaltime_as_timet_with_zone(start, icaltime_get_timezone(start)), activity.starts_at / 1000);
	icalcomponent_free(calendar);
}

TEST(activity__its_machine_and_forms_are_whole)
{
	const Form *const forms[] = { &activity_form, &activity_result_form, activity_action_form("activity-cancel") };
	CHECK(!workflow_fault(t->arena, &activity_machine).at);
	for (size_t i = 0; i < COUNT(forms); i++) CHECK(!form_fault(t->arena, forms[i]).at);
}
