/* What the actions of the machine ask for. */
#include "subject/report/decision_private.h"
#include "subject/report/report_private.h"

static const FormItem reason_items[] = { { "reason", FORM_LINES, N_("Reason"), N_("Optional"), .max_length = 2000 } };
static const FormItem question_items[] = { { "question", FORM_LINES, N_("What is missing?"), N_("The reporter reads this."),
	.required = true, .max_length = 4000 } };
static const FormItem answer_items[] = { { "answer", FORM_MARKDOWN, N_("Your additions"), NULL, .required = true } };
static const FormItem attach_items[] = {
	{ "casefile", FORM_TEXT, N_("Add to an existing casefile"), N_("Its number; empty: a new casefile is opened.") },
	{ "verifier", FORM_TEXT, N_("Verifier"), N_("Public name of the person who is to verify it; may be assigned later.") },
};
static const FormItem duplicate_items[] = {
	{ "of", FORM_TEXT, N_("Reception number of the earlier report"), N_("The reporter sees its number and date, never its content."),
		.required = true },
};
static const FormItem reject_items[] = {
	{ "code", FORM_CHOICE, N_("Reason"), NULL, .required = true, .list = &report_reasons },
	{ "explanation", FORM_LINES, N_("Explanation for the reporter"), NULL, .required = true, .max_length = 4000 },
};

static const FormItem reopen_items[] = {
	{ "explanation", FORM_LINES, N_("Why it is looked at again"), N_("The reporter reads this."), .required = true,
		.max_length = 4000 },
};
static const FormItem transfer_items[] = {
	{ "library", FORM_CHOICE, N_("Library it belongs to"), NULL, .required = true, .list = &report_libraries },
	{ "explanation", FORM_LINES, N_("Explanation for the reporter"), NULL, .required = true, .max_length = 4000 },
};
static const FormItem isolate_items[] = {
	{ "why", FORM_LINES, N_("Why"), N_("Say nothing of the content: this outlives the wiping."), .required = true, .max_length = 500 },
};
static const FormItem wipe_items[] = {
	{ "understood", FORM_CHECK, N_("Everything that was sent is destroyed and cannot be brought back, by nobody"),
		N_("Backups made before now still hold the wrapped key: destroy them, or rotate the master key until theirs is forgotten "
		   "(cappvd key rotate --forget)."),
		.required = true },
};

static const FormSection reason_sections[] = { { NULL, NULL, reason_items, COUNT(reason_items) } };
static const FormSection question_sections[] = { { NULL, NULL, question_items, COUNT(question_items) } };
static const FormSection answer_sections[] = { { NULL, NULL, answer_items, COUNT(answer_items) } };
static const FormSection attach_sections[] = { { NULL, NULL, attach_items, COUNT(attach_items) } };
static const FormSection duplicate_sections[] = { { NULL, NULL, duplicate_items, COUNT(duplicate_items) } };
static const FormSection reject_sections[] = { { NULL, NULL, reject_items, COUNT(reject_items) } };

static const FormSection reopen_sections[] = { { NULL, NULL, reopen_items, COUNT(reopen_items) } };
static const FormSection transfer_sections[] = { { NULL, NULL, transfer_items, COUNT(transfer_items) } };
static const FormSection isolate_sections[] = { { NULL, NULL, isolate_items, COUNT(isolate_items) } };
static const FormSection wipe_sections[] = { { NULL, NULL, wipe_items, COUNT(wipe_items) } };

/* ---- The embargo */
static const FormChoice embargo_answers[] = { { "accepted", N_("Accepts") }, { "revised", N_("Asks for another instant") },
	{ "refused", N_("Refuses") } };
static const FormItem embargo_items[] = {
	{ "answer", FORM_CHOICE, N_("Answer"), NULL, .required = true, .choices = embargo_answers, .choice_count = COUNT(embargo_answers) },
	{ "until", FORM_TEXT, N_("Until"), N_("Day, hour and zone, such as 2026-12-05 10:00 +08:00"),
		.required_when = { "answer", "revised" }, .shown_when = { "answer", "revised" }, .max_length = 40 },
	{ "note", FORM_LINES, N_("Note"), NULL, .max_length = 2000 },
};
const FormSection embargo_answer_section = { NULL, NULL, embargo_items, COUNT(embargo_items) };

EmbargoWord embargo_word(Arena *arena, const Map *values)
{
	Text parts[2];
	size_t count = 0;
	Text until = text_trim(form_answer(values, "until")), note = form_answer(values, "note");
	if (until.length) parts[count++] = until;
	if (note.length) parts[count++] = note;
	return (EmbargoWord) { form_answer(values, "answer"), arena_join(arena, parts, count, TEXT("\n")) };
}

static const Form action_forms[] = {
	{ "report-withdraw", 1, N_("Withdraw"), reason_sections, 1 },
	{ "report-ask", 1, N_("Ask for additions"), question_sections, 1 },
	{ "report-answer", 1, N_("Send the additions"), answer_sections, 1 },
	{ "report-attach", 1, N_("Take on"), attach_sections, 1 },
	{ "report-duplicate", 1, N_("Decide as duplicate"), duplicate_sections, 1 },
	{ "report-reject", 1, N_("Do not take on"), reject_sections, 1 },
	{ "report-reopen", 1, N_("Reopen"), reopen_sections, 1 },
	{ "report-transfer", 1, N_("Hand to another library"), transfer_sections, 1 },
	{ "report-isolate", 1, N_("Isolate: it may hold a state secret"), isolate_sections, 1 },
	{ "report-embargo", 1, N_("Answer to the embargo"), &embargo_answer_section, 1 },
	{ "report-wipe", 1, N_("Wipe for ever"), wipe_sections, 1 },
};

const Form *report_action_form(const char *name)
{
	for (size_t i = 0; name && i < COUNT(action_forms); i++)
		if (!strcmp(action_forms[i].name, name)) return &action_forms[i];
	return NULL;
}
