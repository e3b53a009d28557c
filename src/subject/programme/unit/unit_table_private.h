/* What the pages of units share. */
#pragma once
#include "subject/programme/unit/unit.h"
#include "subject/programme/unit/unit_view.h"

Text unit_stars_text(int64_t stars); /* "★★★" */
Text unit_name(const Unit *unit, Lang lang);
/* As everybody sees it, or as the office does: probation and the nearness of the end are nobody else's business. */
Markup unit_chip(Html *html, const Unit *unit, bool is_public);
/* The unit's certificates, newest first; `with_files`: links to the files of those that have one. */
must_use Error unit_certificates(Html *html, const Unit *unit, bool with_files, Markup *out);
