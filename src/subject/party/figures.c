/* How responsive vendors are, counted over their matters. */
#include "subject/party/figures.h"
#include "subject/party/party_private.h"

#include <stdlib.h>

enum { OVER = 1000, HOUR_MS = 3600000 };

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
	bool is_over = row->signing_due.is && row->signing_due.value <= now;
	bool is_lost = text_is(row->state, TEXT("UNREACHABLE"));
	figures->matters++;
	count_step(row->signing_due, row->acknowledged_at, now, &figures->signed_due, &figures->signed_in_time);
	count_step(row->stating_due, row->stated_at, now, &figures->stated_due, &figures->stated_in_time);
	figures->silent += !row->stated_at.is && is_over && state && (is_lost || !state->final);
	figures->fixed += row->has_fix && row->settled_at.is;
}

static Error count_all(Call *call, int64_t organisation_id, VendorFigures *out)
{
	FigureRows rows;
	Organisation organisation;
	VendorFigures figures = { .organisation_id = organisation_id };
	size_t fixed = 0;
	TRY(org_find(call, organisation_id, &organisation));
	TRY(party_figure_rows(call, organisation_id, OVER, &rows));
	figures.name = org_shown_name(&organisation, call->lang);
	int64_t *hours = arena_array_of(call->arena, int64_t, rows.count + 1);
	for (size_t i = 0; i < rows.count; i++) {
		const FigureRow *row = &rows.at[i];
		count_matter(row, call->now, &figures);
		if (row->has_fix && row->settled_at.is) hours[fixed++] = (row->settled_at.value - row->notified_at.value) / HOUR_MS;
	}
	figures.median_fix_hours = median(hours, fixed);
	*out = figures;
	return OK;
}

Error figures_of(Call *call, int64_t organisation_id, VendorFigures *out)
{
	bool own = false;
	TRY(is_own(call, organisation_id, &own));
	if (!own && !is_library(call)) return fail(call, NOT_FOUND, "figures are the vendor's own");
	return count_all(call, organisation_id, out);
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
		VendorFigures figures;
		TRY(count_all(call, ids.at[i], &figures));
		list_add(call->arena, &list, figures);
	}
	*out = list;
	return OK;
}
