#include "people/person/person_private.h"

Attempt attempt_of(Call *call, const char *purpose, Text account, Text address)
{
	Attempt attempt = { 0 };
	if (account.length > 0) {
		Text named = arena_printf(call->arena, "%s:%.*s", purpose, TEXT_ARGS(arena_lower(call->arena, text_trim(account))));
		attempt.account = seal_lookup(call, "login failure", named);
	}
	if (address.length > 0)
		attempt.address = seal_lookup(call, "login failure", arena_printf(call->arena, "address:%.*s", TEXT_ARGS(address)));
	return attempt;
}

static Error count_one(Call *call, LockSubject subject, Text value)
{
	int64_t failures = 0, last_at = 0;
	bool found = false;
	if (value.at == NULL) return OK;
	TRY(failure_find(call, value, &failures, &last_at, &found));
	if (found && call->now - last_at > (int64_t)LOCK_FORGET_SECONDS * 1000) failures = 0;
	int64_t wait = last_at + lock_seconds(subject, failures) * 1000 - call->now;
	if (found && failures > 0 && wait > 0) {
		call->failure.retry_after_seconds = (int)((wait + 999) / 1000);
		return fail(call, TOO_MANY, "%lld failures before", (long long)failures);
	}
	return failure_put(call, value, failures + 1, call->now);
}

static Error count(Call *call, void *argument)
{
	const Attempt *attempt = argument;
	TRY(count_one(call, LOCK_ADDRESS, attempt->address));
	return count_one(call, LOCK_ACCOUNT, attempt->account);
}

Error attempt_begin(Call *call, const Attempt *attempt)
{
	Attempt copy = *attempt;
	return db_transact(call, count, &copy);
}

Error attempt_good(Call *call, const Attempt *attempt)
{
	if (attempt->account.at) TRY(failure_clear(call, attempt->account));
	return attempt->address.at ? failure_forgive(call, attempt->address) : OK;
}
