/* round: what a selection comes to, on the command line; needs no library. */
#pragma once
#include "base/base/base.h"

/*
 * score [--json] FILE|- · draw [--json] ROUND ROOT SOURCE COUNT · draw --rfc3797 KEY POOL COUNT · verify [--key KEY|FILE]… [--json] DOSSIER ·
 * rehearse [--seed TEXT] [--applicants N] RULES DOSSIER.
 * INVALID: a panel or dossier is not what it says. UNKNOWN_SIGNER: a dossier agrees, and no key was given to know its signer by.
 */
must_use Error round_command(Call *call, int argc, char **argv, FILE *out, FILE *talk);
