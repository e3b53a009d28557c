/* rules: the rule centre. Changing a rule takes an editor who proposes and an approver, another person, who decides; both are ledger events. */
#pragma once
#include "store/setting/rule.h"

typedef struct RuleText {
	int64_t number; /* 1: the program's */
	Text state, body[LANG_COUNT], reason; /* state: proposed, in_force, refused */
	int64_t proposed_by, proposed_at, decided_at; /* 0: of version 1 */
	Text filed_on; /* "2026-03-05"; empty: not filed */
} RuleText;
typedef LIST_OF(RuleText) RuleTexts;
/* Newest first, version 1 last; refused ones and proposals only with `all`. Bodies as stored: see rule_filled. */
must_use Error rules_of(Call *call, RuleId id, bool all, RuleTexts *out);
must_use Error rules_find(Call *call, RuleId id, int64_t number, RuleText *out); /* NOT_FOUND: there is none that is or was in force */
/* FORBIDDEN: no editor, or no second factor. INVALID: problems at text_zh, text_en, reason. CONFLICT: a proposal is open. */
must_use Error rules_propose(Call *call, RuleId id, Text text_zh, Text text_en, Text reason);
/* FORBIDDEN: no approver, or their own proposal. CONFLICT: decided already. */
must_use Error rules_decide(Call *call, RuleId id, int64_t number, bool approved);
/* Notes when a version was filed with the authority: an approver, after the fact. */
must_use Error rules_file(Call *call, RuleId id, int64_t number, Text filed_on);
