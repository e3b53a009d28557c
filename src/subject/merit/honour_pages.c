/* Recommendations for honours: the office's lists, and for everybody what was awarded. */
#include "base/base/clock.h"
#include "subject/merit/honour.h"
#include "subject/merit/honour_view.h"
#include "subject/merit/merit.h"
#include "subject/merit/views/honour_list.html.h"
#include "subject/merit/views/honour_public.html.h"
#include "subject/merit/views/honour_show.html.h"
#include "work/form/action_view.h"
#include "work/letter/letter_order_view.h"

static Text base_of(Arena *arena, Text ref) { return arena_printf(arena, "/programme/honours/%.*s", TEXT_ARGS(url_segment(arena, ref))); }
static Text number_text(Arena *arena, int64_t number) { return arena_printf(arena, "%lld", (long long)number); }

static Error load_list(Request *request)
{
	HonourList *list = arena_new_of(request->call->arena, HonourList);
	TRY(honour_open(request->call, request_parameter(request, TEXT("ref")), list));
	request->subject = list;
	return OK;
}

static Markup chip_of(Html *html, const HonourList *list)
{
	const WorkflowState *state = workflow_state(&honour_machine, list->state);
	return state ? part_status(html, tr(html->lang, state->text), text_from(state->tone)) : markup_text(html, list->state);
}

static Markup table(Html *html, Text caption, const char *const *labels, size_t width, const Cell *cells, size_t rows)
{
	Column *columns = arena_array_of(html->call->arena, Column, width);
	for (size_t i = 0; i < width; i++) columns[i] = (Column) { .label = tr(html->lang, labels[i]) };
	return part_table(html, &(Table) { caption, columns, width, cells, rows });
}

/* ---- The office */
static Error show_lists(Request *request)
{
	static const char *const labels[] = { N_("Year"), N_("State"), N_("Letter"), N_("Award") };
	Html *html;
	Call *call = request->call;
	HonourLists lists;
	HonourListView view = { .action = url_local(call->arena, "/programme/honours") };
	PageHead head = { .title = tr(call->lang, "Recommendations for honours"),
		.lead = tr(call->lang, "The rules of the honours propose, two secretaries decide, the ministry awards."),
		.wide = true };
	TRY(honour_lists(call, &lists));
	TRY(html_page_open(request, &head, &html));
	Cell *cells = arena_array_of(call->arena, Cell, lists.count * COUNT(labels) + 1);
	for (size_t i = 0; i < lists.count; i++) {
		const HonourList *list = &lists.at[i];
		Cell *cell = &cells[i * COUNT(labels)];
		cell[0] = (Cell) { .text = number_text(call->arena, list->year),
			.url = url_local(call->arena, "%.*s", TEXT_ARGS(base_of(call->arena, list->ref))) };
		cell[1].markup = chip_of(html, list);
		cell[2].text = list->letter.length ? list->letter : TEXT("–");
		cell[3].text = list->award.length ? list->award : TEXT("–");
	}
	if (lists.count)
		view.table = table(html, head.title, labels, COUNT(labels), cells, lists.count);
	else
		view.empty = part_empty(html, tr(html->lang, "No list was opened yet."), TEXT(""), (Url) { { 0 } }, TEXT(""));
	if (actor_has(call->actor, ROLE_SECRETARY)) {
		FormField field = { .name = TEXT("year"),
			.label = tr(html->lang, "Year"),
			.kind = INPUT_TEXT,
			.required = true,
			.help = tr(html->lang, "A year that is over, or whose last two months run.") };
		view.field = part_field(html, &field);
	}
	page_honour_list(html, &view);
	return html_page_close(request, html);
}

typedef struct YearForm {
	Text year;
} YearForm;
static const FieldSpec year_fields[] = { { "year", FIELD_TEXT, offsetof(YearForm, year), true, 4, NULL, false } };
static const FormSpec year_form = { .fields = year_fields, .field_count = COUNT(year_fields), .struct_size = sizeof(YearForm) };

static Error do_begin(Request *request)
{
	const YearForm *form = request->form;
	Text ref;
	TRY(honour_begin(request->call, form->year, &ref));
	return reply_redirect(request, base_of(request->call->arena, ref));
}

static Markup lines_of(Html *html, const Honours *honours)
{
	static const char *const labels[] = { N_("Honour"), N_("Rank"), N_("Organisation"), N_("Points"), N_("Struck") };
	Arena *arena = html->call->arena;
	Cell *cells = arena_array_of(arena, Cell, honours->count * COUNT(labels) + 1);
	for (size_t i = 0; i < honours->count; i++) {
		const Honour *honour = &honours->at[i];
		Cell *cell = &cells[i * COUNT(labels)];
		cell[0].text = honour->name;
		cell[1].text = number_text(arena, honour->place);
		cell[2] = (Cell) { .text = org_shown_name(&honour->organisation, html->lang),
			.url = url_local(arena, "/programme/points/of/%.*s", TEXT_ARGS(honour->organisation.ref)) };
		cell[3].text = merit_points_text(arena, honour->points);
		cell[4].text = honour->struck.length ? honour->struck : TEXT("–");
	}
	return table(html, tr(html->lang, "Recommended units"), labels, COUNT(labels), cells, honours->count);
}

static Markup honour_field(Html *html, const Honours *honours)
{
	Arena *arena = html->call->arena;
	Text *values = arena_array_of(arena, Text, honours->count + 1), *labels = arena_array_of(arena, Text, honours->count + 1);
	size_t count = 0;
	for (size_t i = 0; i < honours->count; i++) {
		const Honour *honour = &honours->at[i];
		if (honour->struck.length) continue;
		values[count] = honour->ref;
		labels[count++] = arena_printf(
			arena, "%.*s · %.*s", TEXT_ARGS(org_shown_name(&honour->organisation, html->lang)), TEXT_ARGS(honour->name));
	}
	FormField field = { .name = TEXT("honour"),
		.label = tr(html->lang, "Unit"),
		.kind = INPUT_CHOICE,
		.required = true,
		.choice_values = values,
		.choice_labels = labels,
		.choice_count = count };
	return count ? part_field(html, &field) : (Markup) { TEXT("") };
}

static Markup facts_of(Html *html, const HonourList *list)
{
	Arena *arena = html->call->arena;
	LIST_OF(Fact) facts = { 0 };
	const Fact all[] = { { .label = tr(html->lang, "Year"), .text = number_text(arena, list->year) },
		{ .label = tr(html->lang, "Letter"), .text = list->letter },
		{ .label = tr(html->lang, "Date of the letter"), .text = list->letter_on },
		{ .label = tr(html->lang, "Award"), .text = list->award },
		{ .label = tr(html->lang, "Date of the award"), .text = list->award_on } };
	for (size_t i = 0; i < COUNT(all); i++)
		if (all[i].text.length) list_add(arena, &facts, all[i]);
	return part_facts(html, facts.at, facts.count);
}

static bool takes_strikes(Text state)
{
	return text_is(state, TEXT("DRAFT")) || text_is(state, TEXT("SENT")) || text_is(state, TEXT("AWARDED"));
}

/* The list by itself, the letter that was issued, and the form of one. */
static Markup documents_of(Html *html, const HonourList *list, const IssuedLetter *letter)
{
	Arena *arena = html->call->arena;
	Text base = base_of(arena, list->ref);
	Fact facts[4];
	size_t count = 0;
	bool is_confirmed = text_is(list->state, TEXT("RECOMMENDED"));
	if (!is_confirmed && !text_is(list->state, TEXT("SENT")) && !text_is(list->state, TEXT("AWARDED"))) return (Markup) { TEXT("") };
	facts[count++] = (Fact) { .label = tr(html->lang, "List of recommendations"),
		.text = TEXT("PDF"),
		.url = url_local(arena, "%.*s/list.pdf", TEXT_ARGS(base)) };
	facts[count++] = (Fact) {
		.label = tr(html->lang, "To edit in Word"), .text = TEXT("DOCX"), .url = url_local(arena, "%.*s/list.docx", TEXT_ARGS(base))
	};
	if (letter)
		facts[count++] = (Fact) { .label = tr(html->lang, "Letter to the ministry"),
			.text = letter->number,
			.url = url_local(arena, "%.*s", TEXT_ARGS(letter_url_text(arena, letter->kind, letter->ref))) };
	if (is_confirmed && actor_has(html->call->actor, ROLE_SECRETARY))
		facts[count++] = (Fact) { .label = tr(html->lang, "Write"),
			.text = tr(html->lang, letter_kind_name(LETTER_HONOUR_REPORT)),
			.url = url_local(arena, "%.*s/letter", TEXT_ARGS(base)) };
	return part_facts(html, facts, count);
}

/* The letter that was issued is what the list is sent with. */
static const Map *sent_with(Call *call, const HonourList *list, const IssuedLetter *letter)
{
	enum { BEIJING_MS = 8 * 3600 * 1000, DAY_LENGTH = 10 };
	if (!letter || !text_is(list->state, TEXT("RECOMMENDED"))) return NULL;
	Map *known = map_new(call->arena);
	form_set(call->arena, known, TEXT("document"), letter->number);
	form_set(
		call->arena, known, TEXT("document_on"), text_slice(clock_iso(call->arena, letter->issued_at + BEIJING_MS), 0, DAY_LENGTH));
	return known;
}

static Error fill(Html *html, const HonourList *list, Text failed, HonourView *view)
{
	Call *call = html->call;
	Honours honours;
	Matter matter;
	IssuedLetter issued;
	bool has_letter = false;
	TRY(letter_latest(call, LETTER_HONOUR_REPORT, honour_machine.name, list->id, &issued, &has_letter));
	const IssuedLetter *letter = has_letter ? &issued : NULL;
	Text base = base_of(call->arena, list->ref);
	TRY(honour_of_list(call, list, &honours));
	honour_matter(call, list, &matter);
	*view = (HonourView) { .chip = chip_of(html, list), .facts = facts_of(html, list) };
	if (honours.count)
		view->lines = lines_of(html, &honours);
	else
		view->empty =
			part_empty(html, tr(html->lang, "No unit reaches what the rules ask for."), TEXT(""), (Url) { { 0 } }, TEXT(""));
	view->actions = action_markups(html, &honour_machine, &matter, honour_action_form,
		arena_printf(call->arena, "%.*s/actions", TEXT_ARGS(base)), failed, sent_with(call, list, letter));
	view->documents = documents_of(html, list, letter);
	if (text_is(list->state, TEXT("AWARDED")))
		view->shown = url_public(html->request, arena_printf(call->arena, "/honours/%lld", (long long)list->year));
	if (!actor_has(call->actor, ROLE_SECRETARY) || !takes_strikes(list->state)) return OK;
	FormField reason = { .name = TEXT("reason"), .label = tr(html->lang, "Reason"), .kind = INPUT_TEXT, .required = true };
	view->honour_field = honour_field(html, &honours);
	view->reason_field = part_field(html, &reason);
	view->strike = url_local(call->arena, "%.*s/strikes", TEXT_ARGS(base));
	return OK;
}

static Error show(Request *request)
{
	Html *html;
	HonourView view;
	Call *call = request->call;
	const HonourList *list = request->subject;
	Text failed = request->method == POST ? request_parameter(request, TEXT("action")) : (Text) { 0 };
	Crumb crumbs[] = { { tr(call->lang, "Recommendations for honours"), url_local(call->arena, "/programme/honours") },
		{ .text = number_text(call->arena, list->year) } };
	PageHead head = { .title = arena_printf(call->arena, "%.*s %lld", TEXT_ARGS(tr(call->lang, "Recommendations for honours")),
				  (long long)list->year),
		.crumbs = crumbs,
		.crumb_count = COUNT(crumbs),
		.wide = true };
	TRY(html_page_open(request, &head, &html));
	TRY(fill(html, list, failed, &view));
	page_honour_show(html, &view);
	return html_page_close(request, html);
}

static Error act(Request *request)
{
	const HonourList *list = request->subject;
	int64_t revision = 0;
	Map *values;
	Matter matter;
	honour_matter(request->call, list, &matter);
	TRY(action_take(request, &honour_machine, &matter, honour_action_form, &revision, &values));
	TRY(honour_act(request->call, list->ref, request_parameter(request, TEXT("action")), revision, values));
	return reply_redirect(request, base_of(request->call->arena, list->ref));
}

typedef struct StrikeForm {
	Text honour, reason;
} StrikeForm;
static const FieldSpec strike_fields[] = { { "honour", FIELD_TEXT, offsetof(StrikeForm, honour), true, 60, NULL, false },
	{ "reason", FIELD_TEXT, offsetof(StrikeForm, reason), true, 300, NULL, false } };
static const FormSpec strike_form = { .fields = strike_fields, .field_count = COUNT(strike_fields), .struct_size = sizeof(StrikeForm) };

static Error do_strike(Request *request)
{
	const HonourList *list = request->subject;
	const StrikeForm *form = request->form;
	TRY(honour_strike(request->call, list->ref, form->honour, form->reason));
	return reply_redirect(request, base_of(request->call->arena, list->ref));
}

/* ---- Everybody */
static Error show_years(Request *request)
{
	static const char *const labels[] = { N_("Year") };
	Html *html;
	Call *call = request->call;
	Numbers years;
	HonourPublicView view = { 0 };
	PageHead head = { .title = tr(call->lang, "Honours of support units"),
		.lead = tr(call->lang, "What the ministry awarded on the recommendation of the library.") };
	TRY(honour_years(call, &years));
	TRY(html_page_open(request, &head, &html));
	Cell *cells = arena_array_of(call->arena, Cell, years.count + 1);
	for (size_t i = 0; i < years.count; i++)
		cells[i] = (Cell) { .text = number_text(call->arena, years.at[i]),
			.url = url_public(request, arena_printf(call->arena, "/honours/%lld", (long long)years.at[i])) };
	if (years.count)
		view.table = table(html, head.title, labels, COUNT(labels), cells, years.count);
	else
		view.empty = part_empty(html, tr(html->lang, "Nothing was awarded yet."), TEXT(""), (Url) { { 0 } }, TEXT(""));
	page_honour_public(html, &view);
	reply_public(request, TEXT("honour"));
	return html_page_close(request, html);
}

static Error show_year(Request *request)
{
	static const char *const labels[] = { N_("Honour"), N_("Organisation"), N_("Document number") };
	Html *html;
	Call *call = request->call;
	Honours honours;
	HonourPublicView view = { 0 };
	int64_t year = 0;
	if (!text_to_int(request_parameter(request, TEXT("year")), &year)) return fail(call, NOT_FOUND, "no year");
	TRY(honour_awarded(call, year, &honours));
	Crumb crumbs[] = { { tr(call->lang, "Honours of support units"), url_public(request, TEXT("/honours")) },
		{ .text = number_text(call->arena, year) } };
	PageHead head = { .title = arena_printf(
				  call->arena, "%.*s %lld", TEXT_ARGS(tr(call->lang, "Honours of support units")), (long long)year),
		.crumbs = crumbs,
		.crumb_count = COUNT(crumbs) };
	TRY(html_page_open(request, &head, &html));
	Cell *cells = arena_array_of(call->arena, Cell, honours.count * COUNT(labels) + 1);
	for (size_t i = 0; i < honours.count; i++) {
		cells[i * 3].text = honours.at[i].name;
		cells[i * 3 + 1].text = org_shown_name(&honours.at[i].organisation, html->lang);
		cells[i * 3 + 2].text = honours.at[i].award;
	}
	if (honours.count)
		view.table = table(html, head.title, labels, COUNT(labels), cells, honours.count);
	else
		view.empty = part_empty(html, tr(html->lang, "Nothing was awarded yet."), TEXT(""), (Url) { { 0 } }, TEXT(""));
	page_honour_public(html, &view);
	reply_public(request, TEXT("honour"));
	return html_page_close(request, html);
}

#define EVERYBODY .may = ROLE_EVERYBODY, .is_public = true
#define READERS .may = ROLE_SECRETARY | ROLE_SUPERVISOR, .needs_second_factor = true
#define SECRETARIES .may = ROLE_SECRETARY, .needs_second_factor = true
static const Route routes[] = {
	{ GET, "/honours", show_years, EVERYBODY, .summary = "The years in which the ministry awarded honours" },
	{ GET, "/honours/:year", show_year, EVERYBODY, .summary = "The honours of a year" },
	{ GET, "/programme/honours", show_lists, READERS, .summary = "The lists of recommendations for honours" },
	{ POST, "/programme/honours", do_begin, SECRETARIES, .form = &year_form, .retry = show_lists,
		.summary = "Open the list of a year" },
	{ GET, "/programme/honours/:ref", show, READERS, .subject = load_list, .summary = "A list of recommendations with its next steps" },
	{ POST, "/programme/honours/:ref/strikes", do_strike, SECRETARIES, .subject = load_list, .form = &strike_form, .retry = show,
		.summary = "Strike a unit from a list of recommendations" },
	{ POST, "/programme/honours/:ref/actions/:action", act, READERS, .subject = load_list, .form = &action_request_form, .retry = show,
		.summary = "Carry out an action of the list's workflow" },
};
const RouteTable honour_routes = { "subject/merit", routes, COUNT(routes) };
