/* One day is closed: what happened in it, how long what ended in it had run, what waited at its end. */
#include "base/base/clock.h"
#include "engine/calendar/calendar.h"
#include "store/ledger/ledger.h"
#include "subject/figure/figure_private.h"
#include "work/workflow/measure.h"
#include "work/workflow/workdays.h"

enum { EVENTS_AT_ONCE = 1000 };
typedef struct Tally {
	const Figure *figure;
	FigureSlice slice;
	Text item;
	int64_t bucket, within, value;
	struct Tally *next;
} Tally;
typedef struct Closing {
	Call *call;
	Map *tallies;
	Tally *first;
} Closing;

static void count(Closing *closing, const Tally *what)
{
	Arena *arena = closing->call->arena;
	Text key = arena_printf(arena, "%s|%d|%.*s|%lld|%lld", what->figure->tag, (int)what->slice, TEXT_ARGS(what->item),
		(long long)what->bucket, (long long)what->within);
	Tally *tally = map_get(closing->tallies, key);
	if (!tally) {
		tally = arena_new_of(arena, Tally);
		*tally = *what;
		tally->value = 0;
		tally->next = closing->first;
		closing->first = tally;
		map_put(closing->tallies, key, tally);
	}
	tally->value++;
}

/* What a matter is counted under; no text: it is not divided so. */
typedef struct Traits {
	Text of[FIGURE_SLICES];
} Traits;

static Error traits_of_report(Call *call, int64_t id, int64_t at, Traits *out)
{
	bool found;
	(void)at;
	return figure_report(call, id, &out->of[FIGURE_KIND], &out->of[FIGURE_UNIT], &found);
}

static Error traits_of_casefile(Call *call, int64_t id, int64_t at, Traits *out)
{
	bool found, is_incident = false;
	(void)at;
	TRY(figure_casefile(call, id, &is_incident, &out->of[FIGURE_CLASS], &out->of[FIGURE_LEVEL], &out->of[FIGURE_PRODUCT], &found));
	out->of[FIGURE_KIND] = is_incident ? TEXT("incident") : TEXT("generic");
	return OK;
}

static Error traits_of_party(Call *call, int64_t id, int64_t at, Traits *out)
{
	bool found;
	return figure_party(call, id, at, &out->of[FIGURE_VENDOR], &found);
}

static Error traits_of_warning(Call *call, int64_t id, int64_t at, Traits *out)
{
	bool found;
	return figure_warning(call, id, at, &out->of[FIGURE_REACH], &found);
}

static Error traits_of_receipt(Call *call, int64_t id, int64_t at, Traits *out)
{
	bool found;
	(void)at;
	return figure_receipt(call, id, &out->of[FIGURE_VENDOR], &out->of[FIGURE_UNIT], &found);
}

/* What figures are made of. by_ref NULL: it has no events of its own in the ledger. traits NULL: it is not divided. */
static const struct Counted {
	const char *machine;
	Error (*by_ref)(Call *call, Text ref, int64_t *out_id, bool *out_found);
	Error (*traits)(Call *call, int64_t id, int64_t at, Traits *out);
} counted[] = {
	{ "report", figure_report_ref, traits_of_report },
	{ "casefile", figure_casefile_ref, traits_of_casefile },
	{ "party", figure_party_ref, traits_of_party },
	{ "warning", figure_warning_ref, traits_of_warning },
	{ "dispute", figure_dispute_ref, NULL },
	{ "delivery", figure_delivery_ref, NULL },
	{ FIGURE_RISK_NOTICE, NULL, NULL },
	{ FIGURE_RECEIPT, NULL, traits_of_receipt },
};

static Error traits_of(Call *call, Text machine, int64_t id, int64_t at, Traits *out)
{
	*out = (Traits) { .of[FIGURE_ALL] = TEXT("") };
	for (size_t i = 0; i < COUNT(counted); i++)
		if (text_is(machine, text_from(counted[i].machine))) return counted[i].traits ? counted[i].traits(call, id, at, out) : OK;
	return OK;
}

/* An own figure of the slice, but where the matter has nothing to say about it: "none". Vendors and units are only counted by name. */
static void count_by_traits(Closing *closing, Tally what, const Traits *traits)
{
	for (int slice = 0; slice < FIGURE_AGE; slice++) {
		bool is_named = slice == FIGURE_VENDOR || slice == FIGURE_UNIT;
		if (!figure_has(what.figure, (FigureSlice)slice) || (is_named && !traits->of[slice].length)) continue;
		what.slice = (FigureSlice)slice;
		what.item = slice != FIGURE_ALL && !traits->of[slice].length ? TEXT("none") : traits->of[slice];
		count(closing, &what);
	}
}

static const Figure *figure_of(FigureType type, Text machine, Text name)
{
	for (size_t i = 0; i < figure_count; i++)
		for (size_t k = 0; k < COUNT(figures[i].names) && figures[i].names[k]; k++)
			if (figures[i].type == type && text_is(machine, text_from(figures[i].machine)) &&
				text_is(name, text_from(figures[i].names[k])))
				return &figures[i];
	return NULL;
}

static Error count_events_of(Closing *closing, const struct Counted *matter, int64_t day)
{
	Call *call = closing->call;
	LedgerQuery query = { .kind = text_from(matter->machine),
		.from_at = figure_day_start(day),
		.until_at = figure_day_start(day + 1),
		.count = EVENTS_AT_ONCE };
	for (LedgerTraces traces = { .count = EVENTS_AT_ONCE }; traces.count == EVENTS_AT_ONCE;) {
		TRY(ledger_search(call, &query, &traces));
		for (size_t i = 0; i < traces.count; i++) {
			const LedgerTrace *trace = &traces.at[i];
			int64_t id;
			bool found;
			Traits traits;
			query.before = trace->id;
			query.before_at = trace->at;
			const Figure *figure = figure_of(FIGURE_COUNT, trace->kind, trace->action);
			if (!figure) continue;
			TRY(matter->by_ref(call, trace->ref, &id, &found));
			if (!found) continue;
			TRY(traits_of(call, trace->kind, id, trace->at, &traits));
			count_by_traits(closing, (Tally) { .figure = figure, .within = 1 }, &traits);
		}
	}
	return OK;
}

/* What everybody was warned of stands in no event of its own. */
static Error count_risk_notices(Closing *closing, int64_t day)
{
	Numbers published;
	const Traits traits = { .of[FIGURE_ALL] = TEXT("") };
	const Figure *figure = figure_of(FIGURE_COUNT, TEXT(FIGURE_RISK_NOTICE), TEXT("publish"));
	TRY(figure_risk_notices(closing->call, figure_day_start(day), figure_day_start(day + 1), &published));
	for (size_t i = 0; figure && i < published.count; i++) count_by_traits(closing, (Tally) { .figure = figure, .within = 1 }, &traits);
	return OK;
}

/* A receipt ends with the signature, or with its limit when none has come: then it is late for good. */
static Error receipts_ended(Call *call, int64_t from_at, int64_t until_at, ClockMeasures *out)
{
	FigureReceiptRows kept, missed;
	const Calendar *calendar;
	TRY(workdays(call, &calendar));
	TRY(figure_receipts_kept(call, from_at, until_at, &kept));
	TRY(figure_receipts_missed(call, from_at, until_at, &missed));
	*out = (ClockMeasures) { 0 };
	for (size_t i = 0; i < kept.count + missed.count; i++) {
		const FigureReceiptRow *row = i < kept.count ? &kept.at[i] : &missed.at[i - kept.count];
		list_add(call->arena, out,
			((ClockMeasure) { .machine = TEXT(FIGURE_RECEIPT),
				.name = TEXT("receipt"),
				.subject_id = row->id,
				.started_at = row->added_at,
				.ended_at = row->ended_at,
				.working_days = (int)calendar_working_days_between(calendar, row->added_at, row->ended_at),
				.is_kept = i < kept.count }));
	}
	return OK;
}

static Error count_ended(Closing *closing, const ClockMeasures *ended)
{
	for (size_t i = 0; i < ended->count; i++) {
		const ClockMeasure *clock = &ended->at[i];
		const Figure *figure = figure_of(FIGURE_TIME, clock->machine, clock->name);
		Traits traits;
		if (!figure) continue;
		TRY(traits_of(closing->call, clock->machine, clock->subject_id, clock->ended_at, &traits));
		int64_t days = clock->working_days < FIGURE_DAYS_MOST ? clock->working_days : FIGURE_DAYS_MOST;
		count_by_traits(closing, (Tally) { .figure = figure, .bucket = days, .within = clock->is_kept }, &traits);
	}
	return OK;
}

static Error count_running(Closing *closing, int64_t day)
{
	ClockMeasures running;
	TRY(clocks_running(closing->call, figure_day_start(day + 1), &running));
	for (size_t i = 0; i < running.count; i++) {
		const ClockMeasure *clock = &running.at[i];
		const Figure *figure = figure_of(FIGURE_STOCK, clock->machine, clock->name);
		if (!figure || clock->stood_still) continue;
		const char *age = figure_age_texts[figure_age(clock->working_days)];
		count(closing, &(Tally) { .figure = figure, .slice = FIGURE_AGE, .item = text_from(age), .within = 1 });
	}
	return OK;
}

static Error count_times(Closing *closing, int64_t day)
{
	static Error (*const sources[])(Call *, int64_t, int64_t, ClockMeasures *) = { clocks_ended, receipts_ended };
	for (size_t i = 0; i < COUNT(sources); i++) {
		ClockMeasures ended;
		TRY(sources[i](closing->call, figure_day_start(day), figure_day_start(day + 1), &ended));
		TRY(count_ended(closing, &ended));
	}
	return count_running(closing, day);
}

/* What waits replaces what had waited the day before in the same month. */
static Error forget_stock(Call *call, int64_t month)
{
	for (size_t i = 0; i < figure_count; i++)
		if (figures[i].type == FIGURE_STOCK)
			TRY(figure_forget(call, TEXT("month"), text_from(figures[i].tag), text_from(figure_slice_tag(FIGURE_AGE)), month));
	return OK;
}

static Error close_day(Call *call, int64_t day)
{
	Closing closing = { .call = call, .tallies = map_new(call->arena) };
	int64_t month = figure_month_of(day);
	for (size_t i = 0; i < COUNT(counted); i++)
		if (counted[i].by_ref) TRY(count_events_of(&closing, &counted[i], day));
	TRY(count_risk_notices(&closing, day));
	TRY(count_times(&closing, day));
	TRY(forget_stock(call, month));
	for (const Tally *tally = closing.first; tally; tally = tally->next) {
		Text tag = text_from(tally->figure->tag), slice = text_from(figure_slice_tag(tally->slice));
		TRY(figure_add(call, TEXT("day"), tag, slice, day, tally->item, tally->bucket, tally->within, tally->value));
		TRY(figure_add(call, TEXT("month"), tag, slice, month, tally->item, tally->bucket, tally->within, tally->value));
	}
	TRY(figure_next_day_set(call, day + 1));
	return change_record(call, "figures", TEXT("months"));
}

static Error close_next(Call *call, void *argument)
{
	int64_t *closed = argument, day, first;
	bool found = true;
	*closed = 0;
	TRY(figure_next_day(call, &day));
	if (day < 0) {
		TRY(figure_first_event(call, &first, &found));
		if (!found) return OK;
		day = (first + FIGURE_ZONE_MS) / FIGURE_DAY_MS;
	}
	if (figure_day_start(day + 1) + (int64_t)FIGURE_GRACE_MINUTES * 60000 > call->now) return OK;
	TRY(close_day(call, day));
	*closed = 1;
	return OK;
}

Error figure_close(Call *call, int64_t max, int64_t *out_closed)
{
	int64_t closed = 1;
	for (*out_closed = 0; *out_closed < max && closed; *out_closed += closed) {
		ArenaMark mark = arena_mark(call->arena);
		Error error = db_transact(call, close_next, &closed);
		if (error != OK) return error;
		arena_release(call->arena, mark);
	}
	return OK;
}

static Error forget_all(Call *call, void *argument)
{
	(void)argument;
	TRY(figure_forget_all(call));
	return figure_next_day_set(call, -1);
}

Error figure_compute_anew(Call *call) { return db_transact(call, forget_all, NULL); }
