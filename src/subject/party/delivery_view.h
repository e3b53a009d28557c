/* What the pages about packages show. */
#pragma once
#include "subject/party/delivery.h"
#include "work/form/action_view.h"

must_use Error delivery_load(Request *request);

typedef struct DeliveryListView {
	Markup figures, table, empty, pager;
	Url letters; /* across packages; may be empty */
	Text letters_label;
} DeliveryListView;

typedef struct DeliveryWorkView {
	Markup filters, table, empty, pager;
} DeliveryWorkView;

typedef struct DeliveryShowView {
	Markup chip, clock, facts, figures, actions, letters, pager, history, results;
	Url package, table, report; /* may be empty */
	FormField fields[5], file;
	bool may_report;
} DeliveryShowView;
