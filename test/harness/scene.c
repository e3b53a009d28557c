#include "harness/scene.h"

#include "base/sandbox/inspect.h"
#include "people/person/person.h"

#include <fcntl.h>
#include <unistd.h>

const char scene_vendor_code[] = "91110108MADEM0001L";
const char scene_vector[] = "CNVRS:1.0/AV:N/AC:L/PR:N/UI:N/C:H/I:H/A:H";
const char scene_overall_vector[] = "CNVRS:1.0/AV:N/AC:L/PR:N/UI:N/C:H/I:H/A:H/E:L/RL:H/S:H";
const char scene_cvss[] = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H";

Scene *scene_new(Test *t)
{
	Scene *scene = arena_new_of(t->arena, Scene);
	*scene = (Scene) { .t = t, .call = t->call };
	t->house->demo = true;
	report_set_hooks(&casefile_report_hooks);
	party_set_hooks(&casefile_party_hooks);
	absence_set_hooks(&casefile_absence_hooks);
	return scene;
}

const Actor *scene_person(Scene *scene, const char *handle, uint32_t roles)
{
	must(scene->count < SCENE_PEOPLE);
	int64_t id = 0;
	Text mail = arena_printf(scene->t->arena, "%s@example.org", handle);
	CHECK_OK(scene->call, person_create_demo(scene->call, mail, text_from(handle), text_from(handle), roles, &id));
	Actor *actor = &scene->people[scene->count++];
	*actor = (Actor) { .person_id = id,
		.name = text_from(handle),
		.roles = roles | ROLE_REPORTER,
		.second_factor = true,
		.session_id = id,
		.scopes = ~0U };
	return actor;
}

void scene_as(Scene *scene, const Actor *actor) { scene->call->actor = actor; }
void scene_later(Scene *scene, int64_t milliseconds) { scene->call->now += milliseconds; }

Map *scene_map(Scene *scene, const char *const *names_and_values)
{
	Map *values = map_new(scene->t->arena);
	for (; *names_and_values; names_and_values += 2)
		form_set(scene->t->arena, values, text_from(names_and_values[0]), text_from(names_and_values[1]));
	return values;
}

Map *scene_values(Scene *scene)
{
	return VALUES(scene, "kind", "generic", "owner", "others", "original", "original", "disclosed", "no", "part", "android", "product",
		"示例钱包", "versions", "< 3.2", "class", "sql-injection", "title", "示例钱包存在SQL注入", "description",
		"The export interface joins text.", "steps", "1. Open it\n2. Type '", "impact", "Everything can be read.", "credit",
		"handle", "no_secrets", "yes");
}

Text scene_report(Scene *scene, const Map *values)
{
	Reception reception;
	CHECK_OK(scene->call, report_send(scene->call, values, TEXT(""), &reception));
	return reception.ref;
}

Error scene_report_act(Scene *scene, Text ref, const char *action, const Map *values)
{
	return report_act(scene->call, ref, text_from(action), 0, values);
}
Error scene_casefile_act(Scene *scene, Text ref, const char *action, const Map *values)
{
	return casefile_act(scene->call, ref, text_from(action), 0, values);
}

Cast scene_cast(Scene *scene)
{
	return (Cast) { .reporter = scene_person(scene, "finder", ROLE_REPORTER),
		.coordinator = scene_person(scene, "carla", ROLE_COORDINATOR),
		.verifier = scene_person(scene, "vera", ROLE_VERIFIER),
		.second_verifier = scene_person(scene, "viktor", ROLE_VERIFIER),
		.publisher = scene_person(scene, "paul", ROLE_PUBLISHER),
		.second_coordinator = scene_person(scene, "carl", ROLE_COORDINATOR) };
}

void scene_open_casefile(Scene *scene, Cast *cast, bool incident)
{
	Map *values = scene_values(scene);
	if (incident) {
		form_set(scene->t->arena, values, TEXT("kind"), TEXT("incident"));
		form_set(scene->t->arena, values, TEXT("operator"), TEXT("Example Bank"));
	}
	scene_as(scene, cast->reporter);
	cast->report = scene_report(scene, values);
	scene_as(scene, cast->coordinator);
	CHECK_OK(scene->call, scene_report_act(scene, cast->report, "review", NULL));
	CHECK_OK(scene->call, scene_report_act(scene, cast->report, "attach", VALUES(scene, "verifier", "vera")));
	Casefiles casefiles;
	int64_t after = 0;
	do { /* the newest */
		CHECK_OK(scene->call, casefile_queue(scene->call, TEXT("VERIFYING"), after, 50, &casefiles));
		CHECK(after || casefiles.count > 0);
		if (casefiles.count) cast->casefile = casefiles.at[casefiles.count - 1].ref;
		if (casefiles.count) after = casefiles.at[casefiles.count - 1].id;
	} while (casefiles.count == 50);
}

/* ---- The vendor of the product */
static void add_paper(Test *t, const char *kind)
{
	const char *path = arena_printf(t->arena, "%s/%s", t->directory, kind).at;
	int file = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	CHECK(write(file, kind, strlen(kind)) == (ssize_t)strlen(kind) && lseek(file, 0, SEEK_SET) == 0);
	CHECK_OK(t->call, org_paper_add(t->call, text_from(kind), TEXT("paper.pdf"), file, (int64_t)strlen(kind)));
	close(file);
}

int64_t scene_organisation(
	Scene *scene, const Actor *coordinator, Actor *admin, const char *name, const char *code, const char *kind, const char *domicile)
{
	Text ref;
	Organisation organisation;
	Call *call = scene->call;
	OrgRegistration registration = { .name = text_from(name),
		.name_en = TEXT(""),
		.credit_code = text_from(code),
		.wants = text_from(kind),
		.domicile = text_from(domicile),
		.contact = TEXT("Front desk") };
	scene_as(scene, admin);
	CHECK_OK(call, org_register(call, &registration, &ref));
	add_paper(scene->t, "licence");
	add_paper(scene->t, "authorisation");
	CHECK_OK(call, org_verification_ask(call));
	scene_as(scene, coordinator);
	CHECK_OK(call, org_verification_decide(call, ref, true, TEXT("")));
	CHECK_OK(call, org_find_ref(call, ref, &organisation));
	admin->organisation_id = organisation.id;
	return organisation.id;
}

static void found_vendor(Scene *scene, const Cast *cast)
{
	if (scene->vendor) return;
	(void)scene_person(scene, "valerie", ROLE_REPORTER);
	scene->vendor = &scene->people[scene->count - 1];
	(void)scene_organisation(scene, cast->coordinator, scene->vendor, "样例公司", scene_vendor_code, "vendor", "CN");
}

static void party_step(Scene *scene, const Cast *cast, const Actor *actor, const char *action, const Map *values)
{
	scene_as(scene, actor);
	CHECK_OK(scene->call, party_act(scene->call, cast->party, text_from(action), 0, values));
}

void scene_tell_vendor(Scene *scene, Cast *cast)
{
	Casefile casefile;
	PartyLines parties;
	Map *named = VALUES(scene, "product", "示例钱包", "own_provider", "yes");
	found_vendor(scene, cast);
	Organisation vendor;
	CHECK_OK(scene->call, org_find(scene->call, scene->vendor->organisation_id, &vendor));
	form_set(scene->t->arena, named, TEXT("credit_code"), vendor.credit_code);
	scene_as(scene, cast->coordinator);
	CHECK_OK(scene->call, scene_casefile_act(scene, cast->casefile, "party", named));
	CHECK_OK(scene->call, casefile_open(scene->call, cast->casefile, &casefile));
	CHECK_OK(scene->call, party_list(scene->call, casefile.id, 0, 50, &parties));
	cast->party = parties.at[parties.count - 1].ref;
	party_step(scene, cast, cast->coordinator, "notify",
		VALUES(scene, "title", "示例钱包存在注入漏洞", "content", "What it is.", "way", "account", "evidence", "Delivered"));
	if (text_is(casefile.state, TEXT("ACCEPTED"))) CHECK_OK(scene->call, scene_casefile_act(scene, cast->casefile, "coordinate", NULL));
}

void scene_repair(Scene *scene, Cast *cast)
{
	Map *verifier = VALUES(scene, "verifier", "");
	form_set(scene->t->arena, verifier, TEXT("verifier"), cast->verifier->name);
	party_step(scene, cast, scene->vendor, "acknowledge", VALUES(scene, "signer", "Valerie Wu", "confirm", "yes"));
	party_step(scene, cast, scene->vendor, "state",
		VALUES(scene, "position", "fixed", "fixed_version", "3.2", "date", "2026-03-01", "proof", "Release notes of 3.2"));
	party_step(scene, cast, cast->coordinator, "check", NULL);
	party_step(scene, cast, cast->coordinator, "assign", verifier);
	party_step(scene, cast, cast->verifier, "spot",
		VALUES(scene, "declaration", "yes", "checked_on", "2026-03-02", "evidence", "3.2 refuses it"));
}

/* ---- The way of a casefile */
enum { COORDINATES, VERIFIES, VERIFIES_AGAIN, PUBLISHES };
static const struct {
	const char *from, *state, *action;
	int who;
} way[] = {
	{ "VERIFYING", "VERIFYING", "undertake", VERIFIES },
	{ "VERIFYING", "RATED", "confirm", VERIFIES },
	{ "RATED", "RATED", "assign-second", COORDINATES },
	{ "RATED", "RATED", "undertake", VERIFIES_AGAIN },
	{ "RATED", "RATED", "confirm-second", VERIFIES_AGAIN },
	{ "RATED", "ACCEPTED", "accept", COORDINATES },
	{ "ACCEPTED", "COORDINATING", "coordinate", COORDINATES },
	{ "COORDINATING", "COORDINATING", "describe", COORDINATES },
	{ "COORDINATING", "READY", "request", COORDINATES },
	{ "READY", "PUBLISHED", "publish", PUBLISHES },
	{ "PUBLISHED", "TRACKING", "track", COORDINATES },
	{ "TRACKING", "CLOSED", "close", COORDINATES },
};

static Map *input_of(Scene *scene, const Cast *cast, const char *action)
{
	if (!strcmp(action, "undertake")) return VALUES(scene, "undertaking", "yes", "no_interest", "yes");
	if (!strcmp(action, "confirm") || !strcmp(action, "confirm-second"))
		return VALUES(scene, "evidence", "Seen on 3.1", "class", "sql-injection", "gbt30279", scene_overall_vector, "cvss",
			scene_cvss, "part", "client");
	if (!strcmp(action, "assign-second"))
		return scene_map(
			scene, (const char *const[]) { "verifier", arena_string(scene->t->arena, cast->second_verifier->name), NULL });
	if (!strcmp(action, "close")) return VALUES(scene, "reason", "Everybody has the fixed version.");
	if (!strcmp(action, "describe"))
		return VALUES(scene, "title_zh", "示例钱包SQL注入漏洞", "description_zh", "导出接口未过滤输入。", "vendor", "示例公司",
			"product", "示例钱包", "versions", "< 3.2", "fixed_version", "3.2", "solution_zh", "升级到3.2。");
	if (!strcmp(action, "publish")) return VALUES(scene, "no_exploit", "yes", "no_running_system", "yes");
	return map_new(scene->t->arena);
}

void scene_bring_to(Scene *scene, Cast *cast, const char *state)
{
	const Actor *people[] = { cast->coordinator, cast->verifier, cast->second_verifier, cast->publisher };
	for (size_t i = 0; i < COUNT(way); i++) {
		Casefile casefile;
		scene_as(scene, cast->coordinator);
		CHECK_OK(scene->call, casefile_open(scene->call, cast->casefile, &casefile));
		bool described = strcmp(way[i].action, "describe") != 0 && strcmp(way[i].action, "undertake") != 0;
		if (text_is(casefile.state, text_from(state)) && (described || strcmp(state, "COORDINATING") != 0)) return;
		if (!text_is(casefile.state, text_from(way[i].from))) continue;
		if (!strcmp(way[i].action, "coordinate")) {
			scene_tell_vendor(scene, cast);
			scene_repair(scene, cast);
			continue;
		}
		scene_as(scene, people[way[i].who]);
		CHECK_OK(scene->call, scene_casefile_act(scene, cast->casefile, way[i].action, input_of(scene, cast, way[i].action)));
	}
}

void scene_second(Scene *scene, Cast *cast)
{
	const Actor *people[] = { cast->coordinator, cast->verifier, cast->second_verifier, cast->publisher };
	for (size_t i = 0; i < COUNT(way); i++) {
		if (strcmp(way[i].from, "RATED") != 0 || strcmp(way[i].state, "RATED") != 0) continue;
		scene_as(scene, people[way[i].who]);
		CHECK_OK(scene->call, scene_casefile_act(scene, cast->casefile, way[i].action, input_of(scene, cast, way[i].action)));
	}
}
