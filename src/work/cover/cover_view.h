/* cover_view: personal data on pages and in requests. The face of this room for pages and API. */
#pragma once
#include "face/html/html.h"
#include "work/cover/cover.h"

typedef struct CoverPlace { /* a matter and where its pages stand */
	CoverMatter matter;
	Text base, back, name; /* "/report/REF/personal-data", "/report/REF"; how the matter is called */
} CoverPlace;
/* What a subject tells of itself, once: `.about` of the rows below. NOT_FOUND, CONFLICT: nothing can be hidden there (now). */
typedef struct CoverPages {
	Error (*place)(Request *request, CoverPlace *out);
	Error (*changed)(Request *request); /* may be NULL; after something was hidden, covered or kept */
} CoverPages;

/* Above a form or a matter: how much of which kind waits for a decision; empty: nothing. For script it can be asked for again (app.js, COVER). */
must_use Error cover_banner(Html *html, const CoverPlace *place, Markup *out);
/* What was kept with which reason, for those who read the matter; empty: nothing. */
must_use Error cover_kept_markup(Html *html, int64_t seal_key, const Form *form, Markup *out);
/* "1 identity card number, 2 mobile phone numbers" in the reader's words. */
Text cover_counts_shown(Arena *arena, Lang lang, const MaskCounts *counts);

extern const FormSpec cover_mask_form, cover_keep_form, cover_burn_form;
Handler cover_page_show, cover_page_mask, cover_page_keep; /* BASE, BASE/mask, BASE/keep */
Handler cover_page_picture, cover_page_preview, cover_page_burn; /* BASE/pictures/:file, …/preview; POST BASE/pictures/:file */
Handler cover_get, cover_post_mask, cover_post_keep, cover_post_burn; /* of machines: each replies with what is found now */

/* For the templates of this room. */
typedef struct CoverSection {
	Text title;
	Markup body;
} CoverSection;
typedef struct CoverShowView {
	Markup chip; /* may be empty */
	LIST_OF(CoverSection) sections;
	Url back;
} CoverShowView;
typedef struct CoverPictureView {
	Text boxes, alt;
	Url preview, here, burn, undo, back; /* undo: may be empty */
	LIST_OF(Markup) fields;
	size_t count;
} CoverPictureView;
