/* org_pages: what app/ wires of this room into the server. */
#pragma once
#include "face/http/http.h"
#include "people/org/org.h"

extern const RouteTable org_routes, org_api_routes, verification_routes, sector_routes;
