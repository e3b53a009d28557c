/* Names of weaknesses, parts and vendors in two languages, looked up as sequences of units. */
#include "engine/likeness/unit_private.h"

#include <threads.h>

enum { SLOTS = 8192, WEAKNESSES = 1500, LONGEST = 14, PREFIX_ONLY = -1 };

static const Concept concepts[] = {
#define CONCEPT(group, weaknesses, chinese, english) { group, weaknesses, chinese, english },
#include "engine/likeness/concept.def"
#undef CONCEPT
};

static struct {
	uint64_t hash; /* 0: free */
	int concept; /* PREFIX_ONLY: only longer ones are names */
} slots[SLOTS];
static int16_t of_weakness[WEAKNESSES]; /* concept + 1 */
static once_flag is_made = ONCE_FLAG_INIT;

static size_t slot_of(uint64_t hash)
{
	size_t at = hash & (SLOTS - 1);
	while (slots[at].hash && slots[at].hash != hash) at = (at + 1) & (SLOTS - 1);
	return at;
}

static void add_name(Arena *arena, Text name, int concept)
{
	Units units;
	uint64_t hash = 0;
	units_of(arena, name, &units);
	must(units.units.count <= LONGEST);
	for (size_t i = 0; i < units.units.count; i++) {
		hash = unit_mix(hash, units.units.at[i].hash);
		size_t slot = slot_of(hash);
		bool is_whole = i + 1 == units.units.count;
		if (!slots[slot].hash) slots[slot].concept = PREFIX_ONLY;
		slots[slot].hash = hash;
		if (is_whole && slots[slot].concept == PREFIX_ONLY) slots[slot].concept = concept;
	}
}

static void make_table(void)
{
	scoped(arena_free) Arena *arena = arena_new((size_t)16 * 1024 * 1024);
	for (int i = 0; i < (int)COUNT(concepts); i++) {
		Text lists[] = { text_from(concepts[i].chinese), text_from(concepts[i].english) }, name;
		for (size_t k = 0; k < COUNT(lists); k++)
			while (text_next(&lists[k], '|', &name)) add_name(arena, name, i);
		for (Text rest = text_from(concepts[i].weaknesses); text_next(&rest, ' ', &name);) {
			int64_t number = 0;
			if (text_to_int(name, &number) && number > 0 && number < WEAKNESSES && !of_weakness[number])
				of_weakness[number] = (int16_t)(i + 1);
		}
	}
}

size_t concept_at(const Units *units, size_t at, int *out_concept)
{
	size_t found = 0;
	uint64_t hash = 0;
	call_once(&is_made, make_table);
	for (size_t i = at; i < units->units.count && i < at + LONGEST; i++) {
		hash = unit_mix(hash, units->units.at[i].hash);
		size_t slot = slot_of(hash);
		if (!slots[slot].hash) break;
		if (slots[slot].concept == PREFIX_ONLY) continue;
		found = i + 1 - at;
		*out_concept = slots[slot].concept;
	}
	return found;
}

const Concept *concept_of(int concept) { return &concepts[concept]; }

int concept_of_weakness(Text cwe)
{
	int64_t number = 0;
	call_once(&is_made, make_table);
	if (!text_starts(cwe, TEXT("CWE-")) || !text_to_int(text_slice(cwe, 4, cwe.length), &number)) return -1;
	return number > 0 && number < WEAKNESSES ? of_weakness[number] - 1 : -1;
}
