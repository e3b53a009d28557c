#include "app/demo_collection.h"

#include "subject/programme/collection/collection.h"

typedef enum DemoCase { A_DRAFT, HANDED_IN, WITH_EXPERTS, IN_NOTICE } DemoCase;
static const struct {
	const char *title, *kind, *summary, *background, *measures, *effect;
	DemoCase stage;
} cases[] = {
	{ "导出组件漏洞的批量排查与协同修补", "finding", "对二百余款应用的导出组件开展自动化排查，发现问题后按规定报送并协助厂商修补。",
		"组件导出不当是移动应用的常见问题，人工排查效率低。", "研制静态分析规则，逐条人工复核，通过漏洞库报送，跟踪修补并复测。",
		"排查应用213款，报送漏洞47个，修补率96%，平均修补用时12天。", IN_NOTICE },
	{ "第三方SDK漏洞的上下游联动处置", "handling", "某统计类SDK存在漏洞，联动四十家应用厂商在暂缓公开期内完成升级。",
		"同一SDK被大量应用集成，逐家通知难以及时。", "建立SDK与应用的对应清单，分批通知，提供升级指引和验证工具。",
		"四十家厂商全部完成升级，未发现利用。", WITH_EXPERTS },
	{ "漏洞修补后的用户告知实践", "telling", "把漏洞修补情况用用户看得懂的话讲清楚，提高升级率。",
		"用户不了解升级的必要性，旧版本长期存在。", "在应用内分级提示，说明影响和升级方法，对老年用户电话回访。",
		"两周内升级率由41%提高到88%。", HANDED_IN },
	{ "重大活动期间的应急值守", "emergency", "", "", "", "", A_DRAFT },
};

static Map *values_of(Arena *arena, size_t n)
{
	const char *const pairs[][2] = { { "title", cases[n].title }, { "kind", cases[n].kind }, { "summary", cases[n].summary },
		{ "background", cases[n].background }, { "measures", cases[n].measures }, { "effect", cases[n].effect },
		{ "contact", cases[n].stage == A_DRAFT ? "" : "周晓岚 010-00000000" },
		{ "declaration", cases[n].stage == A_DRAFT ? "" : "yes" } };
	Map *values = map_new(arena);
	for (size_t i = 0; i < COUNT(pairs); i++) form_set(arena, values, text_from(pairs[i][0]), text_from(pairs[i][1]));
	return values;
}

static Error act(Call *call, const Actor *actor, Text ref, const char *action, const Map *values)
{
	call->actor = actor;
	return collection_act(call, ref, text_from(action), 0, values);
}

static Map *pairs_of(Arena *arena, const char *const *pairs)
{
	Map *values = map_new(arena);
	for (size_t i = 0; pairs[i]; i += 2) form_set(arena, values, text_from(pairs[i]), text_from(pairs[i + 1]));
	return values;
}
#define PAIRS(...) pairs_of(call->arena, (const char *const[]) { __VA_ARGS__, NULL })

/* Each of those who were asked, as themselves. */
static Error score(Call *call, Text ref)
{
	static const char *const scores[] = { "88", "92", "85" };
	CollectionCase one;
	CollectionSeats seats;
	call->actor = &actor_system;
	TRY(collection_open(call, ref, &one));
	TRY(collection_seats(call, &one, &seats));
	for (size_t i = 0; i < seats.count; i++) {
		Actor expert = { .person_id = seats.at[i].person_id, .roles = ROLE_EXPERT, .second_factor = true };
		call->actor = &expert;
		TRY(collection_judge(call, ref,
			PAIRS("oath", "free", "score", scores[i % COUNT(scores)], "reason",
				"做法可复制，成效有数据支撑，建议补充成本说明。")));
	}
	return OK;
}

static Error play(Call *call, size_t n, Text activity, const Actor *first, const Actor *second, const Actor *unit)
{
	Text ref;
	CollectionCase one;
	call->actor = unit;
	TRY(collection_begin(call, activity, &ref));
	TRY(collection_open(call, ref, &one));
	TRY(collection_save(call, &one, values_of(call->arena, n)));
	if (cases[n].stage >= HANDED_IN) TRY(act(call, unit, ref, "submit", NULL));
	if (cases[n].stage >= WITH_EXPERTS)
		TRY(act(call, first, ref, "pass", PAIRS("complete", "yes", "declared", "yes", "undisclosed", "yes")));
	if (cases[n].stage < IN_NOTICE) return OK;
	TRY(score(call, ref));
	TRY(act(call, first, ref, "propose", NULL));
	return act(call, second, ref, "publicise", NULL);
}

Error demo_collection(Call *call, Text activity, const Actor *first, const Actor *second, const Actor *unit)
{
	for (size_t n = 0; n < COUNT(cases); n++) TRY(play(call, n, activity, first, second, unit));
	return OK;
}
