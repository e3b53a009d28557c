-- Events, leaves, the tree and the public changes.

--: row LedgerEventRow = id int, code text, at time, kind text, ref text, action text, actor int, matter int, detail sealed

--: ledger_event_add(code text, at time, kind text, ref text, action text, actor int, matter int, detail sealed) -> one (id int)
INSERT INTO ledger_event (code, at, kind, ref, action, actor, matter, detail)
VALUES (:code, :at, :kind, :ref, :action, :actor, :matter, :detail) RETURNING id;

--: ledger_event_row(id int) -> one LedgerEventRow
SELECT {LedgerEventRow} FROM ledger_event WHERE id = :id;

--: ledger_event_by_code(code text) -> one LedgerEventRow
SELECT {LedgerEventRow} FROM ledger_event WHERE code = :code;

--: ledger_event_page(before int, count int) -> many LedgerEventRow
SELECT {LedgerEventRow} FROM ledger_event WHERE id < :before ORDER BY id DESC LIMIT :count;

--: ledger_event_of_subject(kind text, ref text, before int, count int) -> many LedgerEventRow
SELECT {LedgerEventRow} FROM ledger_event WHERE kind = :kind AND ref = :ref AND id < :before ORDER BY id DESC LIMIT :count;

--: ledger_event_of_action(kind text, ref text, action text, before int, count int) -> many LedgerEventRow
SELECT {LedgerEventRow} FROM ledger_event WHERE kind = :kind AND ref = :ref AND action = :action AND id < :before ORDER BY id DESC LIMIT :count;

--: ledger_event_of_actor(actor int, before int, count int) -> many LedgerEventRow
SELECT {LedgerEventRow} FROM ledger_event WHERE actor = :actor AND id < :before ORDER BY id DESC LIMIT :count;

-- What is looked for without being opened.
--: row LedgerTraceRow = id int, code text, at time, kind text, ref text, action text, actor int

--: ledger_trace_of_all(from_at time, last_at time, before int, count int) -> many LedgerTraceRow
SELECT {LedgerTraceRow} FROM ledger_event
WHERE at >= :from_at AND at <= :last_at AND (at < :last_at OR id < :before)
ORDER BY at DESC, id DESC LIMIT :count;

--: ledger_trace_of_action(action text, from_at time, last_at time, before int, count int) -> many LedgerTraceRow
SELECT {LedgerTraceRow} FROM ledger_event
WHERE action = :action AND at >= :from_at AND at <= :last_at AND (at < :last_at OR id < :before)
ORDER BY at DESC, id DESC LIMIT :count;

--: ledger_trace_of_kind(kind text, action text, from_at time, last_at time, before int, count int) -> many LedgerTraceRow
SELECT {LedgerTraceRow} FROM ledger_event
WHERE kind = :kind AND (:action = '' OR action = :action) AND at >= :from_at AND at <= :last_at AND (at < :last_at OR id < :before)
ORDER BY at DESC, id DESC LIMIT :count;

--: ledger_trace_of_actor(actor int, kind text, action text, from_at time, last_at time, before int, count int) -> many LedgerTraceRow
SELECT {LedgerTraceRow} FROM ledger_event
WHERE actor = :actor AND (:kind = '' OR kind = :kind) AND (:action = '' OR action = :action)
  AND at >= :from_at AND at <= :last_at AND (at < :last_at OR id < :before)
ORDER BY at DESC, id DESC LIMIT :count;

--: ledger_trace_of_subject(kinds texts, ref text, by_actor bool, actor int, action text,
--:   from_at time, last_at time, before int, count int) -> many LedgerTraceRow
SELECT {LedgerTraceRow} FROM ledger_event
WHERE kind IN (:kinds) AND ref = :ref AND (NOT :by_actor OR actor = :actor) AND (:action = '' OR action = :action)
  AND at >= :from_at AND at <= :last_at AND (at < :last_at OR id < :before)
ORDER BY at DESC, id DESC LIMIT :count;

--: row LedgerFollowRow = number int, id int, code text, at time, kind text, ref text, action text, actor int

--: ledger_follow_rows(at_least int, count int) -> many LedgerFollowRow
SELECT l.number, e.id, e.code, e.at, e.kind, e.ref, e.action, e.actor FROM ledger_leaf l JOIN ledger_event e ON e.id = l.event
WHERE l.number >= :at_least ORDER BY l.number LIMIT :count;

--: ledger_ref_after(kind text, after text, count int) -> many text
SELECT DISTINCT ref FROM ledger_event WHERE kind = :kind AND ref > :after ORDER BY ref LIMIT :count;

--: ledger_kind_after(after text) -> maybe (kind text)
SELECT kind FROM ledger_event WHERE kind > :after ORDER BY kind LIMIT 1;

--: ledger_action_after(after text) -> maybe (action text)
SELECT action FROM ledger_event WHERE action > :after ORDER BY action LIMIT 1;

--: ledger_leaf_add(event int, hash bytes) -> nothing
INSERT INTO ledger_leaf (event, hash) VALUES (:event, :hash);

--: ledger_leaf_of_event(event int) -> one (hash bytes, number int?)
SELECT hash, number FROM ledger_leaf WHERE event = :event;

--: ledger_leaf_by_number(number int) -> one (hash bytes, event int)
SELECT hash, event FROM ledger_leaf WHERE number = :number;

--: row LedgerLeafRow = id int, hash bytes

--: ledger_leaf_waiting(count int) -> many LedgerLeafRow
SELECT {LedgerLeafRow} FROM ledger_leaf WHERE number IS NULL ORDER BY id LIMIT :count;

--: row LedgerNumberedRow = number int, hash bytes, event int

--: ledger_leaf_numbered(at_least int, count int) -> many LedgerNumberedRow
SELECT {LedgerNumberedRow} FROM ledger_leaf WHERE number >= :at_least ORDER BY number LIMIT :count;

--: ledger_leaf_number(id int, number int) -> changed
UPDATE ledger_leaf SET number = :number WHERE id = :id AND number IS NULL;

--: ledger_node_add(level int, place int, hash bytes) -> nothing
INSERT INTO ledger_node (level, place, hash) VALUES (:level, :place, :hash);

--: ledger_node_at(level int, place int) -> one (hash bytes)
SELECT hash FROM ledger_node WHERE level = :level AND place = :place;

--: row LedgerTreeRow = size int, frontier bytes?, changes int

--: ledger_tree_now() -> one LedgerTreeRow
SELECT {LedgerTreeRow} FROM ledger_tree WHERE id = 1;

--: ledger_tree_move(from_size int, from_changes int, size int, frontier bytes?, changes int) -> changed
UPDATE ledger_tree SET size = :size, frontier = :frontier, changes = :changes WHERE id = 1 AND size = :from_size AND changes = :from_changes;

--: row LedgerCheckpointRow = size int, at time, root bytes, note text

--: ledger_checkpoint_add(size int, at time, root bytes, note text) -> nothing
INSERT INTO ledger_checkpoint (size, at, root, note) VALUES (:size, :at, :root, :note);

--: ledger_checkpoint_last() -> maybe LedgerCheckpointRow
SELECT {LedgerCheckpointRow} FROM ledger_checkpoint ORDER BY size DESC LIMIT 1;

--: ledger_checkpoint_row(size int) -> maybe LedgerCheckpointRow
SELECT {LedgerCheckpointRow} FROM ledger_checkpoint WHERE size = :size;

--: ledger_checkpoint_after(size int, count int) -> many LedgerCheckpointRow
SELECT {LedgerCheckpointRow} FROM ledger_checkpoint WHERE size > :size ORDER BY size LIMIT :count;

--: ledger_change_add(kind text, ref text, at time) -> nothing
INSERT INTO ledger_change (kind, ref, at) VALUES (:kind, :ref, :at);

--: ledger_change_waiting(count int) -> many int
SELECT id FROM ledger_change WHERE number IS NULL ORDER BY id LIMIT :count;

--: ledger_change_number(id int, number int) -> changed
UPDATE ledger_change SET number = :number WHERE id = :id AND number IS NULL;

--: row LedgerChangeRow = number int, kind text, ref text, at time

--: ledger_change_since(since int, count int) -> many LedgerChangeRow
SELECT {LedgerChangeRow} FROM ledger_change WHERE number > :since ORDER BY number LIMIT :count;
