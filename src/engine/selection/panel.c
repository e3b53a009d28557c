#include "engine/selection/panel.h"

#include <math.h>

static const char not_so[] = N_("The panel is not in the form that is expected.");

static bool no(const char **out_why, const char *why)
{
	*out_why = why;
	return false;
}

static size_t count_of(Json array)
{
	size_t count = 0;
	JsonEach each = json_each(array);
	while (json_next(&each)) count++;
	return count;
}

/* ---- Reading */

typedef struct Reading {
	Arena *arena;
	PanelCase *of;
	Map *applicants, *experts; /* id: its place + 1 */
	int64_t *scores;
	bool *given;
} Reading;

static bool remember(Arena *arena, Map *places, Text id, size_t place)
{
	if (!id.length || map_get(places, id)) return false;
	size_t *held = arena_new_of(arena, size_t);
	*held = place;
	map_put(places, id, held);
	return true;
}

static bool applicants_read(Reading *reading, Json value, const char **out_why)
{
	size_t count = count_of(value), place = 0;
	if (json_kind(value) != JSON_ARRAY || count > PANEL_APPLICANTS_MAX) return no(out_why, not_so);
	Applicant *applicants = arena_array_of(reading->arena, Applicant, count + 1);
	bool *lots = arena_array_of(reading->arena, bool, count + 1);
	JsonEach each = json_each(value);
	for (; json_next(&each); place++) {
		int64_t lot;
		Applicant *applicant = &applicants[place];
		applicant->id = json_as_text(json_get(each.value, "id"));
		applicant->newcomer = json_as_bool(json_get(each.value, "newcomer"));
		if (!json_as_int(json_get(each.value, "contribution"), &applicant->contribution) ||
			!json_as_int(json_get(each.value, "lot"), &lot) ||
			!remember(reading->arena, reading->applicants, applicant->id, place))
			return no(out_why, N_("An application needs a name of its own, its points and its lot."));
		if (lot < 0 || lot >= (int64_t)count || lots[lot]) return no(out_why, N_("The lots are 0, 1, 2 and so on, each once."));
		lots[lot] = true;
		applicant->lot = (uint32_t)lot;
	}
	reading->of->panel.applicants = applicants;
	reading->of->panel.applicant_count = count;
	return true;
}

static bool experts_read(Reading *reading, Json value, const char **out_why)
{
	JsonEach each = json_each(value);
	Texts *experts = &reading->of->experts;
	if (json_kind(value) != JSON_ARRAY || count_of(value) > SCORE_EXPERTS_MAX)
		return no(out_why, N_("A panel has at most 64 experts."));
	while (json_next(&each)) {
		Text id = json_as_text(each.value);
		if (!remember(reading->arena, reading->experts, id, experts->count))
			return no(out_why, N_("An expert needs a name of its own."));
		list_add(reading->arena, experts, id);
	}
	reading->of->panel.expert_count = experts->count;
	return true;
}

static bool sheet_read(Reading *reading, Json value, const char **out_why)
{
	const Rubric *rubric = &reading->of->rubric;
	const size_t *applicant = map_get(reading->applicants, json_as_text(json_get(value, "application")));
	const size_t *expert = map_get(reading->experts, json_as_text(json_get(value, "expert")));
	Json scores = json_get(value, "scores");
	size_t at = 0, wrong;
	if (!applicant || !expert) return no(out_why, N_("A sheet names an application or an expert who is not there."));
	size_t sheet = panel_sheet(&reading->of->panel, *applicant, *expert);
	int64_t *into = reading->scores + sheet * rubric->criterion_count;
	if (reading->given[sheet]) return no(out_why, N_("There are two sheets of one expert on one application."));
	if (json_kind(scores) != JSON_ARRAY || count_of(scores) != rubric->criterion_count)
		return no(out_why, N_("A sheet needs one score for each criterion."));
	JsonEach each = json_each(scores);
	while (json_next(&each))
		if (!json_as_int(each.value, &into[at++])) return no(out_why, not_so);
	if (sheet_check(rubric, into, NULL, &wrong)) return no(out_why, N_("A score is out of its range, or not a multiple of its step."));
	reading->given[sheet] = true;
	return true;
}

static bool sheets_read(Reading *reading, Json value, const char **out_why)
{
	Panel *panel = &reading->of->panel;
	size_t cells = panel->applicant_count * panel->expert_count, criteria = reading->of->rubric.criterion_count;
	if (json_kind(value) != JSON_ARRAY || cells * criteria > PANEL_CELLS_MAX) return no(out_why, not_so);
	reading->scores = arena_array_of(reading->arena, int64_t, cells * criteria + 1);
	reading->given = arena_array_of(reading->arena, bool, cells + 1);
	JsonEach each = json_each(value);
	while (json_next(&each))
		if (!sheet_read(reading, each.value, out_why)) return false;
	panel->scores = reading->scores;
	panel->given = reading->given;
	panel->rubric = &reading->of->rubric;
	return true;
}

bool panel_case_read(Arena *arena, Json value, PanelCase *out, const char **out_why)
{
	*out = (PanelCase) { 0 };
	Reading reading = { .arena = arena, .of = out, .applicants = map_new(arena), .experts = map_new(arena) };
	if (!rubric_read(json_get(value, "rubric"), &out->rubric, out_why) || !quota_read(json_get(value, "quota"), &out->quota, out_why))
		return false;
	if (json_has(json_get(value, "stars")) && !stars_read(json_get(value, "stars"), out->stars, &out->star_count, out_why))
		return false;
	return applicants_read(&reading, json_get(value, "applications"), out_why) &&
	       experts_read(&reading, json_get(value, "experts"), out_why) && sheets_read(&reading, json_get(value, "sheets"), out_why);
}

/* ---- Answering */

static void fraction_write(JsonWriter *writer, Fraction fraction)
{
	json_array_begin(writer);
	json_int(writer, fraction.numerator);
	json_int(writer, fraction.denominator);
	json_end(writer);
}

static void failings_write(JsonWriter *writer, const Panel *panel, const Score *score)
{
	json_key(writer, TEXT("below"));
	json_array_begin(writer);
	if (score->below_threshold) json_text(writer, TEXT("total"));
	for (size_t c = 0; c < panel->rubric->criterion_count; c++)
		if (score->below_must >> c & 1) json_text(writer, panel->rubric->criteria[c].id);
	json_end(writer);
}

void score_members(JsonWriter *writer, Arena *arena, const Panel *panel, const Score *score, const Placing *placing, int64_t stars)
{
	json_put_text(writer, "id", panel->applicants[placing->applicant].id);
	json_put_int(writer, "rank", placing->rank);
	json_put_text(writer, "outcome", text_from(outcome_tag(placing->outcome)));
	if (placing->tied) json_put_text(writer, "decidedBy", text_from(tie_kind_tag(placing->decided_by)));
	json_put_int(writer, "stars", stars);
	json_put_text(writer, "total", hundredths_text(arena, fraction_hundredths(score->total)));
	json_key(writer, TEXT("fraction"));
	fraction_write(writer, score->total);
	json_put_int(writer, "sheets", score->sheets);
	json_put_int(writer, "trimmed", score->trimmed);
	json_key(writer, TEXT("criteria"));
	json_array_begin(writer);
	for (size_t c = 0; c < panel->rubric->criterion_count; c++) fraction_write(writer, score->criteria[c]);
	json_end(writer);
	json_key(writer, TEXT("median"));
	fraction_write(writer, score->median);
	json_put_int(writer, "top", score->top);
	failings_write(writer, panel, score);
}

static void put_real(JsonWriter *writer, const char *key, bool known, double value)
{
	json_key(writer, text_from(key));
	if (known && isfinite(value))
		json_real(writer, value);
	else
		json_null(writer);
}

static void outliers_write(JsonWriter *writer, const PanelCase *of, const Diagnosis *found)
{
	json_key(writer, TEXT("outliers"));
	json_array_begin(writer);
	for (size_t i = 0; i < found->outliers.count; i++) {
		const Outlier *outlier = &found->outliers.at[i];
		json_object_begin(writer);
		json_put_text(writer, "application", of->panel.applicants[outlier->applicant].id);
		json_put_text(writer, "expert", of->experts.at[outlier->expert]);
		put_real(writer, "residual", true, outlier->residual);
		json_end(writer);
	}
	json_end(writer);
}

static void swings_write(JsonWriter *writer, const PanelCase *of, const Diagnosis *found)
{
	json_key(writer, TEXT("swings"));
	json_array_begin(writer);
	for (size_t i = 0; i < found->swings.count; i++) {
		const Swing *swing = &found->swings.at[i];
		json_object_begin(writer);
		json_put_text(writer, "without", of->experts.at[swing->expert]);
		json_put_text(writer, "application", of->panel.applicants[swing->applicant].id);
		json_put_bool(writer, "enters", swing->enters);
		json_end(writer);
	}
	json_end(writer);
}

static void diagnosis_write(JsonWriter *writer, const PanelCase *of, const Diagnosis *found)
{
	const Icc *icc = &found->icc;
	json_object_begin(writer);
	put_real(writer, "icc11", found->has_icc, icc->one_1);
	put_real(writer, "icc21", found->has_icc, icc->two_1);
	put_real(writer, "icc31", found->has_icc, icc->three_1);
	put_real(writer, "icc1k", found->has_icc, icc->one_k);
	put_real(writer, "icc2k", found->has_icc, icc->two_k);
	put_real(writer, "icc3k", found->has_icc, icc->three_k);
	put_real(writer, "residualMeanSquare", found->has_icc, icc->residual_mean_square);
	put_real(writer, "kendallW", found->has_kendall, found->kendall);
	put_real(writer, "krippendorffAlpha", found->has_krippendorff, found->krippendorff);
	put_real(writer, "deviation", true, found->deviation);
	put_real(writer, "line", true, found->line);
	outliers_write(writer, of, found);
	swings_write(writer, of, found);
	json_end(writer);
}

void panel_case_answer(Arena *arena, const PanelCase *of, JsonWriter *writer)
{
	const Panel *panel = &of->panel;
	Score *scores = arena_array_of(arena, Score, panel->applicant_count + 1);
	Placing *placings = arena_array_of(arena, Placing, panel->applicant_count + 1);
	int64_t *stars = arena_array_of(arena, int64_t, panel->applicant_count + 1);
	Diagnosis found;
	panel_score(arena, panel, scores);
	panel_rank(panel, scores, &of->quota, placings);
	panel_stars(panel, scores, placings, panel->applicant_count, of->stars, of->star_count, NULL, stars);
	panel_diagnose(arena, panel, scores, placings, &of->quota, &found);
	json_object_begin(writer);
	json_key(writer, TEXT("applications"));
	json_array_begin(writer);
	for (size_t i = 0; i < panel->applicant_count; i++) {
		size_t at = placings[i].applicant;
		json_object_begin(writer);
		score_members(writer, arena, panel, &scores[at], &placings[i], stars[i]);
		put_real(writer, "centred", true, found.centred[at]);
		put_real(writer, "band", found.has_icc, found.band[at]);
		json_put_bool(writer, "grey", found.grey[at]);
		json_end(writer);
	}
	json_end(writer);
	json_key(writer, TEXT("diagnosis"));
	diagnosis_write(writer, of, &found);
	json_end(writer);
}
