#include "app/demo_merit.h"

#include "base/base/clock.h"
#include "store/ledger/ledger.h"
#include "subject/merit/deed.h"
#include "subject/merit/honour.h"
#include "subject/merit/merit.h"
#include "subject/programme/evaluation/evaluation.h"

#include <sys/mman.h>
#include <unistd.h>

enum { ZONE_MS = 8 * 3600 * 1000, VERIFIED_MOST = 200, FOLLOW_AT_ONCE = 500, LAST_MONTHS_DAYS = 61 };
#define DAY_MS ((int64_t)86400000)

const DemoMatter demo_unit_matters[] = {
	{ .stage = DEMO_ACCEPTED,
		.days_ago = 47,
		.product = "桂枝相册",
		.vendor = "桂枝影像",
		.platform = "android",
		.package = "com.example.guizhi.album",
		.versions = "< 4.1.0",
		.fixed = "4.1.0",
		.class_tag = "path-traversal",
		.cvss = "CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:U/C:H/I:H/A:N",
		.gbt30279 = "CNVRS:1.0/AV:N/AC:L/PR:N/UI:R/C:H/I:H/A:N/E:M/RL:M/S:M",
		.title = { [LANG_ZH] = "桂枝相册导入压缩包时可写入任意私有目录",
			[LANG_EN] = "Guizhi Album writes outside its folder when it imports an archive" },
		.description = { [LANG_ZH] = "桂枝相册 Android 版 4.1.0 "
					     "之前的版本在导入相册压缩包时未校验条目名称，可借助相对路径覆盖应用私有目录中的文件。",
			[LANG_EN] = "Guizhi Album for Android before 4.1.0 does not check the names in an imported archive and overwrites "
				    "private files." },
		.solution = { [LANG_ZH] = "升级到 4.1.0。", [LANG_EN] = "Update to 4.1.0." },
		.steps = "1. 准备条目名含 ../ 的压缩包\n2. 分享给桂枝相册并确认导入\n3. 私有目录中的配置文件被覆盖" },
	{ .stage = DEMO_ACCEPTED,
		.days_ago = 31,
		.product = "苇舟消息 SDK",
		.vendor = "苇舟云",
		.platform = "sdk",
		.package = "com.example.weizhou:im",
		.versions = "2.0 – 2.4.3",
		.fixed = "2.4.4",
		.class_tag = "trust-management",
		.cvss = "CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:L/A:N",
		.gbt30279 = "CNVRS:1.0/AV:N/AC:H/PR:N/UI:N/C:H/I:L/A:N/E:M/RL:L/S:M",
		.title = { [LANG_ZH] = "苇舟消息 SDK 长连接未校验服务端证书",
			[LANG_EN] = "Weizhou Messages SDK does not check the server of its connection" },
		.description = { [LANG_ZH] = "苇舟消息 SDK 2.0 至 2.4.3 在长连接上接受任意证书，同一网络中的攻击者可以读取并伪造消息。",
			[LANG_EN] = "Weizhou Messages SDK 2.0 to 2.4.3 takes any certificate, so that messages can be read and forged in "
				    "the same network." },
		.solution = { [LANG_ZH] = "升级到 2.4.4。", [LANG_EN] = "Update to 2.4.4." },
		.steps = "在代理中使用自签名证书，长连接仍然建立。" },
	{ .stage = DEMO_ACCEPTED,
		.days_ago = 17,
		.product = "松间缴费",
		.vendor = "松间生活服务",
		.platform = "mini-program",
		.package = "wx0a1b2c3d4e5f6a7b",
		.versions = "3.2.0",
		.fixed = "3.2.1",
		.class_tag = "access-control",
		.cvss = "CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:U/C:L/I:N/A:N",
		.gbt30279 = "CNVRS:1.0/AV:N/AC:L/PR:L/UI:N/C:L/I:N/A:N/E:M/RL:L/S:L",
		.title = { [LANG_ZH] = "松间缴费小程序账单接口可越权查询",
			[LANG_EN] = "Bills of others can be read in the Songjian mini-program" },
		.description = { [LANG_ZH] =
					 "松间缴费小程序 3.2.0 的账单接口只校验登录，不校验房号归属，登录用户可以查询其他住户的账单金额。",
			[LANG_EN] = "The bills interface of Songjian 3.2.0 checks that somebody is signed in, but not whose flat it is." },
		.solution = { [LANG_ZH] = "升级到 3.2.1。", [LANG_EN] = "Update to 3.2.1." },
		.steps = "登录后将请求中的房号改为相邻房号，返回该户账单。" },
};
const size_t demo_unit_matter_count = COUNT(demo_unit_matters);

static const struct {
	const char *kind, *what, *evidence, *action; /* NULL: waits */
	int days_ago;
} deeds[] = {
	{ "talk", "在移动应用安全技术沙龙作《小程序隐藏入口的发现与处置》报告。", "沙龙议程、现场照片、报告幻灯片。", "confirm", 75 },
	{ "emergency", "协助处置某推送组件在野利用事件，两小时内给出受影响应用清单。", "应急值守记录、受影响应用清单。", "confirm", 40 },
	{ "campaign", "参加主流应用专项检测行动，承担 80 款应用的复测。", "任务单、复测汇总表。", "confirm", 22 },
	{ "collection", "提交漏洞处置典型案例一份。", "案例申报书。", "refuse", 18 },
	{ "warning", "共享某开源组件高危漏洞早期预警，早于公开披露三日。", "预警邮件与时间戳。", NULL, 3 },
};

Error demo_points_rule(Call *call, const Actor *first, const Actor *second)
{
	static const char row[] =
		"| warning-sent | 共享预警信息被采用并发送 | Shared warning taken up and sent | warning-share.taken | actor |  | 6.00 | "
		"30.00 | year | once |\n";
	MeritRules rules;
	Map *values = map_new(call->arena);
	int64_t now = call->now;
	call->now = clock_wall() - 3 * DAY_MS;
	call->actor = first;
	TRY(merit_rules(call, false, &rules));
	const MeritRule *rule = merit_rule_at(&rules, call->now);
	Text day = text_slice(clock_iso(call->arena, clock_wall() - DAY_MS + ZONE_MS), 0, 10);
	form_set(call->arena, values, TEXT("rows"), arena_printf(call->arena, "%.*s\n%s", TEXT_ARGS(rule->rows_text), row));
	form_set(call->arena, values, TEXT("stars"), rule->stars_text);
	form_set(call->arena, values, TEXT("from_on"), day);
	form_set(call->arena, values, TEXT("reason"), TEXT("支撑单位共享的预警信息经研判发送的，计入贡献度积分。"));
	TRY(merit_rule_propose(call, values));
	TRY(merit_rules(call, true, &rules));
	call->actor = second;
	TRY(merit_rule_settle(call, rules.at[rules.count - 1].number, true));
	call->now = now;
	return OK;
}

static Map *values_of(Call *call, size_t at)
{
	Map *values = map_new(call->arena);
	Text day = clock_iso(call->arena, call->now - (int64_t)deeds[at].days_ago * DAY_MS + ZONE_MS);
	form_set(call->arena, values, TEXT("kind"), text_from(deeds[at].kind));
	form_set(call->arena, values, TEXT("what"), text_from(deeds[at].what));
	form_set(call->arena, values, TEXT("done_on"), text_slice(day, 0, 10));
	form_set(call->arena, values, TEXT("evidence"), text_from(deeds[at].evidence));
	form_set(call->arena, values, TEXT("reason"), TEXT("申报书未加盖公章，责任声明缺失，请补齐后重新申报。"));
	return values;
}

static Error add_evidence(Call *call, Text ref, size_t at)
{
	Deed deed;
	Attachment attachment;
	Text content = arena_printf(call->arena, "%s\n%s\n", deeds[at].what, deeds[at].evidence);
	int file = memfd_create("demo", MFD_CLOEXEC);
	if (file < 0) return fail(call, IO, "a file of the demonstration");
	TRY(deed_open(call, ref, &deed));
	AttachmentOwner owner = { deed_machine.name, deed.id, deed.seal_key, false };
	bool is_written = write(file, content.at, content.length) == (ssize_t)content.length;
	Error error = is_written ? attachment_store(call, owner, TEXT("证明材料.txt"), file, (int64_t)content.length, &attachment) : OK;
	close(file);
	return error;
}

/* Entered for the first of the demonstration's units, to be confirmed by the other secretary. */
static Error enter_one(Call *call, const Actor *first)
{
	Organisations verified;
	Text ref;
	Map *values = values_of(call, 0);
	TRY(org_list_in_state(call, ORG_VERIFIED, VERIFIED_MOST, &verified));
	for (size_t i = 0; i < verified.count; i++) {
		if (!text_is(verified.at[i].name, TEXT("磐石网络安全技术有限公司"))) continue;
		form_set(call->arena, values, TEXT("credit_code"), verified.at[i].credit_code);
		call->actor = first;
		TRY(deed_state(call, values, true, &ref));
		return add_evidence(call, ref, 0);
	}
	return OK;
}

Error demo_deeds(Call *call, const Actor *member, const Actor *first, const Actor *second)
{
	call->now = clock_wall();
	for (size_t i = 0; i < COUNT(deeds); i++) {
		Text ref;
		call->actor = member;
		TRY(deed_state(call, values_of(call, i), false, &ref));
		TRY(add_evidence(call, ref, i));
		call->actor = second;
		if (deeds[i].action) TRY(deed_act(call, ref, text_from(deeds[i].action), 0, values_of(call, i)));
	}
	return enter_one(call, first);
}

static Error act_on(Call *call, const Actor *actor, Text ref, const char *action, const Map *values)
{
	call->actor = actor;
	return honour_act(call, ref, text_from(action), 0, values);
}

/* The letter to the ministry. */
static Error report_honours(Call *call, const Actor *first, const Actor *second, Text ref, Text *out_number)
{
	IssuedLetter issued;
	HonourList list;
	LetterOrder order;
	Text draft, letter;
	call->actor = first;
	TRY(honour_open(call, ref, &list));
	TRY(honour_letter_order(call, &list, LETTER_HONOUR_REPORT, &order));
	TRY(letter_draft(call, &order, &draft));
	call->actor = second;
	TRY(letter_approve(call, LETTER_PROGRAMME, draft, &letter));
	TRY(letter_open(call, LETTER_PROGRAMME, letter, &issued));
	*out_number = issued.number;
	return OK;
}

Error demo_honours(Call *call, const Actor *first, const Actor *second)
{
	static const char *const way[] = { "propose", "confirm", "send", "award" };
	Map *values = map_new(call->arena);
	Text ref;
	int year = merit_year(call->now + LAST_MONTHS_DAYS * DAY_MS) - 1;
	Text day = clock_iso(call->arena, call->now + ZONE_MS - LAST_MONTHS_DAYS * DAY_MS);
	Text sent_as, award = arena_printf(call->arena, "工信网安函〔%d〕101号（演示）", year);
	form_set(call->arena, values, TEXT("document_on"), text_slice(day, 0, 10));
	call->actor = first;
	TRY(honour_begin(call, arena_printf(call->arena, "%d", year), &ref));
	for (size_t i = 0; i < COUNT(way); i++) {
		if (!strcmp(way[i], "send")) TRY(report_honours(call, first, second, ref, &sent_as));
		if (!strcmp(way[i], "send")) form_set(call->arena, values, TEXT("document"), sent_as);
		if (!strcmp(way[i], "award")) form_set(call->arena, values, TEXT("document"), award);
		TRY(act_on(call, i % 2 ? second : first, ref, way[i], values));
	}
	call->actor = first;
	return honour_begin(call, arena_printf(call->arena, "%d", year - 1), &ref);
}

/* What happened so far is numbered and counted first. */
Error demo_evaluation(Call *call, const Actor *secretary)
{
	int64_t left = 1;
	Text ref;
	call->now = clock_wall();
	call->actor = &actor_system;
	while (left) TRY(ledger_sequence(call, &left));
	for (left = 1; left;) TRY(merit_follow(call, FOLLOW_AT_ONCE, &left));
	int year = merit_year(call->now + LAST_MONTHS_DAYS * DAY_MS) - 1;
	call->actor = secretary;
	return evaluation_begin(call, arena_printf(call->arena, "%d", year), &ref);
}
