/* What the files of this room share: the whole of a round's panels as it was decided, and what follows of it. */
#pragma once
#include "people/notice/notice.h"
#include "subject/programme/panel/panel.h"
#include "subject/programme/panel/panel.sql.h"

enum { PANEL_ENTRIES_MAX = 1000, PANEL_ROWS_MAX = 20000, PANEL_QUORUM_MIN = 3, PANEL_RECUSALS_MAX = 2000 };

typedef struct PanelPart { /* one direction */
	PanelRow row;
	EntryRows entries;
	SeatRows seats;
	SheetRows sheets; /* the last of each */
	CorrectionRows corrections; /* those that count, then those that wait */
} PanelPart;
typedef struct PanelState {
	Round round;
	bool is_frozen, is_drawn, has_read; /* read: the opened sheets */
	DrawRow draw;
	LeafRows leaves;
	PanelPart parts[SEAT_PANELS_MAX]; /* in the order of the rules */
	size_t part_count;
	Dossier dossier;
	RoundSeats seats; /* when it is drawn */
} PanelState;
/* Everything but what sheets say, whoever asks: the caller has asked who may. */
must_use Error panel_state_load(Call *call, const Round *round, PanelState *out);
must_use Error panel_sheets_read(Call *call, PanelState *state); /* what they say, once they are opened; a second time nothing */
must_use Error panel_state_of(Call *call, int64_t round_id, PanelState *out);
/* For the office: secretaries and supervisors read; with `roles` the actor must hold one of them. */
must_use Error panel_office(Call *call, Text ref, uint32_t roles, PanelState *out);
must_use Error panel_seat_now(Call *call, PanelState *state); /* computes seats and writes who sits */

typedef struct PanelMember { /* the actor on a panel */
	Expert expert;
	PanelState state;
	PanelPart *part;
	size_t at; /* the direction's place in the rules */
	bool is_taken; /* else it holds itself ready */
} PanelMember;
must_use Error panel_member(Call *call, Text panel, PanelMember *out);
must_use Error panel_has_invitation(Call *call, const PanelMember *member, bool *out);

const EntryRow *panel_entry(const PanelPart *part, Text application); /* NULL: none */
const EntryRow *panel_entry_of(const PanelPart *part, int64_t application_id);
const LeafRow *panel_leaf_of(const PanelState *state, int64_t expert_id);
Text panel_expert_ref(const PanelState *state, int64_t expert_id); /* as the dossier names it */
/* What a position of the permutation became in the last seating of a direction. */
SeatCode panel_code_at(const PanelState *state, size_t direction, size_t position);
PanelPart *panel_part_of(PanelState *state, Text application, size_t *out_at); /* NULL: of none */
bool panel_is_in(const PanelState *state, const char *round_state);
must_use Error panel_round_moves(Call *call, const PanelState *state, const char *action); /* by the system */
must_use Error panel_record(Call *call, const PanelState *state, const char *action, Text detail);
must_use Error panel_tell(Call *call, int64_t expert_id, NoticeKind kind, Text panel);

/* ---- Sheets */
const Form *panel_sheet_form(
	Call *call, const PanelState *state, size_t at, bool only_objective); /* a field for each criterion, and its reason */
Text panel_criterion_name(const PanelState *state, size_t at, size_t criterion, Lang lang);
/* Notes problems at the fields. */
void panel_sheet_check(Call *call, const Rubric *rubric, const Map *values, bool only_objective, int64_t *out_scores, Text *out_reasons);
must_use Error panel_sheet_commit(
	Call *call, PanelState *state, size_t at, const EntryRow *entry, int64_t expert_id, const Map *values, bool is_paper);
must_use Error panel_objective_of(
	Call *call, const PanelState *state, size_t at, const EntryRow *entry, int64_t *out_scores, bool *out_is_there);
must_use Error panel_has_sworn(Call *call, int64_t application_id, int64_t expert_id, bool *out);
bool panel_has_sheet(const PanelPart *part, int64_t application_id, int64_t expert_id);
bool panel_awaits_sheets(const EntryRow *entry); /* it was not absent */

/* Two shares of a form give the secret key; INVALID at what is mistyped. Wipe it after use. */
must_use Error panel_key_join(Call *call, const PanelState *state, const Map *values, Key *out);

/* ---- Conflicts */
typedef struct PanelApplicants PanelApplicants; /* and whom they and the office do not want to judge */
must_use Error panel_applicants_of(Call *call, const ApplicationLine *line, PanelApplicants **out);
must_use Error panel_has_conflict(Call *call, const Expert *expert, const PanelApplicants *applicants, bool *out);

/* ---- The timetable */
typedef struct PanelSlot {
	const EntryRow *entry;
	int64_t starts_at, ends_at;
} PanelSlot;
typedef struct PanelTimetable {
	int64_t starts_at, slot_minutes, break_minutes, slots_a_day, set_at;
	Text place;
	const PanelSlot *slots; /* in the drawn order */
	size_t slot_count;
} PanelTimetable;
must_use Error panel_timetable_of(Call *call, const PanelState *state, size_t at, PanelTimetable *out); /* NOT_FOUND: not set yet */
Text panel_timetable_calendar(Call *call, const PanelTimetable *timetable, size_t count, Text path); /* of so many panels */

/* ---- Results */
must_use Error panel_result(Call *call, PanelState *state, size_t at, DossierResult *out); /* CORRUPT: it does not follow */
typedef struct PanelCorrected { /* what a correction holds */
	int64_t was, becomes;
	Text words;
} PanelCorrected;
must_use Error panel_corrected(Call *call, const CorrectionRow *row, PanelCorrected *out);
/* What the author of a strange sheet said of it; no text: nothing yet. */
must_use Error panel_words_of(Call *call, const PanelState *state, const PanelPart *part, Text application, Text expert, Text *out);
must_use Error panel_minutes_body(Call *call, PanelState *state, size_t at, Text *out); /* before it is signed; the same of the same */
must_use Error panel_archive(Call *call, PanelState *state, Text *out);
bool panel_is_public(const PanelState *state); /* the dossier, after the time that is set, and with the announcement at the latest */
