/*
 * inspection: two people without a tie to the applicant look at what a shortlisted organisation is on its premises. Who they are is drawn with the
 * round's own seed, and replaced with a stated reason alone. They fill in a checklist, on a phone and without network where need be; nothing they
 * save is written over. Both sign; small faults are corrected within days, a large one or a day that passes is the end, and the next in the locked
 * order moves up.
 */
#pragma once
#include "subject/programme/panel/panel.h"

struct RouteTable;
extern const struct RouteTable inspection_routes, inspection_visit_routes, inspection_applicant_routes;
extern const Machine inspection_machine;
extern const Worklist inspection_worklist;
extern const Wordlist inspection_checklist; /* what every inspection looks at; clauses of the round's criteria are added */
extern const Form inspection_arrange_form, inspection_replace_form, inspection_sign_form, inspection_reopen_form, inspection_entry_form,
	inspection_answer_form, inspection_remark_form, inspection_object_form;

typedef struct InspectionEntry { /* what somebody saved about an item; nothing is written over */
	int64_t number, person_id, days, at;
	Text person, verdict; /* verdict: meets, minor, major, or empty */
	Map *values; /* of inspection_entry_form */
} InspectionEntry;
typedef struct InspectionPhoto {
	Text ref, item, where, person;
	int64_t taken_at, received_at, attachment_id;
} InspectionPhoto;
typedef LIST_OF(InspectionPhoto) InspectionPhotos;
typedef struct InspectionItem {
	Text name, text, clause; /* text: in the reader's language */
	const InspectionEntry *now,
		*other; /* NULL: none; other: saved by somebody who did not know of the one before, and neither was confirmed since */
} InspectionItem;
typedef LIST_OF(InspectionItem) InspectionItems;
typedef struct InspectionFinding {
	int64_t id, days, due_at, answered_at, closed_at;
	Text ref, item, level, state, found; /* state: open answered closed; found: the inspectors' words */
	Map *answer; /* of inspection_answer_form; NULL: none */
	Text remark; /* why an answer came back, or was accepted; may be empty */
} InspectionFinding;
typedef LIST_OF(InspectionFinding) InspectionFindings;
typedef struct Inspector {
	int64_t person_id, seat, position, signed_at; /* position: in the draw, from 0; -1: chosen instead. signed_at 0: not yet */
	Text name;
} Inspector;
typedef LIST_OF(Inspector) Inspectors;
typedef struct Inspection {
	int64_t id, revision, round_id, application_id, seal_key, visit_at, closed_at, updated_at; /* times: 0 none */
	Text ref, state, where, outcome; /* outcome: propose correct fail, or empty */
	Text number; /* of the report, "2026-1-K003"; empty before it is closed */
	const Application *application;
	Inspectors inspectors;
	InspectionItems items;
	InspectionPhotos photos;
	InspectionFindings findings;
	bool is_inspector, has_signed, is_staff; /* what the actor is to it */
} Inspection;

/* For secretaries, supervisors and the two inspectors, with second factor. NOT_FOUND: hidden or absent; whoever has a tie to the applicant sees nothing. */
must_use Error inspection_open(Call *call, Text ref, Inspection *out);
must_use Error inspection_of_application(Call *call, Text application, Text *out_ref); /* the ref alone; NOT_FOUND: none is planned */
must_use Error inspection_record_reading(Call *call, const Inspection *inspection);
/* For the applicant's organisation, from the hour it is arranged; photographs, remarks among inspectors and what was not found are left out. */
must_use Error inspection_open_own(Call *call, Text application, Inspection *out);

/* ---- Secretaries. `ref` is the round's. CONFLICT: its result is not locked, or it has begun. */
must_use Error inspection_start(Call *call, Text ref);
/* arrange, replace; and of inspectors sign, reopen. */
must_use Error inspection_act(Call *call, Text ref, Text action, int64_t revision, const Map *values);
must_use Error inspection_matter(Call *call, const Inspection *inspection, Matter *out);

/* ---- Inspectors, while it is arranged. */
typedef struct InspectionSave {
	Text item, client; /* client: a name its sender gave it, so that sending it twice is the same as once */
	int64_t seen; /* number of the entry that its author knew of; 0: none */
	const Map *values;
} InspectionSave;
typedef struct InspectionSaved {
	int64_t number;
	bool is_disputed; /* somebody else saved meanwhile: both are kept, one of the two inspectors says what holds */
} InspectionSaved;
must_use Error inspection_save(Call *call, Text ref, const InspectionSave *save, InspectionSaved *out);
typedef struct InspectionPicture {
	Text item, client, name, taken, where; /* taken: "2026-03-05 14:00" in Beijing time */
	int descriptor;
	int64_t size_bytes;
} InspectionPicture;
must_use Error inspection_photo(Call *call, Text ref, const InspectionPicture *picture);
must_use Error inspection_photo_open(Call *call, const Inspection *inspection, Text photo, Attachment *out);
/* An answered finding. By inspectors; `is_closed` false: it is not enough, the day it is due stays. */
must_use Error inspection_judge(Call *call, Text ref, Text finding, bool is_closed, const Map *values);

/* ---- The applicant's administrator */
must_use Error inspection_answer(Call *call, Text application, Text finding, const Map *values); /* CONFLICT: its day has passed */
must_use Error inspection_object(Call *call, Text application, const Map *values); /* to an inspector, until the visit */
/* The letter to it (现场考察通知), or what it will say. CONFLICT: not arranged. */
must_use Error inspection_notice(Call *call, const Inspection *inspection, Text *out_pdf);
must_use Error inspection_letter_order(Call *call, const Inspection *inspection, LetterOrder *out);

/* ---- For a job: findings whose day has passed, reserves that move up, rounds that are through. */
must_use Error inspection_advance(Call *call, int64_t *out_count);
must_use Error inspection_deadline(Call *call, int64_t id, bool is_over, bool is_today);

/* ---- For the rooms after this one */
/* Whether this person inspects in the round, or entered something before another took the seat: who assessed does not decide. */
must_use Error inspection_assessed(Call *call, int64_t round_id, int64_t person_id, bool *out);
/* Whether the inspection of this application was without findings. */
must_use Error inspection_faultless(Call *call, int64_t application_id, bool *out);
