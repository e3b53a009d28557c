/* An embargo holds publication until its instant, and never opens early, whatever becomes of the clocks. */
#include "subject/casefile/gate_fixture.h"

static const char EMBARGOED[] = "The embargo has not ended.";

TEST_DB(embargo__holds_publication_until_its_instant_and_the_job_publishes_then)
{
	Gate gate = gate_new(t, "READY");
	int64_t now = t->call->now, end = now + 3 * HOUR;
	gate_tick(&gate, now, 0);
	gate_embargo_until(&gate, end);
	gate_refused(&gate, gate_publish(&gate), EMBARGOED);
	CHECK_OK(t->call, gate_approve(&gate));
	for (int64_t at = now; at + MINUTE * 10 < end; at += MINUTE * 10) {
		gate_tick(&gate, at, at == now ? 0 : MINUTE * 10);
		CHECK_INT(gate_publish_due(&gate), 0);
	}
	gate_tick(&gate, end - 1000, MINUTE * 10 - 1000);
	CHECK_INT(gate_publish_due(&gate), 0);
	gate_stands(&gate, "READY");
	gate_tick(&gate, end, 1000);
	CHECK_INT(gate_publish_due(&gate), 1);
	CHECK_INT(gate_publish_due(&gate), 0);
	gate_stands(&gate, "PUBLISHED");
}

TEST_DB(embargo__without_a_publishers_approval_nothing_happens_at_its_end)
{
	Gate gate = gate_new(t, "READY");
	int64_t now = t->call->now;
	gate_tick(&gate, now, 0);
	gate_embargo_until(&gate, now + MINUTE);
	gate_tick(&gate, now + 2 * MINUTE, 2 * MINUTE);
	CHECK_INT(gate_publish_due(&gate), 0);
	CHECK_OK(t->call, gate_publish(&gate));
}

/* READY, approved, an embargo of three hours; the wall clock jumps. */
static Gate jumped(Test *t, int64_t jump, const char *node_after, int64_t *out_end)
{
	Gate gate = gate_new(t, "READY");
	int64_t now = t->call->now;
	gate_tick(&gate, now, 0);
	gate_embargo_until(&gate, now + 3 * HOUR);
	CHECK_OK(t->call, gate_approve(&gate));
	gate.node = node_after;
	t->call->now = now + jump; /* requests come before the next minute */
	gate_refused(&gate, gate_publish(&gate), EMBARGOED);
	gate_tick(&gate, now + jump, MINUTE);
	CHECK_INT(gate_publish_due(&gate), 0);
	gate_refused(&gate, gate_publish(&gate), EMBARGOED);
	*out_end = now + 3 * HOUR;
	return gate;
}

static void stays_shut_until_confirmed(Gate *gate, int64_t end)
{
	Test *t = gate->t;
	TrustedTime state;
	CHECK_OK(t->call, trusted_time_state(t->call, &state));
	CHECK(state.stopped_at != 0 && state.highest_at < end && state.reason.length > 0);
	gate_tick(gate, end - HOUR, 2 * HOUR - MINUTE); /* set right again, but nobody has said so */
	CHECK_INT(gate_publish_due(gate), 0);
	gate_tick(gate, end + HOUR, 2 * HOUR);
	CHECK_INT(gate_publish_due(gate), 0);
	gate_stands(gate, "READY");
	t->call->now = end + HOUR;
	TimeReading reading = { end + HOUR, gate->boot, text_from(gate->node) };
	CHECK_OK(t->call, trusted_time_confirm(t->call, &reading));
	CHECK_INT(gate_publish_due(gate), 1);
	gate_stands(gate, "PUBLISHED");
}

static void never_early(Test *t, int64_t jump, const char *node_after)
{
	int64_t end = 0;
	Gate gate = jumped(t, jump, node_after, &end);
	stays_shut_until_confirmed(&gate, end);
}

TEST_DB(embargo__never_opens_early_when_the_clock_jumps_ten_years_forth) { never_early(t, 10 * YEAR, "boot-1"); }
TEST_DB(embargo__never_opens_early_when_the_clock_jumps_ten_years_back) { never_early(t, -10 * YEAR, "boot-1"); }
TEST_DB(embargo__never_opens_early_when_the_clock_jumps_four_hours) { never_early(t, 4 * HOUR, "boot-1"); }
TEST_DB(embargo__never_opens_early_after_a_restart_with_a_clock_ten_years_ahead) { never_early(t, 10 * YEAR, "boot-2"); }
TEST_DB(embargo__never_opens_early_after_a_restart_with_a_clock_a_day_ahead) { never_early(t, DAY, "boot-2"); }

TEST_DB(embargo__a_clock_that_creeps_forth_is_caught_too)
{
	Gate gate = gate_new(t, "READY");
	TrustedTime state;
	int64_t now = t->call->now;
	gate_tick(&gate, now, 0);
	/* Half an hour against the boot clock each minute: no single step is over the hour, their sum is. */
	for (int64_t i = 1; i <= 4; i++) gate_tick(&gate, now + i * 30 * MINUTE, MINUTE);
	CHECK_OK(t->call, trusted_time_state(t->call, &state));
	CHECK(state.stopped_at != 0 && state.highest_at <= now + 60 * MINUTE);
}

TEST_DB(embargo__small_steps_of_the_clock_stop_nothing_and_the_highest_time_stays)
{
	Gate gate = gate_new(t, "READY");
	TrustedTime state;
	int64_t now = t->call->now;
	gate_tick(&gate, now, 0);
	gate_tick(&gate, now + 30 * MINUTE, MINUTE);
	gate_tick(&gate, now + 2 * MINUTE, MINUTE); /* back again */
	CHECK_OK(t->call, trusted_time_state(t->call, &state));
	CHECK_INT(state.stopped_at, 0);
	CHECK_INT(state.highest_at, now + 30 * MINUTE);
}

TEST_DB(embargo__without_kept_time_nothing_is_over)
{
	Gate gate = gate_new(t, "READY");
	gate_embargo_until(&gate, t->call->now + MINUTE);
	t->call->now += DAY;
	gate_refused(&gate, gate_publish(&gate), EMBARGOED);
	CHECK_INT(gate_publish_due(&gate), 0);
}

TEST_DB(embargo__ends_at_once_when_the_matter_is_public)
{
	Gate gate = gate_new(t, "READY");
	gate_embargo_until(&gate, t->call->now + 30 * DAY);
	gate_refused(&gate, gate_publish(&gate), EMBARGOED);
	CHECK_OK(t->call, gate_act(&gate, gate.cast.coordinator, "made-public", VALUES(gate.scene, "where", "https://news.example/1")));
	CHECK_ERROR(t->call,
		gate_act(&gate, gate.cast.coordinator, "embargo",
			VALUES(gate.scene, "until", "2026-12-01 10:00", "zone", "Z", "reason", "r")),
		INVALID);
	CHECK_OK(t->call, gate_publish(&gate));
}

TEST_DB(embargo__that_the_matter_is_public_does_not_open_the_rest_of_the_gate)
{
	Gate gate = gate_new(t, "COORDINATING");
	gate_lose_measure(&gate);
	CHECK_OK(t->call, gate_describe(&gate, NULL, NULL));
	CHECK_OK(t->call, gate_act(&gate, gate.cast.coordinator, "made-public", VALUES(gate.scene, "where", "https://news.example/1")));
	gate_refused(&gate, gate_ask(&gate), "The provider's repair measure is missing.");
}

static CasefileEmbargo embargo_of(Gate *gate)
{
	Casefile casefile;
	CasefileEmbargo embargo;
	gate_open_casefile(gate, &casefile);
	CHECK_OK(gate->t->call, casefile_embargo(gate->t->call, casefile.id, casefile.ref, &embargo));
	return embargo;
}

static Error propose(Gate *gate, const char *until, const char *zone)
{
	return gate_act(gate, gate->cast.coordinator, "embargo", VALUES(gate->scene, "until", until, "zone", zone, "reason", "r"));
}

TEST_DB(embargo__is_an_exact_instant_in_every_zone)
{
	Gate gate = gate_new(t, "COORDINATING");
	const char *const same[][2] = { { "2026-12-05 18:00", "+08:00" }, { "2026-12-05 10:00", "Z" }, { "2026-12-05 19:00:00", "+09:00" },
		{ "2026-12-05 15:30", "+05:30" }, { "2026-12-05T05:00", "-05:00" }, { "2026-12-05 02:00", "-08:00" } };
	for (size_t i = 0; i < COUNT(same); i++) {
		CHECK_OK(t->call, propose(&gate, same[i][0], same[i][1]));
		CasefileEmbargo embargo = embargo_of(&gate);
		CHECK_INT(embargo.ends_at, 1796464800000);
		CHECK(text_is(embargo.zone, text_from(same[i][1])) && embargo.holds);
		CHECK_INT(embargo.n, (int64_t)i + 1);
	}
}

TEST_DB(embargo__leap_days_and_seconds_are_never_early)
{
	Gate gate = gate_new(t, "COORDINATING");
	CHECK_OK(t->call, propose(&gate, "2028-02-29 00:00", "Z"));
	CHECK_INT(embargo_of(&gate).ends_at, 1835395200000);
	CHECK_ERROR(t->call, propose(&gate, "2027-02-29 00:00", "Z"), INVALID);
	CHECK_ERROR(t->call, propose(&gate, "2026-13-01 00:00", "Z"), INVALID);
	CHECK_ERROR(t->call, propose(&gate, "2026-12-05 24:30", "Z"), INVALID);
	CHECK_ERROR(t->call, propose(&gate, "2026-12-05", "Z"), INVALID);
	CHECK_ERROR(t->call, propose(&gate, "tomorrow at 10:00", "Z"), INVALID);
	CHECK_ERROR(t->call, propose(&gate, "2026-12-05 10:00", "CST"), INVALID);
	CHECK_ERROR(t->call, propose(&gate, "2020-12-05 10:00", "Z"), INVALID);
	if (propose(&gate, "2026-12-31 23:59:60", "Z") == OK) CHECK(embargo_of(&gate).ends_at >= 1798761599000 + 1000);
	call_recover(t->call);
	CHECK(embargo_of(&gate).holds);
}

TEST_DB(embargo__is_proposed_answered_revised_and_expires)
{
	Gate gate = gate_new(t, "COORDINATING");
	int64_t now = t->call->now;
	gate_tick(&gate, now, 0);
	Map *answer = VALUES(gate.scene, "participant", "示例公司", "answer", "accepted");
	CHECK_ERROR(t->call, gate_act(&gate, gate.cast.coordinator, "embargo-answer", answer), INVALID);
	gate_embargo_until(&gate, now + HOUR);
	CHECK_TEXT(embargo_of(&gate).state, "PROPOSED");
	CHECK_OK(t->call, gate_act(&gate, gate.cast.coordinator, "embargo-answer", answer));
	CHECK_TEXT(embargo_of(&gate).state, "ACCEPTED");
	gate_embargo_until(&gate, now + 30 * MINUTE);
	CasefileEmbargo embargo = embargo_of(&gate);
	CHECK_TEXT(embargo.state, "REVISED");
	CHECK_INT(embargo.answers.count, 1);
	CHECK(embargo.answers.at[0].n == 1 && embargo.n == 2 && text_is(embargo.answers.at[0].participant, TEXT("示例公司")));
	gate_tick(&gate, now + 30 * MINUTE - 1, 30 * MINUTE - 1);
	CHECK(embargo_of(&gate).holds);
	gate_tick(&gate, now + 30 * MINUTE, 1);
	CHECK(!embargo_of(&gate).holds);
	CHECK_TEXT(embargo_of(&gate).state, "EXPIRED");
}

TEST_DB(embargo__publication_at_its_end_asks_the_gate_again)
{
	Gate gate = gate_new(t, "READY");
	int64_t now = t->call->now;
	gate_tick(&gate, now, 0);
	gate_embargo_until(&gate, now + 10 * MINUTE);
	CHECK_OK(t->call, gate_approve(&gate));
	gate_freeze(&gate, now, now + DAY);
	gate_tick(&gate, now + 10 * MINUTE, 10 * MINUTE);
	CHECK_INT(gate_publish_due(&gate), 0);
	CHECK_OK(t->call, gate_act(&gate, gate.cast.publisher, "return", VALUES(gate.scene, "reason", "Wait.")));
	gate_tick(&gate, now + 30 * MINUTE, 20 * MINUTE);
	CHECK_OK(t->call, gate_ask(&gate));
	Freezes periods;
	CHECK_OK(t->call, freeze_list(t->call, 0, 10, &periods));
	CHECK_OK(t->call, freeze_end(t->call, periods.at[0].ref));
	CHECK_INT(gate_publish_due(&gate), 0); /* the return took the approval away */
	gate_stands(&gate, "READY");
}

/* What the publisher declared after the approval counts: it is asked again at the end. */
TEST_DB(gate__publication_by_itself_waits_when_the_approver_has_an_interest_by_then)
{
	Gate gate = gate_new(t, "READY");
	Text ref;
	int64_t now = t->call->now;
	gate_tick(&gate, now, 0);
	gate_embargo_until(&gate, now + 2 * HOUR);
	CHECK_OK(t->call, gate_approve(&gate));
	scene_as(gate.scene, gate.cast.publisher);
	Map *values = VALUES(
		gate.scene, "whose", "me", "kind", "competitor", "credit_code", scene_vendor_code, "from", "2026-01-01", "evidence", "E");
	CHECK_OK(t->call, interest_declare(t->call, values, &ref));
	for (int64_t at = now + 10 * MINUTE; at <= now + 3 * HOUR; at += 10 * MINUTE) gate_tick(&gate, at, 10 * MINUTE);
	CHECK_INT(gate_publish_due(&gate), 0);
	gate_stands(&gate, "READY");
}
