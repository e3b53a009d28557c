/* Whom a task can be given to, for pages and machines. */
#include "base/base/json.h"
#include "people/person/form_page.h"
#include "work/form/action_view.h"

static Markup choice_of(Html *html, const Assignable *candidate, Url address, const char *field)
{
	if (candidate->why_not) return part_status(html, tr(html->lang, candidate->why_not), TEXT("neutral"));
	return button_form(html, address, tr(html->lang, "Assign"), TEXT("quiet"), text_from(field), candidate->handle);
}

Markup assignables_markup(Html *html, const Assignables *candidates, const char *caption, Url address, const char *field)
{
	static const char *const labels[] = { N_("Verifier"), N_("Open tasks"), N_("Assignment") };
	Arena *arena = html->call->arena;
	if (!candidates->count) return (Markup) { TEXT("") };
	Column *columns = arena_array_of(arena, Column, COUNT(labels));
	Cell *cells = arena_array_of(arena, Cell, candidates->count * COUNT(labels));
	for (size_t i = 0; i < COUNT(labels); i++) columns[i] = (Column) { .label = tr(html->lang, labels[i]) };
	for (size_t i = 0; i < candidates->count; i++) {
		const Assignable *candidate = &candidates->at[i];
		Cell *cell = &cells[i * COUNT(labels)];
		cell[0] = (Cell) { .text = candidate->name };
		cell[1] = (Cell) { .text = arena_printf(arena, "%lld", (long long)candidate->tasks) };
		cell[2] = (Cell) { .markup = choice_of(html, candidate, address, field) };
	}
	Table table = { .caption = tr(html->lang, caption),
		.columns = columns,
		.column_count = COUNT(labels),
		.cells = cells,
		.row_count = candidates->count };
	return part_table(html, &table);
}

void assignables_json(JsonWriter *writer, const Assignables *candidates, const char *field)
{
	json_array_begin(writer);
	for (size_t i = 0; i < candidates->count; i++) {
		const Assignable *candidate = &candidates->at[i];
		json_object_begin(writer);
		json_put_text(writer, field, candidate->handle);
		json_put_text(writer, "name", candidate->name);
		json_put_int(writer, "open_tasks", candidate->tasks);
		if (candidate->why_not) json_put_text(writer, "why_not", text_from(candidate->why_not));
		json_end(writer);
	}
	json_end(writer);
}
