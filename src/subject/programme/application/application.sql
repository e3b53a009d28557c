-- Applications. Who may read one is said by the view application_reader alone; every statement that shows one to somebody asks it.

--: row ApplicationRow = id int, ref text, round_id int, direction text, organisation_id int, state text, revision int, seal_key int, writer_id int,
--:   sealed_values sealed?, sealed_marks sealed?, sealed_paper sealed?, hash text?, sha256 text?, version int, returns int, checked_by int?,
--:   is_check_good bool, decided_by int?, appeal_until time?, appeal_of text, paper text, is_newcomer bool, lodged_at time?, submitted_at time?,
--:   created_at time, updated_at time

--: application_insert(ref text, round_id int, direction text, organisation_id int, seal_key int, writer_id int, sealed_values sealed, paper text,
--:   is_newcomer bool, at time) -> one (id int)
INSERT INTO application (ref, round_id, direction, organisation_id, state, revision, seal_key, writer_id, sealed_values, version, returns,
  is_check_good, paper, is_newcomer, created_at, updated_at)
VALUES (:ref, :round_id, :direction, :organisation_id, 'DRAFT', 1, :seal_key, :writer_id, :sealed_values, 0, 0, FALSE, :paper, :is_newcomer, :at, :at)
RETURNING id;

--: application_find_visible(ref text, roles int, organisation_id int) -> one ApplicationRow
SELECT {a.ApplicationRow} FROM application a JOIN application_reader v ON v.application_id = a.id
WHERE a.ref = :ref AND ((v.roles & :roles) <> 0 OR v.organisation_id = :organisation_id);

--: application_find_ref(ref text) -> one ApplicationRow
SELECT {ApplicationRow} FROM application WHERE ref = :ref;

--: application_find_id(id int) -> one ApplicationRow
SELECT {ApplicationRow} FROM application WHERE id = :id;

--: application_heir(id int) -> one (organisation_id int)
SELECT organisation_id FROM application_reader WHERE application_id = :id;

--: application_move(id int, from_state text, to_state text, revision int, at time) -> changed
UPDATE application SET state = :to_state, revision = revision + 1, updated_at = :at
WHERE id = :id AND state = :from_state AND revision = :revision;

--: application_write(id int, state text, sealed_values sealed, at time) -> changed
UPDATE application SET sealed_values = :sealed_values, updated_at = :at WHERE id = :id AND state = :state;

--: application_change(id int, sealed_marks sealed?, sealed_paper sealed?, hash text?, sha256 text?, version int, returns int, checked_by int?,
--:   is_check_good bool, decided_by int?, appeal_until time?, appeal_of text, paper text, is_newcomer bool, lodged_at time?,
--:   submitted_at time?) -> nothing
UPDATE application SET sealed_marks = :sealed_marks, sealed_paper = :sealed_paper, hash = :hash, sha256 = :sha256, version = :version,
  returns = :returns, checked_by = :checked_by, is_check_good = :is_check_good, decided_by = :decided_by, appeal_until = :appeal_until,
  appeal_of = :appeal_of, paper = :paper, is_newcomer = :is_newcomer, lodged_at = :lodged_at, submitted_at = :submitted_at
WHERE id = :id;

-- Those of one organisation in a round, with what merged into it.
--: row LivingRow = id int, direction text, state text

--: application_living(round_id int, organisation_id int) -> many LivingRow
SELECT a.id, a.direction, a.state FROM application a JOIN application_reader v ON v.application_id = a.id
WHERE a.round_id = :round_id AND v.organisation_id = :organisation_id AND a.state NOT IN ('LAPSED', 'WITHDRAWN') ORDER BY a.id LIMIT 20;

-- A unit or partner of former years is no newcomer, nor is what it became part of.
--: application_standings(organisation_id int) -> one (standings int)
SELECT count(*) FROM standing s WHERE s.kind IN ('unit', 'partner')
  AND s.organisation_id IN (SELECT m.id FROM organisation m WHERE m.id = :organisation_id OR m.merged_into = :organisation_id);

--: row ApplicationLineRow = id int, round_id int, organisation_id int, first_id int, ref text, direction text, state text, paper text, returns int,
--:   is_newcomer bool, submitted_at time?, updated_at time, round_code text, organisation text, organisation_en text, credit_code text, due_at time?

--: application_lines_of_round(round_id int, direction text, state text, roles int, after int, max int) -> many ApplicationLineRow
SELECT a.id, a.round_id, v.organisation_id, a.organisation_id AS first_id, a.ref, a.direction, a.state, a.paper, a.returns, a.is_newcomer, a.submitted_at, a.updated_at, r.code,
  o.name, o.name_en, o.credit_code,
  (SELECT min(c.due_at) FROM clock c WHERE c.machine = 'application' AND c.subject_id = a.id AND c.ended_at IS NULL AND c.paused_at IS NULL)
FROM application a JOIN application_reader v ON v.application_id = a.id JOIN selection_round r ON r.id = a.round_id
  JOIN organisation o ON o.id = v.organisation_id
WHERE a.round_id = :round_id AND (:direction = '' OR a.direction = :direction) AND (:state = '' OR a.state = :state) AND a.id > :after
  AND (v.roles & :roles) <> 0
ORDER BY a.id LIMIT :max;

--: application_lines_of(organisation_id int, before int, max int) -> many ApplicationLineRow
SELECT a.id, a.round_id, v.organisation_id, a.organisation_id AS first_id, a.ref, a.direction, a.state, a.paper, a.returns, a.is_newcomer, a.submitted_at, a.updated_at, r.code,
  o.name, o.name_en, o.credit_code,
  (SELECT min(c.due_at) FROM clock c WHERE c.machine = 'application' AND c.subject_id = a.id AND c.ended_at IS NULL AND c.paused_at IS NULL)
FROM application a JOIN application_reader v ON v.application_id = a.id JOIN selection_round r ON r.id = a.round_id
  JOIN organisation o ON o.id = v.organisation_id
WHERE a.organisation_id IN (SELECT m.id FROM organisation m WHERE m.id = :organisation_id OR m.merged_into = :organisation_id) AND a.id < :before
ORDER BY a.id DESC LIMIT :max;

--: application_count_of(round_id int, state text) -> one (applications int)
SELECT count(*) FROM application WHERE round_id = :round_id AND state = :state;

-- What time alone moves on: see application_advance.
--: application_due_list(at time, max int) -> many text
SELECT a.ref FROM application a JOIN selection_round r ON r.id = a.round_id
WHERE a.state IN ('DRAFT', 'HASHED', 'SUBMITTED', 'IN_CHECK', 'RETURNED', 'QUALIFIED', 'SCHEDULED', 'PRESENTED', 'SEALED', 'SCORED', 'APPROVED')
  AND (r.state = 'CANCELLED'
    OR (a.state = 'DRAFT' AND r.closes_at <= :at)
    OR (a.state = 'HASHED' AND r.ends_at <= :at)
    OR (a.state = 'SUBMITTED' AND r.state NOT IN ('PUBLISHED', 'OPEN', 'GRACE', 'CLOSED'))
    OR (a.state = 'RETURNED' AND EXISTS (SELECT 1 FROM clock c WHERE c.machine = 'application' AND c.subject_id = a.id AND c.name = 'return'
      AND c.ended_at IS NULL AND c.paused_at IS NULL AND c.due_at < :at))
    OR (a.state = 'APPROVED' AND EXISTS (SELECT 1 FROM clock c WHERE c.machine = 'application' AND c.subject_id = a.id AND c.name = 'agreement'
      AND c.ended_at IS NULL AND c.paused_at IS NULL AND c.due_at < :at)))
ORDER BY a.id LIMIT :max;

--: row VersionRow = id int, ref text, version int, sealed_values sealed?, sealed_files sealed?, sha256 text, person_id int?, made_at time

--: application_version_add(ref text, application_id int, version int, sealed_values sealed, sealed_files sealed, sha256 text, person_id int?, at time) -> nothing
INSERT INTO application_version (ref, application_id, version, sealed_values, sealed_files, sha256, person_id, made_at)
VALUES (:ref, :application_id, :version, :sealed_values, :sealed_files, :sha256, :person_id, :at);

--: application_version_rows(application_id int) -> many VersionRow
SELECT {VersionRow} FROM application_version WHERE application_id = :application_id ORDER BY version LIMIT 20;

--: row ApplicationStatementRow = id int, ref text, action text, person_id int?, is_applicants bool, sealed_values sealed?, stated_at time

--: application_statement_add(ref text, application_id int, action text, person_id int?, is_applicants bool, sealed_values sealed, at time) -> nothing
INSERT INTO application_statement (ref, application_id, action, person_id, is_applicants, sealed_values, stated_at)
VALUES (:ref, :application_id, :action, :person_id, :is_applicants, :sealed_values, :at);

--: application_statement_rows(application_id int) -> many ApplicationStatementRow
SELECT {ApplicationStatementRow} FROM application_statement WHERE application_id = :application_id ORDER BY id LIMIT 200;
