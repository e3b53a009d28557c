-- What nobody may do with entries, and memberships that tests need.

--: test_merit_join(ref text, person_id int, organisation_id int, at time) -> nothing
INSERT INTO membership (ref, organisation_id, person_id, is_admin, from_at) VALUES (:ref, :organisation_id, :person_id, FALSE, :at);

--: test_merit_change(code text, points int) -> nothing
UPDATE merit_entry SET points = :points WHERE code = :code;

--: test_merit_remove(code text) -> nothing
DELETE FROM merit_entry WHERE code = :code;

--: test_merit_give(code text, other text) -> nothing
INSERT INTO merit_entry (ref, kind, subject, event, source, code, rule, holder, organisation_id, person_id, turn, points, month, at, shown, made_at, record, event_id)
SELECT :other, kind, subject, event, :other, code, rule, holder, organisation_id, person_id, turn, points, month, at, shown, made_at, record, event_id
FROM merit_entry WHERE code = :code;
