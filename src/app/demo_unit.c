#include "app/demo_unit.h"

#include "app/demo_party.h"
#include "base/base/clock.h"
#include "subject/casefile/casefile.h"
#include "subject/programme/unit/unit.h"

enum { ZONE_MS = 8 * 3600 * 1000 };
#define DAY_MS ((int64_t)86400000)

typedef enum DemoEnd { IN_FORCE, ON_PROBATION, HELD, TAKEN, NEAR, WAITING } DemoEnd;
static const struct {
	DemoVendor organisation;
	const char *direction, *stars;
	DemoEnd end;
} units[] = {
	{ { "baiqiao@example.cn", "白桥", "baiqiao", "磐石网络安全技术有限公司", "Panshi Cyber Security", "91110108MADEM0011E",
		  "支撑办公室 010-00000011", "unit" },
		"technical", "3", IN_FORCE },
	{ { "lushen@example.cn", "卢深", "lushen", "青松实验室（北京）科技有限公司", "Qingsong Labs", "91110108MADEM0012C",
		  "漏洞研究部 010-00000012", "unit", ROLE_VERIFIER },
		"technical", "2", IN_FORCE },
	{ { "tan@example.cn", "谭越", "tanyue", "星图移动安全研究院有限公司", "Xingtu Mobile Security Institute", "91110108MADEM0013A",
		  "技术部 010-00000013", "unit" },
		"technical", "2", NEAR },
	{ { "kang@example.cn", "康朗", "kanglang", "长亭桥信息技术有限公司", "Changtingqiao Information", "91110108MADEM00148",
		  "服务部 010-00000014", "unit" },
		"technical", "1", ON_PROBATION },
	{ { "yan@example.cn", "严立", "yanli", "北溪安全服务有限公司", "Beixi Security Services", "91110108MADEM00156",
		  "服务部 010-00000015", "unit" },
		"technical", "1", HELD },
	{ { "du2@example.cn", "杜川", "duchuan", "黑石渗透测试工作室有限公司", "Heishi Testing", "91110108MADEM00164", "总务 010-00000016",
		  "unit" },
		"technical", "1", TAKEN },
	{ { "he2@example.cn", "贺云", "heyun", "云雀应用平台有限公司", "Yunque App Platform", "91110108MADEM00172", "安全中心 010-00000017",
		  "other" },
		"partner", "2", IN_FORCE },
	{ { "shen@example.cn", "沈星", "shenxing", "远帆支付科技有限公司", "Yuanfan Payment", "91110108MADEM00180", "安全中心 010-00000018",
		  "other" },
		"partner", "1", IN_FORCE },
	{ { "xu@example.cn", "徐安", "xuan", "新芽安全技术有限公司", "Xinya Security", "91110108MADEM0019Y", "联络处 010-00000019",
		  "unit" },
		"technical", "1", WAITING },
};

static const char *day(Arena *arena, int64_t at) { return arena_string(arena, text_slice(clock_iso(arena, at + ZONE_MS), 0, 10)); }

static Map *values_of(Arena *arena, const char *const (*pairs)[2], size_t count)
{
	Map *values = map_new(arena);
	for (size_t i = 0; i < count; i++) form_set(arena, values, text_from(pairs[i][0]), text_from(pairs[i][1]));
	return values;
}

static Error act(Call *call, const Actor *actor, Text ref, const char *action, const Map *values)
{
	call->actor = actor;
	return unit_act(call, ref, text_from(action), 0, values);
}

static Error decide(Call *call, size_t at, Text code, const Actor *first, const Actor *second)
{
	Arena *arena = call->arena;
	Text ref;
	int64_t now = call->now;
	DemoEnd end = units[at].end;
	const char *until = day(arena, now + (end == NEAR ? 25 : 200) * DAY_MS);
	const char *const admission[][2] = { { "credit_code", arena_string(arena, code) }, { "direction", units[at].direction },
		{ "stars", units[at].stars }, { "document", "软测〔2026〕12号" }, { "document_on", day(arena, now - 120 * DAY_MS) },
		{ "from_on", day(arena, now - 100 * DAY_MS) }, { "until_on", until } };
	const char *const measure[][2] = { { "document", "软测〔2026〕87号" }, { "document_on", day(arena, now - 20 * DAY_MS) },
		{ "code", "duties" },
		{ "reason", end == ON_PROBATION ? "连续两个季度未报送原创漏洞信息，责令整改。"
						: "未按要求履行漏洞信息保密义务，经核实暂停资格。" },
		{ "banned_until", day(arena, now + 700 * DAY_MS) } };
	Map *values = values_of(arena, measure, COUNT(measure));
	call->now = now - (end == WAITING ? 1 : 95) * DAY_MS;
	call->actor = first;
	TRY(unit_enter(call, values_of(arena, admission, COUNT(admission)), &ref));
	if (end != WAITING) TRY(act(call, second, ref, "admit", NULL));
	call->now = now - 15 * DAY_MS;
	if (end == ON_PROBATION) TRY(act(call, first, ref, "warn", values));
	if (end == HELD || end == TAKEN) TRY(act(call, first, ref, "suspend", values));
	if (end == TAKEN) form_set(arena, values, TEXT("reason"), TEXT("擅自向第三方提供未公开漏洞信息，情节严重，撤销支撑单位资格。"));
	if (end == TAKEN) TRY(act(call, first, ref, "propose-revoke", values));
	call->now = now - 10 * DAY_MS;
	if (end == TAKEN) TRY(act(call, second, ref, "revoke", NULL));
	call->now = now;
	return end == NEAR ? act(call, &actor_system, ref, "near", NULL) : OK;
}

/* The last sign of each code is its check digit. */
static Text code_of(Call *call, const char *given)
{
	static const char signs[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
	for (size_t i = 0; signs[i]; i++) {
		Text code = arena_printf(call->arena, "%.17s%c", given, signs[i]);
		if (credit_code_parse(call->arena, code).length) return code;
	}
	must(false);
	return TEXT("");
}

Error demo_units(Call *call, const Actor *coordinator, const Actor *first, const Actor *second, Actor *out_verifier)
{
	Actor staff = *coordinator, one = *first, two = *second;
	staff.session_id = staff.person_id;
	one.session_id = one.person_id;
	two.session_id = two.person_id;
	call->now = clock_wall();
	for (size_t i = 0; i < COUNT(units); i++) {
		Actor admin;
		DemoVendor organisation = units[i].organisation;
		Text code = code_of(call, organisation.credit_code);
		organisation.credit_code = code.at;
		TRY(demo_found(call, &organisation, &admin, &staff));
		TRY(decide(call, i, code, &one, &two));
		if (organisation.roles & ROLE_VERIFIER) *out_verifier = admin;
	}
	return OK;
}

static Error sign_for(Call *call, const Actor *unit, Text ref, bool is_report)
{
	static const char *const pairs[][2] = { { "undertaking", "yes" }, { "no_interest", "yes" } };
	Map *values = values_of(call->arena, pairs, COUNT(pairs));
	call->actor = unit;
	return is_report ? report_act(call, ref, TEXT("undertake"), 0, values) : casefile_act(call, ref, TEXT("undertake"), 0, values);
}

/* A unit's member has two formal reviews, of which one has its opinion, and verifies a casefile. */
Error demo_unit_works(Call *call, const Actor *coordinator, const Actor *unit)
{
	static const char *const opinion[][2] = { { "opinion", "accept" },
		{ "words", "材料齐全，步骤可复现；危害描述与自评一致，建议予以受理。" } };
	const char *const reviewer[][2] = { { "reviewer", "lushen" } }, *const verifier[][2] = { { "verifier", "lushen" } };
	Reports reports;
	Casefiles casefiles;
	call->now = clock_wall(); /* later than what was done last */
	call->actor = coordinator;
	TRY(report_queue(call, TEXT("FORMAL_REVIEW"), 0, 2, &reports));
	TRY(casefile_queue(call, TEXT("VERIFYING"), 0, 1, &casefiles));
	for (size_t i = 0; i < reports.count; i++) {
		call->actor = coordinator;
		TRY(report_act(call, reports.at[i].ref, TEXT("assign"), 0, values_of(call->arena, reviewer, COUNT(reviewer))));
		TRY(sign_for(call, unit, reports.at[i].ref, true));
		if (i == 0) TRY(report_act(call, reports.at[i].ref, TEXT("opine"), 0, values_of(call->arena, opinion, COUNT(opinion))));
	}
	for (size_t i = 0; i < casefiles.count; i++) {
		call->actor = coordinator;
		TRY(casefile_act(call, casefiles.at[i].ref, TEXT("assign"), 0, values_of(call->arena, verifier, COUNT(verifier))));
		TRY(sign_for(call, unit, casefiles.at[i].ref, false));
	}
	return OK;
}
