#include "app/key_command.h"

#include "base/base/json.h"
#include "base/crypto/stamp.h"
#include "store/seal/seal.h"
#include "store/setting/setting.h"

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

/* ---- The keys that sign documents */
typedef struct StampWish {
	const char *name, *file; /* NULL: not asked for */
	StampKind kind; /* STAMP_KINDS: that of the profile */
	bool replace;
} StampWish;

static StampKind kind_asked(Call *call, const StampWish *wish)
{
	if (wish->kind != STAMP_KINDS) return wish->kind;
	return text_is(setting_text(call, SETTING_signature_profile), TEXT("guomi")) ? STAMP_SM2 : STAMP_INTERNATIONAL;
}

static Error stamp_show(Call *call, const StampWish *wish, FILE *out)
{
	bool sm2 = kind_asked(call, wish) == STAMP_SM2;
	const Stamp *stamp = sm2 ? call->house->stamp_sm2 : call->house->stamp;
	if (!stamp)
		return fail(call, NOT_FOUND, "there is no such key for documents: “key stamp --new NAME %s” makes one",
			sm2 ? "--sm2" : "--rsa");
	Text pem = stamp_certificates(call->arena, stamp);
	fwrite(pem.at, 1, pem.length, out);
	return OK;
}

static Error stamp_put(Call *call, const StampWish *wish, FILE *out, FILE *talk)
{
	Text pem;
	Stamp *stamp scoped(stamp_free) = NULL;
	if (wish->file)
		TRY(file_argument(call, wish->file, STAMP_FILE_BYTES_MAX, &pem));
	else
		TRY(stamp_new(call, kind_asked(call, wish), text_from(wish->name), call->now, &pem));
	Error error = stamp_parse(call, pem, &stamp);
	if (error == OK && wish->kind != STAMP_KINDS && wish->kind != stamp_kind(stamp))
		error = fail(call, CONFIG, "%s is a key for %s", wish->file, stamp_algorithm(stamp));
	if (error == OK) {
		Text path = stamp_kind(stamp) == STAMP_SM2 ? call->house->stamp_sm2_path : call->house->stamp_path;
		error = key_file_write(call, path.at, pem, wish->replace);
	}
	key_file_wipe(pem);
	TRY(error);
	fprintf(out, "%.*s\t%s\n", TEXT_ARGS(stamp_name(call->arena, stamp)), stamp_algorithm(stamp));
	fprintf(talk, "%.*s\n",
		TEXT_ARGS(tr(call->lang,
			N_("It is in use after the next start, for documents of its profile (setting signature_profile). Keep a copy of "
			   "its file apart from the backups."))));
	return OK;
}

static Error key_stamp(Call *call, int argc, char **argv, FILE *out, FILE *talk)
{
	StampWish wish = { .kind = STAMP_KINDS };
	for (int i = 1; i < argc; i++) {
		if (option_value(argc, argv, &i, "--new", &wish.name) || option_value(argc, argv, &i, "--install", &wish.file)) continue;
		if (strcmp(argv[i], "--replace") == 0)
			wish.replace = true;
		else if (strcmp(argv[i], "--sm2") == 0 || strcmp(argv[i], "--rsa") == 0)
			wish.kind = strcmp(argv[i], "--sm2") == 0 ? STAMP_SM2 : STAMP_INTERNATIONAL;
		else
			return usage_error(call, talk, "key stamp does not know “%s”", argv[i]);
	}
	if (wish.name && wish.file) return usage_error(call, talk, "either --new or --install");
	return wish.name || wish.file ? stamp_put(call, &wish, out, talk) : stamp_show(call, &wish, out);
}

Error key_command(Call *call, int argc, char **argv, FILE *out, FILE *talk)
{
	bool forget = false, json = false;
	const char *what = NULL;
	if (argc > 0 && strcmp(argv[0], "stamp") == 0) return key_stamp(call, argc, argv, out, talk);
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
	return usage_error(call, talk, "say “key rotate”, “key show” or “key stamp”");
}
