/* What waits at a platform: the partner's own worklist, for coordinators by partner; as a page and as a file. */
#include "face/doc/export.h"
#include "subject/party/delivery_private.h"
#include "subject/party/delivery_view.h"
#include "subject/party/views/delivery_work.html.h"

enum { PAGE = 50, FILE_ROWS = 1000 };

static const Text outcomes[] = { TEXT("waiting"), TEXT("delivered"), TEXT("bounced"), TEXT("refused"), TEXT("unknown"), TEXT("recalled") };

static DeliveryWorkFilter filter_of(Request *request)
{
	Text outcome = request_query(request, TEXT("state")), partner = request_query(request, TEXT("partner"));
	bool known = outcome.at && *delivery_outcome_text(outcome);
	return (DeliveryWorkFilter) { .outcome = known ? outcome : outcomes[0],
		.partner = partner.at ? partner : TEXT(""),
		.beyond = request_query_number(request, TEXT("beyond")) };
}

static Text address_of(Arena *arena, const DeliveryWorkFilter *filter)
{
	return arena_printf(arena, "/deliveries/letters?state=%.*s&partner=%.*s", TEXT_ARGS(filter->outcome),
		TEXT_ARGS(url_segment(arena, filter->partner)));
}

/* ---- Filters */
static Error partner_filter(Html *html, const DeliveryWorkFilter *filter, Filter *out)
{
	Organisations partners;
	Texts codes = { 0 }, names = { 0 };
	Arena *arena = html->call->arena;
	TRY(delivery_partner_list(html->call, &partners));
	list_add(arena, &codes, TEXT(""));
	list_add(arena, &names, tr(html->lang, "Every partner"));
	for (size_t i = 0; i < partners.count; i++) {
		list_add(arena, &codes, partners.at[i].credit_code);
		list_add(arena, &names, org_shown_name(&partners.at[i], html->lang));
	}
	*out = (Filter) { .name = TEXT("partner"),
		.label = tr(html->lang, "Store or platform"),
		.value = filter->partner,
		.choice_values = codes.at,
		.choice_labels = names.at,
		.choice_count = codes.count };
	return OK;
}

static Error filters_of(Html *html, const DeliveryWorkFilter *filter, bool is_library, Markup *out)
{
	enum { MOST = 2 };
	Filter filters[MOST];
	size_t count = 0;
	Arena *arena = html->call->arena;
	Text *labels = arena_array_of(arena, Text, COUNT(outcomes)), address = address_of(arena, filter);
	for (size_t i = 0; i < COUNT(outcomes); i++) labels[i] = tr(html->lang, delivery_outcome_text(outcomes[i]));
	if (is_library) TRY(partner_filter(html, filter, &filters[count++]));
	filters[count++] = (Filter) { .name = TEXT("state"),
		.label = tr(html->lang, "State"),
		.value = filter->outcome,
		.choice_values = outcomes,
		.choice_labels = labels,
		.choice_count = COUNT(outcomes) };
	*out = part_filters(html, &(FilterBar) { .action = url_local(arena, "/deliveries/letters"),
					  .filters = filters,
					  .count = count,
					  .csv = export_csv_url(arena, address),
					  .xlsx = export_xlsx_url(arena, address) });
	return OK;
}

/* ---- The table; of reported letters with what was reported, of waiting ones with the time that is left */
enum { VENDOR, LETTER, PACKAGE, PARTNER, SENT, UNTIL, DELIVERED, WORDS, COLUMNS };
static const struct {
	const char *label;
	bool is_narrow;
} columns_known[COLUMNS] = { [VENDOR] = { N_("Vendor"), false },
	[LETTER] = { N_("Letter of the package"), true },
	[PACKAGE] = { N_("Package"), true },
	[PARTNER] = { N_("Partner"), false },
	[SENT] = { N_("Handed out"), true },
	[UNTIL] = { N_("Until"), true },
	[DELIVERED] = { N_("Delivered at"), true },
	[WORDS] = { N_("Delivered to, notes"), false } };

static bool is_shown(const DeliveryWorkFilter *filter, bool is_library, int column)
{
	bool waits = text_is(filter->outcome, TEXT("waiting")), delivered = text_is(filter->outcome, TEXT("delivered"));
	if (column == PARTNER) return is_library;
	if (column == UNTIL) return waits;
	if (column == DELIVERED) return delivered;
	return column != WORDS || (!waits && !text_is(filter->outcome, TEXT("recalled")));
}

static Markup until_markup(Html *html, const DeliveryWork *work)
{
	Html inner = html_inner(html);
	bool is_over = work->due_at < html->call->now;
	html_markup(&inner, part_time(html, work->due_at));
	if (is_over) html_text(&inner, TEXT(" "));
	if (is_over) html_markup(&inner, part_status(html, tr(html->lang, "Overdue"), TEXT("bad")));
	return html_done(html, &inner);
}

static Cell cell_of(Html *html, const DeliveryWork *work, int column)
{
	Cell cell = { .text = TEXT("") };
	Arena *arena = html->call->arena;
	const DeliveryLetter *letter = &work->letter;
	const Text said[] = { letter->to, letter->note };
	size_t from = letter->to.length ? 0 : 1, until = letter->note.length ? 2 : 1;
	if (column == VENDOR) cell.text = letter->vendor;
	if (column == VENDOR && letter->party.length) cell.url = url_local(arena, "/parties/%.*s", TEXT_ARGS(letter->party));
	if (column == LETTER) cell.text = letter->ref;
	if (column == PACKAGE)
		cell = (Cell) { .text = work->package, .url = url_local(arena, "/deliveries/%.*s", TEXT_ARGS(work->package)) };
	if (column == PARTNER) cell.text = work->partner;
	if (column == SENT) cell.markup = part_date(html, work->sent_at);
	if (column == UNTIL && work->due_at) cell.markup = until_markup(html, work);
	if (column == DELIVERED && letter->delivered_at) cell.markup = part_time(html, letter->delivered_at);
	if (column == WORDS && from < until) cell.text = arena_join(arena, said + from, until - from, TEXT(" · "));
	return cell;
}

static Table table_of(Html *html, const DeliveryWorkFilter *filter, const DeliveryWorks *works, bool is_library)
{
	size_t count = 0;
	Arena *arena = html->call->arena;
	Column *columns = arena_array_of(arena, Column, COLUMNS);
	Cell *cells = arena_array_of(arena, Cell, works->count * COLUMNS + 1);
	for (int column = 0; column < COLUMNS; column++) {
		if (!is_shown(filter, is_library, column)) continue;
		columns[count++] = (Column) { .label = tr(html->lang, columns_known[column].label),
			.kind = columns_known[column].is_narrow ? COLUMN_NARROW : COLUMN_TEXT };
	}
	Cell *next = cells;
	for (size_t i = 0; i < works->count; i++)
		for (int column = 0; column < COLUMNS; column++)
			if (is_shown(filter, is_library, column)) *next++ = cell_of(html, &works->at[i], column);
	return (Table) { tr(html->lang, delivery_outcome_text(filter->outcome)), columns, count, cells, works->count };
}

static void fill_list(Html *html, const DeliveryWorkFilter *filter, const DeliveryWorks *works, bool is_library, DeliveryWorkView *view)
{
	Arena *arena = html->call->arena;
	Table table = table_of(html, filter, works, is_library);
	if (works->count)
		view->table = part_table(html, &table);
	else
		view->empty = part_empty(html, tr(html->lang, "No letter is in this state."),
			tr(html->lang, "Letters come in packages; what is not reported yet waits here."), url_local(arena, "/deliveries"),
			tr(html->lang, "Letters for vendors"));
	if (works->count == PAGE)
		view->pager = part_pager(html, (Url) { { 0 } },
			url_local(
				arena, "%.*s&beyond=%lld", TEXT_ARGS(address_of(arena, filter)), (long long)works->at[PAGE - 1].letter.id));
}

static Error show(Request *request)
{
	Html *html;
	DeliveryWorks works;
	Numbers partners;
	DeliveryWorkView view = { 0 };
	Call *call = request->call;
	DeliveryWorkFilter filter = filter_of(request);
	bool is_file = export_wanted(request);
	TRY(delivery_partners(call, &partners));
	bool is_library = !partners.count && actor_has(call->actor, ROLE_COORDINATOR);
	Crumb crumbs[] = { { tr(call->lang, "Letters for vendors"), url_local(call->arena, "/deliveries") },
		{ .text = tr(call->lang, is_library ? N_("Letters at the partners") : N_("Letters at my platform")) } };
	PageHead head = { .title = crumbs[1].text,
		.lead = tr(call->lang,
			"Letters of all packages together. What is not reported yet comes oldest first, what was reported newest first."),
		.crumbs = crumbs,
		.crumb_count = COUNT(crumbs),
		.wide = true };
	TRY(delivery_work(call, &filter, is_file ? FILE_ROWS : PAGE, &works));
	TRY(html_page_open(request, &head, &html));
	if (is_file) {
		Table table = table_of(html, &filter, &works, is_library);
		return export_reply(request, &table, TEXT("letters"));
	}
	TRY(filters_of(html, &filter, is_library, &view.filters));
	fill_list(html, &filter, &works, is_library, &view);
	page_delivery_work(html, &view);
	return html_page_close(request, html);
}

static const Route routes[] = {
	{ GET, "/deliveries/letters", show, .may = ROLE_REPORTER, .needs_second_factor = true,
		.summary = "Letters of all packages by what became of them: those at one's own organisation as a partner; for coordinators "
			   "all, or those of one partner; also as CSV" },
};
const RouteTable delivery_work_routes = { "subject/party delivery work", routes, COUNT(routes) };
