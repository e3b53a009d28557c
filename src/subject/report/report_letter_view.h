/* report_letter: the letter that belongs to what was decided about a report. */
#pragma once
#include "face/html/html.h"
#include "subject/report/report.h"
#include "work/letter/letter.h"

/* Which letter a report in this state calls for; false: none. */
bool report_letter_kind(const Report *report, LetterKind *out);
/* Of the form, for who may use it now; else empty. */
Url report_letter_url(Call *call, const Report *report);
extern const RouteTable report_letter_routes;
