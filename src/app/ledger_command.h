/* ledger: verify, checkpoint, prove, key. Receipts are verified without any library: see ledger_needs. */
#pragma once
#include "app/command.h"

must_use Error ledger_command(Call *call, int argc, char **argv, FILE *out, FILE *talk);
/* NEEDS_NOTHING when receipts are named, else NEEDS_HOUSE. */
CommandNeeds ledger_needs(int argc, char **argv);
