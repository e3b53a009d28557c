/* The machine of an objection. One officer handles it and alone knows who objects; another one who was not involved confirms the verdict. */
#include "subject/programme/decision/decision_private.h"

static const char *may_judge(const void *facts, const Actor *actor)
{
	if (!actor->second_factor) return N_("This needs your second factor.");
	return ((const ObjectionFacts *)facts)->involvement;
}

static const char *may_handle(const void *facts, const Actor *actor)
{
	if (((const ObjectionFacts *)facts)->is_staff) return N_("Complaints about staff go to the supervisor alone.");
	return may_judge(facts, actor);
}

static const char *is_handler(const void *facts, const Actor *actor)
{
	const char *why = may_handle(facts, actor);
	if (why) return why;
	return ((const ObjectionFacts *)facts)->handler_id == actor->person_id ? NULL : N_("Somebody else handles this objection.");
}

static const char *is_second(const void *facts, const Actor *actor)
{
	const char *why = may_handle(facts, actor);
	if (why) return why;
	return ((const ObjectionFacts *)facts)->handler_id == actor->person_id ? N_("Another person confirms the verdict.") : NULL;
}

static const char *second_upholds(const void *facts, const Actor *actor)
{
	const char *why = is_second(facts, actor);
	if (why) return why;
	return text_is(((const ObjectionFacts *)facts)->verdict, TEXT("uphold")) ? NULL : N_("This verdict was not entered.");
}

static const char *second_dismisses(const void *facts, const Actor *actor)
{
	const char *why = is_second(facts, actor);
	if (why) return why;
	return text_is(((const ObjectionFacts *)facts)->verdict, TEXT("dismiss")) ? NULL : N_("This verdict was not entered.");
}

static const char *is_about_staff(const void *facts, const Actor *actor)
{
	if (!((const ObjectionFacts *)facts)->is_staff) return N_("It is no complaint about staff.");
	return may_judge(facts, actor);
}

static const char *is_masked(const void *facts, const Actor *actor)
{
	(void)actor;
	return ((const ObjectionFacts *)facts)->is_masked ? NULL : N_("It must be masked for the unit first.");
}

static const WorkflowState states[] = {
	{ "RECEIVED", N_("Received"), N_("a selection secretary"), "active", false },
	{ "EXAMINED", N_("Under examination"), N_("a selection secretary"), "active", false },
	{ "JUDGED", N_("The verdict waits for a second person"), N_("a selection secretary"), "active", false },
	{ "UPHELD", N_("Upheld"), NULL, "good", true },
	{ "DISMISSED", N_("Dismissed"), NULL, "neutral", true },
	{ "ANSWERED", N_("Answered"), NULL, "good", true },
};

static const WorkflowClock clocks[] = {
	{ "objection", N_("Decision about the objection"), SETTING_objection_days, "selection 1" },
};

#define JUDGES ROLE_SECRETARY | ROLE_SUPERVISOR
static const Transition rows[] = {
	/* from       action        to            who             only             when       clock        pauses says, form */
	{ "RECEIVED", "take", "EXAMINED", ROLE_SECRETARY, may_handle, NULL, "objection", false, N_("Handle this objection"), NULL },
	{ "RECEIVED", "answer", "ANSWERED", ROLE_SUPERVISOR, is_about_staff, NULL, NULL, false, N_("Answer the complaint"),
		"objection-answer" },
	{ "EXAMINED", "mask", "EXAMINED", ROLE_SECRETARY, is_handler, NULL, NULL, false, N_("Mask it for the unit"), "objection-mask" },
	{ "EXAMINED", "judge", "JUDGED", ROLE_SECRETARY, is_handler, is_masked, "objection", false, N_("Enter the verdict"),
		"objection-verdict" },
	{ "JUDGED", "uphold", "UPHELD", JUDGES, second_upholds, NULL, NULL, false, N_("Confirm: the objection is upheld"), NULL },
	{ "JUDGED", "dismiss", "DISMISSED", JUDGES, second_dismisses, NULL, NULL, false, N_("Confirm: the objection is dismissed"), NULL },
	{ "JUDGED", "return", "EXAMINED", JUDGES, is_second, NULL, "objection", false, N_("Return it to who handles it"),
		"objection-return" },
};

const Machine objection_machine = {
	.name = "objection",
	.text = N_("Objection against a list in public notice"),
	.states = states,
	.state_count = COUNT(states),
	.rows = rows,
	.row_count = COUNT(rows),
	.clocks = clocks,
	.clock_count = COUNT(clocks),
	.opening = "objection",
	.load = objection_machine_load,
	.move = objection_machine_move,
	.applied = objection_machine_applied,
};
