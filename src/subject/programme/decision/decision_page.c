/* How pages of this room are put together. */
#include "people/person/form_page.h"
#include "subject/programme/decision/decision_view.h"

const FormSpec decision_any_form = { .takes_more = true };

DecisionCard *decision_card(Html *html, DecisionCard *cards, size_t *count, const char *title, const char *help)
{
	must(*count < DECISION_CARDS_MAX);
	DecisionCard *card = &cards[(*count)++];
	*card = (DecisionCard) { .title = tr(html->lang, title), .help = help ? tr(html->lang, help) : TEXT("") };
	return card;
}

void decision_add_form(Html *html, DecisionCard *card, const Form *form, Text address, const char *button, const Map *known)
{
	Call *call = html->call;
	Request *request = html->request;
	Failure failure = call->failure;
	bool is_sent = request->method == POST && text_is(request->path, address);
	Map *values = known ? form_values_copy(call->arena, form, known) : map_new(call->arena);
	must(card->form_count < DECISION_FORMS_MAX);
	if (is_sent && form_take(request, form, values) != OK) call_recover(call);
	call->failure = failure;
	card->forms[card->form_count++] = (DecisionForm) { .summary = tr(html->lang, form->title),
		.button = tr(html->lang, button),
		.action = url_local(call->arena, "%.*s", TEXT_ARGS(address)),
		.form = form_view(html, form, values, (Url) { { 0 } }),
		.is_open = is_sent };
}

const Table *decision_table(Html *html, const char *caption, const char *const *labels, size_t width, const Cell *cells, size_t rows)
{
	Column *columns = arena_array_of(html->call->arena, Column, width);
	Table *table = arena_new_of(html->call->arena, Table);
	if (!rows) return NULL;
	for (size_t i = 0; i < width; i++) columns[i] = (Column) { .label = tr(html->lang, labels[i]), .kind = COLUMN_TEXT };
	*table = (Table) { tr(html->lang, caption), columns, width, cells, rows };
	return table;
}

Markup decision_button(Html *html, Text address, const char *label, const char *tone)
{
	return button_form(
		html, url_local(html->call->arena, "%.*s", TEXT_ARGS(address)), tr(html->lang, label), text_from(tone), TEXT(""), TEXT(""));
}

Text decision_direction_text(Html *html, Text direction)
{
	return form_shown_value(html->call, html->lang, form_item(round_kinds[0].form, TEXT("direction")), direction);
}

Text decision_stars_text(Html *html, int64_t stars)
{
	Buffer out = { .arena = html->call->arena };
	if (stars < 1) return tr(html->lang, "none");
	for (int64_t i = 0; i < stars; i++) buffer_put(&out, TEXT("★"));
	return buffer_text(&out);
}

Text decision_name(Lang lang, Text organisation, Text organisation_en)
{
	return lang == LANG_EN && organisation_en.length ? organisation_en : organisation;
}

Error decision_page_open(Request *request, const PageHead *head, Html **out)
{
	Failure failure = request->call->failure;
	TRY(html_page_open(request, head, out));
	request->call->failure = failure;
	return OK;
}
