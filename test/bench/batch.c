/* Thousands of reports with an attachment each from archives, on a library of its own; and some sent one by one as the other way. */
#include "subject/batch/batch.h"

#include "app/house.h"
#include "app/wiring.h"
#include "base/base/clock.h"
#include "bench/bench.h"
#include "people/person/person.h"
#include "subject/report/report.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SINGLE_REPORTS = 100, SINGLE_BYTES = 100 * 1024 };
static Actor sender = { .roles = ROLE_REPORTER | ROLE_UNIT_MEMBER, .organisation_id = 1, .session_id = 1, .scopes = ~0U };

static Error run_jobs(Call *call)
{
	static const JobKind *const kinds[] = { &batch_read_job, &batch_send_job };
	bool ran = true;
	const Actor *before = call->actor;
	call->actor = &actor_system;
	while (ran) {
		ArenaMark mark = arena_mark(call->arena);
		call->now = clock_wall();
		TRY(job_run_one(call, kinds, COUNT(kinds), &ran));
		arena_release(call->arena, mark);
	}
	call->actor = before;
	return OK;
}

static Error take(Call *call, const char *path, Text *out_ref)
{
	struct stat status;
	bool repeated = false;
	int file = open(path, O_RDONLY | O_CLOEXEC);
	if (file < 0 || fstat(file, &status) != 0) return fail(call, NOT_FOUND, "%s", path);
	const BatchNew new = { .file = { text_from("bench.zip"), file, (int64_t)status.st_size }, .is_confirmed = true };
	Error error = batch_new(call, &new, out_ref, &repeated);
	close(file);
	return error;
}

typedef struct Times {
	int64_t taking, reading, sending, sent, failed;
} Times;

static Error measure(Call *call, const char *path, Times *times)
{
	Batch batch;
	Text ref;
	int64_t begin = clock_monotonic();
	TRY(take(call, path, &ref));
	int64_t taken = clock_monotonic();
	TRY(run_jobs(call));
	int64_t read = clock_monotonic();
	TRY(batch_act(call, ref, TEXT("send"), 0));
	TRY(run_jobs(call));
	times->taking += taken - begin;
	times->reading += read - taken;
	times->sending += clock_monotonic() - read;
	TRY(batch_open(call, ref, &batch));
	times->sent += batch.counts.sent;
	times->failed += batch_total(&batch.counts) - batch.counts.sent;
	return OK;
}

/* ---- The other way: a report, then its file */
static Map *values_of(Call *call, int number)
{
	static const char *const pairs[][2] = { { "kind", "generic" }, { "owner", "others" }, { "original", "original" },
		{ "disclosed", "no" }, { "part", "android" }, { "product", "示例应用" }, { "versions", "< 2.0" },
		{ "class", "sql-injection" }, { "steps", "1. Open it" }, { "impact", "Everything can be read." }, { "credit", "handle" },
		{ "no_secrets", "yes" } };
	Map *values = map_new(call->arena);
	for (size_t i = 0; i < COUNT(pairs); i++) form_set(call->arena, values, text_from(pairs[i][0]), text_from(pairs[i][1]));
	form_set(call->arena, values, TEXT("description"), arena_printf(call->arena, "The interface of order %d joins text.", number));
	return values;
}

static Error send_single(Call *call, int number)
{
	Reception reception;
	Report report;
	Attachment attachment;
	char *bytes = arena_alloc(call->arena, SINGLE_BYTES);
	memset(bytes, number % 250 + 1, SINGLE_BYTES);
	TRY(report_send(call, values_of(call, number), TEXT(""), &reception));
	TRY(report_open(call, reception.ref, &report));
	int file = memfd_create("single", MFD_CLOEXEC);
	bool is_written = file >= 0 && write(file, bytes, SINGLE_BYTES) == SINGLE_BYTES;
	AttachmentOwner owner = { report_machine.name, report.id, report.seal_key, false };
	Error error = is_written ? attachment_store(call, owner, TEXT("a.png"), file, SINGLE_BYTES, &attachment)
				 : fail(call, IO, "a file of the bench");
	close(file);
	return error;
}

static Error measure_single(Call *call, int64_t *out)
{
	int64_t begin = clock_monotonic();
	for (int i = 0; i < SINGLE_REPORTS; i++) {
		ArenaMark mark = arena_mark(call->arena);
		TRY(send_single(call, i));
		arena_release(call->arena, mark);
	}
	*out = clock_monotonic() - begin;
	return OK;
}

Error batch_mode(Call *call, int argc, char **argv)
{
	if (argc < 2) return fail(call, USAGE, "batch DATA ARCHIVE…");
	HouseOptions options = { .data = argv[0], .create = true, .demo = true };
	scoped(house_close) struct OpenHouse *house = NULL;
	Times times = { 0 };
	int64_t single = 0;
	TRY(house_open(call, &options, &house));
	call->house = &house->house;
	call->db = call->house->db;
	wire_rooms();
	TRY(person_create_demo(call, TEXT("bench@example.cn"), TEXT("Bench"), TEXT("bench"), 0, &sender.person_id));
	call->actor = &sender;
	TRY(measure_single(call, &single));
	for (int i = 1; i < argc; i++) TRY(measure(call, argv[i], &times));
	printf("{\"taking\": %lld, \"reading\": %lld, \"sending\": %lld, \"sent\": %lld, \"failed\": %lld, \"single\": %lld, \"singles\": "
	       "%d}\n",
		(long long)times.taking, (long long)times.reading, (long long)times.sending, (long long)times.sent, (long long)times.failed,
		(long long)single, SINGLE_REPORTS);
	return OK;
}
