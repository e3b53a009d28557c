/* Sending: numbers, recipients, what everybody may read. Inside the transaction of the action. */
#include "base/base/clock.h"
#include "base/base/random.h"
#include "people/notice/notice.h"
#include "subject/warning/warning_private.h"
#include "work/workflow/workdays.h"

enum { CODE = 16, ZONE_SECONDS = 8 * 3600, HOUR_MS = 3600000 };

/* ---- Numbers */
static Text replaced(Arena *arena, Text form, Text name, Text value)
{
	size_t at;
	if (!text_find(form, name, &at)) return form;
	return arena_printf(arena, "%.*s%.*s%.*s", TEXT_ARGS(text_slice(form, 0, at)), TEXT_ARGS(value),
		TEXT_ARGS(text_slice(form, at + name.length, form.length)));
}

/* Public ones in order; of those to organisations nobody sees how many others there are. */
Error warning_numbers_next(Call *call, bool is_public, Text *out)
{
	int year, month, day;
	int64_t count = 0;
	clock_civil((call->now / 1000 + ZONE_SECONDS) / 86400, &year, &month, &day);
	if (!is_public) {
		TRY(warning_limited_next(call, year, &count));
		return casefile_number(call, setting_text(call, SETTING_warning_limited_number), year, (uint64_t)count - 1, out);
	}
	TRY(warning_public_next(call, year, &count));
	Text form = setting_text(call, SETTING_warning_number);
	if (!text_find(form, TEXT("{YYYY}"), NULL) || !text_find(form, TEXT("{n}"), NULL))
		return fail(call, CONFIG, "the form of numbers of warnings lacks {YYYY} or {n}");
	form = replaced(call->arena, form, TEXT("{YYYY}"), arena_printf(call->arena, "%04d", year));
	*out = replaced(call->arena, form, TEXT("{n}"), arena_printf(call->arena, "%04lld", (long long)count));
	return OK;
}

/* ---- Recipients */
typedef struct Times {
	int64_t due_at, remind_at;
} Times;

static Error times_of(Call *call, const Warning *warning, Times *out)
{
	const Calendar *calendar;
	bool provisional;
	int64_t days = setting_int(call, warning->is_urgent ? SETTING_warning_urgent_days : SETTING_warning_receipt_days);
	TRY(workdays(call, &calendar));
	out->due_at = calendar_add_working_days(calendar, call->now, (int)days, &provisional);
	out->remind_at = out->due_at - setting_int(call, SETTING_reminder_hours) * HOUR_MS;
	if (out->remind_at <= call->now) out->remind_at = call->now + (out->due_at - call->now) / 2;
	return OK;
}

static Error add_recipient(Call *call, const Warning *warning, const WarningReach *reach, const Times *times)
{
	Numbers members;
	Sealed why;
	int64_t id = 0;
	Text ref = random_code(call->arena, CODE);
	TRY(seal_close(call, warning->seal_key, "warning_recipient|sealed_why", ref, warning_pair_text(call->arena, reach->why), &why));
	TRY(warning_recipient_insert(call, ref, warning->id, reach->organisation_id, why, call->now, times->due_at, times->remind_at, &id));
	TRY(org_member_ids(call, reach->organisation_id, &members));
	for (size_t i = 0; i < members.count; i++) TRY(warning_delivery_insert(call, id, members.at[i]));
	return OK;
}

static Text detail_of(Call *call, const Warning *warning, const Texts *organisations, bool is_public)
{
	Buffer buffer = { .arena = call->arena };
	JsonWriter writer = json_writer(&buffer);
	json_object_begin(&writer);
	json_put_text(&writer, "number", warning->number);
	json_put_bool(&writer, "public", is_public);
	json_key(&writer, TEXT("organisations"));
	json_array_begin(&writer);
	for (size_t i = 0; i < organisations->count; i++) json_text(&writer, organisations->at[i]);
	json_end(&writer);
	json_end(&writer);
	json_finish(&writer);
	return buffer_text(&buffer);
}

static Error add_recipients(Call *call, const Warning *warning, const WarningAudience *audience, Texts *out_codes)
{
	Times times;
	TRY(times_of(call, warning, &times));
	for (size_t i = 0; i < audience->reaches.count; i++) {
		const WarningReach *reach = &audience->reaches.at[i];
		Organisation organisation;
		if (reach->left_out || reach->is_recipient) continue;
		TRY(add_recipient(call, warning, reach, &times));
		TRY(org_find(call, reach->organisation_id, &organisation));
		list_add(call->arena, out_codes, organisation.credit_code);
	}
	return OK;
}

Error warning_send_out(Call *call, Warning *warning, Text *out_detail)
{
	WarningAudience audience;
	Texts codes = { 0 };
	const WarningFacts *facts = warning->facts;
	TRY(warning_audience(call, warning, &audience));
	bool publishes = audience.is_public && !facts->is_public;
	TRY(add_recipients(call, warning, &audience, &codes));
	if (!codes.count && !publishes) {
		call_problem(call, TEXT("action"), N_("This would tell nobody who does not know it yet."), (Text) { 0 });
		return call_check_problems(call);
	}
	if (!warning->number.length && codes.count) TRY(warning_numbers_next(call, false, &warning->number));
	if (publishes) TRY(warning_publish(call, warning, warning->values, warning->newest ? warning->newest : 1));
	TRY(warning_aims_use(call, warning->id, call->now));
	*out_detail = detail_of(call, warning, &codes, publishes);
	return OK;
}

Error warning_tell_all(Call *call, const Warning *warning, const char *tell)
{
	enum { AT_ONCE = 500 };
	WarningRecipientRows rows;
	int64_t after = 0;
	do {
		TRY(warning_recipient_rows(call, warning->id, after, AT_ONCE, &rows));
		for (size_t i = 0; i < rows.count; i++) {
			after = rows.at[i].id;
			TRY(warning_deliveries_tell(call, after, text_from(tell)));
		}
	} while (rows.count == AT_ONCE);
	return OK;
}

/* The members of the unit that shared it. */
Error warning_tell_owner(Call *call, const Warning *warning, int kind)
{
	Numbers members;
	if (!warning->organisation_id) return OK;
	TRY(org_member_ids(call, warning->organisation_id, &members));
	for (size_t i = 0; i < members.count; i++)
		TRY(notice_send(call, members.at[i], (NoticeKind)kind, warning->ref, warning_path(call->arena, warning->ref)));
	return OK;
}

/* ---- What everybody may read */
static Text content_of(Call *call, const Map *values) { return form_values_text(call->arena, &warning_form, values); }

static Error index_again(Call *call, int64_t warning_id)
{
	WarningPublicRow row;
	bool found = false;
	TRY(warning_public_of(call, warning_id, &row, &found));
	return found ? warning_index(call, &row) : OK;
}

Error warning_publish(Call *call, const Warning *warning, const Map *values, int64_t n)
{
	Text number;
	int64_t position = 0;
	TRY(warning_numbers_next(call, true, &number));
	TRY(warning_position(call, call->now, &position));
	TRY(warning_public_insert(call, warning->id, number, n, form_answer(values, "what_zh"), form_answer(values, "what_en"),
		content_of(call, values), warning->is_urgent, position, call->now));
	TRY(index_again(call, warning->id));
	return change_record(call, warning_machine.name, number);
}

Error warning_republish(Call *call, const Warning *warning, const Map *values, int64_t n, Text reason)
{
	WarningPublicRow row;
	bool found = false;
	TRY(warning_public_of(call, warning->id, &row, &found));
	if (!found) return OK;
	TRY(warning_unindex(call, &row));
	TRY(warning_public_text_insert(call, row.id, row.n, row.content, reason, call->now));
	TRY(warning_public_change(call, row.id, n, form_answer(values, "what_zh"), form_answer(values, "what_en"), content_of(call, values),
		warning->is_urgent, call->now));
	TRY(index_again(call, warning->id));
	return change_record(call, warning_machine.name, row.number);
}

Error warning_unpublish(Call *call, const Warning *warning, Text reason)
{
	WarningPublicRow row;
	bool found = false;
	TRY(warning_public_of(call, warning->id, &row, &found));
	if (!found) return OK;
	TRY(warning_unindex(call, &row));
	TRY(warning_public_withdraw(call, row.id, reason, call->now));
	return change_record(call, warning_machine.name, row.number);
}
