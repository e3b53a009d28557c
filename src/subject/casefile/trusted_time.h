/*
 * trusted_time: how far the clock may be believed. The highest time seen is stored, and what each node's wall clock says against its boot clock,
 * which nobody sets. What must never happen too early asks trusted_time, not the wall clock. Part of the face of this room.
 */
#pragma once
#include "base/base/base.h"

typedef struct TimeReading {
	int64_t wall, boot_ms; /* now by the wall clock; milliseconds since boot, sleep included */
	Text node; /* this boot of this machine */
} TimeReading;
must_use Error trusted_time_read(Call *call, TimeReading *out); /* of this machine, now */
/* Run every minute. A jump of over an hour, against the boot clock or against the highest time seen, stops what happens by itself; it goes on only
 * after trusted_time_confirm. */
must_use Error trusted_time_keep(Call *call, const TimeReading *reading);
/* By an operator who has set the clock right: this reading is true. */
must_use Error trusted_time_confirm(Call *call, const TimeReading *reading);

typedef struct TrustedTime {
	int64_t highest_at, stopped_at; /* highest 0: never kept; stopped 0: goes on */
	Text reason; /* why it stopped, English source text */
} TrustedTime;
must_use Error trusted_time_state(Call *call, TrustedTime *out);
/* The latest instant that has certainly been reached: call->now, but never later than the highest time kept. */
must_use Error trusted_time(Call *call, int64_t *out_at);
