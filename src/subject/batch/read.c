/* What a file is, and the lines that are told of it. Runs in the sandbox. */
#include "subject/batch/read_private.h"

#include <unicode/ucnv.h>
#include <unicode/ustring.h>

/* ---- Lines */
static void put_line(Reading *reading, const char *key, const char *code, Text about)
{
	JsonWriter writer = json_writer(reading->out);
	json_object_begin(&writer);
	json_put_text(&writer, key, text_from(code));
	if (about.at) json_put_text(&writer, "about", text_slice(about, 0, 300));
	json_end(&writer);
	json_finish(&writer);
	buffer_byte(reading->out, '\n');
}

bool read_refuse(Reading *reading, const char *code, Text about)
{
	if (!reading->refused) put_line(reading, "refusal", code, about);
	reading->refused = true;
	return false;
}

void read_note(Reading *reading, const char *code, Text about) { put_line(reading, "note", code, about); }
void read_format(Reading *reading, const char *format) { put_line(reading, "format", format, (Text) { 0 }); }

static void put_values(JsonWriter *writer, const Map *values)
{
	json_key(writer, TEXT("values"));
	json_object_begin(writer);
	for (size_t i = 0; i < report_form.section_count; i++)
		for (size_t j = 0; j < report_form.sections[i].item_count; j++) {
			const FormItem *item = &report_form.sections[i].items[j];
			Text value = form_answer(values, item->name);
			if (value.length && item->kind != FORM_FILES) json_put_text(writer, item->name, value);
		}
	json_end(writer);
}

bool read_put(Reading *reading, int64_t number, const Map *values, const Texts *files)
{
	if (++reading->rows > BATCH_ROWS_MAX) return read_refuse(reading, "rows", arena_printf(reading->arena, "%d", (int)BATCH_ROWS_MAX));
	JsonWriter writer = json_writer(reading->out);
	reading->last = number;
	json_object_begin(&writer);
	json_put_int(&writer, "row", number);
	put_values(&writer, values);
	json_key(&writer, TEXT("files"));
	json_array_begin(&writer);
	for (size_t i = 0; files && i < files->count && i < READ_FILES_MAX; i++) json_text(&writer, files->at[i]);
	json_end(&writer);
	json_end(&writer);
	json_finish(&writer);
	buffer_byte(reading->out, '\n');
	return true;
}

/* ---- Characters */
static Text of_gb18030(Arena *arena, Text content)
{
	UErrorCode error = U_ZERO_ERROR;
	UConverter *converter = ucnv_open("GB18030", &error);
	if (U_FAILURE(error) || content.length > INT32_MAX / 4) return (Text) { 0 };
	ucnv_setToUCallBack(converter, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL, &error);
	UChar *units = arena_array_of(arena, UChar, content.length + 1);
	int32_t count = ucnv_toUChars(converter, units, (int32_t)content.length + 1, content.at, (int32_t)content.length, &error);
	ucnv_close(converter);
	if (U_FAILURE(error)) return (Text) { 0 };
	size_t room = (size_t)count * 3 + 1;
	char *bytes = arena_alloc(arena, room);
	int32_t length = 0;
	u_strToUTF8(bytes, (int32_t)room, &length, units, count, &error);
	Text text = { bytes, (size_t)length };
	return U_SUCCESS(error) && text_is_utf8(text) ? text : (Text) { 0 };
}

Text read_decoded(Arena *arena, Text content)
{
	if (text_starts(content, TEXT("\xEF\xBB\xBF"))) content = text_slice(content, 3, content.length);
	if (text_is_utf8(content)) return content;
	return of_gb18030(arena, content);
}

/* ---- Anything */
static bool looks_like_json(Text content)
{
	Text head = text_trim(text_slice(content, 0, 4096));
	if (text_starts(head, TEXT("\xEF\xBB\xBF"))) head = text_trim(text_slice(head, 3, head.length));
	return head.length && (head.at[0] == '{' || head.at[0] == '[');
}

static bool is_binary(Text content)
{
	for (size_t i = 0; i < content.length && i < 4096; i++)
		if ((unsigned char)content.at[i] < 0x20 && !strchr("\t\n\r\f", content.at[i])) return true;
	return false;
}

static bool read_it(Reading *reading, Text content)
{
	if (!content.length) return read_refuse(reading, "empty", (Text) { 0 });
	if (packed_is(content)) return read_zip(reading, content);
	if (is_binary(content)) return read_refuse(reading, "kind", (Text) { 0 });
	return looks_like_json(content) ? read_json(reading, content) : read_csv(reading, content);
}

void read_any(Arena *arena, Text content, Buffer *out)
{
	enum { SCRATCH_BYTES = 512 * 1024 * 1024 };
	scoped(arena_free) Arena *scratch = arena_new(SCRATCH_BYTES); /* emptied row by row; the lines go to the other one */
	Reading *reading = arena_new_of(arena, Reading);
	reading->arena = scratch;
	reading->out = out;
	if (read_it(reading, content) && !reading->rows) read_refuse(reading, "empty", (Text) { 0 });
}

static Error run(const void *input, size_t length, Buffer *out)
{
	read_any(out->arena, (Text) { input, length }, out);
	return OK;
}

static Error unpack(const void *input, size_t length, Buffer *out)
{
	bool is_broken = false;
	unpack_any(out->arena, (Text) { input, length }, out, &is_broken);
	return is_broken ? ERROR_INVALID : OK;
}

const SandboxWork batch_read_work = { run, (size_t)768 << 20, (size_t)128 << 20, 60, 90000 };
const SandboxWork batch_unpack_work = { unpack, (size_t)256 << 20, (size_t)72 << 20, 30, 60000 };
