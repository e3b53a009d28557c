/*
 * letters: the letters and sheets of a round. Which ones there are, when the round offers them and what they say of whom is a table; each is filled from
 * the room it belongs to, written by a secretary, approved by another person, and stands in the register of letters. Sheets are printed and filled in by
 * hand. Whoever may not see what a letter is about sees neither the letter nor that there is one.
 */
#pragma once
#include "subject/programme/decision/decision.h"
#include "work/letter/letter.h"

struct RouteTable;
extern const struct RouteTable round_letters_routes, programme_letter_routes, programme_letter_api_routes;

typedef struct RoundOffer { /* a letter or sheet that can be made now */
	LetterKind kind;
	Text about; /* what it is about, in addresses: an application, an inspection, an objection, a panel, or PANEL-EXPERT */
	Text recipient; /* of a sheet: what it is for */
} RoundOffer;
typedef LIST_OF(RoundOffer) RoundOffers;
/* ---- For secretaries and supervisors with second factor; without what the actor may not see */
must_use Error letters_offers(Call *call, const Round *round, RoundOffers *out);
/* What the letter or sheet says. NOT_FOUND: it is not offered now, or hidden. */
must_use Error letters_order(Call *call, const Round *round, LetterKind kind, Text about, LetterOrder *out);
/* By one of those who write such letters (letter_kind_writers): the draft of an order of this round. */
must_use Error letters_draft(Call *call, const Round *round, Text about, const LetterOrder *order, Text *out_draft);

typedef struct RoundLetter { /* a draft, and what became of it */
	int64_t id;
	Text draft, about;
	LetterStand stand;
} RoundLetter;
typedef LIST_OF(RoundLetter) RoundLetters;
must_use Error letters_of_round(Call *call, const Round *round, RoundLetters *out); /* newest first */
/* Before anything of a draft or a letter of the programme is shown, by its ref. NOT_FOUND: hidden or absent. */
must_use Error letters_may_draft(Call *call, Text ref);
must_use Error letters_may_letter(Call *call, Text ref);
/* As letter_approve; who objects is told that the answer is there. */
must_use Error letters_approve(Call *call, Text draft, Text *out_letter);
