-- refused: no text for postgres
--: x_count() -> one (n int)
--: for sqlite
SELECT count(*) FROM x;
