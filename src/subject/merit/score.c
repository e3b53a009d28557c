/* Points of a year under the caps, and what is missing to the next star. */
#include "base/base/clock.h"
#include "subject/merit/merit_private.h"

#include <stdlib.h>

enum { STANDS_MOST = 2000, MONTHS = 12, ZONE_MS = 8 * 3600 * 1000, DIRECTIONS = 2 };
static const char *const kinds[DIRECTIONS] = { "unit", "partner" }, *const directions[DIRECTIONS] = { "technical", "partner" };

static int64_t first_instant(int year)
{
	int64_t at = 0;
	char text[] = "0000-01-01";
	for (int i = 3, rest = year; i >= 0; i--, rest /= 10) text[i] = (char)('0' + rest % 10);
	must(clock_parse(text_from(text), &at));
	return at - ZONE_MS;
}

/* The line that sets the cap of a year: of the version in force when it begins, or of the first one in it that has such a line. */
static const MeritRow *row_of_year(const MeritRules *rules, Text code, int year)
{
	const MeritRow *row = merit_row(merit_rule_at(rules, first_instant(year)), code);
	for (size_t i = 0; !row && i < rules->count; i++)
		if (rules->at[i].from_at < first_instant(year + 1)) row = merit_row(&rules->at[i], code);
	return row;
}

/* ---- The sums */
static MeritSum *sum_of(Call *call, const MeritRules *rules, MeritScore *score, Text code)
{
	for (size_t i = 0; i < score->sums.count; i++)
		if (text_is(score->sums.at[i].code, code)) return &score->sums.at[i];
	const MeritRow *row = row_of_year(rules, code, score->year);
	MeritSum sum = { .code = code, .row = row ? row->text[call->lang] : code };
	if (row) sum.cap = row->cap;
	if (row) sum.is_monthly = row->is_monthly;
	list_add(call->arena, &score->sums, sum);
	return &score->sums.at[score->sums.count - 1];
}

static int64_t capped(int64_t points, int64_t cap) { return cap && points > cap ? cap : points; }

Error merit_score_of_sums(Call *call, const MeritRules *rules, const MeritSumRows *rows, int year, MeritScore *out)
{
	MeritScore score = { .year = year };
	for (size_t i = 0; i < rows->count; i++) {
		const MeritSumRow *row = &rows->at[i];
		MeritSum *sum = sum_of(call, rules, &score, row->code);
		sum->points += row->points;
		sum->entries += row->entries;
		if (sum->is_monthly) sum->counted += capped(row->points, sum->cap);
	}
	for (size_t i = 0; i < score.sums.count; i++) {
		MeritSum *sum = &score.sums.at[i];
		if (!sum->is_monthly) sum->counted = capped(sum->points, sum->cap);
		score.points += sum->counted;
	}
	*out = score;
	return OK;
}

Error merit_score(Call *call, int64_t organisation_id, int year, MeritScore *out)
{
	MeritRules rules;
	MeritSumRows rows;
	TRY(merit_rules(call, false, &rules));
	TRY(merit_sums_of_organisation(call, organisation_id, year * 100 + 1, year * 100 + MONTHS + 1, &rows));
	return merit_score_of_sums(call, &rules, &rows, year, out);
}

Error merit_score_of_person(Call *call, int64_t person_id, int year, MeritScore *out)
{
	MeritRules rules;
	MeritSumRows rows;
	TRY(merit_rules(call, false, &rules));
	TRY(merit_sums_of_person(call, person_id, year * 100 + 1, year * 100 + MONTHS + 1, &rows));
	return merit_score_of_sums(call, &rules, &rows, year, out);
}

Error merit_contribution(Call *call, int64_t organisation_id, int64_t *out_points)
{
	MeritScore running, before;
	int year = merit_year(call->now);
	TRY(merit_score(call, organisation_id, year, &running));
	TRY(merit_score(call, organisation_id, year - 1, &before));
	*out_points = running.points + before.points;
	return OK;
}

Error merit_last(Call *call, int64_t organisation_id, int64_t *out_at) { return merit_last_of(call, organisation_id, out_at); }

/* ---- The next star */
static void add_ways(Call *call, const MeritRule *rule, const MeritScore *score, MeritAim *aim)
{
	for (size_t i = 0; i < rule->rows.count; i++) {
		const MeritRow *row = &rule->rows.at[i];
		int64_t room = row->cap ? row->cap : INT64_MAX, times = (aim->missing + row->points - 1) / row->points;
		for (size_t k = 0; row->cap && !row->is_monthly && k < score->sums.count; k++)
			if (text_is(score->sums.at[k].code, row->code)) room = row->cap - score->sums.at[k].counted;
		if (row->is_monthly || room / row->points >= times)
			list_add(call->arena, &aim->ways, ((MeritWay) { row->code, row->text[call->lang], row->points, times }));
	}
}

static void aim_at(Call *call, const MeritRule *rule, const MeritScore *score, MeritAim *aim)
{
	for (size_t i = 0; i < rule->stars.count; i++) {
		const MeritStar *star = &rule->stars.at[i];
		if (!text_is(star->direction, aim->direction)) continue;
		if (star->stars == aim->stars) aim->keep = star->fall;
		if (star->stars != aim->stars + 1) continue;
		aim->next = star->stars;
		aim->rise = star->rise;
		aim->missing = star->rise > score->points ? star->rise - score->points : 0;
	}
	if (aim->missing) add_ways(call, rule, score, aim);
}

Error merit_aims(Call *call, int64_t organisation_id, const MeritScore *score, MeritAims *out)
{
	MeritRules rules;
	Standings standings;
	MeritAims aims = { 0 };
	TRY(merit_rules(call, false, &rules));
	TRY(org_standings(call, organisation_id, &standings));
	const MeritRule *rule = merit_rule_at(&rules, call->now);
	for (size_t i = 0; i < standings.count; i++)
		for (size_t k = 0; k < DIRECTIONS; k++) {
			if (!text_is(standings.at[i].kind, text_from(kinds[k]))) continue;
			MeritAim aim = { .direction = text_from(directions[k]), .stars = standings.at[i].stars };
			aim_at(call, rule, score, &aim);
			list_add(call->arena, &aims, aim);
		}
	*out = aims;
	return OK;
}

/* ---- For those who may see it */
static bool is_office(const Actor *actor) { return actor_has(actor, ROLE_SECRETARY | ROLE_SUPERVISOR) && actor->second_factor; }

Error merit_open(Call *call, Text organisation_ref, Organisation *out)
{
	Organisation organisation;
	if (!is_office(call->actor)) return fail(call, NOT_FOUND, "points are the office's and their organisation's");
	TRY(org_find_ref(call, organisation_ref, &organisation));
	*out = organisation;
	return OK;
}

static MeritEntry entry_of(Call *call, const MeritRules *rules, const MeritEntryRow *row)
{
	const MeritRow *line = NULL;
	for (size_t i = 0; i < rules->count; i++)
		if (rules->at[i].number == row->rule) line = merit_row(&rules->at[i], row->code);
	return (MeritEntry) { .id = row->id,
		.at = row->at,
		.made_at = row->made_at,
		.points = row->points,
		.rule = row->rule,
		.turn = row->turn,
		.ref = row->ref,
		.code = row->code,
		.kind = row->kind,
		.shown = row->shown,
		.row = line ? line->text[call->lang] : row->code };
}

Error merit_entries(Call *call, const Organisation *organisation, int year, int64_t before, int64_t max, MeritEntries *out)
{
	MeritRules rules;
	MeritEntryRows rows;
	MeritEntries entries = { 0 };
	bool own = call->actor->organisation_id && call->actor->organisation_id == organisation->id;
	if (!own && !is_office(call->actor)) return fail(call, NOT_FOUND, "points of another organisation");
	TRY(merit_rules(call, false, &rules));
	TRY(merit_entries_of_organisation(
		call, organisation->id, year * 100 + 1, year * 100 + MONTHS + 1, before ? before : INT64_MAX, max, &rows));
	for (size_t i = 0; i < rows.count; i++) list_add(call->arena, &entries, entry_of(call, &rules, &rows.at[i]));
	*out = entries;
	return OK;
}

static int by_points(const void *a, const void *b)
{
	const MeritStand *one = a, *other = b;
	if (one->points != other->points) return one->points < other->points ? 1 : -1;
	return text_compare(one->organisation.ref, other->organisation.ref);
}

static Error stand_of(Call *call, int64_t organisation_id, int year, MeritStand *out)
{
	MeritScore score;
	Standings standings;
	*out = (MeritStand) { .stars = -1 };
	TRY(org_find(call, organisation_id, &out->organisation));
	TRY(merit_score(call, organisation_id, year, &score));
	TRY(org_standings(call, organisation_id, &standings));
	out->points = score.points;
	for (size_t i = 0; i < standings.count; i++)
		for (size_t k = 0; k < DIRECTIONS; k++)
			if (text_is(standings.at[i].kind, text_from(kinds[k])) && standings.at[i].stars > out->stars)
				out->stars = standings.at[i].stars;
	return OK;
}

Error merit_stands(Call *call, int year, MeritStands *out)
{
	MeritStands stands = { 0 };
	int64_t after = 0, id = 0;
	bool found = true;
	if (!is_office(call->actor)) return fail(call, FORBIDDEN, "points of all");
	while (stands.count < STANDS_MOST) {
		MeritStand stand;
		TRY(merit_organisation_after(call, after, year * 100 + 1, year * 100 + MONTHS + 1, &id, &found));
		if (!found) break;
		TRY(stand_of(call, id, year, &stand));
		list_add(call->arena, &stands, stand);
		after = id;
	}
	if (stands.count) qsort(stands.at, stands.count, sizeof(*stands.at), by_points);
	*out = stands;
	return OK;
}

/* ---- For those who thank */
static int by_name(const void *a, const void *b)
{
	const Organisation *one = a, *other = b;
	return text_compare(one->name, other->name);
}

Error merit_contributors(Call *call, int year, Organisations *out)
{
	Organisations list = { 0 };
	int64_t after = 0, id = 0;
	bool found = true;
	if (!actor_has(call->actor, ROLE_COORDINATOR) || !call->actor->second_factor)
		return fail(call, FORBIDDEN, "letters of thanks are the coordinators'");
	while (list.count < STANDS_MOST) {
		Organisation organisation;
		MeritScore score;
		TRY(merit_organisation_after(call, after, year * 100 + 1, year * 100 + MONTHS + 1, &id, &found));
		if (!found) break;
		TRY(org_find(call, id, &organisation));
		TRY(merit_score(call, id, year, &score));
		if (score.points > 0 && organisation.state == ORG_VERIFIED) list_add(call->arena, &list, organisation);
		after = id;
	}
	if (list.count) qsort(list.at, list.count, sizeof(*list.at), by_name);
	*out = list;
	return OK;
}
