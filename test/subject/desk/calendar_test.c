/* The calendar of deadlines, read by libical, which knows nothing of how it was written. */
#include "subject/desk/calendar.h"

#include "face/doc/ics.h"
#include "harness/scene.h"
#include "people/person/person.h"
#include "subject/desk/desk.h"

#include <libical/ical.h>

enum { DAY = 24 * 3600 * 1000 };

static Text fold(Test *t, Text value)
{
	Buffer out = { .arena = t->arena };
	ics_put_text(&out, "SUMMARY", value);
	return buffer_text(&out);
}

TEST(calendar__escapes_what_has_a_meaning) { CHECK_TEXT(fold(t, TEXT("a,b;c\\d\ne\r\x01")), "SUMMARY:a\\,b\\;c\\\\d\\ne\r\n"); }

TEST(calendar__folds_at_75_octets_and_never_inside_a_character)
{
	Buffer value = { .arena = t->arena };
	for (int i = 0; i < 120; i++) buffer_put(&value, i % 3 ? TEXT("漏") : TEXT("a"));
	Text folded = fold(t, buffer_text(&value)), rest = folded, line;
	Buffer joined = { .arena = t->arena };
	for (int i = 0; text_next(&rest, '\n', &line) && line.length; i++) {
		CHECK(text_ends(line, TEXT("\r")));
		line = text_slice(line, 0, line.length - 1);
		CHECK(line.length <= 75 && text_is_utf8(line));
		CHECK(i == 0 || line.at[0] == ' ');
		buffer_put(&joined, i ? text_slice(line, 1, line.length) : line);
	}
	CHECK(text_is(text_slice(buffer_text(&joined), 8, buffer_text(&joined).length), buffer_text(&value)));
	CHECK_TEXT(fold(t, TEXT("1234567890123456789012345678901234567890123456789012345678901234567")),
		"SUMMARY:1234567890123456789012345678901234567890123456789012345678901234567\r\n"); /* 75 exactly */
}

/* The calendar of this actor, parsed; every line is checked for its length and end. */
static icalcomponent *parse(Scene *scene, Text *out_text)
{
	WorkLines deadlines;
	CHECK_OK(scene->call, desk_deadlines(scene->call, &deadlines));
	Text text = calendar_text(scene->call->arena, LANG_ZH, TEXT("https://library.example.cn"), &deadlines, scene->call->now),
	     rest = text, line;
	while (text_next(&rest, '\n', &line) && line.length) CHECK(line.length <= 76 && text_ends(line, TEXT("\r")));
	icalcomponent *calendar = icalparser_parse_string(arena_string(scene->call->arena, text));
	CHECK(calendar != NULL);
	CHECK_INT(icalcomponent_count_errors(calendar), 0);
	CHECK(icalrestriction_check(calendar));
	*out_text = text;
	return calendar;
}

TEST_DB(calendar__holds_every_deadline_at_its_end_with_number_and_stage_alone)
{
	Scene *scene = scene_new(t);
	Cast cast = scene_cast(scene);
	scene_as(scene, cast.reporter);
	Text ref = scene_report(scene, scene_values(scene)), text;
	scene_as(scene, cast.coordinator);
	Desk desk;
	CHECK_OK(scene->call, desk_load(scene->call, TEXT(""), &desk));
	icalcomponent *calendar = parse(scene, &text);
	CHECK_INT(icalcomponent_count_components(calendar, ICAL_VEVENT_COMPONENT), 1);
	icalcomponent *event = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
	icaltimetype start = icalcomponent_get_dtstart(event);
	CHECK_INT(icaltime_as_timet_with_zone(start, icaltime_get_timezone(start)), desk.turn.at[0].clock.due_at / 1000);
	CHECK_TEXT(text_from(icaltime_get_tzid(start)), "Asia/Shanghai");
	Text summary = text_from(icalcomponent_get_summary(event)), parts[] = { ref, tr(LANG_ZH, desk.turn.at[0].state->text) };
	CHECK(text_is(summary, arena_join(t->arena, parts, 2, TEXT("："))));
	CHECK(desk.turn.at[0].title.length > 0 && !text_find(text, desk.turn.at[0].title, NULL));
	icalcomponent_free(calendar);
	scene_as(scene, cast.reporter); /* it is not the reporter's turn */
	calendar = parse(scene, &text);
	CHECK_INT(icalcomponent_count_components(calendar, ICAL_VEVENT_COMPONENT), 0);
	icalcomponent_free(calendar);
}

TEST_DB(calendar__address_opens_the_owners_deadlines_until_renewed_or_revoked)
{
	Scene *scene = scene_new(t);
	Cast cast = scene_cast(scene);
	Text first, second;
	Actor owner;
	Lang lang;
	CalendarKey key;
	scene_as(scene, cast.coordinator);
	CHECK_OK(scene->call, calendar_key_info(scene->call, &key));
	CHECK_INT(key.created_at, 0);
	CHECK_OK(scene->call, calendar_key_renew(scene->call, &first));
	CHECK_OK(scene->call, calendar_key_authenticate(scene->call, first, &owner, &lang));
	CHECK_INT(owner.person_id, cast.coordinator->person_id);
	CHECK(actor_has(&owner, ROLE_COORDINATOR) && owner.second_factor && !actor_has(&owner, ROLE_ADMINISTRATORS));
	CHECK_INT(owner.scopes, SCOPE_REPORT_READ | SCOPE_CASE_READ);
	CHECK_OK(scene->call, calendar_key_info(scene->call, &key));
	CHECK_INT(key.last_used_at, scene->call->now);
	CHECK_OK(scene->call, calendar_key_renew(scene->call, &second));
	CHECK(!text_is(first, second));
	CHECK(calendar_key_authenticate(scene->call, first, &owner, &lang) == ERROR_UNAUTHENTICATED);
	call_recover(scene->call);
	CHECK_OK(scene->call, calendar_key_authenticate(scene->call, second, &owner, &lang));
	scene_as(scene, cast.verifier); /* another's revoking ends another's */
	CHECK_OK(scene->call, calendar_key_revoke(scene->call));
	CHECK_OK(scene->call, calendar_key_authenticate(scene->call, second, &owner, &lang));
	scene_as(scene, cast.coordinator);
	CHECK_OK(scene->call, calendar_key_revoke(scene->call));
	CHECK(calendar_key_authenticate(scene->call, second, &owner, &lang) == ERROR_UNAUTHENTICATED);
	call_recover(scene->call);
}

TEST_DB(calendar__made_without_second_factor_shows_no_matters_of_others)
{
	Scene *scene = scene_new(t);
	Cast cast = scene_cast(scene);
	Actor weak = *cast.reporter, owner;
	Text token;
	Lang lang;
	weak.second_factor = false;
	scene_as(scene, &weak);
	CHECK_OK(scene->call, calendar_key_renew(scene->call, &token));
	CHECK_OK(scene->call, calendar_key_authenticate(scene->call, token, &owner, &lang));
	CHECK(!owner.second_factor && !actor_has(&owner, ROLE_NEEDS_FACTOR));
	weak = *cast.coordinator;
	weak.second_factor = false;
	scene_as(scene, &weak);
	CHECK(calendar_key_renew(scene->call, &token) == ERROR_SECOND_FACTOR);
	call_recover(scene->call);
}
