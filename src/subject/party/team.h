/* team: which team of a vendor answers for which product. A matter of such a product is seen by that team and the organisation's administrators. */
#pragma once
#include "people/org/org.h"
#include "subject/product/product.h"

/* By an administrator of the organisation, in a session. INVALID: "product" is none of the organisation's. NOT_FOUND: no such team. */
must_use Error team_own(Call *call, Text team, Text product);
must_use Error team_disown(Call *call, Text team, Text product);
must_use Error team_products(Call *call, const Team *team, Products *out);
must_use Error team_end(Call *call, Text ref);
/* For org_set_left: what somebody had taken goes back to those who are told of it. */
must_use Error party_member_left(Call *call, int64_t organisation_id, int64_t person_id);

struct RouteTable;
extern const struct RouteTable team_routes;
