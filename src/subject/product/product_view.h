/* What the pages about products show. */
#pragma once
#include "face/html/html.h"
#include "subject/product/product.h"
#include "work/form/action_view.h"

typedef struct ProductListView {
	Markup filters, table, empty, pager;
	Url add, own, queue;
	bool is_staff;
} ProductListView;
typedef struct ProductShowView {
	Markup status, facts, identities, releases, contains, contained_in, claims, alike;
	const Markup *panels;
	size_t panel_count;
	Url advisories, public_page;
} ProductShowView;
typedef struct ProductClaimView {
	Markup status, facts, actions;
} ProductClaimView;
typedef struct ProductQueueView {
	Markup products, claims, pager;
} ProductQueueView;
extern const RouteTable product_routes, product_list_routes, product_show_routes, product_claim_routes, product_api_routes;
