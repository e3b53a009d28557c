/* What comes after a list: approvals when its days are over, appeals against later steps, certificates, the archive. */
#include "store/ledger/ledger.h"
#include "subject/programme/decision/decision_private.h"

typedef struct Working {
	Text ref, application;
	const Map *values;
} Working;

/* ---- Approval */
static Error is_over(Call *call, const ApplicationLine *line, bool *out)
{
	ClockView clock;
	TRY(workflow_clock_of(call, &application_machine, line->id, &clock));
	*out = clock.clock && !strcmp(clock.clock->name, "publicity") && !clock.paused && clock.due_at <= call->now;
	return OK;
}

static Error grant(Call *call, void *argument)
{
	const Working *working = argument;
	DecisionState *state = arena_new_of(call->arena, DecisionState);
	const char *why = NULL;
	int64_t granted = 0;
	TRY(decision_office(call, working->ref, state));
	for (size_t i = 0; i < state->proposals.count; i++) {
		const ApplicationLine *line = &state->proposals.at[i].line;
		bool may = false;
		if (!decision_is_state(line->state, "IN_PUBLICITY")) continue;
		TRY(is_over(call, line, &may));
		if (!may) continue;
		TRY(decision_involvement(call, &state->round, line, false, &why));
		if (why) return fail(call, FORBIDDEN, "approval of %.*s: %s", TEXT_ARGS(line->ref), why);
		TRY(application_system(call, line->ref, TEXT("grant")));
		TRY(decision_record(call, &state->round, state->round.seal_key, "grant",
			arena_printf(call->arena, "{\"application\":\"%.*s\"}", TEXT_ARGS(line->ref))));
		granted++;
	}
	if (!granted) call_problem(call, TEXT("action"), N_("Nobody's days of public notice are over."), (Text) { 0 });
	return call_check_problems(call);
}

Error decision_grant(Call *call, Text ref)
{
	Working working = { .ref = ref };
	TRY(decision_may(call, ROLE_SECRETARY | ROLE_SUPERVISOR));
	return db_transact(call, grant, &working);
}

/* ---- Appeals */
static const ApplicationLine *line_of(const ApplicationLines *lines, Text application)
{
	for (size_t i = 0; i < lines->count; i++)
		if (text_is(lines->at[i].ref, application)) return &lines->at[i];
	return NULL;
}

/* Who had a hand in an objection against it, decided the list, or refused it otherwise. */
static Error objected(Call *call, const ApplicationLine *line, const char **out)
{
	ObjectionRows rows;
	TRY(objection_rows_about(call, line->id, OBJECTIONS_SHOWN_MAX, &rows));
	for (size_t i = 0; i < rows.count && !*out; i++)
		if (rows.at[i].handler_id == call->actor->person_id || rows.at[i].decided_by == call->actor->person_id)
			*out = N_("Whoever decided does not decide about the appeal.");
	return OK;
}

static Error appeal(Call *call, void *argument)
{
	const Working *working = argument;
	DecisionState *state = arena_new_of(call->arena, DecisionState);
	ApplicationLines lines;
	Application application;
	const char *why = NULL;
	bool is_upheld = text_is(form_answer(working->values, "verdict"), TEXT("uphold"));
	Map *told = map_new(call->arena);
	TRY(decision_office(call, working->ref, state));
	TRY(decision_lines(call, state->round.id, "APPEAL", &lines));
	const ApplicationLine *line = line_of(&lines, working->application);
	if (!line) return fail(call, CONFLICT, "no such appeal");
	TRY(application_open(call, line->ref, &application)); /* NOT_FOUND: an interest stands against it */
	if (text_is(application.appeal_of, TEXT("REJECTED"))) return fail(call, CONFLICT, "it is an appeal against the review");
	if (decision_is_state(state->round.state, "ARCHIVED")) return fail(call, CONFLICT, "the round is archived");
	TRY(decision_involvement(call, &state->round, line, true, &why));
	if (!why) TRY(objected(call, line, &why));
	if (why) return fail(call, FORBIDDEN, "appeal of %.*s: %s", TEXT_ARGS(line->ref), why);
	form_set(call->arena, told, TEXT("explanation"), form_answer(working->values, "explanation"));
	TRY(application_system_with(call, line->ref, is_upheld ? TEXT("reinstate") : TEXT("refuse"), told));
	return decision_record(call, &state->round, application.seal_key, is_upheld ? "reinstate" : "refuse",
		arena_printf(call->arena, "{\"application\":\"%.*s\",\"from\":\"%.*s\"}", TEXT_ARGS(line->ref),
			TEXT_ARGS(application.appeal_of)));
}

Error decision_appeal(Call *call, Text ref, Text application, const Map *values)
{
	Working working = { ref, application, values };
	TRY(decision_may(call, ROLE_SECRETARY | ROLE_SUPERVISOR));
	TRY(form_check(call, &decision_appeal_form, values));
	return db_transact(call, appeal, &working);
}

/* ---- The end */
static Error archive(Call *call, void *argument)
{
	const Working *working = argument;
	DecisionState *state = arena_new_of(call->arena, DecisionState);
	int64_t applications = 0, objections = 0;
	TRY(decision_office(call, working->ref, state));
	if (!decision_is_state(state->round.state, "ANNOUNCED")) return fail(call, CONFLICT, "nothing is to be archived");
	TRY(decision_unsettled(call, state->round.id, call->now, &applications, &objections));
	if (applications)
		call_problem(call, TEXT("action"), N_("Not settled yet, or their time to appeal runs: %s applications."),
			arena_printf(call->arena, "%lld", (long long)applications));
	if (objections)
		call_problem(call, TEXT("action"), N_("Not decided yet: %s objections."),
			arena_printf(call->arena, "%lld", (long long)objections));
	TRY(call_check_problems(call));
	TRY(decision_record(call, &state->round, state->round.seal_key, "archive", TEXT("{}")));
	return decision_moves(call, &state->round, "archive");
}

Error decision_archive(Call *call, Text ref)
{
	Working working = { .ref = ref };
	TRY(decision_may(call, ROLE_SECRETARY));
	return db_transact(call, archive, &working);
}

Error decision_agreed(Call *call, int64_t round_id, DecisionEntries *out, Text *out_document)
{
	Round round;
	DecisionLists lists;
	DecisionEntries agreed = { 0 };
	Text document = TEXT("");
	TRY(round_find_published(call, round_id, &round));
	TRY(decision_public(call, &round, "announcement", &lists));
	for (size_t i = 0; i < lists.count; i++)
		for (size_t e = 0; e < lists.at[i].entries.count; e++) {
			ApplicationLine line;
			DecisionEntry entry = lists.at[i].entries.at[e];
			if (!decision_is_state(entry.state, "AGREED")) continue;
			TRY(decision_line_of(call, entry.application_id, &line));
			entry.organisation_id = line.organisation_id;
			list_add(call->arena, &agreed, entry);
			document = lists.at[i].document;
		}
	*out = agreed;
	*out_document = document;
	return OK;
}
