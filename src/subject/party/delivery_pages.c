/* Packages for the partner and for coordinators: the list, the letters, and what became of each. */
#include "people/person/form_page.h"
#include "people/person/person.h"
#include "store/ledger/ledger.h"
#include "subject/party/delivery_view.h"
#include "subject/party/party_private.h"
#include "subject/party/views/delivery_list.html.h"
#include "subject/party/views/delivery_show.html.h"

#include <unistd.h>

enum { PAGE = 50, TABLE_BYTES_MAX = 1024 * 1024 };

Error delivery_load(Request *request)
{
	Delivery *delivery = arena_new_of(request->call->arena, Delivery);
	TRY(delivery_open(request->call, request_parameter(request, TEXT("ref")), delivery));
	if (request->method == GET) TRY(report_record_reading(request->call, delivery_machine.name, delivery->ref, delivery->seal_key));
	request->subject = delivery;
	return OK;
}

static Text base_of(Arena *arena, const Delivery *delivery) { return arena_printf(arena, "/deliveries/%.*s", TEXT_ARGS(delivery->ref)); }

/* ---- Figures */
static Text per_cent(Arena *arena, int64_t part, int64_t whole)
{
	return whole ? arena_printf(arena, "%lld %%", (long long)((part * 100 + whole / 2) / whole)) : TEXT("–");
}

static Markup figures_markup(Html *html, const DeliveryFigures *figures)
{
	Arena *arena = html->call->arena;
	int64_t reported = figures->delivered + figures->returned;
	Text median = figures->median_hours < 0 ? TEXT("–") : arena_printf(arena, "%lld", (long long)figures->median_hours);
	const Fact facts[] = { { .label = tr(html->lang, "Packages"), .markup = part_number(html, figures->packages) },
		{ .label = tr(html->lang, "Letters"), .markup = part_number(html, figures->letters) },
		{ .label = tr(html->lang, "Not reported yet"), .markup = part_number(html, figures->waiting) },
		{ .label = tr(html->lang, "Hours until delivery, median"), .text = median },
		{ .label = tr(html->lang, "Share that came back"), .text = per_cent(arena, figures->returned, reported) } };
	return part_note(html, TEXT("neutral"), tr(html->lang, "Figures of the partner"), part_facts(html, facts, COUNT(facts)));
}

/* ---- The list */
static Markup list_table(Html *html, const Deliveries *deliveries)
{
	static const char *const labels[] = { N_("Package"), N_("Partner"), N_("State"), N_("Letters"), N_("Not reported yet"),
		N_("Handed out") };
	Arena *arena = html->call->arena;
	Column columns[COUNT(labels)];
	Cell *cells = arena_array_of(arena, Cell, deliveries->count * COUNT(labels) + 1);
	for (size_t i = 0; i < COUNT(labels); i++)
		columns[i] = (Column) { .label = tr(html->lang, labels[i]), .kind = i == 1 ? COLUMN_TEXT : COLUMN_NARROW };
	for (size_t i = 0; i < deliveries->count; i++) {
		const Delivery *delivery = &deliveries->at[i];
		const WorkflowState *state = workflow_state(&delivery_machine, delivery->state);
		Cell *cell = &cells[i * COUNT(labels)];
		cell[0] = (Cell) { .text = delivery->ref, .url = url_local(arena, "%.*s", TEXT_ARGS(base_of(arena, delivery))) };
		cell[1].text = delivery->partner;
		if (state) cell[2].markup = part_status(html, tr(html->lang, state->text), text_from(state->tone));
		cell[3].markup = part_number(html, delivery->letters);
		cell[4].markup = part_number(html, delivery->waiting);
		cell[5].markup = part_date(html, delivery->sent_at);
	}
	return part_table(html, &(Table) { tr(html->lang, "Letters for vendors"), columns, COUNT(labels), cells, deliveries->count });
}

static Error show_list(Request *request)
{
	Html *html;
	Call *call = request->call;
	Deliveries deliveries;
	DeliveryListView view = { 0 };
	PageHead head = { .title = tr(call->lang, "Letters for vendors"),
		.lead = tr(call->lang, "Packages that the library gives to its partners, to be handed to vendors."),
		.wide = true };
	TRY(delivery_list(call, request_query_number(request, TEXT("before")), PAGE, &deliveries));
	TRY(html_page_open(request, &head, &html));
	if (deliveries.count && deliveries.at[0].is_partner) {
		DeliveryFigures figures;
		TRY(delivery_figures(call, deliveries.at[0].partner_id, &figures));
		view.figures = figures_markup(html, &figures);
	}
	if (deliveries.count) {
		view.table = list_table(html, &deliveries);
		view.letters = url_local(call->arena, "/deliveries/letters");
		view.letters_label =
			tr(html->lang, deliveries.at[0].is_partner ? N_("Letters at my platform") : N_("Letters at the partners"));
	} else
		view.empty = part_empty(html, tr(html->lang, "No package of letters is here."),
			tr(html->lang, "Organisations with the standing of a partner are given letters of the library to hand out."),
			(Url) { { 0 } }, TEXT(""));
	if (deliveries.count == PAGE)
		view.pager = part_pager(
			html, (Url) { { 0 } }, url_local(call->arena, "/deliveries?before=%lld", (long long)deliveries.at[PAGE - 1].id));
	page_delivery_list(html, &view);
	return html_page_close(request, html);
}

/* ---- One package */
static Markup facts_of(Html *html, const Delivery *delivery, Text casefile)
{
	Text reported = arena_printf(html->call->arena, "%lld / %lld / %lld", (long long)delivery->delivered, (long long)delivery->returned,
		(long long)delivery->waiting);
	LIST_OF(Fact) facts = { 0 };
	Arena *arena = html->call->arena;
	list_add(arena, &facts, ((Fact) { .label = tr(html->lang, "Partner"), .text = delivery->partner }));
	if (casefile.length)
		list_add(arena, &facts,
			((Fact) { .label = tr(html->lang, "Casefile"),
				.text = casefile,
				.url = url_local(arena, "/casefiles/%.*s", TEXT_ARGS(url_segment(arena, casefile))) }));
	list_add(arena, &facts, ((Fact) { .label = tr(html->lang, "Handed out"), .markup = part_time(html, delivery->sent_at) }));
	if (delivery->received_at)
		list_add(arena, &facts,
			((Fact) { .label = tr(html->lang, "Receipt confirmed"), .markup = part_time(html, delivery->received_at) }));
	list_add(arena, &facts, ((Fact) { .label = tr(html->lang, "Delivered / came back / not reported"), .text = reported }));
	return part_facts(html, facts.at, facts.count);
}

static Markup letters_table(Html *html, const Delivery *delivery, const DeliveryLetters *letters)
{
	static const char *const labels[] = { N_("Vendor"), N_("Letter of the package"), N_("Outcome of the delivery"), N_("Delivered at"),
		N_("Delivered to, notes"), N_("File") };
	Arena *arena = html->call->arena;
	Column columns[COUNT(labels)];
	Cell *cells = arena_array_of(arena, Cell, letters->count * COUNT(labels) + 1);
	for (size_t i = 0; i < COUNT(labels); i++)
		columns[i] = (Column) { .label = tr(html->lang, labels[i]), .kind = i && i != 4 ? COLUMN_NARROW : COLUMN_TEXT };
	for (size_t i = 0; i < letters->count; i++) {
		const DeliveryLetter *letter = &letters->at[i];
		Cell *cell = &cells[i * COUNT(labels)];
		cell[0].text = letter->vendor;
		if (letter->party.length) cell[0].url = url_local(arena, "/parties/%.*s", TEXT_ARGS(letter->party));
		cell[1].text = letter->ref;
		cell[2].markup = part_status(
			html, tr(html->lang, delivery_outcome_text(letter->outcome)), text_from(delivery_outcome_tone(letter->outcome)));
		if (letter->delivered_at) cell[3].markup = part_time(html, letter->delivered_at);
		const Text said[] = { letter->to, letter->note };
		size_t from = letter->to.length ? 0 : 1, until = letter->note.length ? 2 : 1;
		cell[4].text = from < until ? arena_join(arena, said + from, until - from, TEXT(" · ")) : TEXT("");
		if (!text_is(letter->outcome, TEXT("recalled")))
			cell[5] = (Cell) { .text = TEXT("PDF"),
				.url = url_local(arena, "%.*s/letters/%.*s/letter.pdf", TEXT_ARGS(base_of(arena, delivery)),
					TEXT_ARGS(letter->ref)) };
	}
	return part_table(html, &(Table) { tr(html->lang, "Letters"), columns, COUNT(labels), cells, letters->count });
}

/* The partner sees the steps, not who of the library took them. */
static Error history_of(Html *html, const Delivery *delivery, Markup *out)
{
	static const StepWord words[] = { { "open", N_("Package handed out") }, { "report", N_("Reported what became of a letter") },
		{ "download", N_("Fetched a letter") } };
	const StepView view = { .words = words, .word_count = COUNT(words), .names = delivery->is_staff };
	return steps_markup(html, &delivery_machine, delivery->ref, &view, out);
}

static void fill_report(Html *html, const Delivery *delivery, const DeliveryLetters *letters, DeliveryShowView *view)
{
	static const Text outcomes[] = { TEXT("delivered"), TEXT("bounced"), TEXT("refused"), TEXT("unknown") };
	Arena *arena = html->call->arena;
	Request *request = html->request;
	Text *labels = arena_array_of(arena, Text, COUNT(outcomes));
	Texts refs = { 0 }, names = { 0 };
	for (size_t i = 0; i < COUNT(outcomes); i++) labels[i] = tr(html->lang, delivery_outcome_text(outcomes[i]));
	for (size_t i = 0; i < letters->count; i++) {
		if (!text_is(letters->at[i].outcome, TEXT("waiting"))) continue;
		list_add(arena, &refs, letters->at[i].ref);
		list_add(arena, &names, arena_printf(arena, "%.*s %.*s", TEXT_ARGS(letters->at[i].ref), TEXT_ARGS(letters->at[i].vendor)));
	}
	static const char *const fields[] = { "letter", "outcome", "delivered_at", "to", "note" };
	Text typed[COUNT(fields)];
	for (size_t i = 0; i < COUNT(fields); i++) {
		typed[i] = request->method == POST ? request_form_value(request, text_from(fields[i])) : TEXT("");
		if (!typed[i].at) typed[i] = TEXT("");
	}
	FormField *field = view->fields;
	field[0] = form_field(request, fields[0], INPUT_CHOICE, N_("Letter of the package"), NULL, typed[0]);
	field[0].choice_values = refs.at;
	field[0].choice_labels = names.at;
	field[0].choice_count = refs.count;
	field[1] = form_field(request, fields[1], INPUT_CHOICE, N_("Outcome of the delivery"), NULL, typed[1]);
	field[1].choice_values = outcomes;
	field[1].choice_labels = labels;
	field[1].choice_count = COUNT(outcomes);
	field[2] = form_field(
		request, fields[2], INPUT_TEXT, N_("Delivered at"), N_("As 2026-03-05 14:00; needed when it was delivered."), typed[2]);
	field[3] = form_field(request, fields[3], INPUT_TEXT, N_("To whom"), N_("Needed when it was delivered."), typed[3]);
	field[4] = form_field(request, fields[4], INPUT_TEXT, N_("Note"), NULL, typed[4]);
	field[2].required = field[3].required = field[4].required = false;
	view->file = form_field(request, "table", INPUT_FILE, N_("Table"), N_("CSV, at most 1 MB."), TEXT(""));
	Text base = base_of(arena, delivery);
	view->report = url_local(arena, "%.*s/report", TEXT_ARGS(base));
	view->table = url_local(arena, "%.*s/table", TEXT_ARGS(base));
	view->may_report = delivery->is_partner && refs.count && text_is(delivery->state, TEXT("RECEIVED"));
}

static Error fill(Html *html, const Delivery *delivery, Text failed, DeliveryShowView *view)
{
	ClockView clock;
	Matter matter;
	DeliveryLetters letters;
	DeliveryFigures figures;
	Call *call = html->call;
	Text casefile, base = base_of(call->arena, delivery);
	const WorkflowState *state = workflow_state(&delivery_machine, delivery->state);
	if (!state) return fail(call, CORRUPT, "package %.*s has no state", TEXT_ARGS(delivery->ref));
	TRY(workflow_clock_of(call, &delivery_machine, delivery->id, &clock));
	TRY(delivery_letters(call, delivery, request_query_number(html->request, TEXT("after")), PAGE, &letters));
	TRY(delivery_figures(call, delivery->partner_id, &figures));
	TRY(delivery_casefile(call, delivery, &casefile));
	delivery_matter(delivery, &matter);
	view->chip = part_status(html, tr(html->lang, state->text), text_from(state->tone));
	view->clock = clock_markup(html, &clock, state->turn);
	view->facts = facts_of(html, delivery, casefile);
	view->figures = figures_markup(html, &figures);
	view->letters = letters_table(html, delivery, &letters);
	view->actions = action_markups(html, &delivery_machine, &matter, delivery_action_form,
		arena_printf(call->arena, "%.*s/actions", TEXT_ARGS(base)), failed, NULL);
	if (letters.count == PAGE)
		view->pager = part_pager(html, (Url) { { 0 } },
			url_local(call->arena, "%.*s?after=%lld", TEXT_ARGS(base), (long long)letters.at[PAGE - 1].id));
	if (delivery->waiting && !text_is(delivery->state, TEXT("RECALLED")))
		view->package = url_local(call->arena, "%.*s/package.zip", TEXT_ARGS(base));
	fill_report(html, delivery, &letters, view);
	return history_of(html, delivery, &view->history);
}

static Error show_with(Request *request, const DeliveryResults *results);
static Error show(Request *request) { return show_with(request, NULL); }

static Markup results_of(Html *html, const DeliveryResults *results)
{
	size_t stored = 0;
	LIST_OF(Check) wrong = { 0 };
	Arena *arena = html->call->arena;
	for (size_t i = 0; i < results->count; i++) {
		const DeliveryResult *result = &results->at[i];
		Check check = {
			.text = result->letter, .word = result->why_not ? tr(html->lang, result->why_not) : TEXT(""), .tone = TEXT("bad")
		};
		if (result->why_not)
			list_add(arena, &wrong, check);
		else
			stored++;
	}
	Text title = arena_printf(arena, "%.*s %zu · %.*s %zu", TEXT_ARGS(tr(html->lang, "Stored:")), stored,
		TEXT_ARGS(tr(html->lang, "Not stored:")), wrong.count);
	return part_note(html, wrong.count ? TEXT("warn") : TEXT("good"), title,
		wrong.count ? part_checks(html, wrong.at, wrong.count) : (Markup) { TEXT("") });
}

static Error show_with(Request *request, const DeliveryResults *results)
{
	Html *html;
	Delivery delivery;
	DeliveryShowView view = { 0 };
	Call *call = request->call;
	Text failed = request->method == POST ? request_parameter(request, TEXT("action")) : (Text) { 0 };
	Crumb crumbs[] = { { tr(call->lang, "Letters for vendors"), url_local(call->arena, "/deliveries") },
		{ .text = ((const Delivery *)request->subject)->ref } };
	PageHead head = {
		.title = ((const Delivery *)request->subject)->ref, .crumbs = crumbs, .crumb_count = COUNT(crumbs), .wide = true
	};
	Failure failure = call->failure;
	call_recover(call);
	TRY(delivery_open(call, ((const Delivery *)request->subject)->ref, &delivery)); /* as it is now */
	call->failure = failure;
	TRY(html_page_open(request, &head, &html));
	if (results) view.results = results_of(html, results);
	TRY(fill(html, &delivery, failed, &view));
	page_delivery_show(html, &view);
	return html_page_close(request, html);
}

static Error act(Request *request)
{
	const Delivery *delivery = request->subject;
	int64_t revision = 0;
	Map *values;
	Matter matter;
	delivery_matter(delivery, &matter);
	TRY(action_take(request, &delivery_machine, &matter, delivery_action_form, &revision, &values));
	TRY(delivery_act(request->call, delivery->ref, request_parameter(request, TEXT("action")), revision, values));
	return reply_redirect(request, base_of(request->call->arena, delivery));
}

/* ---- Reporting */
typedef struct WordForm {
	Text letter, outcome, delivered_at, to, note;
} WordForm;
static const FieldSpec word_fields[] = { { "letter", FIELD_TEXT, offsetof(WordForm, letter), .required = true, .max_length = 40 },
	{ "outcome", FIELD_TEXT, offsetof(WordForm, outcome), .required = true, .max_length = 20 },
	{ "delivered_at", FIELD_TEXT, offsetof(WordForm, delivered_at), .max_length = 40 }, { "to", FIELD_TEXT, offsetof(WordForm, to) },
	{ "note", FIELD_TEXT, offsetof(WordForm, note), .max_length = 500 } };
static const FormSpec word_form = { .fields = word_fields, .field_count = COUNT(word_fields), .struct_size = sizeof(WordForm) };

static Text or_empty(Text text) { return text.at ? text : TEXT(""); }

static Error report(Request *request)
{
	const Delivery *delivery = request->subject;
	const WordForm *form = request->form;
	DeliveryResults results;
	DeliveryWord word = { .letter = form->letter,
		.outcome = form->outcome,
		.at = or_empty(form->delivered_at),
		.to = or_empty(form->to),
		.note = or_empty(form->note) };
	TRY(delivery_report(request->call, delivery->ref, &word, 1, &results));
	if (results.at[0].why_not) call_problem(request->call, TEXT("letter"), results.at[0].why_not, (Text) { 0 });
	TRY(call_check_problems(request->call));
	return reply_redirect(request, base_of(request->call->arena, delivery));
}

typedef struct TableForm {
	Uploads files;
} TableForm;
static const FieldSpec table_fields[] = { { "*", FIELD_FILES, offsetof(TableForm, files) } };
static const FormSpec table_form = {
	.fields = table_fields, .field_count = COUNT(table_fields), .struct_size = sizeof(TableForm), .max_body_bytes = 2 * TABLE_BYTES_MAX
};

static Error text_of_file(Call *call, const Upload *file, Text *out)
{
	size_t length = (size_t)file->size_bytes, have = 0;
	char *at = arena_alloc(call->arena, length + 1);
	while (have < length) {
		ssize_t got = pread(file->descriptor, at + have, length - have, (off_t)have);
		if (got <= 0) return fail(call, IO, "the table cannot be read");
		have += (size_t)got;
	}
	*out = (Text) { at, length };
	return OK;
}

static Error report_table(Request *request)
{
	Text table = TEXT("");
	const Delivery *delivery = request->subject;
	const TableForm *form = request->form;
	DeliveryResults results;
	bool is_there = form->files.count && form->files.at[0].size_bytes > 0;
	if (!is_there) call_problem(request->call, TEXT("table"), N_("Please choose a file."), (Text) { 0 });
	if (is_there && form->files.at[0].size_bytes > TABLE_BYTES_MAX)
		call_problem(request->call, TEXT("table"), N_("The table is too large."), (Text) { 0 });
	TRY(call_check_problems(request->call));
	TRY(text_of_file(request->call, &form->files.at[0], &table));
	TRY(delivery_report_table(request->call, delivery->ref, table, &results));
	return show_with(request, &results);
}

/* ---- Files */
static Error send_file(Request *request, Text type, Text name, Text bytes)
{
	reply_text(request, type, bytes);
	reply_header(
		request, TEXT("Content-Disposition"), arena_printf(request->call->arena, "attachment; filename=\"%.*s\"", TEXT_ARGS(name)));
	return OK;
}

static Error fetch_package(Request *request)
{
	Text zip;
	const Delivery *delivery = request->subject;
	TRY(delivery_package(request->call, delivery, &zip));
	return send_file(request, TEXT("application/zip"), arena_printf(request->call->arena, "%.*s.zip", TEXT_ARGS(delivery->ref)), zip);
}

static Error fetch_letter(Request *request)
{
	Text pdf, letter = request_parameter(request, TEXT("letter"));
	TRY(delivery_letter_pdf(request->call, request->subject, letter, &pdf));
	return send_file(request, TEXT("application/pdf"), arena_printf(request->call->arena, "%.*s.pdf", TEXT_ARGS(letter)), pdf);
}

#define ACCOUNT .may = ROLE_REPORTER, .needs_second_factor = true
static const Route routes[] = {
	{ GET, "/deliveries", show_list, ACCOUNT,
		.summary = "Packages of letters: those of one's own organisation as a partner; all for coordinators" },
	{ GET, "/deliveries/:ref", show, ACCOUNT, .subject = delivery_load, .summary = "A package of letters to vendors" },
	{ GET, "/deliveries/:ref/package.zip", fetch_package, ACCOUNT, .subject = delivery_load, .weight = 10,
		.summary = "The letters that wait and the table to be filled in; recorded" },
	{ GET, "/deliveries/:ref/letters/:letter/letter.pdf", fetch_letter, ACCOUNT, .subject = delivery_load,
		.summary = "One letter; recorded" },
	{ POST, "/deliveries/:ref/actions/:action", act, ACCOUNT, .subject = delivery_load, .form = &action_request_form, .retry = show,
		.summary = "Carry out an action of the package's workflow" },
	{ POST, "/deliveries/:ref/report", report, ACCOUNT, .subject = delivery_load, .form = &word_form, .retry = show,
		.summary = "Report what became of a letter" },
	{ POST, "/deliveries/:ref/table", report_table, ACCOUNT, .subject = delivery_load, .form = &table_form, .retry = show,
		.summary = "Report what became of many letters with a table" },
};
const RouteTable delivery_routes = { "subject/party delivery", routes, COUNT(routes) };
