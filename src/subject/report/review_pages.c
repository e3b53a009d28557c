/* The formal review by somebody who verifies, as coordinators see it. */
#include "base/base/clock.h"
#include "subject/report/report_private.h"
#include "subject/report/report_view.h"

static Error opinions_markup(Html *html, const Report *report, Markup *out)
{
	ReviewOpinions opinions;
	Arena *arena = html->call->arena;
	TRY(report_opinions(html->call, report, &opinions));
	TimelineEntry *entries = arena_array_of(arena, TimelineEntry, opinions.count + 1);
	for (size_t i = 0; i < opinions.count; i++) {
		const ReviewOpinion *opinion = &opinions.at[i];
		Word word;
		bool has_reason;
		TRY(wordlist_find(html->call, &report_reasons, opinion->reason, opinion->reason_version, &word, &has_reason));
		Text parts[] = { tr(html->lang, review_opinion_text(opinion->opinion)),
			has_reason ? word_text(&word, html->lang) : TEXT("") };
		Text who[] = { opinion->reviewer, opinion->organisation };
		entries[i] = (TimelineEntry) { .at = opinion->given_at,
			.title = arena_join(arena, parts, has_reason ? 2 : 1, tr(html->lang, N_(": "))),
			.note = opinion->words,
			.actor = arena_join(arena, who, opinion->organisation.length ? 2 : 1, TEXT(" · ")) };
	}
	*out = opinions.count ? part_timeline(html, entries, opinions.count) : (Markup) { TEXT("") };
	return OK;
}

Error review_markup(Html *html, const Report *report, ReportShowView *view)
{
	Assignables candidates = { 0 };
	TRY(opinions_markup(html, report, &view->opinions));
	if (!report->interest) TRY(report_assignable(html->call, report, &candidates));
	Url address = url_local(html->call->arena, "/reports/%.*s/actions/assign", TEXT_ARGS(report->ref));
	view->candidates = assignables_markup(html, &candidates, N_("Who can have the formal review"), address, "reviewer");
	return OK;
}

Error review_json(Call *call, JsonWriter *writer, const Report *report)
{
	ReviewOpinions opinions;
	Assignables candidates;
	TRY(report_opinions(call, report, &opinions));
	TRY(report_assignable(call, report, &candidates));
	json_key(writer, TEXT("opinions"));
	json_array_begin(writer);
	for (size_t i = 0; i < opinions.count; i++) {
		const ReviewOpinion *opinion = &opinions.at[i];
		json_object_begin(writer);
		json_put_text(writer, "at", clock_iso(call->arena, opinion->given_at));
		json_put_text(writer, "reviewer", opinion->reviewer);
		json_put_filled(writer, "organisation", opinion->organisation);
		json_put_text(writer, "opinion", opinion->opinion);
		json_put_filled(writer, "reason", opinion->reason);
		json_put_text(writer, "words", opinion->words);
		json_end(writer);
	}
	json_end(writer);
	json_key(writer, TEXT("reviewers")); /* whom it can be given to */
	assignables_json(writer, &candidates, "reviewer");
	return OK;
}
