/* The end of an account for ever, and what its owner has to show before it is asked for. */
#include "people/person/person_private.h"

/* ---- Showing that it is the owner */
Error person_confirm_asks(Call *call, bool *out_password)
{
	PasswordRow row;
	return password_current(call, call->actor->person_id, &row, out_password);
}

Error person_confirm(Call *call, Text password)
{
	bool has_password = false, has_factor = false;
	TRY(person_is_self(call));
	TRY(factor_exists(call, call->actor->person_id, &has_factor));
	TRY(person_confirm_asks(call, &has_password));
	if ((has_factor || !has_password) && !call->actor->second_factor)
		return fail(call, SECOND_FACTOR, "this session has not passed the second factor");
	return has_password ? password_confirm(call, password) : OK;
}

/* ---- Erasing */
static Error erase_secrets(Call *call, int64_t person_id)
{
	TRY(erase_tickets(call, person_id));
	TRY(erase_passwords(call, person_id));
	TRY(erase_totp(call, person_id));
	TRY(erase_recovery(call, person_id));
	TRY(erase_passkeys(call, person_id));
	TRY(erase_sessions(call, person_id));
	TRY(erase_tokens(call, person_id));
	return calendar_key_end(call, person_id);
}

Error person_erase(Call *call, int64_t person_id)
{
	PersonRow row;
	bool found = false;
	int64_t changed = 0;
	must(db_in_transaction(call));
	TRY(person_row_by_id(call, person_id, &row, &found));
	if (!found) return fail(call, NOT_FOUND, "no such person");
	TRY(person_erase_row(call, row.id, arena_printf(call->arena, "deleted %.*s", TEXT_ARGS(row.ref)), call->now, &changed));
	if (changed != 1) return fail(call, CONFLICT, "deleted already");
	TRY(grant_end_all(call, row.id, call->now));
	TRY(office_remove(call, row.id));
	TRY(erase_secrets(call, row.id));
	TRY(vault_delete_all(call, (VaultOwner) { "person", row.id }));
	TRY(seal_matter_destroy(call, row.seal_key));
	TRY(person_record(call, row.ref, "erase", (Text) { 0 }));
	TRY(change_record(call, "handle", TEXT("all")));
	return person_left(call, row.id);
}

/* ---- Correcting what was verified */
Error person_correct(Call *call, int64_t person_id, Text field, Text value)
{
	Person person;
	Sealed name, phone;
	must(db_in_transaction(call));
	TRY(person_is_staff_for_verification(call));
	TRY(person_find(call, person_id, &person));
	if (person.id == call->actor->person_id) return fail(call, FORBIDDEN, "nobody corrects what is verified about themselves");
	if (person.state == PERSON_DISABLED) return fail(call, CONFLICT, "the account is at its end");
	bool is_name = text_is(field, TEXT("name"));
	TRY(seal_close(call, person.seal_key, "person|sealed_name", person.ref, is_name ? value : person.name, &name));
	TRY(seal_close(call, person.seal_key, "person|sealed_phone", person.ref, is_name ? person.phone : value, &phone));
	TRY(person_set_identity(call, person.id, name, phone));
	return person_record(call, person.ref, "correct", field);
}
