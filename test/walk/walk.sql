-- Matters as they were made, for the random walk.

--: row WalkRow = id int, ref text

--: walk_reports(after int) -> many WalkRow
SELECT {WalkRow} FROM report WHERE id > :after ORDER BY id LIMIT 100;

--: walk_casefiles(after int) -> many WalkRow
SELECT {WalkRow} FROM casefile WHERE id > :after ORDER BY id LIMIT 100;

--: walk_parties(after int) -> many WalkRow
SELECT {WalkRow} FROM party WHERE id > :after ORDER BY id LIMIT 100;

--: walk_state_of_party(id int) -> one (state text, revision int)
SELECT state, revision FROM party WHERE id = :id;

--: walk_state_of_report(id int) -> one (state text, revision int)
SELECT state, revision FROM report WHERE id = :id;

--: walk_state_of_casefile(id int) -> one (state text, revision int)
SELECT state, revision FROM casefile WHERE id = :id;

-- A vendor's part waits with its isolated casefile, and ends with a wiped one: its own table says nothing of either.
--: walk_shut_with_casefile(machine text, id int) -> one (shut int)
SELECT COUNT(*) FROM isolated_matter WHERE machine = :machine AND subject_id = :id AND machine = 'party';

--: walk_clocks_open(machine text, subject_id int) -> one (open int)
SELECT COUNT(*) FROM clock WHERE machine = :machine AND subject_id = :subject_id AND ended_at IS NULL;

--: walk_clocks_running() -> one (running int)
SELECT COUNT(*) FROM clock WHERE ended_at IS NULL AND paused_at IS NULL AND overdue_at IS NULL;
