#include "engine/selection/panel.h"

static const char *const tie_tags[] = {
	[TIE_CRITERION] = "criterion", [TIE_MEDIAN] = "median", [TIE_TOP] = "top", [TIE_CONTRIBUTION] = "contribution", [TIE_LOT] = "lot"
};
static const char not_so[] = N_("The rules are not in the form that is expected.");

const char *tie_kind_tag(TieKind kind) { return tie_tags[kind]; }

static bool no(const char **out_why, const char *why)
{
	*out_why = why;
	return false;
}

static bool number_of(Json object, const char *key, int64_t *out) { return json_as_int(json_get(object, key), out); }

static bool truth_of(Json object, const char *key, bool *out)
{
	Json value = json_get(object, key);
	*out = json_as_bool(value);
	return json_kind(value) == JSON_BOOL;
}

static size_t count_of(Json array)
{
	size_t count = 0;
	JsonEach each = json_each(array);
	while (json_next(&each)) count++;
	return count;
}

static bool criteria_read(Json value, Rubric *out)
{
	JsonEach each = json_each(value);
	if (json_kind(value) != JSON_ARRAY || count_of(value) > SCORE_CRITERIA_MAX) return false;
	while (json_next(&each)) {
		Criterion *criterion = &out->criteria[out->criterion_count++];
		criterion->id = json_as_text(json_get(each.value, "id"));
		if (!criterion->id.at || !number_of(each.value, "weight", &criterion->weight) ||
			!number_of(each.value, "maximum", &criterion->maximum) || !number_of(each.value, "step", &criterion->step) ||
			!number_of(each.value, "must", &criterion->must) || !truth_of(each.value, "objective", &criterion->objective))
			return false;
	}
	return true;
}

/* An array of exactly two integers. */
static bool pair_read(Json value, int64_t *out_first, int64_t *out_second)
{
	JsonEach each = json_each(value);
	if (json_kind(value) != JSON_ARRAY || count_of(value) != 2) return false;
	return json_next(&each) && json_as_int(each.value, out_first) && json_next(&each) && json_as_int(each.value, out_second);
}

static bool trims_read(Json value, Rubric *out)
{
	JsonEach each = json_each(value);
	if (json_kind(value) != JSON_ARRAY || count_of(value) > SCORE_TRIMS_MAX) return false;
	while (json_next(&each)) {
		TrimStep *step = &out->trims[out->trim_count++];
		if (!pair_read(each.value, &step->from, &step->each_side)) return false;
	}
	return true;
}

static bool tie_read(Text text, const Rubric *rubric, TieKey *out)
{
	Text criterion = TEXT("criterion:");
	for (size_t kind = TIE_MEDIAN; kind < COUNT(tie_tags); kind++)
		if (text_is(text, text_from(tie_tags[kind]))) {
			*out = (TieKey) { .kind = (TieKind)kind };
			return true;
		}
	for (size_t c = 0; text_starts(text, criterion) && c < rubric->criterion_count; c++)
		if (text_is(text_slice(text, criterion.length, text.length), rubric->criteria[c].id)) {
			*out = (TieKey) { TIE_CRITERION, c };
			return true;
		}
	return false;
}

static bool ties_read(Json value, Rubric *out)
{
	JsonEach each = json_each(value);
	if (json_kind(value) != JSON_ARRAY || count_of(value) > SCORE_TIES_MAX) return false;
	while (json_next(&each))
		if (!tie_read(json_as_text(each.value), out, &out->ties[out->tie_count++])) return false;
	return true;
}

bool rubric_read(Json value, Rubric *out, const char **out_why)
{
	Rubric rubric = { 0 };
	size_t at;
	if (!criteria_read(json_get(value, "criteria"), &rubric) || !number_of(value, "threshold", &rubric.threshold) ||
		!trims_read(json_get(value, "trim"), &rubric) || !ties_read(json_get(value, "ties"), &rubric) ||
		!pair_read(json_get(value, "reasonOutside"), &rubric.low_percent, &rubric.high_percent))
		return no(out_why, not_so);
	RubricFault fault = rubric_check(&rubric, &at);
	if (fault) return no(out_why, rubric_fault_text(fault));
	*out = rubric;
	return true;
}

bool quota_read(Json value, Quota *out, const char **out_why)
{
	Quota quota;
	if (!number_of(value, "places", &quota.places) || !number_of(value, "reserve", &quota.reserve) ||
		!number_of(value, "newcomers", &quota.newcomers) || quota.places < 0 || quota.reserve < 0)
		return no(out_why, not_so);
	*out = quota;
	return true;
}

bool stars_read(Json value, StarRule *out, size_t *out_count, const char **out_why)
{
	JsonEach each = json_each(value);
	size_t count = 0;
	if (json_kind(value) != JSON_ARRAY || count_of(value) > STAR_RULES_MAX) return no(out_why, not_so);
	while (json_next(&each)) {
		StarRule *rule = &out[count++];
		if (!number_of(each.value, "stars", &rule->stars) || !number_of(each.value, "total", &rule->total) ||
			!number_of(each.value, "criterionPercent", &rule->criterion_percent) ||
			!number_of(each.value, "places", &rule->places) || !truth_of(each.value, "newcomers", &rule->newcomers) ||
			!truth_of(each.value, "faultless", &rule->faultless) || rule->total < 0 || rule->total > SCORE_WEIGHTS ||
			rule->criterion_percent < 0 || rule->criterion_percent > 100)
			return no(out_why, not_so);
	}
	*out_count = count;
	return true;
}

Text tie_key_text(Arena *arena, const Rubric *rubric, const TieKey *key)
{
	if (key->kind != TIE_CRITERION) return text_from(tie_tags[key->kind]);
	return arena_printf(arena, "criterion:%.*s", TEXT_ARGS(rubric->criteria[key->criterion].id));
}

static void pair_write(JsonWriter *writer, int64_t first, int64_t second)
{
	json_array_begin(writer);
	json_int(writer, first);
	json_int(writer, second);
	json_end(writer);
}

static void criterion_write(JsonWriter *writer, const Criterion *criterion)
{
	json_object_begin(writer);
	json_put_text(writer, "id", criterion->id);
	json_put_int(writer, "weight", criterion->weight);
	json_put_int(writer, "maximum", criterion->maximum);
	json_put_int(writer, "step", criterion->step);
	json_put_int(writer, "must", criterion->must);
	json_put_bool(writer, "objective", criterion->objective);
	json_end(writer);
}

void rubric_write(JsonWriter *writer, const Rubric *rubric)
{
	json_object_begin(writer);
	json_key(writer, TEXT("criteria"));
	json_array_begin(writer);
	for (size_t c = 0; c < rubric->criterion_count; c++) criterion_write(writer, &rubric->criteria[c]);
	json_end(writer);
	json_put_int(writer, "threshold", rubric->threshold);
	json_key(writer, TEXT("trim"));
	json_array_begin(writer);
	for (size_t i = 0; i < rubric->trim_count; i++) pair_write(writer, rubric->trims[i].from, rubric->trims[i].each_side);
	json_end(writer);
	json_key(writer, TEXT("ties"));
	json_array_begin(writer);
	for (size_t i = 0; i < rubric->tie_count; i++) json_text(writer, tie_key_text(writer->buffer->arena, rubric, &rubric->ties[i]));
	json_end(writer);
	json_key(writer, TEXT("reasonOutside"));
	pair_write(writer, rubric->low_percent, rubric->high_percent);
	json_end(writer);
}

void quota_write(JsonWriter *writer, const Quota *quota)
{
	json_object_begin(writer);
	json_put_int(writer, "places", quota->places);
	json_put_int(writer, "reserve", quota->reserve);
	json_put_int(writer, "newcomers", quota->newcomers);
	json_end(writer);
}

void stars_write(JsonWriter *writer, const StarRule *rules, size_t count)
{
	json_array_begin(writer);
	for (size_t i = 0; i < count; i++) {
		json_object_begin(writer);
		json_put_int(writer, "stars", rules[i].stars);
		json_put_int(writer, "total", rules[i].total);
		json_put_int(writer, "criterionPercent", rules[i].criterion_percent);
		json_put_int(writer, "places", rules[i].places);
		json_put_bool(writer, "newcomers", rules[i].newcomers);
		json_put_bool(writer, "faultless", rules[i].faultless);
		json_end(writer);
	}
	json_end(writer);
}
