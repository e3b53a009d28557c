/* The form of an appeal, and the lists of disputes. */
#include "face/doc/export.h"
#include "face/html/html.h"
#include "subject/dispute/dispute_view.h"
#include "subject/dispute/views/dispute_appeal.html.h"
#include "subject/dispute/views/dispute_list.html.h"
#include "subject/report/report_view.h"

enum { PAGE = 50, ANYBODY = ROLE_VISITOR | ROLE_REPORTER };

/* ---- The form */
static Error show_form(Request *request, Text own, Text action, const DisputeChance *chance)
{
	Html *html;
	Call *call = request->call;
	Map *values = map_new(call->arena);
	AppealView view = { .action = url_local(call->arena, "%.*s", TEXT_ARGS(action)) };
	Crumb crumbs[] = { { own, url_local(call->arena, "%.*s", TEXT_ARGS(own)) }, { .text = tr(call->lang, "Appeal") } };
	crumbs[0].text = text_slice(own, own.length - 11, own.length);
	PageHead head = { .title = tr(call->lang, "Appeal"),
		.lead = tr(call->lang, dispute_against_text(chance->against)),
		.crumbs = crumbs,
		.crumb_count = COUNT(crumbs) };
	bool is_late = chance->until < call->now;
	if (!chance->against.length || chance->ref.at || is_late) return fail(call, CONFLICT, "nothing to appeal against");
	if (request->method == POST) TRY(form_take(request, &dispute_appeal_form, values));
	TRY(html_page_open(request, &head, &html));
	const Fact facts[] = { { .label = tr(html->lang, "The decision was made"), .markup = part_time(html, chance->decided_at) },
		{ .label = tr(html->lang, "An appeal can be made until"), .markup = part_time(html, chance->until) } };
	view.facts = part_facts(html, facts, COUNT(facts));
	view.form = form_view_whole(html, &dispute_appeal_form, values);
	page_dispute_appeal(html, &view);
	return html_page_close(request, html);
}

static Error go_to(Request *request, Text ref)
{
	return reply_redirect(request, arena_printf(request->call->arena, "/disputes/%.*s", TEXT_ARGS(ref)));
}

static const FormSpec appeal_body = { .takes_more = true };

/* ---- Of a report */
static Error show_report(Request *request)
{
	const Report *report = request->subject;
	DisputeChance chance;
	Text own = arena_printf(request->call->arena, "/reports/%.*s", TEXT_ARGS(report->ref));
	if (!report->is_own) return fail(request->call, FORBIDDEN, "report %.*s is somebody else's", TEXT_ARGS(report->ref));
	TRY(dispute_chance_report(request->call, report, &chance));
	return show_form(request, own, arena_printf(request->call->arena, "%.*s/appeal", TEXT_ARGS(own)), &chance);
}

static Error appeal_report(Request *request)
{
	const Report *report = request->subject;
	Map *values = map_new(request->call->arena);
	Text ref;
	TRY(form_take(request, &dispute_appeal_form, values));
	TRY(dispute_appeal_report(request->call, report->ref, values, &ref));
	return go_to(request, ref);
}

/* ---- Of a vendor's part */
static Error load_party(Request *request)
{
	Party *party = arena_new_of(request->call->arena, Party);
	TRY(party_open(request->call, request_parameter(request, TEXT("ref")), party));
	request->subject = party;
	return OK;
}

static Error show_party(Request *request)
{
	const Party *party = request->subject;
	DisputeChance chance;
	Text against = request_parameter(request, TEXT("against")),
	     own = arena_printf(request->call->arena, "/parties/%.*s", TEXT_ARGS(party->ref));
	if (!party->is_vendor) return fail(request->call, FORBIDDEN, "party %.*s is somebody else's", TEXT_ARGS(party->ref));
	TRY(dispute_chance_party(request->call, party, against, &chance));
	return show_form(request, own,
		arena_printf(
			request->call->arena, "%.*s/appeal/%.*s", TEXT_ARGS(own), TEXT_ARGS(url_segment(request->call->arena, against))),
		&chance);
}

static Error appeal_party(Request *request)
{
	const Party *party = request->subject;
	Map *values = map_new(request->call->arena);
	Text ref;
	TRY(form_take(request, &dispute_appeal_form, values));
	TRY(dispute_appeal_party(request->call, party->ref, request_parameter(request, TEXT("against")), values, &ref));
	return go_to(request, ref);
}

/* ---- Lists */
static Error table_of(Html *html, const Disputes *disputes, Text caption, const Table **out)
{
	static const char *const labels[] = { N_("Number"), N_("Appeal"), N_("Priority"), N_("State"), N_("The appeal was made"),
		N_("Time limit") };
	Arena *arena = html->call->arena;
	Table *table = arena_new_of(arena, Table);
	Column *columns = arena_array_of(arena, Column, COUNT(labels));
	Cell *cells = arena_array_of(arena, Cell, disputes->count * COUNT(labels) + 1);
	for (size_t i = 0; i < COUNT(labels); i++)
		columns[i] = (Column) { .label = tr(html->lang, labels[i]), .kind = i == 1 ? COLUMN_TEXT : COLUMN_NARROW };
	for (size_t i = 0; i < disputes->count; i++) {
		const Dispute *dispute = &disputes->at[i];
		const WorkflowState *state = workflow_state(&dispute_machine, dispute->state);
		ClockView clock;
		Cell *cell = &cells[i * COUNT(labels)];
		TRY(workflow_clock_of(html->call, &dispute_machine, dispute->id, &clock));
		cell[0] = (Cell) { .text = dispute->ref, .url = url_local(arena, "/disputes/%.*s", TEXT_ARGS(dispute->ref)) };
		cell[1].text = tr(html->lang, dispute_against_text(dispute->against));
		cell[2].text = dispute->is_priority ? tr(html->lang, "Support unit first") : TEXT("–");
		cell[3].markup = part_status(html, tr(html->lang, state->text), text_from(state->tone));
		cell[4].markup = part_time(html, dispute->opened_at);
		if (clock.clock)
			cell[5].markup = part_time(html, clock.due_at);
		else
			cell[5].text = TEXT("–");
	}
	*table = (Table) { caption, columns, COUNT(labels), cells, disputes->count };
	*out = table;
	return OK;
}

typedef struct ListPage {
	const char *title, *lead, *empty, *hint;
	const Disputes *disputes;
	Text address; /* of this page of the list, with a '?' */
	Text next; /* address; empty: no more */
	const char *file;
	Markup (*filters)(Html *html, Text state, Url csv);
	Text state;
} ListPage;

/* What the page shows, as a file. */
static Error give_list(Request *request, const ListPage *page)
{
	Html *html;
	const Table *table;
	PageHead head = { .title = tr(request->call->lang, page->title) };
	TRY(html_page_open(request, &head, &html));
	TRY(table_of(html, page->disputes, head.title, &table));
	return export_reply(request, table, text_from(page->file));
}

static Error show_page(Request *request, const ListPage *page)
{
	Html *html;
	Call *call = request->call;
	DisputeListView view = { 0 };
	const Table *table;
	PageHead head = { .title = tr(call->lang, page->title), .lead = tr(call->lang, page->lead), .wide = true };
	if (export_wanted(request)) return give_list(request, page);
	TRY(html_page_open(request, &head, &html));
	if (page->filters)
		view.filters = page->filters(html, page->state, export_csv_url(call->arena, page->address));
	else if (page->disputes->count)
		view.csv = export_csv_url(call->arena, page->address);
	TRY(table_of(html, page->disputes, tr(html->lang, page->title), &table));
	if (page->disputes->count)
		view.table = part_table(html, table);
	else
		view.empty = part_empty(html, tr(html->lang, page->empty), tr(html->lang, page->hint), (Url) { { 0 } }, TEXT(""));
	if (page->next.length) view.pager = part_pager(html, (Url) { { 0 } }, url_local(call->arena, "%.*s", TEXT_ARGS(page->next)));
	page_dispute_list(html, &view);
	return html_page_close(request, html);
}

static Markup filters_of(Html *html, Text state, Url csv)
{
	return state_filter(html, &dispute_machine, &(StateFilter) { .address = "/disputes", .state = state, .csv = csv });
}

static Error show_queue(Request *request)
{
	Call *call = request->call;
	Disputes disputes;
	Text state = request_query(request, TEXT("state"));
	if (!state.length || !workflow_state(&dispute_machine, state)) state = TEXT("APPEALED");
	ListPage page = { .title = N_("Disputes"),
		.lead = N_("Appeals of support units stand first. Whoever had a part in a decision does not answer for it."),
		.empty = N_("No dispute is in this state."),
		.hint = N_("Appeals come here when somebody does not agree with a decision."),
		.disputes = &disputes,
		.file = "disputes",
		.next = TEXT(""),
		.filters = filters_of,
		.state = state };
	int64_t after = request_query_number(request, TEXT("after"));
	page.address = arena_printf(call->arena, "/disputes?state=%.*s&after=%lld", TEXT_ARGS(state), (long long)after);
	TRY(dispute_queue(call, state, after, PAGE, &disputes));
	if (disputes.count == PAGE)
		page.next = arena_printf(
			call->arena, "/disputes?state=%.*s&after=%lld", TEXT_ARGS(state), (long long)disputes.at[PAGE - 1].place);
	return show_page(request, &page);
}

static Error show_own(Request *request)
{
	Call *call = request->call;
	Disputes disputes;
	ListPage page = { .title = N_("My appeals"),
		.lead = N_(
			"An appeal is answered by somebody who had no part in the decision. Where the answer is not accepted, a panel of "
			"experts decides."),
		.empty = N_("You have made no appeal."),
		.hint = N_("The page of a report that was decided says until when an appeal can be made."),
		.disputes = &disputes,
		.file = "appeals",
		.next = TEXT("") };
	int64_t before = request_query_number(request, TEXT("before"));
	page.address = arena_printf(call->arena, "/disputes/mine?before=%lld", (long long)before);
	TRY(dispute_list_own(call, before, PAGE, &disputes));
	if (disputes.count == PAGE)
		page.next = arena_printf(call->arena, "/disputes/mine?before=%lld", (long long)disputes.at[PAGE - 1].id);
	return show_page(request, &page);
}

static Error show_seats(Request *request)
{
	Disputes disputes;
	ListPage page = { .title = N_("Disputes I decide"),
		.lead = N_("You were drawn as a member of these panels. What you read here ends with the decision."),
		.empty = N_("You have no seat in a dispute."),
		.hint = N_("Members are drawn by chance. You are told when you are."),
		.disputes = &disputes,
		.file = "seats",
		.address = TEXT("/disputes/seats?"),
		.next = TEXT("") };
	TRY(dispute_list_seated(request->call, PAGE, &disputes));
	return show_page(request, &page);
}

#define OF_VENDOR .may = ROLE_REPORTER, .needs_second_factor = true, .subject = load_party
static const Route routes[] = {
	{ GET, "/reports/:ref/appeal", show_report, .may = ANYBODY, .subject = report_load,
		.summary = "The form of an appeal against the decision about a report" },
	{ POST, "/reports/:ref/appeal", appeal_report, .may = ANYBODY, .subject = report_load, .form = &appeal_body, .retry = show_report,
		.weight = 5, .summary = "Appeal against the decision about a report" },
	{ GET, "/parties/:ref/appeal/:against", show_party, OF_VENDOR,
		.summary = "The form of a vendor's appeal against the rating or against being named" },
	{ POST, "/parties/:ref/appeal/:against", appeal_party, OF_VENDOR, .form = &appeal_body, .retry = show_party, .weight = 5,
		.summary = "Appeal as a vendor against the rating or against being named" },
	{ GET, "/disputes", show_queue, .may = ROLE_COORDINATOR, .needs_second_factor = true,
		.summary = "The disputes of a state, those of support units first" },
	{ GET, "/disputes/mine", show_own, .may = ROLE_REPORTER, .summary = "One's own appeals" },
	{ GET, "/disputes/seats", show_seats, .may = ROLE_EXPERT | ROLE_VERIFIER, .needs_second_factor = true,
		.summary = "The disputes in whose panel one has a seat" },
};
const RouteTable appeal_routes = { "subject/dispute", routes, COUNT(routes) };
