#include "face/doc/zip.h"

#include <time.h>
#include <zip.h>

/* An archive that is not closed is given up; nothing was written anywhere. */
static void discard(zip_t **archive)
{
	if (*archive) zip_discard(*archive);
}
static void source_close(zip_source_t **source)
{
	if (*source) zip_source_free(*source);
}
static void file_close(zip_file_t **file)
{
	if (*file) zip_fclose(*file);
}

static Error add(Call *call, zip_t *archive, const ZipEntry *entry, int64_t at)
{
	static const char nothing[] = "";
	zip_source_t *source = zip_source_buffer(archive, entry->content.at ? entry->content.at : nothing, entry->content.length, 0);
	if (!source) return fail(call, INTERNAL, "zip: %s", zip_strerror(archive));
	zip_int64_t index = zip_file_add(archive, arena_string(call->arena, entry->name), source, ZIP_FL_ENC_UTF_8);
	if (index < 0) {
		zip_source_free(source);
		return fail(call, INTERNAL, "zip: %s", zip_strerror(archive));
	}
	zip_set_file_compression(archive, (zip_uint64_t)index, ZIP_CM_DEFLATE, 6);
	zip_file_set_mtime(archive, (zip_uint64_t)index, (time_t)(at / 1000), 0);
	return OK;
}

static Error read_source(Call *call, zip_source_t *source, Text *out)
{
	zip_stat_t stat;
	if (zip_source_stat(source, &stat) != 0 || zip_source_open(source) != 0) return fail(call, INTERNAL, "zip: nothing was written");
	char *bytes = arena_alloc(call->arena, stat.size + 1);
	zip_int64_t length = zip_source_read(source, bytes, stat.size);
	zip_source_close(source);
	if (length < 0 || (zip_uint64_t)length != stat.size) return fail(call, INTERNAL, "zip: read %lld", (long long)length);
	*out = (Text) { bytes, stat.size };
	return OK;
}

Error zip_pack(Call *call, const ZipEntry *entries, size_t count, int64_t at, Text *out)
{
	scoped(source_close) zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, NULL);
	scoped(discard) zip_t *archive = source ? zip_open_from_source(source, ZIP_CREATE | ZIP_TRUNCATE, NULL) : NULL;
	if (!archive) return fail(call, INTERNAL, "zip: no archive could be begun");
	zip_source_keep(source); /* the archive frees its own reference */
	for (size_t i = 0; i < count; i++) TRY(add(call, archive, &entries[i], at));
	if (zip_close(archive) != 0) return fail(call, INTERNAL, "zip: %s", zip_strerror(archive));
	archive = NULL;
	return read_source(call, source, out);
}

static Error read_entry(Call *call, zip_t *archive, zip_uint64_t index, size_t max_bytes, ZipEntry *out)
{
	zip_stat_t stat;
	zip_uint64_t needed = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_ENCRYPTION_METHOD;
	if (zip_stat_index(archive, index, ZIP_FL_ENC_GUESS, &stat) != 0 || (stat.valid & needed) != needed)
		return fail(call, INVALID, "zip: an entry without a head");
	if (stat.encryption_method != ZIP_EM_NONE) return fail(call, INVALID, "zip: an encrypted entry");
	if (stat.size > max_bytes) return fail(call, TOO_LARGE, "zip: entries are too large");
	scoped(file_close) zip_file_t *file = zip_fopen_index(archive, index, 0);
	if (!file) return fail(call, INVALID, "zip: %s", zip_strerror(archive));
	char *bytes = arena_alloc(call->arena, stat.size + 1), extra;
	zip_int64_t length = zip_fread(file, bytes, stat.size);
	if (length < 0 || (zip_uint64_t)length != stat.size || zip_fread(file, &extra, 1) != 0)
		return fail(call, INVALID, "zip: an entry is not as long as it says, or its sum is wrong");
	*out = (ZipEntry) { arena_copy(call->arena, text_from(stat.name)), { bytes, stat.size } };
	return OK;
}

static Error read_all(Call *call, zip_t *archive, size_t max_entries, size_t max_bytes, ZipEntries *out)
{
	ZipEntries entries = { 0 };
	Map *names = map_new(call->arena);
	zip_int64_t count = zip_get_num_entries(archive, 0);
	if (count < 0 || (size_t)count > max_entries) return fail(call, TOO_LARGE, "zip: %lld entries", (long long)count);
	for (zip_int64_t i = 0; i < count; i++) {
		ZipEntry entry;
		TRY(read_entry(call, archive, (zip_uint64_t)i, max_bytes, &entry));
		max_bytes -= entry.content.length;
		if (map_get(names, entry.name)) return fail(call, INVALID, "zip: the same name twice");
		map_put(names, entry.name, names);
		list_add(call->arena, &entries, entry);
	}
	*out = entries;
	return OK;
}

Error zip_unpack(Call *call, Text bytes, size_t max_entries, size_t max_bytes, ZipEntries *out)
{
	zip_error_t error;
	zip_error_init(&error);
	zip_source_t *source = zip_source_buffer_create(bytes.at, bytes.length, 0, &error);
	scoped(discard) zip_t *archive = source ? zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error) : NULL;
	zip_error_fini(&error);
	if (!archive && source) zip_source_free(source);
	return archive ? read_all(call, archive, max_entries, max_bytes, out)
		       : fail(call, INVALID, "zip: no archive, or one that contradicts itself");
}
