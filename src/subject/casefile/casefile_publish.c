/* The public copy: nothing sealed is ever unsealed in place. */
#include "engine/rating/rating.h"
#include "subject/advisory/advisory.h"
#include "subject/casefile/casefile_private.h"
#include "subject/casefile/trusted_time.h"
#include "subject/product/product.h"

const char casefile_publisher[] = "NVDB-CAPPVD";

static void add_rating(Call *call, AdvisoryDraft *draft, Text vector)
{
	Rating rating;
	RatingError error;
	if (!vector.length || !rating_parse(vector, &rating, &error)) return;
	AdvisoryRating shown = { .scheme = text_from(rating_scheme(rating.system)->name),
		.vector = rating_vector(call->arena, &rating),
		.level = text_from(level_tag(rating.level)),
		.score_tenths = rating.tenths,
		.by = text_from(casefile_publisher) };
	list_add(call->arena, &draft->ratings, shown);
}

static Text platform_of(const Report *report)
{
	Text part = form_answer(report->values, "part");
	return text_is(part, TEXT("server")) ? (Text) { 0 } : part;
}

/* Those of its reports; a casefile that arose from another one is about a component. */
static Error add_platforms(Call *call, const Casefile *casefile, AdvisoryDraft *draft)
{
	if (casefile->upstream_of && !casefile->report_ids.count) list_add(call->arena, &draft->platforms, TEXT("sdk"));
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
	draft->existence[LANG_ZH] = form_answer(values, "existence_zh");
	draft->existence[LANG_EN] = form_answer(values, "existence_en");
	draft->detection[LANG_ZH] = form_answer(values, "detection_zh");
	draft->detection[LANG_EN] = form_answer(values, "detection_en");
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

/* The product stands in the catalogue from now on, and the record leads to it. A back end belongs to the app that the report named. */
static Error enter_product(Call *call, const Casefile *casefile, AdvisoryAffected *affected)
{
	const Actor *actor = call->actor;
	Report report = { 0 };
	Product product;
	bool is_server = !affected->platform.length;
	ProductStatement statement = { .kind = is_server ? TEXT("server") : affected->platform,
		.name = affected->product,
		.vendor = affected->vendor,
		.package = is_server ? TEXT("") : affected->package,
		.lenient = true };
	if (casefile->report_ids.count) TRY(report_read(call, casefile->report_ids.at[0], &report));
	call->actor = &actor_system;
	Error error = is_server && report.product_id ? product_find(call, report.product_id, &product)
						     : product_register(call, &statement, &product);
	if (error == OK) error = product_publish(call, product.id);
	call->actor = actor;
	if (error == OK) affected->entry = product.ref;
	return error;
}

/* The day of publication stays when it is published again. */
static Error published_at(Call *call, const Casefile *casefile, int64_t *out)
{
	Advisory advisory;
	*out = call->now;
	if (!casefile->advisory.length) return OK;
	TRY(advisory_find(call, casefile->advisory, &advisory));
	*out = advisory.content.published_at;
	return OK;
}

static bool is_librarys(Text who) { return text_is(who, TEXT("verifier")) || text_is(who, TEXT("expert")) || text_is(who, TEXT("appeal")); }

Error casefile_publish(Call *call, const Casefile *casefile, Text author, Text reason)
{
	Verifications verifications;
	CasefileRatings ratings;
	TRY(casefile_history(call, casefile, &verifications, &ratings));
	AdvisoryDraft draft = { .identifier = casefile->number,
		.updated_at = call->now,
		.publisher = text_from(casefile_publisher),
		.verifier = text_from(casefile_publisher),
		.level = casefile->level.length ? casefile->level : casefile->technical_level,
		.class_name = casefile->class_tag,
		.has_fix = casefile->facts->has_fix };
	TRY(published_at(call, casefile, &draft.published_at));
	set_texts(casefile->public_values, &draft);
	TRY(add_platforms(call, casefile, &draft));
	add_affected(call, casefile->public_values, &draft);
	TRY(enter_product(call, casefile, &draft.affected.at[0]));
	for (size_t i = ratings.count; i-- > 0;) { /* the library's own: the first verifier's last one, or what a dispute made of it */
		if (!is_librarys(ratings.at[i].who)) continue;
		add_rating(call, &draft, ratings.at[i].gbt30279);
		add_rating(call, &draft, ratings.at[i].cvss);
		break;
	}
	return advisory_publish(call, &draft, author, reason);
}

/* ---- What waits for its embargo or the end of a major event */
enum { DUE_AT_ONCE = 200 };

static Error release(Call *call, void *argument)
{
	CasefileRow row;
	Casefile casefile;
	Matter matter;
	int64_t changed;
	Act act = { .action = TEXT("release"), .input = map_new(call->arena) };
	TRY(casefile_find_id(call, *(const int64_t *)argument, &row));
	TRY(casefile_of_row(call, &row, &casefile));
	casefile_matter(&casefile, &matter);
	if (casefile.facts->has_embargo) TRY(embargo_set(call, row.id, TEXT("EXPIRED"), (Maybe) { true, call->now }, &changed));
	return workflow_apply(call, &casefile_machine, &matter, &act);
}

static Error publish_if_due(Call *call, const CasefileRow *row, int64_t *out_published)
{
	Casefile casefile;
	int64_t id = row->id;
	TRY(casefile_of_row(call, row, &casefile));
	if (gate_lets_publish_by_itself(casefile.facts, call->actor)) return OK;
	Error error = db_transact(call, release, &id);
	if (error == OK) (*out_published)++;
	if (error != ERROR_CONFLICT && error != ERROR_INVALID) return error;
	call_recover(call); /* somebody moved it, or the gate closed meanwhile */
	return OK;
}

Error casefile_publish_due(Call *call, int64_t *out_published)
{
	TrustedTime time;
	*out_published = 0;
	TRY(trusted_time_state(call, &time));
	if (!time.highest_at || time.stopped_at) return OK;
	for (int64_t after = 0;;) {
		CasefileRows rows;
		TRY(casefile_list_in_state(call, TEXT("READY"), after, DUE_AT_ONCE, &rows));
		for (size_t i = 0; i < rows.count; i++) TRY(publish_if_due(call, &rows.at[i], out_published));
		if (rows.count < DUE_AT_ONCE) return OK;
		after = rows.at[rows.count - 1].id;
	}
}
