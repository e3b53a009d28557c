/* Lists: entered by one, decided by another who did not assess, published; then what follows of their days. */
#include "base/base/clock.h"
#include "base/base/random.h"
#include "store/ledger/ledger.h"
#include "store/seal/seal.h"
#include "subject/programme/decision/decision_private.h"
#include "work/workflow/workdays.h"

#include <stdlib.h>

enum { REF_LENGTH = 14 };
typedef struct Working {
	Text ref, decision;
	const Map *values;
} Working;

Error decision_moves(Call *call, const Round *round, const char *action)
{
	const Actor *actor = call->actor;
	call->actor = &actor_system;
	Error error = round_act(call, round->ref, text_from(action), 0, NULL);
	call->actor = actor;
	return error;
}

static Error tell_office(Call *call, const Round *round, NoticeKind kind)
{
	Text path = decision_place(call->arena, round->ref);
	TRY(notice_send_role(call, ROLE_SECRETARY, kind, round->code, path));
	return notice_send_role(call, ROLE_SUPERVISOR, kind, round->code, path);
}

/* ---- Entering */
static Error store_entered(Call *call, const DecisionState *state, const char *kind, Text document, Text content)
{
	const DecisionLists *before = text_is(text_from(kind), TEXT("publicity")) ? &state->publicity : &state->announcements;
	Text ref = arena_printf(call->arena, "D-%.*s", TEXT_ARGS(random_code(call->arena, REF_LENGTH)));
	int64_t key = 0, id = 0;
	Sealed sealed;
	TRY(seal_matter_new(call, &key));
	TRY(seal_close(call, key, "decision|sealed_content", ref, content, &sealed));
	TRY(decision_insert(call, ref, state->round.id, text_from(kind), (int64_t)before->count + 1, key, sealed, document,
		call->actor->person_id, call->now, &id));
	TRY(decision_record(call, &state->round, key, "enter", content));
	return tell_office(call, &state->round, NOTICE_DECISION_WAITING);
}

static int64_t stars_of(Call *call, const Map *values, const DecisionProposal *proposal)
{
	int64_t stars;
	Text typed = form_answer(values, arena_printf(call->arena, "stars-%.*s", TEXT_ARGS(proposal->line.ref)).at);
	return text_to_int(typed, &stars) ? stars : -1;
}

/* Never more than the rules give, and less only with a reason. */
static void check_stars(Call *call, const DecisionProposal *proposal, const Map *values)
{
	Text reason = arena_printf(call->arena, "reason-%.*s", TEXT_ARGS(proposal->line.ref)),
	     field = arena_printf(call->arena, "stars-%.*s", TEXT_ARGS(proposal->line.ref));
	int64_t stars = stars_of(call, values, proposal);
	if (stars < 0 || stars > proposal->stars)
		call_problem(call, field, N_("The rules give %s at most."), arena_printf(call->arena, "%lld", (long long)proposal->stars));
	else if (stars < proposal->stars && !text_trim(form_answer(values, reason.at)).length)
		call_problem(call, reason, N_("Please say why there are fewer stars than the rules give."), (Text) { 0 });
	if (proposal->is_twice)
		call_problem(call, field, N_("After a merger this organisation stands twice in this direction; it withdraws one."),
			(Text) { 0 });
}

static Error enter(Call *call, void *argument)
{
	const Working *working = argument;
	DecisionState *state = arena_new_of(call->arena, DecisionState);
	size_t proposed = 0;
	TRY(decision_office(call, working->ref, state));
	if (decision_is_state(state->round.state, "ARCHIVED")) return fail(call, CONFLICT, "the round is archived");
	if (state->is_waiting) return fail(call, CONFLICT, "a list waits for its decision");
	const Form *form = decision_list_form(call, state, NULL);
	TRY(form_check(call, form, working->values));
	for (size_t i = 0; i < state->proposals.count; i++) {
		if (!decision_is_state(state->proposals.at[i].line.state, "PROPOSED")) continue;
		proposed++;
		check_stars(call, &state->proposals.at[i], working->values);
	}
	if (!proposed && state->publicity.count) call_problem(call, TEXT("listed_as"), N_("Nobody is proposed."), (Text) { 0 });
	TRY(call_check_problems(call));
	return store_entered(
		call, state, "publicity", form_answer(working->values, "listed_as"), form_values_text(call->arena, form, working->values));
}

Error decision_enter(Call *call, Text ref, const Map *values)
{
	Working working = { .ref = ref, .values = values };
	TRY(decision_may(call, ROLE_SECRETARY));
	return db_transact(call, enter, &working);
}

/* Those that are approved and stand in no announcement yet, one a line. */
static Text announced_now(Call *call, const DecisionState *state)
{
	Buffer out = { .arena = call->arena };
	for (size_t i = 0; i < state->proposals.count; i++) {
		const ApplicationLine *line = &state->proposals.at[i].line;
		if (decision_is_state(line->state, "APPROVED") && !decision_is_listed(&state->announcements, line->id))
			buffer_printf(&out, "%.*s\n", TEXT_ARGS(line->ref));
	}
	return out.length ? text_trim(buffer_text(&out)) : TEXT("");
}

static Text announcement_text(Arena *arena, Text document, Text applications)
{
	Buffer buffer = { .arena = arena };
	JsonWriter writer = json_writer(&buffer);
	json_object_begin(&writer);
	json_put_text(&writer, "announced_as", document);
	json_put_text(&writer, "applications", applications);
	json_end(&writer);
	json_finish(&writer);
	return buffer_text(&buffer);
}

static Error enter_announcement(Call *call, void *argument)
{
	const Working *working = argument;
	DecisionState *state = arena_new_of(call->arena, DecisionState);
	Text document = text_trim(form_answer(working->values, "announced_as"));
	TRY(decision_office(call, working->ref, state));
	if (!decision_is_state(state->round.state, "PUBLICITY") && !decision_is_state(state->round.state, "ANNOUNCED"))
		return fail(call, CONFLICT, "nothing is to be announced");
	if (state->is_announcing) return fail(call, CONFLICT, "an announcement waits for its decision");
	Text applications = announced_now(call, state);
	bool is_empty_end = !applications.length && !state->announcements.count;
	for (size_t i = 0; i < state->proposals.count; i++) {
		const DecisionProposal *proposal = &state->proposals.at[i];
		if (decision_is_state(proposal->line.state, "APPROVED")) {
			if (proposal->is_twice)
				call_problem(call, TEXT("announced_as"),
					N_("After a merger this organisation stands twice in this direction; it withdraws one."),
					(Text) { 0 });
		} else if (!decision_is_listed(&state->announcements, proposal->line.id))
			is_empty_end = false; /* somebody's days still run */
	}
	if (!applications.length && !is_empty_end)
		call_problem(call, TEXT("announced_as"), N_("Nobody is approved who was not announced."), (Text) { 0 });
	TRY(call_check_problems(call));
	return store_entered(call, state, "announcement", document, announcement_text(call->arena, document, applications));
}

Error decision_enter_announcement(Call *call, Text ref, const Map *values)
{
	Working working = { .ref = ref, .values = values };
	TRY(decision_may(call, ROLE_SECRETARY));
	TRY(form_check(call, &decision_announce_form, values));
	return db_transact(call, enter_announcement, &working);
}

/* ---- Deciding */
typedef struct Listed { /* what a decision lists */
	const DecisionProposal *proposal;
	int64_t stars;
} Listed;
typedef LIST_OF(Listed) Listing;

static int compare_listed(const void *one, const void *other)
{
	const Listed *a = one, *b = other;
	int direction = -text_compare(a->proposal->line.direction, b->proposal->line.direction); /* technical first */
	if (direction) return direction;
	if (a->stars != b->stars) return a->stars > b->stars ? -1 : 1;
	return text_compare(a->proposal->line.credit_code, b->proposal->line.credit_code); /* says nothing about ranks */
}

static Text listing_text(Call *call, const DecisionState *state, const DecisionRow *row, const Listing *listing, int64_t until_at)
{
	Buffer buffer = { .arena = call->arena };
	JsonWriter writer = json_writer(&buffer);
	json_object_begin(&writer);
	json_put_text(&writer, "round", state->round.code);
	json_put_text(&writer, "rules", state->round.rules_sha256);
	json_put_text(&writer, "kind", row->kind);
	json_put_int(&writer, "number", row->number);
	json_put_text(&writer, "document", row->document);
	json_put_text(&writer, "decidedAt", clock_iso(call->arena, call->now));
	if (until_at) json_put_text(&writer, "until", clock_iso(call->arena, until_at));
	json_key(&writer, TEXT("units"));
	json_array_begin(&writer);
	for (size_t i = 0; i < listing->count; i++) {
		const ApplicationLine *line = &listing->at[i].proposal->line;
		json_object_begin(&writer);
		json_put_text(&writer, "organisation", line->organisation);
		json_put_text(&writer, "organisationEn", line->organisation_en);
		json_put_text(&writer, "creditCode", line->credit_code);
		json_put_text(&writer, "direction", line->direction);
		json_put_int(&writer, "stars", listing->at[i].stars);
		json_end(&writer);
	}
	json_end(&writer);
	json_end(&writer);
	json_finish(&writer);
	return canonical_text(call->arena, buffer_text(&buffer));
}

/* Its number is the one it was entered with, else the next of the register; a list of nobody needs none. */
static Error number_it(Call *call, const DecisionState *state, DecisionRow *row, const Listing *listing, int64_t until_at)
{
	DecisionList list = { .id = row->id, .number = row->number, .decided_at = call->now, .until_at = until_at, .kind = row->kind };
	if (row->document.length || !listing->count) return OK;
	for (size_t i = 0; i < listing->count; i++) {
		const ApplicationLine *line = &listing->at[i].proposal->line;
		DecisionEntry entry = { .organisation = line->organisation, .direction = line->direction, .stars = listing->at[i].stars };
		list_add(call->arena, &list.entries, entry);
	}
	return decision_letter_issue(call, &state->round, &list, row, &row->document);
}

static Error publish(Call *call, DecisionState *state, const DecisionRow *entered, Listing *listing, int64_t until_at, const char *action)
{
	int64_t changed = 0;
	DecisionRow numbered = *entered, *row = &numbered;
	if (listing->count) qsort(listing->at, listing->count, sizeof(Listed), compare_listed);
	TRY(number_it(call, state, row, listing, until_at));
	Text list = listing_text(call, state, row, listing, until_at);
	Digest digest = sha256(list);
	Text sum = hex_text(call->arena, DIGEST_TEXT(digest));
	TRY(decision_close(
		call, row->id, row->document, call->actor->person_id, call->now, (Maybe) { until_at != 0, until_at }, list, sum, &changed));
	if (!changed) return fail(call, CONFLICT, "decision %.*s is decided", TEXT_ARGS(row->ref));
	for (size_t i = 0; i < listing->count; i++) {
		const DecisionProposal *proposal = listing->at[i].proposal;
		TRY(decision_entry_insert(call, random_code(call->arena, REF_LENGTH), row->id, proposal->line.id,
			proposal->line.organisation, proposal->line.organisation_en, proposal->line.direction, listing->at[i].stars,
			proposal->stars, (int64_t)i + 1));
	}
	TRY(decision_record(
		call, &state->round, row->seal_key, action, arena_printf(call->arena, "{\"sha256\":\"%.*s\"}", TEXT_ARGS(sum))));
	return change_record(call, round_machine.name, state->round.code);
}

static Error check_uninvolved(Call *call, const DecisionState *state, const Listing *listing)
{
	const char *why = NULL;
	TRY(decision_involvement(call, &state->round, NULL, false, &why));
	for (size_t i = 0; !why && i < listing->count; i++)
		TRY(decision_involvement(call, &state->round, &listing->at[i].proposal->line, false, &why));
	return why ? fail(call, FORBIDDEN, "decision of %.*s: %s", TEXT_ARGS(state->round.ref), why) : OK;
}

static Error listing_of_publicity(Call *call, const DecisionState *state, Listing *out)
{
	Map *values;
	size_t starred = 0;
	TRY(decision_values(call, &state->waiting, &values, &starred));
	for (size_t i = 0; i < state->proposals.count; i++) {
		const DecisionProposal *proposal = &state->proposals.at[i];
		if (!decision_is_state(proposal->line.state, "PROPOSED")) continue;
		Listed listed = { proposal, stars_of(call, values, proposal) };
		if (listed.stars < 0 || listed.stars > proposal->stars || proposal->is_twice)
			return fail(call, CONFLICT, "what is proposed has changed");
		list_add(call->arena, out, listed);
	}
	return starred == out->count ? OK : fail(call, CONFLICT, "who is proposed has changed");
}

static Error inform_others(Call *call, const DecisionState *state)
{
	ApplicationLines lines;
	TRY(decision_lines(call, state->round.id, "NOT_SELECTED", &lines));
	for (size_t i = 0; i < lines.count; i++) TRY(application_system(call, lines.at[i].ref, TEXT("inform")));
	return OK;
}

static Error publicise(Call *call, DecisionState *state)
{
	const DecisionRow *row = &state->waiting;
	Listing listing = { 0 };
	const Calendar *calendar;
	bool provisional;
	int64_t days = setting_int(call, SETTING_publicity_days), typed = 0;
	TRY(listing_of_publicity(call, state, &listing));
	TRY(check_uninvolved(call, state, &listing));
	if (text_to_int(text_trim(form_answer(state->round.head, "publicity_days")), &typed) && typed > 0) days = typed;
	TRY(workdays(call, &calendar));
	int64_t until = calendar_add_working_days(calendar, call->now, (int)days, &provisional);
	TRY(publish(call, state, row, &listing, until, "publicise"));
	for (size_t i = 0; i < listing.count; i++) {
		const ApplicationLine *line = &listing.at[i].proposal->line;
		TRY(application_system(call, line->ref, TEXT("publicise")));
		TRY(workflow_clock_limit(call, &application_machine, line->id, (int)days));
	}
	if (!decision_is_state(state->round.state, "DECISION")) return OK;
	TRY(inform_others(call, state));
	return decision_moves(call, &state->round, "publicise");
}

/* ---- The announcement */
static Error listing_of_announcement(Call *call, const DecisionState *state, Listing *out)
{
	Map *values;
	size_t starred = 0;
	TRY(decision_values(call, &state->announcing, &values, &starred));
	if (!text_is(form_answer(values, "applications"), announced_now(call, state)))
		return fail(call, CONFLICT, "who is approved has changed");
	for (size_t i = 0; i < state->proposals.count; i++) {
		const DecisionProposal *proposal = &state->proposals.at[i];
		bool found = false;
		Listed listed = { proposal, 0 };
		if (!decision_is_state(proposal->line.state, "APPROVED") || decision_is_listed(&state->announcements, proposal->line.id))
			continue;
		TRY(decision_stars(call, proposal->line.id, TEXT("publicity"), &listed.stars, &found));
		if (!found || proposal->is_twice) return fail(call, CONFLICT, "%.*s is not to be announced", TEXT_ARGS(proposal->line.ref));
		list_add(call->arena, out, listed);
	}
	return OK;
}

static Error release_reserve(Call *call, const DecisionState *state)
{
	ApplicationLines lines;
	TRY(decision_lines(call, state->round.id, "RESERVE", &lines));
	for (size_t i = 0; i < lines.count; i++) TRY(application_system(call, lines.at[i].ref, TEXT("release")));
	return OK;
}

static Error announce(Call *call, DecisionState *state)
{
	Listing listing = { 0 };
	TRY(listing_of_announcement(call, state, &listing));
	TRY(check_uninvolved(call, state, &listing));
	TRY(publish(call, state, &state->announcing, &listing, 0, "announce"));
	for (size_t i = 0; i < listing.count; i++) TRY(application_system(call, listing.at[i].proposal->line.ref, TEXT("announce")));
	if (!decision_is_state(state->round.state, "PUBLICITY")) return OK;
	TRY(release_reserve(call, state));
	return decision_moves(call, &state->round, "announce");
}

static const DecisionRow *waiting_of(const DecisionState *state, Text decision)
{
	if (state->is_waiting && text_is(state->waiting.ref, decision)) return &state->waiting;
	return state->is_announcing && text_is(state->announcing.ref, decision) ? &state->announcing : NULL;
}

static Error decide(Call *call, void *argument)
{
	const Working *working = argument;
	DecisionState *state = arena_new_of(call->arena, DecisionState);
	TRY(decision_office(call, working->ref, state));
	const DecisionRow *row = waiting_of(state, working->decision);
	if (!row) return fail(call, CONFLICT, "no such decision waits");
	if (row->entered_by == call->actor->person_id) return fail(call, FORBIDDEN, "whoever entered a decision does not confirm it");
	return row == &state->waiting ? publicise(call, state) : announce(call, state);
}

Error decision_decide(Call *call, Text ref, Text decision)
{
	Working working = { .ref = ref, .decision = decision };
	TRY(decision_may(call, ROLE_SECRETARY | ROLE_SUPERVISOR));
	return db_transact(call, decide, &working);
}

static Error drop(Call *call, void *argument)
{
	const Working *working = argument;
	DecisionState *state = arena_new_of(call->arena, DecisionState);
	int64_t changed = 0;
	TRY(decision_office(call, working->ref, state));
	const DecisionRow *row = waiting_of(state, working->decision);
	if (!row) return fail(call, CONFLICT, "no such decision waits");
	TRY(decision_let_go(call, row->id, &changed));
	if (!changed) return fail(call, CONFLICT, "decision %.*s is decided", TEXT_ARGS(row->ref));
	return decision_record(call, &state->round, row->seal_key, "drop", TEXT("{}"));
}

Error decision_drop(Call *call, Text ref, Text decision)
{
	Working working = { .ref = ref, .decision = decision };
	TRY(decision_may(call, ROLE_SECRETARY | ROLE_SUPERVISOR));
	return db_transact(call, drop, &working);
}

Error decision_by_rules(Call *call, Text ref, Map **out_values)
{
	DecisionState *state = arena_new_of(call->arena, DecisionState);
	TRY(decision_office(call, ref, state));
	(void)decision_list_form(call, state, out_values);
	return OK;
}

Error decision_waiting(Call *call, Text ref, const char *kind, Text *out_decision)
{
	DecisionState *state = arena_new_of(call->arena, DecisionState);
	bool is_publicity = text_is(text_from(kind), TEXT("publicity"));
	TRY(decision_office(call, ref, state));
	if (!(is_publicity ? state->is_waiting : state->is_announcing)) return fail(call, NOT_FOUND, "nothing waits");
	*out_decision = is_publicity ? state->waiting.ref : state->announcing.ref;
	return OK;
}
