#include "app/demo_fill.h"

#include "app/demo_data.h"
#include "app/demo_party.h"
#include "app/demo_site.h"
#include "base/base/clock.h"
#include "people/person/person.h"
#include "subject/casefile/casefile.h"

enum { HOUR_MS = 3600 * 1000, DAY_MS = 24 * HOUR_MS, FOUNDED_DAYS_AGO = 120 };

typedef enum DemoPersonId { LIN, CHEN, ZHAO, QIAN, SUN, WEI, GAO, TAO, XIA, FENG, PERSON_COUNT } DemoPersonId;
static const struct {
	const char *mail, *name, *handle;
	uint32_t roles;
} people[] = {
	[LIN] = { "lin@example.cn", "林一帆", "linyifan", 0 },
	[CHEN] = { "chen@example.cn", "陈思远", "chensiyuan", ROLE_COORDINATOR },
	[ZHAO] = { "zhao@example.cn", "赵明哲", "zhaomingzhe", ROLE_VERIFIER },
	[QIAN] = { "qian@example.cn", "钱文澜", "qianwenlan", ROLE_VERIFIER },
	[SUN] = { "sun@example.cn", "孙若溪", "sunruoxi", ROLE_PUBLISHER },
	[WEI] = { "wei@example.cn", "魏南", "weinan", ROLE_SECURITY_ADMIN },
	[GAO] = { "gao@example.cn", "高岳", "gaoyue", ROLE_AUDIT_ADMIN },
	[TAO] = { "tao@example.cn", "陶文", "taowen", ROLE_WRITER },
	[XIA] = { "xia@example.cn", "夏编", "xiabian", ROLE_EDITOR },
	[FENG] = { "feng@example.cn", "冯审", "fengshen", ROLE_APPROVER },
};

typedef struct Filling {
	Actor actors[PERSON_COUNT];
	const DemoMatter *matter;
	Text report, casefile;
	int step; /* hours since the matter was sent, so that a later act has a later time */
} Filling;

static Error make_people(Call *call, Filling *filling)
{
	for (size_t i = 0; i < PERSON_COUNT; i++) {
		int64_t id;
		TRY(person_create_demo(
			call, text_from(people[i].mail), text_from(people[i].name), text_from(people[i].handle), people[i].roles, &id));
		filling->actors[i] = (Actor) { .person_id = id,
			.name = text_from(people[i].name),
			.roles = ROLE_REPORTER | people[i].roles,
			.second_factor = true,
			.scopes = ~0U };
	}
	return OK;
}

/* ---- Acting as one of them, a few hours after what happened before */
static void become(Call *call, Filling *filling, const Actor *actor)
{
	call->actor = actor;
	call->now = clock_wall() - (int64_t)filling->matter->days_ago * DAY_MS - HOUR_MS + (int64_t)filling->step * 2 * HOUR_MS;
	if (call->now > clock_wall()) call->now = clock_wall();
	filling->step++;
}

static Map *values_of(Call *call, const char *const pairs[][2], size_t count)
{
	Map *values = map_new(call->arena);
	for (size_t i = 0; i < count; i++)
		if (*pairs[i][1]) form_set(call->arena, values, text_from(pairs[i][0]), text_from(pairs[i][1]));
	return values;
}

static Map *report_values(Call *call, const DemoMatter *matter)
{
	const char *const pairs[][2] = {
		{ "kind", matter->is_incident ? "incident" : "generic" },
		{ "owner", "others" },
		{ "original", "original" },
		{ "disclosed", "no" },
		{ "part", matter->platform },
		{ "product", matter->product },
		{ "vendor", matter->vendor },
		{ "package", matter->package },
		{ "operator", matter->is_incident ? matter->vendor : "" },
		{ "versions", matter->is_incident ? "" : matter->versions },
		{ "class", matter->class_tag },
		{ "title", matter->title[LANG_ZH] },
		{ "description", matter->description[LANG_ZH] },
		{ "steps", matter->steps },
		{ "impact", matter->description[LANG_ZH] },
		{ "cvss", matter->cvss },
		{ "gbt30279", matter->gbt30279 },
		{ "credit", "handle" },
		{ "no_secrets", "yes" },
	};
	return values_of(call, pairs, COUNT(pairs));
}

static Error act_on_report(Call *call, Filling *filling, const char *action, const Map *values)
{
	Report report;
	become(call, filling, &filling->actors[CHEN]);
	TRY(report_open(call, filling->report, &report));
	return report_act(call, filling->report, text_from(action), report.revision, values);
}

static Error act_on_casefile(Call *call, Filling *filling, DemoPersonId who, const char *action, const Map *values)
{
	Casefile casefile;
	become(call, filling, &filling->actors[who]);
	TRY(casefile_open(call, filling->casefile, &casefile));
	return casefile_act(call, filling->casefile, text_from(action), casefile.revision, values);
}

/* The casefile that was opened for the report. */
static Error find_casefile(Call *call, Filling *filling)
{
	Casefiles waiting;
	Report report;
	TRY(report_open(call, filling->report, &report));
	TRY(casefile_queue(call, TEXT("VERIFYING"), 0, 100, &waiting));
	for (size_t i = 0; i < waiting.count; i++)
		for (size_t k = 0; k < waiting.at[i].report_ids.count; k++)
			if (waiting.at[i].report_ids.at[k] == report.id) {
				filling->casefile = waiting.at[i].ref;
				return OK;
			}
	return fail(call, INTERNAL, "no casefile for %.*s", TEXT_ARGS(filling->report));
}

/* ---- The way of a matter, each function one stretch of it */
static Error review(Call *call, Filling *filling)
{
	static const char *const question[][2] = { { "question", "请补充受影响版本，并说明备份文件的位置和查看方法。" } };
	static const char *const rejection[][2] = { { "code", "no-impact" }, { "explanation", "描述的是性能问题，没有安全影响。" } };
	static const char *const taken[][2] = { { "verifier", "zhaomingzhe" } };
	TRY(act_on_report(call, filling, "review", NULL));
	if (filling->matter->stage == DEMO_NEEDS_INFO)
		return act_on_report(call, filling, "ask", values_of(call, question, COUNT(question)));
	if (filling->matter->stage == DEMO_REJECTED)
		return act_on_report(call, filling, "reject", values_of(call, rejection, COUNT(rejection)));
	TRY(act_on_report(call, filling, "attach", values_of(call, taken, COUNT(taken))));
	return find_casefile(call, filling);
}

static Error sign(Call *call, Filling *filling, DemoPersonId who)
{
	static const char *const pairs[][2] = { { "undertaking", "yes" }, { "no_interest", "yes" } };
	return act_on_casefile(call, filling, who, "undertake", values_of(call, pairs, COUNT(pairs)));
}

static const char *part_of(const DemoMatter *matter)
{
	if (!strcmp(matter->platform, "sdk")) return "sdk";
	return !strcmp(matter->platform, "server") ? "server" : "client";
}

static Error rate(Call *call, Filling *filling)
{
	const char *const pairs[][2] = { { "evidence", "在受影响版本上按步骤复现成功，截图和日志见附件。" },
		{ "class", filling->matter->class_tag }, { "gbt30279", filling->matter->gbt30279 }, { "cvss", filling->matter->cvss },
		{ "part", part_of(filling->matter) }, { "part_product", filling->matter->product },
		{ "part_versions", filling->matter->versions } };
	TRY(sign(call, filling, ZHAO));
	return act_on_casefile(call, filling, ZHAO, "confirm", values_of(call, pairs, COUNT(pairs)));
}

/* High and critical severity: a second verifier. */
static Error rate_again(Call *call, Filling *filling)
{
	static const char *const second[][2] = { { "verifier", "qianwenlan" } };
	const char *const pairs[][2] = { { "evidence", "在另一台设备上独立复现成功，结果一致。" },
		{ "gbt30279", filling->matter->gbt30279 }, { "cvss", filling->matter->cvss } };
	Casefile casefile;
	become(call, filling, &filling->actors[CHEN]);
	TRY(casefile_open(call, filling->casefile, &casefile));
	const Text levels[] = { casefile.technical_level, casefile.level };
	bool is_high = false;
	for (size_t i = 0; i < COUNT(levels); i++) is_high |= text_is(levels[i], TEXT("high")) || text_is(levels[i], TEXT("critical"));
	if (!is_high) return OK;
	TRY(act_on_casefile(call, filling, CHEN, "assign-second", values_of(call, second, COUNT(second))));
	TRY(sign(call, filling, QIAN));
	return act_on_casefile(call, filling, QIAN, "confirm-second", values_of(call, pairs, COUNT(pairs)));
}

static Error notify(Call *call, Filling *filling)
{
	int64_t day = call->now;
	Text date = text_slice(clock_iso(call->arena, day), 0, 10);
	const char *const pairs[][2] = { { "vendor", filling->matter->vendor }, { "notified_on", arena_string(call->arena, date) },
		{ "evidence", "已通过厂商安全应急响应中心邮箱通知，厂商当日确认收到。" } };
	return act_on_casefile(call, filling, CHEN, "notify", values_of(call, pairs, COUNT(pairs)));
}

static Error describe(Call *call, Filling *filling)
{
	const DemoMatter *matter = filling->matter;
	const char *const pairs[][2] = {
		{ "title_zh", matter->title[LANG_ZH] },
		{ "title_en", matter->title[LANG_EN] },
		{ "description_zh", matter->description[LANG_ZH] },
		{ "description_en", matter->description[LANG_EN] },
		{ "vendor", matter->vendor },
		{ "product", matter->product },
		{ "package", matter->package },
		{ "versions", matter->versions },
		{ "has_fix", "yes" },
		{ "fixed_version", matter->fixed },
		{ "solution_zh", matter->solution[LANG_ZH] },
		{ "solution_en", matter->solution[LANG_EN] },
		{ "finder", "linyifan" },
	};
	TRY(act_on_casefile(call, filling, CHEN, "describe", values_of(call, pairs, COUNT(pairs))));
	return act_on_casefile(call, filling, CHEN, "request", NULL);
}

static Error publish(Call *call, Filling *filling)
{
	static const char *const checked[][2] = { { "no_exploit", "yes" }, { "no_running_system", "yes" } };
	return act_on_casefile(call, filling, SUN, "publish", values_of(call, checked, COUNT(checked)));
}

static Error send_report(Call *call, Filling *filling)
{
	Reception reception;
	const DemoMatter *matter = filling->matter;
	become(call, filling, matter->from_visitor ? &actor_visitor : &filling->actors[LIN]);
	TRY(report_send(call, report_values(call, matter), TEXT(""), &reception));
	filling->report = reception.ref;
	return OK;
}

static Error start_draft(Call *call, Filling *filling)
{
	Draft draft;
	Text secret;
	become(call, filling, &filling->actors[LIN]);
	return draft_new(call, &report_form, report_values(call, filling->matter), &draft, &secret);
}

static Error bring_to_stage(Call *call, Filling *filling)
{
	DemoStage stage = filling->matter->stage;
	filling->step = 0;
	if (stage == DEMO_DRAFT) return start_draft(call, filling);
	TRY(send_report(call, filling));
	if (stage == DEMO_RECEIVED) return OK;
	TRY(review(call, filling));
	if (stage <= DEMO_VERIFYING) return OK;
	TRY(rate(call, filling));
	if (stage == DEMO_RATED) return OK;
	TRY(rate_again(call, filling));
	TRY(act_on_casefile(call, filling, CHEN, "accept", NULL));
	if (stage == DEMO_ACCEPTED) return OK;
	TRY(notify(call, filling));
	if (stage == DEMO_COORDINATING) return OK;
	TRY(describe(call, filling));
	return stage == DEMO_READY ? OK : publish(call, filling);
}

Error demo_fill(Call *call)
{
	Filling filling = { 0 };
	const Actor *before = call->actor;
	Lang lang = call->lang;
	int64_t now = call->now;
	call->now -= (int64_t)FOUNDED_DAYS_AGO * DAY_MS;
	call->lang = LANG_ZH; /* of the accounts */
	TRY(make_people(call, &filling));
	for (size_t i = 0; i < demo_matter_count; i++) {
		filling.matter = &demo_matters[i];
		TRY(bring_to_stage(call, &filling));
	}
	TRY(demo_site(call, &(DemoOffice) { &filling.actors[TAO], &filling.actors[XIA], &filling.actors[FENG] }));
	TRY(demo_parties(call, &filling.actors[CHEN]));
	call->actor = before;
	call->lang = lang;
	call->now = now;
	return OK;
}
