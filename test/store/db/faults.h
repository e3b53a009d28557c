/* Disk faults for the tests of store/db: this program's own fdatasync and pwrite64 stand in for those SQLite calls. */
#pragma once
#include <stdbool.h>

extern bool fault_sync; /* fdatasync fails with EIO */
extern long fault_file_bytes; /* no file may grow beyond this: ENOSPC; 0: no limit */
