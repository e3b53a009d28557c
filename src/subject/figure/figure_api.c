/* Figures for machines. */
#include "base/base/json.h"
#include "people/person/rules.h"
#include "subject/figure/figure_view.h"

typedef Error ViewOf(Request *request, FigureView *out, bool *out_any);

static Error give(Request *request, ViewOf *view_of)
{
	Call *call = request->call;
	Buffer buffer = { .arena = call->arena };
	JsonWriter json = json_writer(&buffer);
	bool any;
	FigureView view;
	FigureSheets sheets;
	TRY(view_of(request, &view, &any));
	if (any) {
		TRY(figure_sheets(call, &view, &sheets));
		figure_json(&json, call, &view, &sheets);
	} else { /* nothing is computed yet */
		json_object_begin(&json);
		json_put_text(&json, "period", (Text) { 0 });
		json_end(&json);
		json_finish(&json);
	}
	reply_json(request, buffer_text(&buffer));
	return OK;
}

static Error get_public(Request *request)
{
	TRY(give(request, figure_public_view));
	reply_public(request, TEXT("figures"));
	return OK;
}

static Error get_vendors(Request *request)
{
	TRY(give(request, figure_vendors_view));
	reply_public(request, TEXT("figures"));
	return OK;
}

static Error get_office(Request *request) { return give(request, figure_office_view); }
static Error get_own(Request *request) { return give(request, figure_own_view); }

static const Route routes[] = {
	{ GET, "/api/v1/figures", get_public, .may = ROLE_EVERYBODY, .is_public = true,
		.summary = "The public figures of a month (month=2026-10), beside the month before and twelve months. null: hidden, "
			   "because fewer "
			   "than five matters stand behind the number or it would follow from one." },
	{ GET, "/api/v1/figures/vendors", get_vendors, .may = ROLE_EVERYBODY, .is_public = true,
		.summary =
			"How vendors respond, all together, in a month (month=2026-10) and the twelve months up to it; no vendor is named. "
			"null: hidden, because without its two largest vendors fewer than five matters would remain." },
	{ GET, "/api/v1/figures/office", get_office, .may = FIGURE_STAFF, .scope = SCOPE_CASE_READ, .needs_second_factor = true,
		.summary = "All figures, by vendor and by unit too; from and until choose the months" },
	{ GET, "/api/v1/figures/own", get_own, .may = ROLE_VENDOR_MEMBER | ROLE_VENDOR_ADMIN | ROLE_UNIT_MEMBER | ROLE_UNIT_ADMIN,
		.scope = SCOPE_ORGANISATION_READ, .summary = "Figures of one's own organisation, as a vendor or as a unit (as=unit)" },
};
const RouteTable figure_api_routes = { "subject/figure", routes, COUNT(routes) };
