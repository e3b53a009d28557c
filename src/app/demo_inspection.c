#include "app/demo_inspection.h"
#include "app/demo_letter.h"

#include "base/base/clock.h"
#include "subject/programme/inspection/inspection.h"

enum { HOUR_MS = 3600 * 1000, DAY_MS = 24 * HOUR_MS, ZONE_MS = 8 * HOUR_MS };

static Map *values_of(Call *call, const char *const pairs[][2], size_t count)
{
	Map *values = map_new(call->arena);
	for (size_t i = 0; i < count; i++) form_set(call->arena, values, text_from(pairs[i][0]), text_from(pairs[i][1]));
	return values;
}
#define VALUES(...) values_of(call, (const char *const[][2]) { __VA_ARGS__ }, COUNT(((const char *const[][2]) { __VA_ARGS__ })))

/* How each shortlisted one fares, in the locked order; those behind are still to be arranged. */
typedef enum Fate { PASSES, CORRECTS, FAILS, IS_VISITED } Fate;
static const Fate fates[] = { PASSES, CORRECTS, IS_VISITED, FAILS, IS_VISITED };

static const char *const places[] = { "北京市海淀区中关村东路示例大厦8层", "上海市浦东新区张江示例园2号楼", "深圳市南山区科技园示例中心B座",
	"杭州市滨江区江南大道示例广场15层", "成都市高新区天府大道示例软件园D区" };

static const struct {
	const char *item, *evidence;
} seen[] = {
	{ "premises", "查验营业执照原件、租赁合同和门禁记录，办公地址与申报一致。" },
	{ "team", "核对社保缴纳证明和证书原件，现场访谈6名团队成员。" },
	{ "laboratory", "查看测试机房、真机30台、商业工具授权书，现场演示脱壳与动态调试。" },
	{ "confidentiality", "抽查保密承诺书12份，漏洞数据存放于独立加密服务器，访问留痕。" },
	{ "emergency", "18:40拨打应急值守电话，2分钟内接通，查看近三个月值班表。" },
	{ "sample", "随机抽取3个已申报漏洞，在现场环境全部复现。" },
};

static const char *evidence_of(Text item)
{
	for (size_t i = 0; i < COUNT(seen); i++)
		if (text_is(item, text_from(seen[i].item))) return seen[i].evidence;
	return "对照能力评定方法条款查验佐证材料，与申报一致。";
}

static void be(Call *call, const Actor *actor, int64_t at)
{
	call->actor = actor;
	call->now = at;
}

static const Actor *inspector(const DemoSelectors *office, const Inspection *inspection, size_t seat)
{
	for (size_t i = 0; i < office->experts.count; i++)
		if (seat < inspection->inspectors.count && office->experts.at[i].person_id == inspection->inspectors.at[seat].person_id)
			return &office->experts.at[i];
	return NULL;
}

static Error arrange(Call *call, const Inspection *inspection, size_t n, int64_t visit_at)
{
	Text day = clock_iso(call->arena, visit_at + ZONE_MS);
	const char *on = arena_printf(call->arena, "%.10s %.5s", day.at, day.at + 11).at;
	return inspection_act(call, inspection->ref, TEXT("arrange"), 0,
		VALUES({ "visit_on", on }, { "where", places[n % COUNT(places)] },
			{ "words", "请准备：营业执照原件、团队成员社保与证书原件、保密制度文件；安排一间可演示测试环境的会议室。" }));
}

static Error fill(Call *call, const Inspection *inspection, Fate fate, size_t most)
{
	for (size_t i = 0; i < inspection->items.count && i < most; i++) {
		Text name = inspection->items.at[i].name;
		InspectionSaved saved;
		Map *values = VALUES({ "verdict", "meets" }, { "evidence", evidence_of(name) });
		if (fate == CORRECTS && text_is(name, TEXT("confidentiality"))) {
			form_set(call->arena, values, TEXT("verdict"), TEXT("minor"));
			form_set(call->arena, values, TEXT("comment"), TEXT("2名新入职人员尚未签署保密承诺书；离职人员账号未在当日停用。"));
			form_set(call->arena, values, TEXT("days"), TEXT("10"));
		}
		if (fate == FAILS && text_is(name, TEXT("team"))) {
			form_set(call->arena, values, TEXT("verdict"), TEXT("major"));
			form_set(call->arena, values, TEXT("comment"), TEXT("申报的8名持证人员中有5名不在岗，社保由其他单位缴纳。"));
		}
		InspectionSave save = { name, arena_printf(call->arena, "demo-%.*s", TEXT_ARGS(name)), 0, values };
		TRY(inspection_save(call, inspection->ref, &save, &saved));
	}
	return OK;
}

static Error sign(Call *call, Text ref) { return inspection_act(call, ref, TEXT("sign"), 0, VALUES({ "independent", "yes" })); }

static Error visit(Call *call, const DemoSelectors *office, Text ref, size_t n, int64_t from)
{
	Inspection inspection;
	Fate fate = fates[n];
	bool is_ahead = fate == IS_VISITED;
	int64_t day = is_ahead ? clock_wall() : from + (int64_t)(n + 1) * DAY_MS;
	be(call, office->first, is_ahead ? day : from);
	TRY(inspection_open(call, ref, &inspection));
	const Actor *first = inspector(office, &inspection, 0), *second = inspector(office, &inspection, 1);
	if (!first || !second) return OK; /* stays to be arranged */
	TRY(arrange(call, &inspection, n, is_ahead ? (day / DAY_MS + 1 + (int64_t)n) * DAY_MS + 2 * HOUR_MS : day + HOUR_MS));
	be(call, first, is_ahead ? day : day + 2 * HOUR_MS);
	TRY(fill(call, &inspection, fate, is_ahead ? 2 : inspection.items.count));
	if (is_ahead) return OK;
	be(call, first, day + 6 * HOUR_MS);
	TRY(sign(call, ref));
	be(call, second, day + 8 * HOUR_MS);
	return sign(call, ref);
}

Error demo_inspection(Call *call, const DemoSelectors *office, Text ref)
{
	Round round;
	PanelPlaces order;
	size_t n = 0;
	int64_t from = clock_wall() - 8 * DAY_MS;
	be(call, office->first, from);
	TRY(round_open(call, ref, &round));
	TRY(inspection_start(call, ref));
	TRY(panel_places(call, round.id, &order));
	for (size_t i = 0; i < order.count && n < COUNT(fates); i++) {
		Text planned;
		ArenaMark mark = arena_mark(call->arena);
		if (order.at[i].outcome != OUTCOME_SHORTLISTED) continue;
		TRY(inspection_of_application(call, order.at[i].ref, &planned));
		TRY(visit(call, office, planned, n++, from));
		arena_release(call->arena, mark);
	}
	be(call, &actor_system, clock_wall());
	return OK;
}

/* ---- Where they are over */
static const Actor *unit_of(const DemoPlay *play, Text application)
{
	for (size_t i = 0; i < play->applicants.count; i++)
		if (text_is(play->applicants.at[i].ref, application)) return &play->applicants.at[i].unit;
	return NULL;
}

static Error correct(Call *call, const DemoPlay *play, Text application, Text ref, int64_t at)
{
	Inspection own, inspection;
	be(call, unit_of(play, application), at);
	TRY(inspection_open_own(call, application, &own));
	for (size_t i = 0; i < own.findings.count; i++) {
		be(call, unit_of(play, application), at);
		TRY(inspection_answer(call, application, own.findings.at[i].ref,
			VALUES({ "cause", "入职与离职流程由两个部门分别办理，缺少核对环节。" },
				{ "measure", "补签承诺书，离职账号改为当日自动停用，每月抽查一次。" })));
		be(call, play->office->first, at + 4 * HOUR_MS);
		TRY(inspection_open(call, ref, &inspection));
		be(call, inspector(play->office, &inspection, 0), at + 6 * HOUR_MS);
		TRY(inspection_judge(call, ref, own.findings.at[i].ref, true, VALUES({ "words", "已查验补签文件和停用记录。" })));
	}
	return OK;
}

static Error visit_past(Call *call, const DemoPlay *play, Text application, Fate fate, size_t n, int64_t at)
{
	Inspection inspection;
	Text ref;
	be(call, play->office->first, at);
	TRY(inspection_of_application(call, application, &ref));
	TRY(inspection_open(call, ref, &inspection));
	const Actor *first = inspector(play->office, &inspection, 0), *second = inspector(play->office, &inspection, 1);
	if (!first || !second) return fail(call, INTERNAL, "nobody to inspect %.*s", TEXT_ARGS(application));
	TRY(arrange(call, &inspection, n, at + DAY_MS));
	be(call, play->office->first, at + HOUR_MS);
	TRY(demo_letters(call, play->office, play->round));
	be(call, first, at + DAY_MS + HOUR_MS);
	TRY(fill(call, &inspection, fate, inspection.items.count));
	be(call, first, at + DAY_MS + 5 * HOUR_MS);
	TRY(sign(call, ref));
	be(call, second, at + DAY_MS + 7 * HOUR_MS);
	TRY(sign(call, ref));
	return fate == CORRECTS ? correct(call, play, application, ref, at + 3 * (int64_t)DAY_MS) : OK;
}

static Error settle(Call *call, int64_t at)
{
	int64_t count = 1;
	be(call, &actor_system, at);
	while (count) TRY(inspection_advance(call, &count));
	return OK;
}

/* Those that are shortlisted by now, in the locked order; the first visits have their fates, those that moved up pass. */
static Error visit_all(Call *call, const DemoPlay *play, const Fate *given, size_t given_count, int64_t from)
{
	Round round;
	PanelPlaces order;
	size_t n = 0;
	be(call, play->office->first, from);
	TRY(round_open(call, play->round, &round));
	TRY(panel_places(call, round.id, &order));
	for (size_t i = 0; i < order.count; i++) {
		Application application;
		ArenaMark mark = arena_mark(call->arena);
		be(call, play->office->first, from);
		TRY(application_open(call, order.at[i].ref, &application));
		bool is_due = text_is(application.state, TEXT("SHORTLISTED"));
		if (is_due)
			TRY(visit_past(call, play, order.at[i].ref, n < given_count ? given[n] : PASSES, n, from + (int64_t)n * DAY_MS));
		n += is_due;
		arena_release(call->arena, mark);
	}
	return settle(call, from + 20 * (int64_t)DAY_MS);
}

Error demo_inspection_done(Call *call, const DemoPlay *play)
{
	static const Fate past[] = { PASSES, CORRECTS, PASSES, FAILS };
	int64_t from = play->opens + 84 * (int64_t)DAY_MS;
	be(call, play->office->first, from);
	TRY(inspection_start(call, play->round));
	TRY(visit_all(call, play, past, COUNT(past), from + DAY_MS));
	return visit_all(call, play, NULL, 0, from + 24 * (int64_t)DAY_MS);
}
