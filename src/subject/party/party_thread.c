/* Who talks about a party with whom. The same list decides who may read and is shown to whoever writes. */
#include "people/person/person.h"
#include "subject/party/party_private.h"

static const Audience audiences[] = {
	{ "vendor", N_("With the vendor") },
	{ "check", N_("Coordinators and the verifier") },
};

/* A coordinator who belongs to the vendor takes part as the vendor. */
static Error add_vendor(Call *call, const Party *party, ThreadMembers *members)
{
	Numbers people;
	int64_t organisation = 0;
	if (!party->organisation_id || !party->notified_at || text_is(party->state, TEXT("WITHDRAWN"))) return OK;
	TRY(party_effective(call, party->organisation_id, &organisation));
	TRY(party_people(call, organisation, &people));
	for (size_t i = 0; i < people.count; i++) TRY(report_add_person(call, people.at[i], tr(call->lang, N_("Vendor")), members));
	return OK;
}

static Error members(Call *call, const ThreadSubject *subject, const Audience *audience, ThreadMembers *out)
{
	const Party *party = subject->facts;
	ThreadMembers list = { 0 };
	if (audience == &audiences[0]) {
		TRY(add_vendor(call, party, &list));
		TRY(report_add_holders(call, ROLE_COORDINATOR, &list));
	} else if (!party->is_vendor) {
		TRY(report_add_holders(call, ROLE_COORDINATOR, &list));
		if (party->facts->verifier_id)
			TRY(report_add_person(call, party->facts->verifier_id, tr(call->lang, role_text(ROLE_VERIFIER)), &list));
	}
	*out = list;
	return OK;
}

void party_threads(const Party *party, ThreadSubject *out)
{
	*out = (ThreadSubject) { .machine = party_machine.name,
		.id = party->id,
		.seal_key = party->seal_key,
		.audiences = audiences,
		.audience_count = COUNT(audiences),
		.members = members,
		.facts = party };
}
