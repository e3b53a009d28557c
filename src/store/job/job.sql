-- The queue. ready_at is when a waiting job is due, and when the lease of a running one ends: whoever comes after that takes it.

--: row JobRow = id int, ref text, kind text, payload sealed?, fence int, attempts int
--: row JobDeadRow = id int, kind text, attempts int, last_error text?, created_at time

--: job_insert(ref text, kind text, once_key text?, payload sealed?, ready_at time, created_at time) -> changed
INSERT INTO job (ref, kind, once_key, payload, ready_at, fence, attempts, created_at)
VALUES (:ref, :kind, :once_key, :payload, :ready_at, 0, 0, :created_at)
ON CONFLICT (once_key) DO NOTHING;

--: job_first_ready() -> maybe (ready_at time, id int)
SELECT ready_at, id FROM job WHERE ready_at IS NOT NULL ORDER BY ready_at, id LIMIT 1;

--: job_take(now time, until time, kinds texts) -> maybe JobRow
UPDATE job SET ready_at = :until, fence = fence + 1, attempts = attempts + 1
WHERE id = (SELECT id FROM job WHERE ready_at <= :now AND kind IN (:kinds) ORDER BY ready_at, id LIMIT 1 {skip locked})
RETURNING {JobRow};

--: job_remove(id int, fence int) -> changed
DELETE FROM job WHERE id = :id AND fence = :fence;

--: job_postpone(id int, fence int, ready_at time?, attempts int, last_error text?) -> changed
UPDATE job SET ready_at = :ready_at, attempts = :attempts, last_error = :last_error WHERE id = :id AND fence = :fence;

--: job_extend(id int, fence int, until time) -> changed
UPDATE job SET ready_at = :until WHERE id = :id AND fence = :fence;

--: job_dead_after(after int, max int) -> many JobDeadRow
SELECT {JobDeadRow} FROM job WHERE ready_at IS NULL AND id > :after ORDER BY id LIMIT :max;

--: job_revive(id int, now time) -> changed
UPDATE job SET ready_at = :now, attempts = 0 WHERE id = :id AND ready_at IS NULL;

--: job_dead_number() -> one (jobs int)
SELECT count(*) FROM job WHERE ready_at IS NULL AND id > 0;
