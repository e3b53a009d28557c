/* What happened in a round: all of it for supervisors, and for everybody what is public by itself. Each line bears the leaf of the ledger. */
#include "base/crypto/crypto.h"
#include "people/person/person.h"
#include "subject/programme/decision/decision_view.h"
#include "subject/programme/decision/views/decision_page.html.h"

enum { PAGE = 50, PUBLIC_MAX = 200 };

static const struct {
	const char *kind, *action, *says;
} words[] = {
	{ "round", "write", N_("Notice and instants changed") },
	{ "round", "add-item", N_("Item added") },
	{ "round", "change-item", N_("Item changed") },
	{ "round", "remove-item", N_("Item removed") },
	{ "round", "rehearse", N_("Rules rehearsed") },
	{ "panel", "freeze", N_("Pool of experts frozen") },
	{ "panel", "enter", N_("Value of the public source entered") },
	{ "panel", "draw", N_("Experts drawn") },
	{ "panel", "replace", N_("Member of a panel replaced") },
	{ "panel", "swear", N_("Conflict of interest declared or denied") },
	{ "panel", "present", N_("Presentation noted") },
	{ "panel", "miss", N_("Absence noted") },
	{ "panel", "key", N_("Key of the sheets made") },
	{ "panel", "share", N_("Share of the key taken") },
	{ "panel", "rehearse", N_("Opening rehearsed") },
	{ "panel", "objective", N_("Objective criteria scored") },
	{ "panel", "commit", N_("Sheet committed") },
	{ "panel", "open", N_("Sheets opened") },
	{ "panel", "recuse", N_("Expert kept from judging") },
	{ "panel", "name", N_("Expert named by an applicant") },
	{ "panel", "explain", N_("Strange sheet confirmed") },
	{ "panel", "correct", N_("Score corrected, first signature") },
	{ "panel", "sign-correction", N_("Score corrected, second signature") },
	{ "panel", "lock", N_("Result locked") },
	{ "panel", "sign", N_("Minutes signed") },
	{ "decision", "enter", N_("List or announcement entered") },
	{ "decision", "drop", N_("List or announcement not confirmed") },
	{ "decision", "publicise", N_("List decided and given public notice") },
	{ "decision", "grant", N_("Approved after the public notice") },
	{ "decision", "announce", N_("Result decided and announced") },
	{ "decision", "reinstate", N_("Appeal upheld") },
	{ "decision", "refuse", N_("Appeal dismissed") },
	{ "decision", "archive", N_("Round archived") },
	{ "application", "open", N_("Draft begun") },
	{ "application", "download", N_("File downloaded by the office") },
	{ "application", "panel-download", N_("File downloaded by a member of the panel") },
	{ "inspection", "start", N_("Inspection planned") },
	{ "inspection", "read", N_("Read") },
	{ "inspection", "fill-in", N_("Checklist filled in") },
	{ "inspection", "photograph", N_("Photograph added") },
	{ "inspection", "answer", N_("Correction of a finding stated") },
	{ "inspection", "close-finding", N_("Finding closed") },
	{ "inspection", "return-finding", N_("Finding not closed") },
	{ "inspection", "object", N_("Objection to an inspector") },
	{ "objection", "open", N_("Objection received") },
	{ "objection", "read", N_("Read by who handles it") },
	{ "objection", "fetch", N_("Letter of answer downloaded by who objected") },
};

static const Machine *machine_of(Text kind)
{
	static const Machine *const machines[] = { &round_machine, &application_machine, &inspection_machine, &objection_machine };
	for (size_t i = 0; i < COUNT(machines); i++)
		if (text_is(kind, text_from(machines[i]->name))) return machines[i];
	return NULL;
}

static Text action_text(Html *html, Text kind, Text action)
{
	const Machine *machine = machine_of(kind);
	for (size_t i = 0; i < COUNT(words); i++)
		if (text_is(kind, text_from(words[i].kind)) && text_is(action, text_from(words[i].action)))
			return tr(html->lang, words[i].says);
	return machine ? work_words(html->lang, machine, action) : action;
}

static Text leaf_text(Arena *arena, Text hash) { return hex_text(arena, hash); }

/* ---- For everybody */
static Error show_public(Request *request)
{
	static const char *const labels[] = { N_("Time"), N_("What happened"), N_("Leaf of the ledger") };
	Html *html;
	Call *call = request->call;
	Round round;
	DecisionMoveRows rows;
	DecisionPageView *view = arena_new_of(call->arena, DecisionPageView);
	TRY(round_open_public(call, request_parameter(request, TEXT("code")), &round));
	TRY(decision_public_log(call, round.ref, PUBLIC_MAX, &rows));
	Crumb crumbs[] = { { tr(call->lang, "Selection of support units"), url_public(request, TEXT("/rounds")) },
		{ round.code,
			url_public(request, arena_printf(call->arena, "/rounds/%.*s", TEXT_ARGS(url_segment(call->arena, round.code)))) },
		{ .text = tr(call->lang, "Log of the round") } };
	PageHead head = { .title = tr(call->lang, "Log of the round"), .crumbs = crumbs, .crumb_count = COUNT(crumbs), .wide = true };
	TRY(html_page_open(request, &head, &html));
	Cell *cells = arena_array_of(call->arena, Cell, rows.count * COUNT(labels) + 1);
	for (size_t i = 0; i < rows.count; i++) {
		Cell *cell = &cells[i * COUNT(labels)];
		cell[0].markup = part_time(html, rows.at[i].at);
		cell[1].text = action_text(html, rows.at[i].kind, rows.at[i].action);
		cell[2].markup = part_copy(html, leaf_text(call->arena, rows.at[i].hash));
	}
	DecisionCard *card = decision_card(html, view->main, &view->main_count, N_("Log of the round"),
		N_("Every line is a leaf of the public ledger: it can be proven that it was there, and when."));
	card->table = decision_table(html, N_("Log of the round"), labels, COUNT(labels), cells, rows.count);
	page_decision_page(html, view);
	reply_public(request, arena_printf(call->arena, "round:%.*s", TEXT_ARGS(round.code)));
	return html_page_close(request, html);
}

/* ---- For supervisors */
static Error load(Request *request)
{
	Round *round = arena_new_of(request->call->arena, Round);
	TRY(round_open(request->call, request_parameter(request, TEXT("ref")), round));
	request->subject = round;
	return OK;
}

/* An interest hides what happened to an application too. */
static Error is_hidden(Call *call, const DecisionLogRow *row, bool *out)
{
	Application application;
	Inspection inspection;
	Objection objection;
	Error error = OK;
	if (text_is(row->kind, TEXT("application"))) error = application_open(call, row->ref, &application);
	if (text_is(row->kind, TEXT("inspection"))) error = inspection_open(call, row->ref, &inspection);
	if (text_is(row->kind, TEXT("objection"))) error = objection_open(call, row->ref, &objection);
	*out = error == ERROR_NOT_FOUND;
	if (*out) call_recover(call);
	return *out ? OK : error;
}

static Error who_text(Html *html, int64_t person_id, Text *out)
{
	Person person;
	uint32_t roles = 0;
	*out = tr(html->lang, "The system");
	if (!person_id) return OK;
	Error error = person_find(html->call, person_id, &person);
	if (error == ERROR_NOT_FOUND) call_recover(html->call);
	if (error != OK) return error == ERROR_NOT_FOUND ? OK : error;
	static const Role known[] = { ROLE_SECRETARY, ROLE_SUPERVISOR, ROLE_INSPECTOR, ROLE_EXPERT };
	*out = person_shown_name(&person);
	TRY(role_of(html->call, person_id, &roles));
	for (size_t i = 0; i < COUNT(known); i++)
		if (roles & known[i]) {
			*out = arena_printf(
				html->call->arena, "%.*s · %.*s", TEXT_ARGS(*out), TEXT_ARGS(tr(html->lang, role_text(known[i]))));
			break;
		}
	return OK;
}

static Url subject_url(Html *html, const DecisionLogRow *row)
{
	Arena *arena = html->call->arena;
	Text ref = url_segment(arena, row->ref);
	if (text_is(row->kind, TEXT("application"))) return url_local(arena, "/applications/%.*s", TEXT_ARGS(ref));
	if (text_is(row->kind, TEXT("inspection"))) return url_local(arena, "/programme/inspections/%.*s", TEXT_ARGS(ref));
	if (text_is(row->kind, TEXT("objection"))) return url_local(arena, "/programme/objections/%.*s", TEXT_ARGS(ref));
	return (Url) { { 0 } };
}

static Error fill_line(Html *html, const Round *round, const DecisionLogRow *row, Cell *cell)
{
	bool hidden = false;
	TRY(is_hidden(html->call, row, &hidden));
	cell[0].markup = part_time(html, row->at);
	cell[1] = (Cell) { .text = hidden                          ? tr(html->lang, "hidden: you have an interest in it")
				   : text_is(row->ref, round->ref) ? round->code
								   : row->ref };
	if (!hidden) cell[1].url = subject_url(html, row);
	if (!hidden) TRY(who_text(html, row->actor, &cell[2].text));
	if (hidden) cell[2].text = TEXT("—");
	cell[3].text = hidden ? TEXT("—") : action_text(html, row->kind, row->action);
	cell[4].text = leaf_text(html->call->arena, row->hash);
	return OK;
}

static Error show_log(Request *request)
{
	static const char *const labels[] = { N_("Time"), N_("Number"), N_("Who"), N_("What happened"), N_("Leaf of the ledger") };
	Html *html;
	Call *call = request->call;
	const Round *round = request->subject;
	DecisionLogRows rows;
	DecisionPageView *view = arena_new_of(call->arena, DecisionPageView);
	int64_t before = request_query_number(request, TEXT("before"));
	Text path = arena_printf(call->arena, "/programme/rounds/%.*s", TEXT_ARGS(url_segment(call->arena, round->ref)));
	TRY(decision_log_rows(call, round->id, round->ref, before ? before : INT64_MAX, PAGE, &rows));
	Crumb crumbs[] = { { tr(call->lang, "Selection rounds"), url_local(call->arena, "/programme/rounds") },
		{ round->code, url_local(call->arena, "%.*s", TEXT_ARGS(path)) }, { .text = tr(call->lang, "Log of the round") } };
	PageHead head = { .title = tr(call->lang, "Log of the round"), .crumbs = crumbs, .crumb_count = COUNT(crumbs), .wide = true };
	TRY(html_page_open(request, &head, &html));
	Cell *cells = arena_array_of(call->arena, Cell, rows.count * COUNT(labels) + 1);
	for (size_t i = 0; i < rows.count; i++) TRY(fill_line(html, round, &rows.at[i], &cells[i * COUNT(labels)]));
	DecisionCard *card = decision_card(html, view->main, &view->main_count, N_("Log of the round"),
		N_("Everything that happened in it, to its applications, to inspections and to objections; newest first."));
	card->table = decision_table(html, N_("Log of the round"), labels, COUNT(labels), cells, rows.count);
	if (rows.count == PAGE)
		view->pager = part_pager(html, (Url) { { 0 } },
			url_local(call->arena, "%.*s/log?before=%lld", TEXT_ARGS(path), (long long)rows.at[PAGE - 1].id));
	page_decision_page(html, view);
	return html_page_close(request, html);
}

static const Route routes[] = {
	{ GET, "/programme/rounds/:ref/log", show_log, .may = ROLE_SUPERVISOR, .needs_second_factor = true, .subject = load,
		.summary = "Everything that happened in a round, with the leaves of the ledger" },
	{ GET, "/rounds/:code/log", show_public, .may = ROLE_EVERYBODY, .is_public = true,
		.summary = "What of a round is public, with the leaves of the ledger" },
};
const RouteTable round_log_routes = { "subject/programme", routes, COUNT(routes) };
