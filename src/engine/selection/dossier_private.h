/* What the files of dossiers share: decided.json. */
#pragma once
#include "engine/selection/dossier.h"

/* The member as it follows from the steps and the results of each direction. False: a step cannot be. */
must_use bool dossier_decided_write(Arena *arena, const Dossier *dossier, const DossierResult *results, Text *out, DossierFault *out_fault);
/* The steps out of the member. False: not of this shape. */
must_use bool dossier_decided_read(Arena *arena, Json decided, Dossier *out);
