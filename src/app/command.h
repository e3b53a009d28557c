/*
 * command: the table of `cappvd`'s commands. Help, manual pages and shell completion are made of it.
 * A command writes data to `out` and talk to `talk`; it may run in the process that was started, or inside the server that owns the
 * data folder (see control.h), so it never touches stdin, stdout or stderr by itself, and never exits.
 */
#pragma once
#include "base/crypto/crypto.h"

typedef Error CommandBody(Call *call, int argc, char **argv, FILE *out, FILE *talk);
/* What every command understands; taken off argv before the command sees it. */
typedef struct CommandOptions {
	const char *data, *database, *key_file;
	Lang lang;
	bool help;
} CommandOptions;
typedef Error CommandAlone(Call *call, const CommandOptions *options, int argc, char **argv, FILE *out, FILE *talk);
typedef enum CommandNeeds {
	NEEDS_NOTHING, /* pure: no data folder */
	NEEDS_HOUSE, /* an open house; runs inside the server when one owns the folder */
	NEEDS_FOLDER, /* opens the house itself, alone: refuses while a server runs */
} CommandNeeds;
typedef struct Command {
	const char *name;
	CommandBody *run;
	CommandAlone *run_alone; /* instead of run: NEEDS_FOLDER */
	CommandNeeds needs;
	bool creates; /* NEEDS_HOUSE: makes a library where there is none */
	CommandNeeds (*needs_of)(int argc, char **argv); /* instead of needs, where it depends on the arguments */
	const char *synopsis; /* after the name */
	const char *summary; /* one sentence */
	const char *examples; /* lines; shown first */
	const char *options; /* lines "--name ARG  what it does" */
} Command;
extern const Command commands[];
extern const size_t command_count;

const Command *command_find(Text name);
/* Nearest known name for a typo; NULL when nothing is near. */
const char *command_nearest(Text name);
void command_help(FILE *out, const Command *command); /* NULL: the overview */
/* Takes the common options off argv; USAGE names what is wrong on `talk`. */
must_use Error command_options(Call *call, int *argc, char **argv, CommandOptions *out, FILE *talk);
/* Runs a found command with an open house, reports a failure on `talk`, returns the exit code. */
int command_run(Call *call, const Command *command, const CommandOptions *options, int argc, char **argv, FILE *out, FILE *talk);

/* Reads "--name VALUE" or "--name=VALUE" at argv[*at]; true when it was this option. */
bool option_value(int argc, char **argv, int *at, const char *name, const char **out_value);
/* USAGE with a sentence for people on `talk`. */
must_use Error usage_error(Call *call, FILE *talk, const char *format, ...) printf_like(3, 4);
/* The whole content of a file that was named. NOT_FOUND, IO; TOO_LARGE: more than bytes_max. */
must_use Error file_argument(Call *call, const char *path, size_t bytes_max, Text *out);
/* A public key of a library: the key itself, or a file that holds it. USAGE: it is none. */
must_use Error key_argument(Call *call, FILE *talk, const char *word, PublicKey *out);
