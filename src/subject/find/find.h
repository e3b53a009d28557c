/*
 * find: certificates of original finds. Each month the published conditions (report_conditions) make a list of the finds that were accepted in it;
 * one coordinator proposes it, another one confirms it, and each find on it gets its certificate, with finder and organisation as of submission and
 * the finder named as the report asks. What the register shows of a find is its archived number, class and level: never a product or a title.
 */
#pragma once
#include "store/setting/wordlist.h"
#include "work/form/form.h"
#include "work/workflow/workflow.h"

struct RouteTable;
extern const struct RouteTable find_routes, find_list_routes;
extern const Machine find_machine, find_list_machine;
extern const Wordlist find_reasons; /* why a certificate is revoked; the word is shown to everybody, nothing else of the reason */
const Form *find_action_form(const char *name);

typedef struct FindList {
	int64_t id, revision, seal_key, month, rule, proposed_by, updated_at; /* month: 202610; rule: version of the conditions */
	Text ref, state, document; /* document: of the decision; may be empty */
} FindList;
typedef LIST_OF(FindList) FindLists;
typedef struct Find {
	int64_t id, revision, seal_key, list_id, report_id, person_id, organisation_id, received_at, wish_by, updated_at;
	Text ref, state, casefile, number, class_tag, level; /* casefile: its ref; number: as it was archived */
	Text name, organisation; /* as the certificate names the finder; empty: anonymous, none */
	Text struck, certificate, wish, review, reason; /* may be empty; review: gone duplicate; reason: of the revocation */
	bool is_draft; /* its list waits for a proposal */
} Find;
typedef LIST_OF(Find) Finds;

/* ---- For coordinators with second factor. NOT_FOUND: hidden or absent. */
must_use Error find_list_open(Call *call, Text ref, FindList *out);
must_use Error find_lists(Call *call, int64_t before, int64_t max, FindLists *out); /* newest first */
must_use Error find_of_list(Call *call, const FindList *list, Finds *out);
must_use Error find_open(Call *call, Text ref, Find *out);
/* "2026-10": a month that is over, in Beijing time. INVALID: month: it is none, it is not over, or there is a list for it. */
must_use Error find_list_begin(Call *call, Text month, Text *out_ref);
must_use Error find_list_act(Call *call, Text ref, Text action, int64_t revision, const Map *values);
must_use Error find_act(Call *call, Text ref, Text action, int64_t revision, const Map *values);
void find_list_matter(Call *call, const FindList *list, const Finds *finds, Matter *out);
void find_matter(Call *call, const Find *find, Matter *out);
const char *find_review_text(Text review); /* English source text; NULL: no review is open */

/* Whether what certified finds rest on still stands; coordinators are told of each that does not, once. For a job. */
must_use Error find_advance(Call *call, int64_t *out_count);
