#include "people/person/person_private.h"

enum { TOKEN_DAYS_MAX = 366, TOKENS_MAX = 50 };

/* The office a role belongs to, as migrations/0031_person.sql has it; no text for roles that exclude nothing. */
static Text office_of(Role role)
{
	if (role == ROLE_SYSTEM_ADMIN) return TEXT("system");
	if (role == ROLE_SECURITY_ADMIN) return TEXT("security");
	if (role == ROLE_AUDIT_ADMIN) return TEXT("audit");
	return ((uint32_t)role & ROLE_GRANTED) != 0 ? TEXT("matters") : (Text) { 0 };
}

static bool is_running(const GrantRow *row, int64_t now) { return row->from_at <= now && (!row->until_at.is || row->until_at.value > now); }

Error role_of(Call *call, int64_t person_id, uint32_t *out_roles)
{
	GrantRows rows;
	uint32_t roles = ROLE_REPORTER;
	TRY(grant_rows(call, person_id, &rows));
	for (size_t i = 0; i < rows.count; i++)
		if (is_running(&rows.at[i], call->now)) roles |= (uint32_t)rows.at[i].role;
	*out_roles = roles;
	return OK;
}

Error role_history(Call *call, int64_t person_id, RoleGrants *out)
{
	GrantRows rows;
	RoleGrants grants = { 0 };
	if (call->actor->person_id != person_id) TRY(person_is_security(call));
	TRY(grant_history(call, person_id, 200, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		const GrantRow *row = &rows.at[i];
		RoleGrant grant = { row->ref, (Role)row->role, row->from_at, row->until_at.value, row->ended_at.value,
			row->organisation_id.is };
		list_add(call->arena, &grants, grant);
	}
	*out = grants;
	return OK;
}

Error role_holders(Call *call, Role role, Numbers *out_person_ids) { return grant_holders(call, role, call->now, out_person_ids); }

Error role_find_holder(Call *call, Text login, Role role, Person *out, bool *out_found)
{
	uint32_t roles = 0;
	Error error = person_find_login(call, login, out);
	*out_found = false;
	if (error == ERROR_NOT_FOUND) {
		call_pass_over(call);
		return OK;
	}
	TRY(error);
	TRY(role_of(call, out->id, &roles));
	*out_found = (roles & (uint32_t)role) != 0;
	return OK;
}

static Error record_role(Call *call, int64_t person_id, const char *action, Role role)
{
	PersonRow row;
	bool found = false;
	TRY(person_row_by_id(call, person_id, &row, &found));
	return found ? person_record(call, row.ref, action, text_from(role_tag(role))) : fail(call, NOT_FOUND, "no such person");
}

/* A running grant of another office, or of the same role, is refused by the schema itself; we ask first to answer in words. */
Error role_give(Call *call, int64_t person_id, Role role, int64_t until_at, Maybe requested_by, Maybe approved_by)
{
	Text office = office_of(role), held;
	bool found = false;
	uint32_t roles = 0;
	TRY(grant_end_expired(call, person_id, call->now));
	TRY(office_remove(call, person_id));
	TRY(role_of(call, person_id, &roles));
	if ((roles & (uint32_t)role) != 0) return fail(call, CONFLICT, "holds that role already");
	TRY(office_find(call, person_id, &held, &found));
	if (found && !text_is(held, office)) return fail(call, CONFLICT, "holds another office: %.*s", TEXT_ARGS(held));
	if (!found) TRY(office_insert(call, person_id, office));
	TRY(grant_insert(call, token_new(call->arena, 16), person_id, role, office, (Maybe) { 0 }, call->now, maybe_of(until_at),
		requested_by, approved_by));
	TRY(record_role(call, person_id, "grant-role", role));
	return session_end_others(call, person_id, 0, call->now); /* more rights: everybody signs in anew */
}

/* ---- Two people */
typedef struct Asked {
	Text ref;
	Role role;
	int64_t until_at;
	bool approved;
} Asked;

static Error ask(Call *call, void *argument)
{
	const Asked *asked = argument;
	Person person;
	uint32_t roles = 0;
	Text office;
	bool found = false;
	TRY(person_find_ref(call, asked->ref, &person));
	if (person.state == PERSON_DISABLED) return fail(call, CONFLICT, "the account is disabled");
	if (person.id == call->actor->person_id) return fail(call, FORBIDDEN, "nobody asks for a role of their own");
	TRY(role_of(call, person.id, &roles));
	if ((roles & (uint32_t)asked->role) != 0) return fail(call, CONFLICT, "holds that role already");
	TRY(office_find(call, person.id, &office, &found));
	if (found && !text_is(office, office_of(asked->role)) && (roles & ROLE_GRANTED) != 0)
		return fail(call, CONFLICT, "the roles exclude one another");
	TRY(record_role(call, person.id, "ask-role", asked->role));
	return role_request_insert(call, token_new(call->arena, 16), person.id, asked->role, maybe_of(asked->until_at),
		maybe_of(call->actor->person_id), call->now);
}

Error role_ask(Call *call, Text person_ref, Role role, int64_t until_at)
{
	Asked asked = { .ref = person_ref, .role = role, .until_at = until_at };
	TRY(person_is_security(call));
	if (((uint32_t)role & ROLE_GRANTED) == 0) return fail(call, INVALID, "this role follows from an organisation's standing");
	if (until_at != 0 && until_at <= call->now) return fail(call, INVALID, "the role would end before it begins");
	return db_transact(call, ask, &asked);
}

static Error request_of_row(Call *call, const RoleRequestRow *row, RoleRequest *out)
{
	Person person, requester;
	TRY(person_find(call, row->person_id, &person));
	RoleRequest request = { .ref = row->ref,
		.person_ref = person.ref,
		.person_name = person_shown_name(&person),
		.role = (Role)row->role,
		.requested_at = row->requested_at,
		.until_at = row->until_at.value };
	request.is_own =
		row->person_id == call->actor->person_id || (row->requested_by.is && row->requested_by.value == call->actor->person_id);
	if (row->requested_by.is) {
		TRY(person_find(call, row->requested_by.value, &requester));
		request.requested_by = person_shown_name(&requester);
	}
	*out = request;
	return OK;
}

Error role_requests(Call *call, RoleRequests *out)
{
	RoleRequestRows rows;
	RoleRequests requests = { 0 };
	TRY(person_is_security(call));
	TRY(role_request_rows(call, 200, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		RoleRequest request;
		TRY(request_of_row(call, &rows.at[i], &request));
		list_add(call->arena, &requests, request);
	}
	*out = requests;
	return OK;
}

static Error decide(Call *call, void *argument)
{
	const Asked *asked = argument;
	RoleRequestRow row;
	bool found = false;
	int64_t changed = 0, self = call->actor->person_id;
	TRY(role_request_find(call, asked->ref, &row, &found));
	if (!found) return fail(call, NOT_FOUND, "no such request");
	if (row.person_id == self || (row.requested_by.is && row.requested_by.value == self))
		return fail(call, FORBIDDEN, "another person decides");
	TRY(role_request_decide(call, row.id, asked->approved ? TEXT("approved") : TEXT("refused"), self, call->now, &changed));
	if (changed != 1) return fail(call, CONFLICT, "decided already");
	return asked->approved ? role_give(call, row.person_id, (Role)row.role, row.until_at.value, row.requested_by, maybe_of(self)) : OK;
}

Error role_decide(Call *call, Text request_ref, bool approved)
{
	Asked asked = { .ref = request_ref, .approved = approved };
	TRY(person_is_security(call));
	if (call->actor->person_id == 0) return fail(call, FORBIDDEN, "a person approves, not a command");
	return db_transact(call, decide, &asked);
}

static Error end_grant(Call *call, void *argument)
{
	const Text *ref = argument;
	GrantRow row;
	Numbers holders;
	bool found = false;
	int64_t changed = 0;
	TRY(grant_find(call, *ref, &row, &found));
	if (!found) return fail(call, NOT_FOUND, "no such grant");
	if (row.organisation_id.is) return fail(call, CONFLICT, "this role ends with the membership it follows from");
	TRY(role_holders(call, ROLE_SECURITY_ADMIN, &holders));
	if (row.role == ROLE_SECURITY_ADMIN && holders.count < 2) return fail(call, CONFLICT, "the last security administrator");
	TRY(grant_end(call, row.id, call->now, &changed));
	if (changed != 1) return fail(call, CONFLICT, "ended already");
	TRY(record_role(call, row.person_id, "end-role", (Role)row.role));
	TRY(office_remove(call, row.person_id));
	return row.role == ROLE_VERIFIER ? person_left(call, row.person_id) : OK;
}

Error role_end(Call *call, Text grant_ref)
{
	TRY(person_is_security(call));
	return db_transact(call, end_grant, &grant_ref);
}

Error role_derive(Call *call, int64_t person_id, int64_t organisation_id, const DerivedRole *roles, size_t count)
{
	TRY(grant_end_derived(call, person_id, call->now));
	TRY(person_set_organisation(call, person_id, maybe_of(organisation_id)));
	for (size_t i = 0; i < count; i++)
		TRY(grant_insert(call, token_new(call->arena, 16), person_id, (int64_t)roles[i].role, (Text) { 0 },
			maybe_of(organisation_id), call->now, maybe_of(roles[i].until_at), (Maybe) { 0 }, (Maybe) { 0 }));
	return OK;
}

/* ---- API tokens */
typedef struct NewToken {
	Text name, token;
	uint32_t scopes;
	int64_t days;
} NewToken;

static Error create(Call *call, void *argument)
{
	NewToken *wanted = argument;
	TokenRows rows;
	TRY(token_rows(call, call->actor->person_id, call->now, &rows));
	if (rows.count >= TOKENS_MAX) return fail(call, CONFLICT, "too many tokens");
	wanted->token = api_token_new(call->arena);
	return token_insert(call, token_new(call->arena, 16), secret_digest(call, wanted->token), call->actor->person_id, wanted->name,
		wanted->scopes, call->actor->second_factor, call->now, call->now + wanted->days * 86400 * 1000);
}

Error token_create(Call *call, Text name, uint32_t scopes, int64_t days, Text *out_token)
{
	NewToken wanted = { .name = text_trim(name), .scopes = scopes, .days = days };
	bool has_factor = false;
	TRY(person_is_self(call));
	TRY(factor_exists(call, call->actor->person_id, &has_factor));
	if ((has_factor || actor_has(call->actor, ROLE_NEEDS_FACTOR)) && !call->actor->second_factor)
		return fail(call, SECOND_FACTOR, "a token needs the second factor");
	if (wanted.name.length == 0) call_problem(call, TEXT("name"), N_("Please give the token a name."), (Text) { 0 });
	if (scopes == 0) call_problem(call, TEXT("scopes"), N_("Please choose what the token may do."), (Text) { 0 });
	if (days < 1 || days > TOKEN_DAYS_MAX) call_problem(call, TEXT("days"), N_("A token is valid for 1 to 366 days."), (Text) { 0 });
	TRY(call_check_problems(call));
	TRY(db_transact(call, create, &wanted));
	*out_token = wanted.token;
	return OK;
}

Error token_list(Call *call, TokenInfos *out)
{
	TokenRows rows;
	TokenInfos tokens = { 0 };
	TRY(person_is_self(call));
	TRY(token_rows(call, call->actor->person_id, call->now, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		const TokenRow *row = &rows.at[i];
		TokenInfo token = { row->ref, row->name, (uint32_t)row->scopes, row->created_at, row->expires_at, row->last_used_at.value };
		list_add(call->arena, &tokens, token);
	}
	*out = tokens;
	return OK;
}

static Error revoke(Call *call, void *argument)
{
	const Text *ref = argument;
	int64_t changed = 0;
	TRY(token_end(call, call->actor->person_id, *ref, call->now, &changed));
	return changed == 1 ? OK : fail(call, NOT_FOUND, "no such token of this person");
}

Error token_revoke(Call *call, Text ref)
{
	TRY(person_is_self(call));
	return db_transact(call, revoke, &ref);
}
