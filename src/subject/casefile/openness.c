/* Whether what a casefile is about may be spoken of in public. */
#include "subject/casefile/casefile_private.h"

Error casefile_openness(Call *call, Text ref, CasefileOpenness *out, bool *out_found)
{
	CasefileRow row;
	Casefile casefile;
	CasefileOpenness openness = { 0 };
	TRY(casefile_find_ref(call, ref, &row, out_found));
	if (!*out_found) return OK;
	if (casefile_is_isolated(row.state)) {
		openness.why_not = N_("The casefile is isolated.");
		*out = openness;
		return OK;
	}
	TRY(casefile_of_row(call, &row, &casefile));
	TRY(casefile_server_names(call, row.id, &openness.hosts));
	openness.is_public = casefile.facts->has_advisory && !casefile.facts->is_withdrawn;
	openness.why_not = openness.is_public ? NULL : gate_lets_publish(casefile.facts, call->actor);
	*out = openness;
	return OK;
}
