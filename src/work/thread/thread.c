#include "work/thread/thread.h"

#include "base/base/random.h"
#include "people/person/person.h"
#include "store/seal/seal.h"
#include "work/thread/thread.sql.h"
#include "work/thread/thread_mail.h"

static const char PLACE[] = "message|sealed_body";
static const char FILES[] = "message", WAITING_FILES[] = "message-waiting"; /* waiting: until their message is written */
enum { BODY_LENGTH = 20000, SWEPT_AT_ONCE = 100 };
#define WAITING_MS ((int64_t)24 * 3600000)

/* ---- Who belongs to it: the one list that decides and is shown */
static const ThreadMember *member_of(const ThreadMembers *members, int64_t person_id)
{
	for (size_t i = 0; i < members->count; i++)
		if (members->at[i].person_id == person_id) return &members->at[i];
	return NULL;
}

/* NOT_FOUND unless the audience exists and the actor belongs to it. */
static Error enter(Call *call, const ThreadSubject *subject, Text name, const Audience **out, ThreadMembers *out_members)
{
	for (size_t i = 0; i < subject->audience_count; i++) {
		const Audience *audience = &subject->audiences[i];
		if (!text_is(text_from(audience->name), name)) continue;
		TRY(subject->members(call, subject, audience, out_members));
		if (!member_of(out_members, call->actor->person_id)) break;
		*out = audience;
		return OK;
	}
	return fail(call, NOT_FOUND, "no thread %.*s of %s %lld for this actor", TEXT_ARGS(name), subject->machine, (long long)subject->id);
}

static Error find(Call *call, const ThreadSubject *subject, const Audience *audience, ThreadRow *out, bool *out_found)
{
	return thread_find_of(call, text_from(subject->machine), subject->id, text_from(audience->name), out, out_found);
}

static Error read_up_to(Call *call, int64_t thread_id, int64_t *out)
{
	bool found = false;
	int64_t mark = 0;
	if (call->actor->person_id) TRY(read_mark_find(call, thread_id, call->actor->person_id, &mark, &found));
	*out = found ? mark : 0;
	return OK;
}

static Error count_unread(Call *call, const ThreadSubject *subject, const Audience *audience, int64_t *out)
{
	ThreadRow thread;
	bool found = false;
	int64_t mark = 0;
	*out = 0;
	TRY(find(call, subject, audience, &thread, &found));
	if (!found || !call->actor->person_id) return OK;
	TRY(read_up_to(call, thread.id, &mark));
	return message_count_unread(call, thread.id, mark, call->actor->person_id, out);
}

Error thread_list(Call *call, const ThreadSubject *subject, ThreadViews *out)
{
	ThreadViews views = { 0 };
	for (size_t i = 0; i < subject->audience_count; i++) {
		ThreadView view = { .audience = &subject->audiences[i] };
		TRY(subject->members(call, subject, view.audience, &view.members));
		if (!member_of(&view.members, call->actor->person_id)) continue;
		TRY(count_unread(call, subject, view.audience, &view.unread));
		list_add(call->arena, &views, view);
	}
	*out = views;
	return OK;
}

static Error author_name(Call *call, int64_t person_id, Text *out)
{
	Person person;
	if (!person_id) {
		*out = tr(call->lang, N_("Reporter without account"));
		return OK;
	}
	TRY(person_find(call, person_id, &person));
	*out = person_shown_name(&person);
	return OK;
}

static Error show(Call *call, const ThreadView *view, const MessageRow *row, int64_t mark, ThreadMessage *out)
{
	int64_t person_id = row->person_id.is ? row->person_id.value : 0;
	const ThreadMember *member = member_of(&view->members, person_id);
	ThreadMessage message = {
		.id = row->id, .sent_at = row->sent_at, .ref = row->ref, .own = person_id == call->actor->person_id, .by_mail = row->by_mail
	};
	TRY(seal_open(call, PLACE, row->ref, row->sealed_body, &message.body));
	if (row->files) TRY(attachment_list(call, FILES, row->id, &message.files));
	message.unread = !message.own && call->actor->person_id && row->id > mark;
	if (member) {
		message.author = member->name;
		message.author_role = member->role;
	} else
		TRY(author_name(call, person_id, &message.author));
	*out = message;
	return OK;
}

static Error load(Call *call, int64_t thread_id, Text before, int64_t max, ThreadView *view)
{
	int64_t before_id = INT64_MAX, mark = 0;
	bool found = false;
	MessageRows rows;
	TRY(message_newest(call, thread_id, &view->newest, &found));
	if (before.length) TRY(message_find_in(call, thread_id, before, &before_id));
	TRY(read_up_to(call, thread_id, &mark));
	TRY(message_list_before(call, thread_id, before_id, max + 1, &rows));
	size_t shown = rows.count > (size_t)max ? (size_t)max : rows.count;
	for (size_t i = shown; i-- > 0;) {
		ThreadMessage message;
		TRY(show(call, view, &rows.at[i], mark, &message));
		list_add(call->arena, &view->messages, message);
	}
	if (rows.count > shown) view->older = rows.at[shown - 1].ref;
	return OK;
}

Error thread_open(Call *call, const ThreadSubject *subject, Text audience, Text before, int64_t max, ThreadView *out)
{
	ThreadView view = { 0 };
	ThreadRow thread;
	bool found = false;
	TRY(enter(call, subject, audience, &view.audience, &view.members));
	TRY(find(call, subject, view.audience, &thread, &found));
	if (found) TRY(load(call, thread.id, before, max, &view));
	TRY(count_unread(call, subject, view.audience, &view.unread));
	*out = view;
	return OK;
}

/* ---- Who is called: @ and a handle, or the name that the others see; the longest that fits */
static bool is_word(char byte)
{
	return byte == '_' || byte == '-' || (byte >= '0' && byte <= '9') || ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z');
}

static size_t length_of_call(Text rest, Text name)
{
	if (!name.length || rest.length < name.length || !text_is_nocase(text_slice(rest, 0, name.length), name)) return 0;
	bool goes_on = rest.length > name.length && is_word(name.at[name.length - 1]) && is_word(rest.at[name.length]);
	return goes_on ? 0 : name.length;
}

static void call_one(Text rest, const Text *handles, const ThreadMembers *members)
{
	size_t longest = 0;
	ThreadMember *called = NULL;
	for (size_t i = 0; i < members->count; i++) {
		size_t by_handle = length_of_call(rest, handles[i]), by_name = length_of_call(rest, members->at[i].name);
		size_t length = by_handle > by_name ? by_handle : by_name;
		if (length <= longest || !members->at[i].person_id) continue;
		longest = length;
		called = &members->at[i];
	}
	if (called) called->is_called = true;
}

static Error find_called(Call *call, Text body, const ThreadMembers *members)
{
	if (!text_find(body, TEXT("@"), NULL)) return OK;
	Text *handles = arena_array_of(call->arena, Text, members->count + 1);
	for (size_t i = 0; i < members->count; i++) {
		Person person = { 0 };
		if (members->at[i].person_id) TRY(person_find(call, members->at[i].person_id, &person));
		handles[i] = person.handle;
	}
	for (size_t i = 0; i + 1 < body.length; i++) {
		if (body.at[i] != '@' || (i && is_word(body.at[i - 1]))) continue; /* a mail address calls nobody */
		call_one(text_slice(body, i + 1, body.length), handles, members);
	}
	return OK;
}

/* ---- Writing */
typedef struct Writing {
	const ThreadSubject *subject;
	Text audience, body;
	const ThreadFile *files;
	size_t file_count;
	bool by_mail;
	Attachments stored;
	ThreadRow thread;
	ThreadMembers members;
} Writing;

static Error prepare(Call *call, void *argument)
{
	Writing *writing = argument;
	const ThreadSubject *subject = writing->subject;
	const Audience *audience;
	bool found = false;
	TRY(enter(call, subject, writing->audience, &audience, &writing->members));
	TRY(thread_insert(call, random_code(call->arena, 16), text_from(subject->machine), subject->id, text_from(audience->name),
		subject->seal_key, call->now));
	TRY(find(call, subject, audience, &writing->thread, &found));
	return found ? OK : fail(call, CORRUPT, "a thread that was just made is not there");
}

static Error write_message(Call *call, void *argument)
{
	Writing *writing = argument;
	int64_t id = 0, person_id = call->actor->person_id;
	Sealed sealed;
	Text ref = random_code(call->arena, 16);
	TRY(prepare(call, writing));
	TRY(seal_close(call, writing->thread.seal_key, PLACE, ref, writing->body, &sealed));
	TRY(message_insert(call, ref, writing->thread.id, (Maybe) { person_id != 0, person_id }, sealed, (int64_t)writing->stored.count,
		writing->by_mail, call->now, &id));
	TRY(thread_mail_sent(call, writing->subject, writing->audience));
	for (size_t i = 0; i < writing->stored.count; i++) TRY(attachment_give(call, &writing->stored.at[i], FILES, id));
	TRY(find_called(call, writing->body, &writing->members));
	return person_id ? read_mark_raise(call, writing->thread.id, person_id, id) : OK;
}

static void check_body(Call *call, Text body, size_t file_count)
{
	if (!body.length)
		call_problem(call, TEXT("body"), N_("Please write something."), (Text) { 0 });
	else if (!text_is_utf8(body))
		call_problem(call, TEXT("body"), N_("This contains signs that cannot be stored."), (Text) { 0 });
	else if (text_utf8_length(body) > BODY_LENGTH)
		call_problem(call, TEXT("body"), N_("At most %s characters."), arena_printf(call->arena, "%d", BODY_LENGTH));
	if (file_count > THREAD_FILES_MAX)
		call_problem(call, TEXT("files"), N_("At most %s files."), arena_printf(call->arena, "%d", THREAD_FILES_MAX));
}

static AttachmentOwner waiting_of(const ThreadRow *thread)
{
	return (AttachmentOwner) { WAITING_FILES, thread->id, thread->seal_key, .is_personal = true };
}

/* Outside of the transaction that writes the message: looking at a file takes its time. Until then nobody can fetch it. */
static Error store_files(Call *call, Writing *writing)
{
	AttachmentOwner owner = waiting_of(&writing->thread);
	for (size_t i = 0; i < writing->file_count; i++) {
		const ThreadFile *file = &writing->files[i];
		Attachment stored;
		TRY(attachment_store(call, owner, file->name, file->descriptor, file->size_bytes, &stored));
		list_add(call->arena, &writing->stored, stored);
	}
	return db_transact(call, write_message, writing);
}

/* Takes back the files of a message that was not written, and keeps what went wrong. */
static void forget_files(Call *call, const Writing *writing)
{
	Failure failure = call->failure;
	for (size_t i = 0; i < writing->stored.count; i++) {
		call_recover(call);
		if (attachment_remove(call, &writing->stored.at[i]) != OK) call_recover(call);
	}
	call->failure = failure;
}

Error thread_write_files(Call *call, const ThreadSubject *subject, Text audience, Text body, const ThreadFile *files, size_t count,
	ThreadMembers *out_members)
{
	Writing writing = { .subject = subject, .audience = audience, .body = text_trim(body), .files = files, .file_count = count };
	check_body(call, writing.body, count);
	TRY(call_check_problems(call));
	if (count) TRY(db_transact(call, prepare, &writing));
	Error error = store_files(call, &writing);
	if (error != OK) {
		forget_files(call, &writing);
		return error;
	}
	*out_members = writing.members;
	return OK;
}

Error thread_write(Call *call, const ThreadSubject *subject, Text audience, Text body, ThreadMembers *out_members)
{
	return thread_write_files(call, subject, audience, body, NULL, 0, out_members);
}

Error thread_write_mail(Call *call, const ThreadSubject *subject, Text audience, Text body, ThreadMembers *out_members)
{
	Writing writing = { .subject = subject, .audience = audience, .body = text_trim(body), .by_mail = true };
	check_body(call, writing.body, 0);
	TRY(call_check_problems(call));
	TRY(db_transact(call, write_message, &writing));
	*out_members = writing.members;
	return OK;
}

/* ---- Files that come before their message */
Error thread_waiting(Call *call, const ThreadSubject *subject, Text audience, AttachmentOwner *out)
{
	Writing writing = { .subject = subject, .audience = audience };
	TRY(db_transact(call, prepare, &writing));
	*out = waiting_of(&writing.thread);
	return OK;
}

Error thread_waiting_file(Call *call, const AttachmentOwner *owner, Text ref, Attachment *out)
{
	Attachment file;
	TRY(attachment_find(call, owner->kind, owner->subject_id, ref, &file));
	if (!call->actor->person_id || file.person_id != call->actor->person_id)
		return fail(call, NOT_FOUND, "attachment %.*s is somebody else's", TEXT_ARGS(ref));
	*out = file;
	return OK;
}

static Error take_sent(Call *call, Writing *writing, const Texts *refs)
{
	AttachmentOwner owner;
	if (refs->count) TRY(thread_waiting(call, writing->subject, writing->audience, &owner));
	for (size_t i = 0; i < refs->count; i++) {
		Attachment file = { 0 };
		Error error = thread_waiting_file(call, &owner, refs->at[i], &file);
		if (error != OK && error != ERROR_NOT_FOUND) return error;
		if (error == ERROR_NOT_FOUND) call_pass_over(call);
		for (size_t k = 0; k < writing->stored.count; k++)
			if (writing->stored.at[k].id == file.id) return fail(call, USAGE, "a file twice");
		if (error != OK || !file.is_finished) call_problem(call, TEXT("files"), N_("This file has not arrived: %s"), refs->at[i]);
		list_add(call->arena, &writing->stored, file);
	}
	return call_check_problems(call);
}

Error thread_write_sent(Call *call, const ThreadSubject *subject, Text audience, Text body, const Texts *refs, ThreadMembers *out_members)
{
	Writing writing = { .subject = subject, .audience = audience, .body = text_trim(body) };
	check_body(call, writing.body, refs->count);
	TRY(call_check_problems(call));
	TRY(take_sent(call, &writing, refs));
	TRY(db_transact(call, write_message, &writing));
	*out_members = writing.members;
	return OK;
}

Error thread_sweep(Call *call, int64_t *out_removed)
{
	int64_t removed = SWEPT_AT_ONCE, all = 0;
	while (removed == SWEPT_AT_ONCE) {
		TRY(attachment_sweep(call, WAITING_FILES, call->now - WAITING_MS, SWEPT_AT_ONCE, &removed));
		all += removed;
	}
	*out_removed = all;
	return OK;
}

Error thread_files_of(Call *call, const ThreadSubject *subject, Text audience, Text message, AttachmentOwner *out)
{
	const Audience *entered;
	ThreadMembers members;
	ThreadRow thread;
	bool found = false;
	int64_t id = 0;
	TRY(enter(call, subject, audience, &entered, &members));
	TRY(find(call, subject, entered, &thread, &found));
	if (!found) return fail(call, NOT_FOUND, "nobody has written there");
	TRY(message_find_in(call, thread.id, message, &id));
	*out = (AttachmentOwner) { FILES, id, thread.seal_key };
	return OK;
}

/* ---- Reading marks */
typedef struct Marking {
	const ThreadSubject *subject;
	Text audience, message;
	bool unread;
} Marking;

static Error mark(Call *call, void *argument)
{
	const Marking *marking = argument;
	const Audience *audience;
	ThreadMembers members;
	ThreadRow thread;
	bool found = false;
	int64_t id = 0;
	TRY(enter(call, marking->subject, marking->audience, &audience, &members));
	TRY(find(call, marking->subject, audience, &thread, &found));
	if (!found || !call->actor->person_id) return fail(call, NOT_FOUND, "no thread to be marked");
	TRY(message_find_in(call, thread.id, marking->message, &id));
	return marking->unread ? read_mark_set(call, thread.id, call->actor->person_id, id - 1)
			       : read_mark_raise(call, thread.id, call->actor->person_id, id);
}

Error thread_mark_read(Call *call, const ThreadSubject *subject, Text audience, Text message)
{
	Marking marking = { subject, audience, message, false };
	return db_transact(call, mark, &marking);
}

Error thread_mark_unread(Call *call, const ThreadSubject *subject, Text audience, Text message)
{
	Marking marking = { subject, audience, message, true };
	return db_transact(call, mark, &marking);
}
