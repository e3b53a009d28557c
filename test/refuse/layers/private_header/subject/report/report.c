/* expect: people/person/session_private.h is private to people/person; include its face */
#include "people/person/session_private.h"
