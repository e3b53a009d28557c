/* Warnings in figures: by audience and month, and whether they were signed for within the limit. */
#include "subject/figure/figure.h"
#include "subject/warning/warning_fixture.h"

#define DAY_MS ((int64_t)86400000)
#define HOUR_MS ((int64_t)3600000)

typedef struct World {
	WarningWorld warnings;
	Call *call;
	int64_t month;
	Text limited, withdrawn;
} World;

static void sign(World *world, int vendor, Text ref)
{
	scene_as(world->warnings.scene, world->warnings.vendors[vendor]);
	CHECK_OK(world->call,
		warning_acknowledge(world->call, ref, VALUES(world->warnings.scene, "confirm", "yes", "statement", "affected")));
}

static Text sent_to(World *world, const int *vendors, size_t count, bool is_public)
{
	Text ref = warning_written(&world->warnings, NULL);
	Scene *scene = world->warnings.scene;
	for (size_t i = 0; i < count; i++)
		warning_aim_at(
			&world->warnings, ref, VALUES(scene, "kind", "organisation", "credit_code", warning_code(scene->t, vendors[i])));
	if (is_public) warning_aim_at(&world->warnings, ref, VALUES(scene, "kind", "public"));
	warning_sent(&world->warnings, ref);
	return ref;
}

/* To three vendors: one signs in time, one after the limit, one never. To two more: one signs, the other's warning is withdrawn before the limit.
 * And one to everybody. */
static World open_world(Test *t)
{
	World world = { .warnings = warning_world(t), .call = t->call };
	t->call->now = figure_first_day(figure_month_of(t->call->now / DAY_MS) + 1) * DAY_MS + 4 * DAY_MS + HOUR_MS;
	world.month = figure_month_of(t->call->now / DAY_MS);
	world.limited = sent_to(&world, (int[]) { 0, 1, 2 }, 3, false);
	world.withdrawn = sent_to(&world, (int[]) { 3, 4 }, 2, false);
	(void)sent_to(&world, NULL, 0, true);
	t->call->now += HOUR_MS;
	sign(&world, 0, world.limited);
	sign(&world, 3, world.withdrawn);
	CHECK_OK(t->call, warning_do(&world.warnings, world.warnings.publisher, world.withdrawn, "withdraw"));
	t->call->now += 20 * DAY_MS;
	sign(&world, 1, world.limited);
	return world;
}

static void close_months(World *world)
{
	int64_t closed;
	world->call->now = (figure_first_day(world->month + 2) + 3) * DAY_MS;
	scene_as(world->warnings.scene, &actor_system);
	CHECK_OK(world->call, figure_close(world->call, 1000, &closed));
}

static int64_t counted(World *world, const char *tag, FigureSlice slice, const char *item)
{
	FigureGrid grid;
	FigurePeriod period = { FIGURE_MONTHS_SPAN, world->month, world->month };
	CHECK_OK(world->call, figure_grid(world->call, figure_find(text_from(tag)), slice, &period, &grid));
	return figure_grid_value(&grid, world->month, item ? text_from(item) : (Text) { 0 });
}

TEST_DB(figure__warnings_are_counted_by_audience_and_receipts_by_their_limit)
{
	World world = open_world(t);
	FigureSpread spread;
	FigurePeriod period = { FIGURE_MONTHS_SPAN, world.month, world.month + 1 };
	close_months(&world);
	CHECK_INT(counted(&world, "warnings", FIGURE_ALL, NULL), 3);
	CHECK_INT(counted(&world, "warnings", FIGURE_REACH, "public"), 1);
	CHECK_INT(counted(&world, "warnings", FIGURE_REACH, "limited"), 2);
	CHECK_INT(counted(&world, "risk-notices", FIGURE_ALL, NULL), 1);
	CHECK_OK(t->call, figure_spread(t->call, figure_find(TEXT("receipt-days")), FIGURE_ALL, TEXT(""), &period, &spread));
	CHECK_INT(spread.count, 4); /* nobody waits for the receipt of what was withdrawn */
	CHECK_INT(spread.kept, 2);
	CHECK_INT(spread.median, 0); /* signed on the same day */
	CHECK(spread.p90 > 0);
	CHECK_OK(t->call, figure_compute_anew(t->call));
	close_months(&world);
	CHECK_INT(counted(&world, "warnings", FIGURE_ALL, NULL), 3);
	CHECK_OK(t->call, figure_spread(t->call, figure_find(TEXT("receipt-days")), FIGURE_ALL, TEXT(""), &period, &spread));
	CHECK_INT(spread.count, 4);
}

/* How many warnings went to chosen organisations would follow from all less those everybody reads. */
TEST_DB(figure_attack__the_public_learns_of_no_warning_it_cannot_read)
{
	World world = open_world(t);
	FigureSheets sheets;
	close_months(&world);
	FigureView view = { .scope = FIGURE_PUBLIC,
		.period = { FIGURE_MONTHS_SPAN, world.month, world.month },
		.before = { FIGURE_MONTHS_SPAN, world.month - 1, world.month - 1 },
		.trend_last = world.month,
		.period_text = TEXT("now"),
		.before_text = TEXT("before") };
	scene_as(world.warnings.scene, &actor_visitor);
	CHECK_OK(t->call, figure_sheets(t->call, &view, &sheets));
	CHECK(!figure_sheet_find(&sheets, TEXT("reaches")));
	const FigureSheet *months = figure_sheet_find(&sheets, TEXT("warnings"));
	CHECK_INT(months->heads.count, 2);
	CHECK_INT(months->cells.at[months->cells.count - 1].number, 1);
	for (size_t i = 0; i < sheets.count; i++)
		for (size_t k = 0; k < sheets.at[i].cells.count; k++)
			CHECK(!text_is(sheets.at[i].cells.at[k].text, TEXT("Warnings sent")) &&
				!text_is(sheets.at[i].cells.at[k].text, TEXT("Receipt of a warning")));
}

/* A member reads of its own organisation's receipts, and of nobody else's. */
TEST_DB(figure__an_organisation_reads_how_punctual_its_own_receipts_are)
{
	World world = open_world(t);
	FigureSheets sheets;
	Organisation own;
	close_months(&world);
	const Actor *vendor = world.warnings.vendors[0];
	scene_as(world.warnings.scene, vendor);
	CHECK_OK(t->call, org_find(t->call, vendor->organisation_id, &own));
	FigureView view = { .scope = FIGURE_OWN_VENDOR,
		.period = { FIGURE_MONTHS_SPAN, world.month, world.month + 1 },
		.before = { FIGURE_MONTHS_SPAN, world.month - 2, world.month - 1 },
		.trend_last = world.month + 1,
		.period_text = TEXT("now"),
		.before_text = TEXT("before"),
		.item = own.ref };
	CHECK_OK(t->call, figure_sheets(t->call, &view, &sheets));
	const FigureSheet *times = figure_sheet_find(&sheets, TEXT("times"));
	bool found = false;
	for (size_t row = 0; row < figure_sheet_rows(times); row++) {
		const FigureCell *cells = &times->cells.at[row * times->heads.count];
		if (!text_is(cells[0].text, TEXT("Receipt of a warning"))) continue;
		found = true;
		CHECK_INT(cells[1].number, 1);
		CHECK_TEXT(cells[5].text, "100 %");
	}
	CHECK(found);
}
