/* thread_view: conversations on pages. The face of this room for pages and API. */
#pragma once
#include "face/html/html.h"
#include "work/form/form_view.h"
#include "work/thread/thread.h"

/* All conversations of the actor with their messages, each with its composer and the names of everybody who will see it. Actions are
 * `address`/AUDIENCE (write) and `address`/AUDIENCE/read; files stand at `address`/AUDIENCE/MESSAGE/files/FILE. */
must_use Error thread_markups(Html *html, const ThreadSubject *subject, Text address, Markup *out);
void thread_json(JsonWriter *writer, const ThreadView *view);
/* Of all conversations of the actor, as member "threads" of an object; and one of them as a reply, with ?before=. */
must_use Error thread_jsons(Call *call, const ThreadSubject *subject, JsonWriter *writer);
must_use Error thread_reply(Request *request, const ThreadSubject *subject, Text audience);

extern const FormSpec thread_write_form, thread_mark_form;
extern const FormSpec thread_say_form; /* of machines: body, and files that came before, by their refs */
/* Handlers' bodies for those addresses; the caller has loaded the subject. */
must_use Error thread_write_request(Request *request, const ThreadSubject *subject, Text audience, ThreadMembers *out_members);
must_use Error thread_say_request(Request *request, const ThreadSubject *subject, Text audience, ThreadMembers *out_members);
/* Files of machines, in parts as uploads everywhere, before the message that names them; parameters "audience" and "file". */
must_use Error thread_file_begin(Request *request, const ThreadSubject *subject);
must_use Error thread_file_part(Request *request, const ThreadSubject *subject);
must_use Error thread_file_finish(Request *request, const ThreadSubject *subject);
must_use Error thread_mark_request(Request *request, const ThreadSubject *subject, Text audience, bool unread);
/* A file of a message: parameters "audience", "message" and "file" of the address. */
must_use Error thread_download(Request *request, const ThreadSubject *subject);
