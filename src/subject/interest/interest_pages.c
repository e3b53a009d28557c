/* Declared interests: pages and the same for machines. */
#include "base/base/clock.h"
#include "people/person/form_page.h"
#include "subject/interest/interest.h"
#include "subject/interest/interest_view.h"
#include "subject/interest/views/interests.html.h"
#include "work/form/action_view.h"

enum { PAGE = 50 };

/* ---- Pages */
static Text day_text(Arena *arena, int64_t at) { return at ? text_slice(clock_iso(arena, at + (int64_t)8 * 3600000), 0, 10) : TEXT("—"); }

static Markup end_button(Html *html, const Interest *interest)
{
	if (interest->until_at && interest->until_at <= html->call->now) return part_status(html, tr(html->lang, "Over"), TEXT("neutral"));
	Url url = url_local(html->call->arena, "/interests/%.*s/end", TEXT_ARGS(interest->ref));
	return button_form(html, url, tr(html->lang, "End now"), TEXT("quiet"), TEXT(""), TEXT(""));
}

static Text other_of(Arena *arena, const Interest *interest)
{
	Text names[3];
	size_t count = 0;
	if (interest->organisation.length) names[count++] = interest->organisation;
	if (interest->code.length) names[count++] = interest->code;
	if (interest->product.length) names[count++] = interest->product;
	return arena_join(arena, names, count, TEXT(" · "));
}

static Markup table_of(Html *html, const Interests *interests, bool is_own)
{
	static const char *const labels[] = { N_("Declared by"), N_("Kind of interest"), N_("In"), N_("What shows it"), N_("From"),
		N_("Until"), N_("Actions") };
	size_t count = is_own ? COUNT(labels) : COUNT(labels) - 1;
	Arena *arena = html->call->arena;
	Column *columns = arena_array_of(arena, Column, count);
	Cell *cells = arena_array_of(arena, Cell, interests->count * count + 1);
	for (size_t i = 0; i < count; i++)
		columns[i] = (Column) { .label = tr(html->lang, labels[i]), .kind = i > 3 ? COLUMN_NARROW : COLUMN_TEXT };
	for (size_t i = 0; i < interests->count; i++) {
		const Interest *interest = &interests->at[i];
		Cell *cell = &cells[i * count];
		cell[0] = (Cell) { .text = interest->declarer };
		cell[1] = (Cell) { .text = tr(html->lang, interest_kind_text(interest->kind)) };
		cell[2] = (Cell) { .text = other_of(arena, interest) };
		cell[3] = (Cell) { .text = interest->evidence };
		cell[4] = (Cell) { .text = day_text(arena, interest->from_at) };
		cell[5] = (Cell) { .text = day_text(arena, interest->until_at ? interest->until_at - 1 : 0) };
		if (is_own) cell[6] = (Cell) { .markup = end_button(html, interest) };
	}
	Table table = { .caption = tr(html->lang, "Declared interests"),
		.columns = columns,
		.column_count = count,
		.cells = cells,
		.row_count = interests->count };
	return part_table(html, &table);
}

static Error show_list(Request *request, bool is_own)
{
	Html *html;
	Call *call = request->call;
	Interests interests;
	Failure failure = call->failure;
	Map *values = map_new(call->arena);
	const char *path = is_own ? "/interests" : "/interests/all";
	int64_t before = request_query_number(request, TEXT("before"));
	PageHead head = { .title = tr(call->lang, "Declared interests"),
		.lead = tr(
			call->lang, "Whoever has an interest in a vendor or product judges nothing of it. Declare it before it matters."),
		.wide = true };
	if (is_own && request->method == POST && form_take(request, &interest_form, values) != OK) call_recover(call);
	TRY(is_own ? interest_list(call, before, PAGE, &interests) : interest_list_all(call, before, PAGE, &interests));
	call->failure = failure;
	TRY(html_page_open(request, &head, &html));
	InterestsView view = { .action = url_local(call->arena, "/interests"), .is_open = request->method == POST };
	if (is_own) view.form = form_view(html, &interest_form, values, (Url) { { 0 } });
	if (is_own && actor_has(call->actor, ROLE_COORDINATOR)) view.all = url_local(call->arena, "/interests/all");
	view.table = interests.count ? table_of(html, &interests, is_own)
				     : part_empty(html, tr(call->lang, "No interest is declared."), TEXT(""), (Url) { { 0 } }, TEXT(""));
	if (interests.count == PAGE)
		view.pager = part_pager(
			html, (Url) { { 0 } }, url_local(call->arena, "%s?before=%lld", path, (long long)interests.at[PAGE - 1].id));
	page_interests(html, &view);
	return html_page_close(request, html);
}

static Error show(Request *request) { return show_list(request, true); }
static Error show_all(Request *request) { return show_list(request, false); }

static Error take(Request *request)
{
	Text ref;
	Map *values = map_new(request->call->arena);
	TRY(form_take(request, &interest_form, values));
	return interest_declare(request->call, values, &ref);
}

static Error do_declare(Request *request)
{
	TRY(take(request));
	return reply_redirect(request, TEXT("/interests"));
}

static Error do_end(Request *request)
{
	TRY(interest_end(request->call, request_parameter(request, TEXT("interest"))));
	return reply_redirect(request, TEXT("/interests"));
}

/* ---- For machines */
static void put_interest(JsonWriter *writer, Arena *arena, const Interest *interest)
{
	json_object_begin(writer);
	json_put_text(writer, "ref", interest->ref);
	json_put_text(writer, "whose", interest->is_of_organisation ? TEXT("organisation") : TEXT("me"));
	json_put_text(writer, "declared_by", interest->declarer);
	json_put_text(writer, "kind", interest->kind);
	json_put_filled(writer, "credit_code", interest->code);
	json_put_filled(writer, "organisation", interest->organisation);
	json_put_filled(writer, "product", interest->product);
	json_put_text(writer, "evidence", interest->evidence);
	json_put_text(writer, "from", clock_iso(arena, interest->from_at));
	json_put_time(writer, "until", interest->until_at);
	json_put_text(writer, "declared_at", clock_iso(arena, interest->declared_at));
	json_end(writer);
}

static Error reply_list(Request *request, bool is_own)
{
	Call *call = request->call;
	Interests interests;
	int64_t before;
	JsonList page;
	TRY(request_cursor(request, &before));
	TRY(is_own ? interest_list(call, before, PAGE, &interests) : interest_list_all(call, before, PAGE, &interests));
	json_list_begin(request, &page);
	for (size_t i = 0; i < interests.count; i++) put_interest(&page.writer, call->arena, &interests.at[i]);
	json_list_end(request, &page, cursor_after(call, interests.count == PAGE ? interests.at[PAGE - 1].id : 0));
	return OK;
}

static Error api_list(Request *request) { return reply_list(request, true); }
static Error api_list_all(Request *request) { return reply_list(request, false); }

static Error api_declare(Request *request)
{
	TRY(take(request));
	return reply_list(request, true);
}

static Error api_end(Request *request)
{
	TRY(interest_end(request->call, request_parameter(request, TEXT("interest"))));
	return reply_list(request, true);
}

static const Route routes[] = {
	{ GET, "/interests", show, .may = ROLE_REPORTER, .summary = "Declared interests of one's own" },
	{ POST, "/interests", do_declare, .may = ROLE_REPORTER, .form = &action_request_form, .retry = show,
		.summary = "Declare an interest" },
	{ GET, "/interests/all", show_all, .may = ROLE_COORDINATOR, .needs_second_factor = true, .summary = "All declared interests" },
	{ POST, "/interests/:interest/end", do_end, .may = ROLE_REPORTER, .summary = "End a declared interest" },
	{ GET, "/api/v1/interests", api_list, .may = ROLE_REPORTER, .scope = SCOPE_CASE_READ,
		.summary = "Declared interests of one's own" },
	{ POST, "/api/v1/interests", api_declare, .may = ROLE_REPORTER, .scope = SCOPE_CASE_WRITE, .form = &action_request_form,
		.summary = "Declare an interest" },
	{ GET, "/api/v1/interests/all", api_list_all, .may = ROLE_COORDINATOR, .needs_second_factor = true, .scope = SCOPE_CASE_READ,
		.summary = "All declared interests" },
	{ POST, "/api/v1/interests/:interest/end", api_end, .may = ROLE_REPORTER, .scope = SCOPE_CASE_WRITE,
		.summary = "End a declared interest" },
};
const RouteTable interest_routes = { "subject/interest", routes, COUNT(routes) };
