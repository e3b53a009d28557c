/* expect: only *_pages.c, *_api.c and *_view.h see face/; move what needs it there */
#include "face/html/html.h"
