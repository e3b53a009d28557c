/*
 * delivery: first letters to vendors that a partner (a store, a platform) hands over. Each partner is given one package: for each vendor a letter with
 * a claim code of its own and nothing of the vulnerability, marked for its vendor and the partner. The partner confirms receipt and reports what became
 * of each letter; what it reports moves the party. It sees the names on the letters of its own packages, and neither a casefile nor what a vendor does.
 */
#pragma once
#include "subject/party/party.h"

enum { DELIVERY_LETTERS_MAX = 200 };

typedef struct Delivery {
	int64_t id, revision, seal_key, casefile_id, partner_id, sent_by, sent_at, received_at, updated_at; /* received_at 0: not yet */
	int64_t letters, waiting, delivered, returned; /* returned: bounced, refused, or the vendor is unknown there */
	Text ref, state, partner; /* partner: its name */
	bool is_partner, is_staff; /* the actor: a member of the partner; a coordinator who is not */
	const struct DeliveryFacts *facts;
} Delivery;
typedef LIST_OF(Delivery) Deliveries;
extern const Machine delivery_machine;
const Form *delivery_action_form(const char *name);

/* NOT_FOUND: hidden or absent. */
must_use Error delivery_open(Call *call, Text ref, Delivery *out);
/* Of the actor's organisation, as long as it is a partner; for coordinators all. Newest first. */
must_use Error delivery_list(Call *call, int64_t before, int64_t max, Deliveries *out);
must_use Error delivery_of_casefile(Call *call, int64_t casefile_id, int64_t max, Deliveries *out); /* coordinators */
void delivery_matter(const Delivery *delivery, Matter *out);
must_use Error delivery_act(Call *call, Text ref, Text action, int64_t revision, const Map *values);

typedef struct DeliveryLetter {
	int64_t id, delivered_at, reported_at, fetched; /* 0: not yet */
	Text ref, vendor, outcome; /* vendor: as the letter names it */
	Text to, note; /* as reported; may be empty */
	Text party; /* its ref; empty for the partner */
} DeliveryLetter;
typedef LIST_OF(DeliveryLetter) DeliveryLetters;
/* In the order of the package. after: id of the last one seen, 0 to begin with. */
must_use Error delivery_letters(Call *call, const Delivery *delivery, int64_t after, int64_t max, DeliveryLetters *out);
const char *delivery_outcome_text(Text outcome); /* English source text */
const char *delivery_outcome_tone(Text outcome);

/* The casefile's ref for whoever may read it, with a second factor; for everybody else, the partner too, no text. */
must_use Error delivery_casefile(Call *call, const Delivery *delivery, Text *out_ref);

/* ---- Letters across packages: what waits at a platform. What waits comes oldest first, what was reported newest first. */
typedef struct DeliveryWork {
	DeliveryLetter letter;
	int64_t partner_id, sent_at, due_at; /* due_at: of the package's clock; 0: it is over or stands still */
	Text package, state, partner; /* state: of the package; partner: its name */
} DeliveryWork;
typedef LIST_OF(DeliveryWork) DeliveryWorks;
typedef struct DeliveryWorkFilter {
	Text outcome; /* one that delivery_outcome_text knows */
	Text partner; /* credit code, asked by coordinators; empty: every partner. Members of a partner read their own, whatever stands here */
	int64_t beyond; /* id of the letter last seen; 0: from the beginning */
} DeliveryWorkFilter;
/* USAGE: outcome. A partner that there is not has no letters. */
must_use Error delivery_work(Call *call, const DeliveryWorkFilter *filter, int64_t max, DeliveryWorks *out);

/* ---- Handing out, by coordinators */
typedef struct DeliveryOrder {
	int64_t casefile_id;
	Text partner; /* its unified social credit code */
	const Text *parties; /* refs */
	size_t count;
	const Map *notice; /* of the form party-notify: what each vendor reads once it has signed; "way" and "evidence" are filled here */
} DeliveryOrder;
/* All or nothing: each party gets its letter. INVALID with problems: "partner" is none of this country; "parties" none, too many, not of this casefile,
 * or one that may not go this way; fields of the notice. */
must_use Error delivery_send(Call *call, const DeliveryOrder *order, Text *out_ref);

/* The partners that letters may be given to, for coordinators. */
must_use Error delivery_partner_list(Call *call, Organisations *out);

/* ---- What became of letters, by the partner once it has confirmed receipt */
typedef struct DeliveryWord {
	Text letter, outcome, to, note; /* outcome: delivered bounced refused unknown, or the same in Chinese */
	Text at; /* "2026-03-05 14:00" in UTC+8, or with an offset; may be empty unless it was delivered */
} DeliveryWord;
typedef struct DeliveryResult {
	Text letter; /* as it was given */
	const char *why_not; /* English source text; NULL: it stands as reported */
	bool is_new; /* false: it stood so before */
} DeliveryResult;
typedef LIST_OF(DeliveryResult) DeliveryResults;
/* Each word by itself: what is wrong is told in its result and nothing of it is stored. FORBIDDEN: not the partner. CONFLICT: receipt is not confirmed, or
 * the package is closed. INVALID: more words than a package has letters. */
must_use Error delivery_report(Call *call, Text ref, const DeliveryWord *words, size_t count, DeliveryResults *out);
/* The same from a table (RFC 4180) with heads, in any order: letter, outcome, delivered_at, to, note. INVALID with a problem on "table": it is none. */
must_use Error delivery_report_table(Call *call, Text ref, Text table, DeliveryResults *out);

/* ---- Letters as files; fetching is recorded. By the partner, or a coordinator. */
must_use Error delivery_letter_pdf(
	Call *call, const Delivery *delivery, Text letter, Text *out_pdf); /* NOT_FOUND; CONFLICT: it was called back */
/* Those that wait, and the table to be filled in, as an archive. */
must_use Error delivery_package(Call *call, const Delivery *delivery, Text *out_zip);

/* ---- Figures */
typedef struct DeliveryFigures {
	int64_t packages, letters, delivered, returned, waiting;
	int64_t median_hours; /* from handing out to delivery; -1: nothing was delivered yet */
} DeliveryFigures;
/* Of a partner, over its newest thousand letters. Its own members and coordinators; for others NOT_FOUND. */
must_use Error delivery_figures(Call *call, int64_t partner_id, DeliveryFigures *out);

/* Told by jobs. */
must_use Error delivery_deadline(Call *call, int64_t id, bool is_over, bool is_today);

struct RouteTable;
extern const struct RouteTable delivery_routes, delivery_work_routes, delivery_api_routes;
