/* The ranking of finders: the wish, and the list. */
#include "subject/merit/ranking.h"

#include "people/person/person.h"
#include "store/ledger/ledger.h"
#include "subject/merit/merit_private.h"
#include "subject/merit/ranking.sql.h"

#include <stdlib.h>

enum { MONTHS = 12, MONTHS_OF_QUARTER = 3 };

/* ---- The list */
/* Only what a find gives: a line of the rule, in any version of it, that is credited to finders. */
static bool is_of_finders(const MeritRules *rules, Text code)
{
	for (size_t i = 0; i < rules->count; i++) {
		const MeritRow *row = merit_row(&rules->at[i], code);
		if (row) return text_is(row->credit, TEXT("finder"));
	}
	return false;
}

static Error add_line(Call *call, int64_t person_id, int64_t points, RankingLines *lines)
{
	Person person;
	if (points <= 0) return OK;
	TRY(person_find(call, person_id, &person));
	if (!person.handle.length || person.state == PERSON_DISABLED) return OK;
	list_add(call->arena, lines, ((RankingLine) { .points = points, .handle = person.handle }));
	return OK;
}

static int by_points(const void *a, const void *b)
{
	const RankingLine *one = a, *other = b;
	if (one->points != other->points) return one->points < other->points ? 1 : -1;
	return text_compare(one->handle, other->handle);
}

Error ranking_list(Call *call, RankingPeriod period, RankingLines *out)
{
	MeritRules rules;
	RankingSumRows rows;
	RankingLines lines = { 0 };
	int first = period.quarter ? (period.quarter - 1) * MONTHS_OF_QUARTER + 1 : 1;
	int last = period.quarter ? period.quarter * MONTHS_OF_QUARTER : MONTHS;
	TRY(merit_rules(call, false, &rules));
	TRY(ranking_sums(call, period.year * 100 + first, period.year * 100 + last + 1, &rows));
	for (size_t i = 0, next; i < rows.count; i = next) {
		MeritSumRows own = { 0 };
		MeritScore score;
		for (next = i; next < rows.count && rows.at[next].person_id == rows.at[i].person_id; next++) {
			const RankingSumRow *row = &rows.at[next];
			if (is_of_finders(&rules, row->code))
				list_add(call->arena, &own, ((MeritSumRow) { row->code, row->month, row->points, row->entries }));
		}
		TRY(merit_score_of_sums(call, &rules, &own, period.year, &score));
		TRY(add_line(call, rows.at[i].person_id, score.points, &lines));
	}
	if (lines.count) qsort(lines.at, lines.count, sizeof(*lines.at), by_points);
	for (size_t i = 0; i < lines.count; i++) {
		bool is_equal = i && lines.at[i].points == lines.at[i - 1].points;
		lines.at[i].place = is_equal ? lines.at[i - 1].place : (int64_t)i + 1;
	}
	*out = lines;
	return OK;
}

/* ---- The wish */
static Error wish(Call *call, void *argument)
{
	bool joins = *(const bool *)argument;
	Person person;
	TRY(person_find(call, call->actor->person_id, &person));
	if (joins && !person.handle.length)
		call_problem(call, TEXT("joins"), N_("Please choose a public name in your profile first."), (Text) { 0 });
	TRY(call_check_problems(call));
	TRY(joins ? ranking_insert(call, person.id, call->now) : ranking_delete(call, person.id));
	LedgerEvent event = { .kind = "ranking", .ref = person.ref, .action = joins ? "join" : "leave", .matter = person.seal_key };
	TRY(ledger_record(call, &event, NULL));
	return change_record(call, "ranking", TEXT("finders"));
}

Error ranking_wish(Call *call, bool joins)
{
	if (!call->actor->person_id) return fail(call, FORBIDDEN, "a visitor stands in no ranking");
	return db_transact(call, wish, &joins);
}

Error ranking_has(Call *call, bool *out_joined)
{
	int64_t at;
	return ranking_find(call, call->actor->person_id, &at, out_joined);
}

Error ranking_moved(Call *call, int64_t person_id)
{
	int64_t at;
	bool found = false;
	if (person_id) TRY(ranking_find(call, person_id, &at, &found));
	return found ? change_record(call, "ranking", TEXT("finders")) : OK;
}

Error ranking_forget(Call *call, int64_t person_id)
{
	TRY(ranking_delete(call, person_id));
	return change_record(call, "ranking", TEXT("finders"));
}
