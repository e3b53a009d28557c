#include "store/setting/setting.h"

#include "base/base/clock.h"
#include "store/db/db.h"
#include "store/setting/setting.sql.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

const Setting setting_table[SETTING_COUNT] = {
#define SETTING(name, kind, default_value, least, most, choices, who, text) \
	[SETTING_##name] = { #name, SETTING_##kind, default_value, least, most, choices, ROLE_##who, text },
#include "store/setting/settings.def"
#undef SETTING
};

/* The headings, in the order of the file: one stands above the settings up to the next one. */
static const char *const group_lines[] = {
#define SETTING_GROUP(text) text,
#define SETTING(name, kind, default_value, least, most, choices, who, text) NULL,
#include "store/setting/settings.def"
#undef SETTING
};

const char *setting_group(SettingId id)
{
	const char *group = "";
	size_t settings = 0;
	for (size_t i = 0; i < COUNT(group_lines) && settings <= (size_t)id; i++)
		if (group_lines[i])
			group = group_lines[i];
		else
			settings++;
	return group;
}

enum { REFRESH_MILLISECONDS = 1000, FILE_BYTES_MAX = 64 * 1024 };

typedef struct Value {
	char *text; /* NULL: the default */
	int64_t version;
	bool fixed;
} Value;
struct Settings {
	pthread_rwlock_t lock;
	Value values[SETTING_COUNT];
	int64_t last_change; /* setting_version_last() when they were read */
	int64_t looked_at; /* clock_monotonic */
};

/* ---- Names and bounds */

const char *setting_nearest(Text name)
{
	const char *nearest = NULL;
	size_t best = 6;
	for (size_t i = 0; i < SETTING_COUNT; i++) {
		size_t steps = text_distance(name, text_from(setting_table[i].name));
		if (steps >= best) continue;
		best = steps;
		nearest = setting_table[i].name;
	}
	return nearest;
}

Error setting_parse(Call *call, Text name, SettingId *out)
{
	for (size_t i = 0; i < SETTING_COUNT; i++)
		if (text_is(name, text_from(setting_table[i].name))) {
			*out = (SettingId)i;
			return OK;
		}
	const char *nearest = setting_nearest(name);
	return fail(call, NOT_FOUND, "no setting %.*s%s%s", TEXT_ARGS(name), nearest ? "; did you mean " : "", nearest ? nearest : "");
}

static bool is_choice(const Setting *setting, Text value)
{
	Text rest = text_from(setting->choices), choice;
	while (text_next(&rest, ' ', &choice))
		if (text_is(choice, value)) return true;
	return false;
}

static bool is_valid(const Setting *setting, Text value)
{
	int64_t number;
	switch (setting->kind) {
	case SETTING_INT: return text_to_int(value, &number) && number >= setting->least && number <= setting->most;
	case SETTING_CHOICE: return is_choice(setting, value);
	case SETTING_TEXT: break;
	}
	return text_is_utf8(value) && (int64_t)value.length >= setting->least && (int64_t)value.length <= setting->most;
}

Text setting_bounds(Arena *arena, Lang lang, const Setting *setting)
{
	Text form;
	switch (setting->kind) {
	case SETTING_INT: form = tr(lang, N_("a number from %d to %d")); break;
	case SETTING_TEXT: form = tr(lang, N_("a text of %d to %d bytes")); break;
	case SETTING_CHOICE: return arena_printf(arena, "%.*s: %s", TEXT_ARGS(tr(lang, N_("one of"))), setting->choices);
	}
	Buffer out = { .arena = arena };
	int64_t numbers[] = { setting->least, setting->most };
	size_t next = 0, at;
	while (next < COUNT(numbers) && text_find(form, TEXT("%d"), &at)) {
		buffer_put(&out, text_slice(form, 0, at));
		buffer_number(&out, numbers[next++]);
		form = text_slice(form, at + 2, form.length);
	}
	buffer_put(&out, form);
	return buffer_text(&out);
}

/* ---- Values in memory */

static void value_put(Value *value, Text text, int64_t version, bool fixed)
{
	free(value->text);
	value->text = text.at ? strndup(text.at, text.length) : NULL;
	must(!text.at || value->text);
	value->version = version;
	value->fixed = fixed;
}

/* Takes over what the table says; what settings.conf says stays. A row of an older program that knew more settings is passed over. */
static void take_rows(Settings *settings, const SettingRows *rows, int64_t last_change)
{
	pthread_rwlock_wrlock(&settings->lock);
	for (size_t i = 0; i < rows->count; i++)
		for (size_t k = 0; k < SETTING_COUNT; k++)
			if (text_is(rows->at[i].name, text_from(setting_table[k].name)) && !settings->values[k].fixed &&
				is_valid(&setting_table[k], rows->at[i].value))
				value_put(&settings->values[k], rows->at[i].value, rows->at[i].version, false);
	settings->last_change = last_change;
	pthread_rwlock_unlock(&settings->lock);
}

static Error read_table(Call *call, Settings *settings)
{
	int64_t last;
	TRY(setting_version_last(call, &last));
	if (last == settings->last_change) return OK;
	SettingRows rows;
	TRY(setting_list(call, &rows));
	take_rows(settings, &rows, last);
	return OK;
}

/* At most once a second, and never inside a transaction, whose snapshot may be old. A database that does not answer leaves the values as they are. */
static void refresh(Call *call, Settings *settings)
{
	int64_t looked_at = __atomic_load_n(&settings->looked_at, __ATOMIC_RELAXED), now = clock_monotonic();
	if (now - looked_at < REFRESH_MILLISECONDS || db_in_transaction(call)) return;
	if (!__atomic_compare_exchange_n(&settings->looked_at, &looked_at, now, false, __ATOMIC_RELAXED, __ATOMIC_RELAXED)) return;
	Failure before = call->failure;
	if (read_table(call, settings) != OK) call->failure = before;
}

/* ---- settings.conf */

static Error take_line(Call *call, Settings *settings, const char *file, int number, Text line)
{
	Text rest = text_trim(line), name;
	if (!rest.length || rest.at[0] == '#') return OK;
	if (!text_next(&rest, '=', &name) || !rest.at) return fail(call, CONFIG, "%s:%d: expected `name = value`", file, number);
	name = text_trim(name);
	Text value = text_trim(rest);
	SettingId id;
	if (setting_parse(call, name, &id) != OK) {
		Text detail = call->failure.detail;
		call_recover(call);
		return fail(call, CONFIG, "%s:%d: %.*s", file, number, TEXT_ARGS(detail));
	}
	if (!is_valid(&setting_table[id], value)) {
		Text bounds = setting_bounds(call->arena, LANG_EN, &setting_table[id]);
		return fail(call, CONFIG, "%s:%d: %s should be %.*s", file, number, setting_table[id].name, TEXT_ARGS(bounds));
	}
	value_put(&settings->values[id], value, 0, true);
	return OK;
}

static Error read_file(Call *call, Settings *settings, const char *path)
{
	FILE *file = fopen(path, "re");
	if (!file) return errno == ENOENT ? OK : fail(call, IO, "%s: %s", path, strerror(errno));
	char *all = arena_alloc(call->arena, FILE_BYTES_MAX + 1);
	size_t length = fread(all, 1, FILE_BYTES_MAX + 1, file);
	bool failed = ferror(file);
	fclose(file);
	if (failed) return fail(call, IO, "%s cannot be read", path);
	if (length > FILE_BYTES_MAX) return fail(call, CONFIG, "%s is too long", path);
	Text rest = { all, length }, line;
	for (int number = 1; text_next(&rest, '\n', &line); number++) TRY(take_line(call, settings, path, number, line));
	return OK;
}

Error settings_open(Call *call, const char *file, Settings **out)
{
	Settings *settings = calloc(1, sizeof(*settings));
	must(settings);
	pthread_rwlock_init(&settings->lock, NULL);
	settings->last_change = -1;
	Error error = file ? read_file(call, settings, file) : OK;
	if (error == OK) error = read_table(call, settings);
	if (error != OK) {
		settings_close(&settings);
		return error;
	}
	*out = settings;
	return OK;
}

void settings_close(Settings **settings)
{
	if (!*settings) return;
	for (size_t i = 0; i < SETTING_COUNT; i++) free((*settings)->values[i].text);
	pthread_rwlock_destroy(&(*settings)->lock);
	free(*settings);
	*settings = NULL;
}

/* ---- Reading */

/* A copy in call->arena of the value, with its version. */
static Text value_get(Call *call, SettingId id, int64_t *out_version, bool *out_fixed)
{
	Settings *settings = call->house ? call->house->settings : NULL;
	*out_version = 0;
	*out_fixed = false;
	if (!settings) return text_from(setting_table[id].default_value);
	refresh(call, settings);
	pthread_rwlock_rdlock(&settings->lock);
	const Value *value = &settings->values[id];
	Text text = value->text ? arena_copy(call->arena, text_from(value->text)) : text_from(setting_table[id].default_value);
	*out_version = value->version;
	*out_fixed = value->fixed;
	pthread_rwlock_unlock(&settings->lock);
	return text;
}

Text setting_text(Call *call, SettingId id)
{
	int64_t version;
	bool fixed;
	return value_get(call, id, &version, &fixed);
}

int64_t setting_int(Call *call, SettingId id)
{
	must(setting_table[id].kind == SETTING_INT);
	int64_t number = 0;
	bool parsed = text_to_int(setting_text(call, id), &number);
	must(parsed);
	return number;
}

int64_t setting_version(Call *call, SettingId id)
{
	int64_t version;
	bool fixed;
	value_get(call, id, &version, &fixed);
	return version;
}

bool setting_is_fixed(Call *call, SettingId id)
{
	int64_t version;
	bool fixed;
	value_get(call, id, &version, &fixed);
	return fixed;
}

Error setting_at(Call *call, SettingId id, int64_t version, Text *out)
{
	const Setting *setting = &setting_table[id];
	if (version == 0) {
		*out = text_from(setting->default_value);
		return OK;
	}
	bool found;
	TRY(setting_version_find(call, text_from(setting->name), version, out, &found));
	return found ? OK : fail(call, NOT_FOUND, "%s has no version %lld", setting->name, (long long)version);
}

/* ---- Changing */

typedef struct Change {
	SettingId id;
	Text value, reason;
	int64_t seen; /* -1: any */
} Change;

static Error change(Call *call, void *argument)
{
	const Change *wanted = argument;
	Text name = text_from(setting_table[wanted->id].name);
	Maybe person = { call->actor->person_id != 0, call->actor->person_id };
	SettingRow row = { 0 };
	bool found;
	int64_t changed = 1;
	TRY(setting_find(call, name, &row, &found));
	if (wanted->seen >= 0 && wanted->seen != row.version) return fail(call, CONFLICT, "setting %.*s was changed", TEXT_ARGS(name));
	if (found)
		TRY(setting_move(call, row.id, row.version, wanted->value, &changed));
	else
		TRY(setting_add(call, name, wanted->value, &row.id));
	if (!changed) return fail(call, CONFLICT, "setting %.*s was changed meanwhile", TEXT_ARGS(name));
	return setting_version_add(call, row.id, row.version + 1, wanted->value, wanted->reason, person, call->now);
}

Error setting_set_because(Call *call, SettingId id, Text value, Text reason, int64_t seen)
{
	const Setting *setting = &setting_table[id];
	if (!actor_has(call->actor, (uint32_t)setting->who | ROLE_SYSTEM)) return fail(call, FORBIDDEN, "setting %s", setting->name);
	if (setting_is_fixed(call, id)) return fail(call, CONFLICT, "settings.conf holds %s", setting->name);
	if (!is_valid(setting, value))
		call_problem(call, TEXT("value"), N_("This should be %s."), setting_bounds(call->arena, call->lang, setting));
	TRY(call_check_problems(call));
	Change wanted = { id, value, reason, seen };
	TRY(db_transact(call, change, &wanted));
	return db_in_transaction(call) ? OK : settings_reread(call); /* what is not committed yet is nobody's setting */
}

Error setting_set(Call *call, SettingId id, Text value) { return setting_set_because(call, id, value, TEXT(""), -1); }

Error settings_reread(Call *call) { return call->house && call->house->settings ? read_table(call, call->house->settings) : OK; }

int64_t settings_generation(Call *call)
{
	Settings *settings = call->house ? call->house->settings : NULL;
	if (!settings) return 0;
	refresh(call, settings);
	pthread_rwlock_rdlock(&settings->lock);
	int64_t last_change = settings->last_change;
	pthread_rwlock_unlock(&settings->lock);
	return last_change;
}

Error setting_history(Call *call, SettingId id, int64_t before, int count, SettingVersions *out)
{
	SettingVersionRows rows;
	SettingVersions versions = { 0 };
	TRY(setting_version_page(call, text_from(setting_table[id].name), before ? before : INT64_MAX, count, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		const SettingVersionRow *row = &rows.at[i];
		SettingVersion version = { row->version, row->set_at, row->person_id.is ? row->person_id.value : 0, row->value,
			row->reason };
		list_add(call->arena, &versions, version);
	}
	*out = versions;
	return OK;
}
