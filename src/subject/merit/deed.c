/* Deeds: reading, stating, and what the actions of the machine change. */
#include "subject/merit/deed.h"

#include "base/base/clock.h"
#include "base/base/random.h"
#include "people/notice/notice.h"
#include "store/seal/seal.h"
#include "subject/merit/deed_private.h"

enum { ZONE_MS = 8 * 3600 * 1000 };
static const char values_place[] = "deed|sealed_values", reason_place[] = "deed|sealed_reason";

/* ---- Reading */
static Error of_row(Call *call, const DeedRow *row, Deed *out)
{
	Text json;
	Map *values;
	*out = (Deed) { .id = row->id,
		.revision = row->revision,
		.seal_key = row->seal_key,
		.organisation_id = row->organisation_id,
		.done_at = row->done_at,
		.stated_by = row->stated_by,
		.decided_by = row->decided_by,
		.stated_at = row->stated_at,
		.updated_at = row->updated_at,
		.ref = row->ref,
		.state = row->state,
		.code = row->code,
		.is_entered = row->is_entered,
		.is_own = call->actor->organisation_id && call->actor->organisation_id == row->organisation_id };
	TRY(seal_open(call, values_place, row->ref, row->sealed_values, &json));
	TRY(seal_open(call, reason_place, row->ref, row->sealed_reason, &out->reason));
	if (!out->reason.at) out->reason = TEXT("");
	TRY(form_values_read(call, &deed_form, json.at ? json : TEXT("{}"), &values));
	out->values = values;
	return org_find(call, row->organisation_id, &out->organisation);
}

static Error of_rows(Call *call, const DeedRows *rows, Deeds *out)
{
	Deeds deeds = { 0 };
	for (size_t i = 0; i < rows->count; i++) {
		Deed deed;
		TRY(of_row(call, &rows->at[i], &deed));
		list_add(call->arena, &deeds, deed);
	}
	*out = deeds;
	return OK;
}

static bool is_office(const Actor *actor) { return actor->second_factor && actor_has(actor, ROLE_SECRETARY | ROLE_SUPERVISOR); }

Error deed_open(Call *call, Text ref, Deed *out)
{
	DeedRow row;
	TRY(deed_find_ref(call, ref, &row));
	bool is_own = call->actor->organisation_id && call->actor->organisation_id == row.organisation_id;
	if (!is_own && !is_office(call->actor)) return fail(call, NOT_FOUND, "deed %.*s is not theirs to see", TEXT_ARGS(ref));
	return of_row(call, &row, out);
}

Error deed_in_state(Call *call, Text state, int64_t before, int64_t max, Deeds *out)
{
	DeedRows rows = { 0 };
	if (is_office(call->actor)) TRY(deed_rows_in(call, state, before ? before : INT64_MAX, max, &rows));
	return of_rows(call, &rows, out);
}

Error deed_of_actor(Call *call, int64_t before, int64_t max, Deeds *out)
{
	DeedRows rows = { 0 };
	if (call->actor->organisation_id) TRY(deed_rows_of(call, call->actor->organisation_id, before ? before : INT64_MAX, max, &rows));
	return of_rows(call, &rows, out);
}

Error deed_credit(Call *call, Text ref, DeedCredit *out)
{
	DeedRow row;
	TRY(deed_find_ref(call, ref, &row));
	*out = (DeedCredit) { .organisation_id = row.organisation_id,
		.done_at = row.done_at,
		.code = row.code,
		.shown = row.ref,
		.is_confirmed = text_is(row.state, TEXT("CONFIRMED")) };
	return OK;
}

/* ---- Stating */
typedef struct Stating {
	const Map *values;
	bool as_office;
	Text ref;
} Stating;

static Error find_organisation(Call *call, const Stating *stating, Organisation *out)
{
	bool is_member = false;
	if (!stating->as_office) {
		if (!call->actor->organisation_id) return fail(call, FORBIDDEN, "who belongs to no organisation states nothing for one");
		TRY(org_find(call, call->actor->organisation_id, out));
		return out->state == ORG_VERIFIED ? OK : fail(call, FORBIDDEN, "the organisation is not verified");
	}
	Text code = credit_code_parse(call->arena, form_answer(stating->values, "credit_code"));
	Error error = code.length ? org_find_code(call, code, out) : ERROR_NOT_FOUND;
	if (error == ERROR_NOT_FOUND) {
		if (code.length) call_pass_over(call);
		call_problem(call, TEXT("credit_code"), N_("No verified organisation has this code."), (Text) { 0 });
		return call_check_problems(call);
	}
	if (error != OK) return error;
	TRY(org_is_member(call, out->id, call->actor->person_id, &is_member));
	return is_member ? fail(call, FORBIDDEN, "nobody decides about their own organisation") : OK;
}

static Error state_it(Call *call, void *argument)
{
	Stating *stating = argument;
	Organisation organisation = { 0 };
	Sealed values;
	int64_t done_at = 0;
	Matter matter = { .state = TEXT("STATED"), .revision = 1 };
	TRY(find_organisation(call, stating, &organisation));
	if (!clock_parse(form_answer(stating->values, "done_on"), &done_at)) return fail(call, INVALID, "a day that was checked is none");
	stating->ref = arena_printf(call->arena, "D-%.*s", TEXT_ARGS(random_code(call->arena, 12)));
	matter.ref = stating->ref;
	TRY(seal_matter_new(call, &matter.seal_key));
	TRY(seal_close(
		call, matter.seal_key, values_place, stating->ref, form_values_text(call->arena, &deed_form, stating->values), &values));
	TRY(deed_insert(call, stating->ref, matter.seal_key, organisation.id, form_answer(stating->values, "kind"), done_at - ZONE_MS,
		call->actor->person_id, stating->as_office, values, call->now, &matter.id));
	TRY(notice_send_role(call, ROLE_SECRETARY, NOTICE_DEED_WAITING, stating->ref,
		arena_printf(call->arena, "/points/deeds/%.*s", TEXT_ARGS(stating->ref))));
	return workflow_begin(call, &deed_machine, &matter);
}

Error deed_state(Call *call, const Map *values, bool as_office, Text *out_ref)
{
	Stating stating = { .values = values, .as_office = as_office };
	if (as_office && !actor_has(call->actor, ROLE_SECRETARY)) return fail(call, FORBIDDEN, "no work on contributions");
	if (as_office && !call->actor->second_factor) return fail(call, SECOND_FACTOR, "contributions without second factor");
	TRY(form_check(call, as_office ? &deed_entry_form : &deed_form, values));
	TRY(db_transact(call, state_it, &stating));
	*out_ref = stating.ref;
	return OK;
}

bool deed_takes_files(const Deed *deed, const Actor *actor)
{
	bool is_whose = deed->is_entered ? deed->stated_by == actor->person_id : deed->is_own;
	return is_whose && text_is(deed->state, TEXT("STATED"));
}

/* ---- The machine */
void deed_matter(Call *call, const Deed *deed, bool has_files, Matter *out)
{
	DeedFacts *facts = arena_new_of(call->arena, DeedFacts);
	*facts = (DeedFacts) { .organisation_id = deed->organisation_id,
		.stated_by = deed->stated_by,
		.decided_by = deed->decided_by,
		.is_entered = deed->is_entered,
		.has_files = has_files };
	*out = (Matter) { .id = deed->id,
		.revision = deed->revision,
		.ref = deed->ref,
		.state = deed->state,
		.facts = facts,
		.seal_key = deed->seal_key };
}

Error deed_machine_load(Call *call, Text ref, Matter *out)
{
	Deed deed;
	Attachments files;
	bool has_files = false;
	TRY(deed_open(call, ref, &deed));
	TRY(attachment_list(call, deed_machine.name, deed.id, &files));
	for (size_t i = 0; i < files.count; i++) has_files = has_files || files.at[i].is_finished;
	deed_matter(call, &deed, has_files, out);
	return OK;
}

Error deed_machine_move(Call *call, const Matter *matter, Text to, int64_t *out_changed)
{
	return deed_move(call, matter->id, matter->state, to, matter->revision, call->now, out_changed);
}

static Error tell(Call *call, const Deed *deed)
{
	Numbers admins;
	Text link = arena_printf(call->arena, "/points/deeds/%.*s", TEXT_ARGS(deed->ref));
	TRY(org_admins(call, deed->organisation_id, &admins));
	for (size_t i = 0; i < admins.count; i++) TRY(notice_send(call, admins.at[i], NOTICE_DEED_MOVED, deed->ref, link));
	return OK;
}

Error deed_machine_applied(Call *call, Matter *matter, const Transition *row, const void *input)
{
	const Form *form = deed_action_form(row->form);
	Deed deed;
	Sealed reason = { { 0 } };
	TRY(deed_open(call, matter->ref, &deed));
	if (form) {
		TRY(form_check(call, form, input));
		matter->detail = form_values_text(call->arena, form, input);
		TRY(seal_close(call, deed.seal_key, reason_place, deed.ref, text_trim(form_answer(input, "reason")), &reason));
	}
	if (strcmp(row->action, "withdraw") == 0) return OK;
	TRY(deed_decide(call, deed.id, call->actor->person_id, reason));
	return tell(call, &deed);
}

Error deed_act(Call *call, Text ref, Text action, int64_t revision, const Map *values)
{
	Matter matter;
	Act act = { .action = action, .revision = revision, .input = values ? values : map_new(call->arena) };
	return workflow_act(call, &deed_machine, ref, &act, &matter);
}
