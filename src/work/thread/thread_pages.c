/* Conversations on pages and in requests. */
#include "work/thread/personal_private.h"
#include "work/thread/thread_mail.h"
#include "work/thread/thread_view.h"
#include "work/thread/views/thread_block.html.h"

enum { SHOWN = 100 };

typedef struct WriteForm {
	Text body, personal, reason;
	Uploads files;
} WriteForm;
static const FieldSpec write_fields[] = { { "body", FIELD_LINES, offsetof(WriteForm, body) },
	{ "personal", FIELD_TEXT, offsetof(WriteForm, personal), .max_length = 10 },
	{ "personal_reason", FIELD_LINES, offsetof(WriteForm, reason), .max_length = COVER_REASON_LENGTH },
	{ "files", FIELD_FILES, offsetof(WriteForm, files) } };
const FormSpec thread_write_form = { .fields = write_fields,
	.field_count = COUNT(write_fields),
	.struct_size = sizeof(WriteForm),
	.max_body_bytes = (size_t)50 * 1024 * 1024 };

typedef struct SayForm {
	Text body, personal, reason;
	Texts files;
} SayForm;
static const FieldSpec say_fields[] = { { "body", FIELD_LINES, offsetof(SayForm, body) },
	{ "personal", FIELD_CHOICE, offsetof(SayForm, personal), .choices = "hide keep" },
	{ "personal_reason", FIELD_LINES, offsetof(SayForm, reason), .max_length = COVER_REASON_LENGTH },
	{ "files", FIELD_TEXTS, offsetof(SayForm, files), .max_length = 40 } };
const FormSpec thread_say_form = {
	.fields = say_fields, .field_count = COUNT(say_fields), .struct_size = sizeof(SayForm), .max_body_bytes = 256 * 1024
};

typedef struct MarkForm {
	Text message;
} MarkForm;
static const FieldSpec mark_fields[] = { { "message", FIELD_TEXT, offsetof(MarkForm, message), .required = true } };
const FormSpec thread_mark_form = { .fields = mark_fields, .field_count = COUNT(mark_fields), .struct_size = sizeof(MarkForm) };

static Text audience_of(const Request *request) { return request_parameter(request, TEXT("audience")); }

static Text given(Text text) { return text.at ? text : TEXT(""); }

/* Writes it as its writer decided about the personal data in it. */
static Error write_decided(Request *request, const ThreadSubject *subject, PersonalMessage *message, ThreadMembers *out_members)
{
	MaskCounts counts;
	Call *call = request->call;
	const WriteForm *form = request->form;
	bool keeps = text_is(given(form->personal), TEXT("keep"));
	TRY(personal_count(call, message, &counts));
	bool holds = cover_count(&counts) > 0;
	if (holds) TRY(personal_check(call, &counts, given(form->personal), given(form->reason)));
	if (holds && !keeps) TRY(personal_hide(call, message));
	TRY(thread_write_files(call, subject, audience_of(request), message->body, message->files, message->file_count, out_members));
	return holds && keeps ? cover_keep_text(call, subject->seal_key, &counts, form->reason) : OK;
}

static Error write_files(Request *request, const ThreadSubject *subject, ThreadMembers *out_members)
{
	const WriteForm *form = request->form;
	ThreadFile *files = arena_array_of(request->call->arena, ThreadFile, form->files.count + 1);
	size_t count = 0;
	for (size_t i = 0; i < form->files.count; i++) {
		const Upload *file = &form->files.at[i];
		if (!file->name.length && !file->size_bytes) continue; /* a field that was left empty */
		files[count++] = (ThreadFile) { file->name, file->descriptor, file->size_bytes };
	}
	PersonalMessage message scoped(personal_close) = { .body = given(form->body), .files = files, .file_count = count };
	return write_decided(request, subject, &message, out_members);
}

/* A machine that says nothing about personal data has decided for itself. */
Error thread_say_request(Request *request, const ThreadSubject *subject, ThreadMembers *out_members)
{
	Call *call = request->call;
	const SayForm *form = request->form;
	Text body = given(form->body);
	MaskCounts counts = cover_counts_of(call->arena, body);
	bool keeps = text_is(given(form->personal), TEXT("keep")) && cover_count(&counts) > 0;
	if (keeps) TRY(personal_check(call, &counts, form->personal, given(form->reason)));
	if (text_is(given(form->personal), TEXT("hide"))) body = cover_hidden(call->arena, body);
	TRY(thread_write_sent(call, subject, audience_of(request), body, &form->files, out_members));
	return keeps ? cover_keep_text(call, subject->seal_key, &counts, form->reason) : OK;
}

static Markup files_of(Html *html, const ThreadMessage *message, Text address)
{
	if (!message->files.count) return (Markup) { TEXT("") };
	return form_files(
		html, &message->files, arena_printf(html->call->arena, "%.*s/%.*s/files/", TEXT_ARGS(address), TEXT_ARGS(message->ref)));
}

static Text role_of(Html *html, const ThreadMessage *message)
{
	Text role = message->author_role.at ? message->author_role : TEXT("");
	if (!message->by_mail) return role;
	Text both[] = { role, tr(html->lang, "by mail") };
	return role.length ? arena_join(html->call->arena, both, COUNT(both), TEXT(" · ")) : both[1];
}

static Markup messages_of(Html *html, const ThreadView *view, Text address)
{
	Message *messages = arena_array_of(html->call->arena, Message, view->messages.count + 1);
	for (size_t i = 0; i < view->messages.count; i++) {
		const ThreadMessage *message = &view->messages.at[i];
		messages[i] = (Message) { .at = message->sent_at,
			.author = message->author,
			.role = role_of(html, message),
			.body = part_markdown(html, message->body.at ? message->body : TEXT("")),
			.files = files_of(html, message, address),
			.unread = message->unread,
			.own = message->own };
	}
	return part_messages(html, messages, view->messages.count);
}

/* ---- Replies: for the staff */
enum { STAFF = ROLE_COORDINATOR | ROLE_VERIFIER | ROLE_PUBLISHER };

static Error replies_of(Html *html, Text audience, ThreadReplies *out)
{
	Words words;
	Call *call = html->call;
	*out = (ThreadReplies) { 0 };
	if (!actor_has(call->actor, STAFF)) return OK;
	TRY(wordlist_words(call, &thread_replies, &words));
	for (size_t i = 0; i < words.count; i++) {
		const Word *word = &words.at[i];
		if (word->is_retired) continue;
		ThreadReply reply = { .title = word_text(word, html->lang), .body = word_source(word, html->lang) };
		reply.url = url_local(call->arena, "?reply-%.*s=%.*s#thread-%.*s", TEXT_ARGS(audience),
			TEXT_ARGS(url_segment(call->arena, word->code)), TEXT_ARGS(audience));
		list_add(call->arena, out, reply);
	}
	return OK;
}

/* The reply that the address asks for. */
static Text begun(Html *html, Text audience)
{
	Word word;
	bool is_found = false;
	Call *call = html->call;
	Text code = request_query(html->request, arena_printf(call->arena, "reply-%.*s", TEXT_ARGS(audience)));
	if (!code.length || !actor_has(call->actor, STAFF)) return TEXT("");
	if (wordlist_find(call, &thread_replies, code, -1, &word, &is_found) != OK) call_recover(call); /* the field begins empty */
	return is_found && !word.is_retired ? word_source(&word, html->lang) : TEXT("");
}

/* What was typed in this conversation and not taken, so that it is not lost; else the reply it begins with, or what came by mail. */
static Text typed(Html *html, Text audience, Text held)
{
	const Request *request = html->request;
	Text reply = request->method == GET ? begun(html, audience) : TEXT("");
	if (request->method == GET) return reply.length ? reply : held;
	Text asked = request->method == POST ? request_parameter(request, TEXT("audience")) : (Text) { 0 };
	const WriteForm *form = request->form;
	return form && asked.length && text_is(asked, audience) && form->body.length ? form->body : TEXT("");
}

static bool has_problem(const Call *call, const char *field)
{
	for (size_t i = 0; i < call->failure.problems.count; i++)
		if (text_is(call->failure.problems.at[i].field, text_from(field))) return true;
	return false;
}

/* Asked in the conversation whose message was refused for it. */
static Markup personal_of(Html *html, Text audience)
{
	const Request *request = html->request;
	const Text values[] = { TEXT("hide"), TEXT("keep") };
	const Text labels[] = { tr(html->lang, N_("Hide it: only a few signs of each value stay")),
		tr(html->lang, N_("Keep it, it is needed")) };
	bool is_asked = has_problem(html->call, "personal") || has_problem(html->call, "personal_reason");
	if (request->method != POST || !is_asked || !text_is(given(request_parameter(request, TEXT("audience"))), audience))
		return (Markup) { TEXT("") };
	const WriteForm *form = request->form;
	FormField fields[] = { { .name = TEXT("personal"),
				       .label = tr(html->lang, N_("What becomes of the personal data in it?")),
				       .kind = INPUT_RADIO,
				       .required = true,
				       .choice_values = values,
				       .choice_labels = labels,
				       .choice_count = COUNT(values),
				       .value = form->personal.length ? form->personal : values[0] },
		{ .name = TEXT("personal_reason"),
			.label = tr(html->lang, N_("Why it is needed")),
			.help = tr(html->lang, N_("Stays with the matter; who works on it reads it.")),
			.kind = INPUT_LINES,
			.rows = 2,
			.value = given(form->reason) } };
	Html inner = html_inner(html);
	for (size_t i = 0; i < COUNT(fields); i++) html_markup(&inner, part_field(html, &fields[i]));
	return html_done(html, &inner);
}

/* A page has several conversations: what was refused in one stands in that one alone. */
static Html of_conversation(const Html *html, Text audience)
{
	Html own = *html;
	bool is_refused = html->request->method == POST && text_is(given(request_parameter(html->request, TEXT("audience"))), audience);
	if (!is_refused) own.scope = audience;
	return own;
}

static Error thread_markup(Html *html, const ThreadView *view, Text address, Text held, Markup *out)
{
	ThreadReplies replies;
	Arena *arena = html->call->arena;
	Text name = text_from(view->audience->name);
	Text *names = arena_array_of(arena, Text, view->members.count + 1);
	for (size_t i = 0; i < view->members.count; i++) names[i] = view->members.at[i].name;
	Text place = arena_printf(arena, "%.*s/%.*s", TEXT_ARGS(address), TEXT_ARGS(name));
	Html own = of_conversation(html, name);
	FormField field = { .name = TEXT("body"),
		.label = tr(html->lang, N_("Message")),
		.help = tr(html->lang, held.length ? N_("This came by mail as your answer. Send it here, as it is or changed.")
						   : N_("@ and a name of those below calls that person.")),
		.value = typed(html, name, held),
		.required = true,
		.kind = INPUT_LINES,
		.rows = 4 };
	FormField files = { .name = TEXT("files"), .label = tr(html->lang, N_("Files")), .kind = INPUT_FILE, .multiple = true };
	ThreadBlock block = { .anchor = arena_printf(arena, "thread-%.*s", TEXT_ARGS(name)),
		.title = tr(html->lang, view->audience->text),
		.unread = view->unread,
		.last = view->newest.length ? view->newest : TEXT(""),
		.write = url_local(arena, "%.*s", TEXT_ARGS(place)),
		.read = url_local(arena, "%.*s/read", TEXT_ARGS(place)),
		.messages = messages_of(html, view, place),
		.field = part_field(&own, &field),
		.files = part_field(&own, &files),
		.personal = personal_of(html, name),
		.audience = part_audience(html, names, view->members.count) };
	if (view->older.length)
		block.older = url_local(arena, "?before-%.*s=%.*s#%.*s", TEXT_ARGS(name), TEXT_ARGS(view->older), TEXT_ARGS(block.anchor));
	TRY(replies_of(html, name, &replies));
	block.replies = &replies;
	Html inner = html_inner(html);
	page_thread_block(&inner, &block);
	*out = html_done(html, &inner);
	return OK;
}

Error thread_markups(Html *html, const ThreadSubject *subject, Text address, Markup *out)
{
	Call *call = html->call;
	ThreadViews views;
	Html inner = html_inner(html);
	TRY(thread_list(call, subject, &views));
	for (size_t i = 0; i < views.count; i++) {
		ThreadView view;
		Text name = text_from(views.at[i].audience->name);
		Text before = request_query(html->request, arena_printf(call->arena, "before-%.*s", TEXT_ARGS(name)));
		TRY(thread_open(call, subject, name, before, SHOWN, &view));
		Text held;
		Markup block;
		TRY(thread_mail_held(call, subject, name, &held));
		TRY(thread_markup(html, &view, address, held.at ? held : TEXT(""), &block));
		html_markup(&inner, block);
	}
	*out = html_done(html, &inner);
	return OK;
}

void thread_json(JsonWriter *writer, const ThreadView *view)
{
	json_object_begin(writer);
	json_put_text(writer, "audience", text_from(view->audience->name));
	json_put_int(writer, "unread", view->unread);
	json_key(writer, TEXT("seen_by"));
	json_array_begin(writer);
	for (size_t i = 0; i < view->members.count; i++) json_text(writer, view->members.at[i].name);
	json_end(writer);
	json_key(writer, TEXT("messages"));
	json_array_begin(writer);
	for (size_t i = 0; i < view->messages.count; i++) {
		const ThreadMessage *message = &view->messages.at[i];
		json_object_begin(writer);
		json_put_text(writer, "ref", message->ref);
		json_put_text(writer, "author", message->author);
		json_put_text(writer, "body", message->body);
		json_put_int(writer, "sent_at", message->sent_at);
		json_put_bool(writer, "unread", message->unread);
		json_put_bool(writer, "by_mail", message->by_mail);
		json_key(writer, TEXT("files"));
		form_files_json(writer, &message->files);
		json_end(writer);
	}
	json_end(writer);
	json_put_text(writer, "older", view->older.length ? view->older : (Text) { 0 });
	json_put_text(writer, "newest", view->newest.length ? view->newest : (Text) { 0 });
	json_end(writer);
}

Error thread_jsons(Call *call, const ThreadSubject *subject, JsonWriter *writer)
{
	ThreadViews views;
	TRY(thread_list(call, subject, &views));
	json_key(writer, TEXT("threads"));
	json_array_begin(writer);
	for (size_t i = 0; i < views.count; i++) {
		ThreadView view;
		TRY(thread_open(call, subject, text_from(views.at[i].audience->name), (Text) { 0 }, SHOWN, &view));
		thread_json(writer, &view);
	}
	json_end(writer);
	return OK;
}

static Error reply(Request *request, const ThreadSubject *subject)
{
	ThreadView view;
	Buffer buffer = { .arena = request->call->arena };
	JsonWriter writer = json_writer(&buffer);
	TRY(thread_open(request->call, subject, audience_of(request), request_query(request, TEXT("before")), SHOWN, &view));
	thread_json(&writer, &view);
	json_finish(&writer);
	reply_json(request, buffer_text(&buffer));
	return OK;
}

/* ---- The handlers that all subjects share */
static const ThreadMatter *matter_of(const Request *request, ThreadSubject *out)
{
	const ThreadMatter *matter = request->route->about;
	matter->threads(request->subject, out);
	return matter;
}

Error thread_get(Request *request)
{
	ThreadSubject subject;
	(void)matter_of(request, &subject);
	return reply(request, &subject);
}

Error thread_say(Request *request)
{
	ThreadSubject subject;
	ThreadMembers members;
	const ThreadMatter *matter = matter_of(request, &subject);
	TRY(thread_say_request(request, &subject, &members));
	TRY(matter->tell(request->call, request->subject, audience_of(request), &members));
	return thread_get(request);
}

static Error mark(Request *request, const ThreadSubject *subject)
{
	const MarkForm *form = request->form;
	return thread_mark_read(request->call, subject, audience_of(request), form->message);
}

Error thread_mark(Request *request)
{
	ThreadSubject subject;
	(void)matter_of(request, &subject);
	TRY(mark(request, &subject));
	return thread_get(request);
}

Error thread_page_write(Request *request)
{
	ThreadSubject subject;
	ThreadMembers members;
	const ThreadMatter *matter = matter_of(request, &subject);
	TRY(write_files(request, &subject, &members));
	TRY(matter->tell(request->call, request->subject, audience_of(request), &members));
	return reply_redirect(request, matter->page(request->call->arena, request->subject));
}

Error thread_page_mark(Request *request)
{
	ThreadSubject subject;
	const ThreadMatter *matter = matter_of(request, &subject);
	TRY(mark(request, &subject));
	return reply_redirect(request, matter->page(request->call->arena, request->subject));
}

/* ---- Files that come before their message, in parts */
Error thread_begin_file(Request *request)
{
	AttachmentOwner owner;
	ThreadSubject subject;
	(void)matter_of(request, &subject);
	TRY(thread_waiting(request->call, &subject, audience_of(request), &owner));
	return upload_begin(request, owner);
}

static Error waiting_file(Request *request, AttachmentOwner *out)
{
	Attachment file;
	ThreadSubject subject;
	(void)matter_of(request, &subject);
	TRY(thread_waiting(request->call, &subject, audience_of(request), out));
	return thread_waiting_file(request->call, out, request_parameter(request, TEXT("file")), &file);
}

Error thread_send_part(Request *request)
{
	AttachmentOwner owner;
	TRY(waiting_file(request, &owner));
	return upload_part(request, owner, request_parameter(request, TEXT("file")));
}

Error thread_finish_file(Request *request)
{
	AttachmentOwner owner;
	TRY(waiting_file(request, &owner));
	return upload_finish(request, owner, request_parameter(request, TEXT("file")));
}

Error thread_get_file(Request *request)
{
	AttachmentOwner owner;
	ThreadSubject subject;
	(void)matter_of(request, &subject);
	TRY(thread_files_of(request->call, &subject, audience_of(request), request_parameter(request, TEXT("message")), &owner));
	return upload_download(request, owner, request_parameter(request, TEXT("file")));
}
