#include "people/org/org_private.h"

enum { INVITATION_DAYS = 7, INVITATIONS_MAX = 50 };

/* ---- What follows for the roles */
enum { DERIVED_MAX = 4 };
typedef struct Derived {
	DerivedRole at[DERIVED_MAX];
	size_t count;
} Derived;

/* Of two standings that give the same role the longer one counts. */
static void add_role(Derived *derived, Role role, int64_t until_at)
{
	for (size_t i = 0; i < derived->count; i++) {
		DerivedRole *known = &derived->at[i];
		if (known->role != role) continue;
		if (known->until_at != 0 && (until_at == 0 || until_at > known->until_at)) known->until_at = until_at;
		return;
	}
	must(derived->count < DERIVED_MAX);
	derived->at[derived->count++] = (DerivedRole) { role, until_at };
}

static void add_standing(Derived *derived, const StandingRow *standing, bool is_admin, int64_t now)
{
	bool is_unit = text_is(standing->kind, TEXT("unit"));
	if (standing->suspended_at.is || standing->from_at > now || (standing->until_at.is && standing->until_at.value <= now)) return;
	add_role(derived, is_unit ? ROLE_UNIT_MEMBER : ROLE_VENDOR_MEMBER, standing->until_at.value);
	if (is_admin) add_role(derived, is_unit ? ROLE_UNIT_ADMIN : ROLE_VENDOR_ADMIN, standing->until_at.value);
}

Error org_derive_role(Call *call, int64_t organisation_id, int64_t person_id, bool is_admin)
{
	OrgRow organisation;
	StandingRows rows;
	Derived derived = { 0 };
	bool found = false;
	TRY(org_by_id(call, organisation_id, &organisation, &found));
	TRY(standing_rows(call, organisation_id, &rows));
	bool counts = found && text_is(organisation.state, TEXT("verified"));
	for (size_t i = 0; counts && i < rows.count; i++) add_standing(&derived, &rows.at[i], is_admin, call->now);
	return role_derive(call, person_id, organisation_id, derived.at, derived.count);
}

Error org_derive_roles(Call *call, int64_t organisation_id)
{
	MembershipRows rows;
	TRY(membership_rows(call, organisation_id, &rows));
	for (size_t i = 0; i < rows.count; i++) TRY(org_derive_role(call, organisation_id, rows.at[i].person_id, rows.at[i].is_admin));
	return OK;
}

/* ---- Standing */
Error org_standings(Call *call, int64_t organisation_id, Standings *out)
{
	StandingRows rows;
	Standings standings = { 0 };
	TRY(standing_rows(call, organisation_id, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		const StandingRow *row = &rows.at[i];
		Standing standing = { .kind = row->kind,
			.stars = (int)row->stars,
			.from_at = row->from_at,
			.until_at = row->until_at.value,
			.is_suspended = row->suspended_at.is };
		list_add(call->arena, &standings, standing);
	}
	*out = standings;
	return OK;
}

typedef struct Setting {
	int64_t organisation_id;
	const Standing *standing;
	Text kind;
} Setting;

static Error set_standing(Call *call, void *argument)
{
	const Setting *setting = argument;
	const Standing *to = setting->standing;
	Organisation organisation;
	int64_t changed = 0;
	TRY(org_find(call, setting->organisation_id, &organisation));
	if (organisation.state != ORG_VERIFIED) return fail(call, CONFLICT, "the organisation is not verified");
	TRY(standing_end(call, organisation.id, to->kind, call->now, &changed));
	TRY(standing_insert(call, organisation.id, to->kind, to->stars, to->from_at ? to->from_at : call->now,
		(Maybe) { to->until_at != 0, to->until_at }, (Maybe) { to->is_suspended, call->now }));
	TRY(org_record(call, organisation.ref, to->is_suspended ? "suspend-standing" : "set-standing",
		arena_printf(call->arena, "%.*s %d", TEXT_ARGS(to->kind), to->stars)));
	return org_derive_roles(call, organisation.id);
}

Error org_standing_set(Call *call, int64_t organisation_id, const Standing *standing)
{
	Setting setting = { .organisation_id = organisation_id, .standing = standing };
	return db_transact(call, set_standing, &setting);
}

static Error end_standing(Call *call, void *argument)
{
	const Setting *setting = argument;
	Organisation organisation;
	int64_t changed = 0;
	TRY(org_find(call, setting->organisation_id, &organisation));
	TRY(standing_end(call, organisation.id, setting->kind, call->now, &changed));
	if (changed != 1) return fail(call, NOT_FOUND, "no such standing");
	TRY(org_record(call, organisation.ref, "end-standing", setting->kind));
	return org_derive_roles(call, organisation.id);
}

Error org_standing_end(Call *call, int64_t organisation_id, Text kind)
{
	Setting setting = { .organisation_id = organisation_id, .kind = kind };
	return db_transact(call, end_standing, &setting);
}

/* ---- Members */
Error org_of_person_at(Call *call, int64_t person_id, int64_t at, int64_t *out_organisation_id)
{
	bool found = false;
	int64_t organisation_id = 0;
	TRY(membership_at(call, person_id, at, &organisation_id, &found));
	*out_organisation_id = found ? organisation_id : 0;
	return OK;
}

Error org_is_member(Call *call, int64_t organisation_id, int64_t person_id, bool *out_is)
{
	MembershipRow row;
	bool found = false;
	TRY(membership_of(call, person_id, &row, &found));
	*out_is = found && row.organisation_id == organisation_id;
	return OK;
}

Error org_is_admin(Call *call, int64_t organisation_id, int64_t person_id, bool *out_is)
{
	MembershipRow row;
	bool found = false;
	TRY(membership_of(call, person_id, &row, &found));
	*out_is = found && row.organisation_id == organisation_id && row.is_admin;
	return OK;
}

Error org_admins(Call *call, int64_t organisation_id, Numbers *out_person_ids)
{
	MembershipRows rows;
	Numbers ids = { 0 };
	TRY(membership_rows(call, organisation_id, &rows));
	for (size_t i = 0; i < rows.count; i++)
		if (rows.at[i].is_admin) list_add(call->arena, &ids, rows.at[i].person_id);
	*out_person_ids = ids;
	return OK;
}

/* For members of the organisation and the system only. */
Error org_members(Call *call, const Organisation *organisation, Members *out)
{
	MembershipRows rows;
	MembershipRow own;
	Members members = { 0 };
	bool found = false;
	TRY(membership_of(call, call->actor->person_id, &own, &found));
	bool is_member = found && own.organisation_id == organisation->id;
	if (!is_member && !actor_has(call->actor, ROLE_SYSTEM)) return fail(call, NOT_FOUND, "not a member");
	TRY(membership_rows(call, organisation->id, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		Person person;
		TRY(person_find(call, rows.at[i].person_id, &person));
		Member member = { .person_id = person.id,
			.from_at = rows.at[i].from_at,
			.ref = rows.at[i].ref,
			.name = person_shown_name(&person),
			.is_admin = rows.at[i].is_admin };
		list_add(call->arena, &members, member);
	}
	*out = members;
	return OK;
}

typedef struct Changing {
	Text ref;
	bool as_admin;
} Changing;

/* The actor's own organisation's membership; an organisation keeps one administrator. */
static Error load_member(Call *call, Text ref, bool stays_admin, bool may_be_self, MembershipRow *out)
{
	MembershipRow row, own;
	Numbers admins;
	bool found = false;
	TRY(membership_of(call, call->actor->person_id, &own, &found));
	if (!found || call->actor->session_id == 0) return fail(call, FORBIDDEN, "no member of an organisation, or an API token");
	TRY(membership_find(call, ref, &row, &found));
	if (!found || row.organisation_id != own.organisation_id)
		return fail(call, NOT_FOUND, "no such member of the actor's organisation");
	if (!own.is_admin && !(may_be_self && row.person_id == own.person_id))
		return fail(call, FORBIDDEN, "not an administrator of the organisation");
	TRY(org_admins(call, row.organisation_id, &admins));
	if (row.is_admin && !stays_admin && admins.count < 2) return fail(call, CONFLICT, "the last administrator of the organisation");
	*out = row;
	return OK;
}

static Error end_member(Call *call, void *argument)
{
	const Changing *changing = argument;
	MembershipRow row;
	Organisation organisation;
	int64_t changed = 0;
	TRY(load_member(call, changing->ref, false, true, &row));
	TRY(membership_end(call, row.id, call->now, &changed));
	if (changed != 1) return fail(call, CONFLICT, "ended already");
	TRY(org_find(call, row.organisation_id, &organisation));
	TRY(org_record(call, organisation.ref, "end-member", (Text) { 0 }));
	TRY(role_derive(call, row.person_id, 0, NULL, 0));
	TRY(org_left(call, row.organisation_id, row.person_id));
	return person_left(call, row.person_id);
}

Error org_leave(Call *call, int64_t person_id)
{
	MembershipRow row;
	bool found = false;
	int64_t changed = 0;
	TRY(membership_of(call, person_id, &row, &found));
	if (!found) return OK;
	TRY(membership_end(call, row.id, call->now, &changed));
	return role_derive(call, person_id, 0, NULL, 0);
}

Error org_member_end(Call *call, Text ref)
{
	Changing changing = { .ref = ref };
	return db_transact(call, end_member, &changing);
}

static Error change_member(Call *call, void *argument)
{
	const Changing *changing = argument;
	MembershipRow row;
	int64_t changed = 0;
	TRY(load_member(call, changing->ref, changing->as_admin, false, &row));
	TRY(membership_set_admin(call, row.id, changing->as_admin, &changed));
	if (changed != 1) return fail(call, CONFLICT, "ended meanwhile");
	return org_derive_role(call, row.organisation_id, row.person_id, changing->as_admin);
}

Error org_member_change(Call *call, Text ref, bool as_admin)
{
	Changing changing = { .ref = ref, .as_admin = as_admin };
	return db_transact(call, change_member, &changing);
}

/* ---- Invitations */
static Text token_digest(Call *call, Text token)
{
	Digest digest = sha256(token);
	return arena_copy(call->arena, DIGEST_TEXT(digest));
}

typedef struct Inviting {
	Text mail, ref, token;
	bool as_admin;
} Inviting;

static Error invite(Call *call, void *argument)
{
	const Inviting *inviting = argument;
	Organisation organisation;
	InvitationRows rows;
	Sealed mail;
	TRY(org_of_admin(call, &organisation));
	if (organisation.state != ORG_VERIFIED) return fail(call, CONFLICT, "only a verified organisation invites");
	TRY(invitation_rows(call, organisation.id, call->now, &rows));
	if (rows.count >= INVITATIONS_MAX) return fail(call, TOO_MANY, "too many open invitations");
	Text token = token_new(call->arena, 32), ref = token_new(call->arena, 16);
	TRY(seal_close(call, organisation.seal_key, "invitation|sealed_mail", ref, inviting->mail, &mail));
	TRY(invitation_insert(call, ref, organisation.id, inviting->as_admin, token_digest(call, token), mail, call->actor->person_id,
		call->now, call->now + (int64_t)INVITATION_DAYS * 86400 * 1000));
	LetterField fields[] = { { "name", organisation.name } };
	return outbox_letter(call, &(Letter) { .to = inviting->mail,
					   .lang = call->lang,
					   .subject = N_("Invitation to {name}"),
					   .body = N_("You are invited to work for {name} in the vulnerability library. Open the link "
						      "within 7 days; without an account, please register first."),
					   .fields = fields,
					   .field_count = COUNT(fields),
					   .link = outbox_link(call, "/organisations/join/%.*s", TEXT_ARGS(token)) });
}

Error org_invite(Call *call, Text mail, bool as_admin)
{
	Inviting inviting = { .mail = mail_address_fold(call->arena, mail), .as_admin = as_admin };
	if (!mail_address_is(inviting.mail)) call_problem(call, TEXT("mail"), N_("This is not a mail address."), (Text) { 0 });
	TRY(call_check_problems(call));
	return db_transact(call, invite, &inviting);
}

Error org_invitations(Call *call, const Organisation *organisation, Invitations *out)
{
	InvitationRows rows;
	Invitations invitations = { 0 };
	bool is_admin = false;
	TRY(org_is_admin(call, organisation->id, call->actor->person_id, &is_admin));
	if (!is_admin) return fail(call, FORBIDDEN, "not an administrator of the organisation");
	TRY(invitation_rows(call, organisation->id, call->now, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		const InvitationRow *row = &rows.at[i];
		Invitation invitation = {
			.ref = row->ref, .is_admin = row->is_admin, .created_at = row->created_at, .expires_at = row->expires_at
		};
		TRY(seal_open(call, "invitation|sealed_mail", row->ref, row->sealed_mail, &invitation.mail));
		list_add(call->arena, &invitations, invitation);
	}
	*out = invitations;
	return OK;
}

static Error withdraw(Call *call, void *argument)
{
	const Text *ref = argument;
	Organisation organisation;
	int64_t changed = 0;
	TRY(org_of_admin(call, &organisation));
	TRY(invitation_end(call, organisation.id, *ref, call->now, &changed));
	return changed == 1 ? OK : fail(call, NOT_FOUND, "no such open invitation");
}

Error org_invitation_withdraw(Call *call, Text ref) { return db_transact(call, withdraw, &ref); }

static Error open_invitation(Call *call, Text token, InvitationRow *out)
{
	bool found = false;
	TRY(invitation_find(call, token_digest(call, token), call->now, out, &found));
	return found ? OK : fail(call, NOT_FOUND, "no such invitation, or it was used, withdrawn or expired");
}

Error org_invitation_open(Call *call, Text token, Organisation *out)
{
	InvitationRow row;
	TRY(open_invitation(call, token, &row));
	return org_find(call, row.organisation_id, out);
}

static Error join(Call *call, void *argument)
{
	const Text *token = argument;
	InvitationRow row;
	MembershipRow member;
	Organisation organisation;
	bool found = false;
	int64_t changed = 0;
	TRY(open_invitation(call, *token, &row));
	TRY(membership_of(call, call->actor->person_id, &member, &found));
	if (found) return fail(call, CONFLICT, "a member of an organisation already");
	TRY(invitation_use(call, row.id, call->actor->person_id, call->now, &changed));
	if (changed != 1) return fail(call, NOT_FOUND, "used meanwhile");
	TRY(membership_insert(call, token_new(call->arena, 16), row.organisation_id, call->actor->person_id, row.is_admin, call->now));
	TRY(org_find(call, row.organisation_id, &organisation));
	TRY(org_record(call, organisation.ref, "join", (Text) { 0 }));
	return org_derive_role(call, row.organisation_id, call->actor->person_id, row.is_admin);
}

Error org_invitation_accept(Call *call, Text token)
{
	if (call->actor->person_id == 0) return fail(call, UNAUTHENTICATED, "nobody is signed in");
	if (call->actor->session_id == 0) return fail(call, FORBIDDEN, "an API token joins nothing");
	return db_transact(call, join, &token);
}
