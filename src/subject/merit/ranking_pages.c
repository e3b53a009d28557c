/* The ranking of finders for everybody, and the page of one's own wish. */
#include "base/base/json.h"
#include "people/person/form_page.h"
#include "people/person/person.h"
#include "subject/merit/merit.h"
#include "subject/merit/ranking.h"
#include "subject/merit/ranking_view.h"
#include "subject/merit/views/ranking_list.html.h"
#include "subject/merit/views/ranking_wish.html.h"

enum { PAGE = 50, YEARS_SHOWN = 5, YEAR_FIRST = 2000, YEAR_LAST = 9999, QUARTERS = 4 };

/* ---- What is asked for */
static RankingPeriod period_of(const Request *request)
{
	int64_t year = request_query_number(request, TEXT("year")), quarter = request_query_number(request, TEXT("quarter"));
	RankingPeriod period = { .year = merit_year(request->call->now) };
	if (year >= YEAR_FIRST && year <= YEAR_LAST) period.year = (int)year;
	if (quarter >= 1 && quarter <= QUARTERS) period.quarter = (int)quarter;
	return period;
}

static Text query_of(Arena *arena, RankingPeriod period)
{
	Text year = arena_printf(arena, "year=%d", period.year);
	return period.quarter ? arena_printf(arena, "%.*s&quarter=%d", TEXT_ARGS(year), period.quarter) : year;
}

static Url page_url(const Request *request, RankingPeriod period, size_t after)
{
	Arena *arena = request->call->arena;
	Url url = url_public(request, TEXT("/ranking"));
	url.text = arena_printf(arena, "%.*s?%.*s&after=%zu", TEXT_ARGS(url.text), TEXT_ARGS(query_of(arena, period)), after);
	return url;
}

/* It changes when points or wishes do, and when somebody's public name does. */
static void keep(Request *request)
{
	reply_public(request, TEXT("ranking"));
	reply_public(request, TEXT("handle"));
}

/* ---- The page */
static Markup filters_of(Html *html, RankingPeriod period)
{
	static const char *const quarters[] = { N_("Whole year"), N_("First quarter"), N_("Second quarter"), N_("Third quarter"),
		N_("Fourth quarter") };
	Arena *arena = html->call->arena;
	Text years[YEARS_SHOWN], numbers[COUNT(quarters)], labels[COUNT(quarters)];
	for (int i = 0; i < YEARS_SHOWN; i++) years[i] = arena_printf(arena, "%d", merit_year(html->call->now) - i);
	for (size_t i = 0; i < COUNT(quarters); i++) {
		numbers[i] = i ? arena_printf(arena, "%zu", i) : TEXT("");
		labels[i] = tr(html->lang, quarters[i]);
	}
	Filter filters[] = { { .name = TEXT("year"),
				     .label = tr(html->lang, "Year"),
				     .value = arena_printf(arena, "%d", period.year),
				     .choice_values = years,
				     .choice_labels = years,
				     .choice_count = YEARS_SHOWN },
		{ .name = TEXT("quarter"),
			.label = tr(html->lang, "Quarter"),
			.value = period.quarter ? arena_printf(arena, "%d", period.quarter) : TEXT(""),
			.choice_values = numbers,
			.choice_labels = labels,
			.choice_count = COUNT(quarters) } };
	FilterBar bar = { .action = url_public(html->request, TEXT("/ranking")),
		.filters = filters,
		.count = COUNT(filters),
		.csv = url_local(arena, "/ranking/export/csv?%.*s", TEXT_ARGS(query_of(arena, period))) };
	return part_filters(html, &bar);
}

static Markup table_of(Html *html, const RankingLines *lines, size_t from, size_t until)
{
	static const char *const labels[] = { N_("Rank"), N_("Public name"), N_("Points") };
	Arena *arena = html->call->arena;
	Column columns[COUNT(labels)];
	Cell *cells = arena_array_of(arena, Cell, (until - from) * COUNT(labels) + 1);
	for (size_t i = 0; i < COUNT(labels); i++)
		columns[i] = (Column) { .label = tr(html->lang, labels[i]), .kind = i == 1 ? COLUMN_TEXT : COLUMN_NARROW };
	for (size_t i = from; i < until; i++) {
		Cell *cell = &cells[(i - from) * COUNT(labels)];
		cell[0].text = arena_printf(arena, "%lld", (long long)lines->at[i].place);
		cell[1].text = lines->at[i].handle;
		cell[2].text = merit_points_text(arena, lines->at[i].points);
	}
	return part_table(html, &(Table) { tr(html->lang, "Ranking of finders"), columns, COUNT(labels), cells, until - from });
}

static Error show(Request *request)
{
	Html *html;
	Call *call = request->call;
	RankingLines lines;
	RankingPeriod period = period_of(request);
	int64_t asked = request_query_number(request, TEXT("after"));
	PageHead head = { .title = tr(call->lang, "Ranking of finders"), .lead = tr(call->lang, "Who found the most for the library.") };
	TRY(ranking_list(call, period, &lines));
	TRY(html_page_open(request, &head, &html));
	size_t from = asked > 0 && (uint64_t)asked < lines.count ? (size_t)asked : 0;
	size_t until = lines.count - from > PAGE ? from + PAGE : lines.count;
	RankingView view = { .filters = filters_of(html, period),
		.rule = url_public(request, TEXT("/points/rule")),
		.json = url_local(call->arena, "/api/v1/ranking?%.*s", TEXT_ARGS(query_of(call->arena, period))),
		.own = url_local(call->arena, "/account/ranking") };
	if (lines.count)
		view.table = table_of(html, &lines, from, until);
	else
		view.empty = part_empty(
			html, tr(html->lang, "Nobody stands in the ranking of this period."), TEXT(""), (Url) { { 0 } }, TEXT(""));
	if (from || until < lines.count)
		view.pager = part_pager(html, from ? page_url(request, period, from > PAGE ? from - PAGE : 0) : (Url) { { 0 } },
			until < lines.count ? page_url(request, period, until) : (Url) { { 0 } });
	page_ranking_list(html, &view);
	keep(request);
	return html_page_close(request, html);
}

/* ---- For machines */
static Error export_csv(Request *request)
{
	static const char *const labels[] = { N_("Rank"), N_("Public name"), N_("Points") };
	Call *call = request->call;
	RankingLines lines;
	Buffer out = csv_begin(call->arena);
	TRY(ranking_list(call, period_of(request), &lines));
	for (size_t i = 0; i < COUNT(labels); i++) csv_cell(&out, tr(call->lang, labels[i]), i + 1 == COUNT(labels));
	for (size_t i = 0; i < lines.count; i++) {
		csv_cell(&out, arena_printf(call->arena, "%lld", (long long)lines.at[i].place), false);
		csv_cell(&out, lines.at[i].handle, false);
		csv_cell(&out, merit_points_text(call->arena, lines.at[i].points), true);
	}
	reply_csv(request, "ranking.csv", &out);
	return OK;
}

static Error get_ranking(Request *request)
{
	Call *call = request->call;
	Buffer buffer = { .arena = call->arena };
	JsonWriter json = json_writer(&buffer);
	RankingLines lines;
	RankingPeriod period = period_of(request);
	int64_t asked = request_query_number(request, TEXT("cursor"));
	TRY(ranking_list(call, period, &lines));
	size_t from = asked > 0 && (uint64_t)asked < lines.count ? (size_t)asked : 0;
	size_t until = lines.count - from > PAGE ? from + PAGE : lines.count;
	json_object_begin(&json);
	json_put_int(&json, "year", period.year);
	json_put_int(&json, "quarter", period.quarter);
	json_key(&json, TEXT("items"));
	json_array_begin(&json);
	for (size_t i = from; i < until; i++) {
		json_object_begin(&json);
		json_put_int(&json, "place", lines.at[i].place);
		json_put_text(&json, "handle", lines.at[i].handle);
		json_put_text(&json, "points", merit_points_text(call->arena, lines.at[i].points));
		json_end(&json);
	}
	json_end(&json);
	json_put_text(&json, "next_cursor", until < lines.count ? arena_printf(call->arena, "%zu", until) : (Text) { 0 });
	json_end(&json);
	json_finish(&json);
	reply_json(request, buffer_text(&buffer));
	keep(request);
	return OK;
}

/* ---- One's own wish */
static Error show_wish(Request *request)
{
	Html *html;
	Call *call = request->call;
	Failure failure = call->failure;
	Person person;
	RankingWishView view = { .action = url_local(call->arena, "/account/ranking"),
		.profile = url_local(call->arena, "/account/profile"),
		.shown = url_public(request, TEXT("/ranking")) };
	Crumb crumbs[] = { { tr(call->lang, "Account"), url_local(call->arena, "/account") },
		{ .text = tr(call->lang, "Public ranking") } };
	PageHead head = { .title = tr(call->lang, "Public ranking"),
		.lead = tr(call->lang,
			"Only who says so here stands in it, with the public name and points. Leaving it takes effect at once."),
		.crumbs = crumbs,
		.crumb_count = COUNT(crumbs) };
	TRY(ranking_has(call, &view.joined));
	TRY(person_find(call, call->actor->person_id, &person));
	call->failure = failure;
	view.handle = person.handle.at ? person.handle : TEXT("");
	TRY(html_page_open(request, &head, &html));
	page_ranking_wish(html, &view);
	return html_page_close(request, html);
}

typedef struct WishForm {
	Text joins;
} WishForm;
static const FieldSpec wish_fields[] = { { "joins", FIELD_TEXT, offsetof(WishForm, joins), true, 3, NULL, false } };
static const FormSpec wish_form = { .fields = wish_fields, .field_count = COUNT(wish_fields), .struct_size = sizeof(WishForm) };

static Error do_wish(Request *request)
{
	const WishForm *form = request->form;
	TRY(ranking_wish(request->call, text_is(form->joins, TEXT("yes"))));
	return reply_redirect(request, TEXT("/account/ranking"));
}

#define EVERYBODY .may = ROLE_EVERYBODY, .is_public = true
static const Route routes[] = {
	{ GET, "/ranking", show, EVERYBODY, .summary = "Finders by points, of those who wish to be named; year and quarter choose" },
	{ GET, "/ranking/export/csv", export_csv, .may = ROLE_EVERYBODY, .weight = 5, .summary = "The ranking of finders as a table" },
	{ GET, "/api/v1/ranking", get_ranking, EVERYBODY,
		.summary = "Finders by points, of those who wish to be named; year and quarter choose, cursor goes on." },
	{ GET, "/account/ranking", show_wish, .may = ROLE_PEOPLE, .summary = "Whether one stands in the ranking of finders" },
	{ POST, "/account/ranking", do_wish, .may = ROLE_PEOPLE, .form = &wish_form, .retry = show_wish,
		.summary = "Stand in the ranking of finders, or leave it" },
};
const RouteTable ranking_routes = { "subject/merit", routes, COUNT(routes) };
