/* expect: subject/report may not use subject/casefile, which stands above or after it */
#include "subject/casefile/casefile.h"
