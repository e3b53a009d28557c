-- Casefiles as somebody's own page lists them. Who may read one is said by casefile_reader; whom it concerns: its coordinator, its verifiers
-- while it is their turn, and those who read it by the role of publisher (256) or competent authority (8192).

--: row CasefileWorkRow = id int, ref text, number text?, state text, class text, updated_at time, sealed_title sealed?, is_coordinator bool,
--:   is_verifier bool, is_publisher bool, is_authority bool, clock text, started_at time, due_at time, provisional bool, limit_days int, unread int

--: casefile_work_open(person_id int, roles int, max int) -> many CasefileWorkRow
SELECT c.id, c.ref, c.number, c.state, CASE WHEN c.state IN ('ISOLATED', 'WIPED') THEN '' ELSE c.class END, c.updated_at, CASE WHEN c.state IN ('ISOLATED', 'WIPED') THEN NULL ELSE c.sealed_title END,
  (c.coordinator_id = :person_id OR EXISTS (SELECT 1 FROM standing_in s WHERE s.person_id = c.coordinator_id AND s.deputy_id = :person_id)) AND (v.roles & :roles & 64) <> 0,
  a.id IS NOT NULL AND (c.state = 'VERIFYING' OR (a.part = 'second' AND c.second_by IS NULL)), (v.roles & :roles & 256) <> 0, (v.roles & :roles & 8192) <> 0,
  k.name, k.started_at, k.due_at, k.provisional, k.limit_days,
  (SELECT count(*) FROM thread t JOIN message m ON m.thread_id = t.id WHERE t.machine = 'casefile' AND t.subject_id = c.id
    AND ((:roles & 64) <> 0 OR (t.audience = 'publication' AND (:roles & 256) <> 0) OR (t.audience = 'verification' AND a.id IS NOT NULL))
    AND (m.person_id IS NULL OR m.person_id <> :person_id)
    AND m.id > coalesce((SELECT d.message_id FROM read_mark d WHERE d.thread_id = t.id AND d.person_id = :person_id), 0))
  + (SELECT count(*) FROM casefile_report l JOIN thread t ON t.machine = 'report' AND t.subject_id = l.report_id JOIN message m ON m.thread_id = t.id
    WHERE l.casefile_id = c.id AND (:roles & 64) <> 0 AND (m.person_id IS NULL OR m.person_id <> :person_id)
    AND m.id > coalesce((SELECT d.message_id FROM read_mark d WHERE d.thread_id = t.id AND d.person_id = :person_id), 0))
FROM clock k JOIN casefile c ON c.id = k.subject_id JOIN casefile_reader v ON v.casefile_id = c.id
  LEFT JOIN assignment a ON a.machine = 'casefile' AND a.subject_id = c.id AND a.ended_at IS NULL AND a.person_id = :person_id
    AND ((a.part = 'verifier' AND v.person_id = :person_id) OR (a.part = 'second' AND v.second_id = :person_id))
WHERE k.machine = 'casefile' AND k.ended_at IS NULL AND k.paused_at IS NULL
  AND (((c.coordinator_id = :person_id OR EXISTS (SELECT 1 FROM standing_in s WHERE s.person_id = c.coordinator_id AND s.deputy_id = :person_id)) AND (v.roles & :roles & 64) <> 0) OR (v.roles & :roles & 8448) <> 0 OR a.id IS NOT NULL)
ORDER BY k.due_at, k.id LIMIT :max;

--: row CasefileWorkCountRow = state text, casefiles int, overdue int, unassigned int

--: casefile_work_counts(roles int, at time) -> many CasefileWorkCountRow
SELECT c.state, count(*), sum(CASE WHEN k.due_at < :at THEN 1 ELSE 0 END),
  sum(CASE WHEN c.state = 'VERIFYING' AND NOT EXISTS (SELECT 1 FROM assignment a WHERE a.machine = 'casefile' AND a.subject_id = c.id
    AND a.part = 'verifier' AND a.ended_at IS NULL) THEN 1 ELSE 0 END)
FROM clock k JOIN casefile c ON c.id = k.subject_id JOIN casefile_reader v ON v.casefile_id = c.id
WHERE k.machine = 'casefile' AND k.ended_at IS NULL AND k.paused_at IS NULL AND (v.roles & :roles) <> 0
GROUP BY c.state;

--: row CasefileWorkEventRow = id int, at time, action text, ref text, number text?, class text, sealed_title sealed?, shows_title bool

--: casefile_work_events(person_id int, roles int, actions texts, since time, max int) -> many CasefileWorkEventRow
SELECT e.id, e.at, e.action, c.ref, c.number, CASE WHEN c.state IN ('ISOLATED', 'WIPED') THEN '' ELSE c.class END, CASE WHEN c.state IN ('ISOLATED', 'WIPED') THEN NULL ELSE c.sealed_title END, (v.roles & :roles) <> 0
FROM clock k JOIN casefile c ON c.id = k.subject_id JOIN casefile_reader v ON v.casefile_id = c.id
  JOIN ledger_event e ON e.kind = 'casefile' AND e.ref = c.ref
WHERE k.machine = 'casefile' AND k.ended_at IS NULL AND k.paused_at IS NULL
  AND (((c.coordinator_id = :person_id OR EXISTS (SELECT 1 FROM standing_in s WHERE s.person_id = c.coordinator_id AND s.deputy_id = :person_id)) AND (v.roles & :roles & 64) <> 0) OR (v.roles & :roles & 8448) <> 0 OR v.person_id = :person_id OR v.second_id = :person_id)
  AND e.at > :since AND e.actor <> :person_id AND e.action IN (:actions)
ORDER BY e.id DESC LIMIT :max;

-- What a reporter is told of the casefile of the own report: its stage, and when it moved; nothing else of it.
--: row CasefileStageRow = report_id int, state text, number text?, clock text?, started_at time?, due_at time?, provisional bool?, limit_days int?

--: casefile_work_stages(reports ints) -> many CasefileStageRow
SELECT l.report_id, c.state, c.number, k.name, k.started_at, k.due_at, k.provisional, k.limit_days
FROM casefile_report l JOIN casefile c ON c.id = l.casefile_id
  LEFT JOIN clock k ON k.machine = 'casefile' AND k.subject_id = c.id AND k.ended_at IS NULL AND k.paused_at IS NULL
WHERE l.report_id IN (:reports);

--: row CasefileMoveRow = id int, at time, action text, report_ref text

--: casefile_work_moves(person_id int, actions texts, since time, max int) -> many CasefileMoveRow
SELECT e.id, e.at, e.action, r.ref
FROM report r JOIN report_reader v ON v.report_id = r.id JOIN casefile_report l ON l.report_id = r.id JOIN casefile c ON c.id = l.casefile_id
  JOIN ledger_event e ON e.kind = 'casefile' AND e.ref = c.ref
WHERE r.reporter_id = :person_id AND v.person_id = :person_id AND c.updated_at > :since AND e.at > :since AND e.actor <> :person_id
  AND e.action IN (:actions)
ORDER BY e.id DESC LIMIT :max;
