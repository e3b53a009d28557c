/* Any bytes as a CVE record: refused with a reason, or a record that survives being written and read. */
#include "document_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	scoped(arena_free) Arena *arena = arena_new(ARENA_CEILING);
	AdvisoryDraft draft;
	Text document = arena_copy(arena, (Text) { size ? (const char *)data : "", size }), why = { 0 };
	if (cve5_read(arena, document, &draft, &why))
		check_record(arena, FORM_CVE5, &draft);
	else
		must(why.length > 0);
	return 0;
}
