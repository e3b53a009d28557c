/* figure_command: cappvd figures: the figures of the days that are over. */
#pragma once
#include "app/command.h"

must_use Error figure_command(Call *call, int argc, char **argv, FILE *out, FILE *talk);
