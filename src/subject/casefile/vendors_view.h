/* What the pages about the vendors of a casefile show. */
#pragma once
#include "subject/casefile/casefile_view.h"
#include "subject/party/delivery.h"

typedef struct VendorsView {
	Markup filters, table, empty, pager, what, all, deliveries;
	Url action;
	Text filter;
} VendorsView;

typedef struct VendorChoice {
	Text ref, label, tick;
	Url url;
} VendorChoice;

typedef struct VendorsPreviewView {
	Markup table, partner;
	FormView form;
	Url action, back;
	Text what, label;
	Texts refs; /* to which it can be done */
	bool has_form;
} VendorsPreviewView;
