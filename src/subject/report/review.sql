-- The formal review by somebody who verifies.

--: row ReviewRow = id int, ref text, person_id int, organisation_id int?, opinion text?, reason text?, reason_version int, sealed_words sealed?, signed_at time, given_at time?

--: review_add(ref text, report_id int, person_id int, organisation_id int?, version int, at time) -> nothing
INSERT INTO report_review (ref, report_id, person_id, organisation_id, version, signed_at)
VALUES (:ref, :report_id, :person_id, :organisation_id, :version, :at);

--: review_begun(report_id int, person_id int) -> maybe ReviewRow
SELECT {ReviewRow} FROM report_review WHERE report_id = :report_id AND person_id = :person_id AND given_at IS NULL ORDER BY id DESC LIMIT 1;

--: review_give(id int, opinion text, reason text?, reason_version int, sealed_words sealed, at time) -> changed
UPDATE report_review SET opinion = :opinion, reason = :reason, reason_version = :reason_version, sealed_words = :sealed_words, given_at = :at
WHERE id = :id AND given_at IS NULL;

--: review_given(report_id int) -> many ReviewRow
SELECT {ReviewRow} FROM report_review WHERE report_id = :report_id AND given_at IS NOT NULL ORDER BY id LIMIT 100;

--: review_tasks(person_id int) -> many int
SELECT a.subject_id FROM assignment a JOIN report r ON r.id = a.subject_id
WHERE a.person_id = :person_id AND a.machine = 'report' AND a.ended_at IS NULL AND r.state = 'FORMAL_REVIEW' ORDER BY a.subject_id;

-- What deputies hold for somebody.
--: review_tasks_held(for_id int) -> many int
SELECT a.subject_id FROM assignment a JOIN report r ON r.id = a.subject_id
WHERE a.for_id = :for_id AND a.machine = 'report' AND a.ended_at IS NULL AND r.state = 'FORMAL_REVIEW' ORDER BY a.subject_id;

--: review_task_count(person_id int) -> one (tasks int)
SELECT count(*) FROM assignment a JOIN report r ON r.id = a.subject_id
WHERE a.person_id = :person_id AND a.machine = 'report' AND a.ended_at IS NULL AND r.state = 'FORMAL_REVIEW';
