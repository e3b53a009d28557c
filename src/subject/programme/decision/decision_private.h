/* What the files of this room share. */
#pragma once
#include "people/notice/notice.h"
#include "subject/programme/decision/decision.h"
#include "subject/programme/decision/decision.sql.h"

enum { DECISION_ENTRIES_MAX = 500, DECISION_LISTS_MAX = 50, OBJECTIONS_SHOWN_MAX = 500 };

/* ---- A round from its decision on */
typedef struct DecisionProposal { /* one that stands, and what the rules give it */
	ApplicationLine line;
	int64_t rank, stars; /* stars: by the rule; rank 0: below the line */
	Fraction total;
	bool is_twice; /* after a merger the organisation stands twice in this direction */
} DecisionProposal;
typedef LIST_OF(DecisionProposal) DecisionProposals;
typedef struct DecisionState {
	Round round;
	DecisionProposals proposals; /* PROPOSED, and those that were listed before and stand; by direction and rank */
	DecisionLists publicity, announcements;
	DecisionRow waiting; /* `is_waiting`: publicity, entered and not decided yet … */
	DecisionRow announcing; /* … and the same of an announcement */
	bool is_waiting, is_announcing;
} DecisionState;
/* Everything, whoever asks. */
must_use Error decision_load(Call *call, const Round *round, DecisionState *out);
/* For secretaries and supervisors with second factor. NOT_FOUND: no such round, or its decision is not due yet. */
must_use Error decision_office(Call *call, Text ref, DecisionState *out);
bool decision_is_state(Text state, const char *name);
bool decision_is_listed(const DecisionLists *lists, int64_t application_id);
must_use Error decision_lines(Call *call, int64_t round_id, const char *state, ApplicationLines *out); /* as the system sees them */
/* Form of the list: for each that is proposed "stars-REF" and "reason-REF"; and the document. */
const Form *decision_list_form(Call *call, const DecisionState *state, Map **out_known);
/* What was entered; starred: how many are listed. */
must_use Error decision_values(Call *call, const DecisionRow *row, Map **out, size_t *out_starred);
must_use Error decision_moves(Call *call, const Round *round, const char *action); /* the round, by the system */
Text decision_place(Arena *arena, Text ref);
/* The next number of the register for a list that was decided without one: the letter is issued with it, in the caller's transaction. */
must_use Error decision_letter_issue(Call *call, const Round *round, const DecisionList *list, const DecisionRow *row, Text *out_number);
void decision_letter_order(Call *call, const Round *round, const DecisionList *list, int64_t seal_key, LetterOrder *out);
bool decision_has_news(const DecisionState *state); /* something can be announced: somebody, or that nobody was chosen */

/* Why this actor may not decide about these: English source text; NULL: nothing. `line` NULL: about nobody in particular. `of_list`: whoever decided
 * the list does not judge what is said against it. */
must_use Error decision_involvement(Call *call, const Round *round, const ApplicationLine *line, bool of_list, const char **out);
must_use Error decision_line_of(Call *call, int64_t application_id, ApplicationLine *out); /* of the round, as the system sees it */
must_use Error decision_record(Call *call, const Round *round, int64_t seal_key, const char *action, Text detail);
must_use Error decision_may(Call *call, uint32_t roles);

/* ---- Objections */
typedef struct ObjectionFacts { /* what the guards look at */
	int64_t handler_id;
	Text verdict;
	bool is_staff, is_masked;
	const char *involvement;
} ObjectionFacts;
must_use Error objection_machine_load(Call *call, Text ref, Matter *out);
must_use Error objection_machine_move(Call *call, const Matter *matter, Text to, int64_t *out_changed);
must_use Error objection_machine_applied(Call *call, Matter *matter, const Transition *row, const void *input);
must_use Error objection_person(
	Call *call, const ObjectionRow *row, int64_t *out_person); /* whose account objected; 0: none, or it is forgotten */
must_use Error objection_tell(Call *call, const ObjectionRow *row, NoticeKind kind); /* who objects, by account and by code */
must_use Error objection_of_row(Call *call, const ObjectionRow *row, bool shows_objector, Objection *out);
