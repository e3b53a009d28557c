/* What letters and sheets of a panel say: an invitation names its expert alone, sheets those who sit, in the order they were drawn. */
#include "base/base/clock.h"
#include "subject/programme/panel/panel_private.h"

/* ---- Who is written to */
static Error add_seat(Call *call, const PanelPart *part, const SeatRow *seat, PanelLetterSeats *out)
{
	Expert expert;
	TRY(expert_find(call, seat->expert_id, &expert));
	PanelLetterSeat one = { .panel = part->row.ref,
		.direction = part->row.direction,
		.expert = expert.ref,
		.name = expert.name,
		.employer = form_answer(expert.profile, "employer"),
		.title = form_answer(expert.profile, "title"),
		.seat_id = seat->id };
	list_add(call->arena, out, one);
	return OK;
}

static Error add_panel(Call *call, const PanelState *state, size_t at, PanelLetterPanels *out)
{
	const PanelPart *part = &state->parts[at];
	PanelLetterPanel panel = { .ref = part->row.ref, .direction = part->row.direction, .seal_key = state->draw.seal_key };
	Error error = OK;
	PanelTimetable timetable;
	for (size_t i = 0; i < part->seats.count; i++)
		if (text_is(part->seats.at[i].code, TEXT("taken"))) TRY(add_seat(call, part, &part->seats.at[i], &panel.seats));
	Text *names = arena_array_of(call->arena, Text, part->entries.count + 1),
	     *refs = arena_array_of(call->arena, Text, part->entries.count + 1);
	for (size_t i = 0; i < part->entries.count; i++) {
		const EntryRow *entry = &part->entries.at[i];
		size_t place = entry->place >= 0 ? (size_t)entry->place : i;
		names[place] = entry->organisation;
		refs[place] = entry->ref;
	}
	panel.applicants = (Texts) { .at = names, .count = part->entries.count };
	panel.applications = (Texts) { .at = refs, .count = part->entries.count };
	error = panel_timetable_of(call, state, at, &timetable);
	if (error == ERROR_NOT_FOUND) call_pass_over(call);
	if (error != OK && error != ERROR_NOT_FOUND) return error;
	panel.starts_at = error == OK ? timetable.starts_at : 0;
	panel.place = error == OK ? timetable.place : TEXT("");
	list_add(call->arena, out, panel);
	return OK;
}

Error panel_letter_panels(Call *call, Text ref, PanelLetterPanels *out)
{
	PanelState *state = arena_new_of(call->arena, PanelState);
	PanelLetterPanels panels = { 0 };
	TRY(panel_office(call, ref, 0, state));
	for (size_t i = 0; state->is_drawn && i < state->part_count; i++) TRY(add_panel(call, state, i, &panels));
	*out = panels;
	return OK;
}

/* ---- What they say */
static const DocxList *experts_of(Call *call, const PanelLetterPanel *panel)
{
	static const Text columns[] = { TEXT_INIT("name"), TEXT_INIT("employer"), TEXT_INIT("title") };
	DocxList *list = arena_new_of(call->arena, DocxList);
	Text *cells = arena_array_of(call->arena, Text, panel->seats.count * COUNT(columns) + 1);
	for (size_t i = 0; i < panel->seats.count; i++) {
		cells[3 * i] = panel->seats.at[i].name;
		cells[3 * i + 1] = panel->seats.at[i].employer;
		cells[3 * i + 2] = panel->seats.at[i].title;
	}
	*list = (DocxList) { TEXT("experts"), columns, COUNT(columns), cells, panel->seats.count };
	return list;
}

static const DocxList *applicants_of(Call *call, const PanelLetterPanel *panel)
{
	static const Text columns[] = { TEXT_INIT("name") };
	DocxList *list = arena_new_of(call->arena, DocxList);
	*list = (DocxList) { TEXT("applicants"), columns, COUNT(columns), panel->applicants.at, panel->applicants.count };
	return list;
}

void panel_letter_order(
	Call *call, const Round *round, const PanelLetterPanel *panel, const PanelLetterSeat *seat, LetterKind kind, LetterOrder *out)
{
	Text until_set = TEXT("以平台通知为准");
	const DocxField fields[] = { { TEXT("round"), form_answer(round->head, "title_zh") },
		{ TEXT("direction"), round_direction_text(call, LANG_ZH, panel->direction) },
		{ TEXT("time"), panel->starts_at ? clock_human(call->arena, LANG_ZH, panel->starts_at) : until_set },
		{ TEXT("place"), panel->place.length ? panel->place : until_set } };
	DocxField *more = arena_array_of(call->arena, DocxField, COUNT(fields));
	memcpy(more, fields, sizeof(fields));
	*out = (LetterOrder) { .kind = kind,
		.machine = "panel-seat",
		.subject_id = seat ? seat->seat_id : 0,
		.seal_key = panel->seal_key,
		.matter = panel->ref,
		.recipient = seat ? seat->name : TEXT(""),
		.text = TEXT(""),
		.more = more,
		.more_count = COUNT(fields) };
	if (kind == LETTER_ROUND_SIGN_IN || kind == LETTER_ROUND_FEE) out->lists = experts_of(call, panel);
	if (kind == LETTER_ROUND_OPINION) out->lists = applicants_of(call, panel);
	out->list_count = out->lists != NULL;
}

Error panel_invitation(Call *call, Text panel, PanelFile *out)
{
	PanelMember *member = arena_new_of(call->arena, PanelMember);
	IssuedLetter letter;
	bool found = false;
	TRY(panel_member(call, panel, member));
	for (size_t i = 0; i < member->part->seats.count; i++) {
		const SeatRow *seat = &member->part->seats.at[i];
		if (seat->expert_id == member->expert.id)
			TRY(letter_latest(call, LETTER_ROUND_INVITATION, "panel-seat", seat->id, &letter, &found));
	}
	return found ? letter_give(call, &letter, LETTER_PAGES, &out->name, &out->bytes)
		     : fail(call, NOT_FOUND, "no invitation was issued");
}

Error panel_has_invitation(Call *call, const PanelMember *member, bool *out)
{
	IssuedLetter letter;
	*out = false;
	for (size_t i = 0; !*out && i < member->part->seats.count; i++)
		if (member->part->seats.at[i].expert_id == member->expert.id)
			TRY(letter_latest(call, LETTER_ROUND_INVITATION, "panel-seat", member->part->seats.at[i].id, &letter, out));
	return OK;
}
