/* user: accounts on the command line. Whoever may run it holds the machine; a role still needs a security administrator's approval. */
#pragma once
#include "base/base/base.h"

must_use Error user_command(Call *call, int argc, char **argv, FILE *out, FILE *talk);
