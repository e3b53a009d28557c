-- Complaints.

--: row ComplaintRow = id int, ref text, kind text, claim text, person_id int?, seal_key int, sealed_text sealed?, sealed_contact sealed?, state text,
--:   received_at time, due_at time, sealed_answer sealed?, answered_by int?, answered_at time?

--: complaint_insert(ref text, once text, kind text, claim text, sender text?, person_id int?, seal_key int, sealed_text sealed, sealed_contact sealed?,
--:   at time, due_at time) -> nothing
INSERT INTO complaint (ref, once, kind, claim, sender, person_id, seal_key, sealed_text, sealed_contact, state, received_at, due_at)
VALUES (:ref, :once, :kind, :claim, :sender, :person_id, :seal_key, :sealed_text, :sealed_contact, 'received', :at, :due_at);

--: complaint_once(once text) -> maybe (id int)
SELECT id FROM complaint WHERE once = :once;

--: complaint_count_from(sender text, since time) -> one (complaints int)
SELECT count(*) FROM complaint WHERE sender = :sender AND received_at >= :since;

--: complaint_find(ref text) -> maybe ComplaintRow
SELECT {ComplaintRow} FROM complaint WHERE ref = :ref;

--: complaint_find_claim(claim text) -> maybe ComplaintRow
SELECT {ComplaintRow} FROM complaint WHERE claim = :claim;

--: complaint_rows(state text, before int, max int) -> many ComplaintRow
SELECT {ComplaintRow} FROM complaint WHERE state = :state AND id < :before ORDER BY id DESC LIMIT :max;

--: row ComplaintKept = id int, ref text, answered_at time

--: complaint_kept_rows(before time, after_at time, after_id int, max int) -> many ComplaintKept
SELECT {ComplaintKept} FROM complaint
WHERE state = 'answered' AND sealed_text IS NOT NULL AND answered_at < :before
  AND (answered_at > :after_at OR (answered_at = :after_at AND id > :after_id))
ORDER BY answered_at, id LIMIT :max;

--: complaint_forget_it(id int) -> nothing
UPDATE complaint SET sealed_text = NULL, sealed_contact = NULL, sealed_answer = NULL, sender = NULL WHERE id = :id;

--: complaint_rows_of(person_id int, max int) -> many ComplaintRow
SELECT {ComplaintRow} FROM complaint WHERE person_id = :person_id ORDER BY id DESC LIMIT :max;

-- Nearly over, and nobody was reminded yet.
--: complaint_rows_due(before time, max int) -> many ComplaintRow
SELECT {ComplaintRow} FROM complaint WHERE state = 'received' AND reminded_at IS NULL AND due_at < :before ORDER BY due_at, id LIMIT :max;

--: complaint_reminded(id int, at time) -> nothing
UPDATE complaint SET reminded_at = :at WHERE id = :id;

--: complaint_waiting(max int) -> many int
SELECT id FROM complaint WHERE state = 'received' LIMIT :max;

--: complaint_answer_it(id int, sealed_answer sealed, person_id int, at time) -> changed
UPDATE complaint SET state = 'answered', sealed_answer = :sealed_answer, answered_by = :person_id, answered_at = :at
WHERE id = :id AND state = 'received';
