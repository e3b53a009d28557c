/* routes: every room's route table, in the order of the house. */
#pragma once
#include "face/http/http.h"

extern const RouteTable *const app_route_tables[];
extern const size_t app_route_table_count;
extern const RouteTable openapi_routes;
