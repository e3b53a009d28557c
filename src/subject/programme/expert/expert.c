/* The library: reading, inviting, keeping, ties, and what the actions of the machine change. */
#include "subject/programme/expert/expert_private.h"

#include "base/base/clock.h"
#include "base/base/random.h"
#include "people/notice/notice.h"
#include "store/ledger/ledger.h"
#include "store/seal/seal.h"

enum { REF_CHARACTERS = 10 };
static const char profile_place[] = "expert|sealed_profile", reason_place[] = "expert|sealed_reason",
		  relation_place[] = "expert_relation|sealed_content";

/* ---- Reading */
static Error of_row(Call *call, const ExpertRow *row, Expert *out)
{
	Person person;
	Text profile;
	*out = (Expert) { .id = row->id,
		.person_id = row->person_id,
		.revision = row->revision,
		.seal_key = row->seal_key,
		.served = row->served,
		.declined = row->declined,
		.absent = row->absent,
		.updated_at = row->updated_at,
		.ref = row->ref,
		.state = row->state };
	TRY(person_find(call, row->person_id, &person));
	out->name = person_shown_name(&person);
	TRY(seal_open(call, profile_place, row->ref, row->sealed_profile, &profile));
	TRY(seal_open(call, reason_place, row->ref, row->sealed_reason, &out->reason));
	if (!out->reason.at) out->reason = TEXT("");
	return form_values_read(call, &expert_profile_form, profile.at ? profile : TEXT("{}"), &out->profile);
}

static Error add_relations(Call *call, Expert *expert)
{
	ExpertRelationRows rows;
	TRY(expert_relation_rows(call, expert->id, EXPERT_RELATIONS_MAX, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		const ExpertRelationRow *row = &rows.at[i];
		ExpertRelation relation = { .id = row->id, .declared_at = row->declared_at, .ref = row->ref };
		Text content;
		TRY(seal_open(call, relation_place, row->ref, row->sealed_content, &content));
		TRY(form_values_read(call, &expert_relation_form, content.at ? content : TEXT("{}"), &relation.values));
		list_add(call->arena, &expert->relations, relation);
	}
	return OK;
}

static Error whole_of_row(Call *call, const ExpertRow *row, Expert *out)
{
	TRY(of_row(call, row, out));
	return add_relations(call, out);
}

static bool may_read(const Actor *actor)
{
	return actor_has(actor, ROLE_SYSTEM) || (actor->second_factor && actor_has(actor, ROLE_SECRETARY | ROLE_SUPERVISOR));
}

static bool is_own(const Actor *actor, int64_t person_id)
{
	return actor->person_id && actor->person_id == person_id && actor->second_factor && actor_has(actor, ROLE_EXPERT);
}

Error expert_open(Call *call, Text ref, Expert *out)
{
	ExpertRow row;
	TRY(expert_row_ref(call, ref, &row));
	if (!may_read(call->actor) && !is_own(call->actor, row.person_id)) return fail(call, NOT_FOUND, "this expert is not theirs to see");
	return whole_of_row(call, &row, out);
}

Error expert_own(Call *call, Expert *out)
{
	ExpertRow row;
	if (!is_own(call->actor, call->actor->person_id)) return fail(call, NOT_FOUND, "no expert");
	TRY(expert_row_person(call, call->actor->person_id, &row));
	return whole_of_row(call, &row, out);
}

Error expert_find(Call *call, int64_t id, Expert *out)
{
	ExpertRow row;
	TRY(expert_row_id(call, id, &row));
	return whole_of_row(call, &row, out);
}

Error expert_in_state(Call *call, Text state, int64_t after, int64_t max, Experts *out)
{
	ExpertRows rows;
	Experts experts = { 0 };
	*out = experts;
	if (!may_read(call->actor)) return OK;
	TRY(expert_rows(call, state, after, max, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		Expert expert;
		TRY(of_row(call, &rows.at[i], &expert));
		list_add(call->arena, &experts, expert);
	}
	*out = experts;
	return OK;
}

static bool is_in_term(const Expert *expert, int64_t now)
{
	enum { DAY_MS = 86400000 };
	int64_t until;
	return !expert_day(text_trim(form_answer(expert->profile, "term_until")), &until) || now < until + DAY_MS;
}

Error expert_available(Call *call, Experts *out)
{
	ExpertRows rows;
	Experts experts = { 0 };
	TRY(expert_rows(call, TEXT("ACTIVE"), 0, EXPERT_LIBRARY_MAX, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		Expert expert;
		uint32_t roles = 0;
		TRY(whole_of_row(call, &rows.at[i], &expert));
		TRY(role_of(call, expert.person_id, &roles));
		if (is_in_term(&expert, call->now) && (roles & ROLE_EXPERT)) list_add(call->arena, &experts, expert);
	}
	*out = experts;
	return OK;
}

/* ---- Writing */
typedef struct Writing {
	Text ref;
	int64_t seen;
	const Map *values;
} Writing;

static Error record(Call *call, const Expert *expert, const char *action, Text detail)
{
	return ledger_record(call,
		&(LedgerEvent) {
			.kind = expert_machine.name, .ref = expert->ref, .action = action, .matter = expert->seal_key, .detail = detail },
		NULL);
}

static Error find_account(Call *call, const Map *values, Person *out)
{
	bool is_found;
	ExpertRow row;
	TRY(role_find_holder(call, text_trim(form_answer(values, "login")), ROLE_EXPERT, out, &is_found));
	if (!is_found) {
		call_problem(call, TEXT("login"), N_("No account with the office of an expert has this address or handle."), (Text) { 0 });
		return call_check_problems(call);
	}
	Error error = expert_row_person(call, out->id, &row);
	if (error != OK && error != ERROR_NOT_FOUND) return error;
	if (error == OK) call_problem(call, TEXT("login"), N_("This account stands in the library already."), (Text) { 0 });
	if (error != OK) call_pass_over(call);
	return call_check_problems(call);
}

static Error begin(Call *call, void *argument)
{
	Writing *writing = argument;
	Person person;
	Expert expert;
	Matter matter;
	Sealed profile;
	int64_t key = 0, id = 0;
	TRY(find_account(call, writing->values, &person));
	writing->ref = arena_printf(call->arena, "E-%.*s", TEXT_ARGS(random_code(call->arena, REF_CHARACTERS)));
	TRY(seal_matter_new(call, &key));
	Text content =
		form_values_text(call->arena, &expert_profile_form, expert_normalised(call->arena, &expert_profile_form, writing->values));
	TRY(seal_close(call, key, profile_place, writing->ref, content, &profile));
	TRY(expert_insert(call, writing->ref, person.id, key, profile, call->now, &id));
	TRY(expert_find(call, id, &expert));
	expert_matter(call, &expert, &matter);
	TRY(workflow_begin(call, &expert_machine, &matter));
	return notice_send(call, person.id, NOTICE_EXPERT_INVITED, writing->ref, TEXT("/expert"));
}

static Error need_secretary(Call *call)
{
	if (!actor_has(call->actor, ROLE_SECRETARY)) return fail(call, FORBIDDEN, "no work on the library of experts");
	return call->actor->second_factor ? OK : fail(call, SECOND_FACTOR, "experts without second factor");
}

Error expert_invite(Call *call, const Map *values, Text *out_ref)
{
	Writing writing = { .values = values };
	TRY(need_secretary(call));
	TRY(form_check(call, &expert_new_form, values));
	expert_check_profile(call, values);
	TRY(call_check_problems(call));
	TRY(db_transact(call, begin, &writing));
	*out_ref = writing.ref;
	return OK;
}

static Error add_relation(Call *call, const Expert *expert, const Map *values)
{
	Text ref = random_code(call->arena, 16), content = form_values_text(call->arena, &expert_relation_form, values);
	Sealed sealed;
	int64_t id = 0;
	TRY(seal_close(call, expert->seal_key, relation_place, ref, content, &sealed));
	TRY(expert_relation_insert(call, ref, expert->id, sealed, call->now, &id));
	return record(call, expert, "relate", content);
}

/* Where somebody worked until today ties for three years more. */
static Error keep_former_employer(Call *call, const Expert *expert, const Map *values)
{
	Map *relation = map_new(call->arena);
	Text former = expert_employer_code(expert);
	if (text_is(former, text_trim(form_answer(values, "employer_code")))) return OK;
	form_set(call->arena, relation, TEXT("kind"), TEXT("employer"));
	form_set(call->arena, relation, TEXT("organisation"), form_answer(expert->profile, "employer"));
	form_set(call->arena, relation, TEXT("code"), former);
	form_set(call->arena, relation, TEXT("until_on"), text_slice(clock_iso(call->arena, call->now), 0, 10));
	return add_relation(call, expert, relation);
}

static Error amend(Call *call, void *argument)
{
	const Writing *writing = argument;
	Expert expert;
	Sealed profile;
	int64_t changed = 0;
	Text content = form_values_text(call->arena, &expert_profile_form, writing->values);
	TRY(expert_open(call, writing->ref, &expert));
	if (!actor_has(call->actor, ROLE_SECRETARY) && !is_own(call->actor, expert.person_id))
		return fail(call, FORBIDDEN, "no change of another's entry");
	TRY(seal_close(call, expert.seal_key, profile_place, expert.ref, content, &profile));
	TRY(expert_amend(call, expert.id, writing->seen ? writing->seen : expert.revision, profile, call->now, &changed));
	if (!changed) return fail(call, CONFLICT, "expert %.*s was changed meanwhile", TEXT_ARGS(expert.ref));
	TRY(keep_former_employer(call, &expert, writing->values));
	return record(call, &expert, "write", content);
}

Error expert_write(Call *call, Text ref, int64_t seen, const Map *values)
{
	Writing writing = { .ref = ref, .seen = seen, .values = expert_normalised(call->arena, &expert_profile_form, values) };
	TRY(form_check(call, &expert_profile_form, values));
	expert_check_profile(call, values);
	TRY(call_check_problems(call));
	return db_transact(call, amend, &writing);
}

static Error relate(Call *call, void *argument)
{
	Expert expert;
	TRY(expert_own(call, &expert));
	if (expert.relations.count >= EXPERT_RELATIONS_MAX) return fail(call, TOO_LARGE, "more than %d ties", EXPERT_RELATIONS_MAX);
	return add_relation(call, &expert, argument);
}

Error expert_relate(Call *call, const Map *values)
{
	TRY(form_check(call, &expert_relation_form, values));
	expert_check_relation(call, values);
	TRY(call_check_problems(call));
	return db_transact(call, relate, expert_normalised(call->arena, &expert_relation_form, values));
}

static Error remove_relation(Call *call, void *argument)
{
	Expert expert;
	int64_t changed = 0;
	const Text *ref = argument;
	TRY(expert_own(call, &expert));
	TRY(expert_relation_end(call, expert.id, *ref, call->now, &changed));
	if (!changed) return fail(call, NOT_FOUND, "no such tie");
	return record(call, &expert, "unrelate", arena_printf(call->arena, "{\"relation\":\"%.*s\"}", TEXT_ARGS(*ref)));
}

Error expert_relation_remove(Call *call, Text relation) { return db_transact(call, remove_relation, &relation); }

Error expert_note(Call *call, int64_t id, ExpertDeed deed)
{
	return expert_count(call, id, deed == EXPERT_SERVED, deed == EXPERT_DECLINED, deed == EXPERT_ABSENT);
}

/* ---- The machine */
void expert_matter(Call *call, const Expert *expert, Matter *out)
{
	ExpertFacts *facts = arena_new_of(call->arena, ExpertFacts);
	facts->person_id = expert->person_id;
	*out = (Matter) { .id = expert->id,
		.revision = expert->revision,
		.ref = expert->ref,
		.state = expert->state,
		.facts = facts,
		.seal_key = expert->seal_key };
}

Error expert_machine_load(Call *call, Text ref, Matter *out)
{
	Expert expert;
	TRY(expert_open(call, ref, &expert));
	expert_matter(call, &expert, out);
	return OK;
}

Error expert_machine_move(Call *call, const Matter *matter, Text to, int64_t *out_changed)
{
	return expert_move(call, matter->id, matter->state, to, matter->revision, call->now, out_changed);
}

Error expert_machine_applied(Call *call, Matter *matter, const Transition *row, const void *input)
{
	const Form *form = expert_action_form(row->form);
	const ExpertFacts *facts = matter->facts;
	Sealed reason = { 0 };
	Text said = TEXT("");
	if (form) {
		TRY(form_check(call, form, input));
		matter->detail = form_values_text(call->arena, form, input);
		said = form_answer(input, "reason");
	}
	if (said.length) TRY(seal_close(call, matter->seal_key, reason_place, matter->ref, said, &reason));
	TRY(expert_explain(call, matter->id, reason));
	if (strcmp(row->to, "INVITED") == 0)
		return notice_send(call, facts->person_id, NOTICE_EXPERT_INVITED, matter->ref, TEXT("/expert"));
	return OK;
}

Error expert_act(Call *call, Text ref, Text action, int64_t revision, const Map *values)
{
	Matter matter;
	Act act = { .action = action, .revision = revision, .input = values ? values : map_new(call->arena) };
	return workflow_act(call, &expert_machine, ref, &act, &matter);
}
