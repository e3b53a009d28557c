#include "people/person/person_private.h"

Text totp_place_row(Arena *arena, int64_t person_id) { return arena_printf(arena, "%lld", (long long)person_id); }

Error factor_exists(Call *call, int64_t person_id, bool *out_has)
{
	TotpRow totp;
	PasskeyRows passkeys;
	bool found = false;
	TRY(totp_find(call, person_id, &totp, &found));
	TRY(passkey_rows(call, person_id, &passkeys));
	*out_has = (found && totp.confirmed_at.is) || passkeys.count > 0;
	return OK;
}

static Error open_secret(Call *call, const TotpRow *row, Text *out)
{
	return seal_open(call, "person_totp|sealed_secret", totp_place_row(call->arena, row->person_id), row->sealed_secret, out);
}

static Text recovery_value(Call *call, int64_t person_id, Text code)
{
	return seal_lookup(call, "recovery code",
		arena_printf(call->arena, "%lld:%.*s", (long long)person_id, TEXT_ARGS(recovery_code_fold(call->arena, code))));
}

Error factor_check_code(Call *call, int64_t person_id, Text code)
{
	TotpRow row;
	bool found = false;
	int64_t changed = 0, step = 0;
	Text secret, plain = recovery_code_fold(call->arena, code);
	TRY(totp_find(call, person_id, &row, &found));
	if (found && row.confirmed_at.is) {
		TRY(open_secret(call, &row, &secret));
		if (totp_verify(secret, plain, call->now, row.last_step, &step)) {
			TRY(totp_use(call, person_id, step, &changed)); /* of two at once, one changes the row */
			if (changed == 1) return OK;
		}
	}
	TRY(recovery_use(call, person_id, recovery_value(call, person_id, code), call->now, &changed));
	return changed == 1 ? OK : fail(call, UNAUTHENTICATED, "wrong or used code");
}

Error recovery_make(Call *call, int64_t person_id, Texts *out_codes)
{
	Texts codes = { 0 };
	TRY(recovery_remove(call, person_id));
	for (int i = 0; i < RECOVERY_CODES; i++) {
		Text code = recovery_code_new(call->arena);
		TRY(recovery_insert(call, person_id, recovery_value(call, person_id, code), call->now));
		list_add(call->arena, &codes, code);
	}
	*out_codes = codes;
	return OK;
}

Error factor_state(Call *call, FactorState *out)
{
	FactorState state = { 0 };
	TotpRow totp;
	PasskeyRows passkeys;
	Numbers left;
	uint32_t roles = 0;
	TRY(person_is_self(call));
	TRY(totp_find(call, call->actor->person_id, &totp, &state.has_totp));
	state.has_totp = state.has_totp && totp.confirmed_at.is;
	TRY(recovery_left(call, call->actor->person_id, &left));
	TRY(passkey_rows(call, call->actor->person_id, &passkeys));
	TRY(role_of(call, call->actor->person_id, &roles));
	state.recovery_left = (int)left.count;
	state.is_required = (roles & ROLE_NEEDS_FACTOR) != 0;
	state.passkey_count = passkeys.count;
	state.passkeys = arena_alloc(call->arena, sizeof(*state.passkeys) * (passkeys.count + 1));
	for (size_t i = 0; i < passkeys.count; i++) {
		const PasskeyRow *row = &passkeys.at[i];
		state.passkeys[i] = (struct PasskeyInfo) { row->ref, row->name, row->created_at, row->last_used_at.value };
	}
	*out = state;
	return OK;
}

/* Whoever has a factor changes factors only in a session that passed one. */
static Error may_change_factors(Call *call)
{
	bool has = false;
	TRY(person_is_self(call));
	TRY(factor_exists(call, call->actor->person_id, &has));
	return !has || call->actor->second_factor ? OK : fail(call, SECOND_FACTOR, "factors change only after one was passed");
}

/* ---- Time codes */
typedef struct FactorChange {
	Text secret, code, token, fresh, name, challenge, ref;
	Texts codes;
	const PasskeyAnswer *answer;
} FactorChange;

static Error begin_totp(Call *call, void *argument)
{
	const FactorChange *change = argument;
	Person person;
	Sealed sealed;
	int64_t changed = 0;
	TRY(person_find(call, call->actor->person_id, &person));
	TRY(seal_close(
		call, person.seal_key, "person_totp|sealed_secret", totp_place_row(call->arena, person.id), change->secret, &sealed));
	TRY(totp_put(call, person.id, sealed, &changed));
	return changed == 1 ? OK : fail(call, CONFLICT, "time codes are switched on already");
}

Error factor_totp_begin(Call *call, Text password, Text *out_secret)
{
	FactorChange change = { .secret = totp_secret_new(call->arena) };
	TRY(may_change_factors(call));
	TRY(password_confirm(call, password));
	TRY(db_transact(call, begin_totp, &change));
	*out_secret = change.secret;
	return OK;
}

Error factor_totp_pending(Call *call, Text *out_secret)
{
	TotpRow row;
	bool found = false;
	TRY(person_is_self(call));
	TRY(totp_find(call, call->actor->person_id, &row, &found));
	if (!found || row.confirmed_at.is) return fail(call, NOT_FOUND, "no time code waits to be switched on");
	return open_secret(call, &row, out_secret);
}

/* Recovery codes come with the first factor, and this session counts as having passed it. */
static Error finish_factor(Call *call, FactorChange *change, bool is_first)
{
	if (is_first) TRY(recovery_make(call, call->actor->person_id, &change->codes));
	TRY(session_end_others(call, call->actor->person_id, call->actor->session_id, call->now));
	return session_renew(call, call->actor->session_id, change->token, true, &change->fresh);
}

static Error confirm_totp(Call *call, void *argument)
{
	FactorChange *change = argument;
	Text secret;
	int64_t step = 0, changed = 0;
	bool had = false;
	TRY(factor_exists(call, call->actor->person_id, &had));
	TRY(factor_totp_pending(call, &secret));
	if (!totp_verify(secret, recovery_code_fold(call->arena, change->code), call->now, 0, &step))
		call_problem(call, TEXT("code"), N_("This is not the code your app shows now. Please check the clock of your device."),
			(Text) { 0 });
	TRY(call_check_problems(call));
	TRY(totp_confirm(call, call->actor->person_id, step, call->now, &changed));
	if (changed != 1) return fail(call, CONFLICT, "switched on meanwhile");
	return finish_factor(call, change, !had);
}

Error factor_totp_confirm(Call *call, Text code, Text token, Texts *out_codes, Text *out_token)
{
	FactorChange change = { .code = code, .token = token };
	TRY(may_change_factors(call));
	TRY(db_transact(call, confirm_totp, &change));
	*out_codes = change.codes;
	*out_token = change.fresh;
	return OK;
}

static Error make_codes(Call *call, void *argument)
{
	FactorChange *change = argument;
	return recovery_make(call, call->actor->person_id, &change->codes);
}

Error factor_recovery_new(Call *call, Text password, Texts *out_codes)
{
	FactorChange change = { 0 };
	bool has = false;
	TRY(may_change_factors(call));
	TRY(factor_exists(call, call->actor->person_id, &has));
	if (!has) return fail(call, CONFLICT, "there is no second factor to recover");
	TRY(password_confirm(call, password));
	TRY(db_transact(call, make_codes, &change));
	*out_codes = change.codes;
	return OK;
}

/* Without any factor the recovery codes mean nothing and go too; all sessions but this end. */
static Error after_removal(Call *call)
{
	bool has = false;
	TRY(factor_exists(call, call->actor->person_id, &has));
	if (!has) TRY(recovery_remove(call, call->actor->person_id));
	return session_end_others(call, call->actor->person_id, call->actor->session_id, call->now);
}

static Error remove_totp(Call *call, void *argument)
{
	const FactorChange *change = argument;
	TRY(factor_check_code(call, call->actor->person_id, change->code));
	TRY(totp_remove(call, call->actor->person_id));
	return after_removal(call);
}

Error factor_totp_remove(Call *call, Text password, Text code)
{
	FactorChange change = { .code = code };
	TRY(may_change_factors(call));
	TRY(password_confirm(call, password));
	Attempt attempt = attempt_of(call, "factor", arena_printf(call->arena, "%lld", (long long)call->actor->person_id), (Text) { 0 });
	TRY(attempt_begin(call, &attempt));
	return db_transact(call, remove_totp, &change);
}

/* ---- Security keys */
enum { CHALLENGE_SECONDS = 120, NONCE_BYTES = 16, TIME_BYTES = 8, CHALLENGE_BYTES = NONCE_BYTES + TIME_BYTES + 32 };

static Digest challenge_mac(Call *call, ChallengeKind kind, int64_t person_id, Text head)
{
	Key key = seal_key(call, "passkey challenge");
	char letter = (char)kind;
	Text parts[] = { { &letter, 1 }, totp_place_row(call->arena, person_id), head };
	Digest digest = mac_of(&key, parts, COUNT(parts));
	key_wipe(&key);
	return digest;
}

/* Random, time of expiry, and a keyed value of both: nothing is stored until it is used. */
Text passkey_challenge(Call *call, ChallengeKind kind, int64_t person_id)
{
	char *at = arena_alloc(call->arena, CHALLENGE_BYTES);
	int64_t expires_at = call->now + (int64_t)CHALLENGE_SECONDS * 1000;
	Key nonce = key_random();
	memcpy(at, nonce.at, NONCE_BYTES);
	for (int i = 0; i < TIME_BYTES; i++) at[NONCE_BYTES + i] = (char)(expires_at >> (56 - 8 * i));
	Digest digest = challenge_mac(call, kind, person_id, (Text) { at, NONCE_BYTES + TIME_BYTES });
	memcpy(at + NONCE_BYTES + TIME_BYTES, digest.at, sizeof(digest.at));
	return (Text) { at, CHALLENGE_BYTES };
}

Error challenge_use(Call *call, ChallengeKind kind, int64_t person_id, Text challenge)
{
	int64_t expires_at = 0, changed = 0;
	if (challenge.length != CHALLENGE_BYTES) return fail(call, UNAUTHENTICATED, "not a challenge of ours");
	Digest digest = challenge_mac(call, kind, person_id, text_slice(challenge, 0, NONCE_BYTES + TIME_BYTES));
	if (!secret_is(DIGEST_TEXT(digest), text_slice(challenge, NONCE_BYTES + TIME_BYTES, CHALLENGE_BYTES)))
		return fail(call, UNAUTHENTICATED, "not a challenge of ours for this");
	for (int i = 0; i < TIME_BYTES; i++) expires_at = expires_at * 256 + (unsigned char)challenge.at[NONCE_BYTES + i];
	if (expires_at <= call->now) return fail(call, UNAUTHENTICATED, "the challenge expired");
	TRY(challenge_take(call, challenge, expires_at, &changed));
	return changed == 1 ? OK : fail(call, UNAUTHENTICATED, "the challenge was answered before");
}

Error passkey_ids(Call *call, int64_t person_id, Texts *out_credential_ids)
{
	PasskeyRows rows;
	Texts ids = { 0 };
	TRY(passkey_rows(call, person_id, &rows));
	for (size_t i = 0; i < rows.count; i++) list_add(call->arena, &ids, rows.at[i].credential_id);
	*out_credential_ids = ids;
	return OK;
}

Error passkey_accept(Call *call, const PasskeyRow *row, ChallengeKind kind, Text challenge, const PasskeyAnswer *answer)
{
	RelyingParty party = relying_party_of(call->house->public_address);
	Passkey passkey = {
		.id = row->credential_id, .algorithm = (int)row->algorithm, .public_key = row->public_key, .counter = row->counter
	};
	int64_t counter = 0, changed = 0;
	TRY(challenge_use(call, kind, kind == CHALLENGE_LOGIN ? 0 : row->person_id, challenge));
	if (passkey_verify(call, &party, challenge, answer, &passkey, kind == CHALLENGE_LOGIN, &counter) != OK) {
		Text why = call->failure.detail;
		call_recover(call);
		return fail(call, UNAUTHENTICATED, "%.*s", TEXT_ARGS(why));
	}
	TRY(passkey_use(call, row->id, row->counter, counter, call->now, &changed));
	return changed == 1 ? OK : fail(call, UNAUTHENTICATED, "the security key answered twice at once");
}

static Error add_passkey(Call *call, void *argument)
{
	FactorChange *change = argument;
	RelyingParty party = relying_party_of(call->house->public_address);
	Passkey passkey;
	PasskeyRow known;
	bool found = false, had = false;
	TRY(challenge_use(call, CHALLENGE_CREATE, call->actor->person_id, change->challenge));
	TRY(passkey_verify_new(call, &party, change->challenge, change->answer, &passkey));
	TRY(passkey_find(call, passkey.id, &known, &found));
	if (found) return fail(call, CONFLICT, "this security key is registered already");
	TRY(factor_exists(call, call->actor->person_id, &had));
	TRY(passkey_insert(call, token_new(call->arena, 16), call->actor->person_id, passkey.id, passkey.algorithm, passkey.public_key,
		passkey.counter, change->name, call->now));
	return finish_factor(call, change, !had);
}

Error passkey_add(
	Call *call, Text password, Text name, Text challenge, const PasskeyAnswer *answer, Text token, Texts *out_codes, Text *out_token)
{
	FactorChange change = { .name = text_trim(name), .challenge = challenge, .answer = answer, .token = token };
	TRY(may_change_factors(call));
	if (change.name.length == 0) call_problem(call, TEXT("name"), N_("Please give the security key a name."), (Text) { 0 });
	TRY(call_check_problems(call));
	TRY(password_confirm(call, password));
	TRY(db_transact(call, add_passkey, &change));
	*out_codes = change.codes;
	*out_token = change.fresh;
	return OK;
}

static Error drop_passkey(Call *call, void *argument)
{
	const FactorChange *change = argument;
	int64_t changed = 0;
	TRY(passkey_remove(call, call->actor->person_id, change->ref, &changed));
	if (changed != 1) return fail(call, NOT_FOUND, "no such security key of this person");
	return after_removal(call);
}

Error passkey_drop(Call *call, Text password, Text ref)
{
	FactorChange change = { .ref = ref };
	TRY(may_change_factors(call));
	TRY(password_confirm(call, password));
	return db_transact(call, drop_passkey, &change);
}

static Error reset_factors(Call *call, void *argument)
{
	const Text *ref = argument;
	PersonRow row;
	bool found = false;
	TRY(person_row_by_ref(call, *ref, &row, &found));
	if (!found) return fail(call, NOT_FOUND, "no such person");
	TRY(totp_remove(call, row.id));
	TRY(passkey_remove_all(call, row.id));
	TRY(recovery_remove(call, row.id));
	TRY(person_record(call, row.ref, "reset-factors", (Text) { 0 }));
	return account_end_everything(call, row.id);
}

Error factor_reset(Call *call, Text ref)
{
	if (!actor_has(call->actor, ROLE_SYSTEM)) return fail(call, FORBIDDEN, "second factors are reset on the machine only");
	return db_transact(call, reset_factors, &ref);
}
