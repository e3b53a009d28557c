/* People for tests: made through the faces, as anybody is. */
#pragma once
#include "harness/test.h"
#include "people/person/person.h"

#define FIXTURE_PASSWORD "kelp orbit tunnel 7"
/* Prepares the house: public address. Every test of people begins with it. */
void people_open(Test *t);
void people_pass(Test *t, int64_t seconds); /* time goes on */
void people_as_system(Test *t); /* the actor of commands */
void people_as_visitor(Test *t);
/* Registers by mail and link, with FIXTURE_PASSWORD. */
int64_t people_register(Test *t, const char *mail);
/* A person with granted roles and a session that passed a second factor becomes the actor. */
int64_t people_staff(Test *t, const char *mail, uint32_t roles);
/* Signs in by the demonstration's door and makes that session the actor; the cookie's token. */
Text people_enter(Test *t, int64_t person_id);
/* Signs in with the password; the token. */
Text people_sign_in(Test *t, const char *login);
/* Makes the owner of a session's token the actor. */
void people_act(Test *t, Text token);
/* The n-th message in the outbox from the end (0: the newest), opened. */
Mail people_mail(Test *t, size_t from_end);
size_t people_mail_count(Test *t);
/* The secret at the end of the newest message's link. */
Text people_link_token(Test *t);
/* Switches time codes on for the actor's session; the secret. */
Text people_enrol_totp(Test *t, Text *token);
Text people_code(Test *t, Text secret); /* of now */
