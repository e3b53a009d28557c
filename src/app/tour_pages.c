#include "app/tour_pages.h"

#include "face/html/html.h"

/* Each step: its name, and what to look at; Markdown with links. The order is that of a matter's life. */
static const struct {
	const char *title, *body;
} steps[] = {
	{ N_("1. What the public sees"), N_("Open the [front page](/) and an [advisory](/advisories): what is affected, how severe it is, "
					    "what to do. Nothing undisclosed is "
					    "ever here. Notices and standards stand beside it.") },
	{ N_("2. Somebody finds a vulnerability"),
		N_("[Enter](/demo/enter) as a reporter. The [desk](/desk) shows where each report stands, whose turn it is and until when. "
		   "[Report one yourself](/report): the draft saves itself, and you get a signed receipt at once.") },
	{ N_("3. The library reviews it"), N_("Enter as a coordinator. [My desk](/desk) has what waits, overdue first. Take a report on, "
					      "ask for additions, or reject it with a "
					      "reason that cites its rule. Look for the one in the emergency channel.") },
	{ N_("4. It is verified and rated"), N_("Enter as a verifier: sign the undertaking first, then say whether it can be reproduced, "
						"and rate it. A second verifier is "
						"needed from high severity on.") },
	{ N_("5. The vendor repairs it"), N_("Enter as the vendor's administrator. Sign for a notice, state your position, send a repair "
					     "plan, declare the fix. The vendor "
					     "sees its own part only: neither the reporter nor other vendors.") },
	{ N_("6. Two people publish it"), N_("Enter as a publisher and open a casefile that is ready. The gate shows each condition of the "
					     "law; what is not met cannot be "
					     "passed. After that the advisory is public, and the ledger proves who was first.") },
	{ N_("7. A warning goes out"), N_("A support unit shares what it has seen; a coordinator assesses it at the [desk of "
					  "warnings](/warning-desk) and says whom it "
					  "concerns, a publisher sends it. Enter as the vendor's administrator and sign for it. What "
					  "concerns everybody is [public]"
					  "(/warnings).") },
	{ N_("8. Those who operate it"),
		N_("Enter as one of the three administrators. They exclude one another, and none of them can read a report.") },
};

static Error show_tour(Request *request)
{
	Lang lang = request->call->lang;
	Html *html;
	Crumb crumbs[] = { { tr(lang, "Enter the demonstration"), url_local(request->call->arena, "/demo/enter") },
		{ .text = tr(lang, "Tour of five minutes") } };
	PageHead head = { .title = tr(lang, "Tour of five minutes"),
		.lead = tr(
			lang, "From the finder's first word to the public advisory, seen by each who takes part. All of it is invented."),
		.crumbs = crumbs,
		.crumb_count = COUNT(crumbs) };
	if (!request->call->house->demo) return fail(request->call, NOT_FOUND, "not a demonstration");
	TRY(html_page_open(request, &head, &html));
	for (size_t i = 0; i < COUNT(steps); i++)
		html_markup(html, part_note(html, TEXT("active"), tr(lang, steps[i].title), part_markdown(html, tr(lang, steps[i].body))));
	return html_page_close(request, html);
}

static const Route routes[] = {
	{ GET, "/demo/tour", show_tour, .may = ROLE_EVERYBODY, .summary = "A tour of the demonstration" },
};
const RouteTable tour_routes = { "app tour", routes, COUNT(routes) };
