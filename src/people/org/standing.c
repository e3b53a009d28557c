/* Organisations by their standing, and those that were merged. */
#include "people/org/org_private.h"

Error org_list_of_standing(Call *call, Text kind, int64_t stars, Organisations *out)
{
	OrgRows rows;
	Organisations organisations = { 0 };
	TRY(org_rows_of_standing(call, kind, stars, call->now, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		Organisation organisation;
		TRY(org_from_row(call, &rows.at[i], &organisation));
		list_add(call->arena, &organisations, organisation);
	}
	*out = organisations;
	return OK;
}

Error org_with_merged(Call *call, int64_t organisation_id, Numbers *out) { return org_merged_rows(call, organisation_id, out); }

Error org_member_ids(Call *call, int64_t organisation_id, Numbers *out_person_ids)
{
	MembershipRows rows;
	Numbers ids = { 0 };
	TRY(membership_rows(call, organisation_id, &rows));
	for (size_t i = 0; i < rows.count; i++) list_add(call->arena, &ids, rows.at[i].person_id);
	*out_person_ids = ids;
	return OK;
}
