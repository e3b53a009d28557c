#include "harness/scene.h"

static Error subject_of(Scene *scene, const Actor *actor, Text ref, ThreadSubject *out)
{
	Report *report = arena_new_of(scene->t->arena, Report);
	scene_as(scene, actor);
	Error error = report_open(scene->call, ref, report);
	if (error == OK) report_threads(report, out);
	return error;
}

static int64_t unread(Test *t, const ThreadSubject *subject, ThreadView *out)
{
	CHECK_OK(t->call, thread_open(t->call, subject, TEXT("reporter"), (Text) { 0 }, 10, out));
	return out->unread;
}

TEST_DB(thread__unread_marks_are_each_readers_own_and_only_go_when_told)
{
	Scene *scene = scene_new(t);
	Cast cast = scene_cast(scene);
	ThreadSubject subject;
	ThreadMembers members;
	ThreadView view;
	scene_as(scene, cast.reporter);
	Text ref = scene_report(scene, scene_values(scene)), thread = TEXT("reporter");
	CHECK_OK(t->call, subject_of(scene, cast.coordinator, ref, &subject));
	CHECK_OK(t->call, thread_write(t->call, &subject, thread, TEXT("one"), &members));
	CHECK_OK(t->call, thread_write(t->call, &subject, thread, TEXT("two"), &members));
	CHECK_INT(unread(t, &subject, &view), 0);
	const Actor *readers[] = { cast.reporter, cast.second_coordinator };
	for (size_t i = 0; i < COUNT(readers); i++) {
		CHECK_OK(t->call, subject_of(scene, readers[i], ref, &subject));
		CHECK_INT(unread(t, &subject, &view), 2);
		CHECK_INT(unread(t, &subject, &view), 2); /* showing is not reading */
		CHECK_OK(t->call, thread_mark_read(t->call, &subject, thread, view.messages.at[0].ref));
		CHECK_INT(unread(t, &subject, &view), 1);
		CHECK(!view.messages.at[0].unread && view.messages.at[1].unread);
		CHECK_OK(t->call, thread_mark_read(t->call, &subject, thread, view.messages.at[1].ref));
		CHECK_OK(t->call, thread_mark_read(t->call, &subject, thread, view.messages.at[0].ref)); /* never backwards */
		CHECK_INT(unread(t, &subject, &view), 0);
		CHECK_OK(t->call, thread_mark_unread(t->call, &subject, thread, view.messages.at[1].ref));
		CHECK_INT(unread(t, &subject, &view), 1);
	}
}

TEST_DB(thread__who_is_named_is_who_may_read_and_write)
{
	Scene *scene = scene_new(t);
	Cast cast = scene_cast(scene);
	ThreadSubject subject;
	ThreadMembers members, others;
	ThreadView view;
	scene_as(scene, cast.reporter);
	Text ref = scene_report(scene, scene_values(scene));
	CHECK_OK(t->call, subject_of(scene, cast.coordinator, ref, &subject));
	CHECK_OK(t->call, thread_write(t->call, &subject, TEXT("staff"), TEXT("among us"), &members));
	CHECK_INT(members.count, 2);
	const Actor *people[] = { cast.reporter, cast.coordinator, cast.second_coordinator, cast.verifier, cast.publisher, &actor_visitor };
	for (size_t i = 0; i < COUNT(people); i++) {
		bool named = false;
		for (size_t k = 0; k < members.count; k++) named |= members.at[k].person_id == people[i]->person_id;
		scene_as(scene, people[i]);
		Error reading = thread_open(t->call, &subject, TEXT("staff"), (Text) { 0 }, 10, &view);
		call_recover(t->call);
		Error writing = thread_write(t->call, &subject, TEXT("staff"), TEXT("x"), &others);
		call_recover(t->call);
		CHECK(named ? reading == OK && writing == OK : reading == ERROR_NOT_FOUND && writing == ERROR_NOT_FOUND);
	}
}

TEST_DB(thread__pages_lose_and_repeat_nothing)
{
	Scene *scene = scene_new(t);
	Cast cast = scene_cast(scene);
	ThreadSubject subject;
	ThreadMembers members;
	ThreadView view = { 0 };
	scene_as(scene, cast.reporter);
	Text ref = scene_report(scene, scene_values(scene));
	CHECK_OK(t->call, subject_of(scene, cast.coordinator, ref, &subject));
	for (int i = 0; i < 7; i++)
		CHECK_OK(t->call, thread_write(t->call, &subject, TEXT("staff"), arena_printf(t->arena, "%d", i), &members));
	int expected = 7;
	do {
		CHECK_OK(t->call, thread_open(t->call, &subject, TEXT("staff"), view.older, 3, &view));
		for (size_t i = view.messages.count; i-- > 0;)
			CHECK(text_is(view.messages.at[i].body, arena_printf(t->arena, "%d", --expected)));
	} while (view.older.length);
	CHECK_INT(expected, 0);
}
