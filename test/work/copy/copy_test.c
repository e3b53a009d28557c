#include "engine/mark/photo.h"
#include "engine/picture/picture.h"
#include "harness/scene.h"
#include "store/db/db.h"
#include "store/ledger/ledger.h"
#include "store/seal/seal.h"
#include "work/copy/copy.h"

typedef struct Taking {
	const char *copy_ref;
	uint64_t mark;
} Taking;

static Error take(Call *call, void *argument)
{
	Taking *taking = argument;
	CopyFor copy = { .kind = TEXT("party"),
		.subject_ref = TEXT("P-2026-0001"),
		.copy_ref = text_from(taking->copy_ref),
		.recipient = TEXT("示例科技有限公司，张三"),
		.person_id = 7,
		.seal_key = SEAL_MATTER_LIBRARY };
	return copy_mark_take(call, &copy, &taking->mark);
}

static void start_sandbox(Test *t)
{
	const SandboxWork works[] = { [SANDBOX_MARK] = mark_work };
	CHECK_OK(t->call, sandbox_start(t->call, works, COUNT(works), &t->house->sandbox));
}

TEST_DB(copy__a_copy_keeps_its_mark_and_two_copies_have_two)
{
	Taking first = { "COPYAAAA", 0 }, again = { "COPYAAAA", 0 }, second = { "COPYBBBB", 0 };
	CopyMark copy;
	CHECK_OK(t->call, db_transact(t->call, take, &first));
	CHECK_OK(t->call, db_transact(t->call, take, &again));
	CHECK_OK(t->call, db_transact(t->call, take, &second));
	CHECK(first.mark == again.mark && first.mark != second.mark && first.mark >> MARK_COPY_BITS == 0);
	t->call->actor = &actor_system;
	CHECK_OK(t->call, copy_mark_find(t->call, first.mark, &copy));
	CHECK_TEXT(copy.recipient, "示例科技有限公司，张三");
	CHECK_TEXT(copy.copy_ref, "COPYAAAA");
	CHECK_ERROR(t->call, copy_mark_find(t->call, first.mark ^ 1, &copy), NOT_FOUND);
}

TEST_DB(copy__only_coordinators_learn_whose_copy_it_is)
{
	start_sandbox(t);
	Scene *scene = scene_new(t);
	Cast cast = scene_cast(scene);
	Taking taking = { "COPYCCCC", 0 };
	CopyMark copy;
	CopyReading reading;
	CHECK_OK(t->call, db_transact(t->call, take, &taking));
	const Actor *others[] = { cast.reporter, cast.verifier, cast.publisher, &actor_visitor };
	for (size_t i = 0; i < COUNT(others); i++) {
		scene_as(scene, others[i]);
		CHECK_ERROR(t->call, copy_mark_find(t->call, taking.mark, &copy), FORBIDDEN);
		CHECK_ERROR(t->call, copy_read_photo(t->call, TEXT("P5 1 1 255\nx"), &reading), FORBIDDEN);
	}
	scene_as(scene, cast.coordinator);
	CHECK_OK(t->call, copy_mark_find(t->call, taking.mark, &copy));
	CHECK_ERROR(t->call, copy_read_photo(t->call, TEXT("no picture"), &reading), INVALID);
}

TEST_DB(copy__a_photograph_names_the_recipient_and_that_is_recorded)
{
	start_sandbox(t);
	Scene *scene = scene_new(t);
	Cast cast = scene_cast(scene);
	Taking taking = { "COPYDDDD", 0 };
	CopyReading reading;
	Events events;
	CHECK_OK(t->call, db_transact(t->call, take, &taking));
	Arena *arena scoped(arena_free) = arena_new((size_t)1 << 30);
	Sheet sheet = photo_print(arena, 5, (int64_t)taking.mark);
	Photo photo = photo_take(arena, &sheet, 5);
	scene_as(scene, cast.coordinator);
	CHECK_OK(t->call, copy_read_photo(t->call, photo.jpeg, &reading));
	CHECK(reading.known && reading.copy.mark == taking.mark);
	CHECK_TEXT(reading.copy.subject_ref, "P-2026-0001");
	CHECK_OK(t->call, ledger_events_of_subject(t->call, "copy", TEXT("COPYDDDD"), 0, 10, &events));
	CHECK_INT(events.count, 1);
}
