/* Reports: who may read them, what the steps change, what a job drafts. */
#include "subject/figure/figure_report.h"

#include "base/base/random.h"
#include "engine/calendar/calendar.h"
#include "store/ledger/ledger.h"
#include "store/seal/seal.h"
#include "subject/figure/figure_report_private.h"
#include "work/workflow/workdays.h"

enum { WEEK = 7, MONDAY = 4 }; /* the day 1970-01-05, a Monday, is the fourth */
static const char *const places[LANG_COUNT] = { [LANG_ZH] = "figure_report|sealed_words_zh", [LANG_EN] = "figure_report|sealed_words_en" };

const char *figure_report_kind_tag(FigureReportKind kind)
{
	static const char *const tags[] = { "week", "month", "year" };
	return tags[kind];
}

const char *figure_report_kind_text(FigureReportKind kind)
{
	static const char *const texts[] = { N_("Weekly report"), N_("Monthly report"), N_("Yearly report") };
	return texts[kind];
}

/* ---- Reading */
static bool is_staff(const Actor *actor) { return actor_has(actor, FIGURE_STAFF) && actor->second_factor; }

static FigureReport plain(const FigureReportRow *row)
{
	FigureReport report = { .id = row->id,
		.revision = row->revision,
		.seal_key = row->seal_key,
		.start = row->start,
		.reviewed_by = row->reviewed_by,
		.issued_at = row->issued_at.value,
		.updated_at = row->updated_at,
		.ref = row->ref,
		.state = row->state,
		.is_public = row->public_zh.at != NULL };
	while (report.kind < FIGURE_YEARLY && !text_is(row->kind, text_from(figure_report_kind_tag(report.kind)))) report.kind++;
	return report;
}

static Error sealed_report(Call *call, const FigureReportRow *row, FigureReport *out)
{
	*out = plain(row);
	TRY(seal_open(call, places[LANG_ZH], row->ref, row->sealed_words_zh, &out->words[LANG_ZH]));
	return seal_open(call, places[LANG_EN], row->ref, row->sealed_words_en, &out->words[LANG_EN]);
}

static FigureReport public_report(const FigureReportRow *row)
{
	FigureReport report = plain(row);
	report.words[LANG_ZH] = row->public_zh;
	report.words[LANG_EN] = row->public_en;
	return report;
}

Error figure_report_open(Call *call, Text ref, FigureReport *out)
{
	FigureReportRow row;
	if (!is_staff(call->actor)) return fail(call, NOT_FOUND, "reports of figures are the staff's");
	TRY(figure_report_by_ref(call, ref, &row));
	return sealed_report(call, &row, out);
}

Error figure_report_open_public(Call *call, Text ref, FigureReport *out)
{
	FigureReportRow row;
	TRY(figure_report_by_ref(call, ref, &row));
	if (!row.public_zh.at) return fail(call, NOT_FOUND, "report %.*s has no public edition", TEXT_ARGS(ref));
	*out = public_report(&row);
	return OK;
}

Error figure_report_list(Call *call, int64_t before, int64_t max, FigureReports *out)
{
	FigureReportRows rows;
	if (!is_staff(call->actor)) return fail(call, FORBIDDEN, "reports of figures are the staff's");
	TRY(figure_report_rows(call, before ? before : INT64_MAX, max, &rows));
	*out = (FigureReports) { 0 };
	for (size_t i = 0; i < rows.count; i++) list_add(call->arena, out, plain(&rows.at[i]));
	return OK;
}

Error figure_report_list_public(Call *call, int64_t before, int64_t max, FigureReports *out)
{
	FigureReportRows rows;
	TRY(figure_report_public_rows(call, before ? before : INT64_MAX, max, &rows));
	*out = (FigureReports) { 0 };
	for (size_t i = 0; i < rows.count; i++) list_add(call->arena, out, public_report(&rows.at[i]));
	return OK;
}

/* ---- The machine */
void figure_report_matter(Call *call, const FigureReport *report, Matter *out)
{
	FigureReportFacts *facts = arena_new_of(call->arena, FigureReportFacts);
	facts->reviewed_by = report->reviewed_by;
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

static Error change_words(Call *call, const Matter *matter, Text zh, Text en)
{
	Sealed sealed[LANG_COUNT];
	TRY(seal_close(call, matter->seal_key, places[LANG_ZH], matter->ref, zh, &sealed[LANG_ZH]));
	TRY(seal_close(call, matter->seal_key, places[LANG_EN], matter->ref, en, &sealed[LANG_EN]));
	return figure_report_words(call, matter->id, sealed[LANG_ZH], sealed[LANG_EN]);
}

static Error issue(Call *call, const Matter *matter)
{
	FigureReport report;
	TRY(figure_report_open(call, matter->ref, &report));
	bool is_public = report.kind != FIGURE_WEEKLY;
	TRY(change_record(call, "figure-reports", TEXT("issued")));
	return figure_report_issued(call, matter->id, is_public ? report.words[LANG_ZH] : (Text) { 0 },
		is_public ? report.words[LANG_EN] : (Text) { 0 }, (Maybe) { true, call->now });
}

Error figure_report_machine_applied(Call *call, Matter *matter, const Transition *row, const void *input)
{
	Text action = text_from(row->action);
	const Form *form = figure_report_form(row->form);
	if (form) TRY(form_check(call, form, input));
	Text reason = form_answer(input, "reason");
	if (reason.length) matter->detail = reason;
	if (text_is(action, TEXT("edit"))) return change_words(call, matter, form_answer(input, "zh"), form_answer(input, "en"));
	if (text_is(action, TEXT("review"))) return figure_report_reviewed(call, matter->id, call->actor->person_id);
	if (text_is(action, TEXT("issue"))) return issue(call, matter);
	if (!text_is(action, TEXT("void"))) return OK;
	TRY(change_record(call, "figure-reports", TEXT("issued")));
	return figure_report_issued(call, matter->id, (Text) { 0 }, (Text) { 0 }, (Maybe) { 0 });
}

Error figure_report_act(Call *call, Text ref, Text action, int64_t revision, const Map *values)
{
	Matter matter;
	Act act = { .action = action, .revision = revision, .input = values ? values : map_new(call->arena) };
	return workflow_act(call, &figure_report_machine, ref, &act, &matter);
}

/* ---- Drafting */
typedef struct Beginning {
	FigureReport report;
} Beginning;

static Error begin(Call *call, void *argument)
{
	FigureReport *report = &((Beginning *)argument)->report;
	Matter matter = { .state = TEXT("DRAFT"), .revision = 1 };
	Text kind = text_from(figure_report_kind_tag(report->kind)), other;
	Sealed sealed[LANG_COUNT];
	Lang before = call->lang;
	bool found = false;
	TRY(figure_report_of_period(call, kind, report->start, &other, &found));
	if (found) return fail(call, CONFLICT, "there is a report of this period: %.*s", TEXT_ARGS(other));
	matter.ref = report->ref = arena_printf(call->arena, "F-%.*s", TEXT_ARGS(random_code(call->arena, 10)));
	TRY(seal_matter_new(call, &matter.seal_key));
	for (int lang = 0; lang < LANG_COUNT; lang++) {
		FigureView view;
		call->lang = (Lang)lang;
		figure_report_view(call, report, report->kind != FIGURE_WEEKLY, &view);
		Error error = figure_report_draft_words(call, &view, &report->words[lang]);
		call->lang = before;
		if (error != OK) return error;
		TRY(seal_close(call, matter.seal_key, places[lang], matter.ref, report->words[lang], &sealed[lang]));
	}
	TRY(figure_report_insert(
		call, matter.ref, kind, report->start, matter.seal_key, sealed[LANG_ZH], sealed[LANG_EN], call->now, &matter.id));
	return workflow_begin(call, &figure_report_machine, &matter);
}

Error figure_report_begin(Call *call, FigureReportKind kind, int64_t start, Text *out_ref)
{
	Beginning beginning = { { .kind = kind, .start = start } };
	if (!actor_has(call->actor, ROLE_SYSTEM)) return fail(call, FORBIDDEN, "reports are drafted by the system");
	TRY(db_transact(call, begin, &beginning));
	*out_ref = beginning.report.ref;
	return OK;
}

static Error begin_if_missing(Call *call, FigureReportKind kind, int64_t start, int64_t *count)
{
	Text ref;
	bool found = false;
	TRY(figure_report_of_period(call, text_from(figure_report_kind_tag(kind)), start, &ref, &found));
	if (found) return OK;
	(*count)++;
	return figure_report_begin(call, kind, start, &ref);
}

static int64_t first_working_day(const Calendar *calendar, int64_t month)
{
	int64_t day = figure_first_day(month);
	while (!calendar_is_working_day(calendar, day)) day++;
	return day;
}

Error figure_reports_draft(Call *call, int64_t *out_count)
{
	const Calendar *calendar;
	int64_t closed, month, today = calendar_day(call->now), now_month = figure_month_of(today),
			       january = now_month - FIGURE_YEAR_MONTHS;
	*out_count = 0;
	TRY(workdays(call, &calendar));
	TRY(figure_closed(call, &closed, &month));
	if (closed < 0) return OK;
	int64_t monday = closed - (closed - MONDAY + 1) % WEEK - WEEK + 1; /* of the last week whose Sunday is closed */
	TRY(begin_if_missing(call, FIGURE_WEEKLY, monday, out_count));
	if (month < now_month - 1) return OK;
	if (today >= first_working_day(calendar, now_month)) TRY(begin_if_missing(call, FIGURE_MONTHLY, now_month - 1, out_count));
	if (now_month % FIGURE_YEAR_MONTHS == 0) TRY(begin_if_missing(call, FIGURE_YEARLY, january, out_count));
	return OK;
}
