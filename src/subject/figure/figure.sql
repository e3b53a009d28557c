-- Figures of closed days and months.

--: figure_next_day() -> one (next_day int)
SELECT next_day FROM figure_progress WHERE id = 1;

--: figure_next_day_set(next_day int) -> nothing
UPDATE figure_progress SET next_day = :next_day WHERE id = 1;

--: figure_first_event() -> maybe (at time)
SELECT at FROM ledger_event ORDER BY at LIMIT 1;

--: figure_add(span text, figure text, slice text, start int, item text, bucket int, within int, value int) -> nothing
INSERT INTO figure_value (span, figure, slice, start, item, bucket, within, value)
VALUES (:span, :figure, :slice, :start, :item, :bucket, :within, :value)
ON CONFLICT (span, figure, slice, start, item, bucket, within) DO UPDATE SET value = figure_value.value + excluded.value;

--: figure_forget(span text, figure text, slice text, start int) -> nothing
DELETE FROM figure_value WHERE span = :span AND figure = :figure AND slice = :slice AND start = :start;

--: figure_forget_all() -> nothing
--: scans because everything is computed anew
DELETE FROM figure_value;

--: row FigureValueRow = start int, item text, bucket int, within int, value int

--: figure_values(span text, figure text, slice text, first int, last int) -> many FigureValueRow
SELECT {FigureValueRow} FROM figure_value
WHERE span = :span AND figure = :figure AND slice = :slice AND start >= :first AND start <= :last ORDER BY start, item, bucket, within;

-- What a matter is counted under; nothing of it changes after it is asked for.
--: figure_report(id int) -> maybe (kind text, unit text?)
SELECT r.kind, o.ref FROM report r LEFT JOIN organisation o ON o.id = r.organisation_id WHERE r.id = :id;

--: figure_report_ref(ref text) -> maybe (id int)
SELECT id FROM report WHERE ref = :ref;

--: figure_casefile(id int) -> maybe (is_incident bool, class text, level text?, product text?)
SELECT c.is_incident, c.class, c.level, (SELECT p.kind FROM casefile_report k JOIN report r ON r.id = k.report_id JOIN product p ON p.id = r.product_id
  WHERE k.origin_id = c.id ORDER BY k.report_id LIMIT 1) FROM casefile c WHERE c.id = :id;

--: figure_casefile_ref(ref text) -> maybe (id int)
SELECT id FROM casefile WHERE ref = :ref;

-- A vendor counts for what it did itself: from its signature on, or when it reported an own product.
--: figure_party(id int, at time) -> maybe (vendor text?)
SELECT (SELECT o.ref FROM organisation o WHERE o.id = p.organisation_id AND EXISTS (SELECT 1 FROM ledger_event e
  WHERE e.kind = 'party' AND e.ref = p.ref AND e.action IN ('acknowledge', 'own') AND e.at <= :at)) FROM party p WHERE p.id = :id;

--: figure_party_ref(ref text) -> maybe (id int)
SELECT id FROM party WHERE ref = :ref;

--: figure_warning_ref(ref text) -> maybe (id int)
SELECT id FROM warning WHERE ref = :ref;

--: figure_warning(id int, at time) -> maybe (reach text)
SELECT CASE WHEN EXISTS (SELECT 1 FROM warning_publication p WHERE p.warning_id = w.id AND p.published_at <= :at) THEN 'public' ELSE 'limited' END
FROM warning w WHERE w.id = :id;

--: figure_risk_notices(from_at time, until_at time) -> many int
SELECT id FROM warning_publication WHERE published_at >= :from_at AND published_at < :until_at ORDER BY published_at;

--: row FigureReceiptRow = id int, added_at time, ended_at time

--: figure_receipts_kept(from_at time, until_at time) -> many FigureReceiptRow
SELECT id, added_at, acknowledged_at AS ended_at FROM warning_recipient
WHERE acknowledged_at >= :from_at AND acknowledged_at < :until_at AND acknowledged_at <= due_at ORDER BY id;

-- Nobody waits for a receipt any more once its warning was closed or withdrawn.
--: figure_receipts_missed(from_at time, until_at time) -> many FigureReceiptRow
SELECT r.id, r.added_at, r.due_at AS ended_at FROM warning_recipient r JOIN warning w ON w.id = r.warning_id
WHERE r.due_at >= :from_at AND r.due_at < :until_at AND (r.acknowledged_at IS NULL OR r.acknowledged_at > r.due_at)
  AND NOT EXISTS (SELECT 1 FROM ledger_event e WHERE e.kind = 'warning' AND e.ref = w.ref AND e.action IN ('close', 'withdraw') AND e.at <= r.due_at)
ORDER BY r.id;

--: figure_receipt(id int) -> maybe (vendor text?, unit text?)
SELECT CASE WHEN o.wants = 'vendor' THEN o.ref END, CASE WHEN o.wants = 'unit' THEN o.ref END
FROM warning_recipient r JOIN organisation o ON o.id = r.organisation_id WHERE r.id = :id;

--: figure_dispute_ref(ref text) -> maybe (id int)
SELECT id FROM dispute WHERE ref = :ref;

--: figure_delivery_ref(ref text) -> maybe (id int)
SELECT id FROM delivery WHERE ref = :ref;
