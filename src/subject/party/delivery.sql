-- Packages for partners. Who may read one is said by the view delivery_reader alone.

--: row DeliveryRow = id int, ref text, casefile_id int, partner_id int, state text, revision int, seal_key int, sent_by int, received_by int?,
--:   sent_at time, received_at time?, updated_at time

--: delivery_insert(ref text, casefile_id int, partner_id int, seal_key int, sent_by int, at time) -> one (id int)
INSERT INTO delivery (ref, casefile_id, partner_id, state, revision, seal_key, sent_by, sent_at, updated_at)
VALUES (:ref, :casefile_id, :partner_id, 'SENT', 1, :seal_key, :sent_by, :at, :at) RETURNING id;

--: delivery_find_visible(ref text, roles int, partners ints) -> one DeliveryRow
SELECT {d.DeliveryRow} FROM delivery d JOIN delivery_reader v ON v.delivery_id = d.id
WHERE d.ref = :ref AND ((v.roles & :roles) <> 0 OR v.organisation_id IN (:partners));

--: delivery_find_id(id int) -> one DeliveryRow
SELECT {DeliveryRow} FROM delivery WHERE id = :id;

--: delivery_move(id int, from_state text, to_state text, revision int, at time) -> changed
UPDATE delivery SET state = :to_state, revision = revision + 1, updated_at = :at
WHERE id = :id AND state = :from_state AND revision = :revision;

--: delivery_set_received(id int, person_id int, at time) -> nothing
UPDATE delivery SET received_by = :person_id, received_at = :at WHERE id = :id;

--: delivery_rows_all(roles int, before int, max int) -> many DeliveryRow
SELECT {d.DeliveryRow} FROM delivery d JOIN delivery_reader v ON v.delivery_id = d.id
WHERE d.id < :before AND (v.roles & :roles) <> 0 ORDER BY d.id DESC LIMIT :max;

--: delivery_rows_partner(partners ints, before int, max int) -> many DeliveryRow
SELECT {d.DeliveryRow} FROM delivery d JOIN delivery_reader v ON v.delivery_id = d.id
WHERE d.partner_id IN (:partners) AND v.organisation_id IN (:partners) AND d.id < :before ORDER BY d.id DESC LIMIT :max;

--: delivery_rows_casefile(casefile_id int, roles int, max int) -> many DeliveryRow
SELECT {d.DeliveryRow} FROM delivery d JOIN delivery_reader v ON v.delivery_id = d.id
WHERE d.casefile_id = :casefile_id AND (v.roles & :roles) <> 0 ORDER BY d.id DESC LIMIT :max;

--: delivery_counts(delivery_id int) -> one (letters int, waiting int, delivered int, returned int)
SELECT count(*), coalesce(sum(CASE WHEN outcome = 'waiting' THEN 1 ELSE 0 END), 0),
  coalesce(sum(CASE WHEN outcome = 'delivered' THEN 1 ELSE 0 END), 0),
  coalesce(sum(CASE WHEN outcome IN ('bounced', 'refused', 'unknown') THEN 1 ELSE 0 END), 0)
FROM delivery_letter WHERE delivery_id = :delivery_id;

-- ---- Letters
--: row DeliveryLetterRow = id int, ref text, delivery_id int, party_id int, outcome text, sealed_letter sealed?, sealed_words sealed?, fetched int,
--:   delivered_at time?, reported_at time?

--: delivery_letter_insert(ref text, delivery_id int, partner_id int, party_id int, sealed_letter sealed) -> nothing
INSERT INTO delivery_letter (ref, delivery_id, partner_id, party_id, outcome, sealed_letter, fetched)
VALUES (:ref, :delivery_id, :partner_id, :party_id, 'waiting', :sealed_letter, 0);

--: delivery_letter_rows(delivery_id int, after int, max int) -> many DeliveryLetterRow
SELECT {DeliveryLetterRow} FROM delivery_letter WHERE delivery_id = :delivery_id AND id > :after ORDER BY id LIMIT :max;

--: delivery_letter_find(delivery_id int, ref text) -> maybe DeliveryLetterRow
SELECT {DeliveryLetterRow} FROM delivery_letter WHERE delivery_id = :delivery_id AND ref = :ref;

--: delivery_letter_waiting_of(party_id int) -> maybe (ref text)
SELECT ref FROM delivery_letter WHERE party_id = :party_id AND outcome = 'waiting';

--: delivery_letter_party_ref(id int) -> one (ref text)
SELECT p.ref FROM delivery_letter l JOIN party p ON p.id = l.party_id WHERE l.id = :id;

--: delivery_letter_seal_key(id int) -> one (seal_key int)
SELECT p.seal_key FROM delivery_letter l JOIN party p ON p.id = l.party_id WHERE l.id = :id;

--: delivery_letter_settle(id int, outcome text, sealed_words sealed?, delivered_at time?, person_id int, at time) -> changed
UPDATE delivery_letter SET outcome = :outcome, sealed_words = :sealed_words, delivered_at = :delivered_at, reported_by = :person_id, reported_at = :at
WHERE id = :id AND outcome = 'waiting';

--: delivery_letter_fetch(id int) -> nothing
UPDATE delivery_letter SET fetched = fetched + 1 WHERE id = :id;

--: delivery_letter_recall_all(delivery_id int) -> nothing
UPDATE delivery_letter SET outcome = 'recalled' WHERE delivery_id = :delivery_id AND outcome = 'waiting';

-- The code of a letter that was called back opens nothing any more; one that somebody has shown already stays with the coordinator.
--: delivery_letter_forget_codes(delivery_id int) -> nothing
UPDATE party SET claim = NULL WHERE claimed_by IS NULL AND organisation_id IS NULL
  AND id IN (SELECT party_id FROM delivery_letter WHERE delivery_id = :delivery_id AND outcome = 'waiting');

--: delivery_letter_set_code(party_id int, claim text) -> nothing
UPDATE party SET claim = :claim, claimed_by = NULL WHERE id = :party_id;

--: delivery_letter_attempt_settle(party_id int, outcome text) -> nothing
UPDATE party_attempt SET outcome = :outcome WHERE party_id = :party_id AND channel = 'store' AND outcome = 'sent' AND message_id IS NULL;

--: row DeliveryFigureRow = outcome text, sent_at time, delivered_at time?

--: delivery_letter_figures(partner_id int, max int) -> many DeliveryFigureRow
SELECT l.outcome, d.sent_at, l.delivered_at FROM delivery d JOIN delivery_letter l ON l.delivery_id = d.id
WHERE d.partner_id = :partner_id ORDER BY d.id DESC, l.id LIMIT :max;

--: delivery_count_of(partner_id int) -> one (packages int)
SELECT count(*) FROM delivery WHERE partner_id = :partner_id;

-- Whose letters may be given to: organisations with a running standing of a partner.
--: delivery_partner_ids(at time, max int) -> many int
SELECT organisation_id FROM standing WHERE kind = 'partner' AND ended_at IS NULL AND suspended_at IS NULL AND from_at <= :at
  AND (until_at IS NULL OR until_at > :at) ORDER BY organisation_id LIMIT :max;

-- The casefile of a package, as whoever may read it by the casefile's own rule knows it.
--: delivery_casefile_ref(casefile_id int, roles int) -> maybe (ref text)
SELECT c.ref FROM casefile c JOIN casefile_reader v ON v.casefile_id = c.id WHERE c.id = :casefile_id AND (v.roles & :roles) <> 0;

-- ---- Letters across packages: what waits is listed from the oldest on, what was reported from the newest back. `own`: whose partner the actor is.
--: row DeliveryWorkRow = id int, ref text, delivery_id int, party_id int, outcome text, sealed_letter sealed?, sealed_words sealed?, fetched int,
--:   delivered_at time?, reported_at time?, package text, state text, partner_id int, sent_at time, due_at time?

--: delivery_work_next(partners ints, own ints, roles int, outcome text, after int, max int) -> many DeliveryWorkRow
SELECT {l.DeliveryLetterRow}, d.ref AS package, d.state, d.partner_id, d.sent_at,
  (SELECT min(k.due_at) FROM clock k WHERE k.machine = 'delivery' AND k.subject_id = d.id AND k.ended_at IS NULL AND k.paused_at IS NULL)
FROM delivery_letter l JOIN delivery d ON d.id = l.delivery_id JOIN delivery_reader v ON v.delivery_id = d.id
WHERE l.partner_id IN (:partners) AND l.outcome = :outcome AND l.id > :after AND ((v.roles & :roles) <> 0 OR v.organisation_id IN (:own))
ORDER BY l.id LIMIT :max;

--: delivery_work_last(partners ints, own ints, roles int, outcome text, before int, max int) -> many DeliveryWorkRow
SELECT {l.DeliveryLetterRow}, d.ref AS package, d.state, d.partner_id, d.sent_at,
  (SELECT min(k.due_at) FROM clock k WHERE k.machine = 'delivery' AND k.subject_id = d.id AND k.ended_at IS NULL AND k.paused_at IS NULL)
FROM delivery_letter l JOIN delivery d ON d.id = l.delivery_id JOIN delivery_reader v ON v.delivery_id = d.id
WHERE l.partner_id IN (:partners) AND l.outcome = :outcome AND l.id < :before AND ((v.roles & :roles) <> 0 OR v.organisation_id IN (:own))
ORDER BY l.id DESC LIMIT :max;

--: delivery_work_next_all(roles int, outcome text, after int, max int) -> many DeliveryWorkRow
SELECT {l.DeliveryLetterRow}, d.ref AS package, d.state, d.partner_id, d.sent_at,
  (SELECT min(k.due_at) FROM clock k WHERE k.machine = 'delivery' AND k.subject_id = d.id AND k.ended_at IS NULL AND k.paused_at IS NULL)
FROM delivery_letter l JOIN delivery d ON d.id = l.delivery_id JOIN delivery_reader v ON v.delivery_id = d.id
WHERE l.outcome = :outcome AND l.id > :after AND (v.roles & :roles) <> 0 ORDER BY l.id LIMIT :max;

--: delivery_work_last_all(roles int, outcome text, before int, max int) -> many DeliveryWorkRow
SELECT {l.DeliveryLetterRow}, d.ref AS package, d.state, d.partner_id, d.sent_at,
  (SELECT min(k.due_at) FROM clock k WHERE k.machine = 'delivery' AND k.subject_id = d.id AND k.ended_at IS NULL AND k.paused_at IS NULL)
FROM delivery_letter l JOIN delivery d ON d.id = l.delivery_id JOIN delivery_reader v ON v.delivery_id = d.id
WHERE l.outcome = :outcome AND l.id < :before AND (v.roles & :roles) <> 0 ORDER BY l.id DESC LIMIT :max;
