#include "base/sandbox/inspect.h"
#include "harness/scene.h"
#include "people/notice/notice.h"
#include "store/db/db.h"

#include <sys/mman.h>
#include <unistd.h>

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

TEST_DB(thread__newest_message_is_named_on_every_page)
{
	Scene *scene = scene_new(t);
	Cast cast = scene_cast(scene);
	ThreadSubject subject;
	ThreadMembers members;
	ThreadView view, older;
	scene_as(scene, cast.reporter);
	Text ref = scene_report(scene, scene_values(scene)), staff = TEXT("staff");
	CHECK_OK(t->call, subject_of(scene, cast.coordinator, ref, &subject));
	CHECK_OK(t->call, thread_open(t->call, &subject, staff, (Text) { 0 }, 2, &view));
	CHECK(!view.newest.length);
	for (int i = 0; i < 5; i++) CHECK_OK(t->call, thread_write(t->call, &subject, staff, TEXT("word"), &members));
	CHECK_OK(t->call, subject_of(scene, cast.second_coordinator, ref, &subject));
	CHECK_OK(t->call, thread_open(t->call, &subject, staff, (Text) { 0 }, 2, &view));
	CHECK_OK(t->call, thread_open(t->call, &subject, staff, view.older, 2, &older));
	CHECK(text_is(older.newest, view.messages.at[1].ref) && text_is(older.newest, view.newest));
	CHECK_OK(t->call, thread_mark_read(t->call, &subject, staff, older.newest));
	CHECK_OK(t->call, thread_open(t->call, &subject, staff, (Text) { 0 }, 2, &view));
	CHECK_INT(view.unread, 0);
	CHECK_OK(t->call, thread_write(t->call, &subject, TEXT("reporter"), TEXT("word"), &members));
	CHECK_ERROR(t->call, thread_open(t->call, &subject, TEXT("reporter"), older.newest, 2, &view), NOT_FOUND);
}

static bool is_called(const ThreadMembers *members, const Actor *actor)
{
	for (size_t i = 0; i < members->count; i++)
		if (members->at[i].person_id == actor->person_id) return members->at[i].is_called;
	return false;
}

TEST_DB(thread__a_name_after_an_at_calls_that_member_and_nobody_else)
{
	Scene *scene = scene_new(t);
	Cast cast = scene_cast(scene);
	ThreadSubject subject;
	ThreadMembers members;
	Notices notices;
	scene_as(scene, cast.reporter);
	Text ref = scene_report(scene, scene_values(scene)), staff = TEXT("staff"), name = cast.second_coordinator->name;
	CHECK_OK(t->call, subject_of(scene, cast.coordinator, ref, &subject));
	const struct {
		const char *before, *after;
		bool calls;
	} bodies[] = { { "@", "", true }, { "请看 (@", ")", true }, { "看@", "请处理", true }, { "", "", false }, { "a@", "", false },
		{ "@", "x", false }, { "@ ", "", false } };
	for (size_t i = 0; i < COUNT(bodies); i++) {
		Text body = arena_printf(t->arena, "%s%.*s%s", bodies[i].before, TEXT_ARGS(name), bodies[i].after);
		CHECK_OK(t->call, thread_write(t->call, &subject, staff, text_is(body, TEXT("")) ? TEXT("-") : body, &members));
		CHECK(is_called(&members, cast.second_coordinator) == bodies[i].calls && !is_called(&members, cast.coordinator));
	}
	Text outsider = arena_printf(t->arena, "@%.*s", TEXT_ARGS(cast.verifier->name));
	CHECK_OK(t->call, thread_write(t->call, &subject, staff, outsider, &members));
	for (size_t i = 0; i < members.count; i++) CHECK(!members.at[i].is_called);
	CHECK_OK(t->call, thread_write(t->call, &subject, staff, arena_printf(t->arena, "@%.*s", TEXT_ARGS(name)), &members));
	const ThreadPlace place = { report_machine.name, subject.id, subject.seal_key, staff, ref, TEXT("/reports/x") };
	CHECK_OK(t->call, report_tell_members(t->call, &members, NULL, &place));
	scene_as(scene, cast.second_coordinator);
	CHECK_OK(t->call, notice_list(t->call, 0, 1, &notices));
	CHECK(text_find(notices.at[0].subject_line, TEXT("calls you"), NULL) ||
		text_find(notices.at[0].subject_line, TEXT("提到了您"), NULL));
}

static int file_of(const char *content)
{
	int file = memfd_create("file", MFD_CLOEXEC);
	CHECK(file >= 0 && write(file, content, strlen(content)) == (ssize_t)strlen(content));
	return file;
}

TEST_DB(thread__files_go_with_their_message_to_its_audience_alone)
{
	Scene *scene = scene_new(t);
	Cast cast = scene_cast(scene);
	ThreadSubject subject;
	ThreadMembers members;
	ThreadView view;
	AttachmentOwner owner;
	Attachment found;
	const SandboxWork works[] = { [SANDBOX_INSPECT] = inspect_work };
	CHECK_OK(t->call, sandbox_start(t->call, works, COUNT(works), &t->house->sandbox));
	int descriptor = -1, good = file_of("trace"), bad = file_of("MZ");
	scene_as(scene, cast.reporter);
	Text ref = scene_report(scene, scene_values(scene)), staff = TEXT("staff");
	CHECK_OK(t->call, subject_of(scene, cast.coordinator, ref, &subject));
	const ThreadFile files[] = { { TEXT("trace.txt"), good, 5 }, { TEXT("run.notaken"), bad, 2 } };
	CHECK_ERROR(t->call, thread_write_files(t->call, &subject, staff, TEXT("Both"), files, 2, &members), INVALID);
	CHECK_OK(t->call, thread_open(t->call, &subject, staff, (Text) { 0 }, 10, &view));
	CHECK_INT(view.messages.count, 0); /* all of it, or nothing */
	CHECK_OK(t->call, thread_write_files(t->call, &subject, staff, TEXT("One"), files, 1, &members));
	CHECK_OK(t->call, thread_write(t->call, &subject, staff, TEXT("None"), &members));
	CHECK_OK(t->call, thread_open(t->call, &subject, staff, (Text) { 0 }, 10, &view));
	CHECK_INT(view.messages.at[0].files.count, 1);
	CHECK_INT(view.messages.at[1].files.count, 0);
	Text message = view.messages.at[0].ref, other = view.messages.at[1].ref, file = view.messages.at[0].files.at[0].ref;
	CHECK_OK(t->call, thread_files_of(t->call, &subject, staff, message, &owner));
	CHECK_OK(t->call, attachment_find(t->call, owner.kind, owner.subject_id, file, &found));
	CHECK_TEXT(found.name, "trace.txt");
	CHECK_OK(t->call, attachment_open(t->call, &found, &descriptor));
	char bytes[8];
	CHECK(read(descriptor, bytes, sizeof(bytes)) == 5 && !memcmp(bytes, "trace", 5));
	CHECK_OK(t->call, thread_files_of(t->call, &subject, staff, other, &owner));
	CHECK_ERROR(t->call, attachment_find(t->call, owner.kind, owner.subject_id, file, &found), NOT_FOUND);
	CHECK_ERROR(t->call, thread_files_of(t->call, &subject, TEXT("reporter"), message, &owner), NOT_FOUND);
	CHECK_OK(t->call, subject_of(scene, cast.reporter, ref, &subject));
	CHECK_ERROR(t->call, thread_files_of(t->call, &subject, staff, message, &owner), NOT_FOUND);
	close(descriptor);
	close(good);
	close(bad);
}

/* ---- Files of machines, which come before their message */
static Error send_waiting(Test *t, const ThreadSubject *subject, AttachmentOwner *out_owner, Attachment *out)
{
	int64_t received;
	TRY(thread_waiting(t->call, subject, TEXT("reporter"), out_owner));
	TRY(attachment_begin(t->call, *out_owner, TEXT("log.txt"), 3, out));
	TRY(attachment_add(t->call, out, 0, TEXT("abc"), (Text) { 0 }, &received));
	return OK;
}

static Error write_with(Test *t, const ThreadSubject *subject, Text ref)
{
	ThreadMembers members;
	Texts refs = { 0 };
	list_add(t->arena, &refs, ref);
	return thread_write_sent(t->call, subject, TEXT("reporter"), TEXT("See the file."), &refs, &members);
}

TEST_DB(thread__a_file_that_waits_goes_into_one_message_of_who_sent_it_once_it_is_complete)
{
	Scene *scene = scene_new(t);
	Cast cast = scene_cast(scene);
	ThreadSubject subject;
	AttachmentOwner owner;
	Attachment file = { 0 }, found;
	ThreadView view;
	CHECK_OK(t->call, sandbox_start(t->call, (const SandboxWork[]) { [SANDBOX_INSPECT] = inspect_work }, 1, &t->house->sandbox));
	scene_as(scene, cast.reporter);
	Text ref = scene_report(scene, scene_values(scene));
	CHECK_OK(t->call, subject_of(scene, cast.reporter, ref, &subject));
	CHECK_OK(t->call, send_waiting(t, &subject, &owner, &file));
	CHECK_ERROR(t->call, write_with(t, &subject, file.ref), INVALID); /* half a file */
	CHECK_OK(t->call, attachment_finish(t->call, &file));
	CHECK_OK(t->call, subject_of(scene, cast.coordinator, ref, &subject));
	CHECK_ERROR(t->call, thread_waiting_file(t->call, &owner, file.ref, &found),
		NOT_FOUND); /* of the same conversation, not of this person */
	CHECK_ERROR(t->call, write_with(t, &subject, file.ref), INVALID);
	CHECK_OK(t->call, subject_of(scene, cast.reporter, ref, &subject));
	CHECK_OK(t->call, write_with(t, &subject, file.ref));
	CHECK_ERROR(t->call, write_with(t, &subject, file.ref), INVALID); /* twice */
	CHECK_OK(t->call, thread_open(t->call, &subject, TEXT("reporter"), (Text) { 0 }, 10, &view));
	CHECK_INT(view.messages.count, 1);
	CHECK_INT(view.messages.at[0].files.count, 1);
	sandbox_stop(&t->house->sandbox);
}

TEST_DB(thread__files_nobody_sent_are_swept_after_a_day_and_use_up_nobody_elses_room)
{
	Scene *scene = scene_new(t);
	Cast cast = scene_cast(scene);
	ThreadSubject subject;
	AttachmentOwner owner;
	Attachment file;
	Attachments left;
	int64_t removed = 0;
	scene_as(scene, cast.reporter);
	Text ref = scene_report(scene, scene_values(scene));
	CHECK_OK(t->call, subject_of(scene, cast.reporter, ref, &subject));
	for (int i = 0; i < ATTACHMENTS_MAX; i++) CHECK_OK(t->call, send_waiting(t, &subject, &owner, &file));
	CHECK_ERROR(t->call, send_waiting(t, &subject, &owner, &file), TOO_LARGE);
	CHECK_OK(t->call, subject_of(scene, cast.coordinator, ref, &subject));
	CHECK_OK(t->call, send_waiting(t, &subject, &owner, &file)); /* the room of others is theirs */
	t->call->now += (int64_t)23 * 3600000;
	CHECK_OK(t->call, thread_sweep(t->call, &removed));
	CHECK_INT(removed, 0);
	t->call->now += (int64_t)2 * 3600000;
	CHECK_OK(t->call, thread_sweep(t->call, &removed));
	CHECK_INT(removed, ATTACHMENTS_MAX + 1);
	CHECK_OK(t->call, attachment_list(t->call, owner.kind, owner.subject_id, &left));
	CHECK_INT(left.count, 0);
}
