/*
 * worklist: what a subject tells of its matters to somebody's own page, whatever their kind. A kind is one Worklist; each function asks the
 * subject's own rule of who may read, in one statement however many matters there are, and gives nothing that the reader may not see.
 */
#pragma once
#include "work/workflow/workflow.h"

/* What a reader is to a matter. */
typedef enum WorkPart {
	WORK_REPORTER = 1 << 0,
	WORK_VENDOR = 1 << 1,
	WORK_VERIFIER = 1 << 2,
	WORK_COORDINATOR = 1 << 3, /* of this matter, or of the queue that all coordinators share */
	WORK_PUBLISHER = 1 << 4,
	WORK_AUTHORITY = 1 << 5, /* it is escalated to them */
	WORK_APPLICANT = 1 << 6,
	WORK_SECRETARY = 1 << 7, /* of selection rounds: a queue that all secretaries share */
	WORK_INSPECTOR = 1 << 8,
	WORK_APPELLANT = 1 << 9,
	WORK_PANEL = 1 << 10, /* a seat in the panel of a dispute */
	WORK_AUTHOR = 1 << 11, /* its organisation writes it */
	WORK_RECIPIENT = 1 << 12, /* its organisation was told, and has not signed for it */
} WorkPart;

typedef struct WorkLine { /* one matter */
	const Machine *machine;
	int64_t id, updated_at, unread; /* unread: messages in the conversations the reader belongs to */
	Text number, path; /* as people call it; its page */
	Text title; /* empty: not in a list for this reader */
	const WorkflowState *state;
	uint32_t parts; /* WORK_… bits of the reader */
	ClockView clock; /* the one that runs */
	bool is_stage; /* what the reader sees is the stage of a matter further on: never the reader's turn */
} WorkLine;
typedef LIST_OF(WorkLine) WorkLines;

typedef struct WorkEvent { /* what somebody else did */
	const Machine *machine;
	int64_t id, at; /* id: of the event */
	Text number, path, title; /* as WorkLine */
	Text words; /* in the reader's language */
} WorkEvent;
typedef LIST_OF(WorkEvent) WorkEvents;

typedef struct WorkCount { /* matters of a state that wait in a queue which the reader works on */
	const Machine *machine;
	const WorkflowState *state;
	int64_t count, overdue, unassigned;
	Text path; /* of the queue */
} WorkCount;
typedef LIST_OF(WorkCount) WorkCounts;

typedef struct Worklist {
	const Machine *machine;
	/* Appends those whose clock runs and that concern the reader, the earliest end first; at most `max`. */
	Error (*open)(Call *call, int64_t max, WorkLines *lines);
	/* The reader's own, ended ones too, newest first; before: id of the last one seen, 0 to begin with. NULL: this kind belongs to nobody. */
	Error (*own)(Call *call, int64_t before, int64_t max, WorkLines *lines);
	/* Appends what others did since then, newest first. */
	Error (*events)(Call *call, int64_t since, int64_t max, WorkEvents *events);
	/* Appends the queues, in the order of the machine. NULL: none. */
	Error (*counts)(Call *call, WorkCounts *counts);
} Worklist;

/* Whose turn it is in this state, as the machine's words for people say: WORK_… bits. 0: nobody's. Pure. */
uint32_t work_turn(const WorkflowState *state);
bool work_is_turn(const WorkLine *line);

/* ---- For the subjects */
/* The names of the machine's actions, for `action IN`; with `moves` only of those that change the state. */
Texts work_actions(Arena *arena, const Machine *machine, bool moves);
/* What an event is called: the state it leads to, else what its button says. */
Text work_words(Lang lang, const Machine *machine, Text action);
/* A clock as a list's statement gives it. No name: none runs. */
ClockView work_clock(
	const Machine *machine, Text name, int64_t started_at, int64_t due_at, bool provisional, int64_t limit_days, int64_t now);
