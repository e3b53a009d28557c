/* Entries: made where the facts ask for one, taken back where they do not any more, followed event by event, and compared with the facts. */
#include "base/base/json.h"
#include "base/base/random.h"
#include "base/crypto/crypto.h"
#include "store/ledger/ledger.h"
#include "subject/casefile/casefile.h"
#include "subject/merit/merit_private.h"
#include "subject/merit/ranking.h"

enum { SWEEP_AT_ONCE = 50, REFS_AT_ONCE = 200, FOLLOW_AT_ONCE = 500, REF_BYTES_MOST = 256 };
#define DAY_MS ((int64_t)86400000)

/* ---- One entry */
/* What the ledger's entry is the hash of: everything that must not change. */
static Text record_of(Arena *arena, const MeritEntryRow *row)
{
	Buffer buffer = { .arena = arena };
	JsonWriter json = json_writer(&buffer);
	json_object_begin(&json);
	json_put_text(&json, "ref", row->ref);
	json_put_text(&json, "kind", row->kind);
	json_put_text(&json, "subject", row->subject);
	json_put_text(&json, "event", row->event);
	json_put_text(&json, "source", row->source);
	json_put_text(&json, "code", row->code);
	json_put_int(&json, "rule", row->rule);
	json_put_text(&json, "holder", row->holder);
	json_put_int(&json, "person", row->person_id);
	json_put_int(&json, "turn", row->turn);
	json_put_int(&json, "points", row->points);
	json_put_int(&json, "month", row->month);
	json_put_int(&json, "at", row->at);
	json_end(&json);
	json_finish(&json);
	return buffer_text(&buffer);
}

static Error write_row(Call *call, MeritEntryRow *row)
{
	row->ref = random_code(call->arena, 16);
	row->made_at = call->now;
	row->record = record_of(call->arena, row);
	LedgerEvent event = { .kind = "merit", .ref = row->ref, .action = row->turn % 2 ? "reverse" : "grant", .detail = row->record };
	TRY(ledger_record(call, &event, &row->event_id));
	TRY(ranking_moved(call, row->person_id));
	return merit_entry_insert(call, row->ref, row->kind, row->subject, row->event, row->source, row->code, row->rule, row->holder,
		row->organisation_id, row->person_id, row->turn, row->points, row->month, row->at, row->shown, row->made_at, row->record,
		row->event_id);
}

static Error grant(Call *call, Text kind, Text subject, const MeritFact *fact, int64_t turn)
{
	MeritEntryRow row = { .kind = kind,
		.subject = subject,
		.event = fact->event,
		.source = fact->source,
		.code = fact->code,
		.rule = fact->rule,
		.holder = fact->holder,
		.organisation_id = fact->organisation_id,
		.person_id = fact->person_id,
		.turn = turn,
		.points = fact->points,
		.month = merit_month(fact->at),
		.at = fact->at,
		.shown = fact->shown };
	return write_row(call, &row);
}

static Error reverse(Call *call, const MeritEntryRow *given)
{
	MeritEntryRow row = *given;
	row.turn++;
	row.points = -row.points;
	return write_row(call, &row);
}

/* ---- A matter: its entries as they should be */
static bool is_of(const MeritEntryRow *row, const MeritFact *fact)
{
	return text_is(row->code, fact->code) && text_is(row->source, fact->source) && text_is(row->holder, fact->holder);
}

static bool says_the_same(const MeritEntryRow *row, const MeritFact *fact)
{
	return row->points == fact->points && row->rule == fact->rule && row->at == fact->at && row->person_id == fact->person_id &&
	       row->organisation_id == fact->organisation_id;
}

static const MeritFact *fact_of(const MeritFacts *facts, const MeritEntryRow *row)
{
	for (size_t i = 0; i < facts->count; i++)
		if (is_of(row, &facts->at[i])) return &facts->at[i];
	return NULL;
}

static bool is_last(const MeritEntryRows *rows, size_t n)
{
	for (size_t i = n + 1; i < rows->count; i++)
		if (text_is(rows->at[i].code, rows->at[n].code) && text_is(rows->at[i].source, rows->at[n].source) &&
			text_is(rows->at[i].holder, rows->at[n].holder))
			return false;
	return true;
}

typedef struct Settling {
	const MeritRules *rules;
	Text kind, subject;
} Settling;

static Error settle(Call *call, void *argument)
{
	const Settling *settling = argument;
	MeritFacts facts;
	MeritEntryRows rows;
	TRY(merit_facts(call, settling->rules, settling->kind, settling->subject, &facts));
	TRY(merit_entries_of_subject(call, settling->kind, settling->subject, &rows));
	bool *is_done = arena_array_of(call->arena, bool, facts.count + 1);
	for (size_t i = 0; i < rows.count; i++) {
		const MeritEntryRow *row = &rows.at[i];
		const MeritFact *fact = fact_of(&facts, row);
		if (!is_last(&rows, i)) continue;
		bool is_given = row->turn % 2 == 0, is_right = is_given && fact && says_the_same(row, fact);
		if (is_given && !is_right) TRY(reverse(call, row));
		if (fact && !is_right) TRY(grant(call, settling->kind, settling->subject, fact, row->turn + (is_given ? 2 : 1)));
		if (fact) is_done[fact - facts.at] = true;
	}
	for (size_t i = 0; i < facts.count; i++)
		if (!is_done[i]) TRY(grant(call, settling->kind, settling->subject, &facts.at[i], 0));
	return OK;
}

static Error settle_subject(Call *call, const MeritRules *rules, Text kind, Text subject)
{
	Settling settling = { rules, kind, subject };
	return db_transact(call, settle, &settling);
}

/* ---- Following what happens */
typedef struct Touched {
	Text kind, ref;
} Touched;
typedef LIST_OF(Touched) TouchedList;

static void touch(Call *call, Text kind, Text ref, TouchedList *list)
{
	for (size_t i = 0; i < list->count; i++)
		if (text_is(list->at[i].kind, kind) && text_is(list->at[i].ref, ref)) return;
	list_add(call->arena, list, ((Touched) { kind, ref }));
}

/* The matters whose points an event may change: its own, and the casefile of a report. */
static Error add_touched(Call *call, const MeritRules *rules, const LedgerTrace *trace, TouchedList *list)
{
	Text casefile;
	bool found = false;
	if (merit_counts_kind(rules, trace->kind)) touch(call, trace->kind, trace->ref, list);
	if (!text_is(trace->kind, TEXT("report"))) return OK;
	TRY(casefile_ref_of_report(call, trace->ref, &casefile, &found));
	if (found && merit_counts_kind(rules, TEXT("casefile"))) touch(call, TEXT("casefile"), casefile, list);
	return OK;
}

static Error touched_by(Call *call, const MeritRules *rules, const LedgerTraces *traces, TouchedList *out, bool *out_merged)
{
	TouchedList list = { 0 };
	*out_merged = false;
	for (size_t i = 0; i < traces->count; i++) {
		TRY(add_touched(call, rules, &traces->at[i], &list));
		if (text_is(traces->at[i].kind, TEXT("organisation")) && text_is(traces->at[i].action, TEXT("merge"))) *out_merged = true;
	}
	*out = list;
	return OK;
}

static Error keep_number(Call *call, void *argument) { return merit_cursor_follow(call, *(const int64_t *)argument); }
static Error keep_sweep(Call *call, void *argument)
{
	const MeritCursorRow *cursor = argument;
	return merit_cursor_sweep(call, cursor->kind, cursor->subject, cursor->swept_at);
}

/* ---- The daily look at everything: what changed without an event of its own */
static Error next_kind(Call *call, const MeritRules *rules, Text after, Text *out)
{
	Texts kinds = { 0 };
	Text stored = after;
	bool found = false;
	merit_kinds(call->arena, rules, &kinds);
	TRY(merit_kind_after(call, after, &stored, &found));
	Text next = found ? stored : (Text) { 0 };
	for (size_t i = 0; i < kinds.count; i++)
		if (text_compare(kinds.at[i], after) > 0 && (!next.at || text_compare(kinds.at[i], next) < 0)) next = kinds.at[i];
	*out = next;
	return OK;
}

/* The next matters of a kind: those with events, and those with entries. */
static Error next_subjects(Call *call, Text kind, Text after, int count, Texts *out)
{
	Texts refs;
	Text stored;
	bool found = false;
	TRY(ledger_refs(call, arena_printf(call->arena, "%.*s", TEXT_ARGS(kind)).at, after, count, &refs));
	TRY(merit_subject_after(call, kind, after, &stored, &found));
	Texts subjects = { 0 };
	for (size_t i = 0; i < refs.count && (!found || text_compare(refs.at[i], stored) < 0); i++)
		list_add(call->arena, &subjects, refs.at[i]);
	if (found) list_add(call->arena, &subjects, stored);
	*out = subjects;
	return OK;
}

static Error sweep(Call *call, const MeritRules *rules, MeritCursorRow *cursor, int64_t *out_count)
{
	Texts subjects = { 0 };
	if (!cursor->kind.length && cursor->swept_at + DAY_MS > call->now) return OK;
	if (!cursor->kind.length) TRY(next_kind(call, rules, TEXT(""), &cursor->kind));
	if (cursor->kind.length) TRY(next_subjects(call, cursor->kind, cursor->subject, SWEEP_AT_ONCE, &subjects));
	for (size_t i = 0; i < subjects.count; i++) TRY(settle_subject(call, rules, cursor->kind, subjects.at[i]));
	*out_count += (int64_t)subjects.count;
	if (subjects.count) {
		cursor->subject = subjects.at[subjects.count - 1];
	} else {
		Text next = { 0 };
		if (cursor->kind.length) TRY(next_kind(call, rules, cursor->kind, &next));
		cursor->kind = next.at ? next : TEXT("");
		cursor->subject = TEXT("");
		if (!next.at) cursor->swept_at = call->now;
	}
	return db_transact(call, keep_sweep, cursor);
}

Error merit_follow(Call *call, int64_t max, int64_t *out_count)
{
	MeritRules rules;
	MeritCursorRow cursor;
	LedgerTraces traces;
	TouchedList touched;
	int64_t next = 0;
	bool merged = false;
	*out_count = 0;
	TRY(merit_rules(call, false, &rules));
	TRY(merit_cursor(call, &cursor));
	TRY(ledger_follow(call, cursor.number + 1, (int)max, &traces, &next));
	TRY(touched_by(call, &rules, &traces, &touched, &merged));
	for (size_t i = 0; i < touched.count; i++) TRY(settle_subject(call, &rules, touched.at[i].kind, touched.at[i].ref));
	next--;
	if (next != cursor.number) TRY(db_transact(call, keep_number, &next));
	*out_count = (int64_t)traces.count;
	if (merged) cursor.swept_at = 0;
	return sweep(call, &rules, &cursor, out_count);
}

/* ---- The check */
typedef struct Checking {
	Call *call;
	const MeritRules *rules;
	const TouchedList *waiting;
	MeritCheck *check;
} Checking;

static void say(Checking *checking, Text kind, Text subject, const char *what, Text which)
{
	checking->check->fault =
		arena_printf(checking->call->arena, "%.*s %.*s: %s: %.*s", TEXT_ARGS(kind), TEXT_ARGS(subject), what, TEXT_ARGS(which));
}

/* What the entry itself says against what the ledger kept of it. */
static Error check_record(Checking *checking, const MeritEntryRow *row)
{
	Call *call = checking->call;
	Events events;
	TRY(ledger_events_of_subject(call, "merit", row->ref, 0, 2, &events));
	bool is_kept = events.count == 1 && events.at[0].id == row->event_id && text_is(events.at[0].detail, row->record) &&
		       text_is(events.at[0].action, row->turn % 2 ? TEXT("reverse") : TEXT("grant"));
	if (!is_kept)
		say(checking, row->kind, row->subject, "the ledger keeps another entry than", row->ref);
	else if (!text_is(record_of(call->arena, row), row->record) || row->month != merit_month(row->at))
		say(checking, row->kind, row->subject, "an entry was changed", row->ref);
	return OK;
}

/* Given, taken back, given again: each turn follows the one before, and takes back as much as was given. */
static void check_turn(Checking *checking, const MeritEntryRows *rows, size_t n)
{
	const MeritEntryRow *row = &rows->at[n], *before = NULL;
	for (size_t i = 0; i < n; i++)
		if (text_is(rows->at[i].code, row->code) && text_is(rows->at[i].source, row->source) &&
			text_is(rows->at[i].holder, row->holder))
			before = &rows->at[i];
	bool is_next = row->turn == (before ? before->turn + 1 : 0);
	if (!is_next || (row->turn % 2 && row->points != -before->points))
		say(checking, row->kind, row->subject, "an entry does not follow the one before it", row->ref);
}

static void check_facts(Checking *checking, Text kind, Text subject, const MeritFacts *facts, const MeritEntryRows *rows)
{
	for (size_t i = 0; i < facts->count && !checking->check->fault.length; i++) {
		const MeritEntryRow *last = NULL;
		for (size_t k = 0; k < rows->count; k++)
			if (is_of(&rows->at[k], &facts->at[i])) last = &rows->at[k];
		if (!last || last->turn % 2)
			say(checking, kind, subject, "an entry is missing by line", facts->at[i].code);
		else if (!says_the_same(last, &facts->at[i]))
			say(checking, kind, subject, "an entry says something else than the facts", last->ref);
	}
}

static Error check_subject(Checking *checking, Text kind, Text subject)
{
	Call *call = checking->call;
	MeritFacts facts;
	MeritEntryRows rows;
	for (size_t i = 0; i < checking->waiting->count; i++)
		if (text_is(checking->waiting->at[i].kind, kind) && text_is(checking->waiting->at[i].ref, subject)) {
			checking->check->waiting++;
			return OK;
		}
	TRY(merit_facts(call, checking->rules, kind, subject, &facts));
	TRY(merit_entries_of_subject(call, kind, subject, &rows));
	for (size_t i = 0; i < rows.count && !checking->check->fault.length; i++) {
		const MeritEntryRow *row = &rows.at[i];
		TRY(check_record(checking, row));
		if (!checking->check->fault.length) check_turn(checking, &rows, i);
		if (!checking->check->fault.length && is_last(&rows, i) && row->turn % 2 == 0 && !fact_of(&facts, row))
			say(checking, kind, subject, "an entry without its fact", row->ref);
	}
	check_facts(checking, kind, subject, &facts, &rows);
	checking->check->entries += (int64_t)rows.count;
	checking->check->subjects++;
	if (checking->check->progress) checking->check->progress(checking->check->argument, checking->check->subjects);
	return OK;
}

static Error check_kind(Checking *checking, Text kind)
{
	char last[REF_BYTES_MOST];
	Text after = TEXT("");
	for (;;) {
		Texts subjects;
		ArenaMark mark = arena_mark(checking->call->arena);
		TRY(next_subjects(checking->call, kind, after, REFS_AT_ONCE, &subjects));
		if (!subjects.count) return OK;
		for (size_t i = 0; i < subjects.count; i++) {
			TRY(check_subject(checking, kind, subjects.at[i]));
			if (checking->check->fault.length) return OK;
		}
		after = subjects.at[subjects.count - 1];
		must(after.length <= sizeof(last));
		memcpy(last, after.at, after.length);
		after.at = last;
		arena_release(checking->call->arena, mark);
	}
}

/* The matters of events that are not counted yet. */
static Error waiting_of(Call *call, const MeritRules *rules, TouchedList *out)
{
	MeritCursorRow cursor;
	LedgerTraces traces, all = { 0 };
	bool merged;
	TRY(merit_cursor(call, &cursor));
	for (int64_t from = cursor.number + 1, next = from;; from = next) {
		TRY(ledger_follow(call, from, FOLLOW_AT_ONCE, &traces, &next));
		for (size_t i = 0; i < traces.count; i++) list_add(call->arena, &all, traces.at[i]);
		if (next == from) break;
	}
	return touched_by(call, rules, &all, out, &merged);
}

Error merit_check(Call *call, MeritCheck *check)
{
	MeritRules rules;
	TouchedList waiting;
	Text kind = TEXT("");
	check->fault = TEXT("");
	TRY(merit_rules(call, false, &rules));
	TRY(waiting_of(call, &rules, &waiting));
	Checking checking = { call, &rules, &waiting, check };
	for (;;) {
		TRY(next_kind(call, &rules, kind, &kind));
		if (!kind.at || check->fault.length) return OK;
		TRY(check_kind(&checking, kind));
	}
}
