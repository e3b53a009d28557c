#include "subject/party/party_fixture.h"

/* ---- Who may do what in which state, written by hand: C coordinator, D the vendor's own coordinator, V vendor, E assigned verifier,
 * S the clock, X anybody else */
static const struct {
	const char *state, *action, *who;
} permitted[] = {
	{ "CONTACTING", "attempt", "C" },
	{ "CONTACTING", "invite", "C" },
	{ "CONTACTING", "bind", "C" },
	{ "CONTACTING", "confirm", "C" },
	{ "CONTACTING", "notify", "C" },
	{ "CONTACTING", "partner", "CS" },
	{ "CONTACTING", "authority", "CS" },
	{ "CONTACTING", "give-up", "CS" },
	{ "CONTACTING", "orphan", "C" },
	{ "CONTACTING", "withdraw", "CS" },
	{ "CONTACTING", "acknowledge", "VD" },
	{ "CONTACTING", "own", "S" },
	{ "NOTIFIED", "acknowledge", "VD" },
	{ "NOTIFIED", "notify", "C" },
	{ "NOTIFIED", "attempt", "C" },
	{ "NOTIFIED", "contact", "CS" },
	{ "NOTIFIED", "extend", "C" },
	{ "NOTIFIED", "withdraw", "CS" },
	{ "ACKNOWLEDGED", "state", "VD" },
	{ "ACKNOWLEDGED", "contact", "C" },
	{ "ACKNOWLEDGED", "duty", "VD" },
	{ "ACKNOWLEDGED", "extend", "C" },
	{ "ACKNOWLEDGED", "withdraw", "CS" },
	{ "POSITION_STATED", "plan", "VD" },
	{ "POSITION_STATED", "settle", "C" },
	{ "POSITION_STATED", "check", "C" },
	{ "POSITION_STATED", "return", "C" },
	{ "POSITION_STATED", "duty", "VD" },
	{ "POSITION_STATED", "extend", "C" },
	{ "POSITION_STATED", "withdraw", "CS" },
	{ "PLAN_REVIEW", "accept", "C" },
	{ "PLAN_REVIEW", "return", "C" },
	{ "PLAN_REVIEW", "duty", "VD" },
	{ "PLAN_REVIEW", "withdraw", "CS" },
	{ "FIXING", "fix", "VD" },
	{ "FIXING", "declare", "VD" },
	{ "FIXING", "ask", "VD" },
	{ "FIXING", "duty", "VD" },
	{ "FIXING", "extend", "C" },
	{ "FIXING", "withdraw", "CS" },
	{ "FIX_CHECK", "assign", "C" },
	{ "FIX_CHECK", "samples", "E" },
	{ "FIX_CHECK", "unassign", "CS" },
	{ "FIX_CHECK", "hand-over", "S" },
	{ "ACKNOWLEDGED", "rate", "VD" },
	{ "ACKNOWLEDGED", "embargo", "VD" },
	{ "POSITION_STATED", "rate", "VD" },
	{ "POSITION_STATED", "embargo", "VD" },
	{ "PLAN_REVIEW", "rate", "VD" },
	{ "PLAN_REVIEW", "embargo", "VD" },
	{ "FIXING", "rate", "VD" },
	{ "FIXING", "embargo", "VD" },
	{ "FIX_CHECK", "rate", "VD" },
	{ "FIX_CHECK", "embargo", "VD" },
	{ "DONE", "rate", "VD" },
	{ "DONE", "embargo", "VD" },
	{ "FIX_CHECK", "replay", "E" },
	{ "FIX_CHECK", "spot", "E" },
	{ "FIX_CHECK", "fail", "E" },
	{ "FIX_CHECK", "duty", "VD" },
	{ "FIX_CHECK", "extend", "C" },
	{ "FIX_CHECK", "withdraw", "CS" },
	{ "DONE", "reopen", "C" },
	{ "DONE", "reconsider", "C" },
	{ "DONE", "duty", "VD" },
	{ "UNREACHABLE", "found", "C" },
	{ "UNREACHABLE", "acknowledge", "VD" },
	{ "ORPHAN", "found", "C" },
	{ "WITHDRAWN", "found", "C" },
	{ "CONTACTING", "channel", "S" },
	{ "CONTACTING", "delivered", "S" },
	{ "UNREACHABLE", "delivered", "S" },
	{ "NOTIFIED", "bind", "C" },
	{ "NOTIFIED", "remind", "C" },
	{ "ACKNOWLEDGED", "remind", "C" },
	{ "POSITION_STATED", "remind", "C" },
	{ "FIXING", "remind", "C" },
	{ "NOTIFIED", "take", "VD" },
	{ "NOTIFIED", "give-back", "VD" },
	{ "ACKNOWLEDGED", "take", "VD" },
	{ "ACKNOWLEDGED", "give-back", "VD" },
	{ "POSITION_STATED", "take", "VD" },
	{ "POSITION_STATED", "give-back", "VD" },
	{ "FIXING", "take", "VD" },
	{ "FIXING", "give-back", "VD" },
	{ "ACKNOWLEDGED", "close-fixed", "VD" },
	{ "ACKNOWLEDGED", "close-retired", "VD" },
	{ "ACKNOWLEDGED", "close-known", "VD" },
	{ "POSITION_STATED", "close-fixed", "VD" },
	{ "POSITION_STATED", "close-retired", "VD" },
	{ "POSITION_STATED", "close-known", "VD" },
	{ "FIXING", "close-fixed", "VD" },
	{ "FIXING", "close-retired", "VD" },
	{ "CLOSING", "accept-fixed", "C" },
	{ "CLOSING", "accept-retired", "C" },
	{ "CLOSING", "accept-known", "C" },
	{ "CLOSING", "return", "C" },
	{ "CLOSING", "resume", "C" },
	{ "CLOSING", "withdraw", "CS" },
	{ "CLOSING", "duty", "VD" },
	{ "CLOSING", "rate", "VD" },
	{ "CLOSING", "embargo", "VD" },
};

static bool is_permitted(const char *state, const char *action, char who)
{
	for (size_t i = 0; i < COUNT(permitted); i++)
		if (!strcmp(permitted[i].state, state) && !strcmp(permitted[i].action, action))
			return strchr(permitted[i].who, who) != NULL;
	return false;
}

TEST(party_workflow__table_has_no_fault)
{
	CHECK(workflow_fault(t->arena, &party_machine).at == NULL);
	CHECK_INT(party_machine.row_count, COUNT(permitted));
	for (size_t i = 0; i < party_machine.row_count; i++) {
		const Form *form = party_action_form(party_machine.rows[i].form);
		CHECK(!party_machine.rows[i].form || (form && form_fault(t->arena, form).at == NULL));
	}
}

typedef struct Someone {
	char letter;
	bool is_vendor;
	Actor actor;
} Someone;

static bool may_at_all(const Someone *someone, const PartyFacts *facts, const char *state, const char *action)
{
	PartyFacts mine = *facts;
	mine.is_vendor = someone->is_vendor;
	Matter matter = { .state = text_from(state), .facts = &mine };
	Error error = OK;
	const char *why;
	return workflow_row(&party_machine, &matter, &someone->actor, text_from(action), &error, &why) || error == ERROR_INVALID;
}

TEST(party_workflow__only_the_permitted_may_act_in_every_state)
{
	const PartyFacts facts = {
		.is_bound = true, .is_own_report = true, .verifier_id = 2, .position = TEXT("affected"), .step = TEXT("vendor")
	};
	const Someone people[] = {
		{ 'C', false, { .person_id = 1, .roles = ROLE_REPORTER | ROLE_COORDINATOR } },
		{ 'D', true, { .person_id = 11, .roles = ROLE_REPORTER | ROLE_COORDINATOR } },
		{ 'V', true, { .person_id = 3, .roles = ROLE_REPORTER | ROLE_VENDOR_MEMBER } },
		{ 'E', false, { .person_id = 2, .roles = ROLE_REPORTER | ROLE_VERIFIER } },
		{ 'S', false, { .roles = ROLE_SYSTEM } },
		{ 'X', false, { .person_id = 4, .roles = ROLE_REPORTER | ROLE_VERIFIER } },
		{ 'X', false, { .person_id = 5, .roles = ROLE_REPORTER | ROLE_VENDOR_ADMIN | ROLE_VENDOR_MEMBER } },
		{ 'X', false, { .person_id = 6, .roles = ROLE_REPORTER | ROLE_PUBLISHER | ROLE_EDITOR | ROLE_AUTHORITY } },
		{ 'X', false, { .person_id = 7, .roles = ROLE_REPORTER | ROLE_SYSTEM_ADMIN } },
		{ 'X', false, { .roles = ROLE_VISITOR } },
	};
	for (size_t s = 0; s < party_machine.state_count; s++) {
		for (size_t r = 0; r < party_machine.row_count; r++) {
			for (size_t a = 0; a < COUNT(people); a++) {
				const char *state = party_machine.states[s].name, *action = party_machine.rows[r].action;
				if (may_at_all(&people[a], &facts, state, action) != is_permitted(state, action, people[a].letter))
					test_fail(__FILE__, __LINE__, "%s %s by %c%zu", state, action, people[a].letter, a);
			}
		}
	}
}

/* ---- Conditions */
static const char *why_not(const PartyFacts *facts, const char *state, const char *action, uint32_t roles)
{
	Actor actor = { .person_id = 1, .roles = ROLE_REPORTER | roles };
	Matter matter = { .state = text_from(state), .facts = facts };
	Error error = OK;
	const char *why = NULL;
	const Transition *row = workflow_row(&party_machine, &matter, &actor, text_from(action), &error, &why);
	return row ? "" : error == ERROR_INVALID ? why : error_name(error);
}
#define REFUSED(facts, state, action, roles, part) CHECK(strstr(why_not((facts), state, action, (roles)), part) != NULL)
#define ALLOWED(facts, state, action, roles) CHECK_TEXT(text_from(why_not((facts), state, action, (roles))), "")

TEST(party_workflow__nobody_is_told_before_it_is_proven_who_they_are_and_no_stranger_abroad)
{
	PartyFacts facts = { .step = TEXT("vendor"), .position = TEXT("") };
	REFUSED(&facts, "CONTACTING", "notify", ROLE_COORDINATOR, "not proven");
	facts.is_bound = true;
	ALLOWED(&facts, "CONTACTING", "notify", ROLE_COORDINATOR);
	facts.is_foreign = true;
	REFUSED(&facts, "CONTACTING", "notify", ROLE_COORDINATOR, "outside the country");
	facts.is_own_provider = true;
	ALLOWED(&facts, "CONTACTING", "notify", ROLE_COORDINATOR);
	facts.is_ended = true;
	REFUSED(&facts, "CONTACTING", "notify", ROLE_COORDINATOR, "ended");
	PartyFacts confirmed = { .is_confirmed = true, .step = TEXT("vendor"), .position = TEXT("") };
	ALLOWED(&confirmed, "CONTACTING", "notify", ROLE_COORDINATOR);
}

TEST(party_workflow__each_step_is_tried_and_its_time_over_before_the_next)
{
	static const char *const steps[] = { "vendor", "partner", "authority" }, *const onwards[] = { "partner", "authority", "give-up" };
	for (size_t i = 0; i < COUNT(steps); i++) {
		PartyFacts facts = { .step = text_from(steps[i]), .position = TEXT("") };
		for (size_t j = 0; j < COUNT(steps); j++)
			if (j != i) REFUSED(&facts, "CONTACTING", onwards[j], ROLE_COORDINATOR, "not the turn");
		REFUSED(&facts, "CONTACTING", onwards[i], ROLE_COORDINATOR, "No attempt");
		facts.attempts = 2;
		facts.failed = 1;
		REFUSED(&facts, "CONTACTING", onwards[i], ROLE_COORDINATOR, "not over");
		facts.failed = 2; /* every letter came back: no use in waiting, but the last step takes its time */
		if (i < 2)
			ALLOWED(&facts, "CONTACTING", onwards[i], ROLE_COORDINATOR);
		else
			REFUSED(&facts, "CONTACTING", onwards[i], ROLE_COORDINATOR, "not over");
		facts.is_over = true;
		ALLOWED(&facts, "CONTACTING", onwards[i], ROLE_COORDINATOR);
	}
}

TEST(party_workflow__position_decides_what_follows)
{
	static const struct {
		const char *position;
		bool plan, settle, check;
	} cases[] = { { "affected", true, false, false }, { "known", true, false, true }, { "upstream", true, false, false },
		{ "not-affected", false, true, false }, { "retired", false, true, false }, { "fixed", false, false, true } };
	for (size_t i = 0; i < COUNT(cases); i++) {
		PartyFacts facts = { .position = text_from(cases[i].position), .says_fixed = cases[i].check, .step = TEXT("vendor") };
		CHECK_INT(!*why_not(&facts, "POSITION_STATED", "settle", ROLE_COORDINATOR), cases[i].settle);
		CHECK_INT(!*why_not(&facts, "POSITION_STATED", "check", ROLE_COORDINATOR), cases[i].check);
		CHECK_INT(!*why_not(&facts, "DONE", "reconsider", ROLE_COORDINATOR), cases[i].settle);
		CHECK_INT(!*why_not(&facts, "DONE", "reopen", ROLE_COORDINATOR), !cases[i].settle);
		facts.is_vendor = true;
		CHECK_INT(!*why_not(&facts, "POSITION_STATED", "plan", 0), cases[i].plan);
	}
}

TEST(party_workflow__fix_for_one_version_line_only_is_not_done)
{
	PartyFacts facts = { .is_vendor = true, .lines = 2, .open_lines = 1, .position = TEXT("affected"), .step = TEXT("vendor") };
	REFUSED(&facts, "FIXING", "declare", 0, "still without a fix");
	facts.open_lines = 0;
	ALLOWED(&facts, "FIXING", "declare", 0);
	facts.lines = 0;
	REFUSED(&facts, "FIXING", "declare", 0, "No fixed version");
}

TEST(party_workflow__samples_are_not_compared_as_long_as_there_are_none)
{
	PartyFacts facts = { .verifier_id = 1, .position = TEXT("affected"), .step = TEXT("vendor") };
	REFUSED(&facts, "FIX_CHECK", "samples", ROLE_VERIFIER, "no samples");
	ALLOWED(&facts, "FIX_CHECK", "replay", ROLE_VERIFIER);
}

TEST(party_stage__silence_is_shown_as_silence)
{
	CHECK_TEXT(text_from(party_stage_text(TEXT("NOTIFIED"), TEXT(""))), "Notified, no answer yet");
	CHECK_TEXT(text_from(party_stage_text(TEXT("ACKNOWLEDGED"), TEXT(""))), "Signed for, no position yet");
	CHECK_TEXT(text_from(party_stage_text(TEXT("POSITION_STATED"), TEXT("not-affected"))), "Position: not affected");
	CHECK_TEXT(text_from(party_stage_text(TEXT("DONE"), TEXT("affected"))), "Settled");
}
