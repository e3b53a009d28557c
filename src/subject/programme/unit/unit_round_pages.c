/* The units of a round: who accepted the agreement, and the form by which they are entered. */
#include "people/person/form_page.h"
#include "subject/programme/round/round.h"
#include "subject/programme/unit/unit_table_private.h"
#include "subject/programme/unit/views/unit_round.html.h"
#include "work/certificate/certificate.h"

typedef struct UnitRound {
	Round round;
	UnitCandidates candidates;
	Text document;
} UnitRound;

static Text base_of(Arena *arena, Text ref)
{
	return arena_printf(arena, "/programme/rounds/%.*s/units", TEXT_ARGS(url_segment(arena, ref)));
}

static Error load(Request *request)
{
	UnitRound *of = arena_new_of(request->call->arena, UnitRound);
	Text ref = request_parameter(request, TEXT("ref"));
	TRY(round_open(request->call, ref, &of->round));
	TRY(unit_candidates(request->call, ref, &of->candidates, &of->document));
	request->subject = of;
	return OK;
}

static Text becomes_text(Html *html, const UnitCandidate *candidate)
{
	return tr(html->lang, candidate->is_renewal ? N_("Renewal; a new number replaces the old one") : N_("New unit"));
}

static Markup table_of(Html *html, const UnitRound *of)
{
	static const char *const labels[] = { N_("Organisation"), N_("Direction"), N_("Stars"), N_("What it becomes"), N_("State") };
	Arena *arena = html->call->arena;
	Column columns[COUNT(labels)];
	const UnitCandidates *candidates = &of->candidates;
	Cell *cells = arena_array_of(arena, Cell, candidates->count * COUNT(labels) + 1);
	for (size_t i = 0; i < COUNT(labels); i++) columns[i] = (Column) { .label = tr(html->lang, labels[i]), .kind = COLUMN_TEXT };
	for (size_t i = 0; i < candidates->count; i++) {
		const UnitCandidate *candidate = &candidates->at[i];
		Cell *cell = &cells[i * COUNT(labels)];
		cell[0] = (Cell) { .text = org_shown_name(&candidate->organisation, html->lang),
			.url = url_local(arena, "/applications/%.*s", TEXT_ARGS(url_segment(arena, candidate->application))) };
		cell[1].text = tr(html->lang, certificate_direction_text(candidate->direction));
		cell[2].text = unit_stars_text(candidate->stars);
		cell[3].text = becomes_text(html, candidate);
		cell[4].text = tr(html->lang, candidate->why_not ? candidate->why_not : N_("Agreement accepted"));
		if (candidate->is_entered && candidate->unit.length)
			cell[4].url = url_local(arena, "/programme/units/%.*s", TEXT_ARGS(url_segment(arena, candidate->unit)));
	}
	if (!candidates->count)
		return part_empty(html, tr(html->lang, "Nobody waits for a certificate."), TEXT(""), (Url) { { 0 } }, TEXT(""));
	return part_table(html, &(Table) { tr(html->lang, "Units of this round"), columns, COUNT(labels), cells, candidates->count });
}

static Error show(Request *request)
{
	Html *html;
	Call *call = request->call;
	const UnitRound *of = request->subject;
	Failure failure = call->failure;
	Map *values = map_new(call->arena);
	bool may_enter = false;
	Crumb crumbs[] = { { tr(call->lang, "Selection rounds"), url_local(call->arena, "/programme/rounds") },
		{ of->round.code, url_local(call->arena, "/programme/rounds/%.*s", TEXT_ARGS(url_segment(call->arena, of->round.ref))) },
		{ .text = tr(call->lang, "Units of this round") } };
	PageHead head = { .title = tr(call->lang, "Units of this round"), .crumbs = crumbs, .crumb_count = COUNT(crumbs), .wide = true };
	form_set(call->arena, values, TEXT("document"), of->document);
	if (request->method == POST && form_take(request, &unit_round_form, values) != OK) call_recover(call);
	TRY(html_page_open(request, &head, &html));
	call->failure = failure;
	for (size_t i = 0; i < of->candidates.count; i++) may_enter |= !of->candidates.at[i].why_not;
	UnitRoundView view = { .table = table_of(html, of), .form = form_view(html, &unit_round_form, values, (Url) { { 0 } }) };
	if (may_enter && actor_has(call->actor, ROLE_SECRETARY))
		view.action = url_local(call->arena, "%.*s", TEXT_ARGS(base_of(call->arena, of->round.ref)));
	page_unit_round(html, &view);
	return html_page_close(request, html);
}

static Error do_enter(Request *request)
{
	Map *values = map_new(request->call->arena);
	int64_t count;
	Text ref = request_parameter(request, TEXT("ref"));
	TRY(form_take(request, &unit_round_form, values));
	TRY(unit_enter_from_round(request->call, ref, values, &count));
	return reply_redirect(request, base_of(request->call->arena, ref));
}

static const FormSpec any_form = { .takes_more = true };
static const Route routes[] = {
	{ GET, "/programme/rounds/:ref/units", show, .may = ROLE_SECRETARY | ROLE_SUPERVISOR, .needs_second_factor = true, .subject = load,
		.summary = "Who of a round waits for a certificate" },
	{ POST, "/programme/rounds/:ref/units", do_enter, .may = ROLE_SECRETARY, .needs_second_factor = true, .subject = load,
		.form = &any_form, .retry = show, .summary = "Enter the units of a round, for another secretary to confirm" },
};
const RouteTable unit_round_routes = { "subject/programme", routes, COUNT(routes) };
