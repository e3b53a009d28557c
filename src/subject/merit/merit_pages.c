/* Contribution points: an organisation's own, and all of them for the office. */
#include "base/base/clock.h"
#include "people/person/form_page.h"
#include "people/person/rules.h"
#include "subject/merit/merit.h"
#include "subject/merit/merit_view.h"
#include "subject/merit/views/merit_show.html.h"
#include "subject/merit/views/merit_stands.html.h"
#include "work/certificate/certificate.h"

enum { PAGE = 50, EXPORT_MOST = 5000, YEARS_SHOWN = 3, YEAR_MIN = 2000, WAYS_SHOWN = 8 };

static Text points_text(const Html *html, int64_t points) { return merit_points_text(html->call->arena, points); }

/* ?year=, else the present one. */
static int year_of(const Request *request)
{
	int now = merit_year(request->call->now);
	int64_t year = request_query_number(request, TEXT("year"));
	return year >= YEAR_MIN && year <= now ? (int)year : now;
}

static Markup years_of(Html *html, int year, Text address)
{
	Arena *arena = html->call->arena;
	int now = merit_year(html->call->now);
	Text values[YEARS_SHOWN];
	for (int i = 0; i < YEARS_SHOWN; i++) values[i] = arena_printf(arena, "%d", now - i);
	Filter filter = { .name = TEXT("year"),
		.label = tr(html->lang, "Year"),
		.value = arena_printf(arena, "%d", year),
		.choice_values = values,
		.choice_labels = values,
		.choice_count = YEARS_SHOWN };
	return part_filters(html, &(FilterBar) { .action = url_local(arena, "%.*s", TEXT_ARGS(address)), .filters = &filter, .count = 1 });
}

static Markup table(Html *html, Text caption, const char *const *labels, size_t width, const Cell *cells, size_t rows, size_t numbers)
{
	Column *columns = arena_array_of(html->call->arena, Column, width);
	for (size_t i = 0; i < width; i++)
		columns[i] = (Column) { .label = tr(html->lang, labels[i]), .kind = i + numbers >= width ? COLUMN_NUMBER : COLUMN_TEXT };
	return part_table(html, &(Table) { caption, columns, width, cells, rows });
}

/* ---- One organisation */
static Markup sums_of(Html *html, const MeritScore *score)
{
	static const char *const labels[] = { N_("Kind"), N_("How many"), N_("Points"), N_("Cap"), N_("Counted") };
	Arena *arena = html->call->arena;
	Cell *cells = arena_array_of(arena, Cell, score->sums.count * COUNT(labels) + 1);
	for (size_t i = 0; i < score->sums.count; i++) {
		const MeritSum *sum = &score->sums.at[i];
		Cell *cell = &cells[i * COUNT(labels)];
		cell[0].text = sum->row;
		cell[1].markup = part_number(html, sum->entries);
		cell[2].text = points_text(html, sum->points);
		cell[3].text = sum->cap ? points_text(html, sum->cap) : TEXT("–");
		if (sum->cap && sum->is_monthly)
			cell[3].text = arena_printf(arena, "%.*s / %.*s", TEXT_ARGS(cell[3].text), TEXT_ARGS(tr(html->lang, "month")));
		cell[4].text = points_text(html, sum->counted);
		if (sum->counted < sum->points)
			cell[4].markup = part_status(html,
				arena_printf(arena, "%.*s · %.*s", TEXT_ARGS(points_text(html, sum->counted)),
					TEXT_ARGS(tr(html->lang, "cap reached"))),
				TEXT("warn"));
	}
	return table(html, tr(html->lang, "By kind"), labels, COUNT(labels), cells, score->sums.count, 4);
}

static Url matter_of(Arena *arena, const MeritEntry *entry)
{
	if (entry->shown.length && text_is(entry->kind, TEXT("casefile")))
		return url_local(arena, "/reports/%.*s", TEXT_ARGS(entry->shown));
	if (entry->shown.length && text_is(entry->kind, TEXT("party"))) return url_local(arena, "/parties/%.*s", TEXT_ARGS(entry->shown));
	if (entry->shown.length && text_is(entry->kind, TEXT("deed")))
		return url_local(arena, "/points/deeds/%.*s", TEXT_ARGS(entry->shown));
	if (entry->shown.length && text_is(entry->kind, TEXT("activity-result")))
		return url_local(arena, "/activities/%.*s", TEXT_ARGS(entry->shown));
	return (Url) { { 0 } };
}

static Markup entries_of(Html *html, const MeritEntries *entries, bool with_links)
{
	static const char *const labels[] = { N_("What for"), N_("Comes from"), N_("When"), N_("Rule version"), N_("Points") };
	Arena *arena = html->call->arena;
	Cell *cells = arena_array_of(arena, Cell, entries->count * COUNT(labels) + 1);
	for (size_t i = 0; i < entries->count; i++) {
		const MeritEntry *entry = &entries->at[i];
		Cell *cell = &cells[i * COUNT(labels)];
		cell[0].text = entry->row;
		if (entry->turn % 2)
			cell[0].text = arena_printf(arena, "%.*s (%.*s)", TEXT_ARGS(entry->row), TEXT_ARGS(tr(html->lang, "taken back")));
		cell[1].text = entry->shown.length ? entry->shown : TEXT("–");
		if (with_links) cell[1].url = matter_of(arena, entry);
		cell[2].markup = part_date(html, entry->at);
		cell[3].text = arena_printf(arena, "%lld", (long long)entry->rule);
		cell[3].url = url_public(html->request, arena_printf(arena, "/points/rule/%lld", (long long)entry->rule));
		cell[4].text = points_text(html, entry->points);
	}
	return table(html, tr(html->lang, "Entries"), labels, COUNT(labels), cells, entries->count, 1);
}

static Markup ways_of(Html *html, const MeritAim *aim)
{
	static const char *const labels[] = { N_("Kind"), N_("Points each"), N_("Times needed") };
	Arena *arena = html->call->arena;
	size_t count = aim->ways.count < WAYS_SHOWN ? aim->ways.count : WAYS_SHOWN;
	Cell *cells = arena_array_of(arena, Cell, count * COUNT(labels) + 1);
	for (size_t i = 0; i < count; i++) {
		Cell *cell = &cells[i * COUNT(labels)];
		cell[0].text = aim->ways.at[i].row;
		cell[1].text = points_text(html, aim->ways.at[i].points);
		cell[2].markup = part_number(html, aim->ways.at[i].times);
	}
	return count ? table(html, tr(html->lang, "What would bring the star"), labels, COUNT(labels), cells, count, 2)
		     : (Markup) { TEXT("") };
}

static Text fill(Arena *arena, Lang lang, const char *english, Text a, Text b)
{
	const Problem problem = { .message = english, .argument = a };
	Text once = problem_text(arena, lang, &problem);
	return b.at ? arena_printf(arena, "%.*s %.*s", TEXT_ARGS(once), TEXT_ARGS(b)) : once;
}

static void fill_aims(Html *html, const MeritAims *aims, const MeritScore *score, MeritView *view)
{
	Arena *arena = html->call->arena;
	Lang lang = html->lang;
	for (size_t i = 0; i < aims->count && i < COUNT(view->aims); i++) {
		const MeritAim *aim = &aims->at[i];
		MeritAimView *shown = &view->aims[view->aim_count++];
		Text missing = aim->next && aim->missing ? fill(arena, lang, N_("Missing to the next star: %s points."),
								   points_text(html, aim->missing), (Text) { 0 })
			       : aim->next ? tr(lang, "The points for the next star are reached; it is given by the yearly evaluation, if "
						      "nothing is open.")
					   : tr(lang, "There is no higher star in this direction.");
		Text keep = !aim->keep                   ? TEXT("")
			    : score->points >= aim->keep ? tr(lang, "The points that keep the present star are reached.")
							 : fill(arena, lang, N_("Missing to keep the present star: %s points."),
								   points_text(html, aim->keep - score->points), (Text) { 0 });
		shown->title = arena_printf(arena, "%.*s · %.*s %lld", TEXT_ARGS(tr(lang, certificate_direction_text(aim->direction))),
			TEXT_ARGS(tr(lang, "Stars")), (long long)aim->stars);
		shown->stand = arena_printf(arena, "%.*s %.*s", TEXT_ARGS(missing), TEXT_ARGS(keep));
		if (aim->missing) shown->ways = ways_of(html, aim);
	}
}

static Markup figures_of(Html *html, const MeritScore *score)
{
	const Fact facts[] = { { .label = tr(html->lang, "Points of the year"), .text = points_text(html, score->points) } };
	return part_facts(html, facts, COUNT(facts));
}

static Error fill_view(Html *html, const Organisation *organisation, int year, Text address, MeritView *view)
{
	Call *call = html->call;
	MeritScore score;
	MeritEntries entries;
	MeritAims aims = { 0 };
	TRY(merit_score(call, organisation->id, year, &score));
	TRY(merit_entries(call, organisation, year, request_query_number(html->request, TEXT("before")), PAGE, &entries));
	if (year == merit_year(call->now)) TRY(merit_aims(call, organisation->id, &score, &aims));
	view->figures = figures_of(html, &score);
	view->sums = score.sums.count
			     ? sums_of(html, &score)
			     : part_empty(html, tr(html->lang, "Nothing counts in this year yet."), TEXT(""), (Url) { { 0 } }, TEXT(""));
	view->entries =
		entries.count ? entries_of(html, &entries, call->actor->organisation_id == organisation->id) : (Markup) { TEXT("") };
	view->csv = url_local(call->arena, "%.*s/export/csv?year=%d", TEXT_ARGS(address), year);
	fill_aims(html, &aims, &score, view);
	if (entries.count == PAGE)
		view->pager = part_pager(html, (Url) { { 0 } },
			url_local(call->arena, "%.*s?year=%d&before=%lld", TEXT_ARGS(address), year, (long long)entries.at[PAGE - 1].id));
	return OK;
}

static Error show_organisation(Request *request, const Organisation *organisation, PageHead *head, Text address)
{
	Html *html;
	MeritView view = { 0 };
	int year = year_of(request);
	head->wide = true;
	TRY(html_page_open(request, head, &html));
	view.years = years_of(html, year, address);
	view.rule = url_public(request, TEXT("/points/rule"));
	if (organisation && request->call->actor->organisation_id == organisation->id)
		view.deeds = url_local(request->call->arena, "/points/deeds");
	if (organisation)
		TRY(fill_view(html, organisation, year, address, &view));
	else
		view.empty = part_empty(html, tr(html->lang, "You belong to no organisation."),
			tr(html->lang, "Points are counted for organisations."), (Url) { { 0 } }, TEXT(""));
	page_merit_show(html, &view);
	return html_page_close(request, html);
}

static Error own_organisation(Call *call, Organisation *out, bool *out_is)
{
	*out_is = call->actor->organisation_id != 0;
	return *out_is ? org_find(call, call->actor->organisation_id, out) : OK;
}

static Error show_own(Request *request)
{
	Organisation organisation;
	bool is = false;
	PageHead head = { .title = tr(request->call->lang, "My organisation's points"),
		.lead = tr(request->call->lang, "Counted by the published rule from what the library itself has recorded.") };
	TRY(own_organisation(request->call, &organisation, &is));
	return show_organisation(request, is ? &organisation : NULL, &head, TEXT("/points"));
}

static Text office_address(Arena *arena, Text ref)
{
	return arena_printf(arena, "/programme/points/of/%.*s", TEXT_ARGS(url_segment(arena, ref)));
}

static Error load_organisation(Request *request)
{
	Organisation *organisation = arena_new_of(request->call->arena, Organisation);
	TRY(merit_open(request->call, request_parameter(request, TEXT("ref")), organisation));
	request->subject = organisation;
	return OK;
}

static Error show_one(Request *request)
{
	Call *call = request->call;
	const Organisation *organisation = request->subject;
	Crumb crumbs[] = { { tr(call->lang, "Contribution points"), url_local(call->arena, "/programme/points") },
		{ .text = org_shown_name(organisation, call->lang) } };
	PageHead head = { .title = org_shown_name(organisation, call->lang), .crumbs = crumbs, .crumb_count = COUNT(crumbs) };
	return show_organisation(request, organisation, &head, office_address(call->arena, organisation->ref));
}

/* ---- As a table, and for machines */
static Error export_of(Request *request, const Organisation *organisation)
{
	static const char *const labels[] = { N_("Name of the line"), N_("What for"), N_("Comes from"), N_("When"), N_("Rule version"),
		N_("Points"), N_("Taken back") };
	Call *call = request->call;
	MeritEntries entries;
	Buffer out = csv_begin(call->arena);
	TRY(merit_entries(call, organisation, year_of(request), 0, EXPORT_MOST, &entries));
	for (size_t i = 0; i < COUNT(labels); i++) csv_cell(&out, tr(call->lang, labels[i]), i + 1 == COUNT(labels));
	for (size_t i = 0; i < entries.count; i++) {
		const MeritEntry *entry = &entries.at[i];
		csv_cell(&out, entry->code, false);
		csv_cell(&out, entry->row, false);
		csv_cell(&out, entry->shown, false);
		csv_cell(&out, clock_iso(call->arena, entry->at), false);
		csv_cell(&out, arena_printf(call->arena, "%lld", (long long)entry->rule), false);
		csv_cell(&out, merit_points_text(call->arena, entry->points), false);
		csv_cell(&out, entry->turn % 2 ? tr(call->lang, "yes") : TEXT(""), true);
	}
	reply_csv(request, "points.csv", &out);
	return OK;
}

static Error export_own(Request *request)
{
	Organisation organisation;
	bool is = false;
	TRY(own_organisation(request->call, &organisation, &is));
	return is ? export_of(request, &organisation) : fail(request->call, NOT_FOUND, "no organisation");
}

static Error export_one(Request *request) { return export_of(request, request->subject); }

static void put_sums(JsonWriter *json, const MeritScore *score)
{
	json_key(json, TEXT("sums"));
	json_array_begin(json);
	for (size_t i = 0; i < score->sums.count; i++) {
		const MeritSum *sum = &score->sums.at[i];
		json_object_begin(json);
		json_put_text(json, "line", sum->code);
		json_put_text(json, "text", sum->row);
		json_put_int(json, "entries", sum->entries);
		json_put_int(json, "points", sum->points);
		json_put_int(json, "counted", sum->counted);
		json_put_int(json, "cap", sum->cap);
		json_end(json);
	}
	json_end(json);
}

static void put_aims(JsonWriter *json, const MeritAims *aims)
{
	json_key(json, TEXT("aims"));
	json_array_begin(json);
	for (size_t i = 0; i < aims->count; i++) {
		const MeritAim *aim = &aims->at[i];
		json_object_begin(json);
		json_put_text(json, "direction", aim->direction);
		json_put_int(json, "stars", aim->stars);
		json_put_int(json, "next", aim->next);
		json_put_int(json, "rise", aim->rise);
		json_put_int(json, "missing", aim->missing);
		json_put_int(json, "keep", aim->keep);
		json_end(json);
	}
	json_end(json);
}

static void put_entries(JsonWriter *json, Arena *arena, const MeritEntries *entries)
{
	json_key(json, TEXT("items"));
	json_array_begin(json);
	for (size_t i = 0; i < entries->count; i++) {
		const MeritEntry *entry = &entries->at[i];
		json_object_begin(json);
		json_put_text(json, "ref", entry->ref);
		json_put_text(json, "line", entry->code);
		json_put_text(json, "from", entry->shown);
		json_put_text(json, "at", clock_iso(arena, entry->at));
		json_put_int(json, "rule", entry->rule);
		json_put_int(json, "points", entry->points);
		json_put_bool(json, "taken_back", entry->turn % 2 == 1);
		json_end(json);
	}
	json_end(json);
}

static Error get_own(Request *request)
{
	Call *call = request->call;
	Buffer buffer = { .arena = call->arena };
	JsonWriter json = json_writer(&buffer);
	Organisation organisation;
	MeritScore score;
	MeritAims aims;
	MeritEntries entries;
	bool is = false;
	int64_t cursor = request_query_number(request, TEXT("cursor"));
	TRY(own_organisation(call, &organisation, &is));
	if (!is) return fail(call, NOT_FOUND, "no organisation");
	TRY(merit_score(call, organisation.id, year_of(request), &score));
	TRY(merit_aims(call, organisation.id, &score, &aims));
	TRY(merit_entries(call, &organisation, score.year, cursor, PAGE, &entries));
	json_object_begin(&json);
	json_put_int(&json, "year", score.year);
	json_put_int(&json, "points", score.points);
	put_sums(&json, &score);
	put_aims(&json, &aims);
	put_entries(&json, call->arena, &entries);
	json_put_text(&json, "next_cursor", cursor_after(call, entries.count == PAGE ? entries.at[PAGE - 1].id : 0));
	json_end(&json);
	json_finish(&json);
	reply_json(request, buffer_text(&buffer));
	return OK;
}

/* ---- All of them */
static Error show_stands(Request *request)
{
	static const char *const labels[] = { N_("Organisation"), N_("Stars"), N_("Points") };
	Call *call = request->call;
	Html *html;
	MeritStands stands;
	int year = year_of(request);
	MeritStandsView view = { 0 };
	PageHead head = { .title = tr(call->lang, "Contribution points"),
		.lead = tr(call->lang, "Every organisation with points in the year, most first."),
		.wide = true };
	TRY(merit_stands(call, year, &stands));
	TRY(html_page_open(request, &head, &html));
	Cell *cells = arena_array_of(call->arena, Cell, stands.count * COUNT(labels) + 1);
	for (size_t i = 0; i < stands.count; i++) {
		const MeritStand *stand = &stands.at[i];
		Text address = office_address(call->arena, stand->organisation.ref);
		cells[i * 3] = (Cell) { .text = org_shown_name(&stand->organisation, html->lang),
			.url = url_local(call->arena, "%.*s?year=%d", TEXT_ARGS(address), year) };
		cells[i * 3 + 1].text = stand->stars < 0 ? TEXT("–") : arena_printf(call->arena, "%lld", (long long)stand->stars);
		cells[i * 3 + 2].text = points_text(html, stand->points);
	}
	view.years = years_of(html, year, TEXT("/programme/points"));
	view.rule = url_local(call->arena, "/programme/points/rule");
	if (stands.count)
		view.table = table(html, head.title, labels, COUNT(labels), cells, stands.count, 2);
	else
		view.empty = part_empty(html, tr(html->lang, "Nothing counts in this year yet."), TEXT(""), (Url) { { 0 } }, TEXT(""));
	page_merit_stands(html, &view);
	return html_page_close(request, html);
}

#define READERS .may = ROLE_SECRETARY | ROLE_SUPERVISOR, .needs_second_factor = true
#define PEOPLE .may = ROLE_PEOPLE
static const Route routes[] = {
	{ GET, "/points", show_own, PEOPLE,
		.summary = "The contribution points of one's own organisation, and what is missing to the next star" },
	{ GET, "/points/export/csv", export_own, PEOPLE, .weight = 5, .summary = "The entries of one's own organisation as a table" },
	{ GET, "/api/v1/points", get_own, PEOPLE, .scope = SCOPE_PROGRAMME,
		.summary = "The contribution points of one's own organisation, in hundredths; year chooses, cursor goes on." },
	{ GET, "/programme/points", show_stands, READERS, .summary = "The contribution points of all organisations in a year" },
	{ GET, "/programme/points/of/:ref", show_one, READERS, .subject = load_organisation,
		.summary = "The contribution points of an organisation" },
	{ GET, "/programme/points/of/:ref/export/csv", export_one, READERS, .subject = load_organisation, .weight = 5,
		.summary = "The entries of an organisation as a table" },
};
const RouteTable merit_routes = { "subject/merit", routes, COUNT(routes) };
