/* calendar: what the official calendar says of each day of a year. */
#pragma once
#include "base/base/base.h"

/* [--json] YEAR. One line a day; NOT_FOUND for a year whose notice is not built in. */
must_use Error calendar_command(Call *call, int argc, char **argv, FILE *out, FILE *talk);
