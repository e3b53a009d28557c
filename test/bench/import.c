/* What an import ends with, prepared in memory, and then only inserted: one C loop, as many rows a transaction as the program. */
#include "base/base/clock.h"
#include "bench/bench.h"
#include "subject/feed/feed.h"

#include <time.h>

enum { WRITER_CACHE_KIB = 8192 };

typedef struct Prepared {
	Map *numbers, *positions; /* what is there already */
	LIST_OF(AdvisoryFinished) rows;
} Prepared;

static Texts copy_texts(Arena *arena, const Texts *texts)
{
	Texts copy = { 0 };
	for (size_t i = 0; i < texts->count; i++) list_add(arena, &copy, arena_copy(arena, texts->at[i]));
	return copy;
}

static AdvisoryFinished copy_finished(Arena *arena, const AdvisoryFinished *from)
{
	AdvisoryFinished copy = *from;
	copy.number = arena_copy(arena, from->number);
	copy.key = arena_copy(arena, from->key);
	copy.digest = arena_copy(arena, from->digest);
	copy.packed = arena_copy(arena, from->packed);
	copy.record.identifier = arena_copy(arena, from->record.identifier);
	copy.record.level = arena_copy(arena, from->record.level);
	for (int lang = 0; lang < LANG_COUNT; lang++) copy.record.title[lang] = arena_copy(arena, from->record.title[lang]);
	copy.record.identifiers = copy_texts(arena, &from->record.identifiers);
	copy.record.document = arena_copy(arena, from->record.document);
	copy.record.tokens = arena_copy(arena, from->record.tokens);
	return copy;
}

/* A second document of a record would change it instead of inserting: it is left out. */
static Error keep_batch(Call *call, const ImportBatch *batch, void *argument)
{
	Prepared *prepared = argument;
	for (size_t i = 0; i < batch->count; i++) {
		AdvisoryFinished row = copy_finished(call->arena, &batch->at[i]);
		if (map_get(prepared->numbers, row.key)) continue;
		Text position = { 0 };
		for (row.record.position--; !position.at || map_get(prepared->positions, position);)
			position = arena_printf(call->arena, "%lld", (long long)++row.record.position);
		map_put(prepared->numbers, row.key, prepared);
		map_put(prepared->positions, position, prepared);
		list_add(call->arena, &prepared->rows, row);
	}
	return OK;
}

typedef struct Inserts {
	sqlite3 *handle;
	sqlite3_stmt *record, *identifier, *source, *search;
} Inserts;

static Inserts inserts_open(const char *path)
{
	Inserts inserts = { .handle = bare_open(path, WRITER_CACHE_KIB, true) };
	inserts.record = bare_prepare(inserts.handle,
		"INSERT INTO advisory (id, position, identifier, withdrawn, level, published_at, updated_at, title_zh, title_en, document)"
		" VALUES (?,?,?,?,?,?,?,?,?,?)");
	inserts.identifier = bare_prepare(inserts.handle, "INSERT INTO advisory_identifier (identifier, advisory_id) VALUES (?,?)");
	inserts.source = bare_prepare(inserts.handle,
		"INSERT INTO advisory_source (advisory_id, form, number, digest, updated_at, is_current, packed) VALUES (?,?,?,?,?,1,?)");
	inserts.search = bare_prepare(inserts.handle, "INSERT INTO advisory_search (rowid, tokens) VALUES (?,?)");
	return inserts;
}

static void inserts_close(Inserts *inserts)
{
	sqlite3_stmt *const statements[] = { inserts->record, inserts->identifier, inserts->source, inserts->search };
	for (size_t i = 0; i < COUNT(statements); i++) sqlite3_finalize(statements[i]);
	bare_close(&inserts->handle);
}

static void insert_row(const Inserts *to, const AdvisoryFinished *row, int64_t id)
{
	const AdvisoryRecord *record = &row->record;
	sqlite3_bind_int64(to->record, 1, id);
	sqlite3_bind_int64(to->record, 2, record->position);
	bare_bind_text(to->record, 3, record->identifier);
	sqlite3_bind_int(to->record, 4, record->withdrawn);
	bare_bind_text(to->record, 5, record->level);
	sqlite3_bind_int64(to->record, 6, record->published_at);
	sqlite3_bind_int64(to->record, 7, record->updated_at);
	bare_bind_text(to->record, 8, record->title[LANG_ZH]);
	bare_bind_text(to->record, 9, record->title[LANG_EN]);
	bare_bind_text(to->record, 10, record->document);
	bare_read_all(to->record);
	for (size_t i = 0; i < record->identifiers.count; i++) {
		bare_bind_text(to->identifier, 1, record->identifiers.at[i]);
		sqlite3_bind_int64(to->identifier, 2, id);
		bare_read_all(to->identifier);
	}
	sqlite3_bind_int64(to->source, 1, id);
	bare_bind_text(to->source, 2, text_from(advisory_form_tag(row->form)));
	bare_bind_text(to->source, 3, row->number);
	bare_bind_text(to->source, 4, row->digest);
	sqlite3_bind_int64(to->source, 5, row->updated_at);
	sqlite3_bind_blob64(to->source, 6, row->packed.at, row->packed.length, SQLITE_STATIC);
	bare_read_all(to->source);
	sqlite3_bind_int64(to->search, 1, record->position);
	bare_bind_text(to->search, 2, record->tokens);
	bare_read_all(to->search);
}

/* An empty library of this program's schema. */
static Error make_schema(Call *call, const char *path)
{
	DbOptions options = { .url = arena_printf(call->arena, "sqlite:%s", path).at };
	scoped(db_close) Db *db = NULL;
	int applied;
	TRY(db_open(call, &options, &db));
	call->db = db;
	Error error = db_migrate(call, &applied);
	call->db = NULL;
	return error;
}

static Error insert_all(Call *call, const Prepared *prepared, const char *path)
{
	TRY(make_schema(call, path));
	int64_t begin = clock_precise();
	clock_t processor = clock();
	Inserts inserts = inserts_open(path);
	for (size_t i = 0; i < prepared->rows.count; i++) {
		if (i % IMPORT_BATCH_DOCUMENTS == 0) bare_run(inserts.handle, i ? "COMMIT; BEGIN" : "BEGIN");
		insert_row(&inserts, &prepared->rows.at[i], (int64_t)i + 1);
	}
	if (prepared->rows.count) bare_run(inserts.handle, "COMMIT");
	inserts_close(&inserts);
	printf("{\"rows\": %zu, \"microseconds\": %lld, \"processor\": %lld}\n", prepared->rows.count, (long long)(clock_precise() - begin),
		(long long)(clock() - processor) * 1000000 / CLOCKS_PER_SEC);
	fflush(stdout);
	return OK;
}

/* Prepares the rows of FILE, says so, and inserts them into the new database of each path that comes in on standard input. */
Error import_mode(Call *call, int argc, char **argv)
{
	if (argc != 1) return fail(call, USAGE, "import FILE");
	Text path = text_from(argv[0]);
	ImportOptions options = { .form = FORM_COUNT, .paths = &path, .path_count = 1 };
	Prepared prepared = { .numbers = map_new(call->arena), .positions = map_new(call->arena) };
	TRY(import_read(call, &options, keep_batch, &prepared));
	printf("{\"ready\": %zu}\n", prepared.rows.count);
	fflush(stdout);
	char line[4096];
	while (fgets(line, sizeof(line), stdin)) {
		Text into = text_trim(text_from(line));
		TRY(insert_all(call, &prepared, arena_string(call->arena, into)));
	}
	return OK;
}
