/* What follows from what was typed. */
#include "subject/report/catalogue_private.h"
#include "subject/report/intake_private.h"

#include "engine/rating/rating.h"

static bool is_digit(char byte) { return byte >= '0' && byte <= '9'; }

/* "CVE-" year "-" four to ten digits; CNVD five to ten; CNNVD year and month in one, or year, then three to ten. */
static bool is_number(Text number)
{
	static const struct {
		const char *prefix;
		size_t head_least, head_most, tail_least;
	} forms[] = { { "CVE-", 4, 4, 4 }, { "CNVD-", 4, 4, 5 }, { "CNNVD-", 4, 6, 3 } };
	for (size_t i = 0; i < COUNT(forms); i++) {
		size_t at = strlen(forms[i].prefix), head = 0, tail = 0;
		if (number.length <= at || !text_is_nocase(text_slice(number, 0, at), text_from(forms[i].prefix))) continue;
		while (at < number.length && is_digit(number.at[at])) at++, head++;
		if (head < forms[i].head_least || head > forms[i].head_most || head == 5 || at == number.length || number.at[at++] != '-')
			return false;
		while (at < number.length && is_digit(number.at[at])) at++, tail++;
		return at == number.length && tail >= forms[i].tail_least && tail <= 10;
	}
	return false;
}

static bool is_between(char byte) { return byte == ' ' || byte == ',' || byte == ';'; }

const char *numbers_fault(Text value)
{
	for (size_t i = 0; i < value.length;) {
		while (i < value.length && is_between(value.at[i])) i++;
		size_t start = i;
		while (i < value.length && !is_between(value.at[i])) i++;
		if (i > start && !is_number(text_slice(value, start, i)))
			return N_("Numbers such as CVE-2024-1234, CNVD-2024-12345 or CNNVD-202401-1234 are expected.");
	}
	return NULL;
}

/* What the weakness is called in a title: the attack's name, else that of the class. */
static Text weakness_words(Lang lang, const Map *values)
{
	const char *attack = attack_text(form_answer(values, "attack"));
	const WeaknessClass *weakness = weakness_find(form_answer(values, "class"));
	if (attack && strcmp(attack, attack_choices[ATTACK_COUNT - 1].label) != 0) return tr(lang, attack);
	return weakness ? tr(lang, weakness->text) : TEXT("");
}

static Text title_of(Arena *arena, Lang lang, const Map *values)
{
	Text product = form_answer(values, "product"), weakness = weakness_words(lang, values);
	if (!product.length || !weakness.length) return TEXT("");
	Buffer title = { .arena = arena };
	Text words = tr(lang, N_("{product}: {weakness}"));
	for (Text rest = words; rest.length;) {
		bool is_product = text_starts(rest, TEXT("{product}")), is_weakness = text_starts(rest, TEXT("{weakness}"));
		size_t step = is_product ? strlen("{product}") : is_weakness ? strlen("{weakness}") : 1;
		buffer_put(&title, is_product ? product : is_weakness ? weakness : text_slice(rest, 0, 1));
		rest = text_slice(rest, step, rest.length);
	}
	Text whole = buffer_text(&title);
	return text_utf8_length(whole) <= 120 ? whole : TEXT("");
}

static void complete_class(Arena *arena, const Map *before, Map *values)
{
	Text attack = form_answer(values, "attack"), class = form_answer(values, "class");
	const char *of_attack = attack_class(attack), *of_class = attack_of_class(class);
	bool attack_changed = before && !text_is(form_answer(before, "attack"), attack);
	bool class_kept = !before || text_is(form_answer(before, "class"), class);
	if (of_attack && (!class.length || (attack_changed && class_kept)))
		form_set(arena, values, TEXT("class"), text_from(of_attack));
	else if (!attack.length && of_class)
		form_set(arena, values, TEXT("attack"), text_from(of_class));
}

static Text rated(Arena *arena, const Map *values, const char *tag)
{
	const Text *value = map_get(values, arena_printf(arena, "rate_%s", tag));
	return value ? *value : TEXT("");
}

/* "CNVRS:1.0/AV:N/…" of the answered questions; no text while one of the first seven is open. The last three are given together or left out. */
static Text vector_of(Arena *arena, const Map *values)
{
	static const char *const tags[] = { "AV", "AC", "PR", "UI", "C", "I", "A", "E", "RL", "S" };
	enum { TECHNICAL = 7 };
	Buffer vector = { .arena = arena };
	size_t count = 0;
	for (size_t i = 0; i < COUNT(tags); i++) count += rated(arena, values, tags[i]).length > 0 && count == i;
	if (count < TECHNICAL) return TEXT("");
	buffer_put(&vector, TEXT("CNVRS:1.0"));
	for (size_t i = 0; i < (count == COUNT(tags) ? count : (size_t)TECHNICAL); i++)
		buffer_printf(&vector, "/%s:%.*s", tags[i], TEXT_ARGS(rated(arena, values, tags[i])));
	return buffer_text(&vector);
}

static void complete_rating(Arena *arena, const Map *before, Map *values)
{
	if (!text_is(form_answer(values, "rate_by"), TEXT("form"))) return;
	Text vector = vector_of(arena, values), given = form_answer(values, "gbt30279");
	bool is_built = before && text_is(given, vector_of(arena, before));
	if (vector.length && (!given.length || is_built)) form_set(arena, values, TEXT("gbt30279"), vector);
}

Error intake_complete(Call *call, const Map *before, Map *values)
{
	Arena *arena = call->arena;
	Lang lang = call->lang;
	Text title = form_answer(values, "title");
	Text built = before ? title_of(arena, lang, before) : TEXT("");
	bool is_built = !title.length || (built.length && text_is(title, built));
	TRY(catalogue_complete(call, before, values));
	complete_class(arena, before, values);
	Text fresh = title_of(arena, lang, values);
	if (is_built && fresh.length) form_set(arena, values, TEXT("title"), fresh);
	complete_rating(arena, before, values);
	return OK;
}
