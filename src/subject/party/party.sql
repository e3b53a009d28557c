-- Parties. Who may read one is said by the view party_reader alone; every statement that shows a party to somebody asks it.

--: row PartyRow = id int, ref text, casefile_id int, origin_id int, organisation_id int?, product_id int?, state text, revision int, step text, step_at time,
--:   is_own_report bool, is_service bool, is_own_provider bool, domicile text?, claim text?, claimed_by int?, confirmed_by int?, position text?,
--:   has_fix bool, notified_at time?, notice_at time?, acknowledged_at time?, word_at time?, duty_due_at time?, duty_told int,
--:   duty_reported_at time?, closing text?, closing_from text?, known_at time?, stated_at time?, settled_at time?, seal_key int, sealed_name sealed?, sealed_product sealed?, sealed_contact sealed?, created_at time, updated_at time

--: party_insert(ref text, casefile_id int, organisation_id int?, product_id int?, is_own_report bool, is_service bool, is_own_provider bool,
--:   domicile text?, notified_at time?, seal_key int, sealed_name sealed?, sealed_product sealed?, sealed_contact sealed, at time) -> one (id int)
INSERT INTO party (ref, casefile_id, origin_id, organisation_id, product_id, state, revision, step, step_at, is_own_report, is_service, is_own_provider,
  domicile, has_fix, notified_at, duty_told, seal_key, sealed_name, sealed_product, sealed_contact, created_at, updated_at)
VALUES (:ref, :casefile_id, :casefile_id, :organisation_id, :product_id, 'CONTACTING', 1, 'vendor', :at, :is_own_report, :is_service, :is_own_provider,
  :domicile, FALSE, :notified_at, 0, :seal_key, :sealed_name, :sealed_product, :sealed_contact, :at, :at)
RETURNING id;

--: party_find_visible(ref text, roles int, audiences ints, person_id int?) -> one PartyRow
SELECT {p.PartyRow} FROM party p JOIN party_reader v ON v.party_id = p.id
WHERE p.ref = :ref AND ((v.roles & :roles) <> 0 OR v.audience IN (:audiences) OR v.person_id = :person_id);

--: party_find_id(id int) -> one PartyRow
SELECT {PartyRow} FROM party WHERE id = :id;

--: party_find_ref(ref text) -> one PartyRow
SELECT {PartyRow} FROM party WHERE ref = :ref;

--: party_find_claim(claim text) -> maybe PartyRow
SELECT {PartyRow} FROM party WHERE claim = :claim;

--: party_move(id int, from_state text, to_state text, revision int, at time) -> changed
UPDATE party SET state = :to_state, revision = revision + 1, updated_at = :at
WHERE id = :id AND state = :from_state AND revision = :revision;

--: party_change(id int, organisation_id int?, step text, step_at time, is_own_provider bool, domicile text?, claim text?, claimed_by int?,
--:   confirmed_by int?, position text?, has_fix bool, notified_at time?, notice_at time?, acknowledged_at time?, word_at time?, duty_due_at time?,
--:   duty_told int, duty_reported_at time?, closing text?, closing_from text?, known_at time?, stated_at time?, settled_at time?) -> nothing
UPDATE party SET organisation_id = :organisation_id, step = :step, step_at = :step_at, is_own_provider = :is_own_provider, domicile = :domicile,
  claim = :claim, claimed_by = :claimed_by, confirmed_by = :confirmed_by, position = :position, has_fix = :has_fix, notified_at = :notified_at,
  notice_at = :notice_at, acknowledged_at = :acknowledged_at, word_at = :word_at, duty_due_at = :duty_due_at, duty_told = :duty_told,
  duty_reported_at = :duty_reported_at, closing = :closing, closing_from = :closing_from, known_at = :known_at, stated_at = :stated_at,
  settled_at = :settled_at
WHERE id = :id;

-- A line of a list: the party, its vendor's name where an organisation is bound, its clock and what the reader has not read. One statement for a
-- page, however many parties.
--: row PartyLineRow = id int, ref text, casefile_id int, organisation_id int?, state text, step text, position text?, has_fix bool, notified_at time?,
--:   acknowledged_at time?, word_at time?, updated_at time, sealed_name sealed?, sealed_product sealed?, organisation_name text?,
--:   organisation_name_en text?, due_at time?, unread int

--: party_lines_of_casefile(casefile_id int, roles int, audiences ints, person_id int?, reader int, any_state bool, state text, unbound bool, after int, max int) -> many PartyLineRow
SELECT p.id, p.ref, p.casefile_id, p.organisation_id, p.state, p.step, p.position, p.has_fix, p.notified_at, p.acknowledged_at, p.word_at,
  p.updated_at, p.sealed_name, p.sealed_product, o.name, o.name_en,
  (SELECT min(c.due_at) FROM clock c WHERE c.machine = 'party' AND c.subject_id = p.id AND c.ended_at IS NULL AND c.paused_at IS NULL),
  (SELECT count(*) FROM thread t JOIN message m ON m.thread_id = t.id WHERE t.machine = 'party' AND t.subject_id = p.id AND t.audience = 'vendor'
    AND (m.person_id IS NULL OR m.person_id <> :reader)
    AND m.id > coalesce((SELECT k.message_id FROM read_mark k WHERE k.thread_id = t.id AND k.person_id = :reader), 0))
FROM party p JOIN party_reader v ON v.party_id = p.id LEFT JOIN organisation o ON o.id = p.organisation_id
WHERE p.casefile_id = :casefile_id AND p.id > :after AND (:any_state OR p.state = :state) AND (NOT :unbound OR p.organisation_id IS NULL)
  AND ((v.roles & :roles) <> 0 OR v.audience IN (:audiences) OR v.person_id = :person_id)
ORDER BY p.id LIMIT :max;

--: party_lines_of_vendor(audiences ints, reader int, before int, max int) -> many PartyLineRow
SELECT p.id, p.ref, p.casefile_id, p.organisation_id, p.state, p.step, p.position, p.has_fix, p.notified_at, p.acknowledged_at, p.word_at,
  p.updated_at, p.sealed_name, p.sealed_product, o.name, o.name_en,
  (SELECT min(c.due_at) FROM clock c WHERE c.machine = 'party' AND c.subject_id = p.id AND c.ended_at IS NULL AND c.paused_at IS NULL),
  (SELECT count(*) FROM thread t JOIN message m ON m.thread_id = t.id WHERE t.machine = 'party' AND t.subject_id = p.id AND t.audience = 'vendor'
    AND (m.person_id IS NULL OR m.person_id <> :reader)
    AND m.id > coalesce((SELECT k.message_id FROM read_mark k WHERE k.thread_id = t.id AND k.person_id = :reader), 0))
FROM party p JOIN party_reader v ON v.party_id = p.id LEFT JOIN organisation o ON o.id = p.organisation_id
WHERE p.organisation_id IN (:audiences) AND v.audience IN (:audiences) AND p.id < :before
ORDER BY p.id DESC LIMIT :max;

-- What changed since an instant, in that order; `at` and `after`: the last one seen.
--: party_lines_of_vendor_since(audiences ints, reader int, at time, after int, max int) -> many PartyLineRow
SELECT p.id, p.ref, p.casefile_id, p.organisation_id, p.state, p.step, p.position, p.has_fix, p.notified_at, p.acknowledged_at, p.word_at,
  p.updated_at, p.sealed_name, p.sealed_product, o.name, o.name_en,
  (SELECT min(c.due_at) FROM clock c WHERE c.machine = 'party' AND c.subject_id = p.id AND c.ended_at IS NULL AND c.paused_at IS NULL),
  (SELECT count(*) FROM thread t JOIN message m ON m.thread_id = t.id WHERE t.machine = 'party' AND t.subject_id = p.id AND t.audience = 'vendor'
    AND (m.person_id IS NULL OR m.person_id <> :reader)
    AND m.id > coalesce((SELECT k.message_id FROM read_mark k WHERE k.thread_id = t.id AND k.person_id = :reader), 0))
FROM party p JOIN party_reader v ON v.party_id = p.id LEFT JOIN organisation o ON o.id = p.organisation_id
WHERE p.organisation_id IN (:audiences) AND v.audience IN (:audiences) AND (p.updated_at > :at OR (p.updated_at = :at AND p.id > :after))
ORDER BY p.updated_at, p.id LIMIT :max;

--: party_lines_of_state(state text, roles int, reader int, after int, max int) -> many PartyLineRow
SELECT p.id, p.ref, p.casefile_id, p.organisation_id, p.state, p.step, p.position, p.has_fix, p.notified_at, p.acknowledged_at, p.word_at,
  p.updated_at, p.sealed_name, p.sealed_product, o.name, o.name_en,
  (SELECT min(c.due_at) FROM clock c WHERE c.machine = 'party' AND c.subject_id = p.id AND c.ended_at IS NULL AND c.paused_at IS NULL),
  (SELECT count(*) FROM thread t JOIN message m ON m.thread_id = t.id WHERE t.machine = 'party' AND t.subject_id = p.id AND t.audience = 'vendor'
    AND (m.person_id IS NULL OR m.person_id <> :reader)
    AND m.id > coalesce((SELECT k.message_id FROM read_mark k WHERE k.thread_id = t.id AND k.person_id = :reader), 0))
FROM party p JOIN party_reader v ON v.party_id = p.id LEFT JOIN organisation o ON o.id = p.organisation_id
WHERE p.state = :state AND p.id > :after AND (v.roles & :roles) <> 0
ORDER BY p.id LIMIT :max;

--: party_lines_assigned(person_id int, reader int, max int) -> many PartyLineRow
SELECT p.id, p.ref, p.casefile_id, p.organisation_id, p.state, p.step, p.position, p.has_fix, p.notified_at, p.acknowledged_at, p.word_at,
  p.updated_at, p.sealed_name, p.sealed_product, o.name, o.name_en,
  (SELECT min(c.due_at) FROM clock c WHERE c.machine = 'party' AND c.subject_id = p.id AND c.ended_at IS NULL AND c.paused_at IS NULL),
  (SELECT count(*) FROM thread t JOIN message m ON m.thread_id = t.id WHERE t.machine = 'party' AND t.subject_id = p.id AND t.audience = 'check'
    AND (m.person_id IS NULL OR m.person_id <> :reader)
    AND m.id > coalesce((SELECT k.message_id FROM read_mark k WHERE k.thread_id = t.id AND k.person_id = :reader), 0))
FROM assignment a JOIN party p ON p.id = a.subject_id JOIN party_reader v ON v.party_id = p.id LEFT JOIN organisation o ON o.id = p.organisation_id
WHERE a.person_id = :person_id AND a.machine = 'party' AND a.ended_at IS NULL AND v.person_id = :person_id
ORDER BY p.id LIMIT :max;

-- What a guard of the casefile asks. A settled party: done, out of reach after the last step, or without owner.
--: party_count(casefile_id int) -> one (parties int, notified int, acknowledged int, stated int, done int, unreachable int, orphan int, repaired int, first_notice_at time?, silent_since time?, foreign_recipients int, untold int)
SELECT count(*), coalesce(sum(CASE WHEN notified_at IS NOT NULL THEN 1 ELSE 0 END), 0),
  coalesce(sum(CASE WHEN acknowledged_at IS NOT NULL THEN 1 ELSE 0 END), 0), coalesce(sum(CASE WHEN position IS NOT NULL THEN 1 ELSE 0 END), 0),
  coalesce(sum(CASE WHEN state = 'DONE' THEN 1 ELSE 0 END), 0), coalesce(sum(CASE WHEN state = 'UNREACHABLE' THEN 1 ELSE 0 END), 0),
  coalesce(sum(CASE WHEN state = 'ORPHAN' THEN 1 ELSE 0 END), 0),
  coalesce(sum(CASE WHEN state = 'DONE' AND (has_fix OR position = 'not-affected') THEN 1 ELSE 0 END), 0),
  min(notified_at),
  min(CASE WHEN state IN ('CONTACTING', 'NOTIFIED', 'ACKNOWLEDGED', 'UNREACHABLE') AND position IS NULL THEN coalesce(word_at, notified_at) END),
  coalesce(sum(CASE WHEN domicile <> 'CN' AND notified_at IS NOT NULL THEN 1 ELSE 0 END), 0),
  coalesce(sum(CASE WHEN notified_at IS NULL AND state NOT IN ('ORPHAN', 'UNREACHABLE') THEN 1 ELSE 0 END), 0)
FROM party WHERE casefile_id = :casefile_id AND state <> 'WITHDRAWN';

--: party_of_organisation(casefile_id int, organisation_id int) -> maybe (ref text)
SELECT ref FROM party WHERE casefile_id = :casefile_id AND organisation_id = :organisation_id AND product_id IS NULL ORDER BY id LIMIT 1;

-- Organisations whose matters the members of this one see: itself and those that merged into it, over two steps.
--: party_organisations(organisation_id int) -> many int
SELECT o.id FROM organisation o WHERE o.id = :organisation_id
UNION SELECT o.id FROM organisation o WHERE o.merged_into = :organisation_id
UNION SELECT o.id FROM organisation o JOIN organisation m ON o.merged_into = m.id WHERE m.merged_into = :organisation_id;

--: party_merged_into(organisation_id int) -> maybe (merged_into int?)
SELECT merged_into FROM organisation WHERE id = :organisation_id;

--: party_people(organisation_id int) -> many int
SELECT person_id FROM membership WHERE organisation_id = :organisation_id AND ended_at IS NULL ORDER BY id;

-- ---- Statements, attempts, version lines, copies
--: party_statement_add(ref text, party_id int, action text, form text, form_version int, person_id int?, organisation_id int?, sealed_values sealed, at time) -> one (id int)
INSERT INTO party_statement (ref, party_id, action, form, form_version, person_id, organisation_id, sealed_values, stated_at)
VALUES (:ref, :party_id, :action, :form, :form_version, :person_id, :organisation_id, :sealed_values, :at) RETURNING id;

--: row StatementRow = id int, ref text, party_id int, action text, form text, form_version int, person_id int?, organisation_id int?, sealed_values sealed?, stated_at time

--: party_statement_rows(party_id int, max int) -> many StatementRow
SELECT {StatementRow} FROM party_statement WHERE party_id = :party_id ORDER BY id DESC LIMIT :max;

--: party_statement_last(party_id int, form text) -> maybe StatementRow
SELECT {StatementRow} FROM party_statement WHERE party_id = :party_id AND form = :form ORDER BY id DESC LIMIT 1;

--: party_attempt_add(ref text, party_id int, step text, channel text, outcome text, message_id int?, person_id int?, sealed_words sealed, at time) -> nothing
INSERT INTO party_attempt (ref, party_id, step, channel, outcome, message_id, person_id, sealed_words, attempted_at)
VALUES (:ref, :party_id, :step, :channel, :outcome, :message_id, :person_id, :sealed_words, :at);

--: row AttemptRow = id int, ref text, party_id int, step text, channel text, outcome text, person_id int?, sealed_words sealed?, attempted_at time

--: party_attempt_rows(party_id int, max int) -> many AttemptRow
SELECT {AttemptRow} FROM party_attempt WHERE party_id = :party_id ORDER BY id DESC LIMIT :max;

-- Since the step began.
--: party_attempt_count(party_id int, step text, since time) -> one (attempts int, failed int)
SELECT count(*), coalesce(sum(CASE WHEN outcome = 'failed' THEN 1 ELSE 0 END), 0) FROM party_attempt
WHERE party_id = :party_id AND step = :step AND attempted_at >= :since;

--: row EndedAttemptRow = id int, party_id int, state text

--: party_attempt_ended(max int) -> many EndedAttemptRow
SELECT a.id, a.party_id, coalesce(o.state, 'dead') FROM party_attempt a LEFT JOIN outbox o ON o.id = a.message_id
WHERE a.outcome = 'sent' AND a.message_id IS NOT NULL AND coalesce(o.state, 'dead') IN ('done', 'dead') ORDER BY a.message_id LIMIT :max;

--: party_attempt_settle(id int, outcome text) -> changed
UPDATE party_attempt SET outcome = :outcome WHERE id = :id AND outcome = 'sent';

--: party_line_add(ref text, party_id int, sealed_line sealed) -> nothing
INSERT INTO party_line (ref, party_id, sealed_line) VALUES (:ref, :party_id, :sealed_line);

--: row VersionLineRow = id int, ref text, sealed_line sealed?, sealed_fixed sealed?, fixed_at time?

--: party_line_rows(party_id int) -> many VersionLineRow
SELECT {VersionLineRow} FROM party_line WHERE party_id = :party_id ORDER BY id LIMIT 200;

--: party_line_fix(id int, sealed_fixed sealed?, fixed_at time?) -> nothing
UPDATE party_line SET sealed_fixed = :sealed_fixed, fixed_at = :fixed_at WHERE id = :id;

--: party_line_open_again(party_id int) -> nothing
UPDATE party_line SET fixed_at = NULL WHERE party_id = :party_id;

--: party_line_forget(party_id int) -> nothing
DELETE FROM party_line WHERE party_id = :party_id;

--: party_copy_take(ref text, statement_id int, person_id int, at time) -> one (ref text, downloads int)
INSERT INTO party_copy (ref, statement_id, person_id, downloads, made_at, last_at) VALUES (:ref, :statement_id, :person_id, 1, :at, :at)
ON CONFLICT (statement_id, person_id) DO UPDATE SET downloads = party_copy.downloads + 1, last_at = excluded.last_at
RETURNING ref, downloads;

--: row CopyRow = ref text, person_id int, downloads int, made_at time, last_at time

--: party_copy_rows(party_id int) -> many CopyRow
SELECT c.ref, c.person_id, c.downloads, c.made_at, c.last_at FROM party_statement s JOIN party_copy c ON c.statement_id = s.id
WHERE s.party_id = :party_id ORDER BY c.id DESC LIMIT 200;

-- ---- Claim codes
--: party_set_claimed(id int, claimed_by int) -> nothing
UPDATE party SET claimed_by = :claimed_by WHERE id = :id;

-- ---- The vendor's own duty: its clock runs in hours
--: party_duty_near(at time, told int, max int) -> many PartyRow
SELECT {PartyRow} FROM party
WHERE duty_due_at IS NOT NULL AND duty_reported_at IS NULL AND duty_due_at <= :at AND duty_told < :told
  AND state NOT IN ('DONE', 'UNREACHABLE', 'ORPHAN', 'WITHDRAWN') AND NOT EXISTS (SELECT 1 FROM casefile f WHERE f.id = party.casefile_id AND f.state IN ('ISOLATED', 'WIPED'))
ORDER BY duty_due_at NULLS LAST LIMIT :max;

--: party_duty_tell(id int, told int) -> changed
UPDATE party SET duty_told = :told WHERE id = :id AND duty_told < :told AND duty_reported_at IS NULL;

-- ---- Time
-- Whoever did not answer within a step that was tried goes on to the next one.
-- Members of a vendor whose mail address fails, in its open matters, of whom the coordinator was not told yet: neither by a letter of this
-- matter that came back, nor like this before.
--: row UnreachedRow = party_id int, person_id int, failing_at time

--: party_unreached_new(max int) -> many UnreachedRow
--: scans because its index holds only people whose address fails
SELECT p.id, s.id, s.mail_failing_at FROM person s
JOIN membership m ON m.person_id = s.id AND m.ended_at IS NULL
JOIN party p ON p.organisation_id IN (SELECT m.organisation_id UNION ALL SELECT o.id FROM organisation o WHERE o.merged_into = m.organisation_id)
WHERE s.mail_failing_at IS NOT NULL AND s.state <> 'disabled' AND p.notified_at IS NOT NULL AND p.state NOT IN ('DONE', 'WITHDRAWN')
AND NOT EXISTS (SELECT 1 FROM party_unreached u LEFT JOIN party_attempt a ON a.message_id = u.message_id
  WHERE u.party_id = p.id AND u.person_id = s.id AND (u.failing_at = s.mail_failing_at OR a.outcome IN ('sent', 'failed')))
ORDER BY p.id, s.id LIMIT :max;

--: party_unreached_insert(party_id int, person_id int, message_id int?, failing_at time?) -> nothing
INSERT INTO party_unreached (party_id, person_id, message_id, failing_at) VALUES (:party_id, :person_id, :message_id, :failing_at);

--: party_silent(max int) -> many PartyRow
SELECT {p.PartyRow} FROM clock c JOIN party p ON p.id = c.subject_id
WHERE c.machine = 'party' AND c.ended_at IS NULL AND c.overdue_at IS NOT NULL AND c.paused_at IS NULL AND NOT EXISTS (SELECT 1 FROM casefile f WHERE f.id = p.casefile_id AND f.state IN ('ISOLATED', 'WIPED'))
  AND (p.state = 'NOTIFIED'
  OR (p.state = 'CONTACTING'
    AND EXISTS (SELECT 1 FROM party_attempt a WHERE a.party_id = p.id AND a.step = p.step AND a.attempted_at >= p.step_at)))
ORDER BY c.id LIMIT :max;

--: party_set_word(id int, at time) -> nothing
UPDATE party SET word_at = :at WHERE id = :id;

-- ---- Teams of the vendor
--: party_team_set(product_id int, organisation_id int, team_id int) -> nothing
INSERT INTO team_product (product_id, organisation_id, team_id) VALUES (:product_id, :organisation_id, :team_id)
ON CONFLICT (product_id, organisation_id) DO UPDATE SET team_id = excluded.team_id;

--: party_team_drop(product_id int, team_id int) -> changed
DELETE FROM team_product WHERE product_id = :product_id AND team_id = :team_id;

--: party_team_drop_all(team_id int) -> nothing
DELETE FROM team_product WHERE team_id = :team_id;

--: party_team_products(team_id int) -> many int
SELECT product_id FROM team_product WHERE team_id = :team_id ORDER BY product_id LIMIT 500;

--: party_team_people(product_id int, organisation_id int) -> many int
SELECT m.person_id FROM team_product p JOIN org_team_member m ON m.team_id = p.team_id
JOIN membership s ON s.person_id = m.person_id AND s.ended_at IS NULL AND s.organisation_id = p.organisation_id
WHERE p.product_id = :product_id AND p.organisation_id = :organisation_id ORDER BY m.person_id;

-- What somebody who leaves had taken.
--: party_taken_by(person_id int) -> many int
SELECT subject_id FROM assignment WHERE person_id = :person_id AND machine = 'party' AND part = 'handler' AND ended_at IS NULL;

-- ---- Figures of a vendor: one time limit runs from the notice to the position, over the signature.
--: row FigureRow = state text, has_fix bool, notified_at time?, acknowledged_at time?, stated_at time?, settled_at time?, answer_due time?

--: party_figure_rows(organisation_id int, max int) -> many FigureRow
SELECT p.state, p.has_fix, p.notified_at, p.acknowledged_at, p.stated_at, p.settled_at,
  (SELECT c.due_at FROM clock c WHERE c.machine = 'party' AND c.subject_id = p.id AND c.name = 'position' AND c.started_at >= p.notified_at
    ORDER BY c.started_at, c.id LIMIT 1)
FROM party p
WHERE p.organisation_id = :organisation_id AND p.notified_at IS NOT NULL AND p.state <> 'WITHDRAWN' AND NOT p.is_own_report
ORDER BY p.id DESC LIMIT :max;

--: party_figure_organisations(after int, max int) -> many int
SELECT DISTINCT organisation_id FROM party WHERE organisation_id > :after ORDER BY organisation_id LIMIT :max;

-- Closing evidence that was accepted, as the ledger has it.
--: party_figure_closings(organisation_id int) -> one (fixed int, retired int, known int)
SELECT coalesce(sum(CASE WHEN EXISTS (SELECT 1 FROM ledger_event e WHERE e.kind = 'party' AND e.ref = p.ref AND e.action = 'accept-fixed') THEN 1 ELSE 0 END), 0),
  coalesce(sum(CASE WHEN EXISTS (SELECT 1 FROM ledger_event e WHERE e.kind = 'party' AND e.ref = p.ref AND e.action = 'accept-retired') THEN 1 ELSE 0 END), 0),
  coalesce(sum(CASE WHEN EXISTS (SELECT 1 FROM ledger_event e WHERE e.kind = 'party' AND e.ref = p.ref AND e.action = 'accept-known') THEN 1 ELSE 0 END), 0)
FROM party p WHERE p.organisation_id = :organisation_id AND p.notified_at IS NOT NULL AND p.state <> 'WITHDRAWN' AND NOT p.is_own_report;
