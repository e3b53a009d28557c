/* Words of a text one by one, for what compares descriptions: folded, single Chinese characters, pieces of identifiers. */
#pragma once
#include "base/base/base.h"

typedef struct Unit {
	Text word, written; /* folded; word: stemmed; in the arena */
	uint64_t hash;
	size_t run; /* units of one run are held together by - _ . / : \ @ */
	bool is_chinese;
	bool is_name; /* begins with a capital letter or has a digit */
} Unit;
typedef struct Run { /* at least two pieces, or a version */
	Text whole; /* folded: "jpxstream::init", "8.0.33" */
	Text joined; /* without what holds it together; no text when that is more than a hyphen or underscore */
	bool is_version;
} Run;
typedef struct Units {
	LIST_OF(Unit) units;
	LIST_OF(Run) runs;
} Units;
void units_of(Arena *arena, Text text, Units *out);
uint64_t unit_mix(uint64_t hash, uint64_t next);

/* ---- What is said in both languages (concept.def) */
typedef struct Concept {
	const char *group, *weaknesses, *chinese, *english;
} Concept;
/* The longest name that begins with this unit; how many units it has, 0: none. */
size_t concept_at(const Units *units, size_t at, int *out_concept);
const Concept *concept_of(int concept);
int concept_of_weakness(Text cwe); /* "CWE-79"; -1: none */
