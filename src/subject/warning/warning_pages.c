/* The desk of warnings: lists, one warning with its next steps, and signing for it. */
#include "people/person/person.h"
#include "store/ledger/ledger.h"
#include "subject/warning/views/warning_list.html.h"
#include "subject/warning/views/warning_show.html.h"
#include "subject/warning/warning_pages_private.h"
#include "subject/warning/warning_public_view.h"
#include "subject/warning/warning_view.h"
#include "work/form/action_view.h"

#include "face/doc/export.h"

enum { PAGE = 50, UNIT = ROLE_UNIT_MEMBER | ROLE_UNIT_ADMIN, LIBRARY = ROLE_COORDINATOR | ROLE_PUBLISHER };

Error warning_load(Request *request)
{
	Warning *warning = arena_new_of(request->call->arena, Warning);
	TRY(warning_open(request->call, request_parameter(request, TEXT("ref")), warning));
	if (request->method == GET) TRY(warning_mark_read(request->call, warning));
	request->subject = warning;
	return OK;
}

Url warning_url(Arena *arena, const Warning *warning, const char *rest)
{
	return url_local(arena, "/warning-desk/%.*s%s", TEXT_ARGS(url_segment(arena, warning->ref)), rest);
}

Text warning_shown_title(Arena *arena, Lang lang, const Warning *warning)
{
	if (!warning->what[LANG_ZH].length) return tr(lang, N_("Warning without a title yet"));
	return warning_title(arena, lang, warning->what[LANG_ZH], warning->what[LANG_EN]);
}

Markup warning_chip(Html *html, Text name)
{
	const WorkflowState *state = workflow_state(&warning_machine, name);
	return state ? part_status(html, tr(html->lang, state->text), text_from(state->tone)) : markup_text(html, name);
}

Text warning_org_name(Lang lang, Text name, Text name_en) { return lang == LANG_EN && name_en.length ? name_en : name; }

/* ---- Lists */
static const Table *table_of(Html *html, const Warnings *list, Text caption)
{
	static const char *const labels[] = { N_("Warning"), N_("Number"), N_("State"), N_("Changed on") };
	Arena *arena = html->call->arena;
	Column *columns = arena_array_of(arena, Column, COUNT(labels));
	Cell *cells = arena_array_of(arena, Cell, list->count * COUNT(labels) + 1);
	for (size_t i = 0; i < COUNT(labels); i++)
		columns[i] = (Column) { .label = tr(html->lang, labels[i]), .kind = i ? COLUMN_NARROW : COLUMN_TEXT };
	for (size_t i = 0; i < list->count; i++) {
		const Warning *warning = &list->at[i];
		Cell *cell = &cells[i * COUNT(labels)];
		cell[0] = (Cell) { .text = warning_shown_title(arena, html->lang, warning), .url = warning_url(arena, warning, "") };
		cell[1].text = warning->number.length ? warning->number : warning->ref;
		cell[2].markup = warning_chip(html, warning->state);
		cell[3].markup = part_date(html, warning->updated_at);
	}
	Table *table = arena_new_of(arena, Table);
	*table = (Table) { caption, columns, COUNT(labels), cells, list->count };
	return table;
}

static bool is_library(const Actor *actor) { return actor_has(actor, LIBRARY); }
static Text start_of(const Actor *actor) { return actor_has(actor, ROLE_COORDINATOR) ? TEXT("SUBMITTED") : TEXT("ASSESSED"); }

static Error list_for_library(Request *request, Text state, Warnings *out)
{
	return warning_in_state(request->call, state, request_query_number(request, TEXT("before")), PAGE, out);
}

static Text address_of(Arena *arena, Text state)
{
	return state.length ? arena_printf(arena, "/warning-desk?state=%.*s", TEXT_ARGS(state)) : TEXT("/warning-desk?list=received");
}

static void fill_list(Html *html, Text state, const Warnings *list, WarningListView *view)
{
	Arena *arena = html->call->arena;
	Text address = address_of(arena, state);
	if (state.length)
		view->filters = state_filter(html, &warning_machine,
			&(StateFilter) { .address = "/warning-desk", .state = state, .csv = export_csv_url(arena, address) });
	if (list->count)
		view->table = part_table(html, table_of(html, list, html->head->title));
	else
		view->empty = part_empty(html,
			tr(html->lang, state.length ? N_("No warning is in this state.") : N_("No warning was sent to your organisation.")),
			TEXT(""), (Url) { { 0 } }, TEXT(""));
	if (list->count == PAGE)
		view->pager = part_pager(
			html, (Url) { { 0 } }, url_local(arena, "%.*s&before=%lld", TEXT_ARGS(address), (long long)list->at[PAGE - 1].id));
}

static Error fill_shared(Html *html, WarningListView *view)
{
	Warnings shared;
	if (!actor_has(html->call->actor, UNIT)) return OK;
	TRY(warning_shared(html->call, 0, PAGE, &shared));
	view->shared = shared.count ? part_table(html, table_of(html, &shared, tr(html->lang, "Shared by my organisation")))
				    : part_empty(html, tr(html->lang, "Your organisation has shared no warning yet."), TEXT(""),
					      (Url) { { 0 } }, TEXT(""));
	return OK;
}

static Error show_list(Request *request)
{
	Html *html;
	Warnings list;
	Call *call = request->call;
	Text state = request_query(request, TEXT("state"));
	WarningListView view = { 0 };
	PageHead head = { .title = tr(call->lang, "Warnings"), .wide = true };
	if (!is_library(call->actor))
		state = TEXT("");
	else if (!state.at || !workflow_state(&warning_machine, state))
		state = start_of(call->actor);
	if (state.length)
		TRY(list_for_library(request, state, &list));
	else
		TRY(warning_received(call, request_query_number(request, TEXT("before")), PAGE, &list));
	TRY(html_page_open(request, &head, &html));
	if (export_wanted(request)) return export_reply(request, table_of(html, &list, head.title), TEXT("warnings"));
	fill_list(html, state, &list, &view);
	TRY(fill_shared(html, &view));
	if (actor_has(call->actor, UNIT | ROLE_COORDINATOR)) view.fresh = url_local(call->arena, "/warning-desk");
	page_warning_list(html, &view);
	return html_page_close(request, html);
}

static Error begin(Request *request)
{
	Text ref;
	TRY(warning_new(request->call, &ref));
	return reply_redirect(request, arena_printf(request->call->arena, "/warning-desk/%.*s/text", TEXT_ARGS(ref)));
}

/* ---- One warning */
static void add_fact(Html *html, Facts *facts, const char *label, Text text)
{
	if (text.length) list_add(html->call->arena, facts, ((Fact) { .label = tr(html->lang, label), .text = text }));
}

static Error facts_of(Html *html, const Warning *warning, Markup *out)
{
	Call *call = html->call;
	Facts facts = { 0 };
	Text person;
	add_fact(html, &facts, N_("Number"), warning->number.length ? warning->number : warning->ref);
	if (warning->is_urgent) add_fact(html, &facts, N_("Urgency"), tr(html->lang, "Urgent"));
	if (warning->sent_at)
		list_add(call->arena, &facts, ((Fact) { .label = tr(html->lang, "Sent on"), .markup = part_time(html, warning->sent_at) }));
	if (warning->newest > 1) add_fact(html, &facts, N_("Revision"), arena_printf(call->arena, "%lld", (long long)warning->newest));
	if (warning->is_staff || warning->is_owner) {
		Organisation unit = { .name = TEXT("") };
		if (warning->organisation_id) TRY(org_find(call, warning->organisation_id, &unit));
		add_fact(html, &facts, N_("Shared by"),
			warning->organisation_id ? org_shown_name(&unit, html->lang) : tr(html->lang, "The library itself"));
	}
	if (warning->is_staff) {
		TRY(person_name(call, warning->assessed_by, &person));
		add_fact(html, &facts, N_("Assessed by"), person);
		add_fact(html, &facts, N_("Casefile it is about"), warning->casefile);
	}
	*out = part_facts(html, facts.at, facts.count);
	return OK;
}

/* Who of the library did what, and which recipients signed, is for the library. */
static bool shows(const void *about, Text action)
{
	const Warning *warning = about;
	static const char *const steps[] = { "send", "issue", "withdraw", "submit", "return", "reject", "recall", "close", "reopen" };
	enum { RECIPIENTS = 3 }; /* the first ones */
	if (warning->is_staff) return true;
	for (size_t i = 0; i < COUNT(steps); i++)
		if (text_is(action, text_from(steps[i]))) return warning->is_owner || i < RECIPIENTS;
	return false;
}

static Error history_of(Html *html, const Warning *warning, Markup *out)
{
	static const StepWord words[] = { { "begin", N_("Begun") }, { "write", N_("Text written") }, { "aim", N_("Audience added to") },
		{ "drop-aim", N_("Taken out of the audience") }, { "acknowledge", N_("A recipient has signed for it") },
		{ "state", N_("A recipient has said more") }, { "download", N_("A copy was fetched") } };
	const StepView view = { .words = words, .word_count = COUNT(words), .names = warning->is_staff, .shows = shows, .about = warning };
	return steps_markup(html, &warning_machine, warning->ref, &view, out);
}

static Error remark_of(Html *html, const Warning *warning, Markup *out)
{
	Word word;
	bool found = false;
	if (!warning->remark.length) return OK;
	TRY(wordlist_find(html->call, &warning_reasons, warning->code, warning->code_version, &word, &found));
	*out = part_note(html, TEXT("warn"), found ? word_text(&word, html->lang) : warning->code, warning_lines(html, warning->remark));
	return OK;
}

static Error fill_receipt(Html *html, const Warning *warning, WarningShowView *view)
{
	WarningRecipient own;
	bool found = false;
	Facts facts = { 0 };
	Map *values = map_new(html->call->arena);
	Failure failure = html->call->failure;
	TRY(warning_recipient_own(html->call, warning, &own, &found));
	html->call->failure = failure;
	if (!found) return OK;
	view->why = warning_lines(html, own.why[html->lang]);
	if (text_is(warning->state, TEXT("WITHDRAWN"))) return OK;
	if (own.acknowledged_at) {
		add_fact(html, &facts, N_("Signed by"), own.signer);
		list_add(html->call->arena, &facts,
			((Fact) { .label = tr(html->lang, "Signed at"), .markup = part_time(html, own.acknowledged_at) }));
		if (own.statement.length) add_fact(html, &facts, N_("Statement"), tr(html->lang, warning_statement_text(own.statement)));
		add_fact(html, &facts, N_("Remark to the library"), own.note);
	} else {
		list_add(html->call->arena, &facts,
			((Fact) { .label = tr(html->lang, "To be signed for by"), .markup = part_time(html, own.due_at) }));
	}
	view->receipt = part_facts(html, facts.at, facts.count);
	form_set(html->call->arena, values, TEXT("statement"), own.statement);
	if (html->request->method == POST && form_take(html->request, &warning_receipt_form, values) != OK) call_recover(html->call);
	html->call->failure = failure;
	view->acknowledge = warning_url(html->call->arena, warning, "/acknowledge");
	view->receipt_form = form_view(html, &warning_receipt_form, values, (Url) { { 0 } });
	return OK;
}

static Error fill_library(Html *html, const Warning *warning, WarningShowView *view)
{
	WarningAims aims;
	WarningCounts counts;
	LIST_OF(Check) lines = { 0 };
	Call *call = html->call;
	if (!warning->is_staff) return OK;
	TRY(warning_aims(call, warning, &aims));
	TRY(warning_counts(call, warning, &counts));
	for (size_t i = 0; i < aims.count; i++) {
		bool used = aims.at[i].used_at != 0;
		Check line = { .text = aims.at[i].words[html->lang],
			.word = tr(html->lang, used ? N_("told") : N_("waits for a publisher")),
			.tone = used ? TEXT("good") : TEXT("neutral") };
		list_add(call->arena, &lines, line);
	}
	view->audience =
		lines.count ? part_checks(html, lines.at, lines.count) : warning_lines(html, tr(html->lang, "Nobody is chosen yet."));
	view->reach = warning_url(call->arena, warning, "/audience");
	if (!counts.told) return OK;
	view->counts = warning_counts_markup(html, &counts);
	view->receipts = warning_url(call->arena, warning, "/receipts");
	return OK;
}

static Error changes_of(Html *html, const Warning *warning, Markup *out)
{
	WarningTexts texts;
	Html inner = html_inner(html);
	TRY(warning_texts(html->call, warning, &texts));
	for (size_t i = 0; i + 1 < texts.count; i++) {
		const WarningText *text = &texts.at[i];
		Problem head = { .message = N_("Revision %s"), .argument = arena_printf(html->call->arena, "%lld", (long long)text->n) };
		html_markup(&inner, part_note(html, TEXT("neutral"), problem_text(html->call->arena, html->lang, &head),
					    warning_lines(html, text->reason)));
		html_markup(&inner, warning_difference(html, texts.at[i + 1].values, text->values));
	}
	*out = texts.count > 1 ? html_done(html, &inner) : (Markup) { TEXT("") };
	return OK;
}

static Markup proposal_of(Html *html, const Warning *warning)
{
	Html inner = html_inner(html);
	html_markup(&inner, warning_lines(html, form_answer(warning->proposal, "reason")));
	html_markup(&inner, warning_difference(html, warning->values, warning->proposal));
	return html_done(html, &inner);
}

/* Who works on it sees every field; who was told reads it in one language. */
static void fill_text(Html *html, const Warning *warning, WarningShowView *view, bool *out_has_text)
{
	Facts facts = form_facts(html, &warning_form, warning->values, TEXT(""));
	*out_has_text = facts.count > 0;
	if (!facts.count)
		view->text = part_empty(html, tr(html->lang, "There is no text."), TEXT(""), (Url) { { 0 } }, TEXT(""));
	else if (warning->is_staff || !warning->newest)
		view->text = part_facts(html, facts.at, facts.count);
	else
		view->parts = warning_parts(html, warning->values, &view->lang);
}

static Error fill_public(Html *html, const Warning *warning, WarningShowView *view)
{
	Text number;
	bool found = false;
	TRY(warning_public_number(html->call, warning, &number, &found));
	if (found) view->published = warning_public_url(html->request, number);
	return OK;
}

static Error fill(Html *html, const Warning *warning, Text failed, WarningShowView *view)
{
	Call *call = html->call;
	Matter matter;
	ClockView clock;
	Failure failure = call->failure;
	const WorkflowState *state = workflow_state(&warning_machine, warning->state);
	warning_matter(warning, &matter);
	TRY(workflow_clock_of(call, &warning_machine, warning->id, &clock));
	bool has_text = false;
	*view = (WarningShowView) { .chip = warning_chip(html, warning->state) };
	fill_text(html, warning, view, &has_text);
	if (warning->is_staff || (warning->is_owner && !warning->newest)) view->clock = clock_markup(html, &clock, state->turn);
	TRY(facts_of(html, warning, &view->facts));
	TRY(history_of(html, warning, &view->history));
	TRY(remark_of(html, warning, &view->remark));
	TRY(changes_of(html, warning, &view->changes));
	TRY(fill_library(html, warning, view));
	TRY(fill_public(html, warning, view));
	call->failure = failure;
	TRY(fill_receipt(html, warning, view));
	if (warning->proposal) view->proposal = proposal_of(html, warning);
	if (warning_may_write(warning, call->actor)) view->edit = warning_url(call->arena, warning, "/text");
	view->edit_words = tr(html->lang, has_text ? N_("Change the text") : N_("Write the text"));
	if (warning->newest && has_text) {
		view->pdf = warning_url(call->arena, warning, "/file.pdf");
		view->word = warning_url(call->arena, warning, "/file.docx");
	}
	view->actions = action_markups(html, &warning_machine, &matter, warning_action_form,
		arena_printf(call->arena, "%.*s/actions", TEXT_ARGS(warning_url(call->arena, warning, "").text)), failed, warning->values);
	return OK;
}

static Error show(Request *request)
{
	Html *html;
	WarningShowView view;
	Call *call = request->call;
	const Warning *warning = request->subject;
	Text failed = request->method == POST ? request_parameter(request, TEXT("action")) : (Text) { 0 };
	Crumb crumbs[] = { { tr(call->lang, "Warnings"), url_local(call->arena, "/warning-desk") },
		{ .text = warning->number.length ? warning->number : warning->ref } };
	PageHead head = {
		.title = warning_shown_title(call->arena, call->lang, warning), .crumbs = crumbs, .crumb_count = COUNT(crumbs), .wide = true
	};
	TRY(html_page_open(request, &head, &html));
	TRY(fill(html, warning, failed, &view));
	page_warning_show(html, &view);
	return html_page_close(request, html);
}

static Error act(Request *request)
{
	const Warning *warning = request->subject;
	Text action = request_parameter(request, TEXT("action"));
	int64_t revision = 0;
	Map *values;
	Matter matter;
	Warning after;
	warning_matter(warning, &matter);
	TRY(action_take(request, &warning_machine, &matter, warning_action_form, &revision, &values));
	TRY(warning_act(request->call, warning->ref, action, revision, values));
	Error error = warning_open(request->call, warning->ref, &after);
	if (error == ERROR_NOT_FOUND) { /* returned to whom it is not shown to now */
		call_recover(request->call);
		return reply_redirect(request, TEXT("/warning-desk"));
	}
	TRY(error);
	return reply_redirect(request, warning_url(request->call->arena, warning, "").text);
}

static Error acknowledge(Request *request)
{
	const Warning *warning = request->subject;
	Map *values = map_new(request->call->arena);
	TRY(form_take(request, &warning_receipt_form, values));
	TRY(warning_acknowledge(request->call, warning->ref, values));
	return reply_redirect(request, warning_url(request->call->arena, warning, "").text);
}

/* ---- Files */
static Error file_pdf(Request *request) { return warning_reply_newest(request, false); }
static Error file_word(Request *request) { return warning_reply_newest(request, true); }

static const FormSpec any_form = { .max_body_bytes = 64 * 1024, .takes_more = true };
#define MEMBER .may = ROLE_REPORTER, .needs_second_factor = true
static const Route routes[] = {
	{ GET, "/warning-desk", show_list, MEMBER,
		.summary = "Warnings: for the library those of a state, for members those sent to and shared by their organisation" },
	{ POST, "/warning-desk", begin, .may = UNIT | ROLE_COORDINATOR, .needs_second_factor = true, .weight = 5,
		.summary = "Begin a warning" },
	{ GET, "/warning-desk/:ref", show, MEMBER, .subject = warning_load, .summary = "A warning with its next steps" },
	{ POST, "/warning-desk/:ref/actions/:action", act, MEMBER, .subject = warning_load, .form = &action_request_form, .retry = show,
		.summary = "Carry out an action of the warning's workflow" },
	{ POST, "/warning-desk/:ref/acknowledge", acknowledge, MEMBER, .subject = warning_load, .form = &any_form, .retry = show,
		.summary = "Sign for a warning on behalf of a recipient" },
	{ GET, "/warning-desk/:ref/file.pdf", file_pdf, MEMBER, .subject = warning_load, .weight = 5,
		.summary = "The newest text that was sent, as a signed PDF" },
	{ GET, "/warning-desk/:ref/file.docx", file_word, MEMBER, .subject = warning_load, .weight = 5,
		.summary = "The newest text that was sent, for Word" },
};
const RouteTable warning_routes = { "subject/warning", routes, COUNT(routes) };
