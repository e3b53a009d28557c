/* Attack names: what people type, and the standard's leaf it belongs to. */
#include "subject/report/intake_private.h"

#include "engine/rating/rating.h"

static const struct {
	const char *class_tag, *names;
} attacks[] = {
#define ATTACK(tag, text, class, names) { class, names },
#include "subject/report/attack.def"
#undef ATTACK
};

const FormChoice attack_choices[ATTACK_COUNT] = {
#define ATTACK(tag, text, class, names) { tag, text },
#include "subject/report/attack.def"
#undef ATTACK
};

static bool is_blank(char byte) { return byte == ' ' || byte == '-' || byte == '_'; }

/* Equal without case, blanks and hyphens. */
static bool is_alike(Text left, Text right)
{
	size_t i = 0, j = 0;
	for (;;) {
		while (i < left.length && is_blank(left.at[i])) i++;
		while (j < right.length && is_blank(right.at[j])) j++;
		if (i == left.length || j == right.length) return i == left.length && j == right.length;
		if (!text_is_nocase(text_slice(left, i, i + 1), text_slice(right, j, j + 1))) return false;
		i++;
		j++;
	}
}

static bool has_name(size_t attack, Text typed)
{
	Text rest = text_from(attacks[attack].names), name;
	while (text_next(&rest, '|', &name))
		if (is_alike(name, typed)) return true;
	const FormChoice *choice = &attack_choices[attack];
	return is_alike(text_from(choice->value), typed) || is_alike(text_from(choice->label), typed) ||
	       is_alike(tr(LANG_ZH, choice->label), typed);
}

/* "SQL注入漏洞", "XSS vulnerability": the word that says nothing is left out. */
static Text without_tail(Text typed)
{
	static const char *const tails[] = { "漏洞", "缺陷漏洞", " vulnerability", " weakness" };
	for (size_t i = 0; i < COUNT(tails); i++)
		if (text_ends(typed, text_from(tails[i]))) return text_trim(text_slice(typed, 0, typed.length - strlen(tails[i])));
	return typed;
}

const char *attack_of_name(Text typed)
{
	Text short_form = without_tail(typed);
	if (!typed.length) return NULL;
	for (size_t i = 0; i < COUNT(attacks); i++)
		if (has_name(i, typed) || (short_form.length && has_name(i, short_form))) return attack_choices[i].value;
	return NULL;
}

const char *attack_of_class(Text class_tag)
{
	const char *found = NULL;
	for (size_t i = 0; i < COUNT(attacks); i++) {
		if (!text_is(text_from(attacks[i].class_tag), class_tag)) continue;
		if (found) return NULL; /* several belong to it: nobody can tell which is meant */
		found = attack_choices[i].value;
	}
	return found;
}

const char *attack_class(Text attack)
{
	for (size_t i = 0; i < COUNT(attacks); i++)
		if (text_is(text_from(attack_choices[i].value), attack)) return attacks[i].class_tag;
	return NULL;
}

const char *attack_text(Text attack)
{
	for (size_t i = 0; i < COUNT(attacks); i++)
		if (text_is(text_from(attack_choices[i].value), attack)) return attack_choices[i].label;
	return NULL;
}
