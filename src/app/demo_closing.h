/* demo_closing: what a vendor closes by evidence, in several states, and its teams. */
#pragma once
#include "base/base/base.h"

/* Matters of the vendor in casefiles in coordination: evidence of each kind that waits, was accepted, or came back. */
must_use Error demo_closings(Call *call, const Actor *coordinator, const Actor *vendor);
/* Two teams of the vendor; one of them answers for the product that is its own by now. */
must_use Error demo_teams(Call *call, const Actor *vendor);
