#include "face/doc/tool.h"

#include <stdlib.h>

Text tool_run(Test *t, const char *name, Text bytes, const char *command)
{
	Text path = arena_printf(t->arena, "%s/%s", t->directory, name);
	FILE *file = fopen(path.at, "wb");
	CHECK(file && fwrite(bytes.at, 1, bytes.length, file) == bytes.length && fclose(file) == 0);
	FILE *tool =
		popen(arena_printf(t->arena, "cd %s && { %s\n} 2>&1", t->directory, command).at, "r"); /* NOLINT(cert-env33-c): a test */
	CHECK(tool != NULL);
	Buffer out = { .arena = t->arena };
	char piece[4096];
	for (size_t got; (got = fread(piece, 1, sizeof(piece), tool)) > 0;) buffer_put(&out, (Text) { piece, got });
	int status = pclose(tool);
	if (status != 0) test_fail(__FILE__, __LINE__, "%s: status %d\n%.*s", command, status, TEXT_ARGS(buffer_text(&out)));
	return buffer_text(&out);
}

bool tool_says(Text output, const char *part) { return text_find(output, text_from(part), NULL); }
