#include "engine/likeness/terms.h"

#include "engine/likeness/unit_private.h"

enum { SLOTS = 1024, PLACE_LEAST = 5, GROUPS = 62 };
enum { IN_BODY = 2, IN_TITLE = 4, IN_NAMES = 5, FAR_IN_NAMES = 2, WEAKNESS_SAID = 3, WEAKNESS_TITLED = 5, SAME_MONTH = 4, NEXT_MONTH = 2 };
enum { NAMES_FIRST = 4, NAMES_MOST = 40 };

typedef struct Taking {
	Arena *arena;
	Terms *out;
	uint16_t slots[SLOTS]; /* term + 1 */
	int weight;
	bool in_names;
} Taking;

/* Too common in English to tell anything. */
static bool is_stop_word(Text word)
{
	static const char stops[] =
		" the an of in to and or is for by on with via this that be as it are was from allow attacker could can may which at "
		"before after "
		"when not has have been vulnerability issue user affected version prior due discovered if into other than through these "
		"will its such any all using used use does also only more n a no exists found leading lead could would who ";
	if (word.length > 13) return false;
	char wanted[16] = { ' ' };
	memcpy(wanted + 1, word.at, word.length);
	wanted[word.length + 1] = ' ';
	return text_find((Text) { stops, sizeof(stops) - 1 }, (Text) { wanted, word.length + 2 }, NULL);
}

/* shown: the word as it is written. */
static void add_shown(Taking *taking, Text prefix, Text word, Text shown, TermKind kind, int weight)
{
	uint64_t hash = unit_mix(prefix.length ? text_hash(prefix) : 7, text_hash(word));
	size_t at = hash & (SLOTS - 1);
	Terms *out = taking->out;
	while (taking->slots[at] && out->list.at[taking->slots[at] - 1].hash != hash) at = (at + 1) & (SLOTS - 1);
	if (taking->slots[at]) {
		Term *known = &out->list.at[taking->slots[at] - 1];
		if (weight > known->weight) known->weight = weight;
		if (kind < known->kind) known->kind = kind;
		return;
	}
	if (out->list.count >= TERMS_MOST) return;
	list_add(taking->arena, &out->list, ((Term) { hash, kind, weight, shown }));
	taking->slots[at] = (uint16_t)out->list.count;
}

static void add(Taking *taking, Text prefix, Text word, TermKind kind, int weight) { add_shown(taking, prefix, word, word, kind, weight); }

static void add_group(Taking *taking, const Concept *concept, int weight)
{
	if (!*concept->group) return;
	taking->out->groups |= 1ULL << (text_hash(text_from(concept->group)) % GROUPS);
	add(taking, TEXT("group"), text_from(concept->group), TERM_WEAKNESS, weight);
}

static void add_concept(Taking *taking, int number, int weight)
{
	const Concept *concept = concept_of(number);
	Text rest = text_from(concept->english), word;
	text_next(&rest, '|', &word);
	add(taking, TEXT("concept"), word, *concept->group ? TERM_WEAKNESS : TERM_PART, weight);
	add_group(taking, concept, weight);
}

static bool is_pair(const Units *units, size_t at)
{
	const Unit *first = &units->units.at[at];
	if (at + 1 >= units->units.count) return false;
	return first[0].is_chinese && first[1].is_chinese && first[1].run == first[0].run + 1;
}

static Text joined(Arena *arena, Text left, Text right)
{
	Text parts[] = { left, right };
	return arena_join(arena, parts, COUNT(parts), TEXT(""));
}

/* Pieces of versions. */
static bool is_small_number(Text word) { return word.length == 2 && word.at[0] <= '9' && word.at[1] <= '9'; }

static void add_words(Taking *taking, const Units *units)
{
	for (size_t i = 0; i < units->units.count; i++) {
		const Unit *unit = &units->units.at[i], *next = i + 1 < units->units.count ? unit + 1 : NULL;
		TermKind kind = taking->in_names ? TERM_NAME : TERM_WORD;
		if (unit->is_chinese) {
			if (is_pair(units, i)) add(taking, TEXT(""), joined(taking->arena, unit->word, next->word), kind, taking->weight);
			continue;
		}
		if (unit->word.length > 1 && !is_stop_word(unit->word) && !is_small_number(unit->word))
			add_shown(taking, TEXT(""), unit->word, unit->written, kind, taking->weight);
		if (next && !next->is_chinese && next->run == unit->run + 1 && unit->is_name && next->is_name)
			add_shown(taking, TEXT(""), joined(taking->arena, unit->word, next->word),
				joined(taking->arena, unit->written, next->written), kind, taking->weight);
	}
}

static void add_runs(Taking *taking, const Units *units)
{
	for (size_t i = 0; i < units->runs.count; i++) {
		const Run *run = &units->runs.at[i];
		if (run->is_version) {
			add(taking, TEXT(""), run->whole, TERM_VERSION, IN_TITLE);
			continue;
		}
		if (run->joined.at) add(taking, TEXT(""), run->joined, taking->in_names ? TERM_NAME : TERM_PLACE, taking->weight);
		if (!run->joined.at && run->whole.length >= PLACE_LEAST) add(taking, TEXT(""), run->whole, TERM_PLACE, taking->weight);
		size_t slash = run->whole.length;
		while (slash && run->whole.at[slash - 1] != '/' && run->whole.at[slash - 1] != '\\') slash--;
		Text file = text_slice(run->whole, slash, run->whole.length);
		if (slash && file.length >= PLACE_LEAST) add(taking, TEXT(""), file, TERM_PLACE, taking->weight);
	}
}

static void add_concepts(Taking *taking, const Units *units, int weight)
{
	for (size_t i = 0; i < units->units.count;) {
		int concept = 0;
		size_t length = concept_at(units, i, &concept);
		if (length) add_concept(taking, concept, weight);
		i += length ? length : 1;
	}
}

static void add_text(Taking *taking, Text text, int weight, int said)
{
	Units units;
	taking->weight = weight;
	units_of(taking->arena, text, &units);
	add_words(taking, &units);
	add_runs(taking, &units);
	add_concepts(taking, &units, said);
}

static void add_names(Taking *taking, Text names)
{
	Text line;
	taking->in_names = true;
	for (size_t n = 0; n < NAMES_MOST && text_next(&names, '\n', &line); n++) {
		Units units;
		NameLine found = { .count = 0 };
		taking->weight = n < NAMES_FIRST ? IN_NAMES : FAR_IN_NAMES;
		units_of(taking->arena, line, &units);
		for (size_t i = 0; i < units.units.count && found.count < COUNT(found.words); i++) {
			const Unit *unit = &units.units.at[i];
			if (unit->is_chinese || unit->word.length < 2 || is_small_number(unit->word) || is_stop_word(unit->word)) continue;
			found.words[found.count++] = unit_mix(7, unit->hash);
		}
		list_add(taking->arena, &taking->out->names, found);
		add_words(taking, &units);
		add_runs(taking, &units);
		add_concepts(taking, &units, 1);
	}
	taking->in_names = false;
}

/* The months around as well when others are asked for. */
static void add_months(Taking *taking, int64_t at, bool asks)
{
	enum { MONTH_MS = 2629800 };
	if (!at) return;
	int64_t month = at / 1000 / MONTH_MS;
	for (int64_t i = asks ? month - 1 : month; i <= (asks ? month + 1 : month); i++)
		add(taking, TEXT("month"), arena_printf(taking->arena, "%lld", (long long)i), TERM_TIME,
			i == month ? SAME_MONTH : NEXT_MONTH);
}

void terms_of(Arena *arena, const Description *description, bool asks, Terms *out)
{
	*out = (Terms) { 0 };
	Taking taking = { .arena = arena, .out = out };
	for (size_t i = 0; i < description->weaknesses.count; i++) {
		int concept = concept_of_weakness(description->weaknesses.at[i]);
		if (concept >= 0) add_concept(&taking, concept, WEAKNESS_TITLED);
	}
	add_text(&taking, description->title, IN_TITLE, WEAKNESS_TITLED);
	add_text(&taking, description->body, IN_BODY, WEAKNESS_SAID);
	out->length = out->list.count;
	add_names(&taking, description->names);
	add_text(&taking, description->versions, IN_BODY, 1);
	add_months(&taking, description->at, asks);
}

const Term *terms_find(const Terms *terms, uint64_t hash)
{
	for (size_t i = 0; i < terms->list.count; i++)
		if (terms->list.at[i].hash == hash) return &terms->list.at[i];
	return NULL;
}
