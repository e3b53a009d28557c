/* demo_selection: a whole selection round of the demonstration, played in the past by everybody who takes part in one. */
#pragma once
#include "app/demo_expert.h"
#include "app/demo_round.h"

typedef struct DemoSelectors {
	const Actor *coordinator, *first, *second, *supervisor; /* first, second: secretaries who review and score */
	const Actor *decider, *handler; /* secretaries who assess nobody */
	DemoExperts experts;
} DemoSelectors;
/* The round is open when it begins. */
must_use Error demo_selection(Call *call, const DemoSelectors *office, const DemoRounds *rounds);

/* ---- The steps of it, for whoever plays other rounds; days are counted from the opening */
typedef struct DemoApplicant {
	Text ref, direction; /* ref: of the application that was submitted */
	int quality; /* percent of what can be reached */
	Actor unit; /* its administrator */
} DemoApplicant;
typedef struct DemoPlay {
	const DemoSelectors *office;
	Text round, code; /* ref and code */
	int64_t opens;
	LIST_OF(DemoApplicant) applicants;
	Text shares[3]; /* of the key, once it is made */
} DemoPlay;
must_use Error demo_play_review(Call *call, DemoPlay *play); /* the round closes; everybody is found qualified */
must_use Error demo_play_draw(Call *call, DemoPlay *play); /* the pool, the value, the panels, the key */
must_use Error demo_play_panels(Call *call, DemoPlay *play); /* everybody is heard and judged under seal */
must_use Error demo_play_lock(Call *call, DemoPlay *play); /* opened, explained, locked, signed */
