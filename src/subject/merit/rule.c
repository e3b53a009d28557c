/* The rule in its versions: read, proposed by one secretary, decided by another. */
#include "base/base/clock.h"
#include "store/ledger/ledger.h"
#include "subject/merit/merit_private.h"

enum { ROWS_MOST = 100, STARS_MOST = 5, ZONE_MS = 8 * 3600 * 1000 };
#define POINTS_MOST ((int64_t)10000000)

/* ---- Numbers */
Text merit_points_text(Arena *arena, int64_t points)
{
	int64_t whole = points < 0 ? -points : points;
	return arena_printf(arena, "%s%lld.%02lld", points < 0 ? "-" : "", (long long)(whole / 100), (long long)(whole % 100));
}

bool merit_points_parse(Text text, int64_t *out)
{
	size_t dot = text.length;
	int64_t whole, part = 0;
	(void)text_find(text, TEXT("."), &dot);
	Text fraction = text_slice(text, dot + 1, text.length);
	if (!text_to_int(text_slice(text, 0, dot), &whole) || text.at[0] == '-' || whole > POINTS_MOST) return false;
	if (dot < text.length && (fraction.length < 1 || fraction.length > 2 || !text_to_int(fraction, &part) || fraction.at[0] == '-'))
		return false;
	*out = whole * 100 + (fraction.length == 1 ? part * 10 : part);
	return true;
}

int merit_month(int64_t at)
{
	int year, month, day;
	clock_civil((at / 1000 + ZONE_MS / 1000) / 86400, &year, &month, &day);
	return year * 100 + month;
}

int merit_year(int64_t at) { return merit_month(at) / 100; }

/* ---- Reading a version */
static void wrong(Call *call, const char *field, const char *message, size_t row)
{
	call_problem(call, text_from(field), message, arena_printf(call->arena, "%zu", row + 1));
}

static bool is_word(Text text)
{
	for (size_t i = 0; i < text.length; i++)
		if (!strchr("abcdefghijklmnopqrstuvwxyz0123456789-", text.at[i])) return false;
	return text.length > 0 && text.length <= 40;
}

/* "casefile.accept report.opine": words apart by blanks, each of two words apart by a dot. What entries say of themselves counts nothing. */
static bool are_events(Text text)
{
	Text event;
	size_t count = 0, dot;
	while (text_next(&text, ' ', &event)) {
		if (!event.length) continue;
		if (!text_find(event, TEXT("."), &dot)) return false;
		if (!is_word(text_slice(event, 0, dot)) || !is_word(text_slice(event, dot + 1, event.length))) return false;
		if (text_is(text_slice(event, 0, dot), TEXT("merit"))) return false;
		count++;
	}
	return count > 0;
}

static bool are_conditions(Text text)
{
	Text condition;
	size_t equals;
	while (text_next(&text, ' ', &condition)) {
		if (!condition.length) continue;
		if (!text_find(condition, TEXT("="), &equals) || equals == 0 || equals + 1 == condition.length) return false;
	}
	return true;
}

static bool is_one_of(Text text, const char *a, const char *b) { return text_is(text, text_from(a)) || text_is(text, text_from(b)); }

static bool read_row(Text table, size_t n, MeritRow *row)
{
	Text cells[10];
	for (size_t i = 0; i < COUNT(cells); i++) cells[i] = text_trim(form_cell(table, n, i));
	*row = (MeritRow) { .code = cells[0],
		.text = { [LANG_ZH] = cells[1], [LANG_EN] = cells[2] },
		.events = cells[3],
		.credit = cells[4],
		.conditions = cells[5],
		.is_monthly = text_is(cells[8], TEXT("month")),
		.is_each = text_is(cells[9], TEXT("each")) };
	if (!form_row_fits(table, n, COUNT(cells))) return false;
	if (!is_word(row->code) || !cells[1].length || !cells[2].length) return false;
	if (!are_events(row->events) || !are_conditions(row->conditions)) return false;
	if (!is_one_of(row->credit, "actor", "owner") && !text_is(row->credit, TEXT("finder"))) return false;
	if (!merit_points_parse(cells[6], &row->points) || row->points == 0) return false;
	if (cells[7].length && !merit_points_parse(cells[7], &row->cap)) return false;
	return is_one_of(cells[8], "month", "year") && is_one_of(cells[9], "once", "each");
}

static bool has_code(const MeritRule *rule, Text code) { return merit_row(rule, code) != NULL; }

static void read_rows(Call *call, MeritRule *rule)
{
	for (size_t i = 0; i < form_rows(rule->rows_text); i++) {
		MeritRow row;
		if (i == ROWS_MOST) return wrong(call, "rows", N_("There are more lines than may be: line %s."), i);
		if (!read_row(rule->rows_text, i, &row))
			wrong(call, "rows", N_("Line %s cannot be read; see the help of the field."), i);
		else if (has_code(rule, row.code))
			wrong(call, "rows", N_("The name of line %s stands twice."), i);
		else
			list_add(call->arena, &rule->rows, row);
	}
}

static bool read_star(Text table, size_t n, MeritStar *star)
{
	*star = (MeritStar) { .direction = text_trim(form_cell(table, n, 0)) };
	return form_row_fits(table, n, 4) && is_one_of(star->direction, "technical", "partner") &&
	       text_to_int(text_trim(form_cell(table, n, 1)), &star->stars) && star->stars >= 1 && star->stars <= STARS_MOST &&
	       merit_points_parse(text_trim(form_cell(table, n, 2)), &star->rise) &&
	       merit_points_parse(text_trim(form_cell(table, n, 3)), &star->fall);
}

/* Each star asks for more than the one below it, and keeping one for no more than reaching it. */
static const char *star_fault(const MeritRule *rule, const MeritStar *star)
{
	if (star->fall > star->rise) return N_("Keeping the star of line %s may not ask for more than reaching it.");
	for (size_t i = 0; i < rule->stars.count; i++) {
		const MeritStar *other = &rule->stars.at[i];
		if (!text_is(other->direction, star->direction)) continue;
		if (other->stars >= star->stars || other->rise >= star->rise || other->fall > star->fall)
			return N_("Line %s must ask for more than the star below it, and stand after it.");
	}
	return NULL;
}

static void read_stars(Call *call, MeritRule *rule)
{
	for (size_t i = 0; i < form_rows(rule->stars_text); i++) {
		MeritStar star;
		if (!read_star(rule->stars_text, i, &star)) {
			wrong(call, "stars", N_("Line %s cannot be read; see the help of the field."), i);
			continue;
		}
		const char *fault = star_fault(rule, &star);
		if (fault)
			wrong(call, "stars", fault, i);
		else
			list_add(call->arena, &rule->stars, star);
	}
}

void merit_rule_read(Call *call, MeritRule *rule)
{
	rule->rows_text = text_trim(rule->rows_text);
	rule->stars_text = text_trim(rule->stars_text);
	read_rows(call, rule);
	read_stars(call, rule);
}

const MeritRow *merit_row(const MeritRule *rule, Text code)
{
	for (size_t i = 0; i < rule->rows.count; i++)
		if (text_is(rule->rows.at[i].code, code)) return &rule->rows.at[i];
	return NULL;
}

/* ---- The versions */
static Error add(Call *call, MeritRules *rules, MeritRule *rule)
{
	merit_rule_read(call, rule);
	if (call->failure.problems.count) return fail(call, CORRUPT, "version %lld of the merit rule", (long long)rule->number);
	list_add(call->arena, rules, *rule);
	return OK;
}

Error merit_rules(Call *call, bool all, MeritRules *out)
{
	MeritRuleRows rows;
	MeritRules rules = { 0 };
	MeritRule first = { .number = 1,
		.state = TEXT("in_force"),
		.reason = TEXT(""),
		.rows_text = text_from(merit_first_rows),
		.stars_text = text_from(merit_first_stars) };
	Failure failure = call->failure;
	call->failure = (Failure) { 0 };
	TRY(merit_rule_rows(call, &rows));
	TRY(add(call, &rules, &first));
	for (size_t i = 0; i < rows.count; i++) {
		const MeritRuleRow *row = &rows.at[i];
		MeritRule rule = { .number = row->number,
			.from_at = row->from_at,
			.proposed_by = row->proposed_by,
			.decided_at = row->decided_at.is ? row->decided_at.value : 0,
			.state = row->state,
			.reason = row->reason,
			.rows_text = row->rows,
			.stars_text = row->stars };
		if (all || text_is(rule.state, TEXT("in_force"))) TRY(add(call, &rules, &rule));
	}
	call->failure = failure;
	*out = rules;
	return OK;
}

/* Of two that begin on the same day the later one holds. */
const MeritRule *merit_rule_at(const MeritRules *rules, int64_t at)
{
	const MeritRule *found = &rules->at[0];
	for (size_t i = 0; i < rules->count; i++) {
		const MeritRule *rule = &rules->at[i];
		if (text_is(rule->state, TEXT("in_force")) && rule->from_at <= at && rule->from_at >= found->from_at) found = rule;
	}
	return found;
}

/* ---- Changing it */
static const char *check_day(Text value)
{
	int64_t at;
	return value.length == 10 && clock_parse(value, &at) ? NULL : N_("Please enter a day as 2026-03-05.");
}

static const FormItem items[] = {
	{ "rows", FORM_LINES, N_("Lines of the rule"),
		N_("| name | in Chinese | in English | events | whose | conditions | points | cap | per | counts |. Events: such as "
		   "casefile.accept, several apart by blanks. Whose: actor, owner or finder. Conditions: such as level=high,critical "
		   "original=yes. Points and cap: such as 2.50; no cap: empty. Per: month or year. Counts: once for a matter, or each "
		   "event."),
		.required = true },
	{ "stars", FORM_LINES, N_("What stars ask for in a year"),
		N_("| direction | stars | to reach it | to keep it |. Direction: technical or partner."), .required = true,
		.max_length = 4000 },
	{ "from_on", FORM_TEXT, N_("First day"), N_("A day to come, as 2027-01-01: what happened before keeps the points it has."),
		.required = true, .check = check_day },
	{ "reason", FORM_LINES, N_("Reason of the change"), NULL, .required = true, .max_length = 1000 },
};
static const FormSection sections[] = { { N_("New version of the points rule"), NULL, items, COUNT(items) } };
const Form merit_rule_form = { "merit-rule", 1, N_("New version of the points rule"), sections, 1, NULL };

static Error may_decide(Call *call)
{
	if (!actor_has(call->actor, ROLE_SECRETARY)) return fail(call, FORBIDDEN, "no work on the points rule");
	return call->actor->second_factor ? OK : fail(call, SECOND_FACTOR, "the points rule without second factor");
}

static Error record(Call *call, int64_t number, const char *action)
{
	return ledger_record(call,
		&(LedgerEvent) { .kind = "merit-rule",
			.ref = arena_printf(call->arena, "%lld", (long long)number),
			.action = action,
			.detail = arena_printf(call->arena, "{\"number\":%lld}", (long long)number) },
		NULL);
}

static Error propose(Call *call, void *argument)
{
	const MeritRule *wish = argument;
	MeritRuleRows rows;
	int64_t number = 1;
	TRY(merit_rule_rows(call, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		if (text_is(rows.at[i].state, TEXT("proposed"))) return fail(call, CONFLICT, "a proposal is open");
		number = rows.at[i].number;
	}
	TRY(merit_rule_insert(
		call, number + 1, wish->rows_text, wish->stars_text, wish->reason, wish->from_at, call->actor->person_id, call->now));
	return record(call, number + 1, "propose");
}

static Text without_blanks(Arena *arena, Text lines)
{
	Buffer out = { .arena = arena };
	Text line;
	while (text_next(&lines, '\n', &line)) {
		if (!text_trim(line).length) continue;
		buffer_put(&out, text_trim(line));
		buffer_byte(&out, '\n');
	}
	return buffer_text(&out);
}

Error merit_rule_propose(Call *call, const Map *values)
{
	MeritRule wish = { .rows_text = without_blanks(call->arena, form_answer(values, "rows")),
		.stars_text = without_blanks(call->arena, form_answer(values, "stars")),
		.reason = text_trim(form_answer(values, "reason")) };
	TRY(may_decide(call));
	TRY(form_check(call, &merit_rule_form, values));
	if (!clock_parse(text_trim(form_answer(values, "from_on")), &wish.from_at))
		return fail(call, INVALID, "a day that was checked is none");
	wish.from_at -= ZONE_MS;
	if (wish.from_at <= call->now) call_problem(call, TEXT("from_on"), N_("Please enter a day to come."), (Text) { 0 });
	merit_rule_read(call, &wish);
	TRY(call_check_problems(call));
	return db_transact(call, propose, &wish);
}

typedef struct Settling {
	int64_t number;
	bool approved;
} Settling;

static Error settle(Call *call, void *argument)
{
	const Settling *settling = argument;
	MeritRuleRows rows;
	int64_t changed = 0;
	TRY(merit_rule_rows(call, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		if (rows.at[i].number != settling->number) continue;
		if (rows.at[i].proposed_by == call->actor->person_id)
			return fail(call, FORBIDDEN, "nobody decides about a proposal of their own");
		if (settling->approved && rows.at[i].from_at <= call->now)
			call_problem(
				call, TEXT("action"), N_("Its first day has come already: what happened keeps its points."), (Text) { 0 });
	}
	TRY(call_check_problems(call));
	TRY(merit_rule_decide(call, settling->number, settling->approved ? TEXT("in_force") : TEXT("refused"), call->actor->person_id,
		call->now, &changed));
	if (changed != 1) return fail(call, CONFLICT, "version %lld is not open", (long long)settling->number);
	TRY(record(call, settling->number, settling->approved ? "approve" : "refuse"));
	return settling->approved ? change_record(call, "merit-rule", TEXT("all")) : OK;
}

Error merit_rule_settle(Call *call, int64_t number, bool approved)
{
	Settling settling = { number, approved };
	TRY(may_decide(call));
	return db_transact(call, settle, &settling);
}
