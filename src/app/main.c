/* cappvd: finds the command, opens what it needs, runs it here or inside the server that owns the data folder. */
#include "app/command.h"
#include "app/control.h"
#include "app/house.h"
#include "app/wiring.h"
#include "base/base/clock.h"

#include <signal.h>

static int unknown_command(const char *name)
{
	const char *nearest = command_nearest(text_from(name));
	fprintf(stderr, "cappvd: there is no command %s%s%s%s\n", name, nearest ? "; did you mean " : "", nearest ? nearest : "",
		nearest ? "?" : "");
	return error_exit_code(ERROR_USAGE);
}

static int failed(const Call *call, const char *name, Error error)
{
	fprintf(stderr, "cappvd %s: %.*s\n  %.*s\n", name, TEXT_ARGS(tr(call->lang, error_message(error))),
		TEXT_ARGS(call->failure.detail));
	return error_exit_code(error);
}

/* In this process when the folder is free; else in the server that owns it. */
static int run_in_house(Call *call, const Command *command, const CommandOptions *options, int argc, char **argv)
{
	scoped(house_close) OpenHouse *open = NULL;
	HouseOptions house = {
		.data = options->data, .database = options->database, .key_file = options->key_file, .create = command->creates
	};
	Error error = house_open(call, &house, &open);
	if (error == ERROR_LOCKED) {
		int exit_code = 0;
		call_recover(call);
		if (control_run(call, options->data, options->lang, argc, argv, &exit_code) == OK) return exit_code;
		return failed(call, command->name, ERROR_LOCKED);
	}
	if (error != OK) return failed(call, command->name, error);
	call->house = &open->house;
	call->db = call->house->db;
	return command_run(call, command, options, argc - 1, argv + 1, stdout, stderr);
}

int main(int argc, char **argv)
{
	scoped(arena_free) Arena *arena = arena_new(ARENA_CEILING);
	Call call = { .arena = arena, .actor = &actor_system, .now = clock_wall() };
	CommandOptions options = { 0 };
	signal(SIGPIPE, SIG_IGN);
	wire_rooms(); /* whatever the command: rooms ask one another */
	argc--;
	argv++;
	if (command_options(&call, &argc, argv, &options, stderr) != OK) return error_exit_code(ERROR_USAGE);
	call.lang = options.lang;
	if (argc == 0 || strcmp(argv[0], "help") == 0) {
		const Command *asked = argc > 1 ? command_find(text_from(argv[1])) : NULL;
		command_help(stdout, asked);
		return 0;
	}
	if (strcmp(argv[0], "--version") == 0) return puts("cappvd " CAPPVD_VERSION), 0;
	const Command *command = command_find(text_from(argv[0]));
	if (!command) return unknown_command(argv[0]);
	if (options.help) return command_help(stdout, command), 0;
	if (process_start(&call) != OK) return failed(&call, command->name, call.failure.kind);
	CommandNeeds needs = command->needs_of ? command->needs_of(argc - 1, argv + 1) : command->needs;
	if (needs == NEEDS_HOUSE) return run_in_house(&call, command, &options, argc, argv);
	return command_run(&call, command, &options, argc - 1, argv + 1, stdout, stderr);
}
