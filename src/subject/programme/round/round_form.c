/* The forms that rounds are made with. What they hold is text; what follows of it is checked when it is typed, where it is wrong. */
#include "base/base/clock.h"
#include "subject/programme/round/round_private.h"

#include <ctype.h>

/* ---- What a value has to be */
bool round_instant(Text text, int64_t *out)
{
	enum { ZONE_MS = 8 * 3600 * 1000, LENGTH = 16 };
	char iso[LENGTH + 5];
	if (text.length != LENGTH || (text.at[10] != ' ' && text.at[10] != 'T')) return false;
	snprintf(iso, sizeof(iso), "%.10sT%.5s:00Z", text.at, text.at + 11);
	if (!clock_parse(text_from(iso), out)) return false;
	*out -= ZONE_MS;
	return true;
}

bool round_numbers_parse(Text text, int64_t *out, size_t max, size_t *out_count)
{
	Text rest = text, piece;
	size_t count = 0;
	while (text_next(&rest, ',', &piece)) {
		if (count == max || !text_to_int(text_trim(piece), &out[count]) || out[count] < 0) return false;
		count++;
	}
	*out_count = count;
	return count > 0;
}

bool round_pairs_parse(Text text, int64_t (*out)[2], size_t max, size_t *out_count)
{
	Text rest = text, piece, first;
	size_t count = 0;
	if (!text_trim(text).length) {
		*out_count = 0;
		return true;
	}
	for (; text_next(&rest, ',', &piece); count++) {
		if (count == max || !text_next(&piece, ':', &first) || !text_to_int(text_trim(first), &out[count][0]) || !piece.at ||
			!text_to_int(text_trim(piece), &out[count][1]))
			return false;
	}
	*out_count = count;
	return true;
}

const char *round_check_instant(Text value)
{
	int64_t at;
	return round_instant(text_trim(value), &at) ? NULL : N_("Please enter day and hour as 2026-03-05 14:00.");
}

static const char *check_whole(Text value)
{
	int64_t number;
	return text_to_int(text_trim(value), &number) && number >= 0 && number <= 100000 ? NULL
											 : N_("Please enter a whole number, 0 or more.");
}

static const char *check_points(Text value)
{
	int64_t hundredths;
	return hundredths_parse(text_trim(value), &hundredths) ? NULL : N_("Please enter a number with at most two decimals.");
}

static const char *check_percent(Text value)
{
	int64_t hundredths;
	return hundredths_parse(text_trim(value), &hundredths) && hundredths <= SCORE_WEIGHTS
		       ? NULL
		       : N_("Please enter a percentage of 0 to 100.");
}

static const char *check_trims(Text value)
{
	int64_t pairs[SCORE_TRIMS_MAX][2];
	size_t count;
	return round_pairs_parse(value, pairs, SCORE_TRIMS_MAX, &count) ? NULL : N_("Please enter pairs such as 5:1, 11:2.");
}

static const char *check_seats(Text value)
{
	int64_t seats[SEAT_SPECIALTIES_MAX];
	size_t count;
	return round_numbers_parse(value, seats, SEAT_SPECIALTIES_MAX, &count) ? NULL : N_("Please enter numbers such as 3, 2, 2.");
}

static const char *check_name(Text value)
{
	for (size_t i = 0; i < value.length; i++)
		if (!isalnum((unsigned char)value.at[i]) && value.at[i] != '-') return N_("Please use letters, digits and hyphens only.");
	return NULL;
}

/* What pages and files of an application call something else. */
static const char *check_field_name(Text value)
{
	static const char *const taken[] = { "check", "seal", "csrf", "do", "revision", "field", "value", "files", "paper" };
	for (size_t i = 0; i < COUNT(taken); i++)
		if (text_is(value, text_from(taken[i]))) return N_("This name is taken: %s");
	return check_name(value);
}

static const FormChoice directions[] = { { "technical", N_("Technical support unit") },
	{ "partner", N_("Vulnerability-governance partner") } };
static const FormChoice scopes[] = { { "both", N_("Both directions") }, { "technical", N_("Technical support unit") },
	{ "partner", N_("Vulnerability-governance partner") } };
static const FormChoice papers[] = { { "none", N_("No paper copy") }, { "postmark", N_("By post: the postmark counts") },
	{ "arrival", N_("By post: the arrival counts") } };
static const FormChoice kinds[] = { { "text", N_("One line") }, { "lines", N_("Several lines") }, { "number", N_("Number") },
	{ "date", N_("Date") }, { "choice", N_("Choice") }, { "table", N_("Table of rows") }, { "file", N_("File") } };

#define WHOLE(name, label, help) \
	{ \
		name, FORM_TEXT, label, help, .required = true, .max_length = 6, .check = check_whole \
	}
#define POINTS(name, label, help) \
	{ \
		name, FORM_TEXT, label, help, .required = true, .max_length = 10, .check = check_points \
	}
#define PERCENT(name, label, help) \
	{ \
		name, FORM_TEXT, label, help, .required = true, .max_length = 6, .check = check_percent \
	}

/* ---- The head */
static const FormItem notice_items[] = {
	{ "code", FORM_TEXT, N_("Code of the round"), N_("Such as 2026-1; it stands in addresses and in the seed of the draw."),
		.required = true, .max_length = 20, .check = check_name },
	{ "title_zh", FORM_TEXT, N_("Title in Chinese"), NULL, .required = true },
	{ "title_en", FORM_TEXT, N_("Title in English"), NULL, .required = true },
	{ "notice_zh", FORM_MARKDOWN, N_("Notice in Chinese"), NULL, .required = true },
	{ "notice_en", FORM_MARKDOWN, N_("Notice in English"), NULL, .required = true },
	{ "conditions_zh", FORM_LINES, N_("Conditions in Chinese"), N_("One a line."), .required = true, .max_length = 4000 },
	{ "conditions_en", FORM_LINES, N_("Conditions in English"), N_("One a line."), .required = true, .max_length = 4000 },
};
static const FormItem time_items[] = {
	{ "opens_on", FORM_TEXT, N_("Opens on"), N_("Day and hour in Beijing time, as 2026-03-05 09:00."), .required = true,
		.check = round_check_instant },
	{ "closes_on", FORM_TEXT, N_("Closes on"), N_("Day and hour in Beijing time, as 2026-03-05 09:00."), .required = true,
		.check = round_check_instant },
	WHOLE("grace_minutes", N_("Minutes of grace"), N_("Files of an application whose hash was lodged in time may arrive so long.")),
	WHOLE("publicity_days", N_("Working days of public notice"), NULL),
	{ "paper", FORM_CHOICE, N_("Paper copy"), NULL, .required = true, .choices = papers, .choice_count = COUNT(papers) },
	{ "paper_address", FORM_LINES, N_("Where the paper copy goes"), NULL, .max_length = 500,
		.required_when = { "paper", "postmark arrival" }, .shown_when = { "paper", "postmark arrival" } },
	{ "electronic_seal", FORM_CHECK, N_("An electronic seal takes the place of paper"), NULL,
		.shown_when = { "paper", "postmark arrival" } },
	{ "both_directions", FORM_CHECK, N_("An organisation may apply in both directions"), NULL },
};
static const FormItem panel_items[] = {
	{ "specialties", FORM_LINES, N_("Specialties of experts"), N_("One a line; seats of each direction are stated in this order."),
		.required = true, .max_length = 2000 },
};
static const FormSection head_sections[] = { { N_("Notice"), NULL, notice_items, COUNT(notice_items) },
	{ N_("Instants and paper"), NULL, time_items, COUNT(time_items) }, { N_("Panels"), NULL, panel_items, COUNT(panel_items) } };
const Form round_head_form = { "round", 1, N_("Selection round"), head_sections, COUNT(head_sections), NULL };

/* ---- Items */
#define DIRECTION \
	{ \
		"direction", FORM_CHOICE, N_("Direction"), NULL, .required = true, .choices = directions, \
								 .choice_count = COUNT(directions) \
	}
static const FormItem direction_items[] = {
	DIRECTION,
	WHOLE("places", N_("Places"), NULL),
	WHOLE("reserve", N_("Reserve"), NULL),
	{ "newcomers", FORM_TEXT, N_("Newcomers at most"), N_("Empty: no ceiling."), .max_length = 6, .check = check_whole },
	POINTS("threshold", N_("Total that is needed"), N_("Points of 100.")),
	{ "trim", FORM_TEXT, N_("Sheets left out"),
		N_("Pairs of number of sheets and how many of the highest and of the lowest are left out from there on: 5:1, 11:2. Empty: "
		   "none."),
		.check = check_trims },
	{ "ties", FORM_TEXT, N_("Order at ties"),
		N_("Such as criterion:c1, criterion:c2, median, top, contribution; the lot is always last."), .required = true },
	PERCENT("low_percent", N_("A reason is required below"), N_("Percent of a criterion's highest score.")),
	PERCENT("high_percent", N_("A reason is required above"), N_("Percent of a criterion's highest score.")),
	{ "seats", FORM_TEXT, N_("Seats of each specialty"), N_("In the order of the specialties: 3, 2, 2."), .required = true,
		.check = check_seats },
	WHOLE("group_limit", N_("Members of one group of employers at most"), NULL),
	PERCENT("alternate_percent", N_("Alternates"), N_("Percent of the seats, 30 to 50.")),
};
static const FormItem criterion_items[] = {
	DIRECTION,
	{ "id", FORM_TEXT, N_("Short name"), N_("Such as c1; sheets and the order at ties refer to it."), .required = true,
		.max_length = 20, .check = check_name },
	{ "name_zh", FORM_TEXT, N_("Name in Chinese"), NULL, .required = true },
	{ "name_en", FORM_TEXT, N_("Name in English"), NULL, .required = true },
	PERCENT("weight", N_("Weight"), N_("Percent; all criteria of a direction add up to 100.")),
	POINTS("maximum", N_("Highest score"), NULL),
	POINTS("step", N_("Step"), N_("Scores are multiples of it.")),
	POINTS("must", N_("Score that is needed"), N_("0: none.")),
	{ "objective", FORM_CHECK, N_("Objective: scored once by the office and confirmed by the panel"), NULL },
	{ "clause", FORM_TEXT, N_("Clause of the rating method"), NULL },
};
static const FormItem star_items[] = {
	DIRECTION,
	WHOLE("stars", N_("Stars"), NULL),
	POINTS("total", N_("Total that is needed"), N_("Points of 100.")),
	PERCENT("criterion_percent", N_("Of every criterion at least"), N_("Percent of its highest score.")),
	WHOLE("places", N_("Units at most"), N_("0: no limit.")),
	{ "newcomers", FORM_CHECK, N_("Newcomers may have it"), NULL },
	{ "faultless", FORM_CHECK, N_("Only with an inspection without findings"), NULL },
};
static const FormItem field_items[] = {
	{ "direction", FORM_CHOICE, N_("Direction"), NULL, .required = true, .choices = scopes, .choice_count = COUNT(scopes) },
	{ "name", FORM_TEXT, N_("Short name"), NULL, .required = true, .max_length = 40, .check = check_field_name },
	{ "section_zh", FORM_TEXT, N_("Section in Chinese"), NULL, .required = true },
	{ "section_en", FORM_TEXT, N_("Section in English"), NULL, .required = true },
	{ "label_zh", FORM_TEXT, N_("Label in Chinese"), NULL, .required = true },
	{ "label_en", FORM_TEXT, N_("Label in English"), NULL, .required = true },
	{ "kind", FORM_CHOICE, N_("Kind"), NULL, .required = true, .choices = kinds, .choice_count = COUNT(kinds) },
	{ "choices", FORM_LINES, N_("Choices or columns"), N_("One a line."), .required_when = { "kind", "choice table" },
		.shown_when = { "kind", "choice table" }, .max_length = 4000 },
	{ "choices_en", FORM_LINES, N_("The same in English"), N_("In the same order. Empty: as in Chinese."),
		.shown_when = { "kind", "choice table" }, .max_length = 4000 },
	{ "required", FORM_CHECK, N_("It must be filled in"), NULL },
	{ "limit", FORM_TEXT, N_("Limit"), N_("Characters, rows, or the highest number. Empty: the usual one."), .max_length = 6,
		.check = check_whole },
	{ "help_zh", FORM_TEXT, N_("Help in Chinese"), NULL },
	{ "help_en", FORM_TEXT, N_("Help in English"), NULL },
	{ "clause", FORM_TEXT, N_("Clause of the rating method"), NULL },
};
static const FormSection direction_section[] = { { N_("Direction"), NULL, direction_items, COUNT(direction_items) } };
static const FormSection criterion_section[] = { { N_("Criterion"), NULL, criterion_items, COUNT(criterion_items) } };
static const FormSection star_section[] = { { N_("Star rule"), NULL, star_items, COUNT(star_items) } };
static const FormSection field_section[] = { { N_("Field of the form"), NULL, field_items, COUNT(field_items) } };
static const Form direction_form = { "round-direction", 1, N_("Direction"), direction_section, 1, NULL };
static const Form criterion_form = { "round-criterion", 1, N_("Criterion"), criterion_section, 1, NULL };
static const Form star_form = { "round-star", 1, N_("Star rule"), star_section, 1, NULL };
static const Form field_form = { "round-field", 1, N_("Field of the form"), field_section, 1, NULL };

const RoundKind round_kinds[] = {
	{ "direction", N_("Directions"), &direction_form },
	{ "criterion", N_("Criteria"), &criterion_form },
	{ "star", N_("Star rules, the best first"), &star_form },
	{ "field", N_("Fields of the form"), &field_form },
};
const size_t round_kind_count = COUNT(round_kinds);

const RoundKind *round_kind(Text name)
{
	for (size_t i = 0; i < COUNT(round_kinds); i++)
		if (text_is(name, text_from(round_kinds[i].name))) return &round_kinds[i];
	return NULL;
}

/* ---- Actions */
static const FormItem cancel_items[] = { { "reason", FORM_LINES, N_("Reason, shown to everybody"), NULL, .required = true,
	.max_length = 1000 } };
static const FormSection cancel_section[] = { { N_("Cancel the round"), NULL, cancel_items, COUNT(cancel_items) } };
static const Form cancel_form = { "round-cancel", 1, N_("Cancel the round"), cancel_section, 1, NULL };

const Form *round_action_form(const char *name) { return name && strcmp(name, cancel_form.name) == 0 ? &cancel_form : NULL; }

void round_instants(const Map *head, int64_t *out_opens, int64_t *out_closes, int64_t *out_ends)
{
	enum { MINUTE_MS = 60 * 1000 };
	int64_t minutes = 0;
	*out_opens = *out_closes = 0;
	if (!round_instant(text_trim(form_answer(head, "opens_on")), out_opens)) *out_opens = 0;
	if (!round_instant(text_trim(form_answer(head, "closes_on")), out_closes)) *out_closes = 0;
	if (!text_to_int(text_trim(form_answer(head, "grace_minutes")), &minutes)) minutes = 0;
	*out_ends = *out_closes + minutes * MINUTE_MS;
}

Text round_direction_text(Call *call, Lang lang, Text direction)
{
	return form_shown_value(call, lang, form_item(round_kind(TEXT("direction"))->form, TEXT("direction")), direction);
}

Text round_letters_place(Arena *arena, Text ref) { return arena_printf(arena, "/programme/rounds/%.*s/letters", TEXT_ARGS(ref)); }
