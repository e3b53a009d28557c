#include "app/key_command.h"

#include "base/base/json.h"
#include "store/seal/seal.h"

static Error key_rotate(Call *call, bool forget, FILE *out, FILE *talk)
{
	int64_t wrapped;
	TRY(keyring_rotate(call, forget, &wrapped));
	fprintf(out, "%d\t%lld\n", keyring_generation(call), (long long)wrapped);
	fprintf(talk, "%.*s\n",
		TEXT_ARGS(tr(call->lang, N_("Every matter's key is wrapped anew. Keep a copy of the key file apart from the backups."))));
	return OK;
}

static Error key_show(Call *call, bool json, FILE *out)
{
	KeyringUses uses;
	TRY(keyring_use(call, &uses));
	Buffer lines = { .arena = call->arena };
	if (json) {
		JsonWriter writer = json_writer(&lines);
		json_object_begin(&writer);
		json_put_int(&writer, "generation", keyring_generation(call));
		json_key(&writer, TEXT("uses"));
		json_array_begin(&writer);
		for (size_t i = 0; i < uses.count; i++) {
			json_object_begin(&writer);
			json_put_int(&writer, "generation", uses.at[i].generation);
			json_put_int(&writer, "matters", uses.at[i].count);
			json_end(&writer);
		}
		json_end(&writer);
		json_end(&writer);
		json_finish(&writer);
		buffer_byte(&lines, '\n');
	} else {
		for (size_t i = 0; i < uses.count; i++)
			buffer_printf(&lines, "%lld\t%lld\n", (long long)uses.at[i].generation, (long long)uses.at[i].count);
	}
	fwrite(lines.at, 1, lines.length, out);
	return OK;
}

Error key_command(Call *call, int argc, char **argv, FILE *out, FILE *talk)
{
	bool forget = false, json = false;
	const char *what = NULL;
	for (int i = 0; i < argc; i++) {
		if (strcmp(argv[i], "--forget") == 0)
			forget = true;
		else if (strcmp(argv[i], "--json") == 0)
			json = true;
		else if (!what)
			what = argv[i];
		else
			return usage_error(call, talk, "“%s” is one word too many", argv[i]);
	}
	if (what && strcmp(what, "rotate") == 0) return key_rotate(call, forget, out, talk);
	if (what && strcmp(what, "show") == 0) return key_show(call, json, out);
	return usage_error(call, talk, "say “key rotate” or “key show”");
}
