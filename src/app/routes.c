#include "app/routes.h"

const RouteTable *const app_route_tables[1] = { 0 };
const size_t app_route_table_count = 0;
