/* The secret address of a person's calendar: it opens deadlines and nothing else, until it is renewed, revoked, or the account ends. */
#include "people/person/person_private.h"

enum { CALENDAR_SEEN_EVERY_MS = 60000 };

static Error renew(Call *call, void *argument)
{
	const Text *token = argument;
	return calendar_key_put(call, call->actor->person_id, secret_digest(call, *token), call->actor->second_factor, call->now);
}

Error calendar_key_renew(Call *call, Text *out_token)
{
	Text token = token_new(call->arena, 32);
	bool has_factor = false;
	TRY(person_is_self(call));
	TRY(factor_exists(call, call->actor->person_id, &has_factor));
	if ((has_factor || actor_has(call->actor, ROLE_NEEDS_FACTOR)) && !call->actor->second_factor)
		return fail(call, SECOND_FACTOR, "a calendar address needs the second factor");
	TRY(db_transact(call, renew, &token));
	*out_token = token;
	return OK;
}

static Error revoke(Call *call, void *argument)
{
	(void)argument;
	return calendar_key_end(call, call->actor->person_id);
}

Error calendar_key_revoke(Call *call)
{
	TRY(person_is_self(call));
	return db_transact(call, revoke, NULL);
}

Error calendar_key_info(Call *call, CalendarKey *out)
{
	CalendarKeyRow row = { 0 };
	bool found = false;
	TRY(person_is_self(call));
	TRY(calendar_key_of(call, call->actor->person_id, &row, &found));
	*out = found ? (CalendarKey) { row.created_at, row.last_used_at.is ? row.last_used_at.value : 0 } : (CalendarKey) { 0 };
	return OK;
}

static Error note_used(Call *call, void *argument)
{
	const Text *token = argument;
	return calendar_key_used(call, secret_digest(call, *token), call->now);
}

Error calendar_key_authenticate(Call *call, Text token, Actor *out, Lang *out_lang)
{
	CalendarKeyRow row = { 0 };
	Actor actor = { 0 };
	Lang lang = LANG_ZH;
	bool found = false, has_factor = false;
	TRY(calendar_key_find(call, secret_digest(call, token), &row, &found));
	if (!found) return fail(call, UNAUTHENTICATED, "no such calendar address");
	TRY(factor_exists(call, row.person_id, &has_factor));
	/* as with API tokens: a factor that was taken away opens nothing, but people of a demonstration have none */
	TRY(session_actor(call, row.person_id, row.has_factor && (has_factor || call->house->demo), &actor, &lang));
	actor.roles &= ~(uint32_t)ROLE_ADMINISTRATORS;
	if (!actor.second_factor) actor.roles &= ~(uint32_t)ROLE_NEEDS_FACTOR;
	actor.scopes = SCOPE_REPORT_READ | SCOPE_CASE_READ;
	if (!row.last_used_at.is || call->now - row.last_used_at.value > CALENDAR_SEEN_EVERY_MS) TRY(db_transact(call, note_used, &token));
	*out = actor;
	*out_lang = lang;
	return OK;
}
