-- Inspections. Secretaries and supervisors read them with second factor, inspectors their own, an applicant what concerns it; the operations ask.

--: row InspectionRow = id int, ref text, round_id int, application_id int, state text, revision int, seal_key int, visit_at time?, sealed_where sealed?,
--:   outcome text?, number int?, closed_at time?, created_at time, updated_at time

--: inspection_insert(ref text, round_id int, application_id int, seal_key int, at time) -> one (id int)
INSERT INTO inspection (ref, round_id, application_id, state, revision, seal_key, created_at, updated_at)
VALUES (:ref, :round_id, :application_id, 'PLANNED', 1, :seal_key, :at, :at) RETURNING id;

--: inspection_row_ref(ref text) -> one InspectionRow
SELECT {InspectionRow} FROM inspection WHERE ref = :ref;

--: inspection_row_id(id int) -> one InspectionRow
SELECT {InspectionRow} FROM inspection WHERE id = :id;

--: inspection_row_of(application_id int) -> maybe InspectionRow
SELECT {InspectionRow} FROM inspection WHERE application_id = :application_id;

--: inspection_application(id int) -> one (ref text)
SELECT ref FROM application WHERE id = :id;

--: inspection_ref_of(application text) -> one (ref text)
SELECT i.ref FROM inspection i JOIN application a ON a.id = i.application_id WHERE a.ref = :application;

--: inspection_move(id int, from_state text, to_state text, revision int, at time) -> changed
UPDATE inspection SET state = :to_state, revision = revision + 1, updated_at = :at WHERE id = :id AND state = :from_state AND revision = :revision;

--: inspection_arranged(id int, visit_at time, sealed_where sealed) -> nothing
UPDATE inspection SET visit_at = :visit_at, sealed_where = :sealed_where WHERE id = :id;

--: inspection_decided(id int, outcome text, number int, at time) -> nothing
UPDATE inspection SET outcome = :outcome, number = :number, closed_at = :at WHERE id = :id;

--: inspection_last_number(round_id int) -> one (number int)
SELECT coalesce(max(number), 0) FROM inspection WHERE round_id = :round_id;

-- ---- The order that reserves move up in

--: inspection_place_insert(round_id int, application_id int, direction text, place int, is_short bool) -> nothing
INSERT INTO inspection_place (round_id, application_id, direction, place, is_short)
VALUES (:round_id, :application_id, :direction, :place, :is_short);

--: row InspectionPlaceRow = id int, application_id int, application text, state text, direction text, is_short bool, organisation text,
--:   organisation_en text, organisation_id int, first_id int, inspection_id int?, inspection text?, inspection_state text?, visit_at time?

--: inspection_places(round_id int, max int) -> many InspectionPlaceRow
SELECT p.id, p.application_id, a.ref AS application, a.state, p.direction, p.is_short, o.name AS organisation, o.name_en AS organisation_en,
  v.organisation_id, a.organisation_id AS first_id, i.id AS inspection_id, i.ref AS inspection, i.state AS inspection_state, i.visit_at
FROM inspection_place p JOIN application a ON a.id = p.application_id JOIN application_reader v ON v.application_id = a.id
  JOIN organisation o ON o.id = v.organisation_id LEFT JOIN inspection i ON i.application_id = a.id
WHERE p.round_id = :round_id ORDER BY p.place LIMIT :max;

--: inspection_rounds() -> many text
SELECT ref FROM selection_round WHERE state = 'INSPECTION' ORDER BY id LIMIT 20;

-- ---- Who inspects

--: row InspectorRow = id int, seat int, person_id int, position int, seated_at time, signed_at time?

--: inspectors_now(inspection_id int) -> many InspectorRow
SELECT {InspectorRow} FROM inspection_seat WHERE inspection_id = :inspection_id AND ended_at IS NULL ORDER BY seat LIMIT 2;

--: inspector_insert(inspection_id int, seat int, person_id int, position int, at time) -> nothing
INSERT INTO inspection_seat (inspection_id, seat, person_id, position, seated_at) VALUES (:inspection_id, :seat, :person_id, :position, :at);

--: inspector_end(inspection_id int, seat int, at time) -> nothing
UPDATE inspection_seat SET ended_at = :at WHERE inspection_id = :inspection_id AND seat = :seat AND ended_at IS NULL;

--: inspectors_ever(inspection_id int) -> many int
SELECT person_id FROM inspection_seat WHERE inspection_id = :inspection_id ORDER BY id LIMIT 200;

--: inspector_signs(inspection_id int, person_id int, at time) -> changed
UPDATE inspection_seat SET signed_at = :at
WHERE inspection_id = :inspection_id AND person_id = :person_id AND ended_at IS NULL AND signed_at IS NULL;

--: inspectors_unsign(inspection_id int) -> nothing
UPDATE inspection_seat SET signed_at = NULL WHERE inspection_id = :inspection_id AND ended_at IS NULL;

-- Whoever holds a seat, or entered something before it was given to another.
--: inspected_seats(round_id int, person_id int) -> one (seats int)
SELECT count(*) FROM inspection_seat s JOIN inspection i ON i.id = s.inspection_id
WHERE s.person_id = :person_id AND i.round_id = :round_id AND i.state <> 'DROPPED' AND (s.ended_at IS NULL
  OR EXISTS (SELECT 1 FROM inspection_entry e WHERE e.inspection_id = i.id AND e.person_id = s.person_id));

--: row VisitRow = id int, ref text, state text, visit_at time?, updated_at time, application_id int, application text, organisation text, organisation_en text,
--:   round_code text, clock text?, started_at time?, due_at time?, provisional bool?, limit_days int?

--: visits_of(person_id int, before int, max int) -> many VisitRow
SELECT i.id, i.ref, i.state, i.visit_at, i.updated_at, i.application_id, a.ref AS application, o.name, o.name_en, r.code, k.name, k.started_at, k.due_at, k.provisional, k.limit_days
FROM inspection_seat s JOIN inspection i ON i.id = s.inspection_id JOIN application a ON a.id = i.application_id
  JOIN application_reader v ON v.application_id = a.id JOIN organisation o ON o.id = v.organisation_id JOIN selection_round r ON r.id = i.round_id
  LEFT JOIN clock k ON k.machine = 'inspection' AND k.subject_id = i.id AND k.ended_at IS NULL AND k.paused_at IS NULL
WHERE s.person_id = :person_id AND s.ended_at IS NULL AND i.state <> 'DROPPED' AND i.id < :before ORDER BY i.id DESC LIMIT :max;

-- ---- The checklist

--: inspection_item_insert(inspection_id int, name text, text_zh text, text_en text, clause text) -> nothing
INSERT INTO inspection_item (inspection_id, name, text_zh, text_en, clause) VALUES (:inspection_id, :name, :text_zh, :text_en, :clause);

--: row InspectionItemRow = id int, name text, text_zh text, text_en text, clause text

--: inspection_items(inspection_id int) -> many InspectionItemRow
SELECT {InspectionItemRow} FROM inspection_item WHERE inspection_id = :inspection_id ORDER BY id LIMIT 100;

--: row InspectionEntryRow = id int, ref text, item text, number int, seen int, client text, person_id int, verdict text, days int, sealed_content sealed,
--:   entered_at time

--: inspection_entries(inspection_id int, max int) -> many InspectionEntryRow
SELECT {InspectionEntryRow} FROM inspection_entry WHERE inspection_id = :inspection_id ORDER BY id DESC LIMIT :max;

--: inspection_entry_of(inspection_id int, client text) -> maybe InspectionEntryRow
SELECT {InspectionEntryRow} FROM inspection_entry WHERE inspection_id = :inspection_id AND client = :client;

--: inspection_entry_last(inspection_id int, item text) -> one (number int)
SELECT coalesce(max(number), 0) FROM inspection_entry WHERE inspection_id = :inspection_id AND item = :item;

--: inspection_entry_insert(ref text, inspection_id int, item text, number int, seen int, client text, person_id int, verdict text, days int,
--:   sealed_content sealed, at time) -> nothing
INSERT INTO inspection_entry (ref, inspection_id, item, number, seen, client, person_id, verdict, days, sealed_content, entered_at)
VALUES (:ref, :inspection_id, :item, :number, :seen, :client, :person_id, :verdict, :days, :sealed_content, :at);

--: row InspectionPhotoRow = id int, ref text, item text, client text, attachment_id int, person_id int, taken_at time, sealed_where sealed, received_at time

--: inspection_photos(inspection_id int, max int) -> many InspectionPhotoRow
SELECT {InspectionPhotoRow} FROM inspection_photo WHERE inspection_id = :inspection_id ORDER BY id LIMIT :max;

--: inspection_photo_of(inspection_id int, client text) -> maybe InspectionPhotoRow
SELECT {InspectionPhotoRow} FROM inspection_photo WHERE inspection_id = :inspection_id AND client = :client;

--: inspection_photo_insert(ref text, inspection_id int, item text, client text, attachment_id int, person_id int, taken_at time, sealed_where sealed,
--:   at time) -> changed
INSERT INTO inspection_photo (ref, inspection_id, item, client, attachment_id, person_id, taken_at, sealed_where, received_at)
VALUES (:ref, :inspection_id, :item, :client, :attachment_id, :person_id, :taken_at, :sealed_where, :at)
ON CONFLICT (inspection_id, client) DO NOTHING;

-- ---- What was found

--: row FindingRow = id int, ref text, inspection_id int, item text, level text, state text, days int, sealed_answer sealed?, sealed_remark sealed?,
--:   answered_at time?, closed_at time?, closed_by int?

--: finding_insert(ref text, inspection_id int, item text, level text, days int) -> nothing
INSERT INTO inspection_finding (ref, inspection_id, item, level, state, days) VALUES (:ref, :inspection_id, :item, :level, 'open', :days);

--: finding_list(inspection_id int) -> many FindingRow
SELECT {FindingRow} FROM inspection_finding WHERE inspection_id = :inspection_id ORDER BY id LIMIT 100;

--: finding_answer(id int, sealed_answer sealed, at time) -> changed
UPDATE inspection_finding SET state = 'answered', sealed_answer = :sealed_answer, answered_at = :at WHERE id = :id AND state = 'open';

--: finding_return(id int, sealed_remark sealed) -> changed
UPDATE inspection_finding SET state = 'open', sealed_remark = :sealed_remark WHERE id = :id AND state = 'answered';

--: finding_close(id int, sealed_remark sealed?, closed_by int, at time) -> changed
UPDATE inspection_finding SET state = 'closed', sealed_remark = :sealed_remark, closed_by = :closed_by, closed_at = :at WHERE id = :id AND state = 'answered';

-- ---- What was said

--: inspection_statement_insert(ref text, inspection_id int, action text, person_id int, sealed_values sealed, at time) -> nothing
INSERT INTO inspection_statement (ref, inspection_id, action, person_id, sealed_values, stated_at)
VALUES (:ref, :inspection_id, :action, :person_id, :sealed_values, :at);

--: row InspectionStatementRow = id int, ref text, action text, person_id int, sealed_values sealed, stated_at time

--: inspection_said(inspection_id int) -> many InspectionStatementRow
SELECT {InspectionStatementRow} FROM inspection_statement WHERE inspection_id = :inspection_id ORDER BY id LIMIT 200;

-- ---- What the inspectors' desk lists

--: row VisitEventRow = id int, at time, action text, ref text, organisation text

--: visit_events(person_id int, actions texts, since time, max int) -> many VisitEventRow
SELECT e.id, e.at, e.action, i.ref, o.name
FROM inspection_seat s JOIN inspection i ON i.id = s.inspection_id JOIN application_reader v ON v.application_id = i.application_id
  JOIN organisation o ON o.id = v.organisation_id JOIN ledger_event e ON e.kind = 'inspection' AND e.ref = i.ref
WHERE s.person_id = :person_id AND s.ended_at IS NULL AND i.visit_at IS NOT NULL AND i.state <> 'DROPPED' AND i.updated_at > :since AND e.at > :since AND e.actor <> :person_id AND e.action IN (:actions)
ORDER BY e.id DESC LIMIT :max;
