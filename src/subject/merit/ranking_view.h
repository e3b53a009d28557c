/* What the templates of the ranking show. */
#pragma once
#include "face/html/html.h"

typedef struct RankingView {
	Markup filters, table, empty, pager;
	Url rule, json, own;
} RankingView;
typedef struct RankingWishView {
	Text handle; /* empty: none */
	bool joined;
	Url action, profile, shown;
} RankingWishView;
