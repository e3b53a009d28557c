#include "app/demo_application.h"

#include "app/demo_party.h"
#include "base/base/clock.h"
#include "subject/programme/application/application.h"

#include <sys/mman.h>
#include <unistd.h>

enum { DAY_MS = 86400000, UNITS = 4, REVIEW_DAYS_AGO = 8 };

static const DemoVendor units[UNITS] = {
	{ "bai@example.cn", "白泽", "baize", "白泽网络安全实验室有限公司", "Baize Security Laboratory", "91110108MADEM0021N",
		"研究部 010-00000011", "unit" },
	{ "xuan@example.cn", "玄晓", "xuanxiao", "玄鸟信息安全技术有限公司", "Xuanniao Information Security", "91110108MADEM0022R",
		"应急部 010-00000012", "unit" },
	{ "lu@example.cn", "陆吾", "luwu", "陆吾移动安全研究院有限公司", "Luwu Institute of Mobile Security", "91110108MADEM0023W",
		"技术部 010-00000013", "unit" },
	{ "qiong@example.cn", "琼枝", "qiongzhi", "琼枝科技有限公司", "Qiongzhi Technology", "91110108MADEM00240", "市场部 010-00000014",
		"unit" },
};

static const char team[] =
	"| 张衡 | 首席研究员 | CAPPSEC、CISP | 9 |\n| 李冶 | 高级工程师 | CISP-PTE | 6 |\n| 王恂 | 工程师 | CAPPSEC | 3 |";
static const char originals[] = "| NVDB-CAPPVD-2025-381204 | 某出行应用越权访问 | 高危 | 2025-04-18 |\n| NVDB-CAPPVD-2025-604417 | "
				"某相册应用路径遍历 | 中危 | 2025-09-02 |";

static const Map *values_of(Call *call, const char *const pairs[][2], size_t count)
{
	Map *values = map_new(call->arena);
	for (size_t i = 0; i < count; i++) form_set(call->arena, values, text_from(pairs[i][0]), text_from(pairs[i][1]));
	return values;
}
#define VALUES(...) values_of(call, (const char *const[][2]) { __VA_ARGS__ }, COUNT(((const char *const[][2]) { __VA_ARGS__ })))

static Error begin(Call *call, const Actor *unit, Text code, Text direction, Text *out_ref)
{
	Application application;
	call->actor = unit;
	TRY(application_new(call, code, direction, out_ref));
	TRY(application_open(call, *out_ref, &application));
	return application_save(call, &application,
		VALUES({ "profile", "专注移动应用安全研究十余年，设有漏洞研究、应急响应和产品测试三个部门。" }, { "team", team }));
}

static Error attach(Call *call, Text ref, const char *field, const char *name, const char *words)
{
	Application application;
	AttachmentOwner owner;
	Attachment attachment;
	TRY(application_open(call, ref, &application));
	TRY(application_files(call, &application, text_from(field), true, &owner));
	int file = memfd_create(name, MFD_CLOEXEC);
	if (file < 0 || write(file, words, strlen(words)) != (ssize_t)strlen(words)) return fail(call, IO, "a file of the demonstration");
	Error error = attachment_store(call, owner, text_from(name), file, (int64_t)strlen(words), &attachment);
	close(file);
	return error;
}

static Error act(Call *call, const Actor *actor, Text ref, const char *action, const Map *values)
{
	call->actor = actor;
	return application_act(call, ref, text_from(action), 0, values);
}

Error demo_apply(Call *call, const Actor *unit, Text code, Text direction, Text *out_ref)
{
	Application application;
	const Map *answers =
		text_is(direction, TEXT("technical"))
			? VALUES({ "originals", originals },
				  { "incidents", "2025年6月，协助处置某第三方开发包供应链事件，四小时内完成影响面分析。" })
			: VALUES({ "process", "设有漏洞接收邮箱和在线入口，收到后两个工作日内确认，高危漏洞十日内修复，修复后公开说明。" });
	TRY(begin(call, unit, code, direction, out_ref));
	TRY(application_open(call, *out_ref, &application));
	TRY(application_save(call, &application, answers));
	TRY(attach(call, *out_ref, "record", "国家企业信用信息公示系统查询结果.txt", "未被列入经营异常名录和严重违法失信名单。\n"));
	return act(call, unit, *out_ref, "submit", NULL);
}

Error demo_close_round(Call *call, const Actor *secretary, Text round)
{
	int64_t count = 1;
	call->actor = &actor_system;
	TRY(round_act(call, round, TEXT("close"), 0, NULL));
	TRY(round_act(call, round, TEXT("end"), 0, NULL));
	call->actor = secretary;
	TRY(round_act(call, round, TEXT("review"), 0, NULL));
	call->actor = &actor_system;
	while (count) TRY(application_advance(call, &count));
	return OK;
}

Error demo_check(Call *call, const Actor *secretary, Text ref, const char *verdict, const char *note)
{
	Text day = text_slice(clock_iso(call->arena, call->now), 0, 10);
	const char *today = arena_string(call->arena, day),
		   *posted = arena_string(call->arena, text_slice(clock_iso(call->arena, call->now - (int64_t)10 * DAY_MS), 0, 10));
	call->actor = secretary;
	TRY(attach(call, ref, "check", "查询截图说明.txt", "查询日无不良记录。\n"));
	TRY(act(call, secretary, ref, "check",
		VALUES({ "register_on", today }, { "register", "yes" }, { "condition-1", "yes" }, { "condition-2", "yes" },
			{ "condition-3", verdict }, { "condition-3-note", note }, { "condition-4", "yes" }, { "condition-5", "yes" })));
	TRY(act(call, secretary, ref, "receive", VALUES({ "posted", posted }, { "arrived", today })));
	return act(call, secretary, ref, "match", NULL);
}

Error demo_applications(Call *call, const Actor *coordinator, const Actor *secretary, const Actor *second, const DemoRounds *rounds)
{
	Actor *unit = arena_array_of(call->arena, Actor, UNITS);
	Text refs[UNITS], ref;
	int64_t now = clock_wall();
	Actor officer = *second, reader = *secretary, staff = *coordinator;
	staff.session_id = staff.person_id;
	call->now = rounds->reviewed_opens + (int64_t)5 * DAY_MS;
	for (size_t i = 0; i < UNITS; i++) TRY(demo_found(call, &units[i], &unit[i], &staff));
	for (size_t i = 0; i < UNITS; i++) TRY(demo_apply(call, &unit[i], rounds->reviewed, TEXT("technical"), &refs[i]));
	call->now = now - (int64_t)REVIEW_DAYS_AGO * DAY_MS;
	TRY(demo_close_round(call, &reader, rounds->reviewed_ref));
	call->now += 2 * (int64_t)DAY_MS;
	TRY(demo_check(call, &reader, refs[0], "yes", "证书齐全。"));
	TRY(demo_check(call, &reader, refs[3], "no", "所列人员均无相应资质证书，补正后仍未提供。"));
	TRY(act(call, &officer, refs[0], "approve", NULL));
	TRY(act(call, &officer, refs[3], "reject",
		VALUES({ "reason", "conditions" }, { "explanation", "安全团队人员不具备通知要求的资质。" })));
	call->now = now - DAY_MS;
	TRY(act(call, &reader, refs[2], "return",
		VALUES({ "days", "5" }, { "mark-team", "请补充资质证书编号，并说明第三名成员的从业经历。" },
			{ "mark-record", "查询结果未载明查询日期，请重新提供。" })));
	call->now = now - (int64_t)3 * DAY_MS;
	TRY(begin(call, &unit[0], rounds->open, TEXT("technical"), &ref));
	return demo_apply(call, &unit[1], rounds->open, TEXT("technical"), &ref);
}
