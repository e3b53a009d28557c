/* person_pages: what app/ wires of this room into the server. */
#pragma once
#include "face/http/http.h"
#include "people/person/person.h"

extern const RouteTable login_routes, register_routes, account_routes, security_routes, people_admin_routes;
must_use Error person_authenticate(Request *request); /* HttpHooks.authenticate: cookie of a session, or Authorization: Bearer on /api/ */
