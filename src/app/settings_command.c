#include "app/settings_command.h"

#include "app/command.h"
#include "base/base/json.h"
#include "face/http/http.h"
#include "subject/admin/admin.h"

static void print_json(Call *call, SettingId id, FILE *out)
{
	const Setting *setting = &setting_table[id];
	Buffer line = { .arena = call->arena };
	JsonWriter json = json_writer(&line);
	json_object_begin(&json);
	json_put_text(&json, "name", text_from(setting->name));
	json_put_text(&json, "value", setting_text(call, id));
	json_put_text(&json, "default", text_from(setting->default_value));
	json_put_int(&json, "version", setting_version(call, id));
	json_put_bool(&json, "fixed", setting_is_fixed(call, id));
	json_put_text(&json, "text", tr(call->lang, setting->text));
	json_end(&json);
	json_finish(&json);
	buffer_byte(&line, '\n');
	fwrite(line.at, 1, line.length, out);
}

static Error list(Call *call, bool json, FILE *out)
{
	for (SettingId id = 0; id < SETTING_COUNT; id++) {
		if (json) {
			print_json(call, id, out);
			continue;
		}
		Text value = setting_text(call, id), text = tr(call->lang, setting_table[id].text);
		fprintf(out, "%s = %.*s\n    %.*s\n", setting_table[id].name, TEXT_ARGS(value), TEXT_ARGS(text));
	}
	return OK;
}

static Error find(Call *call, const char *name, SettingId *out, FILE *talk)
{
	Error error = setting_parse(call, text_from(name), out);
	if (error != OK) fprintf(talk, "cappvd settings: %.*s\n", TEXT_ARGS(call->failure.detail));
	return error;
}

static Error set(Call *call, const SettingWish *wish, FILE *talk)
{
	Error error = admin_setting_change(call, wish);
	if (error == OK && call->house->cache) http_cache_clear(call->house->cache); /* pages may show it */
	for (size_t i = 0; i < call->failure.problems.count; i++) {
		Text problem = problem_text(call->arena, call->lang, &call->failure.problems.at[i]);
		fprintf(talk, "%s: %.*s\n", setting_table[wish->id].name, TEXT_ARGS(problem));
	}
	return error;
}

Error settings_command(Call *call, int argc, char **argv, FILE *out, FILE *talk)
{
	bool json = argc > 0 && strcmp(argv[argc - 1], "--json") == 0;
	int count = argc - json;
	SettingId id;
	if (count == 0 || (count == 1 && strcmp(argv[0], "list") == 0)) return list(call, json, out);
	if (count == 2 && strcmp(argv[0], "get") == 0) {
		TRY(find(call, argv[1], &id, talk));
		Text value = setting_text(call, id);
		if (json)
			print_json(call, id, out);
		else
			fprintf(out, "%.*s\n", TEXT_ARGS(value));
		return OK;
	}
	bool has_reason = count == 5 && strcmp(argv[3], "--reason") == 0;
	if ((count == 3 || has_reason) && strcmp(argv[0], "set") == 0) {
		TRY(find(call, argv[1], &id, talk));
		return set(call, &(SettingWish) { id, text_from(argv[2]), text_from(has_reason ? argv[4] : ""), -1 }, talk);
	}
	return usage_error(call, talk, "settings list, settings get NAME or settings set NAME VALUE [--reason TEXT]");
}

Error settings_document(Call *call, FILE *out)
{
	fputs("# Settings\n\nMade from `src/store/setting/settings.def`. `cappvd settings set NAME VALUE` changes one; `settings.conf` in "
	      "the data folder fixes it.\n\n"
	      "| name | default | bounds | who | meaning | 含义 |\n|---|---|---|---|---|---|\n",
		out);
	for (SettingId id = 0; id < SETTING_COUNT; id++) {
		const Setting *setting = &setting_table[id];
		Text bounds = setting_bounds(call->arena, LANG_EN, setting), chinese = tr(LANG_ZH, setting->text);
		fprintf(out, "| `%s` | `%s` | %.*s | %s | %s | %.*s |\n", setting->name, setting->default_value, TEXT_ARGS(bounds),
			role_tag(setting->who), setting->text, TEXT_ARGS(chinese));
	}
	return OK;
}
