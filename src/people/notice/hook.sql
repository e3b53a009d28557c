-- Machines of people that are told beside them.

--: row HookRow = id int, ref text, person_id int, sealed_address sealed, sealed_secret sealed, created_at time, arrived_at time?, failing_at time?,
--:   reason text?, ended_at time?

--: hook_insert(ref text, person_id int, sealed_address sealed, sealed_secret sealed, created_at time) -> nothing
INSERT INTO hook (ref, person_id, sealed_address, sealed_secret, created_at) VALUES (:ref, :person_id, :sealed_address, :sealed_secret, :created_at);

--: hook_list(person_id int, max int) -> many HookRow
SELECT {HookRow} FROM hook WHERE person_id = :person_id AND ended_at IS NULL ORDER BY id LIMIT :max;

--: hook_find(id int) -> maybe HookRow
SELECT {HookRow} FROM hook WHERE id = :id;

--: hook_end(id int, at time, reason text?) -> nothing
UPDATE hook SET ended_at = :at, reason = :reason WHERE id = :id;

--: hook_delete(id int) -> nothing
DELETE FROM hook WHERE id = :id;

--: hook_arrives(id int, at time) -> nothing
UPDATE hook SET arrived_at = :at, failing_at = NULL, reason = NULL WHERE id = :id;

--: hook_fails(id int, at time, reason text) -> nothing
UPDATE hook SET failing_at = coalesce(failing_at, :at), reason = :reason WHERE id = :id;

--: row HookMessageRow = id int, ref text, hook_id int, sealed_body sealed, attempts int

--: hook_message_insert(ref text, hook_id int, sealed_body sealed, at time) -> nothing
INSERT INTO hook_message (ref, hook_id, state, sealed_body, attempts, due_at, changed_at) VALUES (:ref, :hook_id, 'waiting', :sealed_body, 0, :at, :at);

-- Waiting ones that are due, and those whose sender died while sending.
--: hook_message_due(now time, stale time, max int) -> many HookMessageRow
SELECT {HookMessageRow} FROM hook_message WHERE (state = 'waiting' AND due_at <= :now) OR (state = 'sending' AND changed_at <= :stale)
ORDER BY due_at LIMIT :max;

--: hook_message_take(id int, attempts int, at time) -> changed
UPDATE hook_message SET state = 'sending', attempts = attempts + 1, changed_at = :at WHERE id = :id AND attempts = :attempts;

--: hook_message_wait(id int, due_at time, at time) -> nothing
UPDATE hook_message SET state = 'waiting', due_at = :due_at, changed_at = :at WHERE id = :id AND state = 'sending';

--: hook_message_remove(id int) -> nothing
DELETE FROM hook_message WHERE id = :id;

--: hook_message_drop(hook_id int) -> nothing
DELETE FROM hook_message WHERE hook_id = :hook_id;
