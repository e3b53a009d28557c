/* Any bytes as a text: spans lie in order inside it, and what was masked holds nothing of the same; counts read back as they were written. */
#include "engine/masking/masking.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	Arena *arena scoped(arena_free) = arena_new(ARENA_CEILING);
	Text text = { (const char *)data, size };
	MaskSpans spans = masking_find(arena, text);
	size_t at = 0;
	for (size_t i = 0; i < spans.count; i++) {
		must(spans.at[i].from >= at && spans.at[i].to > spans.at[i].from && spans.at[i].to <= size &&
			spans.at[i].kind < MASK_KINDS);
		at = spans.at[i].to;
	}
	Text masked = masking_apply(arena, text, &spans);
	must(spans.count || text_is(masked, text));
	Text hidden = masking_hide(arena, text, &spans);
	must(spans.count || text_is(hidden, text));
	MaskCounts counts = masking_count(&spans), again;
	must(masking_counts_parse(masking_counts_text(arena, &counts), &again) && memcmp(&counts, &again, sizeof(counts)) == 0);
	return 0;
}
