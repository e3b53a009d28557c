/* Embargo (暂缓公开期): one for each casefile, until an exact instant that was written with its zone. */
#include "base/base/clock.h"
#include "base/base/random.h"
#include "store/seal/seal.h"
#include "subject/casefile/casefile_private.h"
#include "subject/casefile/trusted_time.h"

/* "2026-12-05 10:00" or with seconds; the zone is asked apart, so that nobody forgets it. */
static bool read_instant(Call *call, Text day_and_hour, Text zone, int64_t *out)
{
	Text text = text_trim(day_and_hour);
	bool has_minutes = text.length == 16, has_seconds = text.length == 19;
	if ((!has_minutes && !has_seconds) || (text.at[10] != ' ' && text.at[10] != 'T') || text.at[13] != ':') return false;
	Text whole = arena_printf(
		call->arena, "%.10sT%.*s%s%.*s", text.at, (int)text.length - 11, text.at + 11, has_seconds ? "" : ":00", TEXT_ARGS(zone));
	return clock_parse(whole, out);
}

Error embargo_propose(const CaseChange *change)
{
	Call *call = change->call;
	CasefileRow *row = change->row;
	EmbargoRow before;
	Sealed reason;
	int64_t ends_at = 0;
	bool found = false;
	Text zone = form_answer(change->values, "zone");
	if (!read_instant(call, form_answer(change->values, "until"), zone, &ends_at))
		call_problem(call, TEXT("until"), N_("A day and hour such as 2026-12-05 10:00 is expected."), (Text) { 0 });
	else if (ends_at <= call->now)
		call_problem(call, TEXT("until"), N_("This instant is over."), (Text) { 0 });
	if (row->public_since.is) call_problem(call, TEXT("until"), N_("The matter is public already."), (Text) { 0 });
	TRY(call_check_problems(call));
	TRY(embargo_find(call, row->id, &before, &found));
	TRY(seal_close(call, row->seal_key, "embargo|sealed_reason", row->ref, form_answer(change->values, "reason"), &reason));
	return embargo_put(call, row->id, found ? before.n + 1 : 1, found ? TEXT("REVISED") : TEXT("PROPOSED"), ends_at, zone,
		call->actor->person_id, call->now, reason);
}

Error embargo_answer(const CaseChange *change)
{
	Call *call = change->call;
	const CasefileRow *row = change->row;
	EmbargoRow embargo;
	Sealed text;
	bool found = false;
	int64_t changed;
	Text ref = random_code(call->arena, 16), answer = form_answer(change->values, "answer");
	TRY(embargo_find(call, row->id, &embargo, &found));
	if (!found) return fail(call, CORRUPT, "casefile %.*s has no embargo", TEXT_ARGS(row->ref));
	TRY(change_seal(change, "embargo_answer|sealed_text", ref, &text));
	TRY(embargo_answer_add(
		call, ref, row->id, embargo.n, answer, text, (Maybe) { 0 }, (Maybe) { 0 }, call->actor->person_id, call->now));
	bool accepts = text_is(answer, TEXT("accepted")) && !text_is(embargo.state, TEXT("ACCEPTED"));
	return accepts ? embargo_set(call, row->id, TEXT("ACCEPTED"), (Maybe) { 0 }, &changed) : OK;
}

/* By the participant itself, to the version that holds; its acceptance is one of many and moves nothing by itself. */
Error embargo_answer_of(Call *call, const CasefileRow *row, const EmbargoParticipant *who, const EmbargoWord *word)
{
	EmbargoRow embargo;
	Sealed text;
	bool found = false;
	Text ref = random_code(call->arena, 16);
	Map *values = map_new(call->arena);
	TRY(embargo_find(call, row->id, &embargo, &found));
	if (!found || embargo.ended_at.is) return fail(call, CONFLICT, "casefile %.*s has no embargo", TEXT_ARGS(row->ref));
	form_set(call->arena, values, TEXT("participant"), who->name);
	form_set(call->arena, values, TEXT("answer"), word->answer);
	form_set(call->arena, values, TEXT("note"), word->note);
	Text json = form_values_text(call->arena, casefile_action_form("casefile-embargo-answer"), values);
	TRY(seal_close(call, row->seal_key, "embargo_answer|sealed_text", ref, json, &text));
	return embargo_answer_add(call, ref, row->id, embargo.n, word->answer, text, (Maybe) { who->party_id != 0, who->party_id },
		(Maybe) { who->report_id != 0, who->report_id }, call->actor->person_id, call->now);
}

/* ---- Who has not answered the version that holds, or held */
static void add_silent(Call *call, CasefileEmbargo *embargo, const EmbargoParticipant *who)
{
	for (size_t i = 0; i < embargo->answers.count; i++) {
		const EmbargoAnswer *given = &embargo->answers.at[i];
		bool is_theirs = given->party_id == who->party_id && given->report_id == who->report_id;
		if (is_theirs && given->n == embargo->n) return;
	}
	EmbargoAnswer silent = { .participant = who->name,
		.text = embargo->holds ? N_("No answer yet") : N_("Ended without its answer"),
		.n = embargo->n,
		.party_id = who->party_id,
		.report_id = who->report_id };
	list_add(call->arena, &embargo->answers, silent);
}

Error casefile_embargo_silent(Call *call, int64_t casefile_id, CasefileEmbargo *embargo)
{
	enum { MAX = 200 };
	PartyLines parties;
	Numbers report_ids;
	TRY(party_stages(call, casefile_id, MAX, &parties));
	TRY(casefile_report_list(call, casefile_id, &report_ids));
	for (size_t i = 0; i < parties.count; i++) {
		const PartyLine *party = &parties.at[i];
		EmbargoParticipant who = { .party_id = party->id, .name = party->vendor };
		if (party->acknowledged_at && !text_is(party->state, TEXT("WITHDRAWN"))) add_silent(call, embargo, &who);
	}
	for (size_t i = 0; i < report_ids.count; i++) {
		Report report;
		TRY(report_read(call, report_ids.at[i], &report));
		EmbargoParticipant who = { .report_id = report.id, .name = report.ref };
		if (text_is(report.state, TEXT("ATTACHED"))) add_silent(call, embargo, &who);
	}
	return OK;
}

/* Everybody knows it: what the embargo protected is gone, at once. */
Error embargo_end(const CaseChange *change)
{
	int64_t changed;
	change->row->public_since = (Maybe) { true, change->call->now };
	return embargo_set(change->call, change->row->id, TEXT("ENDED"), (Maybe) { true, change->call->now }, &changed);
}

static const char *answer_text(Text answer)
{
	if (text_is(answer, TEXT("accepted"))) return N_("Accepts");
	return text_is(answer, TEXT("revised")) ? N_("Asks for another instant") : N_("Refuses");
}

const char *embargo_state_text(Text state)
{
	static const char *const names[][2] = { { "PROPOSED", N_("Proposed") }, { "ACCEPTED", N_("Accepted") },
		{ "REVISED", N_("Revised") }, { "EXPIRED", N_("Expired") }, { "ENDED", N_("Ended") } };
	for (size_t i = 0; i < COUNT(names); i++)
		if (text_is(state, text_from(names[i][0]))) return names[i][1];
	return "";
}

static Error read_answers(Call *call, int64_t casefile_id, CasefileEmbargo *embargo)
{
	EmbargoAnswerRows rows;
	const Form *form = casefile_action_form("casefile-embargo-answer");
	TRY(embargo_answer_list(call, casefile_id, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		Text json;
		Map *values;
		TRY(seal_open(call, "embargo_answer|sealed_text", rows.at[i].ref, rows.at[i].sealed_text, &json));
		TRY(form_values_read(call, form, json.at ? json : TEXT("{}"), &values));
		EmbargoAnswer answer = { .participant = form_answer(values, "participant"),
			.answer = rows.at[i].answer,
			.text = answer_text(rows.at[i].answer),
			.note = form_answer(values, "note"),
			.n = rows.at[i].n,
			.party_id = rows.at[i].party_id.is ? rows.at[i].party_id.value : 0,
			.report_id = rows.at[i].report_id.is ? rows.at[i].report_id.value : 0,
			.at = rows.at[i].answered_at };
		list_add(call->arena, &embargo->answers, answer);
	}
	return OK;
}

Error casefile_embargo(Call *call, int64_t casefile_id, Text ref, CasefileEmbargo *out)
{
	EmbargoRow found_row;
	bool found = false;
	int64_t now = 0;
	*out = (CasefileEmbargo) { 0 };
	TRY(embargo_find(call, casefile_id, &found_row, &found));
	if (!found) return OK;
	TRY(trusted_time(call, &now));
	bool over = now >= found_row.ends_at;
	CasefileEmbargo embargo = { .n = found_row.n,
		.ends_at = found_row.ends_at,
		.zone = found_row.zone,
		.state = over && !found_row.ended_at.is ? TEXT("EXPIRED") : found_row.state,
		.holds = !over && !found_row.ended_at.is };
	TRY(seal_open(call, "embargo|sealed_reason", ref, found_row.sealed_reason, &embargo.reason));
	TRY(read_answers(call, casefile_id, &embargo));
	*out = embargo;
	return OK;
}
