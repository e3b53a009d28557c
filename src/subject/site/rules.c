#include "subject/site/rules.h"

#include "base/base/clock.h"
#include "store/ledger/ledger.h"
#include "subject/site/rule_text.h"

static RuleText first_of(RuleId id)
{
	return (RuleText) { .number = 1,
		.state = TEXT("in_force"),
		.body = { [LANG_ZH] = text_from(rule_first_text[id][LANG_ZH]), [LANG_EN] = text_from(rule_first_text[id][LANG_EN]) },
		.reason = TEXT(""),
		.filed_on = TEXT("") };
}

static RuleText of_row(const RuleRow *row)
{
	return (RuleText) { .number = row->number,
		.state = row->state,
		.body = { [LANG_ZH] = row->text_zh, [LANG_EN] = row->text_en },
		.reason = row->reason,
		.proposed_by = row->proposed_by,
		.proposed_at = row->proposed_at,
		.decided_at = row->decided_at.is ? row->decided_at.value : 0,
		.filed_on = TEXT("") };
}

Error rules_of(Call *call, RuleId id, bool all, RuleTexts *out)
{
	RuleRows rows;
	RuleFilingRows filings;
	RuleTexts texts = { 0 };
	TRY(rule_versions(call, id, &rows));
	TRY(rule_filings(call, text_from(rule_name(id)), &filings));
	for (size_t i = 0; i < rows.count; i++) {
		RuleText text = of_row(&rows.at[i]);
		if (all || text_is(text.state, TEXT("in_force"))) list_add(call->arena, &texts, text);
	}
	RuleText first = first_of(id);
	list_add(call->arena, &texts, first);
	for (size_t i = 0; i < texts.count; i++)
		for (size_t k = 0; k < filings.count; k++)
			if (filings.at[k].number == texts.at[i].number) texts.at[i].filed_on = filings.at[k].filed_on;
	*out = texts;
	return OK;
}

Error rules_find(Call *call, RuleId id, int64_t number, RuleText *out)
{
	RuleTexts texts;
	TRY(rules_of(call, id, false, &texts));
	for (size_t i = 0; i < texts.count; i++)
		if (texts.at[i].number == number) {
			*out = texts.at[i];
			return OK;
		}
	return fail(call, NOT_FOUND, "rule %s has no version %lld", rule_name(id), (long long)number);
}

static Error may(Call *call, uint32_t role)
{
	if (!actor_has(call->actor, role)) return fail(call, FORBIDDEN, "no work on rules");
	return call->actor->second_factor ? OK : fail(call, SECOND_FACTOR, "rules without second factor");
}

static Error record(Call *call, RuleId id, int64_t number, const char *action)
{
	Text detail = arena_printf(call->arena, "{\"number\":%lld}", (long long)number);
	return ledger_record(
		call, &(LedgerEvent) { .kind = "rule", .ref = text_from(rule_name(id)), .action = action, .detail = detail }, NULL);
}

typedef struct RuleChange {
	RuleId id;
	Text body[LANG_COUNT], reason, filed_on;
	int64_t number;
	bool approved;
} RuleChange;

static Error propose(Call *call, void *argument)
{
	RuleChange *change = argument;
	TRY(rule_propose(call, change->id, change->body[LANG_ZH], change->body[LANG_EN], change->reason, &change->number));
	return record(call, change->id, change->number, "propose");
}

Error rules_propose(Call *call, RuleId id, Text text_zh, Text text_en, Text reason)
{
	RuleChange change = {
		.id = id, .body = { [LANG_ZH] = text_trim(text_zh), [LANG_EN] = text_trim(text_en) }, .reason = text_trim(reason)
	};
	TRY(may(call, ROLE_EDITOR));
	if (!change.body[LANG_ZH].length) call_problem(call, TEXT("text_zh"), N_("Please fill this in."), (Text) { 0 });
	if (!change.body[LANG_EN].length) call_problem(call, TEXT("text_en"), N_("Please fill this in."), (Text) { 0 });
	if (!change.reason.length) call_problem(call, TEXT("reason"), N_("Please fill this in."), (Text) { 0 });
	TRY(call_check_problems(call));
	return db_transact(call, propose, &change);
}

static Error decide(Call *call, void *argument)
{
	const RuleChange *change = argument;
	RuleTexts texts;
	TRY(rules_of(call, change->id, true, &texts));
	for (size_t i = 0; i < texts.count; i++)
		if (texts.at[i].number == change->number && texts.at[i].proposed_by == call->actor->person_id)
			return fail(call, FORBIDDEN, "nobody decides about a proposal of their own");
	TRY(rule_settle(call, change->id, change->number, change->approved));
	TRY(record(call, change->id, change->number, change->approved ? "approve" : "refuse"));
	return change->approved ? change_record(call, "rule", text_from(rule_name(change->id))) : OK;
}

Error rules_decide(Call *call, RuleId id, int64_t number, bool approved)
{
	RuleChange change = { .id = id, .number = number, .approved = approved };
	TRY(may(call, ROLE_APPROVER));
	return db_transact(call, decide, &change);
}

static Error file_it(Call *call, void *argument)
{
	const RuleChange *change = argument;
	TRY(rule_file(call, text_from(rule_name(change->id)), change->number, change->filed_on, call->actor->person_id, call->now));
	TRY(record(call, change->id, change->number, "file"));
	return change_record(call, "rule", text_from(rule_name(change->id)));
}

Error rules_file(Call *call, RuleId id, int64_t number, Text filed_on)
{
	RuleText text;
	int64_t at = 0;
	TRY(may(call, ROLE_APPROVER));
	TRY(rules_find(call, id, number, &text));
	RuleChange change = { .id = id, .number = number, .filed_on = text_trim(filed_on) };
	if (change.filed_on.length != 10 || !clock_parse(change.filed_on, &at) || at > call->now)
		call_problem(call, TEXT("filed_on"), N_("Please enter a day that is not in the future, as 2026-03-05."), (Text) { 0 });
	TRY(call_check_problems(call));
	return db_transact(call, file_it, &change);
}
