/*
 * honour: recommendations for the honours of the ministry (推优). The rule of each honour, which the operator keeps with its words, proposes who is
 * recommended for a year; people confirm the list, it goes out with a letter, and what the ministry awards is noted with the number of its document
 * and shown. The library recommends; the honours are the ministry's.
 */
#pragma once
#include "people/org/org.h"
#include "store/setting/wordlist.h"
#include "work/form/form.h"
#include "work/letter/letter.h"
#include "work/workflow/workflow.h"

struct RouteTable;
extern const struct RouteTable honour_routes, honour_letter_routes;
extern const Machine honour_machine;
/* Each honour with its rule as the source: "direction=technical", "lines=find-,deed-emergency", "most=3", "least=30.00", a line each. */
extern const Wordlist merit_honours;
const Form *honour_action_form(const char *name);

typedef struct HonourRule {
	Text direction; /* technical partner any */
	Text lines; /* beginnings of names of lines of the points rule, apart by commas; empty: all */
	int64_t most, least; /* how many are recommended; with at least so many points, in hundredths */
} HonourRule;
must_use bool honour_rule_parse(Text text, HonourRule *out);

typedef struct HonourList {
	int64_t id, revision, seal_key, year, proposed_by, updated_at;
	Text ref, state, letter, letter_on, award, award_on; /* documents; empty: not yet */
} HonourList;
typedef LIST_OF(HonourList) HonourLists;
typedef struct Honour {
	int64_t id, place, points, year;
	Text ref, code, name, struck,
		award; /* name: in the reader's language; struck: why it is not on the list (any more); may be empty */
	Organisation organisation;
} Honour;
typedef LIST_OF(Honour) Honours;

/* ---- For secretaries, and supervisors to read, with second factor. NOT_FOUND: hidden or absent. */
must_use Error honour_open(Call *call, Text ref, HonourList *out);
must_use Error honour_lists(Call *call, HonourLists *out); /* newest first */
must_use Error honour_of_list(Call *call, const HonourList *list, Honours *out);
/* By a secretary. INVALID: year: it has more than two months left, there is a list for it, or the rule of an honour cannot be read. */
must_use Error honour_begin(Call *call, Text year, Text *out_ref);
/* Before it is proposed, after it was sent, or after the award: this one is not on the list (any more), with the reason. INVALID: honour, reason. */
must_use Error honour_strike(Call *call, Text list_ref, Text honour_ref, Text reason);
must_use Error honour_act(Call *call, Text ref, Text action, int64_t revision, const Map *values);
/* The letter to the ministry (报送函), or the list by itself (推荐名单). CONFLICT: it is not confirmed. */
must_use Error honour_letter_order(Call *call, const HonourList *list, LetterKind kind, LetterOrder *out);
void honour_matter(Call *call, const HonourList *list, Matter *out);
/* ---- For everybody: what was awarded */
must_use Error honour_awarded(Call *call, int64_t year, Honours *out); /* of a year; NOT_FOUND: none */
must_use Error honour_years(Call *call, Numbers *out); /* newest first */
must_use Error honour_of_organisation(Call *call, int64_t organisation_id, Honours *out); /* newest first */
