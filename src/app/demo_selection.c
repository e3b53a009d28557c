#include "app/demo_selection.h"

#include "app/demo_application.h"
#include "app/demo_party.h"
#include "base/base/clock.h"
#include "store/seal/seal.h"
#include "subject/programme/panel/panel.h"

#define DAY_MS ((int64_t)86400000)
enum {
	HOUR_MS = 3600 * 1000,
	ZONE_MS = 8 * HOUR_MS,
	APPLICANTS = 12,
	REVIEWED_ON = 62,
	FROZEN_ON = 72,
	HEARD_ON = 76,
	SHARES = 3,
	REF_BYTES = 40
};

/* Who applies, and how good they are: percent of what can be reached. */
static const struct {
	const char *mail, *person, *handle, *name, *name_en, *contact, *direction;
	int quality;
} applicants[APPLICANTS] = {
	{ "tai@example.cn", "太清", "taiqing", "太行网络安全技术有限公司", "Taihang Cyber Security", "漏洞研究部 010-00000031", "technical",
		90 },
	{ "hong@example.cn", "洪涛", "hongtao", "洪泽移动安全科技有限公司", "Hongze Mobile Security", "技术部 010-00000032", "technical",
		86 },
	{ "yan3@example.cn", "雁门", "yanmen", "雁门信息安全研究院有限公司", "Yanmen Institute", "研究部 010-00000033", "technical", 82 },
	{ "cang@example.cn", "苍梧", "cangwu", "苍梧攻防实验室有限公司", "Cangwu Laboratory", "应急部 010-00000034", "technical", 78 },
	{ "dun@example.cn", "敦煌", "dunhuang", "玉门安全服务有限公司", "Yumen Security Services", "服务部 010-00000035", "technical", 74 },
	{ "ling@example.cn", "灵渠", "lingqu", "灵渠软件测评有限公司", "Lingqu Testing", "测评部 010-00000036", "technical", 69 },
	{ "she@example.cn", "涉江", "shejiang", "涉江信息技术有限公司", "Shejiang Information", "市场部 010-00000037", "technical", 54 },
	{ "ju@example.cn", "橘颂", "jusong", "橘颂出行科技有限公司", "Jusong Mobility", "安全中心 010-00000038", "partner", 88 },
	{ "lan2@example.cn", "兰皋", "langao", "兰皋支付有限公司", "Langao Payment", "安全中心 010-00000039", "partner", 81 },
	{ "hui@example.cn", "蕙纕", "huixiang", "蕙风健康科技有限公司", "Huifeng Health", "安全部 010-00000040", "partner", 75 },
	{ "zhi@example.cn", "芷若", "zhiruo", "芷江应用商店有限公司", "Zhijiang App Store", "审核中心 010-00000041", "partner", 67 },
	{ "qi3@example.cn", "杞梓", "qizi", "杞梓在线教育有限公司", "Qizi Education", "运维部 010-00000042", "partner", 56 },
};

typedef struct Playing {
	const DemoSelectors *office;
	const DemoRounds *rounds;
	Actor units[APPLICANTS];
	Text applications[APPLICANTS], shares[SHARES];
} Playing;

static Map *values_of(Call *call, const char *const pairs[][2], size_t count)
{
	Map *values = map_new(call->arena);
	for (size_t i = 0; i < count; i++) form_set(call->arena, values, text_from(pairs[i][0]), text_from(pairs[i][1]));
	return values;
}
#define VALUES(...) values_of(call, (const char *const[][2]) { __VA_ARGS__ }, COUNT(((const char *const[][2]) { __VA_ARGS__ })))

static void be(Call *call, const Playing *playing, const Actor *actor, int days)
{
	call->actor = actor;
	call->now = playing->rounds->finished_opens + days * DAY_MS + 2 * HOUR_MS;
}

/* ---- The applications and their review */
static Text credit_code(Arena *arena, size_t n)
{
	Text first = arena_printf(arena, "91110108MADEM%04zu", 31 + n);
	return arena_printf(arena, "%.*s%c", TEXT_ARGS(first), credit_code_check(first));
}

static Error found(Call *call, Playing *playing, size_t n)
{
	const DemoVendor vendor = { applicants[n].mail, applicants[n].person, applicants[n].handle, applicants[n].name,
		applicants[n].name_en, arena_string(call->arena, credit_code(call->arena, n)), applicants[n].contact, "unit", 0 };
	Actor staff = *playing->office->coordinator;
	staff.session_id = staff.person_id;
	be(call, playing, &staff, 2);
	return demo_found(call, &vendor, &playing->units[n], &staff);
}

static Error review(Call *call, Playing *playing)
{
	const DemoSelectors *office = playing->office;
	be(call, playing, office->first, REVIEWED_ON);
	TRY(demo_close_round(call, office->first, playing->rounds->finished_ref));
	for (size_t i = 0; i < APPLICANTS; i++) {
		be(call, playing, office->first, REVIEWED_ON + 2);
		TRY(demo_check(call, office->first, playing->applications[i], "yes", "经核对，符合通知要求。"));
		be(call, playing, office->second, REVIEWED_ON + 3);
		TRY(application_act(call, playing->applications[i], TEXT("approve"), 0, NULL));
	}
	return OK;
}

static Error apply(Call *call, Playing *playing)
{
	for (size_t i = 0; i < APPLICANTS; i++) {
		TRY(found(call, playing, i));
		be(call, playing, &playing->units[i], 20 + (int)i);
		TRY(demo_apply(call, &playing->units[i], playing->rounds->finished, text_from(applicants[i].direction),
			&playing->applications[i]));
	}
	return review(call, playing);
}

/* ---- The draw */
static Error draw(Call *call, const Playing *playing)
{
	const DemoSelectors *office = playing->office;
	Text round = playing->rounds->finished_ref, year = text_slice(playing->rounds->finished, 0, 4);
	Text day = text_slice(clock_iso(call->arena, playing->rounds->finished_opens + (FROZEN_ON + 2) * DAY_MS + ZONE_MS), 0, 10);
	const char *value = arena_printf(call->arena, "%.*s077 03 08 14 19 27 31 05", TEXT_ARGS(year)).at;
	be(call, playing, office->first, FROZEN_ON);
	TRY(panel_freeze(call, round,
		VALUES({ "source", "国家福利彩票双色球指定期次开奖号码：期号，红球由小到大，蓝球，各两位，空格分隔。" },
			{ "source_on", arena_printf(call->arena, "%.*s 21:15", TEXT_ARGS(day)).at })));
	be(call, playing, office->first, FROZEN_ON + 3);
	TRY(panel_enter(call, round, VALUES({ "value", value })));
	be(call, playing, office->supervisor, FROZEN_ON + 3);
	return panel_confirm(call, round, VALUES({ "confirmed", value }));
}

static const Map *two_shares(Call *call, const Playing *playing, size_t one, size_t other)
{
	return VALUES({ "share_one", arena_string(call->arena, playing->shares[one]) },
		{ "share_other", arena_string(call->arena, playing->shares[other]) });
}

static Error make_key(Call *call, Playing *playing)
{
	static const char *const names[SHARES] = { "office", "supervisor", "envelope" };
	const DemoSelectors *office = playing->office;
	const Actor *takers[SHARES] = { office->first, office->supervisor, office->second };
	Text round = playing->rounds->finished_ref;
	be(call, playing, office->first, FROZEN_ON + 3);
	TRY(panel_key_new(call, round));
	for (size_t i = 0; i < SHARES; i++) {
		call->actor = takers[i];
		TRY(panel_share_take(call, round, text_from(names[i]), &playing->shares[i]));
	}
	call->actor = office->first;
	return panel_rehearse(call, round, two_shares(call, playing, 0, 2));
}

/* ---- The day of the panels */
static const struct {
	const char *direction, *id;
	int maximum;
	bool is_objective;
} criteria[] = {
	{ "technical", "find", 40, false },
	{ "technical", "respond", 25, false },
	{ "technical", "team", 20, true },
	{ "technical", "manage", 15, false },
	{ "partner", "govern", 50, false },
	{ "partner", "repair", 30, false },
	{ "partner", "share", 20, false },
};

/* In halves of a point, with what this judge leans to in percent. */
static Map *sheet(Call *call, size_t applicant, int leaning, bool only_objective)
{
	Map *values = map_new(call->arena);
	for (size_t i = 0; i < COUNT(criteria); i++) {
		if (strcmp(criteria[i].direction, applicants[applicant].direction) != 0 || criteria[i].is_objective != only_objective)
			continue;
		int percent = applicants[applicant].quality + leaning + (int)i % 3 - 1, halves = criteria[i].maximum * percent * 2 / 100;
		form_set(call->arena, values, text_from(criteria[i].id), arena_printf(call->arena, "%d.%d", halves / 2, halves % 2 * 5));
		if (!only_objective)
			form_set(call->arena, values, arena_printf(call->arena, "%s_reason", criteria[i].id),
				TEXT("依据申报材料、现场陈述和答辩情况评定。"));
	}
	return values;
}

static Error hear(Call *call, const Playing *playing)
{
	for (size_t i = 0; i < APPLICANTS; i++) {
		be(call, playing, playing->office->first, HEARD_ON);
		TRY(panel_present(call, playing->rounds->finished_ref, playing->applications[i], true));
		if (strcmp(applicants[i].direction, "technical") == 0)
			TRY(panel_objective(call, playing->rounds->finished_ref, playing->applications[i], sheet(call, i, 0, true)));
	}
	return OK;
}

typedef Error DemoSeatWork(Call *call, const Playing *playing, const OwnSeat *seat, size_t expert);

static Error judge(Call *call, const Playing *playing, const OwnSeat *seat, size_t expert)
{
	for (size_t i = 0; i < APPLICANTS; i++) {
		if (!text_is(seat->direction, text_from(applicants[i].direction))) continue;
		ArenaMark mark = arena_mark(call->arena);
		TRY(panel_swear(call, seat->panel, playing->applications[i], VALUES({ "free", "free" })));
		TRY(panel_commit(call, seat->panel, playing->applications[i], sheet(call, i, (int)(expert % 5) - 2, false)));
		arena_release(call->arena, mark);
	}
	return OK;
}

static Error sign(Call *call, const Playing *playing, const OwnSeat *seat, size_t expert)
{
	(void)playing, (void)expert;
	return panel_sign(call, seat->panel, VALUES({ "dissent", "" }));
}

/* Whoever sits on a panel of this round does it. */
static Error each_member(Call *call, const Playing *playing, int day, DemoSeatWork *work)
{
	for (size_t n = 0; n < playing->office->experts.count; n++) {
		OwnSeats seats;
		ArenaMark mark = arena_mark(call->arena);
		be(call, playing, &playing->office->experts.at[n], day);
		TRY(panel_own_seats(call, 0, 10, &seats));
		for (size_t i = 0; i < seats.count; i++)
			if (seats.at[i].is_taken) TRY(work(call, playing, &seats.at[i], n));
		arena_release(call->arena, mark);
	}
	return OK;
}

Error demo_selection(Call *call, const DemoSelectors *office, const DemoRounds *rounds)
{
	Playing *playing = arena_new_of(call->arena, Playing);
	Text round = rounds->finished_ref;
	int64_t count;
	*playing = (Playing) { .office = office, .rounds = rounds };
	TRY(apply(call, playing));
	TRY(draw(call, playing));
	TRY(make_key(call, playing));
	TRY(hear(call, playing));
	TRY(each_member(call, playing, HEARD_ON, judge));
	be(call, playing, office->supervisor, HEARD_ON + 1);
	TRY(panel_open(call, round, two_shares(call, playing, 1, 2)));
	be(call, playing, office->first, HEARD_ON + 1);
	TRY(panel_lock(call, round,
		VALUES({ "discussed", "yes" }, { "minutes", "两个评审组分别听取陈述并答辩，对灰区单位逐一讨论，一致同意汇总结果。" })));
	TRY(each_member(call, playing, HEARD_ON + 1, sign));
	call->actor = &actor_system;
	call->now = clock_wall();
	return panel_advance(call, &count); /* its day has come long ago */
}
