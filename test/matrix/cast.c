/* One actor for every role, made as anybody is made; some once more with a password only. */
#include "matrix/matrix.h"
#include "subject/site/complaint.h"

#include "base/base/json.h"
#include "people/notice/notice.h"
#include "people/org/org.h"
#include "people/person/rules.h"
#include "store/db/db.h"
#include "subject/interest/interest.h"
#include "subject/privacy/privacy.h"
#include "subject/product/product.h"
#include "work/absence/absence.h"

#include <fcntl.h>
#include <unistd.h>

MatrixActor matrix_actors[] = {
	{ .word = "visitor", .roles = ROLE_VISITOR },
	{ .word = "claimant", .roles = ROLE_VISITOR },
	{ .word = "owner", .roles = ROLE_REPORTER },
	{ .word = "stranger", .roles = ROLE_REPORTER },
	{ .word = "unit-admin", .roles = ROLE_UNIT_ADMIN },
	{ .word = "unit-member", .roles = ROLE_UNIT_MEMBER },
	{ .word = "vendor-admin", .roles = ROLE_VENDOR_ADMIN },
	{ .word = "vendor-member", .roles = ROLE_VENDOR_MEMBER },
	{ .word = "coordinator", .roles = ROLE_COORDINATOR },
	{ .word = "assigned", .roles = ROLE_VERIFIER },
	{ .word = "verifier", .roles = ROLE_VERIFIER },
	{ .word = "publisher", .roles = ROLE_PUBLISHER },
	{ .word = "expert", .roles = ROLE_EXPERT },
	{ .word = "secretary", .roles = ROLE_SECRETARY },
	{ .word = "inspector", .roles = ROLE_INSPECTOR },
	{ .word = "supervisor", .roles = ROLE_SUPERVISOR },
	{ .word = "authority", .roles = ROLE_AUTHORITY },
	{ .word = "editor", .roles = ROLE_EDITOR },
	{ .word = "writer", .roles = ROLE_WRITER },
	{ .word = "other-writer", .roles = ROLE_WRITER },
	{ .word = "approver", .roles = ROLE_APPROVER },
	{ .word = "system-admin", .roles = ROLE_SYSTEM_ADMIN },
	{ .word = "security-admin", .roles = ROLE_SECURITY_ADMIN },
	{ .word = "audit-admin", .roles = ROLE_AUDIT_ADMIN },
	{ .word = "weak-coordinator", .roles = ROLE_COORDINATOR, .is_weak = true },
	{ .word = "weak-verifier", .roles = ROLE_VERIFIER, .is_weak = true },
	{ .word = "weak-publisher", .roles = ROLE_PUBLISHER, .is_weak = true },
	{ .word = "weak-security-admin", .roles = ROLE_SECURITY_ADMIN, .is_weak = true },
	{ .word = "waiting-coordinator", .waits_as = "coordinator" },
};
const size_t matrix_actor_count = COUNT(matrix_actors);

MatrixActor *matrix_actor(const char *word)
{
	for (size_t i = 0; i < matrix_actor_count; i++)
		if (!strcmp(matrix_actors[i].word, word)) return &matrix_actors[i];
	test_fail(__FILE__, __LINE__, "no actor %s", word);
}

void matrix_as(Matrix *matrix, const char *word)
{
	const MatrixActor *actor = matrix_actor(word);
	if (actor->cookie.length)
		people_act(matrix->t, actor->cookie);
	else
		people_as_visitor(matrix->t);
}

static Text mail_of(Test *t, const char *word) { return arena_printf(t->arena, "%s@example.org", word); }

static void make_person(Test *t, MatrixActor *actor)
{
	Person person;
	Text word = text_from(actor->word);
	uint32_t granted = actor->roles & ROLE_GRANTED;
	CHECK_OK(t->call, person_create_demo(t->call, mail_of(t, actor->word), word, word, granted, &actor->id));
	CHECK_OK(t->call, person_find(t->call, actor->id, &person));
	actor->ref = person.ref;
}

/* By the link of somebody who forgot the password. */
static void give_password(Test *t, const char *word)
{
	people_as_visitor(t);
	CHECK_OK(t->call, person_forgot(t->call, mail_of(t, word), TEXT("192.0.2.1")));
	CHECK_OK(t->call, person_password_reset(t->call, people_link_token(t), TEXT(FIXTURE_PASSWORD)));
}

/* Who shows the password only: without second factor, or not yet asked for it. */
static void sign_in(Test *t, MatrixActor *actor)
{
	const MatrixActor *person = actor->waits_as ? matrix_actor(actor->waits_as) : actor;
	if (!actor->waits_as) give_password(t, actor->word);
	actor->cookie = people_sign_in(t, mail_of(t, person->word).at);
	actor->ref = person->ref;
}

/* Only a person's own second factor makes tokens that may do what their role may. */
static void enrol(Test *t, MatrixActor *actor)
{
	give_password(t, actor->word);
	actor->cookie = people_enter(t, actor->id);
	people_enrol_totp(t, &actor->cookie);
}

/* ---- Roles that follow from an organisation's standing */
static void add_paper(Test *t, const char *kind)
{
	const char *path = arena_printf(t->arena, "%s/%s", t->directory, kind).at;
	int file = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	CHECK(write(file, kind, strlen(kind)) == (ssize_t)strlen(kind) && lseek(file, 0, SEEK_SET) == 0);
	CHECK_OK(t->call, org_paper_add(t->call, text_from(kind), TEXT("paper.pdf"), file, (int64_t)strlen(kind)));
	close(file);
}

/* By the actor, who becomes its administrator; it waits for verification. */
static Text register_organisation(Test *t, const char *kind, const char *code)
{
	Text ref;
	OrgRegistration registration = { .name = text_from(kind),
		.name_en = TEXT(""),
		.credit_code = text_from(code),
		.wants = text_from(kind),
		.domicile = TEXT("CN"),
		.contact = TEXT("Front desk") };
	CHECK_OK(t->call, org_register(t->call, &registration, &ref));
	add_paper(t, "licence");
	add_paper(t, "authorisation");
	CHECK_OK(t->call, org_verification_ask(t->call));
	return ref;
}

static void found_organisation(Test *t, const char *kind, const char *code, const char *admin, const char *member)
{
	Organisation organisation;
	people_enter(t, matrix_actor(admin)->id);
	Text ref = register_organisation(t, kind, code);
	people_enter(t, matrix_actor("coordinator")->id);
	CHECK_OK(t->call, org_verification_decide(t->call, ref, true, TEXT("")));
	CHECK_OK(t->call, org_find_ref(t->call, ref, &organisation));
	people_as_system(t);
	Standing standing = { .kind = text_from(kind), .from_at = t->call->now };
	if (!strcmp(kind, "unit")) CHECK_OK(t->call, org_standing_set(t->call, organisation.id, &standing));
	people_enter(t, matrix_actor(admin)->id);
	CHECK_OK(t->call, org_invite(t->call, mail_of(t, member), false));
	Text token = people_link_token(t);
	people_enter(t, matrix_actor(member)->id);
	CHECK_OK(t->call, org_invitation_accept(t->call, token));
}

/* ---- What addresses of accounts and organisations name */
void matrix_place(Matrix *matrix, const char *name, Text value)
{
	Text *kept = arena_new_of(matrix->t->arena, Text);
	*kept = arena_copy(matrix->t->arena, value);
	CHECK(value.length > 0);
	map_put(matrix->places, text_from(name), kept);
}

Text matrix_placed(const Matrix *matrix, const char *name)
{
	const Text *value = map_get(matrix->places, text_from(name));
	if (!value) test_fail(__FILE__, __LINE__, "nothing is called %s", name);
	return *value;
}

static void place_own(Matrix *matrix)
{
	Test *t = matrix->t;
	Sessions sessions;
	TokenInfos tokens;
	Text calendar;
	people_enter(t, matrix_actor("owner")->id); /* one more session to be ended */
	matrix_as(matrix, "owner");
	CHECK_OK(t->call, session_list(t->call, &sessions));
	for (size_t i = 0; i < sessions.count; i++)
		if (!sessions.at[i].is_own) matrix_place(matrix, "session", sessions.at[i].ref);
	CHECK_OK(t->call, token_list(t->call, &tokens));
	matrix_place(matrix, "token", tokens.at[0].ref);
	CHECK_OK(t->call, calendar_key_renew(t->call, &calendar));
	matrix_place(matrix, "calendar", arena_printf(t->arena, "%.*s.ics", TEXT_ARGS(calendar))); /* whoever has it may read it */
}

static void place_roles(Matrix *matrix)
{
	Test *t = matrix->t;
	RoleGrants grants;
	RoleRequests requests;
	matrix_place(matrix, "person", matrix_actor("stranger")->ref);
	people_staff(t, "second-security@example.org", ROLE_SECURITY_ADMIN);
	CHECK_OK(t->call, role_ask(t->call, matrix_actor("stranger")->ref, ROLE_EDITOR, 0));
	CHECK_OK(t->call, role_requests(t->call, &requests));
	matrix_place(matrix, "request", requests.at[0].ref);
	CHECK_OK(t->call, role_history(t->call, matrix_actor("expert")->id, &grants));
	matrix_place(matrix, "grant", grants.at[0].ref);
}

/* What waits for a second person: a retention rule, a hold, the opening of a paper; and an assessment that is being written. */
static void place_privacy(Matrix *matrix)
{
	Test *t = matrix->t;
	RetentionHolds holds;
	RetentionRules rules;
	VaultOpenings openings;
	Text impact;
	Map *values = map_new(t->arena);
	const RetentionChange change = {
		.days = 60, .why = { TEXT("原因"), TEXT("Why") }, .basis = { TEXT("依据"), TEXT("Basis") }, .reason = TEXT("R")
	};
	people_staff(t, "privacy-officer@example.org", ROLE_SECURITY_ADMIN);
	CHECK_OK(t->call, retention_propose(t->call, TEXT("drafts"), &change));
	CHECK_OK(t->call, retention_versions(t->call, retention_kind_find(TEXT("drafts")), &rules));
	matrix_place(matrix, "retention", rules.at[0].ref);
	CHECK_OK(t->call,
		retention_hold_ask(t->call, &(RetentionHoldNew) { TEXT("complaints"), TEXT("T-X"), TEXT("R"), TEXT("2028-01-01") }));
	CHECK_OK(t->call, retention_hold_list(t->call, 0, 1, &holds));
	matrix_place(matrix, "hold", holds.at[0].ref);
	form_set(t->arena, values, TEXT("title"), TEXT("Impact"));
	CHECK_OK(t->call, impact_new(t->call, values, &impact));
	matrix_place(matrix, "impact", impact);
	people_staff(t, "privacy-coordinator@example.org", ROLE_COORDINATOR);
	CHECK_OK(t->call, vault_ask(t->call, matrix_placed(matrix, "paper"), TEXT("authority"), TEXT("R")));
	CHECK_OK(t->call, vault_waiting(t->call, &openings));
	matrix_place(matrix, "opening", openings.at[0].ref);
}

static void place_organisation(Matrix *matrix)
{
	Test *t = matrix->t;
	Organisation organisation;
	VaultPapers papers;
	Members members;
	Invitations invitations;
	matrix_as(matrix, "vendor-admin");
	CHECK_OK(t->call, org_find(t->call, t->call->actor->organisation_id, &organisation));
	CHECK_OK(t->call, org_papers(t->call, &organisation, &papers));
	matrix_place(matrix, "verified-organisation", organisation.ref);
	matrix_place(matrix, "paper", papers.at[0].ref);
	CHECK_OK(t->call, org_members(t->call, &organisation, &members));
	for (size_t i = 0; i < members.count; i++)
		if (!members.at[i].is_admin) matrix_place(matrix, "member", members.at[i].ref);
	CHECK_OK(t->call, org_invite(t->call, TEXT("colleague@example.org"), false));
	matrix_place(matrix, "join", people_link_token(t));
	CHECK_OK(t->call, org_invitations(t->call, &organisation, &invitations));
	matrix_place(matrix, "invitation", invitations.at[0].ref);
}

/* A person and an organisation that wait for verification. */
static void place_waiting(Matrix *matrix)
{
	Test *t = matrix->t;
	Person person;
	people_enter(t, people_register(t, "candidate@example.org"));
	CHECK_OK(t->call, person_find(t->call, t->call->actor->person_id, &person));
	matrix_place(matrix, "candidate", person.ref);
	CHECK_OK(t->call, person_verification_ask(t->call, TEXT("Candidate"), TEXT("010-12345678"), TEXT("E12345678")));
	matrix_place(matrix, "organisation", register_organisation(t, "other", "91110000600001760P"));
}

static Error tell(Call *call, void *argument)
{
	return notice_send(call, *(const int64_t *)argument, NOTICE_MESSAGE, TEXT("R-1"), TEXT("/reports"));
}

static void place_notice(Matrix *matrix)
{
	Test *t = matrix->t;
	Notices notices;
	CHECK_OK(t->call, db_transact(t->call, tell, &matrix_actor("owner")->id));
	Text link = people_mail(t, 0).unsubscribe;
	size_t at = link.length;
	while (at > 0 && link.at[at - 1] != '/') at--;
	matrix_place(matrix, "unsubscribe", arena_copy(t->arena, text_slice(link, at, link.length)));
	matrix_as(matrix, "owner");
	CHECK_OK(t->call, notice_list(t->call, 0, 10, &notices));
	matrix_place(matrix, "notice", notices.at[0].ref);
}

static void place_interest(Matrix *matrix)
{
	Test *t = matrix->t;
	Text ref;
	matrix_as(matrix, "owner");
	Map *values = VALUES(matrix->scene, "whose", "me", "kind", "competitor", "credit_code", "91110000600001760P", "from", "2026-01-01",
		"evidence", "E");
	CHECK_OK(t->call, interest_declare(t->call, values, &ref));
	matrix_place(matrix, "interest", ref);
}

/* Of the assigned verifier, who is not away yet. */
static void place_absence(Matrix *matrix)
{
	Test *t = matrix->t;
	Text ref;
	matrix_as(matrix, "assigned");
	Map *values = VALUES(matrix->scene, "from", "2027-02-01", "until", "2027-02-05", "deputy", "verifier");
	CHECK_OK(t->call, absence_add(t->call, values, &ref));
	matrix_place(matrix, "absence", ref);
}

/* Of nobody in the walk. */
static void place_complaint(Matrix *matrix)
{
	Test *t = matrix->t;
	ComplaintReceipt receipt;
	people_as_visitor(t);
	const ComplaintNew complaint = { .once = TEXT("once"),
		.kind = TEXT("handling"),
		.text = TEXT("Nobody answers me<script>alert(6)</script>"),
		.mail = TEXT(""),
		.address = TEXT("192.0.2.7") };
	CHECK_OK(t->call, complaint_send(t->call, &complaint, &receipt));
	matrix_place(matrix, "complaint", receipt.ref);
}

static Text make_token(Test *t, const char *name, uint32_t scopes)
{
	Text token;
	CHECK_OK(t->call, token_create(t->call, text_from(name), scopes, 30, &token));
	return token;
}

/* ---- Products: one stated, one confirmed, and an SDK that the vendor holds */
static Product state_product(Matrix *matrix, const char *word, const char *kind, const char *name)
{
	Product product;
	ProductStatement statement = { .kind = text_from(kind), .name = text_from(name) };
	matrix_as(matrix, word);
	CHECK_OK(matrix->t->call, product_register(matrix->t->call, &statement, &product));
	return product;
}

static void place_products(Matrix *matrix)
{
	Test *t = matrix->t;
	Organisation vendor;
	Containments contained;
	Text claim;
	Map *reason = map_new(t->arena);
	form_set(t->arena, reason, TEXT("reason"), TEXT("Looked at."));
	matrix_place(matrix, "stated", state_product(matrix, "owner", "android", "Stated").ref);
	Product confirmed = state_product(matrix, "coordinator", "android", "Confirmed");
	CHECK_OK(t->call, product_confirm(t->call, confirmed.ref));
	matrix_place(matrix, "confirmed", confirmed.ref);
	Product part = state_product(matrix, "coordinator", "sdk", "Part");
	CHECK_OK(t->call, product_confirm(t->call, part.ref));
	matrix_place(matrix, "part", part.ref);
	CHECK_OK(t->call, product_containment_add(t->call, confirmed.ref, TEXT(""), part.ref, TEXT("0"), TEXT("")));
	CHECK_OK(t->call, product_contains(t->call, confirmed.id, 0, 1, &contained));
	matrix_place(matrix, "containment", contained.at[0].ref);
	matrix_as(matrix, "vendor-admin");
	CHECK_OK(t->call, product_claim(t->call, part.ref, TEXT("staff"), TEXT(""), TEXT("Ours."), &claim));
	CHECK_OK(t->call, product_claim_act(t->call, claim, TEXT("submit"), 0, NULL));
	CHECK_OK(t->call, org_find(t->call, t->call->actor->organisation_id, &vendor));
	matrix_place(matrix, "vendor", vendor.ref);
	matrix_as(matrix, "coordinator");
	CHECK_OK(t->call, product_claim_act(t->call, claim, TEXT("grant"), 0, reason));
	matrix_place(matrix, "product-claim", claim);
}

void matrix_people(Matrix *matrix)
{
	Test *t = matrix->t;
	uint32_t all = 0;
	for (size_t i = 0; scope_at(i) != 0; i++) all |= scope_at(i);
	for (size_t i = 0; i < matrix_actor_count; i++)
		if (!matrix_actors[i].waits_as && !(matrix_actors[i].roles & ROLE_VISITOR)) make_person(t, &matrix_actors[i]);
	found_organisation(t, "vendor", "9144030071526726XG", "vendor-admin", "vendor-member");
	found_organisation(t, "unit", "91350100M000100Y43", "unit-admin", "unit-member");
	for (size_t i = 0; i < matrix_actor_count; i++) {
		MatrixActor *actor = &matrix_actors[i];
		if (!actor->is_weak &&
			(actor->roles & (ROLE_COORDINATOR | ROLE_VERIFIER | ROLE_PUBLISHER | ROLE_AUTHORITY | ROLE_SECRETARY |
						ROLE_SUPERVISOR | ROLE_EXPERT | ROLE_VENDOR_ADMIN | ROLE_VENDOR_MEMBER | ROLE_UNIT_ADMIN |
						ROLE_UNIT_MEMBER | ROLE_EDITOR | ROLE_APPROVER)) != 0)
			enrol(t, actor);
		else if (actor->is_weak || actor->waits_as)
			sign_in(t, actor);
		else if (actor->id)
			actor->cookie = people_enter(t, actor->id);
		if (!actor->id || actor->is_weak) continue;
		people_act(t, actor->cookie);
		if ((t->call->actor->roles & actor->roles) != actor->roles) test_fail(__FILE__, __LINE__, "%s lacks its role", actor->word);
		actor->token = make_token(t, "all", all);
		actor->narrow = make_token(t, "narrow", SCOPE_ADVISORY_READ);
	}
	place_own(matrix);
	place_roles(matrix);
	place_organisation(matrix);
	place_waiting(matrix);
	place_notice(matrix);
	place_interest(matrix);
	place_absence(matrix);
	place_complaint(matrix);
	place_privacy(matrix);
	place_products(matrix);
}
