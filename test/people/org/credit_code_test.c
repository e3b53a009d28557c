#include "harness/test.h"
#include "people/org/credit_code.h"

/* Published codes of well-known companies. */
static const char *const real[] = { "914403001922038216", "9144030071526726XG", "91330100799655058B", "91110000802100433B" };

TEST(credit_code__published_codes_have_the_right_check_digit)
{
	for (size_t i = 0; i < COUNT(real); i++) CHECK(text_is(credit_code_parse(t->arena, text_from(real[i])), text_from(real[i])));
	CHECK_TEXT(credit_code_parse(t->arena, TEXT(" 9144 0300 7152 6726 xg ")), "9144030071526726XG");
}

TEST(credit_code__every_single_wrong_character_is_noticed)
{
	static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
	for (size_t r = 0; r < COUNT(real); r++)
		for (size_t i = 0; i < CREDIT_CODE_LENGTH; i++)
			for (size_t a = 0; a < sizeof(alphabet) - 1; a++) {
				char wrong[CREDIT_CODE_LENGTH];
				memcpy(wrong, real[r], CREDIT_CODE_LENGTH);
				if (wrong[i] == alphabet[a]) continue;
				wrong[i] = alphabet[a];
				CHECK(credit_code_parse(t->arena, (Text) { wrong, CREDIT_CODE_LENGTH }).at == NULL);
			}
}

TEST(credit_code__neighbours_swapped_are_noticed)
{
	for (size_t r = 0; r < COUNT(real); r++)
		for (size_t i = 0; i + 1 < CREDIT_CODE_LENGTH; i++) {
			char wrong[CREDIT_CODE_LENGTH];
			memcpy(wrong, real[r], CREDIT_CODE_LENGTH);
			if (wrong[i] == wrong[i + 1]) continue;
			wrong[i] = real[r][i + 1];
			wrong[i + 1] = real[r][i];
			CHECK(credit_code_parse(t->arena, (Text) { wrong, CREDIT_CODE_LENGTH }).at == NULL);
		}
}

TEST(credit_code__letters_that_look_like_digits_are_not_of_the_alphabet)
{
	CHECK(credit_code_check(TEXT("9144030071526726I")) == 0);
	CHECK(credit_code_check(TEXT("9144030071526726O")) == 0);
	CHECK(credit_code_check(TEXT("91440300")) == 0);
	CHECK(credit_code_parse(t->arena, TEXT("")).at == NULL);
	CHECK(credit_code_parse(t->arena, TEXT("914403001922038216 1")).at == NULL);
}
