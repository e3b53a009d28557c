-- Rounds. Secretaries write them and supervisors read them, with second factor; everybody reads what was published.

--: row RoundRow = id int, ref text, code text, state text, revision int, seal_key int, writer_id int, head text, rules text, rules_sha256 text,
--:   rehearsed text, reason text, opens_at time?, closes_at time?, ends_at time?, published_at time?, updated_at time

--: row RoundItemRow = id int, ref text, kind text, content text

--: round_insert(ref text, code text, seal_key int, writer_id int, head text, at time) -> one (id int)
INSERT INTO selection_round (ref, code, state, revision, seal_key, writer_id, head, rules, rules_sha256, rehearsed, reason, updated_at)
VALUES (:ref, :code, 'DRAFT', 1, :seal_key, :writer_id, :head, '', '', '', '', :at) RETURNING id;

--: round_find_ref(ref text) -> one RoundRow
SELECT {RoundRow} FROM selection_round WHERE ref = :ref;

--: round_find_code(code text) -> one RoundRow
SELECT {RoundRow} FROM selection_round WHERE code = :code;

--: round_find_id(id int) -> one RoundRow
SELECT {RoundRow} FROM selection_round WHERE id = :id;

-- Applications that are not settled yet, and those that were lodged and stand.
--: round_applications(round_id int) -> one (unsettled int, lodged int)
SELECT coalesce(sum(CASE WHEN a.state IN ('DRAFT', 'HASHED') THEN 1 ELSE 0 END), 0),
  coalesce(sum(CASE WHEN a.state = 'SUBMITTED' THEN 1 ELSE 0 END), 0) FROM application a WHERE a.round_id = :round_id;

--: round_list(state text, before int, max int) -> many RoundRow
SELECT {RoundRow} FROM selection_round WHERE state = :state AND id < :before ORDER BY id DESC LIMIT :max;

--: round_list_published(before int, max int) -> many RoundRow
SELECT {RoundRow} FROM selection_round WHERE published_at IS NOT NULL AND id < :before ORDER BY id DESC LIMIT :max;

--: round_amend(id int, revision int, code text, head text, at time) -> changed
UPDATE selection_round SET code = :code, head = :head, revision = revision + 1, updated_at = :at
WHERE id = :id AND revision = :revision AND state = 'DRAFT';

--: round_touch(id int, at time) -> changed
UPDATE selection_round SET revision = revision + 1, updated_at = :at WHERE id = :id AND state = 'DRAFT';

--: round_rehearsed(id int, sha256 text) -> changed
UPDATE selection_round SET rehearsed = :sha256 WHERE id = :id AND state = 'DRAFT';

--: round_move(id int, from_state text, to_state text, revision int, at time) -> changed
UPDATE selection_round SET state = :to_state, revision = revision + 1, updated_at = :at
WHERE id = :id AND state = :from_state AND revision = :revision;

--: round_freeze(id int, rules text, rules_sha256 text, opens_at time, closes_at time, ends_at time, at time) -> nothing
UPDATE selection_round SET rules = :rules, rules_sha256 = :rules_sha256, opens_at = :opens_at, closes_at = :closes_at, ends_at = :ends_at,
  published_at = :at WHERE id = :id;

--: round_explain(id int, reason text) -> nothing
UPDATE selection_round SET reason = :reason WHERE id = :id;

--: round_due_list(at time, max int) -> many text
SELECT ref FROM selection_round WHERE (state = 'PUBLISHED' AND opens_at <= :at) OR (state = 'OPEN' AND closes_at <= :at)
  OR (state = 'GRACE' AND ends_at <= :at) ORDER BY id LIMIT :max;

--: round_item_insert(ref text, round_id int, kind text, content text) -> one (id int)
INSERT INTO round_item (ref, round_id, kind, content) VALUES (:ref, :round_id, :kind, :content) RETURNING id;

--: round_item_list(round_id int, max int) -> many RoundItemRow
SELECT {RoundItemRow} FROM round_item WHERE round_id = :round_id ORDER BY id LIMIT :max;

--: round_item_change(round_id int, ref text, content text) -> changed
UPDATE round_item SET content = :content WHERE round_id = :round_id AND ref = :ref;

--: round_item_remove(round_id int, ref text) -> changed
DELETE FROM round_item WHERE round_id = :round_id AND ref = :ref;
