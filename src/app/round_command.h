/* round: what a selection comes to, on the command line; needs no library. */
#pragma once
#include "base/base/base.h"

/* score [--json] FILE|- · draw [--json] ROUND ROOT SOURCE COUNT · draw --rfc3797 KEY POOL COUNT. INVALID: a panel is not what it says. */
must_use Error round_command(Call *call, int argc, char **argv, FILE *out, FILE *talk);
