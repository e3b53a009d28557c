/* dispute_scene: a report that repeats somebody else's, the appeal against that, and the way to the panel, for tests. */
#pragma once
#include "harness/scene.h"
#include "subject/dispute/dispute.h"

#define DAYS(n) ((int64_t)(n)*86400000)
enum { EXPERTS = 6, SITTERS = EXPERTS + 2 }; /* who verifies may be drawn too */

typedef struct World {
	Scene *scene;
	Test *t;
	Cast cast;
	const Actor *third; /* a coordinator */
	const Actor *experts[SITTERS];
	Text earlier, report, dispute;
} World;
extern DisputeExperts world_pool; /* of the library of experts, as the test has it */
World world_open(Test *t);
Map *world_appeal_values(World *world);
void world_duplicate(World *world); /* the reporter's report is decided as a duplicate of somebody else's, by the first coordinator */
void world_appeal(World *world); /* by the reporter */
Error world_act(World *world, const Actor *actor, const char *action, const Map *values);
Dispute world_seen(World *world, const Actor *actor);
bool world_is_hidden(World *world, const Actor *actor);
Text world_report_state(World *world);
void world_to_panel(World *world); /* all of this, answered by the second coordinator, and the panel asked for */
size_t world_seated(World *world, const Actor **out); /* who has a seat, in no order */
void world_sign_all(World *world, const Actor *const *seats, size_t count);

#define ANSWER(world) VALUES((world)->scene, "answer", "The parameter is the same.")
#define REQUEST(world) VALUES((world)->scene, "request", "Nobody has compared them.")
#define OATH(world) VALUES((world)->scene, "undertaking", "yes", "no_interest", "yes")
#define VOTE(world, verdict) VALUES((world)->scene, "verdict", verdict, "reasons", "SECRETREASON")
