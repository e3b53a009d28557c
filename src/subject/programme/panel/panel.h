/*
 * panel: experts drawn so that outsiders can repeat it, their sheets sealed until all are in, what the sheets come to, the lock, and the dossier.
 * Everything that follows from what was decided is computed by engine/selection; here stands what was decided, by whom and when.
 *
 * The draw: the pool is frozen by its root before the public source of chance exists; two people type its value; seats, alternates, orders and lots
 * follow. Sheets are committed to by their hash in the ledger and sealed to a key that two of office, supervisor and envelope keep. From the hour
 * they are opened, scores change for one of four reasons only, with two signatures, until the lock.
 */
#pragma once
#include "engine/selection/score.h"
#include "subject/programme/application/application.h"
#include "subject/programme/expert/expert.h"

struct RouteTable;
extern const struct RouteTable panel_routes, panel_member_routes, panel_public_routes, panel_api_routes;

/* ---- The forms of the office and of members */
extern const Form panel_recusal_form, panel_freeze_form, panel_enter_form, panel_confirm_form, panel_rehearse_form, panel_replace_form,
	panel_open_form, panel_correct_form, panel_lock_form, panel_decline_form, panel_oath_form, panel_words_form, panel_sign_form,
	panel_applicant_form;

/* ---- The office: secretaries, and supervisors where it says so; with second factor. `ref` is the round's. INVALID with problems at the fields. */
/* An expert of the library is not to judge this application. */
must_use Error panel_recuse(Call *call, Text ref, const Map *values);
/* Freezes the pool and names the source, at least a day ahead. INVALID also when the pool cannot fill the seats, or something is not decided yet. */
must_use Error panel_freeze(Call *call, Text ref, const Map *values);
must_use Error panel_enter(Call *call, Text ref, const Map *values); /* the value, once it exists */
/* By another person, supervisors too: typed once more; then it is drawn. */
must_use Error panel_confirm(Call *call, Text ref, const Map *values);
/* A member or alternate goes: the next of the same permutation comes. */
must_use Error panel_replace(Call *call, Text ref, Text expert, const Map *values);
/* The key that sheets are sealed to; a new one until it was rehearsed. */
must_use Error panel_key_new(Call *call, Text ref);
/* One share is shown once, to one person: "office" and "envelope" to two different secretaries, "supervisor" to a supervisor. */
must_use Error panel_share_take(Call *call, Text ref, Text name, Text *out_share);
must_use Error panel_rehearse(Call *call, Text ref, const Map *values); /* two shares are typed; supervisors too */
must_use Error panel_present(Call *call, Text ref, Text application, bool is_there);
/* What the office scores once for all; NULL scores at subjective criteria. The form follows from the rubric. */
must_use Error panel_objective(Call *call, Text ref, Text application, const Map *values);
/* A printed sheet, typed by two people; *out_done: the second one agreed, and it is committed to. INVALID at what differs. */
must_use Error panel_paper(Call *call, Text ref, Text application, Text expert, const Map *values, bool *out_done);
/* All sheets at once, with two shares; supervisors too. INVALID: not all have committed and no quorum is stated, or it is too small. */
must_use Error panel_open(Call *call, Text ref, const Map *values);
must_use Error panel_correct(Call *call, Text ref, const Map *values); /* the first signature … */
must_use Error panel_correction_sign(Call *call, Text ref, Text correction); /* … and the second; supervisors too */
must_use Error panel_lock(Call *call, Text ref, const Map *values);
/* What the dossier is made of, for the room that adds what was decided afterwards, and packs it. NOT_FOUND before the lock. */
must_use Error panel_dossier_inputs(Call *call, Text ref, Round *out_round, Dossier **out);
must_use Error panel_dossier_pack(Call *call, const Dossier *dossier, Text *out_archive); /* CORRUPT: it does not follow */

typedef struct PanelFile {
	Text name, bytes;
} PanelFile;
/* The minutes of one panel as a file, in both languages, signed with the library's key for documents: as they stand with those who have signed by
 * now. Made once for each number of signatures and kept; its digest and every reading stand in the ledger. NOT_FOUND before the lock.
 * CONFLICT: there is no key for documents. */
must_use Error panel_minutes(Call *call, Text ref, Text panel, PanelFile *out);

/* ---- Applicants: up to three names, by an administrator, until the pool is frozen */
must_use Error panel_name_expert(Call *call, Text application, const Map *values);

/* ---- Members. `panel` is the panel's ref; NOT_FOUND: the actor does not sit there. */
typedef struct OwnSeat {
	int64_t id;
	Text panel, direction, round_code, round_state;
	bool is_taken; /* else it holds itself ready */
} OwnSeat;
typedef LIST_OF(OwnSeat) OwnSeats;
/* The actor's seats, newest first. before: id of the last one seen, 0 to begin with. NOT_FOUND: the actor is no expert. */
must_use Error panel_own_seats(Call *call, int64_t before, int64_t max, OwnSeats *out);
must_use Error panel_decline(Call *call, Text panel, const Map *values);
/* "No conflict" opens the application; a conflict ends the seat. */
must_use Error panel_swear(Call *call, Text panel, Text application, const Map *values);
must_use Error panel_commit(Call *call, Text panel, Text application, const Map *values);
must_use Error panel_explain(Call *call, Text panel, Text application, const Map *values); /* a sheet far from the others is confirmed */
must_use Error panel_sign(Call *call, Text panel, const Map *values); /* the minutes, with a dissent or without */
must_use Error panel_minutes_own(Call *call, Text panel, PanelFile *out); /* as panel_minutes, for those who sit */

/* ---- For the rooms after this one, which have asked who may */
typedef struct PanelPlace { /* an application in the order of the locked result */
	int64_t application_id;
	Text ref, direction;
	Outcome outcome;
} PanelPlace;
typedef LIST_OF(PanelPlace) PanelPlaces;
must_use Error panel_places(
	Call *call, int64_t round_id, PanelPlaces *out); /* direction by direction, the best first; CONFLICT: not locked */
typedef struct PanelInspector {
	int64_t person_id, position; /* position: in the permutation, from 0 */
} PanelInspector;
typedef LIST_OF(PanelInspector) PanelInspectors;
/* Persons of the frozen pool in the order of the draw's label "inspectors/APPLICATION", without whoever may not judge the applicant or cannot be
 * drawn today; those who sat on a panel of the round come last. */
must_use Error panel_inspectors(Call *call, int64_t round_id, Text application, PanelInspectors *out);
/* Why this person, an expert or of the library's staff, may not judge the applicant: English source text; NULL: nothing is known. */
must_use Error panel_against(Call *call, Text application, int64_t person_id, const char **out_why);
must_use Error panel_assessed(Call *call, int64_t round_id, int64_t person_id, bool *out); /* sat in the end on a panel of the round */
/* Stars of those that go on. */
typedef struct PanelStar { /* of one application */
	Text application;
	int64_t rank; /* 0: below the line */
	Fraction total;
	bool is_faultless; /* to be said by who asks: its inspection found nothing */
	int64_t stars; /* by the round's star rules, among those that were asked about */
} PanelStar;
/* Fills rank, total and stars of these applications of one direction, and sorts them by rank; those below the line last. */
must_use Error panel_star(Call *call, const Round *round, Text direction, PanelStar *places, size_t count);
/* Whether this person scored in the round: a sheet, for the office, or with a signature under a correction. */
must_use Error panel_has_scored(Call *call, const Round *round, int64_t person_id, bool *out);

/* ---- Letters and sheets of panels */
typedef struct PanelLetterSeat { /* somebody who sits */
	int64_t seat_id;
	Text panel, direction, expert, name, employer, title;
} PanelLetterSeat;
typedef LIST_OF(PanelLetterSeat) PanelLetterSeats;
typedef struct PanelLetterPanel {
	int64_t seal_key, starts_at; /* starts_at, place: none before the timetable is set */
	Text ref, direction, place;
	PanelLetterSeats seats;
	Texts applicants, applications; /* names and refs, in the drawn order */
} PanelLetterPanel;
typedef LIST_OF(PanelLetterPanel) PanelLetterPanels;
/* For the office, by the round's ref: none before the experts are drawn. */
must_use Error panel_letter_panels(Call *call, Text ref, PanelLetterPanels *out);
/* `seat` NULL: a sheet of the whole panel. */
void panel_letter_order(
	Call *call, const Round *round, const PanelLetterPanel *panel, const PanelLetterSeat *seat, LetterKind kind, LetterOrder *out);
must_use Error panel_invitation(
	Call *call, Text panel, PanelFile *out); /* the actor's own; NOT_FOUND: it does not sit, or none was issued */

/* ---- For a job: dossiers become public when their day has come. */
must_use Error panel_advance(Call *call, int64_t *out_count);

/* ---- Everybody */
must_use Error panel_public_dossier_inputs(Call *call, Text code, Round *out_round, Dossier **out); /* NOT_FOUND before its time */
