#include "people/org/org_private.h"

#include "engine/likeness/name.h"
#include "people/person/person.h"

static const struct {
	const char *tag, *text;
} states[] = {
	[ORG_UNVERIFIED] = { "unverified", N_("Not verified") },
	[ORG_CHECKING] = { "checking", N_("Being verified") },
	[ORG_VERIFIED] = { "verified", N_("Verified") },
	[ORG_RETURNED] = { "returned", N_("Returned") },
	[ORG_MERGED] = { "merged", N_("Merged into another organisation") },
};
const char *org_state_tag(OrgState state) { return states[state].tag; }
const char *org_state_text(OrgState state) { return states[state].text; }

Error org_record(Call *call, Text ref, const char *action, Text detail)
{
	return ledger_record(call, &(LedgerEvent) { .kind = "organisation", .ref = ref, .action = action, .detail = detail }, NULL);
}

Error org_from_row(Call *call, const OrgRow *row, Organisation *out)
{
	Organisation organisation = { .id = row->id,
		.seal_key = row->seal_key,
		.created_at = row->created_at,
		.changed_at = row->changed_at,
		.merged_into = row->merged_into.is ? row->merged_into.value : 0,
		.ref = row->ref,
		.name = row->name,
		.name_en = row->name_en,
		.credit_code = row->credit_code,
		.wants = row->wants,
		.domicile = row->domicile };
	for (size_t i = 0; i < COUNT(states); i++)
		if (text_is(text_from(states[i].tag), row->state)) organisation.state = (OrgState)i;
	TRY(seal_open(call, "organisation|sealed_contact", row->ref, row->sealed_contact, &organisation.contact));
	TRY(seal_open(call, "organisation|sealed_reason", row->ref, row->sealed_reason, &organisation.reason));
	*out = organisation;
	return OK;
}

static Error opened(Call *call, const OrgRow *row, bool found, Organisation *out)
{
	return found ? org_from_row(call, row, out) : fail(call, NOT_FOUND, "no such organisation");
}

Error org_find(Call *call, int64_t id, Organisation *out)
{
	OrgRow row;
	bool found = false;
	TRY(org_by_id(call, id, &row, &found));
	return opened(call, &row, found, out);
}

Error org_find_ref(Call *call, Text ref, Organisation *out)
{
	OrgRow row;
	bool found = false;
	TRY(org_by_ref(call, ref, &row, &found));
	return opened(call, &row, found, out);
}

Error org_find_code(Call *call, Text credit_code, Organisation *out)
{
	OrgRow row;
	bool found = false;
	TRY(org_by_code(call, credit_code, &row, &found));
	return opened(call, &row, found, out);
}

Error org_list_in_state(Call *call, OrgState state, int64_t max, Organisations *out)
{
	OrgRows rows;
	Organisations organisations = { 0 };
	TRY(org_rows(call, text_from(org_state_tag(state)), max, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		Organisation organisation;
		TRY(org_from_row(call, &rows.at[i], &organisation));
		list_add(call->arena, &organisations, organisation);
	}
	*out = organisations;
	return OK;
}

Text org_shown_name(const Organisation *organisation, Lang lang)
{
	return lang == LANG_EN && organisation->name_en.length > 0 ? organisation->name_en : organisation->name;
}

/* ---- Who may */
static Error is_account(Call *call)
{
	if (call->actor->person_id == 0) return fail(call, UNAUTHENTICATED, "nobody is signed in");
	return call->actor->session_id != 0 ? OK : fail(call, FORBIDDEN, "an API token does not change organisations");
}

Error org_of_admin(Call *call, Organisation *out)
{
	MembershipRow row;
	bool found = false;
	TRY(is_account(call));
	TRY(membership_of(call, call->actor->person_id, &row, &found));
	if (!found) return fail(call, NOT_FOUND, "no member of an organisation");
	if (!row.is_admin) return fail(call, FORBIDDEN, "not an administrator of the organisation");
	return org_find(call, row.organisation_id, out);
}

Error org_may_verify(Call *call)
{
	if (actor_has(call->actor, ROLE_SYSTEM)) return OK;
	if (!actor_has(call->actor, ROLE_COORDINATOR) || call->actor->session_id == 0) return fail(call, FORBIDDEN, "not a coordinator");
	return call->actor->second_factor ? OK : fail(call, SECOND_FACTOR, "a coordinator without second factor");
}

/* ---- Registration */
static void check_registration(Call *call, OrgRegistration *registration)
{
	Text none = { 0 }, code = credit_code_parse(call->arena, registration->credit_code);
	registration->name = text_trim(registration->name);
	registration->name_en = text_trim(registration->name_en);
	registration->contact = text_trim(registration->contact);
	if (registration->name.length == 0) call_problem(call, TEXT("name"), N_("Please enter the full name as on the licence."), none);
	if (name_hides(registration->name)) call_problem(call, TEXT("name"), N_("Something invisible stands in this name."), none);
	if (name_hides(registration->name_en)) call_problem(call, TEXT("name_en"), N_("Something invisible stands in this name."), none);
	if (code.at == NULL)
		call_problem(call, TEXT("credit_code"),
			N_("This is not a unified social credit code: 18 characters, the last one a check digit."), none);
	if (!text_is(registration->wants, TEXT("vendor")) && !text_is(registration->wants, TEXT("unit")) &&
		!text_is(registration->wants, TEXT("other")))
		call_problem(call, TEXT("wants"), N_("Please choose."), none);
	if (registration->domicile.length != 2)
		call_problem(call, TEXT("domicile"), N_("Please enter the two letters of the country, such as CN."), none);
	if (registration->contact.length == 0) call_problem(call, TEXT("contact"), N_("Please say whom we reach how."), none);
	if (code.at) registration->credit_code = code;
}

typedef struct Registering {
	OrgRegistration registration;
	Text ref;
} Registering;

static Error enter(Call *call, void *argument)
{
	Registering *registering = argument;
	const OrgRegistration *from = &registering->registration;
	MembershipRow member;
	bool found = false;
	int64_t key = 0, id = 0;
	Sealed contact;
	TRY(membership_of(call, call->actor->person_id, &member, &found));
	if (found) return fail(call, CONFLICT, "a member of an organisation already");
	registering->ref = arena_printf(call->arena, "O-%.*s", TEXT_ARGS(token_new(call->arena, 16)));
	TRY(seal_matter_new(call, &key));
	TRY(seal_close(call, key, "organisation|sealed_contact", registering->ref, from->contact, &contact));
	TRY(org_insert(call, registering->ref, from->name, from->name_en, from->credit_code, from->wants, from->domicile, key, contact,
		call->actor->person_id, call->now, &id));
	TRY(org_names_write(call, id, from->name, from->name_en));
	TRY(membership_insert(call, token_new(call->arena, 16), id, call->actor->person_id, true, call->now));
	return org_derive_roles(call, id);
}

Error org_register(Call *call, const OrgRegistration *registration, Text *out_ref)
{
	Registering registering = { .registration = *registration };
	TRY(is_account(call));
	check_registration(call, &registering.registration);
	TRY(call_check_problems(call));
	TRY(db_transact(call, enter, &registering));
	*out_ref = registering.ref;
	return OK;
}

static Error amend(Call *call, void *argument)
{
	const OrgRegistration *to = argument;
	Organisation organisation;
	Sealed contact;
	int64_t changed = 0;
	TRY(org_of_admin(call, &organisation));
	TRY(seal_close(call, organisation.seal_key, "organisation|sealed_contact", organisation.ref, to->contact, &contact));
	TRY(org_update(
		call, organisation.id, to->name, to->name_en, to->credit_code, to->wants, to->domicile, contact, call->now, &changed));
	if (changed != 1) return fail(call, CONFLICT, "being verified, or verified already");
	return org_names_write(call, organisation.id, to->name, to->name_en);
}

Error org_change(Call *call, const OrgRegistration *registration)
{
	OrgRegistration to = *registration;
	check_registration(call, &to);
	TRY(call_check_problems(call));
	return db_transact(call, amend, &to);
}

/* ---- Papers: in the vault */
static VaultOwner owner_of(int64_t organisation_id) { return (VaultOwner) { "organisation", organisation_id }; }

Error org_paper_add(Call *call, Text kind, Text name, int file, int64_t size_bytes)
{
	Organisation organisation;
	TRY(org_of_admin(call, &organisation));
	if (organisation.state != ORG_UNVERIFIED && organisation.state != ORG_RETURNED)
		return fail(call, CONFLICT, "being verified, or verified already");
	return vault_put_file(call, owner_of(organisation.id), kind, name, file, size_bytes);
}

Error org_papers(Call *call, const Organisation *organisation, VaultPapers *out)
{
	bool is_admin = false;
	TRY(org_is_admin(call, organisation->id, call->actor->person_id, &is_admin));
	if (!is_admin) TRY(org_may_verify(call));
	return vault_papers(call, owner_of(organisation->id), out);
}

Error org_openings(Call *call, const Organisation *organisation, VaultOpenings *out)
{
	enum { OPENINGS_MAX = 50 };
	bool is_admin = false;
	TRY(org_is_admin(call, organisation->id, call->actor->person_id, &is_admin));
	if (!is_admin) return fail(call, FORBIDDEN, "not an administrator of the organisation");
	return vault_openings(call, owner_of(organisation->id), 0, OPENINGS_MAX, out);
}

Error org_paper_find(Call *call, Text ref, VaultPaper *out)
{
	VaultPaper paper;
	bool is_admin = false;
	TRY(vault_find(call, ref, &paper));
	if (text_is(paper.owner, TEXT("organisation"))) TRY(org_is_admin(call, paper.owner_id, call->actor->person_id, &is_admin));
	if (!is_admin) return fail(call, NOT_FOUND, "not a paper of the actor's organisation");
	return vault_own(call, ref, out);
}

/* ---- Verification */
static Error ask(Call *call, void *argument)
{
	Organisation organisation;
	VaultPapers papers;
	bool has_licence = false, has_authorisation = false;
	int64_t changed = 0;
	(void)argument;
	TRY(org_of_admin(call, &organisation));
	TRY(org_papers(call, &organisation, &papers));
	for (size_t i = 0; i < papers.count; i++) {
		if (papers.at[i].deleted_at) continue;
		has_licence = has_licence || text_is(papers.at[i].kind, TEXT("licence"));
		has_authorisation = has_authorisation || text_is(papers.at[i].kind, TEXT("authorisation"));
	}
	if (!has_licence) call_problem(call, TEXT("licence"), N_("Please add the business licence."), (Text) { 0 });
	if (!has_authorisation) call_problem(call, TEXT("authorisation"), N_("Please add the stamped authorisation."), (Text) { 0 });
	TRY(call_check_problems(call));
	if (organisation.state != ORG_UNVERIFIED && organisation.state != ORG_RETURNED) return fail(call, CONFLICT, "asked already");
	TRY(org_move(call, organisation.id, text_from(org_state_tag(organisation.state)), TEXT("checking"), (Sealed) { 0 }, call->now,
		&changed));
	if (changed != 1) return fail(call, CONFLICT, "changed meanwhile");
	return vault_asked(call, owner_of(organisation.id));
}

Error org_verification_ask(Call *call) { return db_transact(call, ask, NULL); }

typedef struct Deciding {
	Text ref, reason;
	bool verified;
} Deciding;

static Error tell_admins(Call *call, const Organisation *organisation, const Deciding *deciding)
{
	Numbers admins;
	TRY(org_admins(call, organisation->id, &admins));
	LetterField fields[] = { { "name", organisation->name }, { "reason", deciding->reason } };
	for (size_t i = 0; i < admins.count; i++) {
		Person person;
		TRY(person_find(call, admins.at[i], &person));
		TRY(outbox_letter(call, &(Letter) { .to = person.mail,
						.lang = person.lang,
						.subject = deciding->verified ? N_("{name} is verified")
									      : N_("The verification of {name} needs another look"),
						.body = deciding->verified ? N_("The papers of {name} have been checked and are in order. "
										"You can invite your colleagues now.")
									   : N_("The papers of {name} were returned: {reason}\n\nPlease "
										"correct them and send them again."),
						.fields = fields,
						.field_count = COUNT(fields),
						.link = outbox_link(call, "/organisations") }));
	}
	return OK;
}

static Error decide(Call *call, void *argument)
{
	const Deciding *deciding = argument;
	Organisation organisation, other;
	bool is_member = false;
	int64_t changed = 0;
	Sealed reason;
	TRY(org_find_ref(call, deciding->ref, &organisation));
	TRY(org_is_admin(call, organisation.id, call->actor->person_id, &is_member));
	if (is_member) return fail(call, FORBIDDEN, "nobody verifies their own organisation");
	Error same = deciding->verified ? org_find_code(call, organisation.credit_code, &other) : ERROR_NOT_FOUND;
	if (same == OK) return fail(call, CONFLICT, "another organisation is verified with that code");
	if (same != ERROR_NOT_FOUND) return same;
	call_recover(call);
	TRY(seal_close(call, organisation.seal_key, "organisation|sealed_reason", organisation.ref,
		deciding->verified ? (Text) { 0 } : deciding->reason, &reason));
	TRY(org_move(call, organisation.id, TEXT("checking"), deciding->verified ? TEXT("verified") : TEXT("returned"), reason, call->now,
		&changed));
	if (changed != 1) return fail(call, CONFLICT, "not waiting for verification");
	TRY(vault_decided(call, owner_of(organisation.id)));
	TRY(org_record(call, organisation.ref, deciding->verified ? "verify" : "return", (Text) { 0 }));
	if (deciding->verified && text_is(organisation.wants, TEXT("vendor")))
		TRY(org_standing_set(call, organisation.id, &(Standing) { .kind = TEXT("vendor"), .from_at = call->now }));
	TRY(org_derive_roles(call, organisation.id));
	return tell_admins(call, &organisation, deciding);
}

Error org_verification_decide(Call *call, Text ref, bool verified, Text reason)
{
	Deciding deciding = { .ref = ref, .verified = verified, .reason = text_trim(reason) };
	TRY(org_may_verify(call));
	if (!verified && deciding.reason.length == 0)
		call_problem(call, TEXT("reason"), N_("Please say what has to be corrected."), (Text) { 0 });
	TRY(call_check_problems(call));
	return db_transact(call, decide, &deciding);
}
