/* Any bytes as an uploaded file: the inspector stays inside them. */
#include "base/sandbox/inspect.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	Arena *arena scoped(arena_free) = arena_new(ARENA_CEILING);
	Inspection found = inspect(arena, (Text) { (const char *)data, size });
	must(found.width >= 0 && found.height >= 0 && found.entries >= 0 && found.unpacked_bytes >= 0);
	must(found.kind < FILE_KINDS && (found.kind == FILE_ZIP || found.kind == FILE_APK || found.entries == 0));
	return 0;
}
