/* What the template of letters of thanks shows. */
#pragma once
#include "face/html/html.h"

typedef struct ThanksView {
	Markup filters, table, empty; /* one of table and empty */
} ThanksView;
