/* The public copy: nothing sealed is ever unsealed in place. */
#include "engine/rating/rating.h"
#include "subject/advisory/advisory.h"
#include "subject/casefile/casefile_private.h"

static const char PUBLISHER[] = "NVDB-CAPPVD";

static void add_rating(Call *call, AdvisoryDraft *draft, Text vector)
{
	Rating rating;
	RatingError error;
	if (!vector.length || !rating_parse(vector, &rating, &error)) return;
	AdvisoryRating shown = { .scheme = text_from(rating_scheme(rating.system)->name),
		.vector = rating_vector(call->arena, &rating),
		.level = text_from(level_tag(rating.level)),
		.score_tenths = rating.tenths,
		.by = text_from(PUBLISHER) };
	list_add(call->arena, &draft->ratings, shown);
}

static Text platform_of(const Report *report)
{
	Text part = form_answer(report->values, "part");
	return text_is(part, TEXT("server")) ? (Text) { 0 } : part;
}

static Error add_platforms(Call *call, const Casefile *casefile, AdvisoryDraft *draft)
{
	for (size_t i = 0; i < casefile->report_ids.count; i++) {
		Report report;
		TRY(report_read(call, casefile->report_ids.at[i], &report));
		Text platform = platform_of(&report);
		bool there = !platform.length;
		for (size_t j = 0; j < draft->platforms.count; j++) there |= text_is(draft->platforms.at[j], platform);
		if (!there) list_add(call->arena, &draft->platforms, platform);
	}
	return OK;
}

static void set_texts(const Map *values, AdvisoryDraft *draft)
{
	draft->title[LANG_ZH] = form_answer(values, "title_zh");
	draft->title[LANG_EN] = form_answer(values, "title_en");
	draft->description[LANG_ZH] = form_answer(values, "description_zh");
	draft->description[LANG_EN] = form_answer(values, "description_en");
	draft->solution[LANG_ZH] = form_answer(values, "solution_zh");
	draft->solution[LANG_EN] = form_answer(values, "solution_en");
}

static void add_affected(Call *call, const Map *values, AdvisoryDraft *draft)
{
	AdvisoryAffected affected = { .vendor = form_answer(values, "vendor"),
		.product = form_answer(values, "product"),
		.package = form_answer(values, "package"),
		.platform = draft->platforms.count ? draft->platforms.at[0] : TEXT(""),
		.versions = form_answer(values, "versions"),
		.fixed = form_answer(values, "fixed_version") };
	list_add(call->arena, &draft->affected, affected);
	Text reference = form_answer(values, "reference"), cve = form_answer(values, "cve"), finder = form_answer(values, "finder");
	if (reference.length) {
		AdvisoryReference shown = { .url = reference, .note = TEXT("") };
		list_add(call->arena, &draft->references, shown);
	}
	if (cve.length) list_add(call->arena, &draft->aliases, cve);
	if (finder.length) list_add(call->arena, &draft->finders, finder);
}

Error casefile_publish(Call *call, const Casefile *casefile)
{
	Verifications verifications;
	CasefileRatings ratings;
	TRY(casefile_history(call, casefile, &verifications, &ratings));
	AdvisoryDraft draft = { .identifier = casefile->number,
		.published_at = call->now,
		.updated_at = call->now,
		.publisher = text_from(PUBLISHER),
		.verifier = text_from(PUBLISHER),
		.level = casefile->level.length ? casefile->level : casefile->technical_level,
		.class_name = casefile->class_tag,
		.has_fix = casefile->facts->has_fix };
	set_texts(casefile->public_values, &draft);
	TRY(add_platforms(call, casefile, &draft));
	add_affected(call, casefile->public_values, &draft);
	if (ratings.count) {
		add_rating(call, &draft, ratings.at[ratings.count - 1].gbt30279);
		add_rating(call, &draft, ratings.at[ratings.count - 1].cvss);
	}
	return advisory_publish(call, &draft, text_from(PUBLISHER), TEXT(""));
}
