/* The activity's machine. */
#include "subject/programme/activity/activity_private.h"

static const char *is_another(const void *facts, const Actor *actor)
{
	const ActivityFacts *activity = facts;
	return activity->writer_id == actor->person_id ? N_("Whoever wrote it does not announce it.") : NULL;
}

static const char *did_not_mark(const void *facts, const Actor *actor)
{
	const ActivityFacts *activity = facts;
	return activity->marked_by == actor->person_id ? N_("Whoever marked the attendance does not confirm it.") : NULL;
}

static const char *is_to_come(const void *facts, const Actor *actor)
{
	const ActivityFacts *activity = facts;
	(void)actor;
	return activity->now < activity->closes_at ? NULL : N_("Its registration would be over already.");
}

static const char *has_opened(const void *facts, const Actor *actor)
{
	const ActivityFacts *activity = facts;
	(void)actor;
	return activity->opens_at <= activity->now ? NULL : N_("Its hour has not come.");
}

/* A secretary may close it early. */
static const char *has_closed(const void *facts, const Actor *actor)
{
	const ActivityFacts *activity = facts;
	if (!actor_has(actor, ROLE_SYSTEM)) return NULL;
	return activity->closes_at <= activity->now ? NULL : N_("Its hour has not come.");
}

static const char *is_over(const void *facts, const Actor *actor)
{
	const ActivityFacts *activity = facts;
	(void)actor;
	if (activity->now < activity->ends_at) return N_("It is not over yet.");
	return activity->has_waiting ? N_("A result waits for its second person.") : NULL;
}

static const WorkflowState states[] = {
	{ "DRAFT", N_("Draft"), N_("a selection secretary"), "neutral", false },
	{ "ANNOUNCED", N_("Announced"), N_("a selection secretary"), "active", false },
	{ "OPEN", N_("Registration open"), N_("whoever takes part"), "good", false },
	{ "CLOSED", N_("Registration closed"), N_("a selection secretary"), "active", false },
	{ "DONE", N_("Held"), NULL, "neutral", true },
	{ "CANCELLED", N_("Cancelled"), NULL, "bad", true },
	{ "DISCARDED", N_("Discarded"), NULL, "neutral", true },
};

#define OFFICE ROLE_SECRETARY
static const char cancels[] = N_("Cancel the activity");
static const Transition rows[] = {
	{ "DRAFT", "announce", "ANNOUNCED", OFFICE, is_another, is_to_come, NULL, false, N_("Announce it"), NULL },
	{ "DRAFT", "discard", "DISCARDED", OFFICE, NULL, NULL, NULL, false, N_("Discard the draft"), NULL },
	{ "ANNOUNCED", "start", "OPEN", OFFICE | ROLE_SYSTEM, NULL, has_opened, NULL, false, N_("Open the registration"), NULL },
	{ "ANNOUNCED", "cancel", "CANCELLED", OFFICE, NULL, NULL, NULL, false, cancels, "activity-cancel" },
	{ "OPEN", "close", "CLOSED", OFFICE | ROLE_SYSTEM, NULL, has_closed, NULL, false, N_("Close the registration"), NULL },
	{ "OPEN", "cancel", "CANCELLED", OFFICE, NULL, NULL, NULL, false, cancels, "activity-cancel" },
	{ "CLOSED", "finish", "DONE", OFFICE, did_not_mark, is_over, NULL, false, N_("Confirm the attendance and close it"), NULL },
	{ "CLOSED", "cancel", "CANCELLED", OFFICE, NULL, NULL, NULL, false, cancels, "activity-cancel" },
};

const Machine activity_machine = {
	.name = "activity",
	.text = N_("Activity"),
	.states = states,
	.state_count = COUNT(states),
	.rows = rows,
	.row_count = COUNT(rows),
	.load = activity_machine_load,
	.move = activity_machine_move,
	.applied = activity_machine_applied,
};
