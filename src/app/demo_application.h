/* demo_application: units that apply: a draft and a submitted one in the open round, and one in every stage of the review of last year's. */
#pragma once
#include "app/demo_round.h"

must_use Error demo_applications(
	Call *call, const Actor *coordinator, const Actor *secretary, const Actor *second, const DemoRounds *rounds);

/* ---- Steps of every demonstrated round; each at call->now, as the actor that it names. */
must_use Error demo_apply(Call *call, const Actor *unit, Text code, Text direction, Text *out_ref); /* filled in and submitted */
must_use Error demo_close_round(Call *call, const Actor *secretary, Text round); /* by its ref; the review begins */
/* The look-up, the checklist with this verdict about the third condition, and the stamped copy that matches. */
must_use Error demo_check(Call *call, const Actor *secretary, Text ref, const char *verdict, const char *note);
