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
static Error take_back(Call *call, const OpenTaskRow *task, const char *reason)
{
	Map *values = map_new(call->arena);
	Act act = { .action = TEXT("unassign"), .input = values };
	Matter matter;
	Party party;
	CasefileRow row;
	Casefile casefile;
	form_set(call->arena, values, TEXT("reason"), text_from(reason));
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

static Error take_back_as_system(Call *call, const OpenTaskRow *task, const char *reason)
{
	const Actor *actor = call->actor;
	call->actor = &actor_system;
	Error error = take_back(call, task, reason);
	call->actor = actor;
	return error;
}

Error casefile_interest_declared(Call *call, int64_t person_id)
{
	OpenTaskRows tasks;
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
	TRY(casefile_open_tasks(call, person_id, &tasks));
	for (size_t i = 0; i < tasks.count; i++) TRY(take_back_as_system(call, &tasks.at[i], "The verifier has left."));
	return OK;
}

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
