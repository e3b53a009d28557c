/* What the page of figures shows. */
#pragma once
#include "face/html/html.h"

typedef struct FiguresView {
	Markup table, empty, pager;
	Url csv;
} FiguresView;
