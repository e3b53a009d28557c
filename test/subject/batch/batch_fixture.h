/* For the tests of batches: tables, archives and a house that can read them. */
#pragma once
#include "harness/scene.h"
#include "subject/batch/batch.h"

/* A row of the table below: title and, when given, what stands in "kind" and "files". */
typedef struct BatchLineGiven {
	const char *title, *kind, *files;
} BatchLineGiven;
/* CSV with heads; kind NULL: generic. */
Text batch_csv(Arena *arena, const BatchLineGiven *lines, size_t count);
typedef struct BatchPart {
	const char *name;
	Text content;
} BatchPart;
Text batch_zip(Test *t, const BatchPart *parts, size_t count);
Scene *batch_scene(Test *t); /* with the sandbox */
/* Begins a batch with these bytes as the present actor; its ref. */
Text batch_begin(Scene *scene, const char *name, Text bytes);
Error batch_try(Scene *scene, const char *name, Text bytes, const char *key, Text *out_ref, bool *out_repeated);
Batch batch_now(Scene *scene, Text ref);
void batch_run_jobs(Scene *scene); /* as the system, until none is due */
