/* Deeds: an organisation's own, and those that wait for the office. */
#include "people/person/form_page.h"
#include "store/ledger/ledger.h"
#include "subject/merit/deed.h"
#include "subject/merit/deed_view.h"
#include "subject/merit/views/deed_list.html.h"
#include "subject/merit/views/deed_new.html.h"
#include "subject/merit/views/deed_show.html.h"
#include "work/form/action_view.h"

enum { PAGE = 50 };

static Text base_of(Arena *arena, Text ref) { return arena_printf(arena, "/points/deeds/%.*s", TEXT_ARGS(url_segment(arena, ref))); }

static Error load_deed(Request *request)
{
	Deed *deed = arena_new_of(request->call->arena, Deed);
	TRY(deed_open(request->call, request_parameter(request, TEXT("ref")), deed));
	request->subject = deed;
	return OK;
}

static AttachmentOwner owner_of(const Deed *deed) { return (AttachmentOwner) { deed_machine.name, deed->id, deed->seal_key, false }; }

static Error kind_text(Call *call, Text code, Text *out)
{
	Word word;
	bool found = false;
	TRY(wordlist_find(call, &merit_deeds, code, -1, &word, &found));
	*out = found ? word_text(&word, call->lang) : code;
	return OK;
}

static Markup chip_of(Html *html, const Deed *deed)
{
	const WorkflowState *state = workflow_state(&deed_machine, deed->state);
	return state ? part_status(html, tr(html->lang, state->text), text_from(state->tone)) : markup_text(html, deed->state);
}

/* ---- Lists */
static Error table_of(Html *html, const Deeds *deeds, bool with_names, Markup *out)
{
	static const char *const labels[] = { N_("Contribution"), N_("Kind"), N_("Day it was done"), N_("State"), N_("Organisation") };
	Arena *arena = html->call->arena;
	size_t width = with_names ? COUNT(labels) : COUNT(labels) - 1;
	Column columns[COUNT(labels)];
	Cell *cells = arena_array_of(arena, Cell, deeds->count * width + 1);
	for (size_t i = 0; i < width; i++)
		columns[i] = (Column) { .label = tr(html->lang, labels[i]), .kind = i == 2 || i == 3 ? COLUMN_NARROW : COLUMN_TEXT };
	for (size_t i = 0; i < deeds->count; i++) {
		const Deed *deed = &deeds->at[i];
		Cell *cell = &cells[i * width];
		cell[0] = (Cell) { .text = deed->ref, .url = url_local(arena, "%.*s", TEXT_ARGS(base_of(arena, deed->ref))) };
		TRY(kind_text(html->call, deed->code, &cell[1].text));
		cell[2].markup = part_date(html, deed->done_at);
		cell[3].markup = chip_of(html, deed);
		if (with_names) cell[4].text = org_shown_name(&deed->organisation, html->lang);
	}
	*out = part_table(html, &(Table) { tr(html->lang, "Evidenced contributions"), columns, width, cells, deeds->count });
	return OK;
}

static Error show_own(Request *request)
{
	Html *html;
	Call *call = request->call;
	Deeds deeds;
	DeedListView view = { 0 };
	Crumb crumbs[] = { { tr(call->lang, "My organisation's points"), url_local(call->arena, "/points") },
		{ .text = tr(call->lang, "Evidenced contributions") } };
	PageHead head = { .title = tr(call->lang, "Evidenced contributions"),
		.lead = tr(call->lang,
			"What your organisation did for the library beside its records here: talks, campaigns, emergency support."),
		.crumbs = crumbs,
		.crumb_count = COUNT(crumbs),
		.wide = true };
	TRY(deed_of_actor(call, request_query_number(request, TEXT("before")), PAGE, &deeds));
	TRY(html_page_open(request, &head, &html));
	if (call->actor->organisation_id) view.fresh = url_local(call->arena, "/points/deeds/new");
	if (deeds.count)
		TRY(table_of(html, &deeds, false, &view.table));
	else
		view.empty = part_empty(html, tr(html->lang, "No contribution was stated yet."), TEXT(""), (Url) { { 0 } }, TEXT(""));
	if (deeds.count == PAGE)
		view.pager = part_pager(
			html, (Url) { { 0 } }, url_local(call->arena, "/points/deeds?before=%lld", (long long)deeds.at[PAGE - 1].id));
	page_deed_list(html, &view);
	return html_page_close(request, html);
}

static Error show_office(Request *request)
{
	Html *html;
	Call *call = request->call;
	Deeds deeds;
	Text state = request_query(request, TEXT("state"));
	if (!state.at || !workflow_state(&deed_machine, state)) state = TEXT("STATED");
	PageHead head = { .title = tr(call->lang, "Evidenced contributions"), .wide = true };
	TRY(deed_in_state(call, state, request_query_number(request, TEXT("before")), PAGE, &deeds));
	TRY(html_page_open(request, &head, &html));
	DeedListView view = { .filters =
				      state_filter(html, &deed_machine, &(StateFilter) { .address = "/programme/deeds", .state = state }) };
	if (actor_has(call->actor, ROLE_SECRETARY)) view.fresh = url_local(call->arena, "/programme/deeds/new");
	if (deeds.count)
		TRY(table_of(html, &deeds, true, &view.table));
	else
		view.empty = part_empty(html, tr(html->lang, "Nothing waits here."), TEXT(""), (Url) { { 0 } }, TEXT(""));
	if (deeds.count == PAGE)
		view.pager = part_pager(html, (Url) { { 0 } },
			url_local(call->arena, "/programme/deeds?state=%.*s&before=%lld", TEXT_ARGS(state),
				(long long)deeds.at[PAGE - 1].id));
	page_deed_list(html, &view);
	return html_page_close(request, html);
}

/* ---- Stating */
static bool is_office_route(const Request *request) { return request->route->about != NULL; }

static Error show_new(Request *request)
{
	Html *html;
	Call *call = request->call;
	bool office = is_office_route(request);
	const Form *form = office ? &deed_entry_form : &deed_form;
	Failure failure = call->failure;
	Map *values = map_new(call->arena);
	Crumb crumbs[] = { { tr(call->lang, "Evidenced contributions"),
				   url_local(call->arena, "%s", office ? "/programme/deeds" : "/points/deeds") },
		{ .text = tr(call->lang, form->title) } };
	PageHead head = { .title = tr(call->lang, form->title),
		.lead = tr(call->lang, office ? N_("Another secretary confirms it.") : N_("A secretary of the library confirms it.")),
		.crumbs = crumbs,
		.crumb_count = COUNT(crumbs) };
	if (request->method == POST && form_take(request, form, values) != OK) call_recover(call);
	call->failure = failure;
	TRY(html_page_open(request, &head, &html));
	DeedNewView view = { .form = form_view(html, form, values, (Url) { { 0 } }),
		.action = url_local(call->arena, "%s", office ? "/programme/deeds/new" : "/points/deeds/new") };
	page_deed_new(html, &view);
	return html_page_close(request, html);
}

static Error do_new(Request *request)
{
	Map *values = map_new(request->call->arena);
	bool office = is_office_route(request);
	Text ref;
	TRY(form_take(request, office ? &deed_entry_form : &deed_form, values));
	TRY(deed_state(request->call, values, office, &ref));
	return reply_redirect(request, base_of(request->call->arena, ref));
}

/* ---- One */
static Error facts_of(Html *html, const Deed *deed, Markup *out)
{
	Person person;
	Facts facts = { 0 };
	list_add(html->call->arena, &facts,
		((Fact) { .label = tr(html->lang, "Organisation"), .text = org_shown_name(&deed->organisation, html->lang) }));
	Facts rest = form_facts(html, &deed_form, deed->values, TEXT(""));
	for (size_t i = 0; i < rest.count; i++) list_add(html->call->arena, &facts, rest.at[i]);
	TRY(person_find(html->call, deed->stated_by, &person));
	list_add(html->call->arena, &facts, ((Fact) { .label = tr(html->lang, "Entered by"), .text = person_shown_name(&person) }));
	*out = part_facts(html, facts.at, facts.count);
	return OK;
}

static Error history_of(Html *html, const Deed *deed, Markup *out)
{
	const StepView view = { .others = N_("State a contribution") };
	return steps_markup(html, &deed_machine, deed->ref, &view, out);
}

static Error fill(Html *html, const Deed *deed, Text failed, DeedView *view)
{
	Call *call = html->call;
	Matter matter;
	Attachments files;
	Text base = base_of(call->arena, deed->ref);
	*view = (DeedView) { .chip = chip_of(html, deed), .reason = deed->reason };
	TRY(facts_of(html, deed, &view->facts));
	TRY(history_of(html, deed, &view->history));
	TRY(attachment_list(call, deed_machine.name, deed->id, &files));
	if (files.count) view->files = form_files(html, &files, arena_printf(call->arena, "%.*s/files/", TEXT_ARGS(base)));
	deed_matter(call, deed, files.count > 0, &matter);
	view->actions = action_markups(
		html, &deed_machine, &matter, deed_action_form, arena_printf(call->arena, "%.*s/actions", TEXT_ARGS(base)), failed, NULL);
	if (!deed_takes_files(deed, call->actor)) return OK;
	FormField field = { .name = TEXT("files"), .label = tr(html->lang, "More files"), .kind = INPUT_FILE, .multiple = true };
	view->upload = url_local(call->arena, "%.*s/files", TEXT_ARGS(base));
	view->upload_field = part_field(html, &field);
	return OK;
}

static Error show(Request *request)
{
	Html *html;
	DeedView view;
	Call *call = request->call;
	const Deed *deed = request->subject;
	Text failed = request->method == POST ? request_parameter(request, TEXT("action")) : (Text) { 0 };
	Crumb crumbs[] = { { tr(call->lang, "Evidenced contributions"),
				   url_local(call->arena, "%s", deed->is_own ? "/points/deeds" : "/programme/deeds") },
		{ .text = deed->ref } };
	PageHead head = { .crumbs = crumbs, .crumb_count = COUNT(crumbs), .wide = true };
	TRY(kind_text(call, deed->code, &head.title));
	TRY(html_page_open(request, &head, &html));
	TRY(fill(html, deed, failed, &view));
	page_deed_show(html, &view);
	return html_page_close(request, html);
}

static Error act(Request *request)
{
	const Deed *deed = request->subject;
	int64_t revision = 0;
	Map *values;
	Matter matter;
	deed_matter(request->call, deed, true, &matter);
	TRY(action_take(request, &deed_machine, &matter, deed_action_form, &revision, &values));
	TRY(deed_act(request->call, deed->ref, request_parameter(request, TEXT("action")), revision, values));
	return reply_redirect(request, base_of(request->call->arena, deed->ref));
}

static Error add_files(Request *request)
{
	const Deed *deed = request->subject;
	if (!deed_takes_files(deed, request->call->actor))
		return fail(request->call, FORBIDDEN, "deed %.*s takes no files of theirs", TEXT_ARGS(deed->ref));
	TRY(upload_store(request, owner_of(deed)));
	return reply_redirect(request, base_of(request->call->arena, deed->ref));
}

static Error show_file(Request *request)
{
	return upload_download(request, owner_of(request->subject), request_parameter(request, TEXT("file")));
}

#define READERS .may = ROLE_SECRETARY | ROLE_SUPERVISOR, .needs_second_factor = true
#define SECRETARIES .may = ROLE_SECRETARY, .needs_second_factor = true
#define PEOPLE .may = ROLE_PEOPLE
static const Route routes[] = {
	{ GET, "/points/deeds", show_own, PEOPLE, .summary = "The evidenced contributions of one's own organisation" },
	{ GET, "/points/deeds/new", show_new, PEOPLE, .summary = "The form of an evidenced contribution" },
	{ POST, "/points/deeds/new", do_new, PEOPLE, .form = &action_request_form, .retry = show_new,
		.summary = "State an evidenced contribution" },
	{ GET, "/points/deeds/:ref", show, PEOPLE, .subject = load_deed,
		.summary = "An evidenced contribution with its evidence and next steps" },
	{ POST, "/points/deeds/:ref/actions/:action", act, PEOPLE, .subject = load_deed, .form = &action_request_form, .retry = show,
		.summary = "Carry out an action of the contribution's workflow" },
	{ POST, "/points/deeds/:ref/files", add_files, PEOPLE, .subject = load_deed, .form = &upload_files_form, .retry = show,
		.summary = "Add evidence to a contribution" },
	{ GET, "/points/deeds/:ref/files/:file", show_file, PEOPLE, .subject = load_deed,
		.summary = "A file of the evidence of a contribution" },
	{ GET, "/programme/deeds", show_office, READERS, .summary = "Evidenced contributions, by state" },
	{ GET, "/programme/deeds/new", show_new, SECRETARIES, .about = &deed_entry_form,
		.summary = "The form to enter a contribution of an organisation" },
	{ POST, "/programme/deeds/new", do_new, SECRETARIES, .about = &deed_entry_form, .form = &action_request_form, .retry = show_new,
		.summary = "Enter a contribution of an organisation" },
};
const RouteTable deed_routes = { "subject/merit", routes, COUNT(routes) };
