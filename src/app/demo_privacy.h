/* demo_privacy: personal data in the demonstration: a copy that is ready, an assessment that is approved, a rule and a hold that wait. */
#pragma once
#include "base/base/base.h"

/* By two security administrators, a coordinator, and a reporter who asks for a copy. */
must_use Error demo_privacy(Call *call, const Actor *first, const Actor *second, const Actor *coordinator, const Actor *reporter);
