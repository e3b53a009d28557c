#include "people/person/person_private.h"

#include "engine/likeness/name.h"
#include "store/setting/rule.h"

const ConsentDocument consent_documents[] = {
	{ "terms", N_("User agreement") },
	{ "privacy", N_("Privacy policy") },
	{ "confidentiality", N_("Confidentiality undertaking") },
};
const size_t consent_document_count = COUNT(consent_documents);

/* ---- Links */
Text secret_digest(Call *call, Text token)
{
	Digest digest = sha256(token);
	return arena_copy(call->arena, DIGEST_TEXT(digest));
}

Error ticket_new(Call *call, const char *kind, int64_t person_id, Text mail, Lang lang, int64_t seconds, Text *out_token)
{
	Sealed sealed;
	Text token = token_new(call->arena, 32), digest = secret_digest(call, token);
	TRY(seal_close(call, SEAL_MATTER_LIBRARY, "person_ticket|sealed_mail", digest, mail, &sealed));
	TRY(ticket_insert(
		call, digest, text_from(kind), maybe_of(person_id), sealed, lang_tag(lang), call->now, call->now + seconds * 1000));
	*out_token = token;
	return OK;
}

Error ticket_check(Call *call, Text token, const char *kind, TicketRow *out)
{
	TicketRow ticket;
	bool found = false;
	TRY(ticket_find(call, secret_digest(call, token), &ticket, &found));
	if (!found || !text_is(ticket.kind, text_from(kind)) || ticket.used_at.is || ticket.expires_at <= call->now)
		return fail(call, NOT_FOUND, "no such link, or it was used, or it expired");
	*out = ticket;
	return OK;
}

Error ticket_take(Call *call, Text token, const char *kind, TicketRow *out)
{
	int64_t changed = 0;
	TRY(ticket_check(call, token, kind, out));
	TRY(ticket_use(call, out->id, call->now, &changed));
	return changed == 1 ? OK : fail(call, NOT_FOUND, "the link was used meanwhile");
}

Error ticket_mail(Call *call, Text token, const TicketRow *ticket, Text *out_mail)
{
	return seal_open(call, "person_ticket|sealed_mail", secret_digest(call, token), ticket->sealed_mail, out_mail);
}

Error person_ticket_open(Call *call, Text token, const char *kind, Text *out_mail)
{
	TicketRow ticket;
	TRY(ticket_check(call, token, kind, &ticket));
	return ticket_mail(call, token, &ticket, out_mail);
}

/* ---- Registration */
typedef struct Asking {
	Text mail;
} Asking;

/* A known address gets the same row and the same message but for its words, so that neither bytes nor time tell. */
static Error send_link(Call *call, void *argument)
{
	const Asking *asking = argument;
	PersonRow row;
	bool known = false;
	Text token;
	Lang lang = call->lang;
	TRY(person_row_by_mail(call, person_mail_value(call, asking->mail), &row, &known));
	if (known && !lang_parse(row.lang, &lang)) return fail(call, CORRUPT, "person of an unknown language");
	TRY(ticket_new(call, "register", known ? row.id : 0, asking->mail, lang, (int64_t)TICKET_HOURS * 3600, &token));
	return outbox_letter(
		call, &(Letter) { .to = asking->mail,
			      .lang = lang,
			      .subject = known ? N_("You have an account already") : N_("Confirm your mail address"),
			      .body = known ? N_("Somebody, probably you, wanted to register this address, but it has an account already. "
						 "If you forgot the password, you can set a new one.")
					    : N_("Open the link within 24 hours to finish your registration. If you did not ask for it, "
						 "there is nothing to do."),
			      .link = known ? outbox_link(call, "/forgot") : outbox_link(call, "/verify/%.*s", TEXT_ARGS(token)) });
}

Error person_register(Call *call, Text mail, Text peer_address)
{
	Asking asking = { .mail = mail_address_fold(call->arena, mail) };
	if (!mail_address_is(asking.mail)) call_problem(call, TEXT("mail"), N_("This is not a mail address."), (Text) { 0 });
	TRY(call_check_problems(call));
	Attempt attempt = attempt_of(call, "register", asking.mail, peer_address);
	TRY(attempt_begin(call, &attempt));
	return db_transact(call, send_link, &asking);
}

typedef struct Finishing {
	const Registration *registration;
	Text token, hash;
	int64_t person_id;
} Finishing;

static Error give_handle(Call *call, int64_t person_id, const Registration *registration)
{
	PersonRow row, other;
	bool found = false;
	Sealed handle;
	Text value = person_handle_value(call, registration->handle);
	TRY(person_row_by_handle(call, value, &other, &found));
	if (found) call_problem(call, TEXT("handle"), N_("This public name is taken. Please choose another."), (Text) { 0 });
	TRY(call_check_problems(call));
	TRY(person_row_by_id(call, person_id, &row, &found));
	TRY(seal_close(call, row.seal_key, "person|sealed_handle", row.ref, registration->handle, &handle));
	return person_set_profile(call, person_id, value, handle, row.sealed_name, row.sealed_phone, row.lang, call->now);
}

static Error finish(Call *call, void *argument)
{
	Finishing *finishing = argument;
	TicketRow ticket;
	Text mail;
	Lang lang = call->lang;
	TRY(ticket_take(call, finishing->token, "register", &ticket));
	TRY(ticket_mail(call, finishing->token, &ticket, &mail));
	TRY(person_add(call, mail, text_trim(finishing->registration->name), PERSON_UNVERIFIED, lang, &finishing->person_id));
	if (finishing->registration->handle.length > 0) TRY(give_handle(call, finishing->person_id, finishing->registration));
	for (size_t i = 0; i < consent_document_count; i++) {
		int64_t version = 0;
		TRY(consent_version(call, &consent_documents[i], &version));
		TRY(consent_insert(call, finishing->person_id, (Maybe) { 0 }, text_from(consent_documents[i].tag), version, call->now));
	}
	return password_store(call, finishing->person_id, finishing->hash);
}

static void check_registration(Call *call, const Registration *registration)
{
	Text none = { 0 };
	if (text_trim(registration->name).length == 0) call_problem(call, TEXT("name"), N_("Please enter your name."), none);
	if (name_hides(registration->name)) call_problem(call, TEXT("name"), N_("Something invisible stands in this name."), none);
	if (registration->handle.length > 0 && !handle_is(registration->handle))
		call_problem(
			call, TEXT("handle"), N_("Use 3 to 30 letters without accents, digits, '-', '_' or '.', a letter first."), none);
	if (!registration->accepts_terms)
		call_problem(call, TEXT("accepts_terms"), N_("Without agreeing to this document there is no account."), none);
	if (!registration->accepts_privacy)
		call_problem(call, TEXT("accepts_privacy"), N_("Without agreeing to this document there is no account."), none);
	if (!registration->accepts_confidentiality)
		call_problem(call, TEXT("accepts_confidentiality"), N_("Without agreeing to this document there is no account."), none);
}

Error person_register_finish(Call *call, Text token, const Registration *registration, int64_t *out_person_id)
{
	Finishing finishing = { .registration = registration, .token = token };
	Text mail;
	TRY(person_ticket_open(call, token, "register", &mail));
	check_registration(call, registration);
	TRY(password_examine(call, TEXT("password"), registration->password,
		&(Person) { .mail = mail, .handle = registration->handle, .name = registration->name }));
	TRY(password_hash(call, registration->password, &finishing.hash));
	TRY(db_transact(call, finish, &finishing));
	*out_person_id = finishing.person_id;
	return OK;
}

/* ---- Another mail address */
static Error send_confirmation(Call *call, void *argument)
{
	const Asking *asking = argument;
	Person person;
	PersonRow other;
	bool known = false;
	Text token;
	TRY(person_find(call, call->actor->person_id, &person));
	TRY(person_row_by_mail(call, person_mail_value(call, asking->mail), &other, &known));
	TRY(ticket_end_kind(call, person.id, TEXT("mail"), call->now));
	TRY(ticket_new(call, "mail", person.id, asking->mail, person.lang, (int64_t)TICKET_HOURS * 3600, &token));
	TRY(outbox_letter(call, &(Letter) { .to = asking->mail,
					.lang = person.lang,
					.subject = known ? N_("You have an account already") : N_("Confirm your mail address"),
					.body = known ? N_("Somebody wanted to use this address for another account. It belongs to yours, "
							   "so nothing was changed.")
						      : N_("Open the link within 24 hours to use this address for your account. If you did "
							   "not ask for it, there is nothing to do."),
					.link = known ? (Text) { 0 } : outbox_link(call, "/verify/mail/%.*s", TEXT_ARGS(token)) }));
	return outbox_letter(call, &(Letter) { .to = person.mail,
					   .lang = person.lang,
					   .subject = N_("Your mail address is about to change"),
					   .body = N_("Somebody signed in to your account asked to replace this address. If it was not "
						      "you, change your password and end all sessions."),
					   .link = outbox_link(call, "/account") });
}

Error person_mail_change(Call *call, Text password, Text mail)
{
	Asking asking = { .mail = mail_address_fold(call->arena, mail) };
	TRY(person_is_self(call));
	if (!mail_address_is(asking.mail)) call_problem(call, TEXT("mail"), N_("This is not a mail address."), (Text) { 0 });
	TRY(call_check_problems(call));
	TRY(password_confirm(call, password));
	return db_transact(call, send_confirmation, &asking);
}

static Error confirm_mail(Call *call, void *argument)
{
	const Text *token = argument;
	TicketRow ticket;
	PersonRow row, other;
	bool found = false;
	Text mail;
	Sealed sealed;
	TRY(ticket_take(call, *token, "mail", &ticket));
	TRY(ticket_mail(call, *token, &ticket, &mail));
	TRY(person_row_by_mail(call, person_mail_value(call, mail), &other, &found));
	if (found) return fail(call, CONFLICT, "the address has an account");
	TRY(person_row_by_id(call, ticket.person_id.value, &row, &found));
	if (!found || text_is(row.state, TEXT("disabled"))) return fail(call, NOT_FOUND, "the account is gone");
	TRY(seal_close(call, row.seal_key, "person|sealed_mail", row.ref, mail, &sealed));
	return person_set_mail(call, row.id, person_mail_value(call, mail), sealed, call->now);
}

Error person_mail_confirm(Call *call, Text token) { return db_transact(call, confirm_mail, &token); }

/* ---- Consent */
static const ConsentDocument *document_of(Text tag)
{
	for (size_t i = 0; i < consent_document_count; i++)
		if (text_is(text_from(consent_documents[i].tag), tag)) return &consent_documents[i];
	return NULL;
}

Error consent_version(Call *call, const ConsentDocument *document, int64_t *out_version)
{
	RuleId id;
	if (!rule_parse(text_from(document->tag), &id)) return fail(call, INTERNAL, "%s is no rule", document->tag);
	return rule_in_force(call, id, out_version);
}

Error consent_has(Call *call, int64_t person_id, Text document, bool *out_has)
{
	const ConsentDocument *known = document_of(document);
	int64_t id = 0, version = 0;
	if (!known) return fail(call, NOT_FOUND, "no such document");
	TRY(consent_version(call, known, &version));
	return consent_find(call, person_id, document, version, &id, out_has);
}

static Error give(Call *call, void *argument)
{
	const ConsentDocument *document = argument;
	bool has = false;
	int64_t version = 0;
	TRY(consent_has(call, call->actor->person_id, text_from(document->tag), &has));
	if (has) return OK;
	TRY(consent_version(call, document, &version));
	return consent_insert(
		call, call->actor->person_id, maybe_of(call->actor->organisation_id), text_from(document->tag), version, call->now);
}

Error consent_give(Call *call, Text document)
{
	const ConsentDocument *known = document_of(document);
	TRY(person_is_self(call));
	if (!known) return fail(call, NOT_FOUND, "no such document");
	ConsentDocument copy = *known;
	return db_transact(call, give, &copy);
}

Error consent_list(Call *call, int64_t person_id, Consents *out)
{
	ConsentRows rows;
	Consents consents = { 0 };
	TRY(consent_rows(call, person_id, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		Consent consent = { .document = rows.at[i].document, .version = rows.at[i].version, .given_at = rows.at[i].given_at };
		list_add(call->arena, &consents, consent);
	}
	*out = consents;
	return OK;
}

Error consent_history(Call *call, int64_t person_id, Consents *out)
{
	ConsentRows rows;
	Consents consents = { 0 };
	TRY(consent_rows_all(call, person_id, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		const ConsentRow *row = &rows.at[i];
		Consent consent = { row->document, row->version, row->given_at, row->withdrawn_at.value };
		list_add(call->arena, &consents, consent);
	}
	*out = consents;
	return OK;
}

static Error withdraw(Call *call, void *argument)
{
	const Text *document = argument;
	Person person;
	int64_t changed = 0;
	TRY(person_find(call, call->actor->person_id, &person));
	TRY(consent_end(call, person.id, *document, call->now, &changed));
	if (changed < 1) return fail(call, CONFLICT, "no consent to %.*s holds", TEXT_ARGS(*document));
	return person_record(call, person.ref, "withdraw-consent", *document);
}

Error consent_withdraw(Call *call, Text document)
{
	TRY(person_is_self(call));
	if (!document_of(document)) return fail(call, NOT_FOUND, "no such document");
	return db_transact(call, withdraw, &document);
}
