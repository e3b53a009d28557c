/* A mark over the pages of somebody else's PDF (ISO 32000-1): an incremental update that gives every page one more content stream, the pattern of dots.
 * What is not understood is refused, never guessed: encrypted files, broken tables, pages without a size. Runs in the sandbox. */
#include "engine/mark/stamp_private.h"

#include <zlib.h>

enum {
	OBJECTS_MAX = 400000,
	PAGES_MAX = 5000,
	BOXES_MAX = 32,
	DEPTH_MAX = 60,
	INFLATED_MAX = 96 << 20,
	PARENTS_MAX = 40,
	SIDE_MAX = 15000
};
typedef struct Object {
	Text body; /* from the first byte after "obj", or out of an object stream */
	int64_t generation;
	bool is_there;
} Object;
typedef struct Box {
	double left, bottom, right, top;
	int64_t stream; /* number of the object that draws its dots; 0: none yet */
} Box;
typedef struct Pdf {
	Arena *arena;
	Text file;
	uint64_t copy;
	Object *objects;
	int64_t count; /* highest number and one */
	size_t inflated;
	Text trailer; /* the dictionary */
	int64_t previous; /* where the last table begins */
	bool is_stream; /* the last table is a stream */
	Box boxes[BOXES_MAX];
	size_t box_count;
	LIST_OF(int64_t) written; /* numbers of objects that are appended … */
	LIST_OF(int64_t) offsets; /* … and where */
	Buffer *out;
	int64_t save; /* number of the stream "q" */
} Pdf;

/* ---- Tokens. A position past the end means: not understood. */
static bool is_white(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0; }
static bool is_delimiter(char c) { return c && strchr("()<>[]{}/%", c) != NULL; }
static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool at_is(Text text, size_t at, const char *word)
{
	size_t length = strlen(word);
	return at + length <= text.length && memcmp(text.at + at, word, length) == 0;
}

static size_t skip_white(Text text, size_t at)
{
	while (at < text.length && (is_white(text.at[at]) || text.at[at] == '%')) {
		if (text.at[at] == '%')
			while (at < text.length && text.at[at] != '\n' && text.at[at] != '\r') at++;
		else
			at++;
	}
	return at;
}

static size_t skip_string(Text text, size_t at)
{
	int depth = 0;
	for (; at < text.length; at++) {
		if (text.at[at] == '\\')
			at++;
		else if (text.at[at] == '(')
			depth++;
		else if (text.at[at] == ')' && --depth == 0)
			return at + 1;
	}
	return text.length + 1;
}

static size_t skip_word(Text text, size_t at)
{
	size_t from = at;
	if (at < text.length && text.at[at] == '/') at++;
	while (at < text.length && !is_white(text.at[at]) && !is_delimiter(text.at[at])) at++;
	return at > from ? at : text.length + 1;
}

static size_t skip_value(Text text, size_t at, int depth);
static size_t skip_all(Text text, size_t at, const char *end, int depth)
{
	for (at = skip_white(text, at); !at_is(text, at, end); at = skip_white(text, at)) {
		if (at >= text.length) return text.length + 1;
		at = skip_value(text, at, depth + 1);
	}
	return at + strlen(end);
}

/* "12 0 R" is one value. */
static bool reference_at(Text text, size_t at, int64_t *out_number, size_t *out_end)
{
	int64_t number = 0;
	size_t from = at;
	while (at < text.length && is_digit(text.at[at]) && at - from < 9) number = number * 10 + (text.at[at++] - '0');
	if (at == from || at >= text.length || !is_white(text.at[at])) return false;
	at = skip_white(text, at);
	from = at;
	while (at < text.length && is_digit(text.at[at]) && at - from < 6) at++;
	if (at == from || at >= text.length || !is_white(text.at[at])) return false;
	at = skip_white(text, at);
	if (!at_is(text, at, "R") || (at + 1 < text.length && !is_white(text.at[at + 1]) && !is_delimiter(text.at[at + 1]))) return false;
	*out_number = number;
	*out_end = at + 1;
	return true;
}

static size_t skip_value(Text text, size_t at, int depth)
{
	int64_t number;
	size_t end;
	if (depth > DEPTH_MAX || at >= text.length) return text.length + 1;
	if (at_is(text, at, "<<")) return skip_all(text, at + 2, ">>", depth);
	if (text.at[at] == '[') return skip_all(text, at + 1, "]", depth);
	if (text.at[at] == '(') return skip_string(text, at);
	if (text.at[at] == '<') {
		while (at < text.length && text.at[at] != '>') at++;
		return at + 1;
	}
	return reference_at(text, at, &number, &end) ? end : skip_word(text, at);
}

/* The value of a key of the dictionary that begins the text; no text: it has none. */
static Text dict_get(Text text, const char *key)
{
	size_t at = skip_white(text, 0);
	if (!at_is(text, at, "<<")) return (Text) { 0 };
	for (at = skip_white(text, at + 2); at < text.length && text.at[at] == '/'; at = skip_white(text, at)) {
		size_t name = at + 1, end = skip_word(text, at);
		size_t value = skip_white(text, end), after = end > text.length ? end : skip_value(text, value, 1);
		if (after > text.length) return (Text) { 0 };
		if (text_is(text_slice(text, name, end), text_from(key))) return text_slice(text, value, after);
		at = after;
	}
	return (Text) { 0 };
}

/* The whole number that begins there. */
static bool integer_of(Text value, int64_t *out)
{
	size_t end = value.at ? skip_word(value, 0) : 1;
	return end <= value.length && text_to_int(text_slice(value, 0, end), out);
}

/* ---- Objects */
static bool put_object(Pdf *pdf, int64_t number, int64_t generation, Text body)
{
	if (number < 0 || number >= OBJECTS_MAX) return false;
	if (number >= pdf->count) pdf->count = number + 1;
	pdf->objects[number] = (Object) { body, generation, true };
	return true;
}

static const Object *object_of(const Pdf *pdf, int64_t number)
{
	return number >= 0 && number < pdf->count && pdf->objects[number].is_there ? &pdf->objects[number] : NULL;
}

/* What a value is, through at most one reference. */
static Text resolved(const Pdf *pdf, Text value)
{
	int64_t number;
	size_t end;
	if (!value.at || !reference_at(value, 0, &number, &end)) return value;
	const Object *object = object_of(pdf, number);
	return object ? text_slice(object->body, skip_white(object->body, 0), object->body.length) : (Text) { 0 };
}

/* "12 0 obj" backwards from the word. */
static bool head_before(Text file, size_t word, int64_t *out_number, int64_t *out_generation)
{
	size_t at = word, end;
	while (at && is_white(file.at[at - 1])) at--;
	end = at;
	while (at && is_digit(file.at[at - 1])) at--;
	if (at == end || !text_to_int(text_slice(file, at, end), out_generation) || !at || !is_white(file.at[at - 1])) return false;
	while (at && is_white(file.at[at - 1])) at--;
	end = at;
	while (at && is_digit(file.at[at - 1]) && end - at < 9) at--;
	return at < end && text_to_int(text_slice(file, at, end), out_number);
}

/* Every object as it stands last in the file; what stands in streams is no object. */
static bool scan(Pdf *pdf)
{
	Text file = pdf->file;
	for (size_t at = 0; at + 6 < file.length; at++) {
		int64_t number, generation;
		size_t found;
		if (file.at[at] == 's' && at_is(file, at, "stream") && (file.at[at + 6] == '\n' || file.at[at + 6] == '\r')) {
			Text rest = text_slice(file, at, file.length);
			if (!text_find(rest, TEXT("endstream"), &found)) return false;
			at += found + 8;
		} else if (file.at[at] == 'o' && at_is(file, at, "obj") && at && is_white(file.at[at - 1]) &&
			   head_before(file, at, &number, &generation)) {
			if (!put_object(pdf, number, generation, text_slice(file, at + 3, file.length))) return false;
		}
	}
	return true;
}

/* ---- Object streams */
static bool stream_of(const Pdf *pdf, Text body, Text *out)
{
	size_t at = skip_value(body, skip_white(body, 0), 0);
	int64_t length;
	if (at > body.length || !integer_of(resolved(pdf, dict_get(body, "Length")), &length)) return false;
	at = skip_white(body, at);
	if (!at_is(body, at, "stream")) return false;
	at += 6;
	if (at_is(body, at, "\r")) at++;
	if (at_is(body, at, "\n")) at++;
	if (length < 0 || (size_t)length > body.length || at + (size_t)length > body.length) return false;
	*out = text_slice(body, at, at + (size_t)length);
	return true;
}

static bool inflate_all(Pdf *pdf, Text packed, Text *out)
{
	Buffer buffer = { .arena = pdf->arena };
	unsigned char piece[16384];
	z_stream zip = { .next_in = (unsigned char *)(uintptr_t)packed.at, .avail_in = (unsigned)packed.length };
	if (packed.length > UINT32_MAX || inflateInit(&zip) != Z_OK) return false;
	int state = Z_OK;
	while (state == Z_OK && pdf->inflated <= INFLATED_MAX) {
		zip.next_out = piece;
		zip.avail_out = sizeof(piece);
		state = inflate(&zip, Z_NO_FLUSH);
		size_t made = sizeof(piece) - zip.avail_out;
		buffer_put(&buffer, (Text) { (const char *)piece, made });
		pdf->inflated += made;
		if (!made && state != Z_STREAM_END) break;
	}
	(void)inflateEnd(&zip);
	*out = buffer.length ? buffer_text(&buffer) : TEXT("");
	return state == Z_STREAM_END;
}

static bool take_object_stream(Pdf *pdf, Text body)
{
	Text packed, content, filter = resolved(pdf, dict_get(body, "Filter"));
	int64_t count, first;
	size_t at = 0;
	if (!integer_of(dict_get(body, "N"), &count) || !integer_of(dict_get(body, "First"), &first) || !stream_of(pdf, body, &packed))
		return false;
	if (dict_get(body, "DecodeParms").at) return false;
	content = packed;
	if (filter.at && (!text_starts(filter, TEXT("/FlateDecode")) || !inflate_all(pdf, packed, &content))) return false;
	for (int64_t i = 0; i < count; i++) {
		int64_t number, offset;
		size_t from = skip_white(content, at), end = skip_word(content, from), second = skip_white(content, end),
		       last = skip_word(content, second);
		if (last > content.length || !text_to_int(text_slice(content, from, end), &number) ||
			!text_to_int(text_slice(content, second, last), &offset) || offset < 0 || first < 0 ||
			(uint64_t)(first + offset) > content.length)
			return false;
		at = last;
		const Object *known = object_of(pdf, number);
		bool is_newer = known && known->body.at >= pdf->file.at && known->body.at < pdf->file.at + pdf->file.length &&
				known->body.at > body.at;
		if (!is_newer && !put_object(pdf, number, 0, text_slice(content, (size_t)(first + offset), content.length))) return false;
	}
	return true;
}

static bool is_type(const Pdf *pdf, Text body, const char *type)
{
	Text value = resolved(pdf, dict_get(body, "Type"));
	return value.at && text_is(value, text_from(type));
}

static bool unpack(Pdf *pdf)
{
	int64_t count = pdf->count;
	for (int64_t i = 0; i < count; i++)
		if (pdf->objects[i].is_there && is_type(pdf, pdf->objects[i].body, "/ObjStm") &&
			!take_object_stream(pdf, pdf->objects[i].body))
			return false;
	return true;
}

/* ---- The last table */
static bool find_trailer(Pdf *pdf)
{
	Text file = pdf->file, rest;
	size_t at = file.length, found;
	while (at && !at_is(file, at - 1, "startxref")) at--;
	if (!at) return false;
	size_t from = skip_white(file, at + 8), end = skip_word(file, from);
	if (end > file.length || !text_to_int(text_slice(file, from, end), &pdf->previous) || pdf->previous <= 0 ||
		(uint64_t)pdf->previous >= file.length)
		return false;
	rest = text_slice(file, (size_t)pdf->previous, file.length);
	if (text_starts(rest, TEXT("xref"))) {
		if (!text_find(rest, TEXT("trailer"), &found)) return false;
		pdf->trailer = text_slice(rest, found + 7, rest.length);
	} else {
		if (!text_find(rest, TEXT("obj"), &found) || found > 20) return false;
		pdf->trailer = text_slice(rest, found + 3, rest.length);
		pdf->is_stream = true;
		if (!is_type(pdf, pdf->trailer, "/XRef")) return false;
	}
	return dict_get(pdf->trailer, "Root").at && !dict_get(pdf->trailer, "Encrypt").at && !text_find(file, TEXT("/Encrypt"), NULL);
}

/* ---- Pages */
static bool number_at(Text text, size_t *at, double *out)
{
	double sign = 1, value = 0, scale = 0;
	size_t from = *at = skip_white(text, *at);
	if (at_is(text, *at, "-")) sign = -1, ++*at;
	for (; *at < text.length && (is_digit(text.at[*at]) || text.at[*at] == '.'); ++*at) {
		if (text.at[*at] == '.') {
			scale = 1;
			continue;
		}
		value = value * 10 + (text.at[*at] - '0');
		scale *= 10;
		if (value > 1e12 || scale > 1e12) return false;
	}
	*out = sign * (scale > 0 ? value / scale : value);
	return *at > from;
}

static bool box_read(Text value, Box *out)
{
	double side[4];
	size_t at = skip_white(value, 0);
	if (!at_is(value, at, "[")) return false;
	at++;
	for (int i = 0; i < 4; i++)
		if (!number_at(value, &at, &side[i])) return false;
	*out = (Box) { side[0] < side[2] ? side[0] : side[2], side[1] < side[3] ? side[1] : side[3], side[0] < side[2] ? side[2] : side[0],
		side[1] < side[3] ? side[3] : side[1], 0 };
	return out->right - out->left > 10 && out->right - out->left < SIDE_MAX && out->top - out->bottom > 10 &&
	       out->top - out->bottom < SIDE_MAX;
}

/* Its own, or that of the nearest that it inherits from. */
static bool box_of(const Pdf *pdf, Text page, Box *out)
{
	for (int i = 0; i < PARENTS_MAX && page.at; i++) {
		Text box = resolved(pdf, dict_get(page, "MediaBox"));
		if (box.at) return box_read(box, out);
		page = resolved(pdf, dict_get(page, "Parent"));
	}
	return false;
}

/* ---- Writing */
static void begin_object(Pdf *pdf, int64_t number, int64_t generation)
{
	int64_t offset = (int64_t)(pdf->file.length + pdf->out->length);
	list_add(pdf->arena, &pdf->written, number);
	list_add(pdf->arena, &pdf->offsets, offset);
	buffer_printf(pdf->out, "%lld %lld obj\n", (long long)number, (long long)generation);
}

static int64_t put_stream(Pdf *pdf, Text content, bool is_packed)
{
	int64_t number = pdf->count++;
	begin_object(pdf, number, 0);
	buffer_printf(pdf->out, "<< /Length %zu%s >>\nstream\n", content.length, is_packed ? " /Filter /FlateDecode" : "");
	buffer_put(pdf->out, content);
	buffer_put(pdf->out, TEXT("\nendstream\nendobj\n"));
	return number;
}

typedef struct Drawing {
	Buffer *to;
	const Box *box;
} Drawing;

static void put_dot(void *context, double x, double y)
{
	const Drawing *drawing = context;
	double left = drawing->box->left + x, up = drawing->box->top - y;
	buffer_printf(drawing->to, "%.2f %.2f m %.2f %.2f l\n", left, up, left, up);
}

/* Round ends of lines without length are the dots (ISO 32000-1, 8.5.3.2). */
static bool put_dots(Pdf *pdf, Box *box)
{
	Buffer words = { .arena = pdf->arena };
	Drawing drawing = { &words, box };
	buffer_printf(&words, "Q q %.2f G %.2f w 1 J\n", 1 - MARK_DOT_INK, 2 * MARK_DOT_RADIUS_POINTS);
	mark_draw_points(pdf->copy, box->right - box->left, box->top - box->bottom, put_dot, &drawing);
	buffer_put(&words, TEXT("S Q\n"));
	uLongf length = compressBound(words.length);
	char *packed = arena_alloc(pdf->arena, length);
	if (compress2((unsigned char *)packed, &length, (const unsigned char *)words.at, words.length, 6) != Z_OK) return false;
	box->stream = put_stream(pdf, (Text) { packed, length }, true);
	return true;
}

static Box *box_known(Pdf *pdf, const Box *box)
{
	for (size_t i = 0; i < pdf->box_count; i++) {
		const Box *known = &pdf->boxes[i];
		if (known->left == box->left && known->bottom == box->bottom && known->right == box->right && known->top == box->top)
			return &pdf->boxes[i];
	}
	if (pdf->box_count == BOXES_MAX) return NULL;
	pdf->boxes[pdf->box_count] = *box;
	return &pdf->boxes[pdf->box_count++];
}

/* What the page draws, as the inside of an array. */
static bool contents_of(const Pdf *pdf, Text page, Text *out)
{
	Text own = dict_get(page, "Contents"), shown = resolved(pdf, own);
	*out = TEXT("");
	if (!own.at) return true;
	if (!shown.at) return false;
	if (shown.at[0] != '[') {
		*out = own;
		return true;
	}
	size_t end = skip_value(shown, 0, 0);
	if (end > shown.length) return false;
	*out = text_slice(shown, 1, end - 1);
	return true;
}

static bool put_page(Pdf *pdf, int64_t number)
{
	Text page = pdf->objects[number].body, contents, old;
	Box box, *known;
	size_t at = skip_white(page, 0), end = skip_value(page, at, 0);
	if (end > page.length || !box_of(pdf, page, &box) || !contents_of(pdf, page, &contents)) return false;
	known = box_known(pdf, &box);
	if (!known || (!known->stream && !put_dots(pdf, known))) return false;
	old = dict_get(page, "Contents");
	begin_object(pdf, number, pdf->objects[number].generation);
	if (old.at) { /* without "/Contents" and its value */
		const char *key = old.at;
		while (key > page.at + at && memcmp(key, "/Contents", 9) != 0) key--;
		buffer_put(pdf->out, text_slice(page, at, (size_t)(key - page.at)));
		buffer_put(pdf->out, text_slice(page, (size_t)(old.at - page.at) + old.length, end - 2));
	} else {
		buffer_put(pdf->out, text_slice(page, at, end - 2));
	}
	buffer_printf(pdf->out, " /Contents [ %lld 0 R %.*s %lld 0 R ] >>\nendobj\n", (long long)pdf->save, TEXT_ARGS(contents),
		(long long)known->stream);
	return true;
}

static bool put_pages(Pdf *pdf)
{
	size_t pages = 0;
	int64_t count = pdf->count;
	pdf->save = put_stream(pdf, TEXT("q"), false);
	for (int64_t i = 0; i < count; i++) {
		if (!pdf->objects[i].is_there || !is_type(pdf, pdf->objects[i].body, "/Page")) continue;
		if (++pages > PAGES_MAX || !put_page(pdf, i)) return false;
	}
	return pages > 0;
}

static void put_trailer_members(Pdf *pdf, int64_t size)
{
	static const char *const kept[] = { "Root", "Info", "ID" };
	buffer_printf(pdf->out, " /Size %lld /Prev %lld", (long long)size, (long long)pdf->previous);
	for (size_t i = 0; i < COUNT(kept); i++) {
		Text value = dict_get(pdf->trailer, kept[i]);
		if (value.at) buffer_printf(pdf->out, " /%s %.*s", kept[i], TEXT_ARGS(value));
	}
}

static int64_t generation_of(const Pdf *pdf, int64_t number)
{
	const Object *object = object_of(pdf, number);
	return object ? object->generation : 0;
}

static void put_table(Pdf *pdf)
{
	buffer_put(pdf->out, TEXT("xref\n"));
	for (size_t i = 0; i < pdf->written.count; i++)
		buffer_printf(pdf->out, "%lld 1\n%010lld %05lld n\r\n", (long long)pdf->written.at[i], (long long)pdf->offsets.at[i],
			(long long)generation_of(pdf, pdf->written.at[i]));
	buffer_put(pdf->out, TEXT("trailer\n<<"));
	put_trailer_members(pdf, pdf->count);
	buffer_put(pdf->out, TEXT(" >>\n"));
}

static void put_table_stream(Pdf *pdf, int64_t offset)
{
	int64_t number = pdf->count++;
	Buffer entries = { .arena = pdf->arena }, index = { .arena = pdf->arena };
	list_add(pdf->arena, &pdf->written, number);
	list_add(pdf->arena, &pdf->offsets, offset);
	for (size_t i = 0; i < pdf->written.count; i++) {
		buffer_byte(&entries, 1);
		for (int shift = 40; shift >= 0; shift -= 8) buffer_byte(&entries, (char)(pdf->offsets.at[i] >> shift & 0xFF));
		int64_t generation = generation_of(pdf, pdf->written.at[i]);
		buffer_byte(&entries, (char)(generation >> 8 & 0xFF));
		buffer_byte(&entries, (char)(generation & 0xFF));
		buffer_printf(&index, "%lld 1 ", (long long)pdf->written.at[i]);
	}
	buffer_printf(pdf->out, "%lld 0 obj\n<< /Type /XRef /W [1 6 2] /Index [ %.*s] /Length %zu", (long long)number,
		TEXT_ARGS(buffer_text(&index)), entries.length);
	put_trailer_members(pdf, pdf->count);
	buffer_put(pdf->out, TEXT(" >>\nstream\n"));
	buffer_put(pdf->out, buffer_text(&entries));
	buffer_put(pdf->out, TEXT("\nendstream\nendobj\n"));
}

bool mark_pdf_append(Arena *arena, Text file, uint64_t copy, Buffer *out)
{
	Pdf *pdf = arena_new_of(arena, Pdf);
	*pdf = (Pdf) { .arena = arena, .file = file, .copy = copy, .out = out, .objects = arena_array_of(arena, Object, OBJECTS_MAX) };
	if (!text_starts(file, TEXT("%PDF-")) || !scan(pdf) || !find_trailer(pdf) || !unpack(pdf)) return false;
	int64_t size;
	if (integer_of(dict_get(pdf->trailer, "Size"), &size) && size > pdf->count && size < OBJECTS_MAX) pdf->count = size;
	buffer_byte(out, '\n');
	if (!put_pages(pdf)) return false;
	int64_t table = (int64_t)(file.length + out->length);
	if (pdf->is_stream)
		put_table_stream(pdf, table);
	else
		put_table(pdf);
	buffer_printf(out, "startxref\n%lld\n%%%%EOF\n", (long long)table);
	return true;
}
