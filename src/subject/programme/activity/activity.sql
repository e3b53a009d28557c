-- Activities.

--: row ActivityRow = id int, ref text, kind text, state text, revision int, seal_key int, writer_id int, sealed_values sealed, starts_at time,
--:   ends_at time, opens_at time, closes_at time, units_until time, places int, marked_by int, reason text, announced_at time?, updated_at time

--: activity_insert(ref text, kind text, seal_key int, writer_id int, sealed_values sealed, starts_at time, ends_at time, opens_at time, closes_at time,
--:   units_until time, places int, at time) -> one (id int)
INSERT INTO activity (ref, kind, state, revision, seal_key, writer_id, sealed_values, starts_at, ends_at, opens_at, closes_at, units_until, places,
  marked_by, reason, updated_at)
VALUES (:ref, :kind, 'DRAFT', 1, :seal_key, :writer_id, :sealed_values, :starts_at, :ends_at, :opens_at, :closes_at, :units_until, :places, 0, '', :at)
RETURNING id;

--: activity_update(id int, revision int, kind text, writer_id int, sealed_values sealed, starts_at time, ends_at time, opens_at time, closes_at time,
--:   units_until time, places int, at time) -> changed
UPDATE activity SET revision = revision + 1, kind = :kind, writer_id = :writer_id, sealed_values = :sealed_values, starts_at = :starts_at,
  ends_at = :ends_at, opens_at = :opens_at, closes_at = :closes_at, units_until = :units_until, places = :places, updated_at = :at
WHERE id = :id AND revision = :revision AND state = 'DRAFT';

--: activity_find_ref(ref text) -> one ActivityRow
SELECT {ActivityRow} FROM activity WHERE ref = :ref;

--: activity_find_id(id int) -> one ActivityRow
SELECT {ActivityRow} FROM activity WHERE id = :id;

--: activity_rows_in(state text, before int, max int) -> many ActivityRow
SELECT {ActivityRow} FROM activity WHERE state = :state AND id < :before ORDER BY id DESC LIMIT :max;

--: activity_rows_public(before int, max int) -> many ActivityRow
SELECT {ActivityRow} FROM activity WHERE announced_at IS NOT NULL AND id < :before ORDER BY id DESC LIMIT :max;

--: activity_move(id int, from_state text, to_state text, revision int, at time) -> changed
UPDATE activity SET state = :to_state, revision = revision + 1, updated_at = :at WHERE id = :id AND state = :from_state AND revision = :revision;

--: activity_announced(id int, at time) -> nothing
UPDATE activity SET announced_at = :at WHERE id = :id;

--: activity_explain(id int, reason text) -> nothing
UPDATE activity SET reason = :reason WHERE id = :id;

--: activity_marked(id int, marked_by int) -> nothing
UPDATE activity SET marked_by = :marked_by WHERE id = :id;

--: row RegistrationRow = id int, ref text, activity_id int, person_id int, organisation_id int?, is_unit bool, is_placed bool, has_come bool,
--:   registered_at time, cancelled_at time?

-- Whoever comes back stands at the end again.
--: registration_put(ref text, activity_id int, person_id int, organisation_id int?, is_unit bool, at time) -> nothing
INSERT INTO activity_registration (ref, activity_id, person_id, organisation_id, is_unit, is_placed, has_come, registered_at)
VALUES (:ref, :activity_id, :person_id, :organisation_id, :is_unit, FALSE, FALSE, :at)
ON CONFLICT (activity_id, person_id) DO UPDATE SET organisation_id = excluded.organisation_id, is_unit = excluded.is_unit, is_placed = FALSE,
  has_come = FALSE, registered_at = excluded.registered_at, cancelled_at = NULL;

--: registration_of(activity_id int, person_id int) -> maybe RegistrationRow
SELECT {RegistrationRow} FROM activity_registration WHERE activity_id = :activity_id AND person_id = :person_id AND cancelled_at IS NULL;

--: registration_rows(activity_id int, max int) -> many RegistrationRow
SELECT {RegistrationRow} FROM activity_registration WHERE activity_id = :activity_id AND cancelled_at IS NULL ORDER BY registered_at, id LIMIT :max;

--: registration_place(id int) -> nothing
UPDATE activity_registration SET is_placed = TRUE WHERE id = :id;

--: registration_cancel(id int, at time) -> nothing
UPDATE activity_registration SET cancelled_at = :at, is_placed = FALSE WHERE id = :id;

--: registration_mark(activity_id int, ref text, has_come bool) -> changed
UPDATE activity_registration SET has_come = :has_come WHERE activity_id = :activity_id AND ref = :ref AND is_placed AND cancelled_at IS NULL;

--: row ResultRow = id int, ref text, activity_id int, organisation_id int, kind text, what text, done_at time, entered_by int, entered_at time,
--:   confirmed_by int?, confirmed_at time?

--: result_insert(ref text, activity_id int, organisation_id int, kind text, what text, done_at time, entered_by int, at time) -> nothing
INSERT INTO activity_result (ref, activity_id, organisation_id, kind, what, done_at, entered_by, entered_at)
VALUES (:ref, :activity_id, :organisation_id, :kind, :what, :done_at, :entered_by, :at);

--: result_confirm(activity_id int, ref text, confirmed_by int, at time) -> changed
UPDATE activity_result SET confirmed_by = :confirmed_by, confirmed_at = :at WHERE activity_id = :activity_id AND ref = :ref AND confirmed_at IS NULL;

--: result_drop(activity_id int, ref text) -> changed
DELETE FROM activity_result WHERE activity_id = :activity_id AND ref = :ref AND confirmed_at IS NULL;

--: result_rows(activity_id int, max int) -> many ResultRow
SELECT {ResultRow} FROM activity_result WHERE activity_id = :activity_id ORDER BY id LIMIT :max;

--: row ActivityMeritRow = id int, ref text, activity text, activity_kind text, organisation_id int, kind text, what text, done_at time, confirmed_at time?

--: activity_merits(after int, max int) -> many ActivityMeritRow
SELECT r.id, r.ref, a.ref AS activity, a.kind AS activity_kind, r.organisation_id, r.kind, r.what, r.done_at, r.confirmed_at
FROM activity_result r JOIN activity a ON a.id = r.activity_id WHERE r.confirmed_at IS NOT NULL AND r.id > :after ORDER BY r.id LIMIT :max;

--: activity_merit_of(ref text) -> one ActivityMeritRow
SELECT r.id, r.ref, a.ref AS activity, a.kind AS activity_kind, r.organisation_id, r.kind, r.what, r.done_at, r.confirmed_at
FROM activity_result r JOIN activity a ON a.id = r.activity_id WHERE r.ref = :ref;
