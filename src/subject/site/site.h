/* site: the website around the library: front page, about, and what machines look for at fixed addresses. */
#pragma once
#include "base/base/base.h"

struct RouteTable;
extern const struct RouteTable site_routes;
