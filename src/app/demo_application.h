/* demo_application: units that apply: a draft and a submitted one in the open round, and one in every stage of the review of last year's. */
#pragma once
#include "app/demo_round.h"

must_use Error demo_applications(
	Call *call, const Actor *coordinator, const Actor *secretary, const Actor *second, const DemoRounds *rounds);
