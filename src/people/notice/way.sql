-- How people want to be told, and what became of it.

--: row WayRow = person_id int, rhythm text, hour int, weekday int, mails bool, list_at time?

--: way_find(person_id int) -> maybe WayRow
SELECT {WayRow} FROM notice_way WHERE person_id = :person_id;

--: way_put(person_id int, rhythm text, hour int, weekday int, mails bool, list_at time?, at time) -> nothing
INSERT INTO notice_way (person_id, rhythm, hour, weekday, mails, list_at, changed_at)
VALUES (:person_id, :rhythm, :hour, :weekday, :mails, :list_at, :at)
ON CONFLICT (person_id) DO UPDATE SET rhythm = excluded.rhythm, hour = excluded.hour, weekday = excluded.weekday, mails = excluded.mails,
  list_at = excluded.list_at, changed_at = excluded.changed_at;

--: way_delete(person_id int) -> nothing
DELETE FROM notice_way WHERE person_id = :person_id;

--: followed_forget_all(person_id int) -> nothing
DELETE FROM notice_message WHERE person_id = :person_id;

--: way_due(now time, max int) -> many int
SELECT person_id FROM notice_way WHERE list_at IS NOT NULL AND list_at <= :now ORDER BY list_at LIMIT :max;

--: way_set_next(person_id int, list_at time?) -> nothing
UPDATE notice_way SET list_at = :list_at WHERE person_id = :person_id;

-- Messages whose end is not known yet
--: followed_insert(message_id int, person_id int, channel text, address text) -> nothing
INSERT INTO notice_message (message_id, person_id, channel, address) VALUES (:message_id, :person_id, :channel, :address);

--: row FollowedRow = message_id int, person_id int, channel text, address text, state text

-- A message that is gone from the outbox counts for nothing.
--: followed_ended(max int) -> many FollowedRow
--: scans because it holds only messages whose end is not known yet
SELECT m.message_id, m.person_id, m.channel, m.address, coalesce(o.state, 'gone') FROM notice_message m LEFT JOIN outbox o ON o.id = m.message_id
WHERE coalesce(o.state, 'gone') IN ('done', 'dead', 'gone') ORDER BY m.message_id LIMIT :max;

--: followed_forget(message_id int) -> nothing
DELETE FROM notice_message WHERE message_id = :message_id;

-- Telephones
--: row PhoneRow = person_id int, sealed_phone sealed, phone_mac text, verified_at time?, code_mac text?, code_at time, tries int, codes int,
--: codes_day int, sent_at time?, arrived_at time?, failing_at time?

--: phone_find(person_id int) -> maybe PhoneRow
SELECT {PhoneRow} FROM notice_phone WHERE person_id = :person_id;

--: phone_put(person_id int, sealed_phone sealed, phone_mac text, code_mac text, code_at time, codes int, codes_day int) -> nothing
INSERT INTO notice_phone (person_id, sealed_phone, phone_mac, code_mac, code_at, tries, codes, codes_day)
VALUES (:person_id, :sealed_phone, :phone_mac, :code_mac, :code_at, 0, :codes, :codes_day)
ON CONFLICT (person_id) DO UPDATE SET sealed_phone = excluded.sealed_phone, phone_mac = excluded.phone_mac, verified_at = NULL,
  code_mac = excluded.code_mac, code_at = excluded.code_at, tries = 0, codes = excluded.codes, codes_day = excluded.codes_day, sent_at = NULL,
  arrived_at = NULL, failing_at = NULL;

--: phone_try(person_id int) -> changed
UPDATE notice_phone SET tries = tries + 1 WHERE person_id = :person_id AND code_mac IS NOT NULL;

--: phone_verify(person_id int, at time) -> changed
UPDATE notice_phone SET verified_at = :at, code_mac = NULL WHERE person_id = :person_id AND code_mac IS NOT NULL;

--: phone_drop(person_id int) -> nothing
DELETE FROM notice_phone WHERE person_id = :person_id;

--: phone_sent(person_id int, at time) -> nothing
UPDATE notice_phone SET sent_at = :at WHERE person_id = :person_id;

--: phone_arrives(person_id int, phone_mac text, at time) -> nothing
UPDATE notice_phone SET arrived_at = :at, failing_at = NULL WHERE person_id = :person_id AND phone_mac = :phone_mac;

--: phone_fails(person_id int, phone_mac text, at time) -> nothing
UPDATE notice_phone SET failing_at = :at WHERE person_id = :person_id AND phone_mac = :phone_mac AND failing_at IS NULL;
