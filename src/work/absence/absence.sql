-- Absences.

--: row AbsenceRow = id int, ref text, person_id int, deputy_id int?, from_at time, until_at time, entered_by int, entered_at time, begun_at time?, ended_at time?

--: absence_insert(ref text, person_id int, deputy_id int?, from_at time, until_at time, entered_by int, at time) -> nothing
INSERT INTO absence (ref, person_id, deputy_id, from_at, until_at, entered_by, entered_at)
VALUES (:ref, :person_id, :deputy_id, :from_at, :until_at, :entered_by, :at);

--: absence_find(ref text) -> maybe AbsenceRow
SELECT {AbsenceRow} FROM absence WHERE ref = :ref;

--: absence_rows(person_id int, before int, max int) -> many AbsenceRow
SELECT {AbsenceRow} FROM absence WHERE (person_id = :person_id OR deputy_id = :person_id) AND id < :before ORDER BY id DESC LIMIT :max;

--: absence_rows_all(before int, max int) -> many AbsenceRow
SELECT {AbsenceRow} FROM absence WHERE id < :before ORDER BY id DESC LIMIT :max;

--: absence_covering(person_id int, from_at time, until_at time) -> many int
SELECT id FROM absence WHERE person_id = :person_id AND ended_at IS NULL AND from_at < :until_at AND until_at > :from_at ORDER BY id;

--: absence_deputy_of(person_id int) -> many int
SELECT deputy_id FROM standing_in WHERE person_id = :person_id ORDER BY deputy_id;

--: absence_to_begin(at time, max int) -> many AbsenceRow
SELECT {AbsenceRow} FROM absence WHERE begun_at IS NULL AND ended_at IS NULL AND from_at <= :at ORDER BY from_at LIMIT :max;

--: absence_to_end(at time, max int) -> many AbsenceRow
SELECT {AbsenceRow} FROM absence WHERE begun_at IS NOT NULL AND ended_at IS NULL AND until_at <= :at ORDER BY until_at LIMIT :max;

--: absence_begin(id int, at time) -> changed
UPDATE absence SET begun_at = :at WHERE id = :id AND begun_at IS NULL AND ended_at IS NULL;

--: absence_close(id int, at time) -> changed
UPDATE absence SET ended_at = :at WHERE id = :id AND ended_at IS NULL;
