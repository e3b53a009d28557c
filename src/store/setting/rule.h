/*
 * rule: versions of the rules the platform works by and files with the authority. Version 1 stands in the program (its text is the site's); later ones are
 * rows, proposed by one person and decided by another. Who may do so is the caller's to check, and to record.
 */
#pragma once
#include "store/db/db.h"
#include "store/setting/rule.sql.h"

typedef enum RuleId {
#define RULE(tag, name, title) RULE_##tag,
#include "store/setting/rule.def"
#undef RULE
	RULE_COUNT
} RuleId;
const char *rule_name(RuleId id);
const char *rule_title(RuleId id); /* English source text */
must_use bool rule_parse(Text name, RuleId *out);

/* The version in force now: 1 until another one is approved. */
must_use Error rule_in_force(Call *call, RuleId id, int64_t *out_number);
must_use Error rule_versions(
	Call *call, RuleId id, RuleRows *out); /* newest first, without version 1; with what is proposed or was refused */
/* Inside db_transact. CONFLICT: a proposal is open. */
must_use Error rule_propose(Call *call, RuleId id, Text text_zh, Text text_en, Text reason, int64_t *out_number);
/* Inside db_transact. CONFLICT: not open (any more), or the actor's own. */
must_use Error rule_settle(Call *call, RuleId id, int64_t number, bool approved);
