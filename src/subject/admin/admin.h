/*
 * admin: the work of the three administrators. The system and the security administrator change settings; the audit administrator sees who did
 * what and who read what, never what it says; the system administrator sees how the library itself is. None of them reads reports.
 */
#pragma once
#include "base/base/base.h"
#include "store/setting/setting.h"
#include "store/setting/wordlist.h"

/* ---- Settings */
typedef struct SettingWish {
	SettingId id;
	Text value, reason; /* reason: may be empty for a command */
	int64_t seen; /* version the actor decided on; -1: any */
} SettingWish;
/* The new version and its record in the ledger, or neither; in use at once. Failures: see setting_set_because. */
must_use Error admin_setting_change(Call *call, const SettingWish *wish);

/* ---- Lists of words */
const Wordlist *admin_wordlist(Text name); /* NULL: there is no such list */
extern const Wordlist *const admin_wordlists[];
extern const size_t admin_wordlist_count;
/* The new version and its record in the ledger, or neither. Failures: see wordlist_change. */
must_use Error admin_word_change(Call *call, const Wordlist *list, const WordWish *wish);

/* ---- How the library is */
typedef enum HealthState { HEALTH_GOOD, HEALTH_WARN, HEALTH_BAD } HealthState;
typedef struct HealthLine {
	const char *tag, *label; /* tag: for machines; label: English source text */
	Text value;
	HealthState state;
	const char *advice; /* English source text of what to do; "" when it is good */
} HealthLine;
typedef LIST_OF(HealthLine) HealthLines;
must_use Error admin_health(Call *call, HealthLines *out); /* cheap; FORBIDDEN but for the system administrator */
typedef struct HealthCheck {
	Texts database, files, ledger; /* faults */
	int64_t leaves, checkpoints;
} HealthCheck;
must_use Error admin_check(Call *call, HealthCheck *out); /* as `cappvd check` does, without opening every file; may take long */
