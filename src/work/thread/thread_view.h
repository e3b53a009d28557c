/* thread_view: conversations on pages. The face of this room for pages and API. */
#pragma once
#include "face/html/html.h"
#include "work/thread/thread.h"

/* A conversation with its composer and the names of everybody who will see it. Actions are `address`/AUDIENCE (write) and
 * `address`/AUDIENCE/read and /unread. */
Markup thread_markup(Html *html, const ThreadView *view, Text address);
/* All conversations of the actor with their messages. */
must_use Error thread_markups(Html *html, const ThreadSubject *subject, Text address, Markup *out);
void thread_json(JsonWriter *writer, const ThreadView *view);

extern const FormSpec thread_write_form, thread_mark_form;
/* Handlers' bodies for those addresses; the caller has loaded the subject. */
must_use Error thread_write_request(Request *request, const ThreadSubject *subject, Text audience, ThreadMembers *out_members);
must_use Error thread_mark_request(Request *request, const ThreadSubject *subject, Text audience, bool unread);
