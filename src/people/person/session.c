#include "people/person/person_private.h"

enum { SEEN_EVERY_SECONDS = 60, WAITING_SECONDS = 600, ORIGIN_MAX = 200 };

Text session_origin(Call *call, Text peer_address, Text agent)
{
	Text cut = text_slice(agent, 0, ORIGIN_MAX);
	return arena_printf(call->arena, "%.*s %.*s", TEXT_ARGS(peer_address), TEXT_ARGS(text_is_utf8(cut) ? cut : TEXT("")));
}

Text session_form_token(Arena *arena, Text token)
{
	Digest digest = sha256(arena_printf(arena, "cappvd form token\n%.*s", TEXT_ARGS(token)));
	return base64url_text(arena, DIGEST_TEXT(digest));
}

Error session_open_row(Call *call, const PersonRow *person, bool waits, bool has_factor, Text origin, Text *out_token)
{
	Sealed sealed;
	int64_t id = 0;
	Text token = token_new(call->arena, 32), ref = token_new(call->arena, 16);
	TRY(seal_close(call, person->seal_key, "session|sealed_origin", ref, origin, &sealed));
	TRY(session_insert(
		call, ref, secret_digest(call, token), person->id, (Maybe) { has_factor, call->now }, waits, sealed, call->now, &id));
	*out_token = token;
	return OK;
}

Error session_renew(Call *call, int64_t id, Text token, bool passed_factor, Text *out_token)
{
	int64_t changed = 0;
	Text fresh = token_new(call->arena, 32);
	TRY(session_rotate(
		call, id, secret_digest(call, token), secret_digest(call, fresh), (Maybe) { passed_factor, call->now }, &changed));
	if (changed != 1) return fail(call, UNAUTHENTICATED, "the session ended or got another token meanwhile");
	*out_token = fresh;
	return OK;
}

/* ---- Signing in */
typedef struct Entering {
	PersonRow person;
	PasswordRow password;
	Text fresh_hash, origin, token;
	Attempt attempt;
	bool waits;
} Entering;

static Error enter(Call *call, void *argument)
{
	Entering *entering = argument;
	PasswordRow password;
	bool found = false, has_factor = false;
	TRY(person_row_by_id(call, entering->person.id, &entering->person, &found));
	if (!found || text_is(entering->person.state, TEXT("disabled"))) return fail(call, UNAUTHENTICATED, "disabled meanwhile");
	TRY(password_current(call, entering->person.id, &password, &found));
	if (!found || !text_is(password.hash, entering->password.hash))
		return fail(call, UNAUTHENTICATED, "the password changed meanwhile");
	if (entering->fresh_hash.at) TRY(password_renew(call, password.id, password.hash, entering->fresh_hash));
	TRY(factor_exists(call, entering->person.id, &has_factor));
	entering->waits = has_factor;
	TRY(attempt_good(call, &entering->attempt));
	return session_open_row(call, &entering->person, has_factor, false, entering->origin, &entering->token);
}

Error session_sign_in(Call *call, const SignIn *sign_in, SignedIn *out)
{
	Entering entering = { .origin = session_origin(call, sign_in->peer_address, sign_in->agent) };
	bool known = false, has_password = false;
	entering.attempt = attempt_of(call, "login", sign_in->login, sign_in->peer_address);
	TRY(attempt_begin(call, &entering.attempt));
	TRY(person_row_of_login(call, sign_in->login, &entering.person, &known));
	TRY(password_current(call, known ? entering.person.id : 0, &entering.password, &has_password));
	bool right = password_verify(has_password ? entering.password.hash : (Text) { 0 }, sign_in->password);
	if (!right || !known || text_is(entering.person.state, TEXT("disabled")))
		return fail(call, UNAUTHENTICATED, "wrong login or password");
	if (password_is_outdated(entering.password.hash)) TRY(password_hash(call, sign_in->password, &entering.fresh_hash));
	TRY(db_transact(call, enter, &entering));
	*out = (SignedIn) { .token = entering.token, .waits = entering.waits };
	return OK;
}

static Error waiting_row(Call *call, Text token, SessionRow *out)
{
	bool found = false;
	TRY(session_find(call, secret_digest(call, token), out, &found));
	if (!found || !out->waits || out->ended_at.is || call->now - out->created_at > (int64_t)WAITING_SECONDS * 1000)
		return fail(call, UNAUTHENTICATED, "no session waits for a second factor");
	return OK;
}

Error session_waiting(Call *call, Text token, int64_t *out_person_id)
{
	SessionRow row = { 0 };
	TRY(waiting_row(call, token, &row));
	*out_person_id = row.person_id;
	return OK;
}

typedef struct Passing {
	Text token, code, challenge, credential_id, fresh, origin;
	const PasskeyAnswer *answer;
	Attempt attempt;
} Passing;

static Error pass_code(Call *call, void *argument)
{
	Passing *passing = argument;
	SessionRow row = { 0 };
	TRY(waiting_row(call, passing->token, &row));
	TRY(factor_check_code(call, row.person_id, passing->code));
	TRY(attempt_good(call, &passing->attempt));
	return session_renew(call, row.id, passing->token, true, &passing->fresh);
}

static Error begin_factor(Call *call, Text token, Passing *passing)
{
	SessionRow row = { 0 };
	TRY(waiting_row(call, token, &row));
	passing->token = token;
	passing->attempt = attempt_of(call, "factor", arena_printf(call->arena, "%lld", (long long)row.person_id), (Text) { 0 });
	return attempt_begin(call, &passing->attempt);
}

Error session_pass_code(Call *call, Text token, Text code, Text *out_token)
{
	Passing passing = { .code = code };
	TRY(begin_factor(call, token, &passing));
	TRY(db_transact(call, pass_code, &passing));
	*out_token = passing.fresh;
	return OK;
}

static Error pass_passkey(Call *call, void *argument)
{
	Passing *passing = argument;
	SessionRow row = { 0 };
	PasskeyRow passkey;
	bool found = false;
	TRY(waiting_row(call, passing->token, &row));
	TRY(passkey_find(call, passing->credential_id, &passkey, &found));
	if (!found || passkey.person_id != row.person_id) return fail(call, UNAUTHENTICATED, "not a security key of this person");
	TRY(passkey_accept(call, &passkey, CHALLENGE_FACTOR, passing->challenge, passing->answer));
	TRY(attempt_good(call, &passing->attempt));
	return session_renew(call, row.id, passing->token, true, &passing->fresh);
}

Error session_pass_passkey(Call *call, Text token, Text challenge, Text credential_id, const PasskeyAnswer *answer, Text *out_token)
{
	Passing passing = { .challenge = challenge, .credential_id = credential_id, .answer = answer };
	TRY(begin_factor(call, token, &passing));
	TRY(db_transact(call, pass_passkey, &passing));
	*out_token = passing.fresh;
	return OK;
}

static Error enter_passkey(Call *call, void *argument)
{
	Passing *passing = argument;
	PasskeyRow passkey;
	PersonRow person = { 0 };
	bool found = false;
	TRY(passkey_find(call, passing->credential_id, &passkey, &found));
	if (!found) return fail(call, UNAUTHENTICATED, "unknown security key");
	TRY(passkey_accept(call, &passkey, CHALLENGE_LOGIN, passing->challenge, passing->answer));
	TRY(person_row_by_id(call, passkey.person_id, &person, &found));
	if (!found || text_is(person.state, TEXT("disabled"))) return fail(call, UNAUTHENTICATED, "disabled");
	return session_open_row(call, &person, false, true, passing->origin, &passing->fresh);
}

Error session_sign_in_passkey(
	Call *call, Text challenge, Text credential_id, const PasskeyAnswer *answer, Text peer_address, Text agent, Text *out_token)
{
	Passing passing = { .challenge = challenge,
		.credential_id = credential_id,
		.answer = answer,
		.origin = session_origin(call, peer_address, agent) };
	Attempt attempt = attempt_of(call, "passkey", (Text) { 0 }, peer_address);
	TRY(attempt_begin(call, &attempt));
	TRY(db_transact(call, enter_passkey, &passing));
	*out_token = passing.fresh;
	return OK;
}

static Error enter_demo(Call *call, void *argument)
{
	Entering *entering = argument;
	bool found = false;
	TRY(person_row_by_id(call, entering->person.id, &entering->person, &found));
	if (!found || text_is(entering->person.state, TEXT("disabled"))) return fail(call, NOT_FOUND, "no such person");
	return session_open_row(call, &entering->person, false, true, TEXT("demo"), &entering->token);
}

Error session_enter_demo(Call *call, int64_t person_id, Text *out_token)
{
	Entering entering = { .person = { .id = person_id } };
	if (!call->house->demo) return fail(call, FORBIDDEN, "not a demonstration");
	TRY(db_transact(call, enter_demo, &entering));
	*out_token = entering.token;
	return OK;
}

static Error sign_out(Call *call, void *argument)
{
	const Text *token = argument;
	SessionRow row = { 0 };
	bool found = false;
	TRY(session_find(call, secret_digest(call, *token), &row, &found));
	return found ? session_end_id(call, row.id, call->now) : OK;
}

Error session_sign_out(Call *call, Text token) { return db_transact(call, sign_out, &token); }

/* ---- The list */
Error session_list(Call *call, Sessions *out)
{
	PersonPolicy policy = person_policy(call);
	SessionRows rows;
	Sessions sessions = { 0 };
	TRY(person_is_self(call));
	TRY(session_rows(
		call, call->actor->person_id, call->now - policy.idle_seconds * 1000, call->now - policy.absolute_seconds * 1000, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		const SessionRow *row = &rows.at[i];
		Session session = { .ref = row->ref,
			.created_at = row->created_at,
			.seen_at = row->seen_at,
			.is_own = row->id == call->actor->session_id,
			.has_factor = row->factor_at.is };
		TRY(seal_open(call, "session|sealed_origin", row->ref, row->sealed_origin, &session.origin));
		list_add(call->arena, &sessions, session);
	}
	*out = sessions;
	return OK;
}

static Error revoke(Call *call, void *argument)
{
	const Text *ref = argument;
	int64_t changed = 0;
	TRY(session_end_one(call, call->actor->person_id, *ref, call->now, &changed));
	return changed == 1 ? OK : fail(call, NOT_FOUND, "no such session of this person");
}

Error session_revoke(Call *call, Text ref)
{
	TRY(person_is_self(call));
	return db_transact(call, revoke, &ref);
}

static Error revoke_others(Call *call, void *argument)
{
	(void)argument;
	return session_end_others(call, call->actor->person_id, call->actor->session_id, call->now);
}

Error session_revoke_others(Call *call)
{
	TRY(person_is_self(call));
	return db_transact(call, revoke_others, NULL);
}

/* ---- Who is it */
static Error fill_actor(Call *call, int64_t person_id, bool has_factor, Actor *out, Lang *out_lang)
{
	PersonRow row;
	Person person;
	bool found = false;
	uint32_t roles = 0;
	TRY(person_row_by_id(call, person_id, &row, &found));
	if (!found || text_is(row.state, TEXT("disabled"))) return fail(call, UNAUTHENTICATED, "the account is disabled");
	TRY(person_from_row(call, &row, &person));
	TRY(role_of(call, person_id, &roles));
	*out = (Actor) { .person_id = person_id,
		.name = person_shown_name(&person),
		.roles = roles,
		.organisation_id = person.organisation_id,
		.second_factor = has_factor,
		.scopes = ~0U };
	*out_lang = person.lang;
	return OK;
}

Error person_actor(Call *call, int64_t person_id, Actor *out)
{
	Lang lang;
	return fill_actor(call, person_id, false, out, &lang);
}

Error person_needs_factor(Call *call, const Actor *actor, bool *out)
{
	TRY(factor_exists(call, actor->person_id, out));
	*out |= (actor->roles & ~(uint32_t)ROLE_REPORTER) != 0;
	return OK;
}

static Error note_seen(Call *call, void *argument)
{
	const int64_t *id = argument;
	return session_seen(call, *id, call->now);
}

/* A password past its time opens nothing but the page to change it. */
static Error check_overdue(Call *call, Actor *actor)
{
	PersonPolicy policy = person_policy(call);
	PasswordRow row = { 0 };
	bool found = false;
	if (policy.passwords == PASSWORD_MODERN) return OK;
	TRY(password_current(call, actor->person_id, &row, &found));
	if (found && password_is_overdue(policy.passwords, row.set_at, call->now)) actor->roles = ROLE_REPORTER;
	return OK;
}

Error session_actor(Call *call, int64_t person_id, bool has_factor, Actor *out, Lang *out_lang)
{
	TRY(fill_actor(call, person_id, has_factor, out, out_lang));
	return check_overdue(call, out);
}

Error session_authenticate(Call *call, Text token, Actor *out, Lang *out_lang)
{
	PersonPolicy policy = person_policy(call);
	SessionRow row = { 0 };
	Actor actor = { 0 };
	Lang lang = LANG_ZH;
	bool found = false;
	TRY(session_find(call, secret_digest(call, token), &row, &found));
	if (!found || row.ended_at.is || row.waits) return fail(call, UNAUTHENTICATED, "no such session, or it ended");
	if (call->now - row.seen_at > policy.idle_seconds * 1000 || call->now - row.created_at > policy.absolute_seconds * 1000)
		return fail(call, UNAUTHENTICATED, "the session expired");
	TRY(session_actor(call, row.person_id, row.factor_at.is, &actor, &lang));
	actor.session_id = row.id;
	if (call->now - row.seen_at > (int64_t)SEEN_EVERY_SECONDS * 1000) TRY(db_transact(call, note_seen, &row.id));
	*out = actor;
	*out_lang = lang;
	return OK;
}

static Error note_used(Call *call, void *argument)
{
	const int64_t *id = argument;
	return token_used(call, *id, call->now);
}

Error token_authenticate(Call *call, Text token, Actor *out, Lang *out_lang)
{
	TokenRow row = { 0 };
	Actor actor = { 0 };
	Lang lang = LANG_ZH;
	bool found = false, has_factor = false;
	if (!api_token_is(token)) return fail(call, UNAUTHENTICATED, "not the form of an API token");
	TRY(token_find(call, secret_digest(call, token), &row, &found));
	if (!found || row.ended_at.is || row.expires_at <= call->now) return fail(call, UNAUTHENTICATED, "no such token, or it ended");
	TRY(factor_exists(call, row.person_id, &has_factor));
	/* the people of a demonstration enter by one click and have no factor that could be taken away */
	TRY(session_actor(call, row.person_id, row.has_factor && (has_factor || call->house->demo), &actor, &lang));
	actor.roles &= ~(uint32_t)ROLE_ADMINISTRATORS;
	actor.scopes = (uint32_t)row.scopes;
	if (!row.last_used_at.is || call->now - row.last_used_at.value > (int64_t)SEEN_EVERY_SECONDS * 1000)
		TRY(db_transact(call, note_used, &row.id));
	*out = actor;
	*out_lang = lang;
	return OK;
}
