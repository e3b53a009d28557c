-- Warnings. Who may read one is said by two conditions, the same wherever one is shown: roles by state, or one of the reader's organisations is
-- the unit that shared it or a recipient. Roles: coordinator 64, publisher 256, the system 262144.

--: row WarningRow = id int, ref text, state text, revision int, seal_key int, organisation_id int?, author_id int, writer_id int, submitted_by int?,
--:   submitted_at time?, assessed_by int?, corrector_id int?, is_urgent bool, casefile text, number text, newest int, sealed_title sealed?,
--:   sealed_values sealed?, sealed_proposal sealed?, code text, code_version int, sealed_remark sealed?, created_at time, updated_at time, sent_at time?

--: warning_insert(ref text, seal_key int, organisation_id int?, author_id int, at time) -> one (id int)
INSERT INTO warning (ref, state, revision, seal_key, organisation_id, author_id, writer_id, is_urgent, casefile, number, newest, code, code_version,
  created_at, updated_at)
VALUES (:ref, 'DRAFT', 1, :seal_key, :organisation_id, :author_id, :author_id, FALSE, '', '', 0, '', 0, :at, :at) RETURNING id;

--: warning_find_visible(ref text, roles int, organisations ints) -> one WarningRow
SELECT {w.WarningRow} FROM warning w JOIN warning_reader v ON v.warning_id = w.id
WHERE w.ref = :ref AND ((v.roles & :roles) <> 0 OR w.organisation_id IN (:organisations)
  OR EXISTS (SELECT 1 FROM warning_recipient r WHERE r.warning_id = w.id AND r.organisation_id IN (:organisations)));

--: warning_find_id(id int) -> one WarningRow
SELECT {WarningRow} FROM warning WHERE id = :id;

--: warning_rows_of_state(state text, roles int, before int, max int) -> many WarningRow
SELECT {w.WarningRow} FROM warning w JOIN warning_reader v ON v.warning_id = w.id
WHERE w.state = :state AND w.id < :before AND (v.roles & :roles) <> 0 ORDER BY w.id DESC LIMIT :max;

--: warning_rows_shared(organisations ints, before int, max int) -> many WarningRow
SELECT {WarningRow} FROM warning WHERE organisation_id IN (:organisations) AND id < :before ORDER BY id DESC LIMIT :max;

--: warning_rows_received(organisations ints, before int, max int) -> many WarningRow
SELECT {w.WarningRow} FROM warning w
WHERE w.id IN (SELECT r.warning_id FROM warning_recipient r WHERE r.organisation_id IN (:organisations)) AND w.id < :before
ORDER BY w.id DESC LIMIT :max;

--: warning_write_row(id int, seen int, writer_id int, is_urgent bool, sealed_title sealed, sealed_values sealed, at time) -> changed
UPDATE warning SET writer_id = :writer_id, is_urgent = :is_urgent, sealed_title = :sealed_title, sealed_values = :sealed_values,
  revision = revision + 1, updated_at = :at
WHERE id = :id AND revision = :seen AND state IN ('DRAFT', 'SUBMITTED');

--: warning_move(id int, from_state text, to_state text, revision int, at time) -> changed
UPDATE warning SET state = :to_state, revision = revision + 1, updated_at = :at WHERE id = :id AND state = :from_state AND revision = :revision;

--: warning_submit(id int, submitted_by int, at time) -> nothing
UPDATE warning SET submitted_by = :submitted_by, submitted_at = :at WHERE id = :id;

--: warning_assess(id int, assessed_by int?, casefile text) -> nothing
UPDATE warning SET assessed_by = :assessed_by, casefile = :casefile WHERE id = :id;

--: warning_say(id int, code text, code_version int, sealed_remark sealed?) -> nothing
UPDATE warning SET code = :code, code_version = :code_version, sealed_remark = :sealed_remark WHERE id = :id;

--: warning_propose(id int, corrector_id int?, sealed_proposal sealed?) -> nothing
UPDATE warning SET corrector_id = :corrector_id, sealed_proposal = :sealed_proposal WHERE id = :id;

--: warning_send_row(id int, number text, newest int, sealed_title sealed, at time) -> nothing
UPDATE warning SET number = :number, newest = :newest, sealed_title = :sealed_title, sent_at = coalesce(sent_at, :at) WHERE id = :id;

--: warning_number_row(id int, number text) -> nothing
UPDATE warning SET number = :number WHERE id = :id;

-- Texts that were sent

--: row WarningTextRow = n int, sealed_values sealed?, sealed_reason sealed?, writer_id int, sender_id int, at time

--: warning_text_insert(warning_id int, n int, sealed_values sealed, sealed_reason sealed?, writer_id int, sender_id int, at time) -> nothing
INSERT INTO warning_text (warning_id, n, sealed_values, sealed_reason, writer_id, sender_id, at)
VALUES (:warning_id, :n, :sealed_values, :sealed_reason, :writer_id, :sender_id, :at);

--: warning_text_at(warning_id int, n int) -> one WarningTextRow
SELECT {WarningTextRow} FROM warning_text WHERE warning_id = :warning_id AND n = :n;

--: warning_text_rows(warning_id int) -> many WarningTextRow
SELECT {WarningTextRow} FROM warning_text WHERE warning_id = :warning_id ORDER BY n DESC LIMIT 100;

-- Whom it is meant for

--: row WarningAimRow = id int, ref text, kind text, direction text, stars int, product_id int?, sealed_range sealed?, sector text, organisation_id int?,
--:   added_by int, added_at time, used_at time?

--: warning_aim_insert(ref text, warning_id int, kind text, direction text, stars int, product_id int?, sealed_range sealed?, sector text,
--:   organisation_id int?, added_by int, at time) -> nothing
INSERT INTO warning_aim (ref, warning_id, kind, direction, stars, product_id, sealed_range, sector, organisation_id, added_by, added_at)
VALUES (:ref, :warning_id, :kind, :direction, :stars, :product_id, :sealed_range, :sector, :organisation_id, :added_by, :at);

--: warning_aim_rows(warning_id int) -> many WarningAimRow
SELECT {WarningAimRow} FROM warning_aim WHERE warning_id = :warning_id ORDER BY id LIMIT 200;

--: warning_aim_remove(warning_id int, ref text) -> changed
DELETE FROM warning_aim WHERE warning_id = :warning_id AND ref = :ref AND used_at IS NULL;

--: warning_aims_use(warning_id int, at time) -> nothing
UPDATE warning_aim SET used_at = :at WHERE warning_id = :warning_id AND used_at IS NULL;

-- Recipients

--: row WarningRecipientRow = id int, ref text, warning_id int, organisation_id int, sealed_why sealed?, added_at time, due_at time, remind_at time?,
--:   reminders int, read_at time?, acknowledged_at time?, acknowledged_by int?, statement text, sealed_note sealed?, stated_at time?

--: warning_recipient_insert(ref text, warning_id int, organisation_id int, sealed_why sealed, at time, due_at time, remind_at time) -> one (id int)
INSERT INTO warning_recipient (ref, warning_id, organisation_id, sealed_why, added_at, due_at, remind_at, reminders, statement)
VALUES (:ref, :warning_id, :organisation_id, :sealed_why, :at, :due_at, :remind_at, 0, '') RETURNING id;

--: warning_recipient_of(warning_id int, organisations ints) -> many WarningRecipientRow
SELECT {WarningRecipientRow} FROM warning_recipient WHERE warning_id = :warning_id AND organisation_id IN (:organisations) ORDER BY id LIMIT 20;

--: warning_recipient_rows(warning_id int, after int, max int) -> many WarningRecipientRow
SELECT {WarningRecipientRow} FROM warning_recipient WHERE warning_id = :warning_id AND id > :after ORDER BY id LIMIT :max;

--: warning_recipient_ids(warning_id int) -> many int
SELECT organisation_id FROM warning_recipient WHERE warning_id = :warning_id ORDER BY id;

--: row WarningCountRow = told int, read_count int, signed_count int, affected int, not_affected int, handled int

--: warning_recipient_counts(warning_id int) -> one WarningCountRow
SELECT count(*) AS told, count(read_at) AS read_count, count(acknowledged_at) AS signed_count,
  coalesce(sum(CASE WHEN statement = 'affected' THEN 1 ELSE 0 END), 0) AS affected,
  coalesce(sum(CASE WHEN statement = 'not-affected' THEN 1 ELSE 0 END), 0) AS not_affected,
  coalesce(sum(CASE WHEN statement = 'handled' THEN 1 ELSE 0 END), 0) AS handled
FROM warning_recipient WHERE warning_id = :warning_id;

--: warning_recipient_read(id int, at time) -> nothing
UPDATE warning_recipient SET read_at = :at WHERE id = :id AND read_at IS NULL;

--: warning_recipient_sign(id int, person_id int, at time) -> changed
UPDATE warning_recipient SET acknowledged_at = :at, acknowledged_by = :person_id, remind_at = NULL WHERE id = :id AND acknowledged_at IS NULL;

--: warning_recipient_state(id int, statement text, sealed_note sealed?, at time) -> nothing
UPDATE warning_recipient SET statement = :statement, sealed_note = :sealed_note, stated_at = :at WHERE id = :id;

--: warning_recipients_due(at time, max int) -> many WarningRecipientRow
SELECT {WarningRecipientRow} FROM warning_recipient WHERE remind_at <= :at ORDER BY remind_at NULLS LAST LIMIT :max;

--: warning_recipient_remind(id int, reminders int, remind_at time?) -> nothing
UPDATE warning_recipient SET reminders = :reminders, remind_at = :remind_at WHERE id = :id;

--: warning_recipients_stop(warning_id int) -> nothing
UPDATE warning_recipient SET remind_at = NULL WHERE warning_id = :warning_id;

-- Deliveries

--: warning_delivery_insert(recipient_id int, person_id int) -> nothing
INSERT INTO warning_delivery (recipient_id, person_id, tell) VALUES (:recipient_id, :person_id, 'sent') ON CONFLICT (recipient_id, person_id) DO NOTHING;

--: row WarningTellRow = id int, tell text, person_id int, recipient_id int, organisation_id int, warning_id int

--: warning_deliveries_waiting(max int) -> many WarningTellRow
SELECT d.id, d.tell, d.person_id, d.recipient_id, r.organisation_id, r.warning_id
FROM warning_delivery d JOIN warning_recipient r ON r.id = d.recipient_id WHERE d.tell <> '' ORDER BY d.id LIMIT :max;

--: warning_delivery_told(id int, told_at time?) -> nothing
UPDATE warning_delivery SET tell = '', told_at = coalesce(told_at, :told_at) WHERE id = :id;

--: warning_delivery_read(recipient_id int, person_id int, at time) -> nothing
UPDATE warning_delivery SET read_at = :at WHERE recipient_id = :recipient_id AND person_id = :person_id AND read_at IS NULL;

-- Whoever was not told yet is told of it as it is now; of what was withdrawn before, nothing.
--: warning_deliveries_tell(recipient_id int, tell text) -> nothing
UPDATE warning_delivery SET tell = CASE WHEN told_at IS NOT NULL THEN :tell WHEN :tell = 'withdrawn' THEN '' ELSE tell END
WHERE recipient_id = :recipient_id;

--: row WarningPersonsRow = told int, read_count int

--: warning_delivery_counts(recipient_id int) -> one WarningPersonsRow
SELECT count(told_at) AS told, count(read_at) AS read_count FROM warning_delivery WHERE recipient_id = :recipient_id;

-- What everybody may read

--: row WarningPublicRow = id int, warning_id int, number text, n int, what_zh text, what_en text, content text, is_urgent bool, published_at time,
--:   changed_at time, withdrawn_at time?, reason text, position int, is_indexed bool

--: warning_public_insert(warning_id int, number text, n int, what_zh text, what_en text, content text, is_urgent bool, position int, at time) -> nothing
INSERT INTO warning_publication (warning_id, number, n, what_zh, what_en, content, is_urgent, published_at, changed_at, reason, position, is_indexed)
VALUES (:warning_id, :number, :n, :what_zh, :what_en, :content, :is_urgent, :at, :at, '', :position, FALSE);

--: warning_public_at(position int) -> maybe (id int)
SELECT id FROM warning_publication WHERE position = :position;

--: warning_public_indexed(id int, is_indexed bool) -> nothing
UPDATE warning_publication SET is_indexed = :is_indexed WHERE id = :id;

--: warning_public_waiting(max int) -> many WarningPublicRow
SELECT {WarningPublicRow} FROM warning_publication WHERE is_indexed = FALSE AND withdrawn_at IS NULL ORDER BY id LIMIT :max;

--: warning_index_tokens(position int, tokens text) -> nothing
--: for sqlite
INSERT INTO warning_search (rowid, tokens) VALUES (:position, :tokens);
--: for postgres
INSERT INTO warning_search (position, tokens) VALUES (:position, array_to_tsvector(string_to_array(:tokens, ' ')));

--: warning_unindex_tokens(position int, tokens text) -> nothing
--: for sqlite
INSERT INTO warning_search (warning_search, rowid, tokens) VALUES ('delete', :position, :tokens);
--: for postgres
DELETE FROM warning_search WHERE position = :position AND CAST(:tokens AS text) IS NOT NULL;

--: warning_public_of(warning_id int) -> maybe WarningPublicRow
SELECT {WarningPublicRow} FROM warning_publication WHERE warning_id = :warning_id;

--: warning_public_find(number text) -> one WarningPublicRow
SELECT {WarningPublicRow} FROM warning_publication WHERE number = :number;

--: warning_public_rows(at time, before int, max int) -> many WarningPublicRow
SELECT {WarningPublicRow} FROM warning_publication
WHERE withdrawn_at IS NULL AND (published_at < :at OR (published_at = :at AND id < :before)) ORDER BY published_at DESC, id DESC LIMIT :max;

--: warning_public_change(id int, n int, what_zh text, what_en text, content text, is_urgent bool, at time) -> nothing
UPDATE warning_publication SET n = :n, what_zh = :what_zh, what_en = :what_en, content = :content, is_urgent = :is_urgent, changed_at = :at WHERE id = :id;

--: warning_public_withdraw(id int, reason text, at time) -> nothing
UPDATE warning_publication SET withdrawn_at = :at, changed_at = :at, reason = :reason WHERE id = :id;

--: row WarningPublicTextRow = n int, content text, reason text, at time

--: warning_public_text_insert(publication_id int, n int, content text, reason text, at time) -> nothing
INSERT INTO warning_publication_text (publication_id, n, content, reason, at) VALUES (:publication_id, :n, :content, :reason, :at);

--: warning_public_texts(publication_id int) -> many WarningPublicTextRow
SELECT {WarningPublicTextRow} FROM warning_publication_text WHERE publication_id = :publication_id ORDER BY n DESC LIMIT 100;

--: warning_public_next(year int) -> one (last int)
INSERT INTO warning_count (year, last) VALUES (:year, 1) ON CONFLICT (year) DO UPDATE SET last = warning_count.last + 1 RETURNING last;

--: warning_limited_next(year int) -> one (last int)
INSERT INTO warning_limited_count (year, last) VALUES (:year, 1)
ON CONFLICT (year) DO UPDATE SET last = warning_limited_count.last + 1 RETURNING last;

-- ---- On somebody's own page

--: row WarningWorkRow = id int, ref text, number text, state text, sealed_title sealed?, updated_at time, author_id int, writer_id int,
--:   assessed_by int?, corrector_id int?, clock text, started_at time, due_at time, provisional bool, limit_days int

-- Nobody decides about what their own organisation has shared.
--: warning_work_queue(roles int, organisations ints, max int) -> many WarningWorkRow
SELECT w.id, w.ref, w.number, w.state, w.sealed_title, w.updated_at, w.author_id, w.writer_id, w.assessed_by, w.corrector_id, k.name, k.started_at,
  k.due_at, k.provisional, k.limit_days
FROM clock k JOIN warning w ON w.id = k.subject_id JOIN warning_reader v ON v.warning_id = w.id
WHERE k.machine = 'warning' AND k.ended_at IS NULL AND k.paused_at IS NULL AND (v.roles & :roles) <> 0
  AND (w.organisation_id IS NULL OR w.organisation_id NOT IN (:organisations))
ORDER BY k.due_at, k.id LIMIT :max;

--: warning_work_shared(organisations ints, max int) -> many WarningWorkRow
SELECT w.id, w.ref, w.number, w.state, w.sealed_title, w.updated_at, w.author_id, w.writer_id, w.assessed_by, w.corrector_id, k.name, k.started_at,
  k.due_at, k.provisional, k.limit_days
FROM warning w JOIN clock k ON k.machine = 'warning' AND k.subject_id = w.id AND k.ended_at IS NULL AND k.paused_at IS NULL
WHERE w.organisation_id IN (:organisations) AND w.newest = 0 ORDER BY k.due_at, k.id LIMIT :max;

-- Each recipient has a limit of its own.
--: warning_work_received(organisations ints, days int, max int) -> many WarningWorkRow
SELECT w.id, w.ref, w.number, w.state, w.sealed_title, w.updated_at, w.author_id, w.writer_id, w.assessed_by, w.corrector_id, 'receipt', r.added_at,
  r.due_at, FALSE, CAST(:days AS BIGINT)
FROM warning_recipient r JOIN warning w ON w.id = r.warning_id
WHERE r.organisation_id IN (:organisations) AND r.acknowledged_at IS NULL AND w.state IN ('SENT', 'CORRECTING') ORDER BY r.due_at, r.id LIMIT :max;

--: row WarningWorkEventRow = id int, at time, action text, ref text, number text, sealed_title sealed?

--: warning_work_events_queue(roles int, organisations ints, person_id int, actions texts, since time, max int) -> many WarningWorkEventRow
SELECT e.id, e.at, e.action, w.ref, w.number, w.sealed_title
FROM clock k JOIN warning w ON w.id = k.subject_id JOIN warning_reader v ON v.warning_id = w.id
  JOIN ledger_event e ON e.kind = 'warning' AND e.ref = w.ref
WHERE k.machine = 'warning' AND k.ended_at IS NULL AND k.paused_at IS NULL AND (v.roles & :roles) <> 0
  AND (w.organisation_id IS NULL OR w.organisation_id NOT IN (:organisations)) AND e.at > :since AND e.actor <> :person_id AND e.action IN (:actions)
ORDER BY e.id DESC LIMIT :max;

--: warning_work_events_shared(organisations ints, person_id int, actions texts, since time, max int) -> many WarningWorkEventRow
SELECT e.id, e.at, e.action, w.ref, w.number, w.sealed_title
FROM warning w JOIN ledger_event e ON e.kind = 'warning' AND e.ref = w.ref
WHERE w.organisation_id IN (:organisations) AND w.updated_at > :since AND e.at > :since AND e.actor <> :person_id AND e.action IN (:actions)
ORDER BY e.id DESC LIMIT :max;

-- Of what happened before it was told a recipient hears nothing.
--: warning_work_events_received(organisations ints, person_id int, actions texts, since time, max int) -> many WarningWorkEventRow
SELECT e.id, e.at, e.action, w.ref, w.number, w.sealed_title
FROM warning_recipient r JOIN warning w ON w.id = r.warning_id JOIN ledger_event e ON e.kind = 'warning' AND e.ref = w.ref
WHERE r.organisation_id IN (:organisations) AND w.updated_at > :since AND e.at > :since AND e.at >= r.added_at
  AND (e.action <> 'extend' OR e.at = r.added_at) AND e.actor <> :person_id AND e.action IN (:actions)
ORDER BY e.id DESC LIMIT :max;

--: row WarningWorkCountRow = state text, warnings int, overdue int

--: warning_work_counts(roles int, at time) -> many WarningWorkCountRow
SELECT w.state, count(*), sum(CASE WHEN k.due_at < :at THEN 1 ELSE 0 END)
FROM clock k JOIN warning w ON w.id = k.subject_id JOIN warning_reader v ON v.warning_id = w.id
WHERE k.machine = 'warning' AND k.ended_at IS NULL AND k.paused_at IS NULL AND (v.roles & :roles) <> 0 GROUP BY w.state;
