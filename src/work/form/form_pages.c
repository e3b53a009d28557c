/* Forms on pages and in requests. */
#include "engine/rating/rating.h"
#include "work/form/form_view.h"

static Text translated(Html *html, const char *english) { return english ? tr(html->lang, english) : TEXT(""); }

/* ---- Fields */
/* Words that can be chosen now. A list that cannot be read offers none: the form says so when it is sent. */
static void add_words(Html *html, const Wordlist *list, Texts *values, Texts *labels)
{
	Words words = { 0 };
	Failure before = html->call->failure; /* of the form that is shown again */
	if (wordlist_words(html->call, list, &words) != OK) html->call->failure = before;
	for (size_t i = 0; i < words.count; i++) {
		const Word *word = &words.at[i];
		if (word->is_retired || word->is_reserved) continue;
		list_add(html->call->arena, values, word->code);
		list_add(html->call->arena, labels, word_text(word, html->lang));
	}
}

static void choices_of_item(Html *html, const FormItem *item, FormField *field)
{
	Arena *arena = html->call->arena;
	Texts values = { 0 }, labels = { 0 };
	if (field->kind == INPUT_CHOICE) {
		list_add(arena, &values, TEXT(""));
		list_add(arena, &labels, tr(html->lang, N_("Please choose")));
	}
	if (item->list) add_words(html, item->list, &values, &labels);
	for (size_t i = 0; i < item->choice_count; i++) {
		list_add(arena, &values, text_from(item->choices[i].value));
		list_add(arena, &labels, tr(html->lang, item->choices[i].label));
	}
	field->choice_values = values.at;
	field->choice_labels = labels.at;
	field->choice_count = values.count;
}

static size_t class_depth(const WeaknessClass *weakness)
{
	size_t depth = 0;
	while (weakness && weakness->parent) {
		weakness = weakness_find(text_from(weakness->parent));
		depth++;
	}
	return depth;
}

static void choices_of_classes(Html *html, FormField *field)
{
	size_t count = 0;
	const WeaknessClass *classes = weakness_classes(&count);
	Text *values = arena_array_of(html->call->arena, Text, count + 1), *labels = arena_array_of(html->call->arena, Text, count + 1);
	values[0] = TEXT("");
	labels[0] = tr(html->lang, N_("Please choose"));
	for (size_t i = 0; i < count; i++) {
		static const char indent[] = "\u3000\u3000\u3000\u3000\u3000\u3000";
		size_t depth = class_depth(&classes[i]);
		values[i + 1] = text_from(classes[i].tag);
		labels[i + 1] = arena_printf(html->call->arena, "%.*s%.*s", (int)(3 * (depth < 6 ? depth : 6)), indent,
			TEXT_ARGS(tr(html->lang, classes[i].text)));
	}
	field->choice_values = values;
	field->choice_labels = labels;
	field->choice_count = count + 1;
}

enum { FEW_CHOICES = 4, ROWS_AHEAD = 3 };

/* What is filled in, and some rows more; whoever saves gets the next ones. */
static void cells_of_item(Html *html, const FormItem *item, FormField *field)
{
	Arena *arena = html->call->arena;
	size_t columns = item->choice_count < FORM_COLUMNS_MAX ? item->choice_count : FORM_COLUMNS_MAX, filled = form_rows(field->value),
	       most = item->max_length ? item->max_length : FORM_ROWS_USUAL, rows = filled + ROWS_AHEAD < most ? filled + ROWS_AHEAD : most;
	Text *cells = arena_array_of(arena, Text, rows * columns + 1), *labels = arena_array_of(arena, Text, columns);
	for (size_t c = 0; c < columns; c++) labels[c] = tr(html->lang, item->choices[c].label);
	for (size_t i = 0; i < rows * columns; i++) cells[i] = form_cell(field->value, i / columns, i % columns);
	field->kind = INPUT_ROWS;
	field->choice_labels = labels;
	field->choice_count = columns;
	field->values = cells;
	field->value_count = rows * columns;
}

static Markup table_of_item(Html *html, const FormItem *item, Text value)
{
	Arena *arena = html->call->arena;
	size_t columns = item->choice_count < FORM_COLUMNS_MAX ? item->choice_count : FORM_COLUMNS_MAX, rows = form_rows(value);
	Column *heads = arena_array_of(arena, Column, columns);
	Cell *cells = arena_array_of(arena, Cell, rows * columns + 1);
	for (size_t c = 0; c < columns; c++) heads[c] = (Column) { .label = tr(html->lang, item->choices[c].label) };
	for (size_t i = 0; i < rows * columns; i++) cells[i].text = form_cell(value, i / columns, i % columns);
	Table table = { tr(html->lang, item->label), heads, columns, cells, rows };
	return part_table(html, &table);
}

static void set_kind(Html *html, const FormItem *item, FormField *field)
{
	switch (item->kind) {
	case FORM_LINES: field->kind = INPUT_LINES; break;
	case FORM_MARKDOWN:
		field->kind = INPUT_LINES;
		field->rows = 8;
		break;
	case FORM_CHOICE:
		field->kind = !item->list && item->choice_count <= FEW_CHOICES ? INPUT_RADIO : INPUT_CHOICE;
		choices_of_item(html, item, field);
		break;
	case FORM_CLASS:
		field->kind = INPUT_CHOICE;
		choices_of_classes(html, field);
		break;
	case FORM_CHECK:
		field->kind = INPUT_CHECK;
		field->value = field->value.length ? TEXT("true") : TEXT("");
		break;
	case FORM_NAMED:
		field->kind = INPUT_NAMED;
		field->autocomplete = TEXT("off");
		choices_of_item(html, item, field);
		field->value = form_shown_value(html->call, html->lang, item, field->value);
		break;
	case FORM_DATE:
	case FORM_DAY: field->kind = INPUT_DATE; break;
	case FORM_EMAIL: field->kind = INPUT_EMAIL; break;
	case FORM_CVSS:
	case FORM_GBT30279: field->kind = INPUT_CODE; break;
	case FORM_FILES:
		field->kind = INPUT_FILE;
		field->multiple = true;
		break;
	case FORM_TABLE: cells_of_item(html, item, field); break;
	case FORM_TEXT:
	case FORM_URL:
	case FORM_NUMBER: field->kind = INPUT_TEXT; break;
	}
}

/* When a field belongs to an answer, in words: "Only when Position is: affected, known". */
static Text condition_of(Html *html, const Form *form, const FormItem *item)
{
	Texts words = { 0 };
	Call *call = html->call;
	FormRule rule = item->shown_when;
	const FormItem *other = form_item(form, text_from(rule.field));
	Text rest = text_from(rule.values), value;
	bool is_any = !strcmp(rule.values, "*"), is_none = !strcmp(rule.values, "-");
	const char *const message = is_any    ? N_("Only when “%s” is filled in.")
				    : is_none ? N_("Only when “%s” is left empty.")
					      : N_("Only when “%s” is:");
	const Problem head = { .message = message, .argument = tr(html->lang, other->label) };
	while (!is_any && !is_none && text_next(&rest, ' ', &value))
		list_add(call->arena, &words, form_shown_value(call, html->lang, other, value));
	bool is_chinese = html->lang == LANG_ZH;
	Text list = arena_join(call->arena, words.at, words.count, is_chinese ? TEXT("、") : TEXT(", "));
	Text parts[] = { problem_text(call->arena, html->lang, &head), is_chinese ? TEXT("") : TEXT(" "), list,
		is_chinese ? TEXT("。") : TEXT(".") };
	return words.count ? arena_join(call->arena, parts, COUNT(parts), TEXT("")) : parts[0];
}

static bool is_same(FormRule a, FormRule b) { return a.field && b.field && !strcmp(a.field, b.field) && !strcmp(a.values, b.values); }

/* Says what it belongs to, and is needed when that holds. */
static void belong(Html *html, const Form *form, const FormItem *item, FormField *field)
{
	Text help[] = { condition_of(html, form, item), field->help };
	field->help = arena_join(html->call->arena, help, field->help.length ? 2 : 1, TEXT(" "));
	field->when = text_from(item->shown_when.field);
	field->when_values = text_from(item->shown_when.values);
	field->required |= item->required || is_same(item->required_when, item->shown_when);
}

static Markup field_of(Html *html, const Form *form, const FormItem *item, const Map *values, Url upload, bool is_whole)
{
	FormField field = { .name = text_from(item->name),
		.label = tr(html->lang, item->label),
		.help = translated(html, item->help),
		.value = form_answer(values, item->name),
		.required = form_is_required(item, values),
		.decides = form_decides(form, item) };
	if (is_whole && item->shown_when.field) belong(html, form, item, &field);
	set_kind(html, item, &field);
	return item->kind == FORM_FILES && upload.text.length ? part_upload(html, &field, upload) : part_field(html, &field);
}

static FormView view_of(Html *html, const Form *form, const Map *values, Url upload, bool is_whole)
{
	FormView view = { 0 };
	for (size_t i = 0; i < form->section_count; i++) {
		const FormSection *section = &form->sections[i];
		FormSectionView shown = { .title = translated(html, section->title), .help = translated(html, section->help) };
		for (size_t j = 0; j < section->item_count; j++)
			if (is_whole || form_is_shown(&section->items[j], values))
				list_add(html->call->arena, &shown.fields,
					field_of(html, form, &section->items[j], values, upload, is_whole));
		if (shown.fields.count) list_add(html->call->arena, &view.sections, shown);
	}
	return view;
}

FormView form_view(Html *html, const Form *form, const Map *values, Url upload) { return view_of(html, form, values, upload, false); }

FormView form_view_whole(Html *html, const Form *form, const Map *values) { return view_of(html, form, values, (Url) { { 0 } }, true); }

Facts form_facts(Html *html, const Form *form, const Map *values, Text images)
{
	Facts facts = { 0 };
	for (size_t i = 0; i < form->section_count; i++) {
		for (size_t j = 0; j < form->sections[i].item_count; j++) {
			const FormItem *item = &form->sections[i].items[j];
			Text value = form_answer(values, item->name);
			if (!value.length || !form_is_shown(item, values)) continue;
			Fact fact = { .label = tr(html->lang, item->label), .text = form_shown_value(html->call, html->lang, item, value) };
			if (item->kind == FORM_MARKDOWN) fact.markup = part_markdown_with_images(html, value, images);
			if (item->kind == FORM_TABLE) fact.markup = table_of_item(html, item, value);
			if (item->kind == FORM_CVSS || item->kind == FORM_GBT30279) fact.markup = part_copy(html, value);
			list_add(html->call->arena, &facts, fact);
		}
	}
	return facts;
}

/* ---- Requests */
/* The cells of a table, each sent by itself; false: none was. */
static bool take_cells(Request *request, const FormItem *item, Map *values)
{
	Arena *arena = request->call->arena;
	Text table = TEXT("");
	bool is_sent = false;
	for (size_t r = 0; r < FORM_ROWS_MAX; r++) {
		for (size_t c = 0; c < item->choice_count && c < FORM_COLUMNS_MAX; c++) {
			Text cell = request_form_value(request, arena_printf(arena, "%s.%zu.%zu", item->name, r, c));
			is_sent |= cell.at != NULL;
			if (cell.length) table = form_cell_put(arena, item, table, r, c, cell);
		}
	}
	if (is_sent) form_put(arena, item, values, form_rows_filled(arena, item, table));
	return is_sent;
}

static void take_item(Request *request, const FormItem *item, Map *values)
{
	if (item->kind == FORM_TABLE && take_cells(request, item, values)) return;
	Text name = text_from(item->name), value = request_form_value(request, name);
	if (value.at || item->kind == FORM_CHECK)
		form_put_typed(request->call->arena, item, values, value); /* an empty box sends nothing */
}

/* The object of an API request without what every action may carry beside the fields of its form. */
static Text object_of(Request *request)
{
	Buffer buffer = { .arena = request->call->arena };
	JsonWriter writer = json_writer(&buffer);
	json_object_begin(&writer);
	for (JsonEach each = json_each(request_json(request)); json_next(&each);) {
		if (text_is(each.key, TEXT("revision"))) continue;
		json_key(&writer, each.key);
		json_copy(&writer, each.value);
	}
	json_end(&writer);
	json_finish(&writer);
	return buffer_text(&buffer);
}

static Error take_object(Request *request, const Form *form, Map *values)
{
	Map *given;
	TRY(form_values_read(request->call, form, object_of(request), &given));
	for (size_t i = 0; i < form->section_count; i++) {
		for (size_t j = 0; j < form->sections[i].item_count; j++) {
			const char *name = form->sections[i].items[j].name;
			form_set(request->call->arena, values, text_from(name), form_answer(given, name));
		}
	}
	return OK;
}

Error form_take_given(Request *request, const Form *form, Map **out)
{
	return form_values_read(request->call, form, object_of(request), out);
}

Error form_take(Request *request, const Form *form, Map *values)
{
	bool is_multipart =
		request->is_api && json_kind(request_json(request)) == JSON_ABSENT; /* a program that sends files with the fields */
	if (request->is_api && !is_multipart) return take_object(request, form, values);
	for (size_t i = 0; i < form->section_count; i++)
		for (size_t j = 0; j < form->sections[i].item_count; j++) take_item(request, &form->sections[i].items[j], values);
	return OK;
}

Error form_take_some(Request *request, const Form *form, Map *values)
{
	Map *given;
	Arena *arena = request->call->arena;
	TRY(form_take_given(request, form, &given));
	for (JsonEach each = json_each(request_json(request)); json_next(&each);)
		if (form_item(form, each.key)) form_set(arena, values, each.key, form_answer(given, arena_string(arena, each.key)));
	return OK;
}
