/* The description of the JSON interface, made of the route tables. */
#include "app/document.h"
#include "app/routes.h"

static Error show_openapi(Request *request)
{
	reply_json(request, document_openapi(request->call->arena));
	reply_public(request, TEXT("site"));
	return OK;
}

static const Route routes[] = {
	{ GET, "/api/v1/openapi.json", show_openapi, .may = ROLE_EVERYBODY, .is_public = true,
		.summary = "This description of the interface (OpenAPI 3.1)" },
};
const RouteTable openapi_routes = { "app", routes, COUNT(routes) };
