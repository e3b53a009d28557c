/* expect: round may not use application, which stands after it */
#include "subject/programme/application/application.h"
