#include "people/person/person_private.h"

/* mlps3: none of the last five. Each comparison takes a fifth of a second, on purpose. */
static Error check_history(Call *call, Text field, Text password, int64_t person_id)
{
	PasswordRows rows;
	TRY(password_history(call, person_id, PASSWORD_MLPS3_HISTORY, &rows));
	for (size_t i = 0; i < rows.count; i++)
		if (password_verify(rows.at[i].hash, password)) {
			call_problem(call, field, N_("This is one of your last five passwords. Please choose another."), (Text) { 0 });
			break;
		}
	return OK;
}

Error password_examine(Call *call, Text field, Text password, const Person *person)
{
	PersonPolicy policy = person_policy(call);
	Text own[] = { person->mail, person->handle, person->name };
	const char *fault = password_fault(call->arena, policy.passwords, password, own, COUNT(own));
	if (fault)
		call_problem(call, field, fault, (Text) { 0 });
	else if (policy.passwords == PASSWORD_MLPS3 && person->id != 0)
		TRY(check_history(call, field, password, person->id));
	return call_check_problems(call);
}

Error password_store(Call *call, int64_t person_id, Text hash)
{
	PasswordRows rows;
	TRY(password_retire(call, person_id));
	TRY(password_insert(call, person_id, hash, call->now));
	TRY(password_history(call, person_id, PASSWORD_MLPS3_HISTORY, &rows));
	return rows.count == PASSWORD_MLPS3_HISTORY ? password_forget(call, person_id, rows.at[rows.count - 1].id) : OK;
}

static Error good(Call *call, void *argument) { return attempt_good(call, argument); }

Error password_confirm(Call *call, Text password)
{
	PasswordRow row;
	bool found = false;
	TRY(person_is_self(call));
	Attempt attempt = attempt_of(call, "password", arena_printf(call->arena, "%lld", (long long)call->actor->person_id), (Text) { 0 });
	TRY(attempt_begin(call, &attempt));
	TRY(password_current(call, call->actor->person_id, &row, &found));
	if (!password_verify(found ? row.hash : (Text) { 0 }, password)) {
		call_problem(call, TEXT("password"), N_("This is not your password."), (Text) { 0 });
		return call_check_problems(call);
	}
	return db_transact(call, good, &attempt);
}

typedef struct PasswordChange {
	Text token, hash;
} PasswordChange;

static Error change(Call *call, void *argument)
{
	const PasswordChange *to = argument;
	TRY(password_store(call, call->actor->person_id, to->hash));
	TRY(ticket_end_kind(call, call->actor->person_id, TEXT("password"), call->now));
	return session_end_others(call, call->actor->person_id, call->actor->session_id, call->now);
}

Error person_password_change(Call *call, Text old_password, Text password)
{
	Person person;
	PasswordChange to = { 0 };
	TRY(password_confirm(call, old_password));
	TRY(person_find(call, call->actor->person_id, &person));
	TRY(password_examine(call, TEXT("new_password"), password, &person));
	TRY(password_hash(call, password, &to.hash));
	return db_transact(call, change, &to);
}

/* ---- Forgotten */
typedef struct Forgot {
	Text mail;
	Attempt attempt;
} Forgot;

static Error send_reset(Call *call, void *argument)
{
	const Forgot *forgot = argument;
	PersonRow row;
	bool found = false;
	Text token;
	TRY(person_row_by_mail(call, person_mail_value(call, forgot->mail), &row, &found));
	bool known = found && !text_is(row.state, TEXT("disabled"));
	Lang lang = call->lang;
	if (known && !lang_parse(row.lang, &lang)) return fail(call, CORRUPT, "person of an unknown language");
	TRY(ticket_new(call, "password", known ? row.id : 0, forgot->mail, lang, (int64_t)TICKET_HOURS * 3600, &token));
	return outbox_letter(
		call, &(Letter) { .to = forgot->mail,
			      .lang = lang,
			      .subject = known ? N_("Set a new password") : N_("There is no account for this address"),
			      .body = known ? N_("Somebody, probably you, asked for a new password. Open the link within 24 hours to set "
						 "one. If it was not you, there is nothing to do.")
					    : N_("Somebody, probably you, asked for a new password, but there is no account for this "
						 "address. You can register one."),
			      .link = known ? outbox_link(call, "/forgot/%.*s", TEXT_ARGS(token)) : outbox_link(call, "/register") });
}

Error person_forgot(Call *call, Text mail, Text peer_address)
{
	Forgot forgot = { .mail = mail_address_fold(call->arena, mail) };
	if (!mail_address_is(forgot.mail)) call_problem(call, TEXT("mail"), N_("This is not a mail address."), (Text) { 0 });
	TRY(call_check_problems(call));
	forgot.attempt = attempt_of(call, "forgot", forgot.mail, peer_address);
	TRY(attempt_begin(call, &forgot.attempt));
	return db_transact(call, send_reset, &forgot);
}

static Error reset(Call *call, void *argument)
{
	const PasswordChange *to = argument;
	TicketRow ticket;
	bool enrols = false;
	Error error = ticket_take(call, to->token, "password", &ticket);
	if (error != OK) {
		call_recover(call);
		enrols = true;
		TRY(ticket_take(call, to->token, "enrol", &ticket));
	}
	if (!ticket.person_id.is) return fail(call, NOT_FOUND, "a link for nobody");
	TRY(password_store(call, ticket.person_id.value, to->hash));
	TRY(ticket_end_kind(call, ticket.person_id.value, enrols ? TEXT("enrol") : TEXT("password"), call->now));
	return account_end_everything(call, ticket.person_id.value);
}

Error person_password_reset(Call *call, Text token, Text password)
{
	TicketRow ticket;
	Person person;
	PasswordChange to = { .token = token };
	if (ticket_check(call, token, "password", &ticket) != OK) {
		call_recover(call);
		TRY(ticket_check(call, token, "enrol", &ticket));
	}
	if (!ticket.person_id.is) return fail(call, NOT_FOUND, "a link for nobody");
	TRY(person_find(call, ticket.person_id.value, &person));
	if (person.state == PERSON_DISABLED) return fail(call, NOT_FOUND, "the account is disabled");
	TRY(password_examine(call, TEXT("password"), password, &person));
	TRY(password_hash(call, password, &to.hash));
	return db_transact(call, reset, &to);
}
