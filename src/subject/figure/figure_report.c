/* Reports: who may read them, and what the steps change. */
#include "subject/figure/figure_report.h"

#include "store/ledger/ledger.h"
#include "subject/figure/figure_report_private.h"

const char *figure_report_kind_tag(FigureReportKind kind)
{
	static const char *const tags[] = { "week", "month", "year", "special" };
	return tags[kind];
}

const char *figure_report_kind_text(FigureReportKind kind)
{
	static const char *const texts[] = { N_("Weekly report"), N_("Monthly report"), N_("Yearly report"), N_("Special report") };
	return texts[kind];
}

/* ---- Reading */
bool figure_report_is_staff(const Actor *actor) { return actor_has(actor, FIGURE_STAFF) && actor->second_factor; }

static FigureReport plain(const FigureReportRow *row)
{
	FigureReport report = { .id = row->id,
		.revision = row->revision,
		.seal_key = row->seal_key,
		.start = row->start,
		.last = row->last,
		.writer_id = row->writer_id,
		.reviewed_by = row->reviewed_by,
		.issued_at = row->issued_at.value,
		.updated_at = row->updated_at,
		.edition = row->edition,
		.ref = row->ref,
		.state = row->state,
		.is_inside = row->is_inside,
		.is_public = row->is_public };
	while (report.kind < FIGURE_SPECIAL && !text_is(row->kind, text_from(figure_report_kind_tag(report.kind)))) report.kind++;
	return report;
}

Error figure_report_open(Call *call, Text ref, FigureReport *out)
{
	FigureReportRow row;
	if (!figure_report_is_staff(call->actor)) return fail(call, NOT_FOUND, "reports of figures are the staff's");
	TRY(figure_report_by_ref(call, ref, &row));
	*out = plain(&row);
	return figure_parts_open(call, row.ref, row.id, &out->parts);
}

Error figure_report_open_public(Call *call, Text ref, FigureReport *out)
{
	FigureReportRow row;
	TRY(figure_report_by_ref(call, ref, &row));
	if (!row.is_public) return fail(call, NOT_FOUND, "report %.*s has no public edition", TEXT_ARGS(ref));
	*out = plain(&row);
	return figure_parts_read(call, row.id, row.edition, &out->parts);
}

Error figure_report_list(Call *call, int64_t before, int64_t max, FigureReports *out)
{
	FigureReportRows rows;
	if (!figure_report_is_staff(call->actor)) return fail(call, FORBIDDEN, "reports of figures are the staff's");
	TRY(figure_report_rows(call, before ? before : INT64_MAX, max, &rows));
	*out = (FigureReports) { 0 };
	for (size_t i = 0; i < rows.count; i++) {
		FigureReport report = plain(&rows.at[i]);
		if (report.kind == FIGURE_SPECIAL) TRY(figure_parts_open(call, report.ref, report.id, &report.parts)); /* its title */
		list_add(call->arena, out, report);
	}
	return OK;
}

Error figure_report_list_public(Call *call, int64_t before, int64_t max, FigureReports *out)
{
	FigureReportRows rows;
	TRY(figure_report_public_rows(call, before ? before : INT64_MAX, max, &rows));
	*out = (FigureReports) { 0 };
	for (size_t i = 0; i < rows.count; i++) {
		FigureReport report = plain(&rows.at[i]);
		if (report.kind == FIGURE_SPECIAL) TRY(figure_parts_read(call, report.id, report.edition, &report.parts));
		list_add(call->arena, out, report);
	}
	return OK;
}

/* ---- The machine */
void figure_report_matter(Call *call, const FigureReport *report, Matter *out)
{
	FigureReportFacts *facts = arena_new_of(call->arena, FigureReportFacts);
	FigureReport *copy = arena_new_of(call->arena, FigureReport);
	*copy = *report;
	*facts = (FigureReportFacts) { report->writer_id, report->reviewed_by, copy };
	*out = (Matter) { .id = report->id,
		.revision = report->revision,
		.ref = report->ref,
		.state = report->state,
		.facts = facts,
		.seal_key = report->seal_key };
}

Error figure_report_machine_load(Call *call, Text ref, Matter *out)
{
	FigureReport report;
	TRY(figure_report_open(call, ref, &report));
	figure_report_matter(call, &report, out);
	return OK;
}

Error figure_report_machine_move(Call *call, const Matter *matter, Text to, int64_t *out_changed)
{
	return figure_report_move(call, matter->id, matter->state, to, matter->revision, call->now, out_changed);
}

static Text answer_of(Call *call, const Map *values, const char *prefix, const char *section)
{
	return form_answer(values, arena_printf(call->arena, "%s-%s", prefix, section).at);
}

/* Title and summary always, a table where it is chosen; the reason of a correction stays as it was given. */
static Error edit(Call *call, const FigureReport *report, const Map *values)
{
	for (size_t i = 0; i < figure_section_count; i++) {
		const FigureSection *section = &figure_sections[i];
		bool is_summary = !strcmp(section->tag, "summary"), is_title = !strcmp(section->tag, "title");
		FigurePart part = { .section = section };
		if (!strcmp(section->tag, "reason")) continue;
		TRY(figure_part_remove(call, report->id, 0, text_from(section->tag)));
		bool is_in =
			is_summary || (is_title ? report->kind == FIGURE_SPECIAL : answer_of(call, values, "in", section->tag).length != 0);
		if (!is_in || (section->is_inside && !report->is_inside)) continue;
		part.words[LANG_ZH] = is_summary ? form_answer(values, "zh") : answer_of(call, values, "zh", section->tag);
		part.words[LANG_EN] = is_summary ? form_answer(values, "en") : answer_of(call, values, "en", section->tag);
		TRY(figure_part_put(call, report, &part));
	}
	return figure_report_written(call, report->id, call->actor->person_id);
}

static Error issue(Call *call, const FigureReport *report)
{
	TRY(figure_parts_issue(call, report));
	TRY(change_record(call, "figure-reports", TEXT("issued")));
	return figure_report_issued(call, report->id, report->edition + 1, !report->is_inside, (Maybe) { true, call->now });
}

static Error correct(Call *call, const FigureReport *report, const Map *values)
{
	FigurePart part = { .section = figure_section_find(TEXT("reason")) };
	part.words[LANG_ZH] = form_answer(values, "reason-zh");
	part.words[LANG_EN] = form_answer(values, "reason-en");
	TRY(figure_part_put(call, report, &part));
	return figure_report_written(call, report->id, call->actor->person_id);
}

/* The correction is given up: what was issued is worked on again. */
static Error abandon(Call *call, const FigureReport *report)
{
	TRY(figure_part_clear(call, report->id, 0));
	TRY(figure_part_copy(call, report->id, report->edition, 0));
	return figure_part_remove(call, report->id, 0, TEXT("reason"));
}

static Error declare_void(Call *call, const FigureReport *report)
{
	TRY(figure_part_hide(call, report->id));
	TRY(change_record(call, "figure-reports", TEXT("issued")));
	return figure_report_issued(call, report->id, report->edition, false, (Maybe) { 0 });
}

static Error review(Call *call, const FigureReport *report) { return figure_report_reviewed(call, report->id, call->actor->person_id); }

Error figure_report_machine_applied(Call *call, Matter *matter, const Transition *row, const void *input)
{
	static const struct {
		const char *action;
		Error (*run)(Call *call, const FigureReport *report);
	} steps[] = { { "review", review }, { "issue", issue }, { "abandon", abandon }, { "void", declare_void } };
	const FigureReport *report = ((const FigureReportFacts *)matter->facts)->report;
	const Form *form = figure_report_form_of(call, report, row->form);
	Text action = text_from(row->action);
	if (form) TRY(form_check(call, form, input));
	Text reason = form_answer(input, "reason");
	if (reason.length) matter->detail = reason;
	if (text_is(action, TEXT("edit"))) return edit(call, report, input);
	if (text_is(action, TEXT("correct"))) return correct(call, report, input);
	for (size_t i = 0; i < COUNT(steps); i++)
		if (text_is(action, text_from(steps[i].action))) return steps[i].run(call, report);
	return OK;
}

Error figure_report_act(Call *call, Text ref, Text action, int64_t revision, const Map *values)
{
	Matter matter;
	Act act = { .action = action, .revision = revision, .input = values ? values : map_new(call->arena) };
	return workflow_act(call, &figure_report_machine, ref, &act, &matter);
}
