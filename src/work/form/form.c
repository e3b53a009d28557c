#include "work/form/form.h"

const FormItem *form_item(const Form *form, Text name)
{
	for (size_t i = 0; i < form->section_count; i++)
		for (size_t j = 0; j < form->sections[i].item_count; j++)
			if (text_is(text_from(form->sections[i].items[j].name), name)) return &form->sections[i].items[j];
	return NULL;
}

Text form_answer(const Map *values, const char *name)
{
	const Text *value = map_get(values, text_from(name));
	return value ? *value : TEXT("");
}

static bool one_of(const char *values, Text value)
{
	Text rest = text_from(values), word;
	while (text_next(&rest, ' ', &word))
		if (text_is(word, value) && value.length) return true;
	return false;
}

static bool holds(FormRule rule, const Map *values)
{
	Text value = form_answer(values, rule.field);
	if (!strcmp(rule.values, "-")) return value.length == 0;
	return !strcmp(rule.values, "*") ? value.length > 0 : one_of(rule.values, value);
}

bool form_is_shown(const FormItem *item, const Map *values) { return !item->shown_when.field || holds(item->shown_when, values); }

bool form_is_required(const FormItem *item, const Map *values)
{
	if (!form_is_shown(item, values)) return false;
	return item->required || (item->required_when.field && holds(item->required_when, values));
}

bool form_decides(const Form *form, const FormItem *item)
{
	bool decides = item->fills;
	for (size_t i = 0; i < form->section_count; i++) {
		for (size_t j = 0; j < form->sections[i].item_count; j++) {
			const char *rules[] = { form->sections[i].items[j].shown_when.field,
				form->sections[i].items[j].required_when.field };
			for (size_t k = 0; k < COUNT(rules); k++) decides |= rules[k] && !strcmp(rules[k], item->name);
		}
	}
	return decides;
}

static Text without_carriage_returns(Arena *arena, Text value)
{
	Buffer buffer = { .arena = arena };
	buffer_reserve(&buffer, value.length + 1);
	for (size_t i = 0; i < value.length; i++)
		if (value.at[i] != '\r')
			buffer_byte(&buffer, value.at[i]);
		else if (i + 1 == value.length || value.at[i + 1] != '\n')
			buffer_byte(&buffer, '\n');
	return buffer_text(&buffer);
}

void form_set(Arena *arena, Map *values, Text name, Text value)
{
	Text *copy = map_get(values, name);
	if (!copy) {
		copy = arena_new_of(arena, Text);
		map_put(values, arena_copy(arena, name), copy);
	}
	*copy = text_trim(without_carriage_returns(arena, value));
}

void form_put(Arena *arena, const FormItem *item, Map *values, Text value)
{
	const char *known = item->value_of ? item->value_of(text_trim(value)) : NULL;
	form_set(arena, values, text_from(item->name), known ? text_from(known) : value);
}

void form_put_typed(Arena *arena, const FormItem *item, Map *values, Text value)
{
	bool ticked = value.length && !text_is(value, TEXT("false"));
	form_put(arena, item, values, item->kind != FORM_CHECK ? value : ticked ? TEXT("yes") : TEXT(""));
}

Map *form_values_copy(Arena *arena, const Form *form, const Map *values)
{
	Map *copy = map_new(arena);
	for (size_t i = 0; i < form->section_count; i++) {
		for (size_t j = 0; j < form->sections[i].item_count; j++) {
			const char *name = form->sections[i].items[j].name;
			Text value = form_answer(values, name);
			if (value.length) form_set(arena, copy, text_from(name), value);
		}
	}
	return copy;
}

Error form_complete(Call *call, const Form *form, const Map *before, Map *values)
{
	return form->complete ? form->complete(call, before, values) : OK;
}

Text form_values_text(Arena *arena, const Form *form, const Map *values)
{
	Buffer buffer = { .arena = arena };
	JsonWriter writer = json_writer(&buffer);
	json_object_begin(&writer);
	for (size_t i = 0; i < form->section_count; i++) {
		for (size_t j = 0; j < form->sections[i].item_count; j++) {
			const FormItem *item = &form->sections[i].items[j];
			Text value = form_answer(values, item->name);
			if (value.length && form_is_shown(item, values)) json_put_text(&writer, item->name, value);
		}
	}
	json_end(&writer);
	json_finish(&writer);
	return buffer_text(&buffer);
}

static void read_member(Call *call, const Form *form, Map *values, const JsonEach *each)
{
	const FormItem *item = form_item(form, each->key);
	Text text = json_as_text(each->value);
	JsonKind kind = json_kind(each->value);
	if (!item || item->kind == FORM_FILES)
		call_problem(call, each->key, N_("There is no field of this name."), (Text) { 0 });
	else if (text.at)
		form_put(call->arena, item, values, text);
	else if (kind == JSON_BOOL && item->kind == FORM_CHECK)
		form_set(call->arena, values, each->key, json_as_bool(each->value) ? TEXT("yes") : TEXT(""));
	else if (kind != JSON_NULL)
		call_problem(call, each->key, N_("This must be a text."), (Text) { 0 });
}

Error form_values_read(Call *call, const Form *form, Text json, Map **out)
{
	Json object;
	TRY(json_read(call, json, &object));
	if (json_kind(object) != JSON_OBJECT) {
		call_problem(call, TEXT(""), N_("A JSON object is expected."), (Text) { 0 });
		return call_check_problems(call);
	}
	Map *values = map_new(call->arena);
	size_t before = call->failure.problems.count; /* of a form that is shown again: not the fault of what is read here */
	for (JsonEach each = json_each(object); json_next(&each);) read_member(call, form, values, &each);
	if (call->failure.problems.count > before) TRY(call_check_problems(call));
	*out = values;
	return OK;
}

static Text item_fault(Arena *arena, const Form *form, const FormItem *item)
{
	const FormRule rules[] = { item->required_when, item->shown_when };
	for (size_t i = 0; i < COUNT(rules); i++)
		if (rules[i].field && !form_item(form, text_from(rules[i].field)))
			return arena_printf(arena, "%s: %s depends on the unknown field %s", form->name, item->name, rules[i].field);
	if (form_item(form, text_from(item->name)) != item) return arena_printf(arena, "%s: %s stands twice", form->name, item->name);
	if (!item->label || !*item->label) return arena_printf(arena, "%s: %s has no label", form->name, item->name);
	bool has_choices = item->kind == FORM_CHOICE || item->kind == FORM_NAMED || item->kind == FORM_TABLE;
	if (has_choices != (item->choice_count > 0 || item->list) || (item->kind == FORM_NAMED) != (item->value_of != NULL))
		return arena_printf(arena, "%s: %s and its choices do not fit", form->name, item->name);
	return (Text) { 0 };
}

Text form_fault(Arena *arena, const Form *form)
{
	for (size_t i = 0; i < form->section_count; i++) {
		for (size_t j = 0; j < form->sections[i].item_count; j++) {
			Text fault = item_fault(arena, form, &form->sections[i].items[j]);
			if (fault.at) return fault;
		}
	}
	return (Text) { 0 };
}
