/* What the files of this room share. */
#pragma once
#include "store/seal/seal.h"
#include "subject/batch/batch.h"
#include "subject/batch/batch.sql.h"
#include "subject/report/report.h"

typedef struct BatchFacts { /* what the guards look at */
	int64_t person_id;
	int64_t ready, left_of_day; /* left_of_day: -1: it was not asked */
	bool has_file; /* another file is at hand */
} BatchFacts;
extern const char batch_row_kind[]; /* of the owner of a row's files */
Error batch_machine_load(Call *call, Text ref, Matter *out);
Error batch_machine_move(Call *call, const Matter *matter, Text to, int64_t *out_changed);
Error batch_machine_applied(Call *call, Matter *matter, const Transition *row, const void *input);
must_use Error batch_of_line(Call *call, const BatchLine *line, Batch *out);
must_use Error batch_find(Call *call, Text ref, Batch *out); /* for jobs: asks nobody's permission */
must_use Error batch_job_add(Call *call, const char *kind, const Batch *batch, int64_t at);

/* ---- Rows */
typedef struct RowText { /* a row's content, sealed with its own key */
	Text state, content;
	Sealed title, values, problems, files;
	int64_t personal; /* see BatchRow */
} RowText;
/* Checks the values as those of a single report. The problems are noted in *out; call->failure is as before. */
must_use Error batch_check(Call *call, const Map *values, BatchProblems *out);
void batch_problem_add(Arena *arena, BatchProblems *problems, const char *field, const char *message, Text argument);
/* row: its id (0: it is new), number and key. */
must_use Error batch_row_seal(
	Call *call, const Batch *batch, const BatchRow *row, Map *values, const BatchProblems *problems, RowText *out);
must_use Error batch_row_of_line(Call *call, const Batch *batch, const BatchRowLine *line, BatchRow *out);
Text batch_row_name(Arena *arena, const Batch *batch, int64_t number); /* what seals are bound to */
must_use Error batch_row_forget(Call *call, const BatchRowLine *line); /* row, files and key; inside db_transact */
must_use Error batch_forget_some(
	Call *call, const Batch *batch, bool *out_more); /* rows that became no report; in transactions of its own */
must_use Error batch_forget_file(Call *call, const Batch *batch);
int64_t batch_kept_ms(Call *call);
const char *batch_fault_text(const char *code); /* of refusal.def */

must_use Error batch_row_personal(Call *call, const Batch *batch, BatchRow *row, int64_t *out);

/* Reads the file into rows, from where it was interrupted. `job`: whose lease is kept; NULL: none. */
must_use Error batch_read(Call *call, Text ref, const Job *job);
must_use Error batch_keep_lease(Call *call, const Job *job, int64_t *kept_at); /* now and then */
/* The action as the system. */
must_use Error batch_system_act(Call *call, Text ref, const char *action);
