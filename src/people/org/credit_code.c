#include "people/org/credit_code.h"

static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
enum { MODULUS = 31 };

char credit_code_check(Text first_17)
{
	static const int weights[] = { 1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28 }; /* 3^i mod 31 */
	int sum = 0;
	if (first_17.length != COUNT(weights)) return 0;
	for (size_t i = 0; i < COUNT(weights); i++) {
		const char *at = first_17.at[i] != 0 ? strchr(alphabet, first_17.at[i]) : NULL;
		if (!at) return 0;
		sum += (int)(at - alphabet) * weights[i];
	}
	return alphabet[(MODULUS - sum % MODULUS) % MODULUS];
}

Text credit_code_parse(Arena *arena, Text typed)
{
	Buffer code = { .arena = arena };
	for (size_t i = 0; i < typed.length; i++) {
		char byte = typed.at[i];
		if (byte == ' ' || byte == '-' || byte == '\t') continue;
		buffer_byte(&code, (char)(byte >= 'a' && byte <= 'z' ? byte - 32 : byte));
	}
	Text text = buffer_text(&code);
	if (text.length != CREDIT_CODE_LENGTH) return (Text) { 0 };
	char check = credit_code_check(text_slice(text, 0, CREDIT_CODE_LENGTH - 1));
	return check != 0 && check == text.at[CREDIT_CODE_LENGTH - 1] ? text : (Text) { 0 };
}
