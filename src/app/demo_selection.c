#include "app/demo_selection.h"

#include "app/demo_application.h"
#include "app/demo_decision.h"
#include "app/demo_inspection.h"
#include "app/demo_letter.h"
#include "app/demo_party.h"
#include "base/base/clock.h"
#include "store/seal/seal.h"
#include "subject/programme/panel/panel.h"

#define DAY_MS ((int64_t)86400000)
enum {
	HOUR_MS = 3600 * 1000,
	ZONE_MS = 8 * HOUR_MS,
	APPLICANTS = 12,
	FOUNDED_ON = 2,
	APPLIED_ON = 20,
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

static Map *values_of(Call *call, const char *const pairs[][2], size_t count)
{
	Map *values = map_new(call->arena);
	for (size_t i = 0; i < count; i++) form_set(call->arena, values, text_from(pairs[i][0]), text_from(pairs[i][1]));
	return values;
}
#define VALUES(...) values_of(call, (const char *const[][2]) { __VA_ARGS__ }, COUNT(((const char *const[][2]) { __VA_ARGS__ })))

static void be(Call *call, const DemoPlay *play, const Actor *actor, int days)
{
	call->actor = actor;
	call->now = play->opens + days * DAY_MS + 2 * HOUR_MS;
}

/* ---- The applications and their review */
static Text credit_code(Arena *arena, size_t n)
{
	Text first = arena_printf(arena, "91110108MADEM%04zu", 31 + n);
	return arena_printf(arena, "%.*s%c", TEXT_ARGS(first), credit_code_check(first));
}

static Error apply(Call *call, DemoPlay *play, size_t n)
{
	const DemoVendor vendor = { applicants[n].mail, applicants[n].person, applicants[n].handle, applicants[n].name,
		applicants[n].name_en, arena_string(call->arena, credit_code(call->arena, n)), applicants[n].contact, "unit", 0 };
	DemoApplicant applicant = { .direction = text_from(applicants[n].direction), .quality = applicants[n].quality };
	Actor staff = *play->office->coordinator;
	staff.session_id = staff.person_id;
	be(call, play, &staff, FOUNDED_ON);
	TRY(demo_found(call, &vendor, &applicant.unit, &staff));
	be(call, play, &applicant.unit, APPLIED_ON + (int)n);
	TRY(demo_apply(call, &applicant.unit, play->code, applicant.direction, &applicant.ref));
	list_add(call->arena, &play->applicants, applicant);
	return OK;
}

Error demo_play_review(Call *call, DemoPlay *play)
{
	const DemoSelectors *office = play->office;
	be(call, play, office->first, REVIEWED_ON);
	TRY(demo_close_round(call, office->first, play->round));
	for (size_t i = 0; i < play->applicants.count; i++) {
		ArenaMark mark = arena_mark(call->arena);
		be(call, play, office->first, REVIEWED_ON + 2);
		TRY(demo_check(call, office->first, play->applicants.at[i].ref, "yes", "经核对，符合通知要求。"));
		be(call, play, office->second, REVIEWED_ON + 3);
		TRY(application_act(call, play->applicants.at[i].ref, TEXT("approve"), 0, NULL));
		arena_release(call->arena, mark);
	}
	return OK;
}

/* ---- The draw */
static Error draw(Call *call, const DemoPlay *play)
{
	const DemoSelectors *office = play->office;
	Text round = play->round, year = text_slice(play->code, 0, 4);
	Text day = text_slice(clock_iso(call->arena, play->opens + (FROZEN_ON + 2) * DAY_MS + ZONE_MS), 0, 10);
	const char *value = arena_printf(call->arena, "%.*s077 03 08 14 19 27 31 05", TEXT_ARGS(year)).at;
	be(call, play, office->first, FROZEN_ON);
	TRY(panel_freeze(call, round,
		VALUES({ "source", "国家福利彩票双色球指定期次开奖号码：期号，红球由小到大，蓝球，各两位，空格分隔。" },
			{ "source_on", arena_printf(call->arena, "%.*s 21:15", TEXT_ARGS(day)).at })));
	be(call, play, office->first, FROZEN_ON + 3);
	TRY(panel_enter(call, round, VALUES({ "value", value })));
	be(call, play, office->supervisor, FROZEN_ON + 3);
	return panel_confirm(call, round, VALUES({ "confirmed", value }));
}

static const Map *two_shares(Call *call, const DemoPlay *play, size_t one, size_t other)
{
	return VALUES({ "share_one", arena_string(call->arena, play->shares[one]) },
		{ "share_other", arena_string(call->arena, play->shares[other]) });
}

static Error make_key(Call *call, DemoPlay *play)
{
	static const char *const names[SHARES] = { "office", "supervisor", "envelope" };
	const DemoSelectors *office = play->office;
	const Actor *takers[SHARES] = { office->first, office->supervisor, office->second };
	Text round = play->round;
	be(call, play, office->first, FROZEN_ON + 3);
	TRY(panel_key_new(call, round));
	for (size_t i = 0; i < SHARES; i++) {
		call->actor = takers[i];
		TRY(panel_share_take(call, round, text_from(names[i]), &play->shares[i]));
	}
	call->actor = office->first;
	return panel_rehearse(call, round, two_shares(call, play, 0, 2));
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
static Map *sheet(Call *call, const DemoApplicant *applicant, int leaning, bool only_objective)
{
	Map *values = map_new(call->arena);
	for (size_t i = 0; i < COUNT(criteria); i++) {
		if (!text_is(applicant->direction, text_from(criteria[i].direction)) || criteria[i].is_objective != only_objective)
			continue;
		int percent = applicant->quality + leaning + (int)i % 3 - 1, halves = criteria[i].maximum * percent * 2 / 100;
		form_set(call->arena, values, text_from(criteria[i].id), arena_printf(call->arena, "%d.%d", halves / 2, halves % 2 * 5));
		if (!only_objective)
			form_set(call->arena, values, arena_printf(call->arena, "%s_reason", criteria[i].id),
				TEXT("依据申报材料、现场陈述和答辩情况评定。"));
	}
	return values;
}

static Error hear(Call *call, const DemoPlay *play)
{
	for (size_t i = 0; i < play->applicants.count; i++) {
		ArenaMark mark = arena_mark(call->arena);
		const DemoApplicant *applicant = &play->applicants.at[i];
		be(call, play, play->office->first, HEARD_ON);
		TRY(panel_present(call, play->round, applicant->ref, true));
		if (text_is(applicant->direction, TEXT("technical")))
			TRY(panel_objective(call, play->round, applicant->ref, sheet(call, applicant, 0, true)));
		arena_release(call->arena, mark);
	}
	return OK;
}

/* nth: of the members of that panel. What judges lean to differs enough that nobody is far from the others by chance. */
typedef Error DemoSeatWork(Call *call, const DemoPlay *play, const OwnSeat *seat, size_t nth);
static const int leanings[] = { 0, 1, -1, 2, -2, 1, -1 };
enum { STRANGE_APPLICANT = 2, STRANGE_LEANING = -30 };
static bool is_strange(size_t nth, size_t applicant) { return nth == 0 && applicant == STRANGE_APPLICANT; }

static Error judge(Call *call, const DemoPlay *play, const OwnSeat *seat, size_t nth)
{
	for (size_t i = 0; i < play->applicants.count; i++) {
		const DemoApplicant *applicant = &play->applicants.at[i];
		int leaning = is_strange(nth, i) ? STRANGE_LEANING : leanings[nth % COUNT(leanings)];
		if (!text_is(seat->direction, applicant->direction)) continue;
		ArenaMark mark = arena_mark(call->arena);
		TRY(panel_swear(call, seat->panel, applicant->ref, VALUES({ "free", "free" })));
		TRY(panel_commit(call, seat->panel, applicant->ref, sheet(call, applicant, leaning, false)));
		arena_release(call->arena, mark);
	}
	return OK;
}

static Error explain(Call *call, const DemoPlay *play, const OwnSeat *seat, size_t nth)
{
	bool is_it = is_strange(nth, STRANGE_APPLICANT) && text_is(seat->direction, play->applicants.at[STRANGE_APPLICANT].direction);
	if (!is_it) return OK;
	return panel_explain(call, seat->panel, play->applicants.at[STRANGE_APPLICANT].ref,
		VALUES({ "explained", "陈述中未能回答原创漏洞的验证细节，故评分较低；经讨论维持。" }));
}

static Error sign(Call *call, const DemoPlay *play, const OwnSeat *seat, size_t nth)
{
	(void)play, (void)nth;
	return panel_sign(call, seat->panel, VALUES({ "dissent", "" }));
}

/* Whoever sits on a panel of this round does it. */
static Error each_member(Call *call, const DemoPlay *play, int day, DemoSeatWork *work)
{
	size_t counts[2] = { 0 };
	for (size_t n = 0; n < play->office->experts.count; n++) {
		OwnSeats seats;
		ArenaMark mark = arena_mark(call->arena);
		be(call, play, &play->office->experts.at[n], day);
		TRY(panel_own_seats(call, 0, 10, &seats));
		for (size_t i = 0; i < seats.count; i++)
			if (seats.at[i].is_taken && text_is(seats.at[i].round_code, play->code))
				TRY(work(call, play, &seats.at[i], counts[text_is(seats.at[i].direction, TEXT("partner"))]++));
		arena_release(call->arena, mark);
	}
	return OK;
}

Error demo_play_draw(Call *call, DemoPlay *play)
{
	TRY(draw(call, play));
	return make_key(call, play);
}

Error demo_play_panels(Call *call, DemoPlay *play)
{
	TRY(hear(call, play));
	return each_member(call, play, HEARD_ON, judge);
}

Error demo_play_lock(Call *call, DemoPlay *play)
{
	const DemoSelectors *office = play->office;
	be(call, play, office->supervisor, HEARD_ON + 1);
	TRY(panel_open(call, play->round, two_shares(call, play, 1, 2)));
	TRY(each_member(call, play, HEARD_ON + 1, explain));
	be(call, play, office->first, HEARD_ON + 1);
	TRY(panel_lock(call, play->round,
		VALUES({ "discussed", "yes" }, { "minutes", "两个评审组分别听取陈述并答辩，对灰区单位逐一讨论，一致同意汇总结果。" })));
	return each_member(call, play, HEARD_ON + 1, sign);
}

/* Three organisations that the first round did not take, or that fell behind in it, try again; their inspections go on now. */
static Error play_visited(Call *call, const DemoSelectors *office, const DemoRounds *rounds, const DemoPlay *before)
{
	static const size_t again[] = { 3, 5, 6 };
	DemoPlay play = { .office = office, .round = rounds->visited_ref, .code = rounds->visited, .opens = rounds->visited_opens };
	for (size_t i = 0; i < COUNT(again); i++) {
		DemoApplicant applicant = before->applicants.at[again[i]];
		applicant.quality = 88 - 4 * (int)i;
		be(call, &play, &applicant.unit, APPLIED_ON + (int)i);
		TRY(demo_apply(call, &applicant.unit, play.code, applicant.direction, &applicant.ref));
		list_add(call->arena, &play.applicants, applicant);
	}
	TRY(demo_play_review(call, &play));
	TRY(demo_play_draw(call, &play));
	TRY(demo_play_panels(call, &play));
	TRY(demo_play_lock(call, &play));
	TRY(demo_inspection(call, office, play.round));
	return demo_letter_waits(call, office->first, play.round);
}

Error demo_selection(Call *call, const DemoSelectors *office, const DemoRounds *rounds)
{
	int64_t count;
	DemoPlay play = { .office = office, .round = rounds->finished_ref, .code = rounds->finished, .opens = rounds->finished_opens };
	for (size_t i = 0; i < APPLICANTS; i++) TRY(apply(call, &play, i));
	TRY(demo_play_review(call, &play));
	TRY(demo_play_draw(call, &play));
	TRY(demo_letters(call, office, play.round));
	TRY(demo_play_panels(call, &play));
	TRY(demo_play_lock(call, &play));
	TRY(demo_inspection_done(call, &play));
	TRY(demo_decision(call, &play));
	TRY(play_visited(call, office, rounds, &play));
	call->actor = &actor_system;
	call->now = clock_wall();
	return panel_advance(call, &count); /* their day has come long ago */
}
