/* What the templates of batches show. */
#pragma once
#include "subject/batch/batch.h"
#include "work/cover/cover_view.h"
#include "work/form/action_view.h"

/* Loads the batch that an address names. */
must_use Error batch_load(Request *request);
must_use Error batch_load_row(Request *request, BatchRow *out); /* of request->subject; NOT_FOUND */
/* What of a request is a new batch: the file, the confirmation, the Idempotency-Key. INVALID: "file": there is none. */
extern const FormSpec batch_file_form;
must_use Error batch_take(Request *request, BatchNew *out);
typedef struct BatchFileForm {
	Uploads file;
	bool no_secrets;
} BatchFileForm;
/* The same words for pages and tables. */
Text batch_column_text(Lang lang, Text field);
must_use Error batch_reply_errors(Request *request, const Batch *batch);
must_use Error batch_reply_summary(Request *request, const Batch *batch);
Text batch_row_label(Arena *arena, Lang lang, int64_t number); /* "Row 3" */
void batch_row_place(Call *call, const Batch *batch, BatchRow *row, CoverPlace *out); /* of its personal data */
must_use Error batch_banner(Html *html, const Batch *batch, Markup *out); /* rows with personal data; empty: none */
Form *batch_row_form(Arena *arena); /* report_form without files */
typedef struct BatchPick {
	int64_t number;
	Text label;
} BatchPick;

typedef struct BatchFault {
	Text column, words;
} BatchFault;
typedef struct BatchFaults {
	LIST_OF(BatchFault) faults;
	Text more; /* may be empty */
} BatchFaults;

/* A file that comes in parts and is not here yet. */
typedef struct BatchWaits {
	Text ref, how_far, parts, page; /* parts, page: of the script */
	Markup file;
	Url refresh;
} BatchWaits;
Text batch_parts_help(Html *html);
must_use Error batch_parts_fill(Html *html, const Batch *batch, Markup *out, bool *out_is_waiting);

typedef struct BatchListView {
	Markup table, empty, pager, file, confirm;
	Url action, xlsx, csv;
	Text limit, parts, page; /* parts, page: of the script */
} BatchListView;
typedef struct BatchShowView {
	Markup chip, facts, progress, filters, table, empty, pager, actions, file, confirm, waits, banner;
	Text refusal, passed_over, rate; /* may be empty */
	Url choose, again, errors, summary, refresh;
	bool is_preview, is_moving, is_refused, is_over, can_choose, has_errors, is_waiting; /* is_waiting: for its file */
} BatchShowView;
typedef struct BatchRowView {
	FormView form;
	Markup chip, files, alike, published, banner, kept;
	Url action, back, report;
	Text report_ref, same; /* may be empty */
	bool is_open;
} BatchRowView;
