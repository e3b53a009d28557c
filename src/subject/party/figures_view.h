/* What the page of figures shows. */
#pragma once
#include "face/html/html.h"

typedef struct FiguresView {
	Markup table, empty, pager;
	Url csv;
} FiguresView;

typedef struct VendorFiguresView {
	Markup whole, closings, standings, months, empty;
	Url csv; /* may be empty */
} VendorFiguresView;
