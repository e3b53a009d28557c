-- Casefiles. Who may read one is said by the view casefile_reader alone; every statement that shows a casefile to somebody asks it.

--: row CasefileRow = id int, ref text, number text?, state text, revision int, is_incident bool, class text, technical_level text?, level text?,
--:   coordinator_id int, verified_by int?, second_by int?, asked_by int?, approved_by int?, is_refuted bool,
--:   has_mitigation bool, has_public_text bool, advisory text?, emergency_at time?, emergency_due_at time?, public_since time?, escalated_at time?,
--:   merged_into int?, isolated_by int?, upstream_of int?, seal_key int, sealed_title sealed?, sealed_public sealed?, opened_at time, updated_at time

--: casefile_insert(ref text, is_incident bool, class text, coordinator_id int, seal_key int, sealed_title sealed, at time) -> one (id int)
INSERT INTO casefile (ref, state, revision, is_incident, class, coordinator_id, is_refuted, has_mitigation, has_public_text,
  seal_key, sealed_title, opened_at, updated_at)
VALUES (:ref, 'VERIFYING', 1, :is_incident, :class, :coordinator_id, false, false, false, :seal_key, :sealed_title, :at, :at)
RETURNING id;

--: casefile_report_add(casefile_id int, report_id int) -> nothing
INSERT INTO casefile_report (casefile_id, report_id, origin_id) VALUES (:casefile_id, :report_id, :casefile_id);

--: casefile_find_visible(ref text, person_id int?, roles int) -> one CasefileRow
SELECT {c.CasefileRow} FROM casefile c JOIN casefile_reader v ON v.casefile_id = c.id
WHERE c.ref = :ref AND (v.person_id = :person_id OR v.second_id = :person_id OR (v.roles & :roles) <> 0);

--: casefile_find_id(id int) -> one CasefileRow
SELECT {CasefileRow} FROM casefile WHERE id = :id;

--: casefile_find_ref(ref text) -> maybe CasefileRow
SELECT {CasefileRow} FROM casefile WHERE ref = :ref;

--: casefile_find_of_report(report_id int) -> maybe (casefile_id int)
SELECT casefile_id FROM casefile_report WHERE report_id = :report_id;

--: casefile_report_list(casefile_id int) -> many int
SELECT report_id FROM casefile_report WHERE casefile_id = :casefile_id ORDER BY report_id;

--: row CasefileReporterRow = person_id int?, organisation_id int?

--: casefile_reporter_list(casefile_id int) -> many CasefileReporterRow
SELECT r.reporter_id, r.organisation_id FROM casefile_report l JOIN report r ON r.id = l.report_id
WHERE l.casefile_id IN (SELECT c.id FROM casefile c WHERE c.id = :casefile_id
  UNION SELECT u.upstream_of FROM casefile u WHERE u.id = :casefile_id AND u.upstream_of IS NOT NULL)
ORDER BY r.id;

-- Organisations of the vendors concerned: who has a part in it, and who owns a product of it.
--: casefile_vendor_list(casefile_id int) -> many int
SELECT organisation_id FROM party WHERE casefile_id = :casefile_id AND organisation_id IS NOT NULL AND state <> 'WITHDRAWN'
UNION SELECT p.organisation_id FROM casefile_report l JOIN report r ON r.id = l.report_id JOIN product p ON p.id = r.product_id
  WHERE l.casefile_id = :casefile_id AND p.organisation_id IS NOT NULL
ORDER BY organisation_id;

--: casefile_product_list(casefile_id int) -> many int
SELECT product_id FROM party WHERE casefile_id = :casefile_id AND product_id IS NOT NULL AND state <> 'WITHDRAWN'
UNION SELECT r.product_id FROM casefile_report l JOIN report r ON r.id = l.report_id WHERE l.casefile_id = :casefile_id AND r.product_id IS NOT NULL
ORDER BY product_id;

-- What somebody has to verify or to check now.
--: row OpenTaskRow = machine text, subject_id int, casefile_id int
--: casefile_open_tasks(person_id int) -> many OpenTaskRow
SELECT a.machine, a.subject_id, c.id AS casefile_id FROM assignment a JOIN casefile c ON c.id = a.subject_id
WHERE a.person_id = :person_id AND a.machine = 'casefile' AND a.ended_at IS NULL
  AND ((c.state = 'VERIFYING' AND a.part = 'verifier') OR (c.state = 'RATED' AND a.part = 'second' AND c.second_by IS NULL))
UNION ALL SELECT a.machine, a.subject_id, p.casefile_id FROM assignment a JOIN party p ON p.id = a.subject_id
WHERE a.person_id = :person_id AND a.machine = 'party' AND a.ended_at IS NULL AND p.state = 'FIX_CHECK' AND a.part = 'verifier'
ORDER BY machine, subject_id;

-- What deputies hold for somebody.
--: casefile_tasks_held(for_id int) -> many OpenTaskRow
SELECT a.machine, a.subject_id, c.id AS casefile_id FROM assignment a JOIN casefile c ON c.id = a.subject_id
WHERE a.for_id = :for_id AND a.machine = 'casefile' AND a.ended_at IS NULL
  AND ((c.state = 'VERIFYING' AND a.part = 'verifier') OR (c.state = 'RATED' AND a.part = 'second' AND c.second_by IS NULL))
UNION ALL SELECT a.machine, a.subject_id, p.casefile_id FROM assignment a JOIN party p ON p.id = a.subject_id
WHERE a.for_id = :for_id AND a.machine = 'party' AND a.ended_at IS NULL AND p.state = 'FIX_CHECK' AND a.part = 'verifier'
ORDER BY machine, subject_id;

--: casefile_task_count(person_id int) -> one (tasks int)
SELECT (SELECT count(*) FROM assignment a JOIN casefile c ON c.id = a.subject_id
    WHERE a.person_id = :person_id AND a.machine = 'casefile' AND a.ended_at IS NULL
    AND ((c.state = 'VERIFYING' AND a.part = 'verifier') OR (c.state = 'RATED' AND a.part = 'second' AND c.second_by IS NULL)))
  + (SELECT count(*) FROM assignment a JOIN party p ON p.id = a.subject_id
    WHERE a.person_id = :person_id AND a.machine = 'party' AND a.ended_at IS NULL AND p.state = 'FIX_CHECK');

-- How many recipients abroad are not the product's own provider.

--: casefile_abroad(casefile_id int) -> one (recipients int)
SELECT count(*) FROM party WHERE casefile_id = :casefile_id AND notified_at IS NOT NULL AND domicile <> 'CN' AND NOT is_own_provider;

--: casefile_make_upstream(id int, upstream_of int) -> nothing
UPDATE casefile SET upstream_of = :upstream_of WHERE id = :id;

--: casefile_upstream_list(upstream_of int) -> many text
SELECT ref FROM casefile WHERE upstream_of = :upstream_of ORDER BY id LIMIT 50;

--: casefile_move(id int, from_state text, to_state text, revision int, at time) -> changed
UPDATE casefile SET state = :to_state, revision = revision + 1, updated_at = :at
WHERE id = :id AND state = :from_state AND revision = :revision;

--: casefile_change(id int, number text?, class text, technical_level text?, level text?, verified_by int?, second_by int?, asked_by int?,
--:   approved_by int?, is_refuted bool, has_mitigation bool, has_public_text bool, advisory text?,
--:   emergency_at time?, emergency_due_at time?, public_since time?, escalated_at time?, merged_into int?,
--:   sealed_public sealed?) -> nothing
UPDATE casefile SET number = :number, class = :class, technical_level = :technical_level, level = :level, verified_by = :verified_by,
  second_by = :second_by, asked_by = :asked_by, approved_by = :approved_by, is_refuted = :is_refuted,
  has_mitigation = :has_mitigation, has_public_text = :has_public_text, advisory = :advisory,
  emergency_at = :emergency_at, emergency_due_at = :emergency_due_at, public_since = :public_since, escalated_at = :escalated_at,
  merged_into = :merged_into, sealed_public = :sealed_public
WHERE id = :id;

--: supervision_list(before int, max int, roles int) -> many CasefileRow
SELECT {c.CasefileRow} FROM casefile c JOIN casefile_reader v ON v.casefile_id = c.id
WHERE c.escalated_at IS NOT NULL AND c.id < :before AND (v.roles & :roles & 8192) <> 0 ORDER BY c.id DESC LIMIT :max;

--: casefile_list_state(state text, person_id int?, roles int, after int, max int) -> many CasefileRow
SELECT {c.CasefileRow} FROM casefile c JOIN casefile_reader v ON v.casefile_id = c.id
WHERE c.state = :state AND c.id > :after AND (v.person_id = :person_id OR v.second_id = :person_id OR (v.roles & :roles) <> 0)
ORDER BY c.id LIMIT :max;

--: casefile_list_assigned(person_id int, roles int) -> many CasefileRow
SELECT {c.CasefileRow} FROM assignment a JOIN casefile c ON c.id = a.subject_id JOIN casefile_reader v ON v.casefile_id = c.id
WHERE a.person_id = :person_id AND a.machine = 'casefile' AND a.ended_at IS NULL AND (v.person_id = :person_id OR v.second_id = :person_id OR (v.roles & :roles) <> 0)
ORDER BY c.id LIMIT 200;

--: casefile_verification_add(ref text, casefile_id int, person_id int, organisation_id int?, verdict text, sealed_evidence sealed, at time) -> nothing
INSERT INTO verification (ref, casefile_id, person_id, organisation_id, verdict, sealed_evidence, decided_at)
VALUES (:ref, :casefile_id, :person_id, :organisation_id, :verdict, :sealed_evidence, :at);

--: row VerificationRow = ref text, person_id int, verdict text, sealed_evidence sealed?, decided_at time

--: casefile_verification_list(casefile_id int) -> many VerificationRow
SELECT {VerificationRow} FROM verification WHERE casefile_id = :casefile_id ORDER BY id LIMIT 100;

--: casefile_verifier_list(casefile_id int) -> many int
SELECT DISTINCT person_id FROM verification WHERE casefile_id = :casefile_id ORDER BY person_id;

--: casefile_rating_add(ref text, casefile_id int, who text, person_id int?, organisation_id int?, technical_level text, level text?,
--:   sealed_vectors sealed, at time) -> nothing
INSERT INTO rating (ref, casefile_id, who, person_id, organisation_id, technical_level, level, sealed_vectors, rated_at)
VALUES (:ref, :casefile_id, :who, :person_id, :organisation_id, :technical_level, :level, :sealed_vectors, :at);

--: row RatingRow = ref text, who text, person_id int?, technical_level text, level text?, sealed_vectors sealed?, rated_at time

--: casefile_rating_list(casefile_id int) -> many RatingRow
SELECT {RatingRow} FROM rating WHERE casefile_id = :casefile_id ORDER BY id LIMIT 100;

--: row AffectedPartRow = ref text, part text, sealed_details sealed?, confirmed_by int, confirmed_at time

--: casefile_part_add(ref text, casefile_id int, part text, sealed_details sealed, confirmed_by int, at time) -> nothing
INSERT INTO affected_part (ref, casefile_id, part, sealed_details, confirmed_by, confirmed_at)
VALUES (:ref, :casefile_id, :part, :sealed_details, :confirmed_by, :at);

--: casefile_part_list(casefile_id int) -> many AffectedPartRow
SELECT {AffectedPartRow} FROM affected_part WHERE casefile_id = :casefile_id ORDER BY id LIMIT 100;

--: casefile_undertake(casefile_id int, person_id int, version int, at time) -> nothing
INSERT INTO undertaking (casefile_id, person_id, version, signed_at) VALUES (:casefile_id, :person_id, :version, :at)
ON CONFLICT (casefile_id, person_id) DO NOTHING;

--: casefile_undertaking(casefile_id int, person_id int) -> maybe (signed_at time)
SELECT signed_at FROM undertaking WHERE casefile_id = :casefile_id AND person_id = :person_id;

--: casefile_emergency_due(at time, max int) -> many int
SELECT id FROM casefile WHERE emergency_due_at IS NOT NULL AND emergency_told_at IS NULL AND emergency_due_at < :at ORDER BY emergency_due_at LIMIT :max;

--: casefile_emergency_mark(id int, at time) -> changed
UPDATE casefile SET emergency_told_at = :at WHERE id = :id AND emergency_told_at IS NULL;

--: casefile_list_in_state(state text, after int, max int) -> many CasefileRow
SELECT {CasefileRow} FROM casefile WHERE state = :state AND id > :after ORDER BY id LIMIT :max;

--: archive_next(year int) -> one (given int)
INSERT INTO archive_counter (year, given) VALUES (:year, 1)
ON CONFLICT (year) DO UPDATE SET given = archive_counter.given + 1
RETURNING given;
