-- Second factors, sessions and API tokens.

--: row TotpRow = person_id int, sealed_secret sealed, last_step int, confirmed_at time?

--: totp_find(person_id int) -> maybe TotpRow
SELECT {TotpRow} FROM person_totp WHERE person_id = :person_id;

--: totp_put(person_id int, sealed_secret sealed) -> changed
INSERT INTO person_totp (person_id, sealed_secret, last_step) VALUES (:person_id, :sealed_secret, 0)
ON CONFLICT (person_id) DO UPDATE SET sealed_secret = excluded.sealed_secret, last_step = 0
WHERE person_totp.confirmed_at IS NULL;

--: totp_confirm(person_id int, last_step int, at time) -> changed
UPDATE person_totp SET confirmed_at = :at, last_step = :last_step WHERE person_id = :person_id AND confirmed_at IS NULL;

--: totp_use(person_id int, last_step int) -> changed
UPDATE person_totp SET last_step = :last_step WHERE person_id = :person_id AND last_step < :last_step AND confirmed_at IS NOT NULL;

--: totp_remove(person_id int) -> nothing
DELETE FROM person_totp WHERE person_id = :person_id;

--: recovery_insert(person_id int, code_mac text, at time) -> nothing
INSERT INTO person_recovery (person_id, code_mac, created_at) VALUES (:person_id, :code_mac, :at);

--: recovery_use(person_id int, code_mac text, at time) -> changed
UPDATE person_recovery SET used_at = :at WHERE person_id = :person_id AND code_mac = :code_mac AND used_at IS NULL;

--: recovery_left(person_id int) -> many int
SELECT id FROM person_recovery WHERE person_id = :person_id AND used_at IS NULL;

--: recovery_remove(person_id int) -> nothing
DELETE FROM person_recovery WHERE person_id = :person_id;

--: row PasskeyRow = id int, ref text, person_id int, credential_id bytes, algorithm int, public_key bytes, counter int, name text, created_at time, last_used_at time?

--: passkey_rows(person_id int) -> many PasskeyRow
SELECT {PasskeyRow} FROM person_passkey WHERE person_id = :person_id ORDER BY id;

--: passkey_find(credential_id bytes) -> maybe PasskeyRow
SELECT {PasskeyRow} FROM person_passkey WHERE credential_id = :credential_id;

--: passkey_insert(ref text, person_id int, credential_id bytes, algorithm int, public_key bytes, counter int, name text, at time) -> nothing
INSERT INTO person_passkey (ref, person_id, credential_id, algorithm, public_key, counter, name, created_at)
VALUES (:ref, :person_id, :credential_id, :algorithm, :public_key, :counter, :name, :at);

--: passkey_use(id int, old_counter int, counter int, at time) -> changed
UPDATE person_passkey SET counter = :counter, last_used_at = :at WHERE id = :id AND counter = :old_counter;

--: passkey_remove(person_id int, ref text) -> changed
DELETE FROM person_passkey WHERE person_id = :person_id AND ref = :ref;

--: passkey_remove_all(person_id int) -> nothing
DELETE FROM person_passkey WHERE person_id = :person_id;

--: challenge_take(challenge bytes, expires_at time) -> changed
INSERT INTO person_challenge (challenge, expires_at) VALUES (:challenge, :expires_at) ON CONFLICT (challenge) DO NOTHING;

--: challenge_forget(before time) -> nothing
DELETE FROM person_challenge WHERE expires_at < :before;

--: row SessionRow = id int, ref text, person_id int, factor_at time?, waits bool, sealed_origin sealed, created_at time, seen_at time, ended_at time?

--: session_insert(ref text, token_hash bytes, person_id int, factor_at time?, waits bool, sealed_origin sealed, at time) -> one (id int)
INSERT INTO session (ref, token_hash, person_id, factor_at, waits, sealed_origin, created_at, seen_at)
VALUES (:ref, :token_hash, :person_id, :factor_at, :waits, :sealed_origin, :at, :at) RETURNING id;

--: session_find(token_hash bytes) -> maybe SessionRow
SELECT {SessionRow} FROM session WHERE token_hash = :token_hash;

--: session_rows(person_id int, seen_after time, created_after time) -> many SessionRow
SELECT {SessionRow} FROM session
WHERE person_id = :person_id AND ended_at IS NULL AND NOT waits AND seen_at > :seen_after AND created_at > :created_after ORDER BY seen_at DESC, id;

--: session_seen(id int, at time) -> nothing
UPDATE session SET seen_at = :at WHERE id = :id AND seen_at < :at;

--: session_rotate(id int, old_hash bytes, token_hash bytes, factor_at time?) -> changed
UPDATE session SET token_hash = :token_hash, factor_at = coalesce(:factor_at, factor_at), waits = FALSE
WHERE id = :id AND token_hash = :old_hash AND ended_at IS NULL;

--: session_end_one(person_id int, ref text, at time) -> changed
UPDATE session SET ended_at = :at WHERE person_id = :person_id AND ref = :ref AND ended_at IS NULL;

--: session_end_id(id int, at time) -> nothing
UPDATE session SET ended_at = :at WHERE id = :id AND ended_at IS NULL;

--: session_end_others(person_id int, keep int, at time) -> nothing
UPDATE session SET ended_at = :at WHERE person_id = :person_id AND id <> :keep AND ended_at IS NULL;

--: session_forget(before time) -> nothing
DELETE FROM session WHERE seen_at < :before;

--: row TokenRow = id int, ref text, person_id int, name text, scopes int, has_factor bool, created_at time, expires_at time, last_used_at time?, ended_at time?

--: token_insert(ref text, token_hash bytes, person_id int, name text, scopes int, has_factor bool, at time, expires_at time) -> nothing
INSERT INTO api_token (ref, token_hash, person_id, name, scopes, has_factor, created_at, expires_at)
VALUES (:ref, :token_hash, :person_id, :name, :scopes, :has_factor, :at, :expires_at);

--: token_find(token_hash bytes) -> maybe TokenRow
SELECT {TokenRow} FROM api_token WHERE token_hash = :token_hash;

--: token_rows(person_id int, now time) -> many TokenRow
SELECT {TokenRow} FROM api_token WHERE person_id = :person_id AND ended_at IS NULL AND expires_at > :now ORDER BY id;

--: token_used(id int, at time) -> nothing
UPDATE api_token SET last_used_at = :at WHERE id = :id;

--: token_end(person_id int, ref text, at time) -> changed
UPDATE api_token SET ended_at = :at WHERE person_id = :person_id AND ref = :ref AND ended_at IS NULL;

--: token_end_all(person_id int, at time) -> nothing
UPDATE api_token SET ended_at = :at WHERE person_id = :person_id AND ended_at IS NULL;

--: row CalendarKeyRow = person_id int, has_factor bool, created_at time, last_used_at time?

--: calendar_key_put(person_id int, token_hash bytes, has_factor bool, at time) -> nothing
INSERT INTO calendar_key (person_id, token_hash, has_factor, created_at) VALUES (:person_id, :token_hash, :has_factor, :at)
ON CONFLICT (person_id) DO UPDATE SET token_hash = excluded.token_hash, has_factor = excluded.has_factor, created_at = excluded.created_at,
  last_used_at = NULL;

--: calendar_key_find(token_hash bytes) -> maybe CalendarKeyRow
SELECT {CalendarKeyRow} FROM calendar_key WHERE token_hash = :token_hash;

--: calendar_key_of(person_id int) -> maybe CalendarKeyRow
SELECT {CalendarKeyRow} FROM calendar_key WHERE person_id = :person_id;

--: calendar_key_used(token_hash bytes, at time) -> nothing
UPDATE calendar_key SET last_used_at = :at WHERE token_hash = :token_hash;

--: calendar_key_end(person_id int) -> nothing
DELETE FROM calendar_key WHERE person_id = :person_id;
