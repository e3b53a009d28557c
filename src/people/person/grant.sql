-- Roles: who holds which from when to when, and who asked and approved.

--: row GrantRow = id int, ref text, person_id int, role int, organisation_id int?, from_at time, until_at time?, ended_at time?

--: grant_rows(person_id int) -> many GrantRow
SELECT {GrantRow} FROM role_grant WHERE person_id = :person_id AND ended_at IS NULL ORDER BY id;

--: grant_history(person_id int, max int) -> many GrantRow
SELECT {GrantRow} FROM role_grant WHERE person_id = :person_id ORDER BY id DESC LIMIT :max;

--: grant_find(ref text) -> maybe GrantRow
SELECT {GrantRow} FROM role_grant WHERE ref = :ref;

--: grant_holders(role int, now time) -> many int
SELECT g.person_id FROM role_grant g JOIN person p ON p.id = g.person_id
WHERE g.role = :role AND g.ended_at IS NULL AND (g.until_at IS NULL OR g.until_at > :now) AND p.state <> 'disabled' ORDER BY g.person_id;

--: grant_insert(ref text, person_id int, role int, office text?, organisation_id int?, from_at time, until_at time?, requested_by int?, approved_by int?) -> nothing
INSERT INTO role_grant (ref, person_id, role, office, organisation_id, from_at, until_at, requested_by, approved_by)
VALUES (:ref, :person_id, :role, :office, :organisation_id, :from_at, :until_at, :requested_by, :approved_by);

--: grant_end(id int, at time) -> changed
UPDATE role_grant SET ended_at = :at, office = NULL WHERE id = :id AND ended_at IS NULL;

--: grant_end_all(person_id int, at time) -> nothing
UPDATE role_grant SET ended_at = :at, office = NULL WHERE person_id = :person_id AND ended_at IS NULL;

--: grant_end_expired(person_id int, at time) -> nothing
UPDATE role_grant SET ended_at = :at, office = NULL WHERE person_id = :person_id AND ended_at IS NULL AND until_at <= :at;

--: grant_end_derived(person_id int, at time) -> nothing
UPDATE role_grant SET ended_at = :at, office = NULL WHERE person_id = :person_id AND ended_at IS NULL AND organisation_id IS NOT NULL;

--: office_find(person_id int) -> maybe (office text)
SELECT office FROM person_office WHERE person_id = :person_id;

--: office_insert(person_id int, office text) -> nothing
INSERT INTO person_office (person_id, office) VALUES (:person_id, :office);

--: office_remove(person_id int) -> nothing
DELETE FROM person_office
WHERE person_id = :person_id AND NOT EXISTS (SELECT 1 FROM role_grant WHERE role_grant.person_id = person_office.person_id AND role_grant.office IS NOT NULL);

--: row RoleRequestRow = id int, ref text, person_id int, role int, until_at time?, state text, requested_by int?, requested_at time

--: role_request_insert(ref text, person_id int, role int, until_at time?, requested_by int?, at time) -> nothing
INSERT INTO role_request (ref, person_id, role, until_at, state, requested_by, requested_at)
VALUES (:ref, :person_id, :role, :until_at, 'waiting', :requested_by, :at);

--: role_request_find(ref text) -> maybe RoleRequestRow
SELECT {RoleRequestRow} FROM role_request WHERE ref = :ref;

--: role_request_rows(max int) -> many RoleRequestRow
SELECT {RoleRequestRow} FROM role_request WHERE state = 'waiting' ORDER BY id LIMIT :max;

--: role_request_decide(id int, state text, decided_by int, at time) -> changed
UPDATE role_request SET state = :state, decided_by = :decided_by, decided_at = :at WHERE id = :id AND state = 'waiting';
