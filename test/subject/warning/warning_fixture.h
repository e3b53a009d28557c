/* Warnings for tests: the people who make one, organisations, products and what contains what. */
#pragma once
#include "harness/scene.h"
#include "subject/warning/warning.h"

enum { FIXTURE_VENDORS = 5 };
typedef struct WarningWorld {
	Scene *scene;
	const Actor *coordinator, *second_coordinator, *publisher, *second_publisher;
	Actor *unit, *vendors[FIXTURE_VENDORS]; /* administrators of their organisations */
} WarningWorld;
WarningWorld warning_world(Test *t);
/* A valid unified social credit code; `n` from 0. */
const char *warning_code(Test *t, int n);
/* A confirmed product; owner NULL: nobody answers for it. */
Product warning_product(WarningWorld *world, const char *kind, const char *name, Actor *owner);
void warning_contain(WarningWorld *world, const Product *product, Text release_ref, const Product *part, const char *version);
Map *warning_values(WarningWorld *world); /* of a complete text */
/* Written by the unit or, NULL, by the coordinator; the reference. */
Text warning_written(WarningWorld *world, const Actor *author);
Error warning_do(WarningWorld *world, const Actor *actor, Text ref, const char *action); /* with all that any action asks for */
void warning_aim_at(WarningWorld *world, Text ref, const Map *values);
/* To ASSESSED, and to SENT; by the coordinator and the publisher. */
void warning_assessed(WarningWorld *world, Text ref);
void warning_sent(WarningWorld *world, Text ref);
Warning warning_seen(WarningWorld *world, const Actor *actor, Text ref);
void warning_delivered(WarningWorld *world); /* everything that waits */
size_t warning_told(WarningWorld *world, const Actor *actor); /* notices about warnings in the actor's inbox */
