/*
 * measure: how long the clocks of all machines ran, for figures. Part of the face of this room. What a clock that has ended tells never changes.
 *
 * Working days of a clock: those after the day it started on, up to and including the day it ended on, by the official calendar; a day at whose
 * end the clock stood still is not counted. This is how its limit is counted too (engine/calendar, calendar_due).
 */
#pragma once
#include "work/workflow/workflow.h"

typedef struct ClockMeasure {
	Text machine, name;
	int64_t subject_id, started_at, ended_at; /* ended_at 0: it ran */
	int working_days; /* until it ended, or until the instant that was asked about */
	bool is_kept; /* it ended before its limit, extensions included; false of one that ran */
	bool stood_still; /* at the instant that was asked about */
} ClockMeasure;
typedef LIST_OF(ClockMeasure) ClockMeasures;
must_use Error clocks_ended(Call *call, int64_t from_at, int64_t until_at, ClockMeasures *out); /* in [from, until) */
must_use Error clocks_running(Call *call, int64_t at, ClockMeasures *out); /* that had started before `at` and not ended before it */
