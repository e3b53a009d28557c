/* time: how far the clock is trusted, and an operator's word that it is right. */
#pragma once
#include "app/command.h"

must_use Error time_command(Call *call, int argc, char **argv, FILE *out, FILE *talk);
