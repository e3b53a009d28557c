/*
 * faults: the database fails at a chosen call, once or from then on, as a full disk, a broken file or a lost server would. Whatever else the test
 * does goes on undisturbed: only what happens between faults_begin and faults_end is counted and fails.
 */
#pragma once
#include "harness/test.h"

typedef struct Fault {
	int64_t at; /* the call that fails, from 1; 0: none, they are only counted */
	bool for_ever; /* and all after it */
	Error error;
} Fault;
void faults_begin(Test *t, const Fault *fault);
int64_t faults_end(Test *t); /* how many calls there were */
const char *faults_statement(void); /* the one that failed at the chosen call; "" when there were fewer calls */
