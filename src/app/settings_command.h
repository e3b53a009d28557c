/* settings: what operators may change, on the command line; and docs/made/settings.md. */
#pragma once
#include "base/base/base.h"

/* list [--json] | get NAME | set NAME VALUE */
must_use Error settings_command(Call *call, int argc, char **argv, FILE *out, FILE *talk);
must_use Error settings_document(Call *call, FILE *out);
