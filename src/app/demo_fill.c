#include "app/demo_fill.h"

#include "app/demo_activity.h"
#include "app/demo_application.h"
#include "app/demo_batch.h"
#include "app/demo_closing.h"
#include "app/demo_data.h"
#include "app/demo_delivery.h"
#include "app/demo_dispute.h"
#include "app/demo_expert.h"
#include "app/demo_figure.h"
#include "app/demo_find.h"
#include "app/demo_history.h"
#include "app/demo_merit.h"
#include "app/demo_party.h"
#include "app/demo_privacy.h"
#include "app/demo_product.h"
#include "app/demo_round.h"
#include "app/demo_selection.h"
#include "app/demo_site.h"
#include "app/demo_unit.h"
#include "app/demo_warning.h"
#include "app/jobs.h"
#include "base/base/clock.h"
#include "people/person/person.h"
#include "subject/casefile/casefile.h"
#include "work/absence/absence.h"
#include "work/letter/letter.h"

#include <sys/mman.h>
#include <unistd.h>

enum { HOUR_MS = 3600 * 1000, DAY_MS = 24 * HOUR_MS, FOUNDED_DAYS_AGO = 400, FILLING_BYTES_MAX = 16 * ARENA_CEILING };

typedef enum DemoPersonId {
	LIN,
	CHEN,
	ZHAO,
	QIAN,
	SUN,
	WEI,
	GAO,
	SHI,
	TAO,
	XIA,
	FENG,
	FAN,
	DU,
	MI,
	NING,
	JIAN,
	RONG,
	SUI,
	SHU,
	PERSON_COUNT
} DemoPersonId;
static const struct {
	const char *mail, *name, *handle;
	uint32_t roles;
} people[] = {
	[LIN] = { "lin@example.cn", "林一帆", "linyifan", 0 },
	[CHEN] = { "chen@example.cn", "陈思远", "chensiyuan", ROLE_COORDINATOR },
	[ZHAO] = { "zhao@example.cn", "赵明哲", "zhaomingzhe", ROLE_VERIFIER },
	[QIAN] = { "qian@example.cn", "钱文澜", "qianwenlan", ROLE_VERIFIER },
	[SUN] = { "sun@example.cn", "孙若溪", "sunruoxi", ROLE_PUBLISHER },
	[WEI] = { "wei@example.cn", "魏南", "weinan", ROLE_SECURITY_ADMIN },
	[GAO] = { "gao@example.cn", "高岳", "gaoyue", ROLE_AUDIT_ADMIN },
	[SHI] = { "shi@example.cn", "石磊", "shilei", ROLE_SYSTEM_ADMIN },
	[TAO] = { "tao@example.cn", "陶文", "taowen", ROLE_WRITER },
	[XIA] = { "xia@example.cn", "夏编", "xiabian", ROLE_EDITOR },
	[FENG] = { "feng@example.cn", "冯审", "fengshen", ROLE_APPROVER },
	[FAN] = { "fan@example.cn", "范宁", "fanning", ROLE_COORDINATOR },
	[DU] = { "du@example.cn", "杜衡", "duheng", ROLE_AUTHORITY },
	[MI] = { "mi@example.cn", "米秋", "miqiu", ROLE_SECRETARY },
	[NING] = { "ning@example.cn", "宁远", "ningyuan", ROLE_SECRETARY },
	[RONG] = { "rong@example.cn", "容与", "rongyu", ROLE_SECRETARY },
	[SUI] = { "sui@example.cn", "隋安", "suian", ROLE_SECRETARY },
	[SHU] = { "shu@example.cn", "舒宁", "shuning", ROLE_SECURITY_ADMIN },
	[JIAN] = { "jian@example.cn", "简明", "jianming", ROLE_SUPERVISOR },
};

typedef struct Filling {
	Actor actors[PERSON_COUNT];
	const DemoMatter *matter;
	Text report, casefile, party, first; /* first: the report that a duplicate repeats */
	Text rejected, closed; /* the last ones, for letters */
	int step; /* hours since the matter was sent, so that a later act has a later time */
} Filling;

static Error make_people(Call *call, Filling *filling)
{
	for (size_t i = 0; i < PERSON_COUNT; i++) {
		int64_t id;
		TRY(person_create_demo(
			call, text_from(people[i].mail), text_from(people[i].name), text_from(people[i].handle), people[i].roles, &id));
		filling->actors[i] = (Actor) { .person_id = id,
			.name = text_from(people[i].name),
			.roles = ROLE_REPORTER | people[i].roles,
			.second_factor = true,
			.scopes = ~0U };
	}
	return OK;
}

/* ---- Acting as one of them, a few hours after what happened before */
static void become(Call *call, Filling *filling, const Actor *actor)
{
	int64_t step_hours = filling->matter->step_hours ? filling->matter->step_hours : 2;
	call->actor = actor;
	call->now = clock_wall() - (int64_t)filling->matter->days_ago * DAY_MS - HOUR_MS + filling->step * step_hours * HOUR_MS;
	if (call->now > clock_wall()) call->now = clock_wall();
	filling->step++;
}

static Map *values_of(Call *call, const char *const pairs[][2], size_t count)
{
	Map *values = map_new(call->arena);
	for (size_t i = 0; i < count; i++)
		if (*pairs[i][1]) form_set(call->arena, values, text_from(pairs[i][0]), text_from(pairs[i][1]));
	return values;
}

static Map *report_values(Call *call, const DemoMatter *matter)
{
	const char *const pairs[][2] = {
		{ "kind", matter->is_incident ? "incident" : "generic" },
		{ "owner", "others" },
		{ "original", "original" },
		{ "disclosed", "no" },
		{ "part", matter->platform },
		{ "product", matter->product },
		{ "vendor", matter->vendor },
		{ "package", matter->package },
		{ "operator", matter->is_incident ? matter->vendor : "" },
		{ "versions", matter->is_incident ? "" : matter->versions },
		{ "class", matter->class_tag },
		{ "title", matter->title[LANG_ZH] },
		{ "description", matter->description[LANG_ZH] },
		{ "steps", matter->steps },
		{ "impact", matter->description[LANG_ZH] },
		{ "cvss", matter->cvss },
		{ "gbt30279", matter->gbt30279 },
		{ "credit", "handle" },
		{ "sent_to", "only" },
		{ "no_secrets", "yes" },
	};
	return values_of(call, pairs, COUNT(pairs));
}

static Error act_on_report(Call *call, Filling *filling, const char *action, const Map *values)
{
	Report report;
	become(call, filling, &filling->actors[CHEN]);
	TRY(report_open(call, filling->report, &report));
	return report_act(call, filling->report, text_from(action), report.revision, values);
}

static Error act_on_casefile(Call *call, Filling *filling, DemoPersonId who, const char *action, const Map *values)
{
	Casefile casefile;
	become(call, filling, &filling->actors[who]);
	TRY(casefile_open(call, filling->casefile, &casefile));
	return casefile_act(call, filling->casefile, text_from(action), casefile.revision, values);
}

/* The casefile that was opened for the report. */
static Error find_casefile(Call *call, Filling *filling)
{
	Casefiles waiting;
	Report report;
	TRY(report_open(call, filling->report, &report));
	TRY(casefile_queue(call, TEXT("VERIFYING"), 0, 100, &waiting));
	for (size_t i = 0; i < waiting.count; i++)
		for (size_t k = 0; k < waiting.at[i].report_ids.count; k++)
			if (waiting.at[i].report_ids.at[k] == report.id) {
				filling->casefile = waiting.at[i].ref;
				return OK;
			}
	return fail(call, INTERNAL, "no casefile for %.*s", TEXT_ARGS(filling->report));
}

/* ---- The way of a matter, each function one step of it */
static Error act_with(Call *call, Filling *filling, const char *action, const char *name, const char *value)
{
	const char *const pairs[][2] = { { name, value } };
	return act_on_report(call, filling, action, values_of(call, pairs, COUNT(pairs)));
}

static Error review(Call *call, Filling *filling) { return act_on_report(call, filling, "review", NULL); }

static Error ask(Call *call, Filling *filling)
{
	return act_with(call, filling, "ask", "question", "请补充受影响版本，并说明问题的位置和查看方法。");
}

static Error reject(Call *call, Filling *filling)
{
	static const char *const pairs[][2] = { { "code", "no-impact" }, { "explanation", "描述的是性能或体验问题，没有安全影响。" } };
	filling->rejected = filling->report;
	return act_on_report(call, filling, "reject", values_of(call, pairs, COUNT(pairs)));
}

static Error repeat(Call *call, Filling *filling)
{
	return act_with(call, filling, "duplicate", "of", arena_string(call->arena, filling->first));
}

static Error transfer(Call *call, Filling *filling)
{
	static const char *const pairs[][2] = { { "library", "cnvdb" }, { "explanation", "问题在设备固件中，不属于移动互联网应用产品。" } };
	return act_on_report(call, filling, "transfer", values_of(call, pairs, COUNT(pairs)));
}

static Error isolate(Call *call, Filling *filling)
{
	return act_with(call, filling, "isolate", "why", "内容可能不宜在本平台接收，请第二人判断。");
}

/* What was isolated is judged by another coordinator. */
static Error wipe(Call *call, Filling *filling)
{
	static const char *const pairs[][2] = { { "understood", "yes" } };
	Report report;
	become(call, filling, &filling->actors[FAN]);
	TRY(report_open(call, filling->report, &report));
	return report_act(call, filling->report, TEXT("wipe"), report.revision, values_of(call, pairs, COUNT(pairs)));
}

/* Only the verifier's work showed what it was about. */
static Error shut(Call *call, Filling *filling)
{
	static const char *const pairs[][2] = { { "why", "验证中发现内容可能不宜在本平台办理，请第二人判断。" } };
	return act_on_casefile(call, filling, CHEN, "isolate", values_of(call, pairs, COUNT(pairs)));
}

static Error hand_over(Call *call, Filling *filling)
{
	static const char *const pairs[][2] = { { "library", "CNVDB" }, { "reason", "经研判，问题在配套网关设备中，APP本身不受影响。" } };
	return act_on_casefile(call, filling, CHEN, "transfer", values_of(call, pairs, COUNT(pairs)));
}

static Error withdraw(Call *call, Filling *filling)
{
	static const char *const pairs[][2] = { { "reason", "经核实为厂商自有服务，撤回报送。" } };
	Report report;
	become(call, filling, &filling->actors[LIN]);
	TRY(report_open(call, filling->report, &report));
	return report_act(call, filling->report, TEXT("withdraw"), report.revision, values_of(call, pairs, COUNT(pairs)));
}

static Error attach(Call *call, Filling *filling)
{
	TRY(act_with(call, filling, "attach", "verifier", "zhaomingzhe"));
	return find_casefile(call, filling);
}

static Error sign(Call *call, Filling *filling, DemoPersonId who)
{
	static const char *const pairs[][2] = { { "undertaking", "yes" }, { "no_interest", "yes" } };
	return act_on_casefile(call, filling, who, "undertake", values_of(call, pairs, COUNT(pairs)));
}

static const char *part_of(const DemoMatter *matter)
{
	if (!strcmp(matter->platform, "sdk")) return "sdk";
	return !strcmp(matter->platform, "server") ? "server" : "client";
}

static Error rate(Call *call, Filling *filling)
{
	const char *const pairs[][2] = { { "evidence", "在受影响版本上按步骤复现成功，截图和日志见附件。" },
		{ "class", filling->matter->class_tag }, { "gbt30279", filling->matter->gbt30279 }, { "cvss", filling->matter->cvss },
		{ "part", part_of(filling->matter) }, { "part_product", filling->matter->product },
		{ "part_versions", filling->matter->versions } };
	TRY(sign(call, filling, ZHAO));
	return act_on_casefile(call, filling, ZHAO, "confirm", values_of(call, pairs, COUNT(pairs)));
}

static Error assign_second(Call *call, Filling *filling)
{
	static const char *const second[][2] = { { "verifier", "qianwenlan" } };
	return act_on_casefile(call, filling, CHEN, "assign-second", values_of(call, second, COUNT(second)));
}

/* High and critical severity: a second verifier. */
static Error rate_again(Call *call, Filling *filling)
{
	const char *const pairs[][2] = { { "evidence", "在另一台设备上独立复现成功，结果一致。" },
		{ "gbt30279", filling->matter->gbt30279 }, { "cvss", filling->matter->cvss } };
	Casefile casefile;
	become(call, filling, &filling->actors[CHEN]);
	TRY(casefile_open(call, filling->casefile, &casefile));
	const Text levels[] = { casefile.technical_level, casefile.level };
	bool is_high = false;
	for (size_t i = 0; i < COUNT(levels); i++) is_high |= text_is(levels[i], TEXT("high")) || text_is(levels[i], TEXT("critical"));
	if (!is_high) return OK;
	TRY(assign_second(call, filling));
	TRY(sign(call, filling, QIAN));
	return act_on_casefile(call, filling, QIAN, "confirm-second", values_of(call, pairs, COUNT(pairs)));
}

static DemoTelling telling_of(const Filling *filling)
{
	return (DemoTelling) { &filling->actors[CHEN], &filling->actors[ZHAO], filling->matter, filling->casefile };
}

static Error tell_vendor(Call *call, Filling *filling)
{
	DemoTelling telling = telling_of(filling);
	become(call, filling, telling.coordinator);
	TRY(demo_tell_vendor(call, &telling, &filling->party));
	return act_on_casefile(call, filling, CHEN, "coordinate", NULL);
}

static Error repair(Call *call, Filling *filling)
{
	DemoTelling telling = telling_of(filling);
	become(call, filling, telling.coordinator);
	return demo_repair(call, &telling, filling->party);
}

static Error describe(Call *call, Filling *filling)
{
	const DemoMatter *matter = filling->matter;
	const char *const pairs[][2] = {
		{ "title_zh", matter->title[LANG_ZH] },
		{ "title_en", matter->title[LANG_EN] },
		{ "description_zh", matter->description[LANG_ZH] },
		{ "description_en", matter->description[LANG_EN] },
		{ "vendor", matter->vendor },
		{ "product", matter->product },
		{ "package", matter->package },
		{ "versions", matter->versions },
		{ "fixed_version", matter->fixed },
		{ "solution_zh", matter->solution[LANG_ZH] },
		{ "solution_en", matter->solution[LANG_EN] },
		{ "finder", "linyifan" },
	};
	TRY(act_on_casefile(call, filling, CHEN, "describe", values_of(call, pairs, COUNT(pairs))));
	return act_on_casefile(call, filling, CHEN, "request", NULL);
}

static Error publish(Call *call, Filling *filling)
{
	static const char *const checked[][2] = { { "no_exploit", "yes" }, { "no_running_system", "yes" } };
	return act_on_casefile(call, filling, SUN, "publish", values_of(call, checked, COUNT(checked)));
}

static Error accept(Call *call, Filling *filling) { return act_on_casefile(call, filling, CHEN, "accept", NULL); }
static Error keep(Call *call, Filling *filling) { return act_on_casefile(call, filling, CHEN, "keep", NULL); }
static Error track(Call *call, Filling *filling) { return act_on_casefile(call, filling, CHEN, "track", NULL); }

static Error close_it(Call *call, Filling *filling)
{
	static const char *const pairs[][2] = { { "reason", "处置完毕，办结归档。" } };
	if (!filling->matter->from_visitor) filling->closed = filling->report;
	return act_on_casefile(call, filling, CHEN, "close", values_of(call, pairs, COUNT(pairs)));
}

static Error note_uptake(Call *call, Filling *filling)
{
	static const char *const pairs[][2] = { { "share", "83" }, { "note", "应用商店已下架旧版本，修补版本覆盖率持续上升。" } };
	return act_on_casefile(call, filling, CHEN, "note", values_of(call, pairs, COUNT(pairs)));
}

static Error refute(Call *call, Filling *filling)
{
	static const char *const pairs[][2] = { { "evidence", "在三台设备、两个版本上按步骤操作，评论内容均被转义，未能复现。" } };
	TRY(sign(call, filling, ZHAO));
	return act_on_casefile(call, filling, ZHAO, "refute", values_of(call, pairs, COUNT(pairs)));
}

static Error hurry(Call *call, Filling *filling)
{
	static const char *const pairs[][2] = { { "why", "exploited" }, { "grounds", "监测发现利用该漏洞的恶意应用正在传播。" } };
	return act_on_casefile(call, filling, CHEN, "emergency", values_of(call, pairs, COUNT(pairs)));
}

static Error embargo(Call *call, Filling *filling)
{
	Text until = text_slice(clock_iso(call->arena, clock_wall() + 9 * (int64_t)DAY_MS), 0, 10);
	const char *const pairs[][2] = { { "until", arena_printf(call->arena, "%.*s 10:00", TEXT_ARGS(until)).at }, { "zone", "+08:00" },
		{ "reason", "厂商将在该日发布修补版本。" } };
	return act_on_casefile(call, filling, CHEN, "embargo", values_of(call, pairs, COUNT(pairs)));
}

static Error consult(Call *call, Filling *filling)
{
	static const char *const pairs[][2] = { { "ground", "consulted" },
		{ "record", "已与厂商两次电话协商，厂商表示短期内无法修补，同意先行提示用户。" },
		{ "need", "该应用用户较多，风险可由用户自行关闭热更新规避。" } };
	return act_on_casefile(call, filling, CHEN, "early-consult", values_of(call, pairs, COUNT(pairs)));
}

/* A small file beside the report, as reporters send them. */
static Error attach_file(Call *call, const Report *report, const DemoMatter *matter)
{
	Attachment attachment;
	AttachmentOwner owner = { report_machine.name, report->id, report->seal_key };
	Text content = arena_printf(call->arena, "%s\n\n%s\n", matter->title[LANG_ZH], matter->steps);
	int file = memfd_create("demo", MFD_CLOEXEC);
	if (file < 0) return fail(call, IO, "a file of the demonstration");
	bool is_written = write(file, content.at, content.length) == (ssize_t)content.length;
	Error error = is_written ? attachment_store(call, owner, TEXT("复现记录.txt"), file, (int64_t)content.length, &attachment) : OK;
	close(file);
	return error;
}

static Error send_report(Call *call, Filling *filling)
{
	Reception reception;
	const DemoMatter *matter = filling->matter;
	become(call, filling, matter->from_visitor ? &actor_visitor : &filling->actors[LIN]);
	TRY(report_send(call, report_values(call, matter), TEXT(""), &reception));
	filling->report = reception.ref;
	if (!filling->first.at) filling->first = reception.ref;
	if (matter->from_visitor || matter->days_ago % 2) return OK;
	Report report;
	TRY(report_open(call, reception.ref, &report));
	return attach_file(call, &report, matter);
}

/* A question and its answer in the conversation with the reporter; the newer message of each is unread for the other. */
static Error write_message(Call *call, Filling *filling, DemoPersonId who, const char *words)
{
	Report report;
	ThreadSubject subject;
	ThreadMembers members;
	become(call, filling, &filling->actors[who]);
	TRY(report_open(call, filling->report, &report));
	report_threads(&report, &subject);
	TRY(thread_write(call, &subject, TEXT("reporter"), text_from(words), &members));
	Text link = arena_printf(call->arena, "/reports/%.*s", TEXT_ARGS(report.ref));
	const ThreadPlace place = { report_machine.name, report.id, report.seal_key, TEXT("reporter"), report.ref, link };
	return report_tell_members(call, &members, &report, &place);
}

static Error talk(Call *call, Filling *filling)
{
	TRY(write_message(call, filling, CHEN, "感谢报送。验证人员想了解测试设备的系统版本，能否补充？"));
	if (filling->matter->days_ago % 3 == 0) return OK;
	TRY(write_message(call, filling, LIN, "测试设备为 Android 15 和 iOS 18，两台均可复现。"));
	return filling->matter->days_ago % 2 ? write_message(call, filling, CHEN, "收到，已转给验证人员。") : OK;
}

static Error start_draft(Call *call, Filling *filling)
{
	Draft draft;
	Text secret;
	become(call, filling, &filling->actors[LIN]);
	return draft_new(call, &report_form, report_values(call, filling->matter), &draft, &secret);
}

/* ---- The way to each stage: one that stands on another goes that way first */
typedef Error DemoStep(Call *call, Filling *filling);
static const struct {
	DemoStage after; /* the same stage: begins anew */
	DemoStep *steps[4];
} ways[DEMO_STAGES] = {
	[DEMO_DRAFT] = { DEMO_DRAFT, { start_draft } },
	[DEMO_RECEIVED] = { DEMO_RECEIVED, { send_report } },
	[DEMO_FORMAL_REVIEW] = { DEMO_RECEIVED, { review } },
	[DEMO_NEEDS_INFO] = { DEMO_FORMAL_REVIEW, { ask } },
	[DEMO_REJECTED] = { DEMO_FORMAL_REVIEW, { reject } },
	[DEMO_DUPLICATE] = { DEMO_FORMAL_REVIEW, { repeat } },
	[DEMO_WITHDRAWN] = { DEMO_FORMAL_REVIEW, { withdraw } },
	[DEMO_TRANSFERRED] = { DEMO_FORMAL_REVIEW, { transfer } },
	[DEMO_ISOLATED] = { DEMO_FORMAL_REVIEW, { isolate } },
	[DEMO_WIPED] = { DEMO_ISOLATED, { wipe } },
	[DEMO_VERIFYING] = { DEMO_FORMAL_REVIEW, { attach } },
	[DEMO_SHUT] = { DEMO_VERIFYING, { shut } },
	[DEMO_HANDED] = { DEMO_VERIFYING, { hand_over } },
	[DEMO_REFUTED] = { DEMO_VERIFYING, { refute, close_it } },
	[DEMO_EMERGENCY] = { DEMO_VERIFYING, { hurry } },
	[DEMO_RATED] = { DEMO_VERIFYING, { talk, rate } },
	[DEMO_SECOND] = { DEMO_RATED, { assign_second } },
	[DEMO_ACCEPTED] = { DEMO_RATED, { rate_again, accept } },
	[DEMO_COORDINATING] = { DEMO_ACCEPTED, { tell_vendor } },
	[DEMO_EMBARGO] = { DEMO_COORDINATING, { embargo } },
	[DEMO_EARLY] = { DEMO_COORDINATING, { consult } },
	[DEMO_READY] = { DEMO_COORDINATING, { repair, describe } },
	[DEMO_PUBLISHED] = { DEMO_READY, { publish } },
	[DEMO_TRACKING] = { DEMO_PUBLISHED, { track, note_uptake } },
	[DEMO_CLOSED] = { DEMO_TRACKING, { close_it } },
	[DEMO_INTERNAL] = { DEMO_COORDINATING, { keep } },
	[DEMO_INTERNAL_CLOSED] = { DEMO_INTERNAL, { close_it } },
};

static Error bring_to_stage(Call *call, Filling *filling, DemoStage stage)
{
	if (ways[stage].after != stage) TRY(bring_to_stage(call, filling, ways[stage].after));
	for (size_t i = 0; i < COUNT(ways[stage].steps) && ways[stage].steps[i]; i++) TRY(ways[stage].steps[i](call, filling));
	return OK;
}

static Error fill_matters(Call *call, Filling *filling, const DemoMatter *matters, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		filling->matter = &matters[i];
		filling->step = 0;
		TRY(bring_to_stage(call, filling, matters[i].stage));
	}
	return OK;
}

/* What ended long ago; of letters and other links of the present nothing points there. */
static Error fill_history(Call *call, Filling *filling)
{
	size_t count;
	const DemoMatter *matters;
	demo_history(call->arena, clock_wall(), &matters, &count);
	TRY(fill_matters(call, filling, matters, count));
	filling->first = filling->rejected = filling->closed = (Text) { 0 };
	return OK;
}

/* One coordinator writes a letter to the reporter, another one approves it. */
static Error write_letter(Call *call, Filling *filling, Text ref, LetterKind kind, const char *words, Text *out_draft)
{
	Report report;
	become(call, filling, &filling->actors[CHEN]);
	TRY(report_open(call, ref, &report));
	LetterOrder order = { .kind = kind,
		.machine = report_machine.name,
		.subject_id = report.id,
		.seal_key = report.seal_key,
		.matter = report.ref,
		.recipient = TEXT("林一帆"),
		.text = text_from(words) };
	return letter_draft(call, &order, out_draft);
}

/* Their numbers follow time, so they are written when all matters stand where they stand. One waits for the second person. */
static Error write_letters(Call *call, Filling *filling)
{
	static const DemoMatter recently = { .days_ago = 1 };
	Text draft, letter;
	filling->matter = &recently;
	filling->step = 0;
	TRY(write_letter(call, filling, filling->rejected, LETTER_REJECTION, "报送内容描述的是性能或体验问题，未涉及安全影响。", &draft));
	become(call, filling, &filling->actors[FAN]);
	TRY(letter_approve(call, LETTER_LIBRARY, draft, &letter));
	return write_letter(call, filling, filling->closed, LETTER_THANKS, "欢迎继续向漏洞库报送原创漏洞。", &draft);
}

/* What happened long ago has been read. */
static Error read_inboxes(Call *call, Filling *filling)
{
	for (size_t i = 0; i < COUNT(filling->actors); i++) {
		call->actor = &filling->actors[i];
		if (call->actor->person_id) TRY(notice_read_all(call));
	}
	return OK;
}

/* A verifier is away over the new-year holidays, and says who stands in. */
static Error state_absence(Call *call, Filling *filling)
{
	Text ref;
	Map *values = map_new(call->arena);
	int year, month, day;
	clock_civil(call->now / ((int64_t)DAY_MS), &year, &month, &day);
	form_set(call->arena, values, TEXT("from"), arena_printf(call->arena, "%d-12-28", year));
	form_set(call->arena, values, TEXT("until"), arena_printf(call->arena, "%d-01-08", year + 1));
	form_set(call->arena, values, TEXT("deputy"), TEXT("qianwenlan"));
	call->actor = &filling->actors[ZHAO];
	return absence_add(call, values, &ref);
}

/* What a unit's member reports counts for the unit. */
static Error report_as_unit(Call *call, Filling *filling, const Actor *unit)
{
	Actor reporter = filling->actors[LIN];
	filling->actors[LIN] = *unit;
	TRY(fill_matters(call, filling, demo_unit_matters, demo_unit_matter_count));
	filling->actors[LIN] = reporter;
	return OK;
}

static Error dispute_some(Call *call, Filling *filling, const DemoExperts *experts)
{
	const Actor **drawn = arena_array_of(call->arena, const Actor *, experts->count + 2);
	size_t count = 0;
	for (size_t i = 0; i < experts->count; i++) drawn[count++] = &experts->at[i];
	drawn[count++] = &filling->actors[ZHAO];
	drawn[count++] = &filling->actors[QIAN];
	return demo_disputes(call, &(DemoDisputers) { &filling->actors[LIN], &filling->actors[CHEN], &filling->actors[FAN], drawn, count });
}

static Error fill(Call *call)
{
	Filling filling = { 0 };
	DemoProducts products;
	DemoRounds rounds;
	DemoExperts experts = { 0 };
	Actor vendor, unit = { 0 };
	const Actor *before = call->actor;
	Lang lang = call->lang;
	int64_t now = call->now;
	call->now -= (int64_t)FOUNDED_DAYS_AGO * DAY_MS;
	call->lang = LANG_ZH; /* of the accounts */
	TRY(make_people(call, &filling));
	TRY(demo_partner(call, &filling.actors[CHEN]));
	TRY(demo_products(call, &filling.actors[CHEN], &products));
	TRY(fill_history(call, &filling));
	TRY(fill_matters(call, &filling, demo_matters, demo_matter_count));
	TRY(fill_matters(call, &filling, demo_more_matters, demo_more_count));
	TRY(write_letters(call, &filling));
	TRY(read_inboxes(call, &filling));
	TRY(demo_site(call, &(DemoOffice) { &filling.actors[TAO], &filling.actors[XIA], &filling.actors[FENG] }));
	TRY(demo_experts(call, &filling.actors[MI], &experts));
	TRY(demo_rounds(call, &filling.actors[MI], &rounds));
	TRY(demo_applications(call, &filling.actors[CHEN], &filling.actors[MI], &filling.actors[NING], &rounds));
	const DemoSelectors selectors = { &filling.actors[CHEN], &filling.actors[MI], &filling.actors[NING], &filling.actors[JIAN],
		&filling.actors[RONG], &filling.actors[SUI], experts };
	TRY(demo_selection(call, &selectors, &rounds));
	TRY(demo_parties(call, &filling.actors[CHEN], &filling.actors[ZHAO], &vendor));
	TRY(demo_closings(call, &filling.actors[CHEN], &vendor));
	TRY(demo_deliveries(call, &filling.actors[CHEN]));
	TRY(demo_units(call, &filling.actors[CHEN], &filling.actors[MI], &filling.actors[NING], &unit));
	TRY(demo_unit_works(call, &filling.actors[CHEN], &unit));
	TRY(report_as_unit(call, &filling, &unit));
	TRY(demo_batches(call, &unit));
	TRY(demo_points_rule(call, &filling.actors[MI], &filling.actors[NING]));
	TRY(demo_deeds(call, &unit, &filling.actors[MI], &filling.actors[NING]));
	TRY(demo_evaluation(call, &filling.actors[MI]));
	TRY(demo_honours(call, &filling.actors[MI], &filling.actors[NING]));
	const Actor *finders[] = { &filling.actors[LIN], &unit };
	TRY(demo_ranking(call, finders, COUNT(finders)));
	TRY(demo_finds(call, &filling.actors[CHEN], &filling.actors[FAN]));
	TRY(dispute_some(call, &filling, &experts));
	TRY(demo_claims(call, &filling.actors[CHEN], &vendor, &products));
	TRY(demo_teams(call, &vendor));
	const DemoWarners warners = { &filling.actors[CHEN], &filling.actors[SUN], &unit, &vendor };
	TRY(demo_warnings(call, &warners, &products));
	TRY(demo_privacy(call, &filling.actors[WEI], &filling.actors[SHU], &filling.actors[FAN], &filling.actors[LIN]));
	TRY(demo_activities(call, &filling.actors[MI], &filling.actors[NING], &unit, &vendor));
	call->now = now;
	call->actor = &actor_system;
	TRY(jobs_tell_deadlines(call)); /* what is told at the start has been read too */
	TRY(read_inboxes(call, &filling));
	TRY(state_absence(call, &filling));
	TRY(demo_figures(call, &filling.actors[XIA], &filling.actors[FENG]));
	call->actor = before;
	call->lang = lang;
	call->now = now;
	return OK;
}

/* In an arena of its own: what a whole library did in months is more than one call may hold. */
Error demo_fill(Call *call)
{
	Arena *own scoped(arena_free) = arena_new(FILLING_BYTES_MAX);
	Call inner = *call;
	inner.arena = own;
	Error error = fill(&inner);
	if (error != OK) return call_fail(call, error, inner.failure.file, inner.failure.line, "%.*s", TEXT_ARGS(inner.failure.detail));
	return OK;
}
