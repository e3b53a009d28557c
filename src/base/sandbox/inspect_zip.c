/* The central directory of a zip: how much it claims to hold, and whether its names stay inside a folder. */
#include "base/sandbox/inspect_private.h"

enum {
	END_BYTES = 22,
	COMMENT_MAX = 65535,
	LOCATOR_BYTES = 20,
	END64_BYTES = 56,
	ENTRY_BYTES = 46,
	NAMES_MAX = 65536, /* compared with one another */
	FLAG_ENCRYPTED = 1,
	EXTRA_ZIP64 = 1,
};
static const uint64_t END = 0x06054b50, LOCATOR = 0x07064b50, END64 = 0x06064b50, ENTRY = 0x02014b50, UNKNOWN_32 = 0xFFFFFFFF,
		      UNKNOWN_16 = 0xFFFF;

typedef struct Directory {
	uint64_t at, bytes, entries;
} Directory;

static bool end_find(Text content, size_t *out)
{
	if (content.length < END_BYTES) return false;
	size_t last = content.length - END_BYTES, first = last > COMMENT_MAX ? last - COMMENT_MAX : 0;
	for (size_t at = last + 1; at-- > first;)
		if (little(content, at, 4) == END && little(content, at + 20, 2) == content.length - at - END_BYTES) {
			*out = at;
			return true;
		}
	return false;
}

static bool directory_find(Text content, Directory *out)
{
	size_t end;
	if (!end_find(content, &end)) return false;
	*out = (Directory) {
		.entries = little(content, end + 10, 2), .bytes = little(content, end + 12, 4), .at = little(content, end + 16, 4)
	};
	if (out->entries != UNKNOWN_16 && out->bytes != UNKNOWN_32 && out->at != UNKNOWN_32) return true;
	if (end < LOCATOR_BYTES || little(content, end - LOCATOR_BYTES, 4) != LOCATOR)
		return true; /* exactly so many without the large form */
	uint64_t end64 = little(content, end - LOCATOR_BYTES + 8, 8);
	if (end64 > content.length || content.length - end64 < END64_BYTES || little(content, end64, 4) != END64) return false;
	*out = (Directory) {
		.entries = little(content, end64 + 32, 8), .bytes = little(content, end64 + 40, 8), .at = little(content, end64 + 48, 8)
	};
	return true;
}

static bool name_is_hostile(Text name)
{
	bool drive = name.length > 1 && name.at[1] == ':';
	if (!name.length || name.at[0] == '/' || drive || memchr(name.at, '\\', name.length) || memchr(name.at, 0, name.length))
		return true;
	Text rest = name, piece;
	while (text_next(&rest, '/', &piece))
		if (text_is(piece, TEXT(".."))) return true;
	return false;
}

/* The unpacked size of an entry whose 32-bit field says "elsewhere": the first number of its zip64 field. */
static uint64_t size_in_extra(Text extra)
{
	for (size_t at = 0; at + 4 <= extra.length; at += 4 + little(extra, at + 2, 2))
		if (little(extra, at, 2) == EXTRA_ZIP64) return little(extra, at + 4, 8);
	return UNKNOWN_32;
}

static void add_size(Inspection *out, uint64_t bytes)
{
	if (bytes > (uint64_t)(INT64_MAX - out->unpacked_bytes))
		out->unpacked_bytes = INT64_MAX;
	else
		out->unpacked_bytes += (int64_t)bytes;
}

static void note_name(Map *names, Text name, Inspection *out)
{
	if (name_is_hostile(name)) out->hostile_names = true;
	if (text_is(name, TEXT("AndroidManifest.xml"))) out->kind = FILE_APK;
	if (map_count(names) >= NAMES_MAX) return;
	if (map_get(names, name)) out->hostile_names = true;
	map_put(names, name, names);
}

void inspect_zip(Arena *arena, Text content, Inspection *out)
{
	out->kind = FILE_ZIP;
	Directory directory;
	if (!directory_find(content, &directory) || directory.at > content.length || directory.bytes > content.length - directory.at) {
		out->damaged = true;
		return;
	}
	Text rest = text_slice(content, directory.at, directory.at + directory.bytes);
	Map *names = map_new(arena);
	while (rest.length >= ENTRY_BYTES && little(rest, 0, 4) == ENTRY) {
		size_t name_bytes = little(rest, 28, 2), extra_bytes = little(rest, 30, 2),
		       whole = ENTRY_BYTES + name_bytes + extra_bytes + little(rest, 32, 2);
		if (whole > rest.length) break;
		uint64_t size = little(rest, 24, 4);
		if (size == UNKNOWN_32)
			size = size_in_extra(text_slice(rest, ENTRY_BYTES + name_bytes, ENTRY_BYTES + name_bytes + extra_bytes));
		add_size(out, size);
		if (little(rest, 8, 2) & FLAG_ENCRYPTED) out->encrypted = true;
		note_name(names, text_slice(rest, ENTRY_BYTES, ENTRY_BYTES + name_bytes), out);
		out->entries++;
		rest = text_slice(rest, whole, rest.length);
	}
	out->damaged = rest.length != 0 || (uint64_t)out->entries != directory.entries;
}
