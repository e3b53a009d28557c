#include "app/demo_delivery.h"

#include "app/demo_party.h"
#include "base/base/clock.h"
#include "people/org/org.h"
#include "store/db/db.h"
#include "subject/casefile/casefile.h"
#include "subject/party/delivery.h"

enum { HOUR_MS = 3600000, FIRST = 6, SECOND = 4, VENDORS = FIRST + SECOND + 1 };

/* The store stands in demo_party; this is the other one. */
static const DemoVendor platform = { "mu@example.cn", "穆棉", "mumian", "木棉小程序平台", "Mumian Mini Programs", "91110108MADEM000XB",
	"开放平台 010-00000003", "other" };
static const char store_code[] = "91110108MADEM0003T";

static const struct {
	const char *vendor, *product, *outcome, *to, *note;
} letters[VENDORS] = {
	{ "青鸟出行科技", "青鸟出行", "delivered", "开发者后台联系人，已读回执", "" },
	{ "半夏健康科技", "半夏体检", "delivered", "前台签收", "" },
	{ "海东青软件工作室", "海东青记账", "bounced", "", "联系邮箱已停用，电话为空号。" },
	{ "竹里阅读科技", "竹里阅读", "delivered", "法务部签收", "" },
	{ "行路难地图科技", "行路难地图", "refused", "", "前台拒收，称需总部授权。" }, { "栖云音频工作室", "栖云电台", NULL, NULL, NULL },
	{ "白鹭课堂科技", "白鹭课堂小程序", NULL, NULL, NULL }, { "南枝花艺", "南枝花店小程序", NULL, NULL, NULL },
	{ "知更票务科技", "知更票务小程序", NULL, NULL, NULL }, { "一粟社区团购", "一粟团购小程序", NULL, NULL, NULL },
	{ "无名氏工作室", "清扫大师", NULL, NULL, NULL }, /* nobody is asked yet */
};

typedef struct Naming {
	int64_t casefile_id;
	PartyNew party;
	Text ref;
} Naming;

static Error name(Call *call, void *argument)
{
	Naming *naming = argument;
	return party_add(call, naming->casefile_id, &naming->party, &naming->ref);
}

static Error name_all(Call *call, int64_t casefile_id, Text *refs)
{
	for (size_t i = 0; i < VENDORS; i++) {
		Naming naming = { .casefile_id = casefile_id,
			.party = {
				.name = text_from(letters[i].vendor), .product = text_from(letters[i].product), .source = TEXT("store") } };
		TRY(db_transact(call, name, &naming));
		refs[i] = arena_copy(call->arena, naming.ref);
	}
	return OK;
}

static Error hand_out(Call *call, int64_t casefile_id, const char *code, const Text *refs, size_t count, Text *out_ref)
{
	Map *notice = map_new(call->arena);
	form_set(call->arena, notice, TEXT("title"), TEXT("移动支付组件签名校验缺陷"));
	form_set(call->arena, notice, TEXT("content"),
		TEXT("## 概述\n\n集成该组件的应用未校验服务端签名。\n\n## 建议\n\n升级组件并重新发布应用，告知用户更新。"));
	form_set(call->arena, notice, TEXT("versions"), TEXT("集成组件 2.x 的全部版本"));
	DeliveryOrder order = { .casefile_id = casefile_id, .partner = text_from(code), .parties = refs, .count = count, .notice = notice };
	return delivery_send(call, &order, out_ref);
}

static Error find_partner(Call *call, const char *code, Actor *out)
{
	Organisation organisation;
	Numbers people;
	Person person;
	TRY(org_find_code(call, text_from(code), &organisation));
	TRY(org_admins(call, organisation.id, &people));
	if (!people.count) return fail(call, INTERNAL, "nobody administers %s", code);
	TRY(person_find(call, people.at[0], &person));
	*out = (Actor) { .person_id = person.id,
		.name = person_shown_name(&person),
		.roles = ROLE_REPORTER | ROLE_VENDOR_MEMBER | ROLE_VENDOR_ADMIN,
		.organisation_id = organisation.id,
		.second_factor = true,
		.session_id = person.id,
		.scopes = ~0U };
	return OK;
}

static Error report(Call *call, Text package)
{
	Delivery delivery;
	DeliveryLetters list;
	DeliveryResults results;
	DeliveryWord words[FIRST];
	size_t count = 0;
	TRY(delivery_open(call, package, &delivery));
	TRY(delivery_letters(call, &delivery, 0, FIRST, &list));
	for (size_t i = 0; i < list.count; i++) {
		if (!letters[i].outcome) continue;
		words[count++] = (DeliveryWord) { list.at[i].ref, text_from(letters[i].outcome), text_from(letters[i].to),
			text_from(letters[i].note), clock_iso(call->arena, call->now) };
	}
	return delivery_report(call, package, words, count, &results);
}

static Error add_platform(Call *call, const Actor *coordinator)
{
	Actor *partner = arena_new_of(call->arena, Actor);
	const Standing standing = { .kind = TEXT("partner"), .from_at = clock_wall() - 4000 * (int64_t)HOUR_MS };
	TRY(demo_found(call, &platform, partner, coordinator));
	call->actor = &actor_system;
	return org_standing_set(call, partner->organisation_id, &standing);
}

Error demo_deliveries(Call *call, const Actor *coordinator)
{
	Actor *staff = arena_new_of(call->arena, Actor), *store = arena_new_of(call->arena, Actor);
	Casefiles casefiles;
	Text refs[VENDORS], first, second;
	int64_t now = call->now;
	*staff = *coordinator;
	staff->session_id = staff->person_id;
	TRY(add_platform(call, staff));
	call->actor = staff;
	TRY(casefile_queue(call, TEXT("COORDINATING"), 0, 1, &casefiles));
	if (!casefiles.count) return OK;
	call->now = clock_wall() - 30 * (int64_t)HOUR_MS;
	TRY(name_all(call, casefiles.at[0].id, refs));
	TRY(hand_out(call, casefiles.at[0].id, store_code, refs, FIRST, &first));
	first = arena_copy(call->arena, first);
	call->now += 2 * (int64_t)HOUR_MS;
	TRY(hand_out(call, casefiles.at[0].id, platform.credit_code, refs + FIRST, SECOND, &second));
	TRY(find_partner(call, store_code, store));
	call->actor = store;
	TRY(delivery_act(call, first, TEXT("receive"), 0, NULL));
	call->now += 20 * (int64_t)HOUR_MS;
	TRY(report(call, first));
	call->now = now;
	return OK;
}
