/* form_view: forms on pages, and what the addresses of uploads answer. The face of this room for pages and API. */
#pragma once
#include "face/html/html.h"
#include "work/form/form.h"

typedef struct FormSectionView {
	Text title, help; /* may be empty */
	LIST_OF(Markup) fields;
} FormSectionView;
typedef struct FormView {
	LIST_OF(FormSectionView) sections;
} FormView;
/* Fields that are shown for these values, with the problems of call->failure. `upload`: for FORM_FILES; empty: a plain field. */
FormView form_view(Html *html, const Form *form, const Map *values, Url upload);
/* Every field, for a form that is sent at once: what belongs to an answer says so, and with script is seen as soon as that is given. */
FormView form_view_whole(Html *html, const Form *form, const Map *values);
/* Label and value of every field that holds something: for the check before sending and for reading. `images`: address before the names of
 * pictures in Markdown, may be empty. */
typedef LIST_OF(Fact) Facts;
Facts form_facts(Html *html, const Form *form, const Map *values, Text images);

/* Takes over every field of the form that the request carries: of a page as typed, of the API from its JSON object (unknown members: INVALID). */
must_use Error form_take(Request *request, const Form *form, Map *values);
/* Of the API: only what its object names. */
must_use Error form_take_given(Request *request, const Form *form, Map **out);
/* Of an API request: only the fields that its object names; the others stay. */
must_use Error form_take_some(Request *request, const Form *form, Map *values);

/* ---- Addresses of resumable uploads; the contract stands at the top of face/html/static/app.js. The caller has checked the owner. */
extern const FormSpec upload_begin_form, upload_files_form; /* files: multipart without script, the field "files" */
must_use Error upload_begin(Request *request, AttachmentOwner owner);
/* The same; but what was begun with this name and size and has not arrived is gone on with, whoever's machine it began on. */
must_use Error upload_resume(Request *request, AttachmentOwner owner);
must_use Error upload_part(Request *request, AttachmentOwner owner, Text ref);
must_use Error upload_finish(Request *request, AttachmentOwner owner, Text ref);
must_use Error upload_state(Request *request, AttachmentOwner owner, Text ref);
must_use Error upload_remove(Request *request, AttachmentOwner owner, Text ref);
/* Stores the files of a multipart form (upload_files_form). */
must_use Error upload_store(Request *request, AttachmentOwner owner);
/* Replies with the content, always as a download. */
must_use Error upload_download(Request *request, AttachmentOwner owner, Text ref);
Text form_file_note(Html *html, const Attachment *file); /* what the sandbox said of it */
/* Names, sizes, what the sandbox said; `address`: before the ref of each. */
Markup form_files(Html *html, const Attachments *files, Text address);
void form_files_json(JsonWriter *writer, const Attachments *files);
