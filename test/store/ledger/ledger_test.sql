-- What somebody with access to the database might do.

--: test_leaf_tamper(number int, hash bytes) -> nothing
UPDATE ledger_leaf SET hash = :hash WHERE number = :number;

--: test_event_tamper(ref text, other text) -> nothing
UPDATE ledger_event SET ref = :other WHERE ref = :ref;

--: test_node_tamper(level int, place int, hash bytes) -> nothing
UPDATE ledger_node SET hash = :hash WHERE level = :level AND place = :place;

--: test_leaf_remove(number int) -> nothing
DELETE FROM ledger_leaf WHERE number = :number;
