/* Letters of thanks to organisations that contributed in a year: who they are, and the form of the letter. How much they did is not shown here. */
#include "subject/merit/merit.h"
#include "subject/merit/thanks_view.h"
#include "subject/merit/views/thanks_list.html.h"
#include "work/letter/letter_order_view.h"

enum { YEARS_SHOWN = 5, YEAR_FIRST = 2000, YEAR_LAST = 9999 };

static int year_of(const Request *request)
{
	int64_t year = request_query_number(request, TEXT("year"));
	return year >= YEAR_FIRST && year <= YEAR_LAST ? (int)year : merit_year(request->call->now);
}

static Url letter_url(Arena *arena, const Organisation *organisation, int year)
{
	return url_local(arena, "/thanks/%.*s?year=%d", TEXT_ARGS(url_segment(arena, organisation->ref)), year);
}

static Markup filters_of(Html *html, int year)
{
	Arena *arena = html->call->arena;
	Text years[YEARS_SHOWN];
	for (int i = 0; i < YEARS_SHOWN; i++) years[i] = arena_printf(arena, "%d", merit_year(html->call->now) - i);
	Filter filter = { .name = TEXT("year"),
		.label = tr(html->lang, "Year"),
		.value = arena_printf(arena, "%d", year),
		.choice_values = years,
		.choice_labels = years,
		.choice_count = YEARS_SHOWN };
	return part_filters(html, &(FilterBar) { .action = url_local(arena, "/thanks"), .filters = &filter, .count = 1 });
}

static Markup table_of(Html *html, const Organisations *list, int year)
{
	static const char *const labels[] = { N_("Organisation"), N_("Unified social credit code"), N_("Letter") };
	Arena *arena = html->call->arena;
	Column columns[COUNT(labels)];
	Cell *cells = arena_array_of(arena, Cell, list->count * COUNT(labels) + 1);
	for (size_t i = 0; i < COUNT(labels); i++)
		columns[i] = (Column) { .label = tr(html->lang, labels[i]), .kind = i ? COLUMN_NARROW : COLUMN_TEXT };
	for (size_t i = 0; i < list->count; i++) {
		Cell *cell = &cells[i * COUNT(labels)];
		cell[0].text = org_shown_name(&list->at[i], html->lang);
		cell[1].text = list->at[i].credit_code;
		cell[2] = (Cell) { .text = tr(html->lang, "Write a letter of thanks"), .url = letter_url(arena, &list->at[i], year) };
	}
	return part_table(html, &(Table) { tr(html->lang, "Letters of thanks"), columns, COUNT(labels), cells, list->count });
}

static Error show_list(Request *request)
{
	Html *html;
	Call *call = request->call;
	Organisations list;
	int year = year_of(request);
	PageHead head = { .title = tr(call->lang, "Letters of thanks"),
		.lead = tr(call->lang, "Organisations whose contributions were counted in the year; a second person approves each letter."),
		.wide = true };
	TRY(merit_contributors(call, year, &list));
	TRY(html_page_open(request, &head, &html));
	ThanksView view = { .filters = filters_of(html, year) };
	if (list.count)
		view.table = table_of(html, &list, year);
	else
		view.empty =
			part_empty(html, tr(html->lang, "No contribution was counted in this year."), TEXT(""), (Url) { { 0 } }, TEXT(""));
	page_thanks_list(html, &view);
	return html_page_close(request, html);
}

/* ---- The letter */
static Error load(Request *request)
{
	Call *call = request->call;
	Organisation *organisation = arena_new_of(call->arena, Organisation);
	TRY(org_find_ref(call, request_parameter(request, TEXT("ref")), organisation));
	if (organisation->state != ORG_VERIFIED)
		return fail(call, NOT_FOUND, "organisation %.*s is not verified", TEXT_ARGS(organisation->ref));
	request->subject = organisation;
	return OK;
}

static LetterOrder order_of(const Request *request)
{
	const Organisation *organisation = request->subject;
	return (LetterOrder) { .kind = LETTER_CONTRIBUTION,
		.machine = "organisation",
		.subject_id = organisation->id,
		.seal_key = organisation->seal_key,
		.matter = organisation->credit_code,
		.recipient = organisation->name,
		.text = arena_printf(
			request->call->arena, "%d年，贵单位在漏洞报送、验证、处置等工作中作出了积极贡献。", year_of(request)) };
}

static Error show_letter(Request *request)
{
	const Organisation *organisation = request->subject;
	LetterOrder order = order_of(request);
	return letter_order_show(
		request, &order, TEXT("/thanks"), arena_printf(request->call->arena, "/thanks/%.*s", TEXT_ARGS(organisation->ref)));
}

static Error draft(Request *request)
{
	LetterOrder order = order_of(request);
	return letter_order_take(request, &order);
}

#define OFFICE .may = ROLE_COORDINATOR, .needs_second_factor = true
static const Route routes[] = {
	{ GET, "/thanks", show_list, OFFICE, .summary = "Organisations that contributed in a year, to be thanked" },
	{ GET, "/thanks/:ref", show_letter, OFFICE, .subject = load, .summary = "The form of a letter of thanks to an organisation" },
	{ POST, "/thanks/:ref", draft, OFFICE, .subject = load, .form = &letter_order_form, .retry = show_letter,
		.summary = "Draft a letter of thanks to an organisation for a second person to approve" },
};
const RouteTable thanks_routes = { "subject/merit", routes, COUNT(routes) };
