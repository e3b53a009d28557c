#include "app/demo_letter.h"

#include "subject/programme/letters/letters.h"

static bool is_written(const RoundLetters *letters, const RoundOffer *offer)
{
	for (size_t i = 0; i < letters->count; i++)
		if (letters->at[i].stand.kind == offer->kind && text_is(letters->at[i].about, offer->about)) return true;
	return false;
}

static Error write_one(Call *call, const Round *round, const RoundOffer *offer, const Actor *second)
{
	const Actor *first = call->actor;
	LetterOrder order;
	Text draft, letter;
	TRY(letters_order(call, round, offer->kind, offer->about, &order));
	TRY(letters_draft(call, round, offer->about, &order, &draft));
	if (!second) return OK;
	call->actor = second;
	TRY(letter_approve(call, LETTER_PROGRAMME, draft, &letter));
	call->actor = first;
	return OK;
}

static Error write_all(Call *call, const Actor *first, const Actor *second, Text ref, size_t most)
{
	Round round;
	RoundOffers offers;
	RoundLetters letters;
	const Actor *before = call->actor;
	call->actor = first;
	TRY(round_open(call, ref, &round));
	TRY(letters_offers(call, &round, &offers));
	TRY(letters_of_round(call, &round, &letters));
	for (size_t i = 0; i < offers.count && most; i++) {
		ArenaMark mark = arena_mark(call->arena);
		if (letter_kind_is_sheet(offers.at[i].kind) || is_written(&letters, &offers.at[i])) continue;
		TRY(write_one(call, &round, &offers.at[i], second));
		most--;
		arena_release(call->arena, mark);
	}
	call->actor = before;
	return OK;
}

Error demo_letters(Call *call, const DemoSelectors *office, Text round)
{
	return write_all(call, office->first, office->second, round, SIZE_MAX);
}

Error demo_letter_waits(Call *call, const Actor *writer, Text round) { return write_all(call, writer, NULL, round, 1); }
