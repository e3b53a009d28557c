#include "people/person/person_private.h"

typedef struct Creating {
	Text mail, name, handle, link;
	Role role;
	uint32_t roles;
	int64_t id;
} Creating;

static Error make_account(Call *call, Creating *creating)
{
	Text token;
	TRY(person_add(call, creating->mail, text_trim(creating->name), PERSON_VERIFIED, call->lang, &creating->id));
	TRY(ticket_new(call, "enrol", creating->id, mail_address_fold(call->arena, creating->mail), call->lang, (int64_t)ENROL_DAYS * 86400,
		&token));
	creating->link = outbox_link(call, "/forgot/%.*s", TEXT_ARGS(token));
	return OK;
}

static Error create(Call *call, void *argument)
{
	Creating *creating = argument;
	TRY(make_account(call, creating));
	TRY(outbox_letter(
		call, &(Letter) { .to = mail_address_fold(call->arena, creating->mail),
			      .lang = call->lang,
			      .subject = N_("An account was made for you"),
			      .body = N_("Open the link within 7 days to set a password. After signing in, please set up a second factor."),
			      .link = creating->link }));
	if ((uint32_t)creating->role == 0) return OK;
	PersonRow row;
	bool found = false;
	TRY(person_row_by_id(call, creating->id, &row, &found));
	return role_ask(call, row.ref, creating->role, 0);
}

static Error check_names(Call *call, Text mail, Text name)
{
	if (!mail_address_is(mail_address_fold(call->arena, mail)))
		call_problem(call, TEXT("mail"), N_("This is not a mail address."), (Text) { 0 });
	if (text_trim(name).length == 0) call_problem(call, TEXT("name"), N_("Please enter your name."), (Text) { 0 });
	return call_check_problems(call);
}

Error person_create(Call *call, Text mail, Text name, Role role, Text *out_link)
{
	Creating creating = { .mail = mail, .name = name, .role = role };
	TRY(person_is_security(call));
	TRY(check_names(call, mail, name));
	TRY(db_transact(call, create, &creating));
	*out_link = creating.link;
	return OK;
}

/* Administrators are given their roles at once only as long as none of them has set a password. */
static Error create_administrator(Call *call, void *argument)
{
	Creating *creating = argument;
	static const Role administrators[] = { ROLE_SYSTEM_ADMIN, ROLE_SECURITY_ADMIN, ROLE_AUDIT_ADMIN };
	for (size_t i = 0; i < COUNT(administrators); i++) {
		Numbers holders;
		TRY(role_holders(call, administrators[i], &holders));
		for (size_t h = 0; h < holders.count; h++) {
			PasswordRow row;
			bool found = false;
			TRY(password_current(call, holders.at[h], &row, &found));
			if (found) return fail(call, CONFLICT, "the administrators are set up; roles are given by two of them");
		}
	}
	TRY(make_account(call, creating));
	return role_give(call, creating->id, creating->role, 0, (Maybe) { 0 }, (Maybe) { 0 });
}

Error person_create_administrator(Call *call, Text mail, Text name, Role role, Text *out_link)
{
	Creating creating = { .mail = mail, .name = name, .role = role };
	if (!actor_has(call->actor, ROLE_SYSTEM)) return fail(call, FORBIDDEN, "the first administrators are made on the machine");
	if (((uint32_t)role & ROLE_ADMINISTRATORS) == 0) return fail(call, INVALID, "not an administrator's role");
	TRY(check_names(call, mail, name));
	TRY(db_transact(call, create_administrator, &creating));
	*out_link = creating.link;
	return OK;
}

static Error create_demo(Call *call, void *argument)
{
	Creating *creating = argument;
	PersonRow row;
	Sealed handle;
	bool found = false;
	TRY(person_add(call, creating->mail, creating->name, PERSON_VERIFIED, call->lang, &creating->id));
	TRY(person_row_by_id(call, creating->id, &row, &found));
	if (creating->handle.length > 0) {
		TRY(seal_close(call, row.seal_key, "person|sealed_handle", row.ref, creating->handle, &handle));
		TRY(person_set_profile(call, row.id, person_handle_value(call, creating->handle), handle, row.sealed_name, row.sealed_phone,
			row.lang, call->now));
	}
	for (uint32_t bit = 1; bit != 0 && bit <= creating->roles; bit <<= 1)
		if ((creating->roles & bit & ROLE_GRANTED) != 0)
			TRY(role_give(call, creating->id, (Role)bit, 0, (Maybe) { 0 }, (Maybe) { 0 }));
	return OK;
}

Error person_create_demo(Call *call, Text mail, Text name, Text handle, uint32_t roles, int64_t *out_person_id)
{
	Creating creating = { .mail = mail, .name = name, .handle = handle, .roles = roles };
	if (!call->house->demo) return fail(call, FORBIDDEN, "not a demonstration");
	TRY(db_transact(call, create_demo, &creating));
	*out_person_id = creating.id;
	return OK;
}

static Error clean(Call *call, void *argument)
{
	int64_t week = 7LL * 86400 * 1000;
	(void)argument;
	TRY(ticket_forget(call, call->now - week));
	TRY(challenge_forget(call, call->now));
	TRY(failure_forget(call, call->now - (int64_t)LOCK_FORGET_SECONDS * 1000));
	return session_forget(call, call->now - week);
}

Error person_clean(Call *call) { return db_transact(call, clean, NULL); }
