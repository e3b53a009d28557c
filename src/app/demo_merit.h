/* demo_merit: contributions of the demonstration's support units: vulnerabilities a unit's member found, and evidenced deeds in every state. */
#pragma once
#include "app/demo_data.h"

extern const DemoMatter demo_unit_matters[]; /* that a unit's member reports */
extern const size_t demo_unit_matter_count;
/* The evaluation of the year that is due, as the rule proposes it. */
must_use Error demo_evaluation(Call *call, const Actor *secretary);
/* Honours of the year that is due as they were awarded, and an open list of the year before; after the evaluation. */
must_use Error demo_honours(Call *call, const Actor *first, const Actor *second);
/* The member states some and the second secretary decides; one is entered by the first secretary and waits for another. */
/* A second version of the points rule, in force since yesterday: a warning that a unit shared counts when it is sent. Before anything is counted. */
must_use Error demo_points_rule(Call *call, const Actor *first, const Actor *second);
must_use Error demo_deeds(Call *call, const Actor *member, const Actor *first, const Actor *second);
