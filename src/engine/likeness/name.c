#include "engine/likeness/name.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uspoof.h>
#include <unicode/ustring.h>

enum { UNITS_MAX = 2000 };

static int32_t without_blanks(UChar *units, int32_t count)
{
	int32_t kept = 0;
	for (int32_t i = 0; i < count; i++)
		if (!u_isUWhiteSpace(units[i]) && units[i] != '-' && units[i] != '_') units[kept++] = units[i];
	return kept;
}

Text name_skeleton(Arena *arena, Text name)
{
	UErrorCode error = U_ZERO_ERROR;
	UChar units[UNITS_MAX], folded[UNITS_MAX], skeleton[UNITS_MAX];
	char bytes[3 * UNITS_MAX];
	int32_t count = 0, bytes_count = 0;
	const UNormalizer2 *nfkc = unorm2_getNFKCCasefoldInstance(&error);
	USpoofChecker *checker = uspoof_open(&error);
	u_strFromUTF8(units, UNITS_MAX, &count, name.at, (int32_t)(name.length < UNITS_MAX ? name.length : UNITS_MAX), &error);
	count = unorm2_normalize(nfkc, units, count, folded, UNITS_MAX, &error);
	if (U_SUCCESS(error)) count = without_blanks(folded, count);
	count = uspoof_getSkeleton(checker, 0, folded, count, skeleton, UNITS_MAX, &error);
	u_strToUTF8(bytes, sizeof(bytes), &bytes_count, skeleton, count, &error);
	uspoof_close(checker);
	return U_SUCCESS(error) && bytes_count > 0 ? arena_copy(arena, (Text) { bytes, (size_t)bytes_count }) : arena_copy(arena, name);
}

bool name_hides(Text name)
{
	const unsigned char *bytes = (const unsigned char *)name.at;
	for (int32_t at = 0, length = (int32_t)name.length; at < length;) {
		UChar32 point;
		U8_NEXT(bytes, at, length, point);
		if (point >= 0 && (u_charType(point) == U_FORMAT_CHAR || u_hasBinaryProperty(point, UCHAR_DEFAULT_IGNORABLE_CODE_POINT)))
			return true;
	}
	return false;
}
