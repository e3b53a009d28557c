#include "app/demo_history.h"

#include "base/base/clock.h"

#define DAY_MS ((int64_t)86400000)
enum { MONTHS = 12, YEAR_MONTHS = 12, DAYS_FILLED = 20, MOST_IN_MONTH = 30, SLOWEST_HOURS = 22, SLOWEST_NEWEST = 7, SPREAD = 7 };

#define BOTH(zh, en) \
	{ \
		[LANG_ZH] = zh, [LANG_EN] = en \
	}
typedef struct Thing {
	const char *name[LANG_COUNT], *vendor, *platform, *package;
} Thing;
static const Thing things[] = {
	{ BOTH("松果记账", "Songguo Ledger"), "松果软件", "android", "com.example.songguo.ledger" },
	{ BOTH("白鹭旅行", "Bailu Travel"), "白鹭科技", "ios", "com.example.bailu.travel" },
	{ BOTH("山雀听书", "Shanque Audio"), "山雀文化", "android", "com.example.shanque.audio" },
	{ BOTH("石榴办公", "Shiliu Office"), "石榴协同", "harmonyos", "com.example.shiliu.office" },
	{ BOTH("竹叶统计 SDK", "Zhuye Analytics SDK"), "竹叶数据", "sdk", "com.example.zhuye:analytics" },
	{ BOTH("海棠买菜", "Haitang Grocery"), "海棠生活", "mini-program", "wx0000demohaitang1" },
};

typedef struct Weakness {
	const char *text[LANG_COUNT], *harm[LANG_COUNT], *class_tag, *cvss, *gbt30279;
} Weakness;
static const Weakness weaknesses[] = {
	{ BOTH("订单接口未校验归属", "does not check whose order is asked for"),
		BOTH("登录用户可读取他人订单。", "Any account can read orders of others."), "authorization",
		"CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:U/C:H/I:N/A:N", "CNVRS:1.0/AV:N/AC:L/PR:L/UI:N/C:H/I:N/A:N/E:L/RL:L/S:M" },
	{ BOTH("搜索接口存在 SQL 注入", "has an SQL injection in its search"),
		BOTH("攻击者可读取和修改数据库。", "The database can be read and changed."), "sql-injection",
		"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:L/A:N", "CNVRS:1.0/AV:N/AC:L/PR:N/UI:N/C:H/I:L/A:N/E:L/RL:M/S:M" },
	{ BOTH("在日志中记录会话标识", "writes session identifiers to its log"),
		BOTH("同机应用可取得会话标识。", "Other apps on the device can take the session."), "log-disclosure",
		"CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:L/I:N/A:N", "CNVRS:1.0/AV:L/AC:L/PR:L/UI:N/C:L/I:N/A:N/E:L/RL:L/S:L" },
	{ BOTH("导出组件可被任意应用调用", "exports a component to every app"),
		BOTH("恶意应用可冒用用户操作。", "Another app can act for the user."), "access-control",
		"CVSS:3.1/AV:L/AC:L/PR:N/UI:R/S:U/C:H/I:L/A:N", "CNVRS:1.0/AV:L/AC:L/PR:N/UI:R/C:H/I:L/A:N/E:L/RL:L/S:L" },
	{ BOTH("升级包未校验签名", "does not check the signature of updates"),
		BOTH("网络攻击者可执行任意代码。", "Somebody on the network can run code."), "code-injection",
		"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "CNVRS:1.0/AV:N/AC:L/PR:N/UI:N/C:H/I:H/A:H/E:L/RL:M/S:H" },
};

static const char *line(Arena *arena, const char *first, const char *second, const char *between)
{
	return arena_printf(arena, "%s%s%s", first, between, second).at;
}

/* What a month saw: so many of a thing with a weakness. Few kinds in a month, so that figures of which small ones are hidden have something to show. */
typedef struct Share {
	int thing, weakness, count;
	bool is_incident;
} Share;
enum { SHARES = 5, PLANS = 3 };
static const Share plans[PLANS][SHARES] = {
	{ { 0, 0, 6 }, { 1, 3, 5 } },
	{ { 2, 0, 5 }, { 5, 1, 5 } },
	{ { 0, 3, 5 }, { 4, 4, 5 } },
};
static const Share newest[SHARES] = { { 0, 4, 5 }, { 3, 1, 5 }, { 1, 0, 4 }, { 4, 2, 5 }, { 5, 0, 5, true } };

typedef struct History {
	Arena *arena;
	LIST_OF(DemoMatter) list;
	int64_t today, month_start; /* days */
	int slowest_hours, in_month;
} History;

static void add(History *history, const Thing *thing, const Weakness *weakness, DemoStage stage, bool is_incident)
{
	Arena *arena = history->arena;
	int number = (int)history->list.count, version = number / (int)COUNT(things) + 1,
	    day = history->in_month * DAYS_FILLED / MOST_IN_MONTH;
	DemoMatter matter = { .stage = stage,
		.is_incident = is_incident,
		.days_ago = (int)(history->today - history->month_start) - day,
		.step_hours = 2 + number * SPREAD % history->slowest_hours,
		.product = thing->name[LANG_ZH],
		.vendor = thing->vendor,
		.platform = thing->platform,
		.package = thing->package,
		.versions = arena_printf(arena, "< %d.0", version + 1).at,
		.fixed = arena_printf(arena, "%d.0", version + 1).at,
		.class_tag = weakness->class_tag,
		.cvss = weakness->cvss,
		.gbt30279 = weakness->gbt30279,
		.steps = "1. 安装受影响版本\n2. 按描述操作\n3. 观察结果" };
	matter.title[LANG_ZH] = arena_printf(arena, "%s %d.x %s", thing->name[LANG_ZH], version, weakness->text[LANG_ZH]).at;
	matter.title[LANG_EN] = arena_printf(arena, "%s %d.x %s", thing->name[LANG_EN], version, weakness->text[LANG_EN]).at;
	matter.description[LANG_ZH] = line(arena, matter.title[LANG_ZH], weakness->harm[LANG_ZH], "。");
	matter.description[LANG_EN] = line(arena, matter.title[LANG_EN], weakness->harm[LANG_EN], ". ");
	matter.solution[LANG_ZH] = arena_printf(arena, "升级到 %s。", matter.fixed).at;
	matter.solution[LANG_EN] = arena_printf(arena, "Update to %s.", matter.fixed).at;
	history->in_month++;
	list_add(arena, &history->list, matter);
}

static void add_month(History *history, const Share *shares, int refused)
{
	history->in_month = 0;
	for (size_t i = 0; i < SHARES; i++)
		for (int k = 0; k < shares[i].count; k++)
			add(history, &things[shares[i].thing], &weaknesses[shares[i].weakness],
				shares[i].is_incident ? DEMO_INTERNAL_CLOSED : DEMO_CLOSED, shares[i].is_incident);
	for (int k = 0; k < refused; k++) add(history, &things[k], &weaknesses[k], DEMO_REJECTED, false);
}

void demo_history(Arena *arena, int64_t now, const DemoMatter **out, size_t *out_count)
{
	int year, month, day;
	History history = { .arena = arena, .today = now / DAY_MS };
	clock_civil(history.today, &year, &month, &day);
	for (int ago = MONTHS; ago > 0; ago--) {
		int first = year * YEAR_MONTHS + month - 1 - ago;
		history.month_start = clock_days(first / YEAR_MONTHS, first % YEAR_MONTHS + 1, 1);
		history.slowest_hours = ago > 1 ? SLOWEST_HOURS : SLOWEST_NEWEST;
		add_month(&history, ago > 1 ? plans[ago % PLANS] : newest, 2 + ago % 4);
	}
	*out = history.list.at;
	*out_count = history.list.count;
}
