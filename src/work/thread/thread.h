/*
 * thread: conversations about a subject, one for each audience. Who belongs to an audience is the subject's business: it gives one
 * function that lists them, and that list decides who may read and write, and is shown to whoever writes.
 */
#pragma once
#include "base/base/base.h"
#include "work/form/form.h"
#include "work/workflow/workflow.h"

extern const Wordlist thread_replies; /* what staff begin a message with */

typedef struct ThreadMember {
	int64_t person_id; /* 0: a visitor who holds the claim code */
	Text name; /* as others in the thread see it */
	Text role; /* in words, translated */
	bool is_called; /* by the message just written: it holds @ and this member's handle or name */
} ThreadMember;
typedef LIST_OF(ThreadMember) ThreadMembers;

typedef struct Audience { /* one conversation that a subject has */
	const char *name; /* stored: "reporter" */
	const char *text; /* "With the reporter" */
} Audience;

typedef struct ThreadSubject { /* what a subject tells of itself; the caller has checked that the actor may see the subject */
	const char *machine;
	int64_t id, seal_key;
	const Audience *audiences;
	size_t audience_count;
	/* Everybody who belongs to the audience now. */
	Error (*members)(Call *call, const struct ThreadSubject *subject, const Audience *audience, ThreadMembers *out);
	const void *facts; /* for `members` */
} ThreadSubject;

typedef struct ThreadMessage {
	int64_t id, sent_at;
	Text ref, body; /* Markdown */
	Text author, author_role; /* of a former member: the name the person has now, no role */
	bool own, unread, by_mail;
	Attachments files;
} ThreadMessage;
typedef LIST_OF(ThreadMessage) ThreadMessages;
typedef struct ThreadView {
	const Audience *audience;
	ThreadMembers members; /* who will see what is written here */
	ThreadMessages messages; /* the newest `max`, oldest first */
	int64_t unread;
	Text older; /* ref of the oldest message shown, when there are older ones; else no text */
	Text newest; /* ref of the newest of all, shown or not; no text: there is none */
} ThreadView;
typedef LIST_OF(ThreadView) ThreadViews;

/* What a subject with conversations tells of itself, once. */
typedef struct ThreadMatter {
	const Machine *machine;
	/* For an answer by mail, as the actor may see it; NOT_FOUND. NULL: who takes part signs in with a second factor, by mail nothing is written. */
	Error (*open)(Call *call, Text ref, void **out_matter);
	void (*threads)(const void *matter, ThreadSubject *out);
	Error (*tell)(Call *call, const void *matter, Text audience, const ThreadMembers *members); /* of a new message */
	Text (*page)(Arena *arena, const void *matter); /* its address */
} ThreadMatter;

/* The conversations the actor belongs to, without messages. */
must_use Error thread_list(Call *call, const ThreadSubject *subject, ThreadViews *out);
/* One with its messages before `before` (no text: the newest). NOT_FOUND also when the actor does not belong to it. */
must_use Error thread_open(Call *call, const ThreadSubject *subject, Text audience, Text before, int64_t max, ThreadView *out);
/* NOT_FOUND as above; INVALID: empty or too long. Writing marks everything before as read. *out is told to the others by the caller. */
must_use Error thread_write(Call *call, const ThreadSubject *subject, Text audience, Text body, ThreadMembers *out_members);
must_use Error thread_write_mail(
	Call *call, const ThreadSubject *subject, Text audience, Text body, ThreadMembers *out_members); /* came by mail */
/* The same with files, which only the audience can fetch: all of it, or nothing. INVALID also: a file that is not taken. */
typedef struct ThreadFile {
	Text name;
	int descriptor;
	int64_t size_bytes;
} ThreadFile;
enum { THREAD_FILES_MAX = 10 };
must_use Error thread_write_files(Call *call, const ThreadSubject *subject, Text audience, Text body, const ThreadFile *files, size_t count,
	ThreadMembers *out_members);
/* The same with files that came before, in parts (refs of attachments of thread_waiting). INVALID also: not complete, or not the actor's. */
must_use Error thread_write_sent(
	Call *call, const ThreadSubject *subject, Text audience, Text body, const Texts *refs, ThreadMembers *out_members);
/* Whose files are that wait for the message they come with. Nobody can fetch them, and each person writes only their own. NOT_FOUND as above. */
must_use Error thread_waiting(Call *call, const ThreadSubject *subject, Text audience, AttachmentOwner *out);
/* NOT_FOUND also when somebody else sent it. */
must_use Error thread_waiting_file(Call *call, const AttachmentOwner *owner, Text ref, Attachment *out);
/* Once a day: removes files that waited for a day, for a message that was never written. */
must_use Error thread_sweep(Call *call, int64_t *out_removed);
/* Whose the files of a message are, for upload_download. NOT_FOUND also when the actor does not belong to its audience. */
must_use Error thread_files_of(Call *call, const ThreadSubject *subject, Text audience, Text message, AttachmentOwner *out);
/* Everything up to this message has been read (only ever forwards). */
must_use Error thread_mark_read(Call *call, const ThreadSubject *subject, Text audience, Text message);
/* From this message on it counts as unread again. */
must_use Error thread_mark_unread(Call *call, const ThreadSubject *subject, Text audience, Text message);
