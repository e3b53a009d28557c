/*
 * form: forms as data, their drafts and their files. A form is a versioned table of sections and fields; what people enter is one
 * sealed JSON object; a draft saves itself field by field and is kept until it is sent or its owner discards it.
 */
#pragma once
#include "base/base/base.h"
#include "base/base/json.h"
#include "engine/masking/masking.h"
#include "store/db/db.h"
#include "store/db/kept.h"
#include "store/setting/wordlist.h"
#include "work/form/form.sql.h"

/* ---- Forms */
typedef enum FormKind {
	FORM_TEXT, /* one line */
	FORM_LINES, /* several */
	FORM_MARKDOWN,
	FORM_CHOICE,
	FORM_CHECK, /* "yes" or empty */
	FORM_DATE, /* YYYY-MM-DD, not in the future */
	FORM_DAY, /* the same, of any time */
	FORM_NUMBER, /* whole, 1 (with is_from_zero 0) to max_length */
	FORM_URL, /* http or https */
	FORM_EMAIL,
	FORM_CVSS, /* a vector of any version */
	FORM_GBT30279, /* a vector of GB/T 30279-2020, technical or overall */
	FORM_CLASS, /* a weakness class of GB/T 30279-2020 */
	FORM_NAMED, /* one line with suggestions: the value of the choice that `value_of` recognises, else as it was typed */
	FORM_FILES, /* attachments; no value */
	FORM_TABLE, /* rows of cells: "| a | b |" a line; the choices' labels are its columns; max_length: rows at most, 0: 50 */
} FormKind;
typedef struct FormChoice {
	const char *value, *label;
} FormChoice;
typedef struct
	FormRule { /* holds when `field` has one of `values` (separated by blanks); "*": any value; "-": none. field NULL: see the item */
	const char *field, *values;
} FormRule;
typedef struct FormItem {
	const char *name;
	FormKind kind;
	const char *label, *help; /* for people; help may be NULL */
	bool required; /* always, as long as it is shown */
	FormRule required_when;
	FormRule shown_when; /* field NULL: always */
	size_t max_length; /* code points; 0: 200 for one line, 20,000 for several */
	const FormChoice *choices;
	size_t choice_count;
	const Wordlist *list; /* FORM_CHOICE: its words are the choices, as the operator keeps them */
	const char *(*value_of)(Text typed); /* FORM_NAMED: the choice that people mean by this; NULL: none is known */
	const char *(*check)(
		Text value); /* what else is wrong with a value: English source text with at most one %s, the value; NULL: nothing */
	bool is_from_zero; /* FORM_NUMBER */
	bool fills; /* other fields may be filled from it: pages ask for the form again when it was changed */
	bool is_of_writer; /* how to reach whoever writes: no personal data of others */
} FormItem;
typedef struct FormSection {
	const char *title, *help; /* help may be NULL */
	const FormItem *items;
	size_t item_count;
} FormSection;
typedef struct Form {
	const char *name; /* "report" */
	int version; /* stored with every value; a change of the table is a new version */
	const char *title;
	const FormSection *sections;
	size_t section_count;
	/* Fills what follows from what was typed; `before`: what the form held until now, NULL: nothing. NULL: nothing follows. Drafts call it. */
	Error (*complete)(Call *call, const Map *before, Map *values);
} Form;

const FormItem *form_item(const Form *form, Text name); /* NULL: no such field */
bool form_is_shown(const FormItem *item, const Map *values);
/* Whether what this field holds decides about others. */
bool form_decides(const Form *form, const FormItem *item);
bool form_is_required(const FormItem *item, const Map *values);
/* What is wrong with the table: names twice, rules about unknown fields. NULL: nothing. */
Text form_fault(Arena *arena, const Form *form);

/* ---- Values: field name to Text*, in an arena */
Text form_answer(const Map *values, const char *name); /* "" when absent */
/* As form_set, with what was typed into a FORM_NAMED recognised. */
void form_put(Arena *arena, const FormItem *item, Map *values, Text value);
/* The same for what a page sends: the box of a FORM_CHECK sends "true", or nothing. */
void form_put_typed(Arena *arena, const FormItem *item, Map *values, Text value);
void form_set(Arena *arena, Map *values, Text name, Text value); /* keys and values are copied; line ends become \n */
/* ---- Tables. A cell's "|" becomes "｜", a line end a blank. */
enum { FORM_ROWS_MAX = 200, FORM_ROWS_USUAL = 50, FORM_COLUMNS_MAX = 12 };
size_t form_rows(Text table);
Text form_cell(Text table, size_t row, size_t column); /* "" where there is none */
bool form_row_fits(Text table, size_t row, size_t columns); /* nothing stands behind so many columns, as where two lines became one */
/* The table with this cell; as many rows as it takes, empty ones between them too. */
Text form_cell_put(Arena *arena, const FormItem *item, Text table, size_t row, size_t column, Text cell);
Text form_rows_filled(Arena *arena, const FormItem *item, Text table); /* without its empty rows */
/* "team.2.1" as the cell of a table of this form; false when it is none. */
bool form_cell_find(const Form *form, Text name, const FormItem **out_item, size_t *out_row, size_t *out_column);
/* Fields of the form, copied. */
Map *form_values_copy(Arena *arena, const Form *form, const Map *values);
must_use Error form_complete(Call *call, const Form *form, const Map *before, Map *values);
/* Only fields of the form that are shown; empty ones are left out. */
Text form_values_text(Arena *arena, const Form *form, const Map *values);
/* Reads what form_values_text wrote, or an object of the API: members that are no fields are problems. */
must_use Error form_values_read(Call *call, const Form *form, Text json, Map **out);
/* Notes a problem for every field that is wrong or missing. INVALID when there is one. */
must_use Error form_check(Call *call, const Form *form, const Map *values);
/* Only this field, only what is wrong with what it holds: for drafts that are not complete yet. */
must_use Error form_check_value(Call *call, const FormItem *item, Text value);
/* A value as people read it: the label of a choice, the name of a class, the value itself. */
Text form_shown_value(Call *call, Lang lang, const FormItem *item, Text value);

/* ---- Drafts */
typedef struct Draft {
	int64_t id, seal_key, person_id; /* person 0: a visitor's, held by a cookie */
	Text ref, form, subject_ref;
	int form_version;
	Map *values;
	int64_t updated_at;
} Draft;
/* *out_secret: what the visitor's cookie has to hold; no text for people with an account. */
must_use Error draft_new(Call *call, const Form *form, const Map *values, Draft *out, Text *out_secret);
/* NOT_FOUND also when it is somebody else's. `secret` is the cookie's; ignored for people with an account. */
must_use Error draft_open(Call *call, const Form *form, Text ref, Text secret, Draft *out);
/* Stores one field. INVALID: no such field, too long, or not UTF-8; nothing else is checked while people are typing. */
must_use Error draft_save_field(Call *call, const Form *form, Draft *draft, Text name, Text value);
must_use Error draft_save(Call *call, const Form *form, Draft *draft, const Map *values); /* every field; draft->values: as completed */
/* Takes the draft out of its owner's hands when it is sent; its key and files go to the matter. CONFLICT: it has been sent before. */
must_use Error draft_sent(Call *call, const Draft *draft, const char *machine, int64_t subject_id);
must_use Error draft_discard(Call *call, const Draft *draft); /* destroys its key */
/* What became of the actor's draft when it was sent: the subject of this machine, or 0. For the same form sent twice. */
must_use Error draft_find_result(Call *call, Text ref, Text secret, const char *machine, int64_t *out_subject_id);
must_use Error draft_list(Call *call, DraftLines *out); /* the actor's own, newest first */

/* For the retention rules, and for the end of an account: what was begun and never sent. Inside db_transact. */
must_use Error draft_kept(Call *call, const KeptPage *page, Keeps *out);
must_use Error draft_forget(Call *call, Text ref);
must_use Error draft_forget_person(Call *call, int64_t person_id);

/* ---- Attachments: sealed with the key of their matter; parts of at most 4 MiB */
enum { ATTACHMENT_PART_BYTES = 4 * 1024 * 1024, ATTACHMENT_PARTS_MAX = 64, ATTACHMENTS_MAX = 50 };
typedef struct Attachment {
	int64_t id, seal_key, size_bytes, received_bytes, created_at;
	Text ref, kind, name, content_type, sha256, inspection; /* inspection: JSON of the sandbox; no text while not finished */
	int64_t subject_id, person_id; /* person: who sent it; 0: a visitor, or the system */
	bool is_finished;
} Attachment;
typedef LIST_OF(Attachment) Attachments;
/* `kind` and `subject_id` say whose file it is ("draft", "report", "casefile", "message"); the caller has checked that the actor may write there. */
typedef struct AttachmentOwner {
	const char *kind;
	int64_t subject_id, seal_key;
	bool is_personal; /* ATTACHMENTS_MAX counts for each person by itself, so that nobody can use up the room of others */
} AttachmentOwner;
/* Whether a file of this name and size may be begun. INVALID: "name", "files". */
must_use Error attachment_check(Call *call, Text name, int64_t size_bytes);
must_use Error attachment_begin(Call *call, AttachmentOwner owner, Text name, int64_t size_bytes, Attachment *out);
/* CONFLICT: the part does not begin where the last one ended (ask for `received_bytes`); the same part again is no error. CORRUPT: its hash differs. */
must_use Error attachment_add(Call *call, const Attachment *attachment, int64_t offset, Text part, Text sha256_hex, int64_t *out_received);
/* Checks that everything is there, lets the sandbox look at it, and stores what it said. INVALID: something is missing. */
must_use Error attachment_finish(Call *call, const Attachment *attachment);
/* All of it at once, from a file that is read from its start. */
must_use Error attachment_store(Call *call, AttachmentOwner owner, Text name, int descriptor, int64_t size_bytes, Attachment *out);
must_use Error attachment_list(Call *call, const char *kind, int64_t subject_id, Attachments *out);
/* NOT_FOUND unless it belongs to exactly this subject. */
must_use Error attachment_find(Call *call, const char *kind, int64_t subject_id, Text ref, Attachment *out);
/* The whole content in an anonymous file at its start, for reply_download. */
must_use Error attachment_open(Call *call, const Attachment *attachment, int *out_descriptor);
/* What its inspection counted: personal data and secrets (MASK_PERSONAL) of a file of text of at most ATTACHMENT_TEXT_BYTES. */
enum { ATTACHMENT_TEXT_BYTES = 1024 * 1024 };
MaskCounts attachment_counts(Call *call, const Attachment *attachment);
MaskCounts masking_of_text(Arena *arena, Text content); /* the same of any text; none of what is too long, or no text */
/* The content; TOO_LARGE. */
must_use Error attachment_load(Call *call, const Attachment *attachment, size_t bytes_max, Text *out);
/* The same file, of the same subject, with another content: the earlier content goes, and nothing leads back to it. */
must_use Error attachment_replace(Call *call, const Attachment *attachment, Text content, Attachment *out);
/* Gives a finished file to another subject of the same matter. Inside db_transact. */
must_use Error attachment_give(Call *call, const Attachment *attachment, const char *kind, int64_t subject_id);
/* The same with all files of a subject, whose matter becomes the other one's. Inside db_transact. */
must_use Error attachment_give_all(Call *call, const char *kind, int64_t subject_id, const char *to_kind, int64_t to_subject);
/* Enters a file that is sealed and on disk already, and was looked at in the sandbox. Inside db_transact. INVALID as attachment_begin. */
typedef struct AttachmentReady {
	Text name;
	const struct BlobFile *file;
	const struct Inspection *inspection;
	MaskCounts counts; /* see attachment_counts */
} AttachmentReady;
must_use Error attachment_enter(Call *call, AttachmentOwner owner, const AttachmentReady *ready);
must_use Error attachment_remove(Call *call, const Attachment *attachment);
/* Removes those of this kind, complete or not, that were begun before `before`, at most `max`. */
must_use Error attachment_sweep(Call *call, const char *kind, int64_t before, int64_t max, int64_t *out_removed);

/* ---- Whom a task can be given to: everybody who could have it, those who may not with the reason */
enum { ASSIGNABLES_MAX = 200 };
typedef struct Assignable {
	Text handle, name;
	int64_t tasks; /* that are open */
	const char *why_not; /* English source text; NULL: can be assigned */
} Assignable;
typedef LIST_OF(Assignable) Assignables;
