/* Rows: what they hold, what is wrong with them, and which of them are sent. */
#include "base/crypto/crypto.h"
#include "subject/batch/batch_private.h"

enum { FORGET_AT_ONCE = 100 };
static const char title_place[] = "batch_row|sealed_title", values_place[] = "batch_row|sealed_values",
		  problems_place[] = "batch_row|sealed_problems", files_place[] = "batch_row|sealed_files";

static const struct {
	const char *state, *text, *tone;
} states[] = { { "reading", N_("Its files are being unpacked"), "active" }, { "wrong", N_("Has errors"), "bad" },
	{ "ready", N_("Ready"), "good" }, { "left", N_("Left out"), "neutral" }, { "waiting", N_("Waits to be sent"), "active" },
	{ "sent", N_("Sent"), "good" }, { "failed", N_("Could not be sent"), "bad" } };

const char *batch_row_state_text(Text state)
{
	for (size_t i = 0; i < COUNT(states); i++)
		if (text_is(text_from(states[i].state), state)) return states[i].text;
	return "";
}

const char *batch_row_state_tone(Text state)
{
	for (size_t i = 0; i < COUNT(states); i++)
		if (text_is(text_from(states[i].state), state)) return states[i].tone;
	return "neutral";
}

Text batch_problem_text(Arena *arena, Lang lang, const BatchProblem *problem)
{
	Problem as = { .field = problem->field, .message = arena_string(arena, problem->message), .argument = problem->argument };
	return problem_text(arena, lang, &as);
}

static const struct {
	const char *code, *text;
} reasons[] = {
#define REFUSAL(code, text) { code, text },
#include "subject/batch/refusal.def"
#undef REFUSAL
};

const char *batch_fault_text(const char *code)
{
	for (size_t i = 0; i < COUNT(reasons); i++)
		if (!strcmp(reasons[i].code, code)) return reasons[i].text;
	return "";
}

Text batch_reason_text(Arena *arena, Lang lang, Text reason, Text about)
{
	Problem as = { .message = batch_fault_text(arena_string(arena, reason)), .argument = about.at ? about : TEXT("") };
	return as.message[0] ? problem_text(arena, lang, &as) : TEXT("");
}

/* ---- What is wrong */
void batch_problem_add(Arena *arena, BatchProblems *problems, const char *field, const char *message, Text argument)
{
	BatchProblem problem = { text_from(field), text_from(message), argument.at ? argument : TEXT("") };
	list_add(arena, problems, problem);
}

Error batch_check(Call *call, const Map *values, BatchProblems *out)
{
	Failure before = call->failure;
	call->failure = (Failure) { 0 };
	Error error = form_check(call, &report_form, values);
	for (size_t i = 0; error == ERROR_INVALID && i < call->failure.problems.count; i++) {
		const Problem *problem = &call->failure.problems.at[i];
		BatchProblem copy = { problem->field, text_from(problem->message), problem->argument.at ? problem->argument : TEXT("") };
		list_add(call->arena, out, copy);
	}
	if (error != OK && error != ERROR_INVALID) return error;
	call->failure = before;
	return OK;
}

static Text problems_text(Arena *arena, const BatchProblems *problems)
{
	Buffer buffer = { .arena = arena };
	JsonWriter writer = json_writer(&buffer);
	json_array_begin(&writer);
	for (size_t i = 0; i < problems->count; i++) {
		json_object_begin(&writer);
		json_put_text(&writer, "field", problems->at[i].field);
		json_put_text(&writer, "message", problems->at[i].message);
		json_put_text(&writer, "argument", problems->at[i].argument);
		json_end(&writer);
	}
	json_end(&writer);
	json_finish(&writer);
	return buffer_text(&buffer);
}

static void problems_read(Arena *arena, Text json, BatchProblems *out)
{
	Json list;
	if (!json.at || !json_parse(arena, json, &list, NULL)) return;
	for (JsonEach each = json_each(list); json_next(&each);) {
		BatchProblem problem = { json_as_text(json_get(each.value, "field")), json_as_text(json_get(each.value, "message")),
			json_as_text(json_get(each.value, "argument")) };
		list_add(arena, out, problem);
	}
}

/* ---- Sealed with the row's own key, which becomes the report's */
Text batch_row_name(Arena *arena, const Batch *batch, int64_t number)
{
	return arena_printf(arena, "%.*s/%lld", TEXT_ARGS(batch->ref), (long long)number);
}

static Text title_of(const Map *values)
{
	Text title = form_answer(values, "title"), product = form_answer(values, "product");
	return title.length ? title : product;
}

/* Also what is not asked because of another answer: that answer may be the one that is wrong. */
static Text all_text(Arena *arena, const Map *values)
{
	Buffer buffer = { .arena = arena };
	JsonWriter writer = json_writer(&buffer);
	json_object_begin(&writer);
	for (size_t i = 0; i < report_form.section_count; i++)
		for (size_t j = 0; j < report_form.sections[i].item_count; j++) {
			const char *name = report_form.sections[i].items[j].name;
			Text value = form_answer(values, name);
			if (value.length) json_put_text(&writer, name, value);
		}
	json_end(&writer);
	json_finish(&writer);
	return buffer_text(&buffer);
}

Error batch_row_seal(Call *call, const Batch *batch, const BatchRow *row, Map *values, const BatchProblems *problems, RowText *out)
{
	int64_t seal_key = row->seal_key;
	BatchRow now = *row;
	Text name = batch_row_name(call->arena, batch, row->number), json = form_values_text(call->arena, &report_form, values);
	out->state = problems->count ? TEXT("wrong") : TEXT("ready");
	out->content = seal_lookup(call, "batch row content", json);
	now.values = values;
	TRY(batch_row_personal(call, batch, &now, &out->personal));
	TRY(seal_close(call, seal_key, title_place, name, title_of(values), &out->title));
	TRY(seal_close(call, seal_key, values_place, name, all_text(call->arena, values), &out->values));
	return seal_close(call, seal_key, problems_place, name, problems_text(call->arena, problems), &out->problems);
}

static void files_read(Arena *arena, Text json, Texts *out)
{
	Json list;
	if (!json.at || !json_parse(arena, json, &list, NULL)) return;
	for (JsonEach each = json_each(list); json_next(&each);) list_add(arena, out, json_as_text(each.value));
}

Error batch_row_of_line(Call *call, const Batch *batch, const BatchRowLine *line, BatchRow *out)
{
	Text json, problems, files, name = batch_row_name(call->arena, batch, line->number);
	bool found = false;
	BatchRow row = { .id = line->id,
		.batch_id = line->batch_id,
		.number = line->number,
		.seal_key = line->seal_key,
		.report_id = line->report_id.is ? line->report_id.value : 0,
		.personal = line->personal,
		.updated_at = line->updated_at,
		.state = line->state };
	TRY(seal_open(call, title_place, name, line->sealed_title, &row.title));
	TRY(seal_open(call, values_place, name, line->sealed_values, &json));
	TRY(seal_open(call, problems_place, name, line->sealed_problems, &problems));
	TRY(seal_open(call, files_place, name, line->sealed_files, &files));
	row.values = map_new(call->arena);
	if (json.at) TRY(form_values_read(call, &report_form, json, &row.values));
	problems_read(call->arena, problems, &row.problems);
	files_read(call->arena, files, &row.files);
	if (!row.report_id) TRY(batch_row_same(call, batch->id, line->content, line->number, &row.same_as, &found));
	if (!found) row.same_as = 0;
	if (row.report_id) {
		Report report;
		TRY(report_read(call, row.report_id, &report));
		row.report_ref = report.ref;
	}
	*out = row;
	return OK;
}

static Error rows_of_lines(Call *call, const Batch *batch, const BatchRowLines *lines, BatchRows *out)
{
	BatchRows rows = { 0 };
	for (size_t i = 0; i < lines->count; i++) {
		BatchRow row;
		TRY(batch_row_of_line(call, batch, &lines->at[i], &row));
		list_add(call->arena, &rows, row);
	}
	*out = rows;
	return OK;
}

Error batch_rows(Call *call, const Batch *batch, Text state, int64_t after, int64_t max, BatchRows *out)
{
	BatchRowLines lines;
	TRY(state.length ? batch_row_list_in(call, batch->id, state, after, max, &lines)
			 : batch_row_list(call, batch->id, after, max, &lines));
	return rows_of_lines(call, batch, &lines, out);
}

Error batch_rows_personal(Call *call, const Batch *batch, int64_t after, int64_t max, BatchRows *out)
{
	BatchRowLines lines;
	TRY(batch_row_list_personal(call, batch->id, after, max, &lines));
	return rows_of_lines(call, batch, &lines, out);
}

Error batch_row(Call *call, const Batch *batch, int64_t number, BatchRow *out)
{
	BatchRowLine line;
	TRY(batch_row_find(call, batch->id, number, &line));
	return batch_row_of_line(call, batch, &line, out);
}

Error batch_reports(Call *call, const Batch *batch, int64_t after, int64_t max, BatchReports *out)
{
	BatchSentRows rows;
	BatchReports reports = { 0 };
	TRY(batch_row_reports(call, batch->id, after, max, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		BatchReport report = { rows.at[i].number, rows.at[i].received_at, rows.at[i].ref, rows.at[i].content_digest };
		list_add(call->arena, &reports, report);
	}
	*out = reports;
	return OK;
}

/* ---- Changes in the preview */
static Error again_in_preview(Call *call, const Batch *batch)
{
	BatchLine now;
	TRY(batch_find_own(call, batch->ref, call->actor->person_id, &now));
	return text_is(now.state, TEXT("PREVIEW")) ? OK : fail(call, CONFLICT, "batch %.*s is past its preview", TEXT_ARGS(batch->ref));
}

typedef struct Correcting {
	const Batch *batch;
	int64_t number;
	const Map *values;
} Correcting;

static Error correct(Call *call, void *argument)
{
	const Correcting *correcting = argument;
	const Batch *batch = correcting->batch;
	BatchRowLine line;
	BatchRow row;
	RowText text = { 0 };
	BatchProblems problems = { 0 };
	int64_t changed = 0;
	TRY(again_in_preview(call, batch));
	TRY(batch_row_find(call, batch->id, correcting->number, &line));
	TRY(batch_row_of_line(call, batch, &line, &row));
	Map *whole = form_values_copy(call->arena, &report_form, correcting->values);
	TRY(form_complete(call, &report_form, row.values, whole));
	TRY(batch_check(call, whole, &problems));
	TRY(batch_row_seal(call, batch, &row, whole, &problems, &text));
	TRY(batch_row_save(call, line.id, line.state, text.state, text.content, text.title, text.values, text.problems, text.personal,
		call->now, &changed));
	if (changed != 1) return fail(call, CONFLICT, "row %lld was changed by somebody else", (long long)line.number);
	return batch_touch(call, batch->id, call->now);
}

Error batch_row_correct(Call *call, const Batch *batch, int64_t number, const Map *values)
{
	Correcting correcting = { batch, number, values };
	return db_transact(call, correct, &correcting);
}

typedef struct Choosing {
	const Batch *batch;
	const Numbers *numbers;
	bool is_taken;
} Choosing;

static Error choose(Call *call, void *argument)
{
	const Choosing *choosing = argument;
	Text from = choosing->is_taken ? TEXT("left") : TEXT("ready"), to = choosing->is_taken ? TEXT("ready") : TEXT("left");
	TRY(again_in_preview(call, choosing->batch));
	for (size_t i = 0; i < choosing->numbers->count; i++) {
		BatchRowLine line;
		int64_t changed = 0;
		TRY(batch_row_find(call, choosing->batch->id, choosing->numbers->at[i], &line));
		TRY(batch_row_move(call, line.id, from, to, call->now, &changed));
	}
	return batch_touch(call, choosing->batch->id, call->now);
}

Error batch_choose(Call *call, const Batch *batch, const Numbers *numbers, bool is_taken)
{
	Choosing choosing = { batch, numbers, is_taken };
	return db_transact(call, choose, &choosing);
}

static Error choose_only(Call *call, void *argument)
{
	const Choosing *choosing = argument;
	int64_t changed = 0;
	TRY(again_in_preview(call, choosing->batch));
	TRY(batch_row_move_all(call, choosing->batch->id, TEXT("ready"), TEXT("left"), call->now, &changed));
	for (size_t i = 0; i < choosing->numbers->count; i++) {
		BatchRowLine line;
		int64_t number = choosing->numbers->at[i];
		Error error = batch_row_find(call, choosing->batch->id, number, &line);
		if (error != OK && error != ERROR_NOT_FOUND) return error;
		if (error == OK) TRY(batch_row_move(call, line.id, TEXT("left"), TEXT("ready"), call->now, &changed));
		bool is_fit = error == OK && (changed == 1 || text_is(line.state, TEXT("ready")));
		if (error != OK) call_pass_over(call);
		if (!is_fit)
			call_problem(call, TEXT("rows"), N_("There is no row of this number without errors: %s"),
				arena_printf(call->arena, "%lld", (long long)number));
	}
	return call_check_problems(call);
}

Error batch_choose_only(Call *call, const Batch *batch, const Numbers *numbers)
{
	Choosing choosing = { .batch = batch, .numbers = numbers };
	return db_transact(call, choose_only, &choosing);
}

/* ---- What became no report */
Error batch_row_forget(Call *call, const BatchRowLine *line)
{
	Attachments files;
	int64_t changed = 0;
	TRY(attachment_list(call, batch_row_kind, line->id, &files));
	for (size_t i = 0; i < files.count; i++) TRY(attachment_remove(call, &files.at[i]));
	TRY(batch_row_delete(call, line->id, &changed));
	return changed == 1 ? seal_matter_destroy(call, line->seal_key) : OK;
}

typedef struct Forgetting {
	const Batch *batch;
	bool more;
} Forgetting;

static Error forget_some(Call *call, void *argument)
{
	Forgetting *forgetting = argument;
	BatchRowLines lines;
	TRY(batch_row_unsent(call, forgetting->batch->id, FORGET_AT_ONCE, &lines));
	for (size_t i = 0; i < lines.count; i++) TRY(batch_row_forget(call, &lines.at[i]));
	forgetting->more = lines.count == FORGET_AT_ONCE;
	return OK;
}

Error batch_forget_some(Call *call, const Batch *batch, bool *out_more)
{
	Forgetting forgetting = { .batch = batch };
	ArenaMark mark = arena_mark(call->arena);
	TRY(db_transact(call, forget_some, &forgetting));
	arena_release(call->arena, mark);
	*out_more = forgetting.more;
	return OK;
}

Error batch_forget_file(Call *call, const Batch *batch)
{
	Attachments files;
	TRY(attachment_list(call, batch_machine.name, batch->id, &files));
	for (size_t i = 0; i < files.count; i++) TRY(attachment_remove(call, &files.at[i]));
	return OK;
}
