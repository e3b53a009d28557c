/* mark: whose copy a photograph shows, on the command line. */
#pragma once
#include "base/base/base.h"

/* read [--json] PHOTO…; INVALID after every photograph was answered, when one
 * of them names nobody. */
must_use Error mark_command(Call *call, int argc, char **argv, FILE *out, FILE *talk);
