/* Any bytes as word/document.xml of a template (after a 'x'), or as the whole archive: refused with a reason, or it can be filled and drawn. */
#include <stdint.h>

#include "face/doc/docx.h"
#include "face/doc/zip.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static Error archive_of(Call *call, Text body, Text *out)
{
	const ZipEntry entries[] = { { TEXT("[Content_Types].xml"), TEXT("<Types/>") }, { TEXT("word/document.xml"), body } };
	return zip_pack(call, entries, COUNT(entries), 0, out);
}

/* What was accepted can be filled with every name it uses, and says no field afterwards that it did not say before. */
static void use(Call *call, Text template, const Texts *names)
{
	DocxField *fields = arena_array_of(call->arena, DocxField, names->count + 1);
	DocxBlocks blocks;
	Text filled;
	for (size_t i = 0; i < names->count; i++) fields[i] = (DocxField) { names->at[i], TEXT("<value> & more") };
	Error error = docx_fill(call, template, &(DocxValues) { .fields = fields, .field_count = names->count }, &filled);
	must(error == OK || error == ERROR_TOO_LARGE);
	if (error == OK) must(docx_read(call, filled, &blocks) != ERROR_INTERNAL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	scoped(arena_free) Arena *arena = arena_new(ARENA_CEILING);
	Call call = { .arena = arena, .actor = &actor_visitor };
	Text input = arena_copy(arena, (Text) { size ? (const char *)data : "", size });
	Texts names;
	if (size > 0 && data[0] == 'x' && archive_of(&call, text_slice(input, 1, input.length), &input) != OK) return 0;
	if (docx_fields(&call, input, &names) == OK)
		use(&call, input, &names);
	else
		must(call.failure.kind != ERROR_INTERNAL);
	return 0;
}
