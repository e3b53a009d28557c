/* Activities: reading, preparing, and what the actions of the machine change. */
#include "base/base/random.h"
#include "face/doc/ics.h"
#include "people/notice/notice.h"
#include "store/ledger/ledger.h"
#include "store/seal/seal.h"
#include "subject/programme/activity/activity_private.h"

static const char values_column[] = "activity|sealed_values";

/* ---- Reading */
Error activity_of_row(Call *call, const ActivityRow *row, Activity *out)
{
	Text json;
	*out = (Activity) { .id = row->id,
		.revision = row->revision,
		.seal_key = row->seal_key,
		.writer_id = row->writer_id,
		.places = row->places,
		.marked_by = row->marked_by,
		.starts_at = row->starts_at,
		.ends_at = row->ends_at,
		.opens_at = row->opens_at,
		.closes_at = row->closes_at,
		.units_until = row->units_until,
		.announced_at = row->announced_at.is ? row->announced_at.value : 0,
		.updated_at = row->updated_at,
		.ref = row->ref,
		.kind = row->kind,
		.state = row->state,
		.reason = row->reason };
	TRY(seal_open(call, values_column, row->ref, row->sealed_values, &json));
	return form_values_read(call, &activity_form, json.at ? json : TEXT("{}"), &out->values);
}

static Error of_rows(Call *call, const ActivityRows *rows, Activities *out)
{
	Activities list = { 0 };
	for (size_t i = 0; i < rows->count; i++) {
		Activity activity;
		TRY(activity_of_row(call, &rows->at[i], &activity));
		list_add(call->arena, &list, activity);
	}
	*out = list;
	return OK;
}

static bool is_office(const Actor *actor)
{
	return actor_has(actor, ROLE_SYSTEM) || (actor->second_factor && actor_has(actor, ROLE_SECRETARY | ROLE_SUPERVISOR));
}

Error activity_need_secretary(Call *call)
{
	if (!is_office(call->actor)) return fail(call, NOT_FOUND, "activities are the office's");
	return actor_has(call->actor, ROLE_SECRETARY) ? OK : fail(call, FORBIDDEN, "no work on activities");
}

Error activity_open(Call *call, Text ref, Activity *out)
{
	ActivityRow row;
	if (!is_office(call->actor)) return fail(call, NOT_FOUND, "activity %.*s is not theirs to see", TEXT_ARGS(ref));
	TRY(activity_find_ref(call, ref, &row));
	return activity_of_row(call, &row, out);
}

Error activity_by_id(Call *call, int64_t id, Activity *out)
{
	ActivityRow row;
	TRY(activity_find_id(call, id, &row));
	return activity_of_row(call, &row, out);
}

Error activity_open_public(Call *call, Text ref, Activity *out)
{
	ActivityRow row;
	TRY(activity_find_ref(call, ref, &row));
	if (!row.announced_at.is) return fail(call, NOT_FOUND, "activity %.*s was never announced", TEXT_ARGS(ref));
	return activity_of_row(call, &row, out);
}

Error activity_list_public(Call *call, int64_t before, int64_t max, Activities *out)
{
	ActivityRows rows;
	TRY(activity_rows_public(call, before ? before : INT64_MAX, max, &rows));
	return of_rows(call, &rows, out);
}

Error activity_in_state(Call *call, Text state, int64_t before, int64_t max, Activities *out)
{
	ActivityRows rows = { 0 };
	if (is_office(call->actor)) TRY(activity_rows_in(call, state, before ? before : INT64_MAX, max, &rows));
	return of_rows(call, &rows, out);
}

Text activity_title(const Activity *activity, Lang lang)
{
	return form_answer(activity->values, lang == LANG_ZH ? "title_zh" : "title_en");
}

/* ---- The calendar: what is announced is public */
Text activity_calendar(Call *call, const Activities *activities)
{
	IcsCalendar calendar = { .product = TEXT("activities"),
		.name = tr(call->lang, "Activities of the vulnerability library"),
		.site = call->house->public_address };
	for (size_t i = 0; i < activities->count; i++) {
		const Activity *activity = &activities->at[i];
		list_add(call->arena, &calendar.events,
			((IcsEvent) { .uid = arena_printf(call->arena, "activity-%.*s", TEXT_ARGS(activity->ref)),
				.summary = activity_title(activity, call->lang),
				.place = form_answer(activity->values, "place"),
				.path = arena_printf(call->arena, "/activities/%.*s", TEXT_ARGS(activity->ref)),
				.starts_at = activity->starts_at,
				.ends_at = activity->ends_at,
				.changed_at = activity->updated_at,
				.is_cancelled = text_is(activity->state, TEXT("CANCELLED")),
				.takes_time = true,
				.is_public = true }));
	}
	return ics_text(call->arena, &calendar, call->now);
}

/* ---- Preparing */
typedef struct Writing {
	Text ref;
	int64_t seen;
	const Map *values;
	int64_t starts_at, ends_at, opens_at, closes_at, units_until, places;
} Writing;

static void check_order(Call *call, const char *field, bool is_right, const char *why)
{
	if (!is_right) call_problem(call, text_from(field), why, (Text) { 0 });
}

static Error read_times(Call *call, Writing *writing)
{
	const struct {
		const char *name;
		int64_t *out;
	} times[] = { { "starts_on", &writing->starts_at }, { "ends_on", &writing->ends_at }, { "opens_on", &writing->opens_at },
		{ "closes_on", &writing->closes_at }, { "units_on", &writing->units_until } };
	TRY(form_check(call, &activity_form, writing->values));
	for (size_t i = 0; i < COUNT(times); i++)
		if (!activity_instant(text_trim(form_answer(writing->values, times[i].name)), times[i].out)) *times[i].out = 0;
	if (!text_to_int(text_trim(form_answer(writing->values, "places")), &writing->places)) writing->places = 0;
	check_order(call, "ends_on", writing->starts_at < writing->ends_at, N_("It ends after it begins."));
	check_order(call, "closes_on", writing->opens_at < writing->closes_at, N_("Registration closes after it opens."));
	check_order(call, "closes_on", writing->closes_at <= writing->ends_at, N_("Registration closes before the end."));
	check_order(call, "units_on", writing->opens_at <= writing->units_until && writing->units_until <= writing->closes_at,
		N_("An instant while registration is open."));
	return call_check_problems(call);
}

static Error seal_values(Call *call, const Writing *writing, int64_t key, Sealed *out)
{
	return seal_close(call, key, values_column, writing->ref, form_values_text(call->arena, &activity_form, writing->values), out);
}

static Error insert(Call *call, void *argument)
{
	Writing *writing = argument;
	Sealed sealed;
	Activity activity;
	Matter matter;
	int64_t key = 0, id = 0;
	writing->ref = arena_printf(call->arena, "H-%.*s", TEXT_ARGS(random_code(call->arena, 10)));
	TRY(seal_matter_new(call, &key));
	TRY(seal_values(call, writing, key, &sealed));
	TRY(activity_insert(call, writing->ref, form_answer(writing->values, "kind"), key, call->actor->person_id, sealed,
		writing->starts_at, writing->ends_at, writing->opens_at, writing->closes_at, writing->units_until, writing->places,
		call->now, &id));
	TRY(activity_by_id(call, id, &activity));
	TRY(activity_matter(call, &activity, &matter));
	return workflow_begin(call, &activity_machine, &matter);
}

Error activity_new(Call *call, const Map *values, Text *out_ref)
{
	Writing writing = { .values = values };
	TRY(activity_need_secretary(call));
	TRY(read_times(call, &writing));
	TRY(db_transact(call, insert, &writing));
	*out_ref = writing.ref;
	return OK;
}

static Error update(Call *call, void *argument)
{
	Writing *writing = argument;
	Activity activity;
	Sealed sealed;
	int64_t changed = 0;
	TRY(activity_open(call, writing->ref, &activity));
	TRY(seal_values(call, writing, activity.seal_key, &sealed));
	TRY(activity_update(call, activity.id, writing->seen ? writing->seen : activity.revision, form_answer(writing->values, "kind"),
		call->actor->person_id, sealed, writing->starts_at, writing->ends_at, writing->opens_at, writing->closes_at,
		writing->units_until, writing->places, call->now, &changed));
	if (!changed) return fail(call, CONFLICT, "activity %.*s was changed, or is no draft", TEXT_ARGS(activity.ref));
	return ledger_record(call,
		&(LedgerEvent) { .kind = activity_machine.name, .ref = activity.ref, .action = "write", .matter = activity.seal_key },
		NULL);
}

Error activity_write(Call *call, Text ref, int64_t seen, const Map *values)
{
	Writing writing = { .ref = ref, .seen = seen, .values = values };
	TRY(activity_need_secretary(call));
	TRY(read_times(call, &writing));
	return db_transact(call, update, &writing);
}

/* ---- The machine */
Error activity_matter(Call *call, const Activity *activity, Matter *out)
{
	ActivityFacts *facts = arena_new_of(call->arena, ActivityFacts);
	ResultRows results;
	TRY(result_rows(call, activity->id, ACTIVITY_RESULTS_MAX, &results));
	*facts = (ActivityFacts) { .now = call->now,
		.starts_at = activity->starts_at,
		.ends_at = activity->ends_at,
		.opens_at = activity->opens_at,
		.closes_at = activity->closes_at,
		.writer_id = activity->writer_id,
		.marked_by = activity->marked_by };
	for (size_t i = 0; i < results.count; i++) facts->has_waiting = facts->has_waiting || !results.at[i].confirmed_at.is;
	*out = (Matter) { .id = activity->id,
		.revision = activity->revision,
		.ref = activity->ref,
		.state = activity->state,
		.facts = facts,
		.seal_key = activity->seal_key };
	return OK;
}

Error activity_machine_load(Call *call, Text ref, Matter *out)
{
	Activity activity;
	TRY(activity_open(call, ref, &activity));
	return activity_matter(call, &activity, out);
}

Error activity_machine_move(Call *call, const Matter *matter, Text to, int64_t *out_changed)
{
	return activity_move(call, matter->id, matter->state, to, matter->revision, call->now, out_changed);
}

static Error cancel(Call *call, const Activity *activity, Text reason)
{
	TRY(activity_explain(call, activity->id, reason));
	return activity_tell(call, activity, NOTICE_ACTIVITY_CANCELLED);
}

Error activity_machine_applied(Call *call, Matter *matter, const Transition *row, const void *input)
{
	const Form *form = activity_action_form(row->form);
	Activity activity;
	TRY(activity_by_id(call, matter->id, &activity));
	if (form) {
		TRY(form_check(call, form, input));
		matter->detail = form_values_text(call->arena, form, input);
	}
	if (strcmp(row->action, "announce") == 0) TRY(activity_announced(call, activity.id, call->now));
	if (strcmp(row->action, "cancel") == 0) TRY(cancel(call, &activity, form_answer(input, "reason")));
	if (strcmp(row->action, "finish") == 0) TRY(activity_count_attendance(call, &activity));
	return strcmp(row->action, "discard") == 0 ? OK : change_record(call, activity_machine.name, activity.ref);
}

Error activity_act(Call *call, Text ref, Text action, int64_t revision, const Map *values)
{
	Matter matter;
	Act act = { .action = action, .revision = revision, .input = values ? values : map_new(call->arena) };
	return workflow_act(call, &activity_machine, ref, &act, &matter);
}

/* ---- By itself */
enum { AT_ONCE = 50 };

static Error move_on(Call *call, const char *state, const char *action, int64_t *count)
{
	ActivityRows rows;
	bool opens = strcmp(action, "start") == 0;
	TRY(activity_rows_in(call, text_from(state), INT64_MAX, AT_ONCE, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		if ((opens ? rows.at[i].opens_at : rows.at[i].closes_at) > call->now) continue;
		Error error = activity_act(call, rows.at[i].ref, text_from(action), rows.at[i].revision, NULL);
		if (error != OK && error != ERROR_CONFLICT) return error;
		if (error == ERROR_CONFLICT) call_recover(call); /* another node, or a secretary, was faster */
		*count += error == OK;
	}
	return OK;
}

static Error settle(Call *call, void *argument) { return activity_settle(call, argument); }

static Error settle_all(Call *call, const char *state)
{
	ActivityRows rows;
	TRY(activity_rows_in(call, text_from(state), INT64_MAX, AT_ONCE, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		Activity activity;
		if (rows.at[i].units_until > call->now || rows.at[i].starts_at <= call->now) continue;
		TRY(activity_of_row(call, &rows.at[i], &activity));
		TRY(db_transact(call, settle, &activity));
	}
	return OK;
}

Error activity_advance(Call *call, int64_t *out_count)
{
	*out_count = 0;
	TRY(move_on(call, "ANNOUNCED", "start", out_count));
	TRY(settle_all(call, "OPEN"));
	TRY(move_on(call, "OPEN", "close", out_count));
	return settle_all(call, "CLOSED");
}
