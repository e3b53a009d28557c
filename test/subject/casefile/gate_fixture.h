/* gate_fixture: a casefile that lacks nothing for its publication, and what may be taken from it. */
#pragma once
#include "harness/scene.h"
#include "subject/casefile/casefile_private.h"
#include "subject/casefile/trusted_time.h"

enum { HOUR = 3600000, MINUTE = 60000 };
#define DAY ((int64_t)24 * HOUR)
#define YEAR ((int64_t)365 * DAY)

typedef struct Gate {
	Test *t;
	Scene *scene;
	Cast cast;
	int64_t boot; /* of the machine's boot clock */
	const char *node;
} Gate;

Gate gate_new(Test *t, const char *state);
Error gate_act(Gate *gate, const Actor *actor, const char *action, const Map *values);
Error gate_describe(Gate *gate, const char *field, const char *value);
void gate_lose_measure(Gate *gate);
Map *gate_confirmed(Gate *gate);
Error gate_ask(Gate *gate);
Error gate_publish(Gate *gate);
Error gate_approve(Gate *gate);
void gate_open_casefile(Gate *gate, Casefile *out);
void gate_stands(Gate *gate, const char *state);
void gate_refused(Gate *gate, Error error, const char *why);
void gate_tick(Gate *gate, int64_t wall, int64_t since_boot);
int64_t gate_publish_due(Gate *gate);
void gate_embargo_until(Gate *gate, int64_t at);
void gate_freeze(Gate *gate, int64_t from, int64_t until);
