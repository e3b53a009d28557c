/* expect: engine/ is pure: it is given the time, it does not read the clock */
#include "base/base/clock.h"

long today(void) { return clock_wall(); }
