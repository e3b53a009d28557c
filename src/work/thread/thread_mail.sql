-- Conversations by mail.

--: row AddressRow = id int, person_id int, machine text, subject_id int, audience text, seal_key int, ref text, link text, warned_at time?

--: address_insert(token text, person_id int, machine text, subject_id int, audience text, seal_key int, ref text, link text, at time) -> nothing
INSERT INTO thread_address (token, person_id, machine, subject_id, audience, seal_key, ref, link, created_at)
VALUES (:token, :person_id, :machine, :subject_id, :audience, :seal_key, :ref, :link, :at) ON CONFLICT (machine, subject_id, audience, person_id) DO NOTHING;

--: address_find(token text) -> maybe AddressRow
SELECT {AddressRow} FROM thread_address WHERE token = :token;

--: address_of(machine text, subject_id int, audience text, person_id int) -> maybe AddressRow
SELECT {AddressRow} FROM thread_address
WHERE machine = :machine AND subject_id = :subject_id AND audience = :audience AND person_id = :person_id;

--: address_warn(id int, at time) -> nothing
UPDATE thread_address SET warned_at = :at WHERE id = :id;

--: mail_insert(address_id int, message text, at time) -> changed
INSERT INTO thread_mail (address_id, message, came_at) VALUES (:address_id, :message, :at) ON CONFLICT (address_id, message) DO NOTHING;

--: mail_sweep(before time) -> changed
DELETE FROM thread_mail WHERE came_at < :before;

--: held_put(address_id int, sealed_body sealed, at time) -> nothing
INSERT INTO thread_held (address_id, sealed_body, held_at) VALUES (:address_id, :sealed_body, :at)
ON CONFLICT (address_id) DO UPDATE SET sealed_body = excluded.sealed_body, held_at = excluded.held_at;

--: held_find(address_id int) -> maybe (sealed_body sealed?, held_at time)
SELECT sealed_body, held_at FROM thread_held WHERE address_id = :address_id;

--: held_remove(address_id int) -> nothing
DELETE FROM thread_held WHERE address_id = :address_id;

--: held_sweep(before time) -> changed
DELETE FROM thread_held WHERE held_at < :before;
