#include "app/routes.h"

#include "face/html/html.h"
#include "subject/site/site.h"

const RouteTable *const app_route_tables[] = { &html_routes, &site_routes };
const size_t app_route_table_count = COUNT(app_route_tables);
