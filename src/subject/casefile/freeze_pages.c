/* The calendar of major events: pages and the same for machines. */
#include "base/base/clock.h"
#include "people/person/form_page.h"
#include "subject/casefile/casefile_private.h"
#include "subject/casefile/casefile_view.h"
#include "subject/casefile/views/freezes.html.h"

enum { PAGE = 50, READERS = ROLE_COORDINATOR | ROLE_PUBLISHER };

typedef struct FreezeForm {
	Text name, basis, from, until;
} FreezeForm;
static const FieldSpec freeze_fields[] = {
	{ "name", FIELD_TEXT, offsetof(FreezeForm, name), .max_length = 200 },
	{ "basis", FIELD_TEXT, offsetof(FreezeForm, basis), .max_length = 200 },
	{ "from", FIELD_TEXT, offsetof(FreezeForm, from), .max_length = 10 },
	{ "until", FIELD_TEXT, offsetof(FreezeForm, until), .max_length = 10 },
};
static const FormSpec freeze_form = { freeze_fields, COUNT(freeze_fields), sizeof(FreezeForm), .max_body_bytes = 0 };

static Error number_query(const Request *request, const char *name, int64_t *out)
{
	Text value = request_query(request, text_from(name));
	*out = 0;
	if (value.at && !text_to_int(value, out)) return fail(request->call, USAGE, "%s", name);
	return OK;
}

static Markup end_button(Html *html, const Freeze *freeze)
{
	if (freeze->ended_at || freeze->until_at <= html->call->now || !actor_has(html->call->actor, ROLE_COORDINATOR))
		return (Markup) { TEXT("") };
	Url url = url_local(html->call->arena, "/casefiles/freezes/%.*s/end", TEXT_ARGS(freeze->ref));
	return button_form(html, url, tr(html->lang, "End now"), TEXT("warn"), TEXT(""), TEXT(""));
}

static Markup state_chip(Html *html, const Freeze *freeze)
{
	int64_t now = html->call->now;
	if (freeze->ended_at || freeze->until_at < now) return part_status(html, tr(html->lang, "Over"), TEXT("neutral"));
	return freeze->from_at <= now ? part_status(html, tr(html->lang, "Runs now"), TEXT("warn"))
				      : part_status(html, tr(html->lang, "Ahead"), TEXT("active"));
}

static Markup table_of(Html *html, const Freezes *freezes)
{
	static const char *const labels[] = { N_("Name of the period"), N_("Document it comes from"), N_("From"), N_("Until"), N_("State"),
		N_("Actions") };
	Arena *arena = html->call->arena;
	Column *columns = arena_array_of(arena, Column, COUNT(labels));
	Cell *cells = arena_array_of(arena, Cell, freezes->count * COUNT(labels) + 1);
	for (size_t i = 0; i < COUNT(labels); i++)
		columns[i] = (Column) { .label = tr(html->lang, labels[i]), .kind = i > 1 ? COLUMN_NARROW : COLUMN_TEXT };
	for (size_t i = 0; i < freezes->count; i++) {
		const Freeze *freeze = &freezes->at[i];
		Cell *cell = &cells[i * COUNT(labels)];
		cell[0] = (Cell) { .text = freeze->name };
		cell[1] = (Cell) { .text = freeze->basis };
		cell[2] = (Cell) { .markup = part_time(html, freeze->from_at) };
		cell[3] = (Cell) { .markup = part_time(html, freeze->ended_at ? freeze->ended_at : freeze->until_at) };
		cell[4] = (Cell) { .markup = state_chip(html, freeze) };
		cell[5] = (Cell) { .markup = end_button(html, freeze) };
	}
	Table table = { .caption = tr(html->lang, "Periods of major events"),
		.columns = columns,
		.column_count = COUNT(labels),
		.cells = cells,
		.row_count = freezes->count };
	return part_table(html, &table);
}

static Markup form_of(Html *html, const Request *request)
{
	FormField fields[] = {
		form_field(request, "name", INPUT_TEXT, N_("Name of the period"), NULL, request_query(request, TEXT("name"))),
		form_field(request, "basis", INPUT_TEXT, N_("Document it comes from"), NULL, TEXT("")),
		form_field(request, "from", INPUT_DATE, N_("First day"), NULL, TEXT("")),
		form_field(request, "until", INPUT_DATE, N_("Last day"), NULL, TEXT("")),
	};
	for (size_t i = 0; i < COUNT(fields); i++) fields[i].required = true;
	return inline_form(html, url_local(html->call->arena, "/casefiles/freezes"), fields, COUNT(fields),
		tr(html->lang, "Enter the period"), TEXT(""));
}

static Error show(Request *request)
{
	Html *html;
	Call *call = request->call;
	Freezes freezes;
	int64_t before = 0;
	Crumb crumbs[] = { { tr(call->lang, "Casefiles"), url_local(call->arena, "/casefiles") },
		{ .text = tr(call->lang, "Periods of major events") } };
	PageHead head = { .title = tr(call->lang, "Periods of major events"),
		.lead = tr(call->lang, "In such a period nothing is published without the consent of the Ministry of Public Security."),
		.crumbs = crumbs,
		.crumb_count = COUNT(crumbs),
		.wide = true };
	TRY(number_query(request, "before", &before));
	TRY(freeze_list(call, before, PAGE, &freezes));
	TRY(html_page_open(request, &head, &html));
	FreezesView view = { 0 };
	if (freezes.count)
		view.table = table_of(html, &freezes);
	else
		view.table = part_empty(html, tr(call->lang, "No period has been entered."), TEXT(""), (Url) { { 0 } }, TEXT(""));
	if (actor_has(call->actor, ROLE_COORDINATOR)) view.form = form_of(html, request);
	if (freezes.count == PAGE)
		view.pager = part_pager(html, (Url) { { 0 } },
			url_local(call->arena, "/casefiles/freezes?before=%lld", (long long)freezes.at[PAGE - 1].id));
	page_freezes(html, &view);
	return html_page_close(request, html);
}

/* Whole days of Beijing: from 0:00 of the first to 24:00 of the last. */
static void read_day(Call *call, const char *field, Text text, int64_t offset, int64_t *out)
{
	Text whole = arena_printf(call->arena, "%.*sT00:00:00+08:00", TEXT_ARGS(text));
	if (text.length != 10 || !clock_parse(whole, out))
		call_problem(call, text_from(field), N_("A date such as 2026-03-05 is expected."), (Text) { 0 });
	else
		*out += offset;
}

static Error enter(Request *request)
{
	const FreezeForm *form = request->form;
	Call *call = request->call;
	Freeze freeze = { .name = text_trim(form->name), .basis = text_trim(form->basis) };
	freeze_check_words(call, &freeze);
	read_day(call, "from", form->from, 0, &freeze.from_at);
	read_day(call, "until", form->until, (int64_t)24 * 3600000 - 1, &freeze.until_at);
	TRY(call_check_problems(call));
	return freeze_add(call, &freeze);
}

static Error do_add(Request *request)
{
	TRY(enter(request));
	return reply_redirect(request, TEXT("/casefiles/freezes"));
}

static Error do_end(Request *request)
{
	TRY(freeze_end(request->call, request_parameter(request, TEXT("freeze"))));
	return reply_redirect(request, TEXT("/casefiles/freezes"));
}

/* ---- For machines */
static Error reply_list(Request *request)
{
	Call *call = request->call;
	Freezes freezes;
	int64_t before = 0;
	JsonList page;
	TRY(number_query(request, "cursor", &before));
	TRY(freeze_list(call, before, PAGE, &freezes));
	json_list_begin(request, &page);
	for (size_t i = 0; i < freezes.count; i++) {
		const Freeze *freeze = &freezes.at[i];
		json_object_begin(&page.writer);
		json_put_text(&page.writer, "ref", freeze->ref);
		json_put_text(&page.writer, "name", freeze->name);
		json_put_text(&page.writer, "basis", freeze->basis);
		json_put_text(&page.writer, "from", clock_iso(call->arena, freeze->from_at));
		json_put_text(&page.writer, "until", clock_iso(call->arena, freeze->until_at));
		json_put_time(&page.writer, "ended_at", freeze->ended_at);
		json_end(&page.writer);
	}
	json_list_end(request, &page, cursor_after(call, freezes.count == PAGE ? freezes.at[PAGE - 1].id : 0));
	return OK;
}

static Error api_add(Request *request)
{
	TRY(enter(request));
	return reply_list(request);
}

static Error api_end(Request *request)
{
	TRY(freeze_end(request->call, request_parameter(request, TEXT("freeze"))));
	return reply_list(request);
}

static const Route routes[] = {
	{ GET, "/casefiles/freezes", show, .may = READERS, .needs_second_factor = true, .summary = "Periods of major events" },
	{ POST, "/casefiles/freezes", do_add, .may = ROLE_COORDINATOR, .needs_second_factor = true, .form = &freeze_form, .retry = show,
		.summary = "Enter a period of a major event" },
	{ POST, "/casefiles/freezes/:freeze/end", do_end, .may = ROLE_COORDINATOR, .needs_second_factor = true,
		.summary = "End a period of a major event before its time" },
	{ GET, "/api/v1/freezes", reply_list, .may = READERS, .needs_second_factor = true, .scope = SCOPE_CASE_READ,
		.summary = "Periods of major events" },
	{ POST, "/api/v1/freezes", api_add, .may = ROLE_COORDINATOR, .needs_second_factor = true, .scope = SCOPE_CASE_WRITE,
		.form = &freeze_form, .summary = "Enter a period of a major event" },
	{ POST, "/api/v1/freezes/:freeze/end", api_end, .may = ROLE_COORDINATOR, .needs_second_factor = true, .scope = SCOPE_CASE_WRITE,
		.summary = "End a period of a major event before its time" },
};
const RouteTable freeze_routes = { "subject/casefile freezes", routes, COUNT(routes) };
