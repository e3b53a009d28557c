/*
 * letter_order_view: the form of a letter on the page of the matter it belongs to, shared by the subjects. A subject says which kinds a matter calls
 * for and what is known of each; the form is filled with that, and what comes of it is a draft that a second person decides about.
 */
#pragma once
#include "face/html/html.h"
#include "work/letter/letter.h"

typedef struct LetterOrderForm {
	Text recipient, product, text, deadline;
	bool wants_seal;
} LetterOrderForm;
extern const FormSpec letter_order_form;

/* `own`: path of the matter's page, "/reports/R-…"; `action`: where the form is sent. */
must_use Error letter_order_show(Request *request, const LetterOrder *known, Text own, Text action);
/* Makes the draft of request->form and what is known, and goes to its page. */
must_use Error letter_order_take(Request *request, const LetterOrder *known);

/* Links to the forms of these kinds, "/parties/…/letters/notice"; empty for whoever writes no letters. */
Markup letter_links(Html *html, Text own, const LetterKind *kinds, size_t count);

/* ---- Pages of one draft and of one letter, at the desk of its kind: "/letters/…", "/programme/letters/…". The caller has asked who may. */
typedef struct LetterReasonForm {
	Text reason;
} LetterReasonForm;
extern const FormSpec letter_refuse_form, letter_void_form; /* of LetterReasonForm */
must_use Error letter_draft_page(Request *request, const LetterDraft *draft);
must_use Error letter_page(Request *request, const IssuedLetter *letter);
Text letter_url_text(Arena *arena, LetterKind kind, Text ref); /* "/programme/letters/…" */
Text letter_draft_url_text(Arena *arena, LetterKind kind, Text ref);
