/* Tasks that come back: whoever had one may not or can not go on with it. */
#include "people/person/person.h"
#include "subject/casefile/casefile_private.h"

Error casefile_interest_of(Call *call, int64_t casefile_id, int64_t person_id, const char **out_why)
{
	InterestMatter matter = { 0 };
	TRY(casefile_vendor_list(call, casefile_id, &matter.organisations));
	TRY(casefile_product_list(call, casefile_id, &matter.products));
	return interest_against(call, person_id, &matter, out_why);
}

Error task_take_back(const CaseChange *change)
{
	const char *part = text_is(change->row->state, TEXT("RATED")) ? "second" : "verifier";
	return workflow_unassign(change->call, &casefile_machine, change->row->id, part);
}

/* By the system, whoever's act made it necessary. */
static Error act_on(Call *call, const OpenTaskRow *task, const char *action, const Map *values)
{
	Act act = { .action = text_from(action), .input = values };
	Matter matter;
	Party party;
	CasefileRow row;
	Casefile casefile;
	if (text_is(task->machine, text_from(party_machine.name))) {
		TRY(party_read(call, task->subject_id, &party));
		party_matter(&party, &matter);
		return workflow_apply(call, &party_machine, &matter, &act);
	}
	TRY(casefile_find_id(call, task->subject_id, &row));
	TRY(casefile_of_row(call, &row, &casefile));
	casefile_matter(&casefile, &matter);
	return workflow_apply(call, &casefile_machine, &matter, &act);
}

static Error act_as_system(Call *call, const OpenTaskRow *task, const char *action, const Map *values)
{
	const Actor *actor = call->actor;
	call->actor = &actor_system;
	Error error = act_on(call, task, action, values);
	call->actor = actor;
	return error;
}

static Error take_back_as_system(Call *call, const OpenTaskRow *task, const char *reason)
{
	Map *values = map_new(call->arena);
	form_set(call->arena, values, TEXT("reason"), text_from(reason));
	return act_as_system(call, task, "unassign", values);
}

Error casefile_interest_declared(Call *call, int64_t person_id)
{
	OpenTaskRows tasks;
	TRY(report_interest_declared(call, person_id));
	TRY(casefile_open_tasks(call, person_id, &tasks));
	for (size_t i = 0; i < tasks.count; i++) {
		const char *why = NULL;
		TRY(casefile_interest_of(call, tasks.at[i].casefile_id, person_id, &why));
		if (why) TRY(take_back_as_system(call, &tasks.at[i], "An interest was declared."));
	}
	return OK;
}

Error casefile_person_left(Call *call, int64_t person_id)
{
	OpenTaskRows tasks;
	TRY(report_person_left(call, person_id));
	TRY(casefile_open_tasks(call, person_id, &tasks));
	for (size_t i = 0; i < tasks.count; i++) TRY(take_back_as_system(call, &tasks.at[i], "The verifier has left."));
	return OK;
}

/* ---- During an absence */
Error task_hand_over(const CaseChange *change)
{
	Call *call = change->call;
	Person holder;
	const char *part = text_is(change->row->state, TEXT("RATED")) ? "second" : "verifier";
	TRY(person_find_login(call, form_answer(change->values, "holder"), &holder));
	TRY(workflow_hand_over(call, &casefile_machine, change->row->id, part, holder.id));
	Text link = arena_printf(call->arena, "/casefiles/%.*s", TEXT_ARGS(change->row->ref));
	return notice_send(call, holder.id, NOTICE_CASE_ASSIGNED, change->row->ref, link);
}

static Text login_of(const Person *person) { return person->handle.length ? person->handle : person->mail; }

/* Why this person may not hold the task; what was said when it was assigned is asked again. */
static Error against(Call *call, const OpenTaskRow *task, const Person *holder, const char **out_why)
{
	CasefileRow row;
	Casefile casefile;
	*out_why = NULL;
	if (text_is(task->machine, text_from(party_machine.name))) {
		TRY(casefile_interest_of(call, task->casefile_id, holder->id, out_why));
		return *out_why ? OK : absence_against(call, &party_machine, task->subject_id, holder->id, out_why);
	}
	TRY(casefile_find_id(call, task->subject_id, &row));
	TRY(casefile_of_row(call, &row, &casefile));
	const char *part = text_is(row.state, TEXT("RATED")) ? "second" : "verifier";
	return casefile_unfit(call, row.id, casefile.facts, part, holder, out_why);
}

/* Each task by the system: to the holder, or back to the coordinator when there is none who may have it. */
static Error hand_all_over(Call *call, const OpenTaskRows *tasks, int64_t person_id, int64_t holder_id)
{
	Person person, holder = { 0 };
	TRY(person_find(call, person_id, &person));
	if (holder_id) TRY(person_find(call, holder_id, &holder));
	for (size_t i = 0; i < tasks->count; i++) {
		const char *why = "The verifier is away, and nobody stands in.";
		Map *values = map_new(call->arena);
		if (holder_id) TRY(against(call, &tasks->at[i], &holder, &why));
		form_set(call->arena, values, TEXT("reason"), text_from(why ? why : ""));
		form_set(call->arena, values, TEXT("whose"), login_of(&person));
		form_set(call->arena, values, TEXT("holder"), login_of(&holder));
		TRY(act_as_system(call, &tasks->at[i], why ? "unassign" : "hand-over", values));
	}
	return OK;
}

static Error absence_begins(Call *call, int64_t person_id, int64_t deputy_id)
{
	OpenTaskRows tasks;
	TRY(report_absence_begins(call, person_id, deputy_id));
	TRY(casefile_open_tasks(call, person_id, &tasks));
	return hand_all_over(call, &tasks, person_id, deputy_id);
}

static Error absence_ends(Call *call, int64_t person_id)
{
	OpenTaskRows tasks;
	TRY(report_absence_ends(call, person_id));
	TRY(casefile_tasks_held(call, person_id, &tasks));
	return hand_all_over(call, &tasks, person_id, person_id);
}

const AbsenceHooks casefile_absence_hooks = { absence_begins, absence_ends };

/* ---- Who may be assigned, for the coordinator's choice */
Error casefile_assignable(Call *call, const Casefile *casefile, const char *part, Assignables *out)
{
	Numbers holders;
	Assignables candidates = { 0 };
	TRY(role_holders(call, ROLE_VERIFIER, &holders));
	for (size_t i = 0; i < holders.count && i < ASSIGNABLES_MAX; i++) {
		Person person;
		Assignable candidate = { 0 };
		TRY(person_find(call, holders.at[i], &person));
		candidate.name = person_shown_name(&person);
		candidate.handle = person.handle.length ? person.handle : person.mail;
		TRY(casefile_unfit(call, casefile->id, casefile->facts, part, &person, &candidate.why_not));
		TRY(casefile_task_count(call, person.id, &candidate.tasks));
		list_add(call->arena, &candidates, candidate);
	}
	*out = candidates;
	return OK;
}
