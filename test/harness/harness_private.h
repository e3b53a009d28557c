#pragma once
#include "harness/test.h"

void harness_prepare(void); /* once, before the first test */
/* Once, in the process that runs the tests: starts the server, which ends with it, or takes CAPPVD_TEST_POSTGRES. */
void harness_start_postgres(void);
/* The address of a new database, copied from a template that `fill` fills the first time. */
const char *harness_create_postgres(Test *t, void (*fill)(Test *t, const char *url));
void harness_drop_postgres(void);

/* Fills t->house->db and t->call->db with a fresh, migrated database of t->database, closed and removed when the test ends. */
void harness_open_database(Test *t);
void harness_remove(const char *directory);
/* Fills t->house->keyring, blobs and signer; called once the database is open. */
void harness_open_trust(Test *t);
