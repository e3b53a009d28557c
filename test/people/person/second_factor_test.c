#include "authenticator.h"
#include "people/people_fixture.h"
#include "store/db/db.h"
#include <pthread.h>

static Text waiting_session(Test *t)
{
	SignedIn in;
	SignIn sign_in = {
		.login = TEXT("a@b.cn"), .password = TEXT(FIXTURE_PASSWORD), .peer_address = TEXT("192.0.2.1"), .agent = TEXT("Test/1")
	};
	CHECK_OK(t->call, session_sign_in(t->call, &sign_in, &in));
	CHECK(in.waits);
	return in.token;
}

/* A person with time codes; their secret. */
static Text with_totp(Test *t)
{
	people_open(t);
	people_register(t, "a@b.cn");
	Text token = people_sign_in(t, "a@b.cn");
	people_act(t, token);
	return people_enrol_totp(t, &token);
}

TEST_DB(factor__password_alone_opens_nothing_once_a_factor_is_on)
{
	Actor actor;
	Lang lang;
	Text fresh, secret = with_totp(t), token = waiting_session(t);
	CHECK_ERROR(t->call, session_authenticate(t->call, token, &actor, &lang), UNAUTHENTICATED);
	CHECK_ERROR(t->call, session_pass_code(t->call, token, TEXT("000000"), &fresh), UNAUTHENTICATED);
	people_pass(t, 30);
	CHECK_OK(t->call, session_pass_code(t->call, token, people_code(t, secret), &fresh));
	CHECK(!text_is(fresh, token)); /* rotated */
	CHECK_ERROR(t->call, session_authenticate(t->call, token, &actor, &lang), UNAUTHENTICATED);
	CHECK_OK(t->call, session_authenticate(t->call, fresh, &actor, &lang));
	CHECK(actor.second_factor);
}

TEST_DB(factor__a_time_code_is_taken_once_even_by_two_sessions)
{
	Text fresh, secret = with_totp(t);
	people_pass(t, 30);
	Text one = waiting_session(t), two = waiting_session(t), code = people_code(t, secret);
	CHECK_OK(t->call, session_pass_code(t->call, one, code, &fresh));
	CHECK_ERROR(t->call, session_pass_code(t->call, two, code, &fresh), UNAUTHENTICATED);
	people_pass(t, 30);
	CHECK_OK(t->call, session_pass_code(t->call, two, people_code(t, secret), &fresh));
}

/* Several threads, one code. */
enum { RACERS = 4 };
typedef struct Racer {
	Test *t;
	Text token, code;
	Error error;
} Racer;

static void *race(void *argument)
{
	Racer *racer = argument;
	Arena *arena = arena_new(ARENA_CEILING);
	Call call = *racer->t->call;
	Text fresh;
	call.arena = arena;
	call.failure = (Failure) { 0 };
	racer->error = session_pass_code(&call, racer->token, racer->code, &fresh);
	arena_free(&arena);
	return NULL;
}

static int winners_of(Test *t, Text *tokens, Text code)
{
	pthread_t threads[RACERS];
	Racer racers[RACERS];
	int winners = 0;
	for (int i = 0; i < RACERS; i++) {
		racers[i] = (Racer) { t, tokens[i], code, OK };
		CHECK(pthread_create(&threads[i], NULL, race, &racers[i]) == 0);
	}
	for (int i = 0; i < RACERS; i++) {
		CHECK(pthread_join(threads[i], NULL) == 0);
		winners += racers[i].error == OK;
		if (racers[i].error != OK) CHECK(racers[i].error == ERROR_UNAUTHENTICATED || racers[i].error == ERROR_BUSY);
	}
	return winners;
}

TEST_DB(factor__of_parallel_sign_ins_with_one_code_exactly_one_wins)
{
	Text tokens[RACERS], secret = with_totp(t);
	people_pass(t, 30);
	for (int i = 0; i < RACERS; i++) tokens[i] = waiting_session(t);
	CHECK_INT(winners_of(t, tokens, people_code(t, secret)), 1);
}

TEST_DB(factor__a_recovery_code_works_once_and_only_for_its_owner)
{
	Texts codes;
	Text fresh, tokens[RACERS];
	FactorState state;
	with_totp(t);
	people_act(t, people_enter(t, t->call->actor->person_id));
	CHECK_OK(t->call, factor_recovery_new(t->call, TEXT(FIXTURE_PASSWORD), &codes));
	CHECK_INT(codes.count, RECOVERY_CODES);
	CHECK_OK(t->call, session_pass_code(t->call, waiting_session(t), codes.at[3], &fresh));
	CHECK_ERROR(t->call, session_pass_code(t->call, waiting_session(t), codes.at[3], &fresh), UNAUTHENTICATED);
	CHECK_OK(t->call, factor_state(t->call, &state));
	CHECK_INT(state.recovery_left, RECOVERY_CODES - 1);
	for (int i = 0; i < RACERS; i++) tokens[i] = waiting_session(t);
	CHECK_INT(winners_of(t, tokens, codes.at[4]), 1);
	Text own = codes.at[5];
	CHECK_OK(t->call, factor_recovery_new(t->call, TEXT(FIXTURE_PASSWORD), &codes));
	CHECK_ERROR(t->call, session_pass_code(t->call, waiting_session(t), own, &fresh), UNAUTHENTICATED); /* the old ones ended */
}

TEST_DB(factor__guessing_codes_is_locked)
{
	Text fresh, secret = with_totp(t), token = waiting_session(t);
	people_pass(t, 30);
	for (int i = 0; i < 5; i++) CHECK_ERROR(t->call, session_pass_code(t->call, token, TEXT("000000"), &fresh), UNAUTHENTICATED);
	CHECK_ERROR(t->call, session_pass_code(t->call, token, people_code(t, secret), &fresh), TOO_MANY);
}

TEST_DB(factor__switching_off_needs_password_and_code)
{
	FactorState state;
	Text secret = with_totp(t);
	people_pass(t, 30);
	CHECK_ERROR(t->call, factor_totp_remove(t->call, TEXT("wrong"), people_code(t, secret)), INVALID);
	CHECK_ERROR(t->call, factor_totp_remove(t->call, TEXT(FIXTURE_PASSWORD), TEXT("000000")), UNAUTHENTICATED);
	CHECK_OK(t->call, factor_state(t->call, &state));
	CHECK(state.has_totp);
	CHECK_OK(t->call, factor_totp_remove(t->call, TEXT(FIXTURE_PASSWORD), people_code(t, secret)));
	CHECK_OK(t->call, factor_state(t->call, &state));
	CHECK(!state.has_totp && state.recovery_left == 0);
}

TEST_DB(factor__a_session_without_the_factor_cannot_add_or_change_one)
{
	Text secret, old;
	people_open(t);
	people_register(t, "a@b.cn");
	old = people_sign_in(t, "a@b.cn"); /* before there was a factor; stolen, say */
	Text token = people_sign_in(t, "a@b.cn");
	people_act(t, token);
	CHECK_ERROR(t->call, factor_totp_begin(t->call, TEXT("wrong"), &secret), INVALID);
	people_enrol_totp(t, &token);
	Actor actor;
	Lang lang;
	CHECK_ERROR(t->call, session_authenticate(t->call, old, &actor, &lang), UNAUTHENTICATED); /* ended with the enrolment */
	Actor weak = *t->call->actor;
	weak.second_factor = false;
	t->call->actor = &weak;
	Texts codes;
	CHECK_ERROR(t->call, factor_recovery_new(t->call, TEXT(FIXTURE_PASSWORD), &codes), SECOND_FACTOR);
	CHECK_ERROR(t->call, factor_totp_begin(t->call, TEXT(FIXTURE_PASSWORD), &secret), SECOND_FACTOR);
}

static Ceremony ceremony_of(Test *t, ChallengeKind kind, int64_t person_id, uint32_t counter)
{
	return (Ceremony) { .party = relying_party_of(t->house->public_address),
		.challenge = passkey_challenge(t->call, kind, person_id),
		.counter = counter };
}

static Authenticator *with_passkey(Test *t)
{
	Texts codes;
	Text fresh, token;
	Authenticator *key = authenticator_new(t->arena);
	people_open(t);
	people_register(t, "a@b.cn");
	token = people_sign_in(t, "a@b.cn");
	people_act(t, token);
	Ceremony ceremony = ceremony_of(t, CHALLENGE_CREATE, t->call->actor->person_id, 1);
	PasskeyAnswer answer = authenticator_create(t->arena, key, &ceremony);
	CHECK_ERROR(t->call, passkey_add(t->call, TEXT("wrong"), TEXT("Blue key"), ceremony.challenge, &answer, token, &codes, &fresh),
		INVALID);
	CHECK_OK(t->call,
		passkey_add(t->call, TEXT(FIXTURE_PASSWORD), TEXT("Blue key"), ceremony.challenge, &answer, token, &codes, &fresh));
	CHECK_INT(codes.count, RECOVERY_CODES);
	people_act(t, fresh);
	return key;
}

TEST_DB(passkey__is_a_second_factor_and_its_challenge_counts_once)
{
	Authenticator *key = with_passkey(t);
	Text fresh, one = waiting_session(t), two = waiting_session(t);
	Ceremony ceremony = ceremony_of(t, CHALLENGE_FACTOR, t->call->actor->person_id, 2);
	PasskeyAnswer answer = authenticator_get(t->arena, key, &ceremony);
	CHECK_OK(t->call, session_pass_passkey(t->call, one, ceremony.challenge, authenticator_credential_id(key), &answer, &fresh));
	people_act(t, fresh);
	CHECK(t->call->actor->second_factor);
	ceremony.counter = 3;
	answer = authenticator_get(t->arena, key, &ceremony); /* signed anew, over a used challenge */
	CHECK_ERROR(t->call, session_pass_passkey(t->call, two, ceremony.challenge, authenticator_credential_id(key), &answer, &fresh),
		UNAUTHENTICATED);
}

TEST_DB(passkey__a_challenge_of_another_person_kind_or_time_is_refused)
{
	Authenticator *key = with_passkey(t);
	int64_t person = t->call->actor->person_id;
	Text fresh, token = waiting_session(t);
	Ceremony wrong[] = { ceremony_of(t, CHALLENGE_FACTOR, person + 1, 2), ceremony_of(t, CHALLENGE_LOGIN, 0, 2),
		ceremony_of(t, CHALLENGE_CREATE, person, 2),
		{ .party = relying_party_of(t->house->public_address),
			.challenge = TEXT("0123456789abcdef0123456789abcdef0123456789abcdef01234567"),
			.counter = 2 } };
	for (size_t i = 0; i < COUNT(wrong); i++) {
		PasskeyAnswer answer = authenticator_get(t->arena, key, &wrong[i]);
		CHECK_ERROR(t->call,
			session_pass_passkey(t->call, token, wrong[i].challenge, authenticator_credential_id(key), &answer, &fresh),
			UNAUTHENTICATED);
	}
	Ceremony late = ceremony_of(t, CHALLENGE_FACTOR, person, 2);
	PasskeyAnswer answer = authenticator_get(t->arena, key, &late);
	people_pass(t, 120);
	CHECK_ERROR(t->call, session_pass_passkey(t->call, token, late.challenge, authenticator_credential_id(key), &answer, &fresh),
		UNAUTHENTICATED);
}

TEST_DB(passkey__alone_signs_in_when_it_verified_its_user)
{
	Authenticator *key = with_passkey(t);
	int64_t person = t->call->actor->person_id;
	Text token;
	Ceremony ceremony = ceremony_of(t, CHALLENGE_LOGIN, 0, 2);
	ceremony.flags = 0x01; /* touched, but nobody was verified */
	PasskeyAnswer answer = authenticator_get(t->arena, key, &ceremony);
	CHECK_ERROR(t->call,
		session_sign_in_passkey(
			t->call, ceremony.challenge, authenticator_credential_id(key), &answer, TEXT("192.0.2.1"), TEXT("Test/1"), &token),
		UNAUTHENTICATED);
	ceremony = ceremony_of(t, CHALLENGE_LOGIN, 0, 2);
	answer = authenticator_get(t->arena, key, &ceremony);
	CHECK_OK(t->call, session_sign_in_passkey(t->call, ceremony.challenge, authenticator_credential_id(key), &answer, TEXT("192.0.2.1"),
				  TEXT("Test/1"), &token));
	people_act(t, token);
	CHECK_INT(t->call->actor->person_id, person);
	CHECK(t->call->actor->second_factor);
}

TEST_DB(passkey__removed_no_longer_signs_in)
{
	FactorState state;
	Authenticator *key = with_passkey(t);
	Text token;
	CHECK_OK(t->call, factor_state(t->call, &state));
	CHECK_INT(state.passkey_count, 1);
	CHECK_TEXT(state.passkeys[0].name, "Blue key");
	CHECK_ERROR(t->call, passkey_drop(t->call, TEXT("wrong"), state.passkeys[0].ref), INVALID);
	CHECK_OK(t->call, passkey_drop(t->call, TEXT(FIXTURE_PASSWORD), state.passkeys[0].ref));
	Ceremony ceremony = ceremony_of(t, CHALLENGE_LOGIN, 0, 2);
	PasskeyAnswer answer = authenticator_get(t->arena, key, &ceremony);
	CHECK_ERROR(t->call,
		session_sign_in_passkey(
			t->call, ceremony.challenge, authenticator_credential_id(key), &answer, TEXT("192.0.2.1"), TEXT("Test/1"), &token),
		UNAUTHENTICATED);
}
