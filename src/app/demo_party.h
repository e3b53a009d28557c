/* demo_party: a vendor of the demonstration, and its parts in casefiles at several stages. */
#pragma once
#include "base/base/base.h"

must_use Error demo_parties(Call *call, const Actor *coordinator, const Actor *verifier, Actor *out_vendor);
