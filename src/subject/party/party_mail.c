/* Who is told of a step, what happens when time is over, and what became of letters. */
#include "people/person/person.h"
#include "subject/party/party_private.h"

Text party_link(Call *call, const Party *party) { return arena_printf(call->arena, "/parties/%.*s", TEXT_ARGS(party->ref)); }

Error party_tell_coordinator(Call *call, const Party *party, NoticeKind kind)
{
	int64_t coordinator = party->casefile.coordinator_id;
	if (!coordinator) return notice_send_role(call, ROLE_COORDINATOR, kind, party->ref, party_link(call, party));
	return coordinator == call->actor->person_id ? OK : absence_tell(call, coordinator, kind, party->ref, party_link(call, party));
}

Error party_tell_vendor(Call *call, const Party *party, NoticeKind kind)
{
	Numbers people;
	const PartyRow row = { .organisation_id = { true, party->organisation_id },
		.product_id = { party->product_id != 0, party->product_id } };
	if (!party->organisation_id || !party->notified_at || text_is(party->state, TEXT("WITHDRAWN"))) return OK;
	TRY(party_members(call, &row, &people));
	for (size_t i = 0; i < people.count; i++)
		if (people.at[i] != call->actor->person_id) TRY(notice_send(call, people.at[i], kind, party->ref, party_link(call, party)));
	return OK;
}

Error party_tell_signed(Call *call, int64_t casefile_id, NoticeKind kind)
{
	enum { MAX = 200 };
	PartyLines parties;
	TRY(party_stages(call, casefile_id, MAX, &parties));
	for (size_t i = 0; i < parties.count; i++) {
		Party party;
		if (!parties.at[i].acknowledged_at) continue;
		TRY(party_read(call, parties.at[i].id, &party));
		TRY(party_tell_vendor(call, &party, kind));
	}
	return OK;
}

static bool is_among(const char *action, const char *const *actions, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (!strcmp(actions[i], action)) return true;
	return false;
}

Error party_tell(Call *call, const Party *party, const Transition *row)
{
	static const char *const vendors[] = { "acknowledge", "state", "close-fixed", "close-retired", "close-known", "plan", "declare",
		"ask", "duty", "rate", "embargo" };
	static const char *const librarys[] = { "return", "resume", "accept-fixed", "accept-retired", "accept-known", "accept", "settle",
		"check", "extend", "reopen", "reconsider" };
	static const char *const verifiers[] = { "samples", "replay", "spot", "fail" };
	static const char *const steps[] = { "partner", "authority", "give-up", "contact", "delivered" };
	bool checked = is_among(row->action, verifiers, COUNT(verifiers));
	bool by_clock = is_among(row->action, steps, COUNT(steps)) && actor_has(call->actor, ROLE_SYSTEM);
	if (checked || by_clock || is_among(row->action, vendors, COUNT(vendors)))
		TRY(party_tell_coordinator(call, party, NOTICE_PARTY_MOVED));
	if (!strcmp(row->action, "remind")) return party_tell_vendor(call, party, NOTICE_DEADLINE);
	if (!strcmp(row->action, "unassign") && actor_has(call->actor, ROLE_SYSTEM))
		TRY(party_tell_coordinator(call, party, NOTICE_CASE_RETURNED));
	return checked || is_among(row->action, librarys, COUNT(librarys)) ? party_tell_vendor(call, party, NOTICE_PARTY_MOVED) : OK;
}

Error party_tell_message(Call *call, const Party *party, Text audience, const ThreadMembers *members)
{
	const ThreadPlace place = { party_machine.name, party->id, party->seal_key, audience, party->ref, party_link(call, party) };
	return report_tell_members(call, members, NULL, &place);
}

/* ---- Clocks that have run out */
static bool is_vendors(Call *call, Text clock)
{
	static const char *const vendors[] = { "position", "plan", "fixing" };
	return is_among(arena_string(call->arena, clock), vendors, COUNT(vendors));
}

Error party_overdue(Call *call, int64_t subject_id, Text clock)
{
	Party party;
	int64_t verifier = 0;
	TRY(party_read(call, subject_id, &party));
	if (party.casefile.is_isolated) return OK;
	TRY(workflow_assigned(call, &party_machine, subject_id, "verifier", &verifier));
	if (verifier && text_is(clock, TEXT("fix-check")))
		TRY(notice_send(call, verifier, NOTICE_DEADLINE_OVER, party.ref, party_link(call, &party)));
	if (is_vendors(call, clock)) TRY(party_tell_vendor(call, &party, NOTICE_DEADLINE_OVER));
	return party_tell_coordinator(call, &party, NOTICE_DEADLINE_OVER);
}

Error party_remind(Call *call, int64_t subject_id, Text clock, bool is_today)
{
	Party party;
	int64_t verifier = 0;
	NoticeKind kind = is_today ? NOTICE_DEADLINE_TODAY : NOTICE_DEADLINE;
	TRY(party_read(call, subject_id, &party));
	if (party.casefile.is_isolated) return OK;
	TRY(workflow_assigned(call, &party_machine, subject_id, "verifier", &verifier));
	if (verifier && text_is(clock, TEXT("fix-check"))) return notice_send(call, verifier, kind, party.ref, party_link(call, &party));
	return is_vendors(call, clock) ? party_tell_vendor(call, &party, kind) : party_tell_coordinator(call, &party, kind);
}

/* ---- The watch */
typedef struct Watch {
	int64_t max, count;
} Watch;

static Error settle_letters(Call *call, Watch *watch)
{
	EndedAttemptRows rows;
	TRY(party_attempt_ended(call, watch->max, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		const EndedAttemptRow *row = &rows.at[i];
		int64_t changed = 0;
		bool arrived = text_is(row->state, TEXT("done"));
		TRY(party_attempt_settle(call, row->id, arrived ? TEXT("delivered") : TEXT("failed"), &changed));
		watch->count += changed;
		if (arrived || !changed) continue;
		Party party;
		TRY(party_read(call, row->party_id, &party));
		TRY(party_tell_coordinator(call, &party, NOTICE_PARTY_FAILED));
	}
	return OK;
}

/* The mail server refuses somebody's address, whatever letter it was: that is an attempt that failed, in each open matter of their vendor. */
static Error tell_unreached(Call *call, Watch *watch)
{
	UnreachedRows rows;
	TRY(party_unreached_new(call, watch->max, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		const UnreachedRow *row = &rows.at[i];
		Party party;
		TRY(party_read(call, row->party_id, &party));
		TRY(party_unreached_insert(call, row->party_id, row->person_id, (Maybe) { 0 }, (Maybe) { true, row->failing_at }));
		TRY(party_log_attempt(call, &party, TEXT("mail"), TEXT("failed"), party_person(call, row->person_id),
			tr(LANG_ZH, N_("The mail server refuses this address.")), 0));
		TRY(party_tell_coordinator(call, &party, NOTICE_PARTY_FAILED));
		watch->count++;
	}
	return OK;
}

static const char *next_step(const PartyRow *row)
{
	if (text_is(row->state, TEXT("NOTIFIED"))) return "contact";
	if (text_is(row->step, TEXT("vendor"))) return "partner";
	return text_is(row->step, TEXT("partner")) ? "authority" : "give-up";
}

static Error walk_steps(Call *call, Watch *watch)
{
	PartyRows rows;
	TRY(party_silent(call, watch->max, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		Party party;
		Matter matter;
		TRY(party_of_row(call, &rows.at[i], &party));
		party_matter(&party, &matter);
		Act act = { .action = text_from(next_step(&rows.at[i])), .input = map_new(call->arena) };
		TRY(workflow_apply(call, &party_machine, &matter, &act));
		watch->count++;
	}
	return OK;
}

enum { TOLD_BEFORE = 1, TOLD_OVER = 2 };

static Error tell_duties(Call *call, Watch *watch, int64_t until, int64_t told)
{
	PartyRows rows;
	TRY(party_duty_near(call, until, told, watch->max, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		Party party;
		int64_t changed = 0;
		TRY(party_duty_tell(call, rows.at[i].id, told, &changed));
		watch->count += changed;
		if (!changed) continue;
		TRY(party_of_row(call, &rows.at[i], &party));
		TRY(party_tell_vendor(call, &party, NOTICE_PARTY_DUTY));
		if (told == TOLD_OVER) TRY(party_tell_coordinator(call, &party, NOTICE_DEADLINE));
	}
	return OK;
}

static Error watch_all(Call *call, void *argument)
{
	Watch *watch = argument;
	watch->count = 0;
	TRY(settle_letters(call, watch));
	TRY(tell_unreached(call, watch));
	TRY(walk_steps(call, watch));
	TRY(tell_duties(call, watch, call->now, TOLD_OVER));
	return tell_duties(call, watch, call->now + setting_int(call, SETTING_duty_warning_hours) * 3600 * 1000, TOLD_BEFORE);
}

Error party_watch(Call *call, int64_t max, int64_t *out_count)
{
	Watch watch = { .max = max };
	TRY(db_transact(call, watch_all, &watch));
	*out_count = watch.count;
	return OK;
}
