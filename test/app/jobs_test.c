/* What goes on beside the server, where it is more than one room's. */
#include "app/jobs.h"
#include "harness/test.h"
#include "store/blob/blob.h"
#include "store/seal/seal.h"
#include "subject/casefile/trusted_time.h"

#include <string.h>

enum { HOUR = 3600 * 1000, DAY = 24 * HOUR };

static Error matter_new(Call *call, void *argument) { return seal_matter_new(call, argument); }

static void run(Test *t, const char *name)
{
	for (size_t i = 0; i < app_job_count; i++)
		if (!strcmp(app_jobs[i]->name, name)) {
			const Job job = { .payload = TEXT("") };
			CHECK_OK(t->call, app_jobs[i]->run(t->call, &job));
			return;
		}
	test_fail(__FILE__, __LINE__, "no job %s", name);
}

/* How many files without a row were still there. */
static int64_t left_over(Test *t)
{
	int64_t removed = -1;
	CHECK_OK(t->call, blob_sweep(t->call, &removed));
	return removed;
}

static void write_orphan(Test *t)
{
	int64_t matter;
	BlobFile file;
	CHECK_OK(t->call, db_transact(t->call, matter_new, &matter));
	CHECK_OK(t->call, blob_write(t->call, matter, TEXT("its row is being written"), &file));
}

TEST_DB(clean__after_a_jump_of_the_clock_no_file_is_taken_before_its_row_until_an_operator_has_confirmed_it)
{
	TimeReading reading;
	CHECK_OK(t->call, trusted_time_read(t->call, &reading));
	t->call->now = reading.wall;
	CHECK_OK(t->call, trusted_time_keep(t->call, &reading));
	write_orphan(t);
	t->call->now = reading.wall += 2 * DAY; /* the boot clock has not moved */
	CHECK_OK(t->call, trusted_time_keep(t->call, &reading));
	run(t, "clean");
	CHECK_INT(t->call->now, reading.wall);
	CHECK_INT(left_over(t), 1);
	write_orphan(t);
	CHECK_OK(t->call, trusted_time_confirm(t->call, &reading));
	run(t, "clean");
	CHECK_INT(left_over(t), 0);
}
