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

--: walk_disputes(after int) -> many WalkRow
SELECT {WalkRow} FROM dispute WHERE id > :after ORDER BY id LIMIT 100;

--: walk_state_of_dispute(id int) -> one (state text, revision int)
SELECT state, revision FROM dispute WHERE id = :id;

--: walk_application_list(after int) -> many WalkRow
SELECT {WalkRow} FROM application WHERE id > :after ORDER BY id LIMIT 100;

--: walk_state_of_application(id int) -> one (state text, revision int)
SELECT state, revision FROM application WHERE id = :id;

--: walk_inspection_list(after int) -> many WalkRow
SELECT {WalkRow} FROM inspection WHERE id > :after ORDER BY id LIMIT 100;

--: walk_state_of_inspection(id int) -> one (state text, revision int)
SELECT state, revision FROM inspection WHERE id = :id;

--: walk_objections(after int) -> many WalkRow
SELECT {WalkRow} FROM objection WHERE id > :after ORDER BY id LIMIT 100;

--: walk_state_of_objection(id int) -> one (state text, revision int)
SELECT state, revision FROM objection WHERE id = :id;

--: walk_experts(after int) -> many WalkRow
SELECT {WalkRow} FROM expert WHERE id > :after ORDER BY id LIMIT 100;

--: walk_state_of_expert(id int) -> one (state text, revision int)
SELECT state, revision FROM expert WHERE id = :id;

--: walk_activities(after int) -> many WalkRow
SELECT {WalkRow} FROM activity WHERE id > :after ORDER BY id LIMIT 100;

--: walk_state_of_activity(id int) -> one (state text, revision int)
SELECT state, revision FROM activity WHERE id = :id;

--: walk_units(after int) -> many WalkRow
SELECT {WalkRow} FROM unit WHERE id > :after ORDER BY id LIMIT 100;

--: walk_state_of_unit(id int) -> one (state text, revision int)
SELECT state, revision FROM unit WHERE id = :id;

--: walk_deeds(after int) -> many WalkRow
SELECT {WalkRow} FROM deed WHERE id > :after ORDER BY id LIMIT 100;

--: walk_state_of_deed(id int) -> one (state text, revision int)
SELECT state, revision FROM deed WHERE id = :id;

--: walk_evaluations(after int) -> many WalkRow
SELECT {WalkRow} FROM evaluation WHERE id > :after ORDER BY id LIMIT 100;

--: walk_state_of_evaluation(id int) -> one (state text, revision int)
SELECT state, revision FROM evaluation WHERE id = :id;

--: walk_honours(after int) -> many WalkRow
SELECT {WalkRow} FROM honour_list WHERE id > :after ORDER BY id LIMIT 100;

--: walk_state_of_honour(id int) -> one (state text, revision int)
SELECT state, revision FROM honour_list WHERE id = :id;

--: walk_rounds(after int) -> many WalkRow
SELECT {WalkRow} FROM selection_round WHERE id > :after ORDER BY id LIMIT 100;

--: walk_state_of_round(id int) -> one (state text, revision int)
SELECT state, revision FROM selection_round WHERE id = :id;

-- A vendor's part waits with its isolated casefile, and ends with a wiped one: its own table says nothing of either. So does a dispute.
--: walk_shut_with_casefile(machine text, id int) -> one (shut int)
SELECT (SELECT COUNT(*) FROM isolated_matter WHERE machine = :machine AND subject_id = :id AND machine = 'party')
  + (SELECT COUNT(*) FROM dispute d WHERE :machine = 'dispute' AND d.id = :id AND NOT EXISTS (SELECT 1 FROM dispute_reader v WHERE v.dispute_id = d.id));

--: walk_clocks_open(machine text, subject_id int) -> one (open int)
SELECT COUNT(*) FROM clock WHERE machine = :machine AND subject_id = :subject_id AND ended_at IS NULL;

--: walk_clocks_running() -> one (running int)
SELECT COUNT(*) FROM clock WHERE ended_at IS NULL AND paused_at IS NULL AND overdue_at IS NULL;
