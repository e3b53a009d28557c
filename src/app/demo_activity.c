#include "app/demo_activity.h"

#include "app/demo_collection.h"

#include "base/base/clock.h"
#include "subject/programme/activity/activity.h"

#define DAY_MS INT64_C(86400000)
#define HOUR_MS INT64_C(3600000)
enum { ZONE_MS = 8 * 3600 * 1000 };

typedef enum DemoStage { A_DRAFT, TO_COME, TAKES_PEOPLE, HELD } DemoStage;
static const struct {
	const char *kind, *title_zh, *title_en, *about_zh, *about_en, *place, *places;
	DemoStage stage;
	int opens, closes, starts, hours; /* days from today */
} activities[] = {
	{ "training", "移动应用漏洞验证方法培训", "Training: verifying vulnerabilities of mobile apps",
		"面向支撑单位验证人员，讲解复现环境搭建、证据固定与定级要点。\n\n- 上午：验证流程与证据要求\n- 下午：上机演练",
		"For verifiers of support units: environments, evidence, rating.\n\n- Morning: how a verification runs\n- Afternoon: hands "
		"on",
		"北京市海淀区示范路1号 二层会议室", "40", HELD, -50, -30, -20, 6 },
	{ "salon", "移动应用供应链安全技术沙龙", "Salon: supply chains of mobile apps",
		"围绕第三方SDK漏洞的发现、通知与修补，邀请支撑单位作主题分享。\n\n**议程**：主题分享、圆桌讨论、自由交流。",
		"How flaws of third-party SDKs are found, told and repaired. Talks by support units.\n\n**Agenda**: talks, round table, "
		"free discussion.",
		"北京市海淀区示范路1号 报告厅", "60", TAKES_PEOPLE, -5, 15, 22, 3 },
	{ "campaign", "Top 1000 应用漏洞排查专项行动", "Campaign: the thousand most used apps",
		"以下载量居前的一千款应用为对象，集中排查组件导出、越权访问、明文传输等常见问题，依规报送、协同处置。",
		"The thousand most used apps are looked through for exported components, broken access control and clear-text traffic; "
		"what "
		"is found is reported and handled by the rules.",
		"线上", "120", TO_COME, 10, 40, 45, 720 },
	{ "collection", "应用漏洞治理优秀案例征集", "Case collection: good practice in handling app vulnerabilities",
		"征集漏洞发现、协同处置与用户告知等方面的实践案例。", "Cases of finding, handling, and telling users.", "线上", "200",
		TAKES_PEOPLE, -9, 30, 31, 960 },
	{ "salon", "漏洞奖励与致谢机制交流会", "Salon: rewards and thanks for finders", "交流漏洞奖励与致谢的做法。",
		"How finders are rewarded and thanked.", "北京市海淀区示范路1号 二层会议室", "30", A_DRAFT, 20, 40, 45, 3 },
};

/* "2026-03-05 14:00" */
static const char *instant(Arena *arena, int64_t at, const char *hour)
{
	return arena_string(arena, arena_printf(arena, "%.10s %s", clock_iso(arena, at + ZONE_MS).at, hour));
}

static Map *values_of(Arena *arena, size_t n, int64_t now)
{
	int64_t opens = now + activities[n].opens * DAY_MS, closes = now + activities[n].closes * DAY_MS,
		starts = now + activities[n].starts * DAY_MS;
	bool is_short = activities[n].hours < 10;
	const char *const pairs[][2] = { { "kind", activities[n].kind }, { "title_zh", activities[n].title_zh },
		{ "title_en", activities[n].title_en }, { "about_zh", activities[n].about_zh }, { "about_en", activities[n].about_en },
		{ "place", activities[n].place }, { "places", activities[n].places }, { "opens_on", instant(arena, opens, "09:00") },
		{ "closes_on", instant(arena, closes, "18:00") }, { "starts_on", instant(arena, starts, "09:30") },
		{ "ends_on", is_short ? instant(arena, starts, "16:30") : instant(arena, starts + activities[n].hours * HOUR_MS, "18:00") },
		{ "units_on", instant(arena, opens + 8 * DAY_MS, "09:00") } };
	Map *values = map_new(arena);
	for (size_t i = 0; i < COUNT(pairs); i++) form_set(arena, values, text_from(pairs[i][0]), text_from(pairs[i][1]));
	return values;
}

static Error act(Call *call, const Actor *actor, Text ref, const char *action)
{
	call->actor = actor;
	return activity_act(call, ref, text_from(action), 0, NULL);
}

static Error enter(Call *call, const Actor *actor, Text ref)
{
	call->actor = actor;
	return activity_register(call, ref);
}

/* Who came, what was said: written by one, confirmed by another. */
static Error hold(Call *call, const Actor *first, const Actor *second, const Actor *unit, Text ref, int64_t ends)
{
	Activity activity;
	ActivityRegistrations people;
	ActivityResults results;
	Organisation organisation;
	Map *talk = map_new(call->arena);
	call->actor = first;
	call->now = ends - HOUR_MS;
	TRY(activity_open(call, ref, &activity));
	TRY(activity_registrations(call, &activity, &people));
	for (size_t i = 0; i < people.count; i++)
		if (people.at[i].is_placed) TRY(activity_mark(call, ref, people.at[i].ref, true));
	TRY(org_find(call, unit->organisation_id, &organisation));
	form_set(call->arena, talk, TEXT("credit_code"), organisation.credit_code);
	form_set(call->arena, talk, TEXT("result"), TEXT("spoke"));
	form_set(call->arena, talk, TEXT("what"), TEXT("主题分享：导出组件漏洞的自动化复现"));
	TRY(activity_result_add(call, ref, talk));
	TRY(activity_results_of(call, &activity, &results));
	call->now = ends + HOUR_MS;
	call->actor = second;
	TRY(activity_result_confirm(call, ref, results.at[0].ref));
	return act(call, second, ref, "finish");
}

static Error play(Call *call, size_t n, const Actor *first, const Actor *second, const Actor *unit, const Actor *guest)
{
	Text ref;
	Activity activity;
	int64_t now = call->now, opens = now + activities[n].opens * DAY_MS;
	DemoStage stage = activities[n].stage;
	call->now = stage < TAKES_PEOPLE ? now : opens - DAY_MS;
	call->actor = first;
	TRY(activity_new(call, values_of(call->arena, n, now), &ref));
	if (stage != A_DRAFT) TRY(act(call, second, ref, "announce"));
	if (stage >= TAKES_PEOPLE) {
		call->now = opens + DAY_MS;
		TRY(act(call, first, ref, "start"));
		TRY(enter(call, guest, ref));
		call->now += HOUR_MS;
		TRY(enter(call, unit, ref));
	}
	if (text_is(text_from(activities[n].kind), TEXT("collection"))) {
		call->now += DAY_MS;
		TRY(demo_collection(call, ref, first, second, unit));
	}
	if (stage == HELD) {
		int64_t count;
		call->now = opens + 9 * DAY_MS;
		call->actor = &actor_system;
		TRY(activity_advance(call, &count)); /* the instant of the units is over */
		TRY(act(call, first, ref, "close"));
		TRY(activity_open(call, ref, &activity));
		TRY(hold(call, first, second, unit, ref, activity.ends_at));
	}
	call->now = now;
	return OK;
}

Error demo_activities(Call *call, const Actor *first, const Actor *second, const Actor *unit, const Actor *guest)
{
	Actor one = *first, two = *second;
	one.session_id = one.person_id;
	two.session_id = two.person_id;
	call->now = clock_wall();
	for (size_t n = 0; n < COUNT(activities); n++) TRY(play(call, n, &one, &two, unit, guest));
	return OK;
}
