/* What the notice of correction says (补正通知书): the office's letter is made of it, and an applicant reads it before one was issued. */
#include "base/base/clock.h"
#include "subject/programme/application/application_private.h"

static const Text mark_columns[] = { TEXT_INIT("field"), TEXT_INIT("reason") };

static const DocxList *marks_of(Call *call, const Application *application)
{
	DocxList *list = arena_new_of(call->arena, DocxList);
	Text *cells = arena_array_of(call->arena, Text, application->marks.count * COUNT(mark_columns) + 1);
	for (size_t i = 0; i < application->marks.count; i++) {
		const FormItem *item = form_item(application->form, application->marks.at[i].field);
		cells[2 * i] = item ? text_from(item->label) : application->marks.at[i].field;
		cells[2 * i + 1] = application->marks.at[i].reason;
	}
	*list = (DocxList) { TEXT("marks"), mark_columns, COUNT(mark_columns), cells, application->marks.count };
	return list;
}

/* Letters are Chinese, whoever writes or reads them: labels of the round's form too. */
static Error open_chinese(Call *call, Text ref, Application *out)
{
	Lang lang = call->lang;
	call->lang = LANG_ZH;
	Error error = application_open(call, ref, out);
	call->lang = lang;
	return error;
}

Error application_letter_order(Call *call, Text ref, LetterOrder *out)
{
	ClockView clock = { 0 };
	Application *application = arena_new_of(call->arena, Application);
	TRY(open_chinese(call, ref, application));
	if (!text_is(application->state, TEXT("RETURNED"))) return fail(call, CONFLICT, "%.*s is not returned", TEXT_ARGS(ref));
	TRY(workflow_clock_of(call, &application_machine, application->id, &clock));
	DocxField *more = arena_array_of(call->arena, DocxField, 2);
	more[0] = (DocxField) { TEXT("round"), form_answer(application->round->head, "title_zh") };
	more[1] = (DocxField) { TEXT("direction"), round_direction_text(call, LANG_ZH, application->direction) };
	*out = (LetterOrder) { .kind = LETTER_ROUND_CORRECTION,
		.machine = application_machine.name,
		.subject_id = application->id,
		.seal_key = application->seal_key,
		.matter = application->ref,
		.recipient = application->organisation,
		.deadline = clock.due_at ? clock_human_date(call->arena, LANG_ZH, clock.due_at) : TEXT(""),
		.text = TEXT(""),
		.more = more,
		.more_count = 2,
		.lists = marks_of(call, application),
		.list_count = 1 };
	return OK;
}

Error application_print_return(Call *call, const Application *application, Text *out)
{
	LetterOrder order;
	ClockView clock = { 0 };
	IssuedLetter letter;
	Text name;
	bool found = false;
	TRY(application_letter_order(call, application->ref, &order));
	TRY(letter_latest(call, order.kind, order.machine, order.subject_id, &letter, &found));
	TRY(workflow_clock_of(call, &application_machine, application->id, &clock));
	bool is_of_this_return = found && letter.issued_at >= clock.started_at;
	if (is_of_this_return) return letter_give(call, &letter, LETTER_PAGES, &name, out);
	return letter_document(call, &order, TEXT(""), LETTER_PAGES, out);
}
