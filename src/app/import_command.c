#include "app/import_command.h"

#include "app/command.h"
#include "base/base/json.h"
#include "subject/feed/feed.h"

#include <unistd.h>

static void print_json(Call *call, FILE *out, const ImportSummary *summary)
{
	Buffer buffer = { .arena = call->arena };
	JsonWriter writer = json_writer(&buffer);
	json_object_begin(&writer);
	json_put_int(&writer, "files", summary->files);
	json_put_int(&writer, "documents", summary->documents);
	json_put_int(&writer, "added", summary->added);
	json_put_int(&writer, "changed", summary->changed);
	json_put_int(&writer, "unchanged", summary->unchanged);
	json_put_int(&writer, "resumed", summary->resumed);
	json_put_int(&writer, "refused", summary->refused);
	json_put_int(&writer, "milliseconds", summary->milliseconds);
	json_end(&writer);
	json_finish(&writer);
	buffer_byte(&buffer, '\n');
	fwrite(buffer.at, 1, buffer.length, out);
}

static void print_line(Lang lang, FILE *out, const char *label, int64_t number)
{
	Text text = tr(lang, label);
	fprintf(out, "%10lld  %.*s\n", (long long)number, TEXT_ARGS(text));
}

static void print_people(Call *call, FILE *out, const ImportSummary *summary)
{
	print_line(call->lang, out, N_("files"), summary->files);
	print_line(call->lang, out, N_("documents"), summary->documents);
	print_line(call->lang, out, N_("made a new record"), summary->added);
	print_line(call->lang, out, N_("joined or changed a record"), summary->changed);
	print_line(call->lang, out, N_("were known already"), summary->unchanged);
	if (summary->resumed) print_line(call->lang, out, N_("went in with an earlier, interrupted import"), summary->resumed);
	print_line(call->lang, out, N_("were refused"), summary->refused);
	if (summary->added || summary->changed || summary->refused) return;
	Text nothing = tr(call->lang, N_("Nothing has changed."));
	fprintf(out, "%.*s\n", TEXT_ARGS(nothing));
}

static Error parse_format(Call *call, const char *value, FILE *talk, AdvisoryForm *out)
{
	*out = FORM_COUNT;
	if (strcmp(value, "auto") == 0) return OK;
	for (AdvisoryForm form = FORM_CVE5; form < FORM_COUNT; form++)
		if (strcmp(value, advisory_form_tag(form)) == 0) {
			*out = form;
			return OK;
		}
	return usage_error(call, talk, "--format is auto, cve5 or cnvd-xml");
}

Error import_command(Call *call, int argc, char **argv, FILE *out, FILE *talk)
{
	ImportOptions options = { .form = FORM_COUNT, .talk = talk, .on_terminal = isatty(fileno(talk)) == 1 };
	ImportSummary summary;
	Texts paths = { 0 };
	bool json = false;
	for (int i = 0; i < argc; i++) {
		const char *format = NULL;
		if (strcmp(argv[i], "--json") == 0)
			json = true;
		else if (option_value(argc, argv, &i, "--format", &format))
			TRY(parse_format(call, format ? format : "", talk, &options.form));
		else if (argv[i][0] == '-')
			return usage_error(call, talk, "there is no option %s", argv[i]);
		else
			list_add(call->arena, &paths, text_from(argv[i]));
	}
	if (!paths.count) return usage_error(call, talk, "say which files or folders: “import FILE|DIR…”");
	options.paths = paths.at;
	options.path_count = paths.count;
	TRY(import_run(call, &options, &summary));
	if (json)
		print_json(call, out, &summary);
	else
		print_people(call, out, &summary);
	return summary.refused ? fail(call, INVALID, "%lld documents were refused", (long long)summary.refused) : OK;
}
