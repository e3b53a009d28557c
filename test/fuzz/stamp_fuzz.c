/* Any bytes as a file that is to be marked: it is refused, or the answer is of the form that the caller expects. */
#include "engine/mark/mark.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	Arena *arena scoped(arena_free) = arena_new((size_t)1 << 30);
	Text parts[] = { TEXT("77 "), { (const char *)data, size } };
	Text whole = arena_join(arena, parts, 2, TEXT(""));
	Buffer out = { .arena = arena };
	Error error = mark_stamp_run(whole.at, whole.length, &out);
	must(error == ERROR_INVALID || (error == OK && out.length && (out.at[0] == 'A' || out.at[0] == 'W')));
	return 0;
}
