/* The round's machine: rules are made, frozen, the round opens and closes by the clock, and what was lodged is reviewed. */
#include "subject/programme/round/round_private.h"

static const char *may_be_published(const void *facts, const Actor *actor)
{
	const RoundFacts *round = facts;
	(void)actor;
	if (round->fault) return round->fault;
	if (!round->is_rehearsed) return N_("These rules were not rehearsed yet.");
	return round->opens_at > round->now ? NULL : N_("The day of opening is over.");
}

static const char *opens_now(const void *facts, const Actor *actor)
{
	const RoundFacts *round = facts;
	(void)actor;
	return round->opens_at <= round->now ? NULL : N_("Its hour has not come.");
}

static const char *closes_now(const void *facts, const Actor *actor)
{
	const RoundFacts *round = facts;
	(void)actor;
	return round->closes_at <= round->now ? NULL : N_("Its hour has not come.");
}

static const char *ends_now(const void *facts, const Actor *actor)
{
	const RoundFacts *round = facts;
	(void)actor;
	return round->ends_at <= round->now ? NULL : N_("Its hour has not come.");
}

static const char *may_be_reviewed(const void *facts, const Actor *actor)
{
	const RoundFacts *round = facts;
	(void)actor;
	if (round->unsettled) return N_("Some applications are not settled yet; that takes a minute after the end.");
	return round->lodged ? NULL : N_("No application was lodged.");
}

static const WorkflowState states[] = {
	{ "DRAFT", N_("Draft"), N_("a selection secretary"), "neutral", false },
	{ "PUBLISHED", N_("Announced"), N_("the library"), "active", false },
	{ "OPEN", N_("Open for applications"), N_("the applicants"), "good", false },
	{ "GRACE", N_("Closed, files of lodged applications still arrive"), N_("the applicants"), "warn", false },
	{ "CLOSED", N_("Closed for applications"), N_("a selection secretary"), "neutral", false },
	{ "MATERIAL_REVIEW", N_("Material review"), N_("a selection secretary"), "active", false },
	{ "PANEL_DRAW", N_("Experts are drawn"), N_("a selection secretary"), "active", false },
	{ "PANEL", N_("Expert review"), N_("the panels"), "active", false },
	{ "SCORED", N_("Sheets opened"), N_("a selection secretary"), "active", false },
	{ "LOCKED", N_("Result locked"), N_("a selection secretary"), "good", false },
	{ "INSPECTION", N_("On-site inspections"), N_("the inspectors"), "active", false },
	{ "DECISION", N_("Inspections are over, the decision is due"), N_("a selection secretary"), "active", false },
	{ "PUBLICITY", N_("Public notice of the result"), N_("a selection secretary"), "active", false },
	{ "ANNOUNCED", N_("Result announced"), N_("a selection secretary"), "good", false },
	{ "ARCHIVED", N_("Archived"), NULL, "neutral", true },
	{ "CANCELLED", N_("Cancelled"), NULL, "bad", true },
	{ "DISCARDED", N_("Discarded"), NULL, "neutral", true },
};

#define CANCEL "CANCELLED", ROLE_SECRETARY, NULL, NULL, NULL, false, N_("Cancel the round"), "round-cancel"
static const Transition rows[] = {
	/* from      action     to           who             only  when              clock pauses says */
	{ "DRAFT", "publish", "PUBLISHED", ROLE_SECRETARY, NULL, may_be_published, NULL, false, N_("Publish; the rules are frozen"), NULL },
	{ "DRAFT", "discard", "DISCARDED", ROLE_SECRETARY, NULL, NULL, NULL, false, N_("Discard"), NULL },
	{ "PUBLISHED", "open", "OPEN", ROLE_SYSTEM, NULL, opens_now, NULL, false, N_("Open for applications"), NULL },
	{ "PUBLISHED", "cancel", CANCEL },
	{ "OPEN", "close", "GRACE", ROLE_SYSTEM, NULL, closes_now, NULL, false, N_("Close for applications"), NULL },
	{ "OPEN", "cancel", CANCEL },
	{ "GRACE", "end", "CLOSED", ROLE_SYSTEM, NULL, ends_now, NULL, false, N_("End the hour of grace"), NULL },
	{ "GRACE", "cancel", CANCEL },
	{ "CLOSED", "review", "MATERIAL_REVIEW", ROLE_SECRETARY, NULL, may_be_reviewed, NULL, false, N_("Begin the material review"),
		NULL },
	{ "CLOSED", "cancel", CANCEL },
	{ "MATERIAL_REVIEW", "draw", "PANEL_DRAW", ROLE_SYSTEM, NULL, NULL, NULL, false, N_("Freeze the pool of experts"), NULL },
	{ "MATERIAL_REVIEW", "cancel", CANCEL },
	{ "PANEL_DRAW", "seat", "PANEL", ROLE_SYSTEM, NULL, NULL, NULL, false, N_("Draw the panels"), NULL },
	{ "PANEL_DRAW", "cancel", CANCEL },
	{ "PANEL", "score", "SCORED", ROLE_SYSTEM, NULL, NULL, NULL, false, N_("Open the sheets"), NULL },
	{ "PANEL", "cancel", CANCEL },
	{ "SCORED", "lock", "LOCKED", ROLE_SYSTEM, NULL, NULL, NULL, false, N_("Lock the result"), NULL },
	{ "SCORED", "cancel", CANCEL },
	{ "LOCKED", "inspect", "INSPECTION", ROLE_SYSTEM, NULL, NULL, NULL, false, N_("Begin the inspections"), NULL },
	{ "INSPECTION", "decide", "DECISION", ROLE_SYSTEM, NULL, NULL, NULL, false, N_("Pass it on for the decision"), NULL },
	{ "DECISION", "publicise", "PUBLICITY", ROLE_SYSTEM, NULL, NULL, NULL, false, N_("Give public notice of the result"), NULL },
	{ "PUBLICITY", "announce", "ANNOUNCED", ROLE_SYSTEM, NULL, NULL, NULL, false, N_("Announce the result"), NULL },
	{ "ANNOUNCED", "archive", "ARCHIVED", ROLE_SYSTEM, NULL, NULL, NULL, false, N_("Archive the round"), NULL },
};

const Machine round_machine = {
	.name = "round",
	.text = N_("Selection round"),
	.states = states,
	.state_count = COUNT(states),
	.rows = rows,
	.row_count = COUNT(rows),
	.load = round_machine_load,
	.move = round_machine_move,
	.applied = round_machine_applied,
};

bool round_is_from(const Round *round, const char *state)
{
	size_t at = 0, from = 0;
	while (at < COUNT(states) && !text_is(round->state, text_from(states[at].name))) at++;
	while (from < COUNT(states) && strcmp(states[from].name, state) != 0) from++;
	return at >= from && !text_is(round->state, TEXT("CANCELLED")) && !text_is(round->state, TEXT("DISCARDED"));
}
