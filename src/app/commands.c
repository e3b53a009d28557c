/* The table of commands; help, manual pages and completion are made of it. */
#include "app/calendar_command.h"
#include "app/command.h"
#include "app/document.h"
#include "app/rate_command.h"

const Command commands[] = {
	{ .name = "calendar",
		.run = calendar_command,
		.needs = NEEDS_NOTHING,
		.synopsis = "YEAR [--json]",
		.summary = "shows working days, holidays and make-up days of a year with the notice that orders them",
		.examples = "  cappvd calendar 2026\n",
		.options = "  --json             one object instead of lines\n" },
	{ .name = "document",
		.run = document_command,
		.needs = NEEDS_NOTHING,
		.synopsis = "errors | permissions | openapi | man [--out DIR] | completion",
		.summary = "writes the documents that are made from the program's own tables",
		.examples =
			"  cappvd document permissions > docs/made/permissions.md\n  cappvd document man --out /usr/local/share/man/man1\n",
		.options = "  --out DIR          with man: one file for each command\n" },
	{ .name = "rate",
		.run = rate_command,
		.needs = NEEDS_NOTHING,
		.synopsis = "cvss | gbt30279 VECTOR… [--json]",
		.summary = "computes scores and levels of rating vectors",
		.examples = "  cappvd rate cvss CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H\n"
			    "  cappvd rate gbt30279 CNVRS:1.0/AV:N/AC:L/PR:N/UI:N/C:H/I:H/A:H\n  cappvd rate cvss --json - < vectors.txt\n",
		.options = "  --json             one object a line\n  -                  read vectors from standard input, one a line\n" },
};
const size_t command_count = COUNT(commands);
