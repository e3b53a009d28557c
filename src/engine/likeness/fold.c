#include "engine/likeness/fold_private.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

bool fold_next(Text text, size_t *at, uint32_t *out_point)
{
	if (*at >= text.length) return false;
	unsigned char first = (unsigned char)text.at[*at];
	size_t length = first < 0x80 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
	uint32_t point = length == 1 ? first : first & (0xFFU >> (length + 1));
	bool good = length == 1 || (first >= 0xC2 && first <= 0xF4 && *at + length <= text.length);
	for (size_t i = 1; good && i < length; i++) {
		unsigned char next = (unsigned char)text.at[*at + i];
		good = (next & 0xC0) == 0x80;
		point = point << 6 | (next & 0x3FU);
	}
	if (length == 3) good = good && point >= 0x800 && (point < 0xD800 || point > 0xDFFF);
	if (length == 4) good = good && point >= 0x10000 && point <= 0x10FFFF;
	*out_point = good ? point : 0xFFFD;
	*at += good ? length : 1;
	return true;
}

static size_t fold_expansion(uint32_t point, uint32_t *out)
{
	for (size_t i = 0; i < fold_expansion_count; i += 2U + fold_expansions[i + 1]) {
		if (fold_expansions[i] != point) continue;
		for (size_t j = 0; j < fold_expansions[i + 1]; j++) out[j] = fold_expansions[i + 2 + j];
		return fold_expansions[i + 1];
	}
	return 0;
}

/* Beyond the basic plane: rare (mathematical letters, old scripts, ideographs that fold to themselves), so ICU is asked each time. */
static size_t fold_beyond(uint32_t point, uint32_t *out)
{
	UErrorCode status = U_ZERO_ERROR;
	UChar decomposed[FOLD_LONGEST];
	const UNormalizer2 *normalizer = unorm2_getNFKDInstance(&status);
	int32_t length = U_SUCCESS(status) ? unorm2_getDecomposition(normalizer, (UChar32)point, decomposed, FOLD_LONGEST, &status) : -1;
	if (U_FAILURE(status) || length < 0) {
		out[0] = (uint32_t)u_foldCase((UChar32)point, U_FOLD_CASE_DEFAULT);
		return 1;
	}
	UChar32 points[FOLD_LONGEST];
	int32_t point_count = 0;
	size_t count = 0;
	u_strToUTF32(points, FOLD_LONGEST, &point_count, decomposed, length, &status);
	for (int32_t i = 0; i < point_count; i++) {
		out[count] = (uint32_t)u_foldCase(points[i], U_FOLD_CASE_DEFAULT);
		count += fold_kind_of(out[count]) != FOLD_MARK;
	}
	return count;
}

size_t fold_point(uint32_t point, uint32_t *out)
{
	if (point > 0xFFFF) return fold_beyond(point, out);
	if (!fold_single[point]) return fold_kind[point] == FOLD_MARK ? 0 : fold_expansion(point, out);
	out[0] = fold_single[point];
	return 1;
}

unsigned char fold_kind_of(uint32_t point)
{
	if (point <= 0xFFFF) return fold_kind[point];
	int8_t type = u_charType((UChar32)point);
	if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_FORMAT_CHAR) return FOLD_MARK;
	if (u_hasBinaryProperty((UChar32)point, UCHAR_IDEOGRAPHIC)) return FOLD_CHINESE;
	return u_isalnum((UChar32)point) ? FOLD_WORD : FOLD_SEPARATOR;
}

size_t fold_put_utf8(uint32_t point, char *out)
{
	if (point < 0x80) {
		out[0] = (char)point;
		return 1;
	}
	size_t length = point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
	for (size_t i = length; i-- > 1; point >>= 6) out[i] = (char)(0x80 | (point & 0x3F));
	out[0] = (char)((0xF00 >> length & 0xFF) | point);
	return length;
}
