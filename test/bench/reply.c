/* Pages and API replies of many different records, not cached, beside the bare read of the same rows. */
#include "base/base/clock.h"
#include "bench/bench.h"

enum { READER_CACHE_KIB = 1024, BLOCK_RECORDS = 250 };

typedef struct Reads {
	sqlite3 *handle;
	sqlite3_stmt *record, *sources, *revisions;
} Reads;

static Reads reads_open(const char *path)
{
	Reads reads = { .handle = bare_open(path, READER_CACHE_KIB, false) };
	reads.record = bare_prepare(reads.handle, bare_text_of("advisory_find_row"));
	reads.sources = bare_prepare(reads.handle, bare_text_of("advisory_sources_of_record"));
	reads.revisions = bare_prepare(reads.handle, bare_text_of("advisory_list_revisions"));
	return reads;
}

static void reads_close(Reads *reads)
{
	sqlite3_finalize(reads->record);
	sqlite3_finalize(reads->sources);
	sqlite3_finalize(reads->revisions);
	bare_close(&reads->handle);
}

static void read_record(const Reads *reads, Text identifier)
{
	bare_bind_text(reads->record, 1, identifier);
	int64_t id = bare_read_all(reads->record);
	sqlite3_bind_int64(reads->sources, 1, id);
	bare_read_all(reads->sources);
	sqlite3_bind_int64(reads->revisions, 1, id);
	bare_read_all(reads->revisions);
}

/* Records from everywhere, in an order that neither row nor index has. */
static Texts choose_records(Call *call, const char *path, int64_t count)
{
	Texts chosen = { 0 };
	sqlite3 *handle = bare_open(path, READER_CACHE_KIB, false);
	sqlite3_stmt *statement = bare_prepare(handle, "SELECT identifier FROM advisory ORDER BY (id * 2654435761) % 4294967296 LIMIT ?");
	sqlite3_bind_int64(statement, 1, count);
	while (sqlite3_step(statement) == SQLITE_ROW)
		list_add(call->arena, &chosen, arena_copy(call->arena, text_from((const char *)sqlite3_column_text(statement, 0))));
	sqlite3_finalize(statement);
	bare_close(&handle);
	return chosen;
}

static int64_t measure_bare(const Reads *reads, const Text *records, size_t count)
{
	int64_t begin = clock_precise();
	for (size_t i = 0; i < count; i++) read_record(reads, records[i]);
	return clock_precise() - begin;
}

static int64_t measure_replies(Call *call, const Inside *inside, const char *prefix, const Text *records, size_t count, int *failed)
{
	int64_t sum = 0;
	for (size_t i = 0; i < count; i++) {
		int status;
		ArenaMark mark = arena_mark(call->arena);
		Text target = arena_printf(call->arena, "%s%.*s", prefix, TEXT_ARGS(records[i]));
		sum += inside_measure(inside, target, &status);
		*failed += status != 200;
		arena_release(call->arena, mark);
	}
	return sum;
}

/* Who comes first finds the rows in no cache of the processor: each has its turn to be that. */
static void measure_block(Call *call, const Inside *inside, const Reads *reads, const Text *records, size_t count, size_t turn)
{
	enum { BARE, PAGE, ENGLISH, API, KINDS };
	static const char *const prefixes[KINDS] = { NULL, "/advisories/", "/en/advisories/", "/api/v1/advisories/" };
	int failed = 0;
	int64_t taken[KINDS];
	for (size_t i = 0; i < KINDS; i++) {
		size_t kind = (i + turn) % KINDS;
		taken[kind] = kind == BARE ? measure_bare(reads, records, count)
					   : measure_replies(call, inside, prefixes[kind], records, count, &failed);
	}
	if (turn > 0) /* the first block warms up */
		printf("{\"records\": %zu, \"failed\": %d, \"bare\": %lld, \"page\": %lld, \"api\": %lld}\n", count, failed,
			(long long)taken[BARE], (long long)(taken[PAGE] + taken[ENGLISH]) / 2, (long long)taken[API]);
}

Error reply_mode(Call *call, int argc, char **argv)
{
	int64_t count;
	if (argc != 2 || !text_to_int(text_from(argv[1]), &count)) return fail(call, USAGE, "reply DATA RECORDS");
	scoped(inside_close) Inside inside = { 0 };
	TRY(inside_open(call, argv[0], &inside));
	Texts records = choose_records(call, inside.database, count);
	Reads reads = reads_open(inside.database);
	for (size_t i = 0; i + BLOCK_RECORDS <= records.count; i += BLOCK_RECORDS)
		measure_block(call, &inside, &reads, records.at + i, BLOCK_RECORDS, i / BLOCK_RECORDS);
	reads_close(&reads);
	return OK;
}
