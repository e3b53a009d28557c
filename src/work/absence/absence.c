/* Stating absences, and what happens when they begin and end. */
#include "work/absence/absence.h"

#include "base/base/clock.h"
#include "base/base/random.h"
#include "store/db/db.h"
#include "store/ledger/ledger.h"
#include "work/absence/absence.sql.h"
#include "work/workflow/workdays.h"

#define DAY_MS ((int64_t)24 * 3600000)
#define LONGEST_MS (400 * DAY_MS)

static const AbsenceHooks *hooks;
void absence_set_hooks(const AbsenceHooks *given) { hooks = given; }

static const FormItem items[] = {
	{ "person", FORM_TEXT, N_("Who is away"),
		N_("Handle or mail address. Empty: I am. Coordinators enter it for somebody who fell ill.") },
	{ "from", FORM_DAY, N_("First day of the absence"), NULL, .required = true },
	{ "until", FORM_DAY, N_("Last day of the absence"), NULL, .required = true },
	{ "deputy", FORM_TEXT, N_("Deputy"),
		N_("Handle or mail address of somebody with the same roles. Empty: open tasks go back to the coordinator.") },
};
static const FormSection sections[] = { { N_("Absence"), N_("The reason is not asked for."), items, COUNT(items) } };
const Form absence_form = { "absence", 1, N_("State an absence"), sections, COUNT(sections) };

/* ---- Asking */
Error absence_at(Call *call, int64_t person_id, int64_t at, bool *out_is_away)
{
	Numbers found;
	TRY(absence_covering(call, person_id, at, at + 1, &found));
	*out_is_away = found.count > 0;
	return OK;
}

Error absence_against(Call *call, const Machine *machine, int64_t subject_id, int64_t person_id, const char **out_why)
{
	ClockView clock;
	bool is_away = false;
	TRY(workflow_clock_of(call, machine, subject_id, &clock));
	TRY(absence_at(call, person_id, clock.clock && clock.due_at > call->now ? clock.due_at : call->now, &is_away));
	if (is_away) *out_why = N_("Is away when the task falls due.");
	return OK;
}

Error absence_tell(Call *call, int64_t person_id, NoticeKind kind, Text subject, Text link)
{
	Numbers deputies;
	TRY(notice_send(call, person_id, kind, subject, link));
	TRY(absence_deputy_of(call, person_id, &deputies));
	for (size_t i = 0; i < deputies.count; i++)
		if (deputies.at[i] != call->actor->person_id) TRY(notice_send(call, deputies.at[i], kind, subject, link));
	return OK;
}

/* ---- Beginning and ending; inside the transaction */
static Error record(Call *call, Text ref, const char *action)
{
	LedgerEvent event = { .kind = "absence", .ref = ref, .action = action };
	return ledger_record(call, &event, NULL);
}

static Error tell_both(Call *call, const AbsenceRow *row, NoticeKind kind)
{
	Text link = TEXT("/absences");
	TRY(notice_send(call, row->person_id, kind, row->ref, link));
	return row->deputy_id.is ? notice_send(call, row->deputy_id.value, kind, row->ref, link) : OK;
}

static Error begin(Call *call, const AbsenceRow *row, int64_t *count)
{
	int64_t changed = 0;
	TRY(absence_begin(call, row->id, call->now, &changed));
	*count += changed;
	if (!changed) return OK;
	TRY(record(call, row->ref, "begin"));
	TRY(tell_both(call, row, NOTICE_ABSENCE_BEGINS));
	return hooks ? hooks->begins(call, row->person_id, row->deputy_id.is ? row->deputy_id.value : 0) : OK;
}

/* Whoever is back has the tasks again; who ended it before it began never lost them. */
static Error end(Call *call, const AbsenceRow *row, int64_t *count)
{
	int64_t changed = 0;
	TRY(absence_close(call, row->id, call->now, &changed));
	*count += changed;
	if (!changed) return OK;
	TRY(record(call, row->ref, "end"));
	TRY(tell_both(call, row, NOTICE_ABSENCE_ENDS));
	return hooks && row->begun_at.is ? hooks->ends(call, row->person_id) : OK;
}

typedef struct Turn {
	int64_t max, count;
} Turn;

static Error turn(Call *call, void *argument)
{
	Turn *turning = argument;
	AbsenceRows rows;
	turning->count = 0;
	TRY(absence_to_end(call, call->now, turning->max, &rows));
	for (size_t i = 0; i < rows.count; i++) TRY(end(call, &rows.at[i], &turning->count));
	TRY(absence_to_begin(call, call->now, turning->max, &rows));
	for (size_t i = 0; i < rows.count; i++) TRY(begin(call, &rows.at[i], &turning->count));
	return OK;
}

Error absence_turn(Call *call, int64_t max, int64_t *out_count)
{
	Turn turning = { .max = max };
	TRY(db_transact(call, turn, &turning));
	*out_count = turning.count;
	return OK;
}

/* ---- Stating */
typedef struct Stating {
	const Map *values;
	AbsenceRow row;
} Stating;

static uint32_t may_state(const Actor *actor)
{
	return actor->second_factor && !actor_has(actor, ROLE_ADMINISTRATORS) ? actor->roles & ROLE_ABSENCE : 0;
}

static Error find(Call *call, Text login, Person *out, bool *out_found)
{
	Error error = person_find_login(call, login, out);
	if (error != OK && error != ERROR_NOT_FOUND) return error;
	*out_found = error == OK;
	call_pass_over(call);
	return OK;
}

static Error check_person(Call *call, Stating *stating, Person *person, uint32_t *out_roles)
{
	bool found = false;
	uint32_t roles = 0;
	Text login = text_trim(form_answer(stating->values, "person"));
	if (!login.length) {
		TRY(person_find(call, call->actor->person_id, person));
		found = true;
	} else if (!(may_state(call->actor) & ROLE_COORDINATOR))
		call_problem(call, TEXT("person"), N_("Only coordinators enter an absence for others."), (Text) { 0 });
	else
		TRY(find(call, login, person, &found));
	if (found) TRY(role_of(call, person->id, &roles));
	*out_roles = roles & ROLE_ABSENCE;
	if (login.length && (may_state(call->actor) & ROLE_COORDINATOR) && !*out_roles)
		call_problem(call, TEXT("person"), N_("Nobody who verifies, coordinates or publishes has this name."), (Text) { 0 });
	stating->row.person_id = *out_roles ? person->id : 0;
	return OK;
}

/* A task of a unit stays with the unit: its people were looked at when it was given. */
static Error check_deputy(Call *call, Stating *stating, const Person *person, uint32_t needed)
{
	Person deputy;
	Numbers away = { 0 };
	uint32_t roles = 0;
	bool found = false;
	Text login = text_trim(form_answer(stating->values, "deputy"));
	if (!login.length) return OK;
	TRY(find(call, login, &deputy, &found));
	if (found) TRY(role_of(call, deputy.id, &roles));
	const char *why = NULL;
	if (found) TRY(absence_covering(call, deputy.id, stating->row.from_at, stating->row.until_at, &away));
	if (!found || !(roles & ROLE_ABSENCE))
		why = N_("Nobody who verifies, coordinates or publishes has this name.");
	else if (deputy.id == person->id)
		why = N_("Nobody stands in for themselves.");
	else if ((roles & needed) != needed)
		why = N_("The deputy has not all roles of who is away.");
	else if (deputy.organisation_id != person->organisation_id)
		why = N_("The deputy has to belong to the same organisation.");
	else if (away.count)
		why = N_("The deputy is away in these days.");
	if (why) call_problem(call, TEXT("deputy"), why, (Text) { 0 });
	stating->row.deputy_id = (Maybe) { found, found ? deputy.id : 0 };
	return OK;
}

/* The first instant of a day of Beijing. */
static int64_t day_of(Call *call, const Map *values, const char *field)
{
	int64_t at = 0;
	return clock_parse(arena_printf(call->arena, "%.*sT00:00:00+08:00", TEXT_ARGS(form_answer(values, field))), &at) ? at : 0;
}

static Error check_days(Call *call, Stating *stating)
{
	Numbers covering = { 0 };
	AbsenceRow *row = &stating->row;
	row->from_at = day_of(call, stating->values, "from");
	row->until_at = day_of(call, stating->values, "until") + DAY_MS;
	const char *why = NULL;
	if (row->until_at <= row->from_at)
		why = N_("The absence ends before it begins.");
	else if (row->until_at <= call->now)
		why = N_("These days are over.");
	else if (row->until_at - row->from_at > LONGEST_MS)
		why = N_("An absence is stated for a year at most.");
	if (!why && row->person_id) TRY(absence_covering(call, row->person_id, row->from_at, row->until_at, &covering));
	if (covering.count) why = N_("An absence is stated for some of these days already.");
	if (why) call_problem(call, TEXT("until"), why, (Text) { 0 });
	return OK;
}

static Error state(Call *call, void *argument)
{
	Stating *stating = argument;
	AbsenceRow *row = &stating->row;
	Person person = { 0 };
	uint32_t roles = 0;
	int64_t begun = 0;
	bool found = false;
	*row = (AbsenceRow) { .ref = random_code(call->arena, 12) };
	TRY(check_person(call, stating, &person, &roles));
	TRY(check_days(call, stating));
	if (roles) TRY(check_deputy(call, stating, &person, roles));
	TRY(call_check_problems(call));
	TRY(absence_insert(call, row->ref, row->person_id, row->deputy_id, row->from_at, row->until_at, call->actor->person_id, call->now));
	TRY(record(call, row->ref, "state"));
	TRY(absence_find(call, row->ref, row, &found));
	if (row->from_at <= call->now) return begin(call, row, &begun);
	return tell_both(call, row, NOTICE_ABSENCE_STATED);
}

Error absence_add(Call *call, const Map *values, Text *out_ref)
{
	Stating stating = { .values = values };
	if (!may_state(call->actor)) return fail(call, FORBIDDEN, "no role that is stood in for");
	TRY(form_check(call, &absence_form, values));
	TRY(db_transact(call, state, &stating));
	*out_ref = stating.row.ref;
	return OK;
}

static bool may_end(const Actor *actor, const AbsenceRow *row)
{
	if (!may_state(actor)) return false;
	return row->person_id == actor->person_id || row->entered_by == actor->person_id || (may_state(actor) & ROLE_COORDINATOR) != 0;
}

static bool is_over(const Call *call, const AbsenceRow *row) { return row->ended_at.is || row->until_at <= call->now; }

static Error end_now(Call *call, void *argument)
{
	const Text *ref = argument;
	AbsenceRow row;
	bool found = false;
	int64_t count = 0;
	TRY(absence_find(call, *ref, &row, &found));
	if (!found || !may_end(call->actor, &row) || is_over(call, &row)) return fail(call, NOT_FOUND, "no such absence");
	return end(call, &row, &count);
}

Error absence_end(Call *call, Text ref) { return db_transact(call, end_now, &ref); }

/* ---- Reading */
static Error name_of(Call *call, int64_t person_id, Text *out)
{
	Person person;
	TRY(person_find(call, person_id, &person));
	*out = person_shown_name(&person);
	return OK;
}

static Error of_row(Call *call, const Calendar *calendar, const AbsenceRow *row, Absence *out)
{
	Absence absence = { .id = row->id,
		.from_at = row->from_at,
		.until_at = row->until_at,
		.entered_at = row->entered_at,
		.ended_at = row->ended_at.is && row->ended_at.value < row->until_at ? row->ended_at.value : 0,
		.ref = row->ref,
		.deputy = TEXT(""),
		.has_begun = row->from_at <= call->now,
		.is_over = is_over(call, row),
		.is_own = row->person_id == call->actor->person_id,
		.may_end = may_end(call->actor, row) && !is_over(call, row) };
	absence.working_days = (int)calendar_working_days_between(calendar, row->from_at - 1, row->until_at - 1);
	TRY(name_of(call, row->person_id, &absence.person));
	TRY(name_of(call, row->entered_by, &absence.entered_by));
	if (row->deputy_id.is) TRY(name_of(call, row->deputy_id.value, &absence.deputy));
	*out = absence;
	return OK;
}

Error absence_list(Call *call, int64_t before, int64_t max, Absences *out)
{
	AbsenceRows rows;
	Absences absences = { 0 };
	const Calendar *calendar;
	uint32_t roles = may_state(call->actor);
	if (!roles) return fail(call, FORBIDDEN, "no role that is stood in for");
	TRY(workdays(call, &calendar));
	if (roles & ROLE_COORDINATOR)
		TRY(absence_rows_all(call, before ? before : INT64_MAX, max, &rows));
	else
		TRY(absence_rows(call, call->actor->person_id, before ? before : INT64_MAX, max, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		Absence absence;
		TRY(of_row(call, calendar, &rows.at[i], &absence));
		list_add(call->arena, &absences, absence);
	}
	*out = absences;
	return OK;
}
