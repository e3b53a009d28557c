/* demo_decision: the played round is decided: public notice, an objection that is dismissed, the announcement, agreements, certificates. */
#pragma once
#include "app/demo_selection.h"

/* Its inspections are over. */
must_use Error demo_decision(Call *call, const DemoPlay *play);
