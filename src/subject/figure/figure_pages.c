/* Figures for everybody, for the office, and of one's own organisation. */
#include "base/base/json.h"
#include "subject/figure/figure_private.h"
#include "subject/figure/figure_view.h"
#include "subject/figure/views/figure_show.html.h"

enum { CHOICES = 36 };

/* ---- The period picker: months, in a form without script */
typedef struct Picker {
	const char *name, *label; /* English source text */
	int64_t chosen;
} Picker;

static Markup picker(Html *html, Url action, const Picker *pickers, size_t count, int64_t newest)
{
	Arena *arena = html->call->arena;
	Text *tags = arena_array_of(arena, Text, CHOICES), *labels = arena_array_of(arena, Text, CHOICES);
	Filter *filters = arena_array_of(arena, Filter, count);
	for (int64_t i = 0; i < CHOICES; i++) {
		tags[i] = figure_month_tag(arena, newest - i);
		labels[i] = figure_month_text(html->call, newest - i);
	}
	for (size_t i = 0; i < count; i++)
		filters[i] = (Filter) { .name = text_from(pickers[i].name),
			.label = tr(html->lang, pickers[i].label),
			.value = figure_month_tag(arena, pickers[i].chosen),
			.choice_values = tags,
			.choice_labels = labels,
			.choice_count = CHOICES };
	return part_filters(html, &(FilterBar) { .action = action, .filters = filters, .count = count });
}

static Error fill(Html *html, const FigureView *view, bool any, Text address, FiguresView *page)
{
	FigureSheets sheets;
	if (!any) {
		page->empty = part_empty(html, tr(html->lang, "Nothing is computed yet."),
			tr(html->lang, "The figures of a day are computed when it is over."), (Url) { { 0 } }, TEXT(""));
		return OK;
	}
	TRY(figure_sheets(html->call, view, &sheets));
	for (size_t i = 0; i < sheets.count; i++)
		list_add(html->call->arena, &page->sheets, figure_sheet_view(html, &sheets.at[i], address));
	return OK;
}

/* ---- For everybody */
typedef Error ViewOf(Request *request, FigureView *out, bool *out_any);
typedef struct PublicPage {
	ViewOf *view_of;
	const char *path, *api, *other, *other_label; /* labels: English source texts */
} PublicPage;
static const PublicPage whole_page = { figure_public_view, "/figures", "/api/v1/figures", "/figures/reports",
	N_("Monthly and yearly reports") };
static const PublicPage vendors_page = { figure_vendors_view, "/figures/vendors", "/api/v1/figures/vendors", "/figures",
	N_("Figures of the library") };

static Error show_month(Request *request, const PublicPage *shown, const PageHead *head)
{
	Html *html;
	bool any;
	int64_t day, newest;
	FigureView view;
	Call *call = request->call;
	TRY(shown->view_of(request, &view, &any));
	TRY(figure_closed(call, &day, &newest));
	TRY(html_page_open(request, head, &html));
	FiguresView page = { .json = url_local(call->arena, "%s", shown->api),
		.reports = url_public(request, text_from(shown->other)),
		.reports_label = tr(call->lang, shown->other_label) };
	if (shown == &whole_page) page.vendors = url_public(request, text_from(vendors_page.path));
	Text address = arena_printf(call->arena, "%s/export?", shown->path);
	if (any) {
		const Picker pickers[] = { { "month", N_("Month"), view.period.first } };
		Text tag = figure_month_tag(call->arena, view.period.first);
		page.filters = picker(html, url_public(request, text_from(shown->path)), pickers, COUNT(pickers), newest);
		address = arena_printf(call->arena, "%s/export?month=%.*s", shown->path, TEXT_ARGS(tag));
		page.json = url_local(call->arena, "%s?month=%.*s", shown->api, TEXT_ARGS(tag));
	}
	TRY(fill(html, &view, any, address, &page));
	page_figure_show(html, &page);
	reply_public(request, TEXT("figures"));
	return html_page_close(request, html);
}

static Error show_public(Request *request)
{
	Lang lang = request->call->lang;
	PageHead head = { .title = tr(lang, "Figures"),
		.lead = tr(lang,
			"What the library does and how punctual it is, by whole months. Where fewer than five matters stand behind a "
			"number it is hidden, so that nothing is told of a single one."),
		.wide = true };
	return show_month(request, &whole_page, &head);
}

static Error show_vendors(Request *request)
{
	Lang lang = request->call->lang;
	PageHead head = { .title = tr(lang, "How vendors respond"),
		.lead = tr(lang,
			"All vendors together, by whole months; none is named. A number is hidden where too few matters, or those of too "
			"few vendors, stand behind it."),
		.wide = true };
	return show_month(request, &vendors_page, &head);
}

static Error export_month(Request *request, ViewOf *view_of)
{
	bool any;
	FigureView view;
	FigureSheets sheets;
	TRY(view_of(request, &view, &any));
	if (!any) return fail(request->call, NOT_FOUND, "nothing is computed yet");
	TRY(figure_sheets(request->call, &view, &sheets));
	return figure_export(request, &sheets);
}

static Error export_public(Request *request) { return export_month(request, figure_public_view); }
static Error export_vendors(Request *request) { return export_month(request, figure_vendors_view); }

static const Route public_routes[] = {
	{ GET, "/figures", show_public, .may = ROLE_EVERYBODY, .is_public = true,
		.summary = "What the library does and how punctual it is, by whole months; month chooses" },
	{ GET, "/figures/vendors", show_vendors, .may = ROLE_EVERYBODY, .is_public = true,
		.summary = "How vendors respond, all together, by whole months; month chooses" },
	{ GET, "/figures/vendors/export", export_vendors, .may = ROLE_EVERYBODY, .weight = 5,
		.summary = "A table of how vendors respond as a file; table, month and format (csv, xlsx) choose" },
	{ GET, "/figures/export", export_public, .may = ROLE_EVERYBODY, .weight = 5,
		.summary = "A table of the public figures as a file; table, month and format (csv, xlsx) choose" },
};
const RouteTable figure_routes = { "subject/figure", public_routes, COUNT(public_routes) };

/* ---- For the office, and of one's own organisation */
static Error show_inside(Request *request, ViewOf *view_of, const char *path, const PageHead *head)
{
	Html *html;
	bool any;
	FigureView view = { .scope = FIGURE_OFFICE };
	Call *call = request->call;
	Text address = arena_printf(call->arena, "%s/export?", path);
	TRY(view_of(request, &view, &any));
	TRY(html_page_open(request, head, &html));
	bool is_office = view.scope == FIGURE_OFFICE;
	FiguresView page = { .reports = is_office ? url_local(call->arena, "/figure-reports") : url_public(request, TEXT("/figures")),
		.reports_label =
			is_office ? tr(call->lang, "Weekly, monthly and yearly reports") : tr(call->lang, "Figures of the library") };
	if (any) {
		int64_t day, newest;
		TRY(figure_closed(call, &day, &newest));
		const Picker pickers[] = { { "from", N_("First month"), view.period.first },
			{ "until", N_("Last month"), view.period.last } };
		page.filters = picker(html, url_local(call->arena, "%s", path), pickers, COUNT(pickers), figure_month_of(day));
		address = arena_printf(call->arena, "%s/export?from=%.*s&until=%.*s", path,
			TEXT_ARGS(figure_month_tag(call->arena, view.period.first)),
			TEXT_ARGS(figure_month_tag(call->arena, view.period.last)));
	}
	TRY(fill(html, &view, any, address, &page));
	page_figure_show(html, &page);
	return html_page_close(request, html);
}

static Error show_office(Request *request)
{
	Lang lang = request->call->lang;
	PageHead head = { .title = tr(lang, "Figures for the office"),
		.lead = tr(lang, "Nothing is hidden here: pass nothing on that tells of a single matter."),
		.wide = true };
	return show_inside(request, figure_office_view, "/figures/office", &head);
}

static Error show_own(Request *request)
{
	Lang lang = request->call->lang;
	PageHead head = { .title = tr(lang, "Figures of my organisation"),
		.lead = tr(lang, "Only your own organisation's; nobody else but the library's office sees them."),
		.wide = true };
	return show_inside(request, figure_own_view, "/figures/own", &head);
}

static Error export_office(Request *request) { return export_month(request, figure_office_view); }
static Error export_own(Request *request) { return export_month(request, figure_own_view); }

#define OFFICE .may = FIGURE_STAFF, .needs_second_factor = true
#define OWN .may = ROLE_VENDOR_MEMBER | ROLE_VENDOR_ADMIN | ROLE_UNIT_MEMBER | ROLE_UNIT_ADMIN
static const Route office_routes[] = {
	{ GET, "/figures/office", show_office, OFFICE,
		.summary = "All figures, by vendor and by unit too; from and until choose the months" },
	{ GET, "/figures/office/export", export_office, OFFICE, .weight = 5, .summary = "A table of them as a file" },
	{ GET, "/figures/own", show_own, OWN, .summary = "Figures of one's own organisation, as a vendor or as a unit (as=unit)" },
	{ GET, "/figures/own/export", export_own, OWN, .weight = 5, .summary = "A table of them as a file" },
};
const RouteTable figure_office_routes = { "subject/figure", office_routes, COUNT(office_routes) };
