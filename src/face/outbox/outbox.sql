-- Messages on their way out.

--: row OutboxRow = id int, ref text, kind text, state text, sealed_payload sealed?, attempts int, created_at time, changed_at time

--: outbox_insert(ref text, kind text, sealed_payload sealed, created_at time) -> one (id int)
INSERT INTO outbox (ref, kind, state, sealed_payload, attempts, created_at, due_at, changed_at)
VALUES (:ref, :kind, 'waiting', :sealed_payload, 0, :created_at, :created_at, :created_at) RETURNING id;

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
--: outbox_due_ids(kind text, now time, stale time, max int) -> many int
SELECT id FROM outbox WHERE (state = 'waiting' AND kind = :kind AND due_at <= :now) OR (state = 'sending' AND kind = :kind AND changed_at <= :stale)
ORDER BY due_at LIMIT :max;

-- The newest message of those; for its state.
--: outbox_state_of(id int) -> maybe (state text, changed_at time)
SELECT state, changed_at FROM outbox WHERE id = :id;

--: outbox_count_in(kind text, state text) -> one (messages int)
SELECT count(*) FROM outbox WHERE state = :state AND kind = :kind;
