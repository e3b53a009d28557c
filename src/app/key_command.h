/* key: the master key's generations. */
#pragma once
#include "app/command.h"

must_use Error key_command(Call *call, int argc, char **argv, FILE *out, FILE *talk);
