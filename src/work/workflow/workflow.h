/*
 * workflow: states, actions, guards, clocks, escalation and assignment, as tables. A subject states its machine once; buttons,
 * diagram, documentation, permissions and the words of the audit all come from that table, and one function applies a row of it.
 */
#pragma once
#include "base/base/base.h"
#include "store/setting/setting.h"

/* Why something may not be done now: an English source text for people, or NULL when nothing stands against it. Pure. */
typedef const char *WorkflowGuard(const void *facts, const Actor *actor);

typedef struct WorkflowState {
	const char *name; /* stored, in addresses and JSON: "FORMAL_REVIEW" */
	const char *text; /* for people */
	const char *turn; /* whose turn it is, for people; NULL when nobody's */
	const char *tone; /* of the status chip: neutral active good warn bad */
	bool final; /* nothing is expected any more; a row may still lead out */
} WorkflowState;

typedef struct WorkflowClock {
	const char *name; /* stored: "formal-review" */
	const char *text; /* what is to be done in this time */
	SettingId limit; /* working days, as the operator has set them when the clock starts */
	const char *rule; /* version of the rule the limit comes from; kept with every clock it started */
} WorkflowClock;

typedef struct Transition {
	const char *from, *action, *to;
	uint32_t who; /* ROLE_… bits */
	WorkflowGuard *only; /* the actor's relation to the matter; says why not: FORBIDDEN, and no button */
	WorkflowGuard *when; /* the matter's own condition; says why not: INVALID, and the button shows the reason */
	const char *clock; /* runs from now on; NULL: none */
	bool pauses; /* the clock that ran until now goes on later instead of ending */
	const char *says; /* the button, and the entry of the history: an imperative */
	const char *form; /* name of the form that the action wants filled in; NULL: none */
} Transition;

typedef struct Matter { /* one row of a subject, as its machine loads it for one actor */
	int64_t id, revision;
	Text ref, state;
	const void *facts; /* what the guards look at */
	int64_t seal_key; /* of the matter */
	Text detail; /* set by `applied`: what the event says beyond its action; sealed */
} Matter;

typedef struct Machine {
	const char *name; /* "report": kind of the subject in clocks, events and assignments */
	const char *text;
	const WorkflowState *states; /* the first one is where a new matter begins */
	size_t state_count;
	const Transition *rows;
	size_t row_count;
	const WorkflowClock *clocks;
	size_t clock_count;
	const char *opening; /* the clock of a matter that begins in the first state; NULL: none */
	/* NOT_FOUND also when the actor may not see it. Runs inside the transaction. */
	Error (*load)(Call *call, Text ref, Matter *out);
	/* Compare-and-swap: changes state and adds one to the revision where both are as given. */
	Error (*move)(Call *call, const Matter *matter, Text to, int64_t *out_changed);
	/* The subject's own changes, notices and letters of a row that was just applied; same transaction. NULL: none. */
	Error (*applied)(Call *call, Matter *matter, const Transition *row, const void *input);
} Machine;

typedef struct Act {
	Text action;
	int64_t revision; /* what the actor saw; 0: whatever it is now */
	const void *input; /* for `applied` */
} Act;

/*
 * Applies the row of the matter's state and this action, in one transaction: role, guards, compare-and-swap, the subject's changes, event and
 * ledger leaf, clocks. *out is the matter as it was loaded, its state the new one.
 * FORBIDDEN: no row of the machine lets this actor do it. CONFLICT: somebody was faster. INVALID: the condition is not met (problem on "action").
 */
must_use Error workflow_act(Call *call, const Machine *machine, Text ref, const Act *act, Matter *out);
/* The same for a matter that the caller has just made or loaded inside its own transaction. */
must_use Error workflow_apply(Call *call, const Machine *machine, Matter *matter, const Act *act);

/* Records that the caller has made this matter, in its first state, and starts its opening clock; inside the transaction. */
must_use Error workflow_begin(Call *call, const Machine *machine, const Matter *matter);

/* ---- Questions to the table; pure */
const WorkflowState *workflow_state(const Machine *machine, Text name); /* NULL: no such state */
const WorkflowClock *workflow_clock(const Machine *machine, const char *name);
/* The row that fits, or NULL with the reason in *out_error (FORBIDDEN, CONFLICT or INVALID) and, of INVALID, *out_why. */
const Transition *workflow_row(
	const Machine *machine, const Matter *matter, const Actor *actor, Text action, Error *out_error, const char **out_why);
typedef struct WorkflowAction {
	const Transition *row;
	const char *why_not; /* NULL: may be done now */
} WorkflowAction;
typedef LIST_OF(WorkflowAction) WorkflowActions;
/* What this actor is offered, in the order of the table. */
WorkflowActions workflow_actions(Arena *arena, const Machine *machine, const Matter *matter, const Actor *actor);
/* What is wrong with the table itself: unknown names, states that cannot be reached or left, clocks that never end. NULL: nothing. */
Text workflow_fault(Arena *arena, const Machine *machine);

/* ---- Clocks */
typedef struct ClockView {
	const WorkflowClock *clock; /* NULL: none runs */
	int64_t started_at, due_at;
	bool provisional; /* the due instant lies beyond the known holiday calendar */
	bool paused, overdue;
	int limit_working_days; /* extensions included */
} ClockView;
must_use Error workflow_clock_of(Call *call, const Machine *machine, int64_t subject_id, ClockView *out);
/* Adds working days to the running clock. CONFLICT: none runs. */
must_use Error workflow_clock_extend(Call *call, const Machine *machine, int64_t subject_id, int working_days);
/* Gives the running clock another limit: for one that depends on the matter, such as its level. CONFLICT: none runs. */
must_use Error workflow_clock_limit(Call *call, const Machine *machine, int64_t subject_id, int working_days);
/* Of the clocks that ran at that instant, or ended in it: whether there was one, and whether every one of them was kept so far. */
must_use Error workflow_clocks_kept(Call *call, const char *machine, int64_t subject_id, int64_t at, bool *out_any, bool *out_kept);
/* Of all clocks of this name the matter ever had: whether there was one, and whether none ever ran out. */
must_use Error workflow_clock_never_over(
	Call *call, const char *machine, int64_t subject_id, const char *name, bool *out_any, bool *out_never);
/* Ends every clock of a matter whose content is destroyed; inside the transaction. */
must_use Error workflow_clocks_end(Call *call, const Machine *machine, int64_t subject_id);
/* Computes every open clock's due instant anew, after a calendar or a rule changed. */
must_use Error workflow_clocks_recompute(Call *call);
/* Marks the clocks that have run out and tells `overdue` of each, at most `max` in one transaction. */
typedef Error WorkflowOverdue(Call *call, Text machine, int64_t subject_id, Text clock);
must_use Error workflow_escalate(Call *call, int64_t max, WorkflowOverdue *overdue, int64_t *out_count);

/* Tells `remind` of clocks whose end is near (setting reminder_hours) and of those that end today (UTC+8), each once for each end, at most `max` of
 * both in one transaction. A clock that was near from its start is told of on its last day only, one that is told of today is no longer near. */
typedef Error WorkflowRemind(Call *call, Text machine, int64_t subject_id, Text clock, bool is_today);
must_use Error workflow_remind(Call *call, int64_t max, WorkflowRemind *remind, int64_t *out_count);

/* ---- Assignment: who works on it, in which part */
must_use Error workflow_assign(Call *call, const Machine *machine, int64_t subject_id, const char *part,
	int64_t person_id); /* ends the part's former assignment */
/* The part's task is held by a deputy for whose it is, until it is handed back: `person_id` is then whose it is. */
must_use Error workflow_hand_over(Call *call, const Machine *machine, int64_t subject_id, const char *part, int64_t person_id);
/* Whose task it is that a deputy holds; 0: nobody holds it for somebody else. */
must_use Error workflow_assigned_for(Call *call, const Machine *machine, int64_t subject_id, const char *part, int64_t *out_for_id);
must_use Error workflow_unassign(Call *call, const Machine *machine, int64_t subject_id, const char *part);
must_use Error workflow_assigned(
	Call *call, const Machine *machine, int64_t subject_id, const char *part, int64_t *out_person_id); /* 0: nobody */

/* ---- What is made of the tables: docs/made/workflow.svg and workflow.md */
void workflow_draw(Arena *arena, FILE *out, const Machine *const *machines, size_t count);
void workflow_describe(FILE *out, Lang lang, const Machine *const *machines, size_t count);
