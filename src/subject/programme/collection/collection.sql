-- Cases of case collections. Members of the organisation read their own; the office reads what was submitted, experts what they were asked for; the
-- operations ask who may. Everybody reads title and organisation of what is in public notice or chosen.

--: row CollectionRow = id int, ref text, activity_id int, activity text, organisation_id int, state text, revision int, seal_key int, writer_id int,
--:   checker_id int, lister_id int, publicist_id int, sealed_values sealed, title text?, reason text, score int?, submitted_at time?, updated_at time

--: collection_insert(ref text, activity_id int, organisation_id int, seal_key int, writer_id int, sealed_values sealed, at time) -> one (id int)
INSERT INTO collection_case (ref, activity_id, organisation_id, state, revision, seal_key, writer_id, checker_id, lister_id, publicist_id, sealed_values,
  reason, updated_at)
VALUES (:ref, :activity_id, :organisation_id, 'DRAFT', 1, :seal_key, :writer_id, 0, 0, 0, :sealed_values, '', :at) RETURNING id;

--: collection_find_ref(ref text) -> one CollectionRow
SELECT c.id, c.ref, c.activity_id, a.ref AS activity, c.organisation_id, c.state, c.revision, c.seal_key, c.writer_id, c.checker_id, c.lister_id,
  c.publicist_id, c.sealed_values, c.title, c.reason, c.score, c.submitted_at, c.updated_at
FROM collection_case c JOIN activity a ON a.id = c.activity_id WHERE c.ref = :ref;

--: collection_find_id(id int) -> one CollectionRow
SELECT c.id, c.ref, c.activity_id, a.ref AS activity, c.organisation_id, c.state, c.revision, c.seal_key, c.writer_id, c.checker_id, c.lister_id,
  c.publicist_id, c.sealed_values, c.title, c.reason, c.score, c.submitted_at, c.updated_at
FROM collection_case c JOIN activity a ON a.id = c.activity_id WHERE c.id = :id;

--: collection_rows_own(activity_id int, organisation_id int, max int) -> many CollectionRow
SELECT c.id, c.ref, c.activity_id, a.ref AS activity, c.organisation_id, c.state, c.revision, c.seal_key, c.writer_id, c.checker_id, c.lister_id,
  c.publicist_id, c.sealed_values, c.title, c.reason, c.score, c.submitted_at, c.updated_at
FROM collection_case c JOIN activity a ON a.id = c.activity_id
WHERE c.organisation_id = :organisation_id AND c.activity_id = :activity_id AND c.state <> 'DISCARDED' ORDER BY c.id DESC LIMIT :max;

--: collection_rows_in(activity_id int, state text, before int, max int) -> many CollectionRow
SELECT c.id, c.ref, c.activity_id, a.ref AS activity, c.organisation_id, c.state, c.revision, c.seal_key, c.writer_id, c.checker_id, c.lister_id,
  c.publicist_id, c.sealed_values, c.title, c.reason, c.score, c.submitted_at, c.updated_at
FROM collection_case c JOIN activity a ON a.id = c.activity_id
WHERE c.activity_id = :activity_id AND c.state = :state AND c.id < :before ORDER BY c.id DESC LIMIT :max;

--: collection_rows_all(state text, after int, max int) -> many CollectionRow
SELECT c.id, c.ref, c.activity_id, a.ref AS activity, c.organisation_id, c.state, c.revision, c.seal_key, c.writer_id, c.checker_id, c.lister_id,
  c.publicist_id, c.sealed_values, c.title, c.reason, c.score, c.submitted_at, c.updated_at
FROM collection_case c JOIN activity a ON a.id = c.activity_id WHERE c.state = :state AND c.id > :after ORDER BY c.id LIMIT :max;

--: collection_rows_judged(person_id int, before int, max int) -> many CollectionRow
SELECT c.id, c.ref, c.activity_id, a.ref AS activity, c.organisation_id, c.state, c.revision, c.seal_key, c.writer_id, c.checker_id, c.lister_id,
  c.publicist_id, c.sealed_values, c.title, c.reason, c.score, c.submitted_at, c.updated_at
FROM collection_seat s JOIN collection_case c ON c.id = s.case_id JOIN activity a ON a.id = c.activity_id
WHERE s.person_id = :person_id AND s.state <> 'conflict' AND c.state = 'SCORING' AND c.id < :before ORDER BY c.id DESC LIMIT :max;

--: collection_write(id int, sealed_values sealed, at time) -> changed
UPDATE collection_case SET sealed_values = :sealed_values, updated_at = :at WHERE id = :id AND state = 'DRAFT';

--: collection_move(id int, from_state text, to_state text, revision int, at time) -> changed
UPDATE collection_case SET state = :to_state, revision = revision + 1, updated_at = :at WHERE id = :id AND state = :from_state AND revision = :revision;

--: collection_change(id int, title text?, reason text, score int?, checker_id int, lister_id int, publicist_id int, submitted_at time?) -> nothing
UPDATE collection_case SET title = :title, reason = :reason, score = :score, checker_id = :checker_id, lister_id = :lister_id,
  publicist_id = :publicist_id, submitted_at = :submitted_at WHERE id = :id;

--: row CollectionSeatRow = id int, case_id int, expert_id int, person_id int, state text, sealed_said sealed?, asked_at time, done_at time?

--: collection_seat_insert(case_id int, expert_id int, person_id int, at time) -> nothing
INSERT INTO collection_seat (case_id, expert_id, person_id, state, asked_at) VALUES (:case_id, :expert_id, :person_id, 'asked', :at);

--: collection_seat_rows(case_id int) -> many CollectionSeatRow
SELECT {CollectionSeatRow} FROM collection_seat WHERE case_id = :case_id ORDER BY id LIMIT 200;

--: collection_seat_done(id int, state text, sealed_said sealed, at time) -> changed
UPDATE collection_seat SET state = :state, sealed_said = :sealed_said, done_at = :at WHERE id = :id AND state = 'asked';
