/* What the page of one's webhooks shows. */
#pragma once
#include "face/html/html.h"

typedef struct HooksView {
	Text secret; /* of the one just added, shown this once; empty otherwise */
	Markup hooks, add;
	size_t count;
	bool is_full;
} HooksView;
