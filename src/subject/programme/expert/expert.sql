-- Experts. Secretaries and supervisors read the library with second factor, an expert reads its own entry; the operations ask.

--: row ExpertRow = id int, ref text, person_id int, state text, revision int, seal_key int, sealed_profile sealed, sealed_reason sealed?,
--:   served int, declined int, absent int, created_at time, updated_at time

--: row ExpertRelationRow = id int, ref text, expert_id int, sealed_content sealed, declared_at time

--: expert_insert(ref text, person_id int, seal_key int, sealed_profile sealed, at time) -> one (id int)
INSERT INTO expert (ref, person_id, state, revision, seal_key, sealed_profile, served, declined, absent, created_at, updated_at)
VALUES (:ref, :person_id, 'INVITED', 1, :seal_key, :sealed_profile, 0, 0, 0, :at, :at) RETURNING id;

--: expert_row_ref(ref text) -> one ExpertRow
SELECT {ExpertRow} FROM expert WHERE ref = :ref;

--: expert_row_id(id int) -> one ExpertRow
SELECT {ExpertRow} FROM expert WHERE id = :id;

--: expert_row_person(person_id int) -> one ExpertRow
SELECT {ExpertRow} FROM expert WHERE person_id = :person_id;

--: expert_rows(state text, after int, max int) -> many ExpertRow
SELECT {ExpertRow} FROM expert WHERE state = :state AND id > :after ORDER BY id LIMIT :max;

--: expert_amend(id int, revision int, sealed_profile sealed, at time) -> changed
UPDATE expert SET sealed_profile = :sealed_profile, revision = revision + 1, updated_at = :at WHERE id = :id AND revision = :revision;

--: expert_move(id int, from_state text, to_state text, revision int, at time) -> changed
UPDATE expert SET state = :to_state, revision = revision + 1, updated_at = :at
WHERE id = :id AND state = :from_state AND revision = :revision;

--: expert_explain(id int, sealed_reason sealed?) -> nothing
UPDATE expert SET sealed_reason = :sealed_reason WHERE id = :id;

--: expert_count(id int, served int, declined int, absent int) -> nothing
UPDATE expert SET served = served + :served, declined = declined + :declined, absent = absent + :absent WHERE id = :id;

--: expert_relation_insert(ref text, expert_id int, sealed_content sealed, at time) -> one (id int)
INSERT INTO expert_relation (ref, expert_id, sealed_content, declared_at) VALUES (:ref, :expert_id, :sealed_content, :at) RETURNING id;

--: expert_relation_rows(expert_id int, max int) -> many ExpertRelationRow
SELECT {ExpertRelationRow} FROM expert_relation WHERE expert_id = :expert_id AND removed_at IS NULL ORDER BY id LIMIT :max;

--: expert_relation_end(expert_id int, ref text, at time) -> changed
UPDATE expert_relation SET removed_at = :at WHERE expert_id = :expert_id AND ref = :ref AND removed_at IS NULL;

-- Codes of the group that an organisation has declared.
--: expert_group_codes(organisation_id int, at time) -> many text
SELECT i.credit_code FROM interest i WHERE i.declarer_id = :organisation_id AND i.kind = 'group' AND i.credit_code IS NOT NULL AND i.from_at <= :at
  AND (i.until_at IS NULL OR i.until_at > :at) ORDER BY i.id LIMIT 100;
