/* What the competent authority sees of the casefiles escalated to it: number, title, level, state, deadlines and the stages of the vendors; nothing of
 * how it is exploited. */
#include "base/base/clock.h"
#include "subject/advisory/advisory.h"
#include "subject/casefile/casefile_private.h"
#include "subject/casefile/casefile_view.h"
#include "subject/casefile/views/supervision_list.html.h"
#include "subject/casefile/views/supervision_show.html.h"

enum { PAGE = 50, PARTIES_MAX = 200 };

static Text base_of(Arena *arena, const Casefile *casefile) { return arena_printf(arena, "/supervision/%.*s", TEXT_ARGS(casefile->ref)); }

Error supervision_load(Request *request)
{
	Call *call = request->call;
	Casefile *casefile = arena_new_of(call->arena, Casefile);
	TRY(casefile_open(call, request_parameter(request, TEXT("ref")), casefile));
	if (!casefile->escalated_at) return fail(call, NOT_FOUND, "not escalated");
	if (request->method == GET) TRY(report_record_reading(call, casefile_machine.name, casefile->ref, casefile->seal_key));
	request->subject = casefile;
	return OK;
}

static Text level_of(const Casefile *casefile) { return casefile->level.length ? casefile->level : casefile->technical_level; }

static Markup status_of(Html *html, const Casefile *casefile)
{
	const WorkflowState *state = workflow_state(&casefile_machine, casefile->state);
	return state ? part_status(html, tr(html->lang, state->text), text_from(state->tone)) : (Markup) { TEXT("") };
}

/* ---- The page */
static Markup facts_of(Html *html, const Casefile *casefile)
{
	Text level = level_of(casefile), none = TEXT("—");
	Fact facts[] = { { .label = tr(html->lang, "Casefile number"), .markup = part_copy(html, casefile->ref) },
		{ .label = tr(html->lang, "Archived number"), .text = casefile->number.length ? casefile->number : none },
		{ .label = tr(html->lang, "Level"), .text = level.length ? tr(html->lang, advisory_level_word(level)) : none },
		{ .label = tr(html->lang, "Opened"), .markup = part_time(html, casefile->opened_at) },
		{ .label = tr(html->lang, "Escalated"), .markup = part_time(html, casefile->escalated_at) } };
	return part_facts(html, facts, COUNT(facts));
}

static Error parties_of(Html *html, const Casefile *casefile, Markup *out)
{
	static const char *const labels[] = { N_("Vendor"), N_("Product"), N_("State"), N_("Position"), N_("Due") };
	PartyLines parties;
	Arena *arena = html->call->arena;
	TRY(party_stages(html->call, casefile->id, PARTIES_MAX, &parties));
	if (!parties.count) return OK;
	Column *columns = arena_array_of(arena, Column, COUNT(labels));
	Cell *cells = arena_array_of(arena, Cell, parties.count * COUNT(labels));
	for (size_t i = 0; i < COUNT(labels); i++) columns[i] = (Column) { .label = tr(html->lang, labels[i]) };
	for (size_t i = 0; i < parties.count; i++) {
		const PartyLine *party = &parties.at[i];
		const WorkflowState *state = workflow_state(&party_machine, party->state);
		Cell *cell = &cells[i * COUNT(labels)];
		cell[0] = (Cell) { .text = party->vendor };
		cell[1] = (Cell) { .text = party->product };
		if (state) cell[2] = (Cell) { .markup = part_status(html, tr(html->lang, state->text), text_from(state->tone)) };
		cell[3] = (Cell) { .text = tr(html->lang, party_stage_text(party->state, party->position)) };
		if (party->due_at) cell[4] = (Cell) { .markup = part_time(html, party->due_at) };
	}
	Table table = { .caption = tr(html->lang, "Vendors"),
		.columns = columns,
		.column_count = COUNT(labels),
		.cells = cells,
		.row_count = parties.count };
	*out = part_table(html, &table);
	return OK;
}

static void add_moment(Html *html, Facts *facts, const char *label, int64_t at, Text text)
{
	Arena *arena = html->call->arena;
	if (!at) return;
	list_add(arena, facts, ((Fact) { .label = tr(html->lang, label), .markup = part_time(html, at) }));
	if (text.length) list_add(arena, facts, ((Fact) { .label = TEXT("—"), .text = text }));
}

Error instructions_markup(Html *html, const Casefile *casefile, Markup *out)
{
	Instructions instructions;
	Facts facts = { 0 };
	TRY(casefile_instructions(html->call, casefile, &instructions));
	if (casefile->escalated_at) add_moment(html, &facts, N_("Escalated"), casefile->escalated_at, TEXT(""));
	for (size_t i = 0; i < instructions.count; i++) {
		const Instruction *instruction = &instructions.at[i];
		add_moment(html, &facts, N_("Instruction issued"), instruction->issued_at, instruction->text);
		add_moment(html, &facts, instruction->is_overdue ? N_("Answer overdue since") : N_("Answer due"), instruction->due_at,
			TEXT(""));
		add_moment(html, &facts, N_("Answered"), instruction->answered_at, instruction->answer);
		add_moment(html, &facts, N_("Instruction closed"), instruction->closed_at, instruction->closing);
	}
	if (facts.count) *out = part_facts(html, facts.at, facts.count);
	return OK;
}

static Error show(Request *request)
{
	Html *html;
	Matter matter;
	ClockView clock;
	SupervisionShowView view = { 0 };
	const Casefile *casefile = request->subject;
	Call *call = request->call;
	Text failed = request->method == POST ? request_parameter(request, TEXT("action")) : (Text) { 0 };
	Crumb crumbs[] = { { tr(call->lang, "Supervision"), url_local(call->arena, "/supervision") }, { .text = casefile->ref } };
	PageHead head = { .title = casefile->title,
		.lead = casefile->number.length ? casefile->number : casefile->ref,
		.crumbs = crumbs,
		.crumb_count = COUNT(crumbs),
		.wide = true };
	const WorkflowState *state = workflow_state(&casefile_machine, casefile->state);
	TRY(workflow_clock_of(call, &casefile_machine, casefile->id, &clock));
	casefile_matter(casefile, &matter);
	TRY(html_page_open(request, &head, &html));
	view.status = status_of(html, casefile);
	view.clock = clock_markup(html, &clock, state ? state->turn : NULL);
	view.facts = facts_of(html, casefile);
	TRY(parties_of(html, casefile, &view.parties));
	TRY(instructions_markup(html, casefile, &view.instructions));
	view.actions = action_markups(html, &casefile_machine, &matter, casefile_action_form,
		arena_printf(call->arena, "%.*s/actions", TEXT_ARGS(base_of(call->arena, casefile))), failed, NULL);
	page_supervision_show(html, &view);
	return html_page_close(request, html);
}

static Error act(Request *request)
{
	const Casefile *casefile = request->subject;
	int64_t revision = 0;
	Map *values;
	Matter matter;
	casefile_matter(casefile, &matter);
	TRY(action_take(request, &casefile_machine, &matter, casefile_action_form, &revision, &values));
	TRY(casefile_act(request->call, casefile->ref, request_parameter(request, TEXT("action")), revision, values));
	return reply_redirect(request, base_of(request->call->arena, casefile));
}

/* ---- The list */
static Markup table_of(Html *html, const Casefiles *casefiles, Text caption)
{
	static const char *const labels[] = { N_("Casefile"), N_("Number"), N_("Level"), N_("State"), N_("Escalated") };
	Arena *arena = html->call->arena;
	Column *columns = arena_array_of(arena, Column, COUNT(labels));
	Cell *cells = arena_array_of(arena, Cell, casefiles->count * COUNT(labels) + 1);
	for (size_t i = 0; i < COUNT(labels); i++)
		columns[i] = (Column) { .label = tr(html->lang, labels[i]), .kind = i ? COLUMN_NARROW : COLUMN_TEXT };
	for (size_t i = 0; i < casefiles->count; i++) {
		const Casefile *casefile = &casefiles->at[i];
		Text level = level_of(casefile);
		Cell *cell = &cells[i * COUNT(labels)];
		cell[0] = (Cell) { .text = casefile->title, .url = url_local(arena, "%.*s", TEXT_ARGS(base_of(arena, casefile))) };
		cell[1] = (Cell) { .text = casefile->number.length ? casefile->number : casefile->ref };
		if (level.length) cell[2] = (Cell) { .markup = part_level(html, level, tr(html->lang, advisory_level_word(level))) };
		cell[3] = (Cell) { .markup = status_of(html, casefile) };
		cell[4] = (Cell) { .markup = part_date(html, casefile->escalated_at) };
	}
	Table table = {
		.caption = caption, .columns = columns, .column_count = COUNT(labels), .cells = cells, .row_count = casefiles->count
	};
	return part_table(html, &table);
}

static Error show_list(Request *request)
{
	Html *html;
	Call *call = request->call;
	Casefiles casefiles;
	SupervisionListView view = { 0 };
	int64_t before = 0;
	Text cursor = request_query(request, TEXT("before"));
	if (!cursor.at || !text_to_int(cursor, &before) || before < 0) before = 0;
	PageHead head = {
		.title = tr(call->lang, "Supervision"), .lead = tr(call->lang, "Casefiles escalated to the authority"), .wide = true
	};
	TRY(casefile_escalated(call, before, PAGE, &casefiles));
	TRY(html_page_open(request, &head, &html));
	view.table = casefiles.count ? table_of(html, &casefiles, head.title)
				     : part_empty(html, tr(html->lang, "Nothing waits here."), TEXT(""), (Url) { { 0 } }, TEXT(""));
	if (casefiles.count == PAGE)
		view.pager = part_pager(
			html, (Url) { { 0 } }, url_local(call->arena, "/supervision?before=%lld", (long long)casefiles.at[PAGE - 1].id));
	page_supervision_list(html, &view);
	return html_page_close(request, html);
}

static const Route routes[] = {
	{ GET, "/supervision", show_list, .may = ROLE_AUTHORITY, .needs_second_factor = true,
		.summary = "Casefiles escalated to the authority" },
	{ GET, "/supervision/:ref", show, .may = ROLE_AUTHORITY, .needs_second_factor = true, .subject = supervision_load,
		.summary = "A casefile escalated to the authority" },
	{ POST, "/supervision/:ref/actions/:action", act, .may = ROLE_AUTHORITY, .needs_second_factor = true, .subject = supervision_load,
		.form = &action_request_form, .retry = show, .summary = "Carry out an action of supervision" },
};
const RouteTable supervision_routes = { "subject/casefile supervision", routes, COUNT(routes) };
