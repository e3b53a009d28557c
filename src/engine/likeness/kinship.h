/*
 * kinship: how much speaks for two descriptions being of one vulnerability. An index of terms (postings) finds some tens of candidates; they are
 * then compared one by one, and what they share is said in words. Pure.
 */
#pragma once
#include "engine/likeness/terms.h"

/* How rare a term is that `with` of `all` documents have; 0 when none or nearly all do. */
double kinship_rarity(size_t with, size_t all);
double kinship_query_weight(const Term *term);

typedef enum KinshipSign {
	SIGN_INDEX, /* what the index says, beside its best candidate */
	SIGN_SHARED, /* share of what the question says, by rarity, that the other says too */
	SIGN_NAMES, /* the same of the names of vendor and product in the question's title and names */
	SIGN_NAMES_BACK, /* share of the words of the other's best name that the question has */
	SIGN_FIRST_NAME, /* the same of its first name */
	SIGN_VERSIONS, /* versions of the question that the other names */
	SIGN_NO_VERSION, /* the question names versions, the other none of them */
	SIGN_PLACES, /* places shared, by rarity */
	SIGN_PLACES_LOST, /* places only the question names, by rarity */
	SIGN_CLASS, /* a class of weakness in common */
	SIGN_OTHER_CLASS, /* both speak of classes, of none in common */
	SIGN_PARTS, /* share of concepts */
	SIGN_PARTS_BACK, /* share of the other's weakness terms that the question has */
	SIGN_TIME, /* became known within days of each other */
	SIGN_FAR, /* more than a year apart */
	SIGN_LEVEL, /* of the same severity */
	SIGN_BODY_BACK, /* of the other's places the question names */
	KINSHIP_SIGNS
} KinshipSign;

typedef struct Kinship {
	double signs[KINSHIP_SIGNS];
} Kinship;
/* `rarity`: of each term of the question. `index`: SIGN_INDEX. */
void kinship_of(const Description *question, const Terms *asked, const double *rarity, const Description *other, const Terms *terms,
	double index, Kinship *out);
double kinship_score(const Kinship *kinship); /* higher: more */
/* For people: what both say of a kind (TERM_NAME, TERM_VERSION, TERM_PLACE), the rarest first, at most four. */
void kinship_words(Arena *arena, const Terms *asked, const double *rarity, const Terms *terms, TermKind kind, Texts *out);
