/* Objections: sent through three doors, opened for who handles them, judged by two, answered. */
#include "base/base/random.h"
#include "store/ledger/ledger.h"
#include "store/seal/seal.h"
#include "subject/programme/decision/decision_private.h"
#include "subject/report/report.h"

enum {
	CODE_LENGTH = 16,
	REF_LENGTH = 8,
	DAY_MS = 24 * 3600 * 1000,
	HOUR_SECONDS = 3600,
	NAME_LEAST = 2,
	NAME_MOST = 60,
	CONTACT_MOST = 200
};
static const char objector_place[] = "objection|sealed_objector", text_place[] = "objection|sealed_text",
		  masked_place[] = "objection|sealed_masked", verdict_place[] = "objection|sealed_verdict";

const char *objection_door_text(Text door)
{
	if (text_is(door, TEXT("applicant"))) return N_("The applicant itself");
	return text_is(door, TEXT("staff")) ? N_("Complaint about who worked on the round") : N_("Somebody else, by real name");
}

/* ---- Sending */
typedef struct Sending {
	Text code;
	const ObjectionNew *objection;
	ObjectionReceipt receipt;
} Sending;
typedef struct About {
	Round round;
	ApplicationLine line;
	const char *door;
} About;

static Text new_code(Arena *arena)
{
	Text letters = random_code(arena, CODE_LENGTH);
	return arena_printf(arena, "%.4s-%.4s-%.4s-%.4s", letters.at, letters.at + 4, letters.at + 8, letters.at + 12);
}

static Error check_limit(Call *call, Text sender)
{
	int64_t count = 0;
	TRY(objection_count_from(call, sender, call->now - DAY_MS, &count));
	if (count < OBJECTIONS_A_DAY) return OK;
	call->failure.retry_after_seconds = HOUR_SECONDS;
	return fail(call, TOO_MANY, "%lld objections within a day", (long long)count);
}

/* Its days run until the very end of the last one, or stand still: then they are not over either. */
static Error check_in_time(Call *call, const ApplicationLine *line)
{
	ClockView clock;
	TRY(workflow_clock_of(call, &application_machine, line->id, &clock));
	bool runs = decision_is_state(line->state, "IN_PUBLICITY") && call->now < clock.due_at;
	if (!runs && !decision_is_state(line->state, "OBJECTED"))
		call_problem(call, TEXT("about"), N_("The days of public notice are over."), (Text) { 0 });
	return call_check_problems(call);
}

static Error find_about(Call *call, const Sending *sending, About *out)
{
	DecisionEntryRow entry;
	DecisionLists lists;
	bool found = false, is_admin = false;
	TRY(round_open_public(call, sending->code, &out->round));
	TRY(decision_public(call, &out->round, "publicity", &lists));
	if (!lists.count) return fail(call, NOT_FOUND, "no list of this round is public");
	out->door = "staff";
	if (text_is(sending->objection->about, TEXT("staff"))) return OK;
	TRY(decision_entry_find(call, sending->objection->about, out->round.id, &entry, &found));
	if (!found) call_problem(call, TEXT("about"), N_("Please choose one of these."), (Text) { 0 });
	TRY(call_check_problems(call));
	TRY(decision_line_of(call, entry.application_id, &out->line));
	TRY(check_in_time(call, &out->line));
	if (call->actor->person_id) TRY(org_is_admin(call, out->line.organisation_id, call->actor->person_id, &is_admin));
	out->door = is_admin ? "applicant" : "third";
	return OK;
}

static Text objector_text(Call *call, const ObjectionNew *objection)
{
	Buffer buffer = { .arena = call->arena };
	JsonWriter writer = json_writer(&buffer);
	json_object_begin(&writer);
	json_put_text(&writer, "name", text_trim(objection->name));
	json_put_text(&writer, "contact", text_trim(objection->contact));
	json_put_text(&writer, "mail", text_trim(objection->mail));
	json_put_int(&writer, "person", call->actor->person_id);
	json_end(&writer);
	json_finish(&writer);
	return buffer_text(&buffer);
}

static Error begin_as_system(Call *call, const About *about, int64_t id)
{
	ObjectionRow row;
	Objection objection;
	Matter matter;
	TRY(objection_find_id(call, id, &row));
	TRY(objection_of_row(call, &row, false, &objection));
	objection_matter(call, &objection, &matter);
	TRY(workflow_begin(call, &objection_machine, &matter));
	if (about->line.id && decision_is_state(about->line.state, "IN_PUBLICITY"))
		TRY(application_system(call, about->line.ref, TEXT("object")));
	return notice_send_role(call, about->line.id ? ROLE_SECRETARY : ROLE_SUPERVISOR, NOTICE_OBJECTION_WAITING, row.ref,
		arena_printf(call->arena, "/programme/objections/%.*s", TEXT_ARGS(row.ref)));
}

/* Who objects stands in no event. */
static Error begin(Call *call, const About *about, int64_t id)
{
	const Actor *actor = call->actor;
	call->actor = &actor_system;
	Error error = begin_as_system(call, about, id);
	call->actor = actor;
	return error;
}

static Error send(Call *call, void *argument)
{
	Sending *sending = argument;
	const ObjectionNew *objection = sending->objection;
	About about = { 0 };
	ObjectionReceipt receipt = { .ref = arena_printf(call->arena, "O-%.*s", TEXT_ARGS(random_code(call->arena, REF_LENGTH))),
		.code = new_code(call->arena),
		.at = call->now };
	Text sender = seal_lookup(call, "objection sender", objection->address), claim = report_claim_key(call, receipt.code);
	int64_t key = 0, known = 0, id = 0;
	bool found = false;
	Sealed objector, text;
	TRY(objection_once(call, objection->once, &known, &found));
	if (found) return fail(call, CONFLICT, "this form was sent already");
	TRY(check_limit(call, sender));
	TRY(find_about(call, sending, &about));
	TRY(seal_matter_new(call, &key));
	TRY(seal_close(call, key, objector_place, receipt.ref, objector_text(call, objection), &objector));
	TRY(seal_close(call, key, text_place, receipt.ref, text_trim(objection->text), &text));
	TRY(objection_insert(call, receipt.ref, objection->once, about.round.id, (Maybe) { about.line.id != 0, about.line.id },
		text_from(about.door), key, claim, sender, objector, text, call->now, &id));
	if (text_trim(objection->mail).length) TRY(notice_visitor_set(call, claim, text_trim(objection->mail)));
	sending->receipt = receipt;
	return begin(call, &about, id);
}

static void check_length(Call *call, const char *field, Text text, size_t least, size_t most)
{
	size_t length = text_utf8_length(text_trim(text));
	if (length < least) call_problem(call, text_from(field), N_("Please say a little more."), (Text) { 0 });
	if (length > most)
		call_problem(
			call, text_from(field), N_("This is too long: at most %s characters."), arena_printf(call->arena, "%zu", most));
}

Error objection_send(Call *call, Text code, const ObjectionNew *objection, ObjectionReceipt *out)
{
	Sending sending = { .code = code, .objection = objection };
	check_length(call, "name", objection->name, NAME_LEAST, NAME_MOST);
	check_length(call, "contact", objection->contact, NAME_LEAST, CONTACT_MOST);
	check_length(call, "text", objection->text, OBJECTION_LEAST, OBJECTION_MOST);
	if (objection->mail.length && !mail_address_is(mail_address_fold(call->arena, objection->mail)))
		call_problem(call, TEXT("mail"), N_("This is not a mail address."), (Text) { 0 });
	TRY(call_check_problems(call));
	TRY(db_transact(call, send, &sending));
	*out = sending.receipt;
	return OK;
}

/* ---- Reading */
static Error open_objector(Call *call, const ObjectionRow *row, Objection *out, int64_t *out_person)
{
	Text json;
	Json object;
	TRY(seal_open(call, objector_place, row->ref, row->sealed_objector, &json));
	if (!json.at) return OK; /* its key is destroyed */
	TRY(json_read(call, json, &object));
	out->name = json_as_text(json_get(object, "name"));
	out->contact = json_as_text(json_get(object, "contact"));
	out->mail = json_as_text(json_get(object, "mail"));
	return json_as_int(json_get(object, "person"), out_person) ? OK : fail(call, CORRUPT, "objection %.*s", TEXT_ARGS(row->ref));
}

static Error open_verdict(Call *call, const ObjectionRow *row, Objection *out)
{
	Text json;
	Json object;
	TRY(seal_open(call, verdict_place, row->ref, row->sealed_verdict, &json));
	if (!json.at) return OK;
	TRY(json_read(call, json, &object));
	Text answer = json_as_text(json_get(object, "answer")), explanation = json_as_text(json_get(object, "explanation"));
	if (answer.at) out->answer = answer;
	if (explanation.at) out->explanation = explanation;
	return OK;
}

Error objection_of_row(Call *call, const ObjectionRow *row, bool shows_objector, Objection *out)
{
	const Text none = TEXT("");
	int64_t person;
	Objection objection = { .id = row->id,
		.revision = row->revision,
		.seal_key = row->seal_key,
		.round_id = row->round_id,
		.application_id = row->application_id.is ? row->application_id.value : 0,
		.handler_id = row->handler_id,
		.decided_by = row->decided_by,
		.received_at = row->received_at,
		.ended_at = row->ended_at.is ? row->ended_at.value : 0,
		.ref = row->ref,
		.door = row->door,
		.state = row->state,
		.verdict = row->verdict,
		.application = none,
		.organisation = none,
		.name = none,
		.contact = none,
		.mail = none,
		.text = none,
		.masked = none,
		.answer = none,
		.explanation = none };
	if (objection.application_id) {
		ApplicationLine line;
		TRY(decision_line_of(call, objection.application_id, &line));
		objection.application = line.ref;
		objection.organisation = line.organisation;
	}
	if (shows_objector) TRY(open_objector(call, row, &objection, &person));
	if (shows_objector) TRY(seal_open(call, text_place, row->ref, row->sealed_text, &objection.text));
	TRY(seal_open(call, masked_place, row->ref, row->sealed_masked, &objection.masked));
	if (!objection.masked.at) objection.masked = none;
	TRY(open_verdict(call, row, &objection));
	*out = objection;
	return OK;
}

/* Of staff: supervisors; else secretaries and supervisors without an interest in the organisation. NOT_FOUND otherwise. */
static Error may_see(Call *call, const ObjectionRow *row)
{
	Application application;
	ApplicationLine line;
	const Actor *actor = call->actor;
	uint32_t roles = row->application_id.is ? ROLE_SECRETARY | ROLE_SUPERVISOR : ROLE_SUPERVISOR;
	if (actor_has(actor, ROLE_SYSTEM)) return OK;
	if (!actor->second_factor || !actor_has(actor, roles)) return fail(call, NOT_FOUND, "objections are not theirs to see");
	if (!row->application_id.is) return OK;
	TRY(decision_line_of(call, row->application_id.value, &line));
	TRY(application_open(call, line.ref, &application));
	return application.is_own ? fail(call, NOT_FOUND, "it is about their own organisation") : OK;
}

static Error add_involvement(Call *call, const ObjectionRow *row, Objection *out)
{
	Round round;
	ApplicationLine line;
	if (actor_has(call->actor, ROLE_SYSTEM)) return OK;
	TRY(round_find_published(call, row->round_id, &round));
	if (row->application_id.is) TRY(decision_line_of(call, row->application_id.value, &line));
	return decision_involvement(call, &round, row->application_id.is ? &line : NULL, true, &out->involvement);
}

static Error shown(Call *call, const ObjectionRow *row, Objection *out)
{
	bool handles = row->handler_id && row->handler_id == call->actor->person_id;
	bool is_supervisors = !row->application_id.is; /* nobody else sees it at all */
	TRY(may_see(call, row));
	TRY(objection_of_row(call, row, handles || is_supervisors, out));
	return add_involvement(call, row, out);
}

static Error open_one(Call *call, Text ref, Objection *out)
{
	ObjectionRow row;
	bool found = false;
	TRY(objection_find(call, ref, &row, &found));
	return found ? shown(call, &row, out) : fail(call, NOT_FOUND, "no such objection");
}

Error objection_open(Call *call, Text ref, Objection *out) { return open_one(call, ref, out); }

static Error record_reading(Call *call, void *argument)
{
	const Objection *objection = argument;
	return ledger_record(
		call, &(LedgerEvent) { .kind = "objection", .ref = objection->ref, .action = "read", .matter = objection->seal_key }, NULL);
}

Error objection_record_reading(Call *call, const Objection *objection)
{
	Objection read = *objection;
	return read.name.length ? db_transact(call, record_reading, &read) : OK;
}

Error objection_list(Call *call, int64_t round_id, Objections *out)
{
	ObjectionRows rows;
	Objections objections = { 0 };
	TRY(objection_rows(call, round_id, OBJECTIONS_SHOWN_MAX, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		Objection objection;
		Error error = may_see(call, &rows.at[i]);
		if (error == ERROR_NOT_FOUND) {
			call_recover(call);
			continue;
		}
		TRY(error);
		TRY(objection_of_row(call, &rows.at[i], false, &objection));
		list_add(call->arena, &objections, objection);
	}
	*out = objections;
	return OK;
}

Error objection_person(Call *call, const ObjectionRow *row, int64_t *out_person)
{
	Objection ignored = { 0 };
	*out_person = 0;
	return open_objector(call, row, &ignored, out_person);
}

/* ---- The machine */
void objection_matter(Call *call, const Objection *objection, Matter *out)
{
	ObjectionFacts *facts = arena_new_of(call->arena, ObjectionFacts);
	*facts = (ObjectionFacts) { .handler_id = objection->handler_id,
		.verdict = objection->verdict,
		.is_staff = !objection->application_id,
		.is_masked = objection->masked.length > 0,
		.involvement = objection->involvement };
	*out = (Matter) { .id = objection->id,
		.revision = objection->revision,
		.ref = objection->ref,
		.state = objection->state,
		.facts = facts,
		.seal_key = objection->seal_key };
}

Error objection_machine_load(Call *call, Text ref, Matter *out)
{
	Objection objection;
	TRY(open_one(call, ref, &objection));
	objection_matter(call, &objection, out);
	return OK;
}

Error objection_machine_move(Call *call, const Matter *matter, Text to, int64_t *out_changed)
{
	return objection_move(call, matter->id, matter->state, to, matter->revision, call->now, out_changed);
}

static bool is(const Transition *row, const char *action) { return strcmp(row->action, action) == 0; }

static Error disclose(Call *call, const ObjectionRow *row, const Map *values)
{
	ApplicationLine line;
	Map *told = map_new(call->arena);
	TRY(decision_line_of(call, row->application_id.value, &line));
	if (!decision_is_state(line.state, "OBJECTED")) return OK;
	form_set(call->arena, told, TEXT("substance"), form_answer(values, "masked"));
	return application_system_with(call, line.ref, TEXT("disclose"), told);
}

static Error has_open(Call *call, const ObjectionRow *row, bool *out)
{
	ObjectionRows rows;
	TRY(objection_rows_about(call, row->application_id.value, OBJECTIONS_SHOWN_MAX, &rows));
	*out = false;
	for (size_t i = 0; i < rows.count; i++) *out |= rows.at[i].id != row->id && !rows.at[i].ended_at.is;
	return OK;
}

static Error settle(Call *call, const ObjectionRow *row, bool is_upheld)
{
	ApplicationLine line;
	Objection objection;
	bool is_open = false;
	Map *told = map_new(call->arena);
	TRY(decision_line_of(call, row->application_id.value, &line));
	if (!decision_is_state(line.state, "OBJECTED")) return OK; /* it has withdrawn, or was removed before */
	TRY(objection_of_row(call, row, false, &objection));
	if (is_upheld) {
		form_set(call->arena, told, TEXT("explanation"), objection.explanation);
		return application_system_with(call, line.ref, TEXT("remove"), told);
	}
	TRY(has_open(call, row, &is_open));
	return is_open ? OK : application_system(call, line.ref, TEXT("continue"));
}

static Error end(Call *call, const Transition *action, ObjectionRow *row)
{
	row->decided_by = call->actor->person_id;
	row->ended_at = (Maybe) { true, call->now };
	if (row->application_id.is) TRY(settle(call, row, is(action, "uphold")));
	return objection_tell(call, row, NOTICE_OBJECTION_ANSWERED);
}

static Error change(Call *call, const Transition *action, ObjectionRow *row, const Map *values)
{
	const Form *form = objection_action_form(action->form);
	Text said = form ? form_values_text(call->arena, form, values) : TEXT("");
	if (is(action, "take")) row->handler_id = call->actor->person_id;
	if (is(action, "mask")) {
		TRY(seal_close(call, row->seal_key, masked_place, row->ref, form_answer(values, "masked"), &row->sealed_masked));
		TRY(disclose(call, row, values));
	}
	if (is(action, "judge") || is(action, "answer"))
		TRY(seal_close(call, row->seal_key, verdict_place, row->ref, said, &row->sealed_verdict));
	if (is(action, "judge")) row->verdict = form_answer(values, "verdict");
	if (is(action, "return")) row->verdict = TEXT("");
	return is(action, "uphold") || is(action, "dismiss") || is(action, "answer") ? end(call, action, row) : OK;
}

Error objection_machine_applied(Call *call, Matter *matter, const Transition *action, const void *input)
{
	const Form *form = objection_action_form(action->form);
	ObjectionRow row;
	TRY(objection_find_id(call, matter->id, &row));
	if (form) TRY(form_check(call, form, input));
	if (form) matter->detail = form_values_text(call->arena, form, input);
	TRY(change(call, action, &row, input));
	return objection_change(
		call, row.id, row.sealed_masked, row.sealed_verdict, row.verdict, row.handler_id, row.decided_by, row.ended_at);
}

Error objection_act(Call *call, Text ref, Text action, int64_t revision, const Map *values)
{
	Matter matter;
	Act act = { .action = action, .revision = revision, .input = values ? values : map_new(call->arena) };
	return workflow_act(call, &objection_machine, ref, &act, &matter);
}

Error objection_deadline(Call *call, int64_t id, bool is_over)
{
	ObjectionRow row;
	TRY(objection_find_id(call, id, &row));
	return notice_send_role(call, row.application_id.is ? ROLE_SECRETARY : ROLE_SUPERVISOR,
		is_over ? NOTICE_DEADLINE_OVER : NOTICE_DEADLINE, row.ref,
		arena_printf(call->arena, "/programme/objections/%.*s", TEXT_ARGS(row.ref)));
}
