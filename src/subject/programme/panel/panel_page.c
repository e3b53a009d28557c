/* How pages of this room are put together. */
#include "subject/programme/panel/panel_view.h"

#include "people/person/form_page.h"

const FormSpec panel_any_form = { .takes_more = true };

PanelCard *panel_card(Html *html, PanelCard *cards, size_t *count, const char *title, const char *help)
{
	must(*count < PANEL_CARDS_MAX);
	PanelCard *card = &cards[(*count)++];
	*card = (PanelCard) { .title = tr(html->lang, title), .help = help ? tr(html->lang, help) : TEXT("") };
	return card;
}

void panel_add_form(Html *html, PanelCard *card, const Form *form, Text address, const char *button, const Map *known)
{
	Call *call = html->call;
	Request *request = html->request;
	Failure failure = call->failure;
	bool is_sent = request->method == POST && text_is(request->path, address);
	Map *values = known ? form_values_copy(call->arena, form, known) : map_new(call->arena);
	must(card->form_count < PANEL_FORMS_MAX);
	if (is_sent && form_take(request, form, values) != OK) call_recover(call);
	call->failure = failure;
	card->forms[card->form_count++] = (PanelForm) { .summary = tr(html->lang, form->title),
		.button = tr(html->lang, button),
		.action = url_local(call->arena, "%.*s", TEXT_ARGS(address)),
		.form = form_view(html, form, values, (Url) { { 0 } }),
		.is_open = is_sent };
}

enum { NUMBER_BYTES = 5 };

const Table *panel_table(Html *html, const char *caption, const char *const *labels, size_t width, const Cell *cells, size_t rows)
{
	Column *columns = arena_array_of(html->call->arena, Column, width);
	Table *table = arena_new_of(html->call->arena, Table);
	bool is_narrow = rows > 0; /* places and ranks need no room */
	for (size_t i = 0; i < rows; i++) is_narrow &= cells[i * width].text.length <= NUMBER_BYTES && !cells[i * width].markup.text.length;
	for (size_t i = 0; i < width; i++)
		columns[i] = (Column) { .label = tr(html->lang, labels[i]), .kind = i || !is_narrow ? COLUMN_TEXT : COLUMN_NARROW };
	*table = (Table) { tr(html->lang, caption), columns, width, cells, rows };
	return table;
}

void panel_add_table(PanelCard *card, const Table *table)
{
	must(card->table_count < PANEL_TABLES_MAX);
	if (table->row_count) card->tables[card->table_count++] = table;
}

Error panel_page_open(Request *request, const PageHead *head, Html **out)
{
	Failure failure = request->call->failure;
	TRY(html_page_open(request, head, out));
	request->call->failure = failure;
	return OK;
}

Text panel_office_path(Arena *arena, Text round)
{
	return arena_printf(arena, "/programme/rounds/%.*s/panel", TEXT_ARGS(url_segment(arena, round)));
}

Text panel_direction_text(Html *html, Text direction)
{
	return form_shown_value(html->call, html->lang, form_item(round_kinds[0].form, TEXT("direction")), direction);
}

Text panel_organisation(const EntryRow *entry, Lang lang)
{
	return lang == LANG_EN && entry->organisation_en.length ? entry->organisation_en : entry->organisation;
}

void panel_timetable_fill(Html *html, const PanelTimetable *timetable, Text calendar, PanelCard *card)
{
	static const char *const labels[] = { N_("Order"), N_("Begins"), N_("Application"), N_("Applicant") };
	Arena *arena = html->call->arena;
	Cell *cells = arena_array_of(arena, Cell, timetable->slot_count * COUNT(labels) + 1);
	Fact facts[] = { { .label = tr(html->lang, "Place"), .text = timetable->place },
		{ .label = tr(html->lang, "Minutes of a presentation, questions included"),
			.text = arena_printf(arena, "%lld", (long long)timetable->slot_minutes) },
		{ .label = tr(html->lang, "For your calendar"),
			.text = tr(html->lang, "Calendar file"),
			.url = url_local(arena, "%.*s", TEXT_ARGS(calendar)) } };
	for (size_t i = 0; i < timetable->slot_count; i++) {
		const PanelSlot *slot = &timetable->slots[i];
		Cell *cell = &cells[i * COUNT(labels)];
		if (!slot->entry) continue;
		cell[0].text = arena_printf(arena, "%zu", i + 1);
		cell[1].markup = part_time(html, slot->starts_at);
		cell[2].text = slot->entry->ref;
		cell[3].text = panel_organisation(slot->entry, html->lang);
	}
	card->body = part_facts(html, facts, COUNT(facts));
	panel_add_table(
		card, panel_table(html, N_("Presentations in the drawn order"), labels, COUNT(labels), cells, timetable->slot_count));
}
