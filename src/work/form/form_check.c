/* What a value must be, field by field. */
#include "base/base/clock.h"
#include "engine/rating/rating.h"
#include "work/form/form.h"

enum { LINE_LENGTH = 200, LINES_LENGTH = 20000 };

static bool is_one_line(FormKind kind) { return kind != FORM_LINES && kind != FORM_MARKDOWN && kind != FORM_TABLE; }

static size_t limit_of(const FormItem *item)
{
	if (item->max_length && item->kind != FORM_NUMBER && item->kind != FORM_TABLE) return item->max_length;
	return item->kind == FORM_URL ? 2000 : is_one_line(item->kind) ? LINE_LENGTH : LINES_LENGTH;
}

static bool has_control(Text value, bool lines_allowed)
{
	for (size_t i = 0; i < value.length; i++) {
		unsigned char byte = (unsigned char)value.at[i];
		if ((byte < 0x20 && !(lines_allowed && (byte == '\n' || byte == '\t' || byte == '\r'))) || byte == 0x7F) return true;
	}
	return false;
}

static bool is_choice(const FormItem *item, Text value)
{
	for (size_t i = 0; i < item->choice_count; i++)
		if (text_is(text_from(item->choices[i].value), value)) return true;
	return false;
}

static bool is_date(Text value)
{
	if (value.length != 10) return false;
	for (size_t i = 0; i < 10; i++) {
		bool dash = i == 4 || i == 7;
		if (dash ? value.at[i] != '-' : (value.at[i] < '0' || value.at[i] > '9')) return false;
	}
	int64_t at;
	return clock_parse(value, &at);
}

static bool is_url(Text value)
{
	size_t host = text_starts(value, TEXT("https://")) ? 8 : text_starts(value, TEXT("http://")) ? 7 : 0;
	return host && value.length > host && value.at[host] != '/' && !text_find(value, TEXT(" "), NULL);
}

static bool is_email(Text value)
{
	size_t at;
	if (!text_find(value, TEXT("@"), &at) || at == 0 || text_find(value, TEXT(" "), NULL)) return false;
	Text domain = text_slice(value, at + 1, value.length);
	size_t dot;
	return text_find(domain, TEXT("."), &dot) && dot > 0 && dot + 1 < domain.length && !text_find(domain, TEXT("@"), NULL);
}

static void check_vector(Call *call, const FormItem *item, Text value)
{
	Rating rating;
	RatingError error;
	Text field = text_from(item->name);
	if (!rating_parse(value, &rating, &error))
		call_problem(call, field, N_("This is no complete vector: %s"), rating_error_text(call->arena, call->lang, &error));
	else if ((rating.system == GBT_30279) != (item->kind == FORM_GBT30279))
		call_problem(call, field, N_("This is a vector of %s."), text_from(rating_scheme(rating.system)->name));
}

static void check_number(Call *call, const FormItem *item, Text value)
{
	int64_t number = 0;
	bool is_number = text_to_int(value, &number);
	if (!is_number || number < (item->is_from_zero ? 0 : 1) || number > (int64_t)item->max_length)
		call_problem(call, text_from(item->name),
			item->is_from_zero ? N_("A whole number from 0 to %s is expected.")
					   : N_("A whole number from 1 to %s is expected."),
			arena_printf(call->arena, "%zu", item->max_length));
}

static void check_rows(Call *call, const FormItem *item, Text value)
{
	size_t most = item->max_length ? item->max_length : FORM_ROWS_USUAL;
	if (form_rows(form_rows_filled(call->arena, item, value)) > most)
		call_problem(call, text_from(item->name), N_("At most %s rows."), arena_printf(call->arena, "%zu", most));
}

static const char *date_fault(const Call *call, const FormItem *item, Text value)
{
	int64_t at = 0;
	if (!is_date(value) || !clock_parse(value, &at)) return N_("A date such as 2026-03-05 is expected.");
	if (item->kind == FORM_DAY) return NULL;
	return at > call->now + (int64_t)8 * 3600 * 1000 ? N_("This date lies in the future.") : NULL; /* midnight of Beijing */
}

static const char NOT_GIVEN[] = N_("Please choose one of the given answers.");

static Error list_fault(Call *call, const Wordlist *list, Text value, const char **out)
{
	Word word;
	bool is_found = false;
	TRY(wordlist_find(call, list, value, -1, &word, &is_found));
	*out = is_found && !word.is_retired && !word.is_reserved ? NULL : NOT_GIVEN;
	return OK;
}

static const char *address_fault(FormKind kind, Text value)
{
	if (kind == FORM_EMAIL) return is_email(value) ? NULL : N_("A mail address is expected.");
	return is_url(value) ? NULL : N_("An address that begins with https:// or http:// is expected.");
}

static const char *fault_of(const Call *call, const FormItem *item, Text value)
{
	switch (item->kind) {
	case FORM_CHOICE: return is_choice(item, value) ? NULL : NOT_GIVEN;
	case FORM_CHECK: return text_is(value, TEXT("yes")) ? NULL : N_("Please tick or leave empty.");
	case FORM_DATE:
	case FORM_DAY: return date_fault(call, item, value);
	case FORM_URL:
	case FORM_EMAIL: return address_fault(item->kind, value);
	case FORM_CLASS: return weakness_find(value) ? NULL : N_("Please choose one of the given classes.");
	case FORM_FILES: return N_("Files are uploaded, not typed.");
	case FORM_TEXT:
	case FORM_NAMED:
	case FORM_LINES:
	case FORM_MARKDOWN:
	case FORM_NUMBER:
	case FORM_TABLE:
	case FORM_CVSS:
	case FORM_GBT30279: return NULL;
	}
	return NULL;
}

/* False when the value may not even be kept in a draft. */
static bool check_shape(Call *call, const FormItem *item, Text value)
{
	Text field = text_from(item->name);
	size_t limit = limit_of(item);
	if (!text_is_utf8(value) || has_control(value, !is_one_line(item->kind)))
		call_problem(call, field, N_("This contains signs that cannot be stored."), (Text) { 0 });
	else if (text_utf8_length(value) > limit)
		call_problem(call, field, N_("At most %s characters."), arena_printf(call->arena, "%zu", limit));
	else
		return true;
	return false;
}

Error form_check_value(Call *call, const FormItem *item, Text value)
{
	(void)check_shape(call, item, value);
	return call_check_problems(call);
}

static Error check_item(Call *call, const FormItem *item, const Map *values)
{
	Text value = form_answer(values, item->name), field = text_from(item->name);
	if (item->kind == FORM_FILES || !form_is_shown(item, values)) return OK;
	if (!value.length) {
		if (form_is_required(item, values))
			call_problem(call, field, item->kind == FORM_CHECK ? N_("Please confirm this.") : N_("Please fill this in."),
				(Text) { 0 });
		return OK;
	}
	if (!check_shape(call, item, value)) return OK;
	const char *fault = NULL, *other = item->check ? item->check(value) : NULL;
	if (item->list)
		TRY(list_fault(call, item->list, value, &fault));
	else
		fault = fault_of(call, item, value);
	if (fault)
		call_problem(call, field, fault, (Text) { 0 });
	else if (other)
		call_problem(call, field, other, value);
	else if (item->kind == FORM_CVSS || item->kind == FORM_GBT30279)
		check_vector(call, item, value);
	else if (item->kind == FORM_NUMBER)
		check_number(call, item, value);
	else if (item->kind == FORM_TABLE)
		check_rows(call, item, value);
	return OK;
}

/* The summary says of which field it speaks. */
static void name_problems(Call *call, const Form *form, size_t from)
{
	for (size_t i = from; i < call->failure.problems.count; i++) {
		Problem *problem = &call->failure.problems.at[i];
		const FormItem *item = form_item(form, problem->field);
		if (item) problem->label = item->label;
	}
}

Error form_check(Call *call, const Form *form, const Map *values)
{
	size_t before = call->failure.problems.count;
	for (size_t i = 0; i < form->section_count; i++)
		for (size_t j = 0; j < form->sections[i].item_count; j++) TRY(check_item(call, &form->sections[i].items[j], values));
	name_problems(call, form, before);
	return call_check_problems(call);
}

Text form_shown_value(Call *call, Lang lang, const FormItem *item, Text value)
{
	Word word;
	bool is_word = false;
	Failure before = call->failure;
	if (item->list && wordlist_find(call, item->list, value, -1, &word, &is_word) != OK) call->failure = before;
	if (is_word) return word_text(&word, lang);
	for (size_t i = 0; i < item->choice_count; i++)
		if (text_is(text_from(item->choices[i].value), value)) return tr(lang, item->choices[i].label);
	if (item->kind == FORM_CHECK) return tr(lang, value.length ? N_("Yes") : N_("No"));
	const WeaknessClass *weakness = item->kind == FORM_CLASS ? weakness_find(value) : NULL;
	int64_t at;
	bool is_day = item->kind == FORM_DATE || item->kind == FORM_DAY;
	if (is_day && clock_parse(value, &at)) return clock_human_date(call->arena, lang, at);
	return weakness ? tr(lang, weakness->text) : value;
}
