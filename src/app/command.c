#include "app/command.h"

#include <errno.h>
#include <stdlib.h>

const Command *command_find(Text name)
{
	for (size_t i = 0; i < command_count; i++)
		if (text_is(name, text_from(commands[i].name))) return &commands[i];
	return NULL;
}

const char *command_nearest(Text name)
{
	const char *nearest = NULL;
	size_t best = 3;
	for (size_t i = 0; i < command_count; i++) {
		size_t steps = text_distance(name, text_from(commands[i].name));
		if (steps >= best) continue;
		best = steps;
		nearest = commands[i].name;
	}
	return nearest;
}

static const char common_options[] =
	"  --data DIR         data folder (default ./data)\n"
	"  --database URL     postgres://… instead of the embedded SQLite\n"
	"  --key-file FILE    master key (default: $CREDENTIALS_DIRECTORY/cappvd.key, else beside the data folder)\n"
	"  --lang zh|en       language of messages (default: $LANG)\n";

void command_help(FILE *out, const Command *command)
{
	if (command) {
		fprintf(out, "%s\n\nExamples:\n%s\nUsage: cappvd %s %s\n", command->summary, command->examples, command->name,
			command->synopsis);
		if (*command->options) fprintf(out, "\nOptions:\n%s", command->options);
		if (command->needs != NEEDS_NOTHING) fprintf(out, "\nCommon options:\n%s", common_options);
		return;
	}
	fputs("cappvd " CAPPVD_VERSION ": a vulnerability library for mobile-Internet app products (移动互联网APP产品安全漏洞库)\n\n"
	      "Examples:\n  cappvd demo                     a living library to look at, on http://localhost:8080\n"
	      "  cappvd init && cappvd serve     a new library\n  cappvd rate cvss "
	      "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H\n\nCommands:\n",
		out);
	for (size_t i = 0; i < command_count; i++) fprintf(out, "  %-10s %s\n", commands[i].name, commands[i].summary);
	fprintf(out, "\nCommon options:\n%s\n`cappvd COMMAND --help` tells more of one.\n", common_options);
}

bool option_value(int argc, char **argv, int *at, const char *name, const char **out_value)
{
	size_t length = strlen(name);
	if (strncmp(argv[*at], name, length) != 0) return false;
	if (argv[*at][length] == '=') {
		*out_value = argv[*at] + length + 1;
		return true;
	}
	if (argv[*at][length] != '\0' || *at + 1 >= argc) return false;
	*out_value = argv[++*at];
	return true;
}

Error usage_error(Call *call, FILE *talk, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	Text text = arena_vprintf(call->arena, format, arguments);
	va_end(arguments);
	fprintf(talk, "cappvd: %.*s\n", TEXT_ARGS(text));
	return fail(call, USAGE, "%.*s", TEXT_ARGS(text));
}

static Lang lang_of_environment(void)
{
	const char *names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };
	for (size_t i = 0; i < COUNT(names); i++) {
		const char *value = getenv(names[i]);
		if (value && *value) return strncmp(value, "zh", 2) == 0 ? LANG_ZH : LANG_EN;
	}
	return LANG_EN;
}

Error command_options(Call *call, int *argc, char **argv, CommandOptions *out, FILE *talk)
{
	CommandOptions options = { .data = "./data", .lang = lang_of_environment() };
	int kept = 0;
	for (int i = 0; i < *argc; i++) {
		const char *lang = NULL;
		if (option_value(*argc, argv, &i, "--data", &options.data) ||
			option_value(*argc, argv, &i, "--database", &options.database) ||
			option_value(*argc, argv, &i, "--key-file", &options.key_file))
			continue;
		if (option_value(*argc, argv, &i, "--lang", &lang)) {
			if (!lang_parse(text_from(lang), &options.lang)) return usage_error(call, talk, "--lang is zh or en, not %s", lang);
		} else if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) {
			options.help = true;
		} else {
			argv[kept++] = argv[i];
		}
	}
	*argc = kept;
	*out = options;
	return OK;
}

int command_run(Call *call, const Command *command, const CommandOptions *options, int argc, char **argv, FILE *out, FILE *talk)
{
	Error error =
		command->run_alone ? command->run_alone(call, options, argc, argv, out, talk) : command->run(call, argc, argv, out, talk);
	if (error != OK && error != ERROR_USAGE) {
		fprintf(talk, "cappvd %s: %.*s\n", command->name, TEXT_ARGS(tr(call->lang, error_message(error))));
		if (call->failure.detail.length) fprintf(talk, "  %.*s\n", TEXT_ARGS(call->failure.detail));
	}
	fflush(out);
	fflush(talk);
	return error_exit_code(error);
}

static void file_close(FILE **file)
{
	if (*file) fclose(*file);
}

Error file_argument(Call *call, const char *path, size_t bytes_max, Text *out)
{
	scoped(file_close) FILE *file = fopen(path, "rbe");
	if (!file) return fail(call, NOT_FOUND, "%s: %s", path, strerror(errno));
	Buffer content = { .arena = call->arena };
	char piece[8192];
	for (size_t got; (got = fread(piece, 1, sizeof(piece), file)) > 0;) {
		if (content.length + got > bytes_max) return fail(call, TOO_LARGE, "%s", path);
		buffer_put(&content, (Text) { piece, got });
	}
	if (ferror(file)) return fail(call, IO, "%s: %s", path, strerror(errno));
	*out = buffer_text(&content);
	return OK;
}

Error key_argument(Call *call, FILE *talk, const char *word, PublicKey *out)
{
	enum { KEY_BYTES_MAX = 64 * 1024 };
	Text text = text_from(word);
	if (!text_find(text, TEXT("+"), NULL)) TRY(file_argument(call, word, KEY_BYTES_MAX, &text));
	return public_key_parse(call->arena, text, out) ? OK : usage_error(call, talk, "“%s” is no public key of a ledger", word);
}
