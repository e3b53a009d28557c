/* The machine of a batch. */
#include "subject/batch/batch_private.h"

static const char *is_own(const void *facts, const Actor *actor)
{
	const BatchFacts *batch = facts;
	return actor->person_id && batch->person_id == actor->person_id ? NULL : N_("It is somebody else's.");
}

static const char *has_file(const void *facts, const Actor *actor)
{
	return ((const BatchFacts *)facts)->has_file ? is_own(facts, actor) : N_("A corrected file comes with its bytes.");
}

static const char *can_send(const void *facts, const Actor *actor)
{
	const BatchFacts *batch = facts;
	(void)actor;
	if (!batch->ready) return N_("No row is ready to be sent.");
	if (batch->left_of_day >= 0 && batch->ready > batch->left_of_day)
		return N_("These are more reports than you may send within a day. Please leave some rows out.");
	return NULL;
}

static const WorkflowState states[] = {
	{ "READING", N_("Being read"), N_("the library"), "active", false },
	{ "PREVIEW", N_("Preview, nothing is sent yet"), N_("whoever sends it"), "warn", false },
	{ "RUNNING", N_("Being sent"), N_("the library"), "active", false },
	{ "DONE", N_("Sent"), NULL, "good", true },
	{ "CANCELLED", N_("Cancelled"), NULL, "neutral", true },
	{ "REFUSED", N_("The file could not be read"), NULL, "bad", true },
};

#define OWNER ROLE_REPORTER
static const char cancels[] = N_("Cancel the batch");
static const Transition rows[] = {
	/* from      action     to          who            only    when      clock pauses says */
	{ "READING", "read", "PREVIEW", ROLE_SYSTEM, NULL, NULL, NULL, false, N_("Show the rows"), NULL },
	{ "READING", "refuse", "REFUSED", ROLE_SYSTEM, NULL, NULL, NULL, false, N_("Refuse the file"), NULL },
	{ "READING", "cancel", "CANCELLED", OWNER, is_own, NULL, NULL, false, cancels, NULL },
	{ "PREVIEW", "send", "RUNNING", OWNER, is_own, can_send, NULL, false, N_("Send the rows that are ready"), NULL },
	{ "PREVIEW", "replace", "READING", OWNER, has_file, NULL, NULL, false, N_("Put a corrected file in its place"), NULL },
	{ "PREVIEW", "cancel", "CANCELLED", OWNER, is_own, NULL, NULL, false, cancels, NULL },
	{ "PREVIEW", "lapse", "CANCELLED", ROLE_SYSTEM, NULL, NULL, NULL, false, N_("Cancel, because nobody went on with it"), NULL },
	{ "REFUSED", "replace", "READING", OWNER, has_file, NULL, NULL, false, N_("Put a corrected file in its place"), NULL },
	{ "RUNNING", "finish", "DONE", ROLE_SYSTEM, NULL, NULL, NULL, false, N_("End the sending"), NULL },
	{ "RUNNING", "cancel", "CANCELLED", OWNER, is_own, NULL, NULL, false, N_("Stop; what is sent stays sent"), NULL },
	{ "RUNNING", "halt", "CANCELLED", ROLE_SYSTEM, NULL, NULL, NULL, false, N_("Stop, because the account is closed"), NULL },
};

const Machine batch_machine = {
	.name = "batch",
	.text = N_("Batch of reports"),
	.states = states,
	.state_count = COUNT(states),
	.rows = rows,
	.row_count = COUNT(rows),
	.load = batch_machine_load,
	.move = batch_machine_move,
	.applied = batch_machine_applied,
};
