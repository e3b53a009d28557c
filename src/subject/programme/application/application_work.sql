-- Applications as somebody's own page lists them. Who may read one is said by application_reader.

--: row ApplicationWorkRow = id int, organisation_id int, first_id int, ref text, state text, direction text, updated_at time, organisation text, round_code text, clock text?,
--:   started_at time?, due_at time?, provisional bool?, limit_days int?

--: application_work_own(organisation_id int, before int, max int) -> many ApplicationWorkRow
SELECT a.id, v.organisation_id, a.organisation_id AS first_id, a.ref, a.state, a.direction, a.updated_at, o.name, r.code, k.name, k.started_at, k.due_at, k.provisional, k.limit_days
FROM application a JOIN application_reader v ON v.application_id = a.id JOIN organisation o ON o.id = v.organisation_id
  JOIN selection_round r ON r.id = a.round_id
  LEFT JOIN clock k ON k.machine = 'application' AND k.subject_id = a.id AND k.ended_at IS NULL AND k.paused_at IS NULL
WHERE a.organisation_id IN (SELECT m.id FROM organisation m WHERE m.id = :organisation_id OR m.merged_into = :organisation_id) AND a.id < :before
ORDER BY a.id DESC LIMIT :max;

--: application_work_queue(roles int, organisation_id int, max int) -> many ApplicationWorkRow
SELECT a.id, v.organisation_id, a.organisation_id AS first_id, a.ref, a.state, a.direction, a.updated_at, o.name, r.code, k.name, k.started_at, k.due_at, k.provisional, k.limit_days
FROM clock k JOIN application a ON a.id = k.subject_id JOIN application_reader v ON v.application_id = a.id
  JOIN organisation o ON o.id = v.organisation_id JOIN selection_round r ON r.id = a.round_id
WHERE k.machine = 'application' AND k.ended_at IS NULL AND k.paused_at IS NULL AND (v.roles & :roles) <> 0
  AND v.organisation_id <> :organisation_id AND a.state IN ('IN_CHECK', 'APPEAL')
ORDER BY k.due_at NULLS LAST, k.id LIMIT :max;

--: row ApplicationWorkEventRow = id int, at time, action text, ref text, organisation text

--: application_work_events(organisation_id int, person_id int, actions texts, since time, max int) -> many ApplicationWorkEventRow
SELECT e.id, e.at, e.action, a.ref, o.name
FROM application a JOIN application_reader v ON v.application_id = a.id JOIN organisation o ON o.id = v.organisation_id
  JOIN ledger_event e ON e.kind = 'application' AND e.ref = a.ref
WHERE a.organisation_id IN (SELECT m.id FROM organisation m WHERE m.id = :organisation_id OR m.merged_into = :organisation_id)
  AND a.updated_at > :since AND e.at > :since AND e.actor <> :person_id AND e.action IN (:actions)
ORDER BY e.id DESC LIMIT :max;
