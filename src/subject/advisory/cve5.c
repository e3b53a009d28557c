/* CVE JSON 5.x, published and rejected. Only what is needed to know whose record it is may be missing its place; the rest is taken as far
 * as it is there: real records of the CVE list differ much, and some use fields newer than their schema. */
#include "base/base/clock.h"
#include "subject/advisory/advisory_private.h"

#include <math.h>

enum { AFFECTED_MAX = 2000, RANGES_MAX = 40, REFERENCES_MAX = 500 };

static Text member(Arena *arena, Json object, const char *key) { return clean_text(arena, json_as_text(json_get(object, key))); }

static bool is_nothing(Text text)
{
	return !text.length || text_is(text, TEXT("*")) || text_is(text, TEXT("-")) || text_is_nocase(text, TEXT("n/a")) ||
	       text_is_nocase(text, TEXT("unspecified")) || text_is_nocase(text, TEXT("unknown"));
}

static Text member_unless_nothing(Arena *arena, Json object, const char *key)
{
	Text text = member(arena, object, key);
	return is_nothing(text) ? TEXT("") : text;
}

/* The texts of one list ("descriptions", "solutions"): English and Chinese where marked, any other language where nothing else stands. */
static void read_texts(Arena *arena, Json list, Text out[LANG_COUNT])
{
	Text fallback = TEXT("");
	for (JsonEach each = json_each(list); json_next(&each);) {
		Text value = member(arena, each.value, "value"), tag = json_as_text(json_get(each.value, "lang"));
		Lang lang;
		bool known = tag.at && lang_parse(tag, &lang);
		if (!known && !fallback.length) fallback = value;
		if (!known || !value.length) continue;
		out[lang] = out[lang].length ? arena_printf(arena, "%.*s\n\n%.*s", TEXT_ARGS(out[lang]), TEXT_ARGS(value)) : value;
	}
	if (!out[LANG_EN].length && !out[LANG_ZH].length) out[LANG_EN] = fallback;
}

static void put_part(Buffer *buffer, const char *between, const char *sign, Text text)
{
	if (buffer->length && between) buffer_put(buffer, text_from(between));
	buffer_put(buffer, text_from(sign));
	buffer_put(buffer, text);
}

/* One entry of "versions" as people write it: "≥ 2.0, < 2.4". */
static void put_range(Arena *arena, Buffer *out, Json version, AdvisoryAffected *affected)
{
	Text from = member(arena, version, "version"), below = member(arena, version, "lessThan"),
	     until = member(arena, version, "lessThanOrEqual");
	bool open = is_nothing(from) || text_is(from, TEXT("0"));
	bool bounded = !is_nothing(below) || !is_nothing(until);
	if (!bounded && open) return;
	if (out->length) buffer_put(out, TEXT("; "));
	if (!open) put_part(out, NULL, bounded ? "≥ " : "", from);
	if (bounded && !open) buffer_put(out, TEXT(", "));
	if (!is_nothing(below))
		put_part(out, NULL, "< ", below);
	else if (!is_nothing(until))
		put_part(out, NULL, "≤ ", until);
	if (!is_nothing(below) && !affected->fixed.length) affected->fixed = below;
}

static void read_versions(Arena *arena, Json product, AdvisoryAffected *affected)
{
	Buffer ranges = { .arena = arena };
	size_t count = 0;
	for (JsonEach each = json_each(json_get(product, "versions")); json_next(&each) && count < RANGES_MAX;) {
		Text status = json_as_text(json_get(each.value, "status"));
		if (!text_is(status, TEXT("affected"))) continue;
		put_range(arena, &ranges, each.value, affected);
		count++;
	}
	if (count == RANGES_MAX) buffer_put(&ranges, TEXT("; …"));
	affected->versions = buffer_text(&ranges);
}

/* The eleventh part of a CPE 2.3 name, target_sw: where the product runs. */
static void add_platforms_of_cpes(Arena *arena, Json cpes, AdvisoryDraft *out)
{
	for (JsonEach each = json_each(cpes); json_next(&each);) {
		Text rest = json_as_text(each.value), part = TEXT("");
		for (int i = 0; i < 11 && text_next(&rest, ':', &part); i++) continue;
		if (text_is(part, TEXT("iphone_os")) || text_is(part, TEXT("ipados")))
			texts_add_new(arena, &out->platforms, TEXT("ios"));
		else
			add_platforms_of(arena, &out->platforms, part);
	}
}

static void read_product(Arena *arena, Json product, AdvisoryDraft *out)
{
	AdvisoryAffected affected = { .vendor = member_unless_nothing(arena, product, "vendor"),
		.product = member_unless_nothing(arena, product, "product"),
		.package = member_unless_nothing(arena, product, "packageName"),
		.platform = TEXT(""),
		.versions = TEXT(""),
		.fixed = TEXT("") };
	Buffer platforms = { .arena = arena };
	for (JsonEach each = json_each(json_get(product, "platforms")); json_next(&each);) {
		Text platform = clean_text(arena, json_as_text(each.value));
		if (!platform.length) continue;
		put_part(&platforms, ", ", "", platform);
		if (text_is_nocase(platform, TEXT("ios"))) texts_add_new(arena, &out->platforms, TEXT("ios"));
	}
	affected.platform = buffer_text(&platforms);
	read_versions(arena, product, &affected);
	add_platforms_of(arena, &out->platforms, affected.platform);
	add_platforms_of(arena, &out->platforms, affected.product);
	add_platforms_of_cpes(arena, json_get(product, "cpes"), out);
	out->has_fix = out->has_fix || affected.fixed.length > 0;
	if (!affected.vendor.length && !affected.product.length && !affected.package.length) return;
	if (out->affected.count < AFFECTED_MAX) list_add(arena, &out->affected, affected);
}

static const struct {
	const char *key, *scheme;
} metric_kinds[] = {
	{ "cvssV4_0", "CVSS:4.0" },
	{ "cvssV3_1", "CVSS:3.1" },
	{ "cvssV3_0", "CVSS:3.0" },
	{ "cvssV2_0", "CVSS:2.0" },
};

static void read_metrics(Arena *arena, Json container, Text by, AdvisoryDraft *out)
{
	for (JsonEach each = json_each(json_get(container, "metrics")); json_next(&each);)
		for (size_t i = 0; i < COUNT(metric_kinds); i++) {
			Json metric = json_get(each.value, metric_kinds[i].key);
			double score = 0;
			if (!json_as_real(json_get(metric, "baseScore"), &score) || !(score >= 0 && score <= 10)) continue;
			AdvisoryRating rating = { text_from(metric_kinds[i].scheme), member(arena, metric, "vectorString"), TEXT(""),
				(int64_t)lround(score * 10), by };
			rating.level = level_of_score(rating.score_tenths, i == 3);
			list_add(arena, &out->ratings, rating);
		}
}

static void read_weaknesses(Arena *arena, Json container, AdvisoryDraft *out)
{
	for (JsonEach type = json_each(json_get(container, "problemTypes")); json_next(&type);)
		for (JsonEach each = json_each(json_get(type.value, "descriptions")); json_next(&each);) {
			Text number = member(arena, each.value, "cweId");
			if (!number.length) number = member(arena, each.value, "description");
			if (!text_starts(number, TEXT("CWE-"))) continue;
			size_t end = 4;
			while (end < number.length && number.at[end] >= '0' && number.at[end] <= '9') end++;
			if (end > 4) texts_add_new(arena, &out->weaknesses, text_slice(number, 0, end));
		}
}

static void read_references(Arena *arena, Json container, AdvisoryDraft *out)
{
	for (JsonEach each = json_each(json_get(container, "references")); json_next(&each) && out->references.count < REFERENCES_MAX;) {
		AdvisoryReference reference = { member(arena, each.value, "url"), TEXT("") };
		Buffer tags = { .arena = arena };
		for (JsonEach tag = json_each(json_get(each.value, "tags")); json_next(&tag);) {
			Text text = clean_text(arena, json_as_text(tag.value));
			if (text_is(text, TEXT("patch"))) out->has_fix = true;
			if (text.length && !text_starts(text, TEXT("x_"))) put_part(&tags, ", ", "", text);
		}
		reference.note = buffer_text(&tags);
		if (reference.url.length) list_add(arena, &out->references, reference);
	}
}

static void read_people(Arena *arena, Json cna, AdvisoryDraft *out)
{
	for (JsonEach each = json_each(json_get(cna, "credits")); json_next(&each);)
		texts_add_new(arena, &out->finders, member(arena, each.value, "value"));
	for (JsonEach each = json_each(json_get(cna, "timeline")); json_next(&each);) {
		AdvisoryMoment moment = { 0, member(arena, each.value, "value") };
		if (moment.what.length && clock_parse(json_as_text(json_get(each.value, "time")), &moment.at))
			list_add(arena, &out->timeline, moment);
	}
}

/* The first of these that is there and a time. */
static bool first_time(Json record, const char *const *paths, size_t count, int64_t *out)
{
	for (size_t i = 0; i < count; i++)
		if (clock_parse(json_as_text(json_find(record, paths[i])), out)) return true;
	return false;
}

static void read_times(Json record, AdvisoryDraft *out)
{
	static const char *const published[] = { "cveMetadata.datePublished", "containers.cna.datePublic", "cveMetadata.dateReserved",
		"cveMetadata.dateRejected", "cveMetadata.dateUpdated", "containers.cna.providerMetadata.dateUpdated" };
	static const char *const updated[] = { "cveMetadata.dateUpdated", "cveMetadata.dateRejected",
		"containers.cna.providerMetadata.dateUpdated" };
	int64_t year = 1970;
	if (!first_time(record, published, COUNT(published), &out->published_at)) {
		if (!text_to_int(text_slice(out->identifier, 4, 8), &year)) year = 1970;
		out->published_at = clock_days((int)year, 1, 1) * 86400000;
	}
	if (!first_time(record, updated, COUNT(updated), &out->updated_at)) out->updated_at = out->published_at;
}

static void read_rejection(Arena *arena, Json cna, AdvisoryDraft *out)
{
	Text reasons[LANG_COUNT] = { TEXT(""), TEXT("") };
	read_texts(arena, json_get(cna, "rejectedReasons"), reasons);
	out->withdrawn = true;
	out->withdrawal_reason = advisory_text(reasons, LANG_EN);
	JsonEach replaced = json_each(json_get(cna, "replacedBy"));
	if (json_next(&replaced)) out->successor = clean_text(arena, json_as_text(replaced.value));
	if (!is_identifier(out->successor)) out->successor = TEXT("");
}

static void read_published(Arena *arena, Json record, Json cna, AdvisoryDraft *out)
{
	out->title[LANG_EN] = member(arena, cna, "title");
	read_texts(arena, json_get(cna, "descriptions"), out->description);
	read_texts(arena, json_get(cna, "solutions"), out->solution);
	read_texts(arena, json_get(cna, "workarounds"), out->other);
	out->has_fix = json_has(json_get(cna, "solutions"));
	for (JsonEach each = json_each(json_get(cna, "affected")); json_next(&each);) read_product(arena, each.value, out);
	read_metrics(arena, cna, out->publisher, out);
	read_weaknesses(arena, cna, out);
	read_references(arena, cna, out);
	read_people(arena, cna, out);
	for (JsonEach each = json_each(json_find(record, "containers.adp")); json_next(&each);) {
		read_metrics(arena, each.value, member(arena, json_get(each.value, "providerMetadata"), "shortName"), out);
		read_weaknesses(arena, each.value, out);
	}
	for (int lang = 0; lang < LANG_COUNT; lang++) {
		add_platforms_of(arena, &out->platforms, out->description[lang]);
		add_platforms_of(arena, &out->platforms, out->title[lang]);
	}
	for (size_t i = 0; i < out->ratings.count && !out->level.length; i++) out->level = out->ratings.at[i].level;
}

bool cve5_read(Arena *arena, Text document, AdvisoryDraft *out, Text *out_why)
{
	Json record;
	JsonFault fault;
	AdvisoryDraft draft = draft_empty();
	if (!json_parse(arena, document, &record, &fault)) {
		*out_why = arena_printf(arena, "no valid JSON: %s (line %zu, column %zu)", fault.why, fault.line, fault.column);
		return false;
	}
	if (!text_is(json_as_text(json_get(record, "dataType")), TEXT("CVE_RECORD")))
		return refuse(out_why, "no CVE record: dataType is not CVE_RECORD");
	if (!text_starts(json_as_text(json_get(record, "dataVersion")), TEXT("5."))) return refuse(out_why, "dataVersion is not 5.x");
	draft.identifier = json_as_text(json_find(record, "cveMetadata.cveId"));
	if (!is_cve_number(draft.identifier)) return refuse(out_why, "cveMetadata.cveId is no CVE number");
	Text state = json_as_text(json_find(record, "cveMetadata.state"));
	Json cna = json_find(record, "containers.cna");
	if (json_kind(cna) != JSON_OBJECT) return refuse(out_why, "containers.cna is missing");
	draft.publisher = member(arena, json_get(record, "cveMetadata"), "assignerShortName");
	read_times(record, &draft);
	if (text_is(state, TEXT("REJECTED")))
		read_rejection(arena, cna, &draft);
	else if (text_is(state, TEXT("PUBLISHED")))
		read_published(arena, record, cna, &draft);
	else
		return refuse(out_why, "cveMetadata.state is neither PUBLISHED nor REJECTED");
	*out = draft;
	return true;
}
