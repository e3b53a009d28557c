/* The machine of a dispute, and the forms of its actions. */
#include "subject/dispute/dispute_private.h"

enum { APPELLANTS = ROLE_VISITOR | ROLE_REPORTER, COORDINATOR = ROLE_COORDINATOR, SEATED = ROLE_EXPERT | ROLE_VERIFIER };

/* ---- Who */
static const char *is_appellant(const void *facts, const Actor *actor)
{
	(void)actor;
	return ((const DisputeFacts *)facts)->is_appellant ? NULL : N_("Only whoever appealed can do this.");
}

/* Somebody who had no part in the decision, and no interest in the matter. */
static const char *is_independent(const void *facts, const Actor *actor)
{
	(void)actor;
	const DisputeFacts *dispute = facts;
	return dispute->is_appellant ? N_("Nobody decides about their own matter.") : dispute->unfit;
}

static const char *is_plain(const void *facts, const Actor *actor)
{
	return ((const DisputeFacts *)facts)->is_rating ? N_("It is about a rating.") : is_independent(facts, actor);
}

static const char *is_about_rating(const void *facts, const Actor *actor)
{
	return ((const DisputeFacts *)facts)->is_rating ? is_independent(facts, actor) : N_("It is not about a rating.");
}

static const char *is_seated(const void *facts, const Actor *actor)
{
	(void)actor;
	return ((const DisputeFacts *)facts)->has_seat ? NULL : N_("Only a member of the panel can do this.");
}

static const char *votes_plain(const void *facts, const Actor *actor)
{
	return ((const DisputeFacts *)facts)->is_rating ? N_("It is about a rating.") : is_seated(facts, actor);
}

static const char *votes_rating(const void *facts, const Actor *actor)
{
	return ((const DisputeFacts *)facts)->is_rating ? is_seated(facts, actor) : N_("It is not about a rating.");
}

/* ---- When */
static const char *has_not_signed(const void *facts, const Actor *actor)
{
	(void)actor;
	return ((const DisputeFacts *)facts)->has_signed ? N_("The confidentiality undertaking has been signed.") : NULL;
}

static const char *has_not_voted(const void *facts, const Actor *actor)
{
	(void)actor;
	return ((const DisputeFacts *)facts)->has_voted ? N_("You have voted; a vote is not changed.") : NULL;
}

static const char *may_vote(const void *facts, const Actor *actor)
{
	const DisputeFacts *dispute = facts;
	if (!dispute->has_signed) return N_("The confidentiality undertaking has to be signed first.");
	if (dispute->is_over) return N_("The time to vote is over.");
	return has_not_voted(facts, actor);
}

static const char *has_free_seat(const void *facts, const Actor *actor)
{
	(void)actor;
	const DisputeFacts *dispute = facts;
	return dispute->held < dispute->seats ? NULL : N_("Every seat is taken.");
}

static const char *is_over(const void *facts, const Actor *actor)
{
	(void)actor;
	return ((const DisputeFacts *)facts)->is_over ? NULL : N_("The time is not over yet.");
}

static bool has_quorum(const DisputeFacts *dispute) { return dispute->votes * 2 > dispute->seats; }

static const char *can_decide(const void *facts, const Actor *actor)
{
	(void)actor;
	const DisputeFacts *dispute = facts;
	if (dispute->seats && dispute->votes == dispute->seats) return NULL;
	if (!dispute->is_over) return N_("Not everybody has voted, and the time is not over yet.");
	return has_quorum(dispute) ? NULL : N_("Half of the seats or fewer have voted.");
}

static const char *must_renew(const void *facts, const Actor *actor)
{
	const DisputeFacts *dispute = facts;
	return has_quorum(dispute) ? N_("There are enough votes.") : is_over(facts, actor);
}

/* ---- The table */
static const WorkflowState states[] = {
	{ "APPEALED", N_("Appeal made"), N_("a coordinator who had no part in the decision"), "active", false },
	{ "ANSWERED", N_("Answered"), N_("whoever appealed"), "warn", false },
	{ "PANEL", N_("With the panel of experts"), N_("the panel of experts"), "active", false },
	{ "DECIDED", N_("Decided by the panel"), NULL, "good", true },
	{ "ACCEPTED", N_("Settled by the answer"), NULL, "good", true },
	{ "WITHDRAWN", N_("Withdrawn"), NULL, "neutral", true },
	{ "LAPSED", N_("Lapsed: no panel was asked for"), NULL, "neutral", true },
	{ "ENDED", N_("Ended: what it was about is gone"), NULL, "neutral", true },
};

static const WorkflowClock clocks[] = {
	{ "appeal-answer", N_("Answer to the appeal"), SETTING_appeal_answer_days, "disputes 1" },
	{ "appeal-acceptance", N_("Asking for the panel of experts"), SETTING_appeal_accept_days, "disputes 1" },
	{ "dispute-panel", N_("Decision of the panel of experts"), SETTING_dispute_panel_days, "disputes 1" },
};

#define END(from) \
	{ \
		from, "end", "ENDED", ROLE_SYSTEM, NULL, NULL, NULL, false, N_("End it: what it was about is gone"), NULL \
	}
#define WITHDRAW(from) \
	{ \
		from, "withdraw", "WITHDRAWN", APPELLANTS, is_appellant, NULL, NULL, false, N_("Withdraw the appeal"), NULL \
	}
static const Transition rows[] = {
	{ "APPEALED", "answer", "ANSWERED", COORDINATOR, is_independent, NULL, "appeal-acceptance", false,
		N_("Answer: the decision stands"), "dispute-answer" },
	{ "APPEALED", "grant", "ACCEPTED", COORDINATOR, is_plain, NULL, NULL, false, N_("Answer: the decision does not stand"),
		"dispute-answer" },
	{ "APPEALED", "grant-rating", "ACCEPTED", COORDINATOR, is_about_rating, NULL, NULL, false, N_("Answer: the rating is changed"),
		"dispute-grant-rating" },
	WITHDRAW("APPEALED"),
	END("APPEALED"),
	{ "ANSWERED", "accept", "ACCEPTED", APPELLANTS, is_appellant, NULL, NULL, false, N_("Accept the answer"), NULL },
	{ "ANSWERED", "panel", "PANEL", APPELLANTS, is_appellant, NULL, "dispute-panel", false, N_("Ask for the panel of experts"),
		"dispute-request" },
	{ "ANSWERED", "lapse", "LAPSED", ROLE_SYSTEM, NULL, is_over, NULL, false, N_("Let it lapse"), NULL },
	WITHDRAW("ANSWERED"),
	END("ANSWERED"),
	{ "PANEL", "undertake", "PANEL", SEATED, is_seated, has_not_signed, NULL, false, N_("Sign the confidentiality undertaking"),
		"dispute-undertake" },
	{ "PANEL", "vote", "PANEL", SEATED, votes_plain, may_vote, NULL, false, N_("Vote"), "dispute-vote" },
	{ "PANEL", "vote-rating", "PANEL", SEATED, votes_rating, may_vote, NULL, false, N_("Vote about the rating"),
		"dispute-vote-rating" },
	{ "PANEL", "decline", "PANEL", SEATED, is_seated, has_not_voted, NULL, false, N_("Give the seat back"), "dispute-decline" },
	{ "PANEL", "draw", "PANEL", COORDINATOR, is_independent, has_free_seat, NULL, false, N_("Draw for the seats that are free"), NULL },
	{ "PANEL", "decide", "DECIDED", ROLE_SYSTEM, NULL, can_decide, NULL, false, N_("Open the votes and decide"), NULL },
	{ "PANEL", "renew", "PANEL", ROLE_SYSTEM, NULL, must_renew, NULL, false, N_("Replace those who have not voted"), NULL },
	WITHDRAW("PANEL"),
	END("PANEL"),
};

const Machine dispute_machine = {
	.name = "dispute",
	.text = N_("Dispute"),
	.states = states,
	.state_count = COUNT(states),
	.rows = rows,
	.row_count = COUNT(rows),
	.clocks = clocks,
	.clock_count = COUNT(clocks),
	.opening = "appeal-answer",
	.load = dispute_machine_load,
	.move = dispute_machine_move,
	.applied = dispute_machine_applied,
};

/* ---- Forms */
static const WordBuiltIn grounds[] = {
	{ "facts", N_("The decision overlooks or misreads what was sent"), false },
	{ "rule", N_("The rule that is cited does not fit"), false },
	{ "different", N_("It is another vulnerability than the earlier one"), false },
	{ "earlier", N_("It was sent earlier than what it is said to repeat"), false },
	{ "rating", N_("The rating does not follow from the facts"), false },
	{ "not-affected", N_("The product named is not affected"), false },
	{ "procedure", N_("A step of the procedure was left out or came too late"), false },
	{ "other", N_("Another ground"), false },
};
const Wordlist dispute_grounds = { .name = "appeal-ground",
	.title = N_("Grounds of an appeal"),
	.source_label = N_("Rule it cites"),
	.words = grounds,
	.count = COUNT(grounds) };

#define WORDS(name, label, help) \
	{ \
		name, FORM_LINES, label, help, .required = true, .max_length = 4000 \
	}
static const FormItem appeal_items[] = {
	{ "grounds", FORM_CHOICE, N_("Ground of the appeal"), NULL, .required = true, .list = &dispute_grounds },
	{ "text", FORM_MARKDOWN, N_("Why the decision should not stand"),
		N_("Coordinators read this, and the experts if it comes to a panel. Do not name yourself in it. Files can be added on the "
		   "next "
		   "page."),
		.required = true, .max_length = 10000 },
};
static const FormItem answer_items[] = { WORDS(
	"answer", N_("Answer with its reasons"), N_("Whoever appealed reads this. Say nothing of reports of others.")) };
static const FormItem rating_items[] = {
	WORDS("answer", N_("Answer with its reasons"), N_("Whoever appealed reads this. Say nothing of reports of others.")),
	{ "gbt30279", FORM_GBT30279, N_("Rating by GB/T 30279-2020"), NULL, .required = true },
	{ "cvss", FORM_CVSS, N_("Rating by CVSS"), NULL, .required = true },
};
static const FormItem request_items[] = { WORDS(
	"request", N_("Why the answer is not accepted"), N_("The experts read this. Do not name yourself in it.")) };
static const FormItem undertake_items[] = {
	{ "undertaking", FORM_CHECK,
		N_("I keep everything I learn of this dispute confidential, use it for my vote only, speak to nobody of it, and destroy my "
		   "copies when it is decided"),
		NULL, .required = true },
	{ "no_interest", FORM_CHECK,
		N_("Neither I nor my organisation belongs to a side or its group, competes with one, or has been its customer within three "
		   "years; I had nothing to do with this matter before"),
		NULL, .required = true },
};
static const FormChoice verdicts[] = { { "upheld", N_("The decision stands") }, { "set-aside", N_("The decision does not stand") } };
#define VERDICT \
	{ \
		"verdict", FORM_CHOICE, N_("Vote"), N_("Sealed until everybody has voted or the time is over. It cannot be changed."), \
			.required = true, .choices = verdicts, .choice_count = COUNT(verdicts) \
	}
#define REASONS \
	WORDS("reasons", N_("Reasons"), \
		N_("They are part of the decision and are read by whoever appealed. Say nothing of reports of others."))
static const FormItem vote_items[] = { VERDICT, REASONS };
static const FormItem vote_rating_items[] = {
	VERDICT,
	REASONS,
	{ "gbt30279", FORM_GBT30279, N_("Rating by GB/T 30279-2020"), NULL, .required_when = { "verdict", "set-aside" },
		.shown_when = { "verdict", "set-aside" } },
	{ "cvss", FORM_CVSS, N_("Rating by CVSS"), NULL, .required_when = { "verdict", "set-aside" },
		.shown_when = { "verdict", "set-aside" } },
};
static const FormItem decline_items[] = { { "reason", FORM_LINES, N_("Why"), N_("Coordinators read this."), .required = true,
	.max_length = 500 } };

#define SECTION(name) static const FormSection name##_section[] = { { NULL, NULL, name##_items, COUNT(name##_items) } }
SECTION(appeal);
SECTION(answer);
SECTION(rating);
SECTION(request);
SECTION(undertake);
SECTION(vote);
SECTION(vote_rating);
SECTION(decline);
const Form dispute_appeal_form = { "dispute-appeal", 1, N_("Appeal"), appeal_section, 1, NULL };
static const Form forms[] = {
	{ "dispute-answer", 1, N_("Answer to the appeal"), answer_section, 1, NULL },
	{ "dispute-grant-rating", 1, N_("Answer to the appeal"), rating_section, 1, NULL },
	{ "dispute-request", 1, N_("Ask for the panel of experts"), request_section, 1, NULL },
	{ "dispute-undertake", 1, N_("Sign the confidentiality undertaking"), undertake_section, 1, NULL },
	{ "dispute-vote", 1, N_("Vote"), vote_section, 1, NULL },
	{ "dispute-vote-rating", 1, N_("Vote about the rating"), vote_rating_section, 1, NULL },
	{ "dispute-decline", 1, N_("Give the seat back"), decline_section, 1, NULL },
};

const Form *dispute_action_form(const char *name)
{
	for (size_t i = 0; name && i < COUNT(forms); i++)
		if (!strcmp(name, forms[i].name)) return &forms[i];
	return NULL;
}

/* ---- Words */
const char *dispute_against_text(Text against)
{
	static const char *const names[][2] = { { "rejection", N_("Against not being taken on") },
		{ "duplicate", N_("Against being a duplicate") }, { "rating", N_("Against the rating") },
		{ "named", N_("Against being named as affected") } };
	for (size_t i = 0; i < COUNT(names); i++)
		if (text_is(against, text_from(names[i][0]))) return names[i][1];
	return "";
}

const char *dispute_outcome_text(Text outcome)
{
	return text_is(outcome, TEXT("upheld")) ? N_("The decision stands") : N_("The decision does not stand");
}
