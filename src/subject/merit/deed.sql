-- What units did beside the library's own records.

--: row DeedRow = id int, ref text, state text, revision int, seal_key int, organisation_id int, code text, done_at time, stated_by int, decided_by int,
--:   is_entered bool, sealed_values sealed, sealed_reason sealed?, stated_at time, updated_at time

--: deed_insert(ref text, seal_key int, organisation_id int, code text, done_at time, stated_by int, is_entered bool, sealed_values sealed,
--:   at time) -> one (id int)
INSERT INTO deed (ref, state, revision, seal_key, organisation_id, code, done_at, stated_by, decided_by, is_entered, sealed_values, stated_at, updated_at)
VALUES (:ref, 'STATED', 1, :seal_key, :organisation_id, :code, :done_at, :stated_by, 0, :is_entered, :sealed_values, :at, :at) RETURNING id;

--: deed_find_ref(ref text) -> one DeedRow
SELECT {DeedRow} FROM deed WHERE ref = :ref;

--: deed_move(id int, from_state text, to_state text, revision int, at time) -> changed
UPDATE deed SET state = :to_state, revision = revision + 1, updated_at = :at WHERE id = :id AND state = :from_state AND revision = :revision;

--: deed_decide(id int, decided_by int, sealed_reason sealed?) -> nothing
UPDATE deed SET decided_by = :decided_by, sealed_reason = :sealed_reason WHERE id = :id;

--: deed_rows_in(state text, before int, max int) -> many DeedRow
SELECT {DeedRow} FROM deed WHERE state = :state AND id < :before ORDER BY id DESC LIMIT :max;

--: deed_rows_of(organisation_id int, before int, max int) -> many DeedRow
SELECT {DeedRow} FROM deed WHERE organisation_id = :organisation_id AND id < :before ORDER BY id DESC LIMIT :max;
