/* The table the tests of store/db work on. Include after harness/test.h. */
#pragma once
#include "harness/test.h"
#include "store/db/db_private.h"
#include "store/db/sample.sql.h"

/* Creates the table `sample`, and `small` that refers to it. */
void sample_create(Test *t);
/* A call for another thread on the same database; free its arena. */
Call sample_other_call(const Test *t);
must_use Error sample_put(Call *call, Text name, int64_t *out_id);
