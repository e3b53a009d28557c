/* Teams of an organisation: administrators make them, members belong to them; whoever leaves the organisation leaves them too. */
#include "people/org/org_private.h"

enum { TEAMS_MAX = 200, NAME_MAX = 60 };

static OrgLeft *left_hook;
void org_set_left(OrgLeft *left) { left_hook = left; }

Error org_left(Call *call, int64_t organisation_id, int64_t person_id)
{
	TRY(team_member_forget(call, person_id));
	return left_hook ? left_hook(call, organisation_id, person_id) : OK;
}

static Team of_row(const TeamRow *row)
{
	return (Team) { .id = row->id, .organisation_id = row->organisation_id, .ref = row->ref, .name = row->name };
}

Error org_teams(Call *call, int64_t organisation_id, Teams *out)
{
	TeamRows rows;
	Teams teams = { 0 };
	TRY(team_rows(call, organisation_id, TEAMS_MAX, &rows));
	for (size_t i = 0; i < rows.count; i++) list_add(call->arena, &teams, of_row(&rows.at[i]));
	*out = teams;
	return OK;
}

Error org_team_find(Call *call, Text ref, Team *out)
{
	TeamRow row;
	bool found = false;
	if (call->actor->organisation_id) TRY(team_find(call, ref, call->actor->organisation_id, &row, &found));
	if (!found) return fail(call, NOT_FOUND, "no such team");
	*out = of_row(&row);
	return OK;
}

Error org_team_members(Call *call, const Team *team, Members *out)
{
	MembershipRows rows;
	Members members = { 0 };
	TRY(team_member_rows(call, team->id, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		Person person;
		TRY(person_find(call, rows.at[i].person_id, &person));
		Member member = { .person_id = person.id,
			.from_at = rows.at[i].from_at,
			.ref = rows.at[i].ref,
			.name = person_shown_name(&person),
			.is_admin = rows.at[i].is_admin };
		list_add(call->arena, &members, member);
	}
	*out = members;
	return OK;
}

Error org_teams_of_actor(Call *call, Numbers *out)
{
	bool is_admin = false;
	const Actor *actor = call->actor;
	*out = (Numbers) { 0 };
	if (!actor->organisation_id || !actor->person_id) return OK;
	TRY(org_is_admin(call, actor->organisation_id, actor->person_id, &is_admin));
	return is_admin ? team_ids_of_organisation(call, actor->organisation_id, out)
			: team_ids_of_person(call, actor->person_id, actor->organisation_id, out);
}

/* ---- By administrators */
typedef struct Teaming {
	Text ref, name, member;
	bool leaves;
} Teaming;

static Error add(Call *call, void *argument)
{
	Teaming *teaming = argument;
	TeamRows rows;
	Organisation organisation;
	TRY(org_of_admin(call, &organisation));
	if (!teaming->name.length || text_utf8_length(teaming->name) > NAME_MAX)
		call_problem(call, TEXT("name"), N_("Please enter a name of at most 60 characters."), (Text) { 0 });
	TRY(call_check_problems(call));
	TRY(team_rows(call, organisation.id, TEAMS_MAX, &rows));
	if (rows.count == TEAMS_MAX) return fail(call, CONFLICT, "an organisation has at most %d teams", TEAMS_MAX);
	teaming->ref = token_new(call->arena, 16);
	TRY(team_insert(call, teaming->ref, organisation.id, teaming->name, call->now));
	return org_record(call, organisation.ref, "add-team", teaming->name);
}

Error org_team_add(Call *call, Text name, Text *out_ref)
{
	Teaming teaming = { .name = text_trim(name) };
	TRY(db_transact(call, add, &teaming));
	*out_ref = teaming.ref;
	return OK;
}

static Error change_member(Call *call, void *argument)
{
	const Teaming *teaming = argument;
	Team team;
	MembershipRow member;
	Organisation organisation;
	bool found = false;
	TRY(org_of_admin(call, &organisation));
	TRY(org_team_find(call, teaming->ref, &team));
	TRY(membership_find(call, teaming->member, &member, &found));
	if (!found || member.organisation_id != organisation.id)
		call_problem(call, TEXT("member"), N_("Please choose a member of your organisation."), (Text) { 0 });
	TRY(call_check_problems(call));
	TRY(teaming->leaves ? team_member_remove(call, team.id, member.person_id) : team_member_add(call, team.id, member.person_id));
	return org_record(call, organisation.ref, teaming->leaves ? "leave-team" : "join-team", team.name);
}

Error org_team_join(Call *call, Text ref, Text member)
{
	Teaming teaming = { .ref = ref, .member = member };
	return db_transact(call, change_member, &teaming);
}

Error org_team_leave(Call *call, Text ref, Text member)
{
	Teaming teaming = { .ref = ref, .member = member, .leaves = true };
	return db_transact(call, change_member, &teaming);
}

Error org_team_end(Call *call, const Team *team)
{
	Organisation organisation;
	int64_t changed = 0;
	TRY(org_of_admin(call, &organisation));
	TRY(team_close(call, team->id, call->now, &changed));
	if (changed != 1) return fail(call, CONFLICT, "the team was ended by somebody else");
	return org_record(call, organisation.ref, "end-team", team->name);
}
