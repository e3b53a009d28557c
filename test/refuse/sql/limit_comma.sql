-- refused: exists in SQLite only; use keyset paging
--: x_page() -> many int
SELECT id FROM x ORDER BY id LIMIT 10, 20;
