/* Figures against a computation by hand over random histories; what is hidden stays hidden. */
#include "subject/figure/figure.h"

#include "base/base/clock.h"
#include "engine/calendar/calendar.h"
#include "harness/scene.h"
#include "store/ledger/ledger.h"
#include "subject/dispute/dispute.h"
#include "subject/figure/figure_history.sql.h"
#include "subject/party/delivery.h"
#include "subject/report/report.h"
#include "subject/warning/warning.h"

#include <stdlib.h>

enum { MATTERS = 90, SPAN_DAYS = 75, ORGANISATIONS = 3 };
#define DAY_MS ((int64_t)86400000)
#define HOUR_MS ((int64_t)3600000)
#define BEGIN (INT64_C(1767225600000) - 8 * HOUR_MS) /* 2026-01-01 00:00 in Beijing */

static uint64_t seed;
static int64_t any(int64_t below)
{
	seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (int64_t)((seed >> 33) % (uint64_t)below);
}

/* ---- One matter: a report, a casefile or a party with its one clock */
typedef struct Thing {
	int machine; /* 0 report, 1 casefile, 2 party */
	int64_t id, clock, organisation, opened_at, paused_at, resumed_at, ended_at, due_at, acknowledged_at; /* 0: never */
	bool is_generic;
	Text ref, level, class_tag;
	const char *outcome;
} Thing;
static const char *const machines[] = { "report", "casefile", "party" };
static const char *const clocks[] = { "formal-review", "verification", "position" };
static const char *const levels[] = { "critical", "high", "medium", "low" };
static const char *const classes[] = { "sql-injection", "access-control", "other" };
static const char *const outcomes[] = { "attach", "duplicate", "reject" };

typedef struct World {
	Test *t;
	Thing things[MATTERS];
	Text organisations[ORGANISATIONS];
	int64_t organisation_ids[ORGANISATIONS];
} World;

typedef struct Step {
	int64_t at;
	int thing, what; /* 0 opened, 1 paused, 2 resumed, 3 acknowledged, 4 ended */
} Step;
static int compare_steps(const void *a, const void *b)
{
	const Step *left = a, *right = b;
	if (left->at != right->at) return left->at < right->at ? -1 : 1;
	return left->thing != right->thing ? left->thing - right->thing : left->what - right->what;
}

static void invent(World *world, int i)
{
	Thing *thing = &world->things[i];
	*thing = (Thing) { .machine = i % 3, .is_generic = any(2), .organisation = any(ORGANISATIONS + 1) };
	thing->ref = arena_printf(world->t->arena, "H-%03d", i);
	thing->level = text_from(levels[any(COUNT(levels))]);
	thing->class_tag = text_from(classes[any(COUNT(classes))]);
	thing->outcome = outcomes[any(COUNT(outcomes))];
	thing->opened_at = BEGIN + any(SPAN_DAYS * 24) * HOUR_MS + any(HOUR_MS);
	thing->due_at = thing->opened_at + any(20) * DAY_MS;
	if (any(5)) thing->ended_at = thing->opened_at + 1 + any(30 * 24) * HOUR_MS;
	if (thing->ended_at && any(3) == 0) {
		int64_t length = thing->ended_at - thing->opened_at;
		thing->paused_at = thing->opened_at + any(length / 2 + 1);
		thing->resumed_at = thing->paused_at + any(thing->ended_at - thing->paused_at);
	}
	if (thing->machine == 2 && any(3)) thing->acknowledged_at = thing->opened_at + any(10 * DAY_MS);
}

static Error record(World *world, const Thing *thing, const char *action)
{
	LedgerEvent event = { .kind = machines[thing->machine], .ref = thing->ref, .action = action, .matter = 2, .detail = TEXT("") };
	return ledger_record(world->t->call, &event, NULL);
}

static Error open_thing(Call *call, World *world, Thing *thing)
{
	Maybe organisation = { .is = thing->organisation > 0 };
	if (organisation.is) organisation.value = world->organisation_ids[thing->organisation - 1];
	if (thing->machine == 0) {
		TRY(history_report(
			call, thing->ref, thing->is_generic ? TEXT("generic") : TEXT("incident"), organisation, call->now, &thing->id));
		TRY(record(world, thing, "send"));
	} else if (thing->machine == 1)
		TRY(history_casefile(call, thing->ref, !thing->is_generic, thing->class_tag, thing->level, call->now, &thing->id));
	else
		TRY(history_party(call, thing->ref, organisation, call->now, &thing->id));
	return history_clock(call, text_from(machines[thing->machine]), thing->id, text_from(clocks[thing->machine]), call->now,
		thing->due_at, &thing->clock);
}

typedef struct Doing {
	World *world;
	const Step *step;
} Doing;

static Error take(Call *call, void *argument)
{
	const Doing *doing = argument;
	World *world = doing->world;
	Thing *thing = &world->things[doing->step->thing];
	Text pauses = TEXT("");
	switch (doing->step->what) {
	case 0: return open_thing(call, world, thing);
	case 1: return history_pause(call, thing->clock, TEXT(""), (Maybe) { true, call->now });
	case 2:
		pauses = arena_printf(call->arena, "%lld-%lld,", (long long)thing->paused_at, (long long)call->now);
		return history_pause(call, thing->clock, pauses, (Maybe) { 0 });
	case 3: return record(world, thing, "acknowledge");
	default: TRY(history_end(call, thing->clock, call->now));
	}
	return record(world, thing, thing->machine == 0 ? thing->outcome : thing->machine == 1 ? "accept" : "state");
}

static Error begin(Call *call, void *argument)
{
	World *world = argument;
	for (int i = 0; i < ORGANISATIONS; i++) {
		world->organisations[i] = arena_printf(call->arena, "ORG-%d", i);
		TRY(history_organisation(call, world->organisations[i], 2, call->now, &world->organisation_ids[i]));
	}
	return OK;
}

/* The history takes place; every few days what is over is closed. */
static void live(World *world)
{
	Call *call = world->t->call;
	LIST_OF(Step) steps = { 0 };
	int64_t closed;
	call->now = BEGIN;
	call->actor = &actor_system;
	CHECK_OK(call, db_transact(call, begin, world));
	for (int i = 0; i < MATTERS; i++) {
		invent(world, i);
		const Thing *thing = &world->things[i];
		const int64_t at[] = { thing->opened_at, thing->paused_at, thing->resumed_at, thing->acknowledged_at, thing->ended_at };
		for (int k = 0; k < (int)COUNT(at); k++)
			if (at[k]) list_add(world->t->arena, &steps, ((Step) { at[k], i, k }));
	}
	qsort(steps.at, steps.count, sizeof(Step), compare_steps);
	for (size_t i = 0; i < steps.count; i++) {
		Doing doing = { world, &steps.at[i] };
		call->now = steps.at[i].at;
		if (any(4) == 0) CHECK_OK(call, figure_close(call, 3, &closed));
		CHECK_OK(call, db_transact(call, take, &doing));
	}
	call->now = BEGIN + INT64_C(200) * DAY_MS;
	CHECK_OK(call, figure_close(call, 1000, &closed));
}

/* ---- By hand */
static int64_t day_of(int64_t at) { return (at + 8 * HOUR_MS) / DAY_MS; }
static int64_t month_of(int64_t at)
{
	int year, month, day;
	clock_civil(day_of(at), &year, &month, &day);
	return (int64_t)year * 12 + month - 1;
}

static int64_t days_by_hand(const Thing *thing)
{
	int64_t count = 0;
	for (int64_t day = day_of(thing->opened_at) + 1; day <= day_of(thing->ended_at); day++) {
		int64_t end = (day + 1) * DAY_MS - 8 * HOUR_MS - 1;
		bool stands = thing->paused_at && thing->paused_at <= end && end < thing->resumed_at;
		count += calendar_is_working_day(calendar_official(), day) && !stands;
	}
	return count;
}

static int compare_numbers(const void *a, const void *b)
{
	int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
	return left < right ? -1 : left > right;
}

static int64_t nearest_rank(const int64_t *sorted, int64_t count, int64_t percent)
{
	return count ? sorted[(percent * count + 99) / 100 - 1] : -1;
}

static void check_times(World *world, int machine, const char *tag, int64_t first, int64_t last)
{
	int64_t all[MATTERS], count = 0, kept = 0;
	FigureSpread spread;
	FigurePeriod period = { FIGURE_MONTHS_SPAN, first, last };
	for (int i = 0; i < MATTERS; i++) {
		const Thing *thing = &world->things[i];
		if (thing->machine != machine || !thing->ended_at || month_of(thing->ended_at) < first || month_of(thing->ended_at) > last)
			continue;
		kept += thing->ended_at <= thing->due_at;
		all[count++] = days_by_hand(thing);
	}
	qsort(all, (size_t)count, sizeof(*all), compare_numbers);
	CHECK_OK(world->t->call, figure_spread(world->t->call, figure_find(text_from(tag)), FIGURE_ALL, TEXT(""), &period, &spread));
	CHECK_INT(spread.count, count);
	CHECK_INT(spread.kept, kept);
	CHECK_INT(spread.median, nearest_rank(all, count, 50));
	CHECK_INT(spread.p75, nearest_rank(all, count, 75));
	CHECK_INT(spread.p90, nearest_rank(all, count, 90));
}

typedef bool Counts(const World *world, const Thing *thing, Text item, int64_t *at);
static bool is_received(const World *world, const Thing *thing, Text item, int64_t *at)
{
	(void)world;
	*at = thing->opened_at;
	return thing->machine == 0 && text_is(item, thing->is_generic ? TEXT("generic") : TEXT("incident"));
}

static bool is_of_unit(const World *world, const Thing *thing, Text item, int64_t *at)
{
	*at = thing->ended_at;
	bool is_taken = thing->machine == 0 && thing->ended_at && !strcmp(thing->outcome, "attach");
	return is_taken && thing->organisation && text_is(item, world->organisations[thing->organisation - 1]);
}

static bool is_accepted(const World *world, const Thing *thing, Text item, int64_t *at)
{
	(void)world;
	*at = thing->ended_at;
	return thing->machine == 1 && thing->ended_at && text_is(item, thing->level);
}

static bool is_of_class(const World *world, const Thing *thing, Text item, int64_t *at)
{
	(void)world;
	*at = thing->ended_at;
	return thing->machine == 1 && thing->ended_at && text_is(item, thing->class_tag);
}

/* A vendor counts once it has signed. */
static bool is_position(const World *world, const Thing *thing, Text item, int64_t *at)
{
	*at = thing->ended_at;
	bool has_signed = thing->acknowledged_at && thing->acknowledged_at <= thing->ended_at;
	bool is_named = thing->machine == 2 && thing->ended_at && has_signed && thing->organisation;
	return is_named && text_is(item, world->organisations[thing->organisation - 1]);
}

static void check_counts(World *world, const char *tag, FigureSlice slice, Counts *counts)
{
	FigureGrid grid;
	int64_t first = month_of(BEGIN), found = 0, expected = 0, at;
	FigurePeriod period = { FIGURE_MONTHS_SPAN, first, first + 5 };
	CHECK_OK(world->t->call, figure_grid(world->t->call, figure_find(text_from(tag)), slice, &period, &grid));
	for (size_t i = 0; i < grid.items.count; i++)
		for (int64_t month = period.first; month <= period.last; month++) {
			int64_t count = 0;
			for (int k = 0; k < MATTERS; k++)
				count += counts(world, &world->things[k], grid.items.at[i], &at) && month_of(at) == month;
			CHECK_INT(figure_grid_value(&grid, month, grid.items.at[i]), count);
			found += count;
		}
	for (int64_t month = period.first; month <= period.last; month++) expected += figure_grid_value(&grid, month, (Text) { 0 });
	CHECK_INT(found, expected);
}

static void check_backlog(World *world, int machine, const char *tag, int64_t month)
{
	FigureGrid grid;
	int64_t end = figure_first_day(month + 1) * DAY_MS - 8 * HOUR_MS, count = 0;
	FigurePeriod period = { FIGURE_MONTHS_SPAN, month, month };
	for (int i = 0; i < MATTERS; i++) {
		const Thing *thing = &world->things[i];
		bool runs = thing->machine == machine && thing->opened_at < end && (!thing->ended_at || thing->ended_at >= end);
		count += runs && !(thing->paused_at && thing->paused_at < end && end - 1 < thing->resumed_at);
	}
	CHECK_OK(world->t->call, figure_grid(world->t->call, figure_find(text_from(tag)), FIGURE_AGE, &period, &grid));
	CHECK_INT(figure_grid_value(&grid, month, (Text) { 0 }), count);
}

static void live_with_seed(World *world, Test *t, uint64_t number)
{
	*world = (World) { .t = t };
	seed = number;
	live(world);
}

TEST(figure__its_actions_and_clocks_are_those_of_the_machines)
{
	const Machine *const all[] = { &report_machine, &casefile_machine, &party_machine, &warning_machine, &dispute_machine,
		&delivery_machine };
	for (size_t i = 0; i < figure_count; i++) {
		const Machine *machine = NULL;
		if (!strcmp(figures[i].machine, FIGURE_RISK_NOTICE) || !strcmp(figures[i].machine, FIGURE_RECEIPT))
			continue; /* no machine has them */
		for (size_t k = 0; k < COUNT(all); k++)
			if (!strcmp(all[k]->name, figures[i].machine)) machine = all[k];
		CHECK(machine && figure_find(text_from(figures[i].tag)) == &figures[i]);
		for (size_t k = 0; k < COUNT(figures[i].names) && figures[i].names[k]; k++) {
			bool is_known = workflow_clock(machine, figures[i].names[k]) != NULL;
			for (size_t row = 0; figures[i].type == FIGURE_COUNT && row < machine->row_count; row++)
				is_known |= !strcmp(machine->rows[row].action, figures[i].names[k]);
			is_known |= figures[i].type == FIGURE_COUNT && !strcmp(figures[i].names[k], "open"); /* how every matter begins */
			CHECK(is_known);
		}
	}
}

TEST_DB(figure__counts_times_and_backlogs_are_those_computed_by_hand)
{
	World *world = arena_new_of(t->arena, World);
	live_with_seed(world, t, 20260301);
	int64_t first = month_of(BEGIN);
	check_counts(world, "received", FIGURE_KIND, is_received);
	check_counts(world, "taken-on", FIGURE_UNIT, is_of_unit);
	check_counts(world, "accepted", FIGURE_LEVEL, is_accepted);
	check_counts(world, "accepted", FIGURE_CLASS, is_of_class);
	check_counts(world, "positions", FIGURE_VENDOR, is_position);
	for (int64_t month = first; month < first + 4; month++) {
		check_times(world, 0, "review-days", month, month);
		check_times(world, 1, "verification-days", month, month + 1);
		check_times(world, 2, "position-days", first, month);
		check_backlog(world, 0, "review-open", month);
		check_backlog(world, 1, "verification-open", month);
	}
}

TEST_DB(figure__computing_anew_gives_what_was_computed_day_by_day)
{
	World *world = arena_new_of(t->arena, World);
	HistoryValueRows before, after;
	int64_t closed;
	live_with_seed(world, t, 77);
	CHECK_OK(t->call, history_values(t->call, &before));
	CHECK_OK(t->call, figure_compute_anew(t->call));
	CHECK_OK(t->call, figure_close(t->call, 1000, &closed));
	CHECK_OK(t->call, history_values(t->call, &after));
	CHECK(before.count > 100);
	CHECK_INT(after.count, before.count);
	for (size_t i = 0; i < before.count; i++) {
		const HistoryValueRow *a = &before.at[i], *b = &after.at[i];
		CHECK(text_is(a->span, b->span) && text_is(a->figure, b->figure) && text_is(a->slice, b->slice) && a->start == b->start);
		CHECK(text_is(a->item, b->item) && a->bucket == b->bucket && a->within == b->within);
		CHECK_INT(b->value, a->value);
	}
}

TEST_DB(figure__a_day_that_is_not_over_is_not_told_of_and_the_public_waits_another_one)
{
	World *world = arena_new_of(t->arena, World);
	int64_t closed, day, month, march = month_of(BEGIN) + 2;
	live_with_seed(world, t, 5);
	CHECK_OK(t->call, figure_compute_anew(t->call));
	t->call->now = figure_first_day(march) * DAY_MS - 8 * HOUR_MS + HOUR_MS; /* the first of March, one o'clock */
	CHECK_OK(t->call, figure_close(t->call, 1000, &closed));
	CHECK_OK(t->call, figure_closed(t->call, &day, &month));
	CHECK_INT(day, figure_first_day(march) - 1);
	CHECK_INT(month, march - 2);
	t->call->now += DAY_MS;
	CHECK_OK(t->call, figure_close(t->call, 1000, &closed));
	CHECK_OK(t->call, figure_closed(t->call, &day, &month));
	CHECK_INT(month, march - 1);
}

/* ---- Attacks */
enum { CELLS = 4, HIGHEST = 18 };

/* Every row that would look as this one does: which values could each hidden cell have? */
static void look_for(const int64_t *shown, int64_t total, int64_t *row, size_t at, bool could[CELLS][HIGHEST * CELLS + 1])
{
	if (at < CELLS) {
		int64_t least = shown[at] == FIGURE_HIDDEN ? 0 : shown[at], most = shown[at] == FIGURE_HIDDEN ? HIGHEST : shown[at];
		for (row[at] = least; row[at] <= most; row[at]++) look_for(shown, total, row, at + 1, could);
		return;
	}
	int64_t copy[CELLS], sum = 0;
	for (size_t i = 0; i < CELLS; i++) sum += copy[i] = row[i];
	if (total != FIGURE_HIDDEN && sum != total) return;
	figure_hide(copy, CELLS, &sum);
	if (sum != total || memcmp(copy, shown, sizeof(copy)) != 0) return;
	for (size_t i = 0; i < CELLS; i++) could[i][row[i]] = true;
}

TEST(figure_attack__no_hidden_cell_follows_from_the_others_and_the_total)
{
	seed = 489146;
	for (int run = 0; run < 200; run++) {
		int64_t row[CELLS], total = 0, spare[CELLS];
		bool could[CELLS][HIGHEST * CELLS + 1] = { { false } };
		for (size_t i = 0; i < CELLS; i++) total += row[i] = any(run % 2 ? 6 : 14);
		figure_hide(row, CELLS, &total);
		look_for(row, total, spare, 0, could);
		for (size_t i = 0; i < CELLS; i++) {
			int values = 0;
			for (int64_t value = 0; value <= HIGHEST; value++) values += could[i][value];
			CHECK(row[i] == FIGURE_HIDDEN ? values > 1 : values == 1);
			CHECK(row[i] <= 0 || row[i] >= FIGURE_LEAST);
		}
	}
}

/* What was hidden beside other months must not be told when it is asked for with more or fewer of them: attack 410015. */
TEST(figure_attack__410015_a_row_looks_the_same_beside_any_number_of_zeros)
{
	seed = 410015;
	for (int run = 0; run < 2000; run++) {
		int64_t few[CELLS], many[2 * CELLS] = { 0 }, total = 0, same;
		for (size_t i = 0; i < CELLS; i++) total += many[i] = few[i] = any(run % 2 ? 7 : 16);
		same = total;
		figure_hide(few, CELLS, &total);
		figure_hide(many, COUNT(many), &same);
		CHECK_INT(same, total);
		for (size_t i = 0; i < CELLS; i++) CHECK_INT(many[i], few[i]);
	}
}

TEST_DB(figure_attack__public_numbers_are_none_or_at_least_five_or_hidden)
{
	World *world = arena_new_of(t->arena, World);
	static const char *const exact[] = { "received", "accepted", "notices", "repaired" };
	live_with_seed(world, t, 645299);
	t->call->actor = &actor_visitor;
	size_t hidden = 0;
	for (int64_t month = month_of(BEGIN); month < month_of(BEGIN) + 5; month++) {
		FigureSheets sheets;
		FigureView view = { .scope = FIGURE_PUBLIC,
			.period = { FIGURE_MONTHS_SPAN, month, month },
			.before = { FIGURE_MONTHS_SPAN, month - 1, month - 1 },
			.trend_last = month,
			.period_text = TEXT("now"),
			.before_text = TEXT("before") };
		CHECK_OK(t->call, figure_sheets(t->call, &view, &sheets));
		CHECK(!figure_sheet_find(&sheets, TEXT("vendors")) && !figure_sheet_find(&sheets, TEXT("units")));
		for (size_t i = 0; i < sheets.count; i++)
			for (size_t k = 0; k < sheets.at[i].cells.count; k++) {
				const FigureCell *cell = &sheets.at[i].cells.at[k];
				bool is_time = !strcmp(sheets.at[i].tag, "times") || !strcmp(sheets.at[i].tag, "reviews");
				hidden += cell->is_hidden;
				if (cell->is_number && !cell->is_hidden && !is_time)
					CHECK(cell->number == 0 || cell->number >= FIGURE_LEAST);
			}
	}
	CHECK(hidden > 10);
	for (size_t i = 0; i < COUNT(exact); i++) CHECK(figure_find(text_from(exact[i]))->is_public);
}

/* What waits at two ends and what came in between would tell what was settled: so it is told to the nearest five only. */
TEST_DB(figure_attack__what_waits_is_told_to_the_nearest_five)
{
	World *world = arena_new_of(t->arena, World);
	FigureSheets sheets;
	live_with_seed(world, t, 410015);
	t->call->actor = &actor_visitor;
	int64_t month = month_of(BEGIN) + 1;
	FigureView view = { .scope = FIGURE_PUBLIC,
		.period = { FIGURE_MONTHS_SPAN, month, month },
		.before = { FIGURE_MONTHS_SPAN, month - 1, month - 1 },
		.trend_last = month,
		.period_text = TEXT("now"),
		.before_text = TEXT("before") };
	CHECK_OK(t->call, figure_sheets(t->call, &view, &sheets));
	const FigureSheet *sheet = figure_sheet_find(&sheets, TEXT("backlog"));
	for (size_t i = 0; i < sheet->cells.count; i++)
		if (sheet->cells.at[i].is_number) CHECK_INT(sheet->cells.at[i].number % FIGURE_LEAST, 0);
}

TEST_DB(figure_attack__office_figures_are_for_staff_and_own_ones_for_members)
{
	World *world = arena_new_of(t->arena, World);
	FigureSheets sheets;
	live_with_seed(world, t, 1838329);
	int64_t month = month_of(BEGIN) + 1;
	FigureView view = { .scope = FIGURE_OFFICE,
		.period = { FIGURE_MONTHS_SPAN, month, month },
		.before = { FIGURE_MONTHS_SPAN, month - 1, month - 1 },
		.trend_last = month,
		.period_text = TEXT("now"),
		.before_text = TEXT("before") };
	Actor actor = { .person_id = 1, .roles = ROLE_REPORTER | ROLE_VERIFIER | ROLE_SYSTEM_ADMIN, .second_factor = true, .scopes = ~0U };
	t->call->actor = &actor;
	CHECK_ERROR(t->call, figure_sheets(t->call, &view, &sheets), FORBIDDEN);
	actor.roles = ROLE_REPORTER | ROLE_COORDINATOR;
	actor.second_factor = false;
	CHECK_ERROR(t->call, figure_sheets(t->call, &view, &sheets), FORBIDDEN);
	actor.second_factor = true;
	CHECK_OK(t->call, figure_sheets(t->call, &view, &sheets));
	CHECK(figure_sheet_find(&sheets, TEXT("vendors")) != NULL);
	view.scope = FIGURE_OWN_VENDOR;
	view.item = world->organisations[0];
	CHECK_ERROR(t->call, figure_sheets(t->call, &view, &sheets), FORBIDDEN);
	actor.roles = ROLE_REPORTER | ROLE_VENDOR_MEMBER;
	actor.organisation_id = world->organisation_ids[1];
	CHECK_ERROR(t->call, figure_sheets(t->call, &view, &sheets), FORBIDDEN);
	actor.organisation_id = world->organisation_ids[0];
	CHECK_OK(t->call, figure_sheets(t->call, &view, &sheets));
	CHECK(!figure_sheet_find(&sheets, TEXT("vendors")) && !figure_sheet_find(&sheets, TEXT("months")));
}

/* What would remain of a month without its two largest vendors, counted here by itself. */
static int64_t without_two(const FigureGrid *all, const FigureGrid *vendors, int64_t month)
{
	int64_t most[2] = { 0, 0 };
	for (size_t i = 0; i < vendors->items.count; i++) {
		int64_t value = figure_grid_value(vendors, month, vendors->items.at[i]);
		size_t least = most[0] < most[1] ? 0 : 1;
		if (value > most[least]) most[least] = value;
	}
	return figure_grid_value(all, month, (Text) { 0 }) - most[0] - most[1];
}

TEST_DB(figure_attack__of_vendors_a_sum_is_told_only_when_it_outlives_its_two_largest)
{
	World *world = arena_new_of(t->arena, World);
	enum { WIDTH = 7, POSITIONS = 3 };
	FigureSheets sheets;
	FigureGrid all, vendors;
	size_t hidden = 0, told = 0;
	live_with_seed(world, t, 410015);
	t->call->actor = &actor_visitor;
	int64_t last = month_of(BEGIN) + 4;
	FigurePeriod trend = { FIGURE_MONTHS_SPAN, last - FIGURE_MONTHS + 1, last };
	FigureView view = {
		.scope = FIGURE_VENDORS, .period = { FIGURE_MONTHS_SPAN, last, last }, .trend_last = last, .period_text = TEXT("now")
	};
	CHECK_OK(t->call, figure_sheets(t->call, &view, &sheets));
	CHECK(sheets.count == 3 && !figure_sheet_find(&sheets, TEXT("vendors")));
	const FigureSheet *months = figure_sheet_find(&sheets, TEXT("months"));
	CHECK_OK(t->call, figure_grid(t->call, figure_find(TEXT("positions")), FIGURE_ALL, &trend, &all));
	CHECK_OK(t->call, figure_grid(t->call, figure_find(TEXT("positions")), FIGURE_VENDOR, &trend, &vendors));
	for (size_t row = 0; row < FIGURE_MONTHS; row++) {
		int64_t month = trend.first + (int64_t)row, total = figure_grid_value(&all, month, (Text) { 0 });
		const FigureCell *cell = &months->cells.at[row * WIDTH + POSITIONS];
		CHECK(cell->is_hidden == (total > 0 && without_two(&all, &vendors, month) < FIGURE_LEAST));
		CHECK(cell->is_hidden || cell->number == figure_rounded(total));
		hidden += cell->is_hidden;
		told += !cell->is_hidden && total > 0;
	}
	CHECK(hidden + told > 0);
	for (size_t i = 0; i < months->cells.count; i++)
		CHECK(!months->cells.at[i].is_number || months->cells.at[i].is_hidden || months->cells.at[i].number % FIGURE_LEAST == 0);
}
