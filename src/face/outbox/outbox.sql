-- Messages on their way out.

--: row OutboxRow = id int, ref text, state text, sealed_payload sealed?, attempts int, created_at time, changed_at time

--: outbox_insert(ref text, sealed_payload sealed, created_at time) -> one (id int)
INSERT INTO outbox (ref, kind, state, sealed_payload, attempts, created_at, due_at, changed_at)
VALUES (:ref, 'mail', 'waiting', :sealed_payload, 0, :created_at, :created_at, :created_at) RETURNING id;

--: outbox_find(id int) -> maybe OutboxRow
SELECT {OutboxRow} FROM outbox WHERE id = :id;

--: outbox_take(id int, attempts int, at time) -> changed
UPDATE outbox SET state = 'sending', attempts = attempts + 1, changed_at = :at
WHERE id = :id AND attempts = :attempts AND state IN ('waiting', 'sending');

--: outbox_finish(id int, state text, outcome text, at time) -> changed
UPDATE outbox SET state = :state, outcome = :outcome, changed_at = :at, sealed_payload = NULL
WHERE id = :id AND state = 'sending';

--: outbox_wait(id int, outcome text, due_at time, at time) -> changed
UPDATE outbox SET state = 'waiting', outcome = :outcome, due_at = :due_at, changed_at = :at WHERE id = :id AND state = 'sending';

-- Waiting ones that are due, and those whose sender died while sending.
--: outbox_due_ids(now time, stale time, max int) -> many int
SELECT id FROM outbox WHERE (state = 'waiting' AND due_at <= :now) OR (state = 'sending' AND changed_at <= :stale)
ORDER BY due_at LIMIT :max;

--: outbox_count_in(state text) -> one (messages int)
SELECT count(*) FROM outbox WHERE state = :state;
