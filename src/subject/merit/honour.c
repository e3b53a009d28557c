/* Lists of recommendations: reading, opening by the rules, and what the actions of the machine change. */
#include "subject/merit/honour.h"

#include "base/base/random.h"
#include "people/notice/notice.h"
#include "store/ledger/ledger.h"
#include "store/seal/seal.h"
#include "subject/merit/honour_private.h"
#include "subject/merit/merit.h"

#include <stdlib.h>

enum { YEAR_MIN = 2000, DAYS_BEFORE_END = 61 };
#define DAY_MS ((int64_t)86400000)

/* ---- Reading */
static HonourList of_row(const HonourListRow *row)
{
	return (HonourList) { .id = row->id,
		.revision = row->revision,
		.seal_key = row->seal_key,
		.year = row->year,
		.proposed_by = row->proposed_by,
		.updated_at = row->updated_at,
		.ref = row->ref,
		.state = row->state,
		.letter = row->letter,
		.letter_on = row->letter_on,
		.award = row->award,
		.award_on = row->award_on };
}

static bool is_office(const Actor *actor) { return actor->second_factor && actor_has(actor, ROLE_SECRETARY | ROLE_SUPERVISOR); }

Error honour_open(Call *call, Text ref, HonourList *out)
{
	HonourListRow row;
	if (!is_office(call->actor)) return fail(call, NOT_FOUND, "recommendations are the office's");
	TRY(honour_list_ref(call, ref, &row));
	*out = of_row(&row);
	return OK;
}

Error honour_lists(Call *call, HonourLists *out)
{
	HonourListRows rows;
	HonourLists lists = { 0 };
	if (!is_office(call->actor)) return fail(call, FORBIDDEN, "recommendations are the office's");
	TRY(honour_list_rows(call, &rows));
	for (size_t i = 0; i < rows.count; i++) list_add(call->arena, &lists, of_row(&rows.at[i]));
	*out = lists;
	return OK;
}

static Error of_rows(Call *call, const HonourRows *rows, bool only_kept, Honours *out)
{
	Honours honours = { 0 };
	for (size_t i = 0; i < rows->count; i++) {
		const HonourRow *row = &rows->at[i];
		Word word;
		bool found = false;
		Honour honour = { .id = row->id,
			.place = row->place,
			.points = row->points,
			.year = row->year,
			.ref = row->ref,
			.code = row->code,
			.name = row->code,
			.struck = row->struck,
			.award = row->award };
		if (only_kept && row->struck.length) continue;
		TRY(wordlist_find(call, &merit_honours, row->code, -1, &word, &found));
		if (found) honour.name = word_text(&word, call->lang);
		TRY(org_find(call, row->organisation_id, &honour.organisation));
		list_add(call->arena, &honours, honour);
	}
	*out = honours;
	return OK;
}

Error honour_of_list(Call *call, const HonourList *list, Honours *out)
{
	HonourRows rows;
	TRY(honour_rows(call, list->id, &rows));
	return of_rows(call, &rows, false, out);
}

Error honour_awarded(Call *call, int64_t year, Honours *out)
{
	HonourListRow row;
	HonourRows rows;
	bool found = false;
	TRY(honour_list_year(call, year, &row, &found));
	if (!found || !text_is(row.state, TEXT("AWARDED"))) return fail(call, NOT_FOUND, "no awards of %lld", (long long)year);
	TRY(honour_rows(call, row.id, &rows));
	return of_rows(call, &rows, true, out);
}

Error honour_years(Call *call, Numbers *out)
{
	HonourListRows rows;
	Numbers years = { 0 };
	TRY(honour_list_rows(call, &rows));
	for (size_t i = 0; i < rows.count; i++)
		if (text_is(rows.at[i].state, TEXT("AWARDED"))) list_add(call->arena, &years, rows.at[i].year);
	*out = years;
	return OK;
}

Error honour_of_organisation(Call *call, int64_t organisation_id, Honours *out)
{
	HonourRows rows;
	TRY(honour_rows_of(call, organisation_id, &rows));
	return of_rows(call, &rows, true, out);
}

/* ---- The rules */
static bool begins_with(Text code, Text beginnings)
{
	Text one;
	if (!beginnings.length) return true;
	while (text_next(&beginnings, ',', &one))
		if (text_trim(one).length && text_starts(code, text_trim(one))) return true;
	return false;
}

static Error is_of_direction(Call *call, int64_t organisation_id, Text direction, bool *out_is)
{
	Standings standings;
	*out_is = false;
	TRY(org_standings(call, organisation_id, &standings));
	for (size_t i = 0; i < standings.count; i++) {
		const Standing *standing = &standings.at[i];
		bool is_technical = text_is(standing->kind, TEXT("unit")), is_partner = text_is(standing->kind, TEXT("partner"));
		if (standing->is_suspended || (!is_technical && !is_partner)) continue;
		if (text_is(direction, TEXT("any")) || text_is(direction, is_technical ? TEXT("technical") : TEXT("partner")))
			*out_is = true;
	}
	return OK;
}

typedef struct Candidate {
	int64_t organisation_id, points;
} Candidate;
typedef LIST_OF(Candidate) Candidates;

static int by_points(const void *a, const void *b)
{
	const Candidate *one = a, *other = b;
	if (one->points != other->points) return one->points < other->points ? 1 : -1;
	return one->organisation_id < other->organisation_id ? -1 : 1;
}

static Error candidates_of(Call *call, const HonourRule *rule, const MeritStands *stands, int year, Candidates *out)
{
	Candidates candidates = { 0 };
	for (size_t i = 0; i < stands->count; i++) {
		MeritScore score;
		Candidate candidate = { .organisation_id = stands->at[i].organisation.id };
		bool is = false;
		TRY(is_of_direction(call, candidate.organisation_id, rule->direction, &is));
		if (!is) continue;
		TRY(merit_score(call, candidate.organisation_id, year, &score));
		for (size_t k = 0; k < score.sums.count; k++)
			if (begins_with(score.sums.at[k].code, rule->lines)) candidate.points += score.sums.at[k].counted;
		if (candidate.points >= rule->least && candidate.points > 0) list_add(call->arena, &candidates, candidate);
	}
	if (candidates.count) qsort(candidates.at, candidates.count, sizeof(*candidates.at), by_points);
	*out = candidates;
	return OK;
}

/* Who has as many points as the last one that is taken is taken too. */
static Error propose_one(Call *call, int64_t list_id, const Word *word, const MeritStands *stands, int year)
{
	HonourRule rule;
	Candidates candidates;
	if (!honour_rule_parse(word_source(word, LANG_ZH), &rule)) {
		call_problem(call, TEXT("year"), N_("The rule of “%s” cannot be read; an operator mends it in the lists of words."),
			word_text(word, call->lang));
		return call_check_problems(call);
	}
	TRY(candidates_of(call, &rule, stands, year, &candidates));
	for (size_t i = 0; i < candidates.count; i++) {
		const Candidate *candidate = &candidates.at[i];
		if ((int64_t)i >= rule.most && candidate->points < candidates.at[rule.most - 1].points) break;
		TRY(honour_insert(call, random_code(call->arena, 12), list_id, word->code, (int64_t)i + 1, candidate->organisation_id,
			candidate->points));
	}
	return OK;
}

Error honour_propose(Call *call, int64_t list_id, int year)
{
	Words words;
	MeritStands stands;
	TRY(wordlist_words(call, &merit_honours, &words));
	TRY(merit_stands(call, year, &stands));
	for (size_t i = 0; i < words.count; i++)
		if (!words.at[i].is_retired) TRY(propose_one(call, list_id, &words.at[i], &stands, year));
	return OK;
}

/* ---- Opening, striking */
static Error may_decide(Call *call)
{
	if (!actor_has(call->actor, ROLE_SECRETARY)) return fail(call, FORBIDDEN, "no work on recommendations");
	return call->actor->second_factor ? OK : fail(call, SECOND_FACTOR, "recommendations without second factor");
}

typedef struct Beginning {
	int64_t year;
	Text ref;
} Beginning;

static Error begin(Call *call, void *argument)
{
	Beginning *beginning = argument;
	HonourListRow row;
	Matter matter = { .state = TEXT("DRAFT"), .revision = 1 };
	bool found = false;
	TRY(honour_list_year(call, beginning->year, &row, &found));
	if (found) call_problem(call, TEXT("year"), N_("There is a list for this year already."), (Text) { 0 });
	TRY(call_check_problems(call));
	matter.ref = beginning->ref = arena_printf(call->arena, "H-%.*s", TEXT_ARGS(random_code(call->arena, 10)));
	TRY(seal_matter_new(call, &matter.seal_key));
	TRY(honour_list_insert(call, matter.ref, matter.seal_key, beginning->year, call->now, &matter.id));
	TRY(honour_propose(call, matter.id, (int)beginning->year));
	return workflow_begin(call, &honour_machine, &matter);
}

static bool is_due(int64_t year, int64_t now)
{
	return year >= YEAR_MIN &&
	       (year < merit_year(now) || (year == merit_year(now) && merit_year(now + DAYS_BEFORE_END * DAY_MS) > year));
}

Error honour_begin(Call *call, Text year, Text *out_ref)
{
	Beginning beginning = { 0 };
	TRY(may_decide(call));
	if (!text_to_int(text_trim(year), &beginning.year) || !is_due(beginning.year, call->now))
		call_problem(call, TEXT("year"), N_("Please enter a year that is over, or whose last two months run."), (Text) { 0 });
	TRY(call_check_problems(call));
	TRY(db_transact(call, begin, &beginning));
	*out_ref = beginning.ref;
	return OK;
}

typedef struct Striking {
	Text list, honour, reason;
} Striking;

static bool takes_strikes(Text state)
{
	return text_is(state, TEXT("DRAFT")) || text_is(state, TEXT("SENT")) || text_is(state, TEXT("AWARDED"));
}

static Error strike(Call *call, void *argument)
{
	const Striking *striking = argument;
	HonourListRow row;
	int64_t changed = 0;
	TRY(honour_list_ref(call, striking->list, &row));
	if (!takes_strikes(row.state)) return fail(call, CONFLICT, "list %.*s waits for somebody else", TEXT_ARGS(striking->list));
	TRY(honour_mark(call, row.id, striking->honour, striking->reason, &changed));
	if (changed != 1) call_problem(call, TEXT("honour"), N_("Please choose one."), (Text) { 0 });
	TRY(call_check_problems(call));
	LedgerEvent event = { .kind = honour_machine.name,
		.ref = striking->list,
		.action = "strike",
		.matter = row.seal_key,
		.detail = arena_printf(call->arena, "%.*s %.*s", TEXT_ARGS(striking->honour), TEXT_ARGS(striking->reason)) };
	TRY(ledger_record(call, &event, NULL));
	return text_is(row.state, TEXT("AWARDED")) ? change_record(call, honour_machine.name, striking->list) : OK;
}

Error honour_strike(Call *call, Text list_ref, Text honour_ref, Text reason)
{
	Striking striking = { list_ref, honour_ref, text_trim(reason) };
	TRY(may_decide(call));
	if (!striking.reason.length) call_problem(call, TEXT("reason"), N_("Please fill this in."), (Text) { 0 });
	TRY(call_check_problems(call));
	return db_transact(call, strike, &striking);
}

/* ---- The machine */
void honour_matter(Call *call, const HonourList *list, Matter *out)
{
	HonourFacts *facts = arena_new_of(call->arena, HonourFacts);
	facts->proposed_by = list->proposed_by;
	*out = (Matter) { .id = list->id,
		.revision = list->revision,
		.ref = list->ref,
		.state = list->state,
		.facts = facts,
		.seal_key = list->seal_key };
}

Error honour_machine_load(Call *call, Text ref, Matter *out)
{
	HonourList list;
	TRY(honour_open(call, ref, &list));
	honour_matter(call, &list, out);
	return OK;
}

Error honour_machine_move(Call *call, const Matter *matter, Text to, int64_t *out_changed)
{
	return honour_move(call, matter->id, matter->state, to, matter->revision, call->now, out_changed);
}

static Error tell(Call *call, const HonourList *list)
{
	return notice_send_role(call, ROLE_SECRETARY, NOTICE_UNIT_WAITING, list->ref,
		arena_printf(call->arena, "/programme/honours/%.*s", TEXT_ARGS(list->ref)));
}

Error honour_machine_applied(Call *call, Matter *matter, const Transition *row, const void *input)
{
	const Form *form = honour_action_form(row->form);
	HonourList list;
	TRY(honour_open(call, matter->ref, &list));
	if (form) {
		TRY(form_check(call, form, input));
		matter->detail = form_values_text(call->arena, form, input);
	}
	if (strcmp(row->action, "propose") == 0) list.proposed_by = call->actor->person_id;
	if (strcmp(row->action, "return") == 0) list.proposed_by = 0;
	if (strcmp(row->action, "send") == 0) {
		list.letter = form_answer(input, "document");
		list.letter_on = form_answer(input, "document_on");
	}
	if (strcmp(row->action, "award") == 0) {
		list.award = form_answer(input, "document");
		list.award_on = form_answer(input, "document_on");
	}
	TRY(honour_say(call, list.id, list.proposed_by, list.letter, list.letter_on, list.award, list.award_on));
	if (strcmp(row->action, "propose") == 0) TRY(tell(call, &list));
	return strcmp(row->action, "award") == 0 ? change_record(call, honour_machine.name, matter->ref) : OK;
}

Error honour_act(Call *call, Text ref, Text action, int64_t revision, const Map *values)
{
	Matter matter;
	Act act = { .action = action, .revision = revision, .input = values ? values : map_new(call->arena) };
	return workflow_act(call, &honour_machine, ref, &act, &matter);
}
