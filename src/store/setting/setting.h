/*
 * setting: what an operator may change without changing the program. settings.def holds each setting once: name, kind, default, bounds,
 * who may change it, text for people. A value comes from the file settings.conf of the data folder (`name = value`, fixed while it stands
 * there), else from the table, else it is the default. Every change makes a new version; matters keep the version they began under.
 * Without house->settings (tests, pure commands) every setting has its default.
 */
#pragma once
#include "base/base/base.h"

typedef enum SettingId {
#define SETTING(name, kind, default_value, least, most, choices, who, text) SETTING_##name,
#include "store/setting/settings.def"
#undef SETTING
	SETTING_COUNT
} SettingId;
typedef enum SettingKind { SETTING_INT, SETTING_TEXT, SETTING_CHOICE } SettingKind;
typedef struct Setting {
	const char *name;
	SettingKind kind;
	const char *default_value;
	int64_t least, most;
	const char *choices; /* words apart by spaces */
	Role who;
	const char *text; /* English source text */
} Setting;
extern const Setting setting_table[SETTING_COUNT];

typedef struct Settings Settings;
/* `file` may be missing. CONFIG: it names an unknown setting (with the nearest one's name) or a value out of bounds. */
must_use Error settings_open(Call *call, const char *file, Settings **out);
void settings_close(Settings **settings);

/* The value now. Other nodes' changes show within a second. */
int64_t setting_int(Call *call, SettingId id);
Text setting_text(Call *call, SettingId id); /* in call->arena */
int64_t setting_version(Call *call, SettingId id); /* 0: default or from the file */
/* The value in an earlier version; version 0 gives the default. NOT_FOUND when there is no such version. */
must_use Error setting_at(Call *call, SettingId id, int64_t version, Text *out);
bool setting_is_fixed(Call *call, SettingId id); /* by settings.conf */

/* NOT_FOUND with the nearest name in the failure's detail. */
must_use Error setting_parse(Call *call, Text name, SettingId *out);
const char *setting_nearest(Text name); /* NULL when none is near */
/* English source text of the heading it stands under. */
const char *setting_group(SettingId id);
/* FORBIDDEN: the actor lacks the setting's role; INVALID: with a problem at field `value`; CONFLICT: settings.conf holds it, or somebody was faster. */
must_use Error setting_set(Call *call, SettingId id, Text value);
/* The same with a reason for the history; `seen`: the version the actor decided on, -1 for any. CONFLICT also when it is another one by now.
 * Inside a larger transaction the new value is read after it, by settings_reread. */
must_use Error setting_set_because(Call *call, SettingId id, Text value, Text reason, int64_t seen);
typedef struct SettingVersion {
	int64_t version, set_at, person_id; /* person 0: a command */
	Text value, reason;
} SettingVersion;
typedef LIST_OF(SettingVersion) SettingVersions;
/* Newest first. before: version of the last one seen, 0 to begin with. */
must_use Error setting_history(Call *call, SettingId id, int64_t before, int count, SettingVersions *out);
must_use Error settings_reread(Call *call); /* what was just committed is used from now on */
/* Another number after each change by whichever node: what was made of settings is out of date then. */
int64_t settings_generation(Call *call);
/* "a number from 5 to 1440", "one of: modern, mlps3": in the reader's language */
Text setting_bounds(Arena *arena, Lang lang, const Setting *setting);
