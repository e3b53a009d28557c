/* expert_dispute: what the library of experts is to disputes; given to subject/dispute at start. */
#pragma once
#include "subject/dispute/dispute.h"

/* Those who may be drawn today, each with what ties them to one of these organisations or its group. */
extern DisputeLibrary expert_for_dispute;
