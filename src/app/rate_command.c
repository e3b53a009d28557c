#include "app/rate_command.h"

#include "app/command.h"
#include "engine/rating/rating.h"

#include <stdlib.h>

typedef struct Rate {
	Call *call;
	FILE *out, *talk;
	bool json, gbt30279;
	int wrong;
} Rate;

static void rate_print(Rate *rate, const Rating *rating)
{
	Arena *arena = rate->call->arena;
	Buffer line = { .arena = arena };
	if (rate->json) {
		JsonWriter writer = json_writer(&line);
		rating_json(&writer, arena, rating);
		json_finish(&writer);
	} else {
		Text score = rating_tenths_text(arena, rating->tenths), level = tr(rate->call->lang, level_text(rating->level));
		if (score.length) buffer_printf(&line, "%.*s\t", TEXT_ARGS(score));
		buffer_printf(&line, "%.*s\t", TEXT_ARGS(level));
		buffer_put(&line, rating_vector(arena, rating));
	}
	buffer_byte(&line, '\n');
	fwrite(line.at, 1, line.length, rate->out);
}

/* The wrong vector keeps its line in JSON output, so that answers stay beside their questions. */
static void rate_refuse(Rate *rate, Text vector, const RatingError *error)
{
	Text reason = rating_error_text(rate->call->arena, rate->call->lang, error);
	rate->wrong++;
	fprintf(rate->talk, "%.*s: %.*s\n", TEXT_ARGS(vector), TEXT_ARGS(reason));
	if (!rate->json) return;
	Buffer line = { .arena = rate->call->arena };
	JsonWriter writer = json_writer(&line);
	json_object_begin(&writer);
	json_put_text(&writer, "vector", vector);
	json_put_text(&writer, "error", reason);
	json_put_int(&writer, "position", (int64_t)error->position);
	json_end(&writer);
	json_finish(&writer);
	buffer_byte(&line, '\n');
	fwrite(line.at, 1, line.length, rate->out);
}

static void rate_one(Rate *rate, Text vector)
{
	ArenaMark mark = arena_mark(rate->call->arena);
	Rating rating;
	RatingError error;
	if (!rating_parse(vector, &rating, &error))
		rate_refuse(rate, vector, &error);
	else if ((rating.system == GBT_30279) != rate->gbt30279)
		rate_refuse(rate, vector,
			&(RatingError) { N_("This vector belongs to %s."), text_from(rating_scheme(rating.system)->name), 0 });
	else
		rate_print(rate, &rating);
	arena_release(rate->call->arena, mark);
}

static void line_free(char **line) { free(*line); }

static Error rate_lines(Rate *rate)
{
	scoped(line_free) char *line = NULL;
	size_t room = 0;
	for (ssize_t length; (length = getline(&line, &room, stdin)) >= 0;) rate_one(rate, text_trim((Text) { line, (size_t)length }));
	return ferror(stdin) ? fail(rate->call, IO, "reading standard input") : OK;
}

Error rate_command(Call *call, int argc, char **argv, FILE *out, FILE *talk)
{
	Rate rate = { .call = call, .out = out, .talk = talk };
	const char *system = NULL;
	int vectors = 0;
	for (int i = 0; i < argc; i++) {
		if (strcmp(argv[i], "--json") == 0)
			rate.json = true;
		else if (!system)
			system = argv[i];
		else
			argv[vectors++] = argv[i];
	}
	if (!system || (strcmp(system, "cvss") != 0 && strcmp(system, "gbt30279") != 0))
		return usage_error(call, talk, "say “rate cvss VECTOR” or “rate gbt30279 VECTOR”");
	if (!vectors) return usage_error(call, talk, "a vector is missing; “-” reads vectors from standard input, one a line");
	rate.gbt30279 = strcmp(system, "gbt30279") == 0;
	for (int i = 0; i < vectors; i++) {
		if (strcmp(argv[i], "-") == 0)
			TRY(rate_lines(&rate));
		else
			rate_one(&rate, text_from(argv[i]));
	}
	return rate.wrong ? fail(call, INVALID, "%d wrong vectors", rate.wrong) : OK;
}
