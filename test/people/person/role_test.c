#include "people/people_fixture.h"
#include "people/person/grant.sql.h"
#include "store/db/db.h"

static Text ref_of(Test *t, int64_t id)
{
	Person person;
	CHECK_OK(t->call, person_find(t->call, id, &person));
	return person.ref;
}

static uint32_t roles_of(Test *t, int64_t id)
{
	uint32_t roles = 0;
	CHECK_OK(t->call, role_of(t->call, id, &roles));
	return roles;
}

static Text only_request(Test *t)
{
	RoleRequests requests;
	CHECK_OK(t->call, role_requests(t->call, &requests));
	CHECK_INT(requests.count, 1);
	return requests.at[0].ref;
}

TEST_DB(role__is_given_by_two_security_administrators_and_by_nobody_else)
{
	people_open(t);
	int64_t someone = people_staff(t, "someone@b.cn", 0), system = people_staff(t, "system@b.cn", ROLE_SYSTEM_ADMIN);
	CHECK_ERROR(t->call, role_ask(t->call, ref_of(t, someone), ROLE_VERIFIER, 0), FORBIDDEN);
	int64_t one = people_staff(t, "one@b.cn", ROLE_SECURITY_ADMIN);
	CHECK_OK(t->call, role_ask(t->call, ref_of(t, someone), ROLE_VERIFIER, 0));
	CHECK_ERROR(t->call, role_ask(t->call, ref_of(t, someone), ROLE_VERIFIER, 0), CONFLICT);
	CHECK_ERROR(t->call, role_ask(t->call, ref_of(t, one), ROLE_VERIFIER, 0), FORBIDDEN);
	Text request = only_request(t);
	CHECK_ERROR(t->call, role_decide(t->call, request, true), FORBIDDEN); /* who asked does not approve */
	people_enter(t, someone);
	CHECK_ERROR(t->call, role_decide(t->call, request, true), FORBIDDEN);
	people_enter(t, system);
	CHECK_ERROR(t->call, role_decide(t->call, request, true), FORBIDDEN);
	CHECK_INT(roles_of(t, someone), ROLE_REPORTER);
	people_staff(t, "two@b.cn", ROLE_SECURITY_ADMIN);
	CHECK_OK(t->call, role_decide(t->call, request, true));
	CHECK_ERROR(t->call, role_decide(t->call, request, true), CONFLICT);
	CHECK_INT(roles_of(t, someone), ROLE_REPORTER | ROLE_VERIFIER);
}

TEST_DB(role__asked_by_a_command_needs_a_person_too_and_nobody_decides_about_themselves)
{
	people_open(t);
	int64_t one = people_staff(t, "one@b.cn", ROLE_SECURITY_ADMIN), two = people_staff(t, "two@b.cn", ROLE_SECURITY_ADMIN);
	int64_t someone = people_staff(t, "someone@b.cn", 0);
	people_as_system(t);
	CHECK_OK(t->call, role_ask(t->call, ref_of(t, someone), ROLE_SECURITY_ADMIN, 0));
	Text request = only_request(t);
	CHECK_ERROR(t->call, role_decide(t->call, request, true), FORBIDDEN);
	people_enter(t, one);
	CHECK_OK(t->call, role_decide(t->call, request, false));
	CHECK_INT(roles_of(t, someone), ROLE_REPORTER);
	people_as_system(t);
	RoleGrants grants;
	CHECK_OK(t->call, role_history(t->call, two, &grants));
	CHECK_OK(t->call, role_end(t->call, grants.at[0].ref));
	CHECK_INT(roles_of(t, two), ROLE_REPORTER);
	CHECK_OK(t->call, role_history(t->call, one, &grants));
	CHECK_ERROR(t->call, role_end(t->call, grants.at[0].ref), CONFLICT); /* the last one */
}

TEST_DB(role__needs_a_session_with_second_factor_to_be_given)
{
	people_open(t);
	int64_t someone = people_staff(t, "someone@b.cn", 0);
	people_staff(t, "one@b.cn", ROLE_SECURITY_ADMIN);
	Actor weak = *t->call->actor;
	weak.second_factor = false;
	t->call->actor = &weak;
	CHECK_ERROR(t->call, role_ask(t->call, ref_of(t, someone), ROLE_VERIFIER, 0), SECOND_FACTOR);
}

TEST_DB(role__administrators_exclude_one_another_and_everybody_who_works_on_matters)
{
	static const uint32_t pairs[][2] = { { ROLE_SYSTEM_ADMIN, ROLE_SECURITY_ADMIN }, { ROLE_SYSTEM_ADMIN, ROLE_AUDIT_ADMIN },
		{ ROLE_SECURITY_ADMIN, ROLE_AUDIT_ADMIN }, { ROLE_SYSTEM_ADMIN, ROLE_COORDINATOR }, { ROLE_AUDIT_ADMIN, ROLE_VERIFIER },
		{ ROLE_PUBLISHER, ROLE_SECURITY_ADMIN }, { ROLE_EXPERT, ROLE_AUDIT_ADMIN } };
	int64_t id = 0;
	people_open(t);
	t->house->demo = true;
	for (size_t i = 0; i < COUNT(pairs); i++) {
		Text mail = arena_printf(t->arena, "person%zu@b.cn", i);
		CHECK_ERROR(t->call, person_create_demo(t->call, mail, TEXT("x"), (Text) { 0 }, pairs[i][0] | pairs[i][1], &id), CONFLICT);
	}
	CHECK_OK(t->call, person_create_demo(t->call, TEXT("both@b.cn"), TEXT("x"), (Text) { 0 }, ROLE_COORDINATOR | ROLE_VERIFIER, &id));
	CHECK_INT(roles_of(t, id), ROLE_REPORTER | ROLE_COORDINATOR | ROLE_VERIFIER);
}

/* Straight to the statements, past every rule in C: what the schema itself refuses. */
typedef struct Forced {
	int64_t person, role;
	Text office;
} Forced;
static Error force(Call *call, void *argument)
{
	const Forced *forced = argument;
	Maybe none = { 0 };
	return grant_insert(call, arena_printf(call->arena, "forced-%lld-%lld", (long long)forced->person, (long long)forced->role),
		forced->person, forced->role, forced->office, none, call->now, none, none, none);
}

TEST_DB(role__the_schema_itself_refuses_two_offices)
{
	people_open(t);
	int64_t id = people_staff(t, "one@b.cn", ROLE_SYSTEM_ADMIN);
	Forced forced[] = {
		{ id, ROLE_SECURITY_ADMIN, TEXT("security") }, /* another office */
		{ id, ROLE_COORDINATOR, TEXT("matters") }, { id, ROLE_COORDINATOR, TEXT("system") }, /* a role under a false office */
		{ id, ROLE_SECURITY_ADMIN, { 0 } }, /* or under none */
		{ id, ROLE_SYSTEM, TEXT("system") }, /* not a role people hold */
		{ id, ROLE_SYSTEM_ADMIN, TEXT("system") }, /* twice */
	};
	for (size_t i = 0; i < COUNT(forced); i++) CHECK_ERROR(t->call, db_transact(t->call, force, &forced[i]), CONFLICT);
	Forced unit = { id, ROLE_UNIT_MEMBER, { 0 } };
	CHECK_OK(t->call, db_transact(t->call, force, &unit)); /* what excludes nothing goes in: the refusals above were about offices */
}

TEST_DB(role__ended_takes_effect_at_once_and_frees_the_office)
{
	Actor actor;
	Lang lang;
	RoleGrants grants;
	people_open(t);
	int64_t someone = people_staff(t, "someone@b.cn", ROLE_COORDINATOR);
	Text token = people_enter(t, someone);
	people_staff(t, "one@b.cn", ROLE_SECURITY_ADMIN);
	CHECK_OK(t->call, role_history(t->call, someone, &grants));
	CHECK_INT(grants.count, 1);
	CHECK_OK(t->call, session_authenticate(t->call, token, &actor, &lang));
	CHECK(actor_has(&actor, ROLE_COORDINATOR));
	CHECK_OK(t->call, role_end(t->call, grants.at[0].ref));
	CHECK_OK(t->call, session_authenticate(t->call, token, &actor, &lang));
	CHECK(!actor_has(&actor, ROLE_COORDINATOR));
	CHECK_OK(t->call, role_ask(t->call, ref_of(t, someone), ROLE_AUDIT_ADMIN, 0));
	Text request = only_request(t);
	people_staff(t, "two@b.cn", ROLE_SECURITY_ADMIN);
	CHECK_OK(t->call, role_decide(t->call, request, true));
	CHECK_INT(roles_of(t, someone), ROLE_REPORTER | ROLE_AUDIT_ADMIN);
	CHECK_ERROR(t->call, session_authenticate(t->call, token, &actor, &lang), UNAUTHENTICATED); /* with more rights: a new session */
}

TEST_DB(role__with_an_end_counts_until_then)
{
	people_open(t);
	int64_t someone = people_staff(t, "someone@b.cn", 0);
	people_staff(t, "one@b.cn", ROLE_SECURITY_ADMIN);
	CHECK_ERROR(t->call, role_ask(t->call, ref_of(t, someone), ROLE_EXPERT, t->call->now), INVALID);
	CHECK_OK(t->call, role_ask(t->call, ref_of(t, someone), ROLE_EXPERT, t->call->now + 3600 * 1000));
	Text request = only_request(t);
	people_staff(t, "two@b.cn", ROLE_SECURITY_ADMIN);
	CHECK_OK(t->call, role_decide(t->call, request, true));
	CHECK(roles_of(t, someone) & ROLE_EXPERT);
	people_pass(t, 3600);
	CHECK(!(roles_of(t, someone) & ROLE_EXPERT));
}

TEST_DB(token__carries_its_scopes_and_never_more_than_the_owners_present_roles)
{
	Actor actor;
	Lang lang;
	RoleGrants grants;
	Text token;
	people_open(t);
	int64_t someone = people_staff(t, "someone@b.cn", ROLE_COORDINATOR);
	CHECK_ERROR(t->call, token_create(t->call, TEXT(""), 0, 1000, &token), INVALID);
	CHECK_OK(t->call, token_create(t->call, TEXT("robot"), SCOPE_REPORT_READ | SCOPE_CASE_READ, 30, &token));
	CHECK_OK(t->call, token_authenticate(t->call, token, &actor, &lang));
	CHECK_INT(actor.person_id, someone);
	CHECK_INT(actor.scopes, SCOPE_REPORT_READ | SCOPE_CASE_READ);
	CHECK(actor_has(&actor, ROLE_COORDINATOR) && actor.session_id == 0);
	CHECK(!actor.second_factor); /* the owner has none: entered by the demonstration's door */
	people_staff(t, "one@b.cn", ROLE_SECURITY_ADMIN);
	CHECK_OK(t->call, role_history(t->call, someone, &grants));
	CHECK_OK(t->call, role_end(t->call, grants.at[0].ref));
	CHECK_OK(t->call, token_authenticate(t->call, token, &actor, &lang));
	CHECK(!actor_has(&actor, ROLE_COORDINATOR));
	people_pass(t, 30 * 86400);
	CHECK_ERROR(t->call, token_authenticate(t->call, token, &actor, &lang), UNAUTHENTICATED);
}

TEST_DB(token__of_an_administrator_administers_nothing_and_changes_no_account)
{
	Actor actor;
	Lang lang;
	Text token, other;
	Texts codes;
	people_open(t);
	people_staff(t, "one@b.cn", ROLE_SECURITY_ADMIN);
	CHECK_OK(t->call, token_create(t->call, TEXT("robot"), SCOPE_REPORT_READ, 30, &token));
	CHECK_OK(t->call, token_authenticate(t->call, token, &actor, &lang));
	CHECK(!actor_has(&actor, ROLE_ADMINISTRATORS));
	t->call->actor = &actor;
	CHECK_ERROR(t->call, token_create(t->call, TEXT("more"), SCOPE_REPORT_READ | SCOPE_REPORT_WRITE, 30, &other), FORBIDDEN);
	CHECK_ERROR(t->call, person_password_change(t->call, TEXT(FIXTURE_PASSWORD), TEXT("paper boat curtain 3")), FORBIDDEN);
	CHECK_ERROR(t->call, factor_recovery_new(t->call, TEXT(FIXTURE_PASSWORD), &codes), FORBIDDEN);
	CHECK_ERROR(t->call, session_revoke_others(t->call), FORBIDDEN);
}

TEST_DB(token__revoked_works_no_more_and_is_listed_no_more)
{
	Actor actor;
	Lang lang;
	TokenInfos tokens;
	Text token;
	people_open(t);
	people_register(t, "a@b.cn");
	people_act(t, people_sign_in(t, "a@b.cn"));
	CHECK_OK(t->call, token_create(t->call, TEXT("robot"), SCOPE_REPORT_READ, 30, &token));
	CHECK_OK(t->call, token_authenticate(t->call, token, &actor, &lang));
	CHECK_OK(t->call, token_list(t->call, &tokens));
	CHECK_INT(tokens.count, 1);
	CHECK_INT(tokens.at[0].last_used_at, t->call->now);
	people_register(t, "c@d.cn");
	people_act(t, people_sign_in(t, "c@d.cn"));
	CHECK_ERROR(t->call, token_revoke(t->call, tokens.at[0].ref), NOT_FOUND);
	people_act(t, people_sign_in(t, "a@b.cn"));
	CHECK_OK(t->call, token_revoke(t->call, tokens.at[0].ref));
	CHECK_ERROR(t->call, token_authenticate(t->call, token, &actor, &lang), UNAUTHENTICATED);
	CHECK_OK(t->call, token_list(t->call, &tokens));
	CHECK_INT(tokens.count, 0);
}

TEST_DB(person__the_first_administrators_are_granted_until_one_has_enrolled)
{
	Text link;
	people_open(t);
	CHECK_ERROR(t->call, person_create_administrator(t->call, TEXT("sec@b.cn"), TEXT("S"), ROLE_SECURITY_ADMIN, &link), FORBIDDEN);
	people_as_system(t);
	CHECK_ERROR(t->call, person_create_administrator(t->call, TEXT("sec@b.cn"), TEXT("S"), ROLE_COORDINATOR, &link), INVALID);
	CHECK_OK(t->call, person_create_administrator(t->call, TEXT("sys@b.cn"), TEXT("S"), ROLE_SYSTEM_ADMIN, &link));
	CHECK_OK(t->call, person_create_administrator(t->call, TEXT("sec@b.cn"), TEXT("S"), ROLE_SECURITY_ADMIN, &link));
	CHECK(text_starts(link, TEXT("https://cappvd.test/forgot/")));
	people_as_visitor(t);
	CHECK_OK(t->call, person_password_reset(t->call, text_slice(link, 27, link.length), TEXT(FIXTURE_PASSWORD)));
	people_act(t, people_sign_in(t, "sec@b.cn"));
	CHECK(actor_has(t->call->actor, ROLE_SECURITY_ADMIN));
	people_as_system(t);
	CHECK_ERROR(t->call, person_create_administrator(t->call, TEXT("more@b.cn"), TEXT("S"), ROLE_AUDIT_ADMIN, &link), CONFLICT);
	CHECK_OK(t->call, person_create(t->call, TEXT("more@b.cn"), TEXT("S"), ROLE_AUDIT_ADMIN, &link));
	Person person;
	CHECK_OK(t->call, person_find_login(t->call, TEXT("more@b.cn"), &person));
	CHECK_INT(roles_of(t, person.id), ROLE_REPORTER); /* waits for a security administrator */
}
