/*
 * admin: the work of the three administrators. The system and the security administrator change settings; the audit administrator sees who did
 * what and who read what, never what it says; the system administrator sees how the library itself is. None of them reads reports.
 */
#pragma once
#include "base/base/base.h"
#include "store/setting/setting.h"

/* ---- Settings */
typedef struct SettingWish {
	SettingId id;
	Text value, reason; /* reason: may be empty for a command */
	int64_t seen; /* version the actor decided on; -1: any */
} SettingWish;
/* The new version and its record in the ledger, or neither; in use at once. Failures: see setting_set_because. */
must_use Error admin_setting_change(Call *call, const SettingWish *wish);
