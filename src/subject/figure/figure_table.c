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
		BIT(ALL), .is_public = true },
	{ "signed", N_("Notices signed for"), N_("Notices that the vendor signed for."), FIGURE_COUNT, "party", { "acknowledge" },
		OF_VENDORS },
	{ "positions", N_("Positions of vendors"), N_("Positions that vendors stated."), FIGURE_COUNT, "party", { "state" }, OF_VENDORS },
	{ "repaired", N_("Fixes confirmed"), N_("Fixes that a check confirmed."), FIGURE_COUNT, "party", { "samples", "replay", "spot" },
		OF_VENDORS, .is_public = true },
	{ "published", N_("Advisories published"), N_("Casefiles whose advisory the library published; imported records are not counted."),
		FIGURE_COUNT, "casefile", { "publish", "release" }, BIT(ALL) | BIT(LEVEL) | BIT(CLASS), .is_public = true,
		.is_open = true },
	{ "internal", N_("Kept internal"), N_("Casefiles settled without publication, as those of the incident type are."), FIGURE_COUNT,
		"casefile", { "keep" }, BIT(ALL) },
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
	{ "position-days", N_("Position of the vendor"), N_("From the notice to the vendor's position, or to the end of the wait for it."),
		FIGURE_TIME, "party", { "position" }, OF_VENDORS },
	{ "plan-days", N_("Repair plan"), N_("From the vendor's position to its repair plan."), FIGURE_TIME, "party", { "plan" },
		OF_VENDORS },
	{ "fixing-days", N_("Fixing"), N_("From the accepted plan, or the report of an own product, to the declaration of the fix."),
		FIGURE_TIME, "party", { "fixing" }, OF_VENDORS },
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
	static const char *const tags[FIGURE_SLICES] = { "all", "kind", "product", "level", "class", "vendor", "unit", "age" };
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
