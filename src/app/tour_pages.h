/* tour_pages: five minutes through the demonstration for somebody who has never seen the library. */
#pragma once
#include "face/http/http.h"

extern const RouteTable tour_routes;
