-- Parties as somebody's own page lists them. Who may read one is said by party_reader. A coordinator is concerned by those of the own casefiles,
-- a verifier by those to be checked, a vendor by those of its organisations.

--: row PartyWorkRow = id int, ref text, state text, updated_at time, sealed_name sealed?, sealed_product sealed?, organisation_name text?,
--:   organisation_name_en text?, is_verifier bool, clock text?, started_at time?, due_at time?, provisional bool?, limit_days int?, unread int

--: party_work_vendor(audiences ints, person_id int, before int, max int) -> many PartyWorkRow
SELECT p.id, p.ref, p.state, p.updated_at, p.sealed_name, p.sealed_product, o.name, o.name_en, FALSE, k.name, k.started_at, k.due_at, k.provisional,
  k.limit_days,
  (SELECT count(*) FROM thread t JOIN message m ON m.thread_id = t.id WHERE t.machine = 'party' AND t.subject_id = p.id AND t.audience = 'vendor'
    AND (m.person_id IS NULL OR m.person_id <> :person_id)
    AND m.id > coalesce((SELECT d.message_id FROM read_mark d WHERE d.thread_id = t.id AND d.person_id = :person_id), 0))
FROM party p JOIN party_reader v ON v.party_id = p.id LEFT JOIN organisation o ON o.id = p.organisation_id
  LEFT JOIN clock k ON k.machine = 'party' AND k.subject_id = p.id AND k.ended_at IS NULL AND k.paused_at IS NULL
WHERE p.organisation_id IN (:audiences) AND v.audience IN (:audiences) AND p.id < :before
ORDER BY p.id DESC LIMIT :max;

--: party_work_vendor_open(audiences ints, person_id int, max int) -> many PartyWorkRow
SELECT p.id, p.ref, p.state, p.updated_at, p.sealed_name, p.sealed_product, o.name, o.name_en, FALSE, k.name, k.started_at, k.due_at, k.provisional,
  k.limit_days,
  (SELECT count(*) FROM thread t JOIN message m ON m.thread_id = t.id WHERE t.machine = 'party' AND t.subject_id = p.id AND t.audience = 'vendor'
    AND (m.person_id IS NULL OR m.person_id <> :person_id)
    AND m.id > coalesce((SELECT d.message_id FROM read_mark d WHERE d.thread_id = t.id AND d.person_id = :person_id), 0))
FROM party p JOIN party_reader v ON v.party_id = p.id LEFT JOIN organisation o ON o.id = p.organisation_id
  JOIN clock k ON k.machine = 'party' AND k.subject_id = p.id AND k.ended_at IS NULL AND k.paused_at IS NULL
WHERE p.organisation_id IN (:audiences) AND v.audience IN (:audiences)
ORDER BY k.due_at NULLS LAST, k.id LIMIT :max;

--: party_work_library(person_id int, roles int, max int) -> many PartyWorkRow
SELECT p.id, p.ref, p.state, p.updated_at, p.sealed_name, p.sealed_product, o.name, o.name_en,
  CASE WHEN v.person_id = :person_id THEN TRUE ELSE FALSE END, k.name, k.started_at, k.due_at, k.provisional, k.limit_days,
  (SELECT count(*) FROM thread t JOIN message m ON m.thread_id = t.id WHERE t.machine = 'party' AND t.subject_id = p.id
    AND ((v.roles & :roles) <> 0 OR t.audience = 'check') AND (m.person_id IS NULL OR m.person_id <> :person_id)
    AND m.id > coalesce((SELECT d.message_id FROM read_mark d WHERE d.thread_id = t.id AND d.person_id = :person_id), 0))
FROM clock k JOIN party p ON p.id = k.subject_id JOIN party_reader v ON v.party_id = p.id JOIN casefile c ON c.id = p.casefile_id
  LEFT JOIN organisation o ON o.id = p.organisation_id
WHERE k.machine = 'party' AND k.ended_at IS NULL AND k.paused_at IS NULL
  AND (((c.coordinator_id = :person_id OR EXISTS (SELECT 1 FROM standing_in s WHERE s.person_id = c.coordinator_id AND s.deputy_id = :person_id)) AND (v.roles & :roles) <> 0) OR v.person_id = :person_id)
ORDER BY k.due_at NULLS LAST, k.id LIMIT :max;

--: row PartyWorkEventRow = id int, at time, action text, ref text, sealed_name sealed?, sealed_product sealed?, organisation_name text?,
--:   organisation_name_en text?

-- The vendor learns of what moved its part, not of the library's attempts to reach it.
--: party_work_events_vendor(audiences ints, person_id int, actions texts, since time, max int) -> many PartyWorkEventRow
SELECT e.id, e.at, e.action, p.ref, p.sealed_name, p.sealed_product, o.name, o.name_en
FROM party p JOIN party_reader v ON v.party_id = p.id LEFT JOIN organisation o ON o.id = p.organisation_id
  JOIN ledger_event e ON e.kind = 'party' AND e.ref = p.ref
WHERE p.organisation_id IN (:audiences) AND v.audience IN (:audiences) AND p.updated_at > :since AND e.at > :since
  AND e.at >= p.notified_at AND e.actor <> :person_id AND e.action IN (:actions)
ORDER BY e.id DESC LIMIT :max;

--: party_work_events_library(person_id int, roles int, actions texts, since time, max int) -> many PartyWorkEventRow
SELECT e.id, e.at, e.action, p.ref, p.sealed_name, p.sealed_product, o.name, o.name_en
FROM clock k JOIN party p ON p.id = k.subject_id JOIN party_reader v ON v.party_id = p.id JOIN casefile c ON c.id = p.casefile_id
  LEFT JOIN organisation o ON o.id = p.organisation_id JOIN ledger_event e ON e.kind = 'party' AND e.ref = p.ref
WHERE k.machine = 'party' AND k.ended_at IS NULL AND k.paused_at IS NULL
  AND (((c.coordinator_id = :person_id OR EXISTS (SELECT 1 FROM standing_in s WHERE s.person_id = c.coordinator_id AND s.deputy_id = :person_id)) AND (v.roles & :roles) <> 0) OR v.person_id = :person_id)
  AND e.at > :since AND e.actor <> :person_id AND e.action IN (:actions)
ORDER BY e.id DESC LIMIT :max;
