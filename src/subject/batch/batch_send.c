/* From rows to reports. Each row is one step inside its group's transaction: whole, or not at all; what is sent is marked in the same
 * transaction, so that whoever goes on after a crash finds exactly what is left. */
#include "people/person/person.h"
#include "subject/batch/batch_private.h"

enum { GROUP_ROWS = 50, SLICE_ROWS = 400, LEASE_MS = 15000 };

typedef struct Sending {
	const Batch *batch;
	BatchRowLines lines;
	BatchRowLine *line; /* the one whose turn it is */
	BatchRow row;
} Sending;

static Error send_row(Call *call, void *argument)
{
	Sending *sending = argument;
	ReportSent sent;
	int64_t changed = 0;
	ReportPrepared prepared = { .values = sending->row.values,
		.seal_key = sending->row.seal_key,
		.files_of = batch_row_kind,
		.files_id = sending->row.id,
		.key = batch_row_name(call->arena, sending->batch, sending->row.number) };
	TRY(report_send_prepared(call, &prepared, &sent));
	TRY(batch_row_sent(call, sending->row.id, sent.id, call->now, &changed));
	return changed == 1 ? OK : fail(call, CONFLICT, "row %lld was sent by somebody else", (long long)sending->row.number);
}

/* A rule that has changed since the preview, or a day that has passed. */
static Error note_failure(Call *call, const Sending *sending)
{
	BatchProblems problems = { 0 };
	RowText text = { 0 };
	int64_t changed = 0;
	for (size_t i = 0; i < call->failure.problems.count; i++) {
		const Problem *problem = &call->failure.problems.at[i];
		BatchProblem copy = { problem->field, text_from(problem->message), problem->argument.at ? problem->argument : TEXT("") };
		list_add(call->arena, &problems, copy);
	}
	call_recover(call);
	TRY(batch_row_seal(call, sending->batch, &sending->row, sending->row.values, &problems, &text));
	return batch_row_failed(call, sending->row.id, text.problems, call->now, &changed);
}

static Error send_group(Call *call, void *argument)
{
	Sending *sending = argument;
	BatchLine now;
	TRY(batch_find_ref(call, sending->batch->ref, &now));
	sending->lines = (BatchRowLines) { 0 };
	if (!text_is(now.state, TEXT("RUNNING"))) return OK;
	TRY(batch_row_list_in(call, sending->batch->id, TEXT("waiting"), 0, GROUP_ROWS, &sending->lines));
	for (size_t i = 0; i < sending->lines.count; i++) {
		TRY(batch_row_of_line(call, sending->batch, &sending->lines.at[i], &sending->row));
		Error error = db_transact(call, send_row, sending);
		if (error == ERROR_INVALID)
			TRY(note_failure(call, sending));
		else
			TRY(error);
	}
	return batch_touch(call, sending->batch->id, call->now);
}

static Error add_next(Call *call, void *argument) { return batch_job_add(call, batch_send_job.name, argument, call->now); }

/* At most SLICE_ROWS, so that each report has the time at which it was received. */
static Error send_slice(Call *call, const Batch *batch)
{
	Batch copy = *batch;
	for (size_t sent = 0; sent < SLICE_ROWS; sent += GROUP_ROWS) {
		ArenaMark mark = arena_mark(call->arena);
		Sending sending = { .batch = batch };
		TRY(db_transact(call, send_group, &sending));
		bool is_over = sending.lines.count < GROUP_ROWS;
		arena_release(call->arena, mark);
		if (!is_over) continue;
		TRY(batch_find(call, batch->ref, &copy));
		if (!text_is(copy.state, TEXT("RUNNING"))) return OK;
		TRY(batch_system_act(call, batch->ref, "finish"));
		return batch_forget_file(call, batch);
	}
	return db_transact(call, add_next, &copy);
}

static Error run(Call *call, const Job *job)
{
	Actor actor;
	Batch batch;
	TRY(batch_find(call, job->payload, &batch));
	if (!text_is(batch.state, TEXT("RUNNING"))) return OK;
	Error error = person_actor(call, batch.person_id, &actor);
	if (error == ERROR_UNAUTHENTICATED) {
		call_recover(call);
		return batch_system_act(call, batch.ref, "halt");
	}
	TRY(error);
	const Actor *system = call->actor;
	Lang lang = call->lang;
	actor.organisation_id = batch.organisation_id; /* as of submission */
	call->actor = &actor;
	call->lang = batch.lang;
	error = send_slice(call, &batch);
	call->actor = system;
	call->lang = lang;
	return error;
}
const JobKind batch_send_job = { .name = "batch-send", .run = run, .lease_milliseconds = LEASE_MS };

/* ---- What is kept no longer */
static Error add_clean(Call *call, void *argument)
{
	const Batch *batch = argument;
	return batch_job_add(call, batch_clean_job.name, batch, batch->updated_at + batch_kept_ms(call));
}

static Error clean(Call *call, const Job *job)
{
	Batch batch;
	TRY(batch_find(call, job->payload, &batch));
	bool is_reading = text_is(batch.state, TEXT("READING")), is_stale = batch.updated_at + batch_kept_ms(call) <= call->now;
	if (text_is(batch.state, TEXT("RUNNING"))) return OK;
	if (is_reading || text_is(batch.state, TEXT("PREVIEW"))) { /* an upload that nobody ended, a preview that nobody sent */
		if (!is_stale) return db_transact(call, add_clean, &batch);
		return batch_system_act(call, batch.ref, is_reading ? "refuse" : "lapse");
	}
	TRY(batch_forget_file(call, &batch));
	for (bool more = true; more;) TRY(batch_forget_some(call, &batch, &more));
	return OK;
}
const JobKind batch_clean_job = { .name = "batch-clean", .run = clean };
