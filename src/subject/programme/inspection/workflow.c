/* The machine of an inspection: inspectors are drawn, the visit is arranged, the checklist is filled in, two people sign. */
#include "subject/programme/inspection/inspection_private.h"

static const char *is_office(const void *facts, const Actor *actor)
{
	const InspectionFacts *known = facts;
	if (!actor->second_factor) return N_("This needs your second factor.");
	if (!known->inspection->is_staff) return N_("Only the selection office does this.");
	return NULL;
}

static const char *inspects(const void *facts, const Actor *actor)
{
	const InspectionFacts *known = facts;
	if (!actor->second_factor) return N_("This needs your second factor.");
	return known->inspection->is_inspector ? NULL : N_("Only an inspector of this inspection does this.");
}

static const char *signs_second(const void *facts, const Actor *actor)
{
	const InspectionFacts *known = facts;
	const char *why = inspects(facts, actor);
	if (why) return why;
	return known->inspection->has_signed ? N_("The other inspector signs now.") : NULL;
}

static const char *has_two(const void *facts, const Actor *actor)
{
	const InspectionFacts *known = facts;
	(void)actor;
	return known->inspection->inspectors.count == 2 ? NULL : N_("Two inspectors are needed; please name who is missing.");
}

static const char *is_filled(const void *facts, const Actor *actor)
{
	const InspectionFacts *known = facts;
	(void)actor;
	return known->missing;
}

static const WorkflowState states[] = {
	{ "PLANNED", N_("To be arranged"), N_("a selection secretary"), "warn", false },
	{ "ARRANGED", N_("Arranged"), N_("the inspectors"), "active", false },
	{ "DONE", N_("Signed by one inspector"), N_("the inspectors"), "active", false },
	{ "CLOSED", N_("Signed by both"), NULL, "good", true },
	{ "DROPPED", N_("Dropped"), NULL, "neutral", true },
};

static const WorkflowClock clocks[] = {
	{ "plan", N_("Arranging the inspection"), SETTING_inspection_visit_days, "selection 1" },
	{ "visit", N_("Visit and report"), SETTING_inspection_visit_days, "selection 1" },
};

#define OFFICE ROLE_SECRETARY, is_office
#define INSPECTORS ROLE_EXPERT | ROLE_INSPECTOR
#define DROP "drop", "DROPPED", ROLE_SYSTEM, NULL, NULL, NULL, false, N_("Drop it, the application was withdrawn"), NULL
static const Transition rows[] = {
	/* from      action     to           who             only  when              clock pauses says, form */
	{ "PLANNED", "replace", "PLANNED", OFFICE, NULL, NULL, false, N_("Name another inspector"), "inspection-replace" },
	{ "PLANNED", "arrange", "ARRANGED", OFFICE, has_two, "visit", false, N_("Arrange the visit"), "inspection-arrange" },
	{ "PLANNED", DROP },
	{ "ARRANGED", "replace", "ARRANGED", OFFICE, NULL, NULL, false, N_("Name another inspector"), "inspection-replace" },
	{ "ARRANGED", "arrange", "ARRANGED", OFFICE, NULL, NULL, false, N_("Change the arrangement"), "inspection-arrange" },
	{ "ARRANGED", "sign", "DONE", INSPECTORS, inspects, is_filled, "visit", false, N_("Sign the report"), "inspection-sign" },
	{ "ARRANGED", DROP },
	{ "DONE", "sign", "CLOSED", INSPECTORS, signs_second, is_filled, NULL, false, N_("Sign the report"), "inspection-sign" },
	{ "DONE", "reopen", "ARRANGED", INSPECTORS, inspects, NULL, "visit", false, N_("Change the report"), "inspection-reopen" },
	{ "DONE", DROP },
};

const Machine inspection_machine = {
	.name = "inspection",
	.text = N_("On-site inspection"),
	.states = states,
	.state_count = COUNT(states),
	.rows = rows,
	.row_count = COUNT(rows),
	.clocks = clocks,
	.clock_count = COUNT(clocks),
	.opening = "plan",
	.load = inspection_machine_load,
	.move = inspection_machine_move,
	.applied = inspection_machine_applied,
};
