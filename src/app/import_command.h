/* import: documents of others into the library. */
#pragma once
#include "base/base/base.h"

/* [--format auto|cve5|cnvd-xml] [--json] FILE|DIR…. INVALID after everything else went in, when documents were refused. */
must_use Error import_command(Call *call, int argc, char **argv, FILE *out, FILE *talk);
