-- Inboxes.

--: row InboxRow = id int, ref text, kind text, subject text, link text, created_at time, read_at time?

--: inbox_insert(ref text, person_id int, kind text, subject text, link text, at time, in_list bool) -> nothing
INSERT INTO inbox (ref, person_id, kind, subject, link, created_at, in_list) VALUES (:ref, :person_id, :kind, :subject, :link, :at, :in_list);

--: inbox_rows(person_id int, before int, max int) -> many InboxRow
SELECT {InboxRow} FROM inbox WHERE person_id = :person_id AND id < :before ORDER BY id DESC LIMIT :max;

--: inbox_unread(person_id int, max int) -> many int
SELECT id FROM inbox WHERE person_id = :person_id AND read_at IS NULL LIMIT :max;

--: inbox_find(person_id int, ref text) -> maybe InboxRow
SELECT {InboxRow} FROM inbox WHERE person_id = :person_id AND ref = :ref;

--: inbox_read(id int, at time) -> nothing
UPDATE inbox SET read_at = :at WHERE id = :id AND read_at IS NULL;

--: inbox_read_all(person_id int, at time) -> nothing
UPDATE inbox SET read_at = :at WHERE person_id = :person_id AND read_at IS NULL;

-- What a person has not been told of by mail, each matter and kind once, the newest first.
--: row ListedRow = kind text, subject text, link text, newest int

--: inbox_listed(person_id int, max int) -> many ListedRow
SELECT kind, subject, link, max(id) FROM inbox WHERE person_id = :person_id AND in_list AND read_at IS NULL
GROUP BY kind, subject, link ORDER BY max(id) DESC LIMIT :max;

--: inbox_end_list(person_id int) -> nothing
UPDATE inbox SET in_list = FALSE WHERE person_id = :person_id AND in_list;

--: row InboxKept = id int, ref text, created_at time

--: inbox_kept(before time, after_at time, after_id int, max int) -> many InboxKept
SELECT {InboxKept} FROM inbox WHERE created_at < :before AND (created_at > :after_at OR (created_at = :after_at AND id > :after_id))
ORDER BY created_at, id LIMIT :max;

--: inbox_delete(ref text) -> nothing
DELETE FROM inbox WHERE ref = :ref;

--: inbox_delete_all(person_id int) -> nothing
DELETE FROM inbox WHERE person_id = :person_id;

-- Visitors
--: visitor_put(claim bytes, unsubscribe text, sealed_mail sealed, lang text, at time) -> nothing
INSERT INTO notice_visitor (claim, unsubscribe, sealed_mail, lang, created_at) VALUES (:claim, :unsubscribe, :sealed_mail, :lang, :at)
ON CONFLICT (claim) DO UPDATE SET sealed_mail = excluded.sealed_mail, lang = excluded.lang, unsubscribe = excluded.unsubscribe;

--: visitor_find(claim bytes) -> maybe (sealed_mail sealed, lang text, unsubscribe text)
SELECT sealed_mail, lang, unsubscribe FROM notice_visitor WHERE claim = :claim;

--: visitor_forget(claim bytes) -> nothing
DELETE FROM notice_visitor WHERE claim = :claim;

--: visitor_has(unsubscribe text) -> maybe (created_at time)
SELECT created_at FROM notice_visitor WHERE unsubscribe = :unsubscribe;

--: visitor_unsubscribe(unsubscribe text) -> changed
DELETE FROM notice_visitor WHERE unsubscribe = :unsubscribe;
