/* What happens to units by itself: days that come near or are over, organisations that are no longer what was certified. */
#include "people/notice/notice.h"
#include "subject/programme/unit/unit_private.h"

enum { AT_ONCE = 50 };
#define DAY_MS ((int64_t)86400000)

/* Another node, or a secretary, was faster: no fault. */
static Error act(Call *call, const Unit *unit, const char *action, int64_t *count)
{
	Error error = unit_act(call, unit->ref, text_from(action), unit->revision, NULL);
	if (error == ERROR_CONFLICT) {
		call_recover(call);
		return OK;
	}
	++*count;
	return error;
}

/* 90, 60 and 30 days before the end, each once. */
static Error remind(Call *call, void *argument)
{
	const UnitRow *row = argument;
	static const int days[] = { 30, 60, 90 };
	Unit unit;
	for (size_t i = 0; i < COUNT(days); i++) {
		if (row->until_at - call->now > days[i] * DAY_MS) continue;
		if (row->reminded <= days[i]) return OK;
		TRY(unit_reminded(call, row->id, days[i]));
		TRY(unit_by_id(call, row->id, &unit));
		TRY(notice_send_role(call, ROLE_SECRETARY, NOTICE_UNIT_EXPIRING, unit.certificate,
			arena_printf(call->arena, "/programme/units/%.*s", TEXT_ARGS(unit.ref))));
		return unit_tell(call, &unit, NOTICE_UNIT_EXPIRING);
	}
	return OK;
}

static Error watch_days(Call *call, int64_t *count)
{
	UnitRows rows;
	int64_t days = setting_int(call, SETTING_unit_expiring_days);
	TRY(unit_rows_near(call, call->now + (days > 90 ? days : 90) * DAY_MS, AT_ONCE * 20, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		Unit unit;
		TRY(unit_by_id(call, rows.at[i].id, &unit));
		bool near = unit.until_at - days * DAY_MS <= call->now, over = unit.until_at <= call->now;
		if (near && text_is(unit.state, TEXT("ACTIVE")))
			TRY(act(call, &unit, "near", count));
		else if (over)
			TRY(act(call, &unit, "end", count));
		if (!over) TRY(db_transact(call, remind, &rows.at[i]));
	}
	return OK;
}

static Error open_review(Call *call, void *argument)
{
	const Unit *unit = argument;
	bool merged = unit->organisation.state == ORG_MERGED;
	TRY(unit_review_set(call, unit->id,
		tr(LANG_ZH, merged ? N_("The organisation has merged into another one.") : N_("The organisation has another name now."))));
	return notice_send_role(call, ROLE_SECRETARY, NOTICE_UNIT_REVIEW, unit->certificate,
		arena_printf(call->arena, "/programme/units/%.*s", TEXT_ARGS(unit->ref)));
}

Error unit_advance(Call *call, int64_t *out_count)
{
	UnitRows changed;
	*out_count = 0;
	TRY(watch_days(call, out_count));
	TRY(unit_rows_changed(call, AT_ONCE, &changed));
	for (size_t i = 0; i < changed.count; i++) {
		Unit unit;
		TRY(unit_by_id(call, changed.at[i].id, &unit));
		TRY(db_transact(call, open_review, &unit));
		++*out_count;
	}
	return OK;
}
