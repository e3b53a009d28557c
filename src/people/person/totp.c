#include "base/base/random.h"
#include "base/crypto/crypto.h"
#include "people/person/factor.h"
#include <liboath/oath.h>
#include <stdlib.h>

Text totp_secret_new(Arena *arena)
{
	char *secret = arena_alloc(arena, TOTP_SECRET_BYTES);
	random_bytes(secret, TOTP_SECRET_BYTES);
	return (Text) { secret, TOTP_SECRET_BYTES };
}

Text totp_secret_text(Arena *arena, Text secret)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
	Buffer out = { .arena = arena };
	uint32_t bits = 0;
	int count = 0;
	for (size_t i = 0; i < secret.length; i++) {
		bits = (bits << 8) | (unsigned char)secret.at[i];
		for (count += 8; count >= 5; count -= 5) buffer_byte(&out, digits[(bits >> (count - 5)) & 31]);
	}
	if (count > 0) buffer_byte(&out, digits[(bits << (5 - count)) & 31]);
	return buffer_text(&out);
}

/* Percent-encodes all but letters, digits, '-', '.', '_', '~'. */
static void put_encoded(Buffer *out, Text text)
{
	for (size_t i = 0; i < text.length; i++) {
		unsigned char byte = (unsigned char)text.at[i];
		bool plain = (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') ||
			     (byte != 0 && strchr("-._~", byte));
		if (plain)
			buffer_byte(out, (char)byte);
		else
			buffer_printf(out, "%%%02X", byte);
	}
}

Text totp_address(Arena *arena, Text secret, Text issuer, Text login)
{
	Buffer out = { .arena = arena };
	buffer_put(&out, TEXT("otpauth://totp/"));
	put_encoded(&out, issuer);
	buffer_byte(&out, ':');
	put_encoded(&out, login);
	buffer_printf(&out, "?secret=%.*s&issuer=", TEXT_ARGS(totp_secret_text(arena, secret)));
	put_encoded(&out, issuer);
	buffer_put(&out, TEXT("&algorithm=SHA1&digits=6&period=30"));
	return buffer_text(&out);
}

bool totp_verify(Text secret, Text code, int64_t now, int64_t after_step, int64_t *out_step)
{
	enum { DIGITS = 6 };
	int64_t step = now / 1000 / TOTP_STEP_SECONDS, found = -1;
	if (code.length != DIGITS) return false;
	for (int64_t s = step - 1; s <= step + 1; s++) { /* all three, so that the time taken tells nothing */
		char right[DIGITS + 1];
		must(oath_hotp_generate(secret.at, secret.length, (uint64_t)s, DIGITS, false, OATH_HOTP_DYNAMIC_TRUNCATION, right) ==
			OATH_OK);
		if (secret_is((Text) { right, DIGITS }, code) && s > after_step) found = s;
	}
	if (found < 0) return false;
	*out_step = found;
	return true;
}

Text recovery_code_new(Arena *arena)
{
	Text code = random_code(arena, 10);
	return arena_printf(arena, "%.5s-%.5s", code.at, code.at + 5);
}

Text recovery_code_fold(Arena *arena, Text typed)
{
	Buffer out = { .arena = arena };
	for (size_t i = 0; i < typed.length; i++) {
		char byte = (char)(typed.at[i] >= 'a' && typed.at[i] <= 'z' ? typed.at[i] - 32 : typed.at[i]);
		if (byte == ' ' || byte == '-') continue;
		if (byte == 'O') byte = '0';
		if (byte == 'I' || byte == 'L') byte = '1';
		buffer_byte(&out, byte);
	}
	return buffer_text(&out);
}
