/* A round's decision for the office: lists, their days, the announcement, appeals, objections. */
#include "people/person/form_page.h"
#include "subject/programme/decision/decision_view.h"
#include "subject/programme/decision/views/decision_page.html.h"

typedef struct DecisionDesk { /* the state, and what its reader must not see */
	DecisionState state;
	size_t hidden; /* proposals in which the reader has an interest */
	bool *is_shown; /* of each proposal */
} DecisionDesk;

static Text ref_of(const Request *request) { return request_parameter(request, TEXT("ref")); }
static bool is_secretary(const Html *html) { return actor_has(html->call->actor, ROLE_SECRETARY); }

static Error may_see(Call *call, Text application, bool *out)
{
	Application opened;
	Error error = application_open(call, application, &opened);
	if (error == ERROR_NOT_FOUND) call_pass_over(call);
	if (error != OK && error != ERROR_NOT_FOUND) return error;
	*out = error == OK && !opened.is_own;
	return OK;
}

static Error load(Request *request)
{
	DecisionDesk *desk = arena_new_of(request->call->arena, DecisionDesk);
	TRY(decision_office(request->call, ref_of(request), &desk->state));
	desk->is_shown = arena_array_of(request->call->arena, bool, desk->state.proposals.count + 1);
	for (size_t i = 0; i < desk->state.proposals.count; i++) {
		TRY(may_see(request->call, desk->state.proposals.at[i].line.ref, &desk->is_shown[i]));
		desk->hidden += !desk->is_shown[i];
	}
	request->subject = desk;
	return OK;
}

static Text under(Html *html, const DecisionState *state, const char *name)
{
	Arena *arena = html->call->arena;
	return arena_printf(arena, "%.*s/%s", TEXT_ARGS(decision_place(arena, state->round.ref)), name);
}

static Text state_words(Html *html, Text name)
{
	const WorkflowState *state = workflow_state(&application_machine, name);
	return state ? tr(html->lang, state->text) : name;
}

/* ---- Who is proposed */
static void proposals_card(Html *html, const DecisionDesk *desk, DecisionPageView *view)
{
	static const char *const labels[] = { N_("Organisation"), N_("Direction"), N_("Rank"), N_("Total"), N_("Stars by the rules"),
		N_("State") };
	const DecisionProposals *proposals = &desk->state.proposals;
	Arena *arena = html->call->arena;
	Cell *cells = arena_array_of(arena, Cell, proposals->count * COUNT(labels) + 1);
	size_t rows = 0;
	DecisionCard *card = decision_card(html, view->main, &view->main_count, N_("Who stands in this round"),
		N_("Stars follow from the frozen rules: total, every criterion, places, and the inspection."));
	for (size_t i = 0; i < proposals->count; i++) {
		const DecisionProposal *proposal = &proposals->at[i];
		if (!desk->is_shown[i]) continue;
		Cell *cell = &cells[rows++ * COUNT(labels)];
		cell[0] = (Cell) { .text = decision_name(html->lang, proposal->line.organisation, proposal->line.organisation_en),
			.url = url_local(arena, "/applications/%.*s", TEXT_ARGS(url_segment(arena, proposal->line.ref))) };
		cell[1].text = decision_direction_text(html, proposal->line.direction);
		cell[2].text = proposal->rank ? arena_printf(arena, "%lld", (long long)proposal->rank) : TEXT("—");
		cell[3].text = hundredths_text(arena, fraction_hundredths(proposal->total));
		cell[4].text = decision_stars_text(html, proposal->stars);
		cell[5].text = state_words(html, proposal->line.state);
	}
	card->table = decision_table(html, N_("Who stands in this round"), labels, COUNT(labels), cells, rows);
	if (!rows) card->body = part_empty(html, tr(html->lang, "Nobody is proposed."), TEXT(""), (Url) { { 0 } }, TEXT(""));
}

static size_t proposed(const DecisionState *state)
{
	size_t count = 0;
	for (size_t i = 0; i < state->proposals.count; i++) count += decision_is_state(state->proposals.at[i].line.state, "PROPOSED");
	return count;
}

/* ---- What waits for a second person */
static Error why_not(Html *html, const DecisionDesk *desk, const DecisionRow *row, const char **out)
{
	Call *call = html->call;
	*out = row->entered_by == call->actor->person_id ? N_("Whoever entered a decision does not confirm it.") : NULL;
	if (!*out) TRY(decision_involvement(call, &desk->state.round, NULL, false, out));
	for (size_t i = 0; !*out && i < desk->state.proposals.count; i++)
		TRY(decision_involvement(call, &desk->state.round, &desk->state.proposals.at[i].line, false, out));
	return OK;
}

static Error decide_buttons(Html *html, const DecisionDesk *desk, const DecisionRow *row, const char *label, DecisionCard *card)
{
	const char *why = NULL;
	Html inner = html_inner(html);
	Text place = arena_printf(html->call->arena, "%.*s/%.*s", TEXT_ARGS(under(html, &desk->state, "lists")), TEXT_ARGS(row->ref));
	TRY(why_not(html, desk, row, &why));
	if (why)
		html_markup(&inner, part_note(html, TEXT("neutral"), tr(html->lang, why), (Markup) { { 0 } }));
	else
		html_markup(&inner, decision_button(html, arena_printf(html->call->arena, "%.*s/decide", TEXT_ARGS(place)), label, ""));
	html_markup(&inner,
		decision_button(html, arena_printf(html->call->arena, "%.*s/drop", TEXT_ARGS(place)), N_("Do not confirm it"), "quiet"));
	card->more = html_done(html, &inner);
	return OK;
}

static Error waiting_card(Html *html, const DecisionDesk *desk, DecisionPageView *view)
{
	static const char *const labels[] = { N_("Organisation"), N_("Stars by the rules"), N_("Stars"), N_("Reason for fewer stars") };
	const DecisionState *state = &desk->state;
	Arena *arena = html->call->arena;
	Cell *cells = arena_array_of(arena, Cell, state->proposals.count * COUNT(labels) + 1);
	Map *values;
	size_t rows = 0, starred = 0;
	int64_t stars;
	DecisionCard *card = decision_card(html, view->main, &view->main_count, N_("A list waits for its decision"),
		N_("Somebody who assessed nobody of it decides. Then it is given public notice of, at once."));
	TRY(decision_values(html->call, &state->waiting, &values, &starred));
	for (size_t i = 0; i < state->proposals.count; i++) {
		const DecisionProposal *proposal = &state->proposals.at[i];
		Text typed = form_answer(values, arena_printf(arena, "stars-%.*s", TEXT_ARGS(proposal->line.ref)).at);
		if (!typed.length || !text_to_int(typed, &stars)) continue;
		Cell *cell = &cells[rows++ * COUNT(labels)];
		cell[0].text = decision_name(html->lang, proposal->line.organisation, proposal->line.organisation_en);
		cell[1].text = decision_stars_text(html, proposal->stars);
		cell[2].text = decision_stars_text(html, stars);
		cell[3].text = form_answer(values, arena_printf(arena, "reason-%.*s", TEXT_ARGS(proposal->line.ref)).at);
	}
	card->table = decision_table(html, N_("A list waits for its decision"), labels, COUNT(labels), cells, rows);
	return decide_buttons(html, desk, &state->waiting, N_("Decide, and give public notice"), card);
}

static Error enter_card(Html *html, const DecisionDesk *desk, DecisionPageView *view)
{
	const DecisionState *state = &desk->state;
	Map *known;
	bool is_due = proposed(state) > 0 || (decision_is_state(state->round.state, "DECISION") && !state->publicity.count);
	if (decision_is_state(state->round.state, "ARCHIVED")) return OK;
	if (desk->hidden) {
		DecisionCard *card = decision_card(html, view->main, &view->main_count, N_("List for public notice"), NULL);
		card->body = part_note(
			html, TEXT("neutral"), tr(html->lang, "You have an interest in one of those who stand in it."), (Markup) { { 0 } });
		return OK;
	}
	if (state->is_waiting) return waiting_card(html, desk, view);
	if (!is_due || !is_secretary(html)) return OK;
	DecisionCard *card = decision_card(html, view->main, &view->main_count, N_("List for public notice"),
		N_("Another person decides it, who assessed nobody of it."));
	const Form *form = decision_list_form(html->call, state, &known);
	decision_add_form(html, card, form, under(html, state, "enter"), N_("Submit for confirmation"), known);
	return OK;
}

/* ---- What was decided */
static void lists_card(
	Html *html, const DecisionState *state, const DecisionLists *lists, const char *title, const char *page, DecisionPageView *view)
{
	static const char *const labels[] = { N_("Number"), N_("Document number"), N_("Decided"), N_("Until"), N_("Number of units"),
		N_("SHA-256") };
	Arena *arena = html->call->arena;
	Cell *cells = arena_array_of(arena, Cell, lists->count * COUNT(labels) + 1);
	if (!lists->count) return;
	DecisionCard *card = decision_card(html, view->main, &view->main_count, title, NULL);
	for (size_t i = 0; i < lists->count; i++) {
		const DecisionList *list = &lists->at[i];
		Cell *cell = &cells[i * COUNT(labels)];
		cell[0] = (Cell) { .text = arena_printf(arena, "%lld", (long long)list->number),
			.url = url_public(html->request,
				arena_printf(arena, "/rounds/%.*s/%s", TEXT_ARGS(url_segment(arena, state->round.code)), page)) };
		cell[1].text = list->document;
		cell[2].markup = part_time(html, list->decided_at);
		if (list->until_at) cell[3].markup = part_time(html, list->until_at);
		cell[4].text = arena_printf(arena, "%zu", list->entries.count);
		cell[5].markup = part_copy(html, list->sha256);
	}
	card->table = decision_table(html, title, labels, COUNT(labels), cells, lists->count);
}

static void grant_card(Html *html, const DecisionState *state, DecisionPageView *view)
{
	size_t runs = 0;
	for (size_t i = 0; i < state->proposals.count; i++) runs += decision_is_state(state->proposals.at[i].line.state, "IN_PUBLICITY");
	if (!runs) return;
	DecisionCard *card = decision_card(html, view->aside, &view->aside_count, N_("Approval"),
		N_("Everyone whose days of public notice are over, and against whom nothing is open."));
	card->body = decision_button(html, under(html, state, "grant"), N_("Approve whose days are over"), "");
}

static Error announcement_card(Html *html, const DecisionDesk *desk, DecisionPageView *view)
{
	const DecisionState *state = &desk->state;
	bool is_due = decision_is_state(state->round.state, "PUBLICITY") || decision_is_state(state->round.state, "ANNOUNCED");
	if (!is_due || desk->hidden) return OK;
	if (state->is_announcing) {
		DecisionCard *card = decision_card(html, view->main, &view->main_count, N_("An announcement waits for its decision"), NULL);
		Fact facts[] = { { .label = tr(html->lang, "Document number"), .text = state->announcing.document } };
		card->body = part_facts(html, facts, COUNT(facts));
		return decide_buttons(html, desk, &state->announcing, N_("Decide, and announce"), card);
	}
	if (!is_secretary(html) || !decision_has_news(state)) return OK;
	DecisionCard *card = decision_card(html, view->aside, &view->aside_count, N_("Announcement"),
		N_("All that are approved and not announced yet. Nobody moves up from the reserve any more."));
	decision_add_form(html, card, &decision_announce_form, under(html, state, "announce"), N_("Submit for confirmation"), NULL);
	return OK;
}

/* ---- Appeals and objections */
static Error appeals_card(Html *html, const DecisionState *state, DecisionPageView *view)
{
	static const char *const labels[] = { N_("Organisation"), N_("Appeals against"), N_("To be decided by") };
	Arena *arena = html->call->arena;
	ApplicationLines lines;
	TRY(decision_lines(html->call, state->round.id, "APPEAL", &lines));
	Cell *cells = arena_array_of(arena, Cell, lines.count * COUNT(labels) + 1);
	size_t rows = 0;
	for (size_t i = 0; i < lines.count; i++) {
		Application application;
		Error error = application_open(html->call, lines.at[i].ref, &application);
		if (error == ERROR_NOT_FOUND) call_pass_over(html->call);
		if (error != OK && error != ERROR_NOT_FOUND) return error;
		if (error != OK || text_is(application.appeal_of, TEXT("REJECTED"))) continue;
		Cell *cell = &cells[rows++ * COUNT(labels)];
		cell[0] = (Cell) { .text = decision_name(html->lang, application.organisation, application.organisation_en),
			.url = url_local(arena, "%.*s/%.*s", TEXT_ARGS(under(html, state, "appeals")),
				TEXT_ARGS(url_segment(arena, application.ref))) };
		cell[1].text = state_words(html, application.appeal_of);
		if (lines.at[i].due_at) cell[2].markup = part_time(html, lines.at[i].due_at);
	}
	if (!rows) return OK;
	DecisionCard *card = decision_card(html, view->main, &view->main_count, N_("Appeals"), NULL);
	card->table = decision_table(html, N_("Appeals"), labels, COUNT(labels), cells, rows);
	return OK;
}

static Error objections_card(Html *html, const DecisionState *state, DecisionPageView *view)
{
	static const char *const labels[] = { N_("Number"), N_("Against"), N_("Door"), N_("State"), N_("Received at") };
	Arena *arena = html->call->arena;
	Objections objections;
	TRY(objection_list(html->call, state->round.id, &objections));
	Cell *cells = arena_array_of(arena, Cell, objections.count * COUNT(labels) + 1);
	for (size_t i = 0; i < objections.count; i++) {
		const Objection *objection = &objections.at[i];
		const WorkflowState *known = workflow_state(&objection_machine, objection->state);
		Cell *cell = &cells[i * COUNT(labels)];
		cell[0] = (Cell) { .text = objection->ref,
			.url = url_local(arena, "/programme/objections/%.*s", TEXT_ARGS(url_segment(arena, objection->ref))) };
		cell[1].text = objection->organisation.length ? objection->organisation : TEXT("—");
		cell[2].text = tr(html->lang, objection_door_text(objection->door));
		cell[3].text = known ? tr(html->lang, known->text) : objection->state;
		cell[4].markup = part_time(html, objection->received_at);
	}
	if (!objections.count) return OK;
	DecisionCard *card = decision_card(html, view->main, &view->main_count, N_("Objections"), NULL);
	card->table = decision_table(html, N_("Objections"), labels, COUNT(labels), cells, objections.count);
	return OK;
}

static void aside_card(Html *html, const DecisionState *state, DecisionPageView *view)
{
	Arena *arena = html->call->arena;
	Fact facts[6];
	size_t count = 0;
	Text round = arena_printf(arena, "/programme/rounds/%.*s", TEXT_ARGS(url_segment(arena, state->round.ref)));
	DecisionCard *card = decision_card(html, view->aside, &view->aside_count, N_("Round"), NULL);
	facts[count++] = (Fact) { .label = tr(html->lang, "Working days of public notice"),
		.text = form_answer(state->round.head, "publicity_days") };
	facts[count++] = (Fact) { .label = tr(html->lang, "Applications"),
		.text = tr(html->lang, "Show"),
		.url = url_local(arena, "/programme/applications?round=%.*s", TEXT_ARGS(url_segment(arena, state->round.code))) };
	facts[count++] = (Fact) { .label = tr(html->lang, "Letters"),
		.text = tr(html->lang, "Letters of this round"),
		.url = url_local(arena, "%.*s", TEXT_ARGS(round_letters_place(arena, state->round.ref))) };
	if (state->announcements.count)
		facts[count++] = (Fact) { .label = tr(html->lang, "Certificates"),
			.text = tr(html->lang, "Issue certificates"),
			.url = url_local(arena, "%.*s/units", TEXT_ARGS(round)) };
	if (actor_has(html->call->actor, ROLE_SUPERVISOR))
		facts[count++] = (Fact) { .label = tr(html->lang, "What happened"),
			.text = tr(html->lang, "Log of the round"),
			.url = url_local(arena, "%.*s/log", TEXT_ARGS(round)) };
	card->body = part_facts(html, facts, count);
	if (decision_is_state(state->round.state, "ANNOUNCED") && is_secretary(html))
		card->more = decision_button(html, under(html, state, "archive"), N_("Archive the round"), "quiet");
}

static Error show(Request *request)
{
	Html *html;
	const DecisionDesk *desk = request->subject;
	const DecisionState *state = &desk->state;
	DecisionPageView *view = arena_new_of(request->call->arena, DecisionPageView);
	const WorkflowState *known = workflow_state(&round_machine, state->round.state);
	Crumb crumbs[] = { { tr(request->call->lang, "Selection rounds"), url_local(request->call->arena, "/programme/rounds") },
		{ state->round.code, url_local(request->call->arena, "/programme/rounds/%.*s",
					     TEXT_ARGS(url_segment(request->call->arena, state->round.ref))) },
		{ .text = tr(request->call->lang, "Decision of the round") } };
	PageHead head = {
		.title = tr(request->call->lang, "Decision of the round"), .crumbs = crumbs, .crumb_count = COUNT(crumbs), .wide = true
	};
	TRY(decision_page_open(request, &head, &html));
	view->state_text = known ? tr(html->lang, known->text) : state->round.state;
	view->tone = known ? text_from(known->tone) : TEXT("neutral");
	proposals_card(html, desk, view);
	TRY(enter_card(html, desk, view));
	TRY(announcement_card(html, desk, view));
	lists_card(html, state, &state->publicity, N_("Public notices"), "publicity", view);
	lists_card(html, state, &state->announcements, N_("Announcements"), "announcement", view);
	TRY(appeals_card(html, state, view));
	TRY(objections_card(html, state, view));
	aside_card(html, state, view);
	grant_card(html, state, view);
	page_decision_page(html, view);
	return html_page_close(request, html);
}

/* ---- One appeal */
static Error show_appeal(Request *request)
{
	Html *html;
	const DecisionDesk *desk = request->subject;
	Call *call = request->call;
	Application application;
	Failure failure = call->failure;
	DecisionPageView *view = arena_new_of(call->arena, DecisionPageView);
	Text place = decision_place(call->arena, desk->state.round.ref), ref = request_parameter(request, TEXT("application"));
	Crumb crumbs[] = { { tr(call->lang, "Decision of the round"), url_local(call->arena, "%.*s", TEXT_ARGS(place)) },
		{ .text = tr(call->lang, "Appeal") } };
	PageHead head = { .title = tr(call->lang, "Appeal"), .crumbs = crumbs, .crumb_count = COUNT(crumbs) };
	call_recover(call);
	TRY(application_open(call, ref, &application));
	if (application.round_id != desk->state.round.id || !decision_is_state(application.state, "APPEAL") ||
		text_is(application.appeal_of, TEXT("REJECTED")))
		return fail(call, NOT_FOUND, "no appeal to be decided here");
	call->failure = failure;
	TRY(decision_page_open(request, &head, &html));
	DecisionCard *card = decision_card(html, view->main, &view->main_count, N_("Appeal"),
		N_("Decided by somebody who neither assessed it nor decided the list. An upheld one is proposed, on a list of its own."));
	Fact facts[] = { { .label = tr(html->lang, "Organisation"),
				 .text = application.organisation,
				 .url = url_local(
					 call->arena, "/applications/%.*s", TEXT_ARGS(url_segment(call->arena, application.ref))) },
		{ .label = tr(html->lang, "Appeals against"), .text = state_words(html, application.appeal_of) },
		{ .label = tr(html->lang, "Grounds of the appeal"), .text = tr(html->lang, "They stand on its page.") } };
	card->body = part_facts(html, facts, COUNT(facts));
	decision_add_form(html, card, &decision_appeal_form,
		arena_printf(call->arena, "%.*s/appeals/%.*s", TEXT_ARGS(place), TEXT_ARGS(ref)), N_("Decide about the appeal"), NULL);
	page_decision_page(html, view);
	return html_page_close(request, html);
}

/* ---- What is sent */
static Error back(Request *request) { return reply_redirect(request, decision_place(request->call->arena, ref_of(request))); }

static Error do_enter(Request *request)
{
	const DecisionDesk *desk = request->subject;
	Map *values = map_new(request->call->arena);
	if (desk->hidden) return fail(request->call, FORBIDDEN, "an interest stands against it");
	TRY(form_take(request, decision_list_form(request->call, &desk->state, NULL), values));
	TRY(decision_enter(request->call, ref_of(request), values));
	return back(request);
}

static Error do_announce(Request *request)
{
	Map *values = map_new(request->call->arena);
	TRY(form_take(request, &decision_announce_form, values));
	TRY(decision_enter_announcement(request->call, ref_of(request), values));
	return back(request);
}

static Error do_decide(Request *request)
{
	TRY(decision_decide(request->call, ref_of(request), request_parameter(request, TEXT("list"))));
	return back(request);
}

static Error do_drop(Request *request)
{
	TRY(decision_drop(request->call, ref_of(request), request_parameter(request, TEXT("list"))));
	return back(request);
}

static Error do_grant(Request *request)
{
	TRY(decision_grant(request->call, ref_of(request)));
	return back(request);
}

static Error do_archive(Request *request)
{
	TRY(decision_archive(request->call, ref_of(request)));
	return back(request);
}

static Error do_appeal(Request *request)
{
	Map *values = map_new(request->call->arena);
	TRY(form_take(request, &decision_appeal_form, values));
	TRY(decision_appeal(request->call, ref_of(request), request_parameter(request, TEXT("application")), values));
	return back(request);
}

#define AT "/programme/rounds/:ref/decision"
#define READERS .may = ROLE_SECRETARY | ROLE_SUPERVISOR, .needs_second_factor = true, .subject = load
#define SECRETARIES .may = ROLE_SECRETARY, .needs_second_factor = true, .subject = load
#define SENT(page) .form = &decision_any_form, .retry = page
static const Route routes[] = {
	{ GET, AT, show, READERS, .summary = "A round's decision: list, public notice, announcement, appeals, objections" },
	{ POST, AT "/enter", do_enter, SECRETARIES, SENT(show), .summary = "Enter the list for public notice" },
	{ POST, AT "/announce", do_announce, SECRETARIES, SENT(show), .summary = "Enter the announcement of what is approved" },
	{ POST, AT "/lists/:list/decide", do_decide, READERS, .retry = show,
		.summary = "Decide a list or an announcement, and publish it" },
	{ POST, AT "/lists/:list/drop", do_drop, READERS, .retry = show, .summary = "Do not confirm a list or an announcement" },
	{ POST, AT "/grant", do_grant, READERS, .retry = show, .summary = "Approve whose days of public notice are over" },
	{ GET, AT "/appeals/:application", show_appeal, READERS, .summary = "An appeal against a later step than the review" },
	{ POST, AT "/appeals/:application", do_appeal, READERS, SENT(show_appeal), .summary = "Decide about an appeal" },
	{ POST, AT "/archive", do_archive, SECRETARIES, .retry = show, .summary = "Archive a round in which everything is settled" },
};
const RouteTable round_decision_routes = { "subject/programme", routes, COUNT(routes) };
