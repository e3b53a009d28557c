/* The library of experts for the office, and an expert's own page. */
#include "people/person/form_page.h"
#include "subject/programme/expert/expert.h"
#include "subject/programme/expert/expert_view.h"
#include "subject/programme/expert/views/expert_form.html.h"
#include "subject/programme/expert/views/expert_list.html.h"
#include "subject/programme/expert/views/expert_show.html.h"
#include "work/form/action_view.h"

enum { PAGE = 50 };

static Text base_of(Arena *arena, Text ref) { return arena_printf(arena, "/programme/experts/%.*s", TEXT_ARGS(url_segment(arena, ref))); }

static Error load_expert(Request *request)
{
	Expert *expert = arena_new_of(request->call->arena, Expert);
	TRY(expert_open(request->call, request_parameter(request, TEXT("ref")), expert));
	request->subject = expert;
	return OK;
}

static Error load_own(Request *request)
{
	Expert *expert = arena_new_of(request->call->arena, Expert);
	TRY(expert_own(request->call, expert));
	request->subject = expert;
	return OK;
}

/* "Mobile security; code review" */
static Text specialties_of(Html *html, const Expert *expert)
{
	Buffer out = { .arena = html->call->arena };
	Text rest = form_answer(expert->profile, "specialties"), line;
	while (text_next(&rest, '\n', &line)) {
		if (out.length && text_trim(line).length) buffer_put(&out, html->lang == LANG_ZH ? TEXT("；") : TEXT("; "));
		buffer_put(&out, text_trim(line));
	}
	return buffer_text(&out);
}

/* ---- The list */
static const Table *list_table(Html *html, const Experts *experts)
{
	static const char *const labels[] = { N_("Expert"), N_("Specialties"), N_("Employer"), N_("Panels served"),
		N_("Declined or absent") };
	Arena *arena = html->call->arena;
	Column *columns = arena_array_of(arena, Column, COUNT(labels));
	Cell *cells = arena_array_of(arena, Cell, experts->count * COUNT(labels) + 1);
	Table *table = arena_new_of(arena, Table);
	if (!experts->count) return NULL;
	for (size_t i = 0; i < COUNT(labels); i++)
		columns[i] = (Column) { .label = tr(html->lang, labels[i]), .kind = i > 2 ? COLUMN_NUMBER : COLUMN_TEXT };
	for (size_t i = 0; i < experts->count; i++) {
		const Expert *expert = &experts->at[i];
		Cell *cell = &cells[i * COUNT(labels)];
		cell[0] = (Cell) { .text = expert->name, .url = url_local(arena, "%.*s", TEXT_ARGS(base_of(arena, expert->ref))) };
		cell[1] = (Cell) { .text = specialties_of(html, expert) };
		cell[2] = (Cell) { .text = form_answer(expert->profile, "employer") };
		cell[3] = (Cell) { .markup = part_number(html, expert->served) };
		cell[4] = (Cell) { .markup = part_number(html, expert->declined + expert->absent) };
	}
	*table = (Table) { tr(html->lang, "Library of experts"), columns, COUNT(labels), cells, experts->count };
	return table;
}

static Error show_list(Request *request)
{
	Html *html;
	Call *call = request->call;
	Experts experts;
	Text state = request_query(request, TEXT("state"));
	if (!state.at || !workflow_state(&expert_machine, state)) state = TEXT("ACTIVE");
	PageHead head = { .title = tr(call->lang, "Library of experts"), .wide = true };
	TRY(expert_in_state(call, state, request_query_number(request, TEXT("after")), PAGE, &experts));
	TRY(html_page_open(request, &head, &html));
	ExpertListView view = { .filters = state_filter(
					html, &expert_machine, &(StateFilter) { .address = "/programme/experts", .state = state }),
		.table = list_table(html, &experts) };
	if (actor_has(call->actor, ROLE_SECRETARY)) view.fresh = url_local(call->arena, "/programme/experts/new");
	if (experts.count == PAGE)
		view.pager = part_pager(html, (Url) { { 0 } },
			url_local(call->arena, "/programme/experts?state=%.*s&after=%lld", TEXT_ARGS(state),
				(long long)experts.at[PAGE - 1].id));
	page_expert_list(html, &view);
	return html_page_close(request, html);
}

/* ---- Forms */
typedef struct SeenForm {
	int64_t seen;
} SeenForm;
static const FieldSpec seen_fields[] = { { "seen", FIELD_INT, offsetof(SeenForm, seen) } };
static const FormSpec text_form = {
	.fields = seen_fields, .field_count = COUNT(seen_fields), .struct_size = sizeof(SeenForm), .takes_more = true
};

typedef struct Filling {
	const Form *form;
	Map *values;
	Text title, action;
	int64_t seen;
	Crumb from;
} Filling;

static Error show_filling(Request *request, const Filling *filling)
{
	Html *html;
	Call *call = request->call;
	Failure failure = call->failure;
	Crumb crumbs[] = { filling->from, { .text = filling->title } };
	PageHead head = { .title = filling->title, .crumbs = crumbs, .crumb_count = COUNT(crumbs), .wide = true };
	if (request->method == POST && form_take(request, filling->form, filling->values) != OK) call_recover(call);
	call->failure = failure;
	TRY(html_page_open(request, &head, &html));
	ExpertFormView view = { .form = form_view(html, filling->form, filling->values, (Url) { { 0 } }),
		.action = url_local(call->arena, "%.*s", TEXT_ARGS(filling->action)),
		.seen = filling->seen };
	page_expert_form(html, &view);
	return html_page_close(request, html);
}

static Error show_new(Request *request)
{
	Call *call = request->call;
	return show_filling(
		request, &(Filling) { .form = &expert_new_form,
				 .values = map_new(call->arena),
				 .title = tr(call->lang, "Invite an expert"),
				 .action = TEXT("/programme/experts/new"),
				 .from = { tr(call->lang, "Library of experts"), url_local(call->arena, "/programme/experts") } });
}

static Error do_new(Request *request)
{
	Map *values = map_new(request->call->arena);
	Text ref;
	TRY(form_take(request, &expert_new_form, values));
	TRY(expert_invite(request->call, values, &ref));
	return reply_redirect(request, base_of(request->call->arena, ref));
}

static Error show_edit_at(Request *request, Text base)
{
	const Expert *expert = request->subject;
	Call *call = request->call;
	return show_filling(request, &(Filling) { .form = &expert_profile_form,
					     .values = expert->profile,
					     .title = tr(call->lang, "Change the entry"),
					     .action = arena_printf(call->arena, "%.*s/edit", TEXT_ARGS(base)),
					     .seen = expert->revision,
					     .from = { expert->name, url_local(call->arena, "%.*s", TEXT_ARGS(base)) } });
}

static Error do_edit_at(Request *request, Text base)
{
	const Expert *expert = request->subject;
	const SeenForm *form = request->form;
	Map *values = map_new(request->call->arena);
	TRY(form_take(request, &expert_profile_form, values));
	TRY(expert_write(request->call, expert->ref, form->seen, values));
	return reply_redirect(request, base);
}

static Text office_of(Request *request) { return base_of(request->call->arena, ((const Expert *)request->subject)->ref); }
static Error show_edit(Request *request) { return show_edit_at(request, office_of(request)); }
static Error do_edit(Request *request) { return do_edit_at(request, office_of(request)); }
static Error show_own_edit(Request *request) { return show_edit_at(request, TEXT("/expert")); }
static Error do_own_edit(Request *request) { return do_edit_at(request, TEXT("/expert")); }

/* ---- One expert */
static Text relation_words(Html *html, const ExpertRelation *relation, const char *field)
{
	return form_shown_value(
		html->call, html->lang, form_item(&expert_relation_form, text_from(field)), form_answer(relation->values, field));
}

static const Table *relation_table(Html *html, const Expert *expert, bool is_own)
{
	static const char *const fields[] = { "kind", "organisation", "code", "from_on", "until_on", "note" };
	size_t width = COUNT(fields) + is_own, rows = expert->relations.count;
	Arena *arena = html->call->arena;
	Column *columns = arena_array_of(arena, Column, width);
	Cell *cells = arena_array_of(arena, Cell, rows * width + 1);
	if (!rows) return NULL;
	for (size_t c = 0; c < COUNT(fields); c++)
		columns[c] = (Column) { .label = tr(html->lang, form_item(&expert_relation_form, text_from(fields[c]))->label) };
	if (is_own) columns[width - 1] = (Column) { .label = tr(html->lang, "Actions"), .kind = COLUMN_NARROW };
	for (size_t i = 0; i < rows; i++) {
		const ExpertRelation *relation = &expert->relations.at[i];
		for (size_t c = 0; c < COUNT(fields); c++) cells[i * width + c].text = relation_words(html, relation, fields[c]);
		if (!is_own) continue;
		Url url = url_local(arena, "/expert/relations/%.*s/remove", TEXT_ARGS(relation->ref));
		cells[i * width + width - 1].markup =
			button_form(html, url, tr(html->lang, "Remove it"), TEXT("quiet"), TEXT(""), TEXT(""));
	}
	Table *table = arena_new_of(arena, Table);
	*table = (Table) { tr(html->lang, "Ties to organisations"), columns, width, cells, rows };
	return table;
}

static void fill(Html *html, const Expert *expert, Text base, bool is_own, ExpertShowView *view)
{
	Call *call = html->call;
	Matter matter;
	const WorkflowState *state = workflow_state(&expert_machine, expert->state);
	Text failed = html->request->method == POST ? request_parameter(html->request, TEXT("action")) : (Text) { 0 };
	Fact record[] = { { .label = tr(html->lang, "Number"), .text = expert->ref },
		{ .label = tr(html->lang, "Panels served"), .markup = part_number(html, expert->served) },
		{ .label = tr(html->lang, "Declined after the draw"), .markup = part_number(html, expert->declined) },
		{ .label = tr(html->lang, "Absent"), .markup = part_number(html, expert->absent) } };
	Facts facts = form_facts(html, &expert_profile_form, expert->profile, TEXT(""));
	expert_matter(call, expert, &matter);
	*view = (ExpertShowView) { .state_text = state ? tr(html->lang, state->text) : expert->state,
		.tone = state ? text_from(state->tone) : TEXT("neutral"),
		.reason = expert->reason,
		.facts = part_facts(html, facts.at, facts.count),
		.record = part_facts(html, record, COUNT(record)),
		.actions = action_markups(html, &expert_machine, &matter, expert_action_form,
			arena_printf(call->arena, "%.*s/actions", TEXT_ARGS(base)), failed, NULL),
		.relations = relation_table(html, expert, is_own),
		.is_own = is_own };
	if (is_own || actor_has(call->actor, ROLE_SECRETARY)) view->edit = url_local(call->arena, "%.*s/edit", TEXT_ARGS(base));
}

static Error show(Request *request)
{
	Html *html;
	ExpertShowView view;
	const Expert *expert = request->subject;
	Call *call = request->call;
	Crumb crumbs[] = { { tr(call->lang, "Library of experts"), url_local(call->arena, "/programme/experts") },
		{ .text = expert->name } };
	PageHead head = { .title = expert->name, .crumbs = crumbs, .crumb_count = COUNT(crumbs), .wide = true };
	TRY(html_page_open(request, &head, &html));
	fill(html, expert, base_of(call->arena, expert->ref), false, &view);
	page_expert_show(html, &view);
	return html_page_close(request, html);
}

static Error show_own(Request *request)
{
	Html *html;
	ExpertShowView view;
	const Expert *expert = request->subject;
	Call *call = request->call;
	Failure failure = call->failure;
	Map *values = map_new(call->arena);
	bool is_relation = request->method == POST && text_is(request->path, TEXT("/expert/relations"));
	PageHead head = { .title = tr(call->lang, "My entry as an expert"), .wide = true };
	if (is_relation && form_take(request, &expert_relation_form, values) != OK) call_recover(call);
	call->failure = failure;
	TRY(html_page_open(request, &head, &html));
	fill(html, expert, TEXT("/expert"), true, &view);
	view.relate = url_local(call->arena, "/expert/relations");
	view.form = form_view(html, &expert_relation_form, values, (Url) { { 0 } });
	view.is_open = is_relation;
	page_expert_show(html, &view);
	return html_page_close(request, html);
}

static Error act_at(Request *request, Text base)
{
	const Expert *expert = request->subject;
	int64_t revision = 0;
	Map *values;
	Matter matter;
	expert_matter(request->call, expert, &matter);
	TRY(action_take(request, &expert_machine, &matter, expert_action_form, &revision, &values));
	TRY(expert_act(request->call, expert->ref, request_parameter(request, TEXT("action")), revision, values));
	return reply_redirect(request, base);
}

static Error act(Request *request) { return act_at(request, office_of(request)); }
static Error act_own(Request *request) { return act_at(request, TEXT("/expert")); }

static Error do_relate(Request *request)
{
	Map *values = map_new(request->call->arena);
	TRY(form_take(request, &expert_relation_form, values));
	TRY(expert_relate(request->call, values));
	return reply_redirect(request, TEXT("/expert"));
}

static Error do_remove(Request *request)
{
	TRY(expert_relation_remove(request->call, request_parameter(request, TEXT("relation"))));
	return reply_redirect(request, TEXT("/expert"));
}

#define READERS .may = ROLE_SECRETARY | ROLE_SUPERVISOR, .needs_second_factor = true
#define SECRETARIES .may = ROLE_SECRETARY, .needs_second_factor = true
#define EXPERTS .may = ROLE_EXPERT, .needs_second_factor = true, .subject = load_own
static const Route routes[] = {
	{ GET, "/programme/experts", show_list, READERS, .summary = "The library of experts, by state" },
	{ GET, "/programme/experts/new", show_new, SECRETARIES, .summary = "The form to invite an expert" },
	{ POST, "/programme/experts/new", do_new, SECRETARIES, .form = &text_form, .retry = show_new, .summary = "Invite an expert" },
	{ GET, "/programme/experts/:ref", show, READERS, .subject = load_expert, .summary = "An expert's entry" },
	{ GET, "/programme/experts/:ref/edit", show_edit, SECRETARIES, .subject = load_expert, .summary = "The form of an expert's entry" },
	{ POST, "/programme/experts/:ref/edit", do_edit, SECRETARIES, .subject = load_expert, .form = &text_form, .retry = show_edit,
		.summary = "Change an expert's entry" },
	{ POST, "/programme/experts/:ref/actions/:action", act, SECRETARIES, .subject = load_expert, .form = &action_request_form,
		.retry = show, .summary = "Carry out an action on an expert's entry" },
	{ GET, "/expert", show_own, EXPERTS, .summary = "One's own entry in the library of experts" },
	{ GET, "/expert/edit", show_own_edit, EXPERTS, .summary = "The form of one's own entry" },
	{ POST, "/expert/edit", do_own_edit, EXPERTS, .form = &text_form, .retry = show_own_edit, .summary = "Change one's own entry" },
	{ POST, "/expert/actions/:action", act_own, EXPERTS, .form = &action_request_form, .retry = show_own,
		.summary = "Accept or decline an invitation, or leave the library of experts" },
	{ POST, "/expert/relations", do_relate, EXPERTS, .form = &text_form, .retry = show_own,
		.summary = "Declare a tie to an organisation" },
	{ POST, "/expert/relations/:relation/remove", do_remove, EXPERTS, .summary = "Remove a tie" },
};
const RouteTable expert_routes = { "subject/programme", routes, COUNT(routes) };
