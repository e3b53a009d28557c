#include "app/demo_round.h"

#include "base/base/clock.h"
#include "subject/programme/round/round.h"

enum { DAY_MS = 86400000, FINISHED_DAYS_AGO = 300, VISITED_DAYS_AGO = 100, PAIRS_MAX = 20, ZONE_MS = 8 * 3600 * 1000 };

typedef struct DemoItem {
	const char *kind;
	const char *pairs[PAIRS_MAX][2];
} DemoItem;

#define DIRECTION(tag, places, reserve, newcomers, seats, ties) \
	{ \
		"direction", \
		{ \
			{ "direction", tag }, { "places", places }, { "reserve", reserve }, { "newcomers", newcomers }, \
				{ "threshold", "60" }, { "trim", "5:1, 11:2" }, { "ties", ties }, { "low_percent", "60" }, \
				{ "high_percent", "95" }, { "seats", seats }, { "group_limit", "1" }, \
			{ \
				"alternate_percent", "40" \
			} \
		} \
	}
#define CRITERION(tag, id, zh, en, weight, maximum, must, objective, clause) \
	{ \
		"criterion", \
		{ \
			{ "direction", tag }, { "id", id }, { "name_zh", zh }, { "name_en", en }, { "weight", weight }, \
				{ "maximum", maximum }, { "step", "0.5" }, { "must", must }, { "objective", objective }, \
			{ \
				"clause", clause \
			} \
		} \
	}
#define STAR(tag, stars, total, percent, places, newcomers, faultless) \
	{ \
		"star", \
		{ \
			{ "direction", tag }, { "stars", stars }, { "total", total }, { "criterion_percent", percent }, \
				{ "places", places }, { "newcomers", newcomers }, \
			{ \
				"faultless", faultless \
			} \
		} \
	}
#define FIELD(tag, name, section_zh, section_en, zh, en, kind, choices, choices_en, clause) \
	{ \
		"field", \
		{ \
			{ "direction", tag }, { "name", name }, { "section_zh", section_zh }, { "section_en", section_en }, \
				{ "label_zh", zh }, { "label_en", en }, { "kind", kind }, { "choices", choices }, \
				{ "choices_en", choices_en }, { "required", "yes" }, \
			{ \
				"clause", clause \
			} \
		} \
	}

static const DemoItem items[] = {
	DIRECTION("technical", "4", "4", "4", "3, 2, 2", "criterion:find, criterion:respond, median, top, contribution"),
	DIRECTION("partner", "10", "3", "", "3, 2, 2", "criterion:govern, median, top, contribution"),
	CRITERION("technical", "find", "漏洞发现与研究能力", "Finding and researching vulnerabilities", "40", "40", "24", "", "4.1"),
	CRITERION("technical", "respond", "应急响应与技术支撑", "Emergency response and technical support", "25", "25", "0", "", "4.2"),
	CRITERION("technical", "team", "安全团队与资质", "Security team and qualifications", "20", "20", "10", "yes", "4.3"),
	CRITERION("technical", "manage", "管理与保密制度", "Management and confidentiality", "15", "15", "0", "", "4.4"),
	CRITERION("partner", "govern", "漏洞治理机制", "Vulnerability governance", "50", "50", "30", "", "5.1"),
	CRITERION("partner", "repair", "修复与通知成效", "Repair and notification", "30", "30", "0", "", "5.2"),
	CRITERION("partner", "share", "信息共享与配合", "Sharing and cooperation", "20", "20", "0", "", "5.3"),
	STAR("technical", "3", "85", "70", "3", "", "yes"),
	STAR("technical", "2", "75", "60", "0", "yes", ""),
	STAR("technical", "1", "60", "0", "0", "yes", ""),
	STAR("partner", "3", "85", "70", "3", "", "yes"),
	STAR("partner", "2", "75", "60", "0", "yes", ""),
	STAR("partner", "1", "60", "0", "0", "yes", ""),
	FIELD("both", "profile", "单位基本情况", "The organisation", "单位简介", "Profile", "lines", "", "", "3.1"),
	FIELD("both", "record", "单位基本情况", "The organisation", "国家企业信用信息公示系统查询结果",
		"Extract of the national enterprise credit register", "file", "", "", "3.2"),
	FIELD("both", "team", "安全团队", "Security team", "团队成员及资质", "Members and qualifications", "table",
		"姓名\n职务\n资质证书\n从业年限", "Name\nPosition\nCertificates\nYears", "4.3"),
	FIELD("technical", "originals", "技术能力", "Technical ability", "近两年原创漏洞", "Original vulnerabilities of the last two years",
		"table", "编号\n名称\n级别\n公开日期", "Number\nName\nLevel\nPublished on", "4.1"),
	FIELD("technical", "incidents", "技术能力", "Technical ability", "应急响应案例", "Cases of emergency response", "lines", "", "",
		"4.2"),
	FIELD("partner", "process", "治理能力", "Governance", "漏洞接收、修复和公开流程",
		"How vulnerabilities are received, repaired and published", "lines", "", "", "5.1"),
};

static Map *values_of(Arena *arena, const char *const (*pairs)[2], size_t count)
{
	Map *values = map_new(arena);
	for (size_t i = 0; i < count && pairs[i][0]; i++)
		if (*pairs[i][1]) form_set(arena, values, text_from(pairs[i][0]), text_from(pairs[i][1]));
	return values;
}

static const char *beijing(Arena *arena, int64_t at, const char *hour)
{
	Text iso = clock_iso(arena, at + ZONE_MS);
	return arena_string(arena, arena_printf(arena, "%.10s %s", iso.at, hour));
}

static Error prepare(Call *call, const DemoOpening *opening, Text *out_ref)
{
	Arena *arena = call->arena;
	const char *year = opening->year;
	const char *title = arena_string(arena, arena_printf(arena, "%s年度移动互联网APP产品安全漏洞库支撑单位遴选", year));
	const char *title_en = arena_string(arena, arena_printf(arena, "Selection of support units for %s", year));
	const char *const pairs[][2] = { { "code", opening->code }, { "title_zh", title }, { "title_en", title_en },
		{ "notice_zh", "各有关单位：\n\n为加强移动互联网APP产品安全漏洞管理，按照**自愿申报、公平公正、开放竞争、优中选优**"
			       "的原则，现组织开展支撑单位遴选工"
			       "作。\n\n## 遴选程序\n\n1. 能力自证与填报\n2. 材料审核\n3. 专家评审\n4. 现场考察\n5. 公示与公告\n\n## "
			       "其他\n\n本次遴选不收取任何费用。" },
		{ "notice_en", "The library selects its support units: applications are **voluntary**, the procedure is fair and open, the "
			       "best are chosen.\n\n"
			       "## Procedure\n\n1. Capability proof and application\n2. Material review\n3. Expert review\n4. On-site "
			       "inspection\n5. Public "
			       "notice and announcement\n\n## Cost\n\nNo fee of any kind is charged." },
		{ "conditions_zh", "遵守法律法规，在国家企业信用信息公示系统无不良记录\n在中华人民共和国境内注册，具有独立法人资格，财务状"
				   "况良好，管理规范\n具有稳定的安"
				   "全团队，人员具备相应资质和经验\n具有较强的漏洞发现、研究、修复和应急能力，或者能够协助开展漏洞通知工作"
				   "\n认同并遵守漏洞库各项制度，"
				   "履行相应义务" },
		{ "conditions_en", "Obeys the law and has no bad record in the national enterprise credit register\nRegistered in the "
				   "country, independent legal "
				   "person, sound finances, clear management\nA stable security team with qualifications and "
				   "experience\nStrong in finding, "
				   "researching and repairing vulnerabilities, or able to help deliver notices\nAccepts the library's "
				   "rules and duties" },
		{ "opens_on", beijing(arena, opening->opens, "09:00") },
		{ "closes_on", beijing(arena, opening->opens + (int64_t)60 * DAY_MS, "17:00") }, { "grace_minutes", "60" },
		{ "publicity_days", "5" }, { "paper", "postmark" }, { "paper_address", "北京市海淀区示范路1号 漏洞库遴选工作组（收）" },
		{ "electronic_seal", "yes" }, { "specialties", "移动应用安全\n代码审计与逆向\n应急响应" } };
	TRY(round_new(call, values_of(arena, pairs, COUNT(pairs)), out_ref));
	for (size_t i = 0; i < COUNT(items); i++) {
		Map *values = values_of(arena, items[i].pairs, PAIRS_MAX);
		if (opening->seats && strcmp(items[i].kind, "direction") == 0)
			form_set(arena, values, TEXT("seats"), text_from(opening->seats));
		TRY(round_add(call, *out_ref, round_kind(text_from(items[i].kind)), values));
	}
	return OK;
}

Error demo_open_round(Call *call, const Actor *secretary, const DemoOpening *opening, Text *out_ref)
{
	call->actor = secretary;
	call->now = opening->opens - (int64_t)20 * DAY_MS;
	TRY(prepare(call, opening, out_ref));
	TRY(round_rehearse(call, *out_ref));
	TRY(round_act(call, *out_ref, TEXT("publish"), 0, NULL));
	call->actor = &actor_system;
	call->now = opening->opens + DAY_MS;
	return round_act(call, *out_ref, TEXT("open"), 0, NULL);
}

Error demo_rounds(Call *call, const Actor *secretary, DemoRounds *out)
{
	Text ref;
	int64_t now = clock_wall(), year_number = 0;
	Text digits = text_slice(clock_iso(call->arena, now), 0, 4);
	must(text_to_int(digits, &year_number));
	const char *year = arena_string(call->arena, digits), *before = arena_printf(call->arena, "%lld", (long long)year_number - 1).at;
	*out = (DemoRounds) { .finished = arena_printf(call->arena, "%s-1", before),
		.finished_opens = now - (int64_t)FINISHED_DAYS_AGO * DAY_MS,
		.open = arena_printf(call->arena, "%s-1", year),
		.visited = arena_printf(call->arena, "%s-2", before),
		.visited_opens = now - (int64_t)VISITED_DAYS_AGO * DAY_MS,
		.reviewed = arena_printf(call->arena, "%s-3", before),
		.reviewed_opens = now - (int64_t)75 * DAY_MS };
	const DemoOpening openings[] = { { out->finished.at, before, out->finished_opens, NULL },
		{ out->visited.at, before, out->visited_opens, NULL }, { out->reviewed.at, before, out->reviewed_opens, NULL },
		{ out->open.at, year, now - (int64_t)10 * DAY_MS, NULL },
		{ arena_printf(call->arena, "%s-2", year).at, year, now + (int64_t)90 * DAY_MS, NULL } };
	Text *const refs[] = { &out->finished_ref, &out->visited_ref, &out->reviewed_ref, &ref };
	for (size_t i = 0; i < COUNT(refs); i++) TRY(demo_open_round(call, secretary, &openings[i], refs[i]));
	call->actor = secretary;
	call->now = now - DAY_MS;
	return prepare(call, &openings[COUNT(refs)], &ref);
}
