#include "subject/casefile/trusted_time.h"

#include "base/base/clock.h"
#include "store/db/db.h"
#include "store/ledger/ledger.h"
#include "subject/casefile/gate.sql.h"

#include <fcntl.h>
#include <unistd.h>

enum { HOUR_MS = 3600000, BOOT_ID_BYTES = 64 };
static const int64_t FORGET_MS = (int64_t)30 * 24 * HOUR_MS;

Error trusted_time_read(Call *call, TimeReading *out)
{
	char boot[BOOT_ID_BYTES];
	int file = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC);
	ssize_t length = file < 0 ? -1 : read(file, boot, sizeof(boot));
	if (file >= 0) close(file);
	if (length <= 0) return fail(call, IO, "the boot id cannot be read");
	*out = (TimeReading) { clock_wall(), clock_monotonic(), text_trim(arena_copy(call->arena, (Text) { boot, (size_t)length })) };
	return OK;
}

static bool is_far(int64_t a, int64_t b) { return a > b ? a - b > HOUR_MS : b - a > HOUR_MS; }

static const char *jump_of(const TimeReading *reading, const TimeStateRow *state, const TimeNodeRow *node)
{
	if (node && is_far(reading->wall - node->wall_at, reading->boot_ms - node->boot_ms))
		return N_("The wall clock jumped by over an hour against the boot clock.");
	if (is_far(reading->wall, state->highest_at)) return N_("The wall clock is over an hour away from the last time that was kept.");
	return NULL;
}

static Error keep(Call *call, void *argument)
{
	const TimeReading *reading = argument;
	TimeStateRow state;
	TimeNodeRow node;
	bool known = false, met = false;
	TRY(time_state_find(call, &state, &known));
	TRY(time_node_find(call, reading->node, &node, &met));
	if (known && state.stopped_at.is) return OK; /* only an operator starts it again */
	const char *jump = known ? jump_of(reading, &state, met ? &node : NULL) : NULL;
	if (jump) {
		LedgerEvent event = { .kind = "time", .ref = TEXT("clock"), .action = "stop" };
		TRY(ledger_record(call, &event, NULL));
		return time_state_put(call, state.highest_at, (Maybe) { true, reading->wall }, text_from(jump));
	}
	int64_t highest = known && state.highest_at > reading->wall ? state.highest_at : reading->wall, forgotten;
	TRY(time_state_put(call, highest, (Maybe) { 0 }, (Text) { 0 }));
	TRY(time_node_forget(call, highest - FORGET_MS, &forgotten));
	if (met) return OK; /* the first reading of this boot stays the measure, so that many small steps add up */
	return time_node_put(call, reading->node, reading->wall, reading->boot_ms);
}

Error trusted_time_keep(Call *call, const TimeReading *reading)
{
	TimeReading copy = *reading;
	return db_transact(call, keep, &copy);
}

static Error confirm(Call *call, void *argument)
{
	const TimeReading *reading = argument;
	LedgerEvent event = { .kind = "time", .ref = TEXT("clock"), .action = "confirm" };
	TRY(time_state_put(call, reading->wall, (Maybe) { 0 }, (Text) { 0 }));
	TRY(time_node_put(call, reading->node, reading->wall, reading->boot_ms));
	return ledger_record(call, &event, NULL);
}

Error trusted_time_confirm(Call *call, const TimeReading *reading)
{
	TimeReading copy = *reading;
	return db_transact(call, confirm, &copy);
}

Error trusted_time_state(Call *call, TrustedTime *out)
{
	TimeStateRow state;
	bool known = false;
	TRY(time_state_find(call, &state, &known));
	*out = known ? (TrustedTime) { state.highest_at, state.stopped_at.is ? state.stopped_at.value : 0,
		state.reason.at ? state.reason : TEXT("") }
		     : (TrustedTime) { 0 };
	return OK;
}

Error trusted_time(Call *call, int64_t *out_at)
{
	TrustedTime state;
	TRY(trusted_time_state(call, &state));
	*out_at = call->now < state.highest_at ? call->now : state.highest_at;
	return OK;
}
