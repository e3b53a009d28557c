/* Who is meant, who would be told now and why, and who was told and has signed: for the library. */
#include "face/doc/export.h"
#include "subject/warning/views/warning_audience.html.h"
#include "subject/warning/views/warning_drop.html.h"
#include "subject/warning/views/warning_receipts.html.h"
#include "subject/warning/warning_pages_private.h"
#include "subject/warning/warning_view.h"
#include "work/form/action_view.h"

enum { PAGE = 100, FILE_MOST = 5000 };

/* ---- Who is meant */
static Markup aims_of(Html *html, const Warning *warning, const WarningAims *aims)
{
	static const char *const labels[] = { N_("Who is meant"), N_("State"), N_("Added on"), N_("Take out") };
	Arena *arena = html->call->arena;
	bool drops = actor_has(html->call->actor, ROLE_COORDINATOR);
	size_t count = COUNT(labels) - !drops;
	Column columns[COUNT(labels)];
	Cell *cells = arena_array_of(arena, Cell, aims->count * count + 1);
	if (!aims->count) return part_empty(html, tr(html->lang, "Nobody is chosen yet."), TEXT(""), (Url) { { 0 } }, TEXT(""));
	for (size_t i = 0; i < count; i++)
		columns[i] = (Column) { .label = tr(html->lang, labels[i]), .kind = i ? COLUMN_NARROW : COLUMN_TEXT };
	for (size_t i = 0; i < aims->count; i++) {
		const WarningAim *aim = &aims->at[i];
		Cell *cell = &cells[i * count];
		cell[0].text = aim->words[html->lang];
		cell[1].markup = part_status(html, tr(html->lang, aim->used_at ? N_("told") : N_("waits for a publisher")),
			aim->used_at ? TEXT("good") : TEXT("active"));
		cell[2].markup = part_date(html, aim->added_at);
		if (drops && aim->used_at) cell[3].text = TEXT("–");
		if (drops && !aim->used_at) {
			Html inner = html_inner(html);
			page_warning_drop(
				&inner, warning_url(arena, warning, arena_printf(arena, "/aims/%.*s/drop", TEXT_ARGS(aim->ref)).at));
			cell[3].markup = html_done(html, &inner);
		}
	}
	return part_table(html, &(Table) { tr(html->lang, "Who is meant"), columns, count, cells, aims->count });
}

/* ---- Who would be told */
static Text name_of(Lang lang, const WarningReach *reach) { return warning_org_name(lang, reach->name, reach->name_en); }

static Table *reaches_of(Html *html, const WarningAudience *audience)
{
	static const char *const labels[] = { N_("Organisation"), N_("Why"), N_("What happens") };
	Arena *arena = html->call->arena;
	Column *columns = arena_array_of(arena, Column, COUNT(labels));
	Cell *cells = arena_array_of(arena, Cell, audience->reaches.count * COUNT(labels) + 1);
	for (size_t i = 0; i < COUNT(labels); i++) columns[i] = (Column) { .label = tr(html->lang, labels[i]), .kind = COLUMN_TEXT };
	for (size_t i = 0; i < audience->reaches.count; i++) {
		const WarningReach *reach = &audience->reaches.at[i];
		Cell *cell = &cells[i * COUNT(labels)];
		cell[0].text = name_of(html->lang, reach);
		cell[1].markup = warning_lines(html, reach->why[html->lang]);
		cell[2].text = tr(html->lang, reach->left_out       ? reach->left_out
					      : reach->is_recipient ? N_("was told already")
								    : N_("is told"));
	}
	Table *table = arena_new_of(arena, Table);
	*table = (Table) { tr(html->lang, "Who would be told now"), columns, COUNT(labels), cells, audience->reaches.count };
	return table;
}

/* How many, and of those how many each aim brings; one that several bring counts with each. */
static Markup counts_of(Html *html, const WarningAudience *audience)
{
	Arena *arena = html->call->arena;
	Facts facts = { 0 };
	const struct {
		const char *label;
		int64_t count;
	} all[] = { { N_("Organisations to be told"), audience->told }, { N_("Were told before"), audience->known },
		{ N_("Are not told: their seat is abroad"), audience->left_out } };
	for (size_t i = 0; i < COUNT(all); i++)
		if (all[i].count || !i)
			list_add(arena, &facts,
				((Fact) { .label = tr(html->lang, all[i].label), .markup = part_number(html, all[i].count) }));
	for (size_t i = 0; i < audience->shares.count; i++) {
		const WarningShare *share = &audience->shares.at[i];
		Problem label = { .message = N_("Reached by: %s"), .argument = share->words[html->lang] };
		if (share->reached)
			list_add(arena, &facts,
				((Fact) { .label = problem_text(arena, html->lang, &label), .markup = part_number(html, share->reached) }));
	}
	return part_facts(html, facts.at, facts.count);
}

static Markup unheld_of(Html *html, const WarningAudience *audience)
{
	const Texts *lines = &audience->unheld[html->lang];
	Text all = arena_join(html->call->arena, lines->at, lines->count, TEXT("\n"));
	return lines->count ? warning_lines(html, all) : (Markup) { TEXT("") };
}

static Error fill_audience(Html *html, const Warning *warning, const WarningAudience *audience, WarningAudienceView *view)
{
	Call *call = html->call;
	WarningAims aims;
	Map *values = map_new(call->arena);
	Failure failure = call->failure;
	bool is_coordinator = actor_has(call->actor, ROLE_COORDINATOR), waits = false;
	TRY(warning_aims(call, warning, &aims));
	for (size_t i = 0; i < aims.count; i++) waits |= !aims.at[i].used_at;
	if (html->request->method == POST && form_take(html->request, &warning_aim_form, values) != OK) call_recover(call);
	call->failure = failure;
	*view = (WarningAudienceView) {
		.aims = aims_of(html, warning, &aims), .unheld = unheld_of(html, audience), .back = warning_url(call->arena, warning, "")
	};
	if (is_coordinator) {
		view->form = form_view_whole(html, &warning_aim_form, values);
		view->add = warning_url(call->arena, warning, "/aims");
	}
	if (audience->is_public)
		view->note = part_note(html, TEXT("warn"), tr(html->lang, "Everybody will be able to read it."), (Markup) { TEXT("") });
	if (!audience->reaches.count) {
		view->empty = part_empty(html,
			tr(html->lang, waits ? N_("No organisation would be told.") : N_("Nothing waits: nobody else would be told.")),
			TEXT(""), (Url) { { 0 } }, TEXT(""));
		return OK;
	}
	Text address = arena_printf(call->arena, "%.*s?list=all", TEXT_ARGS(warning_url(call->arena, warning, "/audience").text));
	view->counts = counts_of(html, audience);
	view->reaches = part_table(html, reaches_of(html, audience));
	view->csv = export_csv_url(call->arena, address);
	view->xlsx = export_xlsx_url(call->arena, address);
	return OK;
}

static PageHead head_of(Call *call, const Warning *warning, const char *title, Crumb crumbs[3])
{
	crumbs[0] = (Crumb) { tr(call->lang, "Warnings"), url_local(call->arena, "/warning-desk") };
	crumbs[1] = (Crumb) { warning->number.length ? warning->number : warning->ref, warning_url(call->arena, warning, "") };
	crumbs[2] = (Crumb) { .text = tr(call->lang, title) };
	return (PageHead) { .title = tr(call->lang, title), .crumbs = crumbs, .crumb_count = 3, .wide = true };
}

static Error load(Request *request)
{
	TRY(warning_load(request));
	const Warning *warning = request->subject;
	return warning->is_staff ? OK : fail(request->call, NOT_FOUND, "audiences are the library's affair");
}

static Error show_audience(Request *request)
{
	Html *html;
	WarningAudience audience;
	WarningAudienceView view;
	Call *call = request->call;
	Crumb crumbs[3];
	Failure failure = call->failure;
	const Warning *warning = request->subject;
	PageHead head = head_of(call, warning, N_("Audience"), crumbs);
	TRY(warning_audience(call, warning, &audience));
	call->failure = failure;
	TRY(html_page_open(request, &head, &html));
	if (export_wanted(request)) return export_reply(request, reaches_of(html, &audience), TEXT("audience"));
	TRY(fill_audience(html, warning, &audience, &view));
	page_warning_audience(html, &view);
	return html_page_close(request, html);
}

static Error back(Request *request)
{
	return reply_redirect(request, warning_url(request->call->arena, request->subject, "/audience").text);
}

static Error add_aim(Request *request)
{
	Map *values = map_new(request->call->arena);
	TRY(form_take(request, &warning_aim_form, values));
	TRY(warning_aim_add(request->call, ((const Warning *)request->subject)->ref, values));
	return back(request);
}

static Error drop_aim(Request *request)
{
	TRY(warning_aim_drop(request->call, ((const Warning *)request->subject)->ref, request_parameter(request, TEXT("aim"))));
	return back(request);
}

/* ---- Receipts */
static Cell time_cell(Html *html, int64_t at) { return at ? (Cell) { .markup = part_time(html, at) } : (Cell) { .text = TEXT("–") }; }

static Table *receipts_of(Html *html, const WarningRecipients *list)
{
	static const char *const labels[] = { N_("Organisation"), N_("Why"), N_("Members told, have read"), N_("Read at"), N_("Signed at"),
		N_("Signed by"), N_("Statement"), N_("Remark"), N_("Reminders") };
	Arena *arena = html->call->arena;
	Column *columns = arena_array_of(arena, Column, COUNT(labels));
	Cell *cells = arena_array_of(arena, Cell, list->count * COUNT(labels) + 1);
	for (size_t i = 0; i < COUNT(labels); i++) columns[i] = (Column) { .label = tr(html->lang, labels[i]), .kind = COLUMN_TEXT };
	for (size_t i = 0; i < list->count; i++) {
		const WarningRecipient *recipient = &list->at[i];
		Cell *cell = &cells[i * COUNT(labels)];
		cell[0].text = warning_org_name(html->lang, recipient->name, recipient->name_en);
		cell[1].markup = warning_lines(html, recipient->why[html->lang]);
		cell[2].text = arena_printf(arena, "%lld / %lld", (long long)recipient->persons_told, (long long)recipient->persons_read);
		cell[3] = time_cell(html, recipient->read_at);
		cell[4] = time_cell(html, recipient->acknowledged_at);
		cell[5].text = recipient->signer.length ? recipient->signer : TEXT("–");
		cell[6].text = recipient->statement.length ? tr(html->lang, warning_statement_text(recipient->statement)) : TEXT("–");
		cell[7].text = recipient->note.length ? recipient->note : TEXT("–");
		cell[8].text = arena_printf(arena, "%lld", (long long)recipient->reminders);
	}
	Table *table = arena_new_of(arena, Table);
	*table = (Table) { tr(html->lang, "Receipts"), columns, COUNT(labels), cells, list->count };
	return table;
}

static Error show_receipts(Request *request)
{
	Html *html;
	WarningRecipients list;
	WarningCounts counts;
	Call *call = request->call;
	Crumb crumbs[3];
	const Warning *warning = request->subject;
	bool as_file = export_wanted(request);
	PageHead head = head_of(call, warning, N_("Receipts"), crumbs);
	TRY(warning_recipients(call, warning, request_query_number(request, TEXT("after")), as_file ? FILE_MOST : PAGE, &list));
	TRY(warning_counts(call, warning, &counts));
	TRY(html_page_open(request, &head, &html));
	if (as_file) return export_reply(request, receipts_of(html, &list), TEXT("receipts"));
	Text own = warning_url(call->arena, warning, "/receipts").text,
	     address = arena_printf(call->arena, "%.*s?list=all", TEXT_ARGS(own));
	WarningReceiptsView view = { .counts = warning_counts_markup(html, &counts), .back = warning_url(call->arena, warning, "") };
	if (list.count) {
		view.table = part_table(html, receipts_of(html, &list));
		view.csv = export_csv_url(call->arena, address);
		view.xlsx = export_xlsx_url(call->arena, address);
	} else {
		view.empty = part_empty(html, tr(html->lang, "No organisation was told."), TEXT(""), (Url) { { 0 } }, TEXT(""));
	}
	if (list.count == PAGE)
		view.pager = part_pager(
			html, (Url) { { 0 } }, url_local(call->arena, "%.*s?after=%lld", TEXT_ARGS(own), (long long)list.at[PAGE - 1].id));
	page_warning_receipts(html, &view);
	return html_page_close(request, html);
}

static const FormSpec any_form = { .max_body_bytes = 64 * 1024, .takes_more = true };
#define LIBRARY .may = ROLE_COORDINATOR | ROLE_PUBLISHER, .needs_second_factor = true, .subject = load
#define COORDINATOR .may = ROLE_COORDINATOR, .needs_second_factor = true, .subject = load
static const Route routes[] = {
	{ GET, "/warning-desk/:ref/audience", show_audience, LIBRARY, .weight = 3,
		.summary = "Whom a warning would reach now, with why; format=csv or xlsx as a file" },
	{ POST, "/warning-desk/:ref/aims", add_aim, COORDINATOR, .form = &any_form, .retry = show_audience,
		.summary = "Add to whom a warning is meant for" },
	{ POST, "/warning-desk/:ref/aims/:aim/drop", drop_aim, COORDINATOR, .summary = "Take out of the audience what was not sent yet" },
	{ GET, "/warning-desk/:ref/receipts", show_receipts, LIBRARY,
		.summary = "Who was told, has read and has signed for a warning; format=csv or xlsx as a file" },
};
const RouteTable warning_audience_routes = { "subject/warning", routes, COUNT(routes) };
