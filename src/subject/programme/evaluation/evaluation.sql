-- Yearly evaluations.

--: row EvaluationRow = id int, ref text, state text, revision int, seal_key int, year int, rule int, opened_by int, proposed_by int, form_values text,
--:   updated_at time

--: evaluation_insert(ref text, seal_key int, year int, opened_by int, at time) -> one (id int)
INSERT INTO evaluation (ref, state, revision, seal_key, year, rule, opened_by, proposed_by, form_values, updated_at)
VALUES (:ref, 'DRAFT', 1, :seal_key, :year, 0, :opened_by, 0, '{}', :at) RETURNING id;

--: evaluation_set_rule(id int, rule int) -> nothing
UPDATE evaluation SET rule = :rule WHERE id = :id;

--: evaluation_row_ref(ref text) -> one EvaluationRow
SELECT {EvaluationRow} FROM evaluation WHERE ref = :ref;

--: evaluation_row_year(year int) -> maybe EvaluationRow
SELECT {EvaluationRow} FROM evaluation WHERE year = :year AND state <> 'DROPPED';

--: evaluation_rows() -> many EvaluationRow
--: scans because there is one row a year
SELECT {EvaluationRow} FROM evaluation ORDER BY id DESC LIMIT 200;

--: evaluation_move(id int, from_state text, to_state text, revision int, at time) -> changed
UPDATE evaluation SET state = :to_state, revision = revision + 1, updated_at = :at WHERE id = :id AND state = :from_state AND revision = :revision;

--: evaluation_say(id int, proposed_by int, form_values text) -> nothing
UPDATE evaluation SET proposed_by = :proposed_by, form_values = :form_values WHERE id = :id;

--: row EvaluationLineRow = id int, unit_ref text, organisation_id int, direction text, points int, last_at time, stars_before int, stars_after int,
--:   decision text, left_out text, outcome text

--: evaluation_line_insert(evaluation_id int, unit_ref text, organisation_id int, direction text, points int, last_at time, stars_before int,
--:   stars_after int, decision text) -> nothing
INSERT INTO evaluation_line (evaluation_id, unit_ref, organisation_id, direction, points, last_at, stars_before, stars_after, decision, left_out, outcome)
VALUES (:evaluation_id, :unit_ref, :organisation_id, :direction, :points, :last_at, :stars_before, :stars_after, :decision, '', '');

--: evaluation_line_rows(evaluation_id int) -> many EvaluationLineRow
SELECT {EvaluationLineRow} FROM evaluation_line WHERE evaluation_id = :evaluation_id ORDER BY direction DESC, stars_after DESC, points DESC, id LIMIT 2000;

--: evaluation_line_leave(evaluation_id int, unit_ref text, left_out text) -> changed
UPDATE evaluation_line SET left_out = :left_out WHERE evaluation_id = :evaluation_id AND unit_ref = :unit_ref;

--: evaluation_line_outcome(id int, outcome text) -> nothing
UPDATE evaluation_line SET outcome = :outcome WHERE id = :id;
