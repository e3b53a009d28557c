/* What the templates of this room show. */
#pragma once
#include "subject/report/report.h"
#include "work/cover/cover_view.h"
#include "work/form/action_view.h"
#include "work/thread/thread_view.h"

extern const ThreadMatter report_thread_matter; /* for the rows of its conversations */

/* Loads the draft that an address names; a visitor's by the cookie. */
must_use Error report_load_draft(Request *request);
must_use Error report_load_own_draft(Request *request); /* of machines: the account's own */
/* Where what looks like personal data in it is decided about. A report: only where it is one's own and takes files. */
void report_draft_cover(Arena *arena, Draft *draft, CoverPlace *out);
bool report_may_cover(const Report *report);
void report_cover(Arena *arena, const Report *report, CoverPlace *out);
/* Loads the report that an address names, for pages; a claim code in the cookie opens its own. */
must_use Error report_load(Request *request);
/* A claim code in the cookie opens what belongs to its report, with or without account. */
void report_take_claim(Request *request);
/* Answers with the sealed package of request->subject; CONFLICT when it was not handed on. */
must_use Error transfer_reply(Request *request);
/* What was decided and by which rule; empty while nothing is. */
must_use Error decision_markup(Html *html, const Report *report, Markup *out);
/* What a rejection or transfer says, as it stood when it was decided. */
must_use Error report_decision_word(Call *call, const Report *report, Word *out, bool *out_found);
/* For the staff: the package of a report that was handed to another library; empty for others. */
must_use Error transfer_markup(Html *html, const Report *report, Markup *out);

/* For coordinators: what whoever had the formal review said, and whom it can be given to. */
must_use Error review_json(Call *call, JsonWriter *writer, const Report *report);
/* Reports that may speak of the same; empty when there is none. */
must_use Error candidates_markup(Html *html, const Map *values, int64_t except, Markup *out);
must_use Error candidates_json(Call *call, JsonWriter *writer, const Report *report);
/* Published records that may speak of the same; empty when there is none. */
must_use Error published_markup(Html *html, const Map *values, Markup *out);
must_use Error published_json(Call *call, JsonWriter *writer, const Report *report);
bool report_is_reviewed(const Call *call, const Report *report); /* the actor is to check it for duplicates */

typedef struct IntakeStartView {
	FormView form;
	Url action, claim, rating;
	Markup drafts;
} IntakeStartView;

typedef struct IntakeFormView {
	FormView form;
	Url action, autosave, discard, rating;
	Markup files, banner;
} IntakeFormView;

typedef struct IntakeProductView {
	Markup filters, choices, empty, pager;
	Url action, back;
} IntakeProductView;

typedef struct IntakeCheckView {
	Facts facts;
	Markup files, certificate, alike, published, banner;
	Markup mail; /* of visitors */
	Text challenge, wait;
	int bits;
	Url back, send;
	bool is_visitor;
} IntakeCheckView;

typedef struct ReceiptView {
	Text claim_code, document;
	Url status, download;
	Markup facts, clock;
} ReceiptView;

typedef struct ReportShowView {
	const Report *report;
	Text state_text, tone, casefile_number, former_number;
	Markup steps, clock, embargo, actions, facts, files, threads, upload_field, readers, certificate, decision, package, alike,
		published, opinions, candidates, banner, kept;
	bool is_reviewed; /* the reader checks it for duplicates */
	Text suspect; /* why it looks like spam, for the staff; may be empty */
	Url earlier_proof, earlier_stamp; /* may be empty */
	Markup known; /* the proposal that waits; may be empty */
	Url take_over, appeal; /* may be empty */
	Text appeal_text;
	Markup appeal_until; /* may be empty */
	Url receipt, advisory, upload, letter; /* may be empty: advisory, upload, letter */
} ReportShowView;

must_use Error review_markup(Html *html, const Report *report, ReportShowView *view); /* fills opinions and candidates */

typedef struct ReportListView {
	Markup filters, table, empty, pager;
} ReportListView;

typedef struct ClaimView {
	Markup field;
	Url action;
} ClaimView;
