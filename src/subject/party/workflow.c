/* The party's machine: reaching the vendor step by step, its word, its plan, its fix, and the check of the fix. */
#include "subject/party/party_private.h"

enum { LIBRARY = ROLE_COORDINATOR, LIBRARY_OR_CLOCK = ROLE_COORDINATOR | ROLE_SYSTEM, ANYBODY_WITH_ACCOUNT = ROLE_REPORTER };

/* ---- Who */
static const char *is_staff(const void *facts, const Actor *actor)
{
	(void)actor;
	const PartyFacts *party = facts;
	return party->is_vendor ? N_("Who belongs to the vendor does not decide for the library.") : NULL;
}

static const char *is_vendor(const void *facts, const Actor *actor)
{
	(void)actor;
	const PartyFacts *party = facts;
	return party->is_vendor ? NULL : N_("Only the vendor can do this.");
}

/* The vendor; or, as long as it has no account and a partner vouches for it, the coordinator who enters what came on paper. */
static const char *speaks(const void *facts, const Actor *actor)
{
	const PartyFacts *party = facts;
	bool enters = !party->is_bound && party->is_confirmed && actor_has(actor, ROLE_COORDINATOR);
	return party->is_vendor || enters ? NULL : N_("Only the vendor can do this.");
}

static const char *is_verifier(const void *facts, const Actor *actor)
{
	const PartyFacts *party = facts;
	if (!actor->person_id || party->verifier_id != actor->person_id) return N_("Somebody else checks this fix.");
	return party->is_vendor ? N_("Who belongs to the vendor does not check its fix.") : NULL;
}

static const char *has_verifier(const void *facts, const Actor *actor)
{
	(void)actor;
	const PartyFacts *party = facts;
	return party->verifier_id ? NULL : N_("Nobody is assigned.");
}

static const char *is_own_report(const void *facts, const Actor *actor)
{
	(void)actor;
	const PartyFacts *party = facts;
	return party->is_own_report && party->is_bound ? NULL : N_("This is no report of the vendor's own.");
}

/* ---- When */
static const char *is_unbound(const void *facts, const Actor *actor)
{
	(void)actor;
	const PartyFacts *party = facts;
	return party->is_bound ? N_("An organisation is bound to this party already.") : NULL;
}

static const char *has_account(const void *facts, const Actor *actor)
{
	(void)actor;
	const PartyFacts *party = facts;
	return party->is_bound ? NULL : N_("The vendor has no account yet.");
}

static const char *is_free(const void *facts, const Actor *actor)
{
	const PartyFacts *party = facts;
	if (party->handler_id == actor->person_id) return N_("You have taken it over already.");
	return party->handler_id ? N_("Somebody of your organisation has taken it over already.") : NULL;
}

static const char *is_taken(const void *facts, const Actor *actor)
{
	(void)actor;
	return ((const PartyFacts *)facts)->handler_id ? NULL : N_("Nobody has taken it over.");
}

static const char *can_invite(const void *facts, const Actor *actor)
{
	const PartyFacts *party = facts;
	const char *why = is_unbound(facts, actor);
	if (why) return why;
	return party->has_mail ? NULL : N_("No mail address of the vendor is known.");
}

static const char *can_be_told(const void *facts, const Actor *actor)
{
	(void)actor;
	const PartyFacts *party = facts;
	if (party->is_ended) return N_("The casefile has ended.");
	if (!party->is_bound && !party->is_confirmed) return N_("It is not proven yet who the vendor is.");
	if (party->is_foreign && !party->is_own_provider)
		return N_("A recipient outside the country is told only when it is the product's own provider.");
	return NULL;
}

static const char *step_is_tried(const PartyFacts *party, const char *step)
{
	if (!text_is(party->step, text_from(step))) return N_("It is not the turn of this step.");
	if (!party->attempts) return N_("No attempt of this step is on record.");
	return party->is_over || party->failed == party->attempts ? NULL : N_("The time of this step is not over.");
}

static const char *vendor_is_tried(const void *facts, const Actor *actor)
{
	(void)actor;
	return step_is_tried(facts, "vendor");
}

static const char *partner_is_tried(const void *facts, const Actor *actor)
{
	(void)actor;
	return step_is_tried(facts, "partner");
}

/* A letter of a partner says nothing, so nobody has to be known yet; only an ended casefile needs none. */
static const char *can_go_by_partner(const void *facts, const Actor *actor)
{
	(void)actor;
	const PartyFacts *party = facts;
	return party->is_ended ? N_("The casefile has ended.") : NULL;
}

static const char *has_notice_on_record(const void *facts, const Actor *actor)
{
	(void)actor;
	const PartyFacts *party = facts;
	return party->has_notice ? NULL : N_("There is no notice.");
}

/* The last step ends with its clock only. */
static const char *is_exhausted(const void *facts, const Actor *actor)
{
	(void)actor;
	const PartyFacts *party = facts;
	const char *why = step_is_tried(party, "authority");
	return why || party->is_over ? why : N_("The time of this step is not over.");
}

static const char *is_silent(const void *facts, const Actor *actor)
{
	(void)actor;
	const PartyFacts *party = facts;
	return party->is_over ? NULL : N_("The vendor's time to answer is not over.");
}

static const char *has_notice(const void *facts, const Actor *actor)
{
	(void)actor;
	const PartyFacts *party = facts;
	return party->has_notice ? NULL : N_("There is no notice to be signed for.");
}

static bool says(const PartyFacts *party, const char *position) { return text_is(party->position, text_from(position)); }

static const char *needs_plan(const void *facts, const Actor *actor)
{
	(void)actor;
	const PartyFacts *party = facts;
	bool needs = says(party, "affected") || says(party, "known") || says(party, "upstream");
	return needs ? NULL : N_("This position needs no repair plan.");
}

static const char *needs_no_fix(const void *facts, const Actor *actor)
{
	(void)actor;
	const PartyFacts *party = facts;
	return says(party, "not-affected") || says(party, "retired") ? NULL : N_("The vendor does not say that nothing is to be repaired.");
}

static const char *says_fixed(const void *facts, const Actor *actor)
{
	(void)actor;
	const PartyFacts *party = facts;
	return party->says_fixed ? NULL : N_("The vendor does not say that it is fixed.");
}

static const char *every_line_is_fixed(const void *facts, const Actor *actor)
{
	(void)actor;
	const PartyFacts *party = facts;
	if (!party->lines) return N_("No fixed version has been stated.");
	return party->open_lines ? N_("A version line is still without a fix.") : NULL;
}

static const char *asks_for(const PartyFacts *party, const char *closing)
{
	return text_is(party->closing, text_from(closing)) ? NULL : N_("The vendor does not ask for this.");
}

static const char *asks_fixed(const void *facts, const Actor *actor)
{
	(void)actor;
	return asks_for(facts, "fixed");
}

static const char *asks_retired(const void *facts, const Actor *actor)
{
	(void)actor;
	return asks_for(facts, "retired");
}

static const char *asks_known(const void *facts, const Actor *actor)
{
	(void)actor;
	return asks_for(facts, "known");
}

static const char *came_from_fixing(const void *facts, const Actor *actor)
{
	(void)actor;
	return text_is(((const PartyFacts *)facts)->closing_from, TEXT("FIXING")) ? NULL : N_("No repair was under way.");
}

static const char *came_before_plan(const void *facts, const Actor *actor)
{
	return came_from_fixing(facts, actor) ? NULL : N_("The repair was under way; it goes on.");
}

static const char *has_samples(const void *facts, const Actor *actor)
{
	(void)facts;
	(void)actor;
	return N_("There are no samples of both versions to be compared.");
}

static const char *was_repaired(const void *facts, const Actor *actor)
{
	return needs_no_fix(facts, actor) ? NULL : N_("Nothing was to be repaired.");
}

static const char *has_embargo(const void *facts, const Actor *actor)
{
	(void)actor;
	const PartyFacts *party = facts;
	return party->has_embargo ? NULL : N_("There is no embargo.");
}

static const char *has_not_reported(const void *facts, const Actor *actor)
{
	(void)actor;
	const PartyFacts *party = facts;
	return party->has_reported ? N_("It has been reported already.") : NULL;
}

/* ---- The table */
static const WorkflowState states[] = {
	{ "CONTACTING", N_("Making contact"), N_("the coordinator"), "active", false },
	{ "NOTIFIED", N_("Notified"), N_("the vendor"), "active", false },
	{ "ACKNOWLEDGED", N_("Signed for"), N_("the vendor"), "active", false },
	{ "POSITION_STATED", N_("Position stated"), N_("the vendor or, when nothing is to be repaired, the coordinator"), "active", false },
	{ "CLOSING", N_("Review of the closing evidence"), N_("the coordinator"), "active", false },
	{ "PLAN_REVIEW", N_("Review of the repair plan"), N_("the coordinator"), "active", false },
	{ "FIXING", N_("Fixing"), N_("the vendor"), "active", false },
	{ "FIX_CHECK", N_("Check of the fix"), N_("the verifier"), "active", false },
	{ "DONE", N_("Settled"), NULL, "good", true },
	{ "UNREACHABLE", N_("Out of reach"), NULL, "bad", true },
	{ "ORPHAN", N_("Without owner"), NULL, "neutral", true },
	{ "WITHDRAWN", N_("Named by mistake"), NULL, "neutral", true },
};

static const WorkflowClock clocks[] = {
	{ "contact", N_("Contact with the vendor"), SETTING_contact_days, "notice 1" },
	{ "contact-partner", N_("Contact through the store or platform partner"), SETTING_partner_days, "notice 1" },
	{ "contact-authority", N_("Contact through the local communications administration"), SETTING_authority_days, "notice 1" },
	{ "position", N_("Position of the vendor"), SETTING_position_days, "notice 1" },
	{ "plan", N_("Repair plan"), SETTING_plan_days, "notice 1" },
	{ "plan-review", N_("Review of the repair plan"), SETTING_plan_review_days, "notice 1" },
	{ "closing-review", N_("Review of the closing evidence"), SETTING_plan_review_days, "notice 1" },
	{ "fixing", N_("Fixing"), SETTING_fixing_low_days, "notice 1" },
	{ "fix-check", N_("Check of the fix"), SETTING_fix_check_days, "verification 1" },
};

static const char withdraws[] = N_("Withdraw: the vendor was named by mistake"), extends[] = N_("Extend the time limit"),
		  reports[] = N_("Report to the national platform"), rates[] = N_("Give a rating of one's own"),
		  answers[] = N_("Answer the embargo"), reminds[] = N_("Remind the vendor"), closes_fixed[] = N_("Close: fixed already"),
		  closes_retired[] = N_("Close: the product is retired"), closes_known[] = N_("Prove that it was known before"),
		  takes[] = N_("Take it over"), gives_back[] = N_("Give it back");
#define WITHDRAWS(state) \
	{ \
		state, "withdraw", "WITHDRAWN", LIBRARY_OR_CLOCK, is_staff, NULL, NULL, false, withdraws, "party-reason" \
	}
#define EXTENDS(state) \
	{ \
		state, "extend", state, LIBRARY, is_staff, NULL, NULL, false, extends, "party-extend" \
	}
/* Who of the vendor works on it; whoever else can still act, and is told who was faster. */
#define TAKES(state) \
	{ state, "take", state, ANYBODY_WITH_ACCOUNT, is_vendor, is_free, NULL, false, takes, NULL }, \
	{ \
		state, "give-back", state, ANYBODY_WITH_ACCOUNT, is_vendor, is_taken, NULL, false, gives_back, NULL \
	}

/* What a vendor can say at every stage of its own: that nothing is left to be done, with evidence. */
#define CLOSES(state) \
	{ state, "close-fixed", "CLOSING", ANYBODY_WITH_ACCOUNT, speaks, NULL, "closing-review", true, closes_fixed, \
		"party-close-fixed" }, \
	{ \
		state, "close-retired", "CLOSING", ANYBODY_WITH_ACCOUNT, speaks, NULL, "closing-review", true, closes_retired, \
			"party-close-retired" \
	}
#define CLOSES_KNOWN(state) \
	{ \
		state, "close-known", "CLOSING", ANYBODY_WITH_ACCOUNT, speaks, NULL, "closing-review", true, closes_known, \
			"party-close-known" \
	}
#define REMINDS(state) \
	{ \
		state, "remind", state, LIBRARY, is_staff, has_account, NULL, false, reminds, NULL \
	}
#define REPORTS(state) \
	{ \
		state, "duty", state, ANYBODY_WITH_ACCOUNT, is_vendor, has_not_reported, NULL, false, reports, "party-duty" \
	}

/* What the vendor may say at any time once it has signed: its own rating, and what it thinks of the embargo. */
#define SPEAKS(state) \
	{ state, "rate", state, ANYBODY_WITH_ACCOUNT, is_vendor, NULL, NULL, false, rates, "party-rate" }, \
	{ \
		state, "embargo", state, ANYBODY_WITH_ACCOUNT, is_vendor, has_embargo, NULL, false, answers, "party-embargo" \
	}

static const Transition rows[] = {
	/* from          action    to               who      only      when           clock           pauses  says */
	{ "CONTACTING", "attempt", "CONTACTING", LIBRARY, is_staff, NULL, NULL, false, N_("Record an attempt"), "party-attempt" },
	{ "CONTACTING", "invite", "CONTACTING", LIBRARY, is_staff, can_invite, NULL, false, N_("Send the first letter with a claim code"),
		NULL },
	{ "CONTACTING", "bind", "CONTACTING", LIBRARY, is_staff, is_unbound, NULL, false, N_("Bind the organisation"), "party-bind" },
	{ "CONTACTING", "confirm", "CONTACTING", LIBRARY, is_staff, is_unbound, NULL, false,
		N_("Record that a partner confirms the contact"), "party-confirm" },
	{ "CONTACTING", "notify", "NOTIFIED", LIBRARY, is_staff, can_be_told, "position", false, N_("Send the notice"), "party-notify" },
	{ "CONTACTING", "partner", "CONTACTING", LIBRARY_OR_CLOCK, is_staff, vendor_is_tried, "contact-partner", false,
		N_("Go on to the store or platform partner"), NULL },
	{ "CONTACTING", "authority", "CONTACTING", LIBRARY_OR_CLOCK, is_staff, partner_is_tried, "contact-authority", false,
		N_("Go on to the local communications administration"), NULL },
	{ "CONTACTING", "channel", "CONTACTING", ROLE_SYSTEM, is_staff, can_go_by_partner, "contact-partner", false,
		N_("Hand a letter with a claim code to a partner"), "party-notify" },
	{ "CONTACTING", "delivered", "NOTIFIED", ROLE_SYSTEM, is_staff, has_notice_on_record, "position", false,
		N_("Record that a partner has delivered the letter"), "party-delivered" },
	{ "CONTACTING", "give-up", "UNREACHABLE", LIBRARY_OR_CLOCK, is_staff, is_exhausted, NULL, false,
		N_("State that the vendor is out of reach"), NULL },
	{ "CONTACTING", "orphan", "ORPHAN", LIBRARY, is_staff, NULL, NULL, false, N_("State that the product has no owner"),
		"party-reason" },
	{ "CONTACTING", "acknowledge", "ACKNOWLEDGED", ANYBODY_WITH_ACCOUNT, speaks, has_notice, "position", false,
		N_("Sign for the notice"), "party-acknowledge" },
	{ "CONTACTING", "own", "FIXING", ROLE_SYSTEM, is_own_report, NULL, "fixing", false, N_("Begin with the fix of an own product"),
		NULL },
	WITHDRAWS("CONTACTING"),
	{ "NOTIFIED", "acknowledge", "ACKNOWLEDGED", ANYBODY_WITH_ACCOUNT, speaks, has_notice, "position", false, N_("Sign for the notice"),
		"party-acknowledge" },
	{ "NOTIFIED", "notify", "NOTIFIED", LIBRARY, is_staff, can_be_told, NULL, false, N_("Send a corrected notice"), "party-notify" },
	{ "NOTIFIED", "bind", "NOTIFIED", LIBRARY, is_staff, is_unbound, NULL, false, N_("Bind the organisation"), "party-bind" },
	{ "NOTIFIED", "attempt", "NOTIFIED", LIBRARY, is_staff, NULL, NULL, false, N_("Record an attempt"), "party-attempt" },
	{ "NOTIFIED", "contact", "CONTACTING", LIBRARY_OR_CLOCK, is_staff, is_silent, "contact-partner", false,
		N_("Go on to the store or platform partner"), NULL },
	EXTENDS("NOTIFIED"),
	REMINDS("NOTIFIED"),
	TAKES("NOTIFIED"),
	WITHDRAWS("NOTIFIED"),
	{ "ACKNOWLEDGED", "state", "POSITION_STATED", ANYBODY_WITH_ACCOUNT, speaks, NULL, "plan", true, N_("State the position"),
		"party-position" },
	{ "ACKNOWLEDGED", "contact", "CONTACTING", LIBRARY, is_staff, is_silent, "contact-partner", false,
		N_("Go on to the store or platform partner"), NULL },
	CLOSES("ACKNOWLEDGED"),
	CLOSES_KNOWN("ACKNOWLEDGED"),
	REPORTS("ACKNOWLEDGED"),
	SPEAKS("ACKNOWLEDGED"),
	EXTENDS("ACKNOWLEDGED"),
	REMINDS("ACKNOWLEDGED"),
	TAKES("ACKNOWLEDGED"),
	WITHDRAWS("ACKNOWLEDGED"),
	{ "POSITION_STATED", "plan", "PLAN_REVIEW", ANYBODY_WITH_ACCOUNT, speaks, needs_plan, "plan-review", true,
		N_("Send the repair plan"), "party-plan" },
	{ "POSITION_STATED", "settle", "DONE", LIBRARY, is_staff, needs_no_fix, NULL, false, N_("Accept that nothing is to be repaired"),
		NULL },
	{ "POSITION_STATED", "check", "FIX_CHECK", LIBRARY, is_staff, says_fixed, "fix-check", false, N_("Have the stated fix checked"),
		NULL },
	{ "POSITION_STATED", "return", "ACKNOWLEDGED", LIBRARY, is_staff, NULL, "position", false, N_("Return the position"),
		"party-reason" },
	CLOSES("POSITION_STATED"),
	CLOSES_KNOWN("POSITION_STATED"),
	REPORTS("POSITION_STATED"),
	SPEAKS("POSITION_STATED"),
	EXTENDS("POSITION_STATED"),
	REMINDS("POSITION_STATED"),
	TAKES("POSITION_STATED"),
	WITHDRAWS("POSITION_STATED"),
	{ "CLOSING", "accept-fixed", "FIX_CHECK", LIBRARY, is_staff, asks_fixed, "fix-check", false, N_("Have the stated fix checked"),
		NULL },
	{ "CLOSING", "accept-retired", "DONE", LIBRARY, is_staff, asks_retired, NULL, false, N_("Accept that the product is retired"),
		NULL },
	{ "CLOSING", "accept-known", "POSITION_STATED", LIBRARY, is_staff, asks_known, "plan", false, N_("Accept the proof of the date"),
		NULL },
	{ "CLOSING", "return", "ACKNOWLEDGED", LIBRARY, is_staff, came_before_plan, "position", false, N_("Return the closing evidence"),
		"party-reason" },
	{ "CLOSING", "resume", "FIXING", LIBRARY, is_staff, came_from_fixing, "fixing", false,
		N_("Return the closing evidence: the repair goes on"), "party-reason" },
	REPORTS("CLOSING"),
	SPEAKS("CLOSING"),
	WITHDRAWS("CLOSING"),
	{ "PLAN_REVIEW", "accept", "FIXING", LIBRARY, is_staff, NULL, "fixing", false, N_("Accept the repair plan"), NULL },
	{ "PLAN_REVIEW", "return", "POSITION_STATED", LIBRARY, is_staff, NULL, "plan", false, N_("Return the repair plan"),
		"party-reason" },
	REPORTS("PLAN_REVIEW"),
	SPEAKS("PLAN_REVIEW"),
	WITHDRAWS("PLAN_REVIEW"),
	{ "FIXING", "fix", "FIXING", ANYBODY_WITH_ACCOUNT, speaks, NULL, NULL, false, N_("State a fixed version"), "party-fix" },
	{ "FIXING", "declare", "FIX_CHECK", ANYBODY_WITH_ACCOUNT, speaks, every_line_is_fixed, "fix-check", true,
		N_("Declare the fix complete"), "party-declare" },
	{ "FIXING", "ask", "FIXING", ANYBODY_WITH_ACCOUNT, speaks, NULL, NULL, false, N_("Ask for more time"), "party-ask" },
	CLOSES("FIXING"),
	REPORTS("FIXING"),
	SPEAKS("FIXING"),
	EXTENDS("FIXING"),
	REMINDS("FIXING"),
	TAKES("FIXING"),
	WITHDRAWS("FIXING"),
	{ "FIX_CHECK", "assign", "FIX_CHECK", LIBRARY, is_staff, NULL, NULL, false, N_("Assign a verifier"), "party-assign" },
	{ "FIX_CHECK", "unassign", "FIX_CHECK", LIBRARY_OR_CLOCK, is_staff, has_verifier, NULL, false,
		N_("Take the check back from the verifier"), NULL },
	{ "FIX_CHECK", "hand-over", "FIX_CHECK", ROLE_SYSTEM, is_staff, has_verifier, NULL, false,
		N_("Hand the task over during an absence"), "party-hand-over" },
	{ "FIX_CHECK", "samples", "DONE", ROLE_VERIFIER, is_verifier, has_samples, NULL, false, N_("Confirm by comparing samples"), NULL },
	{ "FIX_CHECK", "replay", "DONE", ROLE_VERIFIER, is_verifier, NULL, NULL, false, N_("Confirm by repeating the steps"),
		"party-replay" },
	{ "FIX_CHECK", "spot", "DONE", ROLE_VERIFIER, is_verifier, NULL, NULL, false, N_("Confirm by declaration and spot check"),
		"party-spot" },
	{ "FIX_CHECK", "fail", "FIXING", ROLE_VERIFIER, is_verifier, NULL, "fixing", false, N_("State that the fix does not hold"),
		"party-fail" },
	REPORTS("FIX_CHECK"),
	SPEAKS("FIX_CHECK"),
	EXTENDS("FIX_CHECK"),
	WITHDRAWS("FIX_CHECK"),
	{ "DONE", "reopen", "FIXING", LIBRARY, is_staff, was_repaired, "fixing", false, N_("Reopen: the fix does not hold"),
		"party-reason" },
	{ "DONE", "reconsider", "ACKNOWLEDGED", LIBRARY, is_staff, needs_no_fix, "position", false, N_("Ask for the position again"),
		"party-reason" },
	REPORTS("DONE"),
	SPEAKS("DONE"),
	{ "UNREACHABLE", "found", "CONTACTING", LIBRARY, is_staff, NULL, "contact", false, N_("Take up the contact again"),
		"party-reason" },
	{ "UNREACHABLE", "delivered", "NOTIFIED", ROLE_SYSTEM, is_staff, has_notice_on_record, "position", false,
		N_("Record that a partner has delivered the letter"), "party-delivered" },
	{ "UNREACHABLE", "acknowledge", "ACKNOWLEDGED", ANYBODY_WITH_ACCOUNT, speaks, has_notice, "position", false,
		N_("Sign for the notice"), "party-acknowledge" },
	{ "ORPHAN", "found", "CONTACTING", LIBRARY, is_staff, NULL, "contact", false, N_("Take up the contact again"), "party-reason" },
	{ "WITHDRAWN", "found", "CONTACTING", LIBRARY, is_staff, NULL, "contact", false, N_("Take up the contact again"), "party-reason" },
};

const Machine party_machine = {
	.name = "party",
	.text = N_("Party"),
	.states = states,
	.state_count = COUNT(states),
	.rows = rows,
	.row_count = COUNT(rows),
	.clocks = clocks,
	.clock_count = COUNT(clocks),
	.opening = "contact",
	.load = party_machine_load,
	.move = party_machine_move,
	.applied = party_machine_applied,
};

/* Silence is said as such: it is no position. */
const char *party_stage_text(Text state, Text position)
{
	static const struct {
		const char *position, *text;
	} stated[] = { { "affected", N_("Position: affected") }, { "not-affected", N_("Position: not affected") },
		{ "fixed", N_("Position: already fixed") }, { "known", N_("Position: known already") },
		{ "upstream", N_("Position: a component of somebody else") }, { "retired", N_("Position: retired") } };
	if (text_is(state, TEXT("CLOSING"))) return N_("Closing evidence to be looked at");
	if (text_is(state, TEXT("NOTIFIED"))) return N_("Notified, no answer yet");
	if (text_is(state, TEXT("ACKNOWLEDGED"))) return N_("Signed for, no position yet");
	for (size_t i = 0; text_is(state, TEXT("POSITION_STATED")) && i < COUNT(stated); i++)
		if (text_is(position, text_from(stated[i].position))) return stated[i].text;
	const WorkflowState *found = workflow_state(&party_machine, state);
	return found ? found->text : "";
}
