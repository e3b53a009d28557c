/* What the page of one's ways to be told shows. */
#pragma once
#include "face/html/html.h"

typedef struct WayView {
	Markup mail; /* address, its state, when the next list is due */
	const FormField *fields;
	size_t field_count;
	Markup phone, phone_ask, phone_confirm, phone_end; /* may be empty */
	bool mail_fails, has_gateway;
} WayView;
