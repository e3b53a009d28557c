/* What the actions of the machine change, and what happens as time passes. */
#include "people/person/person.h"
#include "store/seal/seal.h"
#include "store/setting/setting.h"
#include "subject/dispute/dispute_private.h"
#include "work/absence/absence.h"

enum { DAY_MS = 86400000 };

static bool is(const Transition *row, const char *action) { return !strcmp(row->action, action); }

/* ---- The machine */
Error dispute_machine_load(Call *call, Text ref, Matter *out)
{
	Dispute dispute;
	TRY(dispute_open(call, ref, &dispute));
	dispute_matter(&dispute, out);
	return OK;
}

Error dispute_machine_move(Call *call, const Matter *matter, Text to, int64_t *out_changed)
{
	return dispute_move(call, matter->id, matter->state, to, matter->revision, call->now, out_changed);
}

/* ---- Telling */
Error dispute_tell_appellant(Call *call, const Dispute *dispute, NoticeKind kind)
{
	Numbers people;
	Text link = dispute_link(call, dispute);
	if (!dispute->party_id) return report_tell_reporter(call, dispute->report_id, kind, dispute->ref, link);
	if (dispute->person_id) return notice_send(call, dispute->person_id, kind, dispute->ref, link);
	TRY(org_admins(call, dispute->organisation_id, &people));
	for (size_t i = 0; i < people.count; i++) TRY(notice_send(call, people.at[i], kind, dispute->ref, link));
	return OK;
}

static Error tell_office(Call *call, const Dispute *dispute, NoticeKind kind)
{
	return notice_send_role(call, ROLE_COORDINATOR, kind, dispute->ref, dispute_link(call, dispute));
}

/* Whoever has a seat is told that it is over, and can read nothing of it from then on. */
static Error tell_seats(Call *call, const Dispute *dispute)
{
	DisputeSeatRows rows;
	TRY(dispute_seat_rows(call, dispute->id, &rows));
	for (size_t i = 0; i < rows.count; i++)
		TRY(notice_send(call, rows.at[i].person_id, NOTICE_DISPUTE_MOVED, dispute->ref, TEXT("/disputes/seats")));
	return OK;
}

/* ---- What each action changes */
Error dispute_carry_out(Call *call, const Dispute *dispute, const char *who, const Map *values)
{
	bool moved = false;
	if (text_is(dispute->against, TEXT("rating"))) return casefile_rate_anew(call, dispute->casefile_id, who, values, &moved);
	if (text_is(dispute->against, TEXT("named"))) return party_set_aside(call, dispute->party_id, dispute->ref, &moved);
	return report_set_aside(call, dispute->report_id, dispute->ref, &moved);
}

static Error store_answer(Call *call, const Dispute *dispute, const Map *values)
{
	Sealed answer;
	TRY(seal_close(call, dispute->seal_key, "dispute|sealed_answer", dispute->ref, form_answer(values, "answer"), &answer));
	return dispute_store_answer(call, dispute->id, call->actor->person_id, answer, call->now);
}

static Error answer(Call *call, Matter *matter, Dispute *dispute, const Map *values)
{
	(void)matter;
	TRY(store_answer(call, dispute, values));
	return dispute_tell_appellant(call, dispute, NOTICE_DISPUTE_ANSWERED);
}

static Error grant(Call *call, Matter *matter, Dispute *dispute, const Map *values)
{
	TRY(answer(call, matter, dispute, values));
	TRY(dispute_store_end(call, dispute->id, TEXT("set-aside"), false, call->now));
	return dispute_carry_out(call, dispute, "appeal", values);
}

static Error accept(Call *call, Matter *matter, Dispute *dispute, const Map *values)
{
	(void)matter, (void)values;
	TRY(dispute_store_end(call, dispute->id, TEXT("upheld"), false, call->now));
	return tell_office(call, dispute, NOTICE_DISPUTE_MOVED);
}

static Error ask_panel(Call *call, Matter *matter, Dispute *dispute, const Map *values)
{
	Sealed request;
	Text size = setting_text(call, SETTING_dispute_panel_size);
	if (!text_to_int(size, &dispute->panel_size)) return fail(call, CONFIG, "dispute_panel_size");
	TRY(seal_close(call, dispute->seal_key, "dispute|sealed_request", dispute->ref, form_answer(values, "request"), &request));
	TRY(dispute_store_request(call, dispute->id, dispute->panel_size, request));
	TRY(panel_fill(call, dispute, &matter->detail));
	return tell_office(call, dispute, NOTICE_DISPUTE_MOVED);
}

static Error undertake(Call *call, Matter *matter, Dispute *dispute, const Map *values)
{
	int64_t changed = 0;
	(void)matter, (void)values;
	TRY(dispute_seat_sign(call, dispute->id, call->actor->person_id, call->now, &changed));
	return changed == 1 ? OK : fail(call, CONFLICT, "the undertaking is signed");
}

/* Nothing of a vote stands anywhere but in its seat until all are opened. */
static Error vote(Call *call, Matter *matter, Dispute *dispute, const Map *values)
{
	const char *form = text_is(dispute->against, TEXT("rating")) ? "dispute-vote-rating" : "dispute-vote";
	matter->detail = (Text) { 0 };
	return panel_vote(call, dispute, dispute_action_form(form), values);
}

static Error decline(Call *call, Matter *matter, Dispute *dispute, const Map *values)
{
	Text drawn;
	(void)values;
	TRY(panel_leave(call, dispute));
	TRY(panel_fill(call, dispute, &drawn));
	Text parts[] = { matter->detail, drawn };
	matter->detail = arena_join(call->arena, parts, COUNT(parts), TEXT("\n"));
	return OK;
}

static Error draw(Call *call, Matter *matter, Dispute *dispute, const Map *values)
{
	(void)values;
	return panel_fill(call, dispute, &matter->detail);
}

/* From now on, however late it is noticed. */
static Error give_time(Call *call, const Dispute *dispute)
{
	ClockView clock;
	TRY(workflow_clock_of(call, &dispute_machine, dispute->id, &clock));
	int64_t late = clock.due_at < call->now ? (call->now - clock.due_at) / DAY_MS : 0;
	return workflow_clock_extend(call, &dispute_machine, dispute->id, (int)(setting_int(call, SETTING_dispute_panel_days) + late));
}

static Error renew(Call *call, Matter *matter, Dispute *dispute, const Map *values)
{
	(void)values;
	TRY(give_time(call, dispute));
	TRY(panel_replace_silent(call, dispute));
	TRY(panel_fill(call, dispute, &matter->detail));
	return dispute_tell_appellant(call, dispute, NOTICE_DISPUTE_MOVED);
}

static Error decide(Call *call, Matter *matter, Dispute *dispute, const Map *values)
{
	PanelDecision decision;
	(void)values;
	TRY(panel_decide(call, dispute, &decision));
	matter->detail = decision.detail;
	TRY(dispute_store_end(call, dispute->id, decision.outcome, decision.is_tie, call->now));
	if (text_is(decision.outcome, TEXT("set-aside"))) TRY(dispute_carry_out(call, dispute, "expert", decision.rating));
	TRY(dispute_tell_appellant(call, dispute, NOTICE_DISPUTE_DECIDED));
	TRY(tell_seats(call, dispute));
	return tell_office(call, dispute, NOTICE_DISPUTE_DECIDED);
}

/* Its matter is gone: whoever had a seat is not told why it is not there any more. */
static Error gone(Call *call, Matter *matter, Dispute *dispute, const Map *values)
{
	(void)values;
	matter->seal_key = 0;
	return dispute_store_end(call, dispute->id, TEXT(""), false, call->now);
}

static Error end(Call *call, Matter *matter, Dispute *dispute, const Map *values)
{
	(void)matter, (void)values;
	TRY(dispute_store_end(call, dispute->id, TEXT(""), false, call->now));
	return text_is(dispute->state, TEXT("PANEL")) ? tell_seats(call, dispute) : OK;
}

static const struct {
	const char *action;
	Error (*change)(Call *call, Matter *matter, Dispute *dispute, const Map *values);
} changes[] = { { "answer", answer }, { "grant", grant }, { "grant-rating", grant }, { "accept", accept }, { "panel", ask_panel },
	{ "undertake", undertake }, { "vote", vote }, { "vote-rating", vote }, { "decline", decline }, { "draw", draw }, { "renew", renew },
	{ "decide", decide }, { "withdraw", end }, { "lapse", end }, { "end", gone } };

Error dispute_machine_applied(Call *call, Matter *matter, const Transition *row, const void *input)
{
	Dispute dispute;
	const Form *form = dispute_action_form(row->form);
	if (form) {
		TRY(form_check(call, form, input));
		matter->detail = form_values_text(call->arena, form, input);
	}
	TRY(dispute_read(call, matter->id, &dispute));
	dispute.state = matter->state; /* as it was */
	for (size_t i = 0; i < COUNT(changes); i++)
		if (is(row, changes[i].action)) return changes[i].change(call, matter, &dispute, input);
	return OK;
}

/* ---- What the system does: in the transaction of the last vote, or when time is over */
static Error act_as_system(Call *call, int64_t id, const char *action)
{
	Dispute dispute;
	Matter matter;
	const Actor *actor = call->actor;
	call->actor = &actor_system;
	Error error = dispute_read(call, id, &dispute);
	if (error == OK) {
		dispute_matter(&dispute, &matter);
		error = workflow_apply(
			call, &dispute_machine, &matter, &(Act) { .action = text_from(action), .input = map_new(call->arena) });
	}
	call->actor = actor;
	return error;
}

static bool system_may(const Dispute *dispute, const char *action)
{
	Matter matter;
	Error error = OK;
	const char *why = NULL;
	dispute_matter(dispute, &matter);
	return workflow_row(&dispute_machine, &matter, &actor_system, text_from(action), &error, &why) != NULL;
}

static Error go_on(Call *call, int64_t id, bool *out_moved)
{
	static const char *const actions[] = { "decide", "renew", "lapse" };
	Dispute dispute;
	*out_moved = false;
	TRY(dispute_read(call, id, &dispute));
	for (size_t i = 0; !*out_moved && i < COUNT(actions); i++) {
		if (!system_may(&dispute, actions[i])) continue;
		TRY(act_as_system(call, id, actions[i]));
		*out_moved = true;
	}
	return OK;
}

typedef struct Acting {
	Text ref;
	const Act *act;
} Acting;

static Error act_and_open(Call *call, void *argument)
{
	const Acting *acting = argument;
	Matter matter;
	Dispute dispute;
	TRY(workflow_act(call, &dispute_machine, acting->ref, acting->act, &matter));
	if (!text_starts(acting->act->action, TEXT("vote"))) return OK;
	TRY(dispute_read(call, matter.id, &dispute));
	return system_may(&dispute, "decide") ? act_as_system(call, matter.id, "decide") : OK;
}

Error dispute_act(Call *call, Text ref, Text action, int64_t revision, const Map *values)
{
	Act act = { .action = action, .revision = revision, .input = values ? values : map_new(call->arena) };
	Acting acting = { ref, &act };
	return db_transact(call, act_and_open, &acting);
}

typedef struct Advancing {
	int64_t max, count;
} Advancing;

static Error advance(Call *call, void *argument)
{
	Advancing *advancing = argument;
	Numbers due;
	advancing->count = 0;
	TRY(dispute_due(call, call->now, advancing->max, &due));
	for (size_t i = 0; i < due.count; i++) {
		bool moved = false;
		TRY(go_on(call, due.at[i], &moved));
		advancing->count += moved;
	}
	return OK;
}

Error dispute_advance(Call *call, int64_t max, int64_t *out_count)
{
	Advancing advancing = { .max = max };
	TRY(db_transact(call, advance, &advancing));
	*out_count = advancing.count;
	return OK;
}

Error dispute_deadline(Call *call, int64_t subject_id, bool is_over, bool is_today)
{
	Dispute dispute;
	DisputeSeatRows rows;
	NoticeKind kind = is_over ? NOTICE_DEADLINE_OVER : is_today ? NOTICE_DEADLINE_TODAY : NOTICE_DEADLINE;
	int64_t roles = 0;
	bool is_read = false;
	TRY(dispute_is_read(call, subject_id, &roles, &is_read));
	if (!is_read) return OK; /* isolated: nobody acts, and nobody is told */
	TRY(dispute_read(call, subject_id, &dispute));
	if (text_is(dispute.state, TEXT("APPEALED"))) return tell_office(call, &dispute, kind);
	if (text_is(dispute.state, TEXT("ANSWERED"))) return dispute_tell_appellant(call, &dispute, kind);
	TRY(dispute_seat_rows(call, dispute.id, &rows));
	for (size_t i = 0; i < rows.count; i++)
		if (!rows.at[i].voted_at.is) TRY(notice_send(call, rows.at[i].person_id, kind, dispute.ref, dispute_link(call, &dispute)));
	return is_over ? tell_office(call, &dispute, kind) : OK;
}
