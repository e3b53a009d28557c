/* alike: makes the index by which records of one vulnerability are found, on the command line. */
#pragma once
#include "base/base/base.h"

/* [--json] */
must_use Error alike_command(Call *call, int argc, char **argv, FILE *out, FILE *talk);
