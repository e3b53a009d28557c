/* merit_command: cappvd merit: contribution points against the facts they come from. */
#pragma once
#include "app/command.h"

/* Exit 0: every entry is as the facts say. INVALID: one is not; it is named. */
must_use Error merit_command(Call *call, int argc, char **argv, FILE *out, FILE *talk);
