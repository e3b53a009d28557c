#include "app/demo_decision.h"
#include "app/demo_letter.h"

#include "base/base/clock.h"
#include "base/base/random.h"
#include "subject/programme/decision/decision.h"
#include "subject/programme/unit/unit.h"

#define DAY_MS ((int64_t)86400000)
enum {
	HOUR_MS = 3600 * 1000,
	ZONE_MS = 8 * HOUR_MS,
	LISTED_ON = 132,
	OBJECTED_ON = 134,
	APPROVED_ON = 160,
	AGREED_ON = 163,
	UNITS_MAX = 50
};

static Map *values_of(Call *call, const char *const pairs[][2], size_t count)
{
	Map *values = map_new(call->arena);
	for (size_t i = 0; i < count; i++) form_set(call->arena, values, text_from(pairs[i][0]), text_from(pairs[i][1]));
	return values;
}
#define VALUES(...) values_of(call, (const char *const[][2]) { __VA_ARGS__ }, COUNT(((const char *const[][2]) { __VA_ARGS__ })))

static void be(Call *call, const DemoPlay *play, const Actor *actor, int days)
{
	call->actor = actor;
	call->now = play->opens + days * DAY_MS + 3 * HOUR_MS;
}

static Error confirm(Call *call, const DemoPlay *play, const char *kind)
{
	Text waiting;
	call->actor = play->office->decider;
	call->now += HOUR_MS;
	TRY(decision_waiting(call, play->round, kind, &waiting));
	return decision_decide(call, play->round, waiting);
}

static Error give_notice(Call *call, const DemoPlay *play)
{
	Map *values;
	be(call, play, play->office->first, LISTED_ON);
	TRY(decision_by_rules(call, play->round, &values));
	TRY(decision_enter(call, play->round, values));
	return confirm(call, play, "publicity");
}

/* It is heard, answered, and does not stand. */
static Error object(Call *call, const DemoPlay *play)
{
	Round round;
	DecisionLists lists;
	ObjectionReceipt receipt;
	be(call, play, &actor_visitor, OBJECTED_ON);
	TRY(round_open_public(call, play->code, &round));
	TRY(decision_public(call, &round, "publicity", &lists));
	if (!lists.count || !lists.at[0].entries.count) return fail(call, INTERNAL, "nobody is in public notice");
	const ObjectionNew objection = { .once = random_code(call->arena, 20),
		.about = lists.at[0].entries.at[lists.at[0].entries.count - 1].ref,
		.name = TEXT("言必信"),
		.contact = TEXT("010-00000031"),
		.mail = TEXT(""),
		.text = TEXT("该单位申报表所列一名团队成员已于去年离职。本人曾与其共事，可拨打 13800000031 核实。"),
		.address = TEXT("192.0.2.31") };
	TRY(objection_send(call, play->code, &objection, &receipt));
	be(call, play, play->office->handler, OBJECTED_ON + 1);
	TRY(objection_act(call, receipt.ref, TEXT("take"), 0, NULL));
	TRY(objection_act(call, receipt.ref, TEXT("mask"), 0,
		VALUES({ "masked", "申报表所列一名团队成员据称已于去年离职，请说明情况并提供在职证明。" })));
	be(call, play, play->office->handler, OBJECTED_ON + 4);
	TRY(objection_act(call, receipt.ref, TEXT("judge"), 0,
		VALUES({ "verdict", "dismiss" }, { "answer", "经查验劳动合同和社保记录，该成员在职。" },
			{ "explanation", "已查验劳动合同和社保记录，异议不成立。" })));
	be(call, play, play->office->supervisor, OBJECTED_ON + 5);
	return objection_act(call, receipt.ref, TEXT("dismiss"), 0, NULL);
}

static Error announce(Call *call, const DemoPlay *play)
{
	be(call, play, play->office->decider, APPROVED_ON);
	TRY(decision_grant(call, play->round));
	be(call, play, play->office->first, APPROVED_ON);
	TRY(decision_enter_announcement(call, play->round, VALUES({ "announced_as", "示范公告〔2026〕6号" })));
	return confirm(call, play, "announcement");
}

static Error agree(Call *call, const DemoPlay *play)
{
	for (size_t i = 0; i < play->applicants.count; i++) {
		Application application;
		const DemoApplicant *applicant = &play->applicants.at[i];
		ArenaMark mark = arena_mark(call->arena);
		be(call, play, &applicant->unit, AGREED_ON);
		TRY(application_open(call, applicant->ref, &application));
		if (text_is(application.state, TEXT("APPROVED")))
			TRY(application_act(call, applicant->ref, TEXT("agree"), 0,
				VALUES({ "duties", "yes" }, { "signatory", "法定代表人" }, { "position", "总经理" })));
		arena_release(call->arena, mark);
	}
	return OK;
}

static const char *day(Call *call, int64_t at)
{
	return arena_string(call->arena, text_slice(clock_iso(call->arena, at + ZONE_MS), 0, 10));
}

static Error certify(Call *call, const DemoPlay *play)
{
	Units units;
	int64_t count;
	be(call, play, play->office->first, AGREED_ON + 2);
	TRY(unit_enter_from_round(call, play->round,
		VALUES({ "document", "示范公告〔2026〕6号" }, { "document_on", day(call, play->opens + APPROVED_ON * DAY_MS) },
			{ "from_on", day(call, call->now) }, { "until_on", day(call, call->now + 364 * DAY_MS) }),
		&count));
	be(call, play, play->office->second, AGREED_ON + 3);
	TRY(unit_in_state(call, TEXT("PROPOSED"), 0, UNITS_MAX, &units));
	for (size_t i = 0; i < units.count; i++) TRY(unit_act(call, units.at[i].ref, TEXT("admit"), 0, NULL));
	return OK;
}

Error demo_decision(Call *call, const DemoPlay *play)
{
	TRY(give_notice(call, play));
	TRY(object(call, play));
	TRY(demo_letters(call, play->office, play->round));
	TRY(announce(call, play));
	TRY(agree(call, play));
	return certify(call, play);
}
