/* Retention rules: versions by two people, the forecast, and what is carried out at night. */
#include "base/crypto/crypto.h"
#include "people/notice/notice.h"
#include "subject/privacy/privacy_private.h"

static const struct {
	const char *tag, *text;
} actions[] = {
	[RETENTION_DELETE] = { "delete", N_("is deleted") },
	[RETENTION_KEY] = { "key", N_("its key is destroyed: nobody can open it again") },
	[RETENTION_ANONYMISE] = { "anonymise", N_("whatever names somebody is taken out") },
	[RETENTION_KEEP] = { "keep", N_("is kept") },
};
const char *retention_action_tag(RetentionAction action) { return actions[action].tag; }
const char *retention_action_text(RetentionAction action) { return actions[action].text; }

Error privacy_record(Call *call, const char *kind, Text ref, const char *action, Text detail)
{
	return ledger_record(call, &(LedgerEvent) { .kind = kind, .ref = ref, .action = action, .detail = detail }, NULL);
}

Error privacy_is(Call *call, uint32_t roles)
{
	if (actor_has(call->actor, ROLE_SYSTEM)) return OK;
	if (!actor_has(call->actor, roles) || !call->actor->session_id) return fail(call, FORBIDDEN, "not one of those who may");
	return call->actor->second_factor ? OK : fail(call, SECOND_FACTOR, "without second factor");
}

/* ---- Versions */
static RetentionRule first_version(const RetentionKind *kind)
{
	RetentionRule rule = {
		.kind = kind, .version = 1, .days = kind->days, .ref = TEXT(""), .reason = TEXT(""), .state = TEXT("in_force")
	};
	for (size_t i = 0; i < COUNT(rule.why); i++) {
		rule.why[i] = text_from(kind->why[i]);
		rule.basis[i] = text_from(kind->basis[i]);
	}
	return rule;
}

static RetentionRule of_row(const RetentionKind *kind, const RetentionRow *row)
{
	return (RetentionRule) { .kind = kind,
		.version = row->version,
		.days = row->days,
		.proposed_by = row->proposed_by,
		.proposed_at = row->proposed_at,
		.decided_by = row->decided_by.value,
		.decided_at = row->decided_at.value,
		.ref = row->ref,
		.why = { [LANG_ZH] = row->why_zh, [LANG_EN] = row->why_en },
		.basis = { [LANG_ZH] = row->basis_zh, [LANG_EN] = row->basis_en },
		.reason = row->reason,
		.state = row->state };
}

Error retention_in_force(Call *call, const RetentionKind *kind, RetentionRule *out)
{
	RetentionRow row;
	bool found = false;
	TRY(retention_newest(call, text_from(kind->tag), &row, &found));
	*out = found ? of_row(kind, &row) : first_version(kind);
	return OK;
}

Error retention_versions(Call *call, const RetentionKind *kind, RetentionRules *out)
{
	RetentionRows rows;
	RetentionRules rules = { 0 };
	TRY(retention_rows(call, text_from(kind->tag), &rows));
	for (size_t i = 0; i < rows.count; i++) list_add(call->arena, &rules, of_row(kind, &rows.at[i]));
	list_add(call->arena, &rules, first_version(kind));
	*out = rules;
	return OK;
}

typedef struct Proposing {
	const RetentionKind *kind;
	RetentionChange change;
} Proposing;

static Error propose(Call *call, void *argument)
{
	const Proposing *proposing = argument;
	const RetentionChange *to = &proposing->change;
	RetentionRows rows;
	Text tag = text_from(proposing->kind->tag), ref = token_new(call->arena, 16);
	TRY(retention_rows(call, tag, &rows));
	for (size_t i = 0; i < rows.count; i++)
		if (text_is(rows.at[i].state, TEXT("proposed"))) return fail(call, CONFLICT, "a proposal waits");
	int64_t version = rows.count ? rows.at[0].version + 1 : 2;
	TRY(retention_insert(call, ref, tag, version, to->days, to->why[LANG_ZH], to->why[LANG_EN], to->basis[LANG_ZH], to->basis[LANG_EN],
		to->reason, call->actor->person_id, call->now));
	TRY(privacy_record(call, "retention", tag, "propose", ref));
	return notice_send_role(call, ROLE_SECURITY_ADMIN, NOTICE_RETENTION_WAITING, tag,
		arena_printf(call->arena, "/admin/retention/%.*s", TEXT_ARGS(tag)));
}

static void check_days(Call *call, const RetentionKind *kind, int64_t days)
{
	if (kind->action == RETENTION_KEEP)
		call_problem(call, TEXT("days"), N_("This is kept: there is no time to change."), (Text) { 0 });
	else if (days < kind->least_days)
		call_problem(call, TEXT("days"), N_("The law or the purpose asks for %s days at least."),
			arena_printf(call->arena, "%lld", (long long)kind->least_days));
	else if (days > kind->most_days)
		call_problem(call, TEXT("days"), N_("Longer than %s days is not needed for the purpose."),
			arena_printf(call->arena, "%lld", (long long)kind->most_days));
}

Error retention_propose(Call *call, Text tag, const RetentionChange *change)
{
	static const char *const why[] = { [LANG_ZH] = "why_zh", [LANG_EN] = "why_en" };
	static const char *const basis[] = { [LANG_ZH] = "basis_zh", [LANG_EN] = "basis_en" };
	Proposing proposing = { .kind = retention_kind_find(tag), .change = *change };
	TRY(privacy_is(call, ROLE_SECURITY_ADMIN));
	if (!proposing.kind) return fail(call, NOT_FOUND, "no such kind of data");
	check_days(call, proposing.kind, change->days);
	for (size_t i = 0; i < COUNT(why); i++) {
		if (!text_trim(change->why[i]).length) call_problem(call, text_from(why[i]), N_("Please fill this in."), (Text) { 0 });
		if (!text_trim(change->basis[i]).length) call_problem(call, text_from(basis[i]), N_("Please fill this in."), (Text) { 0 });
	}
	if (!text_trim(change->reason).length) call_problem(call, TEXT("reason"), N_("Please say why it changes."), (Text) { 0 });
	TRY(call_check_problems(call));
	return db_transact(call, propose, &proposing);
}

typedef struct Deciding {
	Text ref;
	bool accepted;
} Deciding;

static Error decide(Call *call, void *argument)
{
	const Deciding *deciding = argument;
	RetentionRow row;
	bool found = false;
	int64_t changed = 0;
	TRY(retention_by_ref(call, deciding->ref, &row, &found));
	if (!found) return fail(call, NOT_FOUND, "no such proposal");
	if (row.proposed_by == call->actor->person_id) return fail(call, FORBIDDEN, "whoever proposes a rule does not decide about it");
	Text state = deciding->accepted ? TEXT("in_force") : TEXT("refused");
	TRY(retention_set_state(call, row.id, state, call->actor->person_id, call->now, &changed));
	if (changed != 1) return fail(call, CONFLICT, "decided already");
	TRY(privacy_record(call, "retention", row.kind, deciding->accepted ? "accept" : "refuse", row.ref));
	return deciding->accepted ? change_record(call, "rule", TEXT("retention")) : OK;
}

Error retention_decide(Call *call, Text ref, bool accepted)
{
	Deciding deciding = { ref, accepted };
	TRY(privacy_is(call, ROLE_SECURITY_ADMIN));
	return db_transact(call, decide, &deciding);
}

/* ---- What would go */
static Error count_due(Call *call, const RetentionKind *kind, int64_t before, int64_t *out_count, int64_t *out_held)
{
	Keeps keeps;
	KeptPage page = { .before = before, .max = RETENTION_COUNTED };
	TRY(kind->kept(call, &page, &keeps));
	*out_count = (int64_t)keeps.count;
	for (size_t i = 0; out_held && i < keeps.count; i++) {
		bool held = false;
		TRY(hold_is(call, kind, keeps.at[i].ref, &held));
		*out_held += held;
	}
	return OK;
}

Error retention_forecast(Call *call, RetentionForecasts *out)
{
	RetentionForecasts forecasts = { 0 };
	TRY(privacy_is(call, ROLE_ADMINISTRATORS));
	for (size_t i = 0; i < retention_kind_count; i++) {
		const RetentionKind *kind = &retention_kinds[i];
		RetentionForecast forecast = { .kind = kind };
		TRY(retention_in_force(call, kind, &forecast.rule));
		if (!kind->kept) continue;
		int64_t before = call->now - forecast.rule.days * PRIVACY_DAY_MS;
		TRY(count_due(call, kind, before, &forecast.now, &forecast.held));
		TRY(count_due(call, kind, before + 7 * (int64_t)PRIVACY_DAY_MS, &forecast.week, NULL));
		TRY(count_due(call, kind, before + 30 * (int64_t)PRIVACY_DAY_MS, &forecast.month, NULL));
		list_add(call->arena, &forecasts, forecast);
	}
	*out = forecasts;
	return OK;
}

Error retention_runs(Call *call, int64_t max, RetentionRuns *out)
{
	RunRows rows;
	RetentionRuns runs = { 0 };
	TRY(privacy_is(call, ROLE_ADMINISTRATORS));
	TRY(run_rows(call, max, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		const RunRow *row = &rows.at[i];
		list_add(call->arena, &runs, ((RetentionRun) { row->at, row->version, row->gone, row->held, row->kind }));
	}
	*out = runs;
	return OK;
}

/* ---- Carrying out */
typedef struct Batch {
	const RetentionKind *kind;
	Keeps keeps;
	int64_t gone, held;
} Batch;

static Error carry_batch(Call *call, void *argument)
{
	Batch *batch = argument;
	batch->gone = batch->held = 0;
	for (size_t i = 0; i < batch->keeps.count; i++) {
		bool held = false;
		TRY(hold_is(call, batch->kind, batch->keeps.at[i].ref, &held));
		if (held) {
			batch->held++;
			continue;
		}
		TRY(batch->kind->forget(call, batch->keeps.at[i].ref));
		batch->gone++;
	}
	return OK;
}

typedef struct Running {
	const RetentionRule *rule;
	int64_t gone, held;
} Running;

/* Counts alone: the ledger is read by others than what went. */
static Error write_down(Call *call, void *argument)
{
	const Running *running = argument;
	Text tag = text_from(running->rule->kind->tag);
	TRY(run_insert(call, tag, running->rule->version, call->now, running->gone, running->held));
	return privacy_record(call, "retention", tag, "carry",
		arena_printf(call->arena, "{\"version\":%lld,\"gone\":%lld,\"held\":%lld}", (long long)running->rule->version,
			(long long)running->gone, (long long)running->held));
}

static Error carry_kind(Call *call, const RetentionKind *kind, int64_t *out_gone)
{
	enum { AT_ONCE = 50 };
	RetentionRule rule;
	TRY(retention_in_force(call, kind, &rule));
	Running running = { .rule = &rule };
	KeptPage page = { .before = call->now - rule.days * PRIVACY_DAY_MS, .max = AT_ONCE };
	for (;;) {
		Batch batch = { .kind = kind };
		TRY(kind->kept(call, &page, &batch.keeps));
		if (!batch.keeps.count) break;
		TRY(db_transact(call, carry_batch, &batch));
		running.gone += batch.gone;
		running.held += batch.held;
		page.after_at = batch.keeps.at[batch.keeps.count - 1].at;
		page.after_id = batch.keeps.at[batch.keeps.count - 1].id;
	}
	*out_gone += running.gone;
	return running.gone || running.held ? db_transact(call, write_down, &running) : OK;
}

Error retention_carry(Call *call, int64_t *out_gone)
{
	int64_t gone = 0;
	for (size_t i = 0; i < retention_kind_count; i++)
		if (retention_kinds[i].kept) TRY(carry_kind(call, &retention_kinds[i], &gone));
	*out_gone = gone;
	return OK;
}
