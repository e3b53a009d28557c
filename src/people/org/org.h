/*
 * org: organisations, the people in them, and their standing. What a member may do as such follows from membership and standing together and is
 * written into people's roles in the same transaction, so that whatever ends takes effect on every channel at once.
 */
#pragma once
#include "people/org/credit_code.h"
#include "people/person/person.h"
#include "people/vault/vault.h"
#include "store/setting/wordlist.h"

typedef enum OrgState { ORG_UNVERIFIED, ORG_CHECKING, ORG_VERIFIED, ORG_RETURNED, ORG_MERGED } OrgState;
const char *org_state_tag(OrgState state); /* "unverified" */
const char *org_state_text(OrgState state); /* English source text */
typedef struct Organisation {
	int64_t id, seal_key, created_at, changed_at;
	int64_t merged_into; /* 0: it stands by itself */
	Text ref, name, name_en, credit_code;
	Text wants; /* "vendor", "unit", "other": as what it registered */
	Text domicile; /* country, two letters; CN or another: undisclosed matters go to no foreign recipient but the product's own provider */
	Text contact, reason; /* reason: why it was returned */
	OrgState state;
} Organisation;
typedef LIST_OF(Organisation) Organisations;
must_use Error org_find(Call *call, int64_t id, Organisation *out); /* NOT_FOUND */
must_use Error org_find_ref(Call *call, Text ref, Organisation *out); /* NOT_FOUND */
must_use Error org_find_code(Call *call, Text credit_code, Organisation *out); /* the verified one; NOT_FOUND */
must_use Error org_list_in_state(Call *call, OrgState state, int64_t max, Organisations *out);
Text org_shown_name(const Organisation *organisation, Lang lang);

typedef struct OrgRegistration {
	Text name, name_en, credit_code, wants, domicile, contact;
} OrgRegistration;
/* The actor registers an organisation and becomes its administrator. CONFLICT: is a member of one already. INVALID with problems. */
must_use Error org_register(Call *call, const OrgRegistration *registration, Text *out_ref);
must_use Error org_change(Call *call, const OrgRegistration *registration); /* the actor's own, before it is verified */
/* Papers: licence and stamped authorisation (授权书), kind "licence" and "authorisation". They lie in the vault: the organisation's administrators
 * read them here, the staff that verifies opens them there (vault_open). */
must_use Error org_paper_add(Call *call, Text kind, Text name, int file, int64_t size_bytes);
must_use Error org_paper_find(Call *call, Text ref, VaultPaper *out); /* NOT_FOUND for everybody but its administrators */
must_use Error org_papers(Call *call, const Organisation *organisation, VaultPapers *out); /* for the staff too; FORBIDDEN for others */
/* Who opened one when and what for; for its administrators. */
must_use Error org_openings(Call *call, const Organisation *organisation, VaultOpenings *out);
/* unverified or returned → checking; needs a licence and an authorisation. */
must_use Error org_verification_ask(Call *call);
/* By a coordinator. Verified, a vendor has a vendor's standing. CONFLICT: not waiting, or another organisation is verified with that code. */
must_use Error org_verification_decide(Call *call, Text ref, bool verified, Text reason);

/* Others whose name looks like one of this one's, verified or not: for the staff that verifies, at most 20. FORBIDDEN. */
must_use Error org_lookalikes(Call *call, const Organisation *organisation, Organisations *out);
must_use Error org_names_fill(Call *call); /* once a day: what entries of earlier versions lack for it */

/* By a coordinator of neither: the verified organisation with this code becomes part of the other one. Its members go there as plain members, its
 * products, parties and claims follow; a vendor's standing does, what was awarded ends. INVALID: "code", "into" (also when it has its seat in
 * another country), "reason". FORBIDDEN: the actor belongs to one of them. */
must_use Error org_merge(Call *call, Text code, Text into_code, Text reason);

/* ---- Members */
typedef struct Member {
	int64_t person_id, from_at;
	Text ref, name;
	bool is_admin;
} Member;
typedef LIST_OF(Member) Members;
typedef struct Invitation {
	Text ref, mail;
	bool is_admin;
	int64_t created_at, expires_at;
} Invitation;
typedef LIST_OF(Invitation) Invitations;
must_use Error org_members(Call *call, const Organisation *organisation, Members *out);
must_use Error org_invitations(Call *call, const Organisation *organisation, Invitations *out); /* for its administrators */
/* Sends a link; whether the address has an account is not told. By an administrator of the actor's own organisation. */
must_use Error org_invite(Call *call, Text mail, bool as_admin);
must_use Error org_invitation_withdraw(Call *call, Text ref);
/* The organisation a link invites to. NOT_FOUND: no such link, used, withdrawn or expired. */
must_use Error org_invitation_open(Call *call, Text token, Organisation *out);
/* The actor joins. CONFLICT: is a member of an organisation. A link is good for one person only. */
must_use Error org_invitation_accept(Call *call, Text token);
must_use Error org_member_end(Call *call, Text ref); /* by an administrator, or the member; CONFLICT: the last administrator */
must_use Error org_member_change(Call *call, Text ref, bool as_admin); /* likewise */
/* For the end of an account: its membership ends, whatever it was; subject/privacy has asked whether it may. Inside db_transact. */
must_use Error org_leave(Call *call, int64_t person_id);
must_use Error org_is_member(Call *call, int64_t organisation_id, int64_t person_id, bool *out_is);
/* The organisation the person belonged to at that time; 0: none. */
must_use Error org_of_person_at(Call *call, int64_t person_id, int64_t at, int64_t *out_organisation_id);
/* Whether the person is an administrator of the organisation. */
must_use Error org_is_admin(Call *call, int64_t organisation_id, int64_t person_id, bool *out_is);

/* ---- Standing */
typedef struct Standing {
	Text kind; /* "unit", "partner", "vendor" */
	int stars;
	int64_t from_at, until_at; /* 0: no end */
	bool is_suspended;
} Standing;
typedef LIST_OF(Standing) Standings;
must_use Error org_standings(Call *call, int64_t organisation_id, Standings *out);
/* Organisations with a standing of this kind that runs and is not suspended, of at least so many stars. Asks nobody's permission. */
must_use Error org_list_of_standing(Call *call, Text kind, int64_t stars, Organisations *out);
/* Its members now, by person. Asks nobody's permission. */
must_use Error org_member_ids(Call *call, int64_t organisation_id, Numbers *out_person_ids);
/* The organisation and those that were merged into it. */
must_use Error org_with_merged(Call *call, int64_t organisation_id, Numbers *out);
/* For the programme and commands: gives or changes a standing. CONFLICT: the organisation is not verified. Inside or outside db_transact. */
must_use Error org_standing_set(Call *call, int64_t organisation_id, const Standing *standing);
must_use Error org_standing_end(Call *call, int64_t organisation_id, Text kind);
/* Where letters to the organisation go: the persons who administer it. */
must_use Error org_admins(Call *call, int64_t organisation_id, Numbers *out_person_ids);

/* ---- Sectors: the industries an organisation works in, words of a list that the operator keeps */
extern const Wordlist org_sector_words;
must_use Error org_sectors(Call *call, int64_t organisation_id, Texts *out_codes); /* by code; may be none */
must_use Error org_sectors_text(Call *call, Lang lang, const Texts *codes, Text *out); /* "Finance, Transport" */
/* These and no others from now on; recorded. By an administrator of it, or by a coordinator who is no member. INVALID: "sectors": no such word, a
 * retired one, too many. CONFLICT: it was merged into another one. */
must_use Error org_sectors_choose(Call *call, Text ref, const Texts *codes);
/* Verified organisations of this sector, in the order of their entry; after: id of the last one seen, 0 to begin with. Asks nobody's permission. */
must_use Error org_list_of_sector(Call *call, Text code, int64_t after, int64_t max, Organisations *out);
/* All verified ones likewise, for the staff that verifies. */
must_use Error org_list_verified(Call *call, int64_t after, int64_t max, Organisations *out);

/* ---- Teams of an organisation, each for products of its own */
typedef struct Team {
	int64_t id, organisation_id;
	Text ref, name;
} Team;
typedef LIST_OF(Team) Teams;
must_use Error org_teams(Call *call, int64_t organisation_id, Teams *out);
must_use Error org_team_find(Call *call, Text ref, Team *out); /* of the actor's organisation; NOT_FOUND */
must_use Error org_team_members(Call *call, const Team *team, Members *out);
/* By an administrator of the actor's own organisation. INVALID: "name". CONFLICT: too many. */
must_use Error org_team_add(Call *call, Text name, Text *out_ref);
must_use Error org_team_join(Call *call, Text ref, Text member); /* member: ref of a membership. INVALID: "member" */
must_use Error org_team_leave(Call *call, Text ref, Text member);
must_use Error org_team_end(Call *call, const Team *team); /* inside db_transact */
/* The teams whose matters the actor sees: its own; of an administrator all of the organisation. */
must_use Error org_teams_of_actor(Call *call, Numbers *out);
/* Given once at start: told of each membership that ends, inside the transaction. */
typedef Error OrgLeft(Call *call, int64_t organisation_id, int64_t person_id);
void org_set_left(OrgLeft *left);
