#include "app/demo_site.h"

#include "base/base/clock.h"
#include "subject/site/site.h"

enum { DAY_MS = 86400000, HOUR_MS = 3600000 };

typedef struct DemoArticle {
	const char *kind;
	int days_ago;
	bool is_pinned;
	const char *title_zh, *body_zh, *title_en, *body_en;
} DemoArticle;

static const DemoArticle articles[] = {
	{ "notice", 96, true, "关于启用移动互联网APP产品安全漏洞库报送平台的通知",
		"各有关单位、各位报送人：\n\n漏洞库报送平台即日起启用。凡发现移动应用、小程序、公众号及SDK存在安全漏洞的，可通过本平台报送"
		"；不注册账号也可以报送，凭查询码查看进展。\n\n"
		"**请注意：** 严禁报送国家秘密；请勿在即时通信群、邮件中传递未公开漏洞的细节。",
		"The reporting platform of the library opens",
		"Vulnerabilities of mobile apps, mini-programs, official accounts and SDKs can be reported on this platform from today on. "
		"No account is needed: a claim "
		"code shows where a report stands.\n\n**Please note:** state secrets must never be sent, and details of undisclosed "
		"vulnerabilities belong neither into chat "
		"groups nor into mail." },
	{ "notice", 61, false, "关于规范漏洞报送材料的通知",
		"为提高形式审查效率，请报送人在报送时写明：\n\n1. 产品名称、包名和受影响版本；\n2. "
		"可以复现的步骤，必要时附截图或录屏；\n3. 影响说明。\n\n"
		"材料不全的，平台会要求补正；补正期间审查时限暂停计算。",
		"What a report should contain",
		"To be reviewed quickly a report names\n\n1. the product, its package name and the affected versions;\n2. steps that can "
		"be followed, with pictures where they "
		"help;\n3. what an attacker gains.\n\nWhere something is missing the platform asks; the clock of the review stands still "
		"meanwhile." },
	{ "notice", 20, false, "国庆、中秋假期期间漏洞处置安排",
		"假期期间报送渠道照常开放，紧急通道有人值守。处置时限按国务院办公厅公布的工作日历计算，调休上班日计为工作日。",
		"Handling of vulnerabilities during the holidays",
		"The reporting channel stays open during the holidays and the emergency channel is staffed. Limits are counted in working "
		"days of the official calendar; "
		"make-up days are working days." },
	{ "notice", 9, false, "关于警惕仿冒漏洞库名义索要漏洞细节的提示",
		"近期有人冒用本库名义，以邮件索要漏洞细节。本库的邮件只含编号和链接，从不索要漏洞内容，也不附带可执行文件。收到可疑邮件请通"
		"过联系页面核实。",
		"", "" },
	{ "news", 45, false, "漏洞库收录能力建设座谈会召开",
		"技术支撑单位与产品提供者代表围绕复测流程、修补计划和公开时机交换了意见。与会代表一致认为，公开每一环节的时限和责任方，是减"
		"少争议的有效办法。",
		"Support units and vendors discuss how fixes are checked",
		"Representatives of support units and vendors talked about fix checks, repair plans and the time of publication. All "
		"agreed that fewer disputes arise where "
		"everybody can see each stage's limit and whose turn it is." },
	{ "news", 14, false, "平台上线漏洞评级计算器",
		"计算器支持 CVSS 2.0 至 4.0 和 GB/T 30279-2020，逐项显示取值，结果可以复制到报送表单。",
		"A rating calculator joins the platform",
		"It knows CVSS 2.0 to 4.0 and GB/T 30279-2020, shows each input, and its result can be copied into a report." },
	{ "standard", 90, false, "网络产品安全漏洞管理规定：与报送人有关的要点",
		"《网络产品安全漏洞管理规定》自2021年9月1日起施行。与报送人关系最密切的是：不得非法收集、出售、发布漏洞信息；不得在提供修补"
		"措施之前发布；不得发布专门用于利用漏洞的程序；"
		"不得向产品提供者以外的境外组织或者个人提供未公开的漏洞信息。",
		"The Regulations on Security Vulnerabilities of Network Products, for reporters",
		"In force since 1 September 2021. What concerns reporters most: vulnerabilities are not collected, sold or published "
		"unlawfully; nothing is published before "
		"there is a repair; no programs for exploitation are published; undisclosed information goes to nobody abroad but the "
		"product's own provider." },
	{ "standard", 88, false, "本库采用的国家标准",
		"* GB/T 30276-2020 网络安全漏洞管理规范\n* GB/T 28458-2020 网络安全漏洞标识与描述规范\n* GB/T 30279-2020 "
		"网络安全漏洞分类分级指南\n\n标准文本请向标准出版单位获取。",
		"National standards the library works by",
		"* GB/T 30276-2020, management of vulnerabilities\n* GB/T 28458-2020, identification and description\n* GB/T 30279-2020, "
		"classes and levels\n\nTheir texts are to "
		"be had from the publisher of the standards." },
	{ "download", 60, false, "漏洞报送自查清单",
		"- 产品名称、包名、版本已写明\n- 步骤可由他人独立复现\n- 截图已遮盖他人的个人信息\n- 不含国家秘密\n- 未向他人公开",
		"Checklist before sending a report",
		"- product, package name and version are named\n- somebody else can follow the steps\n- personal data of others is covered "
		"in pictures\n- no state secrets\n- told "
		"to nobody else" },
	{ "question", 80, false, "没有账号可以报送吗？",
		"可以。提交后您会得到受理号和查询码，凭查询码随时查看进展、补充材料。日后注册账号，可用查询码认领该报送。",
		"Can I report without an account?",
		"Yes. You receive a number and a claim code, which shows at any time where the report stands and lets you add to it. An "
		"account made later can claim it." },
	{ "question", 79, false, "对审查、查重或者评级结论不服怎么办？",
		"可以在报送页面提出**申诉**"
		"，厂商可以在其处置页面提出；页面写明截止时间。申诉由没有参与原决定的人员答复；不接受答复的，可以申请"
		"专家裁定：专家随机抽取，各方当事人和有利害关系的人员不参加。裁定作出后立即执行，并可下载签名裁定书。全文见规则中心《争议处"
		"理规则》。",
		"What if I do not agree with a rejection, a duplicate or a rating?",
		"**Appeal** on the page of the report, as a vendor on the page of your part; it says until when. Somebody who had no part "
		"in the "
		"decision answers. If you do not accept the answer, ask for a panel of experts: they are drawn by chance, and nobody of a "
		"side or "
		"with an interest is among them. What the panel decides is carried out at once, and its signed decision can be downloaded. "
		"The "
		"rules of disputes stand in the rule centre." },
	{ "question", 79, false, "提交之后多久有答复？",
		"受理号和签名回执当场取得。形式审查、验证等各环节的时限写在报送页面上，连同当前由谁处理、何时到期。",
		"When do I hear something?",
		"Number and signed receipt come at once. The page of your report names the limit of each stage, whose turn it is, and when "
		"it ends." },
	{ "question", 78, false, "我的报送内容谁能看到？",
		"公开之前，内容加密保存，只有承办人员可以查看，每次查看都有记录，您可以在报送页面看到谁看过。", "Who can read what I send?",
		"Until publication it is kept encrypted; only those who work on it can read it. Each reading is recorded, and the page of "
		"your report names the readers." },
	{ "question", 77, false, "为什么我的漏洞没有公开？",
		"三种情况不会公开：尚无修补措施；涉及某个单位正在运行的系统（事件型）；处于暂缓公开期。修补完成并经第二人批准后才会公开。",
		"Why is my find not public?",
		"Three kinds are not: those without a repair, those in one operator's running system, and those under embargo. Publication "
		"follows the repair and the approval "
		"of a second person." },
};

static Map *values_of(Call *call, const DemoArticle *article)
{
	const char *const pairs[][2] = { { "kind", article->kind }, { "pinned", article->is_pinned ? "yes" : "" },
		{ "title_zh", article->title_zh }, { "body_zh", article->body_zh }, { "title_en", article->title_en },
		{ "body_en", article->body_en } };
	Map *values = map_new(call->arena);
	for (size_t i = 0; i < COUNT(pairs); i++)
		if (*pairs[i][1]) form_set(call->arena, values, text_from(pairs[i][0]), text_from(pairs[i][1]));
	return values;
}

static Error act(Call *call, const Actor *actor, Text ref, const char *action)
{
	call->actor = actor;
	call->now += HOUR_MS;
	return article_act(call, ref, text_from(action), 0, NULL);
}

static Error put(Call *call, const DemoOffice *office, const DemoArticle *article)
{
	Text ref;
	call->actor = office->writer;
	call->now = clock_wall() - (int64_t)article->days_ago * DAY_MS;
	TRY(article_new(call, values_of(call, article), &ref));
	TRY(act(call, office->writer, ref, "submit"));
	TRY(act(call, office->editor, ref, "pass"));
	return act(call, office->approver, ref, "publish");
}

/* One waits for each of the three. */
static Error put_waiting(Call *call, const DemoOffice *office)
{
	static const DemoArticle waiting[] = {
		{ "news", 3, false, "年度漏洞态势报告编写启动", "本库已启动年度态势报告的编写工作。", "", "" },
		{ "notice", 2, false, "关于调整形式审查时限的通知（征求意见）", "拟将形式审查时限调整为两个工作日，现征求意见。", "", "" },
		{ "question", 1, false, "证书多久发放？", "按月集中发放。", "", "" },
	};
	for (size_t i = 0; i < COUNT(waiting); i++) {
		Text ref;
		call->actor = office->writer;
		call->now = clock_wall() - (int64_t)waiting[i].days_ago * DAY_MS;
		TRY(article_new(call, values_of(call, &waiting[i]), &ref));
		if (i > 0) TRY(act(call, office->writer, ref, "submit"));
		if (i > 1) TRY(act(call, office->editor, ref, "pass"));
	}
	return OK;
}

Error demo_site(Call *call, const DemoOffice *office)
{
	for (size_t i = 0; i < COUNT(articles); i++) TRY(put(call, office, &articles[i]));
	return put_waiting(call, office);
}
