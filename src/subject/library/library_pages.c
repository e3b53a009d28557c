/* The list of advisories. */
#include "subject/library/library_view.h"

#include "subject/library/views/advisories.html.h"

static Text translated(const Html *html, const char *english) { return tr(html->lang, english); }

/* ---- Filters */
typedef struct Choice {
	const char *value, *label;
} Choice;
static const Choice kinds[] = { { "", N_("Advisories and warnings") }, { "advisory", N_("Advisories") },
	{ "warning", N_("Risk warnings") } };
static const Choice levels[] = { { "", N_("Any level") }, { "critical", N_("Critical severity") }, { "high", N_("High severity") },
	{ "medium", N_("Medium severity") }, { "low", N_("Low severity") }, { "none", N_("Not rated") } };
static const Choice platforms[] = { { "", N_("Any platform") }, { "android", N_("Android") }, { "ios", N_("iOS") },
	{ "harmonyos", N_("HarmonyOS") }, { "mini-program", N_("Mini-program") }, { "official-account", N_("Official account") },
	{ "sdk", N_("SDK") } };
static const Choice sources[] = { { "", N_("Any source") }, { "own", N_("This library") }, { "cve", N_("CVE list") },
	{ "cnvd", N_("CNVD") } };
static const Choice fixes[] = { { "", N_("With or without fix") }, { "yes", N_("Fix available") } };
static const Choice orders[] = { { "", N_("Newest first") }, { "relevance", N_("Most relevant first") } };

Text library_platform(const Html *html, Text tag)
{
	for (size_t i = 1; i < COUNT(platforms); i++)
		if (text_is(tag, text_from(platforms[i].value))) return translated(html, platforms[i].label);
	return tag;
}

static Filter choice_filter(const Html *html, const char *name, const char *label, Text value, const Choice *choices, size_t count)
{
	Text *values = arena_array_of(html->call->arena, Text, count), *labels = arena_array_of(html->call->arena, Text, count);
	for (size_t i = 0; i < count; i++) {
		values[i] = text_from(choices[i].value);
		labels[i] = translated(html, choices[i].label);
	}
	return (Filter) { .name = text_from(name),
		.label = translated(html, label),
		.value = value,
		.choice_values = values,
		.choice_labels = labels,
		.choice_count = count };
}

static Text kind_of(const LibraryQuery *query)
{
	if (query->kinds == LIBRARY_BOTH) return TEXT("");
	return query->kinds == LIBRARY_WARNINGS ? TEXT("warning") : TEXT("advisory");
}

static const FilterBar *filters_of(const Html *html, const Request *request, const LibraryQuery *query)
{
	enum { FILTERS = 9 };
	Filter *filters = arena_array_of(html->call->arena, Filter, FILTERS);
	FilterBar *bar = arena_new_of(html->call->arena, FilterBar);
	filters[0] = (Filter) { .name = TEXT("q"),
		.label = translated(html, N_("Search in number, title, description, product and vendor")),
		.value = query->question,
		.is_search = true };
	filters[1] = choice_filter(html, "kind", N_("Kind"), kind_of(query), kinds, COUNT(kinds));
	filters[2] = choice_filter(html, "level", N_("Level"), query->level, levels, COUNT(levels));
	filters[3] = choice_filter(html, "platform", N_("Platform"), query->platform, platforms, COUNT(platforms));
	filters[4] = (Filter) { .name = TEXT("vendor"), .label = translated(html, N_("Vendor")), .value = query->vendor };
	filters[5] = (Filter) { .name = TEXT("year"), .label = translated(html, N_("Year of publication")), .value = query->year };
	filters[6] = choice_filter(html, "fix", N_("Fix"), query->with_fix ? TEXT("yes") : TEXT(""), fixes, COUNT(fixes));
	filters[7] = choice_filter(html, "source", N_("Source"), query->source, sources, COUNT(sources));
	filters[8] = choice_filter(html, "sort", N_("Order"), query->by_relevance ? TEXT("relevance") : TEXT(""), orders, COUNT(orders));
	*bar = (FilterBar) { .action = url_public(request, TEXT("/advisories")), .filters = filters, .count = FILTERS };
	return bar;
}

/* ---- The table */
Markup library_level(Html *html, Text level) { return part_level(html, level, translated(html, advisory_level_word(level))); }

static const Table *table_of(Html *html, const Request *request, const LibraryItems *items)
{
	enum { COLUMNS = 5 };
	Arena *arena = html->call->arena;
	Column *columns = arena_array_of(arena, Column, COLUMNS);
	Cell *cells = arena_array_of(arena, Cell, items->count * COLUMNS);
	Table *table = arena_new_of(arena, Table);
	columns[0] = (Column) { translated(html, N_("Title")), COLUMN_TEXT };
	columns[1] = (Column) { translated(html, N_("Kind")), COLUMN_NARROW };
	columns[2] = (Column) { translated(html, N_("Number")), COLUMN_CODE };
	columns[3] = (Column) { translated(html, N_("Level")), COLUMN_NARROW };
	columns[4] = (Column) { translated(html, N_("Published on")), COLUMN_NARROW };
	for (size_t i = 0; i < items->count; i++) {
		const LibraryItem *item = &items->at[i];
		Text title = library_title(item, html->lang);
		Cell *row = &cells[i * COLUMNS];
		bool is_warning = library_is_warning(item);
		row[0] = (Cell) { .text = title.length ? title : item->identifier, .url = library_url(request, item) };
		row[1] = (Cell) { .text = translated(html, is_warning ? N_("Risk warning") : N_("Advisory")) };
		row[2] = (Cell) { .text = item->identifier };
		row[3].markup = is_warning        ? markup_text(html, TEXT("–"))
				: item->withdrawn ? part_status(html, translated(html, N_("Withdrawn")), TEXT("bad"))
						  : library_level(html, item->level);
		row[4].markup = part_date(html, item->published_at);
	}
	*table = (Table) { .caption = translated(html, N_("Advisories and warnings")),
		.columns = columns,
		.column_count = COLUMNS,
		.cells = cells,
		.row_count = items->count };
	return table;
}

static Url page_url(const Request *request, const LibraryQuery *query, Text cursor)
{
	if (!cursor.length) return (Url) { TEXT("") };
	Arena *arena = request->call->arena;
	Text path = url_public(request, TEXT("/advisories")).text, parameters = library_query_text(arena, query, cursor);
	return url_local(arena, "%.*s%.*s", TEXT_ARGS(path), TEXT_ARGS(parameters));
}

static Error show_advisories(Request *request)
{
	LibraryQuery query;
	LibraryPage page;
	Html *html;
	TRY(library_query_of(request, &query));
	TRY(library_search(request->call, &query, &page));
	Text parameters = library_query_text(request->call->arena, &query, TEXT(""));
	bool only_warnings = query.kinds == LIBRARY_WARNINGS;
	const char *title = only_warnings                 ? N_("Risk warnings")
			    : query.kinds == LIBRARY_BOTH ? N_("Advisories and warnings")
							  : N_("Advisories");
	PageHead head = { .title = tr(request->call->lang, title),
		.lead = tr(request->call->lang,
			N_("Published vulnerabilities and risk warnings: who is affected, how badly, and what to do.")),
		.feed = only_warnings ? TEXT("/warnings.atom")
				      : arena_printf(request->call->arena, "/advisories.atom%.*s", TEXT_ARGS(parameters)),
		.wide = true };
	TRY(html_page_open(request, &head, &html));
	AdvisoriesView view = { .filters = filters_of(html, request, &query),
		.table = page.items.count ? table_of(html, request, &page.items) : NULL,
		.empty_title = translated(html, N_("Nothing was found")),
		.empty_hint = translated(html, N_("Try fewer words, a part of the number, or another spelling of the product.")),
		.empty_action = url_public(request, TEXT("/advisories")),
		.empty_label = translated(html, N_("Show all advisories")),
		.newer = page_url(request, &query, page.previous),
		.older = page_url(request, &query, page.next) };
	page_advisories(html, &view);
	reply_public(request, TEXT("advisory"));
	reply_public(request, TEXT("warning"));
	return html_page_close(request, html);
}

static const Route rows[] = {
	{ GET, "/advisories", show_advisories, .may = ROLE_EVERYBODY, .is_public = true,
		.summary = "Search and list of published records and public warnings; kind=advisory or warning: of one kind" },
	{ GET, "/advisories/:id", library_show_advisory, .may = ROLE_EVERYBODY, .is_public = true, .summary = "A published record" },
};
const RouteTable library_routes = { "library", rows, COUNT(rows) };
