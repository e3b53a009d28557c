/* Reading the update again, in the form in which it was written and in no other. */
#include "face/doc/pdf_sign.h"

static bool last_after(Text text, Text part, size_t *out)
{
	bool found = false;
	for (size_t from = 0, at; text_find(text_slice(text, from, text.length), part, &at); from += at + 1) {
		*out = from + at + part.length;
		found = true;
	}
	return found;
}

/* A number without needless zeros; `*rest` begins behind it. */
static bool take_number(Text *rest, size_t *out)
{
	size_t end = 0;
	int64_t value;
	while (end < rest->length && rest->at[end] >= '0' && rest->at[end] <= '9') end++;
	if (!end || (end > 1 && rest->at[0] == '0') || !text_to_int(text_slice(*rest, 0, end), &value)) return false;
	*rest = text_slice(*rest, end, rest->length);
	*out = (size_t)value;
	return true;
}

static bool take_part(Text *rest, Text part)
{
	if (!text_starts(*rest, part)) return false;
	*rest = text_slice(*rest, part.length, rest->length);
	return true;
}

/* "[0 hole after length]": from the beginning to the end, but for the hole. */
static bool read_ranges(Text pdf, size_t *out_hole, size_t *out_after)
{
	size_t at = 0, length = 0;
	if (!last_after(pdf, TEXT("/ByteRange [0 "), &at)) return false;
	Text rest = text_slice(pdf, at, pdf.length);
	if (!take_number(&rest, out_hole) || !take_part(&rest, TEXT(" ")) || !take_number(&rest, out_after) || !take_part(&rest, TEXT(" ")))
		return false;
	return take_number(&rest, &length) && text_starts(rest, TEXT("]")) && *out_hole > at && *out_after > *out_hole + 2 &&
	       *out_after <= pdf.length && length == pdf.length - *out_after && pdf.at[*out_hole] == '<' && pdf.at[*out_after - 1] == '>';
}

/* The signature says its own length; zeros fill what is left. */
static bool read_signature(Arena *arena, Text hex, Text *out)
{
	Text bytes;
	if (!hex_parse(arena, hex, &bytes) || bytes.length < 4 || !text_is(hex_text(arena, bytes), hex)) return false;
	const unsigned char *at = (const unsigned char *)bytes.at;
	if (at[0] != 0x30 || at[1] != 0x82) return false; /* 256 to 65,535 bytes: no signature with a certificate is shorter */
	size_t length = 4 + ((size_t)at[2] << 8 | at[3]);
	if (length > bytes.length) return false;
	for (size_t i = length; i < bytes.length; i++)
		if (at[i] != 0) return false;
	*out = text_slice(bytes, 0, length);
	return true;
}

static Text file_within(Text pdf)
{
	size_t at, length;
	Text rest;
	if (!last_after(pdf, TEXT("/Type /EmbeddedFile "), &at)) return TEXT("");
	rest = text_slice(pdf, at, pdf.length);
	if (!text_find(rest, TEXT("/Length "), &at)) return TEXT("");
	rest = text_slice(rest, at + 8, rest.length);
	if (!take_number(&rest, &length) || !take_part(&rest, TEXT(" >>\nstream\n")) || length > rest.length) return TEXT("");
	return text_slice(rest, 0, length);
}

bool pdf_verify(Arena *arena, Text pdf, PdfSigned *out)
{
	Buffer content = { .arena = arena };
	PdfSigned found;
	Text signature;
	size_t hole = 0, after = 0;
	if (!text_starts(pdf, TEXT("%PDF-")) || !read_ranges(pdf, &hole, &after)) return false;
	if (!read_signature(arena, text_slice(pdf, hole + 1, after - 1), &signature)) return false;
	buffer_put(&content, text_slice(pdf, 0, hole));
	buffer_put(&content, text_slice(pdf, after, pdf.length));
	if (!stamp_read(arena, buffer_text(&content), signature, &found.by)) return false;
	found.file = file_within(pdf);
	*out = found;
	return true;
}
