-- Conversations.

--: row ThreadRow = id int, ref text, machine text, subject_id int, audience text, seal_key int

--: thread_insert(ref text, machine text, subject_id int, audience text, seal_key int, created_at time) -> nothing
INSERT INTO thread (ref, machine, subject_id, audience, seal_key, created_at)
VALUES (:ref, :machine, :subject_id, :audience, :seal_key, :created_at)
ON CONFLICT (machine, subject_id, audience) DO NOTHING;

--: thread_find_of(machine text, subject_id int, audience text) -> maybe ThreadRow
SELECT {ThreadRow} FROM thread WHERE machine = :machine AND subject_id = :subject_id AND audience = :audience;

--: message_insert(ref text, thread_id int, person_id int?, sealed_body sealed, files int, by_mail bool, sent_at time) -> one (id int)
INSERT INTO message (ref, thread_id, person_id, sealed_body, files, by_mail, sent_at)
VALUES (:ref, :thread_id, :person_id, :sealed_body, :files, :by_mail, :sent_at)
RETURNING id;

--: row MessageRow = id int, ref text, person_id int?, sealed_body sealed?, files int, by_mail bool, sent_at time

--: message_list_before(thread_id int, before int, max int) -> many MessageRow
SELECT {MessageRow} FROM message WHERE thread_id = :thread_id AND id < :before ORDER BY id DESC LIMIT :max;

--: message_find_in(thread_id int, ref text) -> one (id int)
SELECT id FROM message WHERE thread_id = :thread_id AND ref = :ref;

--: message_newest(thread_id int) -> maybe (ref text)
SELECT ref FROM message WHERE thread_id = :thread_id ORDER BY id DESC LIMIT 1;

--: message_count_unread(thread_id int, after int, person_id int) -> one (unread int)
SELECT count(*) FROM message WHERE thread_id = :thread_id AND id > :after AND (person_id IS NULL OR person_id <> :person_id);

--: read_mark_find(thread_id int, person_id int) -> maybe (message_id int)
SELECT message_id FROM read_mark WHERE thread_id = :thread_id AND person_id = :person_id;

--: read_mark_raise(thread_id int, person_id int, message_id int) -> nothing
INSERT INTO read_mark (thread_id, person_id, message_id) VALUES (:thread_id, :person_id, :message_id)
ON CONFLICT (thread_id, person_id) DO UPDATE SET message_id = excluded.message_id WHERE read_mark.message_id < excluded.message_id;

--: read_mark_set(thread_id int, person_id int, message_id int) -> nothing
INSERT INTO read_mark (thread_id, person_id, message_id) VALUES (:thread_id, :person_id, :message_id)
ON CONFLICT (thread_id, person_id) DO UPDATE SET message_id = excluded.message_id;
