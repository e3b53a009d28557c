/* The forms of activities. */
#include "base/base/clock.h"
#include "subject/programme/activity/activity_private.h"

bool activity_instant(Text text, int64_t *out)
{
	enum { LENGTH = 16 };
	char iso[LENGTH + 12];
	if (text.length != LENGTH || (text.at[10] != ' ' && text.at[10] != 'T')) return false;
	snprintf(iso, sizeof(iso), "%.10sT%.5s:00+08:00", text.at, text.at + 11);
	return clock_parse(text_from(iso), out);
}

static const char *check_instant(Text value)
{
	int64_t at;
	return activity_instant(text_trim(value), &at) ? NULL : N_("Please enter day and hour as 2026-03-05 14:00.");
}

static const FormChoice kinds[] = { { "salon", N_("Salon") }, { "campaign", N_("Campaign") }, { "training", N_("Training") },
	{ "collection", N_("Case collection") } };
static const FormChoice result_kinds[] = { { "spoke", N_("Gave a talk") }, { "contributed", N_("Contributed") },
	{ "chosen", N_("Its case was chosen") } };

static const char *choice_text(const FormChoice *choices, size_t count, Text value)
{
	for (size_t i = 0; i < count; i++)
		if (text_is(value, text_from(choices[i].value))) return choices[i].label;
	return NULL;
}

const char *activity_kind_text(Text kind)
{
	const char *text = choice_text(kinds, COUNT(kinds), kind);
	return text ? text : N_("Activity");
}

const char *activity_result_text(Text kind)
{
	const char *text = choice_text(result_kinds, COUNT(result_kinds), kind);
	return text ? text : N_("Took part");
}

#define INSTANT(name, label, help) \
	{ \
		name, FORM_TEXT, label, help, .required = true, .check = check_instant \
	}
static const FormItem what_items[] = {
	{ "kind", FORM_CHOICE, N_("Kind"), NULL, .required = true, .choices = kinds, .choice_count = COUNT(kinds) },
	{ "title_zh", FORM_TEXT, N_("Title in Chinese"), NULL, .required = true, .max_length = 100 },
	{ "title_en", FORM_TEXT, N_("Title in English"), NULL, .required = true, .max_length = 200 },
	{ "about_zh", FORM_MARKDOWN, N_("Description in Chinese"), NULL, .required = true, .max_length = 10000 },
	{ "about_en", FORM_MARKDOWN, N_("Description in English"), NULL, .required = true, .max_length = 10000 },
	{ "place", FORM_TEXT, N_("Place"), N_("Address and room, or how to join from afar."), .required = true, .max_length = 300 },
};
static const FormItem when_items[] = {
	INSTANT("starts_on", N_("Begins"), N_("Beijing time, as 2026-03-05 14:00.")),
	INSTANT("ends_on", N_("Ends"), NULL),
	INSTANT("opens_on", N_("Registration opens"), NULL),
	INSTANT("closes_on", N_("Registration closes"), NULL),
	INSTANT("units_on", N_("Support units first until"),
		N_("Until then places go to support units alone; then to everybody, in the order of registration.")),
	{ "places", FORM_NUMBER, N_("Number of places"), NULL, .required = true, .max_length = ACTIVITY_REGISTRATIONS_MAX },
};
static const FormSection sections[] = { { N_("Activity"), NULL, what_items, COUNT(what_items) },
	{ N_("Time and registration"), NULL, when_items, COUNT(when_items) } };
const Form activity_form = { "activity", 1, N_("Prepare an activity"), sections, COUNT(sections), NULL };

static const FormItem result_items[] = {
	{ "credit_code", FORM_TEXT, N_("Unified social credit code"), N_("Of an organisation that is registered and verified here."),
		.required = true, .max_length = 18 },
	{ "result", FORM_CHOICE, N_("Result"), NULL, .required = true, .choices = result_kinds, .choice_count = COUNT(result_kinds) },
	{ "what", FORM_LINES, N_("What it is"), N_("Title of the talk, or what was contributed; shown to everybody once confirmed."),
		.required = true, .max_length = 500 },
};
static const FormSection result_section[] = { { N_("Result"), NULL, result_items, COUNT(result_items) } };
const Form activity_result_form = { "activity-result", 1, N_("Enter a result"), result_section, 1, NULL };

static const FormItem cancel_items[] = { { "reason", FORM_LINES, N_("Reason, shown to everybody"), NULL, .required = true,
	.max_length = 1000 } };
static const FormSection cancel_section[] = { { N_("Reason"), NULL, cancel_items, COUNT(cancel_items) } };
static const Form cancel_form = { "activity-cancel", 1, N_("Cancel the activity"), cancel_section, 1, NULL };

const Form *activity_action_form(const char *name) { return name && strcmp(name, cancel_form.name) == 0 ? &cancel_form : NULL; }
