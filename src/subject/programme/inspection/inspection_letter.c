/* What the notice of an inspection says (现场考察通知): the office's letter is made of it, and an applicant reads it before one was issued. */
#include "base/base/clock.h"
#include "subject/programme/inspection/inspection_private.h"

static Text inspectors_text(Call *call, const Inspection *inspection)
{
	Buffer names = { .arena = call->arena };
	for (size_t i = 0; i < inspection->inspectors.count; i++)
		buffer_printf(&names, "%s%.*s", i ? "、" : "", TEXT_ARGS(inspection->inspectors.at[i].name));
	return names.length ? buffer_text(&names) : TEXT("—");
}

Error inspection_letter_order(Call *call, const Inspection *inspection, LetterOrder *out)
{
	const Application *application = inspection->application;
	const DocxField fields[] = { { TEXT("round"), form_answer(application->round->head, "title_zh") },
		{ TEXT("direction"), round_direction_text(call, LANG_ZH, application->direction) },
		{ TEXT("application"), application->ref }, { TEXT("time"), clock_human(call->arena, LANG_ZH, inspection->visit_at) },
		{ TEXT("place"), inspection->where }, { TEXT("inspectors"), inspectors_text(call, inspection) } };
	DocxField *more = arena_array_of(call->arena, DocxField, COUNT(fields));
	if (!inspection->visit_at) return fail(call, CONFLICT, "%.*s is not arranged", TEXT_ARGS(inspection->ref));
	memcpy(more, fields, sizeof(fields));
	*out = (LetterOrder) { .kind = LETTER_ROUND_INSPECTION,
		.machine = inspection_machine.name,
		.subject_id = inspection->id,
		.seal_key = inspection->seal_key,
		.matter = inspection->ref,
		.recipient = application->organisation,
		.text = TEXT(""),
		.more = more,
		.more_count = COUNT(fields) };
	return OK;
}

/* When day, place or inspectors changed last: a letter from before is not what holds. */
static Error arranged_at(Call *call, const Inspection *inspection, int64_t *out)
{
	InspectionSayings said;
	*out = 0;
	TRY(inspection_sayings(call, inspection, &said));
	for (size_t i = 0; i < said.count; i++)
		if (text_is(said.at[i].action, TEXT("arrange")) || text_is(said.at[i].action, TEXT("replace")))
			if (said.at[i].at > *out) *out = said.at[i].at;
	return OK;
}

Error inspection_notice(Call *call, const Inspection *inspection, Text *out_pdf)
{
	LetterOrder order;
	IssuedLetter letter;
	Text name;
	bool found = false;
	int64_t since = 0;
	TRY(inspection_letter_order(call, inspection, &order));
	TRY(letter_latest(call, order.kind, order.machine, order.subject_id, &letter, &found));
	TRY(arranged_at(call, inspection, &since));
	if (found && letter.issued_at >= since) return letter_give(call, &letter, LETTER_PAGES, &name, out_pdf);
	return letter_document(call, &order, TEXT(""), LETTER_PAGES, out_pdf);
}
