/* The first page of searches for the commonest words, without and with two filters, beside the bare query of the index. */
#include "base/base/clock.h"
#include "bench/bench.h"
#include "engine/likeness/tokens.h"
#include "subject/library/library.h"

enum { READER_CACHE_KIB = 1024, WORDS = 20, ROUNDS = 3 };

typedef struct Filters {
	const char *names[2], *values[2];
} Filters;
static const Filters filters[] = {
	{ { NULL } },
	{ { "level", "year" }, { "high", "2023" } },
	{ { "level", "source" }, { "medium", "cve" } },
	{ { "year", "platform" }, { "2019", "android" } },
	{ { "level", "source" }, { "high", "cnvd" } },
	{ { "weakness", "year" }, { "CWE-79", "2024" } },
};

typedef struct Language {
	const char *name, *condition; /* of tokens */
} Language;
static const Language languages[] = {
	{ "english", "term NOT LIKE '%:%' AND term GLOB '[a-z][a-z]*' AND term NOT GLOB '*[^a-z]*'" },
	{ "chinese", "term NOT LIKE '%:%' AND length(term) = 2 AND length(CAST(term AS blob)) = 6" },
};

static Texts common_words(Call *call, sqlite3 *handle, const Language *language)
{
	Texts words = { 0 };
	const char *sql =
		arena_printf(call->arena, "SELECT term FROM temp.word WHERE %s ORDER BY doc DESC LIMIT %d", language->condition, WORDS).at;
	sqlite3_stmt *statement = bare_prepare(handle, sql);
	while (sqlite3_step(statement) == SQLITE_ROW)
		list_add(call->arena, &words, arena_copy(call->arena, text_from((const char *)sqlite3_column_text(statement, 0))));
	sqlite3_finalize(statement);
	return words;
}

static Text target_of(Call *call, const char *path, Text word, const Filters *with)
{
	Buffer target = { .arena = call->arena };
	buffer_printf(&target, "%s?q=", path);
	for (size_t i = 0; i < word.length; i++) buffer_printf(&target, "%%%02X", (unsigned char)word.at[i]);
	for (size_t i = 0; i < COUNT(with->names) && with->names[i]; i++) buffer_printf(&target, "&%s=%s", with->names[i], with->values[i]);
	return buffer_text(&target);
}

static Text tokens_of(Call *call, Text word, const Filters *with)
{
	TokenSet *set = tokens_new(call->arena);
	tokens_add_question(set, word);
	for (size_t i = 0; i < COUNT(with->names) && with->names[i]; i++)
		tokens_add_filter(set, with->names[i], text_from(with->values[i]));
	return tokens_text(set);
}

static int64_t measure_bare(sqlite3_stmt *statement, Text tokens)
{
	int64_t begin = clock_precise();
	bare_bind_text(statement, 1, tokens);
	sqlite3_bind_int64(statement, 2, INT64_MAX);
	sqlite3_bind_int(statement, 3, LIBRARY_PAGE + 1);
	bare_read_all(statement);
	return clock_precise() - begin;
}

typedef struct Figures {
	Samples bare, api, page;
	int failed;
} Figures;

/* Who comes first finds the lists in no cache of the processor: each of the three has its turn to be that. */
static void measure_word(
	Call *call, const Inside *inside, sqlite3_stmt *statement, Text word, const Filters *with, int turn, Figures *figures)
{
	enum { BARE, API, PAGE, KINDS };
	int status[KINDS] = { [BARE] = 200 };
	Text tokens = tokens_of(call, word, with);
	Text target[KINDS] = {
		[API] = target_of(call, "/api/v1/advisories", word, with), [PAGE] = target_of(call, "/advisories", word, with)
	};
	Samples *const samples[KINDS] = { &figures->bare, &figures->api, &figures->page };
	for (int i = 0; i < KINDS; i++) {
		int kind = (i + turn) % KINDS;
		int64_t taken = kind == BARE ? measure_bare(statement, tokens) : inside_measure(inside, target[kind], &status[kind]);
		list_add(call->arena, samples[kind], taken);
		figures->failed += status[kind] != 200;
	}
}

static void print_samples(const char *name, Samples *samples)
{
	printf(", \"%s\": {\"sum\": %lld, \"p50\": %lld, \"p95\": %lld, \"longest\": %lld}", name, (long long)samples_sum(samples),
		(long long)samples_share(samples, 50), (long long)samples_share(samples, 95), (long long)samples_share(samples, 100));
}

static void measure_language(Call *call, const Inside *inside, sqlite3 *handle, const Language *language)
{
	Figures figures = { 0 };
	Texts words = common_words(call, handle, language);
	sqlite3_stmt *statement = bare_prepare(handle, bare_text_of("library_search_before"));
	for (int round = 0; round <= ROUNDS; round++) {
		if (round == 1) figures = (Figures) { 0 }; /* the first one warmed up */
		for (size_t i = 0; i < words.count; i++)
			for (size_t k = 0; k < COUNT(filters); k++)
				measure_word(call, inside, statement, words.at[i], &filters[k], round, &figures);
	}
	sqlite3_finalize(statement);
	if (!words.count) return;
	printf("{\"language\": \"%s\", \"words\": %zu, \"searches\": %zu, \"failed\": %d", language->name, words.count, figures.bare.count,
		figures.failed);
	print_samples("bare", &figures.bare);
	print_samples("api", &figures.api);
	print_samples("page", &figures.page);
	puts("}");
}

Error search_mode(Call *call, int argc, char **argv)
{
	if (argc != 1) return fail(call, USAGE, "search DATA");
	scoped(inside_close) Inside inside = { 0 };
	TRY(inside_open(call, argv[0], &inside));
	sqlite3 *handle = bare_open(inside.database, READER_CACHE_KIB, false);
	bare_run(handle, "CREATE VIRTUAL TABLE temp.word USING fts5vocab('main', 'advisory_search', 'row')");
	for (size_t i = 0; i < COUNT(languages); i++) measure_language(call, &inside, handle, &languages[i]);
	bare_close(&handle);
	return OK;
}
