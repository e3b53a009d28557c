/* Who talks about a report with whom. The same list decides who may read and is shown to whoever writes. */
#include "people/person/person.h"
#include "subject/report/report_private.h"

static const Audience audiences[] = {
	{ "reporter", N_("With the reporter") },
	{ "staff", N_("Among coordinators") },
};

Error report_add_holders(Call *call, Role role, ThreadMembers *members)
{
	Numbers ids;
	TRY(role_holders(call, role, &ids));
	for (size_t i = 0; i < ids.count; i++) {
		bool there = false;
		for (size_t j = 0; j < members->count; j++) there |= members->at[j].person_id == ids.at[i];
		if (!there) TRY(report_add_person(call, ids.at[i], tr(call->lang, role_text(role)), members));
	}
	return OK;
}

Error report_add_person(Call *call, int64_t person_id, Text role, ThreadMembers *members)
{
	Person person;
	TRY(person_find(call, person_id, &person));
	ThreadMember member = { person_id, person_shown_name(&person), role };
	list_add(call->arena, members, member);
	return OK;
}

static Error members(Call *call, const ThreadSubject *subject, const Audience *audience, ThreadMembers *out)
{
	const Report *report = subject->facts;
	ThreadMembers list = { 0 };
	if (audience == &audiences[0] && report->reporter_id)
		TRY(report_add_person(call, report->reporter_id, tr(call->lang, N_("Reporter")), &list));
	if (audience == &audiences[0] && !report->reporter_id) {
		ThreadMember visitor = { 0, tr(call->lang, N_("Reporter without account")), tr(call->lang, N_("Reporter")) };
		list_add(call->arena, &list, visitor);
	}
	TRY(report_add_holders(call, ROLE_COORDINATOR, &list));
	*out = list;
	return OK;
}

/* Whoever has the formal review says what they have to say in the opinion. A coordinator's own report: they take part as its reporter, not among those who decide. */
void report_threads(const Report *report, ThreadSubject *out)
{
	*out = (ThreadSubject) { .machine = report_machine.name,
		.id = report->id,
		.seal_key = report->seal_key,
		.audiences = audiences,
		.audience_count = report->is_isolated || report->is_reviewer ? 0
				  : report->is_own                           ? 1
									     : COUNT(audiences),
		.members = members,
		.facts = report };
}
