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

--: complaint_waiting(max int) -> many int
SELECT id FROM complaint WHERE state = 'received' LIMIT :max;

--: complaint_answer_it(id int, sealed_answer sealed, person_id int, at time) -> changed
UPDATE complaint SET state = 'answered', sealed_answer = :sealed_answer, answered_by = :person_id, answered_at = :at
WHERE id = :id AND state = 'received';
