-- Support units.

--: row UnitRow = id int, ref text, state text, revision int, seal_key int, organisation_id int, direction text, stars int, from_at time, until_at time,
--:   admitted_at time?, ended_at time?, certificate text, wish text, wish_values text, wish_by int, review text, reason text, document text,
--:   reminded int, banned_until time?, appeal_until time?, updated_at time

--: unit_insert(ref text, seal_key int, organisation_id int, direction text, stars int, from_at time, until_at time, wish_values text, wish_by int,
--:   document text, at time) -> one (id int)
INSERT INTO unit (ref, state, revision, seal_key, organisation_id, direction, stars, from_at, until_at, certificate, wish, wish_values, wish_by,
  review, reason, document, reminded, updated_at)
VALUES (:ref, 'PROPOSED', 1, :seal_key, :organisation_id, :direction, :stars, :from_at, :until_at, '', 'admit', :wish_values, :wish_by, '', '',
  :document, 1000, :at) RETURNING id;

--: unit_find_ref(ref text) -> one UnitRow
SELECT {UnitRow} FROM unit WHERE ref = :ref;

--: unit_find_id(id int) -> one UnitRow
SELECT {UnitRow} FROM unit WHERE id = :id;

--: unit_running_of(organisation_id int, direction text) -> maybe (ref text)
SELECT ref FROM unit WHERE organisation_id = :organisation_id AND direction = :direction AND ended_at IS NULL;

--: unit_ban_of(organisation_id int, at time) -> maybe (banned_until time)
SELECT banned_until FROM unit WHERE organisation_id = :organisation_id AND banned_until > :at ORDER BY banned_until DESC LIMIT 1;

--: unit_rows_of(organisation_id int, max int) -> many UnitRow
SELECT {UnitRow} FROM unit WHERE organisation_id = :organisation_id AND admitted_at IS NOT NULL ORDER BY id DESC LIMIT :max;

--: unit_rows_in(state text, before int, max int) -> many UnitRow
SELECT {UnitRow} FROM unit WHERE state = :state AND id < :before ORDER BY id DESC LIMIT :max;

--: unit_rows_public(direction text, stars int, id int, max int) -> many UnitRow
SELECT {UnitRow} FROM unit WHERE ended_at IS NULL AND admitted_at IS NOT NULL AND direction = :direction
AND (stars < :stars OR (stars = :stars AND id < :id)) ORDER BY stars DESC, id DESC LIMIT :max;

--: unit_rows_former(before int, max int) -> many UnitRow
SELECT {UnitRow} FROM unit WHERE ended_at IS NOT NULL AND admitted_at IS NOT NULL AND id < :before ORDER BY id DESC LIMIT :max;

--: unit_move(id int, from_state text, to_state text, revision int, at time) -> changed
UPDATE unit SET state = :to_state, revision = revision + 1, updated_at = :at WHERE id = :id AND state = :from_state AND revision = :revision;

--: unit_wish_set(id int, wish text, wish_values text, wish_by int) -> nothing
UPDATE unit SET wish = :wish, wish_values = :wish_values, wish_by = :wish_by WHERE id = :id;

--: unit_explain(id int, reason text, document text) -> nothing
UPDATE unit SET reason = :reason, document = :document WHERE id = :id;

--: unit_review_set(id int, review text) -> nothing
UPDATE unit SET review = :review WHERE id = :id;

--: unit_certified(id int, certificate text, stars int, from_at time, until_at time, at time) -> nothing
UPDATE unit SET certificate = :certificate, stars = :stars, from_at = :from_at, until_at = :until_at, reminded = 1000,
  admitted_at = COALESCE(admitted_at, :at) WHERE id = :id;

--: unit_end(id int, banned_until time?, appeal_until time, at time) -> nothing
UPDATE unit SET ended_at = :at, banned_until = :banned_until, appeal_until = :appeal_until WHERE id = :id;

--: unit_reminded(id int, days int) -> nothing
UPDATE unit SET reminded = :days WHERE id = :id;

--: unit_rows_near(until_at time, max int) -> many UnitRow
SELECT {UnitRow} FROM unit WHERE ended_at IS NULL AND admitted_at IS NOT NULL AND until_at <= :until_at ORDER BY until_at LIMIT :max;

-- Whose organisation merged, or has another name than its certificate says, and is not looked at yet.
--: unit_rows_changed(max int) -> many UnitRow
SELECT {UnitRow} FROM unit WHERE ended_at IS NULL AND admitted_at IS NOT NULL AND review = '' AND EXISTS (SELECT 1 FROM organisation
  WHERE organisation.id = unit.organisation_id AND (organisation.state = 'merged' OR NOT EXISTS (SELECT 1 FROM certificate
    WHERE certificate.number = unit.certificate AND certificate.holder = organisation.name))) ORDER BY until_at LIMIT :max;

--: unit_member_count(organisation_id int) -> one (members int)
SELECT count(*) FROM membership WHERE organisation_id = :organisation_id AND ended_at IS NULL;

-- ---- Units that come from the decision of a round

--: unit_application_insert(unit_id int, application_id int, at time) -> nothing
INSERT INTO unit_application (unit_id, application_id, entered_at) VALUES (:unit_id, :application_id, :at);

--: unit_application_of(application_id int) -> maybe (unit_id int)
SELECT unit_id FROM unit_application WHERE application_id = :application_id;

--: unit_applications(unit_id int) -> many text
SELECT a.ref FROM unit_application u JOIN application a ON a.id = u.application_id WHERE u.unit_id = :unit_id AND a.state = 'AGREED' ORDER BY u.id LIMIT 20;

--: unit_application_remove(unit_id int) -> nothing
DELETE FROM unit_application WHERE unit_id = :unit_id
  AND EXISTS (SELECT 1 FROM application a WHERE a.id = unit_application.application_id AND a.state = 'AGREED');
