-- Organisations, members, invitations and standing.

--: row OrgRow = id int, ref text, state text, name text, name_en text, credit_code text, wants text, domicile text, seal_key int,
--: sealed_contact sealed?, sealed_reason sealed?, merged_into int?, created_at time, changed_at time

--: org_insert(ref text, name text, name_en text, credit_code text, wants text, domicile text, seal_key int, sealed_contact sealed, registered_by int,
--: at time) -> one (id int)
INSERT INTO organisation (ref, state, name, name_en, credit_code, wants, domicile, seal_key, sealed_contact, registered_by, created_at, changed_at)
VALUES (:ref, 'unverified', :name, :name_en, :credit_code, :wants, :domicile, :seal_key, :sealed_contact, :registered_by, :at, :at) RETURNING id;

--: org_update(id int, name text, name_en text, credit_code text, wants text, domicile text, sealed_contact sealed, at time) -> changed
UPDATE organisation SET name = :name, name_en = :name_en, credit_code = :credit_code, wants = :wants, domicile = :domicile,
  sealed_contact = :sealed_contact, changed_at = :at
WHERE id = :id AND state IN ('unverified', 'returned');

--: org_by_id(id int) -> maybe OrgRow
SELECT {OrgRow} FROM organisation WHERE id = :id;

--: org_by_ref(ref text) -> maybe OrgRow
SELECT {OrgRow} FROM organisation WHERE ref = :ref;

--: org_by_code(credit_code text) -> maybe OrgRow
SELECT {OrgRow} FROM organisation WHERE credit_code = :credit_code AND state = 'verified';

--: org_rows(state text, max int) -> many OrgRow
SELECT {OrgRow} FROM organisation WHERE state = :state ORDER BY changed_at, id LIMIT :max;

--: org_move(id int, from_state text, to_state text, sealed_reason sealed?, at time) -> changed
UPDATE organisation SET state = :to_state, sealed_reason = :sealed_reason, changed_at = :at WHERE id = :id AND state = :from_state;

-- What its names look like, and others that look the same.

--: org_name_remove(organisation_id int) -> nothing
DELETE FROM organisation_name WHERE organisation_id = :organisation_id;

--: org_name_insert(organisation_id int, skeleton text) -> nothing
INSERT INTO organisation_name (organisation_id, skeleton) VALUES (:organisation_id, :skeleton) ON CONFLICT (organisation_id, skeleton) DO NOTHING;

--: org_rows_alike(organisation_id int, max int) -> many OrgRow
SELECT {o.OrgRow} FROM organisation o
WHERE o.id <> :organisation_id AND o.state <> 'merged'
  AND o.id IN (SELECT b.organisation_id FROM organisation_name a JOIN organisation_name b ON b.skeleton = a.skeleton
    WHERE a.organisation_id = :organisation_id)
ORDER BY o.id LIMIT :max;

-- Those of before there were any.
--: row OrgNamesRow = id int, name text, name_en text

--: org_rows_without_names(max int) -> many OrgNamesRow
--: scans because it runs once a day, for entries of earlier versions
SELECT {o.OrgNamesRow} FROM organisation o
WHERE NOT EXISTS (SELECT 1 FROM organisation_name n WHERE n.organisation_id = o.id) ORDER BY o.id LIMIT :max;

-- What merged into it before goes along, so that nobody has to follow more than one step.
--: org_merge_into(id int, into_id int, at time) -> changed
UPDATE organisation SET state = 'merged', merged_into = :into_id, changed_at = :at WHERE id = :id AND state = 'verified';

--: org_merges_follow(id int, into_id int) -> nothing
UPDATE organisation SET merged_into = :into_id WHERE merged_into = :id;

--: invitation_end_all(organisation_id int, at time) -> nothing
UPDATE invitation SET ended_at = :at WHERE organisation_id = :organisation_id AND ended_at IS NULL;

--: row MembershipRow = id int, ref text, organisation_id int, person_id int, is_admin bool, from_at time

--: membership_insert(ref text, organisation_id int, person_id int, is_admin bool, at time) -> nothing
INSERT INTO membership (ref, organisation_id, person_id, is_admin, from_at) VALUES (:ref, :organisation_id, :person_id, :is_admin, :at);

--: membership_of(person_id int) -> maybe MembershipRow
SELECT {MembershipRow} FROM membership WHERE person_id = :person_id AND ended_at IS NULL;

-- The one that ran at that time.
--: membership_at(person_id int, at time) -> maybe (organisation_id int)
SELECT organisation_id FROM membership WHERE person_id = :person_id AND from_at <= :at AND (ended_at IS NULL OR ended_at > :at) ORDER BY id DESC LIMIT 1;

--: membership_find(ref text) -> maybe MembershipRow
SELECT {MembershipRow} FROM membership WHERE ref = :ref AND ended_at IS NULL;

--: membership_rows(organisation_id int) -> many MembershipRow
SELECT {MembershipRow} FROM membership WHERE organisation_id = :organisation_id AND ended_at IS NULL ORDER BY id;

--: membership_end(id int, at time) -> changed
UPDATE membership SET ended_at = :at WHERE id = :id AND ended_at IS NULL;

--: membership_set_admin(id int, is_admin bool) -> changed
UPDATE membership SET is_admin = :is_admin WHERE id = :id AND ended_at IS NULL;

--: row InvitationRow = id int, ref text, organisation_id int, is_admin bool, sealed_mail sealed, created_at time, expires_at time

--: invitation_insert(ref text, organisation_id int, is_admin bool, token_hash bytes, sealed_mail sealed, invited_by int, at time, expires_at time) -> nothing
INSERT INTO invitation (ref, organisation_id, is_admin, token_hash, sealed_mail, invited_by, created_at, expires_at)
VALUES (:ref, :organisation_id, :is_admin, :token_hash, :sealed_mail, :invited_by, :at, :expires_at);

--: invitation_find(token_hash bytes, now time) -> maybe InvitationRow
SELECT {InvitationRow} FROM invitation WHERE token_hash = :token_hash AND ended_at IS NULL AND expires_at > :now;

--: invitation_rows(organisation_id int, now time) -> many InvitationRow
SELECT {InvitationRow} FROM invitation WHERE organisation_id = :organisation_id AND ended_at IS NULL AND expires_at > :now ORDER BY id;

--: invitation_use(id int, used_by int, at time) -> changed
UPDATE invitation SET used_by = :used_by, ended_at = :at WHERE id = :id AND ended_at IS NULL;

--: invitation_end(organisation_id int, ref text, at time) -> changed
UPDATE invitation SET ended_at = :at WHERE organisation_id = :organisation_id AND ref = :ref AND ended_at IS NULL;

--: row StandingRow = id int, organisation_id int, kind text, stars int, from_at time, until_at time?, suspended_at time?

--: standing_rows(organisation_id int) -> many StandingRow
SELECT {StandingRow} FROM standing WHERE organisation_id = :organisation_id AND ended_at IS NULL ORDER BY id;

--: org_merged_rows(organisation_id int) -> many int
SELECT o.id FROM organisation o WHERE o.id = :organisation_id
UNION SELECT o.id FROM organisation o WHERE o.merged_into = :organisation_id;

--: org_rows_of_standing(kind text, stars int, at time) -> many OrgRow
SELECT {o.OrgRow} FROM standing s JOIN organisation o ON o.id = s.organisation_id
WHERE s.kind = :kind AND s.stars >= :stars AND s.ended_at IS NULL AND s.suspended_at IS NULL AND s.from_at <= :at
  AND (s.until_at IS NULL OR s.until_at > :at) AND o.state = 'verified' ORDER BY o.id LIMIT 5000;

--: standing_insert(organisation_id int, kind text, stars int, from_at time, until_at time?, suspended_at time?) -> nothing
INSERT INTO standing (organisation_id, kind, stars, from_at, until_at, suspended_at) VALUES (:organisation_id, :kind, :stars, :from_at, :until_at, :suspended_at);

--: standing_end(organisation_id int, kind text, at time) -> changed
UPDATE standing SET ended_at = :at WHERE organisation_id = :organisation_id AND kind = :kind AND ended_at IS NULL;

-- ---- Teams
--: row TeamRow = id int, organisation_id int, ref text, name text

--: team_insert(ref text, organisation_id int, name text, at time) -> nothing
INSERT INTO org_team (ref, organisation_id, name, created_at) VALUES (:ref, :organisation_id, :name, :at);

--: team_rows(organisation_id int, max int) -> many TeamRow
SELECT {TeamRow} FROM org_team WHERE organisation_id = :organisation_id AND ended_at IS NULL ORDER BY id LIMIT :max;

--: team_find(ref text, organisation_id int) -> maybe TeamRow
SELECT {TeamRow} FROM org_team WHERE ref = :ref AND organisation_id = :organisation_id AND ended_at IS NULL;

--: team_close(id int, at time) -> changed
UPDATE org_team SET ended_at = :at WHERE id = :id AND ended_at IS NULL;

--: team_member_add(team_id int, person_id int) -> nothing
INSERT INTO org_team_member (team_id, person_id) VALUES (:team_id, :person_id) ON CONFLICT (team_id, person_id) DO NOTHING;

--: team_member_remove(team_id int, person_id int) -> nothing
DELETE FROM org_team_member WHERE team_id = :team_id AND person_id = :person_id;

-- Whoever leaves the organisation leaves its teams.
--: team_member_forget(person_id int) -> nothing
DELETE FROM org_team_member WHERE person_id = :person_id;

--: team_member_rows(team_id int) -> many MembershipRow
SELECT {m.MembershipRow} FROM org_team_member t JOIN membership m ON m.person_id = t.person_id AND m.ended_at IS NULL
WHERE t.team_id = :team_id ORDER BY m.id LIMIT 500;

--: team_ids_of_person(person_id int, organisation_id int) -> many int
SELECT t.id FROM org_team_member m JOIN org_team t ON t.id = m.team_id
WHERE m.person_id = :person_id AND t.organisation_id = :organisation_id AND t.ended_at IS NULL ORDER BY t.id;

--: team_ids_of_organisation(organisation_id int) -> many int
SELECT id FROM org_team WHERE organisation_id = :organisation_id AND ended_at IS NULL ORDER BY id;

--: team_close_all(organisation_id int, at time) -> nothing
UPDATE org_team SET ended_at = :at WHERE organisation_id = :organisation_id AND ended_at IS NULL;

--: team_disown_all(organisation_id int) -> nothing
DELETE FROM team_product WHERE team_id IN (SELECT id FROM org_team WHERE organisation_id = :organisation_id);

-- ---- Sectors
--: sector_codes(organisation_id int) -> many text
SELECT code FROM organisation_sector WHERE organisation_id = :organisation_id ORDER BY code;

--: sector_insert(organisation_id int, code text, chosen_by int, at time) -> nothing
INSERT INTO organisation_sector (organisation_id, code, chosen_by, chosen_at) VALUES (:organisation_id, :code, :chosen_by, :at)
ON CONFLICT (organisation_id, code) DO NOTHING;

--: sector_remove(organisation_id int, code text) -> nothing
DELETE FROM organisation_sector WHERE organisation_id = :organisation_id AND code = :code;

--: org_rows_of_sector(code text, after int, max int) -> many OrgRow
SELECT {o.OrgRow} FROM organisation_sector s JOIN organisation o ON o.id = s.organisation_id
WHERE s.code = :code AND s.organisation_id > :after AND o.state = 'verified' ORDER BY s.organisation_id LIMIT :max;

--: org_rows_verified(after int, max int) -> many OrgRow
SELECT {OrgRow} FROM organisation WHERE state = 'verified' AND id > :after ORDER BY id LIMIT :max;
