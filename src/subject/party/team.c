/* Several products and teams of one vendor: who is told, who takes a matter, and what happens when somebody leaves. */
#include "subject/party/team.h"
#include "people/person/person.h"
#include "store/db/db.h"
#include "subject/party/party_private.h"

/* ---- Who is told */
Error party_members(Call *call, const PartyRow *row, Numbers *out)
{
	Teams teams;
	int64_t organisation = 0;
	*out = (Numbers) { 0 };
	TRY(party_effective(call, row->organisation_id.value, &organisation));
	if (row->product_id.is) TRY(party_team_people(call, row->product_id.value, row->organisation_id.value, out));
	if (out->count) return OK;
	TRY(org_teams(call, organisation, &teams));
	return teams.count ? org_admins(call, organisation, out) : party_people(call, organisation, out);
}

/* ---- Taking a matter */
Error party_take(const PartyChange *change)
{
	return workflow_assign(change->call, &party_machine, change->row->id, "handler", change->call->actor->person_id);
}

Error party_give_back(const PartyChange *change) { return workflow_unassign(change->call, &party_machine, change->row->id, "handler"); }

Error party_member_left(Call *call, int64_t organisation_id, int64_t person_id)
{
	Numbers taken;
	(void)organisation_id;
	TRY(party_taken_by(call, person_id, &taken));
	for (size_t i = 0; i < taken.count; i++) {
		Party party;
		TRY(workflow_unassign(call, &party_machine, taken.at[i], "handler"));
		TRY(party_read(call, taken.at[i], &party));
		TRY(party_tell_vendor(call, &party, NOTICE_CASE_RETURNED));
	}
	return OK;
}

/* ---- Products of a team, by administrators */
typedef struct Owning {
	Text team, product;
	bool ends;
} Owning;

static Error check_admin(Call *call, const Team *team)
{
	bool is_admin = false;
	TRY(org_is_admin(call, team->organisation_id, call->actor->person_id, &is_admin));
	bool may = is_admin && call->actor->session_id;
	return may ? OK : fail(call, FORBIDDEN, "teams are the administrators' to change");
}

static Error own(Call *call, void *argument)
{
	const Owning *owning = argument;
	Team team;
	Product product;
	int64_t changed = 0;
	TRY(org_team_find(call, owning->team, &team));
	TRY(check_admin(call, &team));
	Error error = product_open(call, owning->product, &product);
	if (error != OK && error != ERROR_NOT_FOUND) return error;
	call_pass_over(call);
	if (error != OK || product.organisation_id != team.organisation_id)
		call_problem(call, TEXT("product"), N_("Please choose a product of your organisation."), (Text) { 0 });
	TRY(call_check_problems(call));
	if (owning->ends) return party_team_drop(call, product.id, team.id, &changed);
	return party_team_set(call, product.id, team.organisation_id, team.id);
}

Error team_own(Call *call, Text team, Text product)
{
	Owning owning = { .team = team, .product = product };
	return db_transact(call, own, &owning);
}

Error team_disown(Call *call, Text team, Text product)
{
	Owning owning = { .team = team, .product = product, .ends = true };
	return db_transact(call, own, &owning);
}

Error team_products(Call *call, const Team *team, Products *out)
{
	Numbers ids;
	Products products = { 0 };
	TRY(party_team_products(call, team->id, &ids));
	for (size_t i = 0; i < ids.count; i++) {
		Product product;
		TRY(product_find(call, ids.at[i], &product));
		list_add(call->arena, &products, product);
	}
	*out = products;
	return OK;
}

static Error end(Call *call, void *argument)
{
	Team team;
	TRY(org_team_find(call, *(const Text *)argument, &team));
	TRY(check_admin(call, &team));
	TRY(party_team_drop_all(call, team.id)); /* its matters are everybody's again */
	return org_team_end(call, &team);
}

Error team_end(Call *call, Text ref) { return db_transact(call, end, &ref); }
