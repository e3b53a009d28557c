-- refused: a write hidden in another statement (DELETE)
--: x_take() -> many int
WITH gone AS (DELETE FROM x RETURNING id) SELECT id FROM gone;
