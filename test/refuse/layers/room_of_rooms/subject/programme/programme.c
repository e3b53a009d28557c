/* expect: subject/programme is a room of rooms; the table stands in tools/layers.py */
#include "subject/programme/round/round.h"
