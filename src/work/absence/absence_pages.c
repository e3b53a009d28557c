/* Absences: the page, and the same for machines. */
#include "base/base/clock.h"
#include "people/person/form_page.h"
#include "people/person/person_pages.h"
#include "work/absence/absence.h"
#include "work/absence/absence_view.h"
#include "work/absence/views/absences.html.h"
#include "work/form/action_view.h"

enum { PAGE = 50 };

/* ---- The page */
static Text day_text(Arena *arena, int64_t at) { return text_slice(clock_iso(arena, at + (int64_t)8 * 3600000), 0, 10); }

static Markup state_of(Html *html, const Absence *absence)
{
	if (absence->is_over) return part_status(html, tr(html->lang, "Over"), TEXT("neutral"));
	return absence->has_begun ? part_status(html, tr(html->lang, "Runs now"), TEXT("warn"))
				  : part_status(html, tr(html->lang, "Ahead"), TEXT("active"));
}

static Markup end_button(Html *html, const Absence *absence)
{
	if (!absence->may_end) return (Markup) { TEXT("") };
	Url url = url_local(html->call->arena, "/absences/%.*s/end", TEXT_ARGS(absence->ref));
	return button_form(html, url, tr(html->lang, "End now"), TEXT("quiet"), TEXT(""), TEXT(""));
}

static Markup table_of(Html *html, const Absences *absences)
{
	static const char *const labels[] = { N_("Who is away"), N_("First day of the absence"), N_("Last day of the absence"),
		N_("Working days"), N_("Deputy"), N_("State"), N_("Actions") };
	Arena *arena = html->call->arena;
	Column columns[COUNT(labels)];
	Cell *cells = arena_array_of(arena, Cell, absences->count * COUNT(labels) + 1);
	for (size_t i = 0; i < COUNT(labels); i++)
		columns[i] = (Column) { .label = tr(html->lang, labels[i]),
			.kind = i == 3 ? COLUMN_NUMBER
				: i    ? COLUMN_NARROW
				       : COLUMN_TEXT };
	for (size_t i = 0; i < absences->count; i++) {
		const Absence *absence = &absences->at[i];
		Cell *cell = &cells[i * COUNT(labels)];
		cell[0] = (Cell) { .text = absence->person };
		cell[1] = (Cell) { .text = day_text(arena, absence->from_at) };
		cell[2] = (Cell) { .text = day_text(arena, (absence->ended_at ? absence->ended_at : absence->until_at) - 1) };
		cell[3] = (Cell) { .text = arena_printf(arena, "%d", absence->working_days) };
		cell[4] = (Cell) { .text = absence->deputy.length ? absence->deputy : TEXT("—") };
		cell[5] = (Cell) { .markup = state_of(html, absence) };
		cell[6] = (Cell) { .markup = end_button(html, absence) };
	}
	Table table = { .caption = tr(html->lang, "Absences"),
		.columns = columns,
		.column_count = COUNT(labels),
		.cells = cells,
		.row_count = absences->count };
	return part_table(html, &table);
}

static Error show(Request *request)
{
	Html *html;
	Call *call = request->call;
	Absences absences;
	Failure failure = call->failure;
	Map *values = map_new(call->arena);
	bool is_open = request->method == POST;
	PageHead head = { .title = tr(call->lang, "Absences"),
		.lead = tr(call->lang, "While somebody is away their open tasks are with the deputy; nobody is given a task that falls due "
				       "in their absence."),
		.wide = true };
	if (is_open && form_take(request, &absence_form, values) != OK) call_recover(call);
	TRY(absence_list(call, request_query_number(request, TEXT("before")), PAGE, &absences));
	call->failure = failure;
	TRY(html_page_open(request, &head, &html));
	AbsencesView view = { .action = url_local(call->arena, "/absences"),
		.form = form_view(html, &absence_form, values, (Url) { { 0 } }),
		.is_open = is_open || request_query(request, TEXT("open")).at };
	view.table = absences.count ? table_of(html, &absences)
				    : part_empty(html, tr(call->lang, "No absence is stated."), TEXT(""), (Url) { { 0 } }, TEXT(""));
	if (absences.count == PAGE)
		view.pager = part_pager(
			html, (Url) { { 0 } }, url_local(call->arena, "/absences?before=%lld", (long long)absences.at[PAGE - 1].id));
	page_absences(html, &view);
	return html_page_close(request, html);
}

static Error take(Request *request)
{
	Text ref;
	Map *values = map_new(request->call->arena);
	TRY(form_take(request, &absence_form, values));
	return absence_add(request->call, values, &ref);
}

static Error do_add(Request *request)
{
	TRY(take(request));
	return reply_redirect(request, TEXT("/absences"));
}

static Error do_end(Request *request)
{
	TRY(absence_end(request->call, request_parameter(request, TEXT("absence"))));
	return reply_redirect(request, TEXT("/absences"));
}

/* ---- For machines */
static void put_absence(JsonWriter *writer, Arena *arena, const Absence *absence)
{
	json_object_begin(writer);
	json_put_text(writer, "ref", absence->ref);
	json_put_text(writer, "person", absence->person);
	json_put_filled(writer, "deputy", absence->deputy);
	json_put_text(writer, "from", clock_iso(arena, absence->from_at));
	json_put_text(writer, "until", clock_iso(arena, absence->until_at));
	json_put_int(writer, "working_days", absence->working_days);
	json_put_text(writer, "entered_by", absence->entered_by);
	json_put_time(writer, "ended_at", absence->ended_at);
	json_put_text(writer, "state", absence->is_over ? TEXT("over") : absence->has_begun ? TEXT("running") : TEXT("ahead"));
	json_end(writer);
}

static Error api_list(Request *request)
{
	Call *call = request->call;
	Absences absences;
	int64_t before;
	JsonList page;
	TRY(request_cursor(request, &before));
	TRY(absence_list(call, before, PAGE, &absences));
	json_list_begin(request, &page);
	for (size_t i = 0; i < absences.count; i++) put_absence(&page.writer, call->arena, &absences.at[i]);
	json_list_end(request, &page, cursor_after(call, absences.count == PAGE ? absences.at[PAGE - 1].id : 0));
	return OK;
}

static Error api_add(Request *request)
{
	TRY(take(request));
	return api_list(request);
}

static Error api_end(Request *request)
{
	TRY(absence_end(request->call, request_parameter(request, TEXT("absence"))));
	return api_list(request);
}

static const Route routes[] = {
	{ GET, "/absences", show, .may = ROLE_ABSENCE, .needs_second_factor = true, .summary = "Who is away and who stands in" },
	{ POST, "/absences", do_add, .may = ROLE_ABSENCE, .needs_second_factor = true, .form = &action_request_form, .retry = show,
		.summary = "State an absence" },
	{ POST, "/absences/:absence/end", do_end, .may = ROLE_ABSENCE, .needs_second_factor = true, .summary = "End an absence" },
	{ GET, "/api/v1/absences", api_list, .may = ROLE_ABSENCE, .needs_second_factor = true, .scope = SCOPE_CASE_READ,
		.summary = "Who is away and who stands in" },
	{ POST, "/api/v1/absences", api_add, .may = ROLE_ABSENCE, .needs_second_factor = true, .scope = SCOPE_CASE_WRITE,
		.form = &action_request_form, .summary = "State an absence" },
	{ POST, "/api/v1/absences/:absence/end", api_end, .may = ROLE_ABSENCE, .needs_second_factor = true, .scope = SCOPE_CASE_WRITE,
		.summary = "End an absence" },
};
const RouteTable absence_routes = { "work/absence", routes, COUNT(routes) };
