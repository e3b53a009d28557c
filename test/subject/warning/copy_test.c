/* Copies of warnings that are not public: whose they are, in words and as a mark, and that each was fetched. */
#include "store/ledger/ledger.h"
#include "subject/warning/warning_fixture.h"
#include "work/copy/copy.h"

static Text pages_of_copy(WarningWorld *world, const Actor *actor, Text ref, WarningCopy *out)
{
	Call *call = world->scene->call;
	Text pdf;
	Warning warning = warning_seen(world, actor, ref);
	CHECK_OK(call, warning_copy_take(call, &warning, "pdf", out));
	WarningDocument document = { .number = warning.number, .n = 1, .at = warning.sent_at, .values = warning.values, .copy = out };
	CHECK_OK(call, warning_pdf(call, &document, &pdf));
	return pdf;
}

static size_t downloads_of(WarningWorld *world, Text ref)
{
	Events events;
	scene_as(world->scene, &actor_system);
	CHECK_OK(world->scene->call, ledger_events_of_action(world->scene->call, "warning", ref, "download", 0, 50, &events));
	return events.count;
}

TEST_DB(warning__a_limited_one_is_fetched_as_a_marked_copy_and_that_is_recorded)
{
	WarningWorld world = warning_world(t);
	WarningCopy first, again, other, none;
	CopyMark mark;
	Text ref = warning_written(&world, NULL), word;
	for (int v = 0; v < 2; v++)
		warning_aim_at(&world, ref, VALUES(world.scene, "kind", "organisation", "credit_code", warning_code(t, v)));
	warning_sent(&world, ref);
	CHECK_INT(downloads_of(&world, ref), 0);
	Text pdf = pages_of_copy(&world, world.vendors[0], ref, &first), second = pages_of_copy(&world, world.vendors[0], ref, &again),
	     others = pages_of_copy(&world, world.vendors[1], ref, &other);
	CHECK_INT(downloads_of(&world, ref), 3);
	CHECK(first.mark == again.mark && text_is(first.ref, again.ref));
	CHECK(first.mark != other.mark && !text_is(first.ref, other.ref) && !text_is(pdf, others));
	CHECK(text_is(pdf, second)); /* within the same minute */
	CHECK(text_find(first.recipient, TEXT("甲科技"), NULL) && text_find(other.recipient, TEXT("乙科技"), NULL));
	scene_as(world.scene, world.coordinator);
	CHECK_OK(t->call, copy_mark_find(t->call, other.mark, &mark));
	CHECK(text_is(mark.subject_ref, ref) && text_find(mark.recipient, TEXT("乙科技"), NULL));
	Warning warning = warning_seen(&world, world.vendors[0], ref);
	WarningDocument document = { .number = warning.number, .n = 1, .at = warning.sent_at, .values = warning.values, .copy = &first };
	CHECK_OK(t->call, warning_word(t->call, &document, &word));
	scene_as(world.scene, world.vendors[2]);
	warning.is_told = warning.is_staff = warning.is_owner = false;
	CHECK_ERROR(t->call, warning_copy_take(t->call, &warning, "pdf", &none), NOT_FOUND);
}
