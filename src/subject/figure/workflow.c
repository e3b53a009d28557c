/* The machine of a report of figures, and the forms of its actions. */
#include "subject/figure/figure_report_private.h"

static const char *is_another(const void *facts, const Actor *actor)
{
	const FigureReportFacts *report = facts;
	return report->reviewed_by == actor->person_id ? N_("Whoever reviewed it does not issue it.") : NULL;
}

static const char *is_no_writer(const void *facts, const Actor *actor)
{
	const FigureReportFacts *report = facts;
	return report->writer_id == actor->person_id ? N_("Whoever wrote it does not review it.") : NULL;
}

static const WorkflowState states[] = {
	{ "DRAFT", N_("Drafted"), N_("an editor"), "active", false },
	{ "REVIEWED", N_("Reviewed, waits to be issued"), N_("another person who approves articles"), "active", false },
	{ "ISSUED", N_("Issued"), NULL, "good", true },
	{ "CORRECTING", N_("Issued, a correction is being written"), N_("an editor"), "warn", false },
	{ "CHECKED", N_("Issued, a correction waits to be issued"), N_("another person who approves articles"), "warn", false },
	{ "VOID", N_("Void"), NULL, "bad", true },
};

static const char words[] = "figure-report-words", reason[] = "figure-report-reason";
static const Transition rows[] = {
	{ "DRAFT", "edit", "DRAFT", FIGURE_EDITORS, NULL, NULL, NULL, false, N_("Change sections and words"), words },
	{ "DRAFT", "review", "REVIEWED", FIGURE_EDITORS, is_no_writer, NULL, NULL, false, N_("Mark as reviewed"), NULL },
	{ "DRAFT", "drop", "VOID", FIGURE_EDITORS, NULL, NULL, NULL, false, N_("Drop the draft"), reason },
	{ "REVIEWED", "return", "DRAFT", FIGURE_EDITORS, NULL, NULL, NULL, false, N_("Return to the draft"), reason },
	{ "REVIEWED", "issue", "ISSUED", ROLE_APPROVER, is_another, NULL, NULL, false, N_("Issue the report"), NULL },
	{ "ISSUED", "correct", "CORRECTING", FIGURE_EDITORS, NULL, NULL, NULL, false, N_("Correct it"), "figure-report-correct" },
	{ "ISSUED", "void", "VOID", ROLE_APPROVER, NULL, NULL, NULL, false, N_("Declare it void"), reason },
	{ "CORRECTING", "edit", "CORRECTING", FIGURE_EDITORS, NULL, NULL, NULL, false, N_("Change sections and words"), words },
	{ "CORRECTING", "review", "CHECKED", FIGURE_EDITORS, is_no_writer, NULL, NULL, false, N_("Mark the correction as reviewed"), NULL },
	{ "CORRECTING", "abandon", "ISSUED", FIGURE_EDITORS, NULL, NULL, NULL, false, N_("Give the correction up"), reason },
	{ "CHECKED", "return", "CORRECTING", FIGURE_EDITORS, NULL, NULL, NULL, false, N_("Return the correction"), reason },
	{ "CHECKED", "issue", "ISSUED", ROLE_APPROVER, is_another, NULL, NULL, false, N_("Issue the corrected report"), NULL },
};

const Machine figure_report_machine = {
	.name = "figure-report",
	.text = N_("Report of figures"),
	.states = states,
	.state_count = COUNT(states),
	.rows = rows,
	.row_count = COUNT(rows),
	.load = figure_report_machine_load,
	.move = figure_report_machine_move,
	.applied = figure_report_machine_applied,
};

/* ---- Forms */
#define TITLE(name, label) \
	{ \
		name, FORM_TEXT, label, NULL, .required = true, .max_length = 100 \
	}
#define SUMMARY(name, label) \
	{ \
		name, FORM_LINES, label, N_("A line is a paragraph. Of a public report everybody reads it once it is issued."), \
			.required = true, .max_length = 8000 \
	}
#define WORDS(name, label) \
	{ \
		name, FORM_LINES, label, NULL, .max_length = 4000 \
	}
#define SECTION_ITEMS(tag) \
	static const FormItem tag##_items[] = { { "in-" #tag, FORM_CHECK, N_("This section is in the report") }, \
		WORDS("zh-" #tag, N_("Words in Chinese")), WORDS("en-" #tag, N_("Words in English")) }
SECTION_ITEMS(counts);
SECTION_ITEMS(months);
SECTION_ITEMS(levels);
SECTION_ITEMS(kinds);
SECTION_ITEMS(products);
SECTION_ITEMS(classes);
SECTION_ITEMS(warnings);
SECTION_ITEMS(times);
SECTION_ITEMS(reviews);
SECTION_ITEMS(backlog);
SECTION_ITEMS(definitions);
SECTION_ITEMS(reaches);
SECTION_ITEMS(vendors);
SECTION_ITEMS(units);
static const FormItem title_items[] = { TITLE("zh-title", N_("Title in Chinese")), TITLE("en-title", N_("Title in English")) };
static const FormItem summary_items[] = { SUMMARY("zh", N_("Words in Chinese")), SUMMARY("en", N_("Words in English")) };
#define SECTION(text, tag) \
	{ \
		text, NULL, tag##_items, COUNT(tag##_items) \
	}
static const FormSection
	word_sections[] = { /* of a special report from the first on, of others from the second; those of the office come last */
		SECTION(N_("Title"), title), SECTION(N_("The period in short"), summary), SECTION(N_("Work of the period"), counts),
		SECTION(N_("Month by month"), months), SECTION(N_("Accepted vulnerabilities by level"), levels),
		SECTION(N_("Accepted vulnerabilities by type"), kinds),
		SECTION(N_("Accepted vulnerabilities by kind of product"), products),
		SECTION(N_("Accepted vulnerabilities by class of weakness"), classes), SECTION(N_("Warnings by month"), warnings),
		SECTION(N_("Time in each stage"), times), SECTION(N_("First reviews by month"), reviews),
		SECTION(N_("What waited at the end"), backlog), SECTION(N_("What each figure means"), definitions),
		SECTION(N_("Warnings by audience"), reaches), SECTION(N_("Response of vendors"), vendors),
		SECTION(N_("Contribution of units"), units)
	};
enum { ALL_SECTIONS = COUNT(word_sections), PUBLIC_SECTIONS = ALL_SECTIONS - 3 };
#define WORDS_FORM(first, count) \
	{ \
		words, 1, N_("Sections and words of the report"), &word_sections[first], (count) - (first), NULL \
	}
static const Form word_forms[2][2] = { /* special or not, of the office or not */
	{ WORDS_FORM(1, PUBLIC_SECTIONS), WORDS_FORM(1, ALL_SECTIONS) }, { WORDS_FORM(0, PUBLIC_SECTIONS), WORDS_FORM(0, ALL_SECTIONS) }
};

static const FormItem reason_items[] = { { "reason", FORM_LINES, N_("Reason"), NULL, .required = true, .max_length = 1000 } };
static const char everybody[] = N_("Of a public report everybody reads it.");
static const FormItem correct_items[] = {
	{ "reason-zh", FORM_LINES, N_("Why it is corrected, in Chinese"), everybody, .required = true, .max_length = 1000 },
	{ "reason-en", FORM_LINES, N_("Why it is corrected, in English"), everybody, .required = true, .max_length = 1000 },
};
static const FormSection reason_section[] = { { N_("Reason"), NULL, reason_items, COUNT(reason_items) } };
static const FormSection correct_section[] = { { N_("Reason"), NULL, correct_items, COUNT(correct_items) } };
static const Form forms[] = {
	{ reason, 1, N_("Reason"), reason_section, 1, NULL },
	{ "figure-report-correct", 1, N_("Correction"), correct_section, 1, NULL },
};

const Form *figure_report_form(const char *name)
{
	for (size_t i = 0; name && i < COUNT(forms); i++)
		if (strcmp(name, forms[i].name) == 0) return &forms[i];
	return name && strcmp(name, words) == 0 ? &word_forms[1][1] : NULL;
}

const Form *figure_report_form_of(Call *call, const void *report, const char *name)
{
	const FigureReport *of = report;
	(void)call;
	return name && strcmp(name, words) == 0 ? &word_forms[of->kind == FIGURE_SPECIAL][of->is_inside] : figure_report_form(name);
}

/* ---- By hand */
static const FormChoice kinds[] = { { "month", N_("Monthly report") }, { "year", N_("Yearly report") }, { "special", N_("Special report") },
	{ "week", N_("Weekly report") } };
static const FormChoice audiences[] = { { "public", N_("Everybody") }, { "office", N_("The office alone") } };
#define OF_SPECIAL .required_when = { "kind", "special" }, .shown_when = { "kind", "special" }
static const FormItem period_items[] = {
	{ "kind", FORM_CHOICE, N_("Kind of report"), N_("A weekly report stays inside."), .required = true, .choices = kinds,
		.choice_count = COUNT(kinds) },
	{ "from", FORM_DATE, N_("A day of the period"), N_("Of the week, month or year; of a special report a day of its first month."),
		.required = true },
	{ "until", FORM_DATE, N_("A day of the last month"), NULL, OF_SPECIAL },
	{ "audience", FORM_CHOICE, N_("Who reads it"), N_("What everybody reads is made of the public figures alone."),
		.choices = audiences, .choice_count = COUNT(audiences), OF_SPECIAL },
	{ "title_zh", FORM_TEXT, N_("Title in Chinese"), NULL, .max_length = 100, OF_SPECIAL },
	{ "title_en", FORM_TEXT, N_("Title in English"), NULL, .max_length = 100, OF_SPECIAL },
};
static const char of_office[] = N_("Of a report for the office alone.");
static const FormItem chosen_items[] = {
	{ "in-counts", FORM_CHECK, N_("Work of the period") },
	{ "in-months", FORM_CHECK, N_("Month by month") },
	{ "in-levels", FORM_CHECK, N_("Accepted vulnerabilities by level") },
	{ "in-kinds", FORM_CHECK, N_("Accepted vulnerabilities by type") },
	{ "in-products", FORM_CHECK, N_("Accepted vulnerabilities by kind of product") },
	{ "in-classes", FORM_CHECK, N_("Accepted vulnerabilities by class of weakness") },
	{ "in-warnings", FORM_CHECK, N_("Warnings by month") },
	{ "in-times", FORM_CHECK, N_("Time in each stage") },
	{ "in-reviews", FORM_CHECK, N_("First reviews by month") },
	{ "in-backlog", FORM_CHECK, N_("What waited at the end") },
	{ "in-definitions", FORM_CHECK, N_("What each figure means") },
	{ "in-reaches", FORM_CHECK, N_("Warnings by audience"), of_office },
	{ "in-vendors", FORM_CHECK, N_("Response of vendors"), of_office },
	{ "in-units", FORM_CHECK, N_("Contribution of units"), of_office },
};
static const FormSection new_sections[] = { { N_("Kind and period"), NULL, period_items, COUNT(period_items) },
	{ N_("Sections"), N_("Each is drafted with its chart, its table and the words that follow from it; the words can be changed."),
		chosen_items, COUNT(chosen_items) } };
const Form figure_report_new_form = { "figure-report-new", 1, N_("New report"), new_sections, COUNT(new_sections), NULL };
