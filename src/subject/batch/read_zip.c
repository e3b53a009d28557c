/* Archives: a manifest and the files it names, or records. And the pieces of an archive that are unpacked together. Pure. */
#include "subject/batch/read_private.h"

#include "base/sandbox/inspect.h"

/* ---- Which file says what the reports are */
static bool is_at_root(Text name) { return !text_find(name, TEXT("/"), NULL); }

static bool has_ending(Text name, const char *ending)
{
	size_t length = strlen(ending);
	return name.length > length && text_is_nocase(text_slice(name, name.length - length, name.length), text_from(ending));
}

static const PackedEntry *manifest_of(const PackedEntries *entries)
{
	static const char *const names[] = { "manifest.csv", "manifest.xlsx", "manifest.json", "清单.csv", "清单.xlsx" },
				 *const endings[] = { ".csv", ".xlsx" };
	const PackedEntry *only = NULL;
	size_t count = 0;
	for (size_t k = 0; k < COUNT(names); k++)
		for (size_t i = 0; i < entries->count; i++)
			if (text_is_nocase(entries->at[i].name, text_from(names[k]))) return &entries->at[i];
	for (size_t i = 0; i < entries->count; i++)
		for (size_t k = 0; k < COUNT(endings); k++)
			if (is_at_root(entries->at[i].name) && has_ending(entries->at[i].name, endings[k])) {
				only = &entries->at[i];
				count++;
			}
	return count == 1 ? only : NULL;
}

static bool is_for_machines(Text name) /* of the archiver, not of people */
{
	return text_starts(name, TEXT("__MACOSX/")) || text_ends(name, TEXT(".DS_Store")) || text_ends(name, TEXT("Thumbs.db"));
}

/* ---- The archive */
static void put_entry(Reading *reading, const PackedEntry *entry)
{
	JsonWriter writer = json_writer(reading->out);
	json_object_begin(&writer);
	json_put_text(&writer, "entry", entry->name);
	json_put_int(&writer, "at", (int64_t)entry->at);
	json_put_int(&writer, "packed", (int64_t)entry->packed.length);
	json_put_int(&writer, "bytes", (int64_t)entry->bytes);
	json_put_int(&writer, "sum", (int64_t)entry->sum);
	json_put_int(&writer, "method", entry->method);
	json_end(&writer);
	json_finish(&writer);
	buffer_byte(reading->out, '\n');
}

static bool read_manifest(Reading *reading, const PackedEntry *manifest)
{
	Text content;
	const char *fault = packed_open(reading->arena, manifest, READ_TABLE_BYTES_MAX, &content);
	if (fault) return read_refuse(reading, fault, manifest->name);
	if (has_ending(manifest->name, ".json")) return read_json(reading, content);
	if (has_ending(manifest->name, ".csv")) return read_csv(reading, content);
	return packed_is(content) ? read_xlsx(reading, content) : read_refuse(reading, "workbook", manifest->name);
}

/* Without a manifest: every file is a record. */
static bool read_records(Reading *reading, const PackedEntries *entries)
{
	size_t unpacked = 0;
	bool has_any = false;
	for (size_t i = 0; i < entries->count; i++) {
		const PackedEntry *entry = &entries->at[i];
		ArenaMark mark = arena_mark(reading->arena);
		Text content;
		if (is_for_machines(entry->name) || !has_ending(entry->name, ".json")) continue;
		unpacked += (size_t)entry->bytes;
		const char *fault =
			unpacked > READ_TABLE_BYTES_MAX ? "bomb" : packed_open(reading->arena, entry, READ_TABLE_BYTES_MAX, &content);
		if (fault) return read_refuse(reading, fault, entry->name);
		if (!read_json(reading, content)) return false;
		arena_release(reading->arena, mark);
		has_any = true;
	}
	return has_any ? true : read_refuse(reading, "manifest", (Text) { 0 });
}

static bool is_workbook(const PackedEntries *entries)
{
	for (size_t i = 0; i < entries->count; i++)
		if (text_is(entries->at[i].name, TEXT("xl/workbook.xml"))) return true;
	return false;
}

bool read_zip(Reading *reading, Text content)
{
	PackedEntries entries = { 0 };
	Text about;
	const char *fault = packed_list(reading->arena, content, &entries, &about);
	if (fault) return read_refuse(reading, fault, about);
	if (is_workbook(&entries)) return read_xlsx(reading, content);
	const PackedEntry *manifest = manifest_of(&entries);
	if (!manifest) return read_records(reading, &entries);
	read_format(reading, "zip");
	for (size_t i = 0; i < entries.count; i++)
		if (&entries.at[i] != manifest && !is_for_machines(entries.at[i].name)) put_entry(reading, &entries.at[i]);
	return read_manifest(reading, manifest);
}

/* ---- Unpacking. Input: a line "PACKED BYTES SUM METHOD ENDING" for each file, an empty line, then the packed bytes one after the other. Output:
 * a line "ok LENGTH " and the inspection's numbers, or "no FAULT", for each; an empty line; then the contents. */
static bool is_nested(const Inspection *found, Text ending)
{
	static const char *const programs[] = { "apk", "xapk", "aab", "ipa", "hap", "app", "jar", "docx", "xlsx", "wxapkg" };
	if (found->kind != FILE_ZIP && found->kind != FILE_GZIP) return false;
	for (size_t i = 0; i < COUNT(programs); i++)
		if (text_is_nocase(ending, text_from(programs[i]))) return false;
	return true;
}

static void unpack_one(Arena *arena, const PackedEntry *entry, Text ending, Buffer *out, Buffer *contents)
{
	Text content;
	const char *fault = packed_open(arena, entry, READ_ENTRY_BYTES_MAX, &content);
	Inspection found = { 0 };
	if (!fault) found = inspect(arena, content);
	if (!fault && is_nested(&found, ending)) fault = "nested";
	if (fault) {
		buffer_printf(out, "no %s\n", fault);
		return;
	}
	buffer_printf(out, "ok %zu %d %lld %lld %lld %lld %d %d %d\n", content.length, (int)found.kind, (long long)found.width,
		(long long)found.height, (long long)found.entries, (long long)found.unpacked_bytes, found.hostile_names, found.encrypted,
		found.damaged);
	buffer_put(contents, content);
}

static bool next_wish(Text *lines, PackedEntry *out, uint64_t *out_packed, Text *out_ending)
{
	Text line, word;
	int64_t numbers[4];
	if (!text_next(lines, '\n', &line) || !line.length) return false;
	for (size_t i = 0; i < COUNT(numbers); i++)
		if (!text_next(&line, ' ', &word) || !text_to_int(word, &numbers[i]) || numbers[i] < 0) return false;
	*out = (PackedEntry) { .bytes = (uint64_t)numbers[1], .sum = (uint32_t)numbers[2], .method = (int)numbers[3] };
	*out_packed = (uint64_t)numbers[0];
	*out_ending = line.at ? line : TEXT("");
	return true;
}

void unpack_any(Arena *arena, Text input, Buffer *out, bool *out_broken)
{
	size_t end = 0;
	Buffer contents = { .arena = arena };
	*out_broken = !text_find(input, TEXT("\n\n"), &end);
	if (*out_broken) return;
	Text lines = text_slice(input, 0, end + 1), bytes = text_slice(input, end + 2, input.length), ending;
	PackedEntry entry;
	for (uint64_t packed = 0; next_wish(&lines, &entry, &packed, &ending);) {
		*out_broken = packed > bytes.length;
		if (*out_broken) return;
		entry.packed = text_slice(bytes, 0, (size_t)packed);
		bytes = text_slice(bytes, (size_t)packed, bytes.length);
		unpack_one(arena, &entry, ending, out, &contents);
	}
	buffer_byte(out, '\n');
	buffer_put(out, buffer_text(&contents));
}
