/* Public warnings in the search of the library, and warnings on people's own pages. */
#include "store/db/db.h"
#include "subject/desk/desk.h"
#include "subject/library/library.h"
#include "subject/warning/warning_fixture.h"
#include "subject/warning/warning_private.h"

/* The kinds found, in order: "advisory warning". */
static Text found(WarningWorld *world, LibraryQuery query)
{
	Call *call = world->scene->call;
	LibraryPage page;
	Buffer kinds = { .arena = call->arena };
	call->actor = &actor_visitor;
	CHECK_OK(call, library_search(call, &query, &page));
	for (size_t i = 0; i < page.items.count; i++) buffer_printf(&kinds, "%s%.*s", i ? " " : "", TEXT_ARGS(page.items.at[i].kind));
	return kinds.length ? buffer_text(&kinds) : TEXT("");
}

#define BOTH(question_) ((LibraryQuery) { .question = TEXT(question_), .kinds = LIBRARY_BOTH })

static Text published(WarningWorld *world)
{
	Text ref = warning_written(world, NULL);
	warning_aim_at(world, ref, VALUES(world->scene, "kind", "public"));
	warning_sent(world, ref);
	return ref;
}

static Error put_record(Call *call, void *argument)
{
	scoped(advisory_finisher_free) AdvisoryFinisher *finisher = advisory_finisher_new();
	AdvisoryFinished finished;
	AdvisoryOutcome outcome;
	Text why, document = arena_printf(call->arena,
			  "{\"dataType\":\"CVE_RECORD\",\"dataVersion\":\"5.1\",\"cveMetadata\":{\"cveId\":\"%s\",\"state\":\"PUBLISHED\","
			  "\"datePublished\":\"2020-01-01T00:00:00Z\"},\"containers\":{\"cna\":{\"title\":\"CanaryPush leaks\"}}}",
			  (const char *)argument);
	if (!advisory_finish(finisher, call->arena, FORM_CVE5, document, &finished, &why))
		return fail(call, INVALID, "%.*s", TEXT_ARGS(why));
	return advisory_put(call, &finished, &outcome);
}

TEST_DB(warning__a_public_one_is_found_beside_records_and_by_its_kind)
{
	WarningWorld world = warning_world(t);
	char number[] = "CVE-2020-0001";
	CHECK_OK(t->call, db_transact(t->call, put_record, number));
	(void)published(&world);
	CHECK_TEXT(found(&world, BOTH("canarypush")), "warning advisory"); /* newest first */
	CHECK_TEXT(found(&world, BOTH("")), "warning advisory");
	CHECK_TEXT(found(&world, (LibraryQuery) { .question = TEXT("canarypush") }), "advisory");
	CHECK_TEXT(found(&world, (LibraryQuery) { .question = TEXT("canarypush"), .kinds = LIBRARY_WARNINGS }), "warning");
	CHECK_TEXT(found(&world, (LibraryQuery) { .kinds = LIBRARY_WARNINGS }), "warning");
	CHECK_TEXT(found(&world, BOTH("远程控制")), "warning"); /* what it does, not its title alone */
	CHECK_TEXT(found(&world, (LibraryQuery) { .question = TEXT("canarypush"), .kinds = LIBRARY_BOTH, .by_relevance = true }),
		"warning advisory");
	CHECK_TEXT(found(&world, (LibraryQuery) { .kinds = LIBRARY_BOTH, .year = TEXT("2020") }), "advisory");
	CHECK_TEXT(found(&world, (LibraryQuery) { .kinds = LIBRARY_BOTH, .level = TEXT("none") }), "advisory"); /* it has no level */
}

TEST_DB(warning__one_to_organisations_is_in_no_search)
{
	WarningWorld world = warning_world(t);
	Text ref = warning_written(&world, NULL);
	warning_aim_at(&world, ref, VALUES(world.scene, "kind", "units"));
	warning_sent(&world, ref);
	CHECK_TEXT(found(&world, BOTH("canarypush")), "");
	CHECK_TEXT(found(&world, BOTH("")), "");
}

TEST_DB(warning__a_corrected_one_is_found_by_its_new_words_and_a_withdrawn_one_by_none)
{
	WarningWorld world = warning_world(t);
	Text ref = published(&world);
	Map *values = warning_values(&world);
	form_set(t->arena, values, TEXT("harm_zh"), TEXT("可致通讯录泄露。"));
	form_set(t->arena, values, TEXT("reason"), TEXT("更正危害。"));
	scene_as(world.scene, world.coordinator);
	CHECK_OK(t->call, warning_act(t->call, ref, TEXT("correct"), 0, values));
	CHECK_TEXT(found(&world, BOTH("通讯录")), ""); /* it waits for approval */
	CHECK_OK(t->call, warning_do(&world, world.publisher, ref, "issue"));
	CHECK_TEXT(found(&world, BOTH("通讯录")), "warning");
	CHECK_TEXT(found(&world, BOTH("远程控制")), "");
	CHECK_OK(t->call, warning_do(&world, world.publisher, ref, "withdraw"));
	CHECK_TEXT(found(&world, BOTH("通讯录")), "");
	CHECK_TEXT(found(&world, BOTH("canarypush")), "");
	CHECK_TEXT(found(&world, BOTH("")), "");
}

TEST_DB(library__pages_through_records_and_warnings_of_one_second_show_each_once)
{
	enum { EACH = 5, PAGE = 3 };
	WarningWorld world = warning_world(t);
	LibraryQuery query = { .kinds = LIBRARY_BOTH, .limit = PAGE };
	LibraryPage page;
	Texts seen = { 0 }, back = { 0 };
	for (int i = 0; i < EACH; i++) {
		char number[32];
		snprintf(number, sizeof(number), "CVE-2020-%04d", i + 1);
		CHECK_OK(t->call, db_transact(t->call, put_record, number));
		(void)published(&world);
	}
	t->call->actor = &actor_visitor;
	do {
		CHECK_OK(t->call, library_search(t->call, &query, &page));
		CHECK(page.items.count && page.items.count <= PAGE);
		for (size_t i = 0; i < page.items.count; i++) {
			for (size_t k = 0; k < seen.count; k++) CHECK(!text_is(seen.at[k], page.items.at[i].identifier));
			list_add(t->arena, &seen, page.items.at[i].identifier);
		}
		query.cursor = page.next;
	} while (page.next.length);
	CHECK_INT(seen.count, 2 * EACH);
	for (; page.previous.length; query.cursor = page.previous) {
		query.cursor = page.previous;
		CHECK_OK(t->call, library_search(t->call, &query, &page));
		for (size_t i = page.items.count; i > 0; i--) list_add(t->arena, &back, page.items.at[i - 1].identifier);
	}
	for (size_t i = 0; i < back.count; i++) CHECK(text_is(back.at[i], seen.at[back.count - 1 - i]));
	CHECK(back.count >= 2 * EACH - PAGE);
}

/* ---- The desk */
static const WorkLine *line_on(WarningWorld *world, const Actor *actor, Desk *desk)
{
	Call *call = world->scene->call;
	call_recover(call);
	scene_as(world->scene, actor);
	CHECK_OK(call, desk_load(call, TEXT(""), desk));
	for (size_t i = 0; i < desk->turn.count; i++)
		if (desk->turn.at[i].machine == &warning_machine) return &desk->turn.at[i];
	return NULL;
}

static bool waits_for(WarningWorld *world, const Actor *actor)
{
	Desk desk;
	return line_on(world, actor, &desk) != NULL;
}

TEST_DB(warning__waits_on_the_desk_of_whose_turn_it_is_and_on_no_other)
{
	WarningWorld world = warning_world(t);
	Desk desk;
	Text ref = warning_written(&world, world.unit);
	CHECK(!waits_for(&world, world.coordinator)); /* the unit's own affair yet */
	CHECK_OK(t->call, warning_do(&world, world.unit, ref, "submit"));
	CHECK(waits_for(&world, world.coordinator) && !waits_for(&world, world.publisher) && !waits_for(&world, world.unit));
	CHECK_OK(t->call, warning_do(&world, world.coordinator, ref, "return"));
	CHECK(waits_for(&world, world.unit) && !waits_for(&world, world.coordinator));
	CHECK_OK(t->call, warning_do(&world, world.unit, ref, "submit"));
	warning_aim_at(&world, ref, VALUES(world.scene, "kind", "organisation", "credit_code", warning_code(t, 0)));
	CHECK_OK(t->call, warning_do(&world, world.coordinator, ref, "assess"));
	CHECK(waits_for(&world, world.publisher) && !waits_for(&world, world.coordinator) && !waits_for(&world, world.vendors[0]));
	CHECK_OK(t->call, warning_do(&world, world.publisher, ref, "send"));
	CHECK(!waits_for(&world, world.vendors[1]) && !waits_for(&world, world.unit) && !waits_for(&world, world.publisher));
	const WorkLine *line = line_on(&world, world.vendors[0], &desk);
	CHECK(line && line->clock.clock && line->clock.due_at > t->call->now && line->title.length > 0);
	CHECK(desk.events.count && desk.events.at[0].machine == &warning_machine);
	scene_as(world.scene, world.vendors[0]);
	CHECK_OK(t->call, warning_acknowledge(t->call, ref, VALUES(world.scene, "confirm", "yes")));
	CHECK(!waits_for(&world, world.vendors[0]));
}

TEST_DB(attack__a_desk_without_second_factor_names_no_warning)
{
	WarningWorld world = warning_world(t);
	Desk desk;
	Text ref = warning_written(&world, world.unit);
	warning_aim_at(&world, (CHECK_OK(t->call, warning_do(&world, world.unit, ref, "submit")), ref),
		VALUES(world.scene, "kind", "organisation", "credit_code", warning_code(t, 0)));
	warning_sent(&world, ref);
	Actor weak = *world.vendors[0];
	weak.second_factor = false;
	CHECK(!line_on(&world, &weak, &desk));
	for (size_t i = 0; i < desk.events.count; i++) CHECK(desk.events.at[i].machine != &warning_machine);
	CHECK(line_on(&world, world.vendors[0], &desk) != NULL);
}

/* ---- The index of those that were public before there was one */
static Error forget(Call *call, void *argument)
{
	WarningPublicRows rows;
	(void)argument;
	TRY(warning_public_rows(call, INT64_MAX, 0, 10, &rows));
	CHECK_INT(rows.count, 1);
	return warning_unindex(call, &rows.at[0]);
}

TEST_DB(warning__what_the_search_does_not_know_yet_is_put_into_it)
{
	WarningWorld world = warning_world(t);
	int64_t count = 1;
	(void)published(&world);
	t->call->actor = &actor_system;
	CHECK_OK(t->call, warning_index_rest(t->call, 50, &count));
	CHECK_INT(count, 0);
	CHECK_OK(t->call, db_transact(t->call, forget, NULL));
	CHECK_TEXT(found(&world, BOTH("canarypush")), "");
	CHECK_OK(t->call, warning_index_rest(t->call, 50, &count));
	CHECK_INT(count, 1);
	CHECK_TEXT(found(&world, BOTH("canarypush")), "warning");
}
