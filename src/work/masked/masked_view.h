/* masked_view: the page where a text is prepared for others. The face of this
 * room for pages and API. */
#pragma once
#include "face/html/html.h"

extern const RouteTable masked_routes;
