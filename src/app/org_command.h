/* org: organisations and their standing on the command line. */
#pragma once
#include "base/base/base.h"

must_use Error org_command(Call *call, int argc, char **argv, FILE *out, FILE *talk);
