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
		VALUES(world->scene, "zh", "文字<script>", "en", "Words <script>", "reason", "A reason."));
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
	CHECK(text_find(report.words[LANG_EN], TEXT("Reports received 7"), NULL));
	CHECK(text_find(report.words[LANG_ZH], TEXT("收到报送 7"), NULL));
	const FigureSheet *counts = figure_sheet_find(&sheets, TEXT("counts"));
	for (size_t row = 0; row < figure_sheet_rows(counts); row++) {
		const FigureCell *cells = &counts->cells.at[row * counts->heads.count];
		CHECK(is_in(report.words[LANG_EN], cells[0].text, cells[1].text) == (!cells[1].is_hidden && cells[1].number > 0));
	}
	/* Numbers of the week are all there, small ones too: it stays inside. */
	ref = drafted(&world, FIGURE_WEEKLY);
	CHECK_OK(t->call, figure_report_open(t->call, ref, &report));
	CHECK(text_find(report.words[LANG_EN], TEXT("Nothing in this period."), NULL));
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
	CHECK_OK(t->call, act(&world, world.approver, ref, "edit"));
	CHECK_OK(t->call, act(&world, world.approver, ref, "review"));
	CHECK_ERROR(t->call, act(&world, world.approver, ref, "issue"), FORBIDDEN);
	CHECK_OK(t->call, act(&world, world.editor, ref, "return"));
	CHECK_OK(t->call, act(&world, world.editor, ref, "review"));
	CHECK_ERROR(t->call, act(&world, world.editor, ref, "issue"), FORBIDDEN);
	scene_as(world.scene, &actor_visitor);
	CHECK_ERROR(t->call, figure_report_open_public(t->call, ref, &report), NOT_FOUND);
	CHECK_OK(t->call, act(&world, world.approver, ref, "issue"));
	scene_as(world.scene, &actor_visitor);
	CHECK_OK(t->call, figure_report_open_public(t->call, ref, &report));
	CHECK_TEXT(report.words[LANG_EN], "Words <script>");
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
