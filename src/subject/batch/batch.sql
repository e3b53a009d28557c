-- Batches of reports. A batch is seen by whoever sends it and by nobody else; every statement that shows one asks for the person.

--: row BatchLine = id int, ref text, state text, revision int, person_id int, organisation_id int?, seal_key int, content text, is_confirmed bool,
--:   lang text, format text, reason text, sealed_name sealed?, sealed_detail sealed?, created_at time, started_at time?, updated_at time

--: batch_insert(ref text, person_id int, organisation_id int?, seal_key int, idempotency text?, content text, is_confirmed bool, lang text, sealed_name sealed, at time) -> one (id int)
INSERT INTO batch (ref, state, revision, person_id, organisation_id, seal_key, idempotency, content, is_confirmed, lang, format, reason, sealed_name, created_at, updated_at)
VALUES (:ref, 'READING', 1, :person_id, :organisation_id, :seal_key, :idempotency, :content, :is_confirmed, :lang, '', '', :sealed_name, :at, :at)
RETURNING id;

--: batch_find_own(ref text, person_id int) -> one BatchLine
SELECT {BatchLine} FROM batch WHERE ref = :ref AND person_id = :person_id;

--: batch_find_ref(ref text) -> one BatchLine
SELECT {BatchLine} FROM batch WHERE ref = :ref;

--: batch_find_idempotency(idempotency text) -> maybe (ref text, content text)
SELECT ref, content FROM batch WHERE idempotency = :idempotency;

--: batch_list_own(person_id int, before int, max int) -> many BatchLine
SELECT {BatchLine} FROM batch WHERE person_id = :person_id AND id < :before ORDER BY id DESC LIMIT :max;

--: batch_move(id int, from_state text, to_state text, revision int, at time) -> changed
UPDATE batch SET state = :to_state, revision = revision + 1, updated_at = :at WHERE id = :id AND state = :from_state AND revision = :revision;

--: batch_say(id int, format text, reason text, sealed_detail sealed?, at time) -> nothing
UPDATE batch SET format = :format, reason = :reason, sealed_detail = :sealed_detail, updated_at = :at WHERE id = :id;

--: batch_replace_file(id int, content text, is_confirmed bool, sealed_name sealed) -> nothing
UPDATE batch SET content = :content, is_confirmed = :is_confirmed, sealed_name = :sealed_name WHERE id = :id;

--: batch_begin_sending(id int, organisation_id int?, lang text, at time) -> nothing
UPDATE batch SET organisation_id = :organisation_id, lang = :lang, started_at = :at WHERE id = :id;

--: batch_touch(id int, at time) -> nothing
UPDATE batch SET updated_at = :at WHERE id = :id AND updated_at < :at;

-- What this person has let loose and is not a report yet.
--: batch_waiting_of(person_id int) -> one (rows int)
SELECT count(*) FROM batch b JOIN batch_row r ON r.batch_id = b.id AND r.state = 'waiting' WHERE b.person_id = :person_id;

-- ---- Rows

--: row BatchRowLine = id int, batch_id int, number int, state text, seal_key int, content text, sealed_title sealed?, sealed_values sealed?, sealed_problems sealed?,
--:   sealed_files sealed?, report_id int?, personal int, updated_at time

--: batch_row_insert(batch_id int, number int, state text, seal_key int, content text, sealed_title sealed?, sealed_values sealed?, sealed_problems sealed?, sealed_files sealed?, personal int, at time) -> nothing
INSERT INTO batch_row (batch_id, number, state, seal_key, content, sealed_title, sealed_values, sealed_problems, sealed_files, personal, updated_at)
VALUES (:batch_id, :number, :state, :seal_key, :content, :sealed_title, :sealed_values, :sealed_problems, :sealed_files, :personal, :at);

--: batch_row_last(batch_id int) -> one (number int)
SELECT coalesce(max(number), 0) FROM batch_row WHERE batch_id = :batch_id;

--: batch_row_find(batch_id int, number int) -> one BatchRowLine
SELECT {BatchRowLine} FROM batch_row WHERE batch_id = :batch_id AND number = :number;

--: batch_row_list(batch_id int, after int, max int) -> many BatchRowLine
SELECT {BatchRowLine} FROM batch_row WHERE batch_id = :batch_id AND number > :after ORDER BY number LIMIT :max;

--: batch_row_list_in(batch_id int, state text, after int, max int) -> many BatchRowLine
SELECT {BatchRowLine} FROM batch_row WHERE batch_id = :batch_id AND state = :state AND number > :after ORDER BY number LIMIT :max;

-- Rows that may be sent and hold what looks like personal data.
--: batch_row_list_personal(batch_id int, after int, max int) -> many BatchRowLine
SELECT {BatchRowLine} FROM batch_row WHERE batch_id = :batch_id AND personal > 0 AND state IN ('ready', 'wrong') AND number > :after ORDER BY number LIMIT :max;

--: batch_row_count_personal(batch_id int) -> one (rows int)
SELECT count(*) FROM batch_row WHERE batch_id = :batch_id AND personal > 0 AND state IN ('ready', 'wrong');

--: batch_row_set_personal(id int, personal int) -> nothing
UPDATE batch_row SET personal = :personal WHERE id = :id;

--: row BatchCountRow = state text, rows int

--: batch_row_counts(batch_id int) -> many BatchCountRow
SELECT state, count(*) FROM batch_row WHERE batch_id = :batch_id GROUP BY state;

-- The first row of the batch that says the same.
--: batch_row_same(batch_id int, content text, number int) -> maybe (number int)
SELECT number FROM batch_row WHERE batch_id = :batch_id AND content = :content AND number < :number ORDER BY number LIMIT 1;

--: batch_row_save(id int, from_state text, to_state text, content text, sealed_title sealed?, sealed_values sealed?, sealed_problems sealed?, personal int, at time) -> changed
UPDATE batch_row SET state = :to_state, content = :content, sealed_title = :sealed_title, sealed_values = :sealed_values, sealed_problems = :sealed_problems,
  personal = :personal, updated_at = :at
WHERE id = :id AND state = :from_state;

--: batch_row_move(id int, from_state text, to_state text, at time) -> changed
UPDATE batch_row SET state = :to_state, updated_at = :at WHERE id = :id AND state = :from_state;

--: batch_row_move_all(batch_id int, from_state text, to_state text, at time) -> changed
UPDATE batch_row SET state = :to_state, updated_at = :at WHERE batch_id = :batch_id AND state = :from_state;

-- The report has it now; nothing of its content stays here.
--: batch_row_sent(id int, report_id int, at time) -> changed
UPDATE batch_row SET state = 'sent', report_id = :report_id, sealed_title = NULL, sealed_values = NULL, sealed_problems = NULL, sealed_files = NULL, personal = 0, updated_at = :at
WHERE id = :id AND state = 'waiting' AND report_id IS NULL;

--: batch_row_failed(id int, sealed_problems sealed, at time) -> changed
UPDATE batch_row SET state = 'failed', sealed_problems = :sealed_problems, updated_at = :at WHERE id = :id AND state = 'waiting';

--: row BatchSentRow = number int, ref text, content_digest text, received_at time

--: batch_row_reports(batch_id int, after int, max int) -> many BatchSentRow
SELECT r.number, p.ref, p.content_digest, p.received_at FROM batch_row r JOIN report p ON p.id = r.report_id
WHERE r.batch_id = :batch_id AND r.number > :after ORDER BY r.number LIMIT :max;

--: batch_row_unsent(batch_id int, max int) -> many BatchRowLine
SELECT {BatchRowLine} FROM batch_row WHERE batch_id = :batch_id AND state <> 'sent' ORDER BY number LIMIT :max;

--: batch_row_delete(id int) -> changed
DELETE FROM batch_row WHERE id = :id AND report_id IS NULL;
