/* The update: file, file specification, signature, its field, the catalog and the first page anew, then a table of what stands where. */
#include "face/doc/pdf_sign.h"

#include "base/base/clock.h"
#include "store/setting/setting.h"

enum { HOLE_DIGITS = STAMP_SIGNATURE_BYTES_MAX * 2, SIGNATURE_OBJECTS = 2, FILE_OBJECTS = 2, OBJECTS_MAX = 8 };

typedef struct Place {
	int64_t number;
	size_t at;
} Place;
typedef struct Update {
	Text pdf;
	Buffer out;
	int64_t size, root, info, page; /* numbers of objects; size: the next free one */
	size_t old_table;
	Place places[OBJECTS_MAX];
	size_t count;
} Update;

/* ---- Reading what the writer wrote */
static bool last_of(Text text, Text part, size_t *out)
{
	bool found = false;
	for (size_t from = 0, at; text_find(text_slice(text, from, text.length), part, &at); from += at + 1) {
		*out = from + at;
		found = true;
	}
	return found;
}

/* The number after a key: "/Root 12 0 R". */
static bool number_after(Text text, Text key, int64_t *out)
{
	size_t at, end;
	if (!text_find(text, key, &at)) return false;
	Text rest = text_slice(text, at + key.length, text.length);
	while (rest.length && (rest.at[0] == ' ' || rest.at[0] == '[')) rest = text_slice(rest, 1, rest.length);
	for (end = 0; end < rest.length && rest.at[end] >= '0' && rest.at[end] <= '9';) end++;
	return end > 0 && text_to_int(text_slice(rest, 0, end), out);
}

/* What stands between "N 0 obj" and "endobj" of an object that is a dictionary. */
static bool dictionary_of(const Update *update, int64_t number, Text *out)
{
	Arena *arena = update->out.arena;
	Text head = arena_printf(arena, "\n%lld 0 obj", (long long)number), rest;
	size_t at, end;
	if (!last_of(update->pdf, head, &at)) return false;
	rest = text_slice(update->pdf, at + head.length, update->pdf.length);
	if (!text_find(rest, TEXT("endobj"), &end)) return false;
	rest = text_trim(text_slice(rest, 0, end));
	if (!text_starts(rest, TEXT("<<")) || !text_ends(rest, TEXT(">>"))) return false;
	*out = text_slice(rest, 2, rest.length - 2);
	return true;
}

static bool read_document(Update *update)
{
	size_t at = 0, table = 0;
	int64_t pages = 0, start = 0;
	Text trailer, catalog, tree;
	if (!last_of(update->pdf, TEXT("trailer"), &at) || !last_of(update->pdf, TEXT("startxref"), &table) || table < at) return false;
	trailer = text_slice(update->pdf, at, table);
	if (!number_after(text_slice(update->pdf, table, update->pdf.length), TEXT("startxref\n"), &start) || start <= 0) return false;
	update->old_table = (size_t)start;
	return number_after(trailer, TEXT("/Size"), &update->size) && number_after(trailer, TEXT("/Root"), &update->root) &&
	       number_after(trailer, TEXT("/Info"), &update->info) && dictionary_of(update, update->root, &catalog) &&
	       number_after(catalog, TEXT("/Pages"), &pages) && dictionary_of(update, pages, &tree) &&
	       number_after(tree, TEXT("/Kids"), &update->page) && dictionary_of(update, update->page, &tree);
}

/* ---- Writing */
static void begin(Update *update, int64_t number)
{
	must(update->count < OBJECTS_MAX);
	update->places[update->count++] = (Place) { number, update->out.length };
	buffer_printf(&update->out, "%lld 0 obj\n", (long long)number);
}

/* Text of a dictionary: UTF-16 with its mark, in hexadecimal. */
static void put_words(Buffer *out, Text text)
{
	buffer_put(out, TEXT("<FEFF"));
	for (size_t at = 0; at < text.length;) {
		size_t step = text_utf8_sequence(text, at);
		unsigned char first = (unsigned char)text.at[at];
		uint32_t point = step == 1 ? first : step == 2 ? first & 0x1FU : step == 3 ? first & 0x0FU : first & 0x07U;
		for (size_t i = 1; i < step; i++) point = point << 6 | ((unsigned char)text.at[at + i] & 0x3FU);
		if (step == 0) point = ' ';
		if (point >= 0x10000)
			buffer_printf(out, "%04X%04X", 0xD800 + ((point - 0x10000) >> 10), 0xDC00 + ((point - 0x10000) & 0x3FF));
		else
			buffer_printf(out, "%04X", point);
		at += step ? step : 1;
	}
	buffer_byte(out, '>');
}

static Text date_of(Arena *arena, int64_t at)
{
	Buffer digits = { .arena = arena };
	Text iso = text_slice(clock_iso(arena, at), 0, 19);
	for (size_t i = 0; i < iso.length; i++)
		if (iso.at[i] >= '0' && iso.at[i] <= '9') buffer_byte(&digits, iso.at[i]);
	return arena_printf(arena, "D:%.*sZ", TEXT_ARGS(buffer_text(&digits)));
}

static void put_file(Update *update, const PdfSigning *signing, Text date)
{
	Buffer *out = &update->out;
	begin(update, update->size + 2);
	buffer_printf(out, "<< /Type /EmbeddedFile /Subtype /text#2Fplain /Params << /Size %zu /ModDate (%.*s) >> /Length %zu >>\nstream\n",
		signing->file.length, TEXT_ARGS(date), signing->file.length);
	buffer_put(out, signing->file);
	buffer_put(out, TEXT("\nendstream\nendobj\n"));
	begin(update, update->size + 3);
	buffer_printf(out, "<< /Type /Filespec /F (%.*s) /UF (%.*s) /EF << /F %lld 0 R >> /Desc ", TEXT_ARGS(signing->file_name),
		TEXT_ARGS(signing->file_name), (long long)update->size + 2);
	put_words(out, signing->file_about);
	buffer_put(out, TEXT(" >>\nendobj\n"));
}

/* The signature with a hole for itself; where the hole and the ranges' numbers stand. */
static void put_signature(Update *update, const PdfSigning *signing, Text date, size_t *out_ranges, size_t *out_hole)
{
	Buffer *out = &update->out;
	begin(update, update->size);
	buffer_printf(out, "<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached /M (%.*s) /Name ", TEXT_ARGS(date));
	put_words(out, signing->name);
	buffer_put(out, TEXT(" /Reason "));
	put_words(out, signing->reason);
	buffer_put(out, TEXT(" /ByteRange "));
	*out_ranges = out->length;
	buffer_printf(out, "%-40s /Contents ", "[0 0 0 0]");
	*out_hole = out->length;
	buffer_byte(out, '<');
	for (size_t i = 0; i < HOLE_DIGITS; i++) buffer_byte(out, '0');
	buffer_put(out, TEXT("> >>\nendobj\n"));
}

static void put_objects(Update *update, const PdfSigning *signing)
{
	Buffer *out = &update->out;
	Text catalog, page;
	must(dictionary_of(update, update->root, &catalog) && dictionary_of(update, update->page, &page));
	begin(update, update->size + 1);
	buffer_printf(out,
		"<< /Type /Annot /Subtype /Widget /FT /Sig /T (Signature) /V %lld 0 R /P %lld 0 R /Rect [0 0 0 0] /F 132 >>\nendobj\n",
		(long long)update->size, (long long)update->page);
	begin(update, update->page);
	buffer_printf(out, "<<%.*s /Annots [%lld 0 R] >>\nendobj\n", TEXT_ARGS(page), (long long)update->size + 1);
	begin(update, update->root);
	buffer_printf(out, "<<%.*s /AcroForm << /SigFlags 3 /Fields [%lld 0 R] >>", TEXT_ARGS(catalog), (long long)update->size + 1);
	if (signing->file.length)
		buffer_printf(out, " /Names << /EmbeddedFiles << /Names [(%.*s) %lld 0 R] >> >>", TEXT_ARGS(signing->file_name),
			(long long)update->size + 3);
	buffer_put(out, TEXT(" >>\nendobj\n"));
}

static void put_table(Update *update, const PdfSigning *signing)
{
	Buffer *out = &update->out;
	size_t at = out->length;
	int more = SIGNATURE_OBJECTS + (signing->file.length ? FILE_OBJECTS : 0);
	buffer_put(out, TEXT("xref\n"));
	for (size_t i = 0; i < update->count; i++)
		buffer_printf(out, "%lld 1\n%010zu 00000 n \n", (long long)update->places[i].number, update->places[i].at);
	buffer_printf(out, "trailer\n<< /Size %lld /Root %lld 0 R /Info %lld 0 R /Prev %zu >>\nstartxref\n%zu\n%%%%EOF\n",
		(long long)update->size + more, (long long)update->root, (long long)update->info, update->old_table, at);
}

/* Everything but the hole is signed; the signature goes into the hole. */
static Error sign_hole(Call *call, Update *update, const PdfSigning *signing, size_t ranges, size_t hole)
{
	Buffer *out = &update->out, content = { .arena = call->arena };
	size_t after = hole + HOLE_DIGITS + 2;
	Text range = arena_printf(call->arena, "[0 %zu %zu %zu]", hole, after, out->length - after), signature;
	must(range.length <= 40);
	memcpy(out->at + ranges, range.at, range.length);
	memset(out->at + ranges + range.length, ' ', 40 - range.length);
	buffer_put(&content, (Text) { out->at, hole });
	buffer_put(&content, (Text) { out->at + after, out->length - after });
	TRY(stamp_sign(call, signing->stamp, buffer_text(&content), call->now, &signature));
	Text hex = hex_text(call->arena, signature);
	must(hex.length <= HOLE_DIGITS);
	memcpy(out->at + hole + 1, hex.at, hex.length);
	return OK;
}

Error pdf_sign(Call *call, Text pdf, const PdfSigning *signing, Text *out)
{
	Update update = { .pdf = pdf, .out = { .arena = call->arena } };
	size_t ranges = 0, hole = 0;
	Text date = date_of(call->arena, call->now);
	if (!read_document(&update)) return fail(call, CORRUPT, "not a document of the PDF writer");
	buffer_put(&update.out, pdf);
	if (!text_ends(pdf, TEXT("\n"))) buffer_byte(&update.out, '\n');
	if (signing->file.length) put_file(&update, signing, date);
	put_signature(&update, signing, date, &ranges, &hole);
	put_objects(&update, signing);
	put_table(&update, signing);
	TRY(sign_hole(call, &update, signing, ranges, hole));
	*out = buffer_text(&update.out);
	return OK;
}

const Stamp *pdf_stamp(Call *call)
{
	return text_is(setting_text(call, SETTING_signature_profile), TEXT("guomi")) ? call->house->stamp_sm2 : call->house->stamp;
}
