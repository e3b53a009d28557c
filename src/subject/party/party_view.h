/* What the templates of this room show. */
#pragma once
#include "subject/party/party.h"
#include "work/form/action_view.h"
#include "work/thread/thread_view.h"

extern const ThreadMatter party_thread_matter; /* for the rows of its conversations */

/* For pages and API: the party the address names, its reading recorded. */
must_use Error party_load(Request *request);

typedef struct PartyStatementView {
	Text title, person;
	int64_t at;
	Markup facts;
} PartyStatementView;

typedef struct PartyShowView {
	const Party *party;
	Text stage_text, tone, level_text;
	Markup steps, clock, duty_clock, appeals, actions, facts, versions, attempts, copies, threads, history, readers, letters;
	LIST_OF(PartyStatementView) statements;
	Url notice, receipt, duty, duty_receipt; /* may be empty */
	bool waits_for_signature, is_claimed;
	Text claimed_by;
} PartyShowView;

typedef struct PartyListView {
	Markup filters, table, empty, pager, checks;
	Url claim, deliveries, teams, figures; /* claim empty for the library; deliveries: of a partner */
} PartyListView;

typedef struct PartyClaimView {
	Markup field, done;
	Url action;
} PartyClaimView;

typedef struct PartyDutyView {
	Markup facts;
	Text number, vendor;
	Url receipt, back;
} PartyDutyView;

/* Forms of the letters that it calls for now; empty: none, or not for this reader. */
Markup party_letters(Html *html, const Party *party);
/* The page of a party but its frame. `failed`: the action whose form is shown again; no text: none. */
must_use Error party_show_fill(Html *html, const Party *party, Text failed, PartyShowView *view);
Markup party_table(Html *html, const PartyLines *lines, Text caption, bool names_vendor);
const char *party_tone(Text state);
