-- People: accounts and the links sent to them.

--: row PersonRow = id int, ref text, state text, seal_key int, sealed_mail sealed?, sealed_handle sealed?, sealed_name sealed?, sealed_phone sealed?,
--: sealed_reason sealed?, lang text, organisation_id int?, created_at time, changed_at time,
--: mail_failing_at time?, mail_mac text, deleted_at time?

--: person_insert(ref text, state text, mail_mac text, seal_key int, sealed_mail sealed, sealed_name sealed?, lang text, at time) -> one (id int)
INSERT INTO person (ref, state, mail_mac, seal_key, sealed_mail, sealed_name, lang, created_at, changed_at)
VALUES (:ref, :state, :mail_mac, :seal_key, :sealed_mail, :sealed_name, :lang, :at, :at) RETURNING id;

--: person_set_profile(id int, handle_mac text?, sealed_handle sealed?, sealed_name sealed?, sealed_phone sealed?, lang text, at time) -> nothing
UPDATE person SET handle_mac = :handle_mac, sealed_handle = :sealed_handle, sealed_name = :sealed_name, sealed_phone = :sealed_phone,
  lang = :lang, changed_at = :at
WHERE id = :id;

--: person_set_mail(id int, mail_mac text, sealed_mail sealed, at time) -> nothing
UPDATE person SET mail_mac = :mail_mac, sealed_mail = :sealed_mail, mail_failing_at = NULL, changed_at = :at WHERE id = :id;

-- A message to this address came back, or arrived. Not of an address that was changed meanwhile.
--: person_mail_fails(id int, mail_mac text, at time) -> changed
UPDATE person SET mail_failing_at = :at WHERE id = :id AND mail_mac = :mail_mac AND mail_failing_at IS NULL;

--: person_mail_arrives(id int, mail_mac text) -> changed
UPDATE person SET mail_failing_at = NULL WHERE id = :id AND mail_mac = :mail_mac AND mail_failing_at IS NOT NULL;

--: person_row_by_id(id int) -> maybe PersonRow
SELECT {PersonRow} FROM person WHERE id = :id;

--: person_row_by_ref(ref text) -> maybe PersonRow
SELECT {PersonRow} FROM person WHERE ref = :ref;

--: person_row_by_mail(mail_mac text) -> maybe PersonRow
SELECT {PersonRow} FROM person WHERE mail_mac = :mail_mac;

--: person_row_by_handle(handle_mac text) -> maybe PersonRow
SELECT {PersonRow} FROM person WHERE handle_mac = :handle_mac;

--: person_handle_owner(handle_mac text) -> maybe (id int)
SELECT id FROM person WHERE handle_mac = :handle_mac;

--: person_move(id int, from_state text, to_state text, at time) -> changed
UPDATE person SET state = :to_state, changed_at = :at WHERE id = :id AND state = :from_state;

--: person_disable_row(id int, at time) -> changed
UPDATE person SET state = 'disabled', disabled_at = :at, changed_at = :at WHERE id = :id AND state <> 'disabled';

--: person_set_identity(id int, sealed_name sealed?, sealed_phone sealed?) -> nothing
UPDATE person SET sealed_name = :sealed_name, sealed_phone = :sealed_phone WHERE id = :id;

-- Nothing that names anybody stays. The keyed value is one that no address has.
--: person_erase_row(id int, mail_mac text, at time) -> changed
UPDATE person SET state = 'disabled', deleted_at = :at, disabled_at = coalesce(disabled_at, :at), changed_at = :at, mail_mac = :mail_mac, handle_mac = NULL,
  sealed_mail = NULL, sealed_handle = NULL, sealed_name = NULL, sealed_phone = NULL, sealed_reason = NULL, organisation_id = NULL, mail_failing_at = NULL
WHERE id = :id AND deleted_at IS NULL;

--: erase_tickets(person_id int) -> nothing
DELETE FROM person_ticket WHERE person_id = :person_id;

--: erase_passwords(person_id int) -> nothing
DELETE FROM person_password WHERE person_id = :person_id;

--: erase_totp(person_id int) -> nothing
DELETE FROM person_totp WHERE person_id = :person_id;

--: erase_recovery(person_id int) -> nothing
DELETE FROM person_recovery WHERE person_id = :person_id;

--: erase_passkeys(person_id int) -> nothing
DELETE FROM person_passkey WHERE person_id = :person_id;

--: erase_sessions(person_id int) -> nothing
DELETE FROM session WHERE person_id = :person_id;

--: erase_tokens(person_id int) -> nothing
DELETE FROM api_token WHERE person_id = :person_id;

--: person_set_reason(id int, sealed_reason sealed?) -> nothing
UPDATE person SET sealed_reason = :sealed_reason WHERE id = :id;

--: person_set_organisation(id int, organisation_id int?) -> nothing
UPDATE person SET organisation_id = :organisation_id WHERE id = :id;

--: person_rows(after int, max int) -> many PersonRow
SELECT {PersonRow} FROM person WHERE id > :after ORDER BY id LIMIT :max;

--: person_rows_in_state(state text, max int) -> many PersonRow
SELECT {PersonRow} FROM person WHERE state = :state ORDER BY changed_at, id LIMIT :max;

-- Passwords
--: row PasswordRow = id int, hash text, set_at time

--: password_current(person_id int) -> maybe PasswordRow
SELECT {PasswordRow} FROM person_password WHERE person_id = :person_id AND is_current;

--: password_history(person_id int, max int) -> many PasswordRow
SELECT {PasswordRow} FROM person_password WHERE person_id = :person_id ORDER BY id DESC LIMIT :max;

--: password_retire(person_id int) -> nothing
UPDATE person_password SET is_current = FALSE WHERE person_id = :person_id AND is_current;

--: password_insert(person_id int, hash text, set_at time) -> nothing
INSERT INTO person_password (person_id, hash, set_at, is_current) VALUES (:person_id, :hash, :set_at, TRUE);

--: password_renew(id int, old_hash text, hash text) -> nothing
UPDATE person_password SET hash = :hash WHERE id = :id AND hash = :old_hash;

--: password_forget(person_id int, keep_from int) -> nothing
DELETE FROM person_password WHERE person_id = :person_id AND id < :keep_from AND NOT is_current;

-- Links sent by mail
--: row TicketRow = id int, kind text, person_id int?, sealed_mail sealed, lang text, expires_at time, used_at time?

--: ticket_insert(token_hash bytes, kind text, person_id int?, sealed_mail sealed, lang text, created_at time, expires_at time) -> nothing
INSERT INTO person_ticket (token_hash, kind, person_id, sealed_mail, lang, created_at, expires_at)
VALUES (:token_hash, :kind, :person_id, :sealed_mail, :lang, :created_at, :expires_at);

--: ticket_find(token_hash bytes) -> maybe TicketRow
SELECT {TicketRow} FROM person_ticket WHERE token_hash = :token_hash;

--: ticket_use(id int, at time) -> changed
UPDATE person_ticket SET used_at = :at WHERE id = :id AND used_at IS NULL AND expires_at > :at;

--: ticket_end_kind(person_id int, kind text, at time) -> nothing
UPDATE person_ticket SET used_at = :at WHERE person_id = :person_id AND kind = :kind AND used_at IS NULL;

--: ticket_forget(before time) -> nothing
DELETE FROM person_ticket WHERE expires_at < :before;

-- Failed attempts
--: failure_find(subject text) -> maybe (failures int, last_at time)
SELECT failures, last_at FROM login_failure WHERE subject = :subject;

--: failure_put(subject text, failures int, at time) -> nothing
INSERT INTO login_failure (subject, failures, last_at) VALUES (:subject, :failures, :at)
ON CONFLICT (subject) DO UPDATE SET failures = excluded.failures, last_at = excluded.last_at;

--: failure_clear(subject text) -> nothing
DELETE FROM login_failure WHERE subject = :subject;

--: failure_forgive(subject text) -> nothing
UPDATE login_failure SET failures = failures - 1 WHERE subject = :subject AND failures > 0;

--: failure_forget(before time) -> nothing
DELETE FROM login_failure WHERE last_at < :before;

-- Consent
--: row ConsentRow = document text, version int, given_at time, withdrawn_at time?

--: consent_insert(person_id int, organisation_id int?, document text, version int, at time) -> nothing
INSERT INTO consent (person_id, organisation_id, document, version, given_at) VALUES (:person_id, :organisation_id, :document, :version, :at);

--: consent_find(person_id int, document text, version int) -> maybe (id int)
SELECT id FROM consent WHERE person_id = :person_id AND document = :document AND version = :version AND withdrawn_at IS NULL;

--: consent_rows(person_id int) -> many ConsentRow
SELECT {ConsentRow} FROM consent WHERE person_id = :person_id AND withdrawn_at IS NULL ORDER BY given_at, document;

--: consent_rows_all(person_id int) -> many ConsentRow
SELECT {ConsentRow} FROM consent WHERE person_id = :person_id ORDER BY id DESC;

--: consent_end(person_id int, document text, at time) -> changed
UPDATE consent SET withdrawn_at = :at WHERE person_id = :person_id AND document = :document AND withdrawn_at IS NULL;
