#pragma once
#include "harness/test.h"

void harness_prepare(void); /* once, before the first test */

/* Fills t->house->db and t->call->db with a fresh, migrated database of t->database, closed and removed when the test ends. */
void harness_open_database(Test *t);
void harness_remove_at_exit(const char *directory);
/* Fills t->house->keyring; called once the database is open. */
void harness_open_trust(Test *t);
