-- Disputes. Who may read one is said by the views dispute_reader and dispute_seat_reader alone; every statement that shows a dispute to somebody asks it.

--: row DisputeRow = id int, ref text, place int, state text, revision int, seal_key int, against text, subject text, report_id int?, casefile_id int?,
--:   party_id int?, person_id int?, organisation_id int?, is_priority bool, grounds text, grounds_version int, decided_at time, sealed_text sealed?,
--:   answered_by int?, answered_at time?, sealed_answer sealed?, sealed_request sealed?, panel_size int, outcome text, is_tie bool, ended_at time?,
--:   opened_at time, updated_at time

--: dispute_insert(ref text, place int, seal_key int, against text, subject text, report_id int?, casefile_id int?, party_id int?, person_id int?,
--:   organisation_id int?, is_priority bool, grounds text, grounds_version int, decided_at time, sealed_text sealed, at time) -> one (id int)
INSERT INTO dispute (ref, place, state, revision, seal_key, against, subject, report_id, casefile_id, party_id, person_id, organisation_id,
  is_priority, grounds, grounds_version, decided_at, sealed_text, panel_size, outcome, is_tie, opened_at, updated_at)
VALUES (:ref, :place, 'APPEALED', 1, :seal_key, :against, :subject, :report_id, :casefile_id, :party_id, :person_id, :organisation_id,
  :is_priority, :grounds, :grounds_version, :decided_at, :sealed_text, 0, '', false, :at, :at) RETURNING id;

-- The next place of its kind: what has priority stands before everything else.
--: dispute_last_place(below int) -> maybe (place int)
SELECT place FROM dispute WHERE place < :below ORDER BY place DESC LIMIT 1;

--: dispute_find_visible(ref text, person_id int?, organisation_id int?, expert_id int?, roles int, claim text?) -> one DisputeRow
SELECT {d.DisputeRow} FROM dispute d JOIN dispute_reader v ON v.dispute_id = d.id
WHERE d.ref = :ref AND (v.person_id = :person_id OR v.organisation_id = :organisation_id OR (v.roles & :roles) <> 0 OR v.claim = :claim
  OR EXISTS (SELECT 1 FROM dispute_seat_reader s WHERE s.dispute_id = d.id AND s.expert_id = :expert_id));

--: dispute_find_id(id int) -> one DisputeRow
SELECT {DisputeRow} FROM dispute WHERE id = :id;

--: dispute_of_decision(against text, subject text, decided_at time) -> maybe (ref text)
SELECT ref FROM dispute WHERE against = :against AND subject = :subject AND decided_at = :decided_at AND state <> 'WITHDRAWN';

--: dispute_list_state(state text, roles int, after int, max int) -> many DisputeRow
SELECT {d.DisputeRow} FROM dispute d JOIN dispute_reader v ON v.dispute_id = d.id
WHERE d.state = :state AND d.place > :after AND (v.roles & :roles) <> 0
ORDER BY d.place LIMIT :max;

--: dispute_list_reported(person_id int, before int, max int) -> many DisputeRow
SELECT {d.DisputeRow} FROM report r JOIN dispute d ON d.report_id = r.id JOIN dispute_reader v ON v.dispute_id = d.id
WHERE r.reporter_id = :person_id AND d.party_id IS NULL AND d.id < :before AND v.person_id = :person_id
ORDER BY d.id DESC LIMIT :max;

--: dispute_list_vendor(organisation_id int, before int, max int) -> many DisputeRow
SELECT {d.DisputeRow} FROM dispute d JOIN dispute_reader v ON v.dispute_id = d.id
WHERE d.organisation_id = :organisation_id AND d.party_id IS NOT NULL AND d.id < :before AND v.organisation_id = :organisation_id
ORDER BY d.id DESC LIMIT :max;

--: dispute_list_held(person_id int, max int) -> many DisputeRow
SELECT {d.DisputeRow} FROM dispute_seat s JOIN dispute_seat_reader v ON v.dispute_id = s.dispute_id AND v.expert_id = :person_id JOIN dispute d ON d.id = s.dispute_id
WHERE s.person_id = :person_id AND s.state = 'HELD'
ORDER BY d.id LIMIT :max;

--: dispute_move(id int, from_state text, to_state text, revision int, at time) -> changed
UPDATE dispute SET state = :to_state, revision = revision + 1, updated_at = :at WHERE id = :id AND state = :from_state AND revision = :revision;

--: dispute_store_answer(id int, person_id int, sealed_answer sealed, at time) -> nothing
UPDATE dispute SET answered_by = :person_id, answered_at = :at, sealed_answer = :sealed_answer WHERE id = :id;

--: dispute_store_request(id int, panel_size int, sealed_request sealed) -> nothing
UPDATE dispute SET panel_size = :panel_size, sealed_request = :sealed_request WHERE id = :id;

--: dispute_store_end(id int, outcome text, is_tie bool, at time) -> nothing
UPDATE dispute SET outcome = :outcome, is_tie = :is_tie, ended_at = :at WHERE id = :id;

-- Whose time is over, or whose last vote waits to be opened; what is isolated stands still.
--: dispute_due(now time, max int) -> many int
SELECT d.id FROM clock k JOIN dispute d ON d.id = k.subject_id JOIN dispute_reader v ON v.dispute_id = d.id
WHERE k.machine = 'dispute' AND k.ended_at IS NULL AND k.paused_at IS NULL AND k.due_at < :now AND d.state IN ('ANSWERED', 'PANEL')
ORDER BY k.due_at, k.id LIMIT :max;

-- Whether anybody may read it: nobody does while what it is about is isolated.
--: dispute_is_read(id int) -> maybe (roles int)
SELECT v.roles FROM dispute_reader v WHERE v.dispute_id = :id;

-- Disputes that have not ended, sealed with this key.
--: dispute_open_of_key(seal_key int) -> many int
SELECT id FROM dispute WHERE seal_key = :seal_key AND state IN ('APPEALED', 'ANSWERED', 'PANEL') ORDER BY id;

--: dispute_all_of_key(seal_key int) -> many int
SELECT id FROM dispute WHERE seal_key = :seal_key ORDER BY id;

--: dispute_empty(id int) -> nothing
UPDATE dispute SET sealed_text = NULL, sealed_answer = NULL, sealed_request = NULL WHERE id = :id;

--: dispute_seat_empty(dispute_id int) -> nothing
UPDATE dispute_seat SET sealed_vote = NULL WHERE dispute_id = :dispute_id;

-- ---- The decision as a signed file

--: row DisputeFileRow = blob_id int, body_sha256 text

--: dispute_file_find(dispute_id int) -> maybe DisputeFileRow
SELECT {DisputeFileRow} FROM dispute_file WHERE dispute_id = :dispute_id;

--: dispute_file_insert(dispute_id int, blob_id int, body_sha256 text, at time) -> nothing
INSERT INTO dispute_file (dispute_id, blob_id, body_sha256, made_at) VALUES (:dispute_id, :blob_id, :body_sha256, :at);

--: dispute_file_delete(dispute_id int) -> nothing
DELETE FROM dispute_file WHERE dispute_id = :dispute_id;

-- ---- Seats

--: row DisputeSeatRow = id int, ref text, seat int, person_id int, signed_at time?, voted_at time?, sealed_vote sealed?

--: dispute_seat_add(dispute_id int, ref text, seat int, person_id int, at time) -> nothing
INSERT INTO dispute_seat (dispute_id, ref, seat, person_id, state, drawn_at) VALUES (:dispute_id, :ref, :seat, :person_id, 'HELD', :at);

--: dispute_seat_rows(dispute_id int) -> many DisputeSeatRow
SELECT {DisputeSeatRow} FROM dispute_seat WHERE dispute_id = :dispute_id AND state = 'HELD' ORDER BY seat;

--: dispute_seat_ever(dispute_id int) -> many int
SELECT person_id FROM dispute_seat WHERE dispute_id = :dispute_id ORDER BY person_id;

--: dispute_seat_sign(dispute_id int, person_id int, at time) -> changed
UPDATE dispute_seat SET signed_at = :at WHERE dispute_id = :dispute_id AND person_id = :person_id AND state = 'HELD' AND signed_at IS NULL;

--: dispute_seat_vote(id int, sealed_vote sealed, at time) -> changed
UPDATE dispute_seat SET sealed_vote = :sealed_vote, voted_at = :at WHERE id = :id AND state = 'HELD' AND voted_at IS NULL;

--: dispute_seat_leave(dispute_id int, person_id int) -> changed
UPDATE dispute_seat SET state = 'LEFT' WHERE dispute_id = :dispute_id AND person_id = :person_id AND state = 'HELD' AND voted_at IS NULL;

--: dispute_seat_leave_silent(dispute_id int) -> changed
UPDATE dispute_seat SET state = 'LEFT' WHERE dispute_id = :dispute_id AND state = 'HELD' AND voted_at IS NULL;

-- ---- On somebody's own page

--: row DisputeWorkRow = id int, ref text, state text, updated_at time, clock text, started_at time, due_at time, provisional bool, limit_days int

--: dispute_work_mine(person_id int, max int) -> many DisputeWorkRow
SELECT d.id, d.ref, d.state, d.updated_at, k.name, k.started_at, k.due_at, k.provisional, k.limit_days
FROM report r JOIN dispute d ON d.report_id = r.id AND d.party_id IS NULL
  JOIN dispute_reader v ON v.dispute_id = d.id AND v.person_id = :person_id
  JOIN clock k ON k.machine = 'dispute' AND k.subject_id = d.id AND k.ended_at IS NULL AND k.paused_at IS NULL
WHERE r.reporter_id = :person_id
ORDER BY k.due_at, k.id LIMIT :max;

--: dispute_work_vendor(organisation_id int, max int) -> many DisputeWorkRow
SELECT d.id, d.ref, d.state, d.updated_at, k.name, k.started_at, k.due_at, k.provisional, k.limit_days
FROM dispute d JOIN dispute_reader v ON v.dispute_id = d.id AND v.organisation_id = :organisation_id
  JOIN clock k ON k.machine = 'dispute' AND k.subject_id = d.id AND k.ended_at IS NULL AND k.paused_at IS NULL
WHERE d.organisation_id = :organisation_id AND d.party_id IS NOT NULL
ORDER BY k.due_at, k.id LIMIT :max;

--: dispute_work_held(person_id int, max int) -> many DisputeWorkRow
SELECT d.id, d.ref, d.state, d.updated_at, k.name, k.started_at, k.due_at, k.provisional, k.limit_days
FROM dispute_seat s JOIN dispute d ON d.id = s.dispute_id
  JOIN clock k ON k.machine = 'dispute' AND k.subject_id = d.id AND k.ended_at IS NULL AND k.paused_at IS NULL
WHERE s.person_id = :person_id AND s.state = 'HELD' AND s.voted_at IS NULL AND d.state = 'PANEL'
ORDER BY k.due_at, k.id LIMIT :max;

-- Those of support units first, as in the queue.
--: dispute_work_queue(person_id int, roles int, max int) -> many DisputeWorkRow
SELECT d.id, d.ref, d.state, d.updated_at, k.name, k.started_at, k.due_at, k.provisional, k.limit_days
FROM clock k JOIN dispute d ON d.id = k.subject_id JOIN dispute_reader v ON v.dispute_id = d.id
WHERE k.machine = 'dispute' AND k.ended_at IS NULL AND k.paused_at IS NULL AND (d.person_id IS NULL OR d.person_id <> :person_id)
  AND (v.roles & :roles) <> 0
ORDER BY k.due_at, d.place LIMIT :max;

--: row DisputeWorkCountRow = state text, disputes int, overdue int

--: dispute_work_counts(roles int, at time) -> many DisputeWorkCountRow
SELECT d.state, count(*), sum(CASE WHEN k.due_at < :at THEN 1 ELSE 0 END)
FROM clock k JOIN dispute d ON d.id = k.subject_id JOIN dispute_reader v ON v.dispute_id = d.id
WHERE k.machine = 'dispute' AND k.ended_at IS NULL AND k.paused_at IS NULL AND (v.roles & :roles) <> 0
GROUP BY d.state;

--: row DisputeWorkEventRow = id int, at time, action text, ref text

--: dispute_work_events_mine(person_id int, actions texts, since time, max int) -> many DisputeWorkEventRow
SELECT e.id, e.at, e.action, d.ref
FROM report r JOIN dispute d ON d.report_id = r.id AND d.party_id IS NULL JOIN dispute_reader v ON v.dispute_id = d.id
  JOIN ledger_event e ON e.kind = 'dispute' AND e.ref = d.ref
WHERE r.reporter_id = :person_id AND v.person_id = :person_id AND d.updated_at > :since AND e.at > :since AND e.actor <> :person_id
  AND e.action IN (:actions)
ORDER BY e.id DESC LIMIT :max;

--: dispute_work_events_queue(person_id int, roles int, actions texts, since time, max int) -> many DisputeWorkEventRow
SELECT e.id, e.at, e.action, d.ref
FROM clock k JOIN dispute d ON d.id = k.subject_id JOIN dispute_reader v ON v.dispute_id = d.id
  JOIN ledger_event e ON e.kind = 'dispute' AND e.ref = d.ref
WHERE k.machine = 'dispute' AND k.ended_at IS NULL AND k.paused_at IS NULL AND (v.roles & :roles) <> 0 AND e.at > :since
  AND e.actor <> :person_id AND e.action IN (:actions)
ORDER BY e.id DESC LIMIT :max;
