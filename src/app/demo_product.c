#include "app/demo_product.h"

#include "base/base/clock.h"
#include "subject/product/product.h"

enum { DAY_MS = 86400000 };

static const struct {
	const char *kind, *name, *name_en, *vendor, *id, *filing, *host, *versions; /* versions: parted by blanks, oldest first */
} products[] = {
	{ "android", "云杉钱包", "Yunshan Wallet", "云杉数字科技", "com.example.yunshan.wallet", "京ICP备00000001号-1A",
		"api.yunshan.example.com", "5.7.0 5.8.1 5.8.2" },
	{ "ios", "青鸟出行", "Qingniao Ride", "青鸟智行", "com.example.qingniao.ride", "沪ICP备00000002号-3A", "order.qingniao.example.com",
		"7.0 7.3.1 7.3.2" },
	{ "android", "LumenNotes", "LumenNotes", "Lumen Labs", "org.example.lumen.notes", "", "sync.lumen.example.org", "2.12 2.13 2.14" },
	{ "harmonyos", "拾光相册", "Shiguang Album", "拾光影像", "com.example.shiguang.album", "浙ICP备00000003号-2A", "", "1.8 1.9 2.0" },
	{ "android", "北辰网银", "Beichen Bank", "北辰银行", "com.example.beichen.bank", "京ICP备00000004号-5A", "", "8.0.0 8.1.4 8.1.5" },
	{ "ios", "TinCan Chat", "TinCan Chat", "TinCan", "org.example.tincan", "", "relay.tincan.example.org", "11.0 11.1 11.2" },
	{ "mini-program", "南星挂号小程序", "Nanxing Registration", "南星健康", "wx00000000000000a1", "粤ICP备00000005号-1X", "", "" },
	{ "official-account", "谷雨农服公众号", "Guyu Farming", "谷雨农业", "gh_00000000a001", "", "", "" },
	{ "server", "青鸟出行订单服务", "Qingniao order service", "青鸟智行", "order.qingniao.example.com", "", "", "" },
	{ "android", "云帆钱包", "Yunfan Wallet", "云帆移动科技有限公司", "com.example.yunfan.wallet", "京ICP备00000006号-1A", "",
		"6.4.1 6.4.2 7.1.0" },
	{ "android", "云帆记事", "Yunfan Notes", "云帆移动科技有限公司", "com.example.yunfan.notes", "京ICP备00000006号-2A", "",
		"3.0 3.1" },
	{ "sdk", "河豚推送 SDK", "Fugu Push SDK", "河豚云", "com.example.fugu:push", "", "", "3.6.4 3.6.5" },
};
/* Apps that contain the SDK, which stands last in the table. */
_Static_assert(COUNT(products) == DEMO_PRODUCTS, "the face says how many there are");
static const size_t containing[] = { 0, 2, 9 };
static const size_t claimed[] = { 9, 10 };

static Error add_versions(Call *call, Text ref, const char *versions)
{
	Text rest = text_from(versions), version;
	for (int64_t code = 100; rest.length && text_next(&rest, ' ', &version); code++) {
		Release release = { .version_code = code, .version_name = version };
		TRY(product_release_add(call, ref, &release));
	}
	return OK;
}

static Error add_product(Call *call, size_t i, Text *out_ref)
{
	Product product;
	ProductStatement statement = { .kind = text_from(products[i].kind),
		.name = text_from(products[i].name),
		.name_en = text_from(products[i].name_en),
		.vendor = text_from(products[i].vendor),
		.package = text_from(products[i].id),
		.filing_number = text_from(products[i].filing),
		.store = TEXT(""),
		.host = text_from(products[i].host),
		.lenient = true };
	TRY(product_register(call, &statement, &product));
	TRY(product_confirm(call, product.ref));
	TRY(add_versions(call, product.ref, products[i].versions));
	*out_ref = product.ref;
	return OK;
}

Error demo_products(Call *call, const Actor *coordinator, DemoProducts *out)
{
	int64_t now = call->now;
	call->actor = coordinator;
	call->now = clock_wall() - 100 * (int64_t)DAY_MS;
	for (size_t i = 0; i < COUNT(products); i++) TRY(add_product(call, i, &out->refs[i]));
	for (size_t i = 0; i < COUNT(containing); i++)
		TRY(product_containment_add(call, out->refs[containing[i]], TEXT(""), out->refs[COUNT(products) - 1], TEXT("3.6.4"),
			TEXT("厂商公布的第三方 SDK 清单。")));
	call->now = now;
	return OK;
}

static Error act_on_claim(Call *call, Text claim, const char *action, const Map *values)
{
	ProductClaim opened;
	TRY(product_claim_open(call, claim, &opened));
	return product_claim_act(call, claim, text_from(action), opened.revision, values);
}

Error demo_claims(Call *call, const Actor *coordinator, const Actor *vendor, const DemoProducts *of)
{
	Text claims[COUNT(claimed)];
	int64_t now = call->now;
	Map *checked = map_new(call->arena);
	form_set(call->arena, checked, TEXT("reason"), TEXT("营业执照、APP 备案主体与应用商店开发者名称一致。"));
	for (size_t i = 0; i < COUNT(claimed); i++) {
		call->actor = vendor;
		call->now = clock_wall() - (int64_t)(i + 1) * DAY_MS;
		TRY(product_claim(
			call, of->refs[claimed[i]], TEXT("staff"), TEXT(""), TEXT("本单位自有产品，备案主体与营业执照一致。"), &claims[i]));
		TRY(act_on_claim(call, claims[i], "submit", NULL));
	}
	call->actor = coordinator; /* one is granted, the other one waits for whoever tries the product */
	TRY(act_on_claim(call, claims[0], "grant", checked));
	call->now = now;
	return OK;
}
