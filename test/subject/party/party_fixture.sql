-- What tests of parties do to rooms that have no operation for it yet.

--: fixture_refuse_mail() -> nothing
UPDATE outbox SET state = 'dead' WHERE state = 'waiting';

--: fixture_fail_mail(id int, at time) -> nothing
UPDATE person SET mail_failing_at = :at WHERE id = :id;

--: fixture_take_mail() -> nothing
UPDATE outbox SET state = 'done' WHERE state = 'waiting';

--: fixture_own(id int, organisation_id int) -> nothing
UPDATE product SET organisation_id = :organisation_id, state = 'confirmed', is_public = TRUE WHERE id = :id;
