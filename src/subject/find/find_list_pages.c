/* The lists of months, for the office. */
#include "base/base/clock.h"
#include "engine/rating/rating.h"
#include "subject/find/find.h"
#include "subject/find/find_view.h"
#include "subject/find/views/find_list.html.h"
#include "subject/find/views/find_lists.html.h"
#include "work/form/action_view.h"

enum { PAGE = 50 };

static Text base_of(Arena *arena, Text ref) { return arena_printf(arena, "/find-lists/%.*s", TEXT_ARGS(url_segment(arena, ref))); }

static Text month_text(const Call *call, int64_t month)
{
	long long year = month / 100, number = month % 100;
	return call->lang == LANG_ZH ? arena_printf(call->arena, "%lld年%lld月", year, number)
				     : arena_printf(call->arena, "%04lld-%02lld", year, number);
}

static Markup chip_of(Html *html, const Machine *machine, Text name)
{
	const WorkflowState *state = workflow_state(machine, name);
	return state ? part_status(html, tr(html->lang, state->text), text_from(state->tone)) : markup_text(html, name);
}

static Error load_list(Request *request)
{
	FindList *list = arena_new_of(request->call->arena, FindList);
	TRY(find_list_open(request->call, request_parameter(request, TEXT("ref")), list));
	request->subject = list;
	return OK;
}

/* ---- All lists */
static Markup lists_table(Html *html, const FindLists *lists)
{
	static const char *const labels[] = { N_("Month"), N_("State"), N_("Conditions, version"), N_("Document of the decision") };
	Arena *arena = html->call->arena;
	Column columns[COUNT(labels)];
	Cell *cells = arena_array_of(arena, Cell, lists->count * COUNT(labels) + 1);
	for (size_t i = 0; i < COUNT(labels); i++)
		columns[i] = (Column) { .label = tr(html->lang, labels[i]), .kind = i == 3 ? COLUMN_TEXT : COLUMN_NARROW };
	for (size_t i = 0; i < lists->count; i++) {
		const FindList *list = &lists->at[i];
		Cell *cell = &cells[i * COUNT(labels)];
		cell[0] = (Cell) { .text = month_text(html->call, list->month),
			.url = url_local(arena, "%.*s", TEXT_ARGS(base_of(arena, list->ref))) };
		cell[1].markup = chip_of(html, &find_list_machine, list->state);
		cell[2].text = arena_printf(arena, "%lld", (long long)list->rule);
		cell[3].text = list->document.length ? list->document : TEXT("–");
	}
	return part_table(html, &(Table) { tr(html->lang, "Certificates of original finds"), columns, COUNT(labels), cells, lists->count });
}

static Error show_lists(Request *request)
{
	Html *html;
	Call *call = request->call;
	FindLists lists;
	FindListsView view = { .action = url_local(call->arena, "/find-lists"),
		.conditions = url_local(call->arena, "/certificates/conditions") };
	PageHead head = { .title = tr(call->lang, "Certificates of original finds"),
		.lead = tr(call->lang, "The conditions make the list of a month, one coordinator proposes it, another one confirms it."),
		.wide = true };
	Failure failure = call->failure; /* of the form that is shown again */
	TRY(find_lists(call, request_query_number(request, TEXT("before")), PAGE, &lists));
	call->failure = failure;
	TRY(html_page_open(request, &head, &html));
	if (lists.count)
		view.table = lists_table(html, &lists);
	else
		view.empty = part_empty(html, tr(html->lang, "No list was opened yet."), TEXT(""), (Url) { { 0 } }, TEXT(""));
	if (lists.count == PAGE)
		view.pager = part_pager(
			html, (Url) { { 0 } }, url_local(call->arena, "/find-lists?before=%lld", (long long)lists.at[PAGE - 1].id));
	FormField field = { .name = TEXT("month"),
		.label = tr(html->lang, "Month"),
		.kind = INPUT_TEXT,
		.required = true,
		.help = tr(html->lang, "A month that is over, as 2026-10.") };
	view.field = part_field(html, &field);
	page_find_lists(html, &view);
	return html_page_close(request, html);
}

typedef struct MonthForm {
	Text month;
} MonthForm;
static const FieldSpec month_fields[] = { { "month", FIELD_TEXT, offsetof(MonthForm, month), true, 7, NULL, false } };
static const FormSpec month_form = { .fields = month_fields, .field_count = COUNT(month_fields), .struct_size = sizeof(MonthForm) };

static Error do_begin(Request *request)
{
	const MonthForm *form = request->form;
	Text ref;
	TRY(find_list_begin(request->call, form->month, &ref));
	return reply_redirect(request, base_of(request->call->arena, ref));
}

/* ---- One list */
static Markup finds_table(Html *html, const Finds *finds)
{
	static const char *const labels[] = { N_("Vulnerability"), N_("Level"), N_("Named as"), N_("Organisation when it was sent"),
		N_("Received on"), N_("State"), N_("Certificate number") };
	Arena *arena = html->call->arena;
	Column columns[COUNT(labels)];
	Cell *cells = arena_array_of(arena, Cell, finds->count * COUNT(labels) + 1);
	for (size_t i = 0; i < COUNT(labels); i++)
		columns[i] = (Column) { .label = tr(html->lang, labels[i]), .kind = i == 2 || i == 3 ? COLUMN_TEXT : COLUMN_NARROW };
	for (size_t i = 0; i < finds->count; i++) {
		const Find *find = &finds->at[i];
		Cell *cell = &cells[i * COUNT(labels)];
		Level level;
		cell[0] = (Cell) { .text = find->number, .url = url_local(arena, "/finds/%.*s", TEXT_ARGS(url_segment(arena, find->ref))) };
		cell[1].text = level_parse(find->level, &level) ? tr(html->lang, level_text(level)) : find->level;
		cell[2].text = find->name.length ? find->name : tr(html->lang, "Anonymous finder");
		cell[3].text = find->organisation.length ? find->organisation : TEXT("–");
		cell[4].markup = part_date(html, find->received_at);
		cell[5].markup = chip_of(html, &find_machine, find->state);
		cell[6].text = find->certificate.length ? find->certificate : TEXT("–");
	}
	return part_table(html, &(Table) { tr(html->lang, "Original finds"), columns, COUNT(labels), cells, finds->count });
}

static Markup facts_of(Html *html, const FindList *list)
{
	Arena *arena = html->call->arena;
	const Fact facts[] = { { .label = tr(html->lang, "Month"), .text = month_text(html->call, list->month) },
		{ .label = tr(html->lang, "Conditions, version"),
			.text = arena_printf(arena, "%lld", (long long)list->rule),
			.url = url_local(arena, "/certificates/conditions") },
		{ .label = tr(html->lang, "Document of the decision"), .text = list->document } };
	return part_facts(html, facts, list->document.length ? COUNT(facts) : COUNT(facts) - 1);
}

static Error show(Request *request)
{
	Html *html;
	Finds finds;
	Matter matter;
	Call *call = request->call;
	const FindList *list = request->subject;
	Text failed = request->method == POST ? request_parameter(request, TEXT("action")) : (Text) { 0 };
	Text title = problem_text(
		call->arena, call->lang, &(Problem) { .message = N_("Original finds of %s"), .argument = month_text(call, list->month) });
	Crumb crumbs[] = { { tr(call->lang, "Certificates of original finds"), url_local(call->arena, "/find-lists") },
		{ .text = month_text(call, list->month) } };
	PageHead head = { .title = title, .crumbs = crumbs, .crumb_count = COUNT(crumbs), .wide = true };
	TRY(find_of_list(call, list, &finds));
	TRY(html_page_open(request, &head, &html));
	find_list_matter(call, list, &finds, &matter);
	FindListView view = { .chip = chip_of(html, &find_list_machine, list->state), .facts = facts_of(html, list) };
	if (finds.count)
		view.finds = finds_table(html, &finds);
	else
		view.empty = part_empty(html, tr(html->lang, "Nothing that was accepted in this month meets all conditions."), TEXT(""),
			(Url) { { 0 } }, TEXT(""));
	view.actions = action_markups(html, &find_list_machine, &matter, find_action_form,
		arena_printf(call->arena, "%.*s/actions", TEXT_ARGS(base_of(call->arena, list->ref))), failed, NULL);
	page_find_list(html, &view);
	return html_page_close(request, html);
}

static Error act(Request *request)
{
	const FindList *list = request->subject;
	int64_t revision = 0;
	Map *values;
	Finds finds;
	Matter matter;
	TRY(find_of_list(request->call, list, &finds));
	find_list_matter(request->call, list, &finds, &matter);
	TRY(action_take(request, &find_list_machine, &matter, find_action_form, &revision, &values));
	TRY(find_list_act(request->call, list->ref, request_parameter(request, TEXT("action")), revision, values));
	return reply_redirect(request, base_of(request->call->arena, list->ref));
}

#define OFFICE .may = ROLE_COORDINATOR, .needs_second_factor = true
static const Route routes[] = {
	{ GET, "/find-lists", show_lists, OFFICE, .summary = "The months whose original finds are certified" },
	{ POST, "/find-lists", do_begin, OFFICE, .form = &month_form, .retry = show_lists,
		.summary = "Make the list of a month by the conditions" },
	{ GET, "/find-lists/:ref", show, OFFICE, .subject = load_list, .summary = "The original finds of a month with the next steps" },
	{ POST, "/find-lists/:ref/actions/:action", act, OFFICE, .subject = load_list, .form = &action_request_form, .retry = show,
		.summary = "Carry out an action of the list's workflow" },
};
const RouteTable find_list_routes = { "subject/find", routes, COUNT(routes) };
