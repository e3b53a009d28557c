/* A round's panels for the office: pool, draw, seats, key, the day of presentation, the opening, the lock. */
#include "face/doc/export.h"
#include "face/doc/pdf_sign.h"
#include "people/person/form_page.h"
#include "people/person/person.h"
#include "subject/programme/panel/panel_files.h"
#include "subject/programme/panel/panel_timetable.h"
#include "subject/programme/panel/panel_view.h"
#include "subject/programme/panel/views/panel_page.html.h"

static Error load(Request *request)
{
	PanelState *state = arena_new_of(request->call->arena, PanelState);
	TRY(panel_office(request->call, request_parameter(request, TEXT("ref")), 0, state));
	request->subject = state;
	return OK;
}

static Text ref_of(const Request *request) { return request_parameter(request, TEXT("ref")); }
static bool is_secretary(const Html *html) { return actor_has(html->call->actor, ROLE_SECRETARY); }

static Text under(Html *html, const PanelState *state, const char *name)
{
	return arena_printf(html->call->arena, "%.*s/%s", TEXT_ARGS(panel_office_path(html->call->arena, state->round.ref)), name);
}

static Markup button(Html *html, Text address, const char *label)
{
	return button_form(
		html, url_local(html->call->arena, "%.*s", TEXT_ARGS(address)), tr(html->lang, label), TEXT("quiet"), TEXT(""), TEXT(""));
}

static Text number_text(Html *html, int64_t number) { return arena_printf(html->call->arena, "%lld", (long long)number); }

/* ---- Before the draw */
static Error experts_card(Html *html, const PanelState *state, PanelPageView *view)
{
	static const char *const labels[] = { N_("Specialty"), N_("Seats"), N_("Experts available") };
	const RoundRules *rules = &state->dossier.rules;
	Experts experts;
	Cell *cells = arena_array_of(html->call->arena, Cell, rules->specialty_count * COUNT(labels) + 1);
	PanelCard *card = panel_card(html, view->main, &view->main_count, N_("Seats and experts"),
		N_("An expert counts for the first of its specialties that the round asks for. Who is in conflict is left out by the "
		   "draw."));
	TRY(expert_available(html->call, &experts));
	for (size_t s = 0; s < rules->specialty_count; s++) {
		int64_t seats = 0, available = 0;
		for (size_t d = 0; d < rules->direction_count; d++) seats += rules->directions[d].plan.seats[s];
		for (size_t i = 0; i < experts.count; i++) {
			Text rest = form_answer(experts.at[i].profile, "specialties"), line;
			while (text_next(&rest, '\n', &line)) available += text_is(text_trim(line), rules->specialties[s]);
		}
		cells[s * 3].text = rules->specialties[s];
		cells[s * 3 + 1].text = number_text(html, seats);
		cells[s * 3 + 2].text = number_text(html, available);
	}
	panel_add_table(card, panel_table(html, N_("Seats and experts"), labels, COUNT(labels), cells, rules->specialty_count));
	return OK;
}

static Error recusals_card(Html *html, const PanelState *state, PanelPageView *view)
{
	RecusalRows rows;
	PanelCard *card = panel_card(html, view->main, &view->main_count, N_("Who is not to judge"),
		N_("Applicants name up to three people; employers, groups, ties and joint reports are found by themselves when the pool is "
		   "frozen."));
	TRY(recusal_list(html->call, state->round.id, PANEL_RECUSALS_MAX, &rows));
	Fact facts[] = { { .label = tr(html->lang, "Named so far"), .markup = part_number(html, (int64_t)rows.count) } };
	card->body = part_facts(html, facts, COUNT(facts));
	if (is_secretary(html)) panel_add_form(html, card, &panel_recusal_form, under(html, state, "recusals"), N_("Save"), NULL);
	return OK;
}

static void freeze_card(Html *html, const PanelState *state, PanelPageView *view)
{
	PanelCard *card = panel_card(html, view->aside, &view->aside_count, N_("Draw"),
		N_("Freezing publishes the root of the pool and the conflicts' commitment. Nobody is added or taken out afterwards."));
	if (is_secretary(html)) panel_add_form(html, card, &panel_freeze_form, under(html, state, "freeze"), N_("Freeze"), NULL);
}

/* ---- The draw */
static void draw_card(Html *html, const PanelState *state, PanelPageView *view)
{
	const DrawRow *draw = &state->draw;
	Fact facts[8];
	size_t count = 0;
	PanelCard *card = panel_card(html, view->aside, &view->aside_count, N_("Draw"), NULL);
	facts[count++] = (Fact) { .label = tr(html->lang, "Size of the pool"), .markup = part_number(html, draw->size) };
	facts[count++] = (Fact) { .label = tr(html->lang, "Root of the pool"), .markup = part_copy(html, draw->root) };
	facts[count++] = (Fact) { .label = tr(html->lang, "Public source of chance"), .text = draw->source };
	facts[count++] = (Fact) { .label = tr(html->lang, "When it will exist"), .markup = part_time(html, draw->source_at) };
	if (draw->value.at) facts[count++] = (Fact) { .label = tr(html->lang, "The numbers that were drawn"), .text = draw->value };
	if (draw->seed.at) facts[count++] = (Fact) { .label = tr(html->lang, "Seed"), .markup = part_copy(html, draw->seed) };
	facts[count++] = (Fact) { .label = tr(html->lang, "As everybody sees it"),
		.text = tr(html->lang, "The draw"),
		.url = url_public(html->request, arena_printf(html->call->arena, "/rounds/%.*s/draw", TEXT_ARGS(state->round.code))) };
	card->body = part_facts(html, facts, count);
	if (!panel_is_in(state, "PANEL_DRAW")) return;
	if (is_secretary(html)) panel_add_form(html, card, &panel_enter_form, under(html, state, "enter"), N_("Enter"), NULL);
	if (draw->entered.at) panel_add_form(html, card, &panel_confirm_form, under(html, state, "confirm"), N_("Confirm and draw"), NULL);
}

static const char *share_word(Text name)
{
	if (text_is(name, TEXT("office"))) return N_("Share of the office");
	return text_is(name, TEXT("supervisor")) ? N_("Share of the supervisor") : N_("Share in the envelope");
}

static Error key_card(Html *html, const PanelState *state, PanelPageView *view)
{
	static const char *const labels[] = { N_("Share"), N_("Taken") };
	ShareRows shares;
	PanelCard *card = panel_card(html, view->aside, &view->aside_count, N_("Key of the sheets"),
		N_("Two of three shares open the sheets. Each is shown once, to another person; print it and lock it away."));
	TRY(share_list(html->call, state->draw.id, &shares));
	Cell *cells = arena_array_of(html->call->arena, Cell, shares.count * 2 + 1);
	for (size_t i = 0; i < shares.count; i++) {
		const ShareRow *share = &shares.at[i];
		bool may = actor_has(html->call->actor, text_is(share->name, TEXT("supervisor")) ? ROLE_SUPERVISOR : ROLE_SECRETARY);
		Text address = under(html, state,
			arena_string(html->call->arena, arena_printf(html->call->arena, "shares/%.*s", TEXT_ARGS(share->name))));
		cells[i * 2].text = tr(html->lang, share_word(share->name));
		if (share->taken_at.is)
			cells[i * 2 + 1].markup = part_time(html, share->taken_at.value);
		else if (may)
			cells[i * 2 + 1].markup = button(html, address, N_("Show it once"));
		else
			cells[i * 2 + 1].text = tr(html->lang, "not yet");
	}
	panel_add_table(card, panel_table(html, N_("Key of the sheets"), labels, COUNT(labels), cells, shares.count));
	if (state->draw.rehearsed_at.is) {
		card->body = part_status(html, tr(html->lang, "The opening was rehearsed."), TEXT("good"));
	} else {
		if (is_secretary(html)) card->body = button(html, under(html, state, "key"), N_("Make a key"));
		if (shares.count) panel_add_form(html, card, &panel_rehearse_form, under(html, state, "rehearse"), N_("Rehearse"), NULL);
	}
	return OK;
}

/* ---- Panels */
static Error seat_cells(Html *html, const PanelState *state, size_t at, const SeatRow *seat, Cell *cell)
{
	Expert expert;
	int64_t sheets = 0;
	const PanelPart *part = &state->parts[at];
	bool is_called = !text_is(seat->code, TEXT("out"));
	TRY(expert_find(html->call, seat->expert_id, &expert));
	for (size_t i = 0; i < part->sheets.count; i++) sheets += part->sheets.at[i].expert_id == seat->expert_id;
	SeatCode code = panel_code_at(state, at, (size_t)seat->position);
	cell[0].text = number_text(html, seat->position + 1);
	cell[1] = (Cell) { .text = arena_printf(html->call->arena, "%.*s (%.*s)", TEXT_ARGS(expert.name), TEXT_ARGS(expert.ref)) };
	cell[2].text = state->dossier.rules.specialties[state->leaves.at[seat->place].specialty];
	cell[3].text = tr(html->lang, seat_code_text(code));
	cell[4].text = number_text(html, sheets);
	if (!is_secretary(html) || !panel_is_in(state, "PANEL") || !is_called) return OK;
	Text address = arena_printf(html->call->arena, "%.*s/seats/%.*s", TEXT_ARGS(panel_office_path(html->call->arena, state->round.ref)),
		TEXT_ARGS(expert.ref));
	cell[5] = (Cell) { .text = tr(html->lang, "Replace"), .url = url_local(html->call->arena, "%.*s", TEXT_ARGS(address)) };
	return OK;
}

static Error seats_table(Html *html, const PanelState *state, size_t at, PanelCard *card)
{
	const PanelPart *part = &state->parts[at];
	static const char *const labels[] = { N_("Drawn as"), N_("Expert"), N_("Specialty"), N_("Seat"), N_("Sheets"), N_("Actions") };
	Cell *cells = arena_array_of(html->call->arena, Cell, part->seats.count * COUNT(labels) + 1);
	for (size_t i = 0; i < part->seats.count; i++) TRY(seat_cells(html, state, at, &part->seats.at[i], &cells[i * COUNT(labels)]));
	panel_add_table(card, panel_table(html, N_("Members and alternates"), labels, COUNT(labels), cells, part->seats.count));
	return OK;
}

static Markup entry_actions(Html *html, const PanelState *state, const EntryRow *entry)
{
	Arena *arena = html->call->arena;
	Html inner = html_inner(html);
	const char *path = arena_string(arena, panel_office_path(arena, state->round.ref));
	if (!is_secretary(html) || !panel_is_in(state, "PANEL")) return (Markup) { TEXT("") };
	if (text_is(entry->state, TEXT("SCHEDULED"))) {
		html_markup(
			&inner, button(html, arena_printf(arena, "%s/presented/%.*s", path, TEXT_ARGS(entry->ref)), N_("Has presented")));
		html_markup(&inner, button(html, arena_printf(arena, "%s/missed/%.*s", path, TEXT_ARGS(entry->ref)), N_("Nobody came")));
	}
	return html_done(html, &inner);
}

static void entries_table(Html *html, const PanelState *state, const PanelPart *part, PanelCard *card)
{
	static const char *const labels[] = { N_("Order"), N_("Application"), N_("Organisation"), N_("State"), N_("Sheets"),
		N_("Actions") };
	size_t width = COUNT(labels), rows = part->entries.count;
	Cell *cells = arena_array_of(html->call->arena, Cell, rows * width + 1);
	for (size_t i = 0; i < rows; i++) {
		const EntryRow *entry = &part->entries.at[i];
		size_t row = entry->place >= 0 ? (size_t)entry->place : i;
		Cell *cell = &cells[row * width];
		const WorkflowState *known = workflow_state(&application_machine, entry->state);
		int64_t sheets = 0;
		for (size_t s = 0; s < part->sheets.count; s++) sheets += part->sheets.at[s].application_id == entry->application_id;
		cell[0].text = number_text(html, (int64_t)row + 1);
		cell[1] = (Cell) { .text = entry->ref,
			.url = url_local(html->call->arena, "%.*s/entries/%.*s",
				TEXT_ARGS(panel_office_path(html->call->arena, state->round.ref)), TEXT_ARGS(entry->ref)) };
		cell[2].text = panel_organisation(entry, html->lang);
		cell[3].text = known ? tr(html->lang, known->text) : entry->state;
		cell[4].text = number_text(html, sheets);
		cell[5].markup = entry_actions(html, state, entry);
	}
	panel_add_table(card, panel_table(html, N_("Applications in the drawn order"), labels, width, cells, rows));
}

/* ---- The timetable */
static Error timetable_card(Html *html, const PanelState *state, size_t at, PanelPageView *view)
{
	Call *call = html->call;
	PanelTimetable timetable = { 0 };
	const PanelPart *part = &state->parts[at];
	Error error = panel_timetable_of(call, state, at, &timetable);
	if (error != OK && error != ERROR_NOT_FOUND) return error;
	if (error == ERROR_NOT_FOUND) call_pass_over(call);
	PanelCard *card = panel_card(html, view->main, &view->main_count, N_("Timetable"),
		error ? N_("Hours follow from the drawn order. Members and applicants are told when it is set.") : NULL);
	card->title = arena_printf(
		call->arena, "%.*s · %.*s", TEXT_ARGS(card->title), TEXT_ARGS(panel_direction_text(html, part->row.direction)));
	if (!error) panel_timetable_fill(html, &timetable, under(html, state, "timetable.ics"), card);
	if (is_secretary(html) && panel_is_in(state, "PANEL"))
		panel_add_form(html, card, &panel_timetable_form,
			arena_printf(call->arena, "%.*s/%.*s", TEXT_ARGS(under(html, state, "timetable")), TEXT_ARGS(part->row.ref)),
			N_("Set the timetable"), NULL);
	return OK;
}

static Error panel_cards(Html *html, const PanelState *state, PanelPageView *view)
{
	for (size_t d = 0; d < state->part_count; d++) {
		const PanelPart *part = &state->parts[d];
		PanelCard *card = panel_card(html, view->main, &view->main_count, "", NULL);
		card->title = panel_direction_text(html, part->row.direction);
		entries_table(html, state, part, card);
		TRY(seats_table(html, state, d, card));
		if (part->entries.count && state->is_drawn) TRY(timetable_card(html, state, d, view));
	}
	return OK;
}

static void opening_card(Html *html, const PanelState *state, PanelPageView *view)
{
	PanelCard *card = panel_card(html, view->aside, &view->aside_count, N_("The opening"),
		N_("All sheets of all panels are opened at once, when every member has committed to every application, or with a quorum."));
	panel_add_form(html, card, &panel_open_form, under(html, state, "open"), N_("Open all sheets"), NULL);
}

static void lock_card(Html *html, const PanelState *state, PanelPageView *view)
{
	PanelCard *card = panel_card(html, view->aside, &view->aside_count, N_("The lock"),
		N_("From the opening on, a score changes for one of four reasons only, each with both values and two signatures; after the "
		   "lock not at all."));
	if (!is_secretary(html)) return;
	panel_add_form(html, card, &panel_correct_form, under(html, state, "corrections"), N_("Sign first"), NULL);
	panel_add_form(html, card, &panel_lock_form, under(html, state, "lock"), N_("Lock the result"), NULL);
}

static void dossier_card(Html *html, const PanelState *state, PanelPageView *view)
{
	PanelCard *card = panel_card(html, view->aside, &view->aside_count, N_("Dossier"),
		N_("Everything that decided, so that anybody can compute it again with: cappvd round verify"));
	Fact facts[] = { { .label = tr(html->lang, "Locked"), .markup = part_time(html, state->draw.locked_at.value) },
		{ .label = tr(html->lang, "Dossier"),
			.text = tr(html->lang, "Download"),
			.url = url_local(html->call->arena, "%.*s", TEXT_ARGS(under(html, state, "dossier.zip"))) } };
	card->body = part_facts(html, facts, COUNT(facts));
}

static void minutes_card(Html *html, const PanelState *state, PanelPageView *view)
{
	Fact *facts = arena_array_of(html->call->arena, Fact, state->part_count);
	PanelCard *card = panel_card(html, view->aside, &view->aside_count, N_("Minutes"),
		pdf_stamp(html->call) ? N_("Signed with the library's key for documents; with the dissents of all who have signed by now.")
				      : N_("The library has no key for documents yet, so there are no signed minutes."));
	if (!pdf_stamp(html->call)) return;
	for (size_t d = 0; d < state->part_count; d++)
		facts[d] = (Fact) { .label = panel_direction_text(html, state->parts[d].row.direction),
			.text = tr(html->lang, "Download"),
			.url = url_local(html->call->arena, "%.*s/%.*s", TEXT_ARGS(under(html, state, "minutes")),
				TEXT_ARGS(state->parts[d].row.ref)) };
	card->body = part_facts(html, facts, state->part_count);
}

static Error fill(Html *html, PanelState *state, PanelPageView *view)
{
	const WorkflowState *known = workflow_state(&round_machine, state->round.state);
	view->state_text = known ? tr(html->lang, known->text) : state->round.state;
	view->tone = known ? text_from(known->tone) : TEXT("neutral");
	if (!state->is_frozen) {
		TRY(experts_card(html, state, view));
		TRY(recusals_card(html, state, view));
		if (panel_is_in(state, "MATERIAL_REVIEW")) freeze_card(html, state, view);
		return OK;
	}
	bool is_open = panel_is_in(state, "SCORED"), is_locked = state->draw.locked_at.is;
	for (size_t d = 0; (is_open || is_locked) && d < state->part_count; d++)
		if (state->parts[d].entries.count) TRY(panel_result_cards(html, state, d, is_open, view));
	TRY(panel_cards(html, state, view));
	if (is_open) lock_card(html, state, view);
	if (is_locked) minutes_card(html, state, view);
	if (is_locked) dossier_card(html, state, view);
	if (panel_is_in(state, "PANEL") && state->draw.rehearsed_at.is) opening_card(html, state, view);
	if (!state->draw.opened_at.is) TRY(key_card(html, state, view));
	draw_card(html, state, view);
	return OK;
}

static Error show(Request *request)
{
	Html *html;
	Call *call = request->call;
	PanelState *state = request->subject;
	PanelPageView *view = arena_new_of(call->arena, PanelPageView);
	Crumb crumbs[] = { { tr(call->lang, "Selection rounds"), url_local(call->arena, "/programme/rounds") },
		{ state->round.code, url_local(call->arena, "/programme/rounds/%.*s", TEXT_ARGS(state->round.ref)) },
		{ .text = tr(call->lang, "Panels") } };
	PageHead head = { .title = tr(call->lang, "Panels"), .crumbs = crumbs, .crumb_count = COUNT(crumbs), .wide = true };
	TRY(panel_page_open(request, &head, &html));
	TRY(fill(html, state, view));
	if (state->is_drawn) {
		PanelCard *card = panel_card(html, view->aside, &view->aside_count, N_("Letters of this round"), NULL);
		Fact fact = { .label = tr(html->lang, "Invitations, sheets to print"),
			.text = tr(html->lang, "Letters of this round"),
			.url = url_local(call->arena, "%.*s", TEXT_ARGS(round_letters_place(call->arena, state->round.ref))) };
		card->body = part_facts(html, &fact, 1);
	}
	page_panel_page(html, view);
	return html_page_close(request, html);
}

/* ---- One seat, one application */
typedef Error MoreCards(Html *html, PanelState *state, Text subject, PanelPageView *view);
static Error show_card(Request *request, const char *title, Text subject, const Form *form, const char *button_text,
	MoreCards *more) /* more: may be NULL */
{
	Html *html;
	Call *call = request->call;
	PanelState *state = request->subject;
	PanelPageView *view = arena_new_of(call->arena, PanelPageView);
	Crumb crumbs[] = { { state->round.code, url_local(call->arena, "/programme/rounds/%.*s", TEXT_ARGS(state->round.ref)) },
		{ tr(call->lang, "Panels"), url_local(call->arena, "%.*s", TEXT_ARGS(panel_office_path(call->arena, state->round.ref))) },
		{ .text = subject } };
	PageHead head = { .title = tr(call->lang, title), .crumbs = crumbs, .crumb_count = COUNT(crumbs) };
	TRY(panel_page_open(request, &head, &html));
	PanelCard *card = panel_card(html, view->main, &view->main_count, "", NULL);
	card->title = subject;
	if (form && form->sections[0].item_count) {
		panel_add_form(html, card, form, request->path, button_text, NULL);
		card->forms[0].is_open = true;
	} else
		card->help = tr(call->lang, "There is nothing to be filled in.");
	if (more) TRY(more(html, state, subject, view));
	page_panel_page(html, view);
	return html_page_close(request, html);
}

static Error show_seat(Request *request)
{
	return show_card(request, N_("Replace by the next of the permutation"), request_parameter(request, TEXT("expert")),
		&panel_replace_form, N_("Replace"), NULL);
}

static Error form_of_entry(Request *request, bool only_objective, const Form **out)
{
	PanelState *state = request->subject;
	size_t at = 0;
	if (!panel_part_of(state, request_parameter(request, TEXT("application")), &at))
		return fail(request->call, NOT_FOUND, "no such application");
	*out = panel_sheet_form(request->call, state, at, only_objective);
	return OK;
}

/* When the network fails on the day, members write on paper. */
static Error papers_card(Html *html, PanelState *state, Text application, PanelPageView *view)
{
	static const char *const labels[] = { N_("Expert"), N_("Actions") };
	size_t at = 0, count = 0;
	if (!panel_part_of(state, application, &at) || !panel_is_in(state, "PANEL")) return OK;
	const PanelPart *part = &state->parts[at];
	Text path = panel_office_path(html->call->arena, state->round.ref);
	Cell *cells = arena_array_of(html->call->arena, Cell, part->seats.count * COUNT(labels) + 1);
	for (size_t i = 0; i < part->seats.count; i++) {
		Expert expert;
		if (!text_is(part->seats.at[i].code, TEXT("taken"))) continue;
		TRY(expert_find(html->call, part->seats.at[i].expert_id, &expert));
		Cell *cell = &cells[count++ * COUNT(labels)];
		cell[0].text = expert.name;
		cell[1] = (Cell) { .text = tr(html->lang, "Type the printed sheet"),
			.url = url_local(html->call->arena, "%.*s/papers/%.*s/%.*s", TEXT_ARGS(path), TEXT_ARGS(application),
				TEXT_ARGS(expert.ref)) };
	}
	PanelCard *card = panel_card(html, view->main, &view->main_count, N_("Printed sheets"), NULL);
	panel_add_table(card, panel_table(html, N_("Printed sheets"), labels, COUNT(labels), cells, count));
	return OK;
}

/* Who has taken what home. */
static Error downloads_card(Html *html, const PanelState *state, Text application, PanelPageView *view)
{
	static const char *const labels[] = { N_("File"), N_("Who"), N_("When"), N_("Mark of the reader") };
	PanelDownloads downloads;
	TRY(panel_downloads(html->call, state->round.ref, application, &downloads));
	Cell *cells = arena_array_of(html->call->arena, Cell, downloads.count * COUNT(labels) + 1);
	for (size_t i = 0; i < downloads.count; i++) {
		Person person;
		TRY(person_find(html->call, downloads.at[i].person_id, &person));
		Cell *cell = &cells[i * COUNT(labels)];
		cell[0].text = downloads.at[i].file;
		cell[1].text = person_shown_name(&person);
		cell[2].markup = part_time(html, downloads.at[i].at);
		cell[3].text = tr(html->lang, downloads.at[i].is_marked ? N_("Yes") : N_("cannot be marked"));
	}
	PanelCard *card = panel_card(html, view->main, &view->main_count, N_("Downloads by members"),
		downloads.count ? NULL : N_("No member has downloaded a file of this application."));
	panel_add_table(card, panel_table(html, N_("Downloads by members"), labels, COUNT(labels), cells, downloads.count));
	return OK;
}

static Error entry_cards(Html *html, PanelState *state, Text application, PanelPageView *view)
{
	TRY(papers_card(html, state, application, view));
	return downloads_card(html, state, application, view);
}

static Error show_entry(Request *request)
{
	const Form *form;
	TRY(form_of_entry(request, true, &form));
	return show_card(request, N_("Objective criteria, scored by the office"), request_parameter(request, TEXT("application")), form,
		N_("Save"), entry_cards);
}

static Error show_paper(Request *request)
{
	const Form *form;
	TRY(form_of_entry(request, false, &form));
	return show_card(request, N_("A printed sheet, typed by two people"), request_parameter(request, TEXT("application")), form,
		N_("Save"), NULL);
}

/* ---- What is sent */
static Error back(Request *request) { return reply_redirect(request, panel_office_path(request->call->arena, ref_of(request))); }

typedef Error Operation(Call *call, Text ref, const Map *values);
static Error carry_out(Request *request, const Form *form, Operation *operation)
{
	Map *values = map_new(request->call->arena);
	TRY(form_take(request, form, values));
	TRY(operation(request->call, ref_of(request), values));
	return back(request);
}

static Error do_recuse(Request *request) { return carry_out(request, &panel_recusal_form, panel_recuse); }
static Error do_freeze(Request *request) { return carry_out(request, &panel_freeze_form, panel_freeze); }
static Error do_enter(Request *request) { return carry_out(request, &panel_enter_form, panel_enter); }
static Error do_confirm(Request *request) { return carry_out(request, &panel_confirm_form, panel_confirm); }
static Error do_rehearse(Request *request) { return carry_out(request, &panel_rehearse_form, panel_rehearse); }
static Error do_open(Request *request) { return carry_out(request, &panel_open_form, panel_open); }
static Error do_correct(Request *request) { return carry_out(request, &panel_correct_form, panel_correct); }
static Error do_lock(Request *request) { return carry_out(request, &panel_lock_form, panel_lock); }

static Error do_key(Request *request)
{
	TRY(panel_key_new(request->call, ref_of(request)));
	return back(request);
}

/* The share stands in this reply and nowhere else any more. */
static Error do_share(Request *request)
{
	Html *html;
	Call *call = request->call;
	Text share;
	PanelPageView *view = arena_new_of(call->arena, PanelPageView);
	PageHead head = { .title = tr(call->lang, "Your share of the key") };
	TRY(panel_share_take(call, ref_of(request), request_parameter(request, TEXT("name")), &share));
	TRY(panel_page_open(request, &head, &html));
	PanelCard *card = panel_card(html, view->main, &view->main_count, share_word(request_parameter(request, TEXT("name"))),
		N_("It is shown this once. Print this page, or copy it by hand, and lock it away; two shares are needed to open the "
		   "sheets."));
	card->body = part_copy(html, share);
	page_panel_page(html, view);
	return html_page_close(request, html);
}

static Error do_replace(Request *request)
{
	Map *values = map_new(request->call->arena);
	TRY(form_take(request, &panel_replace_form, values));
	TRY(panel_replace(request->call, ref_of(request), request_parameter(request, TEXT("expert")), values));
	return back(request);
}

static Error do_presented(Request *request)
{
	TRY(panel_present(request->call, ref_of(request), request_parameter(request, TEXT("application")), true));
	return back(request);
}

static Error do_missed(Request *request)
{
	TRY(panel_present(request->call, ref_of(request), request_parameter(request, TEXT("application")), false));
	return back(request);
}

static Error do_entry(Request *request)
{
	Map *values = map_new(request->call->arena);
	const Form *form;
	TRY(form_of_entry(request, true, &form));
	TRY(form_take(request, form, values));
	TRY(panel_objective(request->call, ref_of(request), request_parameter(request, TEXT("application")), values));
	return back(request);
}

static Error do_paper(Request *request)
{
	Map *values = map_new(request->call->arena);
	const Form *form;
	bool done = false;
	TRY(form_of_entry(request, false, &form));
	TRY(form_take(request, form, values));
	TRY(panel_paper(request->call, ref_of(request), request_parameter(request, TEXT("application")),
		request_parameter(request, TEXT("expert")), values, &done));
	return back(request);
}

static Error do_sign(Request *request)
{
	TRY(panel_correction_sign(request->call, ref_of(request), request_parameter(request, TEXT("correction"))));
	return back(request);
}

static Error do_timetable(Request *request)
{
	Map *values = map_new(request->call->arena);
	TRY(form_take(request, &panel_timetable_form, values));
	TRY(panel_timetable_set(request->call, ref_of(request), request_parameter(request, TEXT("panel")), values));
	return back(request);
}

/* All presentations of all panels whose timetable is set. */
static Error show_timetable(Request *request)
{
	Call *call = request->call;
	const PanelState *state = request->subject;
	PanelTimetable timetables[SEAT_PANELS_MAX];
	size_t count = 0;
	for (size_t d = 0; d < state->part_count; d++) {
		Error error = state->is_drawn ? panel_timetable_of(call, state, d, &timetables[count]) : ERROR_NOT_FOUND;
		if (error != OK && error != ERROR_NOT_FOUND) return error;
		if (error == OK)
			count++;
		else
			call_pass_over(call);
	}
	if (!count) return fail(call, NOT_FOUND, "no timetable yet");
	Text bytes = panel_timetable_calendar(call, timetables, count, panel_office_path(call->arena, state->round.ref));
	return export_bytes(request, arena_printf(call->arena, "%.*s.ics", TEXT_ARGS(state->round.code)), bytes);
}

static Error show_minutes(Request *request)
{
	PanelFile file;
	TRY(panel_minutes(request->call, ref_of(request), request_parameter(request, TEXT("panel")), &file));
	return export_bytes(request, file.name, file.bytes);
}

#define AT "/programme/rounds/:ref/panel"
#define READERS .may = ROLE_SECRETARY | ROLE_SUPERVISOR, .needs_second_factor = true, .subject = load
#define SECRETARIES .may = ROLE_SECRETARY, .needs_second_factor = true, .subject = load
#define SENT(page) .form = &panel_any_form, .retry = page
static const Route routes[] = {
	{ GET, AT, show, READERS, .summary = "A round's panels: pool, draw, seats, sheets, result" },
	{ POST, AT "/recusals", do_recuse, SECRETARIES, SENT(show), .summary = "Keep an expert from judging an application" },
	{ POST, AT "/freeze", do_freeze, SECRETARIES, SENT(show), .summary = "Freeze the pool of experts and name the public source" },
	{ POST, AT "/enter", do_enter, SECRETARIES, SENT(show), .summary = "Enter the value of the public source" },
	{ POST, AT "/confirm", do_confirm, READERS, SENT(show), .summary = "Confirm the value and draw the panels" },
	{ POST, AT "/key", do_key, SECRETARIES, .retry = show, .summary = "Make the key that sheets are sealed to" },
	{ POST, AT "/shares/:name", do_share, READERS, .summary = "Show one share of the key, once" },
	{ POST, AT "/rehearse", do_rehearse, READERS, SENT(show), .summary = "Rehearse the opening with two shares" },
	{ GET, AT "/seats/:expert", show_seat, SECRETARIES, .summary = "The form to replace a member of a panel" },
	{ POST, AT "/seats/:expert", do_replace, SECRETARIES, SENT(show_seat),
		.summary = "Replace a member by the next of the permutation" },
	{ POST, AT "/presented/:application", do_presented, SECRETARIES, .retry = show,
		.summary = "Note that an applicant has presented itself" },
	{ POST, AT "/missed/:application", do_missed, SECRETARIES, .retry = show, .summary = "Note that an applicant did not come" },
	{ GET, AT "/entries/:application", show_entry, SECRETARIES, .summary = "The form of the objective criteria of an application" },
	{ POST, AT "/entries/:application", do_entry, SECRETARIES, SENT(show_entry),
		.summary = "Score the objective criteria once for all members" },
	{ GET, AT "/papers/:application/:expert", show_paper, SECRETARIES, .summary = "The form of a printed sheet" },
	{ POST, AT "/papers/:application/:expert", do_paper, SECRETARIES, SENT(show_paper),
		.summary = "Type a printed sheet; the second person's entry is compared with the first" },
	{ POST, AT "/open", do_open, READERS, SENT(show), .summary = "Open all sheets with two shares of the key" },
	{ POST, AT "/corrections", do_correct, SECRETARIES, SENT(show), .summary = "Correct a score, first signature" },
	{ POST, AT "/corrections/:correction/sign", do_sign, READERS, .retry = show, .summary = "Correct a score, second signature" },
	{ POST, AT "/lock", do_lock, SECRETARIES, SENT(show), .summary = "Lock the result" },
	{ POST, AT "/timetable/:panel", do_timetable, SECRETARIES, SENT(show),
		.summary = "Set when and where the applicants of a panel present themselves" },
	{ GET, AT "/timetable.ics", show_timetable, READERS, .summary = "The presentations of a round as a calendar file" },
	{ GET, AT "/minutes/:panel", show_minutes, READERS, .weight = 5, .summary = "The signed minutes of a panel as a file" },
};
const RouteTable panel_routes = { "subject/programme", routes, COUNT(routes) };
