#include "base/base/clock.h"
#include "people/people_fixture.h"
#include "store/db/db.h"

#include <time.h>

static Error sign_in(Test *t, const char *login, const char *password, const char *address, SignedIn *out)
{
	SignIn attempt = {
		.login = text_from(login), .password = text_from(password), .peer_address = text_from(address), .agent = TEXT("Test/1")
	};
	return session_sign_in(t->call, &attempt, out);
}

TEST_DB(person__registers_by_a_link_that_works_once)
{
	people_open(t);
	int64_t id = people_register(t, "Lei.Zhang@Example.cn"), other = 0;
	Person person;
	CHECK_OK(t->call, person_find(t->call, id, &person));
	CHECK(person.state == PERSON_UNVERIFIED);
	CHECK_TEXT(person.mail, "lei.zhang@example.cn");
	CHECK_TEXT(person_shown_name(&person), "Zhang Lei");
	Registration again = { .name = TEXT("B"),
		.password = TEXT(FIXTURE_PASSWORD),
		.accepts_terms = true,
		.accepts_privacy = true,
		.accepts_confidentiality = true };
	CHECK_ERROR(t->call, person_register_finish(t->call, people_link_token(t), &again, &other), NOT_FOUND);
	Consents consents;
	CHECK_OK(t->call, consent_list(t->call, id, &consents));
	CHECK_INT(consents.count, 3);
	for (size_t i = 0; i < consents.count; i++) CHECK_INT(consents.at[i].version, 1);
}

TEST_DB(person__a_link_expires_after_a_day_and_serves_its_own_purpose_only)
{
	Text mail;
	people_open(t);
	CHECK_OK(t->call, person_register(t->call, TEXT("a@b.cn"), TEXT("192.0.2.1")));
	Text token = people_link_token(t);
	CHECK_OK(t->call, person_ticket_open(t->call, token, "register", &mail));
	CHECK_TEXT(mail, "a@b.cn");
	CHECK_ERROR(t->call, person_ticket_open(t->call, token, "password", &mail), NOT_FOUND);
	CHECK_ERROR(t->call, person_password_reset(t->call, token, TEXT(FIXTURE_PASSWORD)), NOT_FOUND);
	people_pass(t, 24 * 3600);
	CHECK_ERROR(t->call, person_ticket_open(t->call, token, "register", &mail), NOT_FOUND);
}

TEST_DB(person__registering_or_forgetting_a_known_address_answers_as_for_an_unknown_one)
{
	people_open(t);
	people_register(t, "known@b.cn");
	size_t before = people_mail_count(t);
	CHECK_OK(t->call, person_register(t->call, TEXT("known@b.cn"), TEXT("192.0.2.7")));
	CHECK_OK(t->call, person_register(t->call, TEXT("unknown@b.cn"), TEXT("192.0.2.7")));
	CHECK_OK(t->call, person_forgot(t->call, TEXT("known@b.cn"), TEXT("192.0.2.7")));
	CHECK_OK(t->call, person_forgot(t->call, TEXT("unknown@b.cn"), TEXT("192.0.2.7")));
	CHECK_INT(people_mail_count(t), before + 4); /* the same work and one message each: only its reader learns which */
	CHECK_TEXT(people_mail(t, 3).subject, "You have an account already");
	CHECK_TEXT(people_mail(t, 2).subject, "Confirm your mail address");
	CHECK_TEXT(people_mail(t, 1).subject, "Set a new password");
	CHECK_TEXT(people_mail(t, 0).subject, "There is no account for this address");
}

TEST_DB(person__a_link_sent_to_a_known_address_makes_no_second_account)
{
	int64_t id = 0;
	people_open(t);
	CHECK_OK(t->call, person_register(t->call, TEXT("a@b.cn"), TEXT("192.0.2.1")));
	Text first = people_link_token(t);
	people_register(t, "a@b.cn");
	Registration again = { .name = TEXT("B"),
		.password = TEXT(FIXTURE_PASSWORD),
		.accepts_terms = true,
		.accepts_privacy = true,
		.accepts_confidentiality = true };
	CHECK_ERROR(t->call, person_register_finish(t->call, first, &again, &id), CONFLICT);
	CHECK_INT(id, 0);
}

TEST_DB(person__registration_names_every_wrong_field)
{
	int64_t id = 0;
	people_open(t);
	CHECK_OK(t->call, person_register(t->call, TEXT("a@b.cn"), TEXT("192.0.2.1")));
	Registration bad = { .handle = TEXT("7"), .password = TEXT("short"), .accepts_terms = true };
	CHECK(person_register_finish(t->call, people_link_token(t), &bad, &id) == ERROR_INVALID);
	CHECK_INT(t->call->failure.problems.count, 5);
	call_recover(t->call);
	CHECK_ERROR(t->call, person_register(t->call, TEXT("a@b.cn\r\nBcc: c@d.cn"), TEXT("192.0.2.1")), INVALID);
}

TEST_DB(session__wrong_unknown_and_disabled_are_answered_alike_after_the_same_work)
{
	SignedIn in;
	test_passwords_cost = true; /* the hash is the work */
	people_open(t);
	people_register(t, "a@b.cn");
	int64_t gone = people_register(t, "gone@b.cn");
	Person person;
	CHECK_OK(t->call, person_find(t->call, gone, &person));
	people_as_system(t);
	CHECK_OK(t->call, person_disable(t->call, person.ref));
	people_as_visitor(t);
	const char *logins[] = { "a@b.cn", "nobody@b.cn", "gone@b.cn", "somehandle" };
	int64_t took[COUNT(logins)];
	for (size_t i = 0; i < COUNT(logins); i++) {
		clock_t start = clock(); /* processor time: what else the machine does is no matter */
		CHECK(sign_in(t, logins[i], i == 2 ? FIXTURE_PASSWORD : "not the password", "192.0.2.9", &in) == ERROR_UNAUTHENTICATED);
		took[i] = (int64_t)(clock() - start);
		CHECK_TEXT(t->call->failure.detail, "wrong login or password");
		call_recover(t->call);
	}
	for (size_t i = 1; i < COUNT(logins); i++) CHECK(took[i] > took[0] / 3 && took[i] / 3 < took[0]);
}

TEST_DB(session__failures_lock_the_login_for_longer_and_longer_known_or_not)
{
	SignedIn in;
	const char *logins[] = { "a@b.cn", "nobody@b.cn" };
	people_open(t);
	people_register(t, "a@b.cn");
	for (size_t l = 0; l < COUNT(logins); l++) {
		for (int i = 0; i < 5; i++) CHECK_ERROR(t->call, sign_in(t, logins[l], "wrong", "192.0.2.9", &in), UNAUTHENTICATED);
		CHECK(sign_in(t, logins[l], FIXTURE_PASSWORD, "192.0.2.9", &in) == ERROR_TOO_MANY);
		CHECK_INT(t->call->failure.retry_after_seconds, 2);
		call_recover(t->call);
		people_pass(t, 2);
		CHECK_ERROR(t->call, sign_in(t, logins[l], "wrong", "192.0.2.9", &in), UNAUTHENTICATED);
		people_pass(t, 2);
		CHECK_ERROR(t->call, sign_in(t, logins[l], FIXTURE_PASSWORD, "192.0.2.9", &in), TOO_MANY);
		people_pass(t, 2);
	}
	CHECK_OK(t->call, sign_in(t, "a@b.cn", FIXTURE_PASSWORD, "192.0.2.9", &in));
	CHECK_ERROR(t->call, sign_in(t, "a@b.cn", "wrong", "192.0.2.9", &in), UNAUTHENTICATED); /* counted from the beginning again */
	CHECK_OK(t->call, sign_in(t, "a@b.cn", FIXTURE_PASSWORD, "192.0.2.9", &in));
}

TEST_DB(session__an_address_that_tries_many_logins_is_locked)
{
	SignedIn in;
	people_open(t);
	for (int i = 0; i < 30; i++) CHECK_OK(t->call, person_forgot(t->call, arena_printf(t->arena, "user%d@b.cn", i), TEXT("192.0.2.9")));
	CHECK_ERROR(t->call, sign_in(t, "another@b.cn", "", "192.0.2.9", &in), TOO_MANY);
	CHECK_ERROR(t->call, sign_in(t, "another@b.cn", "", "192.0.2.10", &in), UNAUTHENTICATED);
}

TEST_DB(session__expires_when_idle_and_at_last)
{
	people_open(t);
	people_register(t, "a@b.cn");
	Text token = people_sign_in(t, "a@b.cn");
	Actor actor;
	Lang lang;
	people_pass(t, 29 * 60);
	CHECK_OK(t->call, session_authenticate(t->call, token, &actor, &lang));
	people_pass(t, 29 * 60);
	CHECK_OK(t->call, session_authenticate(t->call, token, &actor, &lang));
	people_pass(t, 30 * 60 + 1);
	CHECK_ERROR(t->call, session_authenticate(t->call, token, &actor, &lang), UNAUTHENTICATED);
	token = people_sign_in(t, "a@b.cn");
	for (int i = 0; i < 12 * 60 / 20; i++) {
		CHECK_OK(t->call, session_authenticate(t->call, token, &actor, &lang));
		people_pass(t, 20 * 60);
	}
	people_pass(t, 1);
	CHECK_ERROR(t->call, session_authenticate(t->call, token, &actor, &lang), UNAUTHENTICATED);
}

TEST_DB(session__revoked_signed_out_or_disabled_ends_at_once)
{
	Actor actor;
	Lang lang;
	Sessions sessions;
	people_open(t);
	int64_t id = people_register(t, "a@b.cn");
	Text one = people_sign_in(t, "a@b.cn"), two = people_sign_in(t, "a@b.cn"), three = people_sign_in(t, "a@b.cn");
	people_act(t, one);
	CHECK_OK(t->call, session_list(t->call, &sessions));
	CHECK_INT(sessions.count, 3);
	for (size_t i = 0; i < sessions.count; i++) {
		CHECK_TEXT(sessions.at[i].origin, "192.0.2.1 Test/1");
		if (!sessions.at[i].is_own) CHECK_OK(t->call, session_revoke(t->call, sessions.at[i].ref));
	}
	CHECK_ERROR(t->call, session_authenticate(t->call, two, &actor, &lang), UNAUTHENTICATED);
	CHECK_ERROR(t->call, session_authenticate(t->call, three, &actor, &lang), UNAUTHENTICATED);
	CHECK_OK(t->call, session_authenticate(t->call, one, &actor, &lang));
	CHECK_OK(t->call, session_sign_out(t->call, one));
	CHECK_ERROR(t->call, session_authenticate(t->call, one, &actor, &lang), UNAUTHENTICATED);
	one = people_sign_in(t, "a@b.cn");
	Person person;
	CHECK_OK(t->call, person_find(t->call, id, &person));
	people_as_system(t);
	CHECK_OK(t->call, person_disable(t->call, person.ref));
	CHECK_ERROR(t->call, session_authenticate(t->call, one, &actor, &lang), UNAUTHENTICATED);
}

TEST_DB(session__of_another_person_cannot_be_revoked)
{
	Sessions sessions;
	people_open(t);
	people_register(t, "a@b.cn");
	people_register(t, "c@d.cn");
	people_act(t, people_sign_in(t, "a@b.cn"));
	CHECK_OK(t->call, session_list(t->call, &sessions));
	people_act(t, people_sign_in(t, "c@d.cn"));
	CHECK_ERROR(t->call, session_revoke(t->call, sessions.at[0].ref), NOT_FOUND);
}

TEST_DB(password__change_needs_the_old_one_and_ends_the_other_sessions)
{
	Actor actor;
	Lang lang;
	SignedIn in;
	people_open(t);
	people_register(t, "a@b.cn");
	Text other = people_sign_in(t, "a@b.cn"), own = people_sign_in(t, "a@b.cn");
	people_act(t, own);
	CHECK_ERROR(t->call, person_password_change(t->call, TEXT("wrong"), TEXT("paper boat curtain 3")), INVALID);
	CHECK_ERROR(t->call, person_password_change(t->call, TEXT(FIXTURE_PASSWORD), TEXT("short")), INVALID);
	CHECK_OK(t->call, session_authenticate(t->call, other, &actor, &lang));
	CHECK_OK(t->call, person_password_change(t->call, TEXT(FIXTURE_PASSWORD), TEXT("paper boat curtain 3")));
	CHECK_OK(t->call, session_authenticate(t->call, own, &actor, &lang));
	CHECK_ERROR(t->call, session_authenticate(t->call, other, &actor, &lang), UNAUTHENTICATED);
	CHECK_ERROR(t->call, sign_in(t, "a@b.cn", FIXTURE_PASSWORD, "192.0.2.1", &in), UNAUTHENTICATED);
	CHECK_OK(t->call, sign_in(t, "a@b.cn", "paper boat curtain 3", "192.0.2.1", &in));
}

TEST_DB(password__forgotten_is_set_by_link_once_and_ends_everything)
{
	Actor actor;
	Lang lang;
	SignedIn in;
	people_open(t);
	people_register(t, "a@b.cn");
	Text session = people_sign_in(t, "a@b.cn"), api;
	people_act(t, session);
	CHECK_OK(t->call, token_create(t->call, TEXT("robot"), SCOPE_REPORT_READ, 30, &api));
	people_as_visitor(t);
	CHECK_OK(t->call, person_forgot(t->call, TEXT("A@b.cn "), TEXT("192.0.2.2")));
	Text link = people_link_token(t);
	CHECK_ERROR(t->call, person_password_reset(t->call, link, TEXT("short")), INVALID);
	CHECK_OK(t->call, person_password_reset(t->call, link, TEXT("paper boat curtain 3")));
	CHECK_ERROR(t->call, person_password_reset(t->call, link, TEXT("paper boat curtain 4")), NOT_FOUND);
	CHECK_ERROR(t->call, session_authenticate(t->call, session, &actor, &lang), UNAUTHENTICATED);
	CHECK_ERROR(t->call, token_authenticate(t->call, api, &actor, &lang), UNAUTHENTICATED);
	CHECK_OK(t->call, sign_in(t, "a@b.cn", "paper boat curtain 3", "192.0.2.1", &in));
}

TEST_DB(person__a_handle_is_one_persons_and_signs_in)
{
	SignedIn in;
	people_open(t);
	people_register(t, "a@b.cn");
	people_act(t, people_sign_in(t, "a@b.cn"));
	CHECK_OK(t->call, person_profile_change(t->call, TEXT("Zhang Lei"), TEXT("KelpOrbit"), TEXT(""), LANG_ZH));
	CHECK_OK(t->call, sign_in(t, "kelporbit", FIXTURE_PASSWORD, "192.0.2.1", &in));
	people_register(t, "c@d.cn");
	people_act(t, people_sign_in(t, "c@d.cn"));
	CHECK_ERROR(t->call, person_profile_change(t->call, TEXT("B"), TEXT("KELPORBIT"), TEXT(""), LANG_ZH), INVALID);
	CHECK_OK(t->call, person_profile_change(t->call, TEXT("B"), TEXT(""), TEXT(""), LANG_EN));
}

TEST_DB(person__another_mail_address_counts_only_after_its_link)
{
	SignedIn in;
	people_open(t);
	people_register(t, "a@b.cn");
	people_act(t, people_sign_in(t, "a@b.cn"));
	CHECK_ERROR(t->call, person_mail_change(t->call, TEXT("wrong"), TEXT("new@b.cn")), INVALID);
	CHECK_OK(t->call, person_mail_change(t->call, TEXT(FIXTURE_PASSWORD), TEXT("new@b.cn")));
	CHECK_TEXT(people_mail(t, 0).to, "a@b.cn"); /* the old address is warned */
	Text text = text_trim(people_mail(t, 1).text);
	Text link = text_slice(text, text.length - 43, text.length);
	CHECK_ERROR(t->call, sign_in(t, "new@b.cn", FIXTURE_PASSWORD, "192.0.2.1", &in), UNAUTHENTICATED);
	CHECK_OK(t->call, person_mail_confirm(t->call, link));
	CHECK_OK(t->call, sign_in(t, "new@b.cn", FIXTURE_PASSWORD, "192.0.2.1", &in));
	CHECK_ERROR(t->call, sign_in(t, "a@b.cn", FIXTURE_PASSWORD, "192.0.2.1", &in), UNAUTHENTICATED);
}

TEST_DB(person__identity_is_verified_by_a_coordinator_or_returned_with_a_reason)
{
	Person person;
	people_open(t);
	int64_t id = people_register(t, "a@b.cn");
	people_act(t, people_sign_in(t, "a@b.cn"));
	CHECK_ERROR(t->call, person_verification_ask(t->call, TEXT(""), TEXT(""), TEXT("1")), INVALID);
	CHECK_OK(t->call, person_verification_ask(t->call, TEXT("张磊"), TEXT("13800138000"), TEXT("110101199003077758")));
	CHECK_ERROR(t->call, person_verification_ask(t->call, TEXT("张磊"), TEXT("13800138000"), TEXT("110101199003077758")), CONFLICT);
	CHECK_OK(t->call, person_find(t->call, id, &person));
	CHECK_ERROR(t->call, person_verification_decide(t->call, person.ref, true, TEXT("")), FORBIDDEN);
	people_staff(t, "coordinator@b.cn", ROLE_COORDINATOR);
	CHECK_ERROR(t->call, person_verification_decide(t->call, person.ref, false, TEXT(" ")), INVALID);
	CHECK_OK(t->call, person_verification_decide(t->call, person.ref, false, TEXT("证件号码与姓名不符")));
	CHECK_TEXT(people_mail(t, 0).subject, "Your verification needs another look");
	CHECK_OK(t->call, person_find(t->call, id, &person));
	CHECK(person.state == PERSON_RETURNED);
	CHECK_TEXT(person.reason, "证件号码与姓名不符");
	people_act(t, people_sign_in(t, "a@b.cn"));
	CHECK_OK(t->call, person_verification_ask(t->call, TEXT("张磊"), TEXT("13800138000"), TEXT("110101199003077758")));
	people_enter(t, people_staff(t, "second@b.cn", ROLE_COORDINATOR));
	CHECK_OK(t->call, person_verification_decide(t->call, person.ref, true, TEXT("")));
	CHECK_ERROR(t->call, person_verification_decide(t->call, person.ref, true, TEXT("")), CONFLICT);
	CHECK_OK(t->call, person_find(t->call, id, &person));
	CHECK(person.state == PERSON_VERIFIED && person.reason.at == NULL);
}

TEST_DB(person__nothing_personal_stands_in_clear_in_the_database_file)
{
	static const char *const canaries[] = { "canary.mail", "CanaryHandle", "金丝雀", "13800138000", "110101199003077758", "CanaryAgent",
		"192.0.2.77" };
	SignedIn in;
	people_open(t);
	int64_t id = people_register(t, "canary.mail@example.cn");
	SignIn attempt = { .login = TEXT("canary.mail@example.cn"),
		.password = TEXT(FIXTURE_PASSWORD),
		.peer_address = TEXT("192.0.2.77"),
		.agent = TEXT("CanaryAgent/1") };
	CHECK_OK(t->call, session_sign_in(t->call, &attempt, &in));
	people_act(t, in.token);
	CHECK_OK(t->call, person_profile_change(t->call, TEXT("金丝雀"), TEXT("CanaryHandle"), TEXT("13800138000"), LANG_ZH));
	CHECK_OK(t->call, person_verification_ask(t->call, TEXT("金丝雀"), TEXT("13800138000"), TEXT("110101199003077758")));
	CHECK(id > 0);
	if (t->database != TEST_SQLITE) return; /* the same statements; its files are not ours to read */
	const char *files[] = { "cappvd.db", "cappvd.db-wal" };
	size_t seen = 0;
	for (size_t f = 0; f < COUNT(files); f++) {
		Text bytes = test_read_file(t->arena, arena_printf(t->arena, "%s/%s", t->directory, files[f]).at);
		seen += bytes.length;
		for (size_t i = 0; i < COUNT(canaries); i++)
			if (text_find(bytes, text_from(canaries[i]), NULL))
				test_fail(__FILE__, __LINE__, "%s in %s", canaries[i], files[f]);
	}
	CHECK(seen > 100000);
}
