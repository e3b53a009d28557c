/*
 * desk: everyone's own page: what waits for them and until when, what is theirs, what others did since they last looked, what they have not read.
 * It decides nothing: each list is the one that the subject itself gives to this actor, in one statement for each kind.
 */
#pragma once
#include "work/form/form.h"
#include "work/workflow/worklist.h"

enum { DESK_DAYS = 14, DESK_OPEN_MAX = 200, DESK_PAGE = 20, DESK_OWN = 25, DESK_EVENTS = 12, DESK_UNREAD = 10, DESK_DEADLINES = 30 };

typedef struct DeskTask { /* something else that waits, in another room */
	const char *text; /* English source text */
	Text path;
	int64_t count;
} DeskTask;

typedef struct Desk {
	WorkLines turn; /* what waits for the actor, overdue first, from `after` on */
	WorkLines deadlines; /* that end within DESK_DAYS days or have ended, of everything that concerns the actor */
	WorkLines unread; /* with unread messages */
	WorkLines reports, parties; /* the actor's own and its vendor's, newest first */
	WorkCounts counts; /* queues the actor works on */
	WorkEvents events; /* of the last DESK_DAYS days, newest first */
	LIST_OF(DeskTask) tasks;
	DraftLines drafts;
	int64_t turn_total, deadline_total, overdue, unread_total, news; /* news: events after seen_at */
	int64_t seen_at; /* 0: never looked */
	bool has_more_reports, has_more_parties;
	Text next; /* key of the last line of `turn` shown, when there are more; else no text */
} Desk;

/* after: key of the last line seen, no text to begin with. A token sees the kinds that its scopes name. */
must_use Error desk_load(Call *call, Text after, Desk *out);
/* Every clock of the actor's that runs, as `deadlines` but however far away its end, the earliest first; at most DESK_OPEN_MAX of each kind. */
must_use Error desk_deadlines(Call *call, WorkLines *out);
must_use Error desk_unread(Call *call, int64_t *out); /* messages */
/* Everything that happened until now has been seen. */
must_use Error desk_mark_seen(Call *call);

struct RouteTable;
extern const struct RouteTable desk_routes, desk_api_routes, calendar_routes;
