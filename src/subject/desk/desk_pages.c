#include "base/base/clock.h"
#include "subject/desk/desk_view.h"
#include "subject/desk/views/desk.html.h"
#include "work/form/action_view.h"

enum { PER_LIST = 50 };

typedef struct DeskItem {
	Text title, number, state, tone;
	Url url;
	ClockView clock;
	int64_t unread;
	bool is_turn;
} DeskItem;
typedef struct Desk {
	LIST_OF(DeskItem) items;
} Desk;

static Error count_unread(Call *call, const ThreadSubject *subject, int64_t *out)
{
	ThreadViews views;
	TRY(thread_list(call, subject, &views));
	for (size_t i = 0; i < views.count; i++) *out += views.at[i].unread;
	return OK;
}

/* Whose turn it is follows from the table: something may be done by this actor now. */
static bool may_act(Call *call, const Machine *machine, const Matter *matter)
{
	WorkflowActions actions = workflow_actions(call->arena, machine, matter, call->actor);
	for (size_t i = 0; i < actions.count; i++)
		if (!actions.at[i].why_not && strcmp(actions.at[i].row->action, "withdraw") != 0) return true;
	return false;
}

static Error add_report(Call *call, const Report *report, Desk *desk)
{
	DeskItem item = {
		.title = report->title, .number = report->ref, .url = url_local(call->arena, "/reports/%.*s", TEXT_ARGS(report->ref))
	};
	const WorkflowState *state = workflow_state(&report_machine, report->state);
	ReportStage stage = { 0 };
	bool is_attached = false;
	ThreadSubject subject;
	Matter matter;
	if (!state) return fail(call, CORRUPT, "report %.*s has no state", TEXT_ARGS(report->ref));
	report_matter(report, call->arena, &matter);
	report_threads(report, &subject);
	TRY(report_stage(call, report, &stage, &is_attached));
	TRY(count_unread(call, &subject, &item.unread));
	if (is_attached)
		item.clock = stage.clock;
	else
		TRY(workflow_clock_of(call, &report_machine, report->id, &item.clock));
	item.state = is_attached ? stage.state_text : tr(call->lang, state->text);
	item.tone = is_attached ? stage.tone : text_from(state->tone);
	item.is_turn = may_act(call, &report_machine, &matter) || item.unread;
	list_add(call->arena, &desk->items, item);
	return OK;
}

static Error add_casefile(Call *call, const Casefile *casefile, Desk *desk)
{
	DeskItem item = { .title = casefile->title,
		.number = casefile->number.length ? casefile->number : casefile->ref,
		.url = url_local(call->arena, "/casefiles/%.*s", TEXT_ARGS(casefile->ref)) };
	const WorkflowState *state = workflow_state(&casefile_machine, casefile->state);
	ThreadSubject subject;
	Matter matter;
	if (!state) return fail(call, CORRUPT, "casefile %.*s has no state", TEXT_ARGS(casefile->ref));
	casefile_matter(casefile, &matter);
	casefile_threads(casefile, &subject);
	TRY(count_unread(call, &subject, &item.unread));
	TRY(workflow_clock_of(call, &casefile_machine, casefile->id, &item.clock));
	item.state = tr(call->lang, state->text);
	item.tone = text_from(state->tone);
	item.is_turn = may_act(call, &casefile_machine, &matter) || item.unread;
	list_add(call->arena, &desk->items, item);
	return OK;
}

static Error add_queues(Call *call, Desk *desk)
{
	for (size_t i = 0; i < report_machine.state_count; i++) {
		Reports reports = { 0 };
		if (!report_machine.states[i].final && i > 0)
			TRY(report_queue(call, text_from(report_machine.states[i].name), 0, PER_LIST, &reports));
		for (size_t k = 0; k < reports.count; k++)
			if (!reports.at[k].is_own) TRY(add_report(call, &reports.at[k], desk));
	}
	for (size_t i = 0; i < casefile_machine.state_count; i++) {
		Casefiles casefiles = { 0 };
		if (!casefile_machine.states[i].final)
			TRY(casefile_queue(call, text_from(casefile_machine.states[i].name), 0, PER_LIST, &casefiles));
		for (size_t k = 0; k < casefiles.count; k++) TRY(add_casefile(call, &casefiles.at[k], desk));
	}
	return OK;
}

static Error load_own(Call *call, Desk *desk)
{
	Reports reports;
	TRY(report_list_own(call, 0, PER_LIST, &reports));
	for (size_t i = 0; i < reports.count; i++) TRY(add_report(call, &reports.at[i], desk));
	return OK;
}

/* ---- The page */
static Markup due_of(Html *html, const DeskItem *item)
{
	if (!item->clock.clock || item->clock.paused) return (Markup) { TEXT("") };
	return item->clock.overdue ? part_status(html, tr(html->lang, "Overdue"), TEXT("bad")) : part_time(html, item->clock.due_at);
}

static Markup table_of(Html *html, const Desk *desk, bool only_turn, Text caption)
{
	static const char *const labels[] = { N_("Matter"), N_("Number"), N_("State"), N_("Due"), N_("Unread") };
	Arena *arena = html->call->arena;
	Column *columns = arena_array_of(arena, Column, COUNT(labels));
	Cell *cells = arena_array_of(arena, Cell, desk->items.count * COUNT(labels) + 1);
	size_t rows = 0;
	for (size_t i = 0; i < COUNT(labels); i++)
		columns[i] = (Column) { .label = tr(html->lang, labels[i]), .kind = i ? COLUMN_NARROW : COLUMN_TEXT };
	for (size_t i = 0; i < desk->items.count; i++) {
		const DeskItem *item = &desk->items.at[i];
		if (only_turn && !item->is_turn) continue;
		Cell *cell = &cells[rows++ * COUNT(labels)];
		cell[0] = (Cell) { .text = item->title, .url = item->url };
		cell[1] = (Cell) { .text = item->number };
		cell[2] = (Cell) { .markup = part_status(html, item->state, item->tone) };
		cell[3] = (Cell) { .markup = due_of(html, item) };
		cell[4] = (Cell) { .text = item->unread ? arena_printf(arena, "%lld", (long long)item->unread) : TEXT("") };
	}
	Table table = { .caption = caption, .columns = columns, .column_count = COUNT(labels), .cells = cells, .row_count = rows };
	if (rows) return part_table(html, &table);
	return part_empty(html, tr(html->lang, "Nothing waits here."), TEXT(""), (Url) { { 0 } }, TEXT(""));
}

static Error drafts_of(Html *html, Markup *out)
{
	Arena *arena = html->call->arena;
	DraftLines lines;
	TRY(draft_list(html->call, &lines));
	Fact *facts = arena_array_of(arena, Fact, lines.count + 1);
	for (size_t i = 0; i < lines.count; i++)
		facts[i] = (Fact) { .label = tr(html->lang, "Draft"),
			.text = clock_human(arena, html->lang, lines.at[i].updated_at),
			.url = url_local(arena, "/report/%.*s", TEXT_ARGS(lines.at[i].ref)) };
	if (lines.count) *out = part_facts(html, facts, lines.count);
	return OK;
}

static Error show(Request *request)
{
	Html *html;
	Call *call = request->call;
	Desk own = { 0 }, all = { 0 };
	DeskView view = { .report = url_local(call->arena, "/report") };
	PageHead head = { .title = tr(call->lang, "My desk"), .wide = true };
	TRY(load_own(call, &own));
	TRY(load_own(call, &all));
	TRY(add_queues(call, &all));
	TRY(html_page_open(request, &head, &html));
	view.turn = table_of(html, &all, true, tr(html->lang, "Your turn"));
	view.reports = table_of(html, &own, false, tr(html->lang, "My reports"));
	TRY(drafts_of(html, &view.drafts));
	page_desk(html, &view);
	return html_page_close(request, html);
}

static Error show_unread(Request *request)
{
	Desk desk = { 0 };
	int64_t unread = 0;
	TRY(load_own(request->call, &desk));
	TRY(add_queues(request->call, &desk));
	for (size_t i = 0; i < desk.items.count; i++) unread += desk.items.at[i].unread;
	reply_json(request, arena_printf(request->call->arena, "{\"unread\":%lld}", (long long)unread));
	return OK;
}

static const Route routes[] = {
	{ GET, "/desk", show, .may = ROLE_REPORTER, .summary = "One's own page: matters, turn, deadlines, unread" },
	{ GET, "/desk/unread", show_unread, .may = ROLE_REPORTER, .summary = "How many messages are unread" },
};
const RouteTable desk_routes = { "subject/desk", routes, COUNT(routes) };
