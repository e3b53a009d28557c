/* house: opens and closes the long-lived things that every call borrows: folder lock, keys, database, files, ledger key, settings. */
#pragma once
#include "app/command.h"
#include "app/folder.h"

typedef struct HouseOptions {
	const char *data, *database, *key_file;
	bool create; /* init, demo: make folder, database and keys; else NOT_FOUND when there is no library */
	bool demo;
	int connections; /* of a PostgreSQL pool; 0: 4 */
} HouseOptions;

typedef struct OpenHouse {
	House house;
	Folder folder;
	const char *key_path;
} OpenHouse;
/* Lives in call->arena. LOCKED: another process owns the folder. NEWER: its schema is newer. Migrates an older schema. */
must_use Error house_open(Call *call, const HouseOptions *options, OpenHouse **out);
void house_close(OpenHouse **open);

/* Starts what must start before threads: crypto, the sandbox's fork server; forbids core dumps. Once per process. */
must_use Error process_start(Call *call);
