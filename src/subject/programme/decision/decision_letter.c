/* What public notice, announcement and answers to objections say. A list that was decided without a document number gets the next one of the register:
 * the letter is made with the decision, by whom it was entered and whom it was decided. Who objects stands in none of them. */
#include "base/base/clock.h"
#include "subject/programme/decision/decision_private.h"

static Text stars_text(int64_t stars)
{
	static const char *const words[] = { "—", "一星级", "二星级", "三星级", "四星级", "五星级" };
	return text_from(words[stars > 0 && stars < (int64_t)COUNT(words) ? stars : 0]);
}

static const DocxList *units_of(Call *call, const DecisionList *list)
{
	static const Text columns[] = { TEXT_INIT("direction"), TEXT_INIT("name"), TEXT_INIT("stars") };
	DocxList *units = arena_new_of(call->arena, DocxList);
	Text *cells = arena_array_of(call->arena, Text, list->entries.count * COUNT(columns) + 1);
	for (size_t i = 0; i < list->entries.count; i++) {
		cells[3 * i] = round_direction_text(call, LANG_ZH, list->entries.at[i].direction);
		cells[3 * i + 1] = list->entries.at[i].organisation;
		cells[3 * i + 2] = stars_text(list->entries.at[i].stars);
	}
	*units = (DocxList) { TEXT("units"), columns, COUNT(columns), cells, list->entries.count };
	return units;
}

static const char decision_machine[] = "decision";

/* Where it is to be found; a house without an address of its own says so in words. */
static Text link_of(Call *call, const Round *round, bool is_publicity)
{
	Text address = call->house->public_address;
	if (!address.length) return TEXT("漏洞库网站");
	return is_publicity ? arena_printf(call->arena, "%.*s/rounds/%.*s/publicity", TEXT_ARGS(address), TEXT_ARGS(round->code))
			    : arena_printf(call->arena, "%.*s/units", TEXT_ARGS(address));
}

void decision_letter_order(Call *call, const Round *round, const DecisionList *list, int64_t seal_key, LetterOrder *out)
{
	bool is_publicity = text_is(list->kind, TEXT("publicity"));
	const DocxField fields[] = { { TEXT("round"), form_answer(round->head, "title_zh") },
		{ TEXT("from"), clock_human_date(call->arena, LANG_ZH, list->decided_at) },
		{ TEXT("until"), list->until_at ? clock_human(call->arena, LANG_ZH, list->until_at) : TEXT("") } };
	DocxField *more = arena_array_of(call->arena, DocxField, COUNT(fields));
	memcpy(more, fields, sizeof(fields));
	*out = (LetterOrder) { .kind = is_publicity ? LETTER_ROUND_PUBLICITY : LETTER_ROUND_ANNOUNCEMENT,
		.machine = decision_machine,
		.subject_id = list->id,
		.seal_key = seal_key,
		.matter = round->code,
		.recipient = TEXT(""),
		.text = TEXT(""),
		.link = link_of(call, round, is_publicity),
		.more = more,
		.more_count = COUNT(fields),
		.lists = units_of(call, list),
		.list_count = 1 };
}

Error decision_letter_issue(Call *call, const Round *round, const DecisionList *list, const DecisionRow *row, Text *out_number)
{
	LetterOrder order;
	IssuedLetter letter;
	LetterSeal seal;
	decision_letter_order(call, round, list, row->seal_key, &order);
	TRY(letter_seal_now(call, &seal));
	order.wants_seal = seal.added_at != 0;
	TRY(letter_issue(call, &order, row->entered_by, &letter));
	*out_number = letter.number;
	return OK;
}

Error decision_list_file(Call *call, const Round *round, const DecisionList *list, LetterForm form, Text *out_name, Text *out_bytes)
{
	LetterOrder order;
	IssuedLetter letter;
	bool found = false;
	decision_letter_order(call, round, list, 0, &order);
	TRY(letter_latest(call, order.kind, order.machine, order.subject_id, &letter, &found));
	if (found) return letter_bytes(call, &letter, form, out_name, out_bytes);
	int64_t now = call->now;
	call->now = list->decided_at; /* the date of the document */
	Error error = letter_document(call, &order, list->document, form, out_bytes);
	call->now = now;
	*out_name = arena_printf(call->arena, "%.*s-%.*s-%lld.%s", TEXT_ARGS(round->code), TEXT_ARGS(list->kind), (long long)list->number,
		form == LETTER_WORD ? "docx" : "pdf");
	return error;
}

/* ---- Objections */
static Text objector_text(Arena *arena, const char *called, Text ref)
{
	return arena_printf(arena, "%s（编号：%.*s）", called, TEXT_ARGS(ref));
}

static Error complaint_order(Call *call, const Objection *objection, const Round *round, LetterOrder *out)
{
	DocxField *more = arena_new_of(call->arena, DocxField);
	*more = (DocxField) { TEXT("round"), form_answer(round->head, "title_zh") };
	*out = (LetterOrder) { .kind = LETTER_ROUND_COMPLAINT,
		.machine = objection_machine.name,
		.subject_id = objection->id,
		.seal_key = objection->seal_key,
		.matter = objection->ref,
		.recipient = objector_text(call->arena, "投诉人", objection->ref),
		.text = objection->answer,
		.more = more,
		.more_count = 1 };
	return OK;
}

Error objection_letter_order(Call *call, const Objection *objection, bool to_unit, LetterOrder *out)
{
	Round round;
	ApplicationLine line;
	if (!objection->ended_at || (to_unit && !objection->masked.length))
		return fail(call, CONFLICT, "%.*s calls for no letter", TEXT_ARGS(objection->ref));
	TRY(round_find_published(call, objection->round_id, &round));
	if (!objection->application_id) return complaint_order(call, objection, &round, out);
	TRY(decision_line_of(call, objection->application_id, &line));
	const DocxField fields[] = { { TEXT("round"), form_answer(round.head, "title_zh") },
		{ TEXT("direction"), round_direction_text(call, LANG_ZH, line.direction) },
		{ TEXT("organisation"), objection->organisation }, { TEXT("application"), line.ref },
		{ TEXT("substance"), objection->masked },
		{ TEXT("verdict"), text_is(objection->state, TEXT("UPHELD")) ? TEXT("异议成立") : TEXT("异议不成立") } };
	DocxField *more = arena_array_of(call->arena, DocxField, COUNT(fields));
	memcpy(more, fields, sizeof(fields));
	*out = (LetterOrder) { .kind = to_unit ? LETTER_ROUND_OBJECTION_UNIT : LETTER_ROUND_OBJECTION,
		.machine = objection_machine.name,
		.subject_id = objection->id,
		.seal_key = objection->seal_key,
		.matter = objection->ref,
		.recipient = to_unit ? objection->organisation : objector_text(call->arena, "异议人", objection->ref),
		.text = to_unit ? objection->explanation : objection->answer,
		.more = more,
		.more_count = COUNT(fields) };
	return OK;
}
