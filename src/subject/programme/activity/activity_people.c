/* Who comes: registration, places, attendance; and what came of it. */
#include "base/base/random.h"
#include "people/notice/notice.h"
#include "store/ledger/ledger.h"
#include "subject/programme/activity/activity_private.h"

static Error record(Call *call, const Activity *activity, const char *action, Text detail)
{
	return ledger_record(call,
		&(LedgerEvent) { .kind = activity_machine.name,
			.ref = activity->ref,
			.action = action,
			.matter = activity->seal_key,
			.detail = detail },
		NULL);
}

static bool is_in(const Activity *activity, const char *state) { return text_is(activity->state, text_from(state)); }

/* ---- Places */
void activity_places(const RegistrationRows *rows, int64_t places, bool units_only, bool *out)
{
	int64_t taken = 0;
	for (size_t i = 0; i < rows->count; i++) taken += rows->at[i].is_placed;
	for (size_t i = 0; i < rows->count; i++) {
		out[i] = !rows->at[i].is_placed && taken < places && (rows->at[i].is_unit || !units_only);
		taken += out[i];
	}
}

static Error tell_one(Call *call, const Activity *activity, int64_t person_id, NoticeKind kind)
{
	return notice_send(
		call, person_id, kind, activity->ref, arena_printf(call->arena, "/activities/%.*s/registration", TEXT_ARGS(activity->ref)));
}

Error activity_settle(Call *call, const Activity *activity)
{
	RegistrationRows rows;
	TRY(registration_rows(call, activity->id, ACTIVITY_REGISTRATIONS_MAX, &rows));
	bool *gets = arena_array_of(call->arena, bool, rows.count + 1);
	activity_places(&rows, activity->places, call->now < activity->units_until, gets);
	for (size_t i = 0; i < rows.count; i++) {
		if (!gets[i]) continue;
		TRY(registration_place(call, rows.at[i].id));
		TRY(tell_one(call, activity, rows.at[i].person_id, NOTICE_ACTIVITY_PLACE));
	}
	return OK;
}

Error activity_tell(Call *call, const Activity *activity, int kind)
{
	RegistrationRows rows;
	TRY(registration_rows(call, activity->id, ACTIVITY_REGISTRATIONS_MAX, &rows));
	for (size_t i = 0; i < rows.count; i++) TRY(tell_one(call, activity, rows.at[i].person_id, (NoticeKind)kind));
	return OK;
}

/* ---- One's own registration */
static ActivityRegistration of_row(const RegistrationRow *row)
{
	return (ActivityRegistration) { .id = row->id,
		.person_id = row->person_id,
		.organisation_id = row->organisation_id.is ? row->organisation_id.value : 0,
		.registered_at = row->registered_at,
		.ref = row->ref,
		.is_unit = row->is_unit,
		.is_placed = row->is_placed,
		.has_come = row->has_come };
}

Error activity_registration_own(Call *call, const Activity *activity, ActivityRegistration *out, bool *out_found)
{
	RegistrationRow row;
	*out_found = false;
	if (!call->actor->person_id) return OK;
	TRY(registration_of(call, activity->id, call->actor->person_id, &row, out_found));
	if (*out_found) *out = of_row(&row);
	return OK;
}

typedef struct Marking {
	Text ref, of;
	bool yes;
	const Map *values;
} Marking;

Error activity_is_of_unit(Call *call, bool *out)
{
	Standings standings = { 0 };
	*out = false;
	if (call->actor->organisation_id) TRY(org_standings(call, call->actor->organisation_id, &standings));
	for (size_t i = 0; i < standings.count; i++) {
		const Standing *standing = &standings.at[i];
		bool is_kind = text_is(standing->kind, TEXT("unit")) || text_is(standing->kind, TEXT("partner"));
		bool holds = standing->from_at <= call->now && (!standing->until_at || standing->until_at > call->now);
		*out = *out || (is_kind && holds && !standing->is_suspended);
	}
	return OK;
}

static Error enter(Call *call, void *argument)
{
	const Marking *marking = argument;
	const Actor *actor = call->actor;
	Activity activity;
	ActivityRegistration own = { 0 };
	bool found = false;
	TRY(activity_open_public(call, marking->ref, &activity));
	if (!is_in(&activity, "OPEN") || call->now >= activity.closes_at) return fail(call, CONFLICT, "registration is not open");
	TRY(activity_registration_own(call, &activity, &own, &found));
	if (found) return fail(call, CONFLICT, "is registered");
	bool is_unit = false;
	TRY(activity_is_of_unit(call, &is_unit));
	TRY(registration_put(call, random_code(call->arena, 12), activity.id, actor->person_id,
		(Maybe) { actor->organisation_id != 0, actor->organisation_id }, is_unit, call->now));
	TRY(record(call, &activity, "register", TEXT("")));
	TRY(activity_settle(call, &activity));
	TRY(activity_registration_own(call, &activity, &own, &found));
	return own.is_placed ? OK : tell_one(call, &activity, actor->person_id, NOTICE_ACTIVITY_WAITING);
}

Error activity_register(Call *call, Text ref)
{
	Marking marking = { .ref = ref };
	if (!call->actor->person_id) return fail(call, UNAUTHENTICATED, "people register with an account");
	return db_transact(call, enter, &marking);
}

static Error leave(Call *call, void *argument)
{
	const Marking *marking = argument;
	Activity activity;
	ActivityRegistration own = { 0 };
	bool found = false;
	TRY(activity_open_public(call, marking->ref, &activity));
	TRY(activity_registration_own(call, &activity, &own, &found));
	bool is_time = (is_in(&activity, "OPEN") || is_in(&activity, "CLOSED")) && call->now < activity.starts_at;
	if (!found || !is_time) return fail(call, CONFLICT, "nothing to be taken back");
	TRY(registration_cancel(call, own.id, call->now));
	TRY(record(call, &activity, "unregister", TEXT("")));
	return activity_settle(call, &activity);
}

Error activity_unregister(Call *call, Text ref)
{
	Marking marking = { .ref = ref };
	if (!call->actor->person_id) return fail(call, UNAUTHENTICATED, "people register with an account");
	return db_transact(call, leave, &marking);
}

/* ---- The office */
Error activity_registrations(Call *call, const Activity *activity, ActivityRegistrations *out)
{
	RegistrationRows rows;
	ActivityRegistrations list = { 0 };
	TRY(registration_rows(call, activity->id, ACTIVITY_REGISTRATIONS_MAX, &rows));
	for (size_t i = 0; i < rows.count; i++) list_add(call->arena, &list, of_row(&rows.at[i]));
	*out = list;
	return OK;
}

/* Attendance and results are entered from its beginning until it is done. */
static Error open_running(Call *call, Text ref, Activity *out)
{
	TRY(activity_need_secretary(call));
	TRY(activity_open(call, ref, out));
	return is_in(out, "CLOSED") && out->starts_at <= call->now ? OK
								   : fail(call, CONFLICT, "activity %.*s does not run", TEXT_ARGS(ref));
}

static Error mark(Call *call, void *argument)
{
	const Marking *marking = argument;
	Activity activity;
	int64_t changed = 0;
	TRY(open_running(call, marking->ref, &activity));
	TRY(registration_mark(call, activity.id, marking->of, marking->yes, &changed));
	if (!changed) return fail(call, NOT_FOUND, "no such registration with a place");
	TRY(activity_marked(call, activity.id, call->actor->person_id));
	return record(call, &activity, "mark",
		arena_printf(
			call->arena, "{\"registration\":\"%.*s\",\"came\":%s}", TEXT_ARGS(marking->of), marking->yes ? "true" : "false"));
}

Error activity_mark(Call *call, Text ref, Text registration, bool has_come)
{
	Marking marking = { .ref = ref, .of = registration, .yes = has_come };
	return db_transact(call, mark, &marking);
}

/* ---- Results */
static ActivityResult result_of(const Activity *activity, const ResultRow *row)
{
	return (ActivityResult) { .id = row->id,
		.organisation_id = row->organisation_id,
		.done_at = row->done_at,
		.entered_by = row->entered_by,
		.entered_at = row->entered_at,
		.confirmed_at = row->confirmed_at.is ? row->confirmed_at.value : 0,
		.ref = row->ref,
		.activity = activity->ref,
		.activity_kind = activity->kind,
		.kind = row->kind,
		.what = row->what };
}

Error activity_results_of(Call *call, const Activity *activity, ActivityResults *out)
{
	ResultRows rows;
	ActivityResults list = { 0 };
	TRY(result_rows(call, activity->id, ACTIVITY_RESULTS_MAX, &rows));
	for (size_t i = 0; i < rows.count; i++) list_add(call->arena, &list, result_of(activity, &rows.at[i]));
	*out = list;
	return OK;
}

static Error not_own(Call *call, int64_t organisation_id)
{
	bool is_member = false;
	TRY(org_is_member(call, organisation_id, call->actor->person_id, &is_member));
	return is_member ? fail(call, FORBIDDEN, "nobody decides about their own organisation") : OK;
}

/* Only a collection of cases chooses some. */
static void check_kind(Call *call, const Activity *activity, Text result)
{
	if (text_is(result, TEXT("chosen")) && !text_is(activity->kind, TEXT("collection")))
		call_problem(call, TEXT("result"), N_("Cases are chosen in a case collection only."), (Text) { 0 });
}

static Error add(Call *call, void *argument)
{
	const Marking *marking = argument;
	Activity activity;
	Organisation organisation = { 0 };
	TRY(open_running(call, marking->ref, &activity));
	Text code = credit_code_parse(call->arena, form_answer(marking->values, "credit_code"));
	Error error = code.length ? org_find_code(call, code, &organisation) : ERROR_NOT_FOUND;
	if (error != OK && error != ERROR_NOT_FOUND) return error;
	if (error != OK && code.length) call_pass_over(call);
	if (error != OK) call_problem(call, TEXT("credit_code"), N_("No verified organisation has this code."), (Text) { 0 });
	check_kind(call, &activity, form_answer(marking->values, "result"));
	TRY(call_check_problems(call));
	TRY(not_own(call, organisation.id));
	TRY(result_insert(call, random_code(call->arena, 12), activity.id, organisation.id, form_answer(marking->values, "result"),
		text_trim(form_answer(marking->values, "what")), activity.starts_at, call->actor->person_id, call->now));
	return record(call, &activity, "enter-result", form_values_text(call->arena, &activity_result_form, marking->values));
}

Error activity_result_add(Call *call, Text ref, const Map *values)
{
	Marking marking = { .ref = ref, .values = values };
	TRY(activity_need_secretary(call));
	TRY(form_check(call, &activity_result_form, values));
	return db_transact(call, add, &marking);
}

static Error find_result(Call *call, const Activity *activity, Text ref, ActivityResult *out)
{
	ActivityResults results;
	TRY(activity_results_of(call, activity, &results));
	for (size_t i = 0; i < results.count; i++)
		if (text_is(results.at[i].ref, ref)) {
			*out = results.at[i];
			return OK;
		}
	return fail(call, NOT_FOUND, "no such result");
}

static Error tell_organisation(Call *call, const Activity *activity, int64_t organisation_id)
{
	Numbers admins;
	TRY(org_admins(call, organisation_id, &admins));
	for (size_t i = 0; i < admins.count; i++)
		TRY(notice_send(call, admins.at[i], NOTICE_ACTIVITY_RESULT, activity->ref,
			arena_printf(call->arena, "/activities/%.*s", TEXT_ARGS(activity->ref))));
	return OK;
}

static Error confirm(Call *call, void *argument)
{
	const Marking *marking = argument;
	Activity activity;
	ActivityResult result;
	int64_t changed = 0;
	TRY(open_running(call, marking->ref, &activity));
	TRY(find_result(call, &activity, marking->of, &result));
	if (result.entered_by == call->actor->person_id) return fail(call, FORBIDDEN, "another secretary confirms");
	TRY(not_own(call, result.organisation_id));
	TRY(result_confirm(call, activity.id, result.ref, call->actor->person_id, call->now, &changed));
	if (!changed) return fail(call, CONFLICT, "it is confirmed");
	TRY(tell_organisation(call, &activity, result.organisation_id));
	TRY(change_record(call, activity_machine.name, activity.ref));
	TRY(ledger_record(call,
		&(LedgerEvent) { .kind = activity_result_source, .ref = result.ref, .action = "confirm", .matter = activity.seal_key },
		NULL));
	return record(call, &activity, "confirm-result", result.ref);
}

Error activity_result_confirm(Call *call, Text ref, Text result)
{
	Marking marking = { .ref = ref, .of = result };
	return db_transact(call, confirm, &marking);
}

static Error drop(Call *call, void *argument)
{
	const Marking *marking = argument;
	Activity activity;
	ActivityResult result;
	int64_t changed = 0;
	TRY(open_running(call, marking->ref, &activity));
	TRY(find_result(call, &activity, marking->of, &result));
	TRY(result_drop(call, activity.id, result.ref, &changed));
	return changed ? record(call, &activity, "drop-result", result.ref) : fail(call, CONFLICT, "it is confirmed");
}

Error activity_result_drop(Call *call, Text ref, Text result)
{
	Marking marking = { .ref = ref, .of = result };
	return db_transact(call, drop, &marking);
}

Error activity_result_of_case(
	Call *call, const Activity *activity, int64_t organisation_id, Text title, int64_t entered_by, int64_t confirmed_by)
{
	int64_t changed = 0;
	Text ref = random_code(call->arena, 12);
	TRY(result_insert(call, ref, activity->id, organisation_id, TEXT("chosen"), title, call->now, entered_by, call->now));
	TRY(result_confirm(call, activity->id, ref, confirmed_by, call->now, &changed));
	TRY(ledger_record(call,
		&(LedgerEvent) { .kind = activity_result_source, .ref = ref, .action = "confirm", .matter = activity->seal_key }, NULL));
	TRY(tell_organisation(call, activity, organisation_id));
	return record(call, activity, "confirm-result", ref);
}

/* Each organisation once, however many came. */
Error activity_count_attendance(Call *call, const Activity *activity)
{
	RegistrationRows rows;
	int64_t changed = 0;
	TRY(registration_rows(call, activity->id, ACTIVITY_REGISTRATIONS_MAX, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		bool is_counted = !rows.at[i].has_come || !rows.at[i].organisation_id.is;
		for (size_t k = 0; k < i; k++)
			is_counted = is_counted || (rows.at[k].has_come && rows.at[k].organisation_id.is &&
							   rows.at[k].organisation_id.value == rows.at[i].organisation_id.value);
		if (is_counted) continue;
		Text ref = random_code(call->arena, 12);
		TRY(result_insert(call, ref, activity->id, rows.at[i].organisation_id.value, TEXT("attended"), TEXT(""),
			activity->starts_at, activity->marked_by, call->now));
		TRY(result_confirm(call, activity->id, ref, call->actor->person_id, call->now, &changed));
	}
	return OK;
}

Error activity_merit(Call *call, int64_t after, int64_t max, ActivityResults *out)
{
	ActivityMeritRows rows;
	ActivityResults list = { 0 };
	TRY(activity_merits(call, after, max, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		const ActivityMeritRow *row = &rows.at[i];
		list_add(call->arena, &list,
			((ActivityResult) { .id = row->id,
				.organisation_id = row->organisation_id,
				.done_at = row->done_at,
				.confirmed_at = row->confirmed_at.value,
				.ref = row->ref,
				.activity = row->activity,
				.activity_kind = row->activity_kind,
				.kind = row->kind,
				.what = row->what }));
	}
	*out = list;
	return OK;
}

const char activity_result_source[] = "activity-result";

static Text deed_of(Text result, Text activity)
{
	if (text_is(result, TEXT("spoke"))) return TEXT("talk");
	if (text_is(result, TEXT("chosen"))) return TEXT("collection");
	return text_is(result, TEXT("contributed")) && text_is(activity, TEXT("campaign")) ? TEXT("campaign") : TEXT("");
}

Error activity_credit(Call *call, Text ref, DeedCredit *out)
{
	ActivityMeritRow row;
	TRY(activity_merit_of(call, ref, &row));
	*out = (DeedCredit) { .organisation_id = row.organisation_id,
		.done_at = row.done_at,
		.code = deed_of(row.kind, row.activity_kind),
		.shown = row.activity,
		.is_confirmed = row.confirmed_at.is };
	return OK;
}
