/* What the calculator's template shows. */
#pragma once
#include "face/html/html.h"

typedef struct RatingGroupView {
	Text title;
	LIST_OF(Markup) fields;
} RatingGroupView;
typedef struct RatingView {
	Markup systems, result, vector_field;
	Url action;
	Text system;
	LIST_OF(RatingGroupView) groups;
} RatingView;
