/* rate: scores of rating vectors on the command line. */
#pragma once
#include "base/base/base.h"

/* [--json] cvss|gbt30279 VECTOR…; the vector "-" reads vectors from standard input, one a line, and prints one line
 * each. USAGE when not understood; INVALID after the first wrong vector was named on `talk` and all others were rated. */
must_use Error rate_command(Call *call, int argc, char **argv, FILE *out, FILE *talk);
