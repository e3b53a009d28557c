#include "app/demo_expert.h"

#include "base/base/clock.h"
#include "subject/programme/expert/expert.h"

enum { DAY_MS = 86400000, INVITED_DAYS_AGO = 320, ASKED_DAYS_AGO = 5 };
static const DemoExpert experts[] = {
	{ "安可心", "ankexin", "移动应用安全\n应急响应", "云岭大学", "教授" },
	{ "卜子衡", "buziheng", "移动应用安全", "东屏信息安全研究院", "研究员" },
	{ "岑若溪", "cenruoxi", "移动应用安全\n代码审计与逆向", "青禾科技大学", "副教授" },
	{ "狄明远", "dimingyuan", "移动应用安全", "北辰测评中心", "高级工程师" },
	{ "鄂思齐", "esiqi", "移动应用安全", "南浦网络安全协会", "正高级工程师" },
	{ "费长安", "feichangan", "移动应用安全", "西澜计算技术研究所", "研究员" },
	{ "谷雨桐", "guyutong", "代码审计与逆向", "海棠软件学院", "副教授" },
	{ "霍知非", "huozhifei", "代码审计与逆向\n移动应用安全", "江岸信息技术研究所", "高级工程师" },
	{ "计成蹊", "jichengxi", "代码审计与逆向", "沧溟大学", "教授" },
	{ "阚乐山", "kanleshan", "代码审计与逆向", "松风安全实验室", "高级工程师" },
	{ "蓝一舟", "lanyizhou", "应急响应", "石桥通信研究院", "正高级工程师" },
	{ "孟清和", "mengqinghe", "应急响应", "白榆应急技术中心", "高级工程师" },
	{ "倪嘉木", "nijiamu", "应急响应\n移动应用安全", "望舒大学", "教授" },
	{ "柏青舟", "baiqingzhou", "移动应用安全", "清江大学", "教授" },
	{ "毕望舒", "biwangshu", "移动应用安全", "铁线莲安全研究所", "研究员" },
	{ "曹闻笛", "caowendi", "移动应用安全\n应急响应", "北湾理工学院", "副教授" },
	{ "褚远山", "chuyuanshan", "移动应用安全", "东篱信息技术研究院", "高级工程师" },
	{ "戴令仪", "dailingyi", "移动应用安全", "青鹭测评有限公司", "高级工程师" },
	{ "杜若川", "duruochuan", "移动应用安全\n代码审计与逆向", "枫桥大学", "教授" },
	{ "樊思远", "fansiyuan", "移动应用安全", "芦苇数字安全中心", "正高级工程师" },
	{ "冯若谷", "fengruogu", "移动应用安全", "雨山应急响应中心", "高级工程师" },
	{ "傅星河", "fuxinghe", "移动应用安全", "白鹭洲大学", "副教授" },
	{ "高以宁", "gaoyining", "移动应用安全", "石榴软件测评中心", "高级工程师" },
	{ "顾南乔", "gunanqiao", "代码审计与逆向", "听松研究院", "研究员" },
	{ "韩知白", "hanzhibai", "代码审计与逆向", "紫藤科技大学", "教授" },
	{ "贺兰舟", "helanzhou", "代码审计与逆向", "归雁安全实验室", "高级工程师" },
	{ "胡砚秋", "huyanqiu", "代码审计与逆向", "云台信息中心", "正高级工程师" },
	{ "姜维桢", "jiangweizhen", "代码审计与逆向", "长亭外大学", "副教授" },
	{ "金晚照", "jinwanzhao", "代码审计与逆向", "落霞软件研究所", "研究员" },
	{ "康时雨", "kangshiyu", "代码审计与逆向", "惊蛰安全研究所", "高级工程师" },
	{ "柯兰亭", "kelanting", "代码审计与逆向\n移动应用安全", "兰亭信息学院", "教授" },
	{ "雷鸣谦", "leimingqian", "代码审计与逆向", "鹤鸣网络中心", "高级工程师" },
	{ "黎望津", "liwangjin", "应急响应", "津渡应急中心", "正高级工程师" },
	{ "凌霄羽", "lingxiaoyu", "应急响应", "凌云通信学院", "教授" },
	{ "柳见青", "liujianqing", "应急响应", "见青信息安全中心", "高级工程师" },
	{ "陆九思", "lujiusi", "应急响应", "九思大学", "副教授" },
	{ "骆闻道", "luowendao", "应急响应", "闻道技术研究院", "研究员" },
	{ "梅雪舟", "meixuezhou", "应急响应", "寒梅安全协会", "高级工程师" },
	{ "穆清扬", "muqingyang", "应急响应", "清扬监测中心", "高级工程师" },
	{ "潘允中", "panyunzhong", "应急响应", "中和大学", "教授" },
	{ "裴秋水", "peiqiushui", "应急响应\n移动应用安全", "秋水通信研究所", "正高级工程师" },
	{ "祁连雪", "qilianxue", "应急响应", "祁连信息中心", "高级工程师" },
	{ "秦疏影", "qinshuying", "应急响应", "疏影测评中心", "高级工程师" },
	{ "欧阳澈", "ouyangche", "应急响应", "鹿鸣信息中心", "高级工程师" },
};

static Text code_of(Arena *arena, size_t n)
{
	Text first = arena_printf(arena, "12100000MB%07zu", 3100 + n * 17);
	return arena_printf(arena, "%.*s%c", TEXT_ARGS(first), credit_code_check(first));
}

Error demo_expert_add(Call *call, const DemoExpert *given, size_t nth, const Actor *secretary, bool waits, DemoExperts *out)
{
	static const char *const promises[] = { "impartial", "confidential", "complete" };
	Arena *arena = call->arena;
	Map *values = map_new(arena), *accepted = map_new(arena);
	Actor expert = { .name = text_from(given->name), .roles = ROLE_REPORTER | ROLE_EXPERT, .second_factor = true, .scopes = ~0U };
	Text ref, year = text_slice(clock_iso(arena, call->now), 0, 4);
	int64_t number = 0;
	const char *const pairs[][2] = { { "login", given->handle }, { "specialties", given->specialties }, { "employer", given->employer },
		{ "title", given->title }, { "panels_a_year", "6" }, { "bank", "示范银行" } };
	TRY(person_create_demo(call, arena_printf(arena, "%s@example.cn", given->handle), text_from(given->name), text_from(given->handle),
		ROLE_EXPERT, &expert.person_id));
	for (size_t i = 0; i < COUNT(pairs); i++) form_set(arena, values, text_from(pairs[i][0]), text_from(pairs[i][1]));
	if (!text_to_int(year, &number)) number = 0;
	form_set(arena, values, TEXT("employer_code"), code_of(arena, nth));
	form_set(arena, values, TEXT("term_until"), arena_printf(arena, "%lld-12-31", (long long)number + 3));
	call->actor = secretary;
	TRY(expert_invite(call, values, &ref));
	if (waits) return OK;
	for (size_t i = 0; i < COUNT(promises); i++) form_set(arena, accepted, text_from(promises[i]), TEXT("yes"));
	call->actor = &expert;
	Error error = expert_act(call, ref, TEXT("accept"), 0, accepted);
	call->actor = secretary;
	list_add(call->arena, out, expert);
	return error;
}

Error demo_experts(Call *call, const Actor *secretary, DemoExperts *out)
{
	call->now = clock_wall() - (int64_t)INVITED_DAYS_AGO * DAY_MS;
	for (size_t i = 0; i < COUNT(experts); i++) {
		bool waits = i + 1 == COUNT(experts);
		if (waits) call->now = clock_wall() - (int64_t)ASKED_DAYS_AGO * DAY_MS;
		TRY(demo_expert_add(call, &experts[i], i, secretary, waits, out));
	}
	return OK;
}
