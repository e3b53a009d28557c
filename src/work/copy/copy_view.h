/* copy_view: the page where a photograph names a copy. The face of this room for pages. */
#pragma once
#include "face/html/html.h"

extern const RouteTable copy_routes;
