/* What the pages about packages show. */
#pragma once
#include "subject/party/delivery.h"
#include "work/form/action_view.h"

must_use Error delivery_load(Request *request);

typedef struct DeliveryListView {
	Markup figures, table, empty, pager;
} DeliveryListView;

typedef struct DeliveryShowView {
	Markup chip, clock, facts, figures, actions, letters, pager, history, results;
	Url package, table, report; /* may be empty */
	FormField fields[5], file;
	bool may_report;
} DeliveryShowView;
