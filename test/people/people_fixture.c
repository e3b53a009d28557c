#include "people/people_fixture.h"
#include "base/base/json.h"
#include "face/outbox/outbox.sql.h"
#include "people/person/person.sql.h"
#include "store/seal/seal.h"
#include <liboath/oath.h>

void people_open(Test *t)
{
	t->house->public_address = TEXT("https://cappvd.test");
	people_as_visitor(t);
}

void people_pass(Test *t, int64_t seconds) { t->call->now += seconds * 1000; }
void people_as_system(Test *t) { t->call->actor = &actor_system; }
void people_as_visitor(Test *t) { t->call->actor = &actor_visitor; }

static Numbers waiting(Test *t)
{
	Numbers ids;
	CHECK_OK(t->call, outbox_due(t->call, OUTBOX_MAIL, 4000, &ids));
	for (size_t i = 1; i < ids.count; i++) /* by id: the order of writing */
		for (size_t j = i; j > 0 && ids.at[j - 1] > ids.at[j]; j--) {
			int64_t swap = ids.at[j];
			ids.at[j] = ids.at[j - 1];
			ids.at[j - 1] = swap;
		}
	return ids;
}

size_t people_mail_count(Test *t) { return waiting(t).count; }

Mail people_mail(Test *t, size_t from_end)
{
	Numbers ids = waiting(t);
	OutboxRow row;
	bool found = false;
	Text payload;
	Json json;
	CHECK(ids.count > from_end);
	CHECK_OK(t->call, outbox_find(t->call, ids.at[ids.count - 1 - from_end], &row, &found));
	CHECK_OK(t->call, seal_open(t->call, "outbox|sealed_payload", row.ref, row.sealed_payload, &payload));
	CHECK(json_parse(t->arena, payload, &json, NULL));
	return (Mail) { .to = json_as_text(json_get(json, "to")),
		.subject = json_as_text(json_get(json, "subject")),
		.text = json_as_text(json_get(json, "text")),
		.html = json_as_text(json_get(json, "html")),
		.unsubscribe = json_as_text(json_get(json, "unsubscribe")) };
}

Text people_link_token(Test *t)
{
	Text text = text_trim(people_mail(t, 0).text);
	size_t at = text.length;
	while (at > 0 && text.at[at - 1] != '/') at--;
	return text_slice(text, at, text.length);
}

int64_t people_register(Test *t, const char *mail)
{
	int64_t id = 0;
	Registration registration = { .name = TEXT("Zhang Lei"),
		.password = TEXT(FIXTURE_PASSWORD),
		.accepts_terms = true,
		.accepts_privacy = true,
		.accepts_confidentiality = true };
	people_as_visitor(t);
	CHECK_OK(t->call, person_register(t->call, text_from(mail), TEXT("192.0.2.1")));
	CHECK_OK(t->call, person_register_finish(t->call, people_link_token(t), &registration, &id));
	return id;
}

Text people_enter(Test *t, int64_t person_id)
{
	Text token;
	bool demo = t->house->demo;
	t->house->demo = true;
	CHECK_OK(t->call, session_enter_demo(t->call, person_id, &token));
	t->house->demo = demo;
	people_act(t, token);
	return token;
}

int64_t people_staff(Test *t, const char *mail, uint32_t roles)
{
	int64_t id = 0;
	bool demo = t->house->demo;
	t->house->demo = true;
	CHECK_OK(t->call, person_create_demo(t->call, text_from(mail), text_from(mail), (Text) { 0 }, roles, &id));
	t->house->demo = demo;
	people_enter(t, id);
	return id;
}

void people_act(Test *t, Text token)
{
	Actor *actor = arena_new_of(t->arena, Actor);
	Lang lang;
	CHECK_OK(t->call, session_authenticate(t->call, token, actor, &lang));
	t->call->actor = actor;
}

Text people_sign_in(Test *t, const char *login)
{
	SignedIn in;
	SignIn sign_in = {
		.login = text_from(login), .password = TEXT(FIXTURE_PASSWORD), .peer_address = TEXT("192.0.2.1"), .agent = TEXT("Test/1")
	};
	CHECK_OK(t->call, session_sign_in(t->call, &sign_in, &in));
	return in.token;
}

Text people_code(Test *t, Text secret)
{
	char *code = arena_alloc(t->arena, 7);
	CHECK(oath_hotp_generate(
		      secret.at, secret.length, (uint64_t)(t->call->now / 30000), 6, false, OATH_HOTP_DYNAMIC_TRUNCATION, code) == OATH_OK);
	return text_from(code);
}

Text people_enrol_totp(Test *t, Text *token)
{
	Text secret, fresh;
	Texts codes;
	CHECK_OK(t->call, factor_totp_begin(t->call, TEXT(FIXTURE_PASSWORD), &secret));
	CHECK_OK(t->call, factor_totp_confirm(t->call, people_code(t, secret), *token, &codes, &fresh));
	CHECK_INT(codes.count, RECOVERY_CODES);
	*token = fresh;
	people_act(t, fresh);
	return secret;
}
