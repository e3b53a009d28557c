/* Reports: drafted by themselves, reviewed by one, issued by another; their words say what the tables say. */
#include "subject/figure/figure_report.h"

#include "base/base/clock.h"
#include "harness/scene.h"
#include "store/ledger/ledger.h"
#include "subject/report/report.h"

#define DAY_MS ((int64_t)86400000)
#define HOUR_MS ((int64_t)3600000)
enum { SENT = 7 };

typedef struct World {
	Scene *scene;
	const Actor *editor, *approver;
	int64_t month; /* in which seven reports were sent and three were reviewed */
} World;

static void as_system(World *world) { scene_as(world->scene, &actor_system); }

static World open_world(Test *t)
{
	World world = { .scene = scene_new(t) };
	Cast cast = scene_cast(world.scene);
	world.editor = scene_person(world.scene, "edith", ROLE_REPORTER | ROLE_EDITOR);
	world.approver = scene_person(world.scene, "april", ROLE_REPORTER | ROLE_EDITOR | ROLE_APPROVER);
	world.month = figure_month_of((t->call->now + 8 * HOUR_MS) / DAY_MS);
	for (int i = 0; i < SENT; i++) {
		Map *values = scene_values(world.scene);
		form_set(t->arena, values, TEXT("title"), arena_printf(t->arena, "Number %d", i));
		scene_as(world.scene, cast.reporter);
		Text report = scene_report(world.scene, values);
		scene_as(world.scene, cast.coordinator);
		if (i < 3) CHECK_OK(t->call, scene_report_act(world.scene, report, "review", NULL));
	}
	return world;
}

/* The eighth of the next month, nine in the morning. */
static void month_is_over(World *world)
{
	int64_t closed;
	world->scene->call->now = (figure_first_day(world->month + 1) + 7) * DAY_MS + HOUR_MS;
	as_system(world);
	CHECK_OK(world->scene->call, figure_close(world->scene->call, 1000, &closed));
}

static Text drafted(World *world, FigureReportKind kind)
{
	FigureReports list;
	int64_t count;
	as_system(world);
	CHECK_OK(world->scene->call, figure_reports_draft(world->scene->call, &count));
	scene_as(world->scene, world->editor);
	CHECK_OK(world->scene->call, figure_report_list(world->scene->call, 0, 10, &list));
	for (size_t i = 0; i < list.count; i++)
		if (list.at[i].kind == kind) return list.at[i].ref;
	test_fail(__FILE__, __LINE__, "nothing was drafted");
}

static Error act(World *world, const Actor *actor, Text ref, const char *action)
{
	call_recover(world->scene->call);
	scene_as(world->scene, actor);
	return figure_report_act(world->scene->call, ref, text_from(action), 0,
		VALUES(world->scene, "zh", "文字<script>", "en", "Words <script>", "in-counts", "yes", "zh-counts", "说明", "en-counts",
			"About the counts", "reason", "A reason.", "reason-zh", "理由", "reason-en", "Because."));
}

TEST(figure_report__its_table_has_no_fault) { CHECK(!workflow_fault(t->arena, &figure_report_machine).length); }

TEST_DB(figure_report__is_drafted_once_when_its_period_is_over)
{
	World world = open_world(t);
	int64_t count;
	as_system(&world);
	CHECK_OK(t->call, figure_reports_draft(t->call, &count));
	CHECK_INT(count, 0); /* nothing is computed */
	month_is_over(&world);
	CHECK_OK(t->call, figure_reports_draft(t->call, &count));
	CHECK_INT(count, 2); /* last week, last month */
	CHECK_OK(t->call, figure_reports_draft(t->call, &count));
	CHECK_INT(count, 0);
	t->call->now = (figure_first_day((world.month / 12 + 1) * 12) + 10) * DAY_MS; /* the eleventh of January */
	CHECK_OK(t->call, figure_close(t->call, 1000, &count));
	CHECK_OK(t->call, figure_reports_draft(t->call, &count));
	CHECK_INT(count, 3); /* the year too */
	scene_as(world.scene, world.editor);
	Text ref;
	CHECK_ERROR(t->call, figure_report_begin(t->call, FIGURE_MONTHLY, world.month - 5, &ref), FORBIDDEN);
}

static bool is_in(Text words, Text label, Text value)
{
	Arena *arena = arena_new(1 << 20);
	bool found = text_find(words, arena_printf(arena, "%.*s %.*s", TEXT_ARGS(label), TEXT_ARGS(value)), NULL);
	arena_free(&arena);
	return found;
}

TEST_DB(figure_report__a_draft_says_exactly_what_the_tables_say)
{
	World world = open_world(t);
	FigureReport report;
	FigureView view;
	FigureSheets sheets;
	month_is_over(&world);
	Text ref = drafted(&world, FIGURE_MONTHLY);
	CHECK_OK(t->call, figure_report_open(t->call, ref, &report));
	figure_report_view(t->call, &report, true, &view);
	CHECK_OK(t->call, figure_sheets(t->call, &view, &sheets));
	CHECK(text_find(figure_report_words(&report, "summary", LANG_EN), TEXT("Reports received 7"), NULL));
	CHECK(text_find(figure_report_words(&report, "summary", LANG_ZH), TEXT("收到报送 7"), NULL));
	const FigureSheet *counts = figure_sheet_find(&sheets, TEXT("counts"));
	for (size_t row = 0; row < figure_sheet_rows(counts); row++) {
		const FigureCell *cells = &counts->cells.at[row * counts->heads.count];
		CHECK(is_in(figure_report_words(&report, "summary", LANG_EN), cells[0].text, cells[1].text) ==
			(!cells[1].is_hidden && cells[1].number > 0));
	}
	/* Numbers of the week are all there, small ones too: it stays inside. */
	ref = drafted(&world, FIGURE_WEEKLY);
	CHECK_OK(t->call, figure_report_open(t->call, ref, &report));
	CHECK(text_find(figure_report_words(&report, "summary", LANG_EN), TEXT("Nothing in this period."), NULL));
}

TEST_DB(figure_report__one_reviews_and_another_issues_and_then_everybody_reads_it)
{
	World world = open_world(t);
	FigureReport report;
	FigureReports list;
	Text bytes;
	month_is_over(&world);
	Text ref = drafted(&world, FIGURE_MONTHLY);
	scene_as(world.scene, world.approver);
	CHECK_ERROR(t->call, figure_report_act(t->call, ref, TEXT("edit"), 0, VALUES(world.scene, "en", "Only one language")), INVALID);
	CHECK_OK(t->call, act(&world, world.approver, ref, "review"));
	CHECK_ERROR(t->call, act(&world, world.approver, ref, "issue"), FORBIDDEN);
	CHECK_OK(t->call, act(&world, world.editor, ref, "return"));
	CHECK_OK(t->call, act(&world, world.approver, ref, "edit"));
	CHECK_ERROR(t->call, act(&world, world.approver, ref, "review"), FORBIDDEN); /* who wrote the words does not review them */
	CHECK_OK(t->call, act(&world, world.editor, ref, "review"));
	CHECK_ERROR(t->call, act(&world, world.editor, ref, "issue"), FORBIDDEN);
	scene_as(world.scene, &actor_visitor);
	CHECK_ERROR(t->call, figure_report_open_public(t->call, ref, &report), NOT_FOUND);
	CHECK_OK(t->call, act(&world, world.approver, ref, "issue"));
	scene_as(world.scene, &actor_visitor);
	CHECK_OK(t->call, figure_report_open_public(t->call, ref, &report));
	CHECK_TEXT(figure_report_words(&report, "summary", LANG_EN), "Words <script>");
	CHECK_OK(t->call, figure_report_list_public(t->call, 0, 10, &list));
	CHECK_INT(list.count, 1);
	CHECK_OK(t->call, figure_report_document(t->call, &report, true, true, &bytes));
	CHECK(text_starts(bytes, TEXT("%PDF-")));
	CHECK_OK(t->call, figure_report_document(t->call, &report, true, false, &bytes));
	CHECK(text_starts(bytes, TEXT("PK")));
	CHECK_ERROR(t->call, figure_report_document(t->call, &report, false, false, &bytes), FORBIDDEN);
	CHECK_OK(t->call, act(&world, world.approver, ref, "void"));
	scene_as(world.scene, &actor_visitor);
	CHECK_ERROR(t->call, figure_report_open_public(t->call, ref, &report), NOT_FOUND);
}

/* ---- By hand */
static Text day_text(World *world, int64_t day) { return text_slice(clock_iso(world->scene->call->arena, day * DAY_MS), 0, 10); }

static Map *asked(World *world, const char *kind, const char *audience, int64_t first, int64_t last)
{
	Map *values = VALUES(world->scene, "kind", kind, "audience", audience, "title_zh", "半年专题", "title_en", "Half a year",
		"in-counts", "yes", "in-levels", "yes", "in-units", "yes");
	form_set(world->scene->t->arena, values, TEXT("from"), day_text(world, figure_first_day(first) + 2));
	form_set(world->scene->t->arena, values, TEXT("until"), day_text(world, figure_first_day(last) + 5));
	return values;
}

static bool has_section(const FigureReport *report, const char *tag)
{
	for (size_t i = 0; i < report->parts.count; i++)
		if (!strcmp(report->parts.at[i].section->tag, tag)) return true;
	return false;
}

TEST_DB(figure_report__an_editor_drafts_one_by_hand_of_any_months_that_are_over)
{
	World world = open_world(t);
	FigureReport report;
	Text ref;
	month_is_over(&world);
	scene_as(world.scene, world.editor);
	CHECK_OK(t->call, figure_report_make(t->call, asked(&world, "special", "public", world.month - 1, world.month), &ref));
	CHECK_OK(t->call, figure_report_open(t->call, ref, &report));
	CHECK_INT(report.start, world.month - 1);
	CHECK_INT(report.last, world.month);
	CHECK(text_find(figure_report_title(t->call, &report), TEXT("Half a year"), NULL));
	CHECK(text_find(figure_report_words(&report, "summary", LANG_EN), TEXT("Reports received 7"), NULL));
	CHECK(has_section(&report, "counts") && has_section(&report, "levels"));
	CHECK(!has_section(&report, "times") && !has_section(&report, "units")); /* not chosen; never of what everybody reads */
	CHECK_OK(t->call, figure_report_make(t->call, asked(&world, "special", "office", world.month, world.month), &ref));
	CHECK_OK(t->call, figure_report_open(t->call, ref, &report));
	CHECK(report.is_inside && has_section(&report, "units"));
	CHECK_ERROR(t->call, figure_report_make(t->call, asked(&world, "special", "public", world.month, world.month + 1), &ref), INVALID);
	CHECK_ERROR(t->call, figure_report_make(t->call, asked(&world, "special", "public", world.month, world.month - 1), &ref), INVALID);
	CHECK_ERROR(t->call, figure_report_make(t->call, asked(&world, "special", "nobody", world.month, world.month), &ref), INVALID);
	CHECK_OK(t->call, figure_report_make(t->call, asked(&world, "month", "", world.month, world.month), &ref));
	CHECK_ERROR(t->call, figure_report_make(t->call, asked(&world, "month", "", world.month, world.month), &ref), INVALID);
	scene_as(world.scene, scene_person(world.scene, "cora", ROLE_REPORTER | ROLE_COORDINATOR));
	CHECK_ERROR(t->call, figure_report_make(t->call, asked(&world, "year", "", world.month, world.month), &ref), FORBIDDEN);
}

TEST_DB(figure_report__a_correction_is_a_further_edition_with_its_reason_and_the_earlier_one_stays)
{
	World world = open_world(t);
	FigureReport report, earlier;
	FigureEditions editions;
	Text bytes, plain;
	month_is_over(&world);
	Text ref = drafted(&world, FIGURE_MONTHLY);
	CHECK_OK(t->call, act(&world, world.editor, ref, "review"));
	CHECK_OK(t->call, act(&world, world.approver, ref, "issue"));
	CHECK_OK(t->call, act(&world, world.editor, ref, "correct"));
	CHECK_OK(t->call, act(&world, world.editor, ref, "edit"));
	scene_as(world.scene, &actor_visitor);
	CHECK_OK(t->call, figure_report_open_public(t->call, ref, &report)); /* while it is corrected everybody reads what was issued */
	CHECK(text_find(figure_report_words(&report, "summary", LANG_EN), TEXT("Reports received 7"), NULL));
	CHECK_INT(figure_report_words(&report, "reason", LANG_EN).length, 0);
	CHECK_ERROR(t->call, act(&world, world.editor, ref, "review"), FORBIDDEN);
	CHECK_OK(t->call, act(&world, world.approver, ref, "review"));
	CHECK_ERROR(t->call, act(&world, world.approver, ref, "issue"), FORBIDDEN);
	CHECK_OK(t->call, act(&world, world.editor, ref, "return"));
	world.editor = scene_person(world.scene, "emma", ROLE_REPORTER | ROLE_EDITOR);
	CHECK_OK(t->call, act(&world, world.editor, ref, "review"));
	CHECK_OK(t->call, act(&world, world.approver, ref, "issue"));
	scene_as(world.scene, &actor_visitor);
	CHECK_OK(t->call, figure_report_open_public(t->call, ref, &report));
	CHECK_TEXT(figure_report_words(&report, "summary", LANG_EN), "Words <script>");
	CHECK_TEXT(figure_report_words(&report, "reason", LANG_ZH), "理由");
	CHECK(has_section(&report, "counts") && !has_section(&report, "levels"));
	CHECK_OK(t->call, figure_report_editions(t->call, &report, true, &editions));
	CHECK_INT(editions.count, 2);
	CHECK_TEXT(editions.at[0].reason[LANG_EN], "Because.");
	CHECK_INT(editions.at[1].reason[LANG_EN].length, 0);
	CHECK_OK(t->call, figure_report_open_edition(t->call, &report, 1, &earlier));
	CHECK(text_find(figure_report_words(&earlier, "summary", LANG_EN), TEXT("Reports received 7"), NULL));
	CHECK_ERROR(t->call, figure_report_open_edition(t->call, &report, 3, &earlier), NOT_FOUND);
	CHECK_OK(t->call, figure_report_document(t->call, &report, true, false, &bytes));
	CHECK(text_starts(bytes, TEXT("PK")));
	plain = figure_report_title(t->call, &report);
	CHECK(plain.length > 0);
	CHECK_OK(t->call, act(&world, world.approver, ref, "void"));
	scene_as(world.scene, &actor_visitor);
	CHECK_ERROR(t->call, figure_report_open_public(t->call, ref, &report), NOT_FOUND);
}

TEST_DB(figure_report__a_correction_that_is_given_up_leaves_what_was_issued)
{
	World world = open_world(t);
	FigureReport report;
	month_is_over(&world);
	Text ref = drafted(&world, FIGURE_WEEKLY);
	CHECK_OK(t->call, act(&world, world.editor, ref, "review"));
	CHECK_OK(t->call, act(&world, world.approver, ref, "issue"));
	CHECK_OK(t->call, act(&world, world.editor, ref, "correct"));
	CHECK_OK(t->call, act(&world, world.editor, ref, "edit"));
	CHECK_OK(t->call, act(&world, world.editor, ref, "abandon"));
	scene_as(world.scene, world.editor);
	CHECK_OK(t->call, figure_report_open(t->call, ref, &report));
	CHECK_TEXT(report.state, "ISSUED");
	CHECK_TEXT(figure_report_words(&report, "summary", LANG_EN), "Nothing in this period.");
	CHECK(!has_section(&report, "reason") && has_section(&report, "months"));
	CHECK_INT(report.edition, 1);
}

/* What is drafted is sealed, and so is all of a report for the office; mass assignment brings no office's section into a public one. */
TEST_DB(figure_attack__a_public_report_takes_no_section_of_the_office)
{
	World world = open_world(t);
	FigureReport report;
	month_is_over(&world);
	Text ref = drafted(&world, FIGURE_MONTHLY);
	scene_as(world.scene, world.editor);
	CHECK_OK(t->call, figure_report_act(t->call, ref, TEXT("edit"), 0,
				  VALUES(world.scene, "zh", "甲", "en", "A", "in-vendors", "yes", "en-vendors", "SECRETVENDOR", "en-title",
					  "No title")));
	CHECK_OK(t->call, figure_report_open(t->call, ref, &report));
	CHECK(!has_section(&report, "vendors") && !has_section(&report, "title"));
}

/* A month less its weeks would tell of the days between. */
TEST_DB(figure_attack__a_weekly_report_never_becomes_public)
{
	World world = open_world(t);
	FigureReport report;
	month_is_over(&world);
	Text ref = drafted(&world, FIGURE_WEEKLY);
	CHECK_OK(t->call, act(&world, world.editor, ref, "review"));
	CHECK_OK(t->call, act(&world, world.approver, ref, "issue"));
	scene_as(world.scene, &actor_visitor);
	CHECK_ERROR(t->call, figure_report_open_public(t->call, ref, &report), NOT_FOUND);
	scene_as(world.scene, scene_person(world.scene, "nobody", ROLE_REPORTER | ROLE_VERIFIER));
	CHECK_ERROR(t->call, figure_report_open(t->call, ref, &report), NOT_FOUND);
}
