/* JSON: rows as the API takes them, CVE records (version 5), and what is told apart from them. Pure. */
#include "subject/batch/read_private.h"

#include "engine/rating/rating.h"

/* ---- Rows */
static Text as_cell(Arena *arena, Json value)
{
	int64_t number = 0;
	Text text = json_as_text(value);
	if (text.at) return text;
	if (json_kind(value) == JSON_BOOL) return json_as_bool(value) ? TEXT("yes") : TEXT("");
	return json_as_int(value, &number) ? arena_printf(arena, "%lld", (long long)number) : TEXT("");
}

static bool read_row(Reading *reading, int64_t number, Json row)
{
	Map *values = map_new(reading->arena);
	Texts files = { 0 };
	if (json_kind(row) != JSON_OBJECT) return read_refuse(reading, "records", (Text) { 0 });
	for (JsonEach each = json_each(row); json_next(&each);) {
		ColumnName name = column_of(each.key);
		if (name.is_files)
			for (JsonEach path = json_each(each.value); json_next(&path);) {
				Text text = json_as_text(path.value);
				if (text.length) list_add(reading->arena, &files, text);
			}
		else if (name.item)
			form_set(reading->arena, values, text_from(name.item->name),
				column_value(reading->arena, name.item, as_cell(reading->arena, each.value)));
		else
			read_note(reading, "column", each.key);
	}
	return read_put(reading, number, values, &files);
}

/* ---- CVE records */
static void set(Reading *reading, Map *values, const char *name, Text value)
{
	if (value.length) form_set(reading->arena, values, text_from(name), value);
}

/* Of several languages Chinese, then English, then the first. */
static Text in_words(Json list)
{
	Text best = { 0 };
	int rank = 0;
	for (JsonEach each = json_each(list); json_next(&each);) {
		Text value = json_as_text(json_get(each.value, "value")), lang = json_as_text(json_get(each.value, "lang"));
		int one = text_starts(lang, TEXT("zh")) ? 3 : text_starts(lang, TEXT("en")) ? 2 : 1;
		if (value.length && one > rank) {
			best = value;
			rank = one;
		}
	}
	return best.at ? best : TEXT("");
}

static Text versions_of(Arena *arena, Json product)
{
	Buffer out = { .arena = arena };
	for (JsonEach each = json_each(json_get(product, "versions")); json_next(&each) && out.length < 150;) {
		Text from = json_as_text(json_get(each.value, "version")), below = json_as_text(json_get(each.value, "lessThan")),
		     until = json_as_text(json_get(each.value, "lessThanOrEqual")), status = json_as_text(json_get(each.value, "status"));
		bool has_from = from.length && !text_is(from, TEXT("0")) && !text_is(from, TEXT("*"));
		if (!text_is(status, TEXT("affected")) || (!has_from && !below.length && !until.length)) continue;
		if (out.length) buffer_put(&out, TEXT("; "));
		if (has_from) buffer_printf(&out, "%s%.*s", below.length || until.length ? "≥ " : "", TEXT_ARGS(from));
		if (below.length || until.length)
			buffer_printf(
				&out, "%s%s %.*s", has_from ? ", " : "", below.length ? "<" : "≤", TEXT_ARGS(below.length ? below : until));
	}
	return buffer_text(&out);
}

static Text class_of(Json cna)
{
	for (JsonEach type = json_each(json_get(cna, "problemTypes")); json_next(&type);)
		for (JsonEach one = json_each(json_get(type.value, "descriptions")); json_next(&one);) {
			Text cwe = json_as_text(json_get(one.value, "cweId"));
			int64_t number = 0;
			if (!text_starts(cwe, TEXT("CWE-")) || !text_to_int(text_slice(cwe, 4, cwe.length), &number) || number > 100000)
				continue;
			const WeaknessClass *weakness = weakness_of_cwe((int)number);
			if (weakness) return text_from(weakness->tag);
		}
	return TEXT("");
}

static Text vector_of(Json cna)
{
	static const char *const kinds[] = { "cvssV4_0", "cvssV3_1", "cvssV3_0", "cvssV2_0" };
	for (size_t i = 0; i < COUNT(kinds); i++)
		for (JsonEach metric = json_each(json_get(cna, "metrics")); json_next(&metric);) {
			Text vector = json_as_text(json_get(json_get(metric.value, kinds[i]), "vectorString"));
			if (vector.length) return vector;
		}
	return TEXT("");
}

static Text addresses_of(Arena *arena, Json list, Text *out_first)
{
	Buffer out = { .arena = arena };
	for (JsonEach each = json_each(list); json_next(&each) && out.length < 15000;) {
		Text url = json_as_text(json_get(each.value, "url"));
		if (!url.length) continue;
		if (!out.length) *out_first = url;
		buffer_printf(&out, "%s%.*s", out.length ? "\n" : "", TEXT_ARGS(url));
	}
	return buffer_text(&out);
}

/* Where a product says that it runs. */
static Text part_of(Json product)
{
	static const struct {
		const char *word, *part;
	} parts[] = { { "android", "android" }, { "ios", "ios" }, { "iphone", "ios" }, { "harmonyos", "harmonyos" } };
	for (JsonEach each = json_each(json_get(product, "platforms")); json_next(&each);)
		for (size_t i = 0; i < COUNT(parts); i++)
			if (text_is_nocase(json_as_text(each.value), text_from(parts[i].word))) return text_from(parts[i].part);
	return TEXT("");
}

/* What a record says; what it cannot say is left for whoever sends it. */
bool read_cve(Reading *reading, Json record)
{
	Arena *arena = reading->arena;
	Json cna = json_find(record, "containers.cna"), product = { 0 };
	Map *values = map_new(arena);
	Text first = TEXT(""), id = json_as_text(json_find(record, "cveMetadata.cveId"));
	JsonEach affected = json_each(json_get(cna, "affected"));
	if (json_next(&affected)) product = affected.value;
	if (!id.length || json_kind(cna) != JSON_OBJECT) return read_refuse(reading, "records", id);
	Text references = addresses_of(arena, json_get(cna, "references"), &first);
	bool is_public = text_is(json_as_text(json_find(record, "cveMetadata.state")), TEXT("PUBLISHED"));
	set(reading, values, "kind", TEXT("generic"));
	set(reading, values, "owner", TEXT("others"));
	set(reading, values, "original", TEXT("known"));
	set(reading, values, "known_number", id);
	set(reading, values, "disclosed", is_public ? TEXT("public") : TEXT("vendor"));
	if (is_public) set(reading, values, "disclosed_where", first);
	set(reading, values, "title", text_slice(json_as_text(json_get(cna, "title")), 0, 120));
	set(reading, values, "description", in_words(json_get(cna, "descriptions")));
	set(reading, values, "steps", in_words(json_get(cna, "exploits")));
	set(reading, values, "fix", in_words(json_get(cna, "solutions")));
	JsonEach impacts = json_each(json_get(cna, "impacts"));
	if (json_next(&impacts)) set(reading, values, "impact", in_words(json_get(impacts.value, "descriptions")));
	set(reading, values, "product", json_as_text(json_get(product, "product")));
	set(reading, values, "vendor", json_as_text(json_get(product, "vendor")));
	set(reading, values, "package", json_as_text(json_get(product, "packageName")));
	set(reading, values, "part", part_of(product));
	set(reading, values, "versions", versions_of(arena, product));
	set(reading, values, "class", class_of(cna));
	set(reading, values, "cvss", vector_of(cna));
	set(reading, values, "references", references);
	return read_put(reading, reading->last + 1, values, NULL);
}

/* ---- What it is */
static bool is_cve(Json value) { return text_is(json_as_text(json_get(value, "dataType")), TEXT("CVE_RECORD")); }

static bool read_list(Reading *reading, Json list)
{
	bool is_first = true, of_cve = false;
	int64_t before = reading->last;
	for (JsonEach each = json_each(list); json_next(&each); is_first = false) {
		ArenaMark mark = arena_mark(reading->arena);
		if (is_first) {
			of_cve = is_cve(each.value);
			read_format(reading, of_cve ? "cve5" : "json");
		}
		if (of_cve ? !read_cve(reading, each.value) : !read_row(reading, reading->last + 1, each.value)) return false;
		arena_release(reading->arena, mark);
	}
	return reading->last > before ? true : read_refuse(reading, "empty", (Text) { 0 });
}

bool read_json(Reading *reading, Text content)
{
	Json document;
	JsonFault fault;
	Text text = text_starts(content, TEXT("\xEF\xBB\xBF")) ? text_slice(content, 3, content.length) : content;
	if (!json_parse(reading->arena, text, &document, &fault))
		return read_refuse(reading, "json", arena_printf(reading->arena, "%zu:%zu", fault.line, fault.column));
	if (json_kind(document) == JSON_ARRAY) return read_list(reading, document);
	if (is_cve(document)) {
		read_format(reading, "cve5");
		return read_cve(reading, document);
	}
	if (text_starts(json_as_text(json_find(document, "document.csaf_version")), TEXT("2."))) {
		read_format(reading, "csaf");
		return read_csaf(reading, document);
	}
	static const char *const lists[] = { "rows", "reports", "cves" };
	for (size_t i = 0; i < COUNT(lists); i++)
		if (json_kind(json_get(document, lists[i])) == JSON_ARRAY) return read_list(reading, json_get(document, lists[i]));
	return read_refuse(reading, "records", (Text) { 0 });
}
