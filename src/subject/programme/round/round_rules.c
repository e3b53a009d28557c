/* What a draft holds, as the rules that are frozen: the whole of it, and the part that numbers follow from in the form of engine/selection. */
#include "subject/programme/round/round_private.h"

typedef struct Composing {
	Arena *arena;
	const Round *round;
	JsonWriter *writer;
} Composing;

static void put_answers(Composing *composing, const Form *form, const Map *values)
{
	for (size_t s = 0; s < form->section_count; s++)
		for (size_t i = 0; i < form->sections[s].item_count; i++) {
			const FormItem *item = &form->sections[s].items[i];
			Text answer = form_answer(values, item->name);
			if (answer.length && form_is_shown(item, values)) json_put_text(composing->writer, item->name, answer);
		}
}

static int64_t whole_of(const Map *values, const char *name, int64_t otherwise)
{
	int64_t number;
	return text_to_int(text_trim(form_answer(values, name)), &number) ? number : otherwise;
}

static int64_t hundredths_of(const Map *values, const char *name)
{
	int64_t number;
	return hundredths_parse(text_trim(form_answer(values, name)), &number) ? number : 0;
}

static int64_t percent_of(const Map *values, const char *name) { return hundredths_of(values, name) / 100; }

static bool is_checked(const Map *values, const char *name) { return text_is(form_answer(values, name), TEXT("yes")); }

static bool is_kind(const RoundItem *item, const char *kind) { return strcmp(item->kind->name, kind) == 0; }

static bool is_of(const RoundItem *item, const char *kind, Text direction)
{
	return is_kind(item, kind) && text_is(form_answer(item->values, "direction"), direction);
}

static void begin_array(Composing *composing, const char *key)
{
	json_key(composing->writer, text_from(key));
	json_array_begin(composing->writer);
}

static void put_lines(Composing *composing, const char *key, Text lines)
{
	Text rest = lines, line;
	begin_array(composing, key);
	while (text_next(&rest, '\n', &line))
		if (text_trim(line).length) json_text(composing->writer, text_trim(line));
	json_end(composing->writer);
}

static void put_pair(Composing *composing, int64_t first, int64_t second)
{
	json_array_begin(composing->writer);
	json_int(composing->writer, first);
	json_int(composing->writer, second);
	json_end(composing->writer);
}

static void put_criteria(Composing *composing, Text direction)
{
	JsonWriter *writer = composing->writer;
	begin_array(composing, "criteria");
	for (size_t i = 0; i < composing->round->items.count; i++) {
		const RoundItem *item = &composing->round->items.at[i];
		if (!is_of(item, "criterion", direction)) continue;
		json_object_begin(writer);
		json_put_text(writer, "id", form_answer(item->values, "id"));
		json_put_int(writer, "weight", hundredths_of(item->values, "weight"));
		json_put_int(writer, "maximum", hundredths_of(item->values, "maximum"));
		json_put_int(writer, "step", hundredths_of(item->values, "step"));
		json_put_int(writer, "must", hundredths_of(item->values, "must"));
		json_put_bool(writer, "objective", is_checked(item->values, "objective"));
		json_put_text(writer, "nameZh", form_answer(item->values, "name_zh"));
		json_put_text(writer, "nameEn", form_answer(item->values, "name_en"));
		json_put_text(writer, "clause", form_answer(item->values, "clause"));
		json_end(writer);
	}
	json_end(writer);
}

static void put_rubric(Composing *composing, const Map *values, Text direction)
{
	JsonWriter *writer = composing->writer;
	int64_t pairs[SCORE_TRIMS_MAX][2];
	size_t count = 0;
	Text rest = form_answer(values, "ties"), piece;
	json_key(writer, TEXT("rubric"));
	json_object_begin(writer);
	put_criteria(composing, direction);
	json_put_int(writer, "threshold", hundredths_of(values, "threshold"));
	begin_array(composing, "trim");
	if (round_pairs_parse(form_answer(values, "trim"), pairs, SCORE_TRIMS_MAX, &count))
		for (size_t i = 0; i < count; i++) put_pair(composing, pairs[i][0], pairs[i][1]);
	json_end(writer);
	begin_array(composing, "ties");
	while (text_next(&rest, ',', &piece)) json_text(writer, text_trim(piece));
	json_end(writer);
	json_key(writer, TEXT("reasonOutside"));
	put_pair(composing, percent_of(values, "low_percent"), percent_of(values, "high_percent"));
	json_end(writer);
}

static void put_stars(Composing *composing, Text direction)
{
	JsonWriter *writer = composing->writer;
	begin_array(composing, "stars");
	for (size_t i = 0; i < composing->round->items.count; i++) {
		const RoundItem *item = &composing->round->items.at[i];
		if (!is_of(item, "star", direction)) continue;
		json_object_begin(writer);
		json_put_int(writer, "stars", whole_of(item->values, "stars", 0));
		json_put_int(writer, "total", hundredths_of(item->values, "total"));
		json_put_int(writer, "criterionPercent", percent_of(item->values, "criterion_percent"));
		json_put_int(writer, "places", whole_of(item->values, "places", 0));
		json_put_bool(writer, "newcomers", is_checked(item->values, "newcomers"));
		json_put_bool(writer, "faultless", is_checked(item->values, "faultless"));
		json_end(writer);
	}
	json_end(writer);
}

static void put_panel(Composing *composing, const Map *values)
{
	JsonWriter *writer = composing->writer;
	int64_t seats[SEAT_SPECIALTIES_MAX];
	size_t count = 0;
	json_key(writer, TEXT("panel"));
	json_object_begin(writer);
	begin_array(composing, "seats");
	if (round_numbers_parse(form_answer(values, "seats"), seats, SEAT_SPECIALTIES_MAX, &count))
		for (size_t i = 0; i < count; i++) json_int(writer, seats[i]);
	json_end(writer);
	json_put_int(writer, "groupLimit", whole_of(values, "group_limit", 0));
	json_put_int(writer, "alternatePercent", percent_of(values, "alternate_percent"));
	json_end(writer);
}

static void put_directions(Composing *composing)
{
	JsonWriter *writer = composing->writer;
	begin_array(composing, "directions");
	for (size_t i = 0; i < composing->round->items.count; i++) {
		const RoundItem *item = &composing->round->items.at[i];
		if (!is_kind(item, "direction")) continue;
		Text tag = form_answer(item->values, "direction");
		json_object_begin(writer);
		json_put_text(writer, "tag", tag);
		put_rubric(composing, item->values, tag);
		json_key(writer, TEXT("quota"));
		quota_write(writer, &(Quota) { whole_of(item->values, "places", 0), whole_of(item->values, "reserve", 0),
					    whole_of(item->values, "newcomers", -1) });
		put_stars(composing, tag);
		put_panel(composing, item->values);
		json_end(writer);
	}
	json_end(writer);
}

static void put_fields(Composing *composing)
{
	begin_array(composing, "form");
	for (size_t i = 0; i < composing->round->items.count; i++) {
		const RoundItem *item = &composing->round->items.at[i];
		if (!is_kind(item, "field")) continue;
		json_object_begin(composing->writer);
		put_answers(composing, item->kind->form, item->values);
		json_end(composing->writer);
	}
	json_end(composing->writer);
}

/* What the rules of the engine do not know: a form for each direction, and instants in their order. */
static const char *other_fault(const Round *round)
{
	int64_t opens, closes, ends;
	round_instants(round->head, &opens, &closes, &ends);
	if (!opens || closes <= opens) return N_("The round must close after it opens.");
	for (size_t d = 0; d < round->items.count; d++) {
		const RoundItem *item = &round->items.at[d];
		bool has_field = false;
		if (!is_kind(item, "direction")) continue;
		for (size_t i = 0; i < round->items.count; i++)
			has_field |= is_of(&round->items.at[i], "field", form_answer(item->values, "direction")) ||
				     is_of(&round->items.at[i], "field", TEXT("both"));
		if (!has_field) return N_("The form of a direction has no field.");
	}
	return NULL;
}

void round_compose(Arena *arena, Round *round)
{
	Buffer buffer = { .arena = arena };
	JsonWriter writer = json_writer(&buffer);
	Composing composing = { arena, round, &writer };
	RoundRules *rules = arena_new_of(arena, RoundRules);
	Json json;
	size_t direction = 0;
	json_object_begin(&writer);
	json_put_text(&writer, "round", round->code);
	json_key(&writer, TEXT("head"));
	json_object_begin(&writer);
	put_answers(&composing, &round_head_form, round->head);
	json_end(&writer);
	put_lines(&composing, "specialties", form_answer(round->head, "specialties"));
	put_directions(&composing);
	put_fields(&composing);
	json_end(&writer);
	json_finish(&writer);
	round->rules = canonical_text(arena, buffer_text(&buffer));
	must(json_parse(arena, round->rules, &json, NULL));
	if (!round_rules_read(json, rules, &direction, &round->fault))
		round->fault_of = rules->directions[direction < SEAT_PANELS_MAX ? direction : 0].tag;
	else
		round->fault = other_fault(round);
	Digest digest = sha256(round->rules);
	round->rules_sha256 = hex_text(arena, DIGEST_TEXT(digest));
}
