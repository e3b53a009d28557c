/* The record as own JSON: written to the database, answered by the API, and read back without loss. */
#include "base/base/clock.h"
#include "subject/advisory/advisory_private.h"

static const struct {
	const char *name;
	size_t offset;
} translated[] = {
	{ "title", offsetof(AdvisoryDraft, title) },
	{ "description", offsetof(AdvisoryDraft, description) },
	{ "existence", offsetof(AdvisoryDraft, existence) },
	{ "detection", offsetof(AdvisoryDraft, detection) },
	{ "solution", offsetof(AdvisoryDraft, solution) },
	{ "other", offsetof(AdvisoryDraft, other) },
}, lists[] = {
	{ "issuers", offsetof(AdvisoryDraft, issuers) },
	{ "aliases", offsetof(AdvisoryDraft, aliases) },
	{ "related", offsetof(AdvisoryDraft, related) },
	{ "finders", offsetof(AdvisoryDraft, finders) },
	{ "weaknesses", offsetof(AdvisoryDraft, weaknesses) },
	{ "platforms", offsetof(AdvisoryDraft, platforms) },
}, plain[] = {
	{ "withdrawal_reason", offsetof(AdvisoryDraft, withdrawal_reason) },
	{ "successor", offsetof(AdvisoryDraft, successor) },
	{ "publisher", offsetof(AdvisoryDraft, publisher) },
	{ "verifier", offsetof(AdvisoryDraft, verifier) },
	{ "level", offsetof(AdvisoryDraft, level) },
	{ "type", offsetof(AdvisoryDraft, type) },
	{ "class", offsetof(AdvisoryDraft, class_name) },
};
static const char *const lang_keys[LANG_COUNT] = { [LANG_ZH] = "zh", [LANG_EN] = "en" };

#define FIELD(Type, record, offset) ((Type *)(void *)((char *)(record) + (offset)))
#define FIELD_CONST(Type, record, offset) ((const Type *)(const void *)((const char *)(record) + (offset)))

static void put_filled(JsonWriter *writer, const char *key, Text text)
{
	if (text.length) json_put_text(writer, key, text);
}

static void put_time(JsonWriter *writer, const char *key, int64_t at)
{
	ArenaMark mark = arena_mark(writer->buffer->arena);
	char text[32];
	Text iso = clock_iso(writer->buffer->arena, at);
	must(iso.length < sizeof(text));
	memcpy(text, iso.at, iso.length);
	iso.at = text;
	arena_release(writer->buffer->arena, mark);
	json_put_text(writer, key, iso);
}

static void write_translated(JsonWriter *writer, const AdvisoryDraft *record)
{
	for (size_t i = 0; i < COUNT(translated); i++) {
		const Text *texts = FIELD_CONST(Text, record, translated[i].offset);
		if (!texts[LANG_ZH].length && !texts[LANG_EN].length) continue;
		json_key(writer, text_from(translated[i].name));
		json_object_begin(writer);
		for (int lang = 0; lang < LANG_COUNT; lang++) put_filled(writer, lang_keys[lang], texts[lang]);
		json_end(writer);
	}
}

static void write_lists(JsonWriter *writer, const AdvisoryDraft *record)
{
	for (size_t i = 0; i < COUNT(lists); i++) {
		const Texts *texts = FIELD_CONST(Texts, record, lists[i].offset);
		if (!texts->count) continue;
		json_key(writer, text_from(lists[i].name));
		json_array_begin(writer);
		for (size_t j = 0; j < texts->count; j++) json_text(writer, texts->at[j]);
		json_end(writer);
	}
}

static void write_ratings(JsonWriter *writer, const AdvisoryDraft *record)
{
	if (!record->ratings.count) return;
	json_key(writer, TEXT("ratings"));
	json_array_begin(writer);
	for (size_t i = 0; i < record->ratings.count; i++) {
		const AdvisoryRating *rating = &record->ratings.at[i];
		json_object_begin(writer);
		put_filled(writer, "scheme", rating->scheme);
		put_filled(writer, "vector", rating->vector);
		put_filled(writer, "level", rating->level);
		if (rating->score_tenths >= 0) json_put_int(writer, "score_tenths", rating->score_tenths);
		put_filled(writer, "by", rating->by);
		json_end(writer);
	}
	json_end(writer);
}

static void write_affected(JsonWriter *writer, const AdvisoryDraft *record)
{
	if (!record->affected.count) return;
	json_key(writer, TEXT("affected"));
	json_array_begin(writer);
	for (size_t i = 0; i < record->affected.count; i++) {
		const AdvisoryAffected *affected = &record->affected.at[i];
		json_object_begin(writer);
		put_filled(writer, "vendor", affected->vendor);
		put_filled(writer, "product", affected->product);
		put_filled(writer, "package", affected->package);
		put_filled(writer, "platform", affected->platform);
		put_filled(writer, "versions", affected->versions);
		put_filled(writer, "fixed", affected->fixed);
		put_filled(writer, "entry", affected->entry);
		json_end(writer);
	}
	json_end(writer);
}

static void write_references(JsonWriter *writer, const AdvisoryDraft *record)
{
	if (record->references.count) {
		json_key(writer, TEXT("references"));
		json_array_begin(writer);
		for (size_t i = 0; i < record->references.count; i++) {
			json_object_begin(writer);
			json_put_text(writer, "url", record->references.at[i].url);
			put_filled(writer, "note", record->references.at[i].note);
			json_end(writer);
		}
		json_end(writer);
	}
	if (!record->timeline.count) return;
	json_key(writer, TEXT("timeline"));
	json_array_begin(writer);
	for (size_t i = 0; i < record->timeline.count; i++) {
		json_object_begin(writer);
		put_time(writer, "at", record->timeline.at[i].at);
		json_put_text(writer, "what", record->timeline.at[i].what);
		json_end(writer);
	}
	json_end(writer);
}

void advisory_write_members(JsonWriter *writer, const AdvisoryDraft *record)
{
	json_put_text(writer, "id", record->identifier);
	json_put_text(writer, "state", record->withdrawn ? TEXT("WITHDRAWN") : TEXT("PUBLISHED"));
	put_time(writer, "published_at", record->published_at);
	put_time(writer, "updated_at", record->updated_at);
	for (size_t i = 0; i < COUNT(plain); i++) put_filled(writer, plain[i].name, *FIELD_CONST(Text, record, plain[i].offset));
	json_put_bool(writer, "has_fix", record->has_fix);
	write_lists(writer, record);
	write_translated(writer, record);
	write_ratings(writer, record);
	write_affected(writer, record);
	write_references(writer, record);
}

void advisory_write(JsonWriter *writer, const AdvisoryDraft *record)
{
	json_object_begin(writer);
	advisory_write_members(writer, record);
	json_end(writer);
}

/* ---- Reading back */
static Text text_or_empty(Json value)
{
	Text text = json_as_text(value);
	return text.at ? text : TEXT("");
}

static bool read_time(Json value, int64_t *out) { return clock_parse(text_or_empty(value), out); }

static void read_ratings(Arena *arena, Json list, AdvisoryDraft *out)
{
	for (JsonEach each = json_each(list); json_next(&each);) {
		AdvisoryRating rating = { text_or_empty(json_get(each.value, "scheme")), text_or_empty(json_get(each.value, "vector")),
			text_or_empty(json_get(each.value, "level")), -1, text_or_empty(json_get(each.value, "by")) };
		if (!json_as_int(json_get(each.value, "score_tenths"), &rating.score_tenths)) rating.score_tenths = -1;
		list_add(arena, &out->ratings, rating);
	}
}

static void read_affected(Arena *arena, Json list, AdvisoryDraft *out)
{
	for (JsonEach each = json_each(list); json_next(&each);) {
		AdvisoryAffected affected = { text_or_empty(json_get(each.value, "vendor")), text_or_empty(json_get(each.value, "product")),
			text_or_empty(json_get(each.value, "package")), text_or_empty(json_get(each.value, "platform")),
			text_or_empty(json_get(each.value, "versions")), text_or_empty(json_get(each.value, "fixed")),
			text_or_empty(json_get(each.value, "entry")) };
		list_add(arena, &out->affected, affected);
	}
}

static bool read_references(Arena *arena, Json document, AdvisoryDraft *out)
{
	for (JsonEach each = json_each(json_get(document, "references")); json_next(&each);) {
		AdvisoryReference reference = { text_or_empty(json_get(each.value, "url")), text_or_empty(json_get(each.value, "note")) };
		list_add(arena, &out->references, reference);
	}
	for (JsonEach each = json_each(json_get(document, "timeline")); json_next(&each);) {
		AdvisoryMoment moment = { 0, text_or_empty(json_get(each.value, "what")) };
		if (!read_time(json_get(each.value, "at"), &moment.at)) return false;
		list_add(arena, &out->timeline, moment);
	}
	return true;
}

bool advisory_read(Arena *arena, Json document, AdvisoryDraft *out)
{
	AdvisoryDraft record = { .identifier = text_or_empty(json_get(document, "id")) };
	record.withdrawn = text_is(text_or_empty(json_get(document, "state")), TEXT("WITHDRAWN"));
	record.has_fix = json_as_bool(json_get(document, "has_fix"));
	for (size_t i = 0; i < COUNT(plain); i++) *FIELD(Text, &record, plain[i].offset) = text_or_empty(json_get(document, plain[i].name));
	for (size_t i = 0; i < COUNT(translated); i++) {
		Json texts = json_get(document, translated[i].name);
		for (int lang = 0; lang < LANG_COUNT; lang++)
			FIELD(Text, &record, translated[i].offset)[lang] = text_or_empty(json_get(texts, lang_keys[lang]));
	}
	for (size_t i = 0; i < COUNT(lists); i++)
		for (JsonEach each = json_each(json_get(document, lists[i].name)); json_next(&each);)
			list_add(arena, FIELD(Texts, &record, lists[i].offset), text_or_empty(each.value));
	read_ratings(arena, json_get(document, "ratings"), &record);
	read_affected(arena, json_get(document, "affected"), &record);
	if (!record.identifier.length || !read_references(arena, document, &record)) return false;
	if (!read_time(json_get(document, "published_at"), &record.published_at) ||
		!read_time(json_get(document, "updated_at"), &record.updated_at))
		return false;
	*out = record;
	return true;
}
