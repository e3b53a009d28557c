/*
 * batch: many reports at once, from a table, an archive with attachments, CVE records or a CSAF advisory. The file is read in the sandbox;
 * each row is shown with its errors before anything is a report, may be corrected or left out, and those that are sent become reports one by one,
 * each whole or not at all, by a job that goes on where it stopped. A batch is seen by whoever sends it and by nobody else.
 */
#pragma once
#include "base/sandbox/sandbox.h"
#include "store/job/job.h"
#include "work/form/form.h"
#include "work/workflow/workflow.h"

enum { BATCH_ROWS_MAX = 10000, BATCH_INLINE_BYTES = 2 * 1024 * 1024 };

extern const SandboxWork batch_read_work, batch_unpack_work; /* SANDBOX_BATCH, SANDBOX_UNPACK */
extern const Machine batch_machine;
extern const JobKind batch_read_job, batch_send_job, batch_clean_job;
struct RouteTable;
extern const struct RouteTable batch_routes, batch_row_routes, batch_personal_routes, batch_api_routes;

typedef struct BatchCounts {
	int64_t reading, wrong, ready, left, waiting, sent, failed;
} BatchCounts;
int64_t batch_total(const BatchCounts *counts);
typedef struct Batch {
	int64_t id, revision, person_id, organisation_id, seal_key, created_at, started_at, updated_at; /* started_at: 0: not sent */
	Text ref, state, format, reason, name, detail; /* reason: code of refusal.def, else empty; detail: what it is about */
	Text content; /* keyed value of the file */
	Lang lang; /* of whoever sent it */
	bool is_confirmed; /* that no row contains state secrets, said once for all */
	BatchCounts counts;
	int64_t personal_rows; /* in the preview: rows that may be sent and hold what looks like personal data */
} Batch;
typedef LIST_OF(Batch) Batches;

typedef struct BatchProblem {
	Text field, message, argument; /* message: English source text with at most one %s */
} BatchProblem;
typedef LIST_OF(BatchProblem) BatchProblems;
typedef struct BatchRow {
	int64_t id, batch_id, number, seal_key, report_id, updated_at;
	Text state, title;
	Map *values; /* empty once it is sent */
	BatchProblems problems;
	Texts files; /* as the row names them */
	int64_t personal; /* values that look like personal data or secrets, with nothing decided about them */
	int64_t same_as; /* an earlier row of the batch says the same; 0: none */
	Text report_ref;
} BatchRow;
typedef LIST_OF(BatchRow) BatchRows;
const char *batch_row_state_text(Text state); /* English source text */
const char *batch_row_state_tone(Text state);
Text batch_problem_text(Arena *arena, Lang lang, const BatchProblem *problem);
Text batch_reason_text(Arena *arena, Lang lang, Text reason, Text about);

/* ---- The batch */
typedef struct BatchFile {
	Text name;
	int descriptor; /* at its start */
	int64_t size_bytes;
} BatchFile;
typedef struct BatchNew {
	BatchFile file; /* size_bytes 0: it comes in parts */
	Text key; /* Idempotency-Key; may be empty */
	bool is_confirmed;
} BatchNew;
/* Takes the file; small ones are read at once, others by a job. CONFLICT: the key stood for another file. INVALID: "file", as attachments. */
must_use Error batch_new(Call *call, const BatchNew *new, Text *out_ref, bool *out_repeated);
/* For a file in parts: where they go, and that they are all here. CONFLICT: it is read already. */
AttachmentOwner batch_owner(const Batch *batch);
must_use Error batch_file_arrived(Call *call, const Batch *batch);
/* The corrected file in the place of the one before: every row is read anew. */
must_use Error batch_replace(Call *call, Text ref, const BatchNew *new);
must_use Error batch_open(Call *call, Text ref, Batch *out); /* NOT_FOUND also: somebody else's */
must_use Error batch_list(Call *call, int64_t before, int64_t max, Batches *out); /* the actor's own, newest first */
/* Sends what is ready, cancels. INVALID: "action": nothing is ready; more than may be sent within a day. */
must_use Error batch_act(Call *call, Text ref, Text action, int64_t revision);
void batch_matter(Call *call, const Batch *batch, Matter *out);
must_use Error batch_machine_matter(Call *call, const Batch *batch, Matter *out); /* with the limit of a day, for the buttons */
/* How many reports the actor may send within a day in batches, and how many are left of them. */
must_use Error batch_limit(Call *call, int64_t *out_most, int64_t *out_left);

/* ---- Rows. `state`: only these; no text: all. By number upwards. */
must_use Error batch_rows(Call *call, const Batch *batch, Text state, int64_t after, int64_t max, BatchRows *out);
must_use Error batch_row(Call *call, const Batch *batch, int64_t number, BatchRow *out);
/* Other values for one row. Its problems are found anew; what is still wrong is stored and no error. CONFLICT: the batch is past its preview. */
must_use Error batch_row_correct(Call *call, const Batch *batch, int64_t number, const Map *values);
/* Leaves rows out of what is sent, or takes them in again. Rows that are wrong cannot be taken in, and stay. */
must_use Error batch_choose(Call *call, const Batch *batch, const Numbers *numbers, bool is_taken);
/* Exactly these of the rows without errors are to be sent, the others are left. INVALID: "rows": one of them is wrong, or there is none. */
must_use Error batch_choose_only(Call *call, const Batch *batch, const Numbers *numbers);
/* What became reports. */
typedef struct BatchReport {
	int64_t number, received_at;
	Text ref, content_digest;
} BatchReport;
typedef LIST_OF(BatchReport) BatchReports;
must_use Error batch_reports(Call *call, const Batch *batch, int64_t after, int64_t max, BatchReports *out);

/* ---- Personal data in rows (work/cover), before anything is sent. What is kept with a reason goes to the report with the row. */
struct CoverMatter;
void batch_row_matter(Arena *arena, const Batch *batch, BatchRow *row, struct CoverMatter *out); /* `batch` and `row` have to stay */
bool batch_row_may_cover(const Batch *batch, const BatchRow *row); /* in the preview, and not left out */
/* After something was hidden in its files or kept: how much is left. Inside or outside a transaction. */
must_use Error batch_row_recount(Call *call, const Batch *batch, int64_t number);
must_use Error batch_rows_personal(Call *call, const Batch *batch, int64_t after, int64_t max, BatchRows *out);
/* Hides it in every row that may be sent, as long as a request may last; how many rows are left. CONFLICT: it is past its preview. */
must_use Error batch_mask_all(Call *call, const Batch *batch, int64_t *out_left);

/* ---- The template */
must_use Error batch_template_xlsx(Call *call, Text *out);
Text batch_template_csv(Call *call);
