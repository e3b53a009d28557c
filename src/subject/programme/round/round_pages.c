/* Rounds for secretaries and supervisors: the list, the forms of a draft, one round with what it lacks and what may be done now. */
#include "subject/programme/round/round.h"
#include "subject/programme/round/round_view.h"
#include "subject/programme/round/views/round_desk.html.h"
#include "subject/programme/round/views/round_form.html.h"
#include "subject/programme/round/views/round_list.html.h"
#include "work/form/action_view.h"

#include <sys/mman.h>
#include <unistd.h>

enum { PAGE = 50 };

static Text base_of(Arena *arena, Text ref) { return arena_printf(arena, "/programme/rounds/%.*s", TEXT_ARGS(url_segment(arena, ref))); }

static Error load_round(Request *request)
{
	Round *round = arena_new_of(request->call->arena, Round);
	TRY(round_open(request->call, request_parameter(request, TEXT("ref")), round));
	request->subject = round;
	return OK;
}

static Text title_of(const Round *round, Lang lang) { return form_answer(round->head, lang == LANG_ZH ? "title_zh" : "title_en"); }

/* ---- The list */
static const Table *list_table(Html *html, const Rounds *rounds)
{
	static const char *const labels[] = { N_("Code"), N_("Title"), N_("Changed") };
	Arena *arena = html->call->arena;
	Column *columns = arena_array_of(arena, Column, COUNT(labels));
	Cell *cells = arena_array_of(arena, Cell, rounds->count * COUNT(labels) + 1);
	Table *table = arena_new_of(arena, Table);
	if (!rounds->count) return NULL;
	for (size_t i = 0; i < COUNT(labels); i++)
		columns[i] = (Column) { .label = tr(html->lang, labels[i]), .kind = i == 1 ? COLUMN_TEXT : COLUMN_NARROW };
	for (size_t i = 0; i < rounds->count; i++) {
		const Round *round = &rounds->at[i];
		Cell *cell = &cells[i * COUNT(labels)];
		cell[0] = (Cell) { .text = round->code };
		cell[1] = (Cell) { .text = title_of(round, html->lang),
			.url = url_local(arena, "%.*s", TEXT_ARGS(base_of(arena, round->ref))) };
		cell[2] = (Cell) { .markup = part_time(html, round->updated_at) };
	}
	*table = (Table) { tr(html->lang, "Selection rounds"), columns, COUNT(labels), cells, rounds->count };
	return table;
}

static Error show_list(Request *request)
{
	Html *html;
	Call *call = request->call;
	Rounds rounds;
	Text state = request_query(request, TEXT("state"));
	if (!state.at || !workflow_state(&round_machine, state)) state = TEXT("DRAFT");
	PageHead head = { .title = tr(call->lang, "Selection rounds"), .wide = true };
	TRY(round_in_state(call, state, request_query_number(request, TEXT("before")), PAGE, &rounds));
	TRY(html_page_open(request, &head, &html));
	RoundListView view = { .filters = state_filter(
				       html, &round_machine, &(StateFilter) { .address = "/programme/rounds", .state = state }),
		.table = list_table(html, &rounds),
		.empty = tr(html->lang, "There is no round in this state.") };
	if (actor_has(call->actor, ROLE_SECRETARY)) view.fresh = url_local(call->arena, "/programme/rounds/new");
	if (rounds.count == PAGE)
		view.pager = part_pager(html, (Url) { { 0 } },
			url_local(call->arena, "/programme/rounds?state=%.*s&before=%lld", TEXT_ARGS(state),
				(long long)rounds.at[PAGE - 1].id));
	page_round_list(html, &view);
	return html_page_close(request, html);
}

/* ---- Forms */
typedef struct SeenForm {
	int64_t seen;
} SeenForm;
static const FieldSpec seen_fields[] = { { "seen", FIELD_INT, offsetof(SeenForm, seen) } };
static const FormSpec text_form = { .fields = seen_fields,
	.field_count = COUNT(seen_fields),
	.struct_size = sizeof(SeenForm),
	.max_body_bytes = 1024 * 1024,
	.takes_more = true };

typedef struct Filling {
	const Form *form;
	Map *values;
	Text title;
	Url action, remove;
	int64_t seen;
	const Round *round; /* NULL: none yet */
} Filling;

static Error show_filling(Request *request, const Filling *filling)
{
	Html *html;
	Call *call = request->call;
	Failure failure = call->failure;
	Crumb crumbs[] = { { tr(call->lang, "Selection rounds"), url_local(call->arena, "/programme/rounds") },
		{ filling->round ? filling->round->code : filling->title,
			filling->round ? url_local(call->arena, "%.*s", TEXT_ARGS(base_of(call->arena, filling->round->ref)))
				       : (Url) { { 0 } } },
		{ .text = filling->title } };
	PageHead head = { .title = filling->title, .crumbs = crumbs, .crumb_count = filling->round ? 3 : 2, .wide = true };
	if (request->method == POST && form_take(request, filling->form, filling->values) != OK) call_recover(call);
	call->failure = failure;
	TRY(html_page_open(request, &head, &html));
	RoundFormView view = { .form = form_view(html, filling->form, filling->values, (Url) { { 0 } }),
		.action = filling->action,
		.remove = filling->remove,
		.seen = filling->seen };
	page_round_form(html, &view);
	return html_page_close(request, html);
}

static Error show_new(Request *request)
{
	Call *call = request->call;
	return show_filling(request, &(Filling) { .form = &round_head_form,
					     .values = map_new(call->arena),
					     .title = tr(call->lang, "Prepare a round"),
					     .action = url_local(call->arena, "/programme/rounds/new") });
}

static Error do_new(Request *request)
{
	Map *values = map_new(request->call->arena);
	Text ref;
	TRY(form_take(request, &round_head_form, values));
	TRY(round_new(request->call, values, &ref));
	return reply_redirect(request, base_of(request->call->arena, ref));
}

static Error need_draft(Request *request)
{
	const Round *round = request->subject;
	return round_may_write(round, request->call->actor) ? OK
							    : fail(request->call, FORBIDDEN, "round %.*s is frozen", TEXT_ARGS(round->ref));
}

static Error show_edit(Request *request)
{
	const Round *round = request->subject;
	Call *call = request->call;
	TRY(need_draft(request));
	return show_filling(request, &(Filling) { .form = &round_head_form,
					     .values = round->head,
					     .title = tr(call->lang, "Notice and instants"),
					     .action = url_local(call->arena, "%.*s/edit", TEXT_ARGS(base_of(call->arena, round->ref))),
					     .seen = round->revision,
					     .round = round });
}

static Error do_edit(Request *request)
{
	const Round *round = request->subject;
	const SeenForm *form = request->form;
	Map *values = map_new(request->call->arena);
	TRY(need_draft(request));
	TRY(form_take(request, &round_head_form, values));
	TRY(round_write(request->call, round->ref, form->seen, values));
	return reply_redirect(request, base_of(request->call->arena, round->ref));
}

static Error kind_of(Request *request, const RoundKind **out)
{
	*out = round_kind(request_parameter(request, TEXT("kind")));
	return *out ? OK : fail(request->call, NOT_FOUND, "no kind of this name");
}

static Error show_add(Request *request)
{
	const Round *round = request->subject;
	const RoundKind *kind;
	Call *call = request->call;
	TRY(kind_of(request, &kind));
	TRY(need_draft(request));
	return show_filling(
		request, &(Filling) { .form = kind->form,
				 .values = map_new(call->arena),
				 .title = tr(call->lang, kind->form->title),
				 .action = url_local(call->arena, "%.*s/add/%s", TEXT_ARGS(base_of(call->arena, round->ref)), kind->name),
				 .round = round });
}

static Error do_add(Request *request)
{
	const Round *round = request->subject;
	const RoundKind *kind;
	Map *values = map_new(request->call->arena);
	TRY(kind_of(request, &kind));
	TRY(need_draft(request));
	TRY(form_take(request, kind->form, values));
	TRY(round_add(request->call, round->ref, kind, values));
	return reply_redirect(request, base_of(request->call->arena, round->ref));
}

static Error item_of(Request *request, const RoundItem **out)
{
	const Round *round = request->subject;
	Text ref = request_parameter(request, TEXT("item"));
	for (size_t i = 0; i < round->items.count; i++)
		if (text_is(round->items.at[i].ref, ref)) {
			*out = &round->items.at[i];
			return OK;
		}
	return fail(request->call, NOT_FOUND, "no such item");
}

static Error show_item(Request *request)
{
	const Round *round = request->subject;
	const RoundItem *item;
	Call *call = request->call;
	TRY(item_of(request, &item));
	TRY(need_draft(request));
	Text address = arena_printf(call->arena, "%.*s/items/%.*s", TEXT_ARGS(base_of(call->arena, round->ref)), TEXT_ARGS(item->ref));
	return show_filling(request, &(Filling) { .form = item->kind->form,
					     .values = item->values,
					     .title = tr(call->lang, item->kind->form->title),
					     .action = url_local(call->arena, "%.*s", TEXT_ARGS(address)),
					     .remove = url_local(call->arena, "%.*s/remove", TEXT_ARGS(address)),
					     .round = round });
}

static Error do_item(Request *request)
{
	const Round *round = request->subject;
	const RoundItem *item;
	Map *values = map_new(request->call->arena);
	TRY(item_of(request, &item));
	TRY(need_draft(request));
	TRY(form_take(request, item->kind->form, values));
	TRY(round_change(request->call, round->ref, item->ref, values));
	return reply_redirect(request, base_of(request->call->arena, round->ref));
}

static Error do_remove(Request *request)
{
	const Round *round = request->subject;
	const RoundItem *item;
	TRY(item_of(request, &item));
	TRY(need_draft(request));
	TRY(round_remove(request->call, round->ref, item->ref));
	return reply_redirect(request, base_of(request->call->arena, round->ref));
}

/* ---- One round */
/* Label and value of each answer, in a table of one kind; the first column leads to its form. */
static const Table *items_table(Html *html, const Round *round, const RoundKind *kind, bool may_write)
{
	enum { COLUMNS_MAX = 6 };
	Arena *arena = html->call->arena;
	const FormSection *section = &kind->form->sections[0];
	size_t width = section->item_count < COLUMNS_MAX ? section->item_count : COLUMNS_MAX, rows = 0;
	Column *columns = arena_array_of(arena, Column, width);
	Cell *cells = arena_array_of(arena, Cell, round->items.count * width + 1);
	for (size_t c = 0; c < width; c++) columns[c] = (Column) { .label = tr(html->lang, section->items[c].label), .kind = COLUMN_TEXT };
	for (size_t i = 0; i < round->items.count; i++) {
		const RoundItem *item = &round->items.at[i];
		if (item->kind != kind) continue;
		for (size_t c = 0; c < width; c++) {
			Text answer = form_answer(item->values, section->items[c].name);
			cells[rows * width + c].text = form_shown_value(html->call, html->lang, &section->items[c], answer);
		}
		if (may_write)
			cells[rows * width].url =
				url_local(arena, "%.*s/items/%.*s", TEXT_ARGS(base_of(arena, round->ref)), TEXT_ARGS(item->ref));
		rows++;
	}
	if (!rows) return NULL;
	Table *table = arena_new_of(arena, Table);
	*table = (Table) { tr(html->lang, kind->title), columns, width, cells, rows };
	return table;
}

static Markup checks_of(Html *html, const Round *round)
{
	Text good = TEXT("good"), warn = TEXT("warn"), lacks = tr(html->lang, "missing"), there = tr(html->lang, "done");
	Check checks[] = { { round->fault ? tr(html->lang, round->fault) : tr(html->lang, "The rules are complete."),
				   round->fault ? lacks : there, round->fault ? warn : good },
		{ tr(html->lang, "These rules were rehearsed."), round->is_rehearsed ? there : lacks, round->is_rehearsed ? good : warn } };
	return part_checks(html, checks, COUNT(checks));
}

static Error fill(Html *html, const Round *round, Text failed, RoundDeskView *view)
{
	Call *call = html->call;
	Arena *arena = call->arena;
	Matter matter;
	Text base = base_of(arena, round->ref);
	bool may_write = round_may_write(round, call->actor);
	const WorkflowState *state = workflow_state(&round_machine, round->state);
	TRY(round_matter(call, round, &matter));
	*view = (RoundDeskView) { .state_text = state ? tr(html->lang, state->text) : round->state,
		.tone = state ? text_from(state->tone) : TEXT("neutral"),
		.sum = round->rules_sha256,
		.checks = checks_of(html, round),
		.part_count = round_kind_count };
	Facts facts = form_facts(html, &round_head_form, round->head, TEXT(""));
	view->facts = part_facts(html, facts.at, facts.count);
	for (size_t i = 0; i < round_kind_count; i++) {
		view->parts[i].title = tr(html->lang, round_kinds[i].title);
		view->parts[i].table = items_table(html, round, &round_kinds[i], may_write);
		if (may_write) view->parts[i].add = url_local(arena, "%.*s/add/%s", TEXT_ARGS(base), round_kinds[i].name);
	}
	view->actions = action_markups(
		html, &round_machine, &matter, round_action_form, arena_printf(arena, "%.*s/actions", TEXT_ARGS(base)), failed, NULL);
	if (may_write) view->edit = url_local(arena, "%.*s/edit", TEXT_ARGS(base));
	if (may_write && !round->fault) view->rehearse = url_local(arena, "%.*s/rehearse", TEXT_ARGS(base));
	if (round->is_rehearsed) view->dossier = url_local(arena, "%.*s/rehearsal-dossier.zip", TEXT_ARGS(base));
	if (!round->published_at) return OK;
	view->shown = url_public(html->request, arena_printf(arena, "/rounds/%.*s", TEXT_ARGS(round->code)));
	view->applications = url_local(arena, "/programme/applications?round=%.*s", TEXT_ARGS(url_segment(arena, round->code)));
	view->panels = url_local(arena, "%.*s/panel", TEXT_ARGS(base));
	view->inspections = url_local(arena, "%.*s/inspections", TEXT_ARGS(base));
	view->letters = url_local(arena, "%.*s/letters", TEXT_ARGS(base));
	if (round_is_from(round, "DECISION")) view->decision = url_local(arena, "%.*s/decision", TEXT_ARGS(base));
	return OK;
}

static Error show(Request *request)
{
	Html *html;
	RoundDeskView view;
	const Round *round = request->subject;
	Text failed = request->method == POST ? request_parameter(request, TEXT("action")) : (Text) { 0 };
	Crumb crumbs[] = { { tr(request->call->lang, "Selection rounds"), url_local(request->call->arena, "/programme/rounds") },
		{ .text = round->code } };
	PageHead head = { .title = title_of(round, request->call->lang), .crumbs = crumbs, .crumb_count = COUNT(crumbs), .wide = true };
	TRY(html_page_open(request, &head, &html));
	TRY(fill(html, round, failed, &view));
	page_round_desk(html, &view);
	return html_page_close(request, html);
}

static Error act(Request *request)
{
	const Round *round = request->subject;
	int64_t revision = 0;
	Map *values;
	Matter matter;
	TRY(round_matter(request->call, round, &matter));
	TRY(action_take(request, &round_machine, &matter, round_action_form, &revision, &values));
	TRY(round_act(request->call, round->ref, request_parameter(request, TEXT("action")), revision, values));
	return reply_redirect(request, base_of(request->call->arena, round->ref));
}

static Error rehearse(Request *request)
{
	const Round *round = request->subject;
	TRY(need_draft(request));
	TRY(round_rehearse(request->call, round->ref));
	return reply_redirect(request, base_of(request->call->arena, round->ref));
}

static Error show_dossier(Request *request)
{
	const Round *round = request->subject;
	Call *call = request->call;
	Text archive;
	if (!round->is_rehearsed) return fail(call, NOT_FOUND, "these rules were not rehearsed");
	TRY(round_dossier(call, round, &archive));
	int file = memfd_create("dossier", MFD_CLOEXEC);
	if (file < 0 || write(file, archive.at, archive.length) != (ssize_t)archive.length || lseek(file, 0, SEEK_SET) != 0) {
		if (file >= 0) close(file);
		return fail(call, IO, "the dossier could not be kept in memory");
	}
	reply_download(request, arena_printf(call->arena, "%.*s-rehearsal.zip", TEXT_ARGS(round->code)), file, (int64_t)archive.length);
	return OK;
}

#define READERS .may = ROLE_SECRETARY | ROLE_SUPERVISOR, .needs_second_factor = true
#define SECRETARIES .may = ROLE_SECRETARY, .needs_second_factor = true
static const Route routes[] = {
	{ GET, "/programme/rounds", show_list, READERS, .summary = "Selection rounds, by state" },
	{ GET, "/programme/rounds/new", show_new, SECRETARIES, .summary = "The form of a new round" },
	{ POST, "/programme/rounds/new", do_new, SECRETARIES, .form = &text_form, .retry = show_new, .summary = "Prepare a round" },
	{ GET, "/programme/rounds/:ref", show, READERS, .subject = load_round, .summary = "A round with what it lacks and the next steps" },
	{ GET, "/programme/rounds/:ref/edit", show_edit, SECRETARIES, .subject = load_round,
		.summary = "The form of a round's notice and instants" },
	{ POST, "/programme/rounds/:ref/edit", do_edit, SECRETARIES, .subject = load_round, .form = &text_form, .retry = show_edit,
		.summary = "Change a round's notice and instants" },
	{ GET, "/programme/rounds/:ref/add/:kind", show_add, SECRETARIES, .subject = load_round,
		.summary = "The form of a new direction, criterion, star rule or field" },
	{ POST, "/programme/rounds/:ref/add/:kind", do_add, SECRETARIES, .subject = load_round, .form = &text_form, .retry = show_add,
		.summary = "Add a direction, criterion, star rule or field" },
	{ GET, "/programme/rounds/:ref/items/:item", show_item, SECRETARIES, .subject = load_round,
		.summary = "The form of a direction, criterion, star rule or field" },
	{ POST, "/programme/rounds/:ref/items/:item", do_item, SECRETARIES, .subject = load_round, .form = &text_form, .retry = show_item,
		.summary = "Change a direction, criterion, star rule or field" },
	{ POST, "/programme/rounds/:ref/items/:item/remove", do_remove, SECRETARIES, .subject = load_round,
		.summary = "Remove a direction, criterion, star rule or field" },
	{ POST, "/programme/rounds/:ref/rehearse", rehearse, SECRETARIES, .subject = load_round, .retry = show,
		.summary = "Play the round with invented applicants" },
	{ GET, "/programme/rounds/:ref/rehearsal-dossier.zip", show_dossier, READERS, .subject = load_round, .weight = 5,
		.summary = "The dossier of a rehearsal" },
	{ POST, "/programme/rounds/:ref/actions/:action", act, SECRETARIES, .subject = load_round, .form = &action_request_form,
		.retry = show, .summary = "Carry out an action of the round's workflow" },
};
const RouteTable round_routes = { "subject/programme", routes, COUNT(routes) };
