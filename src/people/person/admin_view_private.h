/* What the pages of the security administrator show. */
#pragma once
#include "face/html/html.h"

typedef struct PeopleView {
	Markup search, list, requests, create;
	size_t request_count;
	Url next;
} PeopleView;
typedef struct PersonView {
	Markup facts, grants, ask, disable;
	bool is_disabled;
} PersonView;
