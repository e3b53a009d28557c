#include "engine/rating/rating_private.h"

static const RatingScheme *const schemes[] = {
	[CVSS_2_0] = &cvss2_scheme,
	[CVSS_3_0] = &cvss30_scheme,
	[CVSS_3_1] = &cvss31_scheme,
	[CVSS_4_0] = &cvss4_scheme,
	[GBT_30279] = &gbt30279_scheme,
};

static void (*const scorers[])(Rating *) = {
	[CVSS_2_0] = cvss2_score,
	[CVSS_3_0] = cvss3_score,
	[CVSS_3_1] = cvss3_score,
	[CVSS_4_0] = cvss4_score,
	[GBT_30279] = gbt30279_score,
};

const RatingScheme *rating_scheme(RatingSystem system) { return schemes[system]; }

bool rating_system_parse(Text tag, RatingSystem *out)
{
	for (size_t i = 0; i < COUNT(schemes); i++)
		if (text_is(tag, text_from(schemes[i]->tag))) {
			*out = (RatingSystem)i;
			return true;
		}
	return false;
}

const char *rating_group_text(RatingSystem system, RatingGroup group)
{
	static const char *const texts[] = {
		[GROUP_BASE] = N_("Base metrics"),
		[GROUP_THREAT] = N_("Threat metrics"),
		[GROUP_ENVIRONMENTAL] = N_("Environmental metrics"),
		[GROUP_SUPPLEMENTAL] = N_("Supplemental metrics"),
	};
	if (system == GBT_30279) return group == GROUP_BASE ? N_("Technical metrics") : N_("Environment metrics");
	if (system != CVSS_4_0 && group == GROUP_THREAT) return N_("Temporal metrics");
	return texts[group];
}

/* ---- Parsing */
typedef struct Parse {
	const RatingScheme *scheme;
	Text vector;
	Rating rating;
	bool given[RATING_METRICS_MAX];
	int last; /* number of the metric before, for schemes with an order */
	RatingError *error;
} Parse;

static bool parse_refuse(Parse *parse, const char *message, Text argument, size_t position)
{
	*parse->error = (RatingError) { message, argument, position };
	return false;
}

static int scheme_metric(const RatingScheme *scheme, Text tag)
{
	for (size_t i = 0; i < scheme->metric_count; i++)
		if (text_is(tag, text_from(scheme->metrics[i].tag))) return (int)i;
	return -1;
}

static int metric_value(const RatingMetric *metric, Text tag)
{
	for (size_t i = 0; i < metric->value_count; i++)
		if (text_is(tag, text_from(metric->values[i].tag))) return (int)i;
	return -1;
}

/* One "AV:N". */
static bool parse_piece(Parse *parse, Text piece)
{
	size_t position = (size_t)(piece.at - parse->vector.at), colon;
	if (!text_find(piece, TEXT(":"), &colon)) return parse_refuse(parse, N_("Expected METRIC:VALUE instead of “%s”."), piece, position);
	Text tag = text_slice(piece, 0, colon);
	int number = scheme_metric(parse->scheme, tag);
	if (number < 0) return parse_refuse(parse, N_("Unknown metric %s."), tag, position);
	if (parse->given[number]) return parse_refuse(parse, N_("Metric %s is given twice."), tag, position);
	int value = metric_value(&parse->scheme->metrics[number], text_slice(piece, colon + 1, piece.length));
	if (value < 0) return parse_refuse(parse, N_("Unknown value for a metric: %s."), piece, position + colon + 1);
	if (parse->scheme->system == CVSS_4_0 && number < parse->last)
		return parse_refuse(parse, N_("Metric %s stands in the wrong place: CVSS 4.0 has a fixed order."), tag, position);
	parse->last = number;
	parse->given[number] = true;
	parse->rating.values[number] = (uint8_t)value;
	return true;
}

/* Every base metric; GB/T 30279 also wants the environment whole or not at all. */
static bool parse_check_whole(Parse *parse)
{
	bool environment = false;
	for (size_t i = 0; i < parse->scheme->metric_count; i++)
		environment |= parse->scheme->system == GBT_30279 && parse->given[i] && parse->scheme->metrics[i].group != GROUP_BASE;
	for (size_t i = 0; i < parse->scheme->metric_count; i++) {
		const RatingMetric *metric = &parse->scheme->metrics[i];
		if (parse->given[i] || (metric->group != GROUP_BASE && !environment)) continue;
		return parse_refuse(parse, N_("Metric %s is missing."), text_from(metric->tag), parse->vector.length);
	}
	return true;
}

static const RatingScheme *scheme_of(Text vector)
{
	for (size_t i = 0; i < COUNT(schemes); i++)
		if (*schemes[i]->prefix && text_starts(vector, text_from(schemes[i]->prefix))) return schemes[i];
	return text_starts(vector, TEXT("CVSS:")) || text_starts(vector, TEXT("CNVRS:")) ? NULL : &cvss2_scheme;
}

bool rating_parse(Text vector, Rating *out, RatingError *out_error)
{
	Parse parse = { .scheme = scheme_of(vector), .vector = vector, .error = out_error };
	if (!vector.length) return parse_refuse(&parse, N_("The vector is empty."), vector, 0);
	if (!parse.scheme) return parse_refuse(&parse, N_("Unknown rating system: %s."), text_slice(vector, 0, 9), 0);
	parse.rating.system = parse.scheme->system;
	if (parse.scheme->system == GBT_30279) memset(parse.rating.values, RATING_UNSET, sizeof(parse.rating.values));
	Text rest = text_slice(vector, strlen(parse.scheme->prefix), vector.length), piece;
	while (text_next(&rest, '/', &piece))
		if (!parse_piece(&parse, piece)) return false;
	if (!parse_check_whole(&parse)) return false;
	if (parse.scheme->system == GBT_30279 && !gbt30279_has_impact(&parse.rating))
		return parse_refuse(&parse, N_("A vulnerability without any impact is not rated."), (Text) { 0 }, vector.length);
	scorers[parse.scheme->system](&parse.rating);
	*out = parse.rating;
	return true;
}

Text rating_error_text(Arena *arena, Lang lang, const RatingError *error)
{
	Problem place = { .message = N_("position %s: "), .argument = arena_printf(arena, "%zu", error->position + 1) };
	Problem reason = { .message = error->message, .argument = error->argument };
	Text parts[] = { problem_text(arena, lang, &place), problem_text(arena, lang, &reason) };
	return arena_join(arena, parts, COUNT(parts), TEXT(""));
}

/* ---- Values and scores */
int rating_weight(const Rating *rating, int metric)
{
	return schemes[rating->system]->metrics[metric].values[rating->values[metric]].weight;
}

static bool rating_is_defined(const Rating *rating, size_t metric)
{
	if (schemes[rating->system]->metrics[metric].group == GROUP_BASE) return true;
	return rating->system == GBT_30279 ? rating->values[metric] != RATING_UNSET : rating->values[metric] != 0;
}

bool rating_speaks_of(const Rating *rating, RatingGroup group)
{
	const RatingScheme *scheme = schemes[rating->system];
	for (size_t i = 0; i < scheme->metric_count; i++)
		if (scheme->metrics[i].group == group && rating_is_defined(rating, i)) return true;
	return false;
}

static void rating_put(Rating *rating, RatingScore score)
{
	must(rating->score_count < RATING_SCORES_MAX);
	rating->scores[rating->score_count++] = score;
}

void rating_add(Rating *rating, const char *tag, const char *text, int tenths)
{
	rating_put(rating, (RatingScore) { tag, text, tenths, true, rating_level(rating->system, tenths) });
}

void rating_add_plain(Rating *rating, const char *tag, const char *text, int tenths)
{
	rating_put(rating, (RatingScore) { tag, text, tenths, false, LEVEL_NONE });
}

void rating_add_level(Rating *rating, const char *tag, const char *text, Level level)
{
	rating_put(rating, (RatingScore) { tag, text, RATING_NO_SCORE, true, level });
	rating->tenths = RATING_NO_SCORE;
	rating->level = level;
}

void rating_decide(Rating *rating, int tenths)
{
	rating->tenths = tenths;
	rating->level = rating_level(rating->system, tenths);
}

bool rating_score(const Rating *rating, const char *tag, int *out_tenths)
{
	for (size_t i = 0; i < rating->score_count; i++)
		if (strcmp(rating->scores[i].tag, tag) == 0) {
			*out_tenths = rating->scores[i].tenths;
			return true;
		}
	return false;
}

Level rating_level(RatingSystem system, int tenths)
{
	if (system == CVSS_2_0) return tenths < 40 ? LEVEL_LOW : tenths < 70 ? LEVEL_MEDIUM : LEVEL_HIGH;
	return tenths <= 0 ? LEVEL_NONE : tenths < 40 ? LEVEL_LOW : tenths < 70 ? LEVEL_MEDIUM : tenths < 90 ? LEVEL_HIGH : LEVEL_CRITICAL;
}

/* ---- Writing */
Text rating_vector(Arena *arena, const Rating *rating)
{
	const RatingScheme *scheme = schemes[rating->system];
	Buffer buffer = { .arena = arena };
	buffer_put(&buffer, text_from(scheme->prefix));
	for (size_t i = 0; i < scheme->metric_count; i++) {
		if (!rating_is_defined(rating, i)) continue;
		const RatingMetric *metric = &scheme->metrics[i];
		if (i) buffer_byte(&buffer, '/');
		buffer_put(&buffer, text_from(metric->tag));
		buffer_byte(&buffer, ':');
		buffer_put(&buffer, text_from(metric->values[rating->values[i]].tag));
	}
	return buffer_text(&buffer);
}

Text rating_tenths_text(Arena *arena, int tenths)
{
	return tenths == RATING_NO_SCORE ? TEXT("") : arena_printf(arena, "%d.%d", tenths / 10, tenths % 10);
}

static void json_put_score(JsonWriter *writer, int tenths)
{
	json_key(writer, TEXT("score"));
	json_real(writer, tenths / 10.0);
}

static void json_put_scores(JsonWriter *writer, const Rating *rating)
{
	json_key(writer, TEXT("scores"));
	json_object_begin(writer);
	for (size_t i = 0; i < rating->score_count; i++) {
		const RatingScore *score = &rating->scores[i];
		json_key(writer, text_from(score->tag));
		json_object_begin(writer);
		if (score->tenths != RATING_NO_SCORE) json_put_score(writer, score->tenths);
		if (score->has_level) json_put_text(writer, "level", text_from(level_tag(score->level)));
		json_end(writer);
	}
	json_end(writer);
}

void rating_json(JsonWriter *writer, Arena *arena, const Rating *rating)
{
	const RatingScheme *scheme = schemes[rating->system];
	json_object_begin(writer);
	json_put_text(writer, "system", text_from(scheme->tag));
	json_put_text(writer, "vector", rating_vector(arena, rating));
	if (rating->tenths != RATING_NO_SCORE) json_put_score(writer, rating->tenths);
	json_put_text(writer, "level", text_from(level_tag(rating->level)));
	json_put_scores(writer, rating);
	json_key(writer, TEXT("metrics"));
	json_object_begin(writer);
	for (size_t i = 0; i < scheme->metric_count; i++)
		if (rating_is_defined(rating, i))
			json_put_text(writer, scheme->metrics[i].tag, text_from(scheme->metrics[i].values[rating->values[i]].tag));
	json_end(writer);
	json_end(writer);
}
