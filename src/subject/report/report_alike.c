/* Reports that may speak of the same vulnerability. */
#include "subject/report/report_private.h"
#include "work/alike/alike.h"

#include <stdlib.h>

enum { LOOKED_AT = 60 };

static Features features_of(Arena *arena, const Map *values)
{
	static const char *const identities[] = { "package", "filing_number", "host" };
	static const char *const places[] = { "request", "parameter", "path", "login_place", "component", "mini_page", "deep_link",
		"webview_entry", "module", "transport_hosts", "key_place" };
	Features features = { 0 };
	for (size_t i = 0; i < COUNT(identities); i++) features_add(arena, &features, FEATURE_IDENTITY, form_answer(values, identities[i]));
	features_add(arena, &features, FEATURE_PRODUCT, form_answer(values, "product"));
	for (size_t i = 0; i < COUNT(places); i++) features_add_places(arena, &features, form_answer(values, places[i]));
	features_add_text(arena, &features,
		arena_printf(arena, "%.*s\n%.*s\n%.*s", TEXT_ARGS(form_answer(values, "description")),
			TEXT_ARGS(form_answer(values, "steps")), TEXT_ARGS(form_answer(values, "impact"))));
	return features;
}

Error report_alike_put(Call *call, int64_t report_id, const Map *values)
{
	Features features = features_of(call->arena, values);
	return alike_put(call, report_machine.name, report_id, &features);
}

Error report_alike_forget(Call *call, int64_t report_id) { return alike_put(call, report_machine.name, report_id, &(Features) { 0 }); }

/* Only what the actor could open anyway. */
static Error candidate_of(Call *call, const AlikeMatch *match, Text class_tag, Candidates *out)
{
	ReportRow row;
	Report report;
	TRY(report_find_id(call, match->subject_id, &row));
	Error error = report_open(call, row.ref, &report);
	if (error == ERROR_NOT_FOUND) {
		call_pass_over(call);
		return OK;
	}
	TRY(error);
	bool same_class = text_is(report.class_tag, class_tag);
	Candidate candidate = { .report = report, .score = features_score(match->shared, same_class), .same_class = same_class };
	memcpy(candidate.shared, match->shared, sizeof(candidate.shared));
	if (candidate.score && !report.is_isolated) list_add(call->arena, out, candidate);
	return OK;
}

static int by_score(const void *left, const void *right)
{
	const Candidate *a = left, *b = right;
	if (a->score != b->score) return b->score - a->score;
	return a->report.id < b->report.id ? -1 : 1; /* the earlier one first */
}

static int by_shared(const void *left, const void *right)
{
	const AlikeMatch *a = left, *b = right;
	int score_a = features_score(a->shared, true), score_b = features_score(b->shared, true);
	if (score_a != score_b) return score_b - score_a;
	return a->subject_id < b->subject_id ? -1 : 1;
}

Error report_candidates(Call *call, const Map *values, int64_t except, Candidates *out)
{
	AlikeMatches matches;
	Candidates candidates = { 0 };
	Text class_tag = form_answer(values, "class");
	Features features = features_of(call->arena, values);
	TRY(alike_find(call, report_machine.name, except, &features, &matches));
	if (matches.count) qsort(matches.at, matches.count, sizeof(*matches.at), by_shared);
	for (size_t i = 0; i < matches.count && i < LOOKED_AT; i++) TRY(candidate_of(call, &matches.at[i], class_tag, &candidates));
	if (candidates.count) qsort(candidates.at, candidates.count, sizeof(*candidates.at), by_score);
	if (candidates.count > CANDIDATES_MOST) candidates.count = CANDIDATES_MOST;
	*out = candidates;
	return OK;
}

/* What was before the eyes of whoever decided. */
Error report_candidates_detail(Call *call, int64_t report_id, Text *out)
{
	Report report;
	Candidates candidates;
	Texts published;
	Buffer buffer = { .arena = call->arena };
	JsonWriter writer = json_writer(&buffer);
	TRY(report_read(call, report_id, &report));
	TRY(report_candidates(call, report.values, report.id, &candidates));
	json_object_begin(&writer);
	json_key(&writer, TEXT("candidates"));
	json_array_begin(&writer);
	for (size_t i = 0; i < candidates.count; i++) json_text(&writer, candidates.at[i].report.ref);
	json_end(&writer);
	TRY(report_published(call, report.values, &published));
	if (published.count) {
		json_key(&writer, TEXT("published"));
		json_array_begin(&writer);
		for (size_t i = 0; i < published.count; i++) json_text(&writer, published.at[i]);
		json_end(&writer);
	}
	json_end(&writer);
	json_finish(&writer);
	*out = buffer_text(&buffer);
	return OK;
}
