#include "app/demo_party.h"

#include "base/base/clock.h"
#include "people/org/org.h"
#include "store/db/db.h"
#include "subject/casefile/casefile.h"
#include "subject/party/party.h"

#include <sys/mman.h>
#include <unistd.h>

enum { DAY_MS = 86400000, PARTIES = 12 };

/* ---- The vendor */
static Error add_paper(Call *call, const char *kind)
{
	int file = memfd_create(kind, MFD_CLOEXEC);
	ssize_t length = (ssize_t)strlen(kind);
	if (file < 0 || write(file, kind, (size_t)length) != length || lseek(file, 0, SEEK_SET) != 0)
		return fail(call, IO, "a paper of the demonstration");
	Error error = org_paper_add(call, text_from(kind), TEXT("paper.pdf"), file, length);
	close(file);
	return error;
}

/* The first has matters of its own; the second provides an SDK that others contain, and sees nothing of the first. */
static const DemoVendor demo_vendors[] = {
	{ "he@example.cn", "何雨桐", "heyutong", "云帆移动科技有限公司", "Yunfan Mobile Technology", "91110108MADEM0001L",
		"安全应急响应中心 010-00000000", "vendor" },
	{ "jiang@example.cn", "江澄", "jiangcheng", "河豚云网络科技有限公司", "Fugu Cloud", "91110108MADEM0002P", "产品安全组 010-00000001",
		"vendor" },
};

#define FOUNDED_BEFORE_MS (INT64_C(3) * 24 * 3600 * 1000)

Error demo_found(Call *call, const DemoVendor *given, Actor *vendor, const Actor *coordinator)
{
	Text ref;
	Organisation organisation;
	int64_t id, now = call->now;
	OrgRegistration registration = { .name = text_from(given->name),
		.name_en = text_from(given->name_en),
		.credit_code = text_from(given->credit_code),
		.wants = text_from(given->wants),
		.domicile = TEXT("CN"),
		.contact = text_from(given->contact) };
	TRY(person_create_demo(call, text_from(given->mail), text_from(given->person), text_from(given->handle), given->roles, &id));
	*vendor = (Actor) { .person_id = id,
		.name = text_from(given->person),
		.roles = ROLE_REPORTER | given->roles,
		.second_factor = true,
		.session_id = id,
		.scopes = ~0U };
	call->actor = vendor;
	call->now = now - FOUNDED_BEFORE_MS; /* a member of it, and verified, before what it does here */
	TRY(org_register(call, &registration, &ref));
	TRY(add_paper(call, "licence"));
	TRY(add_paper(call, "authorisation"));
	TRY(org_verification_ask(call));
	call->actor = coordinator;
	TRY(org_verification_decide(call, ref, true, TEXT("")));
	call->now = now;
	TRY(org_find_ref(call, ref, &organisation));
	vendor->organisation_id = organisation.id;
	if (!strcmp(given->wants, "vendor")) vendor->roles |= ROLE_VENDOR_MEMBER | ROLE_VENDOR_ADMIN;
	return OK;
}

/* Vouches for vendors without account. */
static const DemoVendor demo_store = { "qin@example.cn", "秦商", "qinshang", "海棠应用商店", "Haitang Store", "91110108MADEM0003T",
	"开发者服务 010-00000002", "other" };

Error demo_partner(Call *call, const Actor *coordinator)
{
	Actor *partner = arena_new_of(call->arena, Actor), *staff = arena_new_of(call->arena, Actor);
	const Standing standing = { .kind = TEXT("partner"), .from_at = clock_wall() - 400 * (int64_t)DAY_MS };
	*staff = *coordinator;
	staff->session_id = staff->person_id;
	TRY(demo_found(call, &demo_store, partner, staff));
	call->actor = &actor_system;
	return org_standing_set(call, partner->organisation_id, &standing);
}

/* ---- Parties */
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

static const struct {
	const char *action;
	char who; /* c coordinator, v vendor, e verifier */
	const char *values[8][2];
} way[] = {
	{ "notify", 'c',
		{ { "title", "客户端存储型漏洞" }, { "content", "## 概述\n\n应用未校验外部输入。\n\n## 建议\n\n请尽快修补并告知用户。" },
			{ "versions", "6.x\n7.x" }, { "way", "account" }, { "evidence", "已通过平台账号送达。" } } },
	{ "acknowledge", 'v', { { "signer", "何雨桐" }, { "office", "安全应急响应中心" }, { "confirm", "yes" } } },
	{ "state", 'v', { { "position", "affected" }, { "explanation", "已在测试环境重现。" } } },
	{ "plan", 'v',
		{ { "measures", "改用参数化查询并增加输入校验。" }, { "begin", "2026-12-01" }, { "finish", "2026-12-10" },
			{ "release", "2026-12-15" }, { "person", "何雨桐" } } },
	{ "accept", 'c', { { NULL, NULL } } },
	{ "fix", 'v', { { "line", "6.x" }, { "fixed", "6.4.2" }, { "note", "已合入修补。" } } },
	{ "fix", 'v', { { "line", "7.x" }, { "fixed", "7.1.0" }, { "note", "已合入修补。" } } },
	{ "declare", 'v', { { "told", "应用商店更新说明和站内消息。" }, { "confirm", "yes" } } },
	{ "assign", 'c', { { "verifier", "zhaomingzhe" } } },
	{ "spot", 'e', { { "declaration", "yes" }, { "checked_on", "2026-11-20" }, { "evidence", "抽查 7.1.0，原步骤不再成立。" } } },
};
/* How far each has come, and how it ended otherwise; the first is not reached yet. */
static const struct {
	size_t length;
	const char *ending;
	const char *product;
} parts[PARTIES] = { { 0, NULL, "未名相机" }, { 1, NULL, "云帆记事" }, { 2, NULL, "云帆日历" }, { 3, NULL, "云帆网盘" },
	{ 4, NULL, "云帆会议" }, { 6, NULL, "云帆相册" }, { 9, NULL, "云帆钱包" }, { 10, NULL, "云帆音乐" }, { 0, "orphan", "孤帆天气" },
	{ 0, "give-up", "浮萍跑步" }, { 0, "withdraw", "云帆词典" }, { 2, "upstream", "云帆输入法" } };

typedef struct Cast {
	const Actor *coordinator, *vendor, *verifier;
} Cast;

static Error act(Call *call, Text ref, size_t i, const Cast *cast)
{
	Map *values = map_new(call->arena);
	for (size_t n = 0; n < COUNT(way[i].values) && way[i].values[n][0]; n++)
		form_set(call->arena, values, text_from(way[i].values[n][0]), text_from(way[i].values[n][1]));
	call->actor = way[i].who == 'c' ? cast->coordinator : way[i].who == 'v' ? cast->vendor : cast->verifier;
	call->now += 3600000;
	return party_act(call, ref, text_from(way[i].action), 0, values);
}

static Error say(Call *call, Text ref, const char *action, const char *const pairs[][2], size_t count)
{
	Map *values = map_new(call->arena);
	for (size_t i = 0; i < count; i++) form_set(call->arena, values, text_from(pairs[i][0]), text_from(pairs[i][1]));
	return party_act(call, ref, text_from(action), 0, values);
}

/* ---- Vendors without account */
Error demo_tell_vendor(Call *call, const DemoTelling *telling, Text *out_party)
{
	const DemoMatter *matter = telling->matter;
	const char *const named[][2] = { { "name", matter->vendor }, { "product", matter->product }, { "source", "应用商店开发者信息" } };
	const char *const vouched[][2] = { { "credit_code", demo_store.credit_code },
		{ "evidence", "商店开发者后台联系人，已电话核实身份。" }, { "own_provider", "yes" }, { "domicile", "CN" } };
	const char *const notice[][2] = { { "title", matter->title[LANG_ZH] }, { "content", matter->description[LANG_ZH] },
		{ "way", "partner" }, { "evidence", "由应用商店转交厂商联系人，当日确认收到。" } };
	Map *values = map_new(call->arena);
	Casefile casefile;
	PartyLines parties;
	for (size_t i = 0; i < COUNT(named); i++) form_set(call->arena, values, text_from(named[i][0]), text_from(named[i][1]));
	call->actor = telling->coordinator;
	TRY(casefile_act(call, telling->casefile, TEXT("party"), 0, values));
	TRY(casefile_open(call, telling->casefile, &casefile));
	TRY(party_list(call, casefile.id, 0, 1, &parties));
	if (!parties.count) return fail(call, INTERNAL, "no vendor of %.*s", TEXT_ARGS(telling->casefile));
	*out_party = parties.at[0].ref;
	TRY(say(call, *out_party, "confirm", vouched, COUNT(vouched)));
	return say(call, *out_party, "notify", notice, COUNT(notice));
}

Error demo_repair(Call *call, const DemoTelling *telling, Text party)
{
	const char *day = arena_string(call->arena, text_slice(clock_iso(call->arena, call->now), 0, 10));
	const char *const signature[][2] = { { "signer", "厂商联系人" }, { "confirm", "yes" } };
	const char *const position[][2] = { { "position", "fixed" }, { "fixed_version", telling->matter->fixed }, { "date", day },
		{ "proof", "版本更新说明已注明修补内容与日期。" } };
	const char *const verifier[][2] = { { "verifier", "zhaomingzhe" } };
	const char *const seen[][2] = { { "declaration", "yes" }, { "checked_on", day }, { "evidence", "抽查修补版本，原步骤不再成立。" } };
	call->actor = telling->coordinator;
	TRY(say(call, party, "acknowledge", signature, COUNT(signature)));
	TRY(say(call, party, "state", position, COUNT(position)));
	TRY(say(call, party, "check", NULL, 0));
	TRY(say(call, party, "assign", verifier, COUNT(verifier)));
	call->actor = telling->verifier;
	return say(call, party, "spot", seen, COUNT(seen));
}

/* ---- How contact fails */
static Error try_to_reach(Call *call, Text ref)
{
	static const char *const attempt[][2] = { { "channel", "phone" }, { "source", "store" }, { "address", "010-00000000" },
		{ "outcome", "no-answer" }, { "note", "无人接听。" } };
	return say(call, ref, "attempt", attempt, COUNT(attempt));
}

/* Three steps, each tried and waited for; then nobody is left to be asked. */
static Error give_up(Call *call, Text ref)
{
	static const char *const steps[] = { "partner", "authority", "give-up" };
	static const char *const reason[][2] = { { "reason", "期限已过，无人答复。" } };
	for (size_t i = 0; i < COUNT(steps); i++) {
		TRY(try_to_reach(call, ref));
		call->now += 17 * (int64_t)DAY_MS;
		TRY(say(call, ref, steps[i], reason, COUNT(reason)));
	}
	return OK;
}

static Error end_otherwise(Call *call, Text ref, const char *ending)
{
	static const char *const reason[][2] = { { "reason", "备案主体已注销，应用商店已下架，无承接单位。" } };
	static const char *const upstream[][2] = { { "position", "upstream" }, { "explanation", "问题出在所集成的语音组件。" },
		{ "provider", "听澜语音技术" }, { "component", "听澜语音 SDK 2.3" }, { "provider_contact", "psirt@example.org" } };
	if (!strcmp(ending, "give-up")) return give_up(call, ref);
	if (!strcmp(ending, "upstream")) return say(call, ref, "state", upstream, COUNT(upstream));
	return say(call, ref, ending, reason, COUNT(reason));
}

static Error bring(Call *call, int64_t casefile_id, size_t number, const Cast *cast)
{
	bool is_known = parts[number].length > 0;
	Naming naming = { .casefile_id = casefile_id,
		.party = { .organisation_id = is_known ? cast->vendor->organisation_id : 0,
			.name = is_known ? TEXT("") : TEXT("未名软件工作室"),
			.mail = is_known ? TEXT("") : TEXT("security@example.org"),
			.source = TEXT("store"),
			.product = text_from(parts[number].product),
			.is_own_provider = is_known } };
	call->actor = cast->coordinator;
	call->now = clock_wall() - (int64_t)number * DAY_MS / 2 - DAY_MS / 2;
	bool is_slow = parts[number].ending && strcmp(parts[number].ending, "upstream") != 0;
	if (is_slow) call->now = clock_wall() - 60 * (int64_t)DAY_MS;
	TRY(db_transact(call, name, &naming));
	for (size_t i = 0; i < parts[number].length; i++) TRY(act(call, naming.ref, i, cast));
	if (parts[number].ending) return end_otherwise(call, naming.ref, parts[number].ending);
	if (is_known) return OK;
	TRY(try_to_reach(call, naming.ref));
	return party_act(call, naming.ref, TEXT("invite"), 0, NULL);
}

Error demo_parties(Call *call, const Actor *coordinator, const Actor *verifier, Actor *out_vendor)
{
	Actor *vendor = arena_new_of(call->arena, Actor), *other = arena_new_of(call->arena, Actor),
	      *staff = arena_new_of(call->arena, Actor);
	Casefiles casefiles;
	int64_t now = call->now;
	*staff = *coordinator;
	staff->session_id = staff->person_id;
	Cast cast = { staff, vendor, verifier };
	TRY(demo_found(call, &demo_vendors[0], vendor, staff));
	TRY(demo_found(call, &demo_vendors[1], other, staff));
	call->actor = staff;
	TRY(casefile_queue(call, TEXT("COORDINATING"), 0, PARTIES, &casefiles));
	for (size_t i = 0; casefiles.count && i < PARTIES; i++) TRY(bring(call, casefiles.at[i % casefiles.count].id, i, &cast));
	call->now = now;
	*out_vendor = *vendor;
	return OK;
}
