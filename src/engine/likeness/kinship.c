#include "engine/likeness/kinship.h"

#include <math.h>
#include <stdlib.h>

enum { DAY_MS = 86400000 };

double kinship_rarity(size_t with, size_t all)
{
	if (!with || !all) return 0;
	double rarity = log(((double)all + 1) / ((double)with + 0.5));
	return rarity > 0 ? rarity : 0;
}

double kinship_query_weight(const Term *term) { return sqrt((double)term->weight); }

static double ratio(double part, double whole) { return whole > 0 ? part / whole : 0; }

/* Of the other's terms of a kind, how many the question has. */
static double share_back(const Terms *asked, const Terms *terms, TermKind kind)
{
	double all = 0, shared = 0;
	for (size_t i = 0; i < terms->list.count; i++) {
		const Term *term = &terms->list.at[i];
		if (term->kind != kind) continue;
		all++;
		shared += terms_find(asked, term->hash) != NULL;
	}
	return ratio(shared, all);
}

static double name_share(const Terms *asked, const NameLine *name)
{
	double shared = 0;
	for (size_t i = 0; i < name->count; i++) shared += terms_find(asked, name->words[i]) != NULL;
	return ratio(shared, (double)name->count);
}

typedef struct Sums {
	double all, shared, names, names_shared, versions, versions_shared, places, places_shared, parts, parts_shared;
} Sums;

static void add_up(const Term *term, double rarity, const Term *there, Sums *sums)
{
	sums->all += rarity;
	if (there) sums->shared += rarity;
	bool is_name = term->weight >= 4 && (term->kind == TERM_WORD || term->kind == TERM_NAME || term->kind == TERM_PLACE);
	if (is_name && (unsigned char)term->word.at[0] < 0x80) {
		sums->names += rarity;
		if (there) sums->names_shared += rarity;
	}
	if (term->kind == TERM_VERSION) {
		sums->versions++;
		sums->versions_shared += there != NULL;
	}
	if (term->kind == TERM_PLACE || (term->kind == TERM_WORD && term->weight < 4 && (unsigned char)term->word.at[0] < 0x80)) {
		sums->places += rarity;
		if (there) sums->places_shared += rarity;
	}
	if (term->kind == TERM_WEAKNESS || term->kind == TERM_PART) {
		sums->parts += rarity;
		if (there) sums->parts_shared += rarity;
	}
}

void kinship_of(const Description *question, const Terms *asked, const double *rarity, const Description *other, const Terms *terms,
	double index, Kinship *out)
{
	Sums sums = { 0 };
	*out = (Kinship) { 0 };
	double *sign = out->signs;
	for (size_t i = 0; i < asked->list.count; i++)
		add_up(&asked->list.at[i], rarity[i], terms_find(terms, asked->list.at[i].hash), &sums);
	sign[SIGN_INDEX] = index;
	sign[SIGN_SHARED] = ratio(sums.shared, sums.all);
	sign[SIGN_NAMES] = ratio(sums.names_shared, sums.names);
	for (size_t i = 0; i < terms->names.count; i++) {
		double share = name_share(asked, &terms->names.at[i]);
		if (i == 0) sign[SIGN_FIRST_NAME] = share;
		if (share > sign[SIGN_NAMES_BACK]) sign[SIGN_NAMES_BACK] = share;
	}
	sign[SIGN_VERSIONS] = ratio(sums.versions_shared, sums.versions);
	sign[SIGN_NO_VERSION] = sums.versions > 0 && !(sums.versions_shared > 0);
	sign[SIGN_PLACES] = sums.places_shared / 20;
	sign[SIGN_PLACES_LOST] = (sums.places - sums.places_shared) / 20;
	sign[SIGN_CLASS] = (asked->groups & terms->groups) != 0;
	sign[SIGN_OTHER_CLASS] = asked->groups && terms->groups && !(asked->groups & terms->groups);
	sign[SIGN_PARTS] = ratio(sums.parts_shared, sums.parts);
	sign[SIGN_PARTS_BACK] = share_back(asked, terms, TERM_WEAKNESS);
	sign[SIGN_BODY_BACK] = share_back(asked, terms, TERM_PLACE);
	if (question->at && other->at) {
		double days = fabs((double)(question->at - other->at)) / DAY_MS;
		sign[SIGN_TIME] = exp(-days / 20);
		sign[SIGN_FAR] = days > 365;
	}
	sign[SIGN_LEVEL] = question->level.length && text_is(question->level, other->level);
}

/* Fitted to the tuning half of the pilot's pairs (tools/alike_pairs.py), both ways together: the share of the right one among its rivals. */
double kinship_score(const Kinship *kinship)
{
	static const double weights[KINSHIP_SIGNS] = { [SIGN_INDEX] = 3.7,
		[SIGN_SHARED] = 3.6,
		[SIGN_NAMES] = 2.6,
		[SIGN_NAMES_BACK] = -0.1,
		[SIGN_FIRST_NAME] = 1.8,
		[SIGN_VERSIONS] = 1.7,
		[SIGN_NO_VERSION] = -1.1,
		[SIGN_PLACES] = 1.3,
		[SIGN_PLACES_LOST] = -1.3,
		[SIGN_CLASS] = -1.5,
		[SIGN_OTHER_CLASS] = -1.8,
		[SIGN_PARTS] = 5.2,
		[SIGN_PARTS_BACK] = 1.8,
		[SIGN_TIME] = 4.9,
		[SIGN_FAR] = -2.5,
		[SIGN_LEVEL] = 0.3,
		[SIGN_BODY_BACK] = 0.4 };
	double score = 0;
	for (size_t i = 0; i < KINSHIP_SIGNS; i++) score += weights[i] * kinship->signs[i];
	return score;
}

/* ---- Said in words */
static bool is_of_kind(const Term *asked, const Term *there, TermKind kind)
{
	if ((unsigned char)asked->word.at[0] >= 0x80 && kind != TERM_NAME) return false;
	if (kind == TERM_NAME) return there->kind == TERM_NAME || asked->kind == TERM_NAME;
	if (kind == TERM_PLACE && asked->kind == TERM_NAME) return false;
	return asked->kind == kind || there->kind == kind;
}

/* "lumen" says nothing beside "lumennotes". */
static bool is_part(const Text *words, size_t count, size_t at)
{
	for (size_t i = 0; i < count; i++)
		if (i != at && words[i].length > words[at].length && text_find(words[i], words[at], NULL)) return true;
	return false;
}

void kinship_words(Arena *arena, const Terms *asked, const double *rarity, const Terms *terms, TermKind kind, Texts *out)
{
	enum { WORDS_MOST = 4 };
	double rare[WORDS_MOST];
	Text words[WORDS_MOST];
	size_t count = 0;
	for (size_t i = 0; i < asked->list.count; i++) {
		const Term *term = &asked->list.at[i], *there = terms_find(terms, term->hash);
		if (!there || !is_of_kind(term, there, kind)) continue;
		size_t at = count < WORDS_MOST ? count++ : WORDS_MOST;
		while (at && rare[at - 1] < rarity[i]) {
			if (at < WORDS_MOST) {
				rare[at] = rare[at - 1];
				words[at] = words[at - 1];
			}
			at--;
		}
		if (at == WORDS_MOST) continue;
		rare[at] = rarity[i];
		words[at] = term->word;
	}
	*out = (Texts) { 0 };
	for (size_t i = 0; i < count; i++)
		if (!is_part(words, count, i)) list_add(arena, out, words[i]);
}
