/* expect: only store/db includes <sqlite3.h>; use that room's face */
#include <sqlite3.h>
