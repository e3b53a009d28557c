#include "work/masked/masked.h"

/* The bit of the kind of that name; 0: there is none. */
static unsigned kind_of(Text name)
{
	for (int kind = 0; kind < MASK_KINDS; kind++)
		if (text_is(name, text_from(mask_kind_name((MaskKind)kind)))) return 1u << kind;
	return 0;
}

Error masked_text(Call *call, Text text, const Texts *leave, Masked *out)
{
	Masked masked = { 0 };
	unsigned left = 0;
	if (!text_trim(text).length)
		call_problem(call, TEXT("text"), N_("Please write something."), (Text) { 0 });
	else if (!text_is_utf8(text))
		call_problem(call, TEXT("text"), N_("This contains signs that cannot be stored."), (Text) { 0 });
	else if (text_utf8_length(text) > MASKED_LENGTH)
		call_problem(call, TEXT("text"), N_("At most %s characters."), arena_printf(call->arena, "%d", MASKED_LENGTH));
	for (size_t i = 0; i < leave->count; i++) {
		unsigned kind = kind_of(leave->at[i]);
		left |= kind;
		if (!kind) call_problem(call, TEXT("leave"), N_("Please choose one of the answers."), (Text) { 0 });
	}
	TRY(call_check_problems(call));
	masked.found = masking_find(call->arena, text);
	MaskSpans chosen = masking_of_kinds(call->arena, &masked.found, ~left);
	masked.text = masking_apply(call->arena, text, &chosen);
	masked.masked = (int64_t)chosen.count;
	*out = masked;
	return OK;
}
