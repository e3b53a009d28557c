/* figures: how responsive a vendor is. Shown to its administrators and to coordinators, to nobody else. */
#pragma once
#include "base/base/base.h"

typedef struct VendorFigures {
	int64_t organisation_id;
	Text ref, name;
	int64_t matters; /* notified, without those named by mistake and its own reports; the newest thousand */
	/* One time limit runs from the notice to the position. */
	int64_t signed_due, signed_in_time; /* signed, or the time is over; signed within it */
	int64_t stated_due, stated_in_time; /* likewise of the position */
	int64_t fixed, silent; /* silent: no position, and the time to answer is over */
	int64_t median_fix_hours; /* from the notice to the checked fix; -1: none yet */
} VendorFigures;
typedef LIST_OF(VendorFigures) VendorFiguresList;
/* NOT_FOUND: neither an administrator of it nor a coordinator, with second factor. */
must_use Error figures_of(Call *call, int64_t organisation_id, VendorFigures *out);
/* Of every vendor with a matter, in the order of their entry, for coordinators; of the actor's own organisation for its administrators. */
must_use Error figures_list(Call *call, int64_t after, int64_t max, VendorFiguresList *out);

/* The same by the month (UTC+8) in which each matter was notified, newest first; and where the matters stand now. */
typedef struct VendorMonth {
	int year, month;
	VendorFigures figures;
} VendorMonth;
typedef struct VendorStanding {
	const char *text, *tone; /* text: English source text of the stage */
	int64_t matters;
} VendorStanding;
typedef struct VendorDetail {
	VendorFigures whole;
	LIST_OF(VendorMonth) months; /* those with a matter, at most 24 */
	LIST_OF(VendorStanding) standings;
	int64_t closed_fixed, closed_retired, closed_known; /* closing evidence that was accepted */
} VendorDetail;
/* By the organisation's ref. NOT_FOUND as figures_of. */
must_use Error figures_detail(Call *call, Text organisation, VendorDetail *out);

struct RouteTable;
extern const struct RouteTable vendor_figure_routes;
