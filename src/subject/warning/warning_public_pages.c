/* Public warnings: list, one, its files, and the feed. */
#include "base/base/clock.h"
#include "face/html/atom.h"
#include "subject/warning/views/warning_public.html.h"
#include "subject/warning/views/warning_public_list.html.h"
#include "subject/warning/warning_pages_private.h"
#include "subject/warning/warning_public_view.h"
#include "subject/warning/warning_view.h"

enum { PAGE = 20, FEED = 30 };

Text warning_public_title(Arena *arena, Lang lang, const WarningPublic *warning)
{
	return warning_title(arena, lang, warning->what[LANG_ZH], warning->what[LANG_EN]);
}

Url warning_public_url(const Request *request, Text number)
{
	return url_public(
		request, arena_printf(request->call->arena, "/warnings/%.*s", TEXT_ARGS(url_segment(request->call->arena, number))));
}

const Table *warning_public_table(Html *html, const WarningPublics *list, Text caption)
{
	static const char *const labels[] = { N_("Warning"), N_("Number"), N_("Published on") };
	Arena *arena = html->call->arena;
	if (!list->count) return NULL;
	Column *columns = arena_array_of(arena, Column, COUNT(labels));
	Cell *cells = arena_array_of(arena, Cell, list->count * COUNT(labels));
	for (size_t i = 0; i < COUNT(labels); i++)
		columns[i] = (Column) { .label = tr(html->lang, labels[i]), .kind = i ? COLUMN_NARROW : COLUMN_TEXT };
	for (size_t i = 0; i < list->count; i++) {
		const WarningPublic *warning = &list->at[i];
		Cell *cell = &cells[i * COUNT(labels)];
		cell[0] = (Cell) { .text = warning_public_title(arena, html->lang, warning),
			.url = warning_public_url(html->request, warning->number) };
		cell[1].text = warning->number;
		cell[2].markup = part_date(html, warning->published_at);
	}
	Table *table = arena_new_of(arena, Table);
	*table = (Table) { caption, columns, COUNT(labels), cells, list->count };
	return table;
}

/* "1772690400000-17": where the last page ended. */
static WarningCursor cursor_of(const Request *request)
{
	WarningCursor cursor = { 0 };
	Text rest = request_query(request, TEXT("after")), at;
	if (!rest.at || !text_next(&rest, '-', &at) || !rest.at) return (WarningCursor) { 0 };
	return text_to_int(at, &cursor.at) && text_to_int(rest, &cursor.id) && cursor.id > 0 ? cursor : (WarningCursor) { 0 };
}

static Error show_list(Request *request)
{
	Html *html;
	Call *call = request->call;
	WarningPublics list;
	PageHead head = { .title = tr(call->lang, "Risk warnings"),
		.lead = tr(
			call->lang, "Major vulnerabilities and incidents of mobile apps: what was found, who is affected, and what to do."),
		.feed = TEXT("/warnings.atom") };
	TRY(warning_list_public(call, cursor_of(request), PAGE, &list));
	TRY(html_page_open(request, &head, &html));
	WarningPublicListView view = { .table = warning_public_table(html, &list, head.title),
		.feed = url_public(request, TEXT("/warnings.atom")) };
	if (list.count == PAGE) {
		const WarningPublic *last = &list.at[PAGE - 1];
		Text own = url_public(request, TEXT("/warnings")).text;
		view.pager = part_pager(html, (Url) { { 0 } },
			url_local(call->arena, "%.*s?after=%lld-%lld", TEXT_ARGS(own), (long long)last->published_at, (long long)last->id));
	}
	page_warning_public_list(html, &view);
	reply_public(request, TEXT("warning"));
	return html_page_close(request, html);
}

/* ---- One */
static Error read_content(Call *call, Text content, Map **out) { return form_values_read(call, &warning_form, content, out); }

static Error changes_of(Html *html, const WarningPublic *warning, Map *values, Markup *out)
{
	WarningChanges changes;
	Html inner = html_inner(html);
	Map *after = values, *before;
	*out = (Markup) { TEXT("") };
	TRY(warning_changes(html->call, warning, &changes));
	for (size_t i = 0; i < changes.count; i++) {
		const WarningChange *change = &changes.at[i];
		Problem head = { .message = N_("Revision %s"),
			.argument = arena_printf(html->call->arena, "%lld", (long long)change->n + 1) };
		Text title = arena_printf(html->call->arena, "%.*s · %.*s", TEXT_ARGS(problem_text(html->call->arena, html->lang, &head)),
			TEXT_ARGS(clock_human_date(html->call->arena, html->lang, change->at)));
		TRY(read_content(html->call, change->content, &before));
		html_markup(&inner, part_note(html, TEXT("neutral"), title, warning_lines(html, change->reason)));
		html_markup(&inner, warning_difference(html, before, after));
		after = before;
	}
	if (changes.count) *out = html_done(html, &inner);
	return OK;
}

static Error fill(Html *html, const WarningPublic *warning, WarningPublicView *view)
{
	Arena *arena = html->call->arena;
	Map *values;
	Text own = warning_public_url(html->request, warning->number).text;
	*view = (WarningPublicView) { .number = warning->number,
		.reason = warning->reason,
		.published_at = warning->published_at,
		.changed_at = warning->changed_at,
		.was_changed = warning->changed_at > warning->published_at,
		.is_withdrawn = warning->withdrawn_at != 0,
		.is_urgent = warning->is_urgent,
		.pdf = url_local(arena, "%.*s/file.pdf", TEXT_ARGS(own)),
		.word = url_local(arena, "%.*s/file.docx", TEXT_ARGS(own)) };
	TRY(read_content(html->call, warning->content, &values));
	view->parts = warning_parts(html, values, &view->lang);
	return changes_of(html, warning, values, &view->changes);
}

static Error show(Request *request)
{
	Html *html;
	Call *call = request->call;
	WarningPublic warning;
	WarningPublicView view;
	TRY(warning_find_public(call, request_parameter(request, TEXT("number")), &warning));
	Crumb crumbs[] = { { tr(call->lang, "Risk warnings"), url_public(request, TEXT("/warnings")) }, { .text = warning.number } };
	PageHead head = {
		.title = warning_public_title(call->arena, call->lang, &warning), .crumbs = crumbs, .crumb_count = COUNT(crumbs)
	};
	TRY(html_page_open(request, &head, &html));
	TRY(fill(html, &warning, &view));
	page_warning_public(html, &view);
	reply_public(request, arena_printf(call->arena, "warning:%.*s", TEXT_ARGS(warning.number)));
	return html_page_close(request, html);
}

/* ---- Files */
static Error file(Request *request, bool as_word)
{
	Call *call = request->call;
	WarningPublic warning;
	Map *values;
	TRY(warning_find_public(call, request_parameter(request, TEXT("number")), &warning));
	if (warning.withdrawn_at) return fail(call, NOT_FOUND, "warning %.*s was withdrawn", TEXT_ARGS(warning.number));
	TRY(read_content(call, warning.content, &values));
	WarningDocument document = {
		.number = warning.number, .n = warning.n, .at = warning.changed_at, .values = values, .is_public = true
	};
	return warning_reply_file(request, &document, as_word);
}
static Error file_pdf(Request *request) { return file(request, false); }
static Error file_word(Request *request) { return file(request, true); }

static Error show_atom(Request *request)
{
	Call *call = request->call;
	WarningPublics list;
	TRY(warning_list_public(call, (WarningCursor) { 0 }, FEED, &list));
	AtomEntry *entries = arena_array_of(call->arena, AtomEntry, list.count + 1);
	for (size_t i = 0; i < list.count; i++) {
		const WarningPublic *warning = &list.at[i];
		entries[i] = (AtomEntry) { .address = url_absolute(call, warning_public_url(request, warning->number)).text,
			.title = warning_public_title(call->arena, call->lang, warning),
			.summary = warning->number,
			.published_at = warning->published_at,
			.updated_at = warning->changed_at };
	}
	const AtomFeed feed = { .self = url_absolute(call, url_public(request, TEXT("/warnings.atom"))).text,
		.list = url_absolute(call, url_public(request, TEXT("/warnings"))).text,
		.title = tr(call->lang, N_("Risk warnings")),
		.entries = entries,
		.count = list.count };
	atom_reply(request, &feed, TEXT("warning"));
	return OK;
}

#define PUBLIC .may = ROLE_EVERYBODY, .is_public = true
static const Route routes[] = {
	{ GET, "/warnings", show_list, PUBLIC, .summary = "Public warnings, newest first" },
	{ GET, "/warnings.atom", show_atom, PUBLIC, .summary = "The newest public warnings as Atom feed" },
	{ GET, "/warnings/:number", show, PUBLIC, .summary = "A public warning, or that it was withdrawn" },
	{ GET, "/warnings/:number/file.pdf", file_pdf, PUBLIC, .weight = 5, .summary = "A public warning as a signed PDF" },
	{ GET, "/warnings/:number/file.docx", file_word, PUBLIC, .weight = 5, .summary = "A public warning for Word" },
};
const RouteTable warning_public_routes = { "subject/warning", routes, COUNT(routes) };
