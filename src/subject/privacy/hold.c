/* What is held back from the retention rules: by two people, with reason and end. */
#include "base/base/clock.h"
#include "base/base/random.h"
#include "people/notice/notice.h"
#include "subject/privacy/privacy_private.h"

enum { HOLDERS = ROLE_COORDINATOR | ROLE_SECURITY_ADMIN, HOLD_DAYS_MAX = 1830, ZONE_MS = 8 * 3600 * 1000 };
static const char reason_place[] = "retention_hold|sealed_reason";

Error hold_is(Call *call, const RetentionKind *kind, Text ref, bool *out_held)
{
	int64_t id = 0;
	return hold_of(call, text_from(kind->tag), ref, call->now, &id, out_held);
}

typedef struct Holding {
	RetentionHoldNew hold;
	int64_t until_at;
} Holding;

static Error ask(Call *call, void *argument)
{
	const Holding *holding = argument;
	const RetentionHoldNew *hold = &holding->hold;
	int64_t id = 0;
	bool found = false;
	Sealed reason;
	Text ref = arena_printf(call->arena, "H-%.*s", TEXT_ARGS(random_code(call->arena, 10)));
	TRY(hold_lapse(call, hold->kind, hold->matter, call->now));
	TRY(hold_of(call, hold->kind, hold->matter, call->now, &id, &found));
	if (found) return fail(call, CONFLICT, "held already, or asked for");
	TRY(seal_close(call, SEAL_MATTER_LIBRARY, reason_place, ref, hold->reason, &reason));
	TRY(hold_insert(call, ref, hold->kind, hold->matter, reason, holding->until_at, call->actor->person_id, call->now));
	TRY(privacy_record(call, "hold", ref, "ask", hold->matter));
	return notice_send_role(call, ROLE_SECURITY_ADMIN, NOTICE_RETENTION_WAITING, ref, TEXT("/admin/holds"));
}

/* The end of that day in Beijing. */
static bool day_end(Text day, int64_t *out)
{
	int64_t year, month, date;
	day = text_trim(day);
	if (day.length != 10 || day.at[4] != '-' || day.at[7] != '-') return false;
	if (!text_to_int(text_slice(day, 0, 4), &year) || !text_to_int(text_slice(day, 5, 7), &month) ||
		!text_to_int(text_slice(day, 8, 10), &date))
		return false;
	if (year < 2000 || year > 2200 || month < 1 || month > 12 || date < 1 || date > 31) return false;
	*out = (clock_days((int)year, (int)month, (int)date) + 1) * PRIVACY_DAY_MS - ZONE_MS - 1;
	return true;
}

Error retention_hold_ask(Call *call, const RetentionHoldNew *hold)
{
	Holding holding = { .hold = *hold };
	const RetentionKind *kind = retention_kind_find(hold->kind);
	holding.hold.matter = text_trim(hold->matter);
	holding.hold.reason = text_trim(hold->reason);
	TRY(privacy_is(call, HOLDERS));
	if (!kind || !kind->kept) call_problem(call, TEXT("kind"), N_("Please choose one of these."), (Text) { 0 });
	if (!holding.hold.matter.length) call_problem(call, TEXT("matter"), N_("Please enter its number."), (Text) { 0 });
	if (!holding.hold.reason.length) call_problem(call, TEXT("reason"), N_("Please say why it is held back."), (Text) { 0 });
	if (!day_end(hold->until, &holding.until_at) || holding.until_at <= call->now ||
		holding.until_at > call->now + (int64_t)HOLD_DAYS_MAX * PRIVACY_DAY_MS)
		call_problem(call, TEXT("until"), N_("Please enter a day to come, within five years."), (Text) { 0 });
	TRY(call_check_problems(call));
	return db_transact(call, ask, &holding);
}

typedef struct Deciding {
	Text ref;
	bool accepted;
} Deciding;

static Error find(Call *call, Text ref, HoldRow *out)
{
	bool found = false;
	TRY(hold_by_ref(call, ref, out, &found));
	return found ? OK : fail(call, NOT_FOUND, "no such hold");
}

static Error decide(Call *call, void *argument)
{
	const Deciding *deciding = argument;
	HoldRow row;
	int64_t changed = 0;
	TRY(find(call, deciding->ref, &row));
	if (row.asked_by == call->actor->person_id) return fail(call, FORBIDDEN, "whoever asks for a hold does not decide about it");
	TRY(hold_decide(call, row.id, deciding->accepted ? TEXT("held") : TEXT("refused"), call->actor->person_id, call->now, &changed));
	if (changed != 1) return fail(call, CONFLICT, "decided already");
	return privacy_record(call, "hold", row.ref, deciding->accepted ? "accept" : "refuse", row.matter);
}

Error retention_hold_decide(Call *call, Text ref, bool accepted)
{
	Deciding deciding = { ref, accepted };
	TRY(privacy_is(call, HOLDERS));
	return db_transact(call, decide, &deciding);
}

static Error release(Call *call, void *argument)
{
	const Deciding *deciding = argument;
	HoldRow row;
	int64_t changed = 0;
	TRY(find(call, deciding->ref, &row));
	TRY(hold_release(call, row.id, call->actor->person_id, call->now, &changed));
	if (changed != 1) return fail(call, CONFLICT, "not held");
	return privacy_record(call, "hold", row.ref, "release", row.matter);
}

Error retention_hold_release(Call *call, Text ref)
{
	Deciding deciding = { .ref = ref };
	TRY(privacy_is(call, HOLDERS));
	return db_transact(call, release, &deciding);
}

Error retention_hold_list(Call *call, int64_t before, int64_t max, RetentionHolds *out)
{
	HoldRows rows;
	RetentionHolds holds = { 0 };
	TRY(privacy_is(call, HOLDERS | ROLE_AUDIT_ADMIN));
	TRY(hold_rows(call, before ? before : INT64_MAX, max, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		const HoldRow *row = &rows.at[i];
		RetentionHold hold = { .id = row->id,
			.until_at = row->until_at,
			.asked_at = row->asked_at,
			.asked_by = row->asked_by,
			.decided_by = row->decided_by.value,
			.decided_at = row->decided_at.value,
			.ref = row->ref,
			.kind = row->kind,
			.matter = row->matter,
			.state = row->state };
		TRY(seal_open(call, reason_place, row->ref, row->sealed_reason, &hold.reason));
		list_add(call->arena, &holds, hold);
	}
	*out = holds;
	return OK;
}
