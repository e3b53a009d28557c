/* Batches of reports in every state, of the owner. None of them becomes a report: those stand in the lists of reports as they are. */
#include "matrix/matrix.h"
#include "subject/batch/batch.h"

#include <sys/mman.h>
#include <unistd.h>

/* A row that is right today and lies in the future yesterday. */
static Text table_of(Matrix *matrix, const MatrixObject *object)
{
	return arena_printf(matrix->t->arena,
		"kind,owner,original,disclosed,part,product,versions,class,title,description,steps,impact,credit,found_on\n"
		"generic,others,original,no,android,W,1,sql-injection,%.*s<script>alert(1)</script>,%.*s,%.*s,%.*s,handle,%s\n"
		"generic,others,original,no,android,W,1,sql-injection,%.*s,,,,handle,\n",
		TEXT_ARGS(object->title), TEXT_ARGS(object->content), TEXT_ARGS(object->content), TEXT_ARGS(object->content), "2026-03-05",
		TEXT_ARGS(object->title));
}

static void begin(Matrix *matrix, MatrixObject *object, Text bytes)
{
	Test *t = matrix->t;
	bool repeated;
	int file = memfd_create("batch", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	CHECK(file >= 0 && write(file, bytes.at, bytes.length) == (ssize_t)bytes.length && lseek(file, 0, SEEK_SET) == 0);
	Text name = arena_printf(t->arena, "%.*s<script>.csv", TEXT_ARGS(object->title));
	const BatchNew new = { .file = { name, file, (int64_t)bytes.length }, .is_confirmed = true };
	CHECK_OK(t->call, batch_new(t->call, &new, &object->ref, &repeated));
	close(file);
}

static void begin_parts(Matrix *matrix, MatrixObject *object)
{
	Test *t = matrix->t;
	Batch batch;
	Attachment upload;
	begin(matrix, object, TEXT(""));
	CHECK_OK(t->call, batch_open(t->call, object->ref, &batch));
	object->file = matrix_attach(matrix, batch_owner(&batch), TEXT("title\n"));
	CHECK_OK(t->call, attachment_begin(t->call, batch_owner(&batch), TEXT("b.csv"), 5, &upload));
	object->upload = upload.ref;
}

static void act(Matrix *matrix, const MatrixObject *object, const char *action)
{
	CHECK_OK(matrix->t->call, batch_act(matrix->t->call, object->ref, text_from(action), 0));
}

/* Two days ago the find of today had not been made: the row fails. */
static void send_and_fail(Matrix *matrix, const MatrixObject *object)
{
	Call *call = matrix->t->call;
	const Job job = { .payload = object->ref };
	act(matrix, object, "send");
	call->actor = &actor_system;
	call->now -= INT64_C(2) * 86400000;
	CHECK_OK(call, batch_send_job.run(call, &job));
	call->now += INT64_C(2) * 86400000;
}

void matrix_batches(Matrix *matrix)
{
	for (size_t i = 0; i < batch_machine.state_count; i++) {
		const char *state = batch_machine.states[i].name;
		MatrixObject *object = matrix_add(matrix, "batch", state);
		matrix_as(matrix, "owner");
		if (!strcmp(state, "READING"))
			begin_parts(matrix, object);
		else
			begin(matrix, object,
				!strcmp(state, "REFUSED") ? arena_printf(matrix->t->arena, "%.*s\nx\n", TEXT_ARGS(object->content))
							  : table_of(matrix, object));
		if (!strcmp(state, "CANCELLED")) act(matrix, object, "cancel");
		if (!strcmp(state, "RUNNING")) act(matrix, object, "send");
		if (!strcmp(state, "DONE")) send_and_fail(matrix, object);
	}
}
