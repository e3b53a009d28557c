/* thread_view: conversations on pages. The face of this room for pages and API. */
#pragma once
#include "face/html/html.h"
#include "work/form/form_view.h"
#include "work/thread/thread.h"

/* All conversations of the actor with their messages, each with its composer and the names of everybody who will see it. Actions are
 * `address`/AUDIENCE (write) and `address`/AUDIENCE/read; files stand at `address`/AUDIENCE/MESSAGE/files/FILE. */
must_use Error thread_markups(Html *html, const ThreadSubject *subject, Text address, Markup *out);
void thread_json(JsonWriter *writer, const ThreadView *view);
/* Of all conversations of the actor, as member "threads" of an object. */
must_use Error thread_jsons(Call *call, const ThreadSubject *subject, JsonWriter *writer);

extern const FormSpec thread_write_form, thread_mark_form;
extern const FormSpec thread_say_form; /* of machines: body, and files that came before, by their refs */
/* The body of thread_say, for a reply of the subject's own. */
must_use Error thread_say_request(Request *request, const ThreadSubject *subject, ThreadMembers *out_members);

/* ---- Handlers for the rows of every subject that has conversations; `.about` of the row is the subject's ThreadMatter, `.subject` loads the matter. */
Handler thread_page_write, thread_page_mark; /* of pages: each leads back to the matter's */
Handler thread_get, thread_say, thread_mark; /* of machines: each replies with the conversation, with ?before= */
Handler thread_begin_file, thread_send_part, thread_finish_file; /* of machines: a file for a message */
Handler thread_get_file; /* of a message, for pages too */
