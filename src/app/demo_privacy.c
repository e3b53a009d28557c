#include "app/demo_privacy.h"

#include "base/base/clock.h"
#include "subject/privacy/privacy.h"
#include "subject/report/report.h"

static Error write_impact(Call *call, const Actor *first, const Actor *second)
{
	static const char *const words[][2] = {
		{ "title", "用户身份核验材料的处理" },
		{ "trigger", "sensitive" },
		{ "data", "报送人证件号码、真实姓名、电话；单位营业执照和加盖公章的授权书。每年约三百人、八十家单位。" },
		{ "purpose", "核验注册用户身份，由两名以内的核验人员在系统内比对，不导出。" },
		{ "basis", "《网络产品安全漏洞收集平台备案管理办法》关于注册用户身份核实的要求；《个人信息保护法》第十三条第一款第三项、第"
			   "二十九条。" },
		{ "retention", "核验决定后30天销毁密钥，仅保留摘要和日期。" },
		{ "receivers", "仅核验人员；不向他人提供，不出境。" },
		{ "lawful", "目的限于核验，仅收集必需的材料，单独取得同意。" },
		{ "effects", "材料泄露可能导致身份冒用；内部越权查阅的风险。" },
		{ "risk", "high" },
		{ "measures", "每份材料独立密钥；查阅须写明目的并留痕，向当事人展示；核验决定后须两人同意；到期自动销毁密钥。" },
		{ "residual", "low" },
		{ "conclusion", "措施合法、有效，与风险程度相适应，可以开展处理。" },
	};
	Map *values = map_new(call->arena);
	Text ref;
	for (size_t i = 0; i < COUNT(words); i++) form_set(call->arena, values, text_from(words[i][0]), text_from(words[i][1]));
	call->actor = first;
	TRY(impact_new(call, values, &ref));
	TRY(impact_act(call, ref, TEXT("propose"), 0, NULL));
	call->actor = second;
	return impact_act(call, ref, TEXT("approve"), 0, NULL);
}

static Error propose_rule(Call *call, const Actor *first)
{
	const RetentionKind *kind = retention_kind_find(TEXT("drafts"));
	RetentionChange change = { .days = 180, .reason = TEXT("半年未修改的草稿很少再提交。") };
	for (size_t i = 0; i < COUNT(change.why); i++) {
		change.why[i] = text_from(kind->why[i]);
		change.basis[i] = text_from(kind->basis[i]);
	}
	call->actor = first;
	return retention_propose(call, TEXT("drafts"), &change);
}

static Error ask_hold(Call *call, const Actor *coordinator)
{
	int year, month, day;
	clock_civil(call->now / 86400000, &year, &month, &day);
	RetentionHoldNew hold = { .kind = TEXT("complaints"),
		.matter = TEXT("T-7Q2M4K8D"),
		.reason = TEXT("投诉人已申请行政复议，受理通知书〔2026〕31号。"),
		.until = arena_printf(call->arena, "%04d-12-31", year + 1) };
	call->actor = coordinator;
	return retention_hold_ask(call, &hold);
}

static Error make_copy(Call *call, const Actor *reporter)
{
	PrivacyExport copy;
	bool found = false;
	call->actor = reporter;
	TRY(export_ask(call, TEXT("")));
	TRY(export_latest(call, &copy, &found));
	call->actor = &actor_system;
	TRY(export_make(call, copy.ref));
	call->actor = reporter;
	return rectification_ask(call, TEXT("phone"), TEXT("13800138001"), TEXT("号码已更换，运营商业务受理单可供核对。"));
}

/* A draft that still holds what was copied from a reply; whoever looks at it hides it, or says why it is needed. */
static Error begin_draft(Call *call, const Actor *reporter)
{
	Draft draft;
	Text secret;
	static const char *const words[][2] = { { "kind", "generic" }, { "owner", "others" }, { "original", "original" },
		{ "disclosed", "no" }, { "part", "android" }, { "product", "青禾健康" }, { "versions", "< 2.4.1" }, { "attack", "越权" },
		{ "description", "修改接口中的用户编号，可查看他人的体检预约。" },
		{ "steps", "1. 以 13800138000 登录，进入“我的预约”。\n2. 将请求中的 userId 改为他人编号。\n3. 返回：{\"name\":\"张三\","
			   "\"idCard\":\"11010519491231002X\",\"token\":\"a1b2c3d4e5f6a7b8\"}" } };
	Map *values = map_new(call->arena);
	for (size_t i = 0; i < COUNT(words); i++) form_set(call->arena, values, text_from(words[i][0]), text_from(words[i][1]));
	call->actor = reporter;
	return draft_new(call, &report_form, values, &draft, &secret);
}

static Error hand_over(Call *call, const Actor *coordinator)
{
	call->actor = coordinator;
	return handover_ask(call, TEXT("zhaomingzhe"), TEXT("在办工单三件、待答复的更正申请一件，编号见工作台。"));
}

static Actor signed_in(const Actor *actor)
{
	Actor own = *actor;
	own.session_id = own.person_id;
	return own;
}

Error demo_privacy(Call *call, const Actor *first, const Actor *second, const Actor *coordinator, const Actor *reporter)
{
	Actor one = signed_in(first), two = signed_in(second), office = signed_in(coordinator), own = signed_in(reporter);
	TRY(write_impact(call, &one, &two));
	TRY(propose_rule(call, &one));
	TRY(ask_hold(call, &office));
	TRY(make_copy(call, &own));
	TRY(begin_draft(call, &own));
	TRY(hand_over(call, &office));
	call->actor = reporter;
	return OK;
}
