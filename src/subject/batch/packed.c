/*
 * ZIP archives (APPNOTE 6.3.10), also in the large form (ZIP64), read by their directory and their local heads, which must agree. Nothing is
 * unpacked that was not asked for, nothing is ever a path: names are compared, never opened. Pure.
 */
#include "subject/batch/read_private.h"

#include <libdeflate.h>
#include <stdlib.h>

enum {
	END_BYTES = 22,
	COMMENT_MAX = 65535,
	ENTRY_BYTES = 46,
	LOCAL_BYTES = 30,
	FLAG_ENCRYPTED = 1,
	FLAG_UTF8 = 0x800,
	STORED = 0,
	DEFLATED = 8,
	RATIO_MAX = 1100, /* of deflate: 1032 */
	LOCATOR_BYTES = 20,
	END64_BYTES = 56,
	EXTRA_LARGE = 1,
};
static const uint64_t END = 0x06054b50, END64 = 0x06064b50, LOCATOR = 0x07064b50, ENTRY = 0x02014b50, LOCAL = 0x04034b50,
		      UNKNOWN_32 = 0xFFFFFFFF, UNKNOWN_16 = 0xFFFF;

static uint64_t little(Text bytes, size_t at, int count)
{
	uint64_t value = 0;
	if (at > bytes.length || bytes.length - at < (size_t)count) return 0;
	for (int i = count; i-- > 0;) value = value << 8 | (unsigned char)bytes.at[at + (size_t)i];
	return value;
}

bool packed_is(Text content) { return text_starts(content, TEXT("PK\x03\x04")) || text_starts(content, TEXT("PK\x05\x06")); }

static bool end_find(Text archive, size_t *out)
{
	if (archive.length < END_BYTES) return false;
	size_t last = archive.length - END_BYTES, first = last > COMMENT_MAX ? last - COMMENT_MAX : 0;
	for (size_t at = last + 1; at-- > first;)
		if (little(archive, at, 4) == END && little(archive, at + 20, 2) == archive.length - at - END_BYTES) {
			*out = at;
			return true;
		}
	return false;
}

/* Where the directory lies: from `at`, so many bytes, and nothing between them and the record at `end` that says so. */
typedef struct Extent {
	uint64_t at, bytes, count, end;
} Extent;

/* A number of the small form stands beside the same one in the large form, or says that it does not fit. */
static bool agrees(uint64_t small, uint64_t unknown, uint64_t large) { return small == unknown || small == large; }

/* The large form (APPNOTE 4.3.14 and 4.3.15): a record behind the directory, then its locator, then the end that everybody knows. */
static bool large_find(Text archive, size_t end, Extent *extent)
{
	size_t locator = end - LOCATOR_BYTES;
	uint64_t at = little(archive, locator + 8, 8), disks = little(archive, locator + 4, 4) + little(archive, locator + 16, 4);
	if (at > locator || locator - at < END64_BYTES || little(archive, at, 4) != END64 || disks > 1) return false;
	if (little(archive, at + 4, 8) != locator - at - 12 || little(archive, at + 16, 8)) return false; /* its size; one disk */
	Extent large = { little(archive, at + 48, 8), little(archive, at + 40, 8), little(archive, at + 32, 8), at };
	if (little(archive, at + 24, 8) != large.count) return false;
	bool is_same = agrees(extent->count, UNKNOWN_16, large.count) && agrees(extent->bytes, UNKNOWN_32, large.bytes) &&
		       agrees(extent->at, UNKNOWN_32, large.at);
	if (is_same) *extent = large;
	return is_same;
}

static bool extent_find(Text archive, Extent *out)
{
	size_t end = 0;
	if (!end_find(archive, &end)) return false;
	*out = (Extent) { little(archive, end + 16, 4), little(archive, end + 12, 4), little(archive, end + 10, 2), end };
	if (end < LOCATOR_BYTES || little(archive, end - LOCATOR_BYTES, 4) != LOCATOR) return true;
	return large_find(archive, end, out);
}

static bool is_outside(Text name)
{
	Text rest = name, piece;
	bool drive = name.length > 1 && name.at[1] == ':';
	if (!name.length || name.at[0] == '/' || drive || memchr(name.at, 0, name.length)) return true;
	while (text_next(&rest, '/', &piece))
		if (text_is(piece, TEXT(".."))) return true;
	return false;
}

/* Windows writes names in the language of the machine and with the other slash. */
static Text name_of(Arena *arena, Text bytes, uint64_t flags)
{
	Text name = flags & FLAG_UTF8 && text_is_utf8(bytes) ? bytes : read_decoded(arena, bytes);
	if (!name.at) return (Text) { 0 };
	char *copy = arena_alloc(arena, name.length + 1);
	for (size_t i = 0; i < name.length; i++) copy[i] = name.at[i] == '\\' ? '/' : name.at[i];
	return (Text) { copy, name.length };
}

typedef struct Directory {
	Arena *arena;
	Text archive, rest;
	Map *names;
	uint64_t unpacked;
	PackedEntries *entries;
} Directory;

/* The local head says the same name and lies before its bytes, which lie before the directory. */
static const char *place(const Directory *directory, Text raw_name, uint64_t head, uint64_t packed, PackedEntry *entry)
{
	Text archive = directory->archive;
	if (head > archive.length || archive.length - head < LOCAL_BYTES || little(archive, head, 4) != LOCAL) return "damaged";
	size_t name_bytes = little(archive, head + 26, 2), from = head + LOCAL_BYTES + name_bytes + little(archive, head + 28, 2);
	if (!text_is(text_slice(archive, head + LOCAL_BYTES, head + LOCAL_BYTES + name_bytes), raw_name)) return "damaged";
	if (from > archive.length || archive.length - from < packed) return "damaged";
	entry->at = from;
	entry->packed = text_slice(archive, from, from + packed);
	return NULL;
}

static const char *examine(Directory *directory, const PackedEntry *entry, uint64_t flags)
{
	if (!entry->name.at || is_outside(entry->name) || map_get(directory->names, entry->name)) return "path";
	if (flags & FLAG_ENCRYPTED) return "encrypted";
	if (entry->method != STORED && entry->method != DEFLATED) return "method";
	if (entry->bytes / RATIO_MAX > entry->packed.length) return "bomb";
	directory->unpacked += entry->bytes;
	return directory->unpacked > READ_UNPACKED_MAX ? "bomb" : NULL;
}

/* What does not fit stands in the entry's extra field of the large form, in this order (APPNOTE 4.5.3). False: it does not, or not once. */
static bool take_large(Text extra, uint64_t *bytes, uint64_t *packed, uint64_t *local)
{
	uint64_t *const wanted[] = { bytes, packed, local };
	Text field = { 0 };
	size_t at = 0;
	if (*bytes != UNKNOWN_32 && *packed != UNKNOWN_32 && *local != UNKNOWN_32) return true;
	while (extra.length >= 4) {
		size_t length = 4 + little(extra, 2, 2);
		if (length > extra.length) return false;
		bool is_large = little(extra, 0, 2) == EXTRA_LARGE;
		if (is_large && field.at) return false;
		if (is_large) field = text_slice(extra, 4, length);
		extra = text_slice(extra, length, extra.length);
	}
	for (size_t i = 0; i < COUNT(wanted); i++) {
		if (*wanted[i] != UNKNOWN_32) continue;
		if (field.length < at + 8) return false;
		*wanted[i] = little(field, at, 8);
		at += 8;
	}
	return true;
}

static const char *take_entry(Directory *directory, Text *out_about)
{
	Text head = directory->rest;
	size_t name_bytes = little(head, 28, 2), whole = ENTRY_BYTES + name_bytes + little(head, 30, 2) + little(head, 32, 2);
	if (head.length < ENTRY_BYTES || little(head, 0, 4) != ENTRY || whole > head.length) return "damaged";
	uint64_t flags = little(head, 8, 2), packed = little(head, 20, 4), bytes = little(head, 24, 4), local = little(head, 42, 4);
	Text raw = text_slice(head, ENTRY_BYTES, ENTRY_BYTES + name_bytes);
	Text extra = text_slice(head, ENTRY_BYTES + name_bytes, ENTRY_BYTES + name_bytes + little(head, 30, 2));
	bool is_told = take_large(extra, &bytes, &packed, &local);
	PackedEntry entry = { .name = name_of(directory->arena, raw, flags),
		.bytes = bytes,
		.sum = (uint32_t)little(head, 16, 4),
		.method = (int)little(head, 10, 2) };
	*out_about = entry.name.at ? entry.name : TEXT("");
	const char *fault = is_told ? place(directory, raw, local, packed, &entry) : "damaged";
	if (!fault) fault = examine(directory, &entry, flags);
	if (fault) return fault;
	map_put(directory->names, entry.name, directory->names);
	directory->rest = text_slice(head, whole, head.length);
	if (!text_ends(entry.name, TEXT("/"))) list_add(directory->arena, directory->entries, entry);
	return NULL;
}

static int by_place(const void *left, const void *right)
{
	const PackedEntry *a = left, *b = right;
	return a->at < b->at ? -1 : a->at > b->at;
}

/* Entries that share their bytes are how small archives unpack to enormous ones. */
static bool overlaps(Arena *arena, const PackedEntries *entries)
{
	PackedEntry *sorted = arena_array_of(arena, PackedEntry, entries->count + 1);
	if (entries->count) memcpy(sorted, entries->at, entries->count * sizeof(*sorted));
	if (entries->count) qsort(sorted, entries->count, sizeof(*sorted), by_place);
	for (size_t i = 1; i < entries->count; i++)
		if (sorted[i - 1].at + sorted[i - 1].packed.length > sorted[i].at) return true;
	return false;
}

const char *packed_list(Arena *arena, Text archive, PackedEntries *out, Text *out_about)
{
	Extent extent;
	*out_about = (Text) { 0 };
	if (!extent_find(archive, &extent)) return "damaged";
	*out_about = arena_printf(arena, "%d", (int)READ_ENTRIES_MAX);
	if (extent.count > READ_ENTRIES_MAX) return "entries";
	*out_about = (Text) { 0 };
	if (extent.at > extent.end || extent.bytes != extent.end - extent.at) return "damaged";
	Directory directory = { .arena = arena, .archive = text_slice(archive, 0, extent.at), .names = map_new(arena), .entries = out };
	directory.rest = text_slice(archive, extent.at, extent.end);
	for (uint64_t i = 0; i < extent.count; i++) {
		const char *fault = take_entry(&directory, out_about);
		if (fault) return fault;
	}
	*out_about = (Text) { 0 };
	if (directory.rest.length) return "damaged";
	return overlaps(arena, out) ? "bomb" : NULL;
}

static const char *inflate_it(const PackedEntry *entry, char *bytes)
{
	size_t length = 0;
	struct libdeflate_decompressor *tool = libdeflate_alloc_decompressor();
	if (!tool) return "damaged";
	enum libdeflate_result result =
		libdeflate_deflate_decompress(tool, entry->packed.at, entry->packed.length, bytes, (size_t)entry->bytes, &length);
	libdeflate_free_decompressor(tool);
	if (result == LIBDEFLATE_INSUFFICIENT_SPACE) return "bomb";
	return result == LIBDEFLATE_SUCCESS && length == entry->bytes ? NULL : "damaged";
}

const char *packed_open(Arena *arena, const PackedEntry *entry, size_t bytes_max, Text *out)
{
	if (entry->bytes > bytes_max) return "large";
	char *bytes = arena_alloc(arena, (size_t)entry->bytes + 1);
	if (entry->method == STORED) {
		if (entry->packed.length != entry->bytes) return "damaged";
		memcpy(bytes, entry->packed.at, (size_t)entry->bytes);
	} else {
		const char *fault = inflate_it(entry, bytes);
		if (fault) return fault;
	}
	Text content = { bytes, (size_t)entry->bytes };
	if (libdeflate_crc32(0, content.at, content.length) != entry->sum) return "sum";
	*out = content;
	return NULL;
}
