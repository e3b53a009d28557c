/* Inspections: who may see one, what stands in it, and what the actions of its machine change. */
#include "base/base/random.h"
#include "store/ledger/ledger.h"
#include "store/seal/seal.h"
#include "subject/interest/interest.h"
#include "subject/programme/inspection/inspection_private.h"
#include "work/workflow/workdays.h"

static int64_t or_none(Maybe maybe) { return maybe.is ? maybe.value : 0; }
static Text or_empty(Text text) { return text.at ? text : TEXT(""); }

Text inspection_report_number(Arena *arena, Text round_code, int64_t number)
{
	return number ? arena_printf(arena, "%.*s-K%03lld", TEXT_ARGS(round_code), (long long)number) : TEXT("");
}

/* ---- Loading */
static Error load_inspectors(Call *call, Inspection *inspection)
{
	InspectorRows rows;
	TRY(inspectors_now(call, inspection->id, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		Inspector inspector = { .person_id = rows.at[i].person_id,
			.seat = rows.at[i].seat,
			.position = rows.at[i].position,
			.signed_at = or_none(rows.at[i].signed_at) };
		TRY(person_name(call, inspector.person_id, &inspector.name));
		list_add(call->arena, &inspection->inspectors, inspector);
		if (inspector.person_id != call->actor->person_id) continue;
		inspection->is_inspector = true;
		inspection->has_signed = inspector.signed_at != 0;
	}
	return OK;
}

static Error open_application(Call *call, const InspectionRow *row, const Application **out)
{
	Application *application = arena_new_of(call->arena, Application);
	Text ref;
	const Actor *actor = call->actor;
	TRY(inspection_application(call, row->application_id, &ref));
	call->actor = &actor_system;
	Error error = application_open(call, ref, application);
	call->actor = actor;
	*out = application;
	return error;
}

Error inspection_of_row(Call *call, const InspectionRow *row, Inspection *out)
{
	Inspection inspection = { .id = row->id,
		.revision = row->revision,
		.round_id = row->round_id,
		.application_id = row->application_id,
		.seal_key = row->seal_key,
		.visit_at = or_none(row->visit_at),
		.closed_at = or_none(row->closed_at),
		.updated_at = row->updated_at,
		.ref = row->ref,
		.state = row->state,
		.outcome = or_empty(row->outcome) };
	TRY(open_application(call, row, &inspection.application));
	TRY(seal_open(call, "inspection|sealed_where", row->ref, row->sealed_where, &inspection.where));
	inspection.where = or_empty(inspection.where);
	inspection.number = inspection_report_number(call->arena, inspection.application->round_code, or_none(row->number));
	TRY(load_inspectors(call, &inspection));
	*out = inspection;
	return OK;
}

/* Staff sees what it may see of the application; an inspector sees it as long as nothing stands against them. */
static Error relate(Call *call, Inspection *inspection, bool *out_may)
{
	Application seen;
	const Actor *actor = call->actor;
	const char *against = NULL;
	InterestMatter matter = { 0 };
	bool is_office = actor_has(actor, ROLE_SECRETARY | ROLE_SUPERVISOR);
	*out_may = false;
	inspection->is_inspector = inspection->is_inspector && actor->second_factor && inspection->visit_at; /* confirmed */
	if (!actor->second_factor) return OK;
	list_add(call->arena, &matter.organisations, inspection->application->organisation_id);
	TRY(interest_against(call, actor->person_id, &matter, &against));
	if (against) return OK;
	Error error = is_office ? application_open(call, inspection->application->ref, &seen) : ERROR_NOT_FOUND;
	if (is_office && error == ERROR_NOT_FOUND) call_pass_over(call);
	if (error != OK && error != ERROR_NOT_FOUND) return error;
	inspection->is_staff = error == OK && seen.is_staff && !seen.conflict;
	*out_may = inspection->is_staff || inspection->is_inspector;
	return OK;
}

Error inspection_open(Call *call, Text ref, Inspection *out)
{
	InspectionRow row;
	Inspection inspection;
	bool may = false;
	TRY(inspection_row_ref(call, ref, &row));
	TRY(inspection_of_row(call, &row, &inspection));
	if (!actor_has(call->actor, ROLE_SYSTEM)) {
		TRY(relate(call, &inspection, &may));
		if (!may) return fail(call, NOT_FOUND, "inspection %.*s is not the actor's", TEXT_ARGS(ref));
	}
	TRY(inspection_load_items(call, &inspection));
	TRY(inspection_load_findings(call, &inspection));
	*out = inspection;
	return OK;
}

Error inspection_open_own(Call *call, Text application, Inspection *out)
{
	Application own;
	InspectionRow row;
	Inspection inspection;
	bool is_there = false;
	TRY(application_open(call, application, &own));
	if (!own.is_own) return fail(call, NOT_FOUND, "only the applicant sees it here");
	TRY(inspection_row_of(call, own.id, &row, &is_there));
	if (!is_there || !row.visit_at.is) return fail(call, NOT_FOUND, "nothing is arranged");
	TRY(inspection_of_row(call, &row, &inspection));
	Application *kept = arena_new_of(call->arena, Application);
	*kept = own;
	inspection.application = kept;
	inspection.is_inspector = inspection.is_staff = false;
	TRY(inspection_load_items(call, &inspection));
	TRY(inspection_load_findings(call, &inspection));
	inspection.photos.count = inspection.items.count = 0;
	*out = inspection;
	return OK;
}

Error inspection_of_application(Call *call, Text application, Text *out_ref) { return inspection_ref_of(call, application, out_ref); }

static Error record(Call *call, void *argument) { return ledger_record(call, argument, NULL); }

Error inspection_record_reading(Call *call, const Inspection *inspection)
{
	LedgerEvent event = { .kind = inspection_machine.name, .ref = inspection->ref, .action = "read", .matter = inspection->seal_key };
	if (db_transact(call, record, &event) == OK) return OK;
	call_recover(call);
	return fail(call, BUSY, "reading %.*s could not be recorded", TEXT_ARGS(inspection->ref));
}

/* ---- What was said with actions */
Error inspection_say(Call *call, const Inspection *inspection, const char *action, const Form *form, const Map *values)
{
	Text ref = token_new(call->arena, 16);
	Sealed sealed;
	TRY(seal_close(call, inspection->seal_key, "inspection_statement|sealed_values", ref, form_values_text(call->arena, form, values),
		&sealed));
	return inspection_statement_insert(call, ref, inspection->id, text_from(action), call->actor->person_id, sealed, call->now);
}

Error inspection_sayings(Call *call, const Inspection *inspection, InspectionSayings *out)
{
	static const struct {
		const char *action;
		const Form *form;
	} forms[] = { { "arrange", &inspection_arrange_form }, { "replace", &inspection_replace_form }, { "sign", &inspection_sign_form },
		{ "reopen", &inspection_reopen_form }, { "object", &inspection_object_form } };
	InspectionStatementRows rows;
	InspectionSayings said = { 0 };
	TRY(inspection_said(call, inspection->id, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		InspectionSaid one = { .action = rows.at[i].action, .at = rows.at[i].stated_at };
		Text json;
		for (size_t f = 0; f < COUNT(forms); f++)
			if (text_is(one.action, text_from(forms[f].action))) one.form = forms[f].form;
		if (!one.form) continue;
		TRY(seal_open(call, "inspection_statement|sealed_values", rows.at[i].ref, rows.at[i].sealed_values, &json));
		TRY(form_values_read(call, one.form, json.at ? json : TEXT("{}"), &one.values));
		TRY(person_name(call, rows.at[i].person_id, &one.person));
		list_add(call->arena, &said, one);
	}
	*out = said;
	return OK;
}

/* ---- The machine */
Error inspection_matter(Call *call, const Inspection *inspection, Matter *out)
{
	InspectionFacts *facts = arena_new_of(call->arena, InspectionFacts);
	*facts = (InspectionFacts) { inspection, inspection_missing(inspection) };
	*out = (Matter) { .id = inspection->id,
		.revision = inspection->revision,
		.ref = inspection->ref,
		.state = inspection->state,
		.facts = facts,
		.seal_key = inspection->seal_key };
	return OK;
}

Error inspection_machine_load(Call *call, Text ref, Matter *out)
{
	Inspection *inspection = arena_new_of(call->arena, Inspection);
	TRY(inspection_open(call, ref, inspection));
	return inspection_matter(call, inspection, out);
}

Error inspection_machine_move(Call *call, const Matter *matter, Text to, int64_t *out_changed)
{
	return inspection_move(call, matter->id, matter->state, to, matter->revision, call->now, out_changed);
}

static Error arrange(Call *call, const Inspection *inspection, const Map *values)
{
	int64_t visit_at = 0;
	Sealed where;
	if (!round_instant(text_trim(form_answer(values, "visit_on")), &visit_at) || visit_at <= call->now) {
		call_problem(call, TEXT("visit_on"), N_("The visit must lie ahead."), (Text) { 0 });
		return call_check_problems(call);
	}
	TRY(seal_close(call, inspection->seal_key, "inspection|sealed_where", inspection->ref, form_answer(values, "where"), &where));
	TRY(inspection_arranged(call, inspection->id, visit_at, where));
	if (text_is(inspection->state, TEXT("PLANNED"))) TRY(application_system(call, inspection->application->ref, TEXT("inspect")));
	TRY(inspection_tell_inspectors(call, inspection, NOTICE_INSPECTION_VISIT));
	return inspection_tell_applicant(call, inspection, NOTICE_INSPECTION_ARRANGED);
}

/* ---- Another inspector */
static Error account_of(Call *call, Text by, int64_t *out_person)
{
	Person person;
	bool found = false;
	TRY(role_find_holder(call, by, ROLE_EXPERT, &person, &found));
	if (!found) TRY(role_find_holder(call, by, ROLE_INSPECTOR, &person, &found));
	*out_person = found ? person.id : 0;
	return OK;
}

static bool is_seated(const Inspection *inspection, int64_t person_id)
{
	for (size_t i = 0; i < inspection->inspectors.count; i++)
		if (inspection->inspectors.at[i].person_id == person_id) return true;
	return false;
}

/* The next of the draw who was not called before. */
static Error next_of_draw(Call *call, const Inspection *inspection, int64_t *out_person, int64_t *out_position)
{
	PanelInspectors drawn;
	Numbers ever;
	TRY(inspectors_ever(call, inspection->id, &ever));
	TRY(panel_inspectors(call, inspection->round_id, inspection->application->ref, &drawn));
	*out_person = 0;
	for (size_t i = 0; i < drawn.count && !*out_person; i++) {
		bool was_called = false;
		for (size_t e = 0; e < ever.count; e++) was_called |= ever.at[e] == drawn.at[i].person_id;
		if (was_called) continue;
		*out_person = drawn.at[i].person_id;
		*out_position = drawn.at[i].position;
	}
	return OK;
}

static Error replace(Call *call, const Inspection *inspection, const Map *values)
{
	int64_t seat = 0, person = 0, position = -1;
	const char *against = NULL;
	Text by = text_trim(form_answer(values, "by"));
	if (!text_to_int(form_answer(values, "seat"), &seat)) return fail(call, INVALID, "no seat");
	TRY(by.length ? account_of(call, by, &person) : next_of_draw(call, inspection, &person, &position));
	if (!person)
		call_problem(call, TEXT("by"), by.length ? N_("No expert or inspector has this account.") : N_("The draw has nobody left."),
			(Text) { 0 });
	else if (is_seated(inspection, person))
		call_problem(call, TEXT("by"), N_("This person inspects here already."), (Text) { 0 });
	else
		TRY(panel_against(call, inspection->application->ref, person, &against));
	if (against) call_problem(call, TEXT("by"), against, (Text) { 0 });
	TRY(call_check_problems(call));
	TRY(inspector_end(call, inspection->id, seat, call->now));
	TRY(inspector_insert(call, inspection->id, seat, person, position, call->now));
	if (!inspection->visit_at) return OK; /* who is only proposed is told when it is arranged */
	return notice_send(call, person, NOTICE_INSPECTION_VISIT, inspection->ref,
		arena_printf(call->arena, "/inspections/%.*s", TEXT_ARGS(inspection->ref)));
}

static Error sign(Call *call, const Inspection *inspection, Matter *matter, const Transition *row)
{
	int64_t changed = 0;
	TRY(inspector_signs(call, inspection->id, call->actor->person_id, call->now, &changed));
	if (!changed) return fail(call, CONFLICT, "it is signed");
	if (strcmp(row->to, "CLOSED") == 0) return inspection_conclude(call, inspection, matter);
	return inspection_tell_inspectors(call, inspection, NOTICE_INSPECTION_SIGN);
}

Error inspection_machine_applied(Call *call, Matter *matter, const Transition *row, const void *input)
{
	const InspectionFacts *facts = matter->facts;
	const Inspection *inspection = facts->inspection;
	const Form *form = inspection_action_form(row->form);
	if (form) {
		TRY(form_check(call, form, input));
		TRY(inspection_say(call, inspection, row->action, form, input));
		matter->detail = form_values_text(call->arena, form, input);
	}
	if (!strcmp(row->action, "arrange")) return arrange(call, inspection, input);
	if (!strcmp(row->action, "replace")) return replace(call, inspection, input);
	if (!strcmp(row->action, "sign")) return sign(call, inspection, matter, row);
	if (!strcmp(row->action, "reopen")) {
		TRY(inspectors_unsign(call, inspection->id));
		return inspection_tell_inspectors(call, inspection, NOTICE_INSPECTION_SIGN);
	}
	return OK;
}

Error inspection_act(Call *call, Text ref, Text action, int64_t revision, const Map *values)
{
	Matter matter;
	Act act = { .action = action, .revision = revision, .input = values ? values : map_new(call->arena) };
	return workflow_act(call, &inspection_machine, ref, &act, &matter);
}

/* ---- Who is told */
Error inspection_tell_inspectors(Call *call, const Inspection *inspection, NoticeKind kind)
{
	Text link = arena_printf(call->arena, "/inspections/%.*s", TEXT_ARGS(inspection->ref));
	for (size_t i = 0; i < inspection->inspectors.count; i++)
		if (inspection->inspectors.at[i].person_id != call->actor->person_id)
			TRY(notice_send(call, inspection->inspectors.at[i].person_id, kind, inspection->ref, link));
	return OK;
}

Error inspection_tell_applicant(Call *call, const Inspection *inspection, NoticeKind kind)
{
	Text ref = inspection->application->ref, link = arena_printf(call->arena, "/applications/%.*s/inspection", TEXT_ARGS(ref));
	Numbers persons;
	TRY(org_admins(call, inspection->application->organisation_id, &persons));
	for (size_t i = 0; i < persons.count; i++)
		if (persons.at[i] != call->actor->person_id) TRY(notice_send(call, persons.at[i], kind, ref, link));
	return OK;
}

/* ---- For the rooms after this one, and for jobs */
Error inspection_assessed(Call *call, int64_t round_id, int64_t person_id, bool *out)
{
	int64_t seats = 0;
	TRY(inspected_seats(call, round_id, person_id, &seats));
	*out = seats > 0;
	return OK;
}

Error inspection_faultless(Call *call, int64_t application_id, bool *out)
{
	InspectionRow row;
	bool is_there = false;
	TRY(inspection_row_of(call, application_id, &row, &is_there));
	*out = is_there && row.outcome.at && text_is(row.outcome, TEXT("propose"));
	return OK;
}

Error inspection_deadline(Call *call, int64_t id, bool is_over, bool is_today)
{
	InspectionRow row;
	Inspection inspection;
	NoticeKind kind = is_over ? NOTICE_DEADLINE_OVER : is_today ? NOTICE_DEADLINE_TODAY : NOTICE_DEADLINE;
	TRY(inspection_row_id(call, id, &row));
	TRY(inspection_of_row(call, &row, &inspection));
	if (!text_is(row.state, TEXT("PLANNED"))) TRY(inspection_tell_inspectors(call, &inspection, kind));
	return notice_send_role(call, ROLE_SECRETARY, kind, row.ref, arena_printf(call->arena, "/inspections/%.*s", TEXT_ARGS(row.ref)));
}
