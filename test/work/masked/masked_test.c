#include "harness/test.h"
#include "work/masked/masked.h"

TEST(masked__a_person_decides_what_stays)
{
	Masked masked;
	Texts leave = { 0 };
	Text text = TEXT("13812345678 zhang@example.cn");
	CHECK_OK(t->call, masked_text(t->call, text, &leave, &masked));
	CHECK_TEXT(masked.text, "██████ ██████");
	CHECK(masked.found.count == 2 && masked.masked == 2);
	list_add(t->arena, &leave, TEXT("mail"));
	CHECK_OK(t->call, masked_text(t->call, text, &leave, &masked));
	CHECK_TEXT(masked.text, "██████ zhang@example.cn");
	CHECK(masked.found.count == 2 && masked.masked == 1);
}

TEST(masked__what_cannot_be_masked_is_refused_at_its_field)
{
	Masked masked;
	Texts leave = { 0 };
	CHECK_ERROR(t->call, masked_text(t->call, TEXT(" \n"), &leave, &masked), INVALID);
	call_recover(t->call);
	CHECK_ERROR(t->call, masked_text(t->call, TEXT("\xff\xfe"), &leave, &masked), INVALID);
	call_recover(t->call);
	list_add(t->arena, &leave, TEXT("everything"));
	CHECK_ERROR(t->call, masked_text(t->call, TEXT("a"), &leave, &masked), INVALID);
}
