#include "base/base/random.h"

#include <errno.h>
#include <sys/random.h>

void random_bytes(void *out, size_t count)
{
	char *at = out;
	while (count) {
		ssize_t got = getrandom(at, count, 0);
		if (got < 0 && errno == EINTR) continue;
		must(got > 0);
		at += got;
		count -= (size_t)got;
	}
}

uint64_t random_below(uint64_t limit)
{
	must(limit > 0);
	uint64_t value, threshold = -limit % limit;
	do {
		random_bytes(&value, sizeof(value));
	} while (value < threshold);
	return value % limit;
}

Text random_code(Arena *arena, size_t length)
{
	static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
	char *code = arena_alloc(arena, length + 1);
	random_bytes(code, length);
	for (size_t i = 0; i < length; i++) code[i] = alphabet[(unsigned char)code[i] & 31];
	return (Text) { code, length };
}
