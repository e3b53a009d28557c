/* The forms of this room. Names of fields differ, for several of them stand on one page. */
#include "subject/programme/panel/panel_private.h"
#include "subject/programme/panel/panel_timetable.h"

static const char *check_points(Text value)
{
	int64_t hundredths;
	return hundredths_parse(text_trim(value), &hundredths) ? NULL : N_("Please enter a number with at most two decimals.");
}

#define FORM(variable, name, title, items) \
	static const FormSection variable##_section[] = { { title, NULL, items, COUNT(items) } }; \
	const Form variable = { name, 1, title, variable##_section, 1, NULL }
#define WORDS(name, label, help, required_) \
	{ \
		name, FORM_LINES, label, help, .required = required_, .max_length = 2000 \
	}

/* ---- Conflicts */
static const FormItem recusal_items[] = {
	{ "expert", FORM_TEXT, N_("Number of the expert"), N_("As the library has it: E-…"), .required = true },
	{ "application", FORM_TEXT, N_("Number of the application"), NULL, .required = true },
	WORDS("why", N_("Reason"), NULL, true),
};
FORM(panel_recusal_form, "panel-recusal", N_("Keep an expert from judging an application"), recusal_items);
static const FormItem applicant_items[] = {
	{ "name", FORM_TEXT, N_("Name of the expert"), N_("Three at most; who is in the library is not told."), .required = true },
	{ "where", FORM_TEXT, N_("Employer"), NULL },
	WORDS("why", N_("Reason"), NULL, true),
};
FORM(panel_applicant_form, "panel-applicant", N_("Name an expert who is not to judge"), applicant_items);
static const FormChoice oaths[] = { { "free", N_("I have no conflict of interest with this applicant.") },
	{ "conflict", N_("I have a conflict, or may seem to have one.") } };
static const FormItem oath_items[] = {
	{ "free", FORM_CHOICE, N_("Conflict of interest"), NULL, .required = true, .choices = oaths, .choice_count = COUNT(oaths) },
	{ "tie", FORM_LINES, N_("What it is"), NULL, .max_length = 1000, .required_when = { "free", "conflict" },
		.shown_when = { "free", "conflict" } },
};
FORM(panel_oath_form, "panel-oath", N_("Conflict of interest"), oath_items);

/* ---- The draw */
static const FormItem freeze_items[] = {
	{ "source", FORM_TEXT, N_("Public source of chance"),
		N_("Which numbers of which national lottery draw, and in which form they are written: double colour ball draw 2026101, red "
		   "then "
		   "blue, two digits each, blanks between them."),
		.required = true, .max_length = 500 },
	{ "source_on", FORM_TEXT, N_("When it will exist"), N_("Beijing time, as 2026-03-05 21:30; at least 24 hours ahead."),
		.required = true, .check = round_check_instant },
};
FORM(panel_freeze_form, "panel-freeze", N_("Freeze the pool and name the source"), freeze_items);
static const FormItem enter_items[] = { { "value", FORM_TEXT, N_("The numbers that were drawn"), N_("Exactly in the form that was stated."),
	.required = true } };
FORM(panel_enter_form, "panel-enter", N_("Enter the value of the source"), enter_items);
static const FormItem confirm_items[] = { { "confirmed", FORM_TEXT, N_("The numbers that were drawn"),
	N_("Look them up yourself and type them once more."), .required = true } };
FORM(panel_confirm_form, "panel-confirm", N_("Confirm the value and draw"), confirm_items);
static const FormChoice goings[] = { { "declined", N_("Has declined") }, { "absent", N_("Did not come") },
	{ "conflict", N_("Has a conflict of interest") } };
static const FormItem replace_items[] = {
	{ "gone_why", FORM_CHOICE, N_("Why the seat is free"), NULL, .required = true, .choices = goings, .choice_count = COUNT(goings) },
	WORDS("gone_note", N_("Remarks"), NULL, false),
};
FORM(panel_replace_form, "panel-replace", N_("Replace by the next of the permutation"), replace_items);
static const FormItem decline_items[] = { WORDS("declined_why", N_("Reason"), NULL, true) };
FORM(panel_decline_form, "panel-decline", N_("I cannot take part"), decline_items);

static const FormItem timetable_items[] = {
	{ "starts_on", FORM_TEXT, N_("First presentation"), N_("Beijing time, as 2026-03-05 09:00; further days begin at the same hour."),
		.required = true, .check = round_check_instant },
	{ "slot_minutes", FORM_NUMBER, N_("Minutes of a presentation, questions included"), NULL, .required = true, .max_length = 480 },
	{ "break_minutes", FORM_NUMBER, N_("Minutes between two"), NULL, .required = true, .max_length = 240, .is_from_zero = true },
	{ "slots_a_day", FORM_NUMBER, N_("Presentations a day at most"), N_("Further ones are heard on the next working day."),
		.required = true, .max_length = 100 },
	{ "place", FORM_TEXT, N_("Place"), N_("Address and room, or how to join from afar."), .required = true, .max_length = 300 },
};
FORM(panel_timetable_form, "panel-timetable", N_("Set the timetable"), timetable_items);

/* ---- Key and sheets */
#define SHARES \
	{ "share_one", FORM_TEXT, N_("First share"), N_("As it was printed; blanks and hyphens do not matter."), .required = true }, \
	{ \
		"share_other", FORM_TEXT, N_("Second share"), NULL, .required = true \
	}
static const FormItem rehearse_items[] = { SHARES };
FORM(panel_rehearse_form, "panel-rehearse", N_("Rehearse the opening"), rehearse_items);
static const FormItem open_items[] = { SHARES,
	WORDS("few_why", N_("Why it is opened although not all have committed"),
		N_("Only with a quorum: more than half of the seats, and three at least. Empty: all have committed."), false) };
FORM(panel_open_form, "panel-open", N_("Open all sheets"), open_items);
static const FormItem words_items[] = { WORDS("explained", N_("Confirmation or explanation"), NULL, true) };
FORM(panel_words_form, "panel-words", N_("Confirm or explain the sheet"), words_items);

/* ---- After the opening */
static const FormChoice reasons[] = { { "sum", N_("The sum is wrong") }, { "range", N_("An item is out of its range") },
	{ "objective", N_("Members differ on an objective item") },
	{ "abnormal", N_("Abnormally high or low, and the committee agrees") } };
static const FormItem correct_items[] = {
	{ "of_application", FORM_TEXT, N_("Number of the application"), NULL, .required = true },
	{ "of_expert", FORM_TEXT, N_("Number of the expert"), NULL, .required = true },
	{ "of_criterion", FORM_TEXT, N_("Criterion"), N_("Its short name in the rules."), .required = true, .max_length = 20 },
	{ "becomes", FORM_TEXT, N_("New score"), NULL, .required = true, .max_length = 10, .check = check_points },
	{ "because", FORM_CHOICE, N_("Ground"), NULL, .required = true, .choices = reasons, .choice_count = COUNT(reasons) },
	WORDS("explanation", N_("Explanation"), NULL, true),
};
FORM(panel_correct_form, "panel-correct", N_("Correct a score"), correct_items);
static const FormItem lock_items[] = {
	{ "discussed", FORM_CHECK, N_("Strange sheets and the grey band were discussed by the panels."), NULL, .required = true },
	WORDS("minutes", N_("Minutes"), NULL, true),
};
FORM(panel_lock_form, "panel-lock", N_("Lock the result"), lock_items);
static const FormItem sign_items[] = { WORDS("dissent", N_("Dissent"), N_("Empty: none."), false) };
FORM(panel_sign_form, "panel-sign", N_("Sign the minutes"), sign_items);
