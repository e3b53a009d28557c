/* expect: engine/rating may not use store/db, which stands above or after it */
#include "store/db/db.h"
