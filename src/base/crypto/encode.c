/* Hexadecimal and base64. */
#include "base/crypto/crypto.h"

#include <sodium.h>

Text hex_text(Arena *arena, Text bytes)
{
	char *hex = arena_alloc(arena, bytes.length * 2 + 1);
	sodium_bin2hex(hex, bytes.length * 2 + 1, (const unsigned char *)bytes.at, bytes.length);
	return (Text) { hex, bytes.length * 2 };
}

bool hex_parse(Arena *arena, Text hex, Text *out)
{
	size_t length = 0;
	unsigned char *bytes = arena_alloc(arena, hex.length / 2 + 1);
	if (hex.length % 2 || sodium_hex2bin(bytes, hex.length / 2 + 1, hex.at, hex.length, NULL, &length, NULL) != 0 ||
		length != hex.length / 2)
		return false;
	*out = (Text) { (char *)bytes, length };
	return true;
}

static Text encode(Arena *arena, Text bytes, int variant)
{
	size_t room = sodium_base64_encoded_len(bytes.length, variant);
	char *text = arena_alloc(arena, room);
	sodium_bin2base64(text, room, (const unsigned char *)bytes.at, bytes.length, variant);
	return (Text) { text, room - 1 };
}

static bool decode(Arena *arena, Text text, int variant, Text *out)
{
	size_t length = 0, room = text.length / 4 * 3 + 3;
	unsigned char *bytes = arena_alloc(arena, room);
	const char *end = NULL;
	if (sodium_base642bin(bytes, room, text.at, text.length, NULL, &length, &end, variant) != 0 || end != text.at + text.length)
		return false;
	*out = (Text) { (char *)bytes, length };
	return true;
}

Text base64_text(Arena *arena, Text bytes) { return encode(arena, bytes, sodium_base64_VARIANT_ORIGINAL); }
Text base64url_text(Arena *arena, Text bytes) { return encode(arena, bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING); }
bool base64_parse(Arena *arena, Text base64, Text *out) { return decode(arena, base64, sodium_base64_VARIANT_ORIGINAL, out); }
bool base64url_parse(Arena *arena, Text base64url, Text *out)
{
	return decode(arena, base64url, sodium_base64_VARIANT_URLSAFE_NO_PADDING, out);
}
