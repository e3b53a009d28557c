#include "people/org/org.h"
#include "people/people_fixture.h"
#include "store/db/db.h"
#include <fcntl.h>
#include <pthread.h>
#include <unistd.h>

static const OrgRegistration company = { .name = TEXT_INIT("深圳市示例科技有限公司"),
	.name_en = TEXT_INIT("Example Technology"),
	.credit_code = TEXT_INIT("9144 0300 7152 6726 xg"),
	.wants = TEXT_INIT("vendor"),
	.domicile = TEXT_INIT("CN"),
	.contact = TEXT_INIT("CanaryContact 13800138000") };

static void add_paper(Test *t, const char *kind, const char *content)
{
	const char *path = arena_printf(t->arena, "%s/%s", t->directory, kind).at;
	int file = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	size_t length = strlen(content);
	CHECK(write(file, content, length) == (ssize_t)length && lseek(file, 0, SEEK_SET) == 0);
	CHECK_OK(t->call, org_paper_add(t->call, text_from(kind), TEXT("CanaryPaper.pdf"), file, (int64_t)length));
	close(file);
}

/* A signed-in person whose organisation waits for verification. */
static int64_t with_company(Test *t, Organisation *out)
{
	Text ref;
	people_open(t);
	int64_t person = people_staff(t, "admin@b.cn", 0);
	CHECK_OK(t->call, org_register(t->call, &company, &ref));
	add_paper(t, "licence", "licence");
	add_paper(t, "authorisation", "authorisation");
	CHECK_OK(t->call, org_verification_ask(t->call));
	CHECK_OK(t->call, org_find_ref(t->call, ref, out));
	return person;
}

static int64_t with_verified(Test *t, Organisation *out)
{
	int64_t person = with_company(t, out);
	people_staff(t, "coordinator@b.cn", ROLE_COORDINATOR);
	CHECK_OK(t->call, org_verification_decide(t->call, out->ref, true, TEXT("")));
	people_enter(t, person);
	return person;
}

static uint32_t roles_of(Test *t, int64_t person)
{
	uint32_t roles = 0;
	CHECK_OK(t->call, role_of(t->call, person, &roles));
	return roles;
}

TEST_DB(org__registers_with_every_wrong_field_named)
{
	Text ref;
	people_open(t);
	CHECK_ERROR(t->call, org_register(t->call, &company, &ref), UNAUTHENTICATED);
	people_staff(t, "admin@b.cn", 0);
	OrgRegistration bad = { .credit_code = TEXT("9144030071526726XA"), .wants = TEXT("x"), .domicile = TEXT("China") };
	CHECK(org_register(t->call, &bad, &ref) == ERROR_INVALID);
	CHECK_INT(t->call->failure.problems.count, 5);
	call_recover(t->call);
	CHECK_OK(t->call, org_register(t->call, &company, &ref));
	CHECK_ERROR(t->call, org_register(t->call, &company, &ref), CONFLICT); /* one organisation a person */
	CHECK_ERROR(t->call, org_verification_ask(t->call), INVALID); /* without papers */
}

TEST_DB(org__is_verified_by_a_coordinator_or_returned_with_a_reason)
{
	Organisation organisation;
	int64_t person = with_company(t, &organisation);
	CHECK(organisation.state == ORG_CHECKING);
	CHECK_TEXT(organisation.credit_code, "9144030071526726XG");
	CHECK_ERROR(t->call, org_verification_decide(t->call, organisation.ref, true, TEXT("")), FORBIDDEN);
	CHECK_ERROR(t->call, org_change(t->call, &company), CONFLICT);
	people_staff(t, "coordinator@b.cn", ROLE_COORDINATOR);
	CHECK_ERROR(t->call, org_verification_decide(t->call, organisation.ref, false, TEXT("")), INVALID);
	CHECK_OK(t->call, org_verification_decide(t->call, organisation.ref, false, TEXT("授权书未盖章")));
	CHECK_OK(t->call, org_find_ref(t->call, organisation.ref, &organisation));
	CHECK(organisation.state == ORG_RETURNED);
	CHECK_TEXT(organisation.reason, "授权书未盖章");
	people_enter(t, person);
	CHECK_OK(t->call, org_change(t->call, &company));
	CHECK_OK(t->call, org_verification_ask(t->call));
	people_staff(t, "second@b.cn", ROLE_COORDINATOR);
	CHECK_OK(t->call, org_verification_decide(t->call, organisation.ref, true, TEXT("")));
	CHECK_ERROR(t->call, org_verification_decide(t->call, organisation.ref, true, TEXT("")), CONFLICT);
	CHECK_INT(roles_of(t, person), ROLE_REPORTER | ROLE_VENDOR_MEMBER | ROLE_VENDOR_ADMIN);
}

TEST_DB(org__a_credit_code_is_verified_once)
{
	Organisation first, second;
	Text ref;
	with_verified(t, &first);
	people_staff(t, "other@b.cn", 0);
	CHECK_OK(t->call, org_register(t->call, &company, &ref));
	add_paper(t, "licence", "licence");
	add_paper(t, "authorisation", "authorisation");
	CHECK_OK(t->call, org_verification_ask(t->call));
	CHECK_OK(t->call, org_find_ref(t->call, ref, &second));
	people_staff(t, "second@b.cn", ROLE_COORDINATOR);
	CHECK_ERROR(t->call, org_verification_decide(t->call, second.ref, true, TEXT("")), CONFLICT);
	CHECK_OK(t->call, org_verification_decide(t->call, second.ref, false, TEXT("already registered")));
}

TEST_DB(org__papers_are_for_its_administrators_and_the_verifying_staff)
{
	Organisation organisation;
	VaultPapers papers;
	with_company(t, &organisation);
	CHECK_OK(t->call, org_papers(t->call, &organisation, &papers));
	CHECK_INT(papers.count, 2);
	CHECK_TEXT(papers.at[0].name, "CanaryPaper.pdf");
	people_staff(t, "verifier@b.cn", ROLE_VERIFIER);
	CHECK_ERROR(t->call, org_papers(t->call, &organisation, &papers), FORBIDDEN);
	VaultPaper paper;
	CHECK_ERROR(t->call, org_paper_find(t->call, papers.at[0].ref, &paper), NOT_FOUND);
	CHECK_ERROR(t->call, org_paper_find(t->call, TEXT("guessed"), &paper), NOT_FOUND);
	people_staff(t, "admins@b.cn", ROLE_SECURITY_ADMIN);
	CHECK_ERROR(t->call, org_papers(t->call, &organisation, &papers), FORBIDDEN);
	people_staff(t, "coordinator@b.cn", ROLE_COORDINATOR);
	CHECK_OK(t->call, org_papers(t->call, &organisation, &papers));
}

TEST_DB(invitation__joins_one_person_once_and_tells_nobody_who_has_an_account)
{
	Organisation organisation, opened;
	int64_t admin = with_verified(t, &organisation);
	CHECK_OK(t->call, org_invite(t->call, TEXT("Colleague@b.cn"), false));
	CHECK_OK(t->call, org_invite(t->call, TEXT("admin@b.cn"), false)); /* has an account: the same answer */
	CHECK_TEXT(people_mail(t, 0).subject, "Invitation to 深圳市示例科技有限公司");
	CHECK_OK(t->call, org_invite(t->call, TEXT("colleague@b.cn"), false));
	Text token = people_link_token(t);
	int64_t colleague = people_staff(t, "colleague@b.cn", 0), stranger = people_staff(t, "stranger@b.cn", 0);
	CHECK_ERROR(t->call, org_invitation_open(t->call, TEXT("guessed"), &opened), NOT_FOUND);
	people_enter(t, colleague);
	CHECK_OK(t->call, org_invitation_open(t->call, token, &opened));
	CHECK_OK(t->call, org_invitation_accept(t->call, token));
	CHECK_INT(roles_of(t, colleague), ROLE_REPORTER | ROLE_VENDOR_MEMBER);
	people_enter(t, stranger);
	CHECK_ERROR(t->call, org_invitation_accept(t->call, token), NOT_FOUND);
	CHECK_INT(roles_of(t, stranger), ROLE_REPORTER);
	people_enter(t, admin);
	CHECK_INT(t->call->actor->organisation_id, organisation.id);
}

TEST_DB(invitation__expires_and_can_be_withdrawn)
{
	Organisation organisation, opened;
	Invitations invitations;
	with_verified(t, &organisation);
	CHECK_OK(t->call, org_invite(t->call, TEXT("a@b.cn"), false));
	Text first = people_link_token(t);
	CHECK_OK(t->call, org_invitations(t->call, &organisation, &invitations));
	CHECK_INT(invitations.count, 1);
	CHECK_TEXT(invitations.at[0].mail, "a@b.cn");
	CHECK_OK(t->call, org_invitation_withdraw(t->call, invitations.at[0].ref));
	CHECK_ERROR(t->call, org_invitation_open(t->call, first, &opened), NOT_FOUND);
	CHECK_OK(t->call, org_invite(t->call, TEXT("a@b.cn"), false));
	people_pass(t, 7 * 86400);
	CHECK_ERROR(t->call, org_invitation_open(t->call, people_link_token(t), &opened), NOT_FOUND);
}

enum { RACERS = 4 };
typedef struct Racer {
	Test *t;
	Actor actor;
	Text token;
	Error error;
} Racer;

static void *race(void *argument)
{
	Racer *racer = argument;
	Arena *arena = arena_new(ARENA_CEILING);
	Call call = *racer->t->call;
	call.arena = arena;
	call.actor = &racer->actor;
	call.failure = (Failure) { 0 };
	racer->error = org_invitation_accept(&call, racer->token);
	arena_free(&arena);
	return NULL;
}

TEST_DB(invitation__taken_by_several_at_once_joins_exactly_one)
{
	Organisation organisation;
	Members members;
	pthread_t threads[RACERS];
	Racer racers[RACERS];
	int joined = 0;
	int64_t admin = with_verified(t, &organisation);
	CHECK_OK(t->call, org_invite(t->call, TEXT("a@b.cn"), false));
	Text token = people_link_token(t);
	for (int i = 0; i < RACERS; i++) {
		people_staff(t, arena_printf(t->arena, "racer%d@b.cn", i).at, 0);
		racers[i] = (Racer) { t, *t->call->actor, token, OK };
	}
	for (int i = 0; i < RACERS; i++) CHECK(pthread_create(&threads[i], NULL, race, &racers[i]) == 0);
	for (int i = 0; i < RACERS; i++) {
		CHECK(pthread_join(threads[i], NULL) == 0);
		joined += racers[i].error == OK;
	}
	CHECK_INT(joined, 1);
	people_enter(t, admin);
	CHECK_OK(t->call, org_members(t->call, &organisation, &members));
	CHECK_INT(members.count, 2);
}

TEST_DB(membership__ended_takes_roles_and_organisation_away_at_once)
{
	Organisation organisation;
	Members members;
	Actor actor;
	Lang lang;
	int64_t admin = with_verified(t, &organisation);
	CHECK_OK(t->call, org_invite(t->call, TEXT("a@b.cn"), true));
	Text invitation = people_link_token(t);
	int64_t colleague = people_staff(t, "a@b.cn", 0);
	CHECK_OK(t->call, org_invitation_accept(t->call, invitation));
	Text session = people_enter(t, colleague);
	CHECK(actor_has(t->call->actor, ROLE_VENDOR_ADMIN));
	people_enter(t, admin);
	CHECK_OK(t->call, org_members(t->call, &organisation, &members));
	CHECK_INT(members.count, 2);
	CHECK_OK(t->call, org_member_change(t->call, members.at[1].ref, false));
	CHECK_OK(t->call, session_authenticate(t->call, session, &actor, &lang));
	CHECK(!actor_has(&actor, ROLE_VENDOR_ADMIN) && actor_has(&actor, ROLE_VENDOR_MEMBER));
	CHECK_ERROR(t->call, org_member_end(t->call, members.at[0].ref), CONFLICT); /* the last administrator */
	CHECK_OK(t->call, org_member_end(t->call, members.at[1].ref));
	CHECK_OK(t->call, session_authenticate(t->call, session, &actor, &lang));
	CHECK_INT(actor.roles, ROLE_REPORTER);
	CHECK_INT(actor.organisation_id, 0);
	t->call->actor = &actor;
	CHECK_ERROR(t->call, org_members(t->call, &organisation, &members), NOT_FOUND);
}

TEST_DB(membership__is_managed_by_the_organisations_administrators_only)
{
	Organisation organisation;
	Members members;
	with_verified(t, &organisation);
	CHECK_OK(t->call, org_members(t->call, &organisation, &members));
	CHECK_OK(t->call, org_invite(t->call, TEXT("a@b.cn"), false));
	Text invitation = people_link_token(t);
	people_staff(t, "a@b.cn", 0);
	CHECK_OK(t->call, org_invitation_accept(t->call, invitation));
	CHECK_ERROR(t->call, org_invite(t->call, TEXT("c@b.cn"), true), FORBIDDEN);
	CHECK_ERROR(t->call, org_member_end(t->call, members.at[0].ref), FORBIDDEN);
	people_staff(t, "stranger@b.cn", 0);
	CHECK_ERROR(t->call, org_member_end(t->call, members.at[0].ref), FORBIDDEN);
	CHECK_ERROR(t->call, org_invite(t->call, TEXT("c@b.cn"), true), NOT_FOUND);
}

TEST_DB(standing__gives_roles_while_it_runs_and_is_not_suspended)
{
	Organisation organisation;
	int64_t admin = with_verified(t, &organisation), later = t->call->now + 3600 * 1000;
	CHECK_INT(roles_of(t, admin), ROLE_REPORTER | ROLE_VENDOR_MEMBER | ROLE_VENDOR_ADMIN);
	people_as_system(t);
	CHECK_OK(t->call, org_standing_set(t->call, organisation.id, &(Standing) { .kind = TEXT("unit"), .stars = 3, .until_at = later }));
	CHECK_INT(roles_of(t, admin), ROLE_REPORTER | ROLE_VENDOR_MEMBER | ROLE_VENDOR_ADMIN | ROLE_UNIT_MEMBER | ROLE_UNIT_ADMIN);
	CHECK_OK(t->call, org_standing_set(t->call, organisation.id, &(Standing) { .kind = TEXT("vendor"), .is_suspended = true }));
	CHECK_INT(roles_of(t, admin), ROLE_REPORTER | ROLE_UNIT_MEMBER | ROLE_UNIT_ADMIN);
	people_pass(t, 3600);
	CHECK_INT(roles_of(t, admin), ROLE_REPORTER);
	CHECK_OK(t->call, org_standing_set(t->call, organisation.id, &(Standing) { .kind = TEXT("vendor") }));
	CHECK_INT(roles_of(t, admin), ROLE_REPORTER | ROLE_VENDOR_MEMBER | ROLE_VENDOR_ADMIN);
	CHECK_OK(t->call, org_standing_end(t->call, organisation.id, TEXT("vendor")));
	CHECK_INT(roles_of(t, admin), ROLE_REPORTER);
}

TEST_DB(org__contacts_papers_and_invited_addresses_stand_in_clear_nowhere)
{
	Organisation organisation;
	with_verified(t, &organisation);
	CHECK_TEXT(organisation.contact, "CanaryContact 13800138000");
	CHECK_OK(t->call, org_invite(t->call, TEXT("canaryinvited@b.cn"), false));
	if (t->database != TEST_SQLITE) return; /* the same statements; its files are not ours to read */
	const char *files[] = { "cappvd.db", "cappvd.db-wal" }, *canaries[] = { "CanaryContact", "CanaryPaper", "canaryinvited" };
	for (size_t f = 0; f < COUNT(files); f++) {
		Text bytes = test_read_file(t->arena, arena_printf(t->arena, "%s/%s", t->directory, files[f]).at);
		for (size_t i = 0; i < COUNT(canaries); i++)
			if (text_find(bytes, text_from(canaries[i]), NULL))
				test_fail(__FILE__, __LINE__, "%s in %s", canaries[i], files[f]);
	}
}
