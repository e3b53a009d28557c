/* The duplicate check, as people and machines read it. */
#include "subject/report/report_view.h"

static Text reasons_of(Html *html, const Candidate *candidate)
{
	Buffer buffer = { .arena = html->call->arena };
	Text semicolon = tr(html->lang, N_("; "));
	for (int kind = 0; kind < FEATURE_KINDS; kind++) {
		if (!candidate->shared[kind] || (kind == FEATURE_TEXT && candidate->shared[kind] < 2)) continue;
		if (buffer.length) buffer_put(&buffer, semicolon);
		buffer_put(&buffer, tr(html->lang, feature_reason((FeatureKind)kind)));
	}
	if (candidate->same_class) {
		if (buffer.length) buffer_put(&buffer, semicolon);
		buffer_put(&buffer, tr(html->lang, N_("The same class of weakness")));
	}
	return buffer_text(&buffer);
}

static Error fill_row(Html *html, const Candidate *candidate, Cell *cell)
{
	ReportStage stage = { 0 };
	bool is_attached = false;
	const Report *report = &candidate->report;
	const WorkflowState *state = workflow_state(&report_machine, report->state);
	if (text_is(report->state, TEXT("ATTACHED"))) TRY(report_stage(html->call, report, &stage, &is_attached));
	Text word = is_attached ? stage.state_text : state ? tr(html->lang, state->text) : report->state;
	Text tone = is_attached ? stage.tone : state ? text_from(state->tone) : TEXT("");
	cell[0] = (Cell) { .text = report->title, .url = url_local(html->call->arena, "/reports/%.*s", TEXT_ARGS(report->ref)) };
	cell[1].text = report->ref;
	cell[2].markup = part_date(html, report->received_at);
	cell[3].markup = part_status(html, word, tone);
	cell[4].text = reasons_of(html, candidate);
	return OK;
}

Error candidates_markup(Html *html, const Map *values, int64_t except, Markup *out)
{
	static const char *const labels[] = { N_("Report"), N_("Number"), N_("Received"), N_("State"), N_("Why") };
	Candidates candidates;
	Arena *arena = html->call->arena;
	*out = (Markup) { TEXT("") };
	TRY(report_candidates(html->call, values, except, &candidates));
	if (!candidates.count) return OK;
	Column *columns = arena_array_of(arena, Column, COUNT(labels));
	Cell *cells = arena_array_of(arena, Cell, candidates.count * COUNT(labels));
	for (size_t i = 0; i < COUNT(labels); i++) columns[i] = (Column) { .label = tr(html->lang, labels[i]) };
	for (size_t i = 0; i < candidates.count; i++) TRY(fill_row(html, &candidates.at[i], &cells[i * COUNT(labels)]));
	Table table = { tr(html->lang, "Possible duplicates"), columns, COUNT(labels), cells, candidates.count };
	*out = part_table(html, &table);
	return OK;
}

bool report_is_reviewed(const Call *call, const Report *report)
{
	bool is_open = text_is(report->state, TEXT("RECEIVED")) || text_is(report->state, TEXT("FORMAL_REVIEW"));
	return is_open && (report_reading_roles(call->actor) & ROLE_COORDINATOR);
}

Error candidates_json(Call *call, JsonWriter *writer, const Report *report)
{
	static const char *const names[FEATURE_KINDS] = { "identity", "product", "place", "text" };
	Candidates candidates = { 0 };
	if (report_is_reviewed(call, report)) TRY(report_candidates(call, report->values, report->id, &candidates));
	json_array_begin(writer);
	for (size_t i = 0; i < candidates.count; i++) {
		const Candidate *candidate = &candidates.at[i];
		json_object_begin(writer);
		json_put_text(writer, "report", candidate->report.ref);
		json_put_text(writer, "state", candidate->report.state);
		json_put_int(writer, "score", candidate->score);
		for (size_t kind = 0; kind < FEATURE_KINDS; kind++) json_put_int(writer, names[kind], candidate->shared[kind]);
		json_put_bool(writer, "same_class", candidate->same_class);
		json_end(writer);
	}
	json_end(writer);
	return OK;
}
