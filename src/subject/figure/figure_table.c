/* Every figure, defined once. */
#include "subject/figure/figure.h"

#define BIT(slice) (1U << FIGURE_##slice)
#define OF_REPORTS (BIT(ALL) | BIT(KIND) | BIT(UNIT))
#define OF_VENDORS (BIT(ALL) | BIT(VENDOR))

const Figure figures[] = {
	{ "received", N_("Reports received"), N_("Reports that were sent, by the day they were received."), FIGURE_COUNT, "report",
		{ "send" }, OF_REPORTS, .is_public = true },
	{ "taken-on", N_("Reports taken on"), N_("Reports that the formal review made part of a casefile."), FIGURE_COUNT, "report",
		{ "attach" }, OF_REPORTS },
	{ "duplicates", N_("Duplicates"), N_("Reports decided as duplicates of an earlier one."), FIGURE_COUNT, "report", { "duplicate" },
		OF_REPORTS },
	{ "refused", N_("Reports not taken on"), N_("Reports refused, put aside as none, or closed for want of an answer."), FIGURE_COUNT,
		"report", { "reject", "spam", "lapse" }, OF_REPORTS },
	{ "accepted", N_("Vulnerabilities accepted"), N_("Casefiles that were accepted and given an archived number."), FIGURE_COUNT,
		"casefile", { "accept" }, BIT(ALL) | BIT(KIND) | BIT(PRODUCT) | BIT(LEVEL) | BIT(CLASS), .is_public = true },
	{ "notices", N_("Notices to vendors"), N_("Notices sent to vendors, corrected ones too."), FIGURE_COUNT, "party", { "notify" },
		BIT(ALL), .is_public = true, .is_vendors = true },
	{ "signed", N_("Notices signed for"), N_("Notices that the vendor signed for."), FIGURE_COUNT, "party", { "acknowledge" },
		OF_VENDORS, .is_vendors = true },
	{ "positions", N_("Positions of vendors"), N_("Positions that vendors stated."), FIGURE_COUNT, "party", { "state" }, OF_VENDORS,
		.is_vendors = true },
	{ "closings", N_("Closed by evidence"),
		N_("Evidence of vendors that nothing is left to be done, as a coordinator accepted it: fixed before, retired, or known "
		   "before the report."),
		FIGURE_COUNT, "party", { "accept-fixed", "accept-retired", "accept-known" }, OF_VENDORS, .is_vendors = true },
	{ "unanswered", N_("Unanswered"), N_("Notices whose vendor let the time pass, so that the contact went on to the next step."),
		FIGURE_COUNT, "party", { "contact" }, BIT(ALL), .is_vendors = true },
	{ "repaired", N_("Fixes confirmed"), N_("Fixes that a check confirmed."), FIGURE_COUNT, "party", { "samples", "replay", "spot" },
		OF_VENDORS, .is_public = true, .is_vendors = true },
	{ "published", N_("Advisories published"), N_("Casefiles whose advisory the library published; imported records are not counted."),
		FIGURE_COUNT, "casefile", { "publish", "release" }, BIT(ALL) | BIT(LEVEL) | BIT(CLASS), .is_public = true,
		.is_open = true },
	{ "internal", N_("Kept internal"), N_("Casefiles settled without publication, as those of the incident type are."), FIGURE_COUNT,
		"casefile", { "keep" }, BIT(ALL) },
	{ "risk-notices", N_("Risk warnings published"), N_("Warnings that everybody can read, by the day they were published."),
		FIGURE_COUNT, FIGURE_RISK_NOTICE, { "publish" }, BIT(ALL), .is_public = true, .is_open = true },
	{ "warnings", N_("Warnings sent"), N_("Warnings that a second person approved and sent, to everybody or to organisations."),
		FIGURE_COUNT, "warning", { "send" }, BIT(ALL) | BIT(REACH) },
	{ "warnings-shared", N_("Warnings shared by units"), N_("Warnings that support units handed in for assessment."), FIGURE_COUNT,
		"warning", { "submit" }, BIT(ALL) },
	{ "packages", N_("Packages given to partners"), N_("Packages of first letters that partners were given to hand over."),
		FIGURE_COUNT, "delivery", { "open" }, BIT(ALL) },
	{ "appeals", N_("Appeals made"), N_("Appeals against a rejection, a duplicate, a rating or being named."), FIGURE_COUNT, "dispute",
		{ "open" }, BIT(ALL), .is_public = true },
	{ "appeals-granted", N_("Appeals granted"), N_("Appeals whose answer changed the decision."), FIGURE_COUNT, "dispute",
		{ "grant", "grant-rating" }, BIT(ALL) },
	{ "panels", N_("Decisions of expert panels"), N_("Disputes that a panel of experts decided."), FIGURE_COUNT, "dispute",
		{ "decide" }, BIT(ALL) },
	{ "review-days", N_("Formal review"),
		N_("From reception to the decision, or to the question for additions and on from the answer."), FIGURE_TIME, "report",
		{ "formal-review" }, BIT(ALL) | BIT(KIND), .is_public = true, .is_library = true },
	{ "verification-days", N_("Verification"), N_("From the opening of the casefile, or its return, to the verifier's conclusion."),
		FIGURE_TIME, "casefile", { "verification" }, BIT(ALL) | BIT(KIND), .is_public = true, .is_library = true },
	{ "rating-days", N_("Rating and acceptance"), N_("From the verifier's rating to the coordinator's decision."), FIGURE_TIME,
		"casefile", { "rating" }, BIT(ALL) | BIT(KIND), .is_public = true, .is_library = true },
	{ "notice-days", N_("Notice to the vendor"), N_("From acceptance to the beginning of the coordination with vendors."), FIGURE_TIME,
		"casefile", { "contact" }, BIT(ALL) | BIT(KIND) | BIT(LEVEL), .is_public = true, .is_library = true },
	{ "plan-review-days", N_("Review of the repair plan"), N_("From the vendor's plan to the coordinator's decision."), FIGURE_TIME,
		"party", { "plan-review" }, BIT(ALL), .is_public = true, .is_library = true },
	{ "fix-check-days", N_("Check of the fix"), N_("From the vendor's declaration to the verifier's conclusion."), FIGURE_TIME, "party",
		{ "fix-check" }, BIT(ALL), .is_public = true, .is_library = true },
	{ "publication-days", N_("Check before publication"), N_("From the request to publish to the publisher's decision."), FIGURE_TIME,
		"casefile", { "publication" }, BIT(ALL) | BIT(LEVEL), .is_public = true, .is_library = true },
	{ "warning-assess-days", N_("Assessment of a warning"), N_("From a unit's warning to the coordinator's decision about it."),
		FIGURE_TIME, "warning", { "assess" }, BIT(ALL), .is_public = true, .is_library = true },
	{ "warning-approve-days", N_("Approval of a warning"),
		N_("From the assessed warning, or its correction, to the publisher's decision."), FIGURE_TIME, "warning", { "approve" },
		BIT(ALL), .is_public = true, .is_library = true },
	{ "appeal-days", N_("Answer to an appeal"), N_("From the appeal to its answer by somebody else."), FIGURE_TIME, "dispute",
		{ "appeal-answer" }, BIT(ALL), .is_public = true, .is_library = true },
	{ "panel-days", N_("Decision of a panel"), N_("From the request for the panel of experts to its decision."), FIGURE_TIME, "dispute",
		{ "dispute-panel" }, BIT(ALL), .is_public = true, .is_library = true },
	{ "receipt-days", N_("Receipt of a warning"),
		N_("From the sending to an organisation's signature, or to the end of the limit where none has come."), FIGURE_TIME,
		FIGURE_RECEIPT, { "receipt" }, OF_VENDORS | BIT(UNIT) },
	{ "package-receipt-days", N_("Partner's receipt of a package"), N_("From the handing out to the partner's confirmation."),
		FIGURE_TIME, "delivery", { "delivery-receipt" }, BIT(ALL) },
	{ "package-days", N_("Delivery by a partner"), N_("From the partner's confirmation to the last letter it reported."), FIGURE_TIME,
		"delivery", { "delivery-report" }, BIT(ALL) },
	{ "position-days", N_("Position of the vendor"), N_("From the notice to the vendor's position, or to the end of the wait for it."),
		FIGURE_TIME, "party", { "position" }, OF_VENDORS, .is_vendors = true },
	{ "plan-days", N_("Repair plan"), N_("From the vendor's position to its repair plan."), FIGURE_TIME, "party", { "plan" },
		OF_VENDORS, .is_vendors = true },
	{ "fixing-days", N_("Fixing"), N_("From the accepted plan, or the report of an own product, to the declaration of the fix."),
		FIGURE_TIME, "party", { "fixing" }, OF_VENDORS, .is_vendors = true },
	{ "coordination-days", N_("Coordination"), N_("From the beginning of the coordination to the request to publish."), FIGURE_TIME,
		"casefile", { "fixing" }, BIT(ALL) | BIT(KIND) | BIT(LEVEL) },
	{ "review-open", N_("In formal review"), N_("Reports whose formal review ran."), FIGURE_STOCK, "report", { "formal-review" },
		BIT(AGE), .is_public = true },
	{ "verification-open", N_("In verification"), N_("Casefiles whose verification ran."), FIGURE_STOCK, "casefile", { "verification" },
		BIT(AGE), .is_public = true },
	{ "rating-open", N_("In rating"), N_("Casefiles whose rating waited for the decision."), FIGURE_STOCK, "casefile", { "rating" },
		BIT(AGE), .is_public = true },
	{ "notice-open", N_("Before the notice"), N_("Accepted casefiles whose vendors were not told yet."), FIGURE_STOCK, "casefile",
		{ "contact" }, BIT(AGE), .is_public = true },
	{ "coordination-open", N_("In coordination"), N_("Casefiles in coordination with the vendors."), FIGURE_STOCK, "casefile",
		{ "fixing" }, BIT(AGE), .is_public = true },
	{ "publication-open", N_("Before publication"), N_("Casefiles that waited for the publisher."), FIGURE_STOCK, "casefile",
		{ "publication" }, BIT(AGE), .is_public = true },
	{ "warning-open", N_("Warnings before assessment"), N_("Warnings of units that waited for their assessment."), FIGURE_STOCK,
		"warning", { "assess" }, BIT(AGE), .is_public = true },
	{ "appeal-open", N_("Appeals before an answer"), N_("Appeals that waited for their answer."), FIGURE_STOCK, "dispute",
		{ "appeal-answer" }, BIT(AGE), .is_public = true },
	{ "panel-open", N_("Before a panel"), N_("Disputes that waited for the decision of a panel of experts."), FIGURE_STOCK, "dispute",
		{ "dispute-panel" }, BIT(AGE), .is_public = true },
};
const size_t figure_count = COUNT(figures);

const Figure *figure_find(Text tag)
{
	for (size_t i = 0; i < figure_count; i++)
		if (text_is(tag, text_from(figures[i].tag))) return &figures[i];
	return NULL;
}

const char *figure_slice_tag(FigureSlice slice)
{
	static const char *const tags[FIGURE_SLICES] = { "all", "kind", "product", "level", "class", "vendor", "unit", "reach", "age" };
	return tags[slice];
}

const char *figure_unit_text(FigureType type)
{
	static const char *const texts[] = { N_("events"), N_("working days"), N_("matters at the end of the period") };
	return texts[type];
}

const char *figure_source_text(FigureType type)
{
	static const char *const texts[] = { N_("events of the ledger"), N_("time limits of the workflow that ended in the period"),
		N_("time limits of the workflow that ran") };
	return texts[type];
}
