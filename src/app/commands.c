/* The table of commands; help, manual pages and completion are made of it. */
#include "app/command.h"
#include "app/document.h"

const Command commands[] = {
	{ .name = "document",
		.run = document_command,
		.needs = NEEDS_NOTHING,
		.synopsis = "errors | permissions | openapi | man [--out DIR] | completion",
		.summary = "writes the documents that are made from the program's own tables",
		.examples =
			"  cappvd document permissions > docs/made/permissions.md\n  cappvd document man --out /usr/local/share/man/man1\n",
		.options = "  --out DIR          with man: one file for each command\n" },
};
const size_t command_count = COUNT(commands);
