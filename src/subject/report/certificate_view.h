/* What pages and the JSON interface say of a certificate's conditions. */
#pragma once
#include "base/base/json.h"
#include "face/html/html.h"
#include "subject/report/certificate_private.h"

must_use Error certificate_markup(Html *html, const Map *values, int64_t reporter_id, Markup *out);
must_use Error certificate_json(Call *call, JsonWriter *writer, const Map *values, int64_t reporter_id);

typedef struct ConditionsView {
	Text version;
	Markup table;
	Url registered;
} ConditionsView;
