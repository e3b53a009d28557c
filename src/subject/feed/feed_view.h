/* feed_view: the machine faces of the library. */
#pragma once
#include "face/http/http.h"

/* GET /api/v1/advisories, /api/v1/advisories/:id, /advisories.atom */
extern const RouteTable feed_routes;
