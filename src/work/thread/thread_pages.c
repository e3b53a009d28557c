/* Conversations on pages and in requests. */
#include "work/thread/thread_view.h"
#include "work/thread/views/thread_block.html.h"

enum { SHOWN = 100 };

typedef struct WriteForm {
	Text body;
} WriteForm;
static const FieldSpec write_fields[] = { { "body", FIELD_LINES, offsetof(WriteForm, body) } };
const FormSpec thread_write_form = {
	.fields = write_fields, .field_count = COUNT(write_fields), .struct_size = sizeof(WriteForm), .max_body_bytes = 256 * 1024
};

typedef struct MarkForm {
	Text message;
} MarkForm;
static const FieldSpec mark_fields[] = { { "message", FIELD_TEXT, offsetof(MarkForm, message), .required = true } };
const FormSpec thread_mark_form = { .fields = mark_fields, .field_count = COUNT(mark_fields), .struct_size = sizeof(MarkForm) };

Error thread_write_request(Request *request, const ThreadSubject *subject, Text audience, ThreadMembers *out_members)
{
	const WriteForm *form = request->form;
	return thread_write(request->call, subject, audience, form->body, out_members);
}

Error thread_mark_request(Request *request, const ThreadSubject *subject, Text audience, bool unread)
{
	const MarkForm *form = request->form;
	return unread ? thread_mark_unread(request->call, subject, audience, form->message)
		      : thread_mark_read(request->call, subject, audience, form->message);
}

static Markup messages_of(Html *html, const ThreadView *view)
{
	Message *messages = arena_array_of(html->call->arena, Message, view->messages.count + 1);
	for (size_t i = 0; i < view->messages.count; i++) {
		const ThreadMessage *message = &view->messages.at[i];
		messages[i] = (Message) { .at = message->sent_at,
			.author = message->author,
			.role = message->author_role.at ? message->author_role : TEXT(""),
			.body = part_markdown(html, message->body.at ? message->body : TEXT("")),
			.unread = message->unread,
			.own = message->own };
	}
	return part_messages(html, messages, view->messages.count);
}

Markup thread_markup(Html *html, const ThreadView *view, Text address)
{
	Arena *arena = html->call->arena;
	Text name = text_from(view->audience->name);
	Text *names = arena_array_of(arena, Text, view->members.count + 1);
	for (size_t i = 0; i < view->members.count; i++) names[i] = view->members.at[i].name;
	FormField field = { .name = TEXT("body"), .label = tr(html->lang, N_("Message")), .kind = INPUT_LINES, .rows = 4 };
	ThreadBlock block = { .anchor = arena_printf(arena, "thread-%.*s", TEXT_ARGS(name)),
		.title = tr(html->lang, view->audience->text),
		.unread = view->unread,
		.write = url_local(arena, "%.*s/%.*s", TEXT_ARGS(address), TEXT_ARGS(name)),
		.read = url_local(arena, "%.*s/%.*s/read", TEXT_ARGS(address), TEXT_ARGS(name)),
		.messages = messages_of(html, view),
		.field = part_field(html, &field),
		.audience = part_audience(html, names, view->members.count) };
	if (view->older.length) block.older = url_local(arena, "?before=%.*s#%.*s", TEXT_ARGS(view->older), TEXT_ARGS(block.anchor));
	block.last = view->messages.count ? view->messages.at[view->messages.count - 1].ref : TEXT("");
	Html inner = html_inner(html);
	page_thread_block(&inner, &block);
	return html_done(html, &inner);
}

Error thread_markups(Html *html, const ThreadSubject *subject, Text address, Markup *out)
{
	Call *call = html->call;
	ThreadViews views;
	Text before = request_query(html->request, TEXT("before"));
	Html inner = html_inner(html);
	TRY(thread_list(call, subject, &views));
	for (size_t i = 0; i < views.count; i++) {
		ThreadView view;
		Text name = text_from(views.at[i].audience->name);
		Error error = thread_open(call, subject, name, before, SHOWN, &view);
		if (error == ERROR_NOT_FOUND && before.length) { /* a message of another conversation of this page */
			call_recover(call);
			error = thread_open(call, subject, name, (Text) { 0 }, SHOWN, &view);
		}
		TRY(error);
		html_markup(&inner, thread_markup(html, &view, address));
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
		json_end(writer);
	}
	json_end(writer);
	json_end(writer);
}
