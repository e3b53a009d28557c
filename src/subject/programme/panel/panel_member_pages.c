/* An expert's panels: declaring conflicts, reading what was sworn for, the sheet, and what comes after the opening. And an applicant's names. */
#include "face/doc/export.h"
#include "face/doc/pdf_sign.h"
#include "people/person/form_page.h"
#include "subject/programme/panel/panel_files.h"
#include "subject/programme/panel/panel_timetable.h"
#include "subject/programme/panel/panel_view.h"
#include "subject/programme/panel/views/panel_page.html.h"

enum { PAGE = 50 };

static Error load(Request *request)
{
	PanelMember *member = arena_new_of(request->call->arena, PanelMember);
	TRY(panel_member(request->call, request_parameter(request, TEXT("panel")), member));
	request->subject = member;
	return OK;
}

static Text base_of(Arena *arena, const PanelMember *member)
{
	return arena_printf(arena, "/panels/%.*s", TEXT_ARGS(member->part->row.ref));
}

/* ---- The list */
static Error show_list(Request *request)
{
	static const char *const labels[] = { N_("Panel"), N_("Round"), N_("Direction"), N_("Seat"), N_("State") };
	Html *html;
	Call *call = request->call;
	OwnSeats seats;
	PanelPageView *view = arena_new_of(call->arena, PanelPageView);
	PageHead head = { .title = tr(call->lang, "My panels"), .wide = true };
	TRY(panel_own_seats(call, request_query_number(request, TEXT("before")), PAGE, &seats));
	TRY(panel_page_open(request, &head, &html));
	Cell *cells = arena_array_of(call->arena, Cell, seats.count * COUNT(labels) + 1);
	for (size_t i = 0; i < seats.count; i++) {
		const OwnSeat *seat = &seats.at[i];
		const WorkflowState *state = workflow_state(&round_machine, seat->round_state);
		Cell *cell = &cells[i * COUNT(labels)];
		cell[0] = (Cell) { .text = seat->panel, .url = url_local(call->arena, "/panels/%.*s", TEXT_ARGS(seat->panel)) };
		cell[1].text = seat->round_code;
		cell[2].text = panel_direction_text(html, seat->direction);
		cell[3].text = tr(html->lang, seat_code_text(seat->is_taken ? SEAT_TAKEN : SEAT_ALTERNATE));
		cell[4].text = state ? tr(html->lang, state->text) : seat->round_state;
	}
	PanelCard *card = panel_card(html, view->main, &view->main_count, N_("My panels"), seats.count ? NULL : N_("You sit on no panel."));
	panel_add_table(card, panel_table(html, N_("My panels"), labels, COUNT(labels), cells, seats.count));
	if (seats.count == PAGE)
		card->body =
			part_pager(html, (Url) { { 0 } }, url_local(call->arena, "/panels?before=%lld", (long long)seats.at[PAGE - 1].id));
	page_panel_page(html, view);
	return html_page_close(request, html);
}

/* ---- One panel */
static Error entry_cells(Html *html, const PanelMember *member, const EntryRow *entry, Cell *cell)
{
	bool has_sworn = false;
	bool has_sheet = panel_has_sheet(member->part, entry->application_id, member->expert.id);
	const WorkflowState *state = workflow_state(&application_machine, entry->state);
	TRY(panel_has_sworn(html->call, entry->application_id, member->expert.id, &has_sworn));
	cell[0].text = arena_printf(html->call->arena, "%lld", (long long)entry->place + 1);
	cell[1] = (Cell) { .text = panel_organisation(entry, html->lang),
		.url = url_local(html->call->arena, "%.*s/applications/%.*s", TEXT_ARGS(base_of(html->call->arena, member)),
			TEXT_ARGS(entry->ref)) };
	if (!member->is_taken) cell[1].url = (Url) { { 0 } };
	cell[2].text = state ? tr(html->lang, state->text) : entry->state;
	cell[3].text = tr(html->lang, has_sworn ? N_("No conflict, signed") : N_("to be declared"));
	cell[4].text = tr(html->lang, has_sheet ? N_("sealed") : N_("none yet"));
	return OK;
}

static Error entries_card(Html *html, const PanelMember *member, PanelPageView *view)
{
	static const char *const labels[] = { N_("Order"), N_("Applicant"), N_("State"), N_("Conflict of interest"), N_("Your sheet") };
	size_t rows = member->part->entries.count;
	Cell *cells = arena_array_of(html->call->arena, Cell, rows * COUNT(labels) + 1);
	PanelCard *card = panel_card(html, view->main, &view->main_count, N_("Applicants in the drawn order"),
		N_("Nothing of an application can be read before you have signed that you have no conflict with its applicant."));
	for (size_t i = 0; i < rows; i++) {
		const EntryRow *entry = &member->part->entries.at[i];
		TRY(entry_cells(html, member, entry, &cells[(entry->place >= 0 ? (size_t)entry->place : i) * COUNT(labels)]));
	}
	panel_add_table(card, panel_table(html, N_("Applicants in the drawn order"), labels, COUNT(labels), cells, rows));
	return OK;
}

static Error timetable_card(Html *html, const PanelMember *member, PanelPageView *view)
{
	PanelTimetable timetable;
	Error error = member->is_taken ? panel_timetable_of(html->call, &member->state, member->at, &timetable) : ERROR_NOT_FOUND;
	if (error == ERROR_NOT_FOUND) {
		call_pass_over(html->call);
		return OK;
	}
	TRY(error);
	PanelCard *card = panel_card(html, view->main, &view->main_count, N_("Timetable"), NULL);
	Text base = base_of(html->call->arena, member);
	panel_timetable_fill(html, &timetable, arena_printf(html->call->arena, "%.*s/timetable.ics", TEXT_ARGS(base)), card);
	return OK;
}

static Error show_timetable(Request *request)
{
	Call *call = request->call;
	const PanelMember *member = request->subject;
	PanelTimetable timetable;
	if (!member->is_taken) return fail(call, NOT_FOUND, "who holds itself ready has no hours");
	TRY(panel_timetable_of(call, &member->state, member->at, &timetable));
	Text bytes = panel_timetable_calendar(call, &timetable, 1, base_of(call->arena, member));
	return export_bytes(request, arena_printf(call->arena, "%.*s.ics", TEXT_ARGS(member->part->row.ref)), bytes);
}

static Error show(Request *request)
{
	Html *html;
	Call *call = request->call;
	PanelMember *member = request->subject;
	PanelPageView *view = arena_new_of(call->arena, PanelPageView);
	Crumb crumbs[] = { { tr(call->lang, "My panels"), url_local(call->arena, "/panels") }, { .text = member->part->row.ref } };
	PageHead head = { .title = member->part->row.ref, .crumbs = crumbs, .crumb_count = COUNT(crumbs), .wide = true };
	TRY(panel_page_open(request, &head, &html));
	const WorkflowState *state = workflow_state(&round_machine, member->state.round.state);
	view->state_text = state ? tr(html->lang, state->text) : member->state.round.state;
	view->tone = state ? text_from(state->tone) : TEXT("neutral");
	Text base = base_of(call->arena, member);
	if (member->state.draw.locked_at.is && member->is_taken) TRY(panel_result_cards(html, &member->state, member->at, false, view));
	TRY(entries_card(html, member, view));
	TRY(timetable_card(html, member, view));
	PanelCard *card = panel_card(html, view->aside, &view->aside_count, N_("Your seat"),
		member->is_taken ? N_("You are a member of this panel.")
				 : N_("You hold yourself ready; you are told when a seat becomes free."));
	if (panel_is_in(&member->state, "PANEL"))
		panel_add_form(html, card, &panel_decline_form, arena_printf(call->arena, "%.*s/decline", TEXT_ARGS(base)),
			N_("Give the seat back"), NULL);
	Fact files[2];
	size_t count = 0;
	bool has_invitation = false;
	TRY(panel_has_invitation(call, member, &has_invitation));
	if (has_invitation)
		files[count++] = (Fact) { .label = tr(html->lang, "Invitation"),
			.text = tr(html->lang, "Download"),
			.url = url_local(call->arena, "%.*s/invitation.pdf", TEXT_ARGS(base)) };
	if (member->state.draw.locked_at.is && member->is_taken && pdf_stamp(call))
		files[count++] = (Fact) { .label = tr(html->lang, "Minutes"),
			.text = tr(html->lang, "Download"),
			.url = url_local(call->arena, "%.*s/minutes.pdf", TEXT_ARGS(base)) };
	if (count) card->body = part_facts(html, files, count);
	if (member->state.draw.locked_at.is && member->is_taken)
		panel_add_form(html, card, &panel_sign_form, arena_printf(call->arena, "%.*s/sign", TEXT_ARGS(base)), N_("Sign"), NULL);
	page_panel_page(html, view);
	return html_page_close(request, html);
}

/* ---- One application */
static Error find_entry(Request *request, const EntryRow **out, bool *out_has_sworn)
{
	const PanelMember *member = request->subject;
	*out = member->is_taken ? panel_entry(member->part, request_parameter(request, TEXT("application"))) : NULL;
	if (!*out) return fail(request->call, NOT_FOUND, "no such application on this panel");
	return panel_has_sworn(request->call, (*out)->application_id, member->expert.id, out_has_sworn);
}

/* As the applicant submitted it; the reading is recorded. */
static Error content_card(Html *html, const EntryRow *entry, PanelPageView *view)
{
	Call *call = html->call;
	const Actor *actor = call->actor;
	Application application;
	call->actor = &actor_system;
	Error error = application_open(call, entry->ref, &application);
	call->actor = actor;
	TRY(error);
	TRY(application_record_reading(call, &application));
	Facts facts = form_facts(html, application.form, application.values, TEXT(""));
	PanelCard *card = panel_card(html, view->main, &view->main_count, N_("The application"), NULL);
	card->body = part_facts(html, facts.at, facts.count);
	return OK;
}

/* What was uploaded, while it is judged. */
static Error files_card(Html *html, const PanelMember *member, const EntryRow *entry, Text path, PanelPageView *view)
{
	Arena *arena = html->call->arena;
	PanelAttachments files;
	Error error = panel_files(html->call, member->part->row.ref, entry->ref, &files);
	if (error == ERROR_NOT_FOUND) {
		call_pass_over(html->call);
		return OK;
	}
	TRY(error);
	FileEntry *entries = arena_array_of(arena, FileEntry, files.count + 1);
	for (size_t i = 0; i < files.count; i++) {
		const Attachment *file = &files.at[i].file;
		Text words[] = { text_from(files.at[i].label), form_file_note(html, file) };
		entries[i] = (FileEntry) { .name = file->name,
			.note = arena_join(arena, words, words[1].length ? 2 : 1, TEXT(" · ")),
			.digest = file->sha256,
			.size_bytes = file->size_bytes,
			.url = url_local(arena, "%.*s/files/%.*s", TEXT_ARGS(path), TEXT_ARGS(file->ref)) };
	}
	PanelCard *card = panel_card(html, view->main, &view->main_count, N_("Files of the application"),
		files.count ? N_("Each download is recorded under your name. PDF and pictures bear a faint mark of their reader, so that a "
				 "photograph of "
				 "them tells whose copy it was; other files cannot be marked. They are for judging this application alone, "
				 "until "
				 "the lock.")
			    : N_("The applicant has uploaded no files."));
	if (files.count) card->body = part_files(html, entries, files.count);
	return OK;
}

static Error send_file(Request *request)
{
	const PanelMember *member = request->subject;
	Text name;
	CopyFile file;
	TRY(panel_file_open(request->call, member->part->row.ref, request_parameter(request, TEXT("application")),
		request_parameter(request, TEXT("file")), &name, &file));
	reply_download(request, name, file.descriptor, file.size_bytes);
	return OK;
}

static Error sheet_card(Html *html, const PanelMember *member, const EntryRow *entry, Text path, PanelPageView *view)
{
	Call *call = html->call;
	int64_t *scores = arena_array_of(call->arena, int64_t, SCORE_CRITERIA_MAX);
	const Rubric *rubric = &member->state.dossier.rules.directions[member->at].rubric;
	Fact facts[SCORE_CRITERIA_MAX + 2];
	size_t count = 0;
	bool is_there = false;
	SheetRow last;
	bool has_last = false;
	PanelCard *card = panel_card(html, view->aside, &view->aside_count, N_("Your sheet"),
		N_("It is sealed at once and opened with all others. Until then nobody reads it, neither do you; a new one takes its "
		   "place, and both commitments stay."));
	TRY(panel_objective_of(call, &member->state, member->at, entry, scores, &is_there));
	TRY(sheet_last(call, entry->application_id, member->expert.id, &last, &has_last));
	for (size_t c = 0; is_there && c < rubric->criterion_count; c++)
		if (rubric->criteria[c].objective)
			facts[count++] = (Fact) { .label = panel_criterion_name(&member->state, member->at, c, html->lang),
				.text = hundredths_text(call->arena, scores[c]) };
	if (has_last) facts[count++] = (Fact) { .label = tr(html->lang, "Commitment"), .markup = part_copy(html, last.commitment) };
	if (has_last) facts[count++] = (Fact) { .label = tr(html->lang, "Committed"), .markup = part_time(html, last.committed_at) };
	card->body = part_facts(html, facts, count);
	bool is_open = text_is(entry->state, TEXT("PRESENTED")) || text_is(entry->state, TEXT("SEALED"));
	if (is_open && member->state.draw.rehearsed_at.is && is_there && panel_is_in(&member->state, "PANEL"))
		panel_add_form(html, card, panel_sheet_form(call, &member->state, member->at, false), path, N_("Seal the sheet"), NULL);
	else if (panel_is_in(&member->state, "PANEL"))
		card->help = tr(html->lang, "It can be filled in when the applicant has presented itself, the office has scored its part "
					    "and the key was rehearsed.");
	return OK;
}

static bool is_strange(Call *call, PanelMember *member, Text application)
{
	DossierResult result;
	Diagnosis found;
	if (panel_result(call, &member->state, member->at, &result) != OK) return false;
	panel_diagnose(call->arena, &result.panel, result.scores, result.placings,
		&member->state.dossier.rules.directions[member->at].quota, &found);
	for (size_t i = 0; i < found.outliers.count; i++)
		if (text_is(result.panel.applicants[found.outliers.at[i].applicant].id, application) &&
			text_is(result.experts.at[found.outliers.at[i].expert], member->expert.ref))
			return true;
	return false;
}

static Error show_entry(Request *request)
{
	Html *html;
	Call *call = request->call;
	PanelMember *member = request->subject;
	const EntryRow *entry;
	bool has_sworn = false;
	PanelPageView *view = arena_new_of(call->arena, PanelPageView);
	TRY(find_entry(request, &entry, &has_sworn));
	Text base = base_of(call->arena, member),
	     path = arena_printf(call->arena, "%.*s/applications/%.*s", TEXT_ARGS(base), TEXT_ARGS(entry->ref));
	Crumb crumbs[] = { { tr(call->lang, "My panels"), url_local(call->arena, "/panels") },
		{ member->part->row.ref, url_local(call->arena, "%.*s", TEXT_ARGS(base)) }, { .text = entry->ref } };
	PageHead head = { .title = panel_organisation(entry, call->lang), .crumbs = crumbs, .crumb_count = COUNT(crumbs), .wide = true };
	TRY(panel_page_open(request, &head, &html));
	if (!has_sworn) {
		PanelCard *card = panel_card(html, view->main, &view->main_count, N_("Conflict of interest"),
			N_("Employment within three years, kin, contracts, testing or joint work with this applicant or its group is a "
			   "conflict. Whoever has one leaves this panel; that is no fault."));
		panel_add_form(html, card, &panel_oath_form, arena_printf(call->arena, "%.*s/oath", TEXT_ARGS(path)), N_("Sign"), NULL);
		card->forms[0].is_open = true;
	} else {
		TRY(content_card(html, entry, view));
		TRY(files_card(html, member, entry, path, view));
		TRY(sheet_card(html, member, entry, path, view));
		if (panel_is_in(&member->state, "SCORED") && is_strange(call, member, entry->ref)) {
			PanelCard *card = panel_card(html, view->aside, &view->aside_count, N_("Your sheet is far from the others"),
				N_("Please confirm that it is meant so, or explain it; it stays as it is."));
			panel_add_form(
				html, card, &panel_words_form, arena_printf(call->arena, "%.*s/words", TEXT_ARGS(path)), N_("Sign"), NULL);
		}
	}
	page_panel_page(html, view);
	return html_page_close(request, html);
}

/* ---- What is sent */
typedef Error OnPanel(Call *call, Text panel, const Map *values);
typedef Error OnEntry(Call *call, Text panel, Text application, const Map *values);

static Error on_panel(Request *request, const Form *form, OnPanel *operation, bool stays)
{
	Map *values = map_new(request->call->arena);
	const PanelMember *member = request->subject;
	TRY(form_take(request, form, values));
	TRY(operation(request->call, member->part->row.ref, values));
	return reply_redirect(request, stays ? base_of(request->call->arena, member) : TEXT("/panels"));
}

static Error on_entry(Request *request, const Form *form, OnEntry *operation, bool stays)
{
	Map *values = map_new(request->call->arena);
	const PanelMember *member = request->subject;
	TRY(form_take(request, form, values));
	TRY(operation(request->call, member->part->row.ref, request_parameter(request, TEXT("application")), values));
	return reply_redirect(request, stays ? base_of(request->call->arena, member) : TEXT("/panels"));
}

static Error do_decline(Request *request) { return on_panel(request, &panel_decline_form, panel_decline, false); }
static Error do_sign(Request *request) { return on_panel(request, &panel_sign_form, panel_sign, true); }
static Error show_minutes(Request *request)
{
	PanelFile file;
	TRY(panel_minutes_own(request->call, request_parameter(request, TEXT("panel")), &file));
	return export_bytes(request, file.name, file.bytes);
}
static Error show_invitation(Request *request)
{
	PanelFile file;
	TRY(panel_invitation(request->call, request_parameter(request, TEXT("panel")), &file));
	return export_bytes(request, file.name, file.bytes);
}
static Error do_oath(Request *request)
{
	bool stays = text_is(request_form_value(request, TEXT("free")), TEXT("free"));
	return on_entry(request, &panel_oath_form, panel_swear, stays);
}
static Error do_words(Request *request) { return on_entry(request, &panel_words_form, panel_explain, true); }
static Error do_sheet(Request *request)
{
	const PanelMember *member = request->subject;
	return on_entry(request, panel_sheet_form(request->call, &member->state, member->at, false), panel_commit, true);
}

/* ---- The applicant's names */
static Error load_application(Request *request)
{
	Application *application = arena_new_of(request->call->arena, Application);
	TRY(application_open(request->call, request_parameter(request, TEXT("ref")), application));
	if (!application->is_admin) return fail(request->call, NOT_FOUND, "only the applicant names experts");
	request->subject = application;
	return OK;
}

static Error show_names(Request *request)
{
	Html *html;
	Call *call = request->call;
	const Application *application = request->subject;
	PanelPageView *view = arena_new_of(call->arena, PanelPageView);
	RecusalRows rows;
	Crumb crumbs[] = { { application->ref, url_local(call->arena, "/applications/%.*s", TEXT_ARGS(application->ref)) },
		{ .text = tr(call->lang, "Experts who are not to judge") } };
	PageHead head = { .title = tr(call->lang, "Experts who are not to judge"), .crumbs = crumbs, .crumb_count = COUNT(crumbs) };
	TRY(recusal_of_applicant(call, application->id, &rows));
	TRY(panel_page_open(request, &head, &html));
	PanelCard *card = panel_card(html, view->main, &view->main_count, N_("Names"),
		N_("You may name up to three people with reasons, until the pool of experts is frozen. Whether they are in the library, "
		   "and who judges, is not told."));
	Fact facts[] = { { .label = tr(html->lang, "Named so far"), .markup = part_number(html, (int64_t)rows.count) } };
	card->body = part_facts(html, facts, COUNT(facts));
	panel_add_form(html, card, &panel_applicant_form, request->path, N_("Save"), NULL);
	page_panel_page(html, view);
	return html_page_close(request, html);
}

static Error do_name(Request *request)
{
	const Application *application = request->subject;
	Map *values = map_new(request->call->arena);
	TRY(form_take(request, &panel_applicant_form, values));
	TRY(panel_name_expert(request->call, application->ref, values));
	return reply_redirect(request, arena_printf(request->call->arena, "/recusals/%.*s", TEXT_ARGS(application->ref)));
}

/* ---- The applicant's hour */
static Error load_presentation(Request *request)
{
	PanelPresentation *presentation = arena_new_of(request->call->arena, PanelPresentation);
	TRY(panel_presentation(request->call, request_parameter(request, TEXT("ref")), presentation));
	request->subject = presentation;
	return OK;
}

static Error show_presentation(Request *request)
{
	Html *html;
	Call *call = request->call;
	const PanelPresentation *presentation = request->subject;
	Text ref = presentation->application;
	PanelPageView *view = arena_new_of(call->arena, PanelPageView);
	Crumb crumbs[] = { { ref, url_local(call->arena, "/applications/%.*s", TEXT_ARGS(ref)) },
		{ .text = tr(call->lang, "Presentation") } };
	PageHead head = { .title = tr(call->lang, "Presentation"), .crumbs = crumbs, .crumb_count = COUNT(crumbs) };
	TRY(panel_page_open(request, &head, &html));
	PanelCard *card = panel_card(html, view->main, &view->main_count, N_("When and where"),
		presentation->starts_at ? NULL : N_("The hour is not set yet; your administrators are told when it is."));
	Fact facts[] = { { .label = tr(html->lang, "Begins"), .markup = part_time(html, presentation->starts_at) },
		{ .label = tr(html->lang, "Ends"), .markup = part_time(html, presentation->ends_at) },
		{ .label = tr(html->lang, "Place"), .text = presentation->place },
		{ .label = tr(html->lang, "For your calendar"),
			.text = tr(html->lang, "Calendar file"),
			.url = url_local(call->arena, "/presentations/%.*s/calendar.ics", TEXT_ARGS(ref)) } };
	if (presentation->starts_at) card->body = part_facts(html, facts, COUNT(facts));
	page_panel_page(html, view);
	return html_page_close(request, html);
}

static Error send_presentation(Request *request)
{
	const PanelPresentation *presentation = request->subject;
	if (!presentation->starts_at) return fail(request->call, NOT_FOUND, "the hour is not set yet");
	return export_bytes(request, arena_printf(request->call->arena, "%.*s.ics", TEXT_ARGS(presentation->application)),
		panel_presentation_calendar(request->call, presentation));
}

#define MEMBERS .may = ROLE_EXPERT, .needs_second_factor = true, .subject = load
#define SENT(page) .form = &panel_any_form, .retry = page
static const Route routes[] = {
	{ GET, "/panels", show_list, .may = ROLE_EXPERT, .needs_second_factor = true, .summary = "Panels that one sits on" },
	{ GET, "/panels/:panel", show, MEMBERS, .summary = "A panel for its member: applicants, conflicts, sheets" },
	{ POST, "/panels/:panel/decline", do_decline, MEMBERS, SENT(show), .summary = "Give a seat back" },
	{ POST, "/panels/:panel/sign", do_sign, MEMBERS, SENT(show), .summary = "Sign the minutes of a panel" },
	{ GET, "/panels/:panel/timetable.ics", show_timetable, MEMBERS, .summary = "The presentations of a panel as a calendar file" },
	{ GET, "/panels/:panel/invitation.pdf", show_invitation, MEMBERS, .summary = "One's own invitation to a panel" },
	{ GET, "/panels/:panel/minutes.pdf", show_minutes, MEMBERS, .weight = 5,
		.summary = "The signed minutes of a panel, for its members" },
	{ GET, "/panels/:panel/applications/:application", show_entry, MEMBERS,
		.summary = "An application for a member who has signed no conflict" },
	{ POST, "/panels/:panel/applications/:application", do_sheet, MEMBERS, SENT(show_entry), .summary = "Seal a sheet" },
	{ GET, "/panels/:panel/applications/:application/files/:file", send_file, MEMBERS,
		.summary = "A file of an application, for a member who has signed no conflict; recorded" },
	{ POST, "/panels/:panel/applications/:application/oath", do_oath, MEMBERS, SENT(show_entry),
		.summary = "Sign no conflict, or declare one" },
	{ POST, "/panels/:panel/applications/:application/words", do_words, MEMBERS, SENT(show_entry),
		.summary = "Confirm or explain a sheet that is far from the others" },
	{ GET, "/presentations/:ref", show_presentation, .may = ROLE_REPORTER, .subject = load_presentation,
		.summary = "When and where an applicant presents itself, for its people" },
	{ GET, "/presentations/:ref/calendar.ics", send_presentation, .may = ROLE_REPORTER, .subject = load_presentation,
		.summary = "An applicant's presentation as a calendar file" },
	{ GET, "/recusals/:ref", show_names, .may = ROLE_REPORTER, .subject = load_application,
		.summary = "Experts an applicant names who are not to judge" },
	{ POST, "/recusals/:ref", do_name, .may = ROLE_REPORTER, .subject = load_application, SENT(show_names),
		.summary = "Name an expert who is not to judge" },
};
const RouteTable panel_member_routes = { "subject/programme", routes, COUNT(routes) };
