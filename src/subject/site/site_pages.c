#include "base/base/clock.h"
#include "subject/library/library.h"
#include "subject/site/site.h"
#include "subject/site/site.sql.h"
#include "subject/site/site_pages_private.h"
#include "subject/site/site_view.h"
#include "subject/site/views/about.html.h"
#include "subject/site/views/home.html.h"
#include "subject/warning/warning_public_view.h"

enum { HOME_LATEST = 8, HOME_NOTICES = 6, HOME_WARNINGS = 3, LEVELS = 4 };
static const char *const level_order[LEVELS] = { "critical", "high", "medium", "low" };

static void count_levels(Html *html, const SiteLevels *levels, HomeFigure *figures)
{
	for (size_t i = 0; i < LEVELS; i++) figures[i + 1].label = tr(html->lang, advisory_level_word(text_from(level_order[i])));
	figures[0].label = tr(html->lang, "published records");
	for (size_t i = 0; i < levels->count; i++) {
		figures[0].value += levels->at[i].records;
		for (size_t k = 0; k < LEVELS; k++)
			if (text_is(levels->at[i].level, text_from(level_order[k]))) figures[k + 1].value = levels->at[i].records;
	}
}

static const Table *latest_table(Html *html, const LibraryPage *page)
{
	static const char *const labels[] = { N_("Advisory"), N_("Level"), N_("Published on") };
	Arena *arena = html->call->arena;
	if (!page->items.count) return NULL;
	Column *columns = arena_array_of(arena, Column, COUNT(labels));
	for (size_t i = 0; i < COUNT(labels); i++)
		columns[i] = (Column) { .label = tr(html->lang, labels[i]), .kind = i ? COLUMN_NARROW : COLUMN_TEXT };
	Cell *cells = arena_array_of(arena, Cell, page->items.count * COUNT(labels));
	for (size_t i = 0; i < page->items.count; i++) {
		const LibraryItem *item = &page->items.at[i];
		Cell *cell = &cells[i * COUNT(labels)];
		Text path = arena_printf(arena, "/advisories/%.*s", TEXT_ARGS(url_segment(arena, item->identifier)));
		cell[0] = (Cell) { .text = library_title(item, html->lang), .url = url_public(html->request, path) };
		cell[1] = (Cell) { .markup = part_level(html, item->level, tr(html->lang, advisory_level_word(item->level))) };
		cell[2] = (Cell) { .markup = part_date(html, item->published_at) };
	}
	Table *table = arena_new_of(arena, Table);
	*table = (Table) { .caption = tr(html->lang, "Newest advisories"),
		.columns = columns,
		.column_count = COUNT(labels),
		.cells = cells,
		.row_count = page->items.count };
	return table;
}

static const Text *way_of_a_report(const Html *html, size_t *out_count)
{
	static const char *const names[] = { N_("Reception"), N_("Formal review"), N_("Verification"), N_("Rating"), N_("Acceptance"),
		N_("Publication") };
	Text *steps = arena_array_of(html->call->arena, Text, COUNT(names));
	for (size_t i = 0; i < COUNT(names); i++) steps[i] = tr(html->lang, names[i]);
	*out_count = COUNT(names);
	return steps;
}

static Error show_home(Request *request)
{
	Html *html;
	SiteLevels levels;
	LibraryPage page;
	Articles articles;
	WarningPublics warnings;
	HomeFigure figures[LEVELS + 1] = { 0 };
	TRY(site_levels(request->call, false, &levels));
	TRY(article_newest(request->call, HOME_NOTICES, &articles));
	TRY(warning_list_public(request->call, (WarningCursor) { 0 }, HOME_WARNINGS, &warnings));
	TRY(library_search(request->call, &(LibraryQuery) { .limit = HOME_LATEST }, &page));
	PageHead head = {
		.title = tr(request->call->lang, "Front page"), .own_heading = true, .wide = true, .feed = TEXT("/advisories.atom")
	};
	TRY(html_page_open(request, &head, &html));
	HomeView view = { .search = url_public(request, TEXT("/advisories")),
		.list = url_public(request, TEXT("/advisories")),
		.report = url_local(request->call->arena, "/report"),
		.feed = url_public(request, TEXT("/advisories.atom")),
		.about = url_public(request, TEXT("/about")),
		.figures = figures,
		.notice_list = url_public(request, TEXT("/notices")),
		.notices = article_table(html, &articles, tr(html->lang, "Notices and news")),
		.warning_list = url_public(request, TEXT("/warnings")),
		.warnings = warning_public_table(html, &warnings, tr(html->lang, "Risk warnings")),
		.latest = latest_table(html, &page) };
	count_levels(html, &levels, figures);
	view.figure_count = figures[0].value ? LEVELS + 1 : 0;
	view.steps = way_of_a_report(html, &view.step_count);
	page_home(html, &view);
	reply_public(request, TEXT("advisory"));
	reply_public(request, TEXT("article"));
	reply_public(request, TEXT("warning"));
	return html_page_close(request, html);
}

static Error show_about(Request *request)
{
	Html *html;
	Arena *arena = request->call->arena;
	PageHead head = { .title = tr(request->call->lang, "How the library works") };
	TRY(html_page_open(request, &head, &html));
	AboutView view = { .report = url_local(arena, "/report"),
		.rating = url_local(arena, "/tools/rating"),
		.advisories = url_public(request, TEXT("/advisories")),
		.openapi = url_local(arena, "/api/v1/openapi.json") };
	page_about(html, &view);
	reply_public(request, TEXT("site"));
	return html_page_close(request, html);
}

/* RFC 9116. Expires a year after the program's start of the day, so that it stays true without care. */
static Error show_security_txt(Request *request)
{
	enum { YEAR_DAYS = 364 };
	Arena *arena = request->call->arena;
	const House *house = request->call->house;
	int64_t expires = request->call->now + (int64_t)YEAR_DAYS * 86400000;
	Text body = arena_printf(arena,
		"Contact: %.*s/report\nExpires: %.*s\nPreferred-Languages: zh, en\nCanonical: %.*s/.well-known/security.txt\n",
		TEXT_ARGS(house->public_address), TEXT_ARGS(clock_iso(arena, expires)), TEXT_ARGS(house->public_address));
	reply_text(request, TEXT("text/plain; charset=utf-8"), body);
	return OK;
}

static const Route routes[] = {
	{ GET, "/", show_home, .may = ROLE_EVERYBODY, .is_public = true, .summary = "The front page: search, figures, newest advisories" },
	{ GET, "/about", show_about, .may = ROLE_EVERYBODY, .is_public = true, .summary = "How the library works" },
	{ GET, "/.well-known/security.txt", show_security_txt, .may = ROLE_EVERYBODY, .is_public = true,
		.summary = "Where to report a weakness of the library itself (RFC 9116)" },
};
const RouteTable site_routes = { "subject/site", routes, COUNT(routes) };
