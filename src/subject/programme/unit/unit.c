/* Units: reading, entering, and what the actions of the machine change. */
#include "base/crypto/crypto.h"
#include "people/notice/notice.h"
#include "store/ledger/ledger.h"
#include "store/seal/seal.h"
#include "subject/programme/unit/unit_private.h"
#include "work/certificate/certificate.h"
#include "work/workflow/workdays.h"

enum { UNITS_OF_ONE = 50 };
#define DAY_MS ((int64_t)86400000)

/* ---- Reading */
static int64_t or_none(Maybe maybe) { return maybe.is ? maybe.value : 0; }

static Error of_row(Call *call, const UnitRow *row, Unit *out)
{
	*out = (Unit) { .id = row->id,
		.revision = row->revision,
		.seal_key = row->seal_key,
		.organisation_id = row->organisation_id,
		.stars = row->stars,
		.wish_by = row->wish_by,
		.from_at = row->from_at,
		.until_at = row->until_at,
		.admitted_at = or_none(row->admitted_at),
		.ended_at = or_none(row->ended_at),
		.banned_until = or_none(row->banned_until),
		.appeal_until = or_none(row->appeal_until),
		.updated_at = row->updated_at,
		.ref = row->ref,
		.state = row->state,
		.direction = row->direction,
		.certificate = row->certificate,
		.wish = row->wish,
		.wish_values = row->wish_values,
		.review = row->review,
		.reason = row->reason,
		.document = row->document };
	return org_find(call, row->organisation_id, &out->organisation);
}

static Error of_rows(Call *call, const UnitRows *rows, Units *out)
{
	Units units = { 0 };
	for (size_t i = 0; i < rows->count; i++) {
		Unit unit;
		TRY(of_row(call, &rows->at[i], &unit));
		list_add(call->arena, &units, unit);
	}
	*out = units;
	return OK;
}

static bool is_office(const Actor *actor)
{
	return actor_has(actor, ROLE_SYSTEM) || (actor->second_factor && actor_has(actor, ROLE_SECRETARY | ROLE_SUPERVISOR));
}

/* Its own members see it from the day it was admitted. */
static bool may_read(const Unit *unit, const Actor *actor)
{
	return is_office(actor) || (unit->admitted_at && actor->organisation_id && actor->organisation_id == unit->organisation_id);
}

Error unit_open(Call *call, Text ref, Unit *out)
{
	UnitRow row;
	Unit unit;
	TRY(unit_find_ref(call, ref, &row));
	TRY(of_row(call, &row, &unit));
	if (!may_read(&unit, call->actor)) return fail(call, NOT_FOUND, "unit %.*s is not theirs to see", TEXT_ARGS(ref));
	*out = unit;
	return OK;
}

Error unit_by_id(Call *call, int64_t id, Unit *out)
{
	UnitRow row;
	TRY(unit_find_id(call, id, &row));
	return of_row(call, &row, out);
}

Error unit_open_public(Call *call, Text ref, Unit *out)
{
	UnitRow row;
	TRY(unit_find_ref(call, ref, &row));
	if (!row.admitted_at.is) return fail(call, NOT_FOUND, "unit %.*s was never admitted", TEXT_ARGS(ref));
	return of_row(call, &row, out);
}

Error unit_in_state(Call *call, Text state, int64_t before, int64_t max, Units *out)
{
	UnitRows rows = { 0 };
	if (is_office(call->actor)) TRY(unit_rows_in(call, state, before ? before : INT64_MAX, max, &rows));
	return of_rows(call, &rows, out);
}

Error unit_of_actor(Call *call, Units *out)
{
	UnitRows rows = { 0 };
	if (call->actor->organisation_id) TRY(unit_rows_of(call, call->actor->organisation_id, UNITS_OF_ONE, &rows));
	return of_rows(call, &rows, out);
}

Error unit_register(Call *call, Text direction, const Unit *after, int64_t max, Units *out)
{
	UnitRows rows;
	TRY(unit_rows_public(call, direction, after ? after->stars : INT32_MAX, after ? after->id : 0, max, &rows));
	return of_rows(call, &rows, out);
}

Error unit_former(Call *call, int64_t before, int64_t max, Units *out)
{
	UnitRows rows;
	TRY(unit_rows_former(call, before ? before : INT64_MAX, max, &rows));
	return of_rows(call, &rows, out);
}

Error unit_members(Call *call, int64_t organisation_id, int64_t *out_count) { return unit_member_count(call, organisation_id, out_count); }

/* ---- Telling */
static Text desk_path(Call *call, const Unit *unit) { return arena_printf(call->arena, "/programme/units/%.*s", TEXT_ARGS(unit->ref)); }

static Text known_as(const Unit *unit) { return unit->certificate.length ? unit->certificate : unit->ref; }

Error unit_tell(Call *call, const Unit *unit, int kind)
{
	Numbers admins;
	TRY(org_admins(call, unit->organisation_id, &admins));
	for (size_t i = 0; i < admins.count; i++)
		TRY(notice_send(call, admins.at[i], (NoticeKind)kind, known_as(unit), desk_path(call, unit)));
	return OK;
}

static Error tell_office(Call *call, const Unit *unit, NoticeKind kind)
{
	return notice_send_role(call, ROLE_SECRETARY, kind, known_as(unit), desk_path(call, unit));
}

Error unit_deadline(Call *call, int64_t unit_id, bool is_over)
{
	Unit unit;
	TRY(unit_by_id(call, unit_id, &unit));
	return tell_office(call, &unit, is_over ? NOTICE_DEADLINE_OVER : NOTICE_DEADLINE);
}

/* ---- Entering an earlier decision */
typedef struct Entering {
	const Map *values;
	Text ref;
} Entering;

static int64_t day_of(const Map *values, const char *name)
{
	int64_t at;
	return unit_day(text_trim(form_answer(values, name)), &at) ? at : 0;
}

static int64_t stars_of(const Map *values)
{
	int64_t stars;
	return text_to_int(form_answer(values, "stars"), &stars) ? stars : 0;
}

static void check_decision_day(Call *call, const Map *values)
{
	if (day_of(values, "document_on") > call->now)
		call_problem(call, TEXT("document_on"), N_("A day in the future cannot be right."), (Text) { 0 });
}

static Error find_organisation(Call *call, const Map *values, Organisation *out)
{
	Text code = credit_code_parse(call->arena, form_answer(values, "credit_code"));
	*out = (Organisation) { 0 };
	Error error = code.length ? org_find_code(call, code, out) : ERROR_NOT_FOUND;
	if (error != ERROR_NOT_FOUND) return error;
	if (code.length) call_pass_over(call);
	call_problem(call, TEXT("credit_code"), N_("No verified organisation has this code."), (Text) { 0 });
	return OK;
}

static Error check_free(Call *call, const Organisation *organisation, Text direction)
{
	Text ref;
	int64_t banned;
	bool runs = false, is_banned = false, is_member = false;
	TRY(unit_running_of(call, organisation->id, direction, &ref, &runs));
	if (runs) call_problem(call, TEXT("direction"), N_("It is one already, or waits for confirmation."), (Text) { 0 });
	TRY(unit_ban_of(call, organisation->id, call->now, &banned, &is_banned));
	if (is_banned) call_problem(call, TEXT("credit_code"), N_("It was revoked and may not be admitted again yet."), (Text) { 0 });
	TRY(org_is_member(call, organisation->id, call->actor->person_id, &is_member));
	return is_member ? fail(call, FORBIDDEN, "nobody decides about their own organisation") : OK;
}

static Error enter(Call *call, void *argument)
{
	Entering *entering = argument;
	const Map *values = entering->values;
	Organisation organisation;
	Unit unit;
	Matter matter;
	int64_t key = 0, id = 0, from = day_of(values, "from_on"), until = day_of(values, "until_on") + DAY_MS;
	TRY(find_organisation(call, values, &organisation));
	if (organisation.id) TRY(check_free(call, &organisation, form_answer(values, "direction")));
	if (until <= from || until <= call->now)
		call_problem(
			call, TEXT("until_on"), N_("The last day must come after the first one, and be no day of the past."), (Text) { 0 });
	check_decision_day(call, values);
	TRY(call_check_problems(call));
	entering->ref = arena_printf(call->arena, "U-%.*s", TEXT_ARGS(token_new(call->arena, 16)));
	TRY(seal_matter_new(call, &key));
	TRY(unit_insert(call, entering->ref, key, organisation.id, form_answer(values, "direction"), stars_of(values), from, until,
		form_values_text(call->arena, &unit_admission_form, values), call->actor->person_id, form_answer(values, "document"),
		call->now, &id));
	TRY(unit_by_id(call, id, &unit));
	unit_matter(call, &unit, &matter);
	TRY(tell_office(call, &unit, NOTICE_UNIT_WAITING));
	return workflow_begin(call, &unit_machine, &matter);
}

Error unit_enter_within(Call *call, const Map *values, Text *out_ref)
{
	Entering entering = { .values = values };
	TRY(enter(call, &entering));
	*out_ref = entering.ref;
	return OK;
}

Error unit_enter(Call *call, const Map *values, Text *out_ref)
{
	Entering entering = { .values = values };
	if (!actor_has(call->actor, ROLE_SECRETARY)) return fail(call, FORBIDDEN, "no work on units");
	if (!call->actor->second_factor) return fail(call, SECOND_FACTOR, "units without second factor");
	TRY(form_check(call, &unit_admission_form, values));
	TRY(db_transact(call, enter, &entering));
	*out_ref = entering.ref;
	return OK;
}

/* ---- The machine */
void unit_matter(Call *call, const Unit *unit, Matter *out)
{
	UnitFacts *facts = arena_new_of(call->arena, UnitFacts);
	*facts = (UnitFacts) { .now = call->now,
		.until_at = unit->until_at,
		.expiring_ms = setting_int(call, SETTING_unit_expiring_days) * DAY_MS,
		.organisation_id = unit->organisation_id,
		.wish_by = unit->wish_by,
		.wish = unit->wish,
		.review = unit->review,
		.is_verified = unit->organisation.state == ORG_VERIFIED };
	*out = (Matter) { .id = unit->id,
		.revision = unit->revision,
		.ref = unit->ref,
		.state = unit->state,
		.facts = facts,
		.seal_key = unit->seal_key };
}

Error unit_machine_load(Call *call, Text ref, Matter *out)
{
	Unit unit;
	TRY(unit_open(call, ref, &unit));
	unit_matter(call, &unit, out);
	return OK;
}

Error unit_machine_move(Call *call, const Matter *matter, Text to, int64_t *out_changed)
{
	return unit_move(call, matter->id, matter->state, to, matter->revision, call->now, out_changed);
}

static Text standing_of(const Unit *unit) { return text_is(unit->direction, TEXT("technical")) ? TEXT("unit") : TEXT("partner"); }

static Error set_standing(Call *call, const Unit *unit, bool is_suspended)
{
	return org_standing_set(call, unit->organisation_id,
		&(Standing) { .kind = standing_of(unit),
			.stars = (int)unit->stars,
			.from_at = unit->from_at,
			.until_at = unit->until_at,
			.is_suspended = is_suspended });
}

/* A merger has ended it before. */
static Error end_standing(Call *call, const Unit *unit)
{
	Standings standings;
	TRY(org_standings(call, unit->organisation_id, &standings));
	for (size_t i = 0; i < standings.count; i++)
		if (text_is(standings.at[i].kind, standing_of(unit)))
			return org_standing_end(call, unit->organisation_id, standing_of(unit));
	return OK;
}

/* The decision that waited comes into force: certificate, days, stars. */
static Error certify(Call *call, Unit *unit, const Map *values)
{
	CertificateOrder order = { .kind = CERTIFICATE_UNIT,
		.organisation_id = unit->organisation_id,
		.holder = unit->organisation.name,
		.holder_en = unit->organisation.name_en,
		.credit_code = unit->organisation.credit_code,
		.direction = unit->direction,
		.stars = unit->stars = stars_of(values),
		.subject = TEXT(""),
		.level = TEXT(""),
		.document = form_answer(values, "document"),
		.replaces = unit->certificate,
		.from_at = unit->from_at };
	if (text_is(unit->wish, TEXT("renew"))) {
		order.from_at = unit->from_at = call->now;
		unit->until_at = day_of(values, "until_on") + DAY_MS;
	}
	order.until_at = unit->until_at;
	TRY(certificate_issue(call, &order, &unit->certificate));
	TRY(unit_certified(call, unit->id, unit->certificate, unit->stars, unit->from_at, unit->until_at, call->now));
	TRY(unit_explain(call, unit->id, form_answer(values, "reason"), order.document));
	return set_standing(call, unit, false);
}

static Error end(Call *call, const Unit *unit, const char *action, Text reason, Text document, int64_t banned_until)
{
	const Calendar *calendar;
	bool provisional;
	TRY(workdays(call, &calendar));
	int64_t appeal = calendar_add_working_days(calendar, call->now, (int)setting_int(call, SETTING_unit_appeal_days), &provisional);
	TRY(unit_explain(call, unit->id, reason, document));
	TRY(unit_end(call, unit->id, (Maybe) { banned_until != 0, banned_until }, appeal, call->now));
	if (!unit->admitted_at) return OK;
	TRY(certificate_act(call, unit->certificate, action, reason, document));
	return end_standing(call, unit);
}

static Error take_wish(Call *call, Matter *matter, const Unit *unit, const Transition *row, const Map *values)
{
	const Form *form = unit_action_form(row->form);
	Text wish = text_from(row->action + strlen("propose-"));
	if (text_is(wish, TEXT("renew")) && day_of(values, "until_on") + DAY_MS <= unit->until_at)
		call_problem(call, TEXT("until_on"), N_("A renewal ends later than what it renews."), (Text) { 0 });
	check_decision_day(call, values);
	TRY(call_check_problems(call));
	TRY(unit_wish_set(call, matter->id, wish, form_values_text(call->arena, form, values), call->actor->person_id));
	return tell_office(call, unit, NOTICE_UNIT_WAITING);
}

static Error fulfil(Call *call, Unit *unit, const Transition *row)
{
	Map *values;
	TRY(form_values_read(call, unit_wish_form(unit->wish), unit->wish_values, &values));
	TRY(unit_wish_set(call, unit->id, TEXT(""), TEXT(""), 0));
	if (strcmp(row->action, "revoke") != 0) return certify(call, unit, values);
	int64_t banned = day_of(values, "banned_until");
	return end(call, unit, "revoke", form_answer(values, "reason"), form_answer(values, "document"), banned);
}

static Error suspend(Call *call, const Unit *unit, const Map *values)
{
	check_decision_day(call, values);
	TRY(call_check_problems(call));
	TRY(unit_explain(call, unit->id, form_answer(values, "reason"), form_answer(values, "document")));
	TRY(certificate_act(call, unit->certificate, "suspend", form_answer(values, "reason"), form_answer(values, "document")));
	return unit->organisation.state == ORG_VERIFIED ? set_standing(call, unit, true) : OK;
}

static Error resume(Call *call, const Unit *unit)
{
	TRY(unit_explain(call, unit->id, TEXT(""), unit->document));
	TRY(certificate_act(call, unit->certificate, "resume", TEXT(""), TEXT("")));
	return set_standing(call, unit, false);
}

static bool is(const Transition *row, const char *action) { return strcmp(row->action, action) == 0; }

static Error change(Call *call, Matter *matter, Unit *unit, const Transition *row, const Map *values)
{
	Text reason = form_answer(values, "reason");
	if (!strncmp(row->action, "propose-", 8)) return take_wish(call, matter, unit, row, values);
	if (is(row, "admit") || is(row, "renew") || is(row, "reissue") || is(row, "revoke")) return fulfil(call, unit, row);
	if (is(row, "drop")) return unit_wish_set(call, unit->id, TEXT(""), TEXT(""), 0);
	if (is(row, "declare")) return unit_review_set(call, unit->id, reason);
	if (is(row, "reviewed")) return unit_review_set(call, unit->id, TEXT(""));
	if (is(row, "suspend")) return suspend(call, unit, values);
	if (is(row, "resume")) return resume(call, unit);
	if (is(row, "withdraw")) return end(call, unit, "revoke", reason, TEXT(""), 0);
	if (is(row, "refuse")) TRY(unit_wish_set(call, unit->id, TEXT(""), TEXT(""), 0));
	if (is(row, "refuse")) return end(call, unit, "revoke", reason, unit->document, 0);
	if (is(row, "end")) return end(call, unit, "expire", TEXT(""), unit->document, 0);
	return OK;
}

static bool concerns_the_unit(const Transition *row)
{
	return strncmp(row->action, "propose-", 8) != 0 && !is(row, "drop") && !is(row, "declare") && !is(row, "refuse") &&
	       !is(row, "near");
}

Error unit_machine_applied(Call *call, Matter *matter, const Transition *row, const void *input)
{
	const Form *form = unit_action_form(row->form);
	Unit unit;
	TRY(unit_by_id(call, matter->id, &unit));
	if (form) {
		TRY(form_check(call, form, input));
		matter->detail = form_values_text(call->arena, form, input);
	} else if (unit.wish.length) {
		matter->detail = unit.wish_values;
	}
	TRY(change(call, matter, &unit, row, input));
	if (is(row, "admit") || is(row, "renew")) TRY(unit_round_done(call, unit.id));
	if (is(row, "drop") || is(row, "refuse")) TRY(unit_round_undone(call, unit.id));
	TRY(unit_by_id(call, matter->id, &unit));
	if (is(row, "declare")) TRY(tell_office(call, &unit, NOTICE_UNIT_REVIEW));
	if (concerns_the_unit(row)) TRY(unit_tell(call, &unit, NOTICE_UNIT_MOVED));
	return unit.admitted_at ? change_record(call, unit_machine.name, unit.ref) : OK;
}

Error unit_act(Call *call, Text ref, Text action, int64_t revision, const Map *values)
{
	Matter matter;
	Act act = { .action = action, .revision = revision, .input = values ? values : map_new(call->arena) };
	return workflow_act(call, &unit_machine, ref, &act, &matter);
}
