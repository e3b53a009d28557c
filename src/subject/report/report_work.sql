-- Reports as somebody's own page lists them. Who may read one is said by report_reader.

--: row ReportWorkRow = id int, ref text, state text, updated_at time, sealed_title sealed?, clock text?, started_at time?, due_at time?,
--:   provisional bool?, limit_days int?, unread int

--: report_work_mine(person_id int, before int, max int) -> many ReportWorkRow
SELECT r.id, r.ref, r.state, r.updated_at, r.sealed_title, k.name, k.started_at, k.due_at, k.provisional, k.limit_days,
  (SELECT count(*) FROM thread t JOIN message m ON m.thread_id = t.id WHERE t.machine = 'report' AND t.subject_id = r.id AND t.audience = 'reporter'
    AND (m.person_id IS NULL OR m.person_id <> :person_id)
    AND m.id > coalesce((SELECT d.message_id FROM read_mark d WHERE d.thread_id = t.id AND d.person_id = :person_id), 0))
FROM report r JOIN report_reader v ON v.report_id = r.id
  LEFT JOIN clock k ON k.machine = 'report' AND k.subject_id = r.id AND k.ended_at IS NULL AND k.paused_at IS NULL
WHERE r.reporter_id = :person_id AND v.person_id = :person_id AND r.id < :before
ORDER BY r.id DESC LIMIT :max;

--: report_work_mine_open(person_id int, max int) -> many ReportWorkRow
SELECT r.id, r.ref, r.state, r.updated_at, r.sealed_title, k.name, k.started_at, k.due_at, k.provisional, k.limit_days,
  (SELECT count(*) FROM thread t JOIN message m ON m.thread_id = t.id WHERE t.machine = 'report' AND t.subject_id = r.id AND t.audience = 'reporter'
    AND (m.person_id IS NULL OR m.person_id <> :person_id)
    AND m.id > coalesce((SELECT d.message_id FROM read_mark d WHERE d.thread_id = t.id AND d.person_id = :person_id), 0))
FROM report r JOIN report_reader v ON v.report_id = r.id
  JOIN clock k ON k.machine = 'report' AND k.subject_id = r.id AND k.ended_at IS NULL AND k.paused_at IS NULL
WHERE r.reporter_id = :person_id AND v.person_id = :person_id
ORDER BY k.due_at NULLS LAST, k.id LIMIT :max;

-- The queue that all coordinators share; one's own reports are no work of one's own.
--: report_work_queue(person_id int, roles int, max int) -> many ReportWorkRow
SELECT r.id, r.ref, r.state, r.updated_at, r.sealed_title, k.name, k.started_at, k.due_at, k.provisional, k.limit_days,
  (SELECT count(*) FROM thread t JOIN message m ON m.thread_id = t.id WHERE t.machine = 'report' AND t.subject_id = r.id
    AND (m.person_id IS NULL OR m.person_id <> :person_id)
    AND m.id > coalesce((SELECT d.message_id FROM read_mark d WHERE d.thread_id = t.id AND d.person_id = :person_id), 0))
FROM clock k JOIN report r ON r.id = k.subject_id JOIN report_reader v ON v.report_id = r.id
WHERE k.machine = 'report' AND k.ended_at IS NULL AND k.paused_at IS NULL AND (v.roles & :roles) <> 0
  AND (r.reporter_id IS NULL OR r.reporter_id <> :person_id)
ORDER BY k.due_at NULLS LAST, k.id LIMIT :max;

-- Formal reviews that the reader has.
--: report_work_review(person_id int, max int) -> many ReportWorkRow
SELECT r.id, r.ref, r.state, r.updated_at, r.sealed_title, k.name, k.started_at, k.due_at, k.provisional, k.limit_days, CAST(0 AS BIGINT)
FROM assignment a JOIN report r ON r.id = a.subject_id JOIN report_reader v ON v.report_id = r.id AND v.reviewer_id = :person_id
  JOIN clock k ON k.machine = 'report' AND k.subject_id = r.id AND k.ended_at IS NULL AND k.paused_at IS NULL
WHERE a.person_id = :person_id AND a.machine = 'report' AND a.part = 'reviewer' AND a.ended_at IS NULL AND r.state = 'FORMAL_REVIEW'
ORDER BY k.due_at NULLS LAST, k.id LIMIT :max;

--: row ReportWorkCountRow = state text, reports int, overdue int

--: report_work_counts(roles int, at time) -> many ReportWorkCountRow
SELECT r.state, count(*), sum(CASE WHEN k.due_at < :at THEN 1 ELSE 0 END)
FROM clock k JOIN report r ON r.id = k.subject_id JOIN report_reader v ON v.report_id = r.id
WHERE k.machine = 'report' AND k.ended_at IS NULL AND k.paused_at IS NULL AND (v.roles & :roles) <> 0
GROUP BY r.state;

--: row ReportWorkEventRow = id int, at time, action text, ref text, state text, sealed_title sealed?

--: report_work_events_mine(person_id int, actions texts, since time, max int) -> many ReportWorkEventRow
SELECT e.id, e.at, e.action, r.ref, r.state, r.sealed_title
FROM report r JOIN report_reader v ON v.report_id = r.id JOIN ledger_event e ON e.kind = 'report' AND e.ref = r.ref
WHERE r.reporter_id = :person_id AND v.person_id = :person_id AND r.updated_at > :since AND e.at > :since AND e.actor <> :person_id
  AND e.action IN (:actions)
ORDER BY e.id DESC LIMIT :max;

--: report_work_events_queue(person_id int, roles int, actions texts, since time, max int) -> many ReportWorkEventRow
SELECT e.id, e.at, e.action, r.ref, r.state, r.sealed_title
FROM clock k JOIN report r ON r.id = k.subject_id JOIN report_reader v ON v.report_id = r.id
  JOIN ledger_event e ON e.kind = 'report' AND e.ref = r.ref
WHERE k.machine = 'report' AND k.ended_at IS NULL AND k.paused_at IS NULL AND (v.roles & :roles) <> 0
  AND (r.reporter_id IS NULL OR r.reporter_id <> :person_id) AND e.at > :since AND e.actor <> :person_id AND e.action IN (:actions)
ORDER BY e.id DESC LIMIT :max;
