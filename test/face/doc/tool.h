/* Independent tools open what the room made. */
#pragma once
#include "harness/test.h"

/* Writes the bytes to `name` in the test's folder and runs `command` there through the shell; what it printed. The test fails when it fails. */
Text tool_run(Test *t, const char *name, Text bytes, const char *command);
bool tool_says(Text output, const char *part);
