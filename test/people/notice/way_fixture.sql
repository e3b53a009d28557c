-- What tests of notices do that the program never does by itself.

--: fixture_end_messages(state text) -> nothing
UPDATE outbox SET state = :state WHERE state = 'waiting';

--: fixture_set_mail_value(id int, mail_mac text) -> nothing
UPDATE person SET mail_mac = :mail_mac WHERE id = :id;
