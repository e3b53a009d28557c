/*
 * folder: a library's data folder. library.db (SQLite), blobs/, tmp/, lock (held by the one process that owns the folder),
 * control.sock (see control.h). The master key stands beside the folder, not in it.
 */
#pragma once
#include "base/base/base.h"

typedef struct Folder {
	const char *path; /* absolute */
	int lock; /* descriptor that holds the lock; -1: none */
} Folder;
/* Makes the folder when `create`. LOCKED: another process owns it. NOT_FOUND: there is none. */
must_use Error folder_open(Call *call, const char *path, bool create, Folder *out);
void folder_close(Folder *folder);
bool folder_has_database(Call *call, const Folder *folder);
const char *folder_database_url(Call *call, const Folder *folder);
/* Where its master key is when none is named: the systemd credential cappvd.key, else FOLDER.key beside it. */
const char *folder_key_path(Call *call, const Folder *folder, const char *named);
/* The names that the folder of a library has, for backup and restore. */
const char *folder_part(Call *call, const Folder *folder, const char *name);
