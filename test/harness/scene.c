#include "harness/scene.h"

#include "base/sandbox/inspect.h"
#include "people/person/person.h"

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
	{ "ACCEPTED", "COORDINATING", "notify", COORDINATES },
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
	if (!strcmp(action, "notify"))
		return VALUES(scene, "vendor", "示例公司", "notified_on", "2026-03-04", "evidence", "Letter 12, signed");
	if (!strcmp(action, "describe"))
		return VALUES(scene, "title_zh", "示例钱包SQL注入漏洞", "description_zh", "导出接口未过滤输入。", "vendor", "示例公司",
			"product", "示例钱包", "versions", "< 3.2", "has_fix", "yes", "fixed_version", "3.2", "solution_zh", "升级到3.2。");
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
