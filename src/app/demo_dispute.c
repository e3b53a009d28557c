#include "app/demo_dispute.h"

#include "base/base/clock.h"
#include "subject/dispute/dispute.h"
#include "subject/report/internal.h"

#include <sys/mman.h>
#include <unistd.h>

enum { HOUR_MS = 3600 * 1000, DAY_MS = 24 * HOUR_MS };

typedef enum DemoStage { STAGE_APPEALED, STAGE_PANEL, STAGE_DECIDED } DemoStage;
static const struct {
	DemoStage stage;
	int days_ago;
	const char *product, *class_tag, *title, *description, *steps;
	const char *code, *explanation; /* of the rejection; code NULL: a duplicate of the one before */
	const char *grounds, *text, *answer, *request;
} disputes[] = {
	{ STAGE_DECIDED, 12, "青鸟日程", "access-control", "青鸟日程分享接口存在越权访问漏洞",
		"日程分享接口只校验链接编号，不校验访问者身份，修改编号即可读取他人的日程标题和时间。",
		"1. 用账号甲创建日程并分享\n2. 用账号乙登录，打开分享链接\n3. 将链接中的编号减一", "no-impact",
		"分享链接由用户主动公开，读取其中内容不构成越权。", "facts",
		"漏洞不在于打开分享链接，而在于修改编号后可以读取**从未分享过**的日程，复核时请对照第三步。",
		"经复核，接口返回的日程均带有分享标记，维持原决定。", "分享标记由客户端提交，服务端并未校验，请专家对照抓包结果判断。" },
	{ STAGE_PANEL, 4, "松果记账", "information-disclosure", "松果记账导出文件未清除，存在信息泄露漏洞",
		"导出的账单文件留在公共存储目录，其他应用可以读取。", "1. 在设置中导出账单\n2. 用文件管理器打开下载目录\n3. 查看文件内容",
		"no-impact", "导出文件由用户自行保存，属于正常功能。", "rule",
		"导出后界面提示“文件已删除”，实际仍保留在公共目录，与提示不符，用户无从知晓。", "经复核，导出目录由用户选择，维持原决定。",
		"新版本不再提供目录选择，复核所依据的是旧版本，请专家裁定。" },
	{ STAGE_APPEALED, 1, "山雀通讯录", "information-disclosure", "山雀通讯录备份接口存在信息泄露漏洞",
		"备份接口返回的数据未加密，同一网络内可以截获联系人姓名和电话。", "1. 开启自动备份\n2. 在同一网络内抓包\n3. 查看返回内容",
		"incomplete", "未提供可以复现的抓包结果。", "facts", "抓包结果已随报送上传，文件名为 capture.pcapng，可能在审查时被遗漏。",
		NULL, NULL },
};
#define DISPUTES COUNT(disputes)

static Map *values_of(Call *call, const char *const *names_and_values)
{
	Map *values = map_new(call->arena);
	for (; *names_and_values; names_and_values += 2)
		form_set(call->arena, values, text_from(names_and_values[0]), text_from(names_and_values[1]));
	return values;
}
#define VALUES(...) values_of(call, (const char *const[]) { __VA_ARGS__, NULL })

static Error send(Call *call, const DemoDisputers *people, size_t n, Text *out_ref)
{
	Reception reception;
	call->actor = people->reporter;
	Map *values = VALUES("kind", "generic", "owner", "others", "original", "original", "disclosed", "no", "part", "android", "product",
		disputes[n].product, "versions", "2.0 至 2.4", "class", disputes[n].class_tag, "title", disputes[n].title, "description",
		disputes[n].description, "steps", disputes[n].steps, "impact", disputes[n].description, "credit", "handle", "sent_to",
		"only", "no_secrets", "yes");
	TRY(report_send(call, values, TEXT(""), &reception));
	call->actor = people->decider;
	call->now += 2 * HOUR_MS;
	TRY(report_act(call, reception.ref, TEXT("review"), 0, NULL));
	call->now += HOUR_MS;
	TRY(report_act(call, reception.ref, TEXT("reject"), 0, VALUES("code", disputes[n].code, "explanation", disputes[n].explanation)));
	*out_ref = reception.ref;
	return OK;
}

static Error act(Call *call, const Actor *actor, Text ref, const char *action, const Map *values)
{
	call->actor = actor;
	call->now += HOUR_MS;
	return dispute_act(call, ref, text_from(action), 0, values);
}

/* Whoever of these has a seat reads and votes; at most `most` of them. */
static Error vote(Call *call, const DemoDisputers *people, Text ref, int most)
{
	static const char *const reasons[] = { "分享标记由客户端提交，服务端未校验，修改编号可以读取未分享的日程，属于越权访问。",
		"按第三步操作可以稳定复现，原决定对接口行为的认定有误。",
		"复核结论成立的前提是分享标记可信，而该标记可以伪造，不应采信。" };
	int votes = 0;
	for (size_t i = 0; votes < most && i < people->expert_count; i++) {
		Dispute dispute;
		call->actor = people->experts[i];
		Error error = dispute_open(call, ref, &dispute);
		if (error != OK && error != ERROR_NOT_FOUND) return error;
		call_recover(call);
		if (error != OK) continue;
		TRY(act(call, people->experts[i], ref, "undertake", VALUES("undertaking", "yes", "no_interest", "yes")));
		TRY(act(call, people->experts[i], ref, "vote", VALUES("verdict", "set-aside", "reasons", reasons[votes])));
		votes++;
	}
	return OK;
}

static Error fill(Call *call, const DemoDisputers *people, size_t n)
{
	Text report, ref;
	call->now = clock_wall() - disputes[n].days_ago * (int64_t)DAY_MS;
	TRY(send(call, people, n, &report));
	call->actor = people->reporter;
	call->now += HOUR_MS;
	TRY(dispute_appeal_report(call, report, VALUES("grounds", disputes[n].grounds, "text", disputes[n].text), &ref));
	if (disputes[n].stage == STAGE_APPEALED) return OK;
	TRY(act(call, people->answerer, ref, "answer", VALUES("answer", disputes[n].answer)));
	TRY(act(call, people->reporter, ref, "panel", VALUES("request", disputes[n].request)));
	return vote(call, people, ref, disputes[n].stage == STAGE_DECIDED ? 3 : 1);
}

/* What the library found by itself; no report has come in about it yet. */
static Error enter_record(Call *call, const DemoDisputers *people)
{
	static const char words[] = "例行检测报告（节选）\n\n对象：海鸥天气 5.1（Android）\n结论：推送服务组件对外导出且未设置权限，"
				    "其他应用可以伪造推送消息。\n";
	Text ref;
	bool repeated = false;
	call->now = clock_wall() - 9 * (int64_t)DAY_MS;
	call->actor = people->answerer;
	int file = memfd_create("demo", MFD_CLOEXEC);
	if (file < 0) return fail(call, IO, "a file of the demonstration");
	const InternalNew new = { .values = VALUES("title", "海鸥天气推送组件存在组件导出漏洞", "content",
					  "例行检测发现推送服务组件对外导出且未设置权限，其他应用可以伪造推送消息。影响 5.1 及以前版本。"),
		.document = { TEXT("例行检测报告.txt"), file, (int64_t)strlen(words) },
		.key = TEXT("") };
	bool is_written = write(file, words, strlen(words)) == (ssize_t)strlen(words);
	Error error = is_written ? internal_enter_with(call, &new, &ref, &repeated) : fail(call, IO, "a file of the demonstration");
	close(file);
	return error;
}

Error demo_disputes(Call *call, const DemoDisputers *people)
{
	TRY(enter_record(call, people));
	for (size_t i = 0; i < DISPUTES; i++) TRY(fill(call, people, i));
	return OK;
}
