/* Reports for machines: what was issued, for everybody; drafting, words, review and issue, for the office. */
#include "base/base/clock.h"
#include "base/base/json.h"
#include "people/person/rules.h"
#include "subject/figure/figure_report_private.h"
#include "subject/figure/figure_report_view.h"
#include "work/form/action_view.h"

enum { PAGE = 50 };
static const char *const lang_names[LANG_COUNT] = { [LANG_ZH] = "zh", [LANG_EN] = "en" };

static void put_day(JsonWriter *json, Arena *arena, const char *name, const FigureReport *report, int64_t at)
{
	bool is_day = report->kind == FIGURE_WEEKLY;
	json_put_text(json, name, is_day ? text_slice(clock_iso(arena, at * FIGURE_DAY_MS), 0, 10) : figure_month_tag(arena, at));
}

static void put_head(JsonWriter *json, Call *call, const FigureReport *report, bool is_public)
{
	json_put_text(json, "ref", report->ref);
	json_put_text(json, "kind", text_from(figure_report_kind_tag(report->kind)));
	json_put_text(json, "title", figure_report_title(call, report));
	put_day(json, call->arena, "from", report, report->start);
	put_day(json, call->arena, "until", report, report->last);
	json_put_int(json, "edition", report->edition);
	json_put_text(json, "issued_at", report->issued_at ? clock_iso(call->arena, report->issued_at) : (Text) { 0 });
	if (is_public) return;
	json_put_text(json, "state", report->state);
	json_put_bool(json, "public", report->is_public);
	json_put_bool(json, "office_only", report->is_inside);
	json_put_int(json, "revision", report->revision);
}

static void put_words(JsonWriter *json, const char *name, const Text *words)
{
	json_key(json, text_from(name));
	json_object_begin(json);
	for (int lang = 0; lang < LANG_COUNT; lang++) json_put_text(json, lang_names[lang], words[lang].at ? words[lang] : TEXT(""));
	json_end(json);
}

static Error put_sections(JsonWriter *json, Call *call, const FigureReport *report, bool is_public)
{
	FigureView view;
	FigureSheets sheets;
	figure_report_view(call, report, is_public, &view);
	TRY(figure_sheets(call, &view, &sheets));
	json_key(json, TEXT("sections"));
	json_array_begin(json);
	for (size_t i = 0; i < report->parts.count; i++) {
		const FigurePart *part = &report->parts.at[i];
		const FigureSheet *sheet = figure_sheet_find(&sheets, text_from(part->section->tag));
		json_object_begin(json);
		json_put_text(json, "section", text_from(part->section->tag));
		put_words(json, "words", part->words);
		if (sheet) figure_sheet_json(json, "rows", sheet);
		json_end(json);
	}
	json_end(json);
	return OK;
}

static Error put_editions(JsonWriter *json, Call *call, const FigureReport *report, bool is_public)
{
	FigureEditions editions;
	TRY(figure_report_editions(call, report, is_public, &editions));
	json_key(json, TEXT("editions"));
	json_array_begin(json);
	for (size_t i = 0; i < editions.count; i++) {
		json_object_begin(json);
		json_put_int(json, "edition", editions.at[i].n);
		json_put_text(json, "issued_at", clock_iso(call->arena, editions.at[i].issued_at));
		put_words(json, "reason", editions.at[i].reason);
		json_end(json);
	}
	json_end(json);
	return OK;
}

static Error reply_one(Request *request, const FigureReport *report, bool is_public)
{
	Call *call = request->call;
	Buffer buffer = { .arena = call->arena };
	JsonWriter json = json_writer(&buffer);
	Matter matter;
	json_object_begin(&json);
	put_head(&json, call, report, is_public);
	TRY(put_sections(&json, call, report, is_public));
	TRY(put_editions(&json, call, report, is_public));
	if (!is_public) {
		figure_report_matter(call, report, &matter);
		json_key(&json, TEXT("actions"));
		action_json(&json, call->arena, &figure_report_machine, &matter, call->actor);
	}
	json_end(&json);
	json_finish(&json);
	reply_json(request, buffer_text(&buffer));
	return OK;
}

static Error reply_list(Request *request, bool is_public)
{
	Call *call = request->call;
	Buffer buffer = { .arena = call->arena };
	JsonWriter json = json_writer(&buffer);
	FigureReports list;
	int64_t cursor = 0;
	Text given = request_query(request, TEXT("cursor"));
	if (given.at && (!text_to_int(given, &cursor) || cursor < 0)) return fail(call, USAGE, "cursor");
	TRY((is_public ? figure_report_list_public : figure_report_list)(call, cursor, PAGE, &list));
	json_object_begin(&json);
	json_key(&json, TEXT("items"));
	json_array_begin(&json);
	for (size_t i = 0; i < list.count; i++) {
		json_object_begin(&json);
		put_head(&json, call, &list.at[i], is_public);
		json_end(&json);
	}
	json_end(&json);
	json_put_text(&json, "next_cursor",
		list.count == PAGE ? arena_printf(call->arena, "%lld", (long long)list.at[PAGE - 1].id) : (Text) { 0 });
	json_end(&json);
	json_finish(&json);
	reply_json(request, buffer_text(&buffer));
	return OK;
}

static Error list_public(Request *request)
{
	TRY(reply_list(request, true));
	reply_public(request, TEXT("figure-reports"));
	return OK;
}

static Error get_public(Request *request)
{
	TRY(reply_one(request, request->subject, true));
	reply_public(request, TEXT("figure-reports"));
	return OK;
}

static Error list_office(Request *request) { return reply_list(request, false); }
static Error get_office(Request *request) { return reply_one(request, request->subject, false); }

static Error make(Request *request)
{
	Call *call = request->call;
	Map *values = map_new(call->arena);
	Text ref;
	FigureReport report;
	TRY(form_take(request, &figure_report_new_form, values));
	TRY(figure_report_make(call, values, &ref));
	TRY(figure_report_open(call, ref, &report));
	TRY(reply_one(request, &report, false));
	request->reply.status = 201;
	reply_header(request, TEXT("Location"), arena_printf(call->arena, "/api/v1/figure-reports/%.*s", TEXT_ARGS(ref)));
	return OK;
}

static Error act(Request *request)
{
	Call *call = request->call;
	const FigureReport *report = request->subject;
	int64_t revision = 0;
	Map *values;
	Matter matter;
	FigureReport after;
	figure_report_matter(call, report, &matter);
	TRY(action_take_of(request, &figure_report_machine, &matter, (ActionForms) { figure_report_form_of, report }, &revision, &values));
	TRY(figure_report_act(call, report->ref, request_parameter(request, TEXT("action")), revision, values));
	TRY(figure_report_open(call, report->ref, &after));
	return reply_one(request, &after, false);
}

#define OFFICE .may = FIGURE_STAFF, .needs_second_factor = true, .scope = SCOPE_CASE_READ
#define PUBLIC .may = ROLE_EVERYBODY, .is_public = true
static const FormSpec new_body = { .takes_more = true };
static const Route routes[] = {
	{ GET, "/api/v1/figures/reports", list_public, PUBLIC,
		.summary = "Issued reports, newest first; their files: /figures/reports/{ref}/zh.pdf, zh.docx, en.pdf, en.docx" },
	{ GET, "/api/v1/figures/reports/:ref", get_public, PUBLIC, .subject = figure_report_load_public,
		.summary =
			"An issued report: its words in both languages, the rows of its tables, its editions and why each was corrected" },
	{ GET, "/api/v1/figure-reports", list_office, OFFICE, .summary = "All reports, drafts too" },
	{ GET, "/api/v1/figure-reports/:ref", get_office, OFFICE, .subject = figure_report_load,
		.summary = "A report as it is being worked on, with the actions that are possible now" },
	{ POST, "/api/v1/figure-reports", make, .may = FIGURE_EDITORS, .needs_second_factor = true, .scope = SCOPE_CASE_WRITE,
		.form = &new_body, .weight = 20,
		.summary = "Draft a report of a period that is over: kind (week, month, year, special), from, until, audience, titles and "
			   "in-SECTION \"yes\" for each section" },
	{ POST, "/api/v1/figure-reports/:ref/actions/:action", act, .may = FIGURE_STAFF, .needs_second_factor = true,
		.scope = SCOPE_CASE_WRITE, .subject = figure_report_load, .form = &action_request_form,
		.summary = "Carry out an action of the report's workflow" },
};
const RouteTable figure_report_api_routes = { "subject/figure", routes, COUNT(routes) };
