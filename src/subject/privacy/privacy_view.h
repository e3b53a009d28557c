/* What the pages of this room show, and what they share. */
#pragma once
#include "face/html/html.h"
#include "subject/privacy/privacy.h"
#include "work/form/form_view.h"

typedef struct PrivacySection {
	Text title, lead; /* lead: may be empty */
	Markup body, more; /* more: below; may be empty */
} PrivacySection;
typedef struct PrivacyView { /* a page of sections, one below the other */
	LIST_OF(PrivacySection) sections;
} PrivacyView;
typedef struct ImpactView {
	Markup chip, facts, actions, versions; /* may be empty: actions, versions */
	const FormView *form; /* NULL: it cannot be written now */
	Url save, pdf, docx;
	Markup values; /* as people read it */
} ImpactView;

void privacy_add(Html *html, PrivacyView *view, const char *title, const char *lead, Markup body);
/* Cells, row after row, under these headings; `empty` when there is no row. */
typedef LIST_OF(Cell) PrivacyCells;
Markup privacy_table(
	Html *html, const char *caption, const char *const *labels, size_t count, const PrivacyCells *cells, const char *empty);
/* The password once more, where the actor has one; else nothing is added. */
must_use Error privacy_password(const Request *request, FormField *fields, size_t *count);
must_use Error privacy_download(Request *request, int64_t blob, Text name, int64_t size_bytes);
Text privacy_part_name(Arena *arena, const PrivacyExport *copy, int64_t part, size_t parts); /* of the file */
const char *privacy_field_text(Text field); /* what is corrected: English source text */
Text privacy_roles(const Html *html, uint32_t roles); /* offices in words */
Text privacy_days(const Html *html, int64_t days);

/* The download of a part of one's copy, for the page and for machines. */
extern const FormSpec privacy_fetch_form;
Handler privacy_fetch;
