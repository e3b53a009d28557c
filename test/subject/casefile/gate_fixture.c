#include "subject/casefile/gate_fixture.h"

#include "base/base/clock.h"
#include "store/db/db.h"
#include "subject/advisory/advisory.h"

static const char *const good_text[][2] = { { "title_zh", "示例钱包SQL注入漏洞" }, { "description_zh", "导出接口未过滤输入。" },
	{ "vendor", "示例公司" }, { "product", "示例钱包" }, { "versions", "< 3.2" }, { "fixed_version", "3.2" },
	{ "solution_zh", "升级到3.2。" } };

Gate gate_new(Test *t, const char *state)
{
	Gate gate = { .t = t, .scene = scene_new(t), .boot = (int64_t)1000 * HOUR, .node = "boot-1" };
	gate.cast = scene_cast(gate.scene);
	scene_open_casefile(gate.scene, &gate.cast, false);
	scene_bring_to(gate.scene, &gate.cast, state);
	return gate;
}

Error gate_act(Gate *gate, const Actor *actor, const char *action, const Map *values)
{
	call_recover(gate->t->call);
	scene_as(gate->scene, actor);
	return scene_casefile_act(gate->scene, gate->cast.casefile, action, values);
}

Error gate_describe(Gate *gate, const char *field, const char *value)
{
	Map *values = map_new(gate->t->arena);
	for (size_t i = 0; i < COUNT(good_text); i++)
		form_set(gate->t->arena, values, text_from(good_text[i][0]), text_from(good_text[i][1]));
	if (field) form_set(gate->t->arena, values, text_from(field), text_from(value));
	return gate_act(gate, gate->cast.coordinator, "describe", values);
}

/* The vendor's fix turns out not to hold. */
void gate_lose_measure(Gate *gate)
{
	call_recover(gate->t->call);
	scene_as(gate->scene, gate->cast.coordinator);
	CHECK_OK(gate->t->call,
		party_act(gate->t->call, gate->cast.party, TEXT("reopen"), 0, VALUES(gate->scene, "reason", "It still opens.")));
}

Map *gate_confirmed(Gate *gate) { return VALUES(gate->scene, "no_exploit", "yes", "no_running_system", "yes"); }
Error gate_ask(Gate *gate) { return gate_act(gate, gate->cast.coordinator, "request", NULL); }
Error gate_publish(Gate *gate) { return gate_act(gate, gate->cast.publisher, "publish", gate_confirmed(gate)); }
Error gate_approve(Gate *gate) { return gate_act(gate, gate->cast.publisher, "approve", gate_confirmed(gate)); }

void gate_open_casefile(Gate *gate, Casefile *out)
{
	call_recover(gate->t->call);
	scene_as(gate->scene, gate->cast.coordinator);
	CHECK_OK(gate->t->call, casefile_open(gate->t->call, gate->cast.casefile, out));
}

void gate_stands(Gate *gate, const char *state)
{
	Casefile casefile;
	Advisory advisory;
	gate_open_casefile(gate, &casefile);
	test_check_text(__FILE__, __LINE__, "state", casefile.state, text_from(state));
	bool is_public = advisory_find(gate->t->call, casefile.number, &advisory) == OK;
	call_recover(gate->t->call);
	CHECK_INT(is_public, !strcmp(state, "PUBLISHED"));
}

/* Why the gate is closed, as people read it. */
void gate_refused(Gate *gate, Error error, const char *why)
{
	Call *call = gate->t->call;
	CHECK_INT(error, ERROR_INVALID);
	CHECK(call->failure.problems.count > 0);
	test_check_text(__FILE__, __LINE__, "why", text_from(call->failure.problems.at[0].message), text_from(why));
	call_recover(call);
	Casefile casefile;
	gate_open_casefile(gate, &casefile);
	CHECK(!text_is(casefile.state, TEXT("PUBLISHED")));
}

/* A minute of the machine's life in which the wall clock says `wall`. */
void gate_tick(Gate *gate, int64_t wall, int64_t since_boot)
{
	call_recover(gate->t->call);
	gate->boot += since_boot;
	gate->t->call->actor = &actor_system;
	gate->t->call->now = wall;
	TimeReading reading = { wall, gate->boot, text_from(gate->node) };
	CHECK_OK(gate->t->call, trusted_time_keep(gate->t->call, &reading));
}

int64_t gate_publish_due(Gate *gate)
{
	int64_t published = 0;
	call_recover(gate->t->call);
	gate->t->call->actor = &actor_system;
	CHECK_OK(gate->t->call, casefile_publish_due(gate->t->call, &published));
	return published;
}

void gate_embargo_until(Gate *gate, int64_t at)
{
	Text iso = clock_iso(gate->t->arena, at);
	Map *values = VALUES(gate->scene, "zone", "Z", "reason", "The vendor asks for it.");
	form_set(gate->t->arena, values, TEXT("until"), arena_printf(gate->t->arena, "%.10s %.8s", iso.at, iso.at + 11));
	CHECK_OK(gate->t->call, gate_act(gate, gate->cast.coordinator, "embargo", values));
}

void gate_freeze(Gate *gate, int64_t from, int64_t until)
{
	call_recover(gate->t->call);
	scene_as(gate->scene, gate->cast.coordinator);
	Freeze period = { .name = TEXT("重大活动"), .basis = TEXT("公网安〔2026〕1号"), .from_at = from, .until_at = until };
	CHECK_OK(gate->t->call, freeze_add(gate->t->call, &period));
}
