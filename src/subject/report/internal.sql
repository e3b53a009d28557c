-- What the library found out by itself. Who may read a record is said by the view internal_reader; every statement that shows one to somebody asks it.

--: row InternalRow = id int, ref text, person_id int, seal_key int, document_sha256 text, event_id int, sealed_title sealed?, sealed_content sealed?,
--:   entered_at time, stamped_at time?, sealed_stamp sealed?, sealed_stamper sealed?

--: internal_insert(ref text, person_id int, seal_key int, document_sha256 text, event_id int, sealed_title sealed, sealed_content sealed, at time, stamped_at time?, sealed_stamp sealed?, sealed_stamper sealed?, idempotency text?) -> one (id int)
INSERT INTO internal_record (ref, person_id, seal_key, document_sha256, event_id, sealed_title, sealed_content, entered_at, stamped_at, sealed_stamp, sealed_stamper, idempotency)
VALUES (:ref, :person_id, :seal_key, :document_sha256, :event_id, :sealed_title, :sealed_content, :at, :stamped_at, :sealed_stamp, :sealed_stamper, :idempotency) RETURNING id;

--: internal_find_idempotency(idempotency text) -> maybe (ref text)
SELECT ref FROM internal_record WHERE idempotency = :idempotency;

--: internal_find(ref text, person_id int, roles int) -> maybe InternalRow
SELECT {i.InternalRow} FROM internal_record i JOIN internal_reader v ON v.record_id = i.id
WHERE i.ref = :ref AND (v.person_id = :person_id OR (v.roles & :roles) <> 0);

--: internal_find_id(id int) -> one InternalRow
SELECT {InternalRow} FROM internal_record WHERE id = :id;

--: internal_rows(person_id int, roles int, before int, max int) -> many InternalRow
SELECT {i.InternalRow} FROM internal_record i JOIN internal_reader v ON v.record_id = i.id
WHERE i.id < :before AND (v.person_id = :person_id OR (v.roles & :roles) <> 0) ORDER BY i.id DESC LIMIT :max;

-- ---- Known internally

--: row KnownRow = id int, ref text, record_id int, proposed_by int, proposed_at time

--: known_propose(ref text, report_id int, record_id int, proposed_by int, at time) -> nothing
INSERT INTO known_proposal (ref, report_id, record_id, proposed_by, proposed_at, decision) VALUES (:ref, :report_id, :record_id, :proposed_by, :at, '');

--: known_waiting(report_id int) -> maybe KnownRow
SELECT {KnownRow} FROM known_proposal WHERE report_id = :report_id AND decision = '';

--: known_decide(report_id int, decision text, decided_by int?, at time) -> changed
UPDATE known_proposal SET decision = :decision, decided_by = :decided_by, decided_at = :at WHERE report_id = :report_id AND decision = '';
