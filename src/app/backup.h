/*
 * backup: a folder with the database, the files and a manifest of every member's size and SHA-256, made while the library goes on.
 * Never the master key. restore believes nothing but what agrees with the manifest and passes `check` afterwards.
 */
#pragma once
#include "app/command.h"

CommandBody backup_command;
CommandAlone restore_command;
CommandBody check_command;
/* Prints every fault found, then one line of sums. CORRUPT when there was one. */
must_use Error check_house(Call *call, bool deep, FILE *out, FILE *talk);
