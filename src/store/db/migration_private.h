/* The schema's steps, made from migrations/ by tools/migrations.py. */
#pragma once
#include "store/db/db_private.h"

typedef struct Migration {
	int number;
	const char *name, *checksum;
	const char *sql[DB_KINDS];
} Migration;
extern const Migration migrations[];
extern const size_t migration_count;
