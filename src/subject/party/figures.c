/* How responsive vendors are, counted over their matters. */
#include "subject/party/figures.h"
#include "base/base/clock.h"
#include "subject/party/party_private.h"

#include <stdlib.h>

enum { OVER = 1000, HOUR_MS = 3600000, DAY_MS = 86400000, ZONE_MS = 8 * HOUR_MS, MONTHS = 24, YEAR_MONTHS = 12 };

static bool is_library(const Call *call) { return call->actor->second_factor && actor_has(call->actor, ROLE_COORDINATOR); }

static Error is_own(Call *call, int64_t organisation_id, bool *out)
{
	*out = false;
	if (!organisation_id || organisation_id != call->actor->organisation_id || !call->actor->second_factor) return OK;
	return org_is_admin(call, organisation_id, call->actor->person_id, out);
}

static int compare(const void *a, const void *b)
{
	int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
	return left < right ? -1 : left > right;
}

static int64_t median(int64_t *values, size_t count)
{
	if (!count) return -1;
	qsort(values, count, sizeof(*values), compare);
	return count % 2 ? values[count / 2] : (values[count / 2 - 1] + values[count / 2]) / 2;
}

/* A step counts once it was done or its time is over. */
static void count_step(Maybe due, Maybe done, int64_t now, int64_t *counted, int64_t *in_time)
{
	if (!due.is || (!done.is && due.value > now)) return;
	(*counted)++;
	*in_time += done.is && done.value <= due.value;
}

static void count_matter(const FigureRow *row, int64_t now, VendorFigures *figures)
{
	const WorkflowState *state = workflow_state(&party_machine, row->state);
	bool is_over = row->answer_due.is && row->answer_due.value <= now;
	bool is_lost = text_is(row->state, TEXT("UNREACHABLE"));
	figures->matters++;
	count_step(row->answer_due, row->acknowledged_at, now, &figures->signed_due, &figures->signed_in_time);
	count_step(row->answer_due, row->stated_at, now, &figures->stated_due, &figures->stated_in_time);
	figures->silent += !row->stated_at.is && is_over && state && (is_lost || !state->final);
	figures->fixed += row->has_fix && row->settled_at.is;
}

static void count_rows(Call *call, const FigureRow *rows, size_t count, VendorFigures *figures)
{
	size_t fixed = 0;
	int64_t *hours = arena_array_of(call->arena, int64_t, count + 1);
	for (size_t i = 0; i < count; i++) {
		const FigureRow *row = &rows[i];
		count_matter(row, call->now, figures);
		if (row->has_fix && row->settled_at.is) hours[fixed++] = (row->settled_at.value - row->notified_at.value) / HOUR_MS;
	}
	figures->median_fix_hours = median(hours, fixed);
}

static Error count_all(Call *call, int64_t organisation_id, FigureRows *out_rows, VendorFigures *out)
{
	Organisation organisation;
	TRY(org_find(call, organisation_id, &organisation));
	TRY(party_figure_rows(call, organisation_id, OVER, out_rows));
	*out = (VendorFigures) {
		.organisation_id = organisation_id, .ref = organisation.ref, .name = org_shown_name(&organisation, call->lang)
	};
	count_rows(call, out_rows->at, out_rows->count, out);
	return OK;
}

static Error check_may(Call *call, int64_t organisation_id)
{
	bool own = false;
	TRY(is_own(call, organisation_id, &own));
	return own || is_library(call) ? OK : fail(call, NOT_FOUND, "figures are the vendor's own");
}

Error figures_of(Call *call, int64_t organisation_id, VendorFigures *out)
{
	FigureRows rows;
	TRY(check_may(call, organisation_id));
	return count_all(call, organisation_id, &rows, out);
}

/* ---- One vendor in detail */
static VendorMonth month_of(int64_t at)
{
	int day;
	VendorMonth month = { 0 };
	clock_civil((at + ZONE_MS) / DAY_MS, &month.year, &month.month, &day);
	return month;
}

/* A month is what was notified in it; rows come by the order of entry, which is nearly that of the notices. */
static void count_months(Call *call, const FigureRows *rows, VendorDetail *detail)
{
	VendorMonth now = month_of(call->now);
	for (int past = 0; past < MONTHS; past++) {
		LIST_OF(FigureRow) found = { 0 };
		int number = now.year * YEAR_MONTHS + now.month - 1 - past;
		VendorMonth month = { .year = number / YEAR_MONTHS, .month = number % YEAR_MONTHS + 1 };
		for (size_t i = 0; i < rows->count; i++) {
			VendorMonth of = month_of(rows->at[i].notified_at.value);
			if (of.year == month.year && of.month == month.month) list_add(call->arena, &found, rows->at[i]);
		}
		count_rows(call, found.at, found.count, &month.figures);
		if (found.count) list_add(call->arena, &detail->months, month);
	}
}

static void count_standings(Call *call, const FigureRows *rows, VendorDetail *detail)
{
	for (size_t state = 0; state < party_machine.state_count; state++) {
		const WorkflowState *known = &party_machine.states[state];
		VendorStanding standing = { .text = known->text, .tone = known->tone };
		for (size_t i = 0; i < rows->count; i++) standing.matters += text_is(rows->at[i].state, text_from(known->name));
		if (standing.matters) list_add(call->arena, &detail->standings, standing);
	}
}

Error figures_detail(Call *call, Text organisation, VendorDetail *out)
{
	FigureRows rows;
	Organisation found;
	VendorDetail detail = { 0 };
	TRY(org_find_ref(call, organisation, &found));
	TRY(check_may(call, found.id));
	TRY(count_all(call, found.id, &rows, &detail.whole));
	count_months(call, &rows, &detail);
	count_standings(call, &rows, &detail);
	TRY(party_figure_closings(call, found.id, &detail.closed_fixed, &detail.closed_retired, &detail.closed_known));
	*out = detail;
	return OK;
}

Error figures_list(Call *call, int64_t after, int64_t max, VendorFiguresList *out)
{
	Numbers ids = { 0 };
	bool own = false;
	VendorFiguresList list = { 0 };
	TRY(is_own(call, call->actor->organisation_id, &own));
	if (is_library(call)) TRY(party_figure_organisations(call, after, max, &ids));
	if (!is_library(call) && own) list_add(call->arena, &ids, call->actor->organisation_id);
	for (size_t i = 0; i < ids.count; i++) {
		FigureRows rows;
		VendorFigures figures;
		TRY(count_all(call, ids.at[i], &rows, &figures));
		list_add(call->arena, &list, figures);
	}
	*out = list;
	return OK;
}
