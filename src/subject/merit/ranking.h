/*
 * ranking: finders by their public names, for those who want to stand in it and nobody else. What counts are the lines of the points rule that a
 * finder gets, with their caps, whichever organisation the find was sent for; what verifiers and staff do is not said here.
 */
#pragma once
#include "base/base/base.h"

struct RouteTable;
extern const struct RouteTable ranking_routes;

typedef struct RankingLine {
	int64_t place, points; /* who has as many points has the same place */
	Text handle;
} RankingLine;
typedef LIST_OF(RankingLine) RankingLines;
typedef struct RankingPeriod {
	int year, quarter; /* quarter 0: the whole year */
} RankingPeriod;
must_use Error ranking_list(Call *call, RankingPeriod period, RankingLines *out); /* the most points first; without those who have none */

/* ---- The actor's own wish; off until it is said. INVALID: a problem at "joins": there is no public name. */
must_use Error ranking_wish(Call *call, bool joins);
must_use Error ranking_forget(Call *call, int64_t person_id); /* of an account that ends; inside db_transact */
must_use Error ranking_has(Call *call, bool *out_joined);
/* The points of a person changed; inside the transaction. */
must_use Error ranking_moved(Call *call, int64_t person_id);
