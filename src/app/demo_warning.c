#include "app/demo_warning.h"

#include "app/demo_data.h"
#include "app/demo_party.h"
#include "base/base/clock.h"
#include "people/org/org.h"
#include "subject/product/product.h"
#include "subject/warning/warning.h"

#define HOUR_MS INT64_C(3600000)
enum { YUNSHAN_WALLET = 0, LUMEN_NOTES = 2, FUGU_SDK = 11, OTHERS = 2, ORGANISATIONS_MOST = 500 };

/* Vendors of two more apps that contain the SDK. */
static const DemoVendor vendors[OTHERS] = {
	{ "xuyunshu@example.cn", "许云舒", "xuyunshu", "云杉数字科技有限公司", "Yunshan Digital", "91110108MADEM0061T",
		"安全部 010-00000061", "vendor" },
	{ "luoming@example.cn", "罗明", "luoming", "流明软件（上海）有限公司", "Lumen Labs", "91110108MADEM0062X", "安全团队 010-00000062",
		"vendor" },
};
static const int holdings[OTHERS] = { YUNSHAN_WALLET, LUMEN_NOTES };

typedef struct DemoText {
	const char *pairs[15][2];
} DemoText;
static const DemoText scan = { { { "what_zh", "鲸落扫码 SDK 路径遍历漏洞" },
	{ "found_zh", "监测发现，鲸落扫码 SDK 在解析二维码携带的离线资源包时存在路径遍历漏洞，已有少量应用受到影响。" },
	{ "product_zh", "鲸落扫码 SDK 是一款二维码与条码识别组件，常见于支付、出行、票务类移动应用。" },
	{ "cause_zh", "组件解压离线资源包时未校验条目名称。用户扫描来源不明的二维码并确认加载资源后可能触发。" },
	{ "harm_zh", "可致应用私有目录内的文件被覆盖，进而造成敏感信息泄露或者应用功能异常。" }, { "versions", "2.0 – 2.4.3" },
	{ "advice_zh",
		"应用开发者尽快升级到 2.4.4 及以上版本，暂不能升级的关闭离线资源包功能。\n用户及时更新应用，不扫描来源不明的二维码。" },
	{ "what_en", "path traversal in the Jingluo Scan SDK" },
	{ "found_en", "The Jingluo Scan SDK does not check the names of entries when it unpacks offline resources that a QR code refers "
		      "to. A few apps "
		      "are affected already." },
	{ "product_en", "A component that reads QR codes and bar codes, often found in apps for payment, travel and tickets." },
	{ "cause_en",
		"Names of entries are not checked. It takes a user who scans a code of unknown origin and agrees to load its resources." },
	{ "harm_en", "Files in the app's private folder can be overwritten, which may disclose data or break functions." },
	{ "advice_en", "Developers update to 2.4.4 or later, or switch offline resources off until then.\nUsers update their apps and scan "
		       "no codes "
		       "of unknown origin." },
	{ "credits", "青松实验室" }, { "links", "https://jingluo.example.cn/notices/2026-11" } } };
static const DemoText push = { { { "urgent", "yes" }, { "what_zh", "河豚推送 SDK 消息解析越界漏洞" },
	{ "found_zh", "支撑单位监测发现，河豚推送 SDK 在解析消息扩展字段时存在内存越界漏洞，已出现针对性探测。" },
	{ "product_zh", "河豚推送 SDK 是一款移动应用消息推送组件，为多款移动应用集成。" },
	{ "cause_zh", "消息扩展字段的长度未经校验。应用收到畸形推送消息时触发，无需用户操作。" },
	{ "harm_zh", "可致应用崩溃，特定条件下可能导致应用进程被控制。" }, { "versions", "< 3.6.5" },
	{ "advice_zh", "立即排查自有应用是否集成受影响版本，升级到 3.6.5 及以上版本并发布更新，通过应用内公告提示用户升级。" },
	{ "what_en", "memory error in messages of the Fugu Push SDK" },
	{ "found_en", "A support unit has found that the SDK reads extended fields of messages out of bounds. Probing was observed." },
	{ "product_en", "A push component that many mobile apps contain." },
	{ "cause_en", "The length of extended fields is not checked. A malformed push message is enough; the user does nothing." },
	{ "harm_en", "The app crashes; under certain conditions its process may be taken over." },
	{ "advice_en", "Look through your apps for the affected versions, update the SDK to 3.6.5 or later, publish the update, tell your "
		       "users." } } };
static const DemoText cards = { { { "what_zh", "蜂鸟卡包小程序组件越权访问漏洞" },
	{ "found_zh", "在例行检测中发现蜂鸟卡包组件存在越权访问漏洞，多个小程序引用该组件。" },
	{ "product_zh", "蜂鸟卡包是会员卡管理小程序组件。" }, { "cause_zh", "服务端未校验会员标识归属，登录用户更换标识即可触发。" },
	{ "harm_zh", "可致其他会员的姓名、积分等信息泄露。" }, { "versions", "1.0 – 1.8" },
	{ "advice_zh", "小程序运营者核查组件版本，联系组件提供者获取 1.9 版本。" } } };
static const DemoText pay = { { { "what_zh", "青蚨支付组件签名校验绕过漏洞" },
	{ "found_zh", "监测发现，青蚨支付组件在特定机型上未校验回调签名，金融类应用使用较多。" },
	{ "product_zh", "青蚨支付组件用于在移动应用中拉起收银台并接收支付结果。" },
	{ "cause_zh", "支付结果回调未校验签名，设备上其他应用发送伪造结果时触发。" }, { "harm_zh", "可致应用误判订单已支付。" },
	{ "versions", "4.0 – 4.2" }, { "advice_zh", "升级到 4.3，并在服务端复核支付结果。" },
	{ "what_en", "signature bypass in the Qingfu payment component" },
	{ "found_en", "On some devices the component does not check the signature of results. Many finance apps contain it." },
	{ "product_en", "It opens the cashier in an app and receives the result of a payment." },
	{ "cause_en", "The signature of the result is not checked; another app on the device sends a forged one." },
	{ "harm_en", "The app takes an order for paid." },
	{ "advice_en", "Update to 4.3, and check results of payments on the server." } } };
static const DemoText maps = { { { "what_zh", "玄鸟地图 SDK 定位数据明文传输风险" },
	{ "found_zh", "检测发现，玄鸟地图 SDK 在弱网环境下改用明文通道上传定位数据。" },
	{ "product_zh", "玄鸟地图 SDK 是一款地图与定位组件，常见于出行、快递类应用。" }, { "cause_zh", "加密通道连续失败后自动降级。" },
	{ "harm_zh", "可致用户位置信息在网络中泄露。" }, { "versions", "7.0 – 7.8" }, { "advice_zh", "升级到 7.9，或者关闭降级开关。" } } };
static const DemoText messages = { { { "what_zh", "鸿雁短信 SDK 验证码泄露漏洞" },
	{ "found_zh", "支撑单位反馈，鸿雁短信 SDK 将验证码写入日志。" }, { "product_zh", "鸿雁短信 SDK 用于发送和读取短信验证码。" },
	{ "cause_zh", "调试日志未关闭，具有日志权限的应用可以读取。" }, { "harm_zh", "可致验证码泄露。" }, { "versions", "2.0" },
	{ "advice_zh", "升级到 2.1.1。" } } };
static const DemoText ink = { { { "what_zh", "墨斗扫描 SDK 临时文件权限不当漏洞" }, { "found_zh", "墨斗扫描 SDK 将扫描件保存在公共目录。" },
	{ "product_zh", "墨斗扫描 SDK 是一款证件与文档扫描组件。" }, { "cause_zh", "临时文件写入公共目录，其他应用可以读取。" },
	{ "harm_zh", "可致证件影像泄露。" }, { "versions", "3.1 以下" }, { "advice_zh", "升级到 3.1。" } } };
static const DemoText mica = { { { "what_zh", "云母浏览组件远程代码执行漏洞" },
	{ "found_zh", "有信息称云母浏览组件存在远程代码执行漏洞。" }, { "product_zh", "云母浏览组件用于在应用内打开网页。" },
	{ "cause_zh", "打开特定网页时触发。" }, { "harm_zh", "可致应用被控制。" }, { "versions", "全部版本" },
	{ "advice_zh", "暂停使用该组件。" } } };
static const DemoText keyboard = { { { "what_zh", "青藤输入法云同步信息泄露事件" },
	{ "found_zh", "监测到部分用户词库可被未授权访问。" } } };

static Map *values_of(Arena *arena, const DemoText *text)
{
	Map *values = map_new(arena);
	for (size_t i = 0; i < COUNT(text->pairs); i++)
		if (text->pairs[i][0]) form_set(arena, values, text_from(text->pairs[i][0]), text_from(text->pairs[i][1]));
	return values;
}

static Error act_on(Call *call, const Actor *actor, Text ref, const char *action, Map *values)
{
	static const char *const pairs[][2] = { { "no_casefile", "yes" }, { "assessment", "已联系组件提供者核实，复现一致。" },
		{ "no_exploit", "yes" }, { "audience", "yes" } };
	for (size_t i = 0; i < COUNT(pairs); i++) form_set(call->arena, values, text_from(pairs[i][0]), text_from(pairs[i][1]));
	call->actor = actor;
	call->now += HOUR_MS;
	return warning_act(call, ref, text_from(action), 0, values);
}

static Error act(Call *call, const Actor *actor, Text ref, const char *action)
{
	return act_on(call, actor, ref, action, map_new(call->arena));
}

static Error decide(Call *call, const Actor *actor, Text ref, const char *action, const char *code, const char *words)
{
	Map *values = map_new(call->arena);
	form_set(call->arena, values, TEXT("code"), text_from(code));
	form_set(call->arena, values, TEXT("explanation"), text_from(words));
	return act_on(call, actor, ref, action, values);
}

static Error write_one(Call *call, const Actor *author, const DemoText *text, Text *out_ref)
{
	call->actor = author;
	TRY(warning_new(call, out_ref));
	return warning_save(call, *out_ref, values_of(call->arena, text));
}

static Error aim(Call *call, const Actor *coordinator, Text ref, const char *kind, Text sdk)
{
	Map *values = map_new(call->arena);
	form_set(call->arena, values, TEXT("kind"), text_from(kind));
	if (sdk.length) form_set(call->arena, values, TEXT("sdk"), sdk);
	if (sdk.length) form_set(call->arena, values, TEXT("version_before"), TEXT("3.6.5"));
	call->actor = coordinator;
	return warning_aim_add(call, ref, values);
}

static Error own_product(Call *call, const Actor *coordinator, const Actor *vendor, Text product)
{
	Text claim;
	Map *reason = map_new(call->arena);
	form_set(call->arena, reason, TEXT("reason"), TEXT("营业执照、APP 备案主体与应用商店开发者名称一致。"));
	call->actor = vendor;
	TRY(product_claim(call, product, TEXT("staff"), TEXT(""), TEXT("本单位自有产品。"), &claim));
	TRY(product_claim_act(call, claim, TEXT("submit"), 0, NULL));
	call->actor = coordinator;
	return product_claim_act(call, claim, TEXT("grant"), 0, reason);
}

/* One has signed and is affected, one has read it, the others have not looked. */
static Error receive(Call *call, const Actor *signer, const Actor *reader, Text ref)
{
	Warning warning;
	Map *receipt = map_new(call->arena);
	form_set(call->arena, receipt, TEXT("confirm"), TEXT("yes"));
	form_set(call->arena, receipt, TEXT("statement"), TEXT("affected"));
	form_set(call->arena, receipt, TEXT("note"), TEXT("云杉钱包 5.8.2 受影响，计划三日内发布更新。"));
	call->now += HOUR_MS;
	call->actor = reader;
	TRY(warning_open(call, ref, &warning));
	TRY(warning_mark_read(call, &warning));
	call->actor = signer;
	TRY(warning_open(call, ref, &warning));
	TRY(warning_mark_read(call, &warning));
	return warning_acknowledge(call, ref, receipt);
}

static Error send_public(Call *call, const DemoWarners *people)
{
	Text ref;
	TRY(write_one(call, people->coordinator, &scan, &ref));
	TRY(aim(call, people->coordinator, ref, "public", TEXT("")));
	TRY(aim(call, people->coordinator, ref, "units", TEXT("")));
	TRY(act(call, people->coordinator, ref, "assess"));
	return act(call, people->publisher, ref, "send");
}

static Error send_to_vendors(Call *call, const DemoWarners *people, const Actor *unit, const DemoProducts *products)
{
	Text ref;
	Actor owners[OTHERS];
	int64_t count = 1;
	for (int i = 0; i < OTHERS; i++) {
		TRY(demo_found(call, &vendors[i], &owners[i], people->coordinator));
		TRY(own_product(call, people->coordinator, &owners[i], products->refs[holdings[i]]));
	}
	TRY(write_one(call, unit, &push, &ref));
	TRY(act(call, unit, ref, "submit"));
	TRY(aim(call, people->coordinator, ref, "vendors", products->refs[FUGU_SDK]));
	TRY(act(call, people->coordinator, ref, "assess"));
	TRY(act(call, people->publisher, ref, "send"));
	call->actor = &actor_system;
	while (count) TRY(warning_deliver(call, 50, &count));
	return receive(call, &owners[0], &owners[1], ref);
}

static Error send_one(Call *call, const DemoWarners *people, const DemoText *text, const char *kind, Text *out_ref)
{
	TRY(write_one(call, people->coordinator, text, out_ref));
	TRY(aim(call, people->coordinator, *out_ref, kind, TEXT("")));
	TRY(act(call, people->coordinator, *out_ref, "assess"));
	return act(call, people->publisher, *out_ref, "send");
}

/* What became of earlier ones: closed, withdrawn, not taken up, being corrected. */
static Error send_earlier(Call *call, const DemoWarners *people, const Actor *unit)
{
	Text ref;
	Map *values = values_of(call->arena, &messages);
	TRY(send_one(call, people, &ink, "units", &ref));
	TRY(act(call, people->coordinator, ref, "close"));
	TRY(send_one(call, people, &mica, "public", &ref));
	TRY(decide(call, people->publisher, ref, "withdraw", "wrong", "经复核，所称触发条件不成立，撤回本风险提示。"));
	TRY(write_one(call, unit, &ink, &ref));
	TRY(act(call, unit, ref, "submit"));
	TRY(decide(call, people->coordinator, ref, "reject", "known", "本库已就同一问题发送过预警信息。"));
	TRY(send_one(call, people, &messages, "units", &ref));
	form_set(call->arena, values, TEXT("versions"), TEXT("2.0 – 2.1"));
	form_set(call->arena, values, TEXT("reason"), TEXT("2.1 版本同样受影响，更正受影响版本。"));
	return act_on(call, people->coordinator, ref, "correct", values);
}

/* To an industry; and one that waits for its approval, to another. */
static Error send_to_industry(Call *call, const DemoWarners *people)
{
	Text ref;
	int64_t count = 1;
	static const struct {
		const DemoText *text;
		const char *sector;
	} all[] = { { &maps, "transport" }, { &pay, "finance" } };
	for (size_t i = 0; i < COUNT(all); i++) {
		Map *values = map_new(call->arena);
		form_set(call->arena, values, TEXT("kind"), TEXT("sector"));
		form_set(call->arena, values, TEXT("sector"), text_from(all[i].sector));
		TRY(write_one(call, people->coordinator, all[i].text, &ref));
		call->actor = people->coordinator;
		TRY(warning_aim_add(call, ref, values));
		if (i == 0) TRY(aim(call, people->coordinator, ref, "units", TEXT("")));
		TRY(act(call, people->coordinator, ref, "assess"));
	}
	TRY(act(call, people->publisher, ref, "send"));
	call->actor = &actor_system;
	while (count) TRY(warning_deliver(call, 50, &count));
	return OK;
}

/* Some choose their own industries, for others the staff does. */
static Error choose_sectors(Call *call, const DemoWarners *people)
{
	static const struct {
		const char *name, *sectors[2];
		bool by_staff;
	} chosen[] = { { "云帆移动科技有限公司", { "internet", "finance" }, false },
		{ "云杉数字科技有限公司", { "finance", "transport" }, true },
		{ "流明软件（上海）有限公司", { "software", "education" }, true },
		{ "青松实验室（北京）科技有限公司", { "software", NULL }, true } };
	Organisations all;
	call->actor = people->coordinator;
	TRY(org_list_verified(call, 0, ORGANISATIONS_MOST, &all));
	for (size_t i = 0; i < COUNT(chosen); i++)
		for (size_t k = 0; k < all.count; k++) {
			Texts codes = { 0 };
			if (!text_is(all.at[k].name, text_from(chosen[i].name))) continue;
			for (size_t n = 0; n < COUNT(chosen[i].sectors) && chosen[i].sectors[n]; n++)
				list_add(call->arena, &codes, text_from(chosen[i].sectors[n]));
			call->actor = chosen[i].by_staff ? people->coordinator : people->vendor;
			TRY(org_sectors_choose(call, all.at[k].ref, &codes));
		}
	return OK;
}

Error demo_warnings(Call *call, const DemoWarners *people, const DemoProducts *products)
{
	Text ref;
	Actor unit = *people->unit, coordinator = *people->coordinator;
	DemoWarners staff = *people;
	unit.roles |= ROLE_UNIT_MEMBER | ROLE_UNIT_ADMIN;
	coordinator.session_id = coordinator.person_id;
	staff.coordinator = &coordinator;
	call->now = clock_wall() - 20 * 24 * HOUR_MS;
	TRY(send_earlier(call, &staff, &unit));
	call->now = clock_wall() - 30 * HOUR_MS;
	TRY(send_public(call, &staff));
	call->now = clock_wall() - 12 * HOUR_MS;
	TRY(send_to_vendors(call, &staff, &unit, products));
	TRY(choose_sectors(call, &staff));
	TRY(send_to_industry(call, &staff));
	call->now = clock_wall() - 3 * HOUR_MS;
	TRY(write_one(call, &unit, &cards, &ref));
	TRY(act(call, &unit, ref, "submit"));
	return write_one(call, &unit, &keyboard, &ref);
}
