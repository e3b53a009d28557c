#include "people/person/person_private.h"

#include "engine/likeness/name.h"
#include "store/ledger/ledger.h"
#include "store/setting/setting.h"

static const struct {
	const char *tag, *text;
} states[] = {
	[PERSON_UNVERIFIED] = { "unverified", N_("Not verified") },
	[PERSON_CHECKING] = { "checking", N_("Being verified") },
	[PERSON_VERIFIED] = { "verified", N_("Verified") },
	[PERSON_RETURNED] = { "returned", N_("Returned") },
	[PERSON_DISABLED] = { "disabled", N_("Disabled") },
};
const char *person_state_tag(PersonState state) { return states[state].tag; }
const char *person_state_text(PersonState state) { return states[state].text; }

PersonPolicy person_policy(Call *call)
{
	bool is_mlps3 = text_is(setting_text(call, SETTING_password_policy), TEXT("mlps3"));
	return (PersonPolicy) { .passwords = is_mlps3 ? PASSWORD_MLPS3 : PASSWORD_MODERN,
		.idle_seconds = setting_int(call, SETTING_session_idle_minutes) * 60,
		.absolute_seconds = setting_int(call, SETTING_session_hours) * 3600 };
}

Error person_record(Call *call, Text person_ref, const char *action, Text detail)
{
	return ledger_record(call, &(LedgerEvent) { .kind = "person", .ref = person_ref, .action = action, .detail = detail }, NULL);
}

Text person_mail_value(Call *call, Text mail) { return seal_lookup(call, "person mail", mail_address_fold(call->arena, mail)); }
Text person_handle_value(Call *call, Text handle)
{
	return seal_lookup(call, "person handle", arena_lower(call->arena, text_trim(handle)));
}

Error person_from_row(Call *call, const PersonRow *row, Person *out)
{
	Person person = { .id = row->id,
		.organisation_id = row->organisation_id.value,
		.created_at = row->created_at,
		.changed_at = row->changed_at,
		.ref = row->ref,
		.mail_failing_at = row->mail_failing_at.value,
		.mail_value = row->mail_mac,
		.seal_key = row->seal_key,
		.deleted_at = row->deleted_at.value };
	for (size_t i = 0; i < COUNT(states); i++)
		if (text_is(text_from(states[i].tag), row->state)) person.state = (PersonState)i;
	if (!lang_parse(row->lang, &person.lang)) return fail(call, CORRUPT, "person of an unknown language");
	TRY(seal_open(call, "person|sealed_mail", row->ref, row->sealed_mail, &person.mail));
	TRY(seal_open(call, "person|sealed_handle", row->ref, row->sealed_handle, &person.handle));
	TRY(seal_open(call, "person|sealed_name", row->ref, row->sealed_name, &person.name));
	TRY(seal_open(call, "person|sealed_phone", row->ref, row->sealed_phone, &person.phone));
	TRY(seal_open(call, "person|sealed_reason", row->ref, row->sealed_reason, &person.reason));
	if (row->deleted_at.is) person.name = tr(call->lang, N_("Deleted account"));
	*out = person;
	return OK;
}

static Error opened(Call *call, const PersonRow *row, bool found, Person *out)
{
	return found ? person_from_row(call, row, out) : fail(call, NOT_FOUND, "no such person");
}

Error person_find(Call *call, int64_t id, Person *out)
{
	PersonRow row;
	bool found = false;
	TRY(person_row_by_id(call, id, &row, &found));
	return opened(call, &row, found, out);
}

Error person_mail_note(Call *call, int64_t id, Text mail_value, bool has_arrived)
{
	int64_t changed = 0;
	if (has_arrived) return person_mail_arrives(call, id, mail_value, &changed);
	return person_mail_fails(call, id, mail_value, call->now, &changed);
}

Error person_find_ref(Call *call, Text ref, Person *out)
{
	PersonRow row;
	bool found = false;
	TRY(person_row_by_ref(call, ref, &row, &found));
	return opened(call, &row, found, out);
}

Error person_row_of_login(Call *call, Text login, PersonRow *out, bool *out_found)
{
	if (text_find(login, TEXT("@"), NULL)) return person_row_by_mail(call, person_mail_value(call, login), out, out_found);
	return person_row_by_handle(call, person_handle_value(call, login), out, out_found);
}

Error person_find_login(Call *call, Text login, Person *out)
{
	PersonRow row;
	bool found = false;
	TRY(person_row_of_login(call, login, &row, &found));
	return opened(call, &row, found, out);
}

static Error open_all(Call *call, const PersonRows *rows, Persons *out)
{
	Persons persons = { 0 };
	for (size_t i = 0; i < rows->count; i++) {
		Person person;
		TRY(person_from_row(call, &rows->at[i], &person));
		list_add(call->arena, &persons, person);
	}
	*out = persons;
	return OK;
}

Error person_list(Call *call, int64_t after, int64_t max, Persons *out)
{
	PersonRows rows;
	TRY(person_rows(call, after, max, &rows));
	return open_all(call, &rows, out);
}

Error person_list_in_state(Call *call, PersonState state, int64_t max, Persons *out)
{
	PersonRows rows;
	TRY(person_rows_in_state(call, text_from(person_state_tag(state)), max, &rows));
	return open_all(call, &rows, out);
}

Text person_shown_name(const Person *person)
{
	if (person->name.length > 0) return person->name;
	return person->handle.length > 0 ? person->handle : person->mail;
}

Error person_name(Call *call, int64_t id, Text *out)
{
	Person person;
	*out = TEXT("");
	if (!id) return OK;
	Error error = person_find(call, id, &person);
	if (error == OK) *out = person_shown_name(&person);
	if (error != ERROR_NOT_FOUND) return error;
	call_pass_over(call);
	return OK;
}

Error person_add(Call *call, Text mail, Text name, PersonState state, Lang lang, int64_t *out_id)
{
	int64_t key = 0;
	Sealed sealed_mail, sealed_name;
	PersonRow known;
	bool found = false;
	TRY(person_row_by_mail(call, person_mail_value(call, mail), &known, &found));
	if (found) return fail(call, CONFLICT, "the address has an account");
	Text ref = arena_printf(call->arena, "P-%.*s", TEXT_ARGS(token_new(call->arena, 16)));
	TRY(seal_matter_new(call, &key));
	TRY(seal_close(call, key, "person|sealed_mail", ref, mail_address_fold(call->arena, mail), &sealed_mail));
	TRY(seal_close(call, key, "person|sealed_name", ref, name.length > 0 ? name : (Text) { 0 }, &sealed_name));
	return person_insert(call, ref, text_from(person_state_tag(state)), person_mail_value(call, mail), key, sealed_mail, sealed_name,
		lang_tag(lang), call->now, out_id);
}

/* ---- Who may */
Error person_is_self(Call *call)
{
	if (call->actor->person_id == 0) return fail(call, UNAUTHENTICATED, "nobody is signed in");
	return call->actor->session_id != 0 ? OK : fail(call, FORBIDDEN, "an API token does not change its owner's account");
}

Error person_is_security(Call *call)
{
	if (actor_has(call->actor, ROLE_SYSTEM)) return OK;
	if (!actor_has(call->actor, ROLE_SECURITY_ADMIN) || call->actor->session_id == 0)
		return fail(call, FORBIDDEN, "not a security administrator");
	return call->actor->second_factor ? OK : fail(call, SECOND_FACTOR, "a security administrator without second factor");
}

Error person_is_staff_for_verification(Call *call)
{
	if (actor_has(call->actor, ROLE_SYSTEM)) return OK;
	if (!actor_has(call->actor, ROLE_COORDINATOR) || call->actor->session_id == 0) return fail(call, FORBIDDEN, "not a coordinator");
	return call->actor->second_factor ? OK : fail(call, SECOND_FACTOR, "a coordinator without second factor");
}

/* ---- Profile */
typedef struct Profile {
	Text name, handle, phone;
	Lang lang;
} Profile;

static Error seal_profile(Call *call, const Person *person, const Profile *profile, Text handle_value)
{
	Sealed handle, name, phone;
	Text none = { 0 };
	TRY(seal_close(
		call, person->seal_key, "person|sealed_handle", person->ref, profile->handle.length > 0 ? profile->handle : none, &handle));
	TRY(seal_close(call, person->seal_key, "person|sealed_name", person->ref, profile->name.length > 0 ? profile->name : none, &name));
	TRY(seal_close(
		call, person->seal_key, "person|sealed_phone", person->ref, profile->phone.length > 0 ? profile->phone : none, &phone));
	return person_set_profile(call, person->id, handle_value, handle, name, phone, lang_tag(profile->lang), call->now);
}

static Error change_profile(Call *call, void *argument)
{
	const Profile *profile = argument;
	Person person;
	TRY(person_find(call, call->actor->person_id, &person));
	Text value = { 0 };
	if (profile->handle.length > 0) {
		int64_t owner = 0;
		bool found = false;
		value = person_handle_value(call, profile->handle);
		TRY(person_handle_owner(call, value, &owner, &found));
		if (found && owner != person.id)
			call_problem(call, TEXT("handle"), N_("This public name is taken. Please choose another."), (Text) { 0 });
	}
	if ((person.state == PERSON_CHECKING || person.state == PERSON_VERIFIED) && !text_is(profile->name, person.name))
		call_problem(call, TEXT("name"), N_("A verified name changes only through a new verification."), (Text) { 0 });
	TRY(call_check_problems(call));
	TRY(seal_profile(call, &person, profile, value));
	return text_is(profile->handle, person.handle.at ? person.handle : TEXT("")) ? OK : change_record(call, "handle", TEXT("all"));
}

Error person_profile_change(Call *call, Text name, Text handle, Text phone, Lang lang)
{
	Profile profile = { .name = text_trim(name), .handle = text_trim(handle), .phone = text_trim(phone), .lang = lang };
	TRY(person_is_self(call));
	if (profile.handle.length > 0 && !handle_is(profile.handle))
		call_problem(call, TEXT("handle"), N_("Use 3 to 30 letters without accents, digits, '-', '_' or '.', a letter first."),
			(Text) { 0 });
	if (name_hides(profile.name)) call_problem(call, TEXT("name"), N_("Something invisible stands in this name."), (Text) { 0 });
	TRY(call_check_problems(call));
	return db_transact(call, change_profile, &profile);
}

/* ---- Verification of identity */
typedef struct Verification {
	Text ref, name, phone, identity, reason;
	bool verified;
} Verification;

static Error ask_verification(Call *call, void *argument)
{
	const Verification *asked = argument;
	Person person;
	Sealed name, phone;
	int64_t changed = 0;
	VaultOwner owner = { "person", call->actor->person_id };
	TRY(person_find(call, call->actor->person_id, &person));
	if (person.state != PERSON_UNVERIFIED && person.state != PERSON_RETURNED)
		return fail(call, CONFLICT, "verification is under way or done");
	TRY(person_move(call, person.id, text_from(person_state_tag(person.state)), TEXT("checking"), call->now, &changed));
	if (changed != 1) return fail(call, CONFLICT, "the account's state changed meanwhile");
	TRY(seal_close(call, person.seal_key, "person|sealed_name", person.ref, asked->name, &name));
	TRY(seal_close(call, person.seal_key, "person|sealed_phone", person.ref, asked->phone, &phone));
	TRY(vault_put_text(call, owner, TEXT("identity"), asked->identity));
	TRY(vault_asked(call, owner));
	return person_set_identity(call, person.id, name, phone);
}

Error person_verification_ask(Call *call, Text name, Text phone, Text identity)
{
	Verification asked = { .name = text_trim(name), .phone = text_trim(phone), .identity = text_trim(identity) };
	TRY(person_is_self(call));
	if (asked.name.length == 0) call_problem(call, TEXT("name"), N_("Please enter your real name."), (Text) { 0 });
	if (asked.phone.length == 0) call_problem(call, TEXT("phone"), N_("Please enter a telephone number."), (Text) { 0 });
	if (asked.identity.length < 6)
		call_problem(call, TEXT("identity"), N_("Please enter the number of your identity document."), (Text) { 0 });
	TRY(call_check_problems(call));
	return db_transact(call, ask_verification, &asked);
}

static Error tell_decision(Call *call, const Person *person, const Verification *decision)
{
	LetterField fields[] = { { "reason", decision->reason } };
	return outbox_letter(call,
		&(Letter) { .to = person->mail,
			.lang = person->lang,
			.subject = decision->verified ? N_("Your account is verified") : N_("Your verification needs another look"),
			.body = decision->verified
					? N_("Your identity has been verified. Reports you send from now on earn points and certificates.")
					: N_("Your verification was returned: {reason}\n\nPlease correct it and send it again."),
			.fields = fields,
			.field_count = COUNT(fields),
			.link = outbox_link(call, "/account") });
}

static Error decide_verification(Call *call, void *argument)
{
	const Verification *decision = argument;
	Person person;
	Sealed reason;
	int64_t changed = 0;
	TRY(person_find_ref(call, decision->ref, &person));
	if (person.id == call->actor->person_id) return fail(call, FORBIDDEN, "nobody verifies themselves");
	TRY(person_move(call, person.id, TEXT("checking"), decision->verified ? TEXT("verified") : TEXT("returned"), call->now, &changed));
	if (changed != 1) return fail(call, CONFLICT, "not waiting for verification");
	TRY(seal_close(
		call, person.seal_key, "person|sealed_reason", person.ref, decision->verified ? (Text) { 0 } : decision->reason, &reason));
	TRY(person_set_reason(call, person.id, reason));
	TRY(vault_decided(call, (VaultOwner) { "person", person.id }));
	TRY(person_record(call, person.ref, decision->verified ? "verify" : "return", (Text) { 0 }));
	return tell_decision(call, &person, decision);
}

Error person_verification_decide(Call *call, Text ref, bool verified, Text reason)
{
	Verification decision = { .ref = ref, .verified = verified, .reason = text_trim(reason) };
	TRY(person_is_staff_for_verification(call));
	if (!verified && decision.reason.length == 0)
		call_problem(call, TEXT("reason"), N_("Please say what has to be corrected."), (Text) { 0 });
	TRY(call_check_problems(call));
	return db_transact(call, decide_verification, &decision);
}

/* ---- The end of an account */
Error account_end_everything(Call *call, int64_t person_id)
{
	TRY(session_end_others(call, person_id, 0, call->now));
	TRY(calendar_key_end(call, person_id));
	return token_end_all(call, person_id, call->now);
}

static PersonLeft *left_hook;
void person_set_left(PersonLeft *left) { left_hook = left; }
Error person_left(Call *call, int64_t person_id) { return left_hook ? left_hook(call, person_id) : OK; }

static Error disable(Call *call, void *argument)
{
	const Text *ref = argument;
	PersonRow row;
	bool found = false;
	int64_t changed = 0;
	TRY(person_row_by_ref(call, *ref, &row, &found));
	if (!found) return fail(call, NOT_FOUND, "no such person");
	if (row.id == call->actor->person_id) return fail(call, CONFLICT, "nobody disables their own account here");
	TRY(person_disable_row(call, row.id, call->now, &changed));
	if (changed != 1) return fail(call, CONFLICT, "disabled already");
	TRY(grant_end_all(call, row.id, call->now));
	TRY(office_remove(call, row.id));
	TRY(person_record(call, row.ref, "disable", (Text) { 0 }));
	TRY(change_record(call, "handle", TEXT("all")));
	TRY(account_end_everything(call, row.id));
	return person_left(call, row.id);
}

Error person_disable(Call *call, Text ref)
{
	TRY(person_is_security(call));
	return db_transact(call, disable, &ref);
}
