#include "app/round_command.h"

#include "app/command.h"
#include "engine/selection/draw.h"
#include "engine/selection/panel.h"

#include <stdlib.h>

typedef struct Asked {
	Call *call;
	FILE *out, *talk;
	bool json, rfc3797;
	Texts words;
} Asked;

/* ---- score: one panel a line */

static void print_table(Asked *asked, const PanelCase *of)
{
	Arena *arena = asked->call->arena;
	const Panel *panel = &of->panel;
	Score *scores = arena_array_of(arena, Score, panel->applicant_count + 1);
	Placing *placings = arena_array_of(arena, Placing, panel->applicant_count + 1);
	panel_score(arena, panel, scores);
	panel_rank(panel, scores, &of->quota, placings);
	for (size_t i = 0; i < panel->applicant_count; i++) {
		const Applicant *applicant = &panel->applicants[placings[i].applicant];
		const Score *score = &scores[placings[i].applicant];
		Text total = hundredths_text(arena, fraction_hundredths(score->total));
		Text outcome = tr(asked->call->lang, outcome_text(placings[i].outcome));
		fprintf(asked->out, "%lld\t%.*s\t%.*s\t%.*s\n", (long long)placings[i].rank, TEXT_ARGS(applicant->id), TEXT_ARGS(total),
			TEXT_ARGS(outcome));
	}
}

static void print_answer(Asked *asked, const PanelCase *of)
{
	Buffer line = { .arena = asked->call->arena };
	JsonWriter writer = json_writer(&line);
	panel_case_answer(asked->call->arena, of, &writer);
	json_finish(&writer);
	buffer_byte(&line, '\n');
	fwrite(line.at, 1, line.length, asked->out);
}

static Error score_line(Asked *asked, Text line, int number)
{
	Json json;
	PanelCase *of = arena_new_of(asked->call->arena, PanelCase);
	const char *why = NULL;
	TRY(json_read(asked->call, line, &json));
	if (!panel_case_read(asked->call->arena, json, of, &why)) {
		fprintf(asked->talk, "%.*s\n", TEXT_ARGS(tr(asked->call->lang, why)));
		return fail(asked->call, INVALID, "panel %d: %s", number, why);
	}
	if (asked->json)
		print_answer(asked, of);
	else
		print_table(asked, of);
	return OK;
}

static void line_free(char **line) { free(*line); }
static void file_close(FILE **file)
{
	if (*file && *file != stdin) fclose(*file);
}

static Error score(Asked *asked, const char *path)
{
	scoped(file_close) FILE *file = strcmp(path, "-") == 0 ? stdin : fopen(path, "re");
	if (!file) return fail(asked->call, NOT_FOUND, "%s cannot be opened", path);
	scoped(line_free) char *line = NULL;
	size_t room = 0;
	int number = 0;
	for (ssize_t length; (length = getline(&line, &room, file)) >= 0;) {
		ArenaMark mark = arena_mark(asked->call->arena);
		Text text = text_trim((Text) { line, (size_t)length });
		if (text.length) TRY(score_line(asked, text, ++number));
		arena_release(asked->call->arena, mark);
	}
	return ferror(file) ? fail(asked->call, IO, "reading %s", path) : OK;
}

/* ---- draw */

static void print_numbers(FILE *out, const uint32_t *numbers, size_t count)
{
	for (size_t i = 0; i < count; i++) fprintf(out, i ? ",%u" : "%u", numbers[i]);
}

static bool count_parse(Text text, int64_t *out) { return text_to_int(text, out) && *out > 0 && *out <= DRAW_POOL_MAX; }

static Error draw_published(Asked *asked, Text round, Text root_hex, Text source, Text how_many)
{
	Arena *arena = asked->call->arena;
	Text bytes;
	Digest root;
	int64_t count;
	if (!hex_parse(arena, root_hex, &bytes) || !digest_from(bytes, &root))
		return usage_error(asked->call, asked->talk, "the root is 64 hexadecimal digits");
	if (!count_parse(how_many, &count)) return usage_error(asked->call, asked->talk, "a pool has 1 to %d members", DRAW_POOL_MAX);
	uint32_t *permutation = arena_array_of(arena, uint32_t, count);
	Digest seed = draw_seed(round, &root, source);
	draw_permutation(&seed, permutation, (size_t)count);
	Digest hash = draw_permutation_hash(permutation, (size_t)count);
	Text seed_hex = hex_text(arena, DIGEST_TEXT(seed)), hash_hex = hex_text(arena, DIGEST_TEXT(hash));
	fprintf(asked->out, asked->json ? "{\"seed\":\"%.*s\",\"sha256\":\"%.*s\",\"permutation\":[" : "%.*s\n%.*s\n", TEXT_ARGS(seed_hex),
		TEXT_ARGS(hash_hex));
	print_numbers(asked->out, permutation, (size_t)count);
	fputs(asked->json ? "]}\n" : "\n", asked->out);
	return OK;
}

static Error draw_by_rfc3797(Asked *asked, Text key, Text pool_text, Text count_text)
{
	int64_t pool, count;
	if (!count_parse(pool_text, &pool) || !count_parse(count_text, &count))
		return usage_error(asked->call, asked->talk, "pool and count are numbers from 1");
	uint32_t *chosen = arena_array_of(asked->call->arena, uint32_t, count);
	if (!draw_rfc3797(key, (uint32_t)pool, chosen, (uint32_t)count))
		return usage_error(asked->call, asked->talk, "no more can be drawn than there are, of at most 65,535");
	if (asked->json) fputs("{\"selected\":[", asked->out);
	print_numbers(asked->out, chosen, (size_t)count);
	fputs(asked->json ? "]}\n" : "\n", asked->out);
	return OK;
}

static Error take_words(Asked *asked, int argc, char **argv)
{
	for (int i = 0; i < argc; i++) {
		if (strcmp(argv[i], "--json") == 0)
			asked->json = true;
		else if (strcmp(argv[i], "--rfc3797") == 0)
			asked->rfc3797 = true;
		else if (argv[i][0] == '-' && argv[i][1])
			return usage_error(asked->call, asked->talk, "“%s” is no option of round", argv[i]);
		else
			list_add(asked->call->arena, &asked->words, text_from(argv[i]));
	}
	return OK;
}

Error round_command(Call *call, int argc, char **argv, FILE *out, FILE *talk)
{
	Asked asked = { .call = call, .out = out, .talk = talk };
	TRY(take_words(&asked, argc, argv));
	const Text *words = asked.words.at;
	size_t count = asked.words.count;
	if (count == 2 && text_is(words[0], TEXT("score"))) return score(&asked, words[1].at);
	if (count == 4 && asked.rfc3797 && text_is(words[0], TEXT("draw"))) return draw_by_rfc3797(&asked, words[1], words[2], words[3]);
	if (count == 5 && !asked.rfc3797 && text_is(words[0], TEXT("draw")))
		return draw_published(&asked, words[1], words[2], words[3], words[4]);
	return usage_error(
		call, talk, "say “round score FILE”, “round draw ROUND ROOT SOURCE COUNT” or “round draw --rfc3797 KEY POOL COUNT”");
}
