/*
 * panel_timetable: when and where the applicants of a panel present themselves. A secretary states the first hour, the length of a presentation and
 * how many are heard a day; the hour of each follows from its place in the drawn order, on working days. Part of the face of this room.
 */
#pragma once
#include "subject/programme/panel/panel.h"

extern const Form panel_timetable_form;
typedef struct PanelPresentation { /* an applicant's own */
	int64_t id, starts_at, ends_at, changed_at; /* starts_at 0: not set yet */
	Text application, place;
} PanelPresentation;

/* By a secretary, until the sheets are opened; members and applicants are told. INVALID with problems at the fields. */
must_use Error panel_timetable_set(Call *call, Text ref, Text panel, const Map *values);
/* For people of the applicant. NOT_FOUND: of somebody else, or absent. */
must_use Error panel_presentation(Call *call, Text application, PanelPresentation *out);
Text panel_presentation_calendar(Call *call, const PanelPresentation *presentation);
