#include "store/setting/rule.h"

static const struct {
	const char *name, *title;
} rules[RULE_COUNT] = {
#define RULE(tag, name, title) [RULE_##tag] = { name, title },
#include "store/setting/rule.def"
#undef RULE
};

const char *rule_name(RuleId id) { return rules[id].name; }
const char *rule_title(RuleId id) { return rules[id].title; }

bool rule_parse(Text name, RuleId *out)
{
	for (size_t i = 0; i < RULE_COUNT; i++)
		if (text_is(name, text_from(rules[i].name))) {
			*out = (RuleId)i;
			return true;
		}
	return false;
}

Error rule_in_force(Call *call, RuleId id, int64_t *out_number)
{
	return rule_newest_in_force(call, text_from(rules[id].name), out_number);
}

Error rule_versions(Call *call, RuleId id, RuleRows *out) { return rule_rows(call, text_from(rules[id].name), out); }

Error rule_propose(Call *call, RuleId id, Text text_zh, Text text_en, Text reason, int64_t *out_number)
{
	int64_t newest = 0;
	TRY(rule_newest(call, text_from(rules[id].name), &newest));
	TRY(rule_insert(call, text_from(rules[id].name), newest + 1, text_zh, text_en, reason, call->actor->person_id, call->now));
	*out_number = newest + 1;
	return OK;
}

Error rule_settle(Call *call, RuleId id, int64_t number, bool approved)
{
	int64_t changed = 0;
	TRY(rule_decide(call, text_from(rules[id].name), number, approved ? TEXT("in_force") : TEXT("refused"), call->actor->person_id,
		call->now, &changed));
	return changed == 1 ? OK : fail(call, CONFLICT, "rule %s %lld is not open", rules[id].name, (long long)number);
}
