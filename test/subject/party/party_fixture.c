#include "subject/party/party_fixture.h"

#include "people/people_fixture.h"
#include "store/db/db.h"
#include "subject/party/party_fixture.sql.h"

PartyScene *party_now;

/* ---- Hooks as a casefile would give them */
static Error look(Call *call, int64_t casefile_id, int64_t origin_id, PartyCase *out)
{
	(void)origin_id;
	(void)call;
	(void)casefile_id;
	*out = party_now->shown;
	return OK;
}

static Error changed(Call *call, const Party *party, const char *action)
{
	(void)call;
	CHECK(party->id && action);
	party_now->changed++;
	return OK;
}

static Error upstream(Call *call, const Party *party, const PartyUpstream *told)
{
	CHECK(party->id);
	party_now->upstream++;
	Arena *arena = party_now->scene->t->arena;
	(void)call;
	party_now->told = (PartyUpstream) { arena_copy(arena, told->vendor), arena_copy(arena, told->product),
		arena_copy(arena, told->contact), arena_copy(arena, told->explanation) };
	return OK;
}
static const PartyHooks hooks = { look, changed, upstream };

/* ---- People */
int64_t party_organisation(PartyScene *ps, Actor *admin, const char *name, const char *code, const char *kind, const char *domicile)
{
	return scene_organisation(ps->scene, ps->cast.coordinator, admin, name, code, kind, domicile);
}

void party_join(PartyScene *ps, const Actor *admin, Actor *member)
{
	Person person;
	Call *call = ps->scene->call;
	CHECK_OK(call, person_find(call, member->person_id, &person));
	scene_as(ps->scene, admin);
	CHECK_OK(call, org_invite(call, person.mail, false));
	Text token = people_link_token(ps->scene->t);
	scene_as(ps->scene, member);
	CHECK_OK(call, org_invitation_accept(call, token));
	member->organisation_id = admin->organisation_id;
}

static Actor *person(PartyScene *ps, const char *handle)
{
	const Actor *made = scene_person(ps->scene, handle, ROLE_REPORTER);
	Actor *kept = arena_new_of(ps->scene->t->arena, Actor);
	*kept = *made;
	return kept;
}

PartyScene *party_scene(Test *t)
{
	PartyScene *ps = arena_new_of(t->arena, PartyScene);
	Casefile casefile;
	people_open(t);
	ps->scene = scene_new(t);
	ps->cast = scene_cast(ps->scene);
	scene_open_casefile(ps->scene, &ps->cast, false);
	scene_bring_to(ps->scene, &ps->cast, "ACCEPTED");
	CHECK_OK(t->call, casefile_open(t->call, ps->cast.casefile, &casefile));
	ps->casefile_id = casefile.id;
	ps->shown = (PartyCase) { .coordinator_id = ps->cast.coordinator->person_id,
		.ref = casefile.ref,
		.number = casefile.number,
		.title = TEXT("示例钱包存在注入漏洞"),
		.level = TEXT("high"),
		.content = TEXT("The export interface joins text.") };
	ps->vendor = person(ps, "victor");
	ps->colleague = person(ps, "viola");
	ps->rival = person(ps, "rita");
	ps->vendor_org = party_organisation(ps, ps->vendor, "示例公司", "9144030071526726XG", "vendor", "CN");
	ps->rival_org = party_organisation(ps, ps->rival, "别家公司", "91350100M000100Y43", "vendor", "CN");
	party_join(ps, ps->vendor, ps->colleague);
	party_now = ps;
	party_set_hooks(&hooks);
	scene_as(ps->scene, ps->cast.coordinator);
	return ps;
}

/* ---- Parties */
typedef struct Naming {
	PartyScene *ps;
	const PartyNew *party;
	Text ref;
} Naming;

static Error name(Call *call, void *argument)
{
	Naming *naming = argument;
	return party_add(call, naming->ps->casefile_id, naming->party, &naming->ref);
}

Error party_name_error(PartyScene *ps, const PartyNew *party, Text *out)
{
	Naming naming = { .ps = ps, .party = party };
	TRY(db_transact(ps->scene->call, name, &naming));
	*out = arena_copy(ps->scene->t->arena, naming.ref);
	return OK;
}

Text party_name(PartyScene *ps, const PartyNew *party)
{
	Text ref = { 0 };
	scene_as(ps->scene, ps->cast.coordinator);
	CHECK_OK(ps->scene->call, party_name_error(ps, party, &ref));
	return ref;
}

const Map *party_values(PartyScene *ps, const char *action)
{
	Scene *scene = ps->scene;
	if (!strcmp(action, "attempt"))
		return VALUES(scene, "channel", "phone", "source", "filing", "address", "010-12345678", "outcome", "no-answer");
	if (!strcmp(action, "bind"))
		return VALUES(scene, "credit_code", "9144030071526726XG", "proof", "papers", "evidence", "Licence and filing",
			"own_provider", "yes", "domicile", "CN");
	if (!strcmp(action, "notify"))
		return VALUES(scene, "title", "示例钱包存在注入漏洞", "content", "Secret details of the hole", "versions", "7.x\n8.x",
			"way", "account", "evidence", "Delivered to the account");
	if (!strcmp(action, "acknowledge")) return VALUES(scene, "signer", "Victor Zhang", "confirm", "yes");
	if (!strcmp(action, "state")) return VALUES(scene, "position", "affected", "explanation", "We see it too");
	if (!strcmp(action, "plan"))
		return VALUES(scene, "measures", "Bind parameters", "begin", "2026-03-09", "finish", "2026-03-20", "release", "2026-03-25",
			"person", "Victor Zhang");
	if (!strcmp(action, "fix")) return VALUES(scene, "line", "7.x", "fixed", "7.9.1");
	if (!strcmp(action, "declare")) return VALUES(scene, "told", "In the store and by message", "confirm", "yes");
	if (!strcmp(action, "assign")) return VALUES(scene, "verifier", "vera");
	if (!strcmp(action, "replay"))
		return VALUES(scene, "checked_on", "2026-03-04", "version", "7.9.1", "evidence", "Repeated, refused");
	if (!strcmp(action, "spot")) return VALUES(scene, "declaration", "yes", "checked_on", "2026-03-04", "evidence", "Looked at one");
	if (!strcmp(action, "fail")) return VALUES(scene, "evidence", "It still opens");
	if (!strcmp(action, "extend") || !strcmp(action, "ask")) return VALUES(scene, "days", "3", "reason", "Holiday");
	if (!strcmp(action, "duty"))
		return VALUES(scene, "product", "示例钱包", "model", "Android", "version", "7.x", "features", "SQL injection", "harm",
			"Data", "scope", "All users");
	return VALUES(scene, "reason", "Because");
}

Error party_try(PartyScene *ps, const Actor *actor, const char *action, const Map *values)
{
	scene_as(ps->scene, actor);
	return party_act(ps->scene->call, ps->ref, text_from(action), 0, values ? values : party_values(ps, action));
}

void party_do(PartyScene *ps, const Actor *actor, const char *action)
{
	Error error = party_try(ps, actor, action, NULL);
	if (error != OK)
		test_fail(__FILE__, __LINE__, "%s: %s %.*s", action, error_name(error), TEXT_ARGS(ps->scene->call->failure.detail));
}

static const struct {
	const char *state, *action;
	char who; /* c coordinator, v vendor, e verifier */
} way[] = {
	{ "CONTACTING", "attempt", 'c' },
	{ "CONTACTING", "notify", 'c' },
	{ "NOTIFIED", "acknowledge", 'v' },
	{ "ACKNOWLEDGED", "state", 'v' },
	{ "POSITION_STATED", "plan", 'v' },
	{ "PLAN_REVIEW", "accept", 'c' },
	{ "FIXING", "fix", 'v' },
	{ "FIXING", "fix-8", 'v' },
	{ "FIXING", "declare", 'v' },
	{ "FIX_CHECK", "assign", 'c' },
	{ "FIX_CHECK", "replay", 'e' },
};

static void step(PartyScene *ps, size_t i)
{
	const Actor *actor = way[i].who == 'c' ? ps->cast.coordinator : way[i].who == 'v' ? ps->vendor : ps->cast.verifier;
	if (strcmp(way[i].action, "fix-8") != 0)
		party_do(ps, actor, way[i].action);
	else
		CHECK_OK(ps->scene->call, party_try(ps, actor, "fix", VALUES(ps->scene, "line", "8.x", "fixed", "8.0.2")));
}

static void end_otherwise(PartyScene *ps, const char *state)
{
	if (!strcmp(state, "WITHDRAWN")) party_do(ps, ps->cast.coordinator, "withdraw");
	if (!strcmp(state, "ORPHAN")) party_do(ps, ps->cast.coordinator, "orphan");
	for (int i = 0; !strcmp(state, "UNREACHABLE") && i < 3; i++) {
		party_do(ps, ps->cast.coordinator, "attempt");
		party_pass_days(ps, 15);
	}
}

void party_bring_to(PartyScene *ps, const char *state)
{
	PartyNew party = { .organisation_id = ps->vendor_org, .product = TEXT("示例钱包"), .is_own_provider = true };
	ps->ref = party_name(ps, &party);
	end_otherwise(ps, state);
	for (size_t i = 0; !text_is(party_look(ps, ps->cast.coordinator).state, text_from(state)); i++) {
		CHECK(i < COUNT(way));
		step(ps, i);
	}
}

Party party_look(PartyScene *ps, const Actor *actor)
{
	Party party;
	scene_as(ps->scene, actor);
	CHECK_OK(ps->scene->call, party_open(ps->scene->call, ps->ref, &party));
	return party;
}

static Error overdue(Call *call, Text machine, int64_t subject_id, Text clock)
{
	return text_is(machine, TEXT("party")) ? party_overdue(call, subject_id, clock) : OK;
}

void party_run_jobs(PartyScene *ps, int64_t *out_count)
{
	int64_t told = 0;
	Call *call = ps->scene->call;
	const Actor *actor = call->actor;
	scene_as(ps->scene, &actor_system);
	CHECK_OK(call, workflow_escalate(call, 100, overdue, &told));
	CHECK_OK(call, party_watch(call, 100, out_count));
	scene_as(ps->scene, actor);
}

int64_t party_pass_days(PartyScene *ps, int days)
{
	int64_t count = 0;
	scene_later(ps->scene, (int64_t)days * 86400000);
	party_run_jobs(ps, &count);
	return count;
}

/* ---- What rooms below have no operation for */
static Error refuse(Call *call, void *argument)
{
	(void)argument;
	return fixture_refuse_mail(call);
}

void party_merge(PartyScene *ps, int64_t organisation_id, int64_t into)
{
	Organisation from, heir;
	const Actor *actor = ps->scene->call->actor;
	CHECK_OK(ps->scene->call, org_find(ps->scene->call, organisation_id, &from));
	CHECK_OK(ps->scene->call, org_find(ps->scene->call, into, &heir));
	scene_as(ps->scene, ps->cast.coordinator);
	CHECK_OK(ps->scene->call, org_merge(ps->scene->call, from.credit_code, heir.credit_code, TEXT("By its papers.")));
	scene_as(ps->scene, actor);
}

void party_refuse_mail(PartyScene *ps) { CHECK_OK(ps->scene->call, db_transact(ps->scene->call, refuse, NULL)); }
