#include "app/demo_history.h"

enum { DAYS_BEGIN = 380, DAYS_END = 112, DAYS_STEP = 3, REFUSED_EACH = 5, INTERNAL_EACH = 7, SLOWEST_HOURS = 34, SPREAD = 7 };

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
		"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:N", "CNVRS:1.0/AV:N/AC:L/PR:N/UI:N/C:H/I:H/A:N/E:L/RL:M/S:M" },
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

/* More come in later months, in a wave over the year; each takes its own time. */
static DemoMatter matter_of(Arena *arena, int number, int days_ago)
{
	const Thing *thing = &things[number % (int)COUNT(things)];
	const Weakness *weakness = &weaknesses[(number * 2 + number / (int)COUNT(things)) % (int)COUNT(weaknesses)];
	int version = number / (int)COUNT(things) + 1;
	DemoMatter matter = { .stage = number % REFUSED_EACH == 3 ? DEMO_REJECTED : DEMO_CLOSED,
		.days_ago = days_ago,
		.step_hours = 2 + number * SPREAD % SLOWEST_HOURS,
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
	if (matter.stage == DEMO_CLOSED && number % INTERNAL_EACH == 2) {
		matter.stage = DEMO_INTERNAL_CLOSED;
		matter.is_incident = true;
	}
	matter.title[LANG_ZH] = arena_printf(arena, "%s %d.x %s", thing->name[LANG_ZH], version, weakness->text[LANG_ZH]).at;
	matter.title[LANG_EN] = arena_printf(arena, "%s %d.x %s", thing->name[LANG_EN], version, weakness->text[LANG_EN]).at;
	matter.description[LANG_ZH] = line(arena, matter.title[LANG_ZH], weakness->harm[LANG_ZH], "。");
	matter.description[LANG_EN] = line(arena, matter.title[LANG_EN], weakness->harm[LANG_EN], ". ");
	matter.solution[LANG_ZH] = arena_printf(arena, "升级到 %s。", matter.fixed).at;
	matter.solution[LANG_EN] = arena_printf(arena, "Update to %s.", matter.fixed).at;
	return matter;
}

void demo_history(Arena *arena, const DemoMatter **out, size_t *out_count)
{
	LIST_OF(DemoMatter) list = { 0 };
	for (int days_ago = DAYS_BEGIN; days_ago > DAYS_END; days_ago -= DAYS_STEP + days_ago / 30 % 3 - (days_ago < 250)) {
		DemoMatter matter = matter_of(arena, (int)list.count, days_ago);
		list_add(arena, &list, matter);
	}
	*out = list.at;
	*out_count = list.count;
}
