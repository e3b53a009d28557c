/* Hours that follow from the drawn order, and calendars of them: whose they are and what libical reads. */
#include "subject/programme/panel/panel_timetable.h"

#include "engine/calendar/calendar.h"
#include "subject/programme/panel/panel_scene.h"

#include <libical/ical.h>

#define LIST(...) round_scene_values(t->arena, (const char *const[]) { __VA_ARGS__, NULL })
#define MINUTE_MS INT64_C(60000)
#define GOOD \
	"starts_on", "2026-07-09 14:00", "slot_minutes", "30", "break_minutes", "10", "slots_a_day", "2", "place", "北京市海淀区一号楼302"

static PanelScene *drawn(Test *t)
{
	PanelScene *scene = panel_scene(t);
	panel_scene_freeze(scene);
	panel_scene_draw(scene);
	return scene;
}

static bool has_problem(const Call *call, const char *field)
{
	for (size_t i = 0; i < call->failure.problems.count; i++)
		if (text_is(call->failure.problems.at[i].field, text_from(field))) return true;
	return false;
}

static void refused(PanelScene *scene, const char *field, Map *values)
{
	Test *t = scene->t;
	call_recover(t->call);
	CHECK(panel_timetable_set(t->call, scene->of->round, panel_scene_panel(scene), values) == ERROR_INVALID &&
		has_problem(t->call, field));
	call_recover(t->call);
}

static size_t place_of(PanelScene *scene, size_t application)
{
	return (size_t)panel_entry(&panel_scene_state(scene)->parts[0], scene->applications[application])->place;
}

/* 10 July 2026 is a Friday; two a day: the third is heard on Monday. */
TEST_DB(panel_timetable__hours_follow_from_the_drawn_order_on_working_days)
{
	PanelScene *scene = drawn(t);
	PanelTimetable timetable;
	int64_t first;
	CHECK(round_instant(TEXT("2026-07-10 14:00"), &first));
	CHECK_ERROR(t->call, panel_timetable_of(t->call, panel_scene_state(scene), 0, &timetable), NOT_FOUND);
	CHECK_OK(t->call, panel_timetable_set(t->call, scene->of->round, panel_scene_panel(scene),
				  LIST("starts_on", "2026-07-10 14:00", "slot_minutes", "30", "break_minutes", "10", "slots_a_day", "2",
					  "place", "P")));
	CHECK_OK(t->call, panel_timetable_of(t->call, panel_scene_state(scene), 0, &timetable));
	CHECK_INT(timetable.slot_count, 3);
	CHECK_INT(timetable.slots[0].starts_at, first);
	CHECK_INT(timetable.slots[1].starts_at, first + 40 * MINUTE_MS);
	CHECK_INT(timetable.slots[2].starts_at, first + 3 * 24 * 60 * MINUTE_MS); /* Friday, then Monday */
	CHECK_INT(timetable.slots[2].ends_at - timetable.slots[2].starts_at, 30 * MINUTE_MS);
	for (size_t i = 0; i < 3; i++) CHECK(text_is(timetable.slots[place_of(scene, i)].entry->ref, scene->applications[i]));
}

TEST_DB(panel_timetable__is_set_by_a_secretary_with_hours_that_can_be)
{
	PanelScene *scene = drawn(t);
	Text round = scene->of->round, panel = panel_scene_panel(scene);
	refused(scene, "starts_on",
		LIST("starts_on", "2020-07-09 14:00", "slot_minutes", "30", "break_minutes", "10", "slots_a_day", "2", "place", "P"));
	refused(scene, "slot_minutes",
		LIST("starts_on", "2026-07-09 14:00", "slot_minutes", "0", "break_minutes", "0", "slots_a_day", "2", "place", "P"));
	refused(scene, "slots_a_day",
		LIST("starts_on", "2026-07-09 14:00", "slot_minutes", "60", "break_minutes", "0", "slots_a_day", "50", "place", "P"));
	refused(scene, "place", LIST("starts_on", "2026-07-09 14:00", "slot_minutes", "60", "break_minutes", "0", "slots_a_day", "5"));
	scene_as(scene->of->scene, scene->of->supervisor);
	CHECK_ERROR(t->call, panel_timetable_set(t->call, round, panel, LIST(GOOD)), FORBIDDEN);
	scene_as(scene->of->scene, scene->of->applicant);
	CHECK_ERROR(t->call, panel_timetable_set(t->call, round, panel, LIST(GOOD)), NOT_FOUND);
	scene_as(scene->of->scene, scene->of->secretary);
	CHECK_ERROR(t->call, panel_timetable_set(t->call, round, TEXT("P-OTHER"), LIST(GOOD)), NOT_FOUND);
	CHECK_OK(t->call, panel_timetable_set(t->call, round, panel, LIST(GOOD)));
	CHECK_OK(t->call, panel_timetable_set(t->call, round, panel, LIST(GOOD))); /* changed as often as needed */
	panel_scene_key(scene);
	panel_scene_present(scene);
	panel_scene_commit(scene);
	panel_scene_open(scene);
	CHECK_ERROR(t->call, panel_timetable_set(t->call, round, panel, LIST(GOOD)), CONFLICT);
}

static icalcomponent *parse(Test *t, Text text, int events)
{
	icalcomponent *calendar = icalparser_parse_string(arena_string(t->arena, text));
	CHECK(calendar != NULL);
	CHECK_INT(icalcomponent_count_errors(calendar), 0);
	CHECK(icalrestriction_check(calendar));
	CHECK_INT(icalcomponent_count_components(calendar, ICAL_VEVENT_COMPONENT), events);
	return calendar;
}

TEST_DB(panel_timetable__an_applicant_gets_its_own_hour_and_nobody_elses)
{
	PanelScene *scene = drawn(t);
	PanelPresentation own;
	PanelTimetable timetable;
	scene_as(scene->of->scene, scene->of->applicant);
	CHECK_OK(t->call, panel_presentation(t->call, scene->applications[0], &own));
	CHECK_INT(own.starts_at, 0);
	scene_as(scene->of->scene, scene->of->secretary);
	CHECK_OK(t->call, panel_timetable_set(t->call, scene->of->round, panel_scene_panel(scene), LIST(GOOD)));
	CHECK_OK(t->call, panel_timetable_of(t->call, panel_scene_state(scene), 0, &timetable));
	const PanelSlot *slot = &timetable.slots[place_of(scene, 0)];
	CHECK_ERROR(t->call, panel_presentation(t->call, scene->applications[0], &own), NOT_FOUND); /* the office has its own page */
	scene_as(scene->of->scene, scene->of->applicant);
	CHECK_OK(t->call, panel_presentation(t->call, scene->applications[0], &own));
	CHECK_INT(own.starts_at, slot->starts_at);
	Text text = panel_presentation_calendar(t->call, &own);
	icalcomponent *calendar = parse(t, text, 1), *event = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
	icaltimetype start = icalcomponent_get_dtstart(event), end = icalcomponent_get_dtend(event);
	CHECK_INT(icaltime_as_timet_with_zone(start, icaltime_get_timezone(start)), slot->starts_at / 1000);
	CHECK_INT(icaltime_as_timet_with_zone(end, icaltime_get_timezone(end)), slot->ends_at / 1000);
	CHECK_TEXT(text_from(icalcomponent_get_location(event)), "北京市海淀区一号楼302");
	icalcomponent_free(calendar);
	for (size_t i = 1; i < 3; i++) {
		CHECK(!text_find(text, scene->applications[i], NULL));
		CHECK_ERROR(t->call, panel_presentation(t->call, scene->applications[i], &own), NOT_FOUND);
	}
	scene_as(scene->of->scene, panel_scene_member(scene, "taken", 0));
	CHECK_ERROR(t->call, panel_presentation(t->call, scene->applications[0], &own), NOT_FOUND);
}

TEST_DB(panel_timetable__the_calendar_of_members_has_numbers_and_no_names)
{
	PanelScene *scene = drawn(t);
	PanelTimetable timetable;
	CHECK_OK(t->call, panel_timetable_set(t->call, scene->of->round, panel_scene_panel(scene), LIST(GOOD)));
	const PanelState *state = panel_scene_state(scene);
	CHECK_OK(t->call, panel_timetable_of(t->call, state, 0, &timetable));
	Text text = panel_timetable_calendar(t->call, &timetable, 1, TEXT("/panels/P"));
	icalcomponent_free(parse(t, text, 3));
	for (size_t i = 0; i < 3; i++) {
		CHECK(text_find(text, scene->applications[i], NULL));
		CHECK(!text_find(text, state->parts[0].entries.at[i].organisation, NULL));
	}
	CHECK_OK(t->call, panel_present(t->call, scene->of->round, scene->applications[1], false)); /* who did not come has no hour */
	state = panel_scene_state(scene);
	CHECK_OK(t->call, panel_timetable_of(t->call, state, 0, &timetable));
	icalcomponent_free(parse(t, panel_timetable_calendar(t->call, &timetable, 1, TEXT("/panels/P")), 2));
}
