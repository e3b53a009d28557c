#include "app/demo_closing.h"

#include "base/base/clock.h"
#include "people/org/org.h"
#include "store/db/db.h"
#include "subject/casefile/casefile.h"
#include "subject/party/party.h"
#include "subject/party/team.h"
#include "subject/product/product.h"

enum { DAY_MS = 86400000, HOUR_MS = 3600000, VALUES_MOST = 6, CASEFILES = 8 };

typedef const char *const Pairs[VALUES_MOST][2];
static Pairs notice = { { "title", "本地数据保护缺陷" },
	{ "content", "## 概述\n\n应用将敏感数据明文保存在外部存储。\n\n## 建议\n\n请核实并修补。" }, { "versions", "2.x" },
	{ "way", "account" }, { "evidence", "已通过平台账号送达。" } };
static Pairs signature = { { "signer", "何雨桐" }, { "office", "安全应急响应中心" }, { "confirm", "yes" } };
static Pairs fixed = { { "fixed", "2.8.1" }, { "date", "2026-09-18" },
	{ "evidence", "2.8.1 版更新说明第三条：敏感数据改为加密保存。提交记录日期为 2026 年 9 月 12 日。" },
	{ "told", "各应用商店更新说明，9 月 18 日起推送。" } };
static Pairs retired = { { "offline_since", "2026-03-31" }, { "where", "各应用商店\n官方网站下载页" },
	{ "evidence", "停止运营公告与应用商店下架记录，APP 备案已注销。" }, { "users", "已通过短信和站内信告知用户卸载。" } };
static Pairs known = { { "known_since", "2025-06-20" }, { "proof_kind", "file-hash" },
	{ "hash", "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824" },
	{ "where", "北京市某公证处，公证书编号见附件说明。" } };
static Pairs returned = { { "reason", "仍可在一家应用商店下载，请补充下架记录。" } };

/* Each stands where the last of its actions leaves it. */
static const struct {
	const char *product, *closes, *answer; /* answer NULL: it waits */
	const Pairs *values;
} matters[] = { { "云帆阅读", "close-fixed", NULL, &fixed }, { "云帆天气", "close-fixed", "accept-fixed", &fixed },
	{ "云帆贺卡", "close-retired", NULL, &retired }, { "云帆手电", "close-retired", "accept-retired", &retired },
	{ "云帆壁纸", "close-retired", "return", &retired }, { "云帆浏览器", "close-known", NULL, &known },
	{ "云帆输入法国际版", "close-known", "accept-known", &known } };

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

static Error act(Call *call, const Actor *actor, Text ref, const char *action, const Pairs *pairs)
{
	Map *values = map_new(call->arena);
	for (size_t i = 0; pairs && i < VALUES_MOST && (*pairs)[i][0]; i++)
		form_set(call->arena, values, text_from((*pairs)[i][0]), text_from((*pairs)[i][1]));
	call->actor = actor;
	call->now += HOUR_MS;
	return party_act(call, ref, text_from(action), 0, values);
}

static Error bring(Call *call, int64_t casefile_id, size_t number, const Actor *coordinator, const Actor *vendor)
{
	Naming naming = { .casefile_id = casefile_id,
		.party = { .organisation_id = vendor->organisation_id,
			.name = TEXT(""),
			.source = TEXT("store"),
			.product = text_from(matters[number].product),
			.is_own_provider = true } };
	const char *answer = matters[number].answer;
	call->actor = coordinator;
	call->now = clock_wall() - DAY_MS - (int64_t)number * HOUR_MS;
	TRY(db_transact(call, name, &naming));
	TRY(act(call, coordinator, naming.ref, "notify", &notice));
	TRY(act(call, vendor, naming.ref, "acknowledge", &signature));
	TRY(act(call, vendor, naming.ref, matters[number].closes, matters[number].values));
	if (!answer) return OK;
	return act(call, coordinator, naming.ref, answer, !strcmp(answer, "return") ? &returned : NULL);
}

Error demo_closings(Call *call, const Actor *coordinator, const Actor *vendor)
{
	Casefiles casefiles;
	Actor *staff = arena_new_of(call->arena, Actor);
	int64_t now = call->now;
	*staff = *coordinator;
	staff->session_id = staff->person_id;
	call->actor = staff;
	TRY(casefile_queue(call, TEXT("COORDINATING"), 0, CASEFILES, &casefiles));
	for (size_t i = 0; casefiles.count && i < COUNT(matters); i++)
		TRY(bring(call, casefiles.at[casefiles.count - 1 - i % casefiles.count].id, i, staff, vendor));
	call->now = now;
	return OK;
}

/* ---- Teams */
static Error join_all(Call *call, Text team)
{
	Members members;
	Organisation organisation;
	TRY(org_find(call, call->actor->organisation_id, &organisation));
	TRY(org_members(call, &organisation, &members));
	for (size_t i = 0; i < members.count; i++) TRY(org_team_join(call, team, members.at[i].ref));
	return OK;
}

Error demo_teams(Call *call, const Actor *vendor)
{
	enum { OWN = 20 };
	Text payments, content;
	Products products;
	call->actor = vendor;
	TRY(org_team_add(call, TEXT("支付安全组"), &payments));
	TRY(org_team_add(call, TEXT("内容与工具组"), &content));
	TRY(join_all(call, payments));
	TRY(product_list_of(call, vendor->organisation_id, 0, OWN, &products));
	for (size_t i = 0; i < products.count; i++) TRY(team_own(call, payments, products.at[i].ref));
	return OK;
}
