/*
 * warning: word of a major vulnerability or incident, to everybody (风险提示) or to organisations (预警信息). Support units share warnings, the library
 * writes its own; a coordinator assesses, another person approves and sends. Who is told is computed at the instant of sending and written down, and
 * nobody else is told, ever: what is added to the catalogue later tells nobody, an audience is only ever extended by a recorded action of two people.
 * Until it is sent to everybody its text is sealed; what everybody reads are rows of their own.
 */
#pragma once
#include "people/org/org.h"
#include "store/setting/wordlist.h"
#include "subject/product/product.h"
#include "work/form/form.h"
#include "work/workflow/worklist.h"

struct RouteTable;
extern const struct RouteTable warning_routes, warning_text_routes, warning_audience_routes, warning_public_routes, warning_api_routes;
extern const Machine warning_machine;
extern const Worklist warning_worklist;
extern const Form warning_form; /* the text */
extern const Wordlist warning_reasons; /* why one is returned, not taken up or withdrawn */
const Form *warning_action_form(const char *name); /* NULL: the action asks for nothing */
/* "关于防范…的风险提示"; what_en empty: no English title. */
Text warning_title(Arena *arena, Lang lang, Text what_zh, Text what_en);

typedef struct Warning {
	int64_t id, revision, seal_key, organisation_id, author_id, writer_id, submitted_by, assessed_by,
		corrector_id; /* 0: nobody, the library */
	int64_t newest, created_at, updated_at, submitted_at, sent_at; /* newest: number of the text sent last; 0: none. Times 0: not yet */
	Text ref, state, number, casefile; /* number, casefile: may be empty */
	Text what[LANG_COUNT]; /* of the title; may be empty */
	Text code, remark; /* why it was returned, refused or withdrawn last; may be empty */
	int64_t code_version;
	bool is_urgent;
	bool is_staff, is_owner, is_told; /* what the reader is to it */
	const Map *
		values; /* of warning_form: as it was sent last, else as it is written now. Empty for recipients of one that was withdrawn */
	const Map *proposal; /* a correction that waits; NULL: none, or nothing for this reader */
	const void *facts;
} Warning;
typedef LIST_OF(Warning) Warnings;

/* ---- Reading: coordinators and publishers by state, members of the unit that shared it, members of recipients; all with second factor. */
must_use Error warning_open(Call *call, Text ref, Warning *out); /* NOT_FOUND also when it is hidden */
must_use Error warning_in_state(Call *call, Text state, int64_t before, int64_t max, Warnings *out); /* for the library; newest first */
must_use Error warning_shared(Call *call, int64_t before, int64_t max, Warnings *out); /* by the actor's organisation */
must_use Error warning_received(Call *call, int64_t before, int64_t max, Warnings *out); /* by the actor's organisation */
void warning_matter(const Warning *warning, Matter *out);
bool warning_may_write(const Warning *warning, const Actor *actor);
/* Texts that were sent, newest first, for whoever may read the newest. */
typedef struct WarningText {
	int64_t n, at;
	Text reason; /* of a correction; empty for the first one */
	const Map *values;
} WarningText;
typedef LIST_OF(WarningText) WarningTexts;
must_use Error warning_texts(Call *call, const Warning *warning, WarningTexts *out);

/* ---- Writing: by members of support units, or coordinators for the library */
must_use Error warning_new(Call *call, Text *out_ref); /* FORBIDDEN: neither */
/* The same with a text, for machines. key: the Idempotency-Key, may be empty: the same key gives the same warning, and *out_repeated. CONFLICT: it
 * stood for another text. */
must_use Error warning_share(Call *call, Text key, const Map *values, Text *out_ref, bool *out_repeated);
must_use Error warning_save(Call *call, Text ref, const Map *values); /* every field. FORBIDDEN: not theirs to write now */
must_use Error warning_save_field(Call *call, Text ref, Text name, Text value); /* INVALID: no such field, or too long */
must_use Error warning_act(Call *call, Text ref, Text action, int64_t revision, const Map *values);

/* ---- Whom it is meant for */
extern const Form warning_aim_form;
typedef struct WarningAim {
	int64_t id, added_at, used_at, added_by; /* used_at 0: it waits for a publisher */
	Text ref, kind; /* public units vendors sector organisation */
	Text words[LANG_COUNT]; /* "Vendors whose products contain X, from 3.0, before 3.6" */
	Text direction, sector;
	int64_t stars, product_id, organisation_id;
	ProductRange range;
} WarningAim;
typedef LIST_OF(WarningAim) WarningAims;
must_use Error warning_aims(Call *call, const Warning *warning, WarningAims *out); /* for the library; others: FORBIDDEN */
/* By a coordinator with values of warning_aim_form. INVALID: sdk, credit_code, … CONFLICT: it is decided. */
must_use Error warning_aim_add(Call *call, Text ref, const Map *values);
must_use Error warning_aim_drop(Call *call, Text ref, Text aim_ref); /* NOT_FOUND: no such aim that waits */
typedef struct WarningReach {
	int64_t organisation_id;
	Text name, name_en, domicile;
	Text why[LANG_COUNT]; /* a line each: "X 2.1 contains Y 3.0" */
	const char *left_out; /* English source text; NULL: is told */
	bool is_recipient; /* was told before */
} WarningReach;
typedef struct WarningShare { /* of an aim that waits */
	Text words[LANG_COUNT];
	int64_t reached; /* organisations, also those that other aims reach */
} WarningShare;
typedef struct WarningAudience {
	bool is_public;
	int64_t told, known, left_out; /* organisations: to be told, were told before, are not told */
	LIST_OF(WarningShare) shares;
	LIST_OF(WarningReach) reaches; /* in the order of the organisations' entry */
	Texts unheld[LANG_COUNT]; /* products that are affected and nobody answers for, with why */
} WarningAudience;
/* Whom the aims that wait would reach now. For the library; others: FORBIDDEN. */
must_use Error warning_audience(Call *call, const Warning *warning, WarningAudience *out);

/* ---- Receipts */
typedef struct WarningRecipient {
	int64_t id, organisation_id, added_at, due_at, read_at, acknowledged_at, stated_at, reminders; /* times 0: not yet */
	int64_t persons_told, persons_read;
	Text ref, name, name_en, signer, statement, note; /* statement: affected not-affected handled; may be empty */
	Text why[LANG_COUNT];
} WarningRecipient;
typedef LIST_OF(WarningRecipient) WarningRecipients;
/* For the library. after: id of the last one seen, 0 to begin with. FORBIDDEN. */
must_use Error warning_recipients(Call *call, const Warning *warning, int64_t after, int64_t max, WarningRecipients *out);
must_use Error warning_recipient_own(
	Call *call, const Warning *warning, WarningRecipient *out, bool *out_found); /* the actor's organisation's */
typedef struct WarningCounts {
	int64_t told, read, signed_for, affected, not_affected, handled; /* organisations */
} WarningCounts;
must_use Error warning_counts(Call *call, const Warning *warning, WarningCounts *out); /* for the library. FORBIDDEN */
const char *warning_statement_text(Text statement); /* English source text; "" for none */
extern const Form warning_receipt_form;
/* A member opened it: marks the organisation's and the member's reading. Recorded for whoever reads it while it is undisclosed. */
must_use Error warning_mark_read(Call *call, const Warning *warning);
/* A member of a recipient signs for all of it (签收), or says more of it later. NOT_FOUND: no recipient. INVALID. */
must_use Error warning_acknowledge(Call *call, Text ref, const Map *values);

/* ---- Jobs */
/* Tells members what waits for them; whoever left the organisation meanwhile is told nothing. *out_count: looked at. */
must_use Error warning_deliver(Call *call, int64_t max, int64_t *out_count);
must_use Error warning_remind(Call *call, int64_t max, int64_t *out_count); /* recipients nobody has signed for */
must_use Error warning_index_rest(Call *call, int64_t max, int64_t *out_count); /* public ones that the search does not know yet */
/* For workflow_escalate and workflow_remind. */
must_use Error warning_deadline(Call *call, int64_t id, bool is_over, bool is_today);

/* ---- For everybody */
typedef struct WarningPublic {
	int64_t id, n, published_at, changed_at, withdrawn_at; /* withdrawn_at 0: it stands */
	Text number, what[LANG_COUNT], content, reason; /* content: values of warning_form as JSON, "{}" when withdrawn */
	bool is_urgent;
} WarningPublic;
typedef LIST_OF(WarningPublic) WarningPublics;
/* Under which number everybody reads it. */
must_use Error warning_public_number(Call *call, const Warning *warning, Text *out, bool *out_found);
must_use Error warning_find_public(Call *call, Text number, WarningPublic *out); /* also withdrawn ones, without text. NOT_FOUND */
typedef struct WarningCursor { /* where the last page ended; zeros: at the beginning */
	int64_t at, id;
} WarningCursor;
must_use Error warning_list_public(Call *call, WarningCursor after, int64_t max, WarningPublics *out); /* newest first */
typedef struct WarningChange { /* an earlier public text, and why the next one took its place */
	int64_t n, at;
	Text content, reason;
} WarningChange;
typedef LIST_OF(WarningChange) WarningChanges;
must_use Error warning_changes(Call *call, const WarningPublic *warning, WarningChanges *out); /* newest first */
/* Those that changed after this number of the public change sequence, each once; *out_next: where to go on. */
must_use Error warning_since(Call *call, int64_t since, int64_t max, WarningPublics *out, int64_t *out_next);

/* ---- Files */
typedef struct WarningCopy { /* whose copy it is, of a warning that is not public */
	Text ref, recipient; /* ref: the number of the copy */
	uint64_t mark;
	int64_t at;
} WarningCopy;
/* The actor's copy of the newest text; recorded each time. form: "pdf", "docx". NOT_FOUND: no reader of it. */
must_use Error warning_copy_take(Call *call, const Warning *warning, const char *form, WarningCopy *out);
typedef struct WarningDocument {
	Text number;
	int64_t n, at; /* of this text */
	const Map *values;
	bool is_public;
	const WarningCopy *copy; /* NULL: nobody's; stands on each page of a PDF in words and as a mark, in Word at the head */
} WarningDocument;
/* Signed where there is a key for documents; the same document gives the same pages. */
must_use Error warning_pdf(Call *call, const WarningDocument *document, Text *out);
must_use Error warning_word(Call *call, const WarningDocument *document, Text *out);
