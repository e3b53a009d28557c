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
static const FormItem known_items[] = {
	{ "record", FORM_TEXT, N_("Number of the internal record"),
		N_("Entered before the report came in: nothing else proves it. The reporter sees its number, instant and proof, never its "
		   "content."),
		.required = true, .max_length = 40 },
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

static const FormItem assign_items[] = {
	{ "reviewer", FORM_TEXT, N_("Verifier"), N_("Public name of the person; nobody with an interest in the product can be assigned."),
		.required = true },
};
static const FormItem unassign_items[] = {
	{ "reason", FORM_LINES, N_("Reason"), N_("Coordinators read this."), .required = true, .max_length = 500 },
};
static const FormItem hand_over_items[] = {
	{ "whose", FORM_TEXT, N_("Who is away"), NULL, .required = true },
	{ "holder", FORM_TEXT, N_("Who holds the task"), NULL, .required = true },
};
static const FormItem undertake_items[] = {
	{ "undertaking", FORM_CHECK,
		N_("I keep everything I learn of this report confidential, use it for the formal review only, and destroy my copies when "
		   "the "
		   "task ends"),
		NULL, .required = true },
	{ "no_interest", FORM_CHECK,
		N_("Neither I nor my organisation belongs to the vendor or its group, competes with it, or has been its customer within "
		   "three years"),
		NULL, .required = true },
};
static const FormChoice opinions[] = { { "accept", N_("Take it on") }, { "ask", N_("Ask for additions") },
	{ "reject", N_("Do not take it on") } };
static const FormItem opinion_items[] = {
	{ "opinion", FORM_CHOICE, N_("Opinion"), N_("The coordinator decides."), .required = true, .choices = opinions,
		.choice_count = COUNT(opinions) },
	{ "code", FORM_CHOICE, N_("Reason"), NULL, .required_when = { "opinion", "reject" }, .shown_when = { "opinion", "reject" },
		.list = &report_reasons },
	{ "words", FORM_LINES, N_("Reasons"), N_("Whether it is complete and can be verified, and what it rests on"), .required = true,
		.max_length = 4000 },
};

static const FormSection reason_sections[] = { { NULL, NULL, reason_items, COUNT(reason_items) } };
static const FormSection question_sections[] = { { NULL, NULL, question_items, COUNT(question_items) } };
static const FormSection answer_sections[] = { { NULL, NULL, answer_items, COUNT(answer_items) } };
static const FormSection attach_sections[] = { { NULL, NULL, attach_items, COUNT(attach_items) } };
static const FormSection duplicate_sections[] = { { NULL, NULL, duplicate_items, COUNT(duplicate_items) } };
static const FormSection known_sections[] = { { NULL, NULL, known_items, COUNT(known_items) } };
static const FormSection reject_sections[] = { { NULL, NULL, reject_items, COUNT(reject_items) } };

static const FormSection reopen_sections[] = { { NULL, NULL, reopen_items, COUNT(reopen_items) } };
static const FormSection transfer_sections[] = { { NULL, NULL, transfer_items, COUNT(transfer_items) } };
static const FormSection isolate_sections[] = { { NULL, NULL, isolate_items, COUNT(isolate_items) } };
static const FormSection assign_sections[] = { { NULL, NULL, assign_items, COUNT(assign_items) } };
static const FormSection unassign_sections[] = { { NULL, NULL, unassign_items, COUNT(unassign_items) } };
static const FormSection hand_over_sections[] = { { NULL, NULL, hand_over_items, COUNT(hand_over_items) } };
static const FormSection undertake_sections[] = { { NULL, NULL, undertake_items, COUNT(undertake_items) } };
static const FormSection opinion_sections[] = { { NULL, NULL, opinion_items, COUNT(opinion_items) } };
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
	{ "report-known", 1, N_("Propose: known internally"), known_sections, 1 },
	{ "report-reject", 1, N_("Do not take on"), reject_sections, 1 },
	{ "report-reopen", 1, N_("Reopen"), reopen_sections, 1 },
	{ "report-transfer", 1, N_("Hand to another library"), transfer_sections, 1 },
	{ "report-isolate", 1, N_("Isolate: it may hold a state secret"), isolate_sections, 1 },
	{ "report-embargo", 1, N_("Answer to the embargo"), &embargo_answer_section, 1 },
	{ "report-assign", 1, N_("Give the formal review to a verifier"), assign_sections, 1 },
	{ "report-unassign", 1, N_("Take the formal review back"), unassign_sections, 1 },
	{ "report-hand-over", 1, N_("Hand the task over during an absence"), hand_over_sections, 1 },
	{ "report-undertake", 1, N_("Sign the confidentiality undertaking"), undertake_sections, 1 },
	{ "report-opinion", 1, N_("Give the opinion of the formal review"), opinion_sections, 1 },
	{ "report-wipe", 1, N_("Wipe for ever"), wipe_sections, 1 },
};

const Form *report_action_form(const char *name)
{
	for (size_t i = 0; name && i < COUNT(action_forms); i++)
		if (!strcmp(action_forms[i].name, name)) return &action_forms[i];
	return NULL;
}
