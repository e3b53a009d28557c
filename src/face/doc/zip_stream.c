#include "face/doc/zip_stream.h"

#include "base/base/clock.h"

#include <zlib.h>

enum {
	VERSION = 20,
	FLAGS = 1 << 3 | 1 << 11,
	STORED = 0,
	LOCAL = 0x04034b50,
	DESCRIPTOR = 0x08074b50,
	ENTRY = 0x02014b50,
	END = 0x06054b50
};
enum { NAME_MOST = 1000, ENTRIES_MOST = 65535 };
static const int64_t archive_most = 0xFFFFFFFF - 64 * 1024 * 1024; /* leaves room for the directory */

typedef struct Entry {
	Text name;
	uint32_t sum;
	int64_t offset, size;
} Entry;
struct ZipStream {
	ZipSink *sink;
	void *context;
	int64_t written;
	unsigned date, time;
	bool is_open;
	LIST_OF(Entry) entries;
};

ZipStream *zip_stream_new(Call *call, ZipSink *sink, void *context, int64_t at)
{
	enum { DAY_MS = 24 * 3600 * 1000 };
	int year, month, day;
	ZipStream *zip = arena_new_of(call->arena, ZipStream);
	int64_t of_day = at % DAY_MS / 1000;
	clock_civil(at / DAY_MS, &year, &month, &day);
	if (year < 1980 || year > 2107) year = 1980, month = 1, day = 1;
	*zip = (ZipStream) { .sink = sink,
		.context = context,
		.date = (unsigned)((year - 1980) << 9 | month << 5 | day),
		.time = (unsigned)((of_day / 3600) << 11 | (of_day / 60 % 60) << 5 | (of_day % 60 / 2)) };
	return zip;
}

/* ---- Little ends first */
static void put(Buffer *out, uint64_t value, int bytes)
{
	for (int i = 0; i < bytes; i++) buffer_byte(out, (char)(value >> 8 * i & 0xFF));
}

static Error write_out(Call *call, ZipStream *zip, Text piece)
{
	if (zip->written + (int64_t)piece.length > archive_most) return fail(call, TOO_LARGE, "an archive of 4 GiB");
	TRY(zip->sink(call, zip->context, piece));
	zip->written += (int64_t)piece.length;
	return OK;
}

/* What head and directory have in common, from the version on. */
static void put_common(Buffer *out, const ZipStream *zip, const Entry *entry)
{
	put(out, VERSION, 2);
	put(out, FLAGS, 2);
	put(out, STORED, 2);
	put(out, zip->time, 2);
	put(out, zip->date, 2);
	put(out, entry->sum, 4);
	put(out, (uint64_t)entry->size, 4);
	put(out, (uint64_t)entry->size, 4);
	put(out, entry->name.length, 2);
	put(out, 0, 2);
}

Error zip_stream_begin(Call *call, ZipStream *zip, Text name)
{
	Buffer head = { .arena = call->arena };
	must(!zip->is_open);
	if (!name.length || name.length > NAME_MOST || zip->entries.count == ENTRIES_MOST)
		return fail(call, TOO_LARGE, "zip: %zu entries", zip->entries.count);
	Entry entry = { .name = arena_copy(call->arena, name), .offset = zip->written };
	put(&head, LOCAL, 4);
	put_common(&head, zip, &entry);
	buffer_put(&head, name);
	list_add(call->arena, &zip->entries, entry);
	zip->is_open = true;
	return write_out(call, zip, buffer_text(&head));
}

Error zip_stream_add(Call *call, ZipStream *zip, Text piece)
{
	must(zip->is_open);
	Entry *entry = &zip->entries.at[zip->entries.count - 1];
	TRY(write_out(call, zip, piece));
	entry->sum = (uint32_t)crc32_z(entry->sum, (const unsigned char *)piece.at, piece.length);
	entry->size += (int64_t)piece.length;
	return OK;
}

Error zip_stream_end(Call *call, ZipStream *zip)
{
	Buffer behind = { .arena = call->arena };
	must(zip->is_open);
	const Entry *entry = &zip->entries.at[zip->entries.count - 1];
	zip->is_open = false;
	put(&behind, DESCRIPTOR, 4);
	put(&behind, entry->sum, 4);
	put(&behind, (uint64_t)entry->size, 4);
	put(&behind, (uint64_t)entry->size, 4);
	return write_out(call, zip, buffer_text(&behind));
}

static void put_entry(Buffer *out, const ZipStream *zip, const Entry *entry)
{
	put(out, ENTRY, 4);
	put(out, VERSION, 2);
	put_common(out, zip, entry);
	put(out, 0, 2); /* comment */
	put(out, 0, 2); /* disk */
	put(out, 0, 2); /* internal */
	put(out, 0, 4); /* external */
	put(out, (uint64_t)entry->offset, 4);
	buffer_put(out, entry->name);
}

Error zip_stream_finish(Call *call, ZipStream *zip)
{
	Buffer directory = { .arena = call->arena };
	int64_t start = zip->written;
	must(!zip->is_open);
	for (size_t i = 0; i < zip->entries.count; i++) put_entry(&directory, zip, &zip->entries.at[i]);
	size_t length = directory.length;
	put(&directory, END, 4);
	put(&directory, 0, 2);
	put(&directory, 0, 2);
	put(&directory, zip->entries.count, 2);
	put(&directory, zip->entries.count, 2);
	put(&directory, length, 4);
	put(&directory, (uint64_t)start, 4);
	put(&directory, 0, 2);
	return zip->sink(call, zip->context, buffer_text(&directory));
}
