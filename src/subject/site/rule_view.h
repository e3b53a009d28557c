/* What the templates of the rule centre show. */
#pragma once
#include "face/html/html.h"

typedef struct RuleView {
	Markup body, versions, change;
	int64_t number, decided_at; /* decided_at 0: since the platform opened */
	Text filed_on, reason;
	bool is_current;
	Url current, changes;
} RuleView;
typedef struct RuleDeskView {
	Markup versions, proposal, propose, difference;
	Text reason;
	Url propose_action, decide_action, file_action, shown;
	Markup field_zh, field_en, field_reason, field_filed;
	int64_t open, current; /* open 0: no proposal */
	bool may_propose, may_decide, may_file;
} RuleDeskView;
