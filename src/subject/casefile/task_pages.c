/* Whom a coordinator can assign: everybody who verifies, those who cannot with the reason. */
#include "subject/casefile/casefile_private.h"
#include "subject/casefile/casefile_view.h"

/* The action that assigns somebody now, and the part; false: none does, or the actor is no coordinator. */
static bool assigns(const Call *call, const Casefile *casefile, const char **out_action, const char **out_part)
{
	bool is_first = text_is(casefile->state, TEXT("VERIFYING"));
	bool is_second = text_is(casefile->state, TEXT("RATED")) && casefile->facts->is_high && !casefile->facts->second_by_id;
	*out_action = is_first ? "assign" : "assign-second";
	*out_part = is_first ? "verifier" : "second";
	return (is_first || is_second) && (report_reading_roles(call->actor) & ROLE_COORDINATOR) != 0;
}

Error assignable_markup(Html *html, const Casefile *casefile, Markup *out)
{
	const char *action, *part;
	Assignables candidates;
	if (!assigns(html->call, casefile, &action, &part)) return OK;
	TRY(casefile_assignable(html->call, casefile, part, &candidates));
	Url address = url_local(html->call->arena, "/casefiles/%.*s/actions/%s", TEXT_ARGS(casefile->ref), action);
	*out = assignables_markup(html, &candidates, N_("Who can verify it"), address, "verifier");
	return OK;
}

Error assignable_json(JsonWriter *writer, Call *call, const Casefile *casefile)
{
	const char *action, *part;
	Assignables candidates;
	if (!assigns(call, casefile, &action, &part)) return OK;
	TRY(casefile_assignable(call, casefile, part, &candidates));
	json_key(writer, TEXT("candidates"));
	assignables_json(writer, &candidates, "verifier");
	return OK;
}
