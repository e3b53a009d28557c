/* Batches on pages: the list, one batch with its rows, and what is done with all of it. */
#include "face/doc/export.h"
#include "subject/batch/batch_view.h"
#include "subject/batch/views/batch_faults.html.h"
#include "subject/batch/views/batch_list.html.h"
#include "subject/batch/views/batch_pick.html.h"
#include "subject/batch/views/batch_show.html.h"
#include "subject/report/report.h"

enum { PAGE = 25, MANY = 50 }; /* PAGE: each row of a preview is looked for among what was sent before */

Error batch_load(Request *request)
{
	Batch *batch = arena_new_of(request->call->arena, Batch);
	TRY(batch_open(request->call, request_parameter(request, TEXT("ref")), batch));
	request->subject = batch;
	return OK;
}

static Text base_of(Arena *arena, const Batch *batch) { return arena_printf(arena, "/batches/%.*s", TEXT_ARGS(batch->ref)); }
static Text number_text(Arena *arena, int64_t number) { return arena_printf(arena, "%lld", (long long)number); }

/* ---- Taking a file */
static const FieldSpec file_fields[] = { { "file", FIELD_FILES, offsetof(BatchFileForm, file) },
	{ "no_secrets", FIELD_BOOL, offsetof(BatchFileForm, no_secrets) } };
const FormSpec batch_file_form = { .fields = file_fields,
	.field_count = COUNT(file_fields),
	.struct_size = sizeof(BatchFileForm),
	.max_body_bytes = (size_t)MANY * 1024 * 1024 };

Error batch_take(Request *request, BatchNew *out)
{
	const BatchFileForm *form = request->form;
	const Upload *upload = form && form->file.count ? &form->file.at[0] : NULL;
	Text key = request_header(request, TEXT("Idempotency-Key"));
	if (!upload || !upload->size_bytes) {
		call_problem(request->call, TEXT("file"), N_("Please choose a file that is not empty."), (Text) { 0 });
		return call_check_problems(request->call);
	}
	*out = (BatchNew) { .file = { upload->name, upload->descriptor, upload->size_bytes },
		.key = key.at ? key : TEXT(""),
		.is_confirmed = form->no_secrets };
	return OK;
}

static Markup file_field(Html *html, Text help)
{
	const FormField field = {
		.name = TEXT("file"), .label = tr(html->lang, N_("File")), .help = help, .kind = INPUT_FILE, .required = true
	};
	return part_field(html, &field);
}

static Markup confirm_field(Html *html)
{
	const FormField field = { .name = TEXT("no_secrets"),
		.label = tr(html->lang, N_("I confirm for every row that it contains no state secrets and that it was found lawfully")),
		.help = tr(html->lang, N_("Without this, each row has to say so itself.")),
		.kind = INPUT_CHECK };
	return part_field(html, &field);
}

/* Problems of attachments are at "files" and "name", where this form has one field. */
static void rename_problems(Call *call)
{
	for (size_t i = 0; i < call->failure.problems.count; i++) {
		Problem *problem = &call->failure.problems.at[i];
		if (text_is(problem->field, TEXT("files")) || text_is(problem->field, TEXT("name"))) problem->field = TEXT("file");
	}
}

static Error begin(Request *request)
{
	BatchNew new;
	Text ref;
	bool repeated = false;
	TRY(batch_take(request, &new));
	Error error = batch_new(request->call, &new, &ref, &repeated);
	rename_problems(request->call);
	TRY(error);
	return reply_redirect(request, arena_printf(request->call->arena, "/batches/%.*s", TEXT_ARGS(ref)));
}

static Error again(Request *request)
{
	BatchNew new;
	const Batch *batch = request->subject;
	TRY(batch_take(request, &new));
	Error error = batch_replace(request->call, batch->ref, &new);
	rename_problems(request->call);
	TRY(error);
	return reply_redirect(request, base_of(request->call->arena, batch));
}

/* ---- The list */
static Markup chip_of(Html *html, const Batch *batch)
{
	const WorkflowState *state = workflow_state(&batch_machine, batch->state);
	return state ? part_status(html, tr(html->lang, state->text), text_from(state->tone)) : (Markup) { TEXT("") };
}

static Markup list_table(Html *html, const Batches *batches)
{
	static const char *const labels[] = { N_("Batch"), N_("File"), N_("State"), N_("Rows"), N_("With errors"), N_("Sent"),
		N_("Begun at") };
	Arena *arena = html->call->arena;
	Column columns[COUNT(labels)];
	Cell *cells = arena_array_of(arena, Cell, batches->count * COUNT(labels) + 1);
	for (size_t i = 0; i < COUNT(labels); i++)
		columns[i] = (Column) { .label = tr(html->lang, labels[i]),
			.kind = i == 1             ? COLUMN_TEXT
				: i >= 3 && i <= 5 ? COLUMN_NUMBER
						   : COLUMN_NARROW };
	for (size_t i = 0; i < batches->count; i++) {
		const Batch *batch = &batches->at[i];
		Cell *cell = &cells[i * COUNT(labels)];
		cell[0] = (Cell) { .text = batch->ref, .url = url_local(arena, "/batches/%.*s", TEXT_ARGS(batch->ref)) };
		cell[1].text = batch->name.at ? batch->name : TEXT("");
		cell[2].markup = chip_of(html, batch);
		cell[3].text = number_text(arena, batch_total(&batch->counts));
		cell[4].text = number_text(arena, batch->counts.wrong + batch->counts.failed);
		cell[5].text = number_text(arena, batch->counts.sent);
		cell[6].markup = part_time(html, batch->created_at);
	}
	return part_table(html, &(Table) { tr(html->lang, N_("My batches")), columns, COUNT(labels), cells, batches->count });
}

static Error show_list(Request *request)
{
	Html *html;
	Call *call = request->call;
	Batches batches;
	int64_t most = 0, left = 0;
	PageHead head = { .title = tr(call->lang, N_("Many reports at once")),
		.lead = tr(call->lang, N_("Reports from a table, an archive with attachments, or records of other libraries")),
		.wide = true };
	TRY(batch_list(call, request_query_number(request, TEXT("before")), PAGE, &batches));
	TRY(batch_limit(call, &most, &left));
	TRY(html_page_open(request, &head, &html));
	Problem limit = { .message = N_("Reports you may still send within a day: %s"), .argument = number_text(call->arena, left) };
	BatchListView view = { .file = file_field(html, batch_parts_help(html)),
		.confirm = confirm_field(html),
		.action = url_local(call->arena, "/batches"),
		.parts = TEXT("/api/v1/batches"),
		.page = TEXT("/batches/"),
		.xlsx = url_local(call->arena, "/batches/template/xlsx"),
		.csv = url_local(call->arena, "/batches/template/csv"),
		.limit = problem_text(call->arena, call->lang, &limit) };
	if (batches.count)
		view.table = list_table(html, &batches);
	else
		view.empty = part_empty(html, tr(html->lang, N_("You have begun no batch yet.")),
			tr(html->lang, N_("The template has every field with its allowed values and an example.")), (Url) { { 0 } },
			TEXT(""));
	if (batches.count == PAGE)
		view.pager = part_pager(
			html, (Url) { { 0 } }, url_local(call->arena, "/batches?before=%lld", (long long)batches.at[PAGE - 1].id));
	page_batch_list(html, &view);
	return html_page_close(request, html);
}

static Error template_xlsx(Request *request)
{
	Text bytes;
	TRY(batch_template_xlsx(request->call, &bytes));
	return export_bytes(request, TEXT("cappvd-batch-template.xlsx"), bytes);
}

static Error template_csv(Request *request)
{
	return export_bytes(request, TEXT("cappvd-batch-template.csv"), batch_template_csv(request->call));
}

/* ---- One batch */
Text batch_column_text(Lang lang, Text field)
{
	const FormItem *item = form_item(&report_form, field);
	return item ? tr(lang, item->label) : text_is(field, TEXT("files")) ? tr(lang, N_("Files in the archive")) : field;
}

static Markup problems_of(Html *html, const BatchRow *row)
{
	enum { SHOWN = 4 };
	Arena *arena = html->call->arena;
	BatchFaults view = { .more = TEXT("") };
	Html inner = html_inner(html);
	for (size_t i = 0; i < row->problems.count && i < SHOWN; i++) {
		const BatchProblem *problem = &row->problems.at[i];
		BatchFault fault = { batch_column_text(html->lang, problem->field), batch_problem_text(arena, html->lang, problem) };
		list_add(arena, &view.faults, fault);
	}
	Problem more = { .message = N_("and %s more"), .argument = number_text(arena, (int64_t)row->problems.count - SHOWN) };
	if (row->problems.count > SHOWN) view.more = problem_text(arena, html->lang, &more);
	page_batch_faults(&inner, &view);
	return row->problems.count ? html_done(html, &inner) : (Markup) { TEXT("") };
}

/* What may be the same: an earlier row, and reports that the actor can open anyway. */
static Error same_of(Html *html, const BatchRow *row, Text *out)
{
	Arena *arena = html->call->arena;
	Candidates candidates = { 0 };
	Buffer buffer = { .arena = arena };
	if (row->report_id) return OK;
	if (form_answer(row->values, "description").length) TRY(report_candidates(html->call, row->values, 0, &candidates));
	Problem same = { .message = N_("the same as row %s"), .argument = number_text(arena, row->same_as) };
	if (row->same_as) buffer_put(&buffer, problem_text(arena, html->lang, &same));
	for (size_t i = 0; i < candidates.count && i < 3; i++)
		buffer_printf(&buffer, "%s%.*s", buffer.length ? "\n" : "", TEXT_ARGS(candidates.at[i].report.ref));
	*out = buffer_text(&buffer);
	return OK;
}

static Markup pick_of(Html *html, const BatchRow *row)
{
	Problem label = { .message = N_("Choose row %s"), .argument = number_text(html->call->arena, row->number) };
	BatchPick pick = { row->number, problem_text(html->call->arena, html->lang, &label) };
	Html inner = html_inner(html);
	page_batch_pick(&inner, &pick);
	return html_done(html, &inner);
}

static Markup state_of(Html *html, const BatchRow *row)
{
	Html inner = html_inner(html);
	Problem personal = { .message = N_("Personal data: %s"), .argument = number_text(html->call->arena, row->personal) };
	html_markup(
		&inner, part_status(html, tr(html->lang, batch_row_state_text(row->state)), text_from(batch_row_state_tone(row->state))));
	if (row->personal) html_text(&inner, TEXT(" "));
	if (row->personal) html_markup(&inner, part_status(html, problem_text(html->call->arena, html->lang, &personal), TEXT("warn")));
	return html_done(html, &inner);
}

static Error fill_row(Html *html, const Batch *batch, const BatchRow *row, bool can_choose, Cell *cell)
{
	Arena *arena = html->call->arena;
	Text title = row->title.length ? row->title : tr(html->lang, N_("(no title)"));
	bool is_pickable = can_choose && (text_is(row->state, TEXT("ready")) || text_is(row->state, TEXT("left")));
	cell[0] = (Cell) { .text = number_text(arena, row->number) };
	if (is_pickable) cell[0].markup = pick_of(html, row);
	if (row->report_ref.length)
		cell[1] = (Cell) { .text = row->report_ref, .url = url_local(arena, "/reports/%.*s", TEXT_ARGS(row->report_ref)) };
	else
		cell[1] = (Cell) { .text = title,
			.url = url_local(arena, "/batches/%.*s/rows/%lld", TEXT_ARGS(batch->ref), (long long)row->number) };
	cell[2].markup = state_of(html, row);
	cell[3].markup = problems_of(html, row);
	cell[4].text = TEXT("");
	return can_choose ? same_of(html, row, &cell[4].text) : OK;
}

static Error rows_table(Html *html, const Batch *batch, const BatchRows *rows, bool can_choose, Markup *out)
{
	static const char *const labels[] = { N_("Row"), N_("Report"), N_("State"), N_("Errors"), N_("May be the same as") };
	size_t count = can_choose ? COUNT(labels) : COUNT(labels) - 1;
	Column columns[COUNT(labels)];
	Cell row[COUNT(labels)], *cells = arena_array_of(html->call->arena, Cell, rows->count * count + 1);
	for (size_t i = 0; i < COUNT(labels); i++)
		columns[i] = (Column) { .label = tr(html->lang, labels[i]), .kind = i == 0 || i == 2 ? COLUMN_NARROW : COLUMN_TEXT };
	for (size_t i = 0; i < rows->count; i++) {
		memset(row, 0, sizeof(row));
		TRY(fill_row(html, batch, &rows->at[i], can_choose, row));
		memcpy(&cells[i * count], row, sizeof(*row) * count);
	}
	*out = part_table(html, &(Table) { tr(html->lang, N_("Rows of the batch")), columns, count, cells, rows->count });
	return OK;
}

static const char *const row_states[] = { "wrong", "ready", "left", "waiting", "sent", "failed" };

static Markup filters_of(Html *html, const Batch *batch, Text state, bool is_personal)
{
	Arena *arena = html->call->arena;
	Text *values = arena_array_of(arena, Text, COUNT(row_states) + 1), *labels = arena_array_of(arena, Text, COUNT(row_states) + 1);
	Text personal[] = { TEXT(""), TEXT("1") }, words[] = { tr(html->lang, N_("All")), tr(html->lang, N_("found, nothing decided")) };
	values[0] = TEXT("");
	labels[0] = tr(html->lang, N_("All"));
	for (size_t i = 0; i < COUNT(row_states); i++) {
		values[i + 1] = text_from(row_states[i]);
		labels[i + 1] = tr(html->lang, batch_row_state_text(values[i + 1]));
	}
	const Filter filters[] = { { .name = TEXT("state"),
					   .label = tr(html->lang, N_("State")),
					   .value = state,
					   .choice_values = values,
					   .choice_labels = labels,
					   .choice_count = COUNT(row_states) + 1 },
		{ .name = TEXT("personal"),
			.label = tr(html->lang, N_("Personal data")),
			.value = is_personal ? personal[1] : personal[0],
			.choice_values = personal,
			.choice_labels = words,
			.choice_count = COUNT(personal) } };
	size_t count = batch->personal_rows || is_personal ? COUNT(filters) : 1;
	return part_filters(html,
		&(FilterBar) { .action = url_local(arena, "/batches/%.*s", TEXT_ARGS(batch->ref)), .filters = filters, .count = count });
}

static Text state_word(Html *html, const char *state) { return tr(html->lang, batch_row_state_text(text_from(state))); }

static Markup facts_of(Html *html, const Batch *batch)
{
	static const struct {
		const char *format, *text;
	} formats[] = { { "csv", N_("Table (CSV)") }, { "xlsx", N_("Table (XLSX)") }, { "zip", N_("Archive with a manifest") },
		{ "json", N_("Rows in JSON") }, { "cve5", N_("CVE records") }, { "csaf", N_("CSAF advisory") } };
	Arena *arena = html->call->arena;
	const BatchCounts *counts = &batch->counts;
	Text format = TEXT("");
	for (size_t i = 0; i < COUNT(formats); i++)
		if (text_is(text_from(formats[i].format), batch->format)) format = tr(html->lang, formats[i].text);
	const Fact all[] = { { .label = tr(html->lang, N_("File")), .text = batch->name.at ? batch->name : TEXT("") },
		{ .label = tr(html->lang, N_("Kind")), .text = format },
		{ .label = tr(html->lang, N_("Begun at")), .markup = part_time(html, batch->created_at) },
		{ .label = tr(html->lang, N_("Rows")), .text = number_text(arena, batch_total(counts)) },
		{ .label = state_word(html, "wrong"), .text = number_text(arena, counts->wrong) },
		{ .label = state_word(html, "ready"), .text = number_text(arena, counts->ready) },
		{ .label = state_word(html, "left"), .text = number_text(arena, counts->left) },
		{ .label = state_word(html, "waiting"), .text = number_text(arena, counts->waiting) },
		{ .label = state_word(html, "sent"), .text = number_text(arena, counts->sent) },
		{ .label = state_word(html, "failed"), .text = number_text(arena, counts->failed) } };
	LIST_OF(Fact) facts = { 0 };
	for (size_t i = 0; i < COUNT(all); i++)
		if (i == 3 || ((all[i].text.length || all[i].markup.text.length) && !(i > 3 && text_is(all[i].text, TEXT("0")))))
			list_add(arena, &facts, all[i]);
	return part_facts(html, facts.at, facts.count);
}

static Text rate_of(Html *html, const Batch *batch)
{
	int64_t seconds = batch->started_at ? (batch->updated_at - batch->started_at) / 1000 : 0;
	Problem rate = { .message = N_("About %s reports a second"),
		.argument = number_text(html->call->arena, batch->counts.sent / (seconds > 0 ? seconds : 1)) };
	return batch->counts.sent ? problem_text(html->call->arena, html->lang, &rate) : TEXT("");
}

static Markup progress_of(Html *html, const Batch *batch)
{
	const BatchCounts *counts = &batch->counts;
	const ChartBar bars[] = { { tr(html->lang, N_("Done")), TEXT("low"), counts->sent },
		{ tr(html->lang, N_("Failed")), TEXT("critical"), counts->failed },
		{ tr(html->lang, N_("Remaining")), TEXT("none"), counts->waiting + counts->reading } };
	return part_shares(html, tr(html->lang, N_("Progress")), bars, COUNT(bars));
}

static void fill_links(Html *html, const Batch *batch, BatchShowView *view)
{
	Arena *arena = html->call->arena;
	Text base = base_of(arena, batch);
	view->choose = url_local(arena, "%.*s/choose", TEXT_ARGS(base));
	view->again = url_local(arena, "%.*s/file", TEXT_ARGS(base));
	view->errors = url_local(arena, "%.*s/errors/csv", TEXT_ARGS(base));
	view->summary = url_local(arena, "%.*s/summary/csv", TEXT_ARGS(base));
	view->refresh = url_local(arena, "%.*s", TEXT_ARGS(base));
}

static void fill_state(Html *html, const Batch *batch, BatchShowView *view)
{
	Arena *arena = html->call->arena;
	bool is_reading = text_is(batch->state, TEXT("READING"));
	view->is_refused = text_is(batch->state, TEXT("REFUSED"));
	view->is_preview = text_is(batch->state, TEXT("PREVIEW")) || view->is_refused;
	view->can_choose = text_is(batch->state, TEXT("PREVIEW"));
	view->is_moving = is_reading || text_is(batch->state, TEXT("RUNNING"));
	view->is_over = batch->counts.sent > 0 || text_is(batch->state, TEXT("DONE"));
	view->has_errors = batch->counts.wrong + batch->counts.failed > 0;
	view->refusal = batch_reason_text(arena, html->lang, batch->reason, batch->detail);
	Problem passed = { .message = N_("These columns are no fields and were passed over: %s"), .argument = batch->detail };
	if (!batch->reason.length && batch->detail.length) view->passed_over = problem_text(arena, html->lang, &passed);
	view->rate = view->is_moving ? rate_of(html, batch) : TEXT("");
	if (view->is_moving) view->progress = progress_of(html, batch);
	if (view->is_preview) {
		view->file = file_field(html, tr(html->lang, N_("CSV, XLSX, ZIP or JSON; at most 50 MiB and 10,000 rows")));
		view->confirm = confirm_field(html);
	}
}

static Error fill_rows(Html *html, const Batch *batch, BatchShowView *view)
{
	Call *call = html->call;
	BatchRows rows;
	Text state = request_query(html->request, TEXT("state"));
	int64_t after = request_query_number(html->request, TEXT("after"));
	bool is_personal = request_query_number(html->request, TEXT("personal")) > 0;
	state = state.at && batch_row_state_text(state)[0] && !is_personal ? state : TEXT("");
	TRY(is_personal ? batch_rows_personal(call, batch, after, PAGE, &rows) : batch_rows(call, batch, state, after, PAGE, &rows));
	if (batch_total(&batch->counts)) view->filters = filters_of(html, batch, state, is_personal);
	if (rows.count)
		TRY(rows_table(html, batch, &rows, view->can_choose, &view->table));
	else
		view->empty = part_empty(html, tr(html->lang, N_("No rows here.")), TEXT(""), (Url) { { 0 } }, TEXT(""));
	view->can_choose &= rows.count > 0;
	if (rows.count == PAGE)
		view->pager = part_pager(html, (Url) { { 0 } },
			url_local(call->arena, "/batches/%.*s?state=%.*s%s&after=%lld", TEXT_ARGS(batch->ref), TEXT_ARGS(state),
				is_personal ? "&personal=1" : "", (long long)rows.at[PAGE - 1].number));
	return OK;
}

static const Form *no_form(const char *name)
{
	(void)name;
	return NULL;
}

static Error show(Request *request)
{
	Html *html;
	Call *call = request->call;
	const Batch *batch = request->subject;
	Matter matter;
	BatchShowView view = { 0 };
	Crumb crumbs[] = { { tr(call->lang, N_("Many reports at once")), url_local(call->arena, "/batches") }, { .text = batch->ref } };
	PageHead head = { .title = batch->ref, .crumbs = crumbs, .crumb_count = COUNT(crumbs), .wide = true };
	TRY(batch_machine_matter(call, batch, &matter));
	TRY(html_page_open(request, &head, &html));
	fill_links(html, batch, &view);
	fill_state(html, batch, &view);
	TRY(batch_parts_fill(html, batch, &view.waits, &view.is_waiting));
	view.chip = chip_of(html, batch);
	view.facts = facts_of(html, batch);
	TRY(batch_banner(html, batch, &view.banner));
	TRY(fill_rows(html, batch, &view));
	view.actions = action_markups(html, &batch_machine, &matter, no_form,
		arena_printf(call->arena, "%.*s/actions", TEXT_ARGS(base_of(call->arena, batch))), (Text) { 0 }, NULL);
	page_batch_show(html, &view);
	return html_page_close(request, html);
}

static Error act(Request *request)
{
	const Batch *batch = request->subject;
	int64_t revision = 0;
	Map *values;
	Matter matter;
	batch_matter(request->call, batch, &matter);
	TRY(action_take(request, &batch_machine, &matter, no_form, &revision, &values));
	TRY(batch_act(request->call, batch->ref, request_parameter(request, TEXT("action")), revision));
	return reply_redirect(request, base_of(request->call->arena, batch));
}

typedef struct ChooseForm {
	Texts rows;
	Text take;
} ChooseForm;
static const FieldSpec choose_fields[] = { { "rows", FIELD_TEXTS, offsetof(ChooseForm, rows), .max_length = 20 },
	{ "take", FIELD_CHOICE, offsetof(ChooseForm, take), .required = true, .choices = "take leave" } };
static const FormSpec choose_form = { .fields = choose_fields, .field_count = COUNT(choose_fields), .struct_size = sizeof(ChooseForm) };

static Error choose(Request *request)
{
	Call *call = request->call;
	const ChooseForm *form = request->form;
	const Batch *batch = request->subject;
	Numbers numbers = { 0 };
	for (size_t i = 0; i < form->rows.count; i++) {
		int64_t number = 0;
		if (!text_to_int(form->rows.at[i], &number)) return fail(call, USAGE, "rows");
		list_add(call->arena, &numbers, number);
	}
	TRY(batch_choose(call, batch, &numbers, text_is(form->take, TEXT("take"))));
	return reply_redirect(request, base_of(call->arena, batch));
}

static Error errors_csv(Request *request) { return batch_reply_errors(request, request->subject); }
static Error summary_csv(Request *request) { return batch_reply_summary(request, request->subject); }

#define OWN .may = ROLE_REPORTER, .subject = batch_load
static const Route routes[] = {
	{ GET, "/batches", show_list, .may = ROLE_REPORTER, .summary = "Batches of reports: one's own, and a form to begin one" },
	{ POST, "/batches", begin, .may = ROLE_REPORTER, .form = &batch_file_form, .retry = show_list, .weight = 10,
		.summary = "Begin a batch with a file" },
	{ GET, "/batches/template/xlsx", template_xlsx, .may = ROLE_REPORTER, .weight = 5, .summary = "The template as a workbook" },
	{ GET, "/batches/template/csv", template_csv, .may = ROLE_REPORTER, .summary = "The template as CSV" },
	{ GET, "/batches/:ref", show, OWN, .summary = "A batch with its rows, state= and after= for some of them" },
	{ POST, "/batches/:ref/file", again, OWN, .form = &batch_file_form, .retry = show, .weight = 10,
		.summary = "Put a corrected file in the place of the one before" },
	{ POST, "/batches/:ref/choose", choose, OWN, .form = &choose_form, .retry = show,
		.summary = "Leave rows out of what is sent, or take them in again" },
	{ POST, "/batches/:ref/actions/:action", act, OWN, .form = &action_request_form, .retry = show, .weight = 5,
		.summary = "Send the rows that are ready, or cancel" },
	{ GET, "/batches/:ref/errors/csv", errors_csv, OWN, .weight = 5, .summary = "Every error of a batch as a table" },
	{ GET, "/batches/:ref/summary/csv", summary_csv, OWN, .weight = 5, .summary = "What became of every row, with reception numbers" },
};
const RouteTable batch_routes = { "subject/batch", routes, COUNT(routes) };
