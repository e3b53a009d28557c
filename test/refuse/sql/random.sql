-- refused: 'random' differs in range
--: x_pick() -> many int
SELECT id FROM x ORDER BY random() LIMIT 1;
